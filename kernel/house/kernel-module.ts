import { authHandlers } from "../auth/auth.handlers.ts";
import type { HouseModule } from "../operation/house-module.ts";

/** The kernel's own operations, as one room among the others. */
export const kernelModule: HouseModule = {
  id: "kernel",
  handlers: [...authHandlers],
};
