import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSheetInWorker } from "../kernel/sheet/read-in-worker.ts";
import { type ExportColumn, streamCsv, streamWorkbook } from "../kernel/sheet/write.ts";

/** One measured reading (读取测速). `peakMb` is the whole process with the reading thread, main heap included. */
export type SheetReadFigure = {
  format: "xlsx" | "csv";
  rows: number;
  columns: number;
  megabytes: number;
  writeSeconds: number;
  seconds: number;
  rowsPerSecond: number;
  baseMb: number;
  peakMb: number;
};

const columns: ExportColumn[] = Array.from({ length: 12 }, (_, i) => ({
  field: `c${i}`,
  header: `列${i}`,
  kind: (["text", "code", "date", "money", "integer", "enum"] as const)[i % 6]!,
}));

const kinds = ["正常", "注销", "撤销", "异常"];

function* rowsOf(count: number): Generator<Record<string, string | number | bigint>> {
  for (let n = 0; n < count; n++) {
    const row: Record<string, string | number | bigint> = {};
    for (const [i, { field, kind }] of columns.entries()) {
      if (kind === "text") row[field] = `测试社会组织第${n}号${i}`;
      else if (kind === "code") row[field] = `53${String(n * 7919 + i).padStart(16, "0")}`;
      else if (kind === "date") row[field] = `20${String(10 + (n % 15))}-0${1 + (n % 9)}-1${n % 10}`;
      else if (kind === "money") row[field] = BigInt(n) * 12_345n;
      else if (kind === "integer") row[field] = n;
      else row[field] = kinds[n % 4]!;
    }
    yield row;
  }
}

const rss = (): number => process.memoryUsage().rss / 1024 / 1024;

/** Writes a file of invented rows, reads it in the worker, and reports rate and peak memory. */
export const measureSheetRead = async (rows = 100_000, format: "xlsx" | "csv" = "xlsx"): Promise<SheetReadFigure> => {
  const path = join(tmpdir(), `sheet-read-${process.pid}.${format}`);
  const writing = performance.now();
  await (format === "xlsx" ? streamWorkbook : streamCsv)(columns, rowsOf(rows), createWriteStream(path));
  const writeSeconds = (performance.now() - writing) / 1000;
  try {
    return { writeSeconds, ...(await measureFile(path, format)) };
  } finally {
    await rm(path, { force: true });
  }
};

/** Reads one file in the worker and reports rate and peak memory. */
export const measureFile = async (
  path: string,
  format: "xlsx" | "csv",
): Promise<Omit<SheetReadFigure, "writeSeconds">> => {
  const baseMb = rss();
  let peakMb = baseMb;
  const timer = setInterval(() => {
    peakMb = Math.max(peakMb, rss());
  }, 20);
  const start = performance.now();
  let cells = 0;
  try {
    const summary = await readSheetInWorker(path, {
      onRows: (chunk) => {
        for (const row of chunk) cells += row.cells.length;
        peakMb = Math.max(peakMb, rss());
      },
    });
    const seconds = (performance.now() - start) / 1000;
    return {
      format,
      rows: summary.rows,
      columns: Math.round(cells / summary.rows),
      megabytes: summary.bytes / 1024 / 1024,
      seconds,
      rowsPerSecond: Math.round(summary.rows / seconds),
      baseMb: Math.round(baseMb),
      peakMb: Math.round(peakMb),
    };
  } finally {
    clearInterval(timer);
  }
};
