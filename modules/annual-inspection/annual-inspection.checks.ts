import { articleText } from "../../kernel/regulations/citation.words.ts";
import type { Decision } from "../../kernel/rule/rule.ts";
import type { Check, Details, Figures, Finding, MoneyField } from "./annual-inspection.shapes.ts";
import { incomeFields, spendFields } from "./annual-inspection.shapes.ts";
import type { ArithmeticFacts, ArithmeticProblem } from "./arithmetic.rules.ts";
import type { ExpenseAnswer, ExpenseFacts, RatioCheck } from "./expense-ratio.rules.ts";

/** What the system knows about the body and its earlier reports (校验背景). Money in fen. */
export interface Background {
  readonly kind: string;
  readonly year: number;
  readonly charity: boolean;
  /** Undefined = not known, as with reports of the past. */
  readonly publicQualification: boolean | undefined;
  readonly registeredOn: string | null;
  readonly partyRequired: boolean;
  readonly lastNetAssetsEndFen: number | null;
  readonly lastIncomeFen: number | null;
  /** Donation income of the three years before, newest first, as far as known. */
  readonly earlierDonationsFen: readonly number[];
}

/** Figures without which a report says nothing (必填数据). */
export const requiredFigures = ["incomeTotalFen", "charitySpendFen", "spendTotalFen", "netAssetsEndFen"] as const;

/** Names of the lines as the arithmetic rule knows them. Losses on investments are booked like "other": they want a word. */
const partNames: Readonly<Partial<Record<MoneyField, string>>> = {
  donationIncomeFen: "donation",
  membershipIncomeFen: "membership",
  serviceIncomeFen: "service",
  salesIncomeFen: "sales",
  governmentIncomeFen: "government",
  investmentIncomeFen: "other_investment",
  otherIncomeFen: "other",
  charitySpendFen: "charity",
  salariesFen: "salaries",
  adminFen: "admin",
  fundraisingFen: "fundraising",
  otherSpendFen: "other_spend",
};
const fieldOfPart: Readonly<Record<string, MoneyField>> = {
  ...Object.fromEntries(Object.entries(partNames).map(([field, part]) => [part, field as MoneyField])),
  total_income: "incomeTotalFen",
  total_expenditure: "spendTotalFen",
  net_assets_start: "netAssetsStartFen",
  net_assets_end: "netAssetsEndFen",
  assets_end: "assetsEndFen",
};

/** The required figures that are not filled in. */
export function missingFigures(figures: Figures): MoneyField[] {
  return requiredFigures.filter((field) => figures[field] === null || figures[field] === undefined);
}

function parts(figures: Figures, fields: readonly MoneyField[]): Record<string, number> | undefined {
  const given = fields.flatMap((field) => {
    const value = figures[field];
    return value === null || value === undefined ? [] : [[partNames[field] ?? field, value] as const];
  });
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

/** Facts of the arithmetic rule, in fen (勾稽事实). A line left empty counts as nothing once a sister line is filled in. */
export function arithmeticFacts(figures: Figures, details: Details, background: Background): ArithmeticFacts {
  const income = parts(figures, incomeFields);
  const spend = parts(figures, spendFields);
  const explanations = Object.fromEntries(
    Object.entries(details.explanations ?? {}).map(([field, text]) => [nameOfField(field), text]),
  );
  return without({
    income_parts: income,
    total_income: figures.incomeTotalFen,
    expenditure_parts: spend,
    total_expenditure: figures.spendTotalFen,
    net_assets_start: figures.netAssetsStartFen,
    net_assets_end: figures.netAssetsEndFen,
    assets_end: figures.assetsEndFen,
    liabilities_end: figures.liabilitiesEndFen,
    last_year_net_assets_end: background.lastNetAssetsEndFen,
    explanations,
  });
}

function nameOfField(field: string): string {
  return Object.entries(fieldOfPart).find(([, own]) => own === field)?.[0] ?? field;
}

/** Facts of the expense rule, in fen (比例事实). From 2016 the pay of administrative staff belongs to administration. */
export function ratioFacts(figures: Figures, background: Background): ExpenseFacts {
  const together = background.year >= 2016 && (present(figures.adminFen) || present(figures.salariesFen));
  const donations =
    background.earlierDonationsFen.length > 0 ? background.earlierDonationsFen : [figures.donationAverageFen];
  return without({
    kind: background.kind,
    year: background.year,
    charity: background.charity,
    public_qualification: background.publicQualification,
    prev_income: figures.lastYearIncomeFen ?? background.lastIncomeFen,
    prev_net_assets: figures.netAssetsStartFen ?? background.lastNetAssetsEndFen,
    charity_spend: figures.charitySpendFen,
    admin: together ? (figures.adminFen ?? 0) + (figures.salariesFen ?? 0) : figures.adminFen,
    salaries: together ? null : figures.salariesFen,
    total_spend: figures.spendTotalFen,
    fundraising_cost: figures.fundraisingFen,
    donations_previous_three_years: donations.every(present) ? donations : null,
    registered_on: background.registeredOn,
    money_unit: "fen" as const,
  });
}

function present<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}

