import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { holds } from "../../kernel/rule/condition.ts";
import { flag, given, num, str } from "../../kernel/rule/facts.ts";
import { defineRule } from "../../kernel/rule/rule.ts";

/** The steps in their fixed order (处置步骤). */
export const emergencySteps = ["call_rescue", "call_family", "stay", "notify_community", "file_record"] as const;
export type EmergencyStep = (typeof emergencySteps)[number];

/** The same as the decision names them. */
const spelled = [
  "call 120",
  "contact family/emergency contact",
  "stay",
  "notify community/township",
  "file disposal record",
];
const infection = new Set(["suspected infection symptoms", "suspected_infection"]);

export interface EmergencyFacts {
  readonly found?: string;
  readonly epidemic_control_active?: boolean;
  readonly emergency?: boolean;
  readonly record_filed?: boolean;
  readonly hours?: number;
}

interface EmergencyAnswer {
  readonly steps?: readonly string[];
  readonly order_fixed?: boolean;
  readonly route?: string;
  readonly overdue?: boolean;
}

const opinion = cite(law.elderVisits, "emergency");

/** What to do in an emergency, in which order, and whether its record is late (应急处置规则). */
export const emergencyRule = defineRule<EmergencyFacts, EmergencyAnswer>({
  id: "visit.emergency",
  versions: [
    {
      from: law.elderVisits.effectiveFrom,
      citations: [opinion, cite(law.houseRules, "emergency-clock")],
      decide: (facts, tools) => {
        if (flag(facts.emergency) && given(facts, "record_filed")) {
          const limit = Number(tools.setting("visiting-care.file-hours"));
          const open = holds(tools, "record_filed", flag(facts.record_filed) ?? false, "=", false, { law: opinion });
          const late = holds(tools, "hours", num(facts.hours), ">=", limit, { setting: "visiting-care.file-hours" });
          return { overdue: open && late };
        }
        const controlled = holds(tools, "epidemic_control_active", flag(facts.epidemic_control_active), "=", true);
        if (controlled && infection.has(str(facts.found) ?? "")) return { route: "防疫处置" };
        return { steps: spelled, order_fixed: true };
      },
    },
  ],
});

/** One record of a step as the order of steps sees it. */
export interface Tried {
  readonly step: EmergencyStep;
  readonly reached: boolean;
  readonly contact: string | null;
}

/**
 * Whether a step is over (步骤完成): somebody was reached; for the family also when each contact was tried in vain, because
 * what can be done was done.
 */
export function isOver(step: EmergencyStep, tried: readonly Tried[], contacts: readonly string[]): boolean {
  const own = tried.filter((one) => one.step === step);
  if (own.some((one) => one.reached)) return true;
  if (step !== "call_family" || own.length === 0) return false;
  return contacts.every((contact) => own.some((one) => one.contact === contact));
}

/** The first step that is not over (下一步骤); the filing when all others are. */
export function nextStep(tried: readonly Tried[], contacts: readonly string[]): EmergencyStep {
  return emergencySteps.find((step) => !isOver(step, tried, contacts)) ?? "file_record";
}

/**
 * Whether a step may be recorded now (步骤次序): every step before it was at least tried. Rescue that cannot be reached does
 * not forbid calling the family; its clock goes on.
 */
export function mayRecord(step: EmergencyStep, tried: readonly Tried[]): boolean {
  const at = emergencySteps.indexOf(step);
  return emergencySteps.slice(0, at).every((before) => tried.some((one) => one.step === before));
}

/** The next contact to call (下一位联系人): the first, in the order of the register, not yet tried. */
export function nextContact(tried: readonly Tried[], contacts: readonly string[]): string | null {
  const called = new Set(tried.filter((one) => one.step === "call_family").map((one) => one.contact));
  return contacts.find((contact) => !called.has(contact)) ?? null;
}
