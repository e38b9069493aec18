/** The languages the product speaks (语言); `zh` is the source, `en` is complete. */
export type Locale = "zh" | "en";

/** One wording (词条): a fixed text, or a text made from facts. */
export type Word = string | ((facts: never) => string);

/** A table of words (词表), nested by topic where that reads better. */
export interface WordTable {
  readonly [key: string]: Word | WordTable;
}

/** The shape another language must fill: the same keys, the same facts, any text. */
export type SameWords<Source> = {
  readonly [Key in keyof Source]: Source[Key] extends string
    ? string
    : Source[Key] extends (...facts: infer Facts) => string
      ? (...facts: Facts) => string
      : SameWords<Source[Key]>;
};

/** Both languages of one table, as `words[locale].key` reads them. */
export interface Words<Source> {
  readonly zh: SameWords<Source>;
  readonly en: SameWords<Source>;
}

/** Declares a table of words (词表): the compiler refuses an `en` that lacks a key of `zh` or has one too many. */
export function defineWords<const Source extends WordTable>(words: {
  readonly zh: Source;
  readonly en: NoInfer<SameWords<Source>>;
}): Words<Source> {
  return words as unknown as Words<Source>;
}

/** A count with its noun in English (数量词): "1 home", "2 homes", "1,200 homes"; the plural is given where it is not the "s". */
export function counted(count: number | string | undefined, one: string, many = `${one}s`): string {
  return `${count ?? 0} ${String(count) === "1" ? one : many}`;
}
