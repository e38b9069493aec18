import { cpSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { openConfigured, projectRoot } from "../apps/open.ts";
import { connectEmbedded, connectPostgres } from "../kernel/database/connect.ts";
import { openDatabase } from "../kernel/database/database.ts";
import { makeServer } from "../kernel/http/server.ts";
import { careDashboard, careList, openPeriod, personPage, recordVisits } from "./care.ts";
import { buildCare, type CareSize } from "./care-fixture.ts";
import { importCensus } from "./care-import.ts";
import { startFloor, startLoad, startServer } from "./children.ts";
import type { Desk, Measure } from "./desk.ts";
import { buildFixture } from "./fixture.ts";
import { idle, install, journal } from "./house.ts";
import { importSheet } from "./importing.ts";
import { ledgerHot, ledgerPost, ledgerRead, ledgerReconcile } from "./ledger.ts";
import { buildLedger, type LedgerSize } from "./ledger-fixture.ts";
import { ledgerImport } from "./ledger-import.ts";
import { ledgerPlan } from "./ledger-plan.ts";
import { admitRepresentatives } from "./people.ts";
import { asOwner, inDatabase, startPostgres } from "./postgres.ts";
import { organisationPage, portalSearch, registerList, statistics } from "./reading.ts";
import { listen } from "./record.ts";
import { type Figure, printed } from "./table.ts";
import { openYear, submitReport } from "./writing.ts";

/** The measures in their order: later ones write, and need what earlier ones left; `journal` stops the server. */
const measures: Readonly<Record<string, Measure>> = {
  search: portalSearch,
  list: registerList,
  page: organisationPage,
  statistics,
  year: openYear,
  submit: submitReport,
  import: importSheet,
  journal,
};
/** The measures of visiting care, over a database of their own; `dashboard` is asked at several sizes. */
const careMeasures: Readonly<Record<string, Measure>> = {
  "care-page": personPage,
  "care-list": careList,
  "care-dashboard": careDashboard,
  "care-visit": recordVisits,
  "care-period": openPeriod,
  "care-import": importCensus,
};
const CARE: CareSize = { people: 200_000, villages: 17_000 };

/** The measures of the ledger, over a database of their own. */
const ledgerMeasures: Readonly<Record<string, Measure>> = {
  "ledger-read": ledgerRead,
  "ledger-post": ledgerPost,
  "ledger-hot": ledgerHot,
  "ledger-import": ledgerImport,
  "ledger-plan": ledgerPlan,
  "ledger-reconcile": ledgerReconcile,
};
const LEDGER: LedgerSize = { postings: 10_000_000, streams: 18_000 };

/** Those that the embedded database is asked for too, with figures of its own. */
const onEmbedded = ["search", "list", "page", "statistics"];
const EMBEDDED_SIZE = 9_000;

interface Options {
  readonly size: number;
  readonly runs: number;
  readonly seconds: number;
  readonly quick: boolean;
  readonly only: ReadonlySet<string> | undefined;
  readonly json: string | undefined;
  /** Keeps the copied register for the next run: for work on single measures only. */
  readonly keep: boolean;
  /** Folder for a CPU profile of the server. */
  readonly profile: string | undefined;
}

function read(argv: readonly string[]): Options {
  const value = (name: string) => (argv.includes(name) ? argv[argv.indexOf(name) + 1] : undefined);
  const quick = argv.includes("--quick");
  const only = value("--only");
  return {
    size: Number(value("--size") ?? (quick ? 9_000 : 900_000)),
    runs: Number(value("--runs") ?? 3),
    seconds: Number(value("--seconds") ?? (quick ? 2 : 5)),
    quick,
    only: only ? new Set(only.split(",")) : undefined,
    json: value("--json"),
    keep: argv.includes("--keep"),
    profile: value("--profile"),
  };
}

const say = (line: string) => process.stderr.write(`${line}\n`);
const registerSources = process.env.BENCH_FIXTURE ?? "dev";
const careSources = process.env.BENCH_CARE ?? "dev";
const ledgerSources = process.env.BENCH_LEDGER ?? "dev";
const wanted = (options: Options, name: string) => !options.only || options.only.has(name);

/**
 * A database copied from one that is built once for its sources and kept. `family` names it without the sources. With `inPlace`
 * the kept one itself is used: what is large and only ever added to.
 */
async function freshCopy(
  url: string,
  family: string,
  sources: string,
  keep: boolean,
  build: (address: string) => Promise<void>,
  inPlace = false,
): Promise<{ name: string; drop: () => Promise<void> }> {
  const template = `${family}_${sources}`;
  const name = keep ? `${family}_kept` : `${family}_run_${process.pid}`;
  await asOwner(url, async (client) => {
    const known = await client.query("select 1 from pg_database where datname = $1 and datistemplate", [template]);
    if (known.rowCount === 0) {
      say(`building ${family} …`);
      const began = performance.now();
      const old = await client.query<{ datname: string }>(
        "select datname from pg_database where datname like $1 and datistemplate",
        [`${family}_%`],
      );
      for (const { datname } of old.rows) {
        await client.query(`alter database ${datname} is_template false`);
        await client.query(`drop database ${datname}`);
      }
      await client.query(`drop database if exists ${template} with (force)`);
      await client.query(`create database ${template} encoding 'UTF8' template template0`);
      await build(inDatabase(url, template));
      await client.query(`alter database ${template} is_template true`);
      say(`built in ${Math.round((performance.now() - began) / 1_000)} s, kept for the next time`);
    }
    if (inPlace) return;
    const there = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (keep && there.rowCount === 1) return;
    const began = performance.now();
    await client.query(`create database ${name} template ${template} strategy file_copy`);
    say(`copied in ${Math.round((performance.now() - began) / 1_000)} s`);
  });
  return {
    name: inPlace ? template : name,
    async drop() {
      if (!keep && !inPlace)
        await asOwner(url, async (client) => void (await client.query(`drop database if exists ${name} with (force)`)));
    },
  };
}

/** The register of organisations of a size, with the people who ask. */
async function freshRegister(url: string, size: number, keep: boolean) {
  const copy = await freshCopy(url, `shanzhi_bench_${size}`, registerSources, keep, (address) =>
    buildFixture(connectPostgres(address), address, projectRoot(), size),
  );
  await asOwner(inDatabase(url, copy.name), (client) => admitRepresentatives(client, size));
  return copy;
}

/** Runs measures one after the other; one that fails is told and does not keep the others from running. */
async function runAll(desk: Desk, all: Readonly<Record<string, Measure>>, names: readonly string[]): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const name of names) {
    say(`— ${name}`);
    try {
      figures.push(...(await (all[name] as Measure)(desk)));
    } catch (error) {
      say(`${name} failed: ${error instanceof Error ? error.stack : String(error)}`);
      figures.push({ figure: name, value: "failed", goal: "", reached: false, note: String(error).slice(0, 600) });
    }
  }
  return figures;
}

