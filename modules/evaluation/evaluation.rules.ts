import { addDays, addYears, yearOf } from "../../kernel/clock/date.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { holds } from "../../kernel/rule/condition.ts";
import { day, flag, list, num, record, str } from "../../kernel/rule/facts.ts";
import { defineRule, type RuleTools } from "../../kernel/rule/rule.ts";

const start2011 = law.evaluation2011.effectiveFrom;
const start2026 = law.evaluation2026.effectiveFrom;

/** The regime a fact names, as a day inside it; otherwise the day given. */
function regimeDay(regime: unknown, on: string | undefined): string | undefined {
  if (String(regime) === "2011") return on !== undefined && on < start2026 ? on : "2026-02-28";
  if (String(regime) === "2026") return on !== undefined && on >= start2026 ? on : start2026;
  return on;
}

/** Both days included, as the certificate prints them. */
interface Validity {
  readonly from: string;
  readonly to: string;
}

export interface ValidityFacts {
  readonly announced?: string;
  readonly grade?: string;
  readonly regime?: string;
}

/** Validity of an announced grade (等级有效期): to 2026-02 five years from the announcement, then whole calendar years. */
const validity = defineRule<ValidityFacts, Validity | { readonly from: null; readonly to: null }>({
  id: "grade.validity",
  on: (facts) => regimeDay(facts.regime, day(facts.announced)),
  versions: [
    {
      from: start2011,
      to: start2026,
      citations: [cite(law.evaluation2011, "28")],
      decide: (facts) => {
        const announced = day(facts.announced);
        return announced === undefined ? { from: null, to: null } : fiveYearsFrom(announced);
      },
    },
    {
      from: start2026,
      citations: [cite(law.evaluation2026, "validity")],
      decide: (facts) => {
        const announced = day(facts.announced);
        return announced === undefined ? { from: null, to: null } : calendarYearsAfter(announced);
      },
    },
  ],
});

function fiveYearsFrom(announced: string): Validity {
  return { from: announced, to: addDays(addYears(announced, 5), -1) };
}

function calendarYearsAfter(announced: string): Validity {
  const year = yearOf(announced);
  return { from: `${year + 1}-01-01`, to: `${year + 5}-12-31` };
}

export interface ActiveOnFacts {
  readonly announced?: string;
  readonly from?: string;
  readonly to?: string;
  readonly cancelled?: string;
  readonly grade?: string;
  readonly old?: unknown;
  readonly new?: unknown;
  readonly on?: string;
}
interface ActiveOnAnswer {
  readonly active?: boolean | null;
  readonly shown_as?: string;
  readonly grade?: string | null;
}

/** Whether a grade counts on a day (等级是否有效), and which of two grades does. */
const activeOn = defineRule<ActiveOnFacts, ActiveOnAnswer>({
  id: "grade.active_on",
  versions: [
    {
      from: start2011,
      citations: [cite(law.evaluation2011, "28"), cite(law.evaluation2026, "validity")],
      decide: (facts, tools) => {
        const on = day(facts.on) ?? tools.on;
        if (facts.old !== undefined || facts.new !== undefined) {
          const [older, newer] = [record(facts.old), record(facts.new)];
          // A newer grade replaces the old one from its first day; before that the old one still counts.
          const current = [newer, older].find(
            (one) => standing(tools, one, on) === undefined && periodOf(one) !== undefined,
          );
          return { grade: current === undefined ? null : (str(current.grade) ?? null) };
        }
        if (periodOf(record(facts)) === undefined) return { active: null };
        const shownAs = standing(tools, record(facts), on);
        return shownAs === undefined ? { active: true } : { active: false, shown_as: shownAs };
      },
    },
  ],
});

function periodOf(grade: Readonly<Record<string, unknown>>): Partial<Validity> | undefined {
  const from = day(grade.from);
  if (from !== undefined) return { from, ...(day(grade.to) === undefined ? {} : { to: day(grade.to) ?? "" }) };
  const announced = day(grade.announced);
  if (announced === undefined) return undefined;
  return announced < start2026 && String(grade.regime) !== "2026"
    ? fiveYearsFrom(announced)
    : calendarYearsAfter(announced);
}

/** How an inactive grade is shown, undefined while it counts. */
function standing(tools: RuleTools, grade: Readonly<Record<string, unknown>>, on: string): string | undefined {
  const period = periodOf(grade);
  const cancelled = day(grade.cancelled);
  if (cancelled !== undefined && holds(tools, "cancelled", cancelled, "<=", on)) return "已取消";
  if (period?.from !== undefined && !holds(tools, "from", period.from, "<=", on)) return "已公告待生效";
  if (period?.to !== undefined && !holds(tools, "to", period.to, ">=", on)) return "已失效";
  return undefined;
}

export interface ReapplyFacts {
  readonly from?: string;
  readonly to?: string;
  readonly apply?: string;
}

