import { addMonths } from "../../kernel/clock/date.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { holds } from "../../kernel/rule/condition.ts";
import { day, flag, given, list, num, record } from "../../kernel/rule/facts.ts";
import { type Citation, defineRule, type RuleTools } from "../../kernel/rule/rule.ts";
import { arithmetic } from "./arithmetic.rules.ts";
import { expenseRatio } from "./expense-ratio.rules.ts";

type Kind = "social_group" | "social_service_institution" | "foundation";

/** The regulation and article that orders the yearly report, by kind and date. */
function reportArticle(kind: Kind, on: string): Citation {
  if (kind === "foundation") return cite(law.foundations, "36");
  if (kind === "social_service_institution") return cite(law.serviceInstitutions, "23");
  if (on >= law.socialGroups2026.effectiveFrom) return cite(law.socialGroups2026, "28");
  // The 2016 amendment moved the article from 31 to 28 without changing it.
  return on >= law.socialGroups2016.effectiveFrom ? cite(law.socialGroups2016, "28") : cite(law.socialGroups1998, "31");
}

function kindOf(value: unknown): Kind {
  if (value === "foundation") return "foundation";
  return value === "social_service_institution" || value === "service_institution"
    ? "social_service_institution"
    : "social_group";
}

/** Both literal due days of a reporting year (年报截止日): to the supervisory unit and to the registrar. */
export function literalDeadlines(
  kind: string,
  year: number,
): { readonly supervisor: string; readonly registry: string } {
  const next = year + 1;
  return { supervisor: `${next}-03-31`, registry: kindOf(kind) === "foundation" ? `${next}-03-31` : `${next}-05-31` };
}

export interface ReportDeadlineFacts {
  readonly kind?: string;
  readonly year?: number;
  readonly to_supervisor?: string | null;
  readonly supervisor_consent?: string | boolean | null;
  readonly to_registry?: string | null;
  readonly direct_registered?: boolean;
  readonly today?: string;
}
interface ReportDeadlineAnswer {
  readonly on_time: boolean | null;
  readonly late_step?: "supervisor" | "registry";
  readonly reason?: string;
  readonly credit_trigger?: string;
  readonly deadline?: string;
}

/** Whether a yearly report kept its days (年报报送期限): supervisory unit 31 March, registrar 31 May, foundations 31 March. */
const reportDeadline = defineRule<ReportDeadlineFacts, ReportDeadlineAnswer>({
  id: "annual.report_deadline",
  on: (facts) =>
    lastOf([day(facts.to_registry), day(facts.to_supervisor)]) ??
    (num(facts.year) === undefined ? undefined : `${Number(facts.year) + 1}-03-31`),
  versions: [
    {
      from: "1998-10-25",
      citations: [cite(law.socialGroups2026, "28"), cite(law.serviceInstitutions, "23"), cite(law.foundations, "36")],
      decide: (facts, tools) => {
        const year = num(facts.year);
        if (year === undefined || !Number.isInteger(year)) return { on_time: null, reason: "unknown year" };
        const kind = kindOf(facts.kind);
        const due = literalDeadlines(kind, year);
        const article = { law: reportArticle(kind, tools.on) };
        const direct = flag(facts.direct_registered) === true || kind === "foundation";
        const registryLate = late(tools, "to_registry", facts, due.registry, article);
        if (registryLate === undefined) return { on_time: null, deadline: due.registry };
        if (registryLate)
          return { on_time: false, late_step: "registry", credit_trigger: "activity_abnormal.annual_report" };
        if (!direct && given(facts, "to_supervisor") && late(tools, "to_supervisor", facts, due.supervisor, article))
          return { on_time: false, late_step: "supervisor" };
        const refusedConsent =
          given(facts, "supervisor_consent") &&
          (facts.supervisor_consent === null || facts.supervisor_consent === false);
        if (!direct && refusedConsent && !holds(tools, "supervisor_consent", false, "is", true, article))
          return { on_time: false, reason: "no preliminary consent" };
        return { on_time: true };
      },
    },
  ],
});

