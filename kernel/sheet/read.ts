import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { readCsv } from "./csv.ts";
import {
  defaultLimits,
  type RawRow,
  type ReadOptions,
  SheetError,
  type SheetLimits,
  type SheetSummary,
} from "./types.ts";
import { readXlsx } from "./xlsx.ts";

export * from "./types.ts";

const startsWith = (head: Buffer, ...bytes: number[]): boolean => bytes.every((byte, i) => head[i] === byte);

/** Files whose first bytes give them away, whatever their name says. */
const foreign: [string, number[]][] = [
  ["pdf", [0x25, 0x50, 0x44, 0x46]],
  ["jpeg", [0xff, 0xd8, 0xff]],
  ["png", [0x89, 0x50, 0x4e, 0x47]],
  ["gif", [0x47, 0x49, 0x46, 0x38]],
  ["rar", [0x52, 0x61, 0x72, 0x21, 0x1a]],
  ["7z", [0x37, 0x7a, 0xbc, 0xaf]],
  ["gzip", [0x1f, 0x8b]],
  ["rtf", [0x7b, 0x5c, 0x72, 0x74, 0x66]],
  ["elf", [0x7f, 0x45, 0x4c, 0x46]],
  ["sqlite", [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20]],
  ["tiff", [0x49, 0x49, 0x2a, 0x00]],
];

const utf16 = (text: string): Buffer => Buffer.from(text, "utf16le");

/** What an OLE compound file is: its directory names the streams. */
const oleKind = async (path: string, head: Buffer): Promise<SheetError> => {
  const sector = 1 << Math.min(Math.max(head.readUInt16LE(30), 9), 12);
  const file = await open(path, "r");
  try {
    const directory = Buffer.alloc(sector * 4);
    await file.read(directory, 0, directory.length, (head.readUInt32LE(48) + 1) * sector);
    const names = (text: string): boolean => directory.includes(utf16(text));
    if (names("EncryptedPackage") || names("EncryptionInfo"))
      return new SheetError("sheet/encrypted", { seen: "xlsx" });
    if (names("Workbook") || names("Book")) return new SheetError("sheet/old-format", { seen: "xls" });
    if (names("WordDocument")) return new SheetError("sheet/not-a-spreadsheet", { seen: "doc" });
    if (names("PowerPoint Document")) return new SheetError("sheet/not-a-spreadsheet", { seen: "ppt" });
    return new SheetError("sheet/not-a-spreadsheet", { seen: "ole" });
  } finally {
    await file.close();
  }
};

/** Refuses what is neither a zip nor text; returns which of the two it is. */
const sniff = async (path: string, head: Buffer): Promise<"zip" | "text"> => {
  if (startsWith(head, 0x50, 0x4b, 0x03, 0x04)) return "zip";
  if (startsWith(head, 0x50, 0x4b, 0x05, 0x06))
    throw new SheetError("sheet/broken", { reason: "missing-part", part: "xl/workbook.xml" });
  if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) {
    if (head.length < 512) throw new SheetError("sheet/broken", { reason: "truncated", part: "" });
    throw await oleKind(path, head);
  }
  // The records that open a workbook of Excel 2 to 4, which had no container yet.
  if (head[0] === 0x09 && [0x00, 0x02, 0x04, 0x08].includes(head[1]!) && head[3] === 0x00 && head[2]! <= 0x10) {
    throw new SheetError("sheet/old-format", { seen: "xls" });
  }
  for (const [seen, magic] of foreign) {
    if (startsWith(head, ...magic)) throw new SheetError("sheet/not-a-spreadsheet", { seen });
  }
  const start = head
    .subarray(0, 2048)
    .toString("latin1")
    .replace(/^(\xef\xbb\xbf|\xff\xfe)/, "")
    .replaceAll("\0", "")
    .trimStart();
  if (/^<(!doctype html|html|head|body|table|meta)\b/i.test(start))
    throw new SheetError("sheet/not-a-spreadsheet", { seen: "html" });
  if (/^<\?xml/i.test(start)) {
    const seen = start.includes("office:spreadsheet") ? "spreadsheetml" : "xml";
    throw new SheetError(seen === "xml" ? "sheet/not-a-spreadsheet" : "sheet/old-format", { seen });
  }
  return "text";
};

const asSheetError = (cause: unknown, signal: AbortSignal | undefined): unknown => {
  if (cause instanceof SheetError) return cause;
  if (signal?.aborted) return new SheetError("sheet/aborted");
  const code = (cause as NodeJS.ErrnoException)?.code;
  if (code === "ENOENT" || code === "EACCES" || code === "EISDIR" || code === "EIO") {
    return new SheetError("sheet/unreadable", { reason: code });
  }
  return cause;
};

/** An error thrown by the caller's own `onRows`, kept apart from errors of reading. */
class FromCaller extends Error {
  constructor(cause: unknown) {
    super("onRows failed", { cause });
  }
}

/**
 * Reads an .xlsx, .csv or .tsv file (读取表格) in chunks with back-pressure and memory that does not grow with its
 * rows. Blank rows are not delivered; row numbers are those Excel shows. Formulas give their cached value and are
 * flagged; error values are flagged; hidden sheets are listed and read only on demand. Fails with a `SheetError`.
 */
export const readSheet = async (path: string, options: ReadOptions): Promise<SheetSummary> => {
  const limits: SheetLimits = { ...defaultLimits, ...options.limits };
  const summary: SheetSummary = {
    format: "xlsx",
    bytes: 0,
    encoding: "utf-8",
    date1904: false,
    rows: 0,
    sheets: [],
    warnings: [],
  };
  const deliver = async (rows: RawRow[]): Promise<void> => {
    if (options.signal?.aborted) throw new SheetError("sheet/aborted");
    summary.rows += rows.length;
    if (summary.rows > limits.rows) throw new SheetError("sheet/too-large", { reason: "rows", limit: limits.rows });
    if (rows.length === 0) return;
    try {
      await options.onRows(rows);
    } catch (cause) {
      throw new FromCaller(cause);
    }
  };
  try {
    if (options.signal?.aborted) throw new SheetError("sheet/aborted");
    summary.bytes = (await stat(path)).size;
    if (summary.bytes === 0) throw new SheetError("sheet/empty");
    if (summary.bytes > limits.fileBytes) {
      throw new SheetError("sheet/too-large", { reason: "file", bytes: summary.bytes, limit: limits.fileBytes });
    }
    const file = await open(path, "r");
    let head = Buffer.alloc(8192);
    try {
      head = head.subarray(0, (await file.read(head, 0, head.length, 0)).bytesRead);
    } finally {
      await file.close();
    }
    if ((await sniff(path, head)) === "zip") await readXlsx(path, summary, deliver, options, limits);
    else {
      const name = basename(path).replace(/\.(csv|tsv|txt)$/i, "");
      await readCsv(path, head, name, summary, deliver, options, limits);
    }
    return summary;
  } catch (cause) {
    if (cause instanceof FromCaller) throw cause.cause;
    throw asSheetError(cause, options.signal);
  }
};