/** Whether a graded body may ask to be assessed anew (重新评估): in the first 4 years, on a simplified site visit in the first 2. */
const reapply = defineRule<ReapplyFacts, { readonly allowed: boolean; readonly simplified_site_review?: boolean }>({
  id: "grade.reapply",
  on: (facts) => day(facts.apply),
  versions: [
    {
      from: start2011,
      to: start2026,
      citations: [cite(law.evaluation2011, "29")],
      decide: (facts, tools) => {
        const [start, apply] = [day(facts.from), day(facts.apply)];
        if (start === undefined || apply === undefined) return { allowed: false };
        const end = day(facts.to) ?? addDays(addYears(start, 5), -1);
        const opens = addDays(addYears(end, -2), 1);
        return { allowed: holds(tools, "apply", apply, ">=", opens, { law: cite(law.evaluation2011, "29") }) };
      },
    },
    {
      from: start2026,
      citations: [cite(law.evaluation2026, "reassessment")],
      decide: (facts, tools) => {
        const [start, apply] = [day(facts.from), day(facts.apply)];
        const ground = { law: cite(law.evaluation2026, "reassessment") };
        if (start === undefined || apply === undefined) return { allowed: false };
        if (!holds(tools, "apply", apply, ">=", start, ground)) return { allowed: false };
        if (!holds(tools, "apply", apply, "<", addYears(start, 4), ground)) return { allowed: false };
        return { allowed: true, simplified_site_review: holds(tools, "apply", apply, "<", addYears(start, 2), ground) };
      },
    },
  ],
});

export interface GradeEligibilityFacts {
  readonly regime?: string;
  readonly scope?: string;
  readonly on?: string;
  readonly full_years_since_registration?: number;
  readonly never_assessed?: boolean;
  readonly grade_expired?: boolean;
  readonly missed_last_annual_inspection?: boolean;
  readonly last_annual?: string;
  readonly last_two_annual?: readonly string[];
  readonly penalised_last_year?: boolean;
  readonly under_investigation?: boolean;
  readonly in_abnormal_list?: boolean;
  readonly in_serious_list?: boolean;
  readonly years_since_lowered?: number;
  readonly years_since_cancelled?: number;
}

const listed = ["in_abnormal_list", "abnormal_list", "in_serious_list", "serious_list"] as const;

/** Whether a body may apply for a grade (参评资格), by the regime of the day; national bodies also by the 2021 rule. */
const eligibility = defineRule<GradeEligibilityFacts, { readonly eligible: boolean }>({
  id: "grade.eligibility",
  on: (facts) => regimeDay(facts.regime, day(facts.on)),
  versions: [
    {
      from: start2011,
      to: start2026,
      citations: [cite(law.evaluation2011, "6"), cite(law.evaluation2011, "7")],
      decide: (facts, tools) => {
        const ground = { law: cite(law.evaluation2011, "7") };
        const bar = (field: string, value: unknown) =>
          flag(value) !== undefined && !holds(tools, field, flag(value), "is", false, ground);
        const lastTwo = list(facts.last_two_annual).map(str);
        const barred = [
          bar("missed_last_annual_inspection", facts.missed_last_annual_inspection),
          lastTwo.length >= 2 &&
            lastTwo.every((one) => one === "基本合格") &&
            !holds(tools, "last_two_annual", "基本合格", "!=", "基本合格", ground),
          (lastTwo.at(-1) === "不合格" || str(facts.last_annual) === "不合格") &&
            !holds(tools, "last_annual", "不合格", "!=", "不合格", ground),
          bar("penalised_last_year", facts.penalised_last_year),
          bar("under_investigation", facts.under_investigation),
          ...listBars(facts, tools),
        ];
        return { eligible: !barred.includes(true) && entitled(facts, tools) && regraded(facts, tools) };
      },
    },
    {
      from: start2026,
      citations: [cite(law.evaluation2026, "application"), cite(law.nationalEvaluation, "7")],
      decide: (facts, tools) => {
        const missed =
          flag(facts.missed_last_annual_inspection) === true &&
          !holds(tools, "missed_last_annual_inspection", true, "is", false, {
            law: cite(law.evaluation2026, "application"),
          });
        return {
          eligible:
            !missed && !listBars(facts, tools).includes(true) && entitled(facts, tools) && regraded(facts, tools),
        };
      },
    },
  ],
});

function listBars(facts: GradeEligibilityFacts, tools: RuleTools): boolean[] {
  const said = record(facts);
  return listed
    .filter((field) => flag(said[field]) !== undefined)
    .map((field) => !holds(tools, field, flag(said[field]), "is", false, { law: cite(law.nationalEvaluation, "7") }));
}

function entitled(facts: GradeEligibilityFacts, tools: RuleTools): boolean {
  const ground = { law: cite(law.evaluation2011, "6") };
  const years = num(facts.full_years_since_registration);
  if (years !== undefined && !holds(tools, "full_years_since_registration", years, ">=", 2, ground)) return false;
  if (flag(facts.never_assessed) === false && flag(facts.grade_expired) === false)
    return holds(tools, "grade_expired", false, "is", true, ground);
  return true;
}

