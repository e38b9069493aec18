import type { Facts } from "../../../kernel/operation/define.ts";
import type { Locale } from "../../../kernel/text/words.ts";
import { fieldProblemSentence, type SentenceTable, sentenceIn } from "../ui/problem-sentence.ts";
import { labelled } from "../ui/use-operation-form.ts";
import { words } from "./phones.words.ts";

interface Asked {
  readonly code: string;
  readonly facts: Facts;
  readonly locale: Locale;
  /** Names of the input's fields, as the module of the act gives them. */
  readonly labels: Readonly<Record<string, string>>;
  /** Sentences worded for the officer; they go before the others. */
  readonly officer: readonly SentenceTable[];
  /** The sentence of any code. */
  readonly sentence: (code: string, facts?: Facts) => string | undefined;
}

/**
 * Why an act from a phone was not written (未写入的原因), one sentence each, worded for the officer who settles it; of input that
 * has not the shape asked for each field is named with what is wrong with it. Empty when nothing is known.
 */
export function heldWhy({ code, facts, locale, labels, officer, sentence }: Asked): readonly string[] {
  const problems = code === "operation/invalid-input" && Array.isArray(facts.problems) ? facts.problems : [];
  const named = problems.flatMap((one: unknown): string[] => {
    const { path, problem, facts: more } = (one ?? {}) as { path?: unknown; problem?: unknown; facts?: Facts };
    if (typeof problem !== "string") return [];
    const [field = "", ...rest] = Array.isArray(path) ? path.map(String) : [];
    const inner = rest.findLast((part) => !/^\d+$/.test(part));
    const whole = labels[field] ?? field;
    const label = inner === undefined ? whole : words[locale].held.fieldOf({ whole, part: labels[inner] ?? inner });
    return [labelled(locale, label, sentence(problem, more) ?? fieldProblemSentence(locale, problem, more))];
  });
  if (named.length > 0) return [...new Set(named)];
  const found = officer.map((table) => sentenceIn(table, locale, code, facts)).find((one) => one !== undefined);
  const said = found ?? sentence(code, facts);
  return said === undefined ? [] : [said];
}
