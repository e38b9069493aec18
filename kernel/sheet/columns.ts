import { type ColumnDeclaration, foldKey, type MappedColumn, type MoneyUnit, namedUnits } from "./column.ts";
import { parseRange } from "./range.ts";
import { cellAddress, isCellDate, isCellError, isFormula, type RawCell, type RawRow } from "./types.ts";

export * from "./cells.ts";
export * from "./column.ts";

/** A column of the sheet that no declaration knows, or that repeats one. */
export type HeaderCell = { header: string; address: string; column: number };

/** How a sheet's header was understood (表头识别结果). Rows from `dataStartRow` on are data; `found` false means none was recognised. */
export type HeaderMapping = {
  found: boolean;
  sheet: string;
  /** 1-based row of the (lowest) header row, and how many rows it takes. */
  headerRow: number;
  headerRows: number;
  dataStartRow: number;
  columns: MappedColumn[];
  unknown: HeaderCell[];
  /** Required declarations without a column, then the optional ones. */
  missing: { field: string; header: string; required: boolean }[];
  duplicates: { field: string; used: string; ignored: HeaderCell }[];
};

export type HeaderOptions = {
  /** Rows searched, 10 unless told. */
  within?: number;
  /** Ranges of the sheet, when known: they tell a merged header from an empty one. */
  mergedRanges?: string[];
};

/** Text of a header cell as a person reads it. */
const cellText = (cell: RawCell | undefined): string => {
  if (cell === undefined || cell === null) return "";
  if (isFormula(cell)) return cellText(cell.value);
  if (isCellDate(cell)) return cell.date;
  if (isCellError(cell)) return cell.error;
  return String(cell);
};

type HeaderText = { keys: string[]; base: string; units: MoneyUnit[]; percent: boolean };

const marks = /^(必填|必填项|选填|可选|required|optional|格式.*|y{4}.*|如.*|例.*|人|个|家|次|户|项|名|件)$/;

/**
 * Keys a header can be found by, best first: as written, without its unit and marks, without any brackets.
 * "＊原始基金\n（单位：万元）" has the keys "原始基金(单位:万元)" and "原始基金".
 */
const readHeader = (text: string): HeaderText => {
  const full = foldKey(text)
    .replace(/[[【〔]/g, "(")
    .replace(/[\]】〕]/g, ")")
    .replace(/^[*※★]+|[*※★]+$/g, "")
    .replace(/^\d{1,2}[.、]/, "")
    .replace(/[:;]+$/, "")
    .replace(/[_-]/g, "");
  const keys = [full];
  // "净资产（年初）" and the two-level "净资产" over "年初" are the same header.
  const flat = full.replace(/[()]/g, "");
  if (flat !== full) keys.push(flat);
  const units: MoneyUnit[] = [];
  let percent = false;
  let base = full;
  for (;;) {
    const match = /^(.+)\(([^()]*)\)$/.exec(base);
    if (!match) break;
    const inner = match[2]!;
    const named = namedUnits(inner);
    if (named.length > 0) units.push(...named);
    else if (/^(%|百分比|单位:%)$/.test(inner)) percent = true;
    else if (!marks.test(inner)) break;
    base = match[1]!.replace(/[*※★]+$/, "");
  }
  if (base !== full) keys.push(base);
  const slashed = /^(.+?)[/,](.+)$/.exec(base);
  const slashedUnits = slashed ? namedUnits(slashed[2]!) : [];
  if (slashedUnits.length > 0) {
    units.push(...slashedUnits);
    keys.push(slashed![1]!);
  }
  // Headers made by machines name the unit at their end: initial_fund_wan_yuan.
  const machine = /^([a-z]+?)((?:wan)?yuan)$/.exec(base);
  if (machine) {
    units.push(...namedUnits(machine[2]!));
    keys.push(machine[1]!);
  }
  if (/.%$/.test(base)) {
    percent = true;
    keys.push(base.slice(0, -1));
  }
  const bare = base.replace(/\([^()]*\)/g, "");
  if (bare !== "" && !keys.includes(bare)) keys.push(bare);
  return { keys, base, units, percent };
};

const aliasTables = new WeakMap<readonly ColumnDeclaration[], Map<string, ColumnDeclaration>>();

