import type { HouseModule } from "../../../kernel/operation/house-module.ts";
import { rules } from "../spot-checks.rules.ts";

/** Spot checks (抽查): so far their rules, tried in the sandbox. */
export const spotChecksModule: HouseModule = { id: "spot-checks", handlers: [], rules };
