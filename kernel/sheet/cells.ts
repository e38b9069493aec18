import { type LooseDate, parseLooseDate } from "../clock/loose-date.ts";
import { cleanText } from "../text/normalise.ts";
import { enumTable, excerpt, halfWidth, shownText } from "./cell-text.ts";
import { type ColumnDeclaration, foldKey, type MappedColumn, type MoneyUnit } from "./column.ts";
import type {
  CellContext,
  CellNote,
  CellProblem,
  CellQuestion,
  CellValue,
  Converted,
  SheetAnswers,
} from "./converted.ts";
import { decimalText, readMoney, toFen } from "./money.ts";
import {
  cellAddress,
  isCellDate,
  isCellError,
  isFormula,
  type PlainCell,
  type RawCell,
  type RawRow,
  type SheetFacts,
} from "./types.ts";

export { shownText } from "./cell-text.ts";
export * from "./converted.ts";

/** Words that stand for nothing known; "无" is one too, except in text, where it may be the answer. */
const placeholders = new Set([
  "nan",
  "null",
  "none",
  "n/a",
  "#n/a",
  "na",
  "nil",
  "undefined",
  "暂无",
  "暂缺",
  "暂无数据",
  "不详",
  "未知",
  "待补",
  "待定",
  "待填",
  "-",
  "--",
  "---",
  "—",
  "——",
  "/",
  "\\",
  "空",
  "未填",
  "未填写",
]);

const yes = new Set(["是", "有", "对", "√", "✓", "✔", "☑", "y", "yes", "true", "t", "1", "真", "已", "是的"]);
const no = new Set([
  "否",
  "无",
  "没有",
  "不是",
  "错",
  "×",
  "✗",
  "✘",
  "x",
  "n",
  "no",
  "false",
  "f",
  "0",
  "假",
  "未",
  "☐",
  "□",
]);

/** Any sign that one of the three checks below may find something: nearly no cell needs more than this test. */
const suspect = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff\ufffd锟烫屯]/;
const lost = /\ufffd|锟斤拷|烫烫烫|屯屯屯/;
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** One cell being converted: what is known of it, and how its outcomes are made. */
class Work {
  readonly column: MappedColumn;
  readonly context: CellContext;
  readonly declaration: ColumnDeclaration;
  constructor(column: MappedColumn, context: CellContext) {
    this.column = column;
    this.context = context;
    this.declaration = column.declaration;
  }
  get cell(): string {
    return cellAddress(this.column.column, this.context.row);
  }
  value(value: CellValue, note?: string, facts: SheetFacts = {}): Converted {
    if (note === undefined) return { ok: true, value };
    return { ok: true, value, note: { code: note, field: this.declaration.field, cell: this.cell, facts } };
  }
  problem(code: string, facts: SheetFacts = {}): Converted {
    const header = this.column.header.replace(/\s+/g, " ").trim();
    return {
      ok: false,
      problem: { code, field: this.declaration.field, cell: this.cell, facts: { header, ...facts } },
    };
  }
  question(code: CellQuestion["code"], facts: SheetFacts): Converted {
    const header = this.column.header.replace(/\s+/g, " ").trim();
    return {
      ok: false,
      question: { code, field: this.declaration.field, cell: this.cell, facts: { header, ...facts } },
    };
  }
  blank(note?: string, facts?: SheetFacts): Converted {
    if (this.declaration.required) return this.problem("sheet/required", facts);
    return this.value(null, note, facts);
  }
  /** Checks min and max of a number or of fen. */
  bounded(value: number | bigint, text: string): Converted {
    const { min, max, negative } = this.declaration;
    if (value < 0 && !negative && (min === undefined || min >= 0)) return this.problem("sheet/negative", { text });
    if (min !== undefined && value < min) return this.problem("sheet/too-small", { text, min });
    if (max !== undefined && value > max) return this.problem("sheet/too-big", { text, max });
    return this.value(value);
  }
}

/** Nothing to put right: letters, digits and common characters only. */
const plainText = /^[0-9A-Za-z\u4e00-\u9fff]+$/;

const cleanedText = (text: string, multiline: boolean): string => {
  if (plainText.test(text)) return text;
  const folded = multiline ? halfWidth(text).replace(/\r\n?/g, "\n") : halfWidth(text).replace(/[\r\n\t\v\f]+/g, " ");
  return cleanText(folded)
    .text.replace(/[ \u00a0]{2,}/g, " ")
    .trim();
};

const toText = (work: Work, text: string): Converted => {
  const { declaration } = work;
  const cleaned = cleanedText(text, declaration.multiline ?? false);
  if (cleaned === "") return work.blank();
  if (placeholders.has(cleaned.toLowerCase())) return work.blank("sheet/placeholder", { text: cleaned });
  const length = declaration.maxLength === undefined ? 0 : [...cleaned].length;
  if (declaration.maxLength !== undefined && length > declaration.maxLength) {
    return work.problem("sheet/too-long", { length, max: declaration.maxLength, text: excerpt(cleaned) });
  }
  return work.value(cleaned);
};

