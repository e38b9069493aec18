import { open } from "node:fs/promises";
import { decodedText, detectEncoding } from "./encoding.ts";
import { unguard } from "./guard.ts";
import {
  type RawCell,
  type RawRow,
  type ReadOptions,
  SheetError,
  type SheetInfo,
  type SheetLimits,
  type SheetSummary,
} from "./types.ts";
import { newSheetInfo } from "./xlsx.ts";

const candidates = [",", "\t", ";", "|"];

/** Fields of the first records as each delimiter would cut them; quotes are respected. */
const fieldCounts = (text: string, delimiter: string): number[] => {
  const counts: number[] = [];
  let fields = 1;
  let quoted = false;
  let used = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === delimiter) fields++;
    else if (character === "\n") {
      if (used || fields > 1) counts.push(fields);
      if (counts.length >= 30) return counts;
      fields = 1;
      used = false;
      continue;
    }
    if (character !== "\r") used = true;
  }
  if (used || fields > 1) counts.push(fields);
  return counts;
};

/**
 * Guesses the delimiter (分隔符): the one that cuts most records into the same number of fields, above one. A file of
 * one column has none that cuts half of its records alike; it is read with commas.
 */
export const sniffDelimiter = (text: string): string => {
  const declared = /^sep=(.)\r?\n/i.exec(text);
  if (declared) return declared[1]!;
  let best = ",";
  let bestScore = 0.5;
  for (const delimiter of candidates) {
    const counts = fieldCounts(text, delimiter);
    const frequency = new Map<number, number>();
    for (const count of counts) frequency.set(count, (frequency.get(count) ?? 0) + 1);
    let score = 0;
    for (const [count, times] of frequency)
      if (count > 1) score = Math.max(score, (times / counts.length) * (1 + count / 1000));
    if (score > bestScore + 1e-9) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
};

/** Excel's trick to keep leading zeros in a CSV: ="00123". */
const asText = /^="((?:[^"]|"")*)"$/;

/** Cell text of a CSV field: blank is null; the apostrophe our own exports put before formula signs is taken off. */
export const csvCell = (field: string): string | null => {
  if (field === "") return null;
  const code = field.charCodeAt(0);
  if (code === 61) {
    const match = asText.exec(field);
    if (match) return match[1]!.replaceAll('""', '"');
  }
  return code === 39 ? unguard(field) : field;
};

/** Cuts CSV text into records, chunk by chunk (RFC 4180 and what real files do): feed it text, take `rows`. */
export class CsvScanner {
  rows: RawRow[] = [];
  #rest = "";
  #row = 0;
  #fields: string[] = [];
  #field = "";
  #mode: "start" | "plain" | "quoted" | "closed" = "start";
  #skipNewline = false;
  readonly #info: SheetInfo;
  readonly #delimiter: number;
  readonly #separator: string;
  readonly #cellCharacters: number;

  constructor(info: SheetInfo, delimiter: string, cellCharacters: number) {
    this.#info = info;
    this.#separator = delimiter;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#cellCharacters = cellCharacters;
  }

