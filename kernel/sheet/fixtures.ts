import { createWriteStream } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { readSheet } from "./read.ts";
import type { RawRow, ReadOptions, SheetSummary } from "./types.ts";
import { ZipSink } from "./zip-writer.ts";

/** Small workbooks made part by part for the tests of this folder (测试用表格); nothing here runs in the product. */

export const shared = new URL("../../../shared/data/", import.meta.url).pathname;

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), "sheet-test-"));

type Part = string | AsyncIterable<string | Buffer>;

export const writeZip = async (path: string, parts: Record<string, Part>): Promise<string> => {
  const out = createWriteStream(path);
  const zip = new ZipSink(out);
  for (const [name, content] of Object.entries(parts)) await zip.add(name, content);
  await zip.finish();
  out.end();
  await finished(out);
  return path;
};

const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

export type FixtureSheet = { name: string; xml: Part; state?: string; type?: string };

export type FixtureBook = { sheets: FixtureSheet[]; strings?: string; styles?: string; date1904?: boolean };

/** Worksheet XML around rows. */
export const worksheet = (rows: string, after = ""): string =>
  `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData>${after}</worksheet>`;

export const writeBook = (path: string, book: FixtureBook): Promise<string> => {
  const parts: Record<string, Part> = {
    "_rels/.rels": `<Relationships><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "[Content_Types].xml": "<Types></Types>",
    "xl/workbook.xml": `<workbook xmlns:r="${office}"><workbookPr${book.date1904 ? ' date1904="1"' : ""}/><sheets>${book.sheets
      .map(
        (sheet, i) =>
          `<sheet name="${sheet.name}" sheetId="${i + 1}"${sheet.state ? ` state="${sheet.state}"` : ""} r:id="rId${i + 1}"/>`,
      )
      .join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>${book.sheets
      .map(
        (sheet, i) =>
          `<Relationship Id="rId${i + 1}" Type="${office}/${sheet.type ?? "worksheet"}" Target="worksheets/sheet${i + 1}.xml"/>`,
      )
      .join(
        "",
      )}<Relationship Id="s" Type="${office}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="t" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  };
  if (book.strings !== undefined) parts["xl/sharedStrings.xml"] = book.strings;
  if (book.styles !== undefined) parts["xl/styles.xml"] = book.styles;
  for (const [i, sheet] of book.sheets.entries()) parts[`xl/worksheets/sheet${i + 1}.xml`] = sheet.xml;
  return writeZip(path, parts);
};

/** Reads a whole file into memory. */
export const readAll = async (
  path: string,
  options: Partial<ReadOptions> = {},
): Promise<{ rows: RawRow[]; summary: SheetSummary }> => {
  const rows: RawRow[] = [];
  const summary = await readSheet(path, {
    ...options,
    onRows: (chunk) => {
      rows.push(...chunk);
    },
  });
  return { rows, summary };
};
