import { words as divisionWords } from "../divisions/divisions.words.ts";
import { words as ledgerWords } from "../ledger/ledger.words.ts";
import type { Sentences } from "../operation/house-module.ts";
import { words as operationWords } from "../operation/operation.words.ts";
import { words as sheetWords } from "../sheet/sheet.words.ts";
import { words as syncWords } from "../sync/sync.words.ts";

const sheets = (locale: "zh" | "en"): Sentences => ({
  ...sheetWords[locale].file,
  ...sheetWords[locale].problem,
  ...sheetWords[locale].note,
});

/** The sentences of the kernel's own codes. */
export const kernelSentences: Readonly<Record<"zh" | "en", Sentences>> = {
  zh: {
    ...sheets("zh"),
    ...operationWords.zh,
    ...syncWords.zh.errors,
    ...ledgerWords.zh.errors,
    ...divisionWords.zh.errors,
  },
  en: {
    ...sheets("en"),
    ...operationWords.en,
    ...syncWords.en.errors,
    ...ledgerWords.en.errors,
    ...divisionWords.en.errors,
  },
};