/** undefined: not filed yet and the day has not passed. */
function late(
  tools: RuleTools,
  field: "to_registry" | "to_supervisor",
  facts: ReportDeadlineFacts,
  literal: string,
  ground: { law: Citation },
): boolean | undefined {
  const rolls = tools.setting("annual.deadline-rolls") === true;
  const due = rolls ? tools.calendar.nextWorkingDayOnOrAfter(literal) : literal;
  const filed = day(facts[field]);
  const today = day(facts.today);
  if (filed === undefined && today !== undefined && today <= due) return undefined;
  return !holds(tools, field, filed, "<=", due, { ...ground, setting: "annual.deadline-rolls" });
}

export interface OwesReportFacts {
  readonly kind?: string;
  readonly registered_on?: string;
  readonly year?: number;
  /** Day the registration ended, if it did. */
  readonly ended_on?: string | null;
  /** A recognised charity reports under charity law, not to the inspection. */
  readonly charity?: boolean;
}
interface OwesReportAnswer {
  readonly owes: boolean | null;
  readonly reason?: "registered_after_cutoff" | "not_registered" | "ended" | "charity_report";
  readonly to_supervisor_by?: string;
  readonly to_registry_by?: string;
}

/** Whether an organisation owes the report of a year (应参检范围), and by when. */
export const owesReport = defineRule<OwesReportFacts, OwesReportAnswer>({
  id: "annual.owes_report",
  on: (facts) => (num(facts.year) === undefined ? undefined : `${Number(facts.year) + 1}-01-01`),
  versions: [
    {
      from: "1998-10-25",
      citations: [
        cite(law.socialGroups2026, "28"),
        cite(law.serviceInstitutionInspection, "3"),
        cite(law.foundations, "36"),
      ],
      decide: (facts, tools) => {
        const year = num(facts.year);
        const registered = day(facts.registered_on);
        if (year === undefined || registered === undefined) return { owes: null };
        const kind = kindOf(facts.kind);
        const endOfYear = `${year}-12-31`;
        if (registered > endOfYear) return { owes: false, reason: "not_registered" };
        const ended = day(facts.ended_on);
        if (ended !== undefined && ended <= `${year + 1}-01-01`) return { owes: false, reason: "ended" };
        const due = literalDeadlines(kind, year);
        if (
          flag(facts.charity) === true &&
          kind === "social_group" &&
          tools.on >= law.socialGroupInspection.effectiveFrom
        )
          return { owes: false, reason: "charity_report" };
        if (!inScope(tools, kind, year, registered)) return { owes: false, reason: "registered_after_cutoff" };
        return {
          owes: true,
          ...(kind === "foundation" ? {} : { to_supervisor_by: due.supervisor }),
          to_registry_by: due.registry,
        };
      },
    },
  ],
});

function inScope(tools: RuleTools, kind: Kind, year: number, registered: string): boolean {
  // 令27 art. 3: less than six months at the year's end is exempt; local notices draw the same line at 30 June for social groups.
  if (kind === "social_service_institution")
    return holds(tools, "registered_on_plus_6_months", addMonths(registered, 6), "<=", `${year}-12-31`, {
      law: cite(law.serviceInstitutionInspection, "3"),
    });
  const setting = kind === "social_group" ? "annual.social-group-cutoff" : "annual.foundation-cutoff";
  return holds(tools, "registered_on", registered, "<=", `${year}-${String(tools.setting(setting))}`, { setting });
}

export interface ConclusionFacts {
  readonly kind?: string;
  readonly filed?: boolean;
  /** Problems found: texts (minor) or `{ severity: "minor" | "serious" }`. */
  readonly issues?: readonly unknown[];
  readonly year?: number;
}
interface ConclusionAnswer {
  readonly conclusion: "合格" | "基本合格" | "不合格" | "未参检" | null;
  readonly next?: string;
  readonly rectify_months?: number;
}

