import { cite, law } from "../regulations/law.rules.ts";
import { holds } from "../rule/condition.ts";
import { flag, list, num, record, str } from "../rule/facts.ts";
import { type Citation, defineRule } from "../rule/rule.ts";
import { describeGrowth, type FigureMode, formatFigure, formatPercent, growthBase } from "./figures.ts";
import { type MaskField, mask } from "./mask.ts";

/** How this product writes figures and hides names: conventions of its own, in one version. */
const from = law.houseRules.effectiveFrom;
const figures: readonly [Citation] = [cite(law.houseRules, "figures")];

const maskFields: Readonly<Record<string, MaskField>> = {
  name: "name",
  citizen_id: "citizen_id",
  id: "citizen_id",
  phone: "phone",
  mobile: "phone",
  telephone: "phone",
  bank_account: "bank_account",
  bank: "bank_account",
  address: "address",
};

export interface MaskFacts {
  readonly field?: string;
  readonly value?: string | number;
}

/** The masked form of personal data (脱敏); what has no form of its own is hidden altogether. */
const maskRule = defineRule<MaskFacts, { readonly masked: string | null }>({
  id: "mask",
  versions: [
    {
      from,
      citations: [
        cite(law.houseRules, "mask"),
        cite(law.personalInformation, "6"),
        cite(law.personalInformation, "28"),
        cite(law.personalInformation, "51"),
      ],
      decide: (facts) => {
        const value = typeof facts.value === "number" ? String(facts.value) : str(facts.value);
        if (value === undefined) return { masked: null };
        const field = maskFields[str(facts.field) ?? ""];
        return { masked: field === undefined ? "*".repeat([...value].length) : mask(field, value) };
      },
    },
  ],
});

export interface FigureFacts {
  readonly value?: number;
  readonly mode?: string;
}

const modes: readonly FigureMode[] = ["newspaper", "grouped", "plain"];

/** A whole number as people read it (数字写法): 37,624 prints as 3.76万余. */
const formatFigureRule = defineRule<FigureFacts, { readonly text: string | null }>({
  id: "format.figure",
  versions: [
    {
      from,
      citations: figures,
      decide: (facts) => {
        const value = whole(facts.value);
        const mode = modes.find((one) => one === facts.mode) ?? "newspaper";
        return { text: value === undefined ? null : formatFigure(value, mode) };
      },
    },
  ],
});

export interface PercentFacts {
  readonly num?: number;
  readonly den?: number;
  /** A rate with a hard target of 100 %: cut, never rounded up. */
  readonly floor?: boolean;
}

/** A share as a percentage (百分比), half up to one decimal; rates with a hard target of 100 % are cut. */
const formatPercentRule = defineRule<PercentFacts, { readonly text: string | null }>({
  id: "format.percent",
  versions: [
    {
      from,
      citations: figures,
      decide: (facts) => {
        const [part, of] = [whole(facts.num), whole(facts.den)];
        if (part === undefined || of === undefined) return { text: null };
        return { text: formatPercent(part, of, { floor: flag(facts.floor) === true }) };
      },
    },
  ],
});

export interface GrowthFacts {
  readonly from?: number;
  readonly to?: number;
}

/** Growth in per cent (增长率), exact and in rough words. */
const growthPercent = defineRule<GrowthFacts, { readonly text: string | null; readonly approx: string | null }>({
  id: "growth.percent",
  versions: [
    {
      from,
      citations: figures,
      decide: (facts) => {
        const [from, to] = [whole(facts.from), whole(facts.to)];
        if (from === undefined || to === undefined) return { text: null, approx: null };
        const { text, approx } = describeGrowth(from, to);
        return { text, approx };
      },
    },
  ],
});

/** Growth in times (增长倍数): 增长N倍 is (to − from) / from, 为…的N倍 is to / from; the two are never mixed. */
const growthTimes = defineRule<
  GrowthFacts,
  { readonly text: string | null; readonly approx: string | null; readonly ratio: string | null }
>({
  id: "growth.times",
  versions: [
    {
      from,
      citations: figures,
      decide: (facts) => {
        const [from, to] = [whole(facts.from), whole(facts.to)];
        if (from === undefined || to === undefined) return { text: null, approx: null, ratio: null };
        return { ...describeGrowth(from, to) };
      },
    },
  ],
});