  feed(chunk: string): void {
    const text = this.#rest + chunk;
    this.#rest = "";
    const length = text.length;
    let i = 0;
    if (this.#skipNewline && length > 0) {
      if (text.charCodeAt(0) === 10) i = 1;
      this.#skipNewline = false;
    }
    while (i < length) {
      if (this.#mode === "quoted") {
        const quote = text.indexOf('"', i);
        if (quote < 0) {
          this.#add(text.slice(i));
          return;
        }
        this.#add(text.slice(i, quote));
        if (quote + 1 >= length) {
          this.#rest = '"';
          return;
        }
        if (text.charCodeAt(quote + 1) === 34) {
          this.#field += '"';
          i = quote + 2;
        } else {
          this.#mode = "closed";
          i = quote + 1;
        }
        continue;
      }
      const code = text.charCodeAt(i);
      if (this.#mode === "start" && code === 34) {
        this.#mode = "quoted";
        i++;
        continue;
      }
      if (this.#mode === "start" && this.#fields.length === 0) {
        const fast = this.#wholeLine(text, i);
        if (fast > i) {
          i = fast;
          continue;
        }
      }
      let stop = i;
      for (; stop < length; stop++) {
        const next = text.charCodeAt(stop);
        if (next === this.#delimiter || next === 10 || next === 13) break;
      }
      if (stop > i) {
        this.#add(text.slice(i, stop));
        if (this.#mode === "start") this.#mode = "plain";
      }
      if (stop >= length) return;
      const end = text.charCodeAt(stop);
      i = stop + 1;
      if (end === this.#delimiter) {
        this.#fields.push(this.#field);
        this.#field = "";
        this.#mode = "start";
        continue;
      }
      if (end === 13) {
        if (i >= length) this.#skipNewline = true;
        else if (text.charCodeAt(i) === 10) i++;
      }
      this.#record();
    }
  }

  /** The usual line has no quote: cut it in one go. Returns where the next line starts, or `from` if it is not so. */
  #wholeLine(text: string, from: number): number {
    const end = text.indexOf("\n", from);
    if (end < 0) return from;
    const line = text.slice(from, end > from && text.charCodeAt(end - 1) === 13 ? end - 1 : end);
    if (line.includes('"') || line.includes("\r") || line.length > this.#cellCharacters) return from;
    this.#fields = line.split(this.#separator);
    this.#field = this.#fields.pop()!;
    this.#record();
    return end + 1;
  }

  #add(part: string): void {
    this.#field += part;
    if (this.#field.length > this.#cellCharacters) {
      throw new SheetError("sheet/broken", {
        reason: this.#mode === "quoted" ? "quote-not-closed" : "cell-too-long",
        row: this.#row + 1,
      });
    }
  }

  #record(): void {
    this.#fields.push(this.#field);
    const cells: RawCell[] = this.#fields.map(csvCell);
    this.#fields = [];
    this.#field = "";
    this.#mode = "start";
    this.#row++;
    while (cells.length > 0 && cells[cells.length - 1] === null) cells.pop();
    const info = this.#info;
    if (cells.every((cell) => cell === null || (cell as string).trim() === "")) {
      info.blankRows++;
      return;
    }
    info.rows++;
    if (info.firstRow === 0) info.firstRow = this.#row;
    info.lastRow = this.#row;
    if (cells.length > info.columns) info.columns = cells.length;
    this.rows.push({ sheet: info.name, row: this.#row, cells });
  }

  end(): void {
    if (this.#rest !== "") {
      this.#rest = "";
      this.#mode = "closed";
    }
    if (this.#mode === "quoted")
      throw new SheetError("sheet/broken", { reason: "quote-not-closed", row: this.#row + 1 });
    if (this.#field !== "" || this.#fields.length > 0 || this.#mode !== "start") this.#record();
  }
}

const controls = (head: string): number => {
  let count = 0;
  for (let i = 0; i < head.length; i++) {
    const code = head.charCodeAt(i);
    if (code < 32 && code !== 9 && code !== 10 && code !== 13) count++;
  }
  return count;
};

/** Reads a CSV or TSV file; see `readSheet`. Every cell is text or blank. */
export const readCsv = async (
  path: string,
  head: Buffer,
  name: string,
  summary: SheetSummary,
  deliver: (rows: RawRow[]) => Promise<void>,
  options: ReadOptions,
  limits: SheetLimits,
): Promise<void> => {
  const chunkRows = options.chunkRows ?? 500;
  const info = newSheetInfo(name, 0);
  info.read = true;
  summary.sheets = [info];
  const file = await open(path, "r");
  try {
    const detected = await detectEncoding(file, head);
    summary.encoding = detected.encoding;
    let scanner: CsvScanner | undefined;
    const flush = async (all: boolean): Promise<void> => {
      while (scanner && (scanner.rows.length >= chunkRows || (all && scanner.rows.length > 0))) {
        await deliver(scanner.rows.splice(0, chunkRows));
      }
    };
    for await (const chunk of decodedText(file, detected)) {
      let text = chunk;
      if (!scanner) {
        // A few control characters are dirt in a cell; many mean that this never was text.
        if (controls(text.slice(0, 8192)) > 8 + Math.min(8192, text.length) * 0.05) {
          throw new SheetError("sheet/not-a-spreadsheet", { seen: "binary" });
        }
        summary.delimiter = sniffDelimiter(text.slice(0, 64 * 1024));
        text = text.replace(/^sep=.\r?\n/i, "");
        scanner = new CsvScanner(info, summary.delimiter, limits.cellCharacters);
      }
      scanner.feed(text);
      options.signal?.throwIfAborted();
      await flush(false);
    }
    scanner?.end();
    await flush(true);
    summary.format = "csv";
  } finally {
    await file.close();
  }
};
