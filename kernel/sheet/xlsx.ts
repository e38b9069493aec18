import { RowScanner } from "./rows.ts";
import { readStrings, type StringTable, xmlText } from "./shared-strings.ts";
import { type CellStyles, noStyles, readStyles } from "./styles.ts";
import {
  type RawRow,
  type ReadOptions,
  SheetError,
  type SheetInfo,
  type SheetLimits,
  type SheetState,
  type SheetSummary,
} from "./types.ts";
import { elements, section, withoutComments, xmlEncoding } from "./xml.ts";
import { type ZipEntry, ZipFile } from "./zip.ts";

export type Relation = { id: string; type: string; target: string };

const partText = async (zip: ZipFile, entry: ZipEntry): Promise<string> => {
  const bytes = await zip.text(entry);
  return withoutComments(new TextDecoder(xmlEncoding(bytes)).decode(bytes));
};

/** Path of a part named by a relationship, relative to the part that names it. */
export const resolvePart = (from: string, target: string): string => {
  if (target.startsWith("/")) return target.slice(1);
  const path = from.split("/").slice(0, -1);
  for (const step of target.split("/")) {
    if (step === "..") path.pop();
    else if (step !== "." && step !== "") path.push(step);
  }
  return path.join("/");
};

export const relationsPath = (part: string): string => {
  const cut = part.lastIndexOf("/") + 1;
  return `${part.slice(0, cut)}_rels/${part.slice(cut)}.rels`;
};

const relationsOf = async (zip: ZipFile, part: string): Promise<Relation[]> => {
  const entry = zip.find(relationsPath(part));
  if (!entry) return [];
  return elements(await partText(zip, entry), "Relationship")
    .filter((relation) => relation.TargetMode !== "External")
    .map((relation) => ({
      id: relation.Id ?? "",
      type: (relation.Type ?? "").split("/").pop() ?? "",
      target: resolvePart(part, relation.Target ?? ""),
    }));
};

/** What a zip is when it is no workbook, by the parts it holds. */
const otherKind = (zip: ZipFile): SheetError => {
  const names = [...zip.entries.keys()];
  const has = (start: string): boolean => names.some((name) => name.toLowerCase().startsWith(start));
  if (has("xl/workbook.bin")) return new SheetError("sheet/old-format", { seen: "xlsb" });
  if (has("word/")) return new SheetError("sheet/not-a-spreadsheet", { seen: "docx" });
  if (has("ppt/")) return new SheetError("sheet/not-a-spreadsheet", { seen: "pptx" });
  if (has("index/document.iwa")) return new SheetError("sheet/old-format", { seen: "numbers" });
  if (has("mimetype") && has("content.xml")) return new SheetError("sheet/old-format", { seen: "ods" });
  if (has("xl/")) return new SheetError("sheet/broken", { reason: "missing-part", part: "xl/workbook.xml" });
  return new SheetError("sheet/not-a-spreadsheet", { seen: "zip" });
};

const sheetKinds: Record<string, SheetInfo["kind"]> = {
  worksheet: "worksheet",
  chartsheet: "chartsheet",
  dialogsheet: "dialogsheet",
  xlMacrosheet: "macrosheet",
  xlIntlMacrosheet: "macrosheet",
};

export const newSheetInfo = (name: string, index: number): SheetInfo => ({
  name,
  index,
  state: "visible",
  kind: "worksheet",
  read: false,
  rows: 0,
  firstRow: 0,
  lastRow: 0,
  columns: 0,
  blankRows: 0,
  formulas: 0,
  errors: 0,
  mergedRanges: [],
  mergedCount: 0,
});

/** The parts of an open workbook that reading and marking both need. */
export type Workbook = {
  path: string;
  date1904: boolean;
  sheets: { info: SheetInfo; part: string }[];
  relations: Relation[];
};

