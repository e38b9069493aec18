import { establishmentRules } from "./establishment.rules.ts";
import { governanceRules } from "./governance.rules.ts";
import { leadershipRules } from "./leadership.rules.ts";
import { meetingRules } from "./meetings.rules.ts";
import { nameRules } from "./names.rules.ts";

/** Every rule of registration, names, officers, meetings and changes of leadership (登记与治理规则). */
export const rules = [
  ...establishmentRules,
  ...governanceRules,
  ...leadershipRules,
  ...meetingRules,
  ...nameRules,
] as const;