/** Facts without the empty ones: a rule treats what is absent as not known. */
function without<Given extends object>(facts: Given): { [Key in keyof Given]?: NonNullable<Given[Key]> } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => present(value))) as never;
}

interface Judged {
  readonly arithmetic: Decision<{ readonly ok: boolean; readonly problems: readonly ArithmeticProblem[] }>;
  readonly ratio: Decision<ExpenseAnswer>;
}

/** Only contradictions block: a missing ratio base, a ratio broken or an unusual line is for people to judge. */
function blocks(problem: ArithmeticProblem, details: Details): boolean {
  if (problem.problem === "sum_mismatch" || problem.problem === "negative" || problem.problem === "balance_mismatch")
    return true;
  return problem.problem === "net_assets_do_not_follow" && details.explanations?.netAssetsEndFen === undefined;
}

const none = {
  amountFen: null,
  limitFen: null,
  baseFen: null,
  base: null,
  percent: null,
  actualPercent: null,
  article: null,
} as const;

/** Every check with its figures, limit and article, as the form shows it beside the field (校验结果). */
export function checksOf(figures: Figures, details: Details, judged: Judged): Check[] {
  const missing = missingFigures(figures).map(
    (field): Check => ({ ...none, rule: "form", item: "missing", field, met: false, blocking: true }),
  );
  const sums = judged.arithmetic.output.problems.map(
    (problem): Check => ({
      ...none,
      rule: "annual.arithmetic",
      item: problem.problem,
      field: fieldOfPart[problem.field] ?? problem.field,
      met: false,
      blocking: blocks(problem, details),
      amountFen: problem.found,
      limitFen: problem.expected,
      article: problem.article ? articleText(problem.article) : null,
    }),
  );
  const ratios = judged.ratio.output.checks.map(
    (one): Check => ({
      rule: "annual.expense_ratio",
      item: one.item,
      field: ratioField[one.item],
      met: one.excused_by === undefined ? one.met : true,
      blocking: false,
      amountFen: one.amount,
      limitFen: one.limit,
      baseFen: one.base_amount,
      base: one.base,
      percent: one.percent,
      actualPercent: one.actual_percent,
      article: articleText(one.citation),
    }),
  );
  return [...missing, ...sums, ...ratios];
}

const ratioField: Readonly<Record<RatioCheck["item"], MoneyField>> = {
  charity_spend: "charitySpendFen",
  admin: "adminFen",
  fundraising_cost: "fundraisingFen",
};

/** Circumstances of a filing that count beside its figures. */
export interface Circumstances {
  readonly late: boolean;
  readonly lateToUnit: boolean;
  readonly dueOn: string;
  readonly filedOn: string;
}

/**
 * What is to be judged about a report that was filed (发现的问题): ratios broken, unusual lines, lateness, penalties, no
 * activity, no Party organisation. All are minor; only a person calls something serious.
 */
export function findingsOf(
  figures: Figures,
  details: Details,
  checks: readonly Check[],
  background: Background,
  when: Circumstances,
): Finding[] {
  const out: Finding[] = [];
  const add = (code: string, rest: Partial<Finding> = {}) => out.push({ code, severity: "minor", ...rest });
  for (const check of checks) {
    if (check.met !== false || check.blocking) continue;
    add(`${check.rule === "annual.expense_ratio" ? "ratio" : "figures"}/${check.item}`, {
      field: check.field,
      ...(check.article ? { article: check.article } : {}),
      facts: {
        amountFen: check.amountFen,
        limitFen: check.limitFen,
        percent: check.percent,
        actualPercent: check.actualPercent,
      },
    });
  }
  if (when.late) add("late", { facts: { dueOn: when.dueOn, filedOn: when.filedOn } });
  if (when.lateToUnit) add("late-to-unit");
  if ((details.penalties ?? []).length > 0) add("penalised", { facts: { count: details.penalties?.length } });
  if (figures.activityCount === 0) add("no-activity");
  if (background.partyRequired && figures.partyOrganisation === "none") add("no-party-organisation");
  return out;
}
