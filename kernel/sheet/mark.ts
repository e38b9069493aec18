import { once } from "node:events";
import { open } from "node:fs/promises";
import type { Writable } from "node:stream";
import type { Locale } from "../text/words.ts";
import { shownText } from "./cells.ts";
import { readSheet } from "./read.ts";
import { xmlText } from "./shared-strings.ts";
import { words } from "./sheet.words.ts";
import { cellAddress, columnLetters, type RawRow, SheetError } from "./types.ts";
import { finishWorkbook, headerRow, sheetName, worksheetOpen } from "./write.ts";
import { styles as cellStyles, escapeAttribute, textCell } from "./write-cells.ts";
import { readWorkbook, relationsPath, type Workbook } from "./xlsx.ts";
import { elements, withoutComments, xmlEncoding } from "./xml.ts";
import { type ZipEntry, ZipFile } from "./zip.ts";
import { ZipSink } from "./zip-writer.ts";

/** One complaint about one cell (错误标注): `column` is 0-based, `row` as Excel shows it; a row as a whole has column -1. */
export type MarkedError = { sheet: string; row: number; column: number; message: string };

export type MarkOptions = { locale?: Locale };

/** Excel follows no more links than this in one sheet. */
const mostLinks = 60_000;

const fill =
  '<fill><patternFill patternType="solid"><fgColor rgb="FFFFC7CE"/><bgColor indexed="64"/></patternFill></fill>';

const partText = async (zip: ZipFile, entry: ZipEntry): Promise<string> => {
  const bytes = await zip.text(entry);
  return new TextDecoder(xmlEncoding(bytes)).decode(bytes);
};

