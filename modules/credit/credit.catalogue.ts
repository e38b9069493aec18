import { cite, law } from "../../kernel/regulations/law.rules.ts";
import type { Citation } from "../../kernel/rule/rule.ts";

/** The two lists (名录): abnormal activity 活动异常名录, serious violations 严重违法失信名单. */
export const lists = ["abnormal", "serious"] as const;
export type List = (typeof lists)[number];

/** The five national classes of credit information (国家五类), Order 60 art. 6. */
export const nationalClasses = ["basic", "annual", "inspection", "penalty", "other"] as const;
export type NationalClass = (typeof nationalClasses)[number];

/** The four local classes (地方四类): 基本, 绩效, 荣誉, 失信. */
export const localClasses = ["basic", "performance", "honour", "dishonesty"] as const;
export type LocalClass = (typeof localClasses)[number];

interface RecordKind {
  readonly national: NationalClass;
  readonly local: LocalClass;
  /** May the public see it at all (Order 60: penalties, lists, grades, honours are open; checks by their own rules). */
  readonly open: boolean;
  /** Ends on a day by its nature: a grade, an honour, a listing. */
  readonly ends?: true;
}

/**
 * What a credit record can be about (记录种类) and where it belongs in both classifications. The mapping of the local
 * classes is data: basic→基础; performance→年报, 评估, 承接项目; honour→表彰; dishonesty→检查问题, 处罚, 两个名单.
 */
export const recordKinds = {
  registration: { national: "basic", local: "basic", open: true },
  registration_change: { national: "basic", local: "basic", open: true },
  deregistration: { national: "basic", local: "basic", open: true },
  annual_report: { national: "annual", local: "performance", open: true },
  annual_report_missed: { national: "annual", local: "performance", open: true },
  check_passed: { national: "inspection", local: "performance", open: false },
  check_problem: { national: "inspection", local: "dishonesty", open: true },
  rectification_ordered: { national: "inspection", local: "dishonesty", open: true },
  penalty_warning: { national: "penalty", local: "dishonesty", open: true },
  penalty_fine: { national: "penalty", local: "dishonesty", open: true },
  penalty_confiscation: { national: "penalty", local: "dishonesty", open: true },
  penalty_suspension: { national: "penalty", local: "dishonesty", open: true },
  penalty_revocation: { national: "penalty", local: "dishonesty", open: true },
  assessment_grade: { national: "other", local: "performance", open: true, ends: true },
  commission: { national: "other", local: "performance", open: true },
  honour: { national: "other", local: "honour", open: true, ends: true },
  judgment_debtor: { national: "other", local: "dishonesty", open: true },
  listed_abnormal: { national: "other", local: "dishonesty", open: true, ends: true },
  listed_serious: { national: "other", local: "dishonesty", open: true, ends: true },
  other_good: { national: "other", local: "performance", open: false },
  other_bad: { national: "other", local: "dishonesty", open: false },
} as const satisfies Record<string, RecordKind>;
export type RecordKindId = keyof typeof recordKinds;
export const recordKindIds = Object.keys(recordKinds) as [RecordKindId, ...RecordKindId[]];

/** One field of the facts a ground rests on (列入事实): the form shows it, the rule reads it. Money in yuan, as the rule asks. */
export interface GroundField {
  readonly field: string;
  readonly kind: "date" | "integer" | "yes" | "no" | "text" | "choice" | "dates" | "yuan";
  readonly values?: readonly string[];
  readonly required?: true;
  /** Filled by the system from its own records; what a person types here is not believed. */
  readonly known?: true;
}

export interface Ground {
  /** Can something be put right? If not, an abnormal listing ends after six months. */
  readonly rectifiable: boolean;
  readonly law: Citation;
  readonly fields: readonly GroundField[];
}

const order = (article: string, item: string) => cite(law.credit, article, item);
const yes = (field: string): GroundField => ({ field, kind: "yes", required: true });
const no = (field: string): GroundField => ({ field, kind: "no", required: true });
const number = (field: string): GroundField => ({ field, kind: "integer", required: true });

