/** The kinds of error value a spreadsheet can show in a cell (错误值). */
export type CellError = { error: string };

/** A calendar date as the sheet shows it (日期), with the time of day "HH:MM:SS" when it is not midnight. */
export type CellDate = { date: string; time?: string };

/** The cached result of a formula (公式): the sheet is never recalculated. */
export type CellFormula = { formula: true; value: PlainCell };

export type PlainCell = string | number | boolean | CellDate | CellError | null;

/** One cell as read (单元格): blank is null, text is untouched, codes stored as text stay text. */
export type RawCell = PlainCell | CellFormula;

/** One row as read (行): `row` is 1-based as Excel shows it, `cells` starts at column A and ends at the last value. */
export type RawRow = { sheet: string; row: number; cells: RawCell[] };

export type SheetState = "visible" | "hidden" | "veryHidden";

/** What is known of one sheet of a workbook (工作表) after reading. */
export type SheetInfo = {
  name: string;
  index: number;
  state: SheetState;
  kind: "worksheet" | "chartsheet" | "dialogsheet" | "macrosheet" | "missing";
  read: boolean;
  /** Rows with at least one value. */
  rows: number;
  firstRow: number;
  lastRow: number;
  /** Highest column with a value, as a count. */
  columns: number;
  blankRows: number;
  formulas: number;
  errors: number;
  /** Addresses such as "A1:C1"; the first 1,000 are kept, `mergedCount` counts all. */
  mergedRanges: string[];
  mergedCount: number;
};

export type SheetWarning = { code: string; facts: Record<string, string | number> };

/** The outcome of reading a file (读取结果): what it was and how much of it was there. */
export type SheetSummary = {
  format: "xlsx" | "csv";
  bytes: number;
  encoding: string;
  delimiter?: string;
  date1904: boolean;
  rows: number;
  sheets: SheetInfo[];
  warnings: SheetWarning[];
};

/** Guards against files that would exhaust the machine (上限); every one can be lowered by the caller. */
export type SheetLimits = {
  /** Bytes of the uploaded file. */
  fileBytes: number;
  /** Bytes that all read parts may unpack to. */
  unpackedBytes: number;
  /** Unpacked : packed for a part above 16 MB; a million formatted blank rows stay below 60. */
  ratio: number;
  /** Rows with a value, all sheets together. */
  rows: number;
  /** Characters of one cell; Excel itself stops at 32,767. */
  cellCharacters: number;
};

export const defaultLimits: SheetLimits = {
  fileBytes: 200 * 1024 * 1024,
  unpackedBytes: 2 * 1024 * 1024 * 1024 - 1,
  ratio: 250,
  rows: 5_000_000,
  cellCharacters: 1_000_000,
};

/** Which sheets to read: names, the first visible one, all visible ones (default) or hidden ones too. */
export type SheetChoice = "first" | "visible" | "all" | string[];

export type ReadOptions = {
  /** Called with about 500 rows; reading waits until the promise settles. */
  onRows: (rows: RawRow[]) => Promise<void> | void;
  sheets?: SheetChoice;
  signal?: AbortSignal;
  limits?: Partial<SheetLimits>;
  /** Rows in a chunk, 500 unless told. */
  chunkRows?: number;
  /** `onRows` keeps no text of a row after it settles; saves copying every inline string. */
  transient?: boolean;
};

export type SheetErrorCode =
  | "sheet/not-a-spreadsheet"
  | "sheet/broken"
  | "sheet/encrypted"
  | "sheet/too-large"
  | "sheet/old-format"
  | "sheet/encoding"
  | "sheet/empty"
  | "sheet/no-such-sheet"
  | "sheet/out-of-memory"
  | "sheet/aborted"
  | "sheet/unreadable";

export type SheetFacts = Record<string, string | number>;

/** A file that cannot be read (无法读取的表格): the code chooses the sentence, the facts fill it; nothing was half-read in silence. */
export class SheetError extends Error {
  readonly code: SheetErrorCode;
  readonly facts: SheetFacts;
  constructor(code: SheetErrorCode, facts: SheetFacts = {}) {
    super(`${code} ${JSON.stringify(facts)}`);
    this.name = "SheetError";
    this.code = code;
    this.facts = facts;
  }
}

export const isFormula = (cell: RawCell): cell is CellFormula =>
  typeof cell === "object" && cell !== null && "formula" in cell;

export const isCellError = (cell: RawCell): cell is CellError =>
  typeof cell === "object" && cell !== null && "error" in cell;

export const isCellDate = (cell: RawCell): cell is CellDate =>
  typeof cell === "object" && cell !== null && "date" in cell;

/** Column letters (列号) of a 0-based column: 0 -> "A", 26 -> "AA". */
export const columnLetters = (column: number): string => {
  let letters = "";
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
};

/** Displayed address (单元格地址) of a 0-based column and a 1-based row: (2, 17) -> "C17". */
export const cellAddress = (column: number, row: number): string => columnLetters(column) + row;