/** Gives every style number a red twin that keeps its number format (红底样式). */
class RedStyles {
  readonly #twins = new Map<number, number>();
  readonly #formats: string[];
  readonly #xml: string;
  constructor(xml: string) {
    this.#xml = xml;
    const body = /<((?:[\w-]+:)?)cellXfs[^>]*>([\s\S]*?)<\/\1cellXfs>/.exec(xml);
    this.#formats = body
      ? (body[2]!.match(/<((?:[\w-]+:)?)xf\b(?:[^>"/]|"[^"]*")*(?:\/>|>[\s\S]*?<\/\1xf>)/g) ?? [])
      : [];
  }
  twin(style: number): number {
    const known = this.#twins.get(style);
    if (known !== undefined) return known;
    const made = this.#formats.length + this.#twins.size;
    this.#twins.set(style, made);
    return made;
  }
  xml(): string {
    if (this.#twins.size === 0) return this.#xml;
    const fills = /<((?:[\w-]+:)?)fills[^>]*>/.exec(this.#xml);
    const prefix = fills?.[1] ?? "";
    const count = [...(this.#xml.match(/<(?:[\w-]+:)?fill[\s>/]/g) ?? [])].length;
    const base = this.#formats[0] ?? `<${prefix}xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>`;
    const added = [...this.#twins.keys()].map((style) => {
      const source = this.#formats[style] ?? base;
      const open = /^<[\w:-]+/.exec(source)![0];
      const rest = source.slice(open.length).replace(/\s(?:fillId|applyFill)="[^"]*"/g, "");
      return `${open} fillId="${count}" applyFill="1"${rest}`;
    });
    const red = prefix ? fill.replace(/<(\/?)/g, `<$1${prefix}`) : fill;
    return this.#xml
      .replace(/<((?:[\w-]+:)?)fills[^>]*>/, (_, p: string) => `<${p}fills count="${count + 1}">`)
      .replace(/<\/(?:[\w-]+:)?fills>/, (close) => red + close)
      .replace(
        /<((?:[\w-]+:)?)cellXfs[^>]*>/,
        (_, p: string) => `<${p}cellXfs count="${this.#formats.length + added.length}">`,
      )
      .replace(/<\/(?:[\w-]+:)?cellXfs>/, (close) => added.join("") + close);
  }
}

const columnOf = (ref: string): number => {
  let column = 0;
  for (const char of ref.toUpperCase()) {
    const code = char.charCodeAt(0);
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column - 1;
};

/** One row's XML with the wanted columns coloured; cells that are not there are put in. */
export const colourRow = (
  row: string,
  number: number,
  columns: readonly number[],
  red: (style: number) => number,
): string => {
  const open = /^<((?:[\w-]+:)?)row(?:[^>"]|"[^"]*")*>/.exec(row);
  if (!open) return row;
  const prefix = open[1]!;
  const pending = [...columns].sort((a, b) => a - b);
  const blank = (column: number): string => `<${prefix}c r="${cellAddress(column, number)}" s="${red(0)}"/>`;
  const selfClosed = open[0].endsWith("/>");
  const start = selfClosed ? `${open[0].slice(0, -2)}>` : open[0];
  let result = start;
  let at = open[0].length;
  let column = -1;
  const cell = new RegExp(`<${prefix}c((?:\\s(?:[^>"]|"[^"]*")*)?)>`, "g");
  cell.lastIndex = at;
  for (let match = selfClosed ? null : cell.exec(row); match; match = cell.exec(row)) {
    const attributes = match[1]!;
    const ref = /\sr="([A-Za-z]+)\d*"/.exec(attributes)?.[1];
    column = ref ? columnOf(ref) : column + 1;
    result += row.slice(at, match.index);
    at = match.index + match[0].length;
    while (pending.length > 0 && pending[0]! < column) result += blank(pending.shift()!);
    if (pending[0] !== column) {
      result += match[0];
      continue;
    }
    pending.shift();
    const style = Number(/\ss="(\d+)"/.exec(attributes)?.[1] ?? 0);
    const kept = attributes.replace(/\ss="[^"]*"/, "");
    const end = kept.endsWith("/") ? "/" : "";
    result += `<${prefix}c${end ? kept.slice(0, -1) : kept} s="${red(style)}"${end}>`;
  }
  const tail = selfClosed ? `</${prefix}row>` : row.slice(at);
  const close = tail.lastIndexOf(`</${prefix}row>`);
  return result + tail.slice(0, close) + pending.map(blank).join("") + tail.slice(close);
};

/** Copies a worksheet part, colouring the cells complained of; only one row is held at a time. */
async function* colourSheet(
  chunks: AsyncIterable<string>,
  errors: ReadonlyMap<number, Set<number>>,
  red: (style: number) => number,
): AsyncGenerator<string> {
  let text = "";
  let number = 0;
  let prefix: string | undefined;
  for await (const chunk of chunks) {
    text += chunk;
    if (prefix === undefined) {
      const data = /<((?:[\w-]+:)?)sheetData\b/.exec(text);
      if (!data) continue;
      prefix = data[1]!;
    }
    let done = 0;
    for (;;) {
      const start = text.indexOf(`<${prefix}row`, done);
      if (start < 0) break;
      const gt = text.indexOf(">", start);
      if (gt < 0) break;
      const selfClosed = text.charCodeAt(gt - 1) === 47;
      const close = selfClosed ? gt + 1 : text.indexOf(`</${prefix}row>`, gt) + prefix.length + 6;
      if (!selfClosed && close < gt) break;
      const given = /\sr="(\d+)"/.exec(text.slice(start, gt));
      number = given ? Number(given[1]) : number + 1;
      const columns = errors.get(number);
      yield text.slice(done, start);
      const row = text.slice(start, close);
      yield columns && columns.size > 0 ? colourRow(row, number, [...columns], red) : row;
      done = close;
    }
    // Everything before the next "<" can go; an unfinished row waits for its end.
    const rest = text.indexOf(`<${prefix}row`, done);
    const cut = rest >= 0 ? rest : Math.max(done, text.lastIndexOf("<"));
    if (cut > done) yield text.slice(done, cut);
    text = text.slice(cut);
  }
  yield text;
}

const locationOf = (sheet: string, row: number, column: number): string =>
  `'${sheet.replaceAll("'", "''")}'!${cellAddress(Math.max(0, column), row)}`;

async function* errorsSheet(errors: readonly MarkedError[], locale: Locale): AsyncGenerator<string> {
  const spoken = words[locale];
  yield worksheetOpen([20, 12, 90]) +
    headerRow([spoken.errorSheetColumn, spoken.errorCellColumn, spoken.errorMessageColumn]);
  for (const [index, error] of errors.entries()) {
    const n = index + 2;
    const address = error.column < 0 ? String(error.row) : cellAddress(error.column, error.row);
    yield `<row r="${n}">${textCell(`A${n}`, error.sheet)}${textCell(`B${n}`, address, cellStyles.plain)}${textCell(`C${n}`, error.message)}</row>`;
  }
  yield "</sheetData>";
  const links = errors.slice(0, mostLinks);
  if (links.length > 0) yield "<hyperlinks>";
  for (const [index, error] of links.entries()) {
    yield `<hyperlink ref="B${index + 2}" location="${escapeAttribute(locationOf(error.sheet, error.row, error.column))}"/>`;
  }
  if (links.length > 0) yield "</hyperlinks>";
  yield "</worksheet>";
}

const insertBefore = (xml: string, local: string, make: (prefix: string) => string): string => {
  const close = new RegExp(`</((?:[\\w-]+:)?)${local}>`).exec(xml);
  if (!close) throw new SheetError("sheet/broken", { reason: "part", part: local });
  return xml.slice(0, close.index) + make(close[1]!) + xml.slice(close.index);
};

const relationshipType = (workbook: string, kind: string): string =>
  /purl\.oclc\.org\/ooxml\/spreadsheetml/.test(workbook)
    ? `http://purl.oclc.org/ooxml/officeDocument/relationships/${kind}`
    : `http://schemas.openxmlformats.org/officeDocument/2006/relationships/${kind}`;

const grouped = (errors: readonly MarkedError[]): Map<string, Map<number, Set<number>>> => {
  const bySheet = new Map<string, Map<number, Set<number>>>();
  for (const error of errors) {
    const rows = bySheet.get(error.sheet) ?? new Map<number, Set<number>>();
    bySheet.set(error.sheet, rows);
    const columns = rows.get(error.row) ?? new Set<number>();
    rows.set(error.row, columns);
    if (error.column >= 0) columns.add(error.column);
  }
  return bySheet;
};

const markXlsx = async (
  zip: ZipFile,
  workbook: Workbook,
  errors: readonly MarkedError[],
  out: Writable,
  locale: Locale,
): Promise<void> => {
  const sink = new ZipSink(out);
  const bySheet = grouped(errors);
  const stylePart = workbook.relations.find((relation) => relation.type === "styles")?.target ?? "";
  const styleEntry = zip.find(stylePart);
  const red = styleEntry ? new RedStyles(await partText(zip, styleEntry)) : undefined;
  const workbookXml = withoutComments(await partText(zip, zip.find(workbook.path)!));
  const taken = workbook.sheets.map((sheet) => sheet.info.name);
  const name = sheetName(words[locale].errorsSheet, taken);
  const folder = workbook.path.slice(0, workbook.path.lastIndexOf("/") + 1);
  let part = `${folder}worksheets/errors.xml`;
  for (let n = 2; zip.find(part); n++) part = `${folder}worksheets/errors${n}.xml`;
  const relationsName = relationsPath(workbook.path);
  const sheetIds = elements(workbookXml, "sheet").map((sheet) => Number(sheet.sheetId) || 0);
  for (const entry of zip.entries.values()) {
    if (entry.name.endsWith("/")) continue;
    const sheet = workbook.sheets.find((candidate) => candidate.part.toLowerCase() === entry.name.toLowerCase());
    const rows = sheet && bySheet.get(sheet.info.name);
    if (rows && red)
      await sink.add(
        entry.name,
        colourSheet(xmlText(zip.bytes(entry)), rows, (style) => red.twin(style)),
      );
    else if (entry === styleEntry) continue;
    else if (entry.name === workbook.path) {
      const type = relationshipType(workbookXml, "").replace(/\/$/, "");
      const element = (prefix: string): string =>
        `<${prefix}sheet xmlns:er="${type}" name="${escapeAttribute(name)}" sheetId="${Math.max(0, ...sheetIds) + 1}" er:id="rIdErrors"/>`;
      await sink.add(entry.name, insertBefore(workbookXml, "sheets", element));
    } else if (entry.name.toLowerCase() === relationsName.toLowerCase()) {
      const xml = await partText(zip, entry);
      const type = relationshipType(workbookXml, "worksheet");
      await sink.add(
        entry.name,
        insertBefore(
          xml,
          "Relationships",
          (p) => `<${p}Relationship Id="rIdErrors" Type="${type}" Target="/${part}"/>`,
        ),
      );
    } else if (entry.name === "[Content_Types].xml") {
      const xml = await partText(zip, entry);
      const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
      await sink.add(
        entry.name,
        insertBefore(xml, "Types", (p) => `<${p}Override PartName="/${part}" ContentType="${type}"/>`),
      );
    } else await sink.copy(zip, entry);
  }
  if (styleEntry && red) await sink.add(styleEntry.name, red.xml());
  await sink.add(part, errorsSheet(errors, locale));
  await sink.finish();
};

/** A CSV comes back as a workbook: its rows as text, bad cells coloured, and what is wrong in one more column at the end. */
const markCsv = async (path: string, errors: readonly MarkedError[], out: Writable, locale: Locale): Promise<void> => {
  const sink = new ZipSink(out);
  const columnsOf = grouped(errors);
  const messages = new Map<number, string[]>();
  for (const error of errors) messages.set(error.row, [...(messages.get(error.row) ?? []), error.message]);
  let width = 0;
  let name = "";
  const read = async (onRows: (rows: RawRow[]) => Promise<void> | void): Promise<void> => {
    const summary = await readSheet(path, { onRows });
    width = Math.max(width, summary.sheets[0]?.columns ?? 0);
    name = summary.sheets[0]?.name ?? "";
  };
  await read(() => undefined);
  // Rows are pushed by the reader and pulled by the writer: one chunk is handed over at a time.
  const pushed = new TransformStream<RawRow[], RawRow[]>(undefined, { highWaterMark: 1 }, { highWaterMark: 1 });
  const writer = pushed.writable.getWriter();
  const reading = read((rows) => writer.write(rows)).then(
    () => writer.close(),
    (cause) => writer.abort(cause),
  );
  const rows = async function* (): AsyncGenerator<string> {
    let text = worksheetOpen([]);
    let first = true;
    for await (const chunk of pushed.readable as unknown as AsyncIterable<RawRow[]>) {
      for (const row of chunk) {
        const bad = columnsOf.get(row.sheet)?.get(row.row);
        let cells = "";
        for (let i = 0; i < Math.max(row.cells.length, bad ? width : 0); i++) {
          const ref = columnLetters(i) + row.row;
          const style = bad?.has(i) ? cellStyles.bad : cellStyles.text;
          const shown = shownText(row.cells[i] ?? null);
          cells += shown === "" && bad?.has(i) ? `<c r="${ref}" s="${style}"/>` : textCell(ref, shown, style);
        }
        const said = messages.get(row.row)?.join("；") ?? (first ? words[locale].errorMessageColumn : "");
        first = false;
        text += `<row r="${row.row}">${cells}${textCell(columnLetters(width) + row.row, said, cellStyles.bad)}</row>`;
      }
      yield text;
      text = "";
    }
    yield `${text}</sheetData></worksheet>`;
  };
  await sink.add("xl/worksheets/sheet1.xml", rows());
  await reading;
  const data = sheetName(name || words[locale].dataSheet);
  await sink.add(
    "xl/worksheets/sheet2.xml",
    errorsSheet(
      errors.map((error) => ({ ...error, sheet: data })),
      locale,
    ),
  );
  await finishWorkbook(sink, [data, sheetName(words[locale].errorsSheet, [data])]);
};

/**
 * Hands the original file back with its errors (退回原表): for .xlsx every part is kept and only bad cells turn red; for
 * CSV a workbook with the rows. A sheet 错误 / Errors lists sheet, cell and message, each linked to its cell.
 */
export const markErrors = async (
  originalPath: string,
  errors: readonly MarkedError[],
  out: Writable,
  options: MarkOptions = {},
): Promise<void> => {
  const locale = options.locale ?? "zh";
  const file = await open(originalPath, "r");
  const magic = Buffer.alloc(4);
  try {
    await file.read(magic, 0, 4, 0);
  } finally {
    await file.close();
  }
  try {
    if (magic.readUInt32LE(0) === 0x04034b50) {
      const zip = await ZipFile.open(originalPath);
      try {
        await markXlsx(zip, await readWorkbook(zip), errors, out, locale);
      } finally {
        await zip.close();
      }
    } else await markCsv(originalPath, errors, out, locale);
    const finished = once(out, "finish");
    out.end();
    await finished;
  } catch (cause) {
    out.destroy(cause instanceof Error ? cause : undefined);
    throw cause;
  }
};
