import { addMonths } from "../../kernel/clock/date.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { day, flag, list, num, str } from "../../kernel/rule/facts.ts";
import { type Citation, defineRule, type RuleTools } from "../../kernel/rule/rule.ts";

/** What the ratios are judged from. Money in yuan, or in fen when `money_unit` is "fen"; `year` is the reporting year. */
export interface ExpenseFacts {
  readonly kind?: string;
  readonly year?: number;
  /** Recognised as a charity; not said means yes, because only charities owe these ratios from 2016 on. */
  readonly charity?: boolean;
  readonly public_qualification?: boolean;
  readonly prev_income?: number;
  readonly incomes_previous_three_years?: readonly number[];
  readonly prev_net_assets?: number;
  readonly net_assets_previous_three_years?: readonly number[];
  readonly charity_spend?: number;
  /** Of the charity spending: still with partners or trustees, not yet at the final beneficiary (2026 rule, art. 12). */
  readonly not_yet_with_beneficiaries?: number;
  readonly admin?: number;
  /** Pay of staff where a report shows it beside administration (reports before 2016). */
  readonly salaries?: number;
  readonly total_spend?: number;
  readonly fundraising_cost?: number;
  readonly donations_previous_three_years?: readonly number[];
  readonly registered_on?: string;
  /** "sudden_depreciation" or "sudden_provision" (2026 rule, art. 14). */
  readonly exceptions?: readonly string[];
  readonly money_unit?: "yuan" | "fen";
}

/** One ratio, judged and explained. Amounts in the unit asked in; `met` is null when a figure is not known. */
export interface RatioCheck {
  readonly item: "charity_spend" | "admin" | "fundraising_cost";
  readonly amount: number | null;
  readonly percent: number;
  readonly base:
    | "last_year_income"
    | "average_income"
    | "last_year_net_assets"
    | "average_net_assets"
    | "total_spend"
    | "average_donations";
  readonly base_amount: number | null;
  /** The least spending or the most cost that the percentage allows. */
  readonly limit: number | null;
  /** Share reached, in percent with two decimals. */
  readonly actual_percent: number | null;
  readonly met: boolean | null;
  readonly reason?: string;
  /** Administration below 200,000 yuan: the share is not applied. */
  readonly not_applied?: "admin_below_200000";
  readonly excused_by?: string;
  readonly citation: Citation;
}
export interface ExpenseAnswer {
  readonly pass: boolean | null;
  readonly reasons?: readonly string[];
  readonly checks: readonly RatioCheck[];
}

/** Where the tiers stand and what they demand, by kind: net assets from (yuan), spending %, administration %. */
interface Tier {
  readonly from: number;
  readonly spend: number;
  readonly admin: number;
  /** Also at least this share of last year's income. */
  readonly income?: number;
}
interface Tiers {
  readonly qualified: { readonly spend: number; readonly admin: number };
  readonly unqualified: readonly Tier[];
  readonly article: string;
}
const foundationTiers: Omit<Tiers, "article"> = {
  qualified: { spend: 70, admin: 10 },
  unqualified: [
    { from: 60_000_000, spend: 6, admin: 12 },
    { from: 8_000_000, spend: 6, admin: 13 },
    { from: 4_000_000, spend: 7, admin: 15 },
    { from: 0, spend: 8, admin: 20 },
  ],
};
const otherTiers: Omit<Tiers, "article"> = {
  qualified: { spend: 70, admin: 13 },
  unqualified: [
    { from: 10_000_000, spend: 6, admin: 13 },
    { from: 5_000_000, spend: 7, admin: 14 },
    { from: 1_000_000, spend: 8, admin: 15 },
    { from: 0, spend: 8, admin: 20, income: 50 },
  ],
};

