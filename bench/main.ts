import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { openConfigured, projectRoot } from "../apps/open.ts";
import { connectPostgres } from "../kernel/database/connect.ts";
import { makeServer } from "../kernel/http/server.ts";
import { startFloor, startLoad, startServer } from "./children.ts";
import type { Desk, Measure } from "./desk.ts";
import { buildFixture } from "./fixture.ts";
import { asOwner, inDatabase, startPostgres } from "./postgres.ts";
import { organisationPage, portalSearch, registerList, statistics } from "./reading.ts";
import { listen } from "./record.ts";
import { type Figure, printed } from "./table.ts";

/** The measures in their order: later ones write, and need what earlier ones left. */
const measures: Readonly<Record<string, Measure>> = {
  search: portalSearch,
  list: registerList,
  page: organisationPage,
  statistics,
};

interface Options {
  readonly size: number;
  readonly runs: number;
  readonly seconds: number;
  readonly only: ReadonlySet<string> | undefined;
  readonly json: string | undefined;
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
    only: only ? new Set(only.split(",")) : undefined,
    json: value("--json"),
    keep: argv.includes("--keep"),
    profile: value("--profile"),
  };
}

const say = (line: string) => process.stderr.write(`${line}\n`);

/** A database with the register in it, copied from one built once for this size and these sources. */
async function freshRegister(
  url: string,
  size: number,
  keep: boolean,
): Promise<{ name: string; drop: () => Promise<void> }> {
  const template = `shanzhi_bench_${size}_${process.env.BENCH_FIXTURE ?? "dev"}`;
  const name = keep ? `shanzhi_bench_${size}_kept` : `shanzhi_bench_${size}_run_${process.pid}`;
  await asOwner(url, async (client) => {
    const known = await client.query("select 1 from pg_database where datname = $1 and datistemplate", [template]);
    if (known.rowCount === 0) {
      say(`building a register of ${size.toLocaleString("en")} organisations …`);
      const began = performance.now();
      const old = await client.query<{ datname: string }>(
        "select datname from pg_database where datname like $1 and datistemplate",
        [`shanzhi_bench_${size}_%`],
      );
      for (const { datname } of old.rows) {
        await client.query(`alter database ${datname} is_template false`);
        await client.query(`drop database ${datname}`);
      }
      await client.query(`drop database if exists ${template} with (force)`);
      await client.query(`create database ${template} encoding 'UTF8' template template0`);
      await buildFixture(connectPostgres(inDatabase(url, template)), inDatabase(url, template), projectRoot(), size);
      await client.query(`alter database ${template} is_template true`);
      say(`built in ${Math.round((performance.now() - began) / 1_000)} s, kept for the next time`);
    }
    const there = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (keep && there.rowCount === 1) return;
    const began = performance.now();
    await client.query(`create database ${name} template ${template} strategy file_copy`);
    say(`copied in ${Math.round((performance.now() - began) / 1_000)} s`);
  });
  return {
    name,
    async drop() {
      if (!keep)
        await asOwner(url, async (client) => void (await client.query(`drop database if exists ${name} with (force)`)));
    },
  };
}

async function onPostgres(options: Options): Promise<Figure[]> {
  const postgres = await startPostgres();
  const directory = mkdtempSync(join(tmpdir(), "shanzhi-bench-"));
  const closing: (() => Promise<unknown>)[] = [() => postgres.stop()];
  try {
    const register = await freshRegister(postgres.url, options.size, options.keep);
    closing.push(register.drop);
    const databaseUrl = inDatabase(postgres.url, register.name);
    const open = await openConfigured({
      port: 0,
      host: "127.0.0.1",
      directory,
      root: "0",
      demo: false,
      baseUrl: "http://127.0.0.1",
      secureCookies: false,
      databaseUrl,
    });
    closing.push(() => open.close());
    const app = await makeServer(open, { secureCookies: false });
    const recorder = listen();
    const server = await startServer(
      directory,
      databaseUrl,
      options.profile ? ["--cpu-prof", `--cpu-prof-dir=${options.profile}`] : [],
    );
    closing.push(() => server.stop());
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
      open,
      app,
      recorder,
      server,
      floor,
      load,
      sql: (text, values) => asOwner(databaseUrl, async (client) => (await client.query(text, values)).rows as never),
      say,
    };
    const figures: Figure[] = [];
    for (const [name, measure] of Object.entries(measures)) {
      if (options.only && !options.only.has(name)) continue;
      say(`— ${name}`);
      figures.push(...(await measure(desk)));
    }
    return figures;
  } finally {
    for (const close of closing.reverse()) await close().catch((error: unknown) => say(String(error)));
    rmSync(directory, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const options = read(process.argv.slice(2));
  const began = performance.now();
  const figures = await onPostgres(options);
  const title = `善治 Shanzhi measures: ${options.size.toLocaleString("en")} organisations, PostgreSQL, ${cpus().length} cores, medians of ${options.runs} runs of ${options.seconds} s, ${new Date().toISOString().slice(0, 10)}`;
  process.stdout.write(`\n${printed(title, figures)}\ntook ${Math.round((performance.now() - began) / 1_000)} s\n`);
  if (options.json)
    writeFileSync(options.json, JSON.stringify({ options: { ...options, only: undefined }, figures }, null, 2));
  process.exitCode = figures.some((one) => one.reached === false) ? 1 : 0;
}

await main();