const plainCode = /^[0-9A-Za-z]*$/;

const toCode = (work: Work, cell: PlainCell, text: string): Converted => {
  if (typeof cell === "number") {
    // Past 15 digits a sheet has already put zeros in place of the true digits.
    if (!Number.isInteger(cell) || Math.abs(cell) >= 1e15) return work.problem("sheet/code-lost-digits", { text });
    if (cell < 0) return work.problem("sheet/negative", { text });
  }
  const code = plainCode.test(text) ? text : text.normalize("NFKC").replace(/[\s\u200b-\u200f\ufeff'’‘`]+/g, "");
  if (/^\d(\.\d+)?e\+?\d{2}$/i.test(code)) return work.problem("sheet/code-lost-digits", { text });
  if (work.declaration.maxLength !== undefined && code.length > work.declaration.maxLength) {
    return work.problem("sheet/too-long", {
      length: code.length,
      max: work.declaration.maxLength,
      text: excerpt(code),
    });
  }
  return code === "" ? work.blank() : work.value(code);
};

/** A register repeats its dates: each text is read once. Only for the 1900 system, as day numbers depend on it. */
const readDates = new Map<string, LooseDate>();

const readDate = (text: string): LooseDate => {
  const known = readDates.get(text);
  if (known) return known;
  const loose = parseLooseDate(text);
  if (readDates.size >= 20_000) readDates.clear();
  readDates.set(text, loose);
  return loose;
};

const finer = { day: 0, month: 1, year: 2 } as const;

const dateOf = (work: Work, source: string | number): Converted => {
  const text = String(source);
  const date1904 = work.context.date1904 ?? false;
  const kept = typeof source === "string" && source.length < 40 && !date1904;
  const loose = kept ? readDate(source) : parseLooseDate(source, { date1904 });
  if (loose.precision === "unknown") {
    // A placeholder day such as 1900-01-01 says that nobody knew; anything else is no date at all.
    if (/^\d{4}\D?\d{1,2}\D?\d{1,2}\D?$/.test(text.trim()) || Number(text) < 2)
      return work.blank("sheet/unknown-date", { text });
    return work.problem("sheet/date-unclear", { text: excerpt(text) });
  }
  if (loose.precision === "implausible" || !loose.date)
    return work.problem("sheet/date-implausible", { text: excerpt(text) });
  const allowed = work.declaration.precision ?? "day";
  if (finer[loose.precision] > finer[allowed]) return work.problem("sheet/date-without-day", { text: excerpt(text) });
  if (loose.precision !== "day")
    return work.value(loose.date, "sheet/date-precision", { text, precision: loose.precision });
  return work.value(loose.date, typeof source === "number" ? "sheet/date-serial" : undefined, { text });
};

const between = /^(.*?)(?:至|到|~|～|—|--|→|\bto\b)(.*)$/;
const openEnd = /^(今|长期|永久|不限|无固定期限|longterm|present)$/i;

const splitPeriod = (text: string): [string, string] | undefined => {
  const match = between.exec(text.replace(/[\s\u3000]+/g, " ").replace(/^(有效期|期限)[:：]?/, ""));
  return match ? [match[1]!.replace(/^自/, "").trim(), match[2]!.replace(/止$/, "").trim()] : undefined;
};

const toDate = (work: Work, cell: PlainCell, text: string): Converted => {
  if (isCellDate(cell)) {
    if (cell.date === "1900-02-29") return work.problem("sheet/date-implausible", { text: cell.date });
    return dateOf(work, cell.date);
  }
  if (typeof cell === "number") return dateOf(work, cell);
  const parts = splitPeriod(text);
  if (!parts) return dateOf(work, text);
  const [from, to] = parts;
  if (from === "" && to === "") return work.blank("sheet/placeholder", { text });
  if (from !== "" && to !== "") return work.problem("sheet/date-is-period", { text: excerpt(text) });
  // "至 2022-04-25" in a column of one date can only mean that date.
  const one = dateOf(work, from === "" ? to : from);
  return one.ok && one.note === undefined ? work.value(one.value, "sheet/date-from-period", { text }) : one;
};

const toPeriod = (work: Work, cell: PlainCell, text: string): Converted => {
  const parts: [string, string] | undefined = isCellDate(cell) ? [cell.date, ""] : splitPeriod(text);
  if (!parts) return work.problem("sheet/period-unclear", { text: excerpt(text) });
  const ends: (string | null)[] = [];
  let unknown = false;
  for (const part of parts) {
    if (part === "" || openEnd.test(foldKey(part))) {
      ends.push(null);
      continue;
    }
    const end = dateOf(work, part);
    if (!end.ok) {
      if ("problem" in end && end.problem.code === "sheet/required") ends.push(null);
      else return end;
    } else {
      ends.push(end.value as string | null);
      unknown ||= end.value === null;
    }
  }
  const [from, to] = ends as [string | null, string | null];
  if (from === null && to === null) return work.blank(unknown ? "sheet/unknown-date" : "sheet/placeholder", { text });
  if (from !== null && to !== null && from > to) return work.problem("sheet/period-backwards", { text: excerpt(text) });
  return work.value({ from, to }, from === to ? "sheet/period-of-a-day" : undefined, { text });
};

const answeredUnit = (work: Work, amount: number): MoneyUnit | undefined =>
  work.context.answers?.money?.find((answer) => {
    if (answer.field !== undefined && answer.field !== work.declaration.field) return false;
    if (answer.atLeast !== undefined && amount < answer.atLeast) return false;
    if (answer.below !== undefined && amount >= answer.below) return false;
    if (!answer.when) return true;
    const other = foldKey(work.context.textOf?.(answer.when.field) ?? "");
    if (answer.when.equals !== undefined && other !== foldKey(answer.when.equals)) return false;
    return answer.when.contains === undefined || other.includes(foldKey(answer.when.contains));
  })?.unit;

const toMoney = (work: Work, cell: PlainCell, text: string): Converted => {
  const { column, declaration } = work;
  const written = readMoney(typeof cell === "number" ? decimalText(cell) : text);
  if (!written.ok) return work.problem(written.problem, { text: excerpt(text) });
  const unclear = written.units !== undefined || (written.unit === undefined && (column.unitUnclear ?? false));
  const amount = Number(`${written.negative ? "-" : ""}${written.whole}.${written.fraction || "0"}`);
  // Nothing is nothing in every unit.
  const stated = written.unit ?? (unclear ? undefined : (column.unit ?? declaration.unit));
  const unit = stated ?? answeredUnit(work, amount) ?? (amount === 0 ? "yuan" : undefined);
  if (!unit) return work.question("money-unit", { text: excerpt(text), units: (written.units ?? []).join(",") });
  const fen = toFen(written, unit);
  if (fen === undefined) return work.problem("sheet/money-too-fine", { text: excerpt(text) });
  if (fen > 9_000_000_000_000_000n || fen < -9_000_000_000_000_000n)
    return work.problem("sheet/too-big", { text: excerpt(text) });
  const bounded = work.bounded(fen, excerpt(text));
  if (bounded.ok && written.unit && column.unit && written.unit !== column.unit) {
    return work.value(fen, "sheet/unit-differs", { text: excerpt(text) });
  }
  return bounded;
};

const toInteger = (work: Work, cell: PlainCell, text: string): Converted => {
  const plain = foldKey(typeof cell === "number" ? decimalText(cell) : text)
    .replace(/[−–—]/g, "-")
    .replace(/[人名个家次户项件场份年岁元]$/, "");
  if (!/^[+-]?(\d{1,3}(,\d{3})+|\d+)(\.0*)?$/.test(plain)) {
    const fraction = /^[+-]?[\d,]*\.\d+$/.test(plain);
    return work.problem(fraction ? "sheet/not-whole" : "sheet/not-a-number", { text: excerpt(text) });
  }
  const value = Number(plain.replaceAll(",", ""));
  if (!Number.isSafeInteger(value)) return work.problem("sheet/too-big", { text: excerpt(text) });
  return work.bounded(value === 0 ? 0 : value, excerpt(text));
};

const toRatio = (work: Work, cell: PlainCell, text: string): Converted => {
  const plain = foldKey(typeof cell === "number" ? decimalText(cell) : text).replace(/[−–—]/g, "-");
  const match = /^([+-]?\d+(?:\.\d+)?)(%|‰)?$/.exec(plain);
  if (!match) return work.problem("sheet/not-a-number", { text: excerpt(text) });
  const number = Number(match[1]);
  const shift = (places: number): number => Number(`${decimalText(number)}e-${places}`);
  if (match[2]) return work.bounded(shift(match[2] === "%" ? 2 : 3), excerpt(text));
  const answer = work.context.answers?.ratio?.find(
    (given) => given.field === undefined || given.field === work.declaration.field,
  );
  if (answer) return work.bounded(answer.percent ? shift(2) : number, excerpt(text));
  if (number === 0) return work.bounded(0, text);
  const small = Math.abs(number) <= 1;
  // A sheet stores the 5% it shows as 0.05, so a small number under "%" may mean either; the rest is clear.
  if (work.column.percent && (!small || typeof cell !== "number")) return work.bounded(shift(2), excerpt(text));
  if (!work.column.percent && small) return work.bounded(number, excerpt(text));
  return work.question("ratio-unit", { text: excerpt(text) });
};

const toBoolean = (work: Work, cell: PlainCell, text: string): Converted => {
  if (typeof cell === "boolean") return work.value(cell);
  const key = foldKey(text);
  if (yes.has(key)) return work.value(true);
  if (no.has(key)) return work.value(false);
  return work.problem("sheet/not-yes-or-no", { text: excerpt(text) });
};

const toEnum = (work: Work, text: string): Converted => {
  const table = enumTable(work.declaration);
  const key = foldKey(text);
  const bare = key.replace(/[([【][^()]*[)\]】]$/, "");
  const value = table.get(key) ?? table.get(bare);
  if (value !== undefined) return work.value(value);
  const near = [...table.keys()].find(
    (label) => bare.length > 1 && label.length > 1 && (label.includes(bare) || bare.includes(label)),
  );
  const labels = (work.declaration.values ?? []).map((entry) => entry.labels[0] ?? entry.value);
  return work.problem("sheet/not-in-list", {
    text: excerpt(text),
    list: labels.slice(0, 12).join("、"),
    ...(near ? { near } : {}),
  });
};

const byKind = (work: Work, cell: PlainCell, text: string): Converted => {
  switch (work.declaration.kind) {
    case "text":
      return toText(work, text);
    case "code":
      return toCode(work, cell, text);
    case "date":
      return toDate(work, cell, text);
    case "period":
      return toPeriod(work, cell, text);
    case "money":
      return toMoney(work, cell, text);
    case "integer":
      return toInteger(work, cell, text);
    case "boolean":
      return toBoolean(work, cell, text);
    case "enum":
      return toEnum(work, text);
    case "ratio":
      return toRatio(work, cell, text);
  }
};

/**
 * Converts one cell to its column's kind (转换单元格): a value (blank is null), a problem, or a question that only the
 * importer can answer. Nothing ambiguous is ever guessed: 300.00 （单位：元 / 万元） asks for its unit.
 */
export const convertCell = (column: MappedColumn, cell: RawCell, context: CellContext): Converted => {
  const work = new Work(column, context);
  if (cell === null || cell === undefined) return work.blank();
  const formula = isFormula(cell);
  const plain = formula ? cell.value : cell;
  if (formula && plain === null) return work.problem("sheet/formula-without-value");
  if (plain === null) return work.blank();
  if (isCellError(plain)) return work.problem("sheet/error-value", { text: plain.error });
  const text = shownText(plain);
  if (typeof plain === "string") {
    if (suspect.test(text)) {
      if (control.test(text) || loneSurrogate.test(text)) {
        return work.problem("sheet/bad-characters", { text: excerpt(text.replace(/\p{C}/gu, "▯")) });
      }
      if (lost.test(text)) return work.problem("sheet/lost-characters", { text: excerpt(text) });
    }
    const kind = work.declaration.kind;
    if (kind !== "text") {
      const key = foldKey(text);
      if (key === "") return work.blank();
      const listed = kind === "enum" && enumTable(work.declaration).has(key);
      if (!listed && (placeholders.has(key) || (key === "无" && kind !== "boolean"))) {
        return work.blank("sheet/placeholder", { text });
      }
    }
  }
  const converted = byKind(work, plain, text);
  if (formula && converted.ok && converted.note === undefined)
    return work.value(converted.value, "sheet/formula", { text });
  return converted;
};

/** One row converted (转换一行): values by field, and everything to be said about its cells. */
export type ConvertedRow = {
  row: number;
  values: Record<string, CellValue>;
  problems: CellProblem[];
  questions: CellQuestion[];
  notes: CellNote[];
};

/** Converts a whole row by the mapping of its sheet; fields with a problem or question are absent from `values`. */
export const convertRow = (
  mapping: { columns: MappedColumn[]; missing?: { field: string; required: boolean }[] },
  row: RawRow,
  options: { answers?: SheetAnswers; date1904?: boolean } = {},
): ConvertedRow => {
  const result: ConvertedRow = { row: row.row, values: {}, problems: [], questions: [], notes: [] };
  const context: CellContext = {
    row: row.row,
    ...options,
    textOf: (field) => {
      const column = mapping.columns.find((candidate) => candidate.declaration.field === field);
      return column ? shownText(row.cells[column.column] ?? null) : "";
    },
  };
  for (const column of mapping.columns) {
    const converted = convertCell(column, row.cells[column.column] ?? null, context);
    if (converted.ok) {
      result.values[column.declaration.field] = converted.value;
      if (converted.note) result.notes.push(converted.note);
    } else if ("problem" in converted) result.problems.push(converted.problem);
    else result.questions.push(converted.question);
  }
  return result;
};