/** Reads the list of sheets (工作表目录) of a workbook: names, states, parts, date system. */
export const readWorkbook = async (zip: ZipFile): Promise<Workbook> => {
  const named = (await relationsOf(zip, "")).find((relation) => relation.type === "officeDocument")?.target;
  const entry = (named ? zip.find(named) : undefined) ?? zip.find("xl/workbook.xml");
  if (!entry || !/\.xml$/i.test(entry.name) || /(^|\/)(word|ppt)\//i.test(entry.name)) throw otherKind(zip);
  const xml = await partText(zip, entry);
  if (!/<(?:[\w-]+:)?workbook[\s>]/.test(xml)) throw otherKind(zip);
  const relations = await relationsOf(zip, entry.name);
  const date1904 = elements(xml, "workbookPr").some((element) => /^(1|true)$/i.test(element.date1904 ?? ""));
  const sheets = elements(section(xml, "sheets"), "sheet").map((element, index) => {
    const info = newSheetInfo(element.name ?? `Sheet${index + 1}`, index);
    if (element.state === "hidden" || element.state === "veryHidden") info.state = element.state as SheetState;
    const id = Object.entries(element).find(([key]) => /(^|:)id$/i.test(key) && key !== "sheetId")?.[1];
    const relation = relations.find((candidate) => candidate.id === id);
    info.kind = relation && zip.find(relation.target) ? (sheetKinds[relation.type] ?? "worksheet") : "missing";
    return { info, part: relation?.target ?? "" };
  });
  if (sheets.length === 0) throw new SheetError("sheet/broken", { reason: "no-sheets", part: entry.name });
  return { path: entry.name, date1904, sheets, relations };
};

const chosen = (workbook: Workbook, choice: ReadOptions["sheets"]): { info: SheetInfo; part: string }[] => {
  const readable = workbook.sheets.filter((sheet) => sheet.info.kind === "worksheet");
  if (choice === "all") return readable;
  if (Array.isArray(choice)) {
    return choice.map((name) => {
      const sheet = readable.find((candidate) => candidate.info.name === name);
      if (!sheet) throw new SheetError("sheet/no-such-sheet", { sheet: name });
      return sheet;
    });
  }
  const visible = readable.filter((sheet) => sheet.info.state === "visible");
  return choice === "first" ? visible.slice(0, 1) : visible;
};

type Deliver = (rows: RawRow[]) => Promise<void>;

const readStringTable = async (
  zip: ZipFile,
  workbook: Workbook,
  limits: SheetLimits,
): Promise<StringTable | undefined> => {
  const part = workbook.relations.find((relation) => relation.type === "sharedStrings")?.target;
  const entry = (part ? zip.find(part) : undefined) ?? zip.find("xl/sharedStrings.xml");
  return entry ? readStrings(zip.bytes(entry), limits.cellCharacters) : undefined;
};

const readStylePart = async (zip: ZipFile, workbook: Workbook): Promise<CellStyles | undefined> => {
  const part = workbook.relations.find((relation) => relation.type === "styles")?.target;
  const entry = (part ? zip.find(part) : undefined) ?? zip.find("xl/styles.xml");
  return entry ? readStyles(await partText(zip, entry)) : undefined;
};

/** Reads an .xlsx file sheet by sheet with memory that does not depend on its rows; see `readSheet`. */
export const readXlsx = async (
  path: string,
  summary: SheetSummary,
  deliver: Deliver,
  options: ReadOptions,
  limits: SheetLimits,
): Promise<void> => {
  const chunkRows = options.chunkRows ?? 500;
  const zip = await ZipFile.open(path, limits);
  let strings: StringTable | undefined;
  try {
    const workbook = await readWorkbook(zip);
    summary.date1904 = workbook.date1904;
    summary.sheets = workbook.sheets.map((sheet) => sheet.info);
    const wanted = chosen(workbook, options.sheets);
    strings = await readStringTable(zip, workbook, limits);
    const styles = await readStylePart(zip, workbook);
    if (!styles) summary.warnings.push({ code: "sheet/no-styles", facts: {} });
    for (const { info, part } of wanted) {
      info.read = true;
      const scanner = new RowScanner({
        info,
        strings,
        styles: styles ?? noStyles,
        date1904: workbook.date1904,
        cellCharacters: limits.cellCharacters,
        transient: options.transient ?? false,
      });
      const flush = async (): Promise<void> => {
        const rows = scanner.rows;
        scanner.rows = [];
        scanner.cells = 0;
        for (let at = 0; at < rows.length; at += chunkRows) {
          await deliver(rows.length <= chunkRows ? rows : rows.slice(at, at + chunkRows));
        }
      };
      for await (const text of xmlText(zip.bytes(zip.find(part)!))) {
        scanner.feed(text);
        options.signal?.throwIfAborted();
        if (scanner.rows.length >= chunkRows || scanner.cells > 50_000) await flush();
      }
      scanner.end();
      await flush();
      if (scanner.outOfOrder > 0) {
        summary.warnings.push({
          code: "sheet/rows-out-of-order",
          facts: { sheet: info.name, rows: scanner.outOfOrder },
        });
      }
    }
  } finally {
    strings?.close();
    await zip.close();
  }
};