const aliasTable = (columns: readonly ColumnDeclaration[]): Map<string, ColumnDeclaration> => {
  const known = aliasTables.get(columns);
  if (known) return known;
  const table = new Map<string, ColumnDeclaration>();
  for (const declaration of columns) {
    for (const header of [...declaration.headers, declaration.field]) {
      const key = readHeader(header).keys[0]!;
      if (!table.has(key)) table.set(key, declaration);
    }
  }
  // An alias with brackets is also found without their signs, and one that names a unit without it.
  for (const declaration of columns) {
    for (const header of declaration.headers) {
      const { keys, base } = readHeader(header);
      for (const key of [keys[0]!.replace(/[()]/g, ""), base]) if (!table.has(key)) table.set(key, declaration);
    }
  }
  aliasTables.set(columns, table);
  return table;
};

type Candidate = { text: string; column: number; row: number };
type Match = { declaration: ColumnDeclaration; candidate: Candidate; rank: number; header: HeaderText };

const matchOne = (texts: Candidate[], table: Map<string, ColumnDeclaration>): Match | undefined => {
  for (const candidate of texts) {
    const header = readHeader(candidate.text);
    for (const [rank, key] of header.keys.entries()) {
      const declaration = table.get(key);
      if (declaration) return { declaration, candidate, rank, header };
    }
  }
  return undefined;
};

const fieldsOf = (matches: (Match | undefined)[]): number =>
  new Set(matches.flatMap((match) => (match ? [match.declaration.field] : []))).size;

/** Header text above a column in the row over it: its own cell, or the cell whose merged range covers it. */
const parentOf = (row: RawRow, column: number, merged: string[] | undefined): Candidate | undefined => {
  const own = cellText(row.cells[column]);
  if (own.trim() !== "") return { text: own, column, row: row.row };
  if (merged) {
    for (const ref of merged) {
      const range = parseRange(ref);
      if (range && range.top <= row.row && row.row <= range.bottom && range.left <= column && column <= range.right) {
        return { text: cellText(row.cells[range.left]), column: range.left, row: row.row };
      }
    }
    return undefined;
  }
  for (let left = column - 1; left >= 0; left--) {
    const text = cellText(row.cells[left]);
    if (text.trim() !== "") return { text, column: left, row: row.row };
  }
  return undefined;
};

const candidatesOf = (rows: RawRow[], k: number, levels: 1 | 2, merged: string[] | undefined): Candidate[][] => {
  const row = rows[k]!;
  const above = levels === 2 ? rows[k - 1]! : undefined;
  const width = Math.max(row.cells.length, above?.cells.length ?? 0);
  return Array.from({ length: width }, (_, column) => {
    const text = cellText(row.cells[column]);
    const own = text.trim() === "" ? undefined : { text, column, row: row.row };
    if (!above) return own ? [own] : [];
    if (!own) {
      const over = cellText(above.cells[column]);
      return over.trim() === "" ? [] : [{ text: over, column, row: above.row }];
    }
    const parent = parentOf(above, column, merged);
    // "年末" under "净资产" is more than either word: the joined reading is tried first.
    return parent ? [{ ...own, text: parent.text + own.text }, { ...own, text: own.text + parent.text }, own] : [own];
  });
};

/** A row that holds nothing but units under the header, or undefined. */
const unitRow = (row: RawRow | undefined): Map<number, MoneyUnit[]> | undefined => {
  if (!row) return undefined;
  const units = new Map<number, MoneyUnit[]>();
  for (const [column, cell] of row.cells.entries()) {
    const text = foldKey(cellText(cell)).replace(/^\(|\)$/g, "");
    if (text === "") continue;
    const named = namedUnits(text);
    if (named.length === 0) return undefined;
    units.set(column, named);
  }
  return units.size > 0 ? units : undefined;
};

const mappedColumn = (match: Match, column: number, below: MoneyUnit[] | undefined): MappedColumn => {
  const units = [...new Set([...match.header.units, ...(below ?? [])])];
  return {
    declaration: match.declaration,
    column,
    header: match.candidate.text,
    address: cellAddress(match.candidate.column, match.candidate.row),
    ...(units.length === 1 ? { unit: units[0] } : {}),
    ...(units.length > 1 ? { unitUnclear: true } : {}),
    ...(match.header.percent ? { percent: true } : {}),
  };
};

/**
 * Finds the header (识别表头) in the first rows of a sheet: titles above it, two-level and merged headers, line breaks,
 * full-width spaces and units in brackets are understood; what is unknown, missing or double is named by cell.
 */