/**
 * Grounds of the two lists (列入情形), Order 60 arts 11 and 15: the numbering of the final text is not confirmed. `fields`
 * are the facts the rules `credit.abnormal_list` and `credit.serious_list` ask for.
 */
export const grounds = {
  abnormal: {
    annual_report: {
      rectifiable: true,
      law: order("11", "1"),
      fields: [
        { field: "annual_report", kind: "choice", values: ["late", "missing", "irregular"], required: true },
        { field: "report_year", kind: "integer" },
      ],
    },
    party_organisation: {
      rectifiable: true,
      law: order("11", "2"),
      fields: [yes("party_organisation_required"), no("established")],
    },
    rectification_overdue: {
      rectifiable: true,
      law: order("11", "3"),
      fields: [
        yes("rectification_notice"),
        yes("deadline_passed"),
        no("fixed"),
        { field: "rectification_due", kind: "date" },
      ],
    },
    public_fundraising_conditions_lost: {
      rectifiable: true,
      law: order("11", "4"),
      fields: [yes("qualification_lost")],
    },
    no_public_fundraising_6_months: {
      rectifiable: true,
      law: order("11", "4"),
      fields: [
        { field: "public_fundraising_qualified", kind: "yes", known: true },
        number("months_without_fundraising"),
      ],
    },
    light_penalty: {
      rectifiable: false,
      law: order("11", "5"),
      fields: [
        { field: "penalty", kind: "choice", values: ["warning", "fine"], required: true },
        { field: "amount", kind: "yuan" },
        { field: "penalty_on", kind: "date" },
      ],
    },
    unreachable: {
      rectifiable: true,
      law: order("11", "6"),
      fields: [number("registered_mail_attempts"), number("signed"), number("gap_days")],
    },
    other_law: {
      rectifiable: true,
      law: order("11", "7"),
      fields: [yes("other_law"), { field: "other_law_text", kind: "text", required: true }],
    },
  },
  serious: {
    abnormal_24_months: {
      rectifiable: true,
      law: order("15", "1"),
      fields: [{ field: "abnormal_since", kind: "date", known: true }],
    },
    change_registration_fraud: {
      rectifiable: false,
      law: order("15", "2"),
      fields: [yes("change_registration_fraud_revoked")],
    },
    suspended: { rectifiable: false, law: order("15", "3"), fields: [yes("suspended")] },
    heavy_fine: {
      rectifiable: false,
      law: order("15", "4"),
      fields: [
        { field: "penalty", kind: "choice", values: ["fine"], required: true },
        { field: "amount", kind: "yuan", required: true },
      ],
    },
    light_penalties_in_3_years: {
      rectifiable: false,
      law: order("15", "5"),
      fields: [{ field: "light_penalties", kind: "dates", required: true }],
    },
    dishonest_judgment_debtor: {
      rectifiable: false,
      law: order("15", "6"),
      fields: [yes("dishonest_judgment_debtor")],
    },
    certificate_revoked: { rectifiable: false, law: order("15", "7"), fields: [yes("certificate_revoked")] },
    other_law: {
      rectifiable: false,
      law: order("15", "8"),
      fields: [yes("other_law"), { field: "other_law_text", kind: "text", required: true }],
    },
  },
} as const satisfies Record<List, Record<string, Ground>>;

export type GroundId = keyof typeof grounds.abnormal | keyof typeof grounds.serious;
export const groundIds = [...new Set([...Object.keys(grounds.abnormal), ...Object.keys(grounds.serious)])] as [
  GroundId,
  ...GroundId[],
];

/** A ground of a list (列入情形), undefined when the list does not know it. */
export function groundOf(list: List, id: string): Ground | undefined {
  return (grounds[list] as Readonly<Record<string, Ground>>)[id];
}

/** What follows from standing on a list (列入后果), as sentences for people. There is no score: the law has none. */
export const effects = {
  abnormal: ["recorded", "purchase_warning"],
  serious: ["key_supervision", "no_funding", "no_purchase", "no_honours", "grade_reference", "shared"],
} as const satisfies Record<List, readonly string[]>;
