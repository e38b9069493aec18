import type { AnyRule } from "../../kernel/rule/rule.ts";
import { emergencyRule } from "./emergency.rules.ts";
import { supportRule } from "./referral.rules.ts";

/** Rules of the work around visits (应急、督促规则). */
export const careWorkRules: readonly AnyRule[] = [emergencyRule, supportRule];
