import { createWriteStream, openAsBlob } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { actorOfBatch } from "../kernel/sheet/import-run.ts";
import type { BatchRow } from "../kernel/sheet/sheet.store.ts";
import { type ExportColumn, streamWorkbook } from "../kernel/sheet/write.ts";
import { forgetPeak, memoryOf } from "./children.ts";
import words from "./data/names.json";
import { as, ask, type Desk, get, type Measure, ms, per } from "./desk.ts";
import { bigCounty, codeOf } from "./organisations.ts";
import { median } from "./random.ts";
import { measureFile } from "./sheet-read.ts";
import { jobDone } from "./writing.ts";

const columns: readonly ExportColumn[] = [
  { field: "name", header: "名称", kind: "text" },
  { field: "creditCode", header: "统一社会信用代码", kind: "code" },
  { field: "kind", header: "类别", kind: "text" },
  { field: "registeredOn", header: "成立登记日期", kind: "text" },
  { field: "fundsFen", header: "注册资金（元）", kind: "integer" },
  { field: "registrationAuthority", header: "登记管理机关", kind: "text" },
  { field: "supervisoryUnit", header: "业务主管单位", kind: "text" },
  { field: "domicile", header: "住所", kind: "text" },
  { field: "status", header: "状态", kind: "text" },
  { field: "legalRepresentative", header: "法定代表人", kind: "text" },
  { field: "scope", header: "业务范围", kind: "text" },
];

const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;

/** An existing register of a county as people send it: clean lines, and one in a hundred that cannot be recorded. */
function* lines(size: number, count: number): Generator<Record<string, string | number>> {
  for (let at = 0; at < count; at++) {
    const bad = at % 100 === 99;
    yield {
      name: bad
        ? `测试第${at}号有限公司`
        : `西溪${pick(words.prefixes, at)}${pick(words.subjects, at * 7)}第${at}${pick(words.groupForms, at)}`,
      creditCode: codeOf("social_group", bigCounty, size + 1_000_000 + at),
      kind: "社会团体",
      registeredOn: `20${10 + (at % 14)}-0${1 + (at % 9)}-1${at % 10}`,
      fundsFen: 30_000 + (at % 50) * 1_000,
      registrationAuthority: "西湖区民政局",
      supervisoryUnit: "西湖区文化和旅游局",
      domicile: `西湖区建设路${1 + (at % 300)}号`,
      status: "正常",
      legalRepresentative: pick(words.surnames, at) + pick(words.given, at * 3),
      scope: words.scope,
    };
  }
}

/** Rows of one chunk of a commit. */
export const CHUNK_ROWS = 500;

/**
 * Statements of one chunk of a commit, sent again and again over one connection without keeping anything: seconds the database
 * takes for it.
 */
export async function chunkFloor(desk: Desk, id: string): Promise<number | undefined> {
  if (!desk.recorded) return undefined;
  const [batch] = await desk.sql<BatchRow & Record<string, unknown>>("select * from sheet_batch where id = $1", [id]);
  if (!batch) throw new Error(`no batch ${id}`);
  const { open, recorder } = desk.recorded;
  const actor = actorOfBatch(batch);
  const seconds: number[] = [];
  for (let run = 0; run < 3; run++) {
    const steps = await recorder.during(() => open.call("sheet.commit-chunk", { id, after: -1 }, actor, {}), true);
    const client = new pg.Client({ connectionString: desk.databaseUrl });
    await client.connect();
    try {
      const began = performance.now();
      for (const step of steps)
        await client.query(
          (step.text === "commit" ? { text: "rollback" } : step) as { text: string; values: unknown[] },
        );
      seconds.push((performance.now() - began) / 1_000);
    } finally {
      await client.end();
    }
  }
  return median(seconds);
}

export const importSheet: Measure = async (desk) => {
  const count = Math.min(60_000, Math.max(20_000, Math.round(desk.size / 15)));
  const path = join(desk.directory, "register.xlsx");
  await streamWorkbook(columns, lines(desk.size, count), createWriteStream(path));
  const reading = await measureFile(path, "xlsx");
  forgetPeak(desk.server.pid);
  const form = new FormData();
  form.set("operation", "organisations.record-existing");
  form.set("file", await openAsBlob(path), "register.xlsx");
  const staged = await fetch(`http://127.0.0.1:${desk.server.port}/api/sheet/stage`, {
    method: "POST",
    headers: as("clerk"),
    body: form,
  });
  if (!staged.ok) throw new Error(`sheet.stage answered ${staged.status}: ${(await staged.text()).slice(0, 600)}`);
  const { id } = (await staged.json()) as { id: string };
  const readIn = await jobDone(desk, "sheet.read", { batch: id });
  const batch = await ask<{
    state: string;
    counts: Record<string, number>;
    questions: unknown[];
    errors: { message: string }[];
  }>(desk, get("sheet.get", { id, limit: 3 }, as("clerk")));
  if (batch.state !== "checked" || (batch.counts.new ?? 0) < count * 0.98)
    throw new Error(
      `the sheet is ${batch.state}: ${JSON.stringify({ counts: batch.counts, questions: batch.questions, errors: batch.errors })}`,
    );
  const dryPeak = memoryOf(desk.server.pid).peak;
  const chunk = await chunkFloor(desk, id);
  forgetPeak(desk.server.pid);
  await ask(desk, {
    method: "POST",
    path: "/api/sheet/commit",
    headers: as("clerk"),
    body: JSON.stringify({ id, acceptPartial: true }),
  });
  const writeIn = await jobDone(desk, "sheet.commit", { batch: id });
  const commitPeak = memoryOf(desk.server.pid).peak;
  const done = await ask<{ state: string; counts: Record<string, number> }>(
    desk,
    get("sheet.get", { id, limit: 1 }, as("clerk")),
  );
  if (done.state !== "committed") throw new Error(`the sheet is ${done.state} after its commit`);
  const written = done.counts.done ?? 0;
  const [dry, commit] = [count / readIn, written / writeIn];
  const peak = Math.max(dryPeak, commitPeak);
  desk.say(
    `import: dry run ${per(dry)}, commit ${per(commit)}, peak ${peak} MB; reading alone ${per(reading.rowsPerSecond)}`,
  );
  return [
    {
      figure: `Excel import of ${count.toLocaleString("en")} rows, dry run`,
      value: `${Math.round(dry).toLocaleString("en")} rows/s`,
      goal: ">= 15,000 rows/s",
      floor: `${reading.rowsPerSecond.toLocaleString("en")} rows/s`,
      ratio: dry / reading.rowsPerSecond,
      reached: dry >= 15_000,
      note: `11 columns, every rule of the command, one row in a hundred bad (${batch.counts.bad} found); the floor only reads the file`,
    },
    {
      figure: "Excel import, commit",
      value: `${Math.round(commit).toLocaleString("en")} rows/s`,
      goal: ">= 8,000 rows/s",
      ...(chunk
        ? {
            floor: `${Math.round(CHUNK_ROWS / chunk).toLocaleString("en")} rows/s`,
            ratio: commit / (CHUNK_ROWS / chunk),
          }
        : {}),
      reached: commit >= 8_000,
      note: `register row, unique keys, version, public page, counters, journal; the floor sends the statements of one chunk${chunk ? ` (${ms(chunk * 1_000)} ms)` : ""}`,
    },
    {
      figure: "Excel import, memory of the server at its peak",
      value: `${peak} MB`,
      goal: "<= 400 MB",
      reached: peak <= 400,
      note: `dry run ${dryPeak} MB, commit ${commitPeak} MB`,
    },
  ];
};