export interface GrowthBaseFacts {
  readonly to?: number;
  /** As printed: "84.7%". */
  readonly growth?: string;
}

/** The figure before a printed growth (反推基数). */
const growthBaseRule = defineRule<GrowthBaseFacts, { readonly implied_from: number | null }>({
  id: "growth.base",
  versions: [
    {
      from,
      citations: figures,
      decide: (facts) => {
        const to = whole(facts.to);
        const growth = str(facts.growth)?.trim();
        if (to === undefined || growth === undefined || !/^[+-]?\d{1,9}(\.\d{1,6})?[%％]$/.test(growth))
          return { implied_from: null };
        if (Number.parseFloat(growth) <= -100) return { implied_from: null };
        return { implied_from: Number(growthBase(to, growth)) };
      },
    },
  ],
});

export interface SumKindsFacts {
  readonly parts?: readonly number[];
  /** The total that was printed, to be reconciled. */
  readonly total?: number;
}
interface SumKindsAnswer {
  readonly sum: number | null;
  readonly reconciles?: boolean;
  readonly difference?: number;
}

/** The sum of kinds (分类合计), and whether it agrees with a printed total. */
const sumKinds = defineRule<SumKindsFacts, SumKindsAnswer>({
  id: "sum.kinds",
  versions: [
    {
      from,
      citations: figures,
      decide: (facts, tools) => {
        const parts = list(facts.parts).map(whole);
        if (parts.length === 0 || parts.includes(undefined)) return { sum: null };
        const sum = parts.reduce<number>((total, one) => total + (one ?? 0), 0);
        if (!Number.isSafeInteger(sum)) return { sum: null };
        const said = record(facts);
        const printed = ["total", "printed", "stated", "reported"]
          .map((field) => whole(said[field]))
          .find((one) => one !== undefined);
        if (printed === undefined) return { sum };
        const reconciles = holds(tools, "total", printed, "=", sum, { law: cite(law.houseRules, "figures") });
        return { sum, reconciles, ...(reconciles ? {} : { difference: printed - sum }) };
      },
    },
  ],
});

export interface SumGradesFacts {
  /** Organisations whose grade is in force. */
  readonly valid?: number;
  readonly "5A"?: number;
  readonly "4A"?: number;
  readonly "3A"?: number;
  /** All registered organisations: another base, another share. */
  readonly registered?: number;
}
interface SumGradesAnswer {
  readonly "2A_1A": number | null;
  readonly aaa_plus_share_of_rated: string | null;
  readonly aaa_plus_share_of_registered?: string;
  readonly reconciles?: false;
}

/** Grades below 3A and the share of 3A and above (等级汇总); the share of the rated is not the share of all registered. */
const sumGrades = defineRule<SumGradesFacts, SumGradesAnswer>({
  id: "sum.grades",
  versions: [
    {
      from,
      citations: figures,
      decide: (facts, tools) => {
        const valid = whole(facts.valid);
        const grades = [whole(facts["5A"]), whole(facts["4A"]), whole(facts["3A"])];
        if (valid === undefined || grades.includes(undefined)) return { "2A_1A": null, aaa_plus_share_of_rated: null };
        const high = grades.reduce<number>((sum, one) => sum + (one ?? 0), 0);
        if (!holds(tools, "3A and above", high, "<=", valid, { law: cite(law.houseRules, "figures") }))
          return { "2A_1A": null, aaa_plus_share_of_rated: null, reconciles: false };
        const registered = whole(facts.registered);
        return {
          "2A_1A": valid - high,
          aaa_plus_share_of_rated: formatPercent(high, valid),
          ...(registered === undefined ? {} : { aaa_plus_share_of_registered: formatPercent(high, registered) }),
        };
      },
    },
  ],
});

/** Counts are whole; a fraction or a number too large to be exact is not a count. */
function whole(value: unknown): number | undefined {
  const number = num(value);
  return number !== undefined && Number.isSafeInteger(number) ? number : undefined;
}

export const rules = [
  maskRule,
  formatFigureRule,
  formatPercentRule,
  growthPercent,
  growthTimes,
  growthBaseRule,
  sumKinds,
  sumGrades,
] as const;