interface Regime {
  readonly text: typeof law.expenses2016 | typeof law.expenses2026;
  readonly qualifiedArticle: (foundation: boolean) => string;
  readonly unqualifiedArticle: (foundation: boolean) => string;
  readonly averageArticle: string;
  readonly smallAdminArticle: string;
  readonly is2026: boolean;
}
const regime2016: Regime = {
  text: law.expenses2016,
  qualifiedArticle: () => "7",
  unqualifiedArticle: (foundation) => (foundation ? "8" : "9"),
  averageArticle: "10",
  smallAdminArticle: "11",
  is2026: false,
};
const regime2026: Regime = {
  text: law.expenses2026,
  qualifiedArticle: () => "8",
  unqualifiedArticle: (foundation) => (foundation ? "9" : "10"),
  averageArticle: "11",
  smallAdminArticle: "13",
  is2026: true,
};

/**
 * Yearly charity spending, administration and fundraising cost of a reporting year (年度支出、管理费用和募捐成本): foundations
 * to 2015 by 基金会管理条例 art. 29, charities to 2025 by 民发〔2016〕189号, from 2026 by 民发〔2026〕12号.
 */
export const expenseRatio = defineRule<ExpenseFacts, ExpenseAnswer>({
  id: "annual.expense_ratio",
  on: (facts) => (num(facts.year) === undefined ? undefined : `${Number(facts.year)}-12-31`),
  versions: [
    {
      from: "2004-06-01",
      to: law.expenses2016.effectiveFrom,
      citations: [cite(law.foundations, "29")],
      decide: (facts, tools) => conclude(isFoundation(facts) ? article29(facts, tools) : []),
    },
    {
      from: law.expenses2016.effectiveFrom,
      to: law.expenses2026.effectiveFrom,
      citations: [
        cite(law.expenses2016, "7"),
        cite(law.expenses2016, "8"),
        cite(law.expenses2016, "9"),
        cite(law.expenses2016, "11"),
      ],
      decide: (facts, tools) => conclude(judge(facts, tools, regime2016)),
    },
    {
      from: law.expenses2026.effectiveFrom,
      citations: [
        cite(law.expenses2026, "8"),
        cite(law.expenses2026, "9"),
        cite(law.expenses2026, "10"),
        cite(law.expenses2026, "13"),
        cite(law.expenses2026, "15"),
      ],
      decide: (facts, tools) => conclude(judge(facts, tools, regime2026)),
    },
  ],
});

function judge(facts: ExpenseFacts, tools: RuleTools, regime: Regime): RatioCheck[] {
  if (flag(facts.charity) === false) return isFoundation(facts) ? article29(facts, tools) : [];
  const foundation = isFoundation(facts);
  const tiers = foundation ? foundationTiers : otherTiers;
  const unit = unitOf(facts);
  const reached = subtract(
    fen(facts.charity_spend, unit),
    regime.is2026 ? fen(facts.not_yet_with_beneficiaries, unit) : undefined,
  );
  const income = bases("income", facts.prev_income, facts.incomes_previous_three_years, unit);
  const assets = bases("net_assets", facts.prev_net_assets, facts.net_assets_previous_three_years, unit);
  const checks: RatioCheck[] = [];
  let adminPercent: number;
  let article: Citation;
  if (flag(facts.public_qualification) === true) {
    article = cite(regime.text, regime.qualifiedArticle(foundation));
    adminPercent = tiers.qualified.admin;
    checks.push(least(tools, unit, reached, tiers.qualified.spend, income, article));
  } else {
    article = cite(regime.text, regime.unqualifiedArticle(foundation));
    const worth = assets[0]?.amount;
    const tier =
      tiers.unqualified.find((one) => worth !== undefined && worth >= BigInt(one.from) * 100n) ??
      tiers.unqualified.at(-1);
    adminPercent = tier?.admin ?? 20;
    if (tier) {
      const spend = least(tools, unit, reached, tier.spend, assets, article);
      checks.push(flag(facts.public_qualification) === undefined ? undecided(spend) : spend);
      if (tier.income !== undefined && worth !== undefined)
        checks.push(least(tools, unit, reached, tier.income, income, article));
    }
  }
  checks.push(administration(facts, tools, regime, adminPercent, article));
  if (regime.is2026 && (num(facts.fundraising_cost) !== undefined || flag(facts.public_qualification) === true))
    checks.push(fundraising(facts, tools, unit));
  return checks;
}

