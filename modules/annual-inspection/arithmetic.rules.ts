import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { num, record, str } from "../../kernel/rule/facts.ts";
import { type Citation, defineRule, type RuleTools } from "../../kernel/rule/rule.ts";

/**
 * Figures of a yearly report (年报财务数据), money in one unit, whole fen or yuan. Parts are tables by field name, so that
 * every form names its own lines; `tolerance` forgives rounding of transcribed figures.
 */
export interface ArithmeticFacts {
  readonly income_parts?: Readonly<Record<string, number>>;
  readonly total_income?: number;
  readonly expenditure_parts?: Readonly<Record<string, number>>;
  readonly total_expenditure?: number;
  readonly net_assets_start?: number;
  readonly net_assets_end?: number;
  /** Corrections of earlier years booked straight to net assets. */
  readonly restatement?: number;
  readonly assets_end?: number;
  readonly liabilities_end?: number;
  /** Net assets at the end of last year's report, when the system knows it. */
  readonly last_year_net_assets_end?: number;
  /** Explanations by field. */
  readonly explanations?: Readonly<Record<string, string>>;
  readonly tolerance?: number;
}

/** One figure that does not add up (勾稽问题), to be shown at its field while the form is typed. */
export interface ArithmeticProblem {
  readonly field: string;
  readonly problem:
    | "sum_mismatch"
    | "negative"
    | "negative_other_unexplained"
    | "net_assets_do_not_follow"
    | "balance_mismatch"
    | "differs_from_last_year";
  readonly expected: number | null;
  readonly found: number;
  readonly article?: Citation;
}

/** Whether the figures of a report fit together (年报勾稽关系). Figures not given are not judged. */
export const arithmetic = defineRule<
  ArithmeticFacts,
  { readonly ok: boolean; readonly problems: readonly ArithmeticProblem[] }
>({
  id: "annual.arithmetic",
  versions: [
    {
      from: "1998-10-25",
      citations: [cite(law.houseRules, "arithmetic"), cite(law.foundations, "36")],
      decide: (facts, tools) => {
        const problems = [
          ...sums(facts, tools, "income_parts", "total_income"),
          ...sums(facts, tools, "expenditure_parts", "total_expenditure"),
          ...signs(facts, "income_parts"),
          ...signs(facts, "expenditure_parts"),
          ...netAssets(facts, tools),
        ];
        return { ok: problems.length === 0, problems };
      },
    },
  ],
});

const article = cite(law.houseRules, "arithmetic");

function sums(
  facts: ArithmeticFacts,
  tools: RuleTools,
  parts: "income_parts" | "expenditure_parts",
  total: "total_income" | "total_expenditure",
): ArithmeticProblem[] {
  const figures = Object.values(record(facts[parts])).map(num);
  const found = num(facts[total]);
  if (figures.length === 0 || found === undefined || figures.includes(undefined)) return [];
  const expected = rounded(figures.reduce<number>((sum, one) => sum + (one ?? 0), 0));
  return equal(tools, facts, total, expected, found, "sum_mismatch");
}

/** A negative line is an error; a negative "other" is possible (exchange or fair-value gains booked there) but wants a word. */
function signs(facts: ArithmeticFacts, parts: "income_parts" | "expenditure_parts"): ArithmeticProblem[] {
  const explanations = record(facts.explanations);
  return Object.entries(record(facts[parts])).flatMap(([field, value]) => {
    const found = num(value);
    if (found === undefined || found >= 0) return [];
    const other = /(^|_)other($|_)/.test(field);
    if (other && str(explanations[field]) !== undefined) return [];
    return [
      {
        field,
        problem: other ? ("negative_other_unexplained" as const) : ("negative" as const),
        expected: null,
        found,
        article,
      },
    ];
  });
}

function netAssets(facts: ArithmeticFacts, tools: RuleTools): ArithmeticProblem[] {
  const start = num(facts.net_assets_start);
  const end = num(facts.net_assets_end);
  const income = num(facts.total_income);
  const spent = num(facts.total_expenditure);
  const problems: ArithmeticProblem[] = [];
  if (start !== undefined && end !== undefined && income !== undefined && spent !== undefined)
    problems.push(
      ...equal(
        tools,
        facts,
        "net_assets_end",
        rounded(start + income - spent + (num(facts.restatement) ?? 0)),
        end,
        "net_assets_do_not_follow",
      ),
    );
  const assets = num(facts.assets_end);
  const debts = num(facts.liabilities_end);
  if (assets !== undefined && debts !== undefined && end !== undefined)
    problems.push(...equal(tools, facts, "assets_end", rounded(debts + end), assets, "balance_mismatch"));
  const before = num(facts.last_year_net_assets_end);
  if (before !== undefined && start !== undefined && str(record(facts.explanations).net_assets_start) === undefined)
    problems.push(...equal(tools, facts, "net_assets_start", before, start, "differs_from_last_year"));
  return problems;
}

function equal(
  tools: RuleTools,
  facts: ArithmeticFacts,
  field: string,
  expected: number,
  found: number,
  problem: ArithmeticProblem["problem"],
): ArithmeticProblem[] {
  const met = Math.abs(rounded(expected - found)) <= (num(facts.tolerance) ?? 0);
  tools.check({ field, value: found, comparator: "=", threshold: expected, met, citation: article });
  return met ? [] : [{ field, problem, expected, found, article }];
}

/** Two decimals: yuan with fen may be given as fractions, whose sums in floating point carry dust. */
function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
