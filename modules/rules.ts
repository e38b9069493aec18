import { rules as identityRules } from "../kernel/identity/identity.rules.ts";
import { rules as privacyRules } from "../kernel/identity/privacy.rules.ts";
import { type RuleIndex, ruleIndex } from "../kernel/rule/registry.ts";
import type { AnyRule } from "../kernel/rule/rule.ts";
import type { Setting } from "../kernel/settings/declare.ts";
import { rules as syncRules } from "../kernel/sync/sync.rules.ts";
import { settings as syncSettings } from "../kernel/sync/sync.settings.ts";
import { rules as textRules } from "../kernel/text/text.rules.ts";
import { rules as annualInspectionRules } from "./annual-inspection/annual-inspection.rules.ts";
import { settings as annualInspectionSettings } from "./annual-inspection/annual-inspection.settings.ts";
import { rules as creditRules } from "./credit/credit.rules.ts";
import { settings as creditSettings } from "./credit/credit.settings.ts";
import { procedureSettings as creditProcedureSettings } from "./credit/procedure.settings.ts";
import { rules as donationsRules } from "./donations/donations.rules.ts";
import { equipmentRules } from "./equipment/equipment.rules.ts";
import { settings as equipmentSettings } from "./equipment/equipment.settings.ts";
import { oversightSettings } from "./equipment/oversight.settings.ts";
import { planRules as equipmentPlanRules } from "./equipment/plan.rules.ts";
import { rules as evaluationRules } from "./evaluation/evaluation.rules.ts";
import { settings as evaluationSettings } from "./evaluation/evaluation.settings.ts";
import { rules as organisationsRules } from "./organisations/organisations.rules.ts";
import { settings as organisationsSettings } from "./organisations/organisations.settings.ts";
import { settings as peopleSettings } from "./people/people.settings.ts";
import { rules as portalRules } from "./portal/portal.rules.ts";
import { settings as portalSettings } from "./portal/portal.settings.ts";
import { rules as spotChecksRules } from "./spot-checks/spot-checks.rules.ts";
import { careWorkRules } from "./visiting-care/care-work.rules.ts";
import { careWorkSettings } from "./visiting-care/care-work.settings.ts";
import { rules as visitingCareRules } from "./visiting-care/visiting-care.rules.ts";
import { settings as visitingCareSettings } from "./visiting-care/visiting-care.settings.ts";

/** Every rule of the house (全部规则): the one list behind the decide command, the sandbox page and the handlers. */
export const allRules: readonly AnyRule[] = [
  ...identityRules,
  ...privacyRules,
  ...syncRules,
  ...textRules,
  ...organisationsRules,
  ...annualInspectionRules,
  ...evaluationRules,
  ...spotChecksRules,
  ...creditRules,
  ...donationsRules,
  ...equipmentRules,
  ...equipmentPlanRules,
  ...portalRules,
  ...visitingCareRules,
  ...careWorkRules,
];

/** Every dated setting of the house (全部参数). */
export const allSettings: readonly Setting[] = [
  ...syncSettings,
  ...organisationsSettings,
  ...annualInspectionSettings,
  ...equipmentSettings,
  ...oversightSettings,
  ...evaluationSettings,
  ...creditSettings,
  ...creditProcedureSettings,
  ...peopleSettings,
  ...portalSettings,
  ...visitingCareSettings,
  ...careWorkSettings,
];

/** All rules by id; made once, so that a duplicate id stops the start. */
export const houseRules: RuleIndex = ruleIndex(allRules);
