import { addMonths, addYears } from "../../kernel/clock/date.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { holds } from "../../kernel/rule/condition.ts";
import { day, flag, given, list, num, str } from "../../kernel/rule/facts.ts";
import { defineRule, type RuleTools } from "../../kernel/rule/rule.ts";

const from = law.credit.effectiveFrom;
const abnormal = { law: cite(law.credit, "11") };
const serious = { law: cite(law.credit, "15") };

/** Fines from this many yuan on lead to the serious list, below it to the abnormal list. */
const heavyFine = 50_000;

/** Grounds of the abnormal-activity list (活动异常名录事由). */
export type AbnormalGround =
  | "annual_report"
  | "party_organisation"
  | "rectification_overdue"
  | "public_fundraising_conditions_lost"
  | "no_public_fundraising_6_months"
  | "light_penalty"
  | "unreachable"
  | "other_law";

/** Facts about one organisation; money in yuan. Only what is said can be a ground. */
export interface AbnormalFacts {
  /** "late", "missing", "irregular" are grounds; "on_time" is none. */
  readonly annual_report?: string;
  readonly party_organisation_required?: boolean;
  readonly established?: boolean;
  readonly rectification_notice?: boolean;
  readonly deadline_passed?: boolean;
  readonly fixed?: boolean;
  readonly public_fundraising_qualified?: boolean;
  /** Was qualified and no longer is: a body that never was qualified has no such duty. */
  readonly qualification_lost?: boolean;
  readonly was_public_fundraising_qualified?: boolean;
  readonly meets_fundraising_conditions?: boolean;
  readonly months_without_fundraising?: number;
  readonly penalty?: string;
  readonly amount?: number;
  readonly registered_mail_attempts?: number;
  readonly signed?: number;
  readonly gap_days?: number;
  readonly other_law?: boolean;
  readonly supervisor_certifies_not_directly_responsible?: boolean;
  readonly today?: string;
}
interface AbnormalAnswer {
  readonly list: boolean;
  readonly ground?: AbnormalGround;
  /** All grounds when there are several. */
  readonly grounds?: readonly AbnormalGround[];
  readonly discretion?: boolean;
  /** The facts lead to the serious list instead. */
  readonly serious?: boolean;
}

/** Whether facts are a ground for the abnormal-activity list (列入活动异常名录), Order 60 art. 11; art. 12 gives discretion. */
const abnormalList = defineRule<AbnormalFacts, AbnormalAnswer>({
  id: "credit.abnormal_list",
  on: (facts) => day(facts.today),
  versions: [
    {
      from,
      citations: [cite(law.credit, "11"), cite(law.credit, "12")],
      decide: (facts, tools) => {
        const grounds = abnormalGrounds(facts, tools);
        const heavy = heavyPenalty(facts, tools);
        const [ground] = grounds;
        if (ground === undefined) return { list: false, ...(heavy ? { serious: true } : {}) };
        if (
          flag(facts.supervisor_certifies_not_directly_responsible) === true &&
          holds(tools, "supervisor_certifies_not_directly_responsible", true, "is", true, {
            law: cite(law.credit, "12"),
          })
        )
          return { list: false, discretion: true };
        return { list: true, ground, ...(grounds.length > 1 ? { grounds } : {}), ...(heavy ? { serious: true } : {}) };
      },
    },
  ],
});

const badReports = [
  "late",
  "missing",
  "missed",
  "overdue",
  "not_submitted",
  "not_filed",
  "irregular",
  "wrong_form",
  "incomplete",
  "false",
];

function abnormalGrounds(facts: AbnormalFacts, tools: RuleTools): AbnormalGround[] {
  const grounds: AbnormalGround[] = [];
  const report = str(facts.annual_report);
  if (report !== undefined && holds(tools, "annual_report", report, "in", badReports, abnormal))
    grounds.push("annual_report");
  if (
    flag(facts.party_organisation_required) === true &&
    flag(facts.established) !== undefined &&
    holds(tools, "established", flag(facts.established), "is", false, abnormal)
  )
    grounds.push("party_organisation");
  if (
    flag(facts.rectification_notice) === true &&
    holds(tools, "deadline_passed", flag(facts.deadline_passed), "is", true, abnormal) &&
    holds(tools, "fixed", flag(facts.fixed), "is", false, abnormal)
  )
    grounds.push("rectification_overdue");
  grounds.push(...fundraisingGrounds(facts, tools));
  if (lightPenalty(facts, tools)) grounds.push("light_penalty");
  if (unreachable(facts, tools)) grounds.push("unreachable");
  if (flag(facts.other_law) === true) grounds.push("other_law");
  return grounds;
}

function fundraisingGrounds(facts: AbnormalFacts, tools: RuleTools): AbnormalGround[] {
  const qualified = flag(facts.public_fundraising_qualified);
  const held = qualified === true || flag(facts.was_public_fundraising_qualified) === true;
  const lost =
    flag(facts.qualification_lost) === true ||
    (flag(facts.was_public_fundraising_qualified) === true && qualified === false) ||
    (held && flag(facts.meets_fundraising_conditions) === false);
  if (lost && holds(tools, "meets_fundraising_conditions", false, "is", false, abnormal))
    return ["public_fundraising_conditions_lost"];
  const idle = num(facts.months_without_fundraising);
  if (qualified === true && idle !== undefined && holds(tools, "months_without_fundraising", idle, ">=", 6, abnormal))
    return ["no_public_fundraising_6_months"];
  return [];
}

const warnings = ["警告", "warning"];
const fines = ["罚款", "fine"];
const suspensions = ["限期停止活动", "suspension", "suspended"];
const endings = ["吊销登记证书", "吊销", "撤销登记", "撤销", "certificate_revoked", "registration_annulled"];