/** After a lowering two years, after a cancellation three. */
function regraded(facts: GradeEligibilityFacts, tools: RuleTools): boolean {
  const ground = { law: cite(law.evaluation2011, "31") };
  const lowered = num(facts.years_since_lowered);
  const cancelled = num(facts.years_since_cancelled);
  return (
    (lowered === undefined || holds(tools, "years_since_lowered", lowered, ">=", 2, ground)) &&
    (cancelled === undefined || holds(tools, "years_since_cancelled", cancelled, ">=", 3, ground))
  );
}

const bands = [
  ["5A", "grade.band-5a"],
  ["4A", "grade.band-4a"],
  ["3A", "grade.band-3a"],
  ["2A", "grade.band-2a"],
] as const;

function gradeOf(score: number, tools: RuleTools): string {
  for (const [grade, setting] of bands)
    if (holds(tools, "score", score, ">=", Number(tools.setting(setting)), { setting })) return grade;
  return "1A";
}

export interface ScoreFacts {
  readonly score?: number;
  readonly on?: string;
}

/** The grade a score leads to (评估等级): local bands, both edges resolved upward. */
const scoreToGrade = defineRule<ScoreFacts, { readonly grade: string | null }>({
  id: "grade.score_to_grade",
  on: (facts) => day(facts.on),
  versions: [
    {
      from: start2011,
      citations: [cite(law.houseRules, "grade-bands")],
      decide: (facts, tools) => {
        const score = num(facts.score);
        return { grade: score === undefined ? null : gradeOf(score, tools) };
      },
    },
  ],
});

export interface TrackFacts {
  readonly grade?: string;
  readonly random_selected_for_tracking?: boolean;
  readonly event_driven?: boolean;
  readonly found_score?: number;
  readonly on?: string;
}

/** What a tracking or verification assessment does to a grade (跟踪评估): 4A and above are sampled; a grade may only fall. */
const track = defineRule<TrackFacts, { readonly new_grade: string | null; readonly reason?: string }>({
  id: "grade.track",
  on: (facts) => day(facts.on),
  versions: [
    {
      from: start2011,
      citations: [cite(law.evaluation2026, "tracking")],
      decide: (facts, tools) => {
        const grade = str(facts.grade);
        const score = num(facts.found_score);
        if (grade === undefined || score === undefined) return { new_grade: grade ?? null };
        const verification = flag(facts.event_driven) === true;
        const sampled =
          verification ||
          holds(tools, "grade", grade, "in", ["4A", "5A"], { law: cite(law.evaluation2026, "tracking") });
        if (!sampled) return { new_grade: grade };
        const found = gradeOf(score, tools);
        if (!holds(tools, "found_grade", found, "<", grade)) return { new_grade: grade };
        return { new_grade: found, reason: verification ? "核查评估调整" : "跟踪评估调整" };
      },
    },
  ],
});

export interface RecusalFacts {
  readonly assessor_left_org_months_ago?: number;
  readonly assessor_employed?: boolean;
  readonly near_relative?: boolean;
  readonly other_interest?: boolean;
}

/** Whether an assessor must step back (评估专家回避): employed there now or within two years, or with an interest. */
const panelRecusal = defineRule<RecusalFacts, { readonly must_recuse: boolean }>({
  id: "grade.panel_recusal",
  versions: [
    {
      from: start2011,
      citations: [cite(law.evaluation2011, "19")],
      decide: (facts, tools) => {
        const ground = { law: cite(law.evaluation2011, "19") };
        const left = num(facts.assessor_left_org_months_ago);
        const recent = left !== undefined && holds(tools, "assessor_left_org_months_ago", left, "<", 24, ground);
        const bound = (["assessor_employed", "near_relative", "other_interest"] as const).some(
          (field) => flag(facts[field]) === true && holds(tools, field, true, "is", true, ground),
        );
        return { must_recuse: recent || bound };
      },
    },
  ],
});

export interface ReviewFacts {
  readonly appeal_within_publicity?: boolean;
  readonly votes_for?: number;
  readonly members?: number;
}

/** The review committee's vote (复核表决): named, more than half of all members; the written reply is due in 15 days. */
const reviewDecision = defineRule<
  ReviewFacts,
  { readonly passed: boolean | null; readonly written_reply_within_days?: number; readonly reason?: string }
>({
  id: "grade.review_decision",
  versions: [
    {
      from: start2011,
      citations: [cite(law.evaluation2011, "13"), cite(law.evaluation2011, "20"), cite(law.evaluation2011, "23")],
      decide: (facts, tools) => {
        const ground = { law: cite(law.evaluation2011, "20") };
        if (
          flag(facts.appeal_within_publicity) === false &&
          !holds(tools, "appeal_within_publicity", false, "is", true, ground)
        )
          return { passed: false, reason: "appeal_too_late" };
        const [votes, members] = [num(facts.votes_for), num(facts.members)];
        if (votes === undefined || members === undefined) return { passed: null };
        const passed = holds(tools, "votes_for", votes, ">", members / 2, { law: cite(law.evaluation2011, "13") });
        return { passed, written_reply_within_days: 15 };
      },
    },
  ],
});

export const rules = [
  validity,
  activeOn,
  reapply,
  eligibility,
  scoreToGrade,
  track,
  panelRecusal,
  reviewDecision,
] as const;
