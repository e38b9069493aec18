import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { holds } from "../../kernel/rule/condition.ts";
import { flag, num, str } from "../../kernel/rule/facts.ts";
import { defineRule } from "../../kernel/rule/rule.ts";

const from = law.spotChecks.effectiveFrom;

/** Least share of the registrar's own register, in percent (抽查比例), art. 5. */
const percent: Readonly<Record<string, number>> = {
  county: 3,
  prefecture: 4,
  city: 4,
  province: 5,
  ministry: 10,
  national: 10,
};

export interface SampleSizeFacts {
  readonly level?: string;
  readonly population?: number;
}

/** Least number of organisations to draw (抽查数量), rounded up. */
const sampleSize = defineRule<SampleSizeFacts, { readonly min_sample: number | null }>({
  id: "spotcheck.sample_size",
  versions: [
    {
      from,
      citations: [cite(law.spotChecks, "5")],
      decide: (facts, tools) => {
        const share = percent[str(facts.level) ?? ""];
        const population = num(facts.population);
        if (share === undefined || population === undefined || population < 0) return { min_sample: null };
        const least = Math.ceil((Math.floor(population) * share) / 100);
        holds(tools, "population", population, ">=", least, { law: cite(law.spotChecks, "5") });
        return { min_sample: least };
      },
    },
  ],
});

export interface OnsiteFacts {
  readonly inspectors?: number;
  readonly showed_id?: boolean;
  readonly notice?: boolean;
  readonly one_has_interest?: boolean;
}

/** Whether an on-site check is valid (现场检查要件): two inspectors, papers shown, notice served, nobody with an interest. */
const onsite = defineRule<OnsiteFacts, { readonly valid: boolean; readonly reason?: string }>({
  id: "spotcheck.onsite",
  versions: [
    {
      from,
      citations: [cite(law.spotChecks, "onsite")],
      decide: (facts, tools) => {
        const ground = { law: cite(law.spotChecks, "onsite") };
        if (!holds(tools, "inspectors", num(facts.inspectors), ">=", 2, ground))
          return { valid: false, reason: "at_least_two_inspectors" };
        if (!holds(tools, "showed_id", flag(facts.showed_id), "is", true, ground))
          return { valid: false, reason: "id_not_shown" };
        if (!holds(tools, "notice", flag(facts.notice), "is", true, ground))
          return { valid: false, reason: "no_notice" };
        if (!holds(tools, "one_has_interest", flag(facts.one_has_interest) ?? false, "is", false, ground))
          return { valid: false, reason: "recusal" };
        return { valid: true };
      },
    },
  ],
});

export interface FeeFacts {
  readonly charge_organisation?: number;
}

/** A spot check costs the organisation nothing (抽查不收费). */
const fee = defineRule<FeeFacts, { readonly allowed: boolean }>({
  id: "spotcheck.fee",
  versions: [
    {
      from,
      citations: [cite(law.spotChecks, "fee")],
      decide: (facts, tools) => ({
        allowed: holds(tools, "charge_organisation", num(facts.charge_organisation) ?? 0, "=", 0, {
          law: cite(law.spotChecks, "fee"),
        }),
      }),
    },
  ],
});

export interface DrawFacts {
  readonly seed?: string;
  readonly population_hash?: string;
  readonly size?: number;
}

/** What a draw must record so that anyone can repeat it (双随机抽取记录). */
const draw = defineRule<
  DrawFacts,
  { readonly repeatable: boolean; readonly log: readonly string[]; readonly missing?: readonly string[] }
>({
  id: "spotcheck.draw",
  versions: [
    {
      from,
      citations: [cite(law.houseRules, "draw")],
      decide: (facts, tools) => {
        const missing = [
          ...(str(facts.seed) === undefined ? ["seed"] : []),
          ...(str(facts.population_hash) === undefined ? ["population hash"] : []),
          ...(num(facts.size) === undefined ? ["size"] : []),
        ];
        const repeatable = holds(tools, "missing", missing.length, "=", 0, { law: cite(law.houseRules, "draw") });
        return {
          repeatable,
          log: ["seed", "population hash", "algorithm version", "result", "operator", "witness"],
          ...(repeatable ? {} : { missing }),
        };
      },
    },
  ],
});

export const rules = [sampleSize, onsite, fee, draw] as const;
