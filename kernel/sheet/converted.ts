import type { MoneyUnit } from "./column.ts";
import type { SheetFacts } from "./types.ts";

/** A validity as written (有效期): either end may be open. Dates as the cell gives them, both inclusive. */
export type WrittenPeriod = { from: string | null; to: string | null };

/** Value of a cell after conversion: money in fen as bigint, ratio as a fraction, dates "YYYY-MM-DD", blank null. */
export type CellValue = string | number | boolean | bigint | WrittenPeriod | null;

/** Something wrong with one cell (单元格问题); the code is translated by `sheet.words.ts`. */
export type CellProblem = { code: string; field: string; cell: string; facts: SheetFacts };

/** Something only the importer can say (需确认): asked once, answered for the file or for a pattern of rows. */
export type CellQuestion = { code: "money-unit" | "ratio-unit"; field: string; cell: string; facts: SheetFacts };

/** Something understood that a reader may want to know (说明), such as a formula or a placeholder taken as blank. */
export type CellNote = { code: string; field: string; cell: string; facts: SheetFacts };

export type Converted =
  | { ok: true; value: CellValue; note?: CellNote }
  | { ok: false; problem: CellProblem }
  | { ok: false; question: CellQuestion };

/** An answer to a question (导入人的答复), tried in order; without conditions it holds for the whole file. */
export type UnitAnswer = {
  /** Field it answers for; all money fields without it. */
  field?: string;
  unit: MoneyUnit;
  /** Only rows whose other field reads so: `contains` is a fragment of its text, `equals` the whole. */
  when?: { field: string; equals?: string; contains?: string };
  /** Only cells whose written number is at least, or below. */
  atLeast?: number;
  below?: number;
};

export type SheetAnswers = { money?: UnitAnswer[]; ratio?: { field?: string; percent: boolean }[] };

export type CellContext = {
  /** 1-based row, for the address. */
  row: number;
  answers?: SheetAnswers;
  /** Text of another field in the same row, for answers by pattern. */
  textOf?: (field: string) => string;
  date1904?: boolean;
};
