import type { Locale } from "../text/words.ts";
import { words } from "./sheet.words.ts";
import type { SheetFacts } from "./types.ts";

type Sentences = Readonly<Record<string, string | ((facts: SheetFacts) => string)>>;

/** Sentence for a code of this service (说明文字): file errors, cell problems, questions and notes; an unknown code is shown as it is. */
export const sheetSentence = (
  topic: "file" | "problem" | "question" | "note",
  code: string,
  facts: SheetFacts,
  locale: Locale,
): string => {
  const sentence = (words[locale][topic] as Sentences)[code];
  if (sentence === undefined) return code;
  return typeof sentence === "string" ? sentence : sentence(facts);
};