type Closing = (() => Promise<unknown>)[];

async function withClosing<T>(work: (closing: Closing, directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), "shanzhi-bench-"));
  const closing: Closing = [];
  try {
    return await work(closing, directory);
  } finally {
    for (const close of closing.reverse()) await close().catch((error: unknown) => say(String(error)));
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Waits until the jobs that every start brings are done: they are no part of what is measured. */
async function quiet(databaseUrl: string): Promise<void> {
  for (let waited = 0; waited < 600; waited++) {
    const due = await asOwner(databaseUrl, (client) =>
      client.query("select 1 from job where finished_at is null and run_at <= now() limit 1"),
    );
    if (due.rowCount === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error("the jobs of the start were not done after five minutes");
}

/** Runs measures on PostgreSQL, over a database that `fresh` makes. */
async function onPostgres(
  options: Options,
  all: Readonly<Record<string, Measure>>,
  fresh: (url: string) => Promise<{ name: string; drop: () => Promise<void> }>,
  after: (desk: Desk, directory: string, databaseUrl: string) => Promise<Figure[]> = async () => [],
): Promise<Figure[]> {
  return withClosing(async (closing, directory) => {
    const postgres = await startPostgres();
    closing.push(() => postgres.stop());
    const copy = await fresh(postgres.url);
    closing.push(copy.drop);
    const databaseUrl = inDatabase(postgres.url, copy.name);
    const open = await openConfigured({
      port: 0,
      host: "127.0.0.1",
      directory,
      root: "0",
      demo: false,
      baseUrl: "http://127.0.0.1",
      secureCookies: false,
      databaseUrl,
      statementSeconds: 60,
    });
    closing.push(() => open.close());
    const recorder = listen();
    const app = await makeServer(open, { secureCookies: false });
    const flags = options.profile ? ["--cpu-prof", `--cpu-prof-dir=${options.profile}`] : [];
    const server = await startServer(directory, databaseUrl, flags);
    closing.push(() => server.stop());
    await quiet(databaseUrl);
    const floor = await startFloor(connectPostgres(databaseUrl).app.connectionString as string);
    closing.push(() => floor.stop());
    const load = startLoad();
    closing.push(() => load.stop());
    const desk: Desk = {
      size: options.size,
      runs: options.runs,
      seconds: options.seconds,
      clients: 16,
      directory,
      databaseUrl,
      recorded: { open, app, recorder, floor },
      server,
      load,
      sql: (text, values) => asOwner(databaseUrl, async (client) => (await client.query(text, values)).rows as never),
      say,
    };
    const figures = await runAll(
      desk,
      all,
      Object.keys(all).filter((name) => wanted(options, name)),
    );
    return [...figures, ...(await after(desk, directory, databaseUrl))];
  });
}

async function atRest(options: Options, desk: Desk, directory: string, databaseUrl: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  if (wanted(options, "idle")) {
    await desk.server.stop();
    figures.push(...(await idle(directory, databaseUrl, "PostgreSQL")));
  }
  if (wanted(options, "install")) figures.push(...(await install(desk)));
  return figures;
}

/** A data directory of the embedded database with the register in it, built once for these sources. */
async function embeddedRegister(): Promise<string> {
  const kept = join(tmpdir(), `shanzhi-bench-embedded-${registerSources}`);
  if (!existsSync(kept)) {
    const building = mkdtempSync(join(tmpdir(), "shanzhi-bench-build-"));
    const began = performance.now();
    say("building the embedded register …");
    await buildFixture(await connectEmbedded(building), undefined, projectRoot(), EMBEDDED_SIZE);
    const database = openDatabase(await connectEmbedded(building));
    await database.owner((client) => admitRepresentatives(client, EMBEDDED_SIZE));
    await database.close();
    rmSync(join(building, "run"), { recursive: true, force: true });
    renameSync(building, kept);
    say(`built in ${Math.round((performance.now() - began) / 1_000)} s, kept for the next time`);
  }
  return kept;
}

async function embedded(options: Options): Promise<Figure[]> {
  return withClosing(async (closing, directory) => {
    cpSync(await embeddedRegister(), directory, { recursive: true });
    const server = await startServer(directory);
    closing.push(() => server.stop());
    const load = startLoad();
    closing.push(() => load.stop());
    const desk: Desk = {
      size: EMBEDDED_SIZE,
      runs: options.runs,
      seconds: options.seconds,
      clients: 16,
      directory,
      databaseUrl: undefined,
      server,
      load,
      sql: () => Promise.reject(new Error("the embedded database belongs to its server")),
      say,
    };
    const figures = await runAll(
      desk,
      measures,
      onEmbedded.filter((name) => wanted(options, name)),
    );
    await server.stop();
    return [...figures, ...(await idle(directory, undefined, "embedded database"))];
  });
}

async function main(): Promise<void> {
  const options = read(process.argv.slice(2));
  const began = performance.now();
  const about = `${cpus().length} cores, medians of ${options.runs} runs of ${options.seconds} s, ${new Date().toISOString().slice(0, 10)}`;
  const tables: string[] = [];
  const all: Figure[] = [];
  const ofRegister = [...Object.keys(measures), "idle", "install"];
  if (ofRegister.some((name) => wanted(options, name))) {
    const figures = await onPostgres(
      options,
      measures,
      (url) => freshRegister(url, options.size, options.keep),
      (desk, directory, url) => atRest(options, desk, directory, url),
    );
    all.push(...figures);
    tables.push(
      printed(`善治 Shanzhi: ${options.size.toLocaleString("en")} organisations, PostgreSQL, ${about}`, figures),
    );
  }
  if (Object.keys(careMeasures).some((name) => wanted(options, name))) {
    const care = options.quick ? { people: 20_000, villages: 1_700 } : CARE;
    const figures = await onPostgres(options, careMeasures, (url) =>
      freshCopy(url, `shanzhi_care_${care.people}`, careSources, options.keep, (address) => buildCare(address, care)),
    );
    all.push(...figures);
    const title = `善治 Shanzhi: ${care.people.toLocaleString("en")} people in care, ${(care.people * 10).toLocaleString("en")} visits, PostgreSQL, ${about}`;
    tables.push(printed(title, figures));
  }
  if (Object.keys(ledgerMeasures).some((name) => wanted(options, name))) {
    const ledger = options.quick ? { postings: 500_000, streams: 900 } : LEDGER;
    const figures = await onPostgres({ ...options, size: ledger.postings }, ledgerMeasures, (url) =>
      freshCopy(
        url,
        `shanzhi_ledger_${ledger.postings}`,
        ledgerSources,
        options.keep,
        (address) => buildLedger(address, ledger),
        true,
      ),
    );
    all.push(...figures);
    const title = `善治 Shanzhi: a ledger of ${ledger.postings.toLocaleString("en")} postings, PostgreSQL, ${about}`;
    tables.push(printed(title, figures));
  }
  if (wanted(options, "embedded")) {
    const figures = await embedded({ ...options, only: undefined });
    all.push(...figures);
    tables.push(
      printed(
        `善治 Shanzhi: ${EMBEDDED_SIZE.toLocaleString("en")} organisations, embedded database, ${about}`,
        figures,
      ),
    );
  }
  process.stdout.write(`\n${tables.join("\n")}\ntook ${Math.round((performance.now() - began) / 1_000)} s\n`);
  if (options.json) writeFileSync(options.json, JSON.stringify({ about, size: options.size, figures: all }, null, 2));
  process.exitCode = all.some((one) => one.reached === false) ? 1 : 0;
}

await main();
