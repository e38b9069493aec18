import { addMonths } from "../../kernel/clock/date.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { holds } from "../../kernel/rule/condition.ts";
import { day, flag, str } from "../../kernel/rule/facts.ts";
import { defineRule, type RuleTools } from "../../kernel/rule/rule.ts";

const from = law.credit.effectiveFrom;
const article13 = { law: cite(law.credit, "13") };
const article14 = { law: cite(law.credit, "14") };
const article15 = { law: cite(law.credit, "15") };
const article17 = { law: cite(law.credit, "17") };

export interface AbnormalRemoveFacts {
  readonly listed?: string;
  readonly ground?: string;
  /** The duty was done or the fault repaired: the day, or yes. */
  readonly obligation_fulfilled?: string | boolean | null;
  /** The registrar verified it: the day, or yes. */
  readonly verified?: string | boolean | null;
  readonly applied?: boolean | string | null;
  readonly new_domicile_registered?: boolean;
  readonly contacted?: boolean;
  /** A new ground while listed restarts the clock. */
  readonly relisted_event?: string | null;
  readonly still_listed?: boolean;
  readonly today?: string;
}
interface AbnormalRemoveAnswer {
  readonly remove?: boolean;
  readonly remove_by?: string;
  readonly clock_restarts?: string;
  readonly move_to?: "serious_list";
}

/** Grounds that leave nothing to put right: they lapse by time alone. */
const lapsing = ["light_penalty"];

/**
 * What becomes of a listing on the abnormal list (移出活动异常名录), Order 60 arts 13–15: after rectification and application
 * within 5 working days of verification; after 6 months where nothing can be put right; at 24 months the serious list.
 */
const abnormalRemove = defineRule<AbnormalRemoveFacts, AbnormalRemoveAnswer>({
  id: "credit.abnormal_remove",
  on: (facts) => day(facts.today) ?? day(facts.verified) ?? day(facts.obligation_fulfilled),
  versions: [
    {
      from,
      citations: [cite(law.credit, "13"), cite(law.credit, "14"), cite(law.credit, "15")],
      decide: (facts, tools) => {
        const restarted = restartOf(facts);
        if (restarted) holds(tools, "relisted_event", restarted, ">", day(facts.listed) ?? "", article13);
        const clock = restarted ?? day(facts.listed);
        const restart = restarted ? { clock_restarts: restarted } : {};
        const fulfilled = rectified(facts, tools);
        const today = day(facts.today);
        const lapses = lapsing.includes(str(facts.ground) ?? "");
        const verified = day(facts.verified);
        const done = fulfilled && holds(tools, "applied", isYes(facts.applied), "is", true, article14);
        const inTime = done && (verified === undefined || clock === undefined || verified < addMonths(clock, 24));
        if (
          clock !== undefined &&
          today !== undefined &&
          !lapses &&
          !inTime &&
          holds(tools, "today", today, ">=", addMonths(clock, 24), article15)
        )
          return { move_to: "serious_list", ...restart };
        if (lapses) {
          if (clock === undefined) return { remove: false };
          return { remove: holds(tools, "today", today ?? tools.on, ">=", addMonths(clock, 6), article14), ...restart };
        }
        if (!done) return { remove: false, ...restart };
        if (verified !== undefined) return { remove_by: tools.calendar.addWorkingDays(verified, 5), ...restart };
        // Reached at a newly registered domicile: the contact itself is the verification.
        const known = isYes(facts.verified) || flag(facts.contacted) === true;
        return { remove: holds(tools, "verified", known, "is", true, article14), ...restart };
      },
    },
  ],
});

function restartOf(facts: AbnormalRemoveFacts): string | undefined {
  const event = day(facts.relisted_event);
  const listed = day(facts.listed);
  return event !== undefined && (listed === undefined || event > listed) ? event : undefined;
}

function rectified(facts: AbnormalRemoveFacts, tools: RuleTools): boolean {
  if (facts.ground === "unreachable" && facts.obligation_fulfilled === undefined)
    return (
      holds(
        tools,
        "new_domicile_registered",
        flag(facts.new_domicile_registered) ?? flag(facts.contacted),
        "is",
        true,
        article14,
      ) && holds(tools, "contacted", flag(facts.contacted), "is", true, article14)
    );
  return holds(tools, "obligation_fulfilled", isYes(facts.obligation_fulfilled), "is", true, article14);
}

export interface SeriousRemoveFacts {
  readonly listed?: string;
  readonly ground?: string;
  readonly new_abnormal_event?: string | null;
  readonly clean_since?: boolean | string;
  readonly obligation_fulfilled?: boolean | string | null;
  readonly applied?: boolean | string;
  readonly deregistered?: boolean;
  readonly today?: string;
}
interface SeriousRemoveAnswer {
  readonly remove: boolean;
  readonly by?: string;
}

const endings = ["certificate_revoked", "registration_annulled", "establishment_annulled"];

/**
 * Whether a body leaves the serious list (移出严重违法失信名单), Order 60 art. 17: 24 clean months and an application; the
 * "24 months abnormal" case must also have done its duty; revoked bodies after deregistration, by the registrar itself.
 */
const seriousRemove = defineRule<SeriousRemoveFacts, SeriousRemoveAnswer>({
  id: "credit.serious_remove",
  on: (facts) => day(facts.today),
  versions: [
    {
      from,
      citations: [cite(law.credit, "16"), cite(law.credit, "17")],
      decide: (facts, tools) => {
        if (endings.includes(str(facts.ground) ?? "")) {
          const gone = holds(tools, "deregistered", flag(facts.deregistered), "is", true, article17);
          return gone ? { remove: true, by: "registry ex officio" } : { remove: false };
        }
        if (!holds(tools, "applied", isYes(facts.applied), "is", true, article17)) return { remove: false };
        if (
          facts.ground === "abnormal_24_months" &&
          !holds(tools, "obligation_fulfilled", isYes(facts.obligation_fulfilled), "is", true, article17)
        )
          return { remove: false };
        return { remove: cleanFor24Months(facts, tools) };
      },
    },
  ],
});

function cleanFor24Months(facts: SeriousRemoveFacts, tools: RuleTools): boolean {
  if (facts.clean_since === false) return holds(tools, "clean_since", false, "is", true, article17);
  const starts = [day(facts.listed), day(facts.new_abnormal_event), day(facts.clean_since)]
    .filter((one) => one !== undefined)
    .sort();
  const clock = starts.at(-1);
  // Without the day of listing nobody can say that 24 months have passed.
  if (clock === undefined || day(facts.listed) === undefined) return false;
  return holds(tools, "today", day(facts.today) ?? tools.on, ">=", addMonths(clock, 24), article17);
}

/** A yes, or a day on which it happened. */
function isYes(value: unknown): boolean {
  return value === true || day(value) !== undefined;
}

export const removalRules = [abnormalRemove, seriousRemove] as const;
