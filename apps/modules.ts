import { kernelModule } from "../kernel/house/kernel-module.ts";
import type { HouseModule } from "../kernel/operation/house-module.ts";
import { organisationsModule } from "../modules/organisations/server/organisations.module.ts";

/** The rooms of the house. Deleting a line and its folder deletes the feature. */
export const modules: readonly HouseModule[] = [kernelModule, organisationsModule];
