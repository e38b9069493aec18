import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../apps/open.ts";
import { exportJournal } from "../kernel/journal/export.ts";
import { sealJournal } from "../kernel/journal/seal.ts";
import { verifyJournal } from "../kernel/journal/verify.ts";
import { memoryOf, startServer } from "./children.ts";
import { type Desk, type Measure, per } from "./desk.ts";

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Entries as commands write them, for many registers, made as one statement. */
async function writeEntries(desk: Desk, count: number): Promise<void> {
  await desk.sql(
    `insert into journal_entry (home_code, id, division_code, at, actor_id, actor_label, operation, event, subject_kind, subject_id, refused, payload, request_id, commitment)
     select home, ('01930000-' || lpad(to_hex(n / 65536), 4, '0') || '-7' || lpad(to_hex(n % 4096), 3, '0') || '-8000-' || lpad(to_hex(n), 12, '0'))::uuid, home,
       timestamptz '2026-01-01' + n * interval '1 second', '01910000-0000-7000-8000-000000000002', 'registrar@' || home, 'annual-inspection.submit-report',
       'inspection-report-filed', 'inspection-report', ('01940000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, false,
       jsonb_build_object('year', 2025, 'late', false, 'input', jsonb_build_object('year', 2025, 'figures', jsonb_build_object('incomeTotalFen', n, 'activityCount', 12))),
       'bench-' || n, md5(n::text) || md5((n + 1)::text)
     from generate_series(1, $1::integer) as n, lateral (select (330101 + n % 40)::text as home) as one`,
    [count],
  );
  await desk.sql("analyze journal_entry");
}

/** Sealing and verifying a million entries (日志核验); the server is not running meanwhile, as `verify-journal` asks. */
export const journal: Measure = async (desk) => {
  if (!desk.recorded) return [];
  const { open } = desk.recorded;
  const count = desk.size >= 900_000 ? 1_000_000 : 40_000;
  await desk.server.stop();
  const [before] = await desk.sql<{ n: number }>("select count(*)::integer as n from journal_entry");
  await sealJournal(open.database, open.house.keys, () => new Date());
  await writeEntries(desk, count);
  const sealing = performance.now();
  const sealed = await sealJournal(open.database, open.house.keys, () => new Date());
  const sealSeconds = (performance.now() - sealing) / 1_000;
  const began = performance.now();
  const verdict = await verifyJournal(exportJournal(open.database, open.house.keys), {
    pin: open.house.keys.journalKey().keyId,
  });
  const seconds = (performance.now() - began) / 1_000;
  if (!verdict.ok) throw new Error(`the journal is broken: ${JSON.stringify(verdict)}`);
  if (verdict.entries < count) throw new Error(`only ${verdict.entries} entries were verified`);
  const peak = memoryOf(process.pid).peak;
  const goal = Math.max(3, (60 * verdict.entries) / 1_000_000);
  return [
    {
      figure: `verifying ${verdict.entries.toLocaleString("en")} journal entries`,
      value: `${seconds.toFixed(1)} s`,
      goal: `<= ${Math.round(goal)} s`,
      reached: seconds <= goal,
      note: `export from the database and verification in one process, ${per(verdict.entries / seconds)}; ${before?.n ?? 0} entries were there from the measures before; peak ${peak} MB`,
    },
    {
      figure: `sealing ${sealed.toLocaleString("en")} journal entries`,
      value: `${sealSeconds.toFixed(1)} s`,
      goal: "",
      note: `${per(sealed / sealSeconds)} in blocks of at most 2,000`,
    },
  ];
};

/** Memory of a server that nobody asks anything, and how long it takes to start. */
export async function idle(directory: string, databaseUrl: string | undefined, where: string) {
  const server = await startServer(directory, databaseUrl);
  try {
    await fetch(`http://127.0.0.1:${server.port}/api/health`);
    await sleep(8_000);
    const { now } = memoryOf(server.pid);
    return [
      { figure: `memory of the idle server, ${where}`, value: `${now} MB`, goal: "<= 150 MB", reached: now <= 150 },
      {
        figure: `start of the server, ${where}`,
        value: `${(server.startedInMs / 1_000).toFixed(1)} s`,
        goal: "",
        note: "from the process to its first line",
      },
    ];
  } finally {
    await server.stop();
  }
}

function sizeOf(folder: string): { bytes: number; files: number } {
  let bytes = 0;
  let files = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink()) continue;
    if (entry.isDirectory()) {
      const inner = sizeOf(path);
      bytes += inner.bytes;
      files += inner.files;
    } else {
      bytes += statSync(path).size;
      files += 1;
    }
  }
  return { bytes, files };
}

/** What a production install takes on disk (安装体积): packages, fonts among them, as `npm ci --omit=dev` brings them. */
export const install: Measure = async (desk) => {
  const root = projectRoot();
  const folder = join(desk.directory, "install");
  mkdirSync(folder);
  for (const file of ["package.json", "package-lock.json", "tools"])
    cpSync(join(root, file), join(folder, file), { recursive: true });
  const run = promisify(execFile);
  let how = "npm ci --omit=dev";
  const flags = ["--omit=dev", "--no-audit", "--no-fund", "--prefer-offline"];
  try {
    await run("npm", ["ci", ...flags], { cwd: folder, maxBuffer: 1 << 26 });
  } catch {
    how = "npm install --omit=dev: npm ci refused the lock file in this environment";
    await run("npm", ["install", ...flags], { cwd: folder, maxBuffer: 1 << 26 });
  }
  const { bytes, files } = sizeOf(join(folder, "node_modules"));
  rmSync(folder, { recursive: true, force: true });
  const megabytes = bytes / 1_000_000;
  return [
    {
      figure: "production install, fonts included",
      value: `${Math.round(megabytes)} MB`,
      goal: "<= 200 MB",
      reached: megabytes <= 200,
      note: `${files.toLocaleString("en")} files; ${how}`,
    },
  ];
};
