import { words } from "./equipment.words.ts";

/** What a line of a plan is explained from. */
export interface ExplainFacts {
  readonly rank: number | null;
  readonly flags: readonly ("paired" | "poorest" | "flood")[];
  readonly residents: number;
  readonly sizeClass: "small" | "large" | null;
  readonly why: keyof typeof words.zh.leftOut | null;
  readonly servedBatch?: string | null;
}

/** The reason of a rank, or of being left out, in words (分配理由), in both languages. */
export function explain(facts: ExplainFacts): { zh: string; en: string } {
  const in_ = (locale: "zh" | "en"): string => {
    const w = words[locale];
    if (facts.why !== null)
      return w.leftOutBecause({
        why: w.leftOut[facts.why],
        rank: facts.rank,
        batch: facts.why === "already-served" ? (facts.servedBatch ?? null) : null,
      });
    return w.ranked({
      rank: facts.rank ?? 0,
      flags: facts.flags.map((one) => w.tilts[one]),
      residents: facts.residents,
      class: facts.sizeClass === null ? "" : w.sizeClasses[facts.sizeClass],
      exact: facts.residents === 50,
    });
  };
  return { zh: in_("zh"), en: in_("en") };
}
