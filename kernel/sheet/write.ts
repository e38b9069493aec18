import { once } from "node:events";
import type { Writable } from "node:stream";
import type { Locale } from "../text/words.ts";
import type { ColumnDeclaration, ColumnKind, MoneyUnit } from "./column.ts";
import { guard } from "./guard.ts";
import { words } from "./sheet.words.ts";
import { columnLetters, SheetError } from "./types.ts";
import {
  type ExportValue,
  escapeAttribute,
  exportCell,
  exportText,
  styles,
  stylesXml,
  textCell,
} from "./write-cells.ts";
import { drained, ZipSink } from "./zip-writer.ts";

export type { ExportValue } from "./write-cells.ts";

/** One column of an export (导出列). */
export type ExportColumn = { field: string; header: string; kind: ColumnKind; width?: number };

export type ExportOptions = {
  /** Name of the sheet, at most 31 characters after cleaning. */
  sheet?: string;
  locale?: Locale;
  signal?: AbortSignal;
  /** Rows in a sheet before the next one is begun; Excel's own limit unless told. */
  rowsPerSheet?: number;
};

export type ExportResult = { rows: number; sheets: number };

const chinese = /\p{Script=Han}/u;

export const isChinese = (text: string): boolean => chinese.test(text);

/** First header of the wanted language (表头), else the first of all. */
export const headerOf = (column: ColumnDeclaration, locale: Locale): string =>
  column.headers.find((header) => isChinese(header) === (locale === "zh")) ?? column.headers[0] ?? column.field;