/** The conclusion a report leads to (年检结论): none → 合格, minor → 基本合格, serious → 不合格; not filed → 未参检. */
export const conclusion = defineRule<ConclusionFacts, ConclusionAnswer>({
  id: "annual.conclusion",
  on: (facts) => (num(facts.year) === undefined ? undefined : `${Number(facts.year) + 1}-05-31`),
  versions: [
    {
      from: "1998-10-25",
      citations: [
        cite(law.serviceInstitutionInspection, "7"),
        cite(law.foundationInspection, "6"),
        cite(law.socialGroupInspection, "7"),
      ],
      decide: (facts, tools) => {
        const ground = { law: cite(law.serviceInstitutionInspection, "8") };
        if (flag(facts.filed) === undefined) return { conclusion: null };
        if (!holds(tools, "filed", flag(facts.filed), "is", true, ground))
          return { conclusion: "未参检", next: "reminder -> listing" };
        const issues = list(facts.issues);
        const serious = issues.filter(isSerious).length;
        const most = Number(tools.setting("annual.serious-issues-fail"));
        if (!holds(tools, "serious_issues", serious, "<", most, { ...ground, setting: "annual.serious-issues-fail" }))
          return { conclusion: "不合格", ...rectify(tools) };
        if (!holds(tools, "issues", issues.length, "=", 0, ground))
          return { conclusion: "基本合格", ...rectify(tools) };
        return { conclusion: "合格" };
      },
    },
  ],
});

function rectify(tools: RuleTools): { next: string; rectify_months: number } {
  return { next: "order rectification", rectify_months: Number(tools.setting("annual.rectification-months")) };
}

function isSerious(issue: unknown): boolean {
  const fields = record(issue);
  return fields.severity === "serious" || fields.serious === true;
}

export interface FeeFacts {
  readonly charge_for_annual_inspection?: number;
  readonly on?: string;
}

/** No fee may be taken for the inspection (年检不收费), art. 35. */
const fee = defineRule<FeeFacts, { readonly allowed: boolean }>({
  id: "annual.fee",
  on: (facts) => day(facts.on),
  versions: [
    {
      from: "2016-02-06",
      to: "2026-03-12",
      citations: [cite(law.socialGroups2016, "35")],
      decide: (facts, tools) => ({ allowed: noCharge(facts, tools, cite(law.socialGroups2016, "35")) }),
    },
    {
      from: "2026-03-12",
      citations: [cite(law.socialGroups2026, "35")],
      decide: (facts, tools) => ({ allowed: noCharge(facts, tools, cite(law.socialGroups2026, "35")) }),
    },
  ],
});

function noCharge(facts: FeeFacts, tools: RuleTools, article: Citation): boolean {
  return holds(tools, "charge_for_annual_inspection", num(facts.charge_for_annual_inspection) ?? 0, "=", 0, {
    law: article,
  });
}

export interface TwoYearsMissingFacts {
  readonly kind?: string;
  readonly missed_years?: readonly number[];
  readonly decided_on?: string;
}
interface TwoYearsMissingAnswer {
  readonly candidate_for: string | null;
  readonly procedure?: string;
}

const procedure = "事先告知+陈述申辩+听证权";
const annulment = "立案调查 -> 拟撤销登记";
const revocation = "立案调查 -> 拟吊销登记证书";

/**
 * What two missed years lead to (连续两年未参检): a case to investigate, never an automatic end. Social groups by the
 * regulation in force on the decision's date (from 2026-03-12 吊销, before 撤销); service institutions by 令27 art. 10.
 */
export const twoYearsMissing = defineRule<TwoYearsMissingFacts, TwoYearsMissingAnswer>({
  id: "annual.two_years_missing",
  on: (facts) => day(facts.decided_on),
  versions: [
    {
      from: "1998-10-25",
      to: "2026-03-12",
      citations: [
        cite(law.socialGroups2016, "30", "3"),
        cite(law.serviceInstitutionInspection, "10"),
        cite(law.foundations, "42"),
      ],
      decide: (facts, tools) => missing(facts, tools, annulment, cite(law.socialGroups2016, "30", "3")),
    },
    {
      from: "2026-03-12",
      citations: [
        cite(law.socialGroups2026, "30", "3"),
        cite(law.serviceInstitutionInspection, "10"),
        cite(law.foundations, "42"),
      ],
      decide: (facts, tools) => missing(facts, tools, revocation, cite(law.socialGroups2026, "30", "3")),
    },
  ],
});

