import { createWriteStream, openAsBlob } from "node:fs";
import { join } from "node:path";
import { citizenIdCheckDigit } from "../kernel/identity/citizen-id.ts";
import { type ExportColumn, streamWorkbook } from "../kernel/sheet/write.ts";
import { by } from "./care.ts";
import { careCounty } from "./care-fixture.ts";
import { forgetPeak, memoryOf } from "./children.ts";
import { ask, type Measure } from "./desk.ts";
import { CHUNK_ROWS, chunkFloor } from "./importing.ts";
import { measureFile } from "./sheet-read.ts";
import { jobDone } from "./writing.ts";

const columns: readonly ExportColumn[] = [
  { field: "name", header: "姓名", kind: "text" },
  { field: "idNumber", header: "身份证号", kind: "code" },
  { field: "division", header: "村（社区）代码", kind: "code" },
  { field: "address", header: "住址", kind: "text" },
  { field: "phone", header: "联系电话", kind: "code" },
  { field: "living", header: "居住方式", kind: "text" },
  { field: "categories", header: "人员类别", kind: "text" },
  { field: "contact", header: "紧急联系人", kind: "text" },
  { field: "contactPhone", header: "紧急联系人电话", kind: "code" },
];

const DAYS = 30 * 12 * 28;
const two = (part: number) => String(part).padStart(2, "0");

function* censusLines(count: number, villages: readonly string[]): Generator<Record<string, string>> {
  const surnames = "赵钱孙李周吴郑王冯陈";
  const given = "桂秀建国玉兰志强淑珍文华庆凤英德";
  for (let at = 0; at < count; at++) {
    // Thirty years of births, spread as births are: three or four a day, no number twice.
    const day = (at * 7_919) % DAYS;
    const birth = `${1930 + Math.floor(day / 336)}${two(1 + (Math.floor(day / 28) % 12))}${two(1 + (day % 28))}`;
    const stem = `330106${birth}${String(Math.floor(at / DAYS)).padStart(3, "0")}`;
    const number = stem + citizenIdCheckDigit(stem);
    const wrong = `${stem}${citizenIdCheckDigit(stem) === "1" ? "2" : "1"}`;
    yield {
      name: `${surnames[at % 10]}${given[((at / 10) % 16) | 0]}${given[((at / 160) % 16) | 0]}${at >= 2560 ? given[((at / 2560) % 16) | 0] : ""}`,
      idNumber: at % 100 === 99 ? wrong : number,
      division: villages[at % villages.length] as string,
      address: `${at % 300}号`,
      phone: `139${String(10_000_000 + at)}`,
      living: "独居",
      categories: "独居、高龄",
      contact: `${surnames[(at + 3) % 10]}平`,
      contactPhone: `138${String(10_000_000 + at)}`,
    };
  }
}

/** W5: a census sheet of one county, one row in a hundred with a wrong check digit. */
export const importCensus: Measure = async (desk) => {
  const count = 30_000;
  const villages = await desk.sql<{ code: string }>("select code from bench_village where home = $1", [careCounty]);
  const path = join(desk.directory, "census.xlsx");
  await streamWorkbook(
    columns,
    censusLines(
      count,
      villages.map(({ code }) => code),
    ),
    createWriteStream(path),
  );
  const reading = await measureFile(path, "xlsx");
  forgetPeak(desk.server.pid);
  const form = new FormData();
  form.set("operation", "people.record-census");
  form.set("file", await openAsBlob(path), "census.xlsx");
  const staged = await fetch(`http://127.0.0.1:${desk.server.port}/api/sheet/stage`, {
    method: "POST",
    headers: by("care-county"),
    body: form,
  });
  if (!staged.ok) throw new Error(`sheet.stage answered ${staged.status}: ${(await staged.text()).slice(0, 600)}`);
  const { id } = (await staged.json()) as { id: string };
  const readIn = await jobDone(desk, "sheet.read", { batch: id });
  interface Batch {
    readonly state: string;
    readonly counts: Record<string, number>;
    readonly errors: { message: string }[];
  }
  const look = () =>
    ask<Batch>(desk, { method: "GET", path: `/api/sheet/get?id=${id}&limit=3`, headers: by("care-county") });
  const batch = await look();
  if (batch.state !== "checked" || (batch.counts.new ?? 0) < count * 0.9)
    throw new Error(`the sheet is ${batch.state}: ${JSON.stringify(batch).slice(0, 900)}`);
  const dryPeak = memoryOf(desk.server.pid).peak;
  const chunk = await chunkFloor(desk, id);
  forgetPeak(desk.server.pid);
  await ask(desk, {
    method: "POST",
    path: "/api/sheet/commit",
    headers: by("care-county"),
    body: JSON.stringify({ id, acceptPartial: true }),
  });
  const writeIn = await jobDone(desk, "sheet.commit", { batch: id });
  const written = (await look()).counts.done ?? 0;
  const [dry, wrote] = [count / readIn, written / writeIn];
  const commitPeak = memoryOf(desk.server.pid).peak;
  const peak = Math.max(dryPeak, commitPeak);
  return [
    {
      figure: `W5 census of ${count.toLocaleString("en")} rows, dry run`,
      value: `${Math.round(dry).toLocaleString("en")} rows/s`,
      goal: ">= 15,000 rows/s",
      floor: `${reading.rowsPerSecond.toLocaleString("en")} rows/s`,
      ratio: dry / reading.rowsPerSecond,
      reached: dry >= 15_000,
      note: `numbers digested and compared, doubles looked for; ${batch.counts.bad} bad rows found; the floor only reads the file`,
    },
    {
      figure: "W5 census, commit",
      value: `${Math.round(wrote).toLocaleString("en")} rows/s`,
      goal: ">= 8,000 rows/s",
      ...(chunk
        ? {
            floor: `${Math.round(CHUNK_ROWS / chunk).toLocaleString("en")} rows/s`,
            ratio: wrote / (CHUNK_ROWS / chunk),
          }
        : {}),
      reached: wrote >= 8_000,
      note: `person, sealed number and phones, contacts, classes, search, version, counters; the floor sends the statements of one chunk over one connection`,
    },
    {
      figure: "W5 census, memory of the server at its peak",
      value: `${peak} MB`,
      goal: "<= 400 MB",
      reached: peak <= 400,
      note: `dry run ${dryPeak} MB, commit ${commitPeak} MB`,
    },
  ];
};