/**
 * Not known whether qualified for public fundraising: too little of the net assets may still be enough of the income, so
 * a shortfall is left open. The administration tiers of qualified bodies are stricter, so those failures stand.
 */
function undecided(check: RatioCheck): RatioCheck {
  if (check.met !== false) return check;
  const { reason: _, ...open } = check;
  return { ...open, met: null };
}

/** Foundations before 2016, and foundations that are no charities: 70 % of last year's income or 8 % of the fund; costs ≤ 10 %. */
function article29(facts: ExpenseFacts, tools: RuleTools): RatioCheck[] {
  const article = cite(law.foundations, "29");
  const unit = unitOf(facts);
  const spend = fen(facts.charity_spend, unit);
  const raising = flag(facts.public_qualification);
  const checks: RatioCheck[] = [];
  if (raising === true)
    checks.push(least(tools, unit, spend, 70, [base("last_year_income", facts.prev_income, unit)], article));
  else if (raising === false)
    checks.push(least(tools, unit, spend, 8, [base("last_year_net_assets", facts.prev_net_assets, unit)], article));
  const costs = add(fen(facts.admin, unit), fen(facts.salaries, unit));
  checks.push(most(tools, unit, "admin", costs, 10, base("total_spend", facts.total_spend, unit), article));
  return checks;
}

function administration(
  facts: ExpenseFacts,
  tools: RuleTools,
  regime: Regime,
  percent: number,
  article: Citation,
): RatioCheck {
  const unit = unitOf(facts);
  const check = most(
    tools,
    unit,
    "admin",
    fen(facts.admin, unit),
    percent,
    base("total_spend", facts.total_spend, unit),
    article,
  );
  if (check.met !== false) return check;
  const { reason: _, ...excused } = check;
  const amount = fen(facts.admin, unit);
  if (amount !== undefined && amount < 20_000_000n)
    return {
      ...excused,
      met: true,
      not_applied: "admin_below_200000",
      citation: cite(regime.text, regime.smallAdminArticle),
    };
  const exception = regime.is2026 ? exceptionOf(facts) : undefined;
  // Art. 14 lets the body explain itself to the registrar and the public; it excuses administration only.
  return exception ? { ...excused, excused_by: exception, citation: cite(regime.text, "14") } : check;
}

function exceptionOf(facts: ExpenseFacts): string | undefined {
  const registered = day(facts.registered_on);
  if (registered !== undefined && addMonths(registered, 12) > `${num(facts.year)}-12-31`)
    return "registered_within_1_year";
  return list(facts.exceptions)
    .map(str)
    .find((one) => one === "sudden_depreciation" || one === "sudden_provision");
}

function fundraising(facts: ExpenseFacts, tools: RuleTools, unit: "yuan" | "fen"): RatioCheck {
  const given = list(facts.donations_previous_three_years).map((one) => fen(one, unit));
  const average =
    given.length > 0 && given.every((one) => one !== undefined) ? sum(given) / BigInt(given.length) : undefined;
  return most(
    tools,
    unit,
    "fundraising_cost",
    fen(facts.fundraising_cost, unit),
    3,
    { name: "average_donations", amount: average },
    cite(law.expenses2026, "15"),
  );
}

interface Base {
  readonly name: RatioCheck["base"];
  readonly amount: bigint | undefined;
}

/** The base of the law first, then the three-year average that may replace it. */
function bases(what: "income" | "net_assets", last: unknown, years: unknown, unit: "yuan" | "fen"): Base[] {
  const own = base(`last_year_${what}`, last, unit);
  const three = list(years).map((one) => fen(one, unit));
  if (three.length !== 3 || three.some((one) => one === undefined)) return [own];
  const average: Base = { name: `average_${what}`, amount: sum(three) / 3n };
  return own.amount === undefined ? [average] : [own, average];
}

function base(name: RatioCheck["base"], value: unknown, unit: "yuan" | "fen"): Base {
  return { name, amount: fen(value, unit) };
}