function lightPenalty(facts: AbnormalFacts, tools: RuleTools): boolean {
  const penalty = str(facts.penalty);
  if (penalty === undefined) return false;
  if (warnings.includes(penalty)) return holds(tools, "penalty", penalty, "in", warnings, abnormal);
  return fines.includes(penalty) && holds(tools, "amount", num(facts.amount), "<", heavyFine, abnormal);
}

function heavyPenalty(facts: { readonly penalty?: string; readonly amount?: number }, tools: RuleTools): boolean {
  const penalty = str(facts.penalty);
  if (penalty === undefined) return false;
  if (suspensions.includes(penalty) || endings.includes(penalty))
    return holds(tools, "penalty", penalty, "in", [...suspensions, ...endings], serious);
  return fines.includes(penalty) && holds(tools, "amount", num(facts.amount), ">=", heavyFine, serious);
}

/** Two letters to the registered domicile that nobody signed, posted neither too close together nor too far apart. */
function unreachable(facts: AbnormalFacts, tools: RuleTools): boolean {
  const attempts = num(facts.registered_mail_attempts);
  if (attempts === undefined) return false;
  const min = Number(tools.setting("credit.mail-gap-min-days"));
  const max = Number(tools.setting("credit.mail-gap-max-days"));
  const gap = num(facts.gap_days);
  return (
    holds(tools, "registered_mail_attempts", attempts, ">=", 2, abnormal) &&
    holds(tools, "signed", num(facts.signed), "=", 0, abnormal) &&
    holds(tools, "gap_days", gap, ">=", min, { ...abnormal, setting: "credit.mail-gap-min-days" }) &&
    holds(tools, "gap_days", gap, "<=", max, { ...abnormal, setting: "credit.mail-gap-max-days" })
  );
}

/** Grounds of the serious-violation list (严重违法失信名单事由). */
export type SeriousGround =
  | "abnormal_24_months"
  | "change_registration_fraud"
  | "suspended"
  | "heavy_fine"
  | "light_penalties_in_3_years"
  | "dishonest_judgment_debtor"
  | "certificate_revoked"
  | "other_law";

export interface SeriousFacts {
  readonly abnormal_months?: number;
  /** Day of listing on the abnormal list, where months are not counted yet. */
  readonly abnormal_since?: string;
  readonly change_registration_fraud_revoked?: boolean;
  readonly suspended?: boolean;
  readonly penalty?: string;
  readonly amount?: number;
  /** Days of warnings and of fines below 50,000 yuan. */
  readonly light_penalties?: readonly string[];
  readonly dishonest_judgment_debtor?: boolean;
  readonly certificate_revoked?: boolean;
  readonly registration_annulled?: boolean;
  readonly other_law?: boolean;
  readonly today?: string;
}

/** The grounds of the serious list that facts support, in the order of the law (列入严重违法失信名单事由). */
export function seriousGrounds(facts: SeriousFacts, tools: RuleTools): SeriousGround[] {
  const grounds: SeriousGround[] = [];
  const says = (field: keyof SeriousFacts) =>
    flag(facts[field]) !== undefined && holds(tools, field, flag(facts[field]), "is", true, serious);
  const months = num(facts.abnormal_months);
  const since = day(facts.abnormal_since);
  if (
    months !== undefined
      ? holds(tools, "abnormal_months", months, ">=", 24, serious)
      : since !== undefined && holds(tools, "today", day(facts.today) ?? tools.on, ">=", addMonths(since, 24), serious)
  )
    grounds.push("abnormal_24_months");
  if (says("change_registration_fraud_revoked")) grounds.push("change_registration_fraud");
  const penalty = str(facts.penalty);
  if (
    says("suspended") ||
    (penalty !== undefined &&
      suspensions.includes(penalty) &&
      holds(tools, "penalty", penalty, "in", suspensions, serious))
  )
    grounds.push("suspended");
  if (
    penalty !== undefined &&
    fines.includes(penalty) &&
    holds(tools, "amount", num(facts.amount), ">=", heavyFine, serious)
  )
    grounds.push("heavy_fine");
  if (given(facts, "light_penalties") && twoWithinThreeYears(facts, tools)) grounds.push("light_penalties_in_3_years");
  if (says("dishonest_judgment_debtor")) grounds.push("dishonest_judgment_debtor");
  if (
    says("certificate_revoked") ||
    says("registration_annulled") ||
    (penalty !== undefined && endings.includes(penalty))
  )
    grounds.push("certificate_revoked");
  if (says("other_law")) grounds.push("other_law");
  return grounds;
}

/** Two neighbours of the sorted days no more than three years apart, the last day included (Civil Code 1259: 以内 includes). */
function twoWithinThreeYears(facts: SeriousFacts, tools: RuleTools): boolean {
  const days = list(facts.light_penalties)
    .map(day)
    .filter((one) => one !== undefined)
    .sort();
  return days.some((one, position) => {
    const next = days[position + 1];
    return next !== undefined && holds(tools, "light_penalties", next, "<=", addYears(one, 3), serious);
  });
}

/** Whether facts are a ground for the serious-violation list (列入严重违法失信名单), Order 60 art. 15. */
const seriousList = defineRule<SeriousFacts, { readonly list: boolean }>({
  id: "credit.serious_list",
  on: (facts) => day(facts.today),
  versions: [
    {
      from,
      citations: [cite(law.credit, "15")],
      decide: (facts, tools) => ({ list: seriousGrounds(facts, tools).length > 0 }),
    },
  ],
});

export const listingRules = [abnormalList, seriousList] as const;
