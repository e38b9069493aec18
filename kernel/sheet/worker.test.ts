import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readAll, temporaryFolder } from "./fixtures.ts";
import { readSheetInWorker } from "./read-in-worker.ts";
import type { RawRow } from "./types.ts";
import { type ExportColumn, streamWorkbook } from "./write.ts";

const columns: ExportColumn[] = [
  { field: "name", header: "名称", kind: "text" },
  { field: "on", header: "日期", kind: "date" },
];

let path = "";
beforeAll(async () => {
  path = join(await temporaryFolder(), "rows.xlsx");
  const rows = function* (): Generator<{ name: string; on: string }> {
    for (let i = 0; i < 20_000; i++) yield { name: `第${i}家𬭎`, on: "2024-02-29" };
  };
  await streamWorkbook(columns, rows(), createWriteStream(path));
});

describe("reading in a worker", () => {
  it("gives the same rows and summary as reading here, in order, with the consumer in charge of the pace", async () => {
    const rows: RawRow[] = [];
    let open = 0;
    const summary = await readSheetInWorker(path, {
      onRows: async (chunk) => {
        expect(++open).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 1));
        rows.push(...chunk);
        open--;
      },
    });
    const here = await readAll(path);
    expect(rows).toEqual(here.rows);
    expect(summary).toEqual(here.summary);
    expect(rows).toHaveLength(20_001);
  }, 30_000);

  it("does not read ahead of a slow consumer by more than its credit", async () => {
    const times: number[] = [];
    const stop = new AbortController();
    const reading = readSheetInWorker(path, {
      signal: stop.signal,
      onRows: async () => {
        times.push(Date.now());
        if (times.length === 2) stop.abort();
        await new Promise((resolve) => setTimeout(resolve, 100));
      },
    });
    await expect(reading).rejects.toMatchObject({ code: "sheet/aborted" });
    expect(times.length).toBeLessThanOrEqual(3);
  }, 30_000);

  it("passes refusals on with code and facts", async () => {
    await expect(readSheetInWorker(`${path}.gone`, { onRows: () => undefined })).rejects.toMatchObject({
      code: "sheet/unreadable",
    });
    await expect(readSheetInWorker(path, { onRows: () => undefined, sheets: ["无"] })).rejects.toMatchObject({
      code: "sheet/no-such-sheet",
      facts: { sheet: "无" },
    });
  }, 30_000);

  it("gives the consumer's own error back and ends the thread", async () => {
    const own = new RangeError("mine");
    await expect(
      readSheetInWorker(path, {
        onRows: () => {
          throw own;
        },
      }),
    ).rejects.toBe(own);
  }, 30_000);

  it("ends with a clear error when the thread's memory is used up; the process lives on", async () => {
    const big = join(await temporaryFolder(), "wide.xlsx");
    // One row of 16,000 long cells is more than a heap of 8 MB can hold.
    const wide = Array.from(
      { length: 16_000 },
      (_, i): ExportColumn => ({ field: `f${i % 3}`, header: "列", kind: "text" }),
    );
    await streamWorkbook(
      wide,
      [{ f0: "长".repeat(400), f1: "x".repeat(400), f2: "字".repeat(400) }],
      createWriteStream(big),
    );
    await expect(readSheetInWorker(big, { onRows: () => undefined, heapMb: 8 })).rejects.toMatchObject({
      code: "sheet/out-of-memory",
    });
  }, 30_000);
});