/** Spending must reach a share of one of the bases the body may choose from. */
function least(
  tools: RuleTools,
  unit: "yuan" | "fen",
  amount: bigint | undefined,
  percent: number,
  choices: readonly Base[],
  article: Citation,
): RatioCheck {
  const met = (one: Base) =>
    amount !== undefined && one.amount !== undefined && amount * 100n >= one.amount * BigInt(percent);
  const chosen = choices.find(met) ?? choices[0] ?? { name: "last_year_income", amount: undefined };
  const limit = chosen.amount === undefined ? undefined : ceiling(chosen.amount * BigInt(percent));
  return record(
    tools,
    unit,
    "charity_spend",
    amount,
    percent,
    chosen,
    limit,
    ">=",
    article,
    `spend_below_${percent}pct`,
  );
}

function most(
  tools: RuleTools,
  unit: "yuan" | "fen",
  item: RatioCheck["item"],
  amount: bigint | undefined,
  percent: number,
  of: Base,
  article: Citation,
): RatioCheck {
  const limit = of.amount === undefined ? undefined : floor(of.amount * BigInt(percent));
  return record(tools, unit, item, amount, percent, of, limit, "<=", article, `${item}_above_${percent}pct`);
}

function record(
  tools: RuleTools,
  unit: "yuan" | "fen",
  item: RatioCheck["item"],
  amount: bigint | undefined,
  percent: number,
  of: Base,
  limit: bigint | undefined,
  comparator: ">=" | "<=",
  citation: Citation,
  reason: string,
): RatioCheck {
  const known = amount !== undefined && limit !== undefined;
  const met = known ? (comparator === ">=" ? amount >= limit : amount <= limit) : null;
  if (known)
    tools.check({
      field: item,
      value: shown(amount, unit),
      comparator,
      threshold: shown(limit, unit),
      met: met === true,
      citation,
    });
  return {
    item,
    amount: shown(amount, unit),
    percent,
    base: of.name,
    base_amount: shown(of.amount, unit),
    limit: shown(limit, unit),
    actual_percent:
      amount === undefined || of.amount === undefined || of.amount === 0n
        ? null
        : Number((amount * 10_000n) / of.amount) / 100,
    met,
    ...(met === false ? { reason } : {}),
    citation,
  };
}

function conclude(checks: readonly RatioCheck[]): ExpenseAnswer {
  const broken = checks.filter((check) => check.met === false && check.excused_by === undefined);
  const reasons = broken.map((check) => check.reason ?? check.item);
  const pass = broken.length > 0 ? false : checks.some((check) => check.met === null) ? null : true;
  return { pass, ...(reasons.length > 0 ? { reasons } : {}), checks };
}

function isFoundation(facts: ExpenseFacts): boolean {
  return facts.kind === "foundation";
}

function unitOf(facts: ExpenseFacts): "yuan" | "fen" {
  return facts.money_unit === "fen" ? "fen" : "yuan";
}

/** Money as whole fen: shares are compared exactly, never in floating point. */
function fen(value: unknown, unit: "yuan" | "fen"): bigint | undefined {
  const amount = num(value);
  if (amount === undefined || Math.abs(amount) > 9e13) return undefined;
  return BigInt(Math.round(unit === "fen" ? amount : amount * 100));
}

function shown(amount: bigint | undefined, unit: "yuan" | "fen"): number | null {
  if (amount === undefined) return null;
  return unit === "fen" ? Number(amount) : Number(amount) / 100;
}

function subtract(amount: bigint | undefined, less: bigint | undefined): bigint | undefined {
  return amount === undefined ? undefined : amount - (less ?? 0n);
}

function add(one: bigint | undefined, other: bigint | undefined): bigint | undefined {
  return one === undefined && other === undefined ? undefined : (one ?? 0n) + (other ?? 0n);
}

function sum(amounts: readonly (bigint | undefined)[]): bigint {
  return amounts.reduce<bigint>((total, one) => total + (one ?? 0n), 0n);
}

/** Hundredths of fen back to fen, rounded so that the limit itself meets the share. */
function ceiling(hundredths: bigint): bigint {
  const down = floor(hundredths);
  return down * 100n === hundredths ? down : down + 1n;
}

function floor(hundredths: bigint): bigint {
  const cut = hundredths / 100n;
  return hundredths < 0n && cut * 100n !== hundredths ? cut - 1n : cut;
}