/** Header with its unit, so that a file we made is never asked about when it comes back. */
export const headerWithUnit = (column: ColumnDeclaration, locale: Locale, unit: MoneyUnit | undefined): string => {
  const header = headerOf(column, locale);
  if (!unit || /[(（]/.test(header)) return header;
  const name = words[locale].unit[unit];
  return locale === "zh" ? `${header}（${name}）` : `${header} (${name})`;
};

/** Export columns of import declarations: money goes out in yuan, and the header says so. */
export const exportColumns = (columns: readonly ColumnDeclaration[], locale: Locale = "zh"): ExportColumn[] =>
  columns.map((column) => ({
    field: column.field,
    header: headerWithUnit(column, locale, column.kind === "money" ? "yuan" : undefined),
    kind: column.kind,
    ...(column.width === undefined ? {} : { width: column.width }),
  }));

/** Sheet name without what Excel forbids, unique among those taken. */
export const sheetName = (wanted: string, taken: readonly string[] = []): string => {
  const clean =
    wanted
      .replace(/[\\/?*[\]:\u0000-\u001f]/g, " ")
      .replace(/^'+|'+$/g, "")
      .trim() || "Sheet";
  const used = new Set(taken.map((name) => name.toLowerCase()));
  for (let n = 1; ; n++) {
    const suffix = n === 1 ? "" : ` (${n})`;
    const name =
      [...clean]
        .join("")
        .slice(0, 31 - suffix.length)
        .replace(/[\ud800-\udbff]$/, "") + suffix;
    if (!used.has(name.toLowerCase())) return name;
  }
};

const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Opening of a worksheet part with a frozen header row and column widths. */
export const worksheetOpen = (widths: readonly number[]): string => {
  const columns = widths
    .map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
    .join("");
  return (
    `${declaration}<worksheet xmlns="${main}" xmlns:r="${office}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<sheetFormatPr defaultRowHeight="15"/>${columns ? `<cols>${columns}</cols>` : ""}<sheetData>`
  );
};

export const headerRow = (headers: readonly string[]): string =>
  `<row r="1">${headers.map((header, i) => textCell(`${columnLetters(i)}1`, header, styles.header)).join("")}</row>`;

/** Writes the parts that make worksheets, already written as sheet1.xml and so on, a workbook. */
export const finishWorkbook = async (zip: ZipSink, names: readonly string[]): Promise<void> => {
  const part = (n: number): string => `worksheets/sheet${n + 1}.xml`;
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  await zip.add("xl/styles.xml", stylesXml);
  await zip.add(
    "xl/workbook.xml",
    `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${names
      .map((name, n) => `<sheet name="${escapeAttribute(name)}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`)
      .join("")}</sheets></workbook>`,
  );
  await zip.add(
    "xl/_rels/workbook.xml.rels",
    `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names
      .map((_, n) => `<Relationship Id="rId${n + 1}" Type="${office}/worksheet" Target="${part(n)}"/>`)
      .join(
        "",
      )}<Relationship Id="rId${names.length + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  );
  await zip.add(
    "_rels/.rels",
    `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  );
  await zip.add(
    "[Content_Types].xml",
    `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>${names
      .map((_, n) => `<Override PartName="/xl/${part(n)}" ContentType="${type}.worksheet+xml"/>`)
      .join("")}</Types>`,
  );
  await zip.finish();
};

const defaultWidth = (column: ExportColumn): number => {
  if (column.width !== undefined) return column.width;
  const header = [...column.header].reduce((sum, char) => sum + (char.charCodeAt(0) > 255 ? 2 : 1), 2);
  const body = { text: 24, code: 22, date: 12, period: 26, money: 18, integer: 10, boolean: 8, enum: 14, ratio: 10 }[
    column.kind
  ];
  return Math.min(60, Math.max(header, body));
};

const endOf = async (out: Writable): Promise<void> => {
  const finished = once(out, "finish");
  out.end();
  await finished;
};

type ExportRow = { readonly [field: string]: ExportValue };
type Rows = AsyncIterable<ExportRow> | Iterable<ExportRow>;

/**
 * Streams an .xlsx export (导出工作簿) into `out` and ends it: memory does not grow with the rows, codes are text cells,
 * money is yuan with two decimals, formula signs are guarded, and a new sheet is begun when one is full.
 */
export const streamWorkbook = async (
  columns: readonly ExportColumn[],
  rows: Rows,
  out: Writable,
  options: ExportOptions = {},
): Promise<ExportResult> => {
  const perSheet = options.rowsPerSheet ?? 1_048_576;
  const spoken = words[options.locale ?? "zh"];
  const letters = columns.map((_, i) => columnLetters(i));
  const source = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
  const zip = new ZipSink(out);
  const names: string[] = [];
  let count = 0;
  let next = await source.next();
  const sheet = async function* (): AsyncGenerator<string> {
    let text = worksheetOpen(columns.map(defaultWidth)) + headerRow(columns.map((column) => column.header));
    for (let row = 2; !next.done && row <= perSheet; row++) {
      let cells = "";
      for (let i = 0; i < columns.length; i++) {
        cells += exportCell(letters[i]! + row, columns[i]!.kind, next.value[columns[i]!.field], spoken);
      }
      text += `<row r="${row}">${cells}</row>`;
      count++;
      if (text.length > 64 * 1024) {
        if (options.signal?.aborted) throw new SheetError("sheet/aborted");
        yield text;
        text = "";
      }
      next = await source.next();
    }
    yield `${text}</sheetData></worksheet>`;
  };
  try {
    do {
      names.push(sheetName(options.sheet ?? spoken.dataSheet, names));
      await zip.add(`xl/worksheets/sheet${names.length}.xml`, sheet());
    } while (!next.done);
    await finishWorkbook(zip, names);
    await endOf(out);
  } catch (cause) {
    out.destroy(cause instanceof Error ? cause : undefined);
    throw cause;
  } finally {
    if (!next.done) await source.return?.();
  }
  return { rows: count, sheets: names.length };
};

/** One field of a CSV record: guarded, quoted when it must be. */
export const csvField = (text: string): string => {
  const safe = guard(text);
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Streams a CSV export (导出 CSV) into `out` and ends it: UTF-8 with byte order mark, so that Excel shows Chinese; same values as the .xlsx. */
export const streamCsv = async (
  columns: readonly ExportColumn[],
  rows: Rows,
  out: Writable,
  options: ExportOptions = {},
): Promise<ExportResult> => {
  const spoken = words[options.locale ?? "zh"];
  let count = 0;
  let text = `\ufeff${columns.map((column) => csvField(column.header)).join(",")}\r\n`;
  let failure: Error | undefined;
  out.on("error", (cause) => {
    failure = cause;
  });
  try {
    for await (const row of rows) {
      text += `${columns.map((column) => csvField(exportText(column.kind, row[column.field], spoken))).join(",")}\r\n`;
      count++;
      if (text.length < 64 * 1024) continue;
      if (options.signal?.aborted || out.destroyed) throw failure ?? new SheetError("sheet/aborted");
      const more = out.write(text);
      text = "";
      if (!more) await drained(out);
    }
    out.write(text);
    await endOf(out);
  } catch (cause) {
    out.destroy(cause instanceof Error ? cause : undefined);
    throw cause;
  }
  return { rows: count, sheets: 1 };
};