export const mapColumns = (
  rows: readonly RawRow[],
  columns: readonly ColumnDeclaration[],
  options: HeaderOptions = {},
): HeaderMapping => {
  const table = aliasTable(columns);
  const head = rows.slice(0, options.within ?? 10);
  let best: { k: number; levels: 1 | 2; matches: (Match | undefined)[]; fields: number } | undefined;
  for (const levels of [1, 2] as const) {
    for (let k = levels - 1; k < head.length; k++) {
      const matches = candidatesOf(head, k, levels, options.mergedRanges).map((texts) => matchOne(texts, table));
      const fields = fieldsOf(matches);
      if (fields > (best?.fields ?? 0)) best = { k, levels, matches, fields };
    }
  }
  const sheet = rows[0]?.sheet ?? "";
  const missingOf = (present: Set<string>): HeaderMapping["missing"] =>
    columns
      .filter((declaration) => !present.has(declaration.field))
      .map((declaration) => ({
        field: declaration.field,
        header: declaration.headers[0] ?? declaration.field,
        required: declaration.required ?? false,
      }))
      .sort((a, b) => Number(b.required) - Number(a.required));
  const required = columns.filter((declaration) => declaration.required).length;
  const enough = best && (best.fields >= 2 || best.fields >= Math.min(columns.length, Math.max(1, required)));
  if (!best || !enough) {
    return {
      found: false,
      sheet,
      headerRow: 0,
      headerRows: 0,
      dataStartRow: 1,
      columns: [],
      unknown: [],
      missing: missingOf(new Set()),
      duplicates: [],
    };
  }
  const { k, levels, matches } = best;
  const row = head[k]!;
  const below = unitRow(rows[k + 1]);
  const used = new Map<string, { match: Match; column: number }>();
  const mapping: HeaderMapping = {
    found: true,
    sheet,
    headerRow: row.row,
    headerRows: levels,
    dataStartRow: below ? rows[k + 1]!.row + 1 : row.row + 1,
    columns: [],
    unknown: [],
    missing: [],
    duplicates: [],
  };
  const cellOf = (column: number): HeaderCell => {
    const own = cellText(row.cells[column]);
    const above = levels === 2 && own.trim() === "" ? head[k - 1]! : row;
    return { header: cellText(above.cells[column]), address: cellAddress(column, above.row), column };
  };
  // Better readings first, so that "净资产（年末）" read without its bracket never takes the place of "净资产".
  const order = matches
    .flatMap((match, column) => (match ? [{ match, column }] : []))
    .sort((a, b) => a.match.rank - b.match.rank || a.column - b.column);
  const ignored = new Set<number>();
  for (const { match, column } of order) {
    const first = used.get(match.declaration.field);
    if (!first) used.set(match.declaration.field, { match, column });
    else {
      ignored.add(column);
      const cell = cellOf(column);
      if (match.rank > first.match.rank && match.rank === match.header.keys.length - 1 && match.rank > 0)
        mapping.unknown.push(cell);
      else {
        const usedAt = cellAddress(first.match.candidate.column, first.match.candidate.row);
        mapping.duplicates.push({ field: match.declaration.field, used: usedAt, ignored: cell });
      }
    }
  }
  for (const { match, column } of used.values()) mapping.columns.push(mappedColumn(match, column, below?.get(column)));
  mapping.columns.sort((a, b) => a.column - b.column);
  for (const [column, match] of matches.entries()) {
    if (match || ignored.has(column)) continue;
    const cell = cellOf(column);
    if (cell.header.trim() !== "") mapping.unknown.push(cell);
  }
  mapping.unknown.sort((a, b) => a.column - b.column);
  mapping.missing = missingOf(new Set(used.keys()));
  return mapping;
};

/** Declares where a column is without a header (无表头), for sheets whose layout is fixed. */
export const fixedColumn = (declaration: ColumnDeclaration, column: number): MappedColumn => ({
  declaration,
  column,
  header: declaration.headers[0] ?? declaration.field,
  address: cellAddress(column, 1),
});

const totals = new Set(["合计", "总计", "小计", "共计", "累计", "total", "subtotal", "grandtotal"]);

/** What a row below the header is: data, the header printed again on a new page, or a sum (合计) that is no record. */
export const rowRole = (mapping: HeaderMapping, row: RawRow): "header" | "data" | "repeated-header" | "total" => {
  if (row.row < mapping.dataStartRow) return "header";
  const first = row.cells.find((cell) => cell !== null && cell !== "");
  if (typeof first === "string" && first.length < 16 && totals.has(foldKey(first).replace(/[:]$/, ""))) return "total";
  const needed = Math.max(1, mapping.columns.length / 2);
  let same = 0;
  for (const [at, column] of mapping.columns.entries()) {
    const cell = row.cells[column.column];
    if (typeof cell === "string" && foldKey(cell) === foldKey(column.header)) same++;
    // Nearly every row is known to be data before its last columns are looked at.
    if (same + mapping.columns.length - at - 1 < needed) return "data";
  }
  return same >= needed ? "repeated-header" : "data";
};