function missing(
  facts: TwoYearsMissingFacts,
  tools: RuleTools,
  forSocialGroups: string,
  socialGroups: Citation,
): TwoYearsMissingAnswer {
  const kind = kindOf(facts.kind);
  const article =
    kind === "social_group"
      ? socialGroups
      : kind === "foundation"
        ? cite(law.foundations, "42")
        : cite(law.serviceInstitutionInspection, "10");
  const years = [...new Set(list(facts.missed_years).map(num))]
    .filter((year) => year !== undefined)
    .sort((a, b) => a - b);
  const consecutive = years.some((year, position) => years[position + 1] === year + 1);
  if (!holds(tools, "two_consecutive_years_missed", consecutive, "is", true, { law: article }))
    return { candidate_for: null };
  return { candidate_for: kind === "social_group" ? forSocialGroups : annulment, procedure };
}

export interface ZombieFacts {
  readonly missed_annual_years?: number;
  readonly certificate?: string;
  readonly activities?: number;
  readonly activities_last_year?: number;
  readonly no_activity_in_scope_since?: string;
  readonly unreachable_domicile?: boolean;
  readonly unreachable_legal_rep?: boolean;
  readonly governance_deadlock?: boolean;
  readonly today?: string;
}
interface ZombieAnswer {
  readonly candidate: boolean;
  readonly rule?: string;
  readonly preferred_disposal?: string;
}

/** Whether an organisation is a candidate of the zombie clean-up (僵尸型社会组织线索); a person verifies before anything follows. */
export const zombieCandidate = defineRule<ZombieFacts, ZombieAnswer>({
  id: "zombie.candidate",
  on: (facts) => day(facts.today),
  versions: [
    {
      from: "1998-10-25",
      citations: [
        cite(law.houseRules, "zombie"),
        cite(law.socialGroups2026, "29"),
        cite(law.serviceInstitutionInspection, "10"),
      ],
      decide: (facts, tools) => {
        const today = day(facts.today) ?? tools.on;
        const missed = num(facts.missed_annual_years);
        if (missed !== undefined && holds(tools, "missed_annual_years", missed, ">=", 2))
          return { candidate: true, rule: "连续2年未参加年检(年报)" };
        const certificate = day(facts.certificate);
        if (
          certificate !== undefined &&
          holds(tools, "activities", num(facts.activities), "=", 0) &&
          holds(tools, "today", today, ">", addMonths(certificate, 12))
        )
          return { candidate: true, rule: "自取得登记证书起1年未开展活动" };
        const idleSince = day(facts.no_activity_in_scope_since);
        if (idleSince !== undefined && holds(tools, "today", today, ">", addMonths(idleSince, 12)))
          return { candidate: true };
        const silent =
          flag(facts.unreachable_domicile) !== undefined || flag(facts.unreachable_legal_rep) !== undefined;
        if (
          silent &&
          holds(tools, "unreachable_domicile", flag(facts.unreachable_domicile), "is", true) &&
          holds(tools, "unreachable_legal_rep", flag(facts.unreachable_legal_rep), "is", true)
        )
          return { candidate: true };
        if (flag(facts.governance_deadlock) === true && holds(tools, "governance_deadlock", true, "is", true))
          return { candidate: true, preferred_disposal: "限期整改" };
        return { candidate: false };
      },
    },
  ],
});

function lastOf(dates: readonly (string | undefined)[]): string | undefined {
  return dates
    .filter((one): one is string => one !== undefined)
    .sort()
    .at(-1);
}

export const rules = [
  reportDeadline,
  owesReport,
  conclusion,
  fee,
  twoYearsMissing,
  zombieCandidate,
  expenseRatio,
  arithmetic,
] as const;
