import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { kernelTables } from "../access/kernel-tables.ts";
import { publicActor, systemActor } from "../auth/sessions.ts";
import { connectEmbedded, connectPostgres, loginPasswords } from "../database/connect.ts";
import { openDatabase } from "../database/database.ts";
import { migrate, readMigrations } from "../database/migrate.ts";
import { homeOf, rangeOf } from "../divisions/code.ts";
import { loadDivisions, loadHolidays } from "../divisions/load.ts";
import { type OpenHouse, openHouse } from "../house/house.ts";
import { kernelModule } from "../house/kernel-module.ts";
import type { JobKind } from "../jobs/jobs.ts";
import type { Actor, Upload } from "../operation/context.ts";
import type { Operation, StaffRole } from "../operation/define.ts";
import type { HouseModule } from "../operation/house-module.ts";
import { newId } from "../operation/ids.ts";

/** Somebody acting in a test: calls go through the executor, on the real SQL, like any request. */
export interface TestActor {
  readonly actor: Actor;
  call<In, Sent, Out, Code extends string>(
    operation: Operation<In, Sent, Out, Code>,
    input: Sent,
    extra?: { key?: string; upload?: Upload; now?: Date },
  ): Promise<Out>;
}

/** A house of its own for one test file, on the embedded database or on PostgreSQL (SHANZHI_TEST_URL). */
export interface TestHouse {
  readonly open: OpenHouse;
  readonly directory: string;
  /** Staff of a division; each call with another `hand` is another person. */
  as(role: StaffRole, division: string, hand?: string): TestActor;
  /** A worker of one or more villages of one county. */
  worker(villages: readonly string[], hand?: string): TestActor;
  organisation(id: string, home: string): TestActor;
  unit(id: string): TestActor;
  readonly portal: TestActor;
  intake(receipt?: string): TestActor;
  readonly system: TestActor;
  readonly clock: { set(dateOrInstant: string): void; readonly now: Date };
  /** Runs a job once, as the house would. */
  work(job: JobKind): Promise<void>;
  /** Asks the database as its owner, outside every scope. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

const project = new URL("../..", import.meta.url).pathname;
const serverUrl = process.env.SHANZHI_TEST_URL;
const ROOT = "63";

function foldersOf(modules: readonly HouseModule[]): string[] {
  return [
    join(project, "kernel/migrations"),
    ...modules.flatMap((one) => (one.migrations ? [join(project, one.migrations)] : [])),
  ];
}

function tablesOf(modules: readonly HouseModule[]) {
  return [...kernelTables, ...modules.flatMap((one) => one.tables ?? [])];
}

function fingerprint(modules: readonly HouseModule[]): string {
  const hash = createHash("sha256");
  for (const { id, text } of readMigrations(foldersOf(modules))) hash.update(id).update(text);
  hash.update(JSON.stringify(tablesOf(modules))).update(readFileSync(join(project, "kernel/access/apply.ts")));
  hash.update(readFileSync(join(project, "kernel/database/migrate.ts"))).update(process.versions.node);
  return hash.digest("hex").slice(0, 16);
}

async function once(name: string, exists: () => Promise<boolean>, make: () => Promise<void>): Promise<void> {
  const lock = join(tmpdir(), `${name}.making`);
  for (let waited = 0; !(await exists()); waited++) {
    let mine = false;
    try {
      mkdirSync(lock);
      mine = true;
    } catch {}
    if (mine) {
      try {
        if (!(await exists())) await make();
      } finally {
        rmSync(lock, { recursive: true, force: true });
      }
      return;
    }
    if (waited > 600) rmSync(lock, { recursive: true, force: true });
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function fill(database: ReturnType<typeof openDatabase>): Promise<void> {
  await loadDivisions(database, ROOT);
  await loadHolidays(database);
}

const DAY = 86_400_000;

/** Templates of other sets of migrations, not asked for since a day: each is 46 MB. */
function forgetTemplates(): void {
  for (const name of readdirSync(tmpdir()).filter((one) => one.startsWith("shanzhi-template-"))) {
    const path = join(tmpdir(), name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > DAY) rmSync(path, { recursive: true, force: true });
  }
}

/** A migrated data directory, made once for a set of migrations and copied for each test file. */
async function embeddedTemplate(modules: readonly HouseModule[]): Promise<string> {
  const template = join(tmpdir(), `shanzhi-template-${fingerprint(modules)}`);
  await once(
    template.slice(tmpdir().length + 1),
    async () => existsSync(template),
    async () => {
      forgetTemplates();
      const building = mkdtempSync(join(tmpdir(), "shanzhi-build-"));
      const connection = await connectEmbedded(building);
      const database = openDatabase(connection);
      await database.owner((client) => migrate(client, foldersOf(modules), tablesOf(modules)));
      await fill(database);
      await database.close();
      rmSync(join(building, "run"), { recursive: true, force: true });
      renameSync(building, template);
    },
  );
  return template;
}

async function withServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(database: string): string {
  const url = new URL(serverUrl as string);
  url.pathname = `/${database}`;
  return url.href;
}

async function postgresTemplate(modules: readonly HouseModule[]): Promise<string> {
  const name = `shanzhi_template_${fingerprint(modules)}`;
  await once(
    name,
    () =>
      withServer(
        async (client) =>
          (await client.query("select 1 from pg_database where datname = $1 and datistemplate", [name])).rowCount === 1,
      ),
    async () => {
      await withServer((client) => client.query(`drop database if exists ${name}`));
      await withServer((client) => client.query(`create database ${name} encoding 'UTF8' template template0`));
      const database = openDatabase(connectPostgres(urlOf(name)), 2);
      await database.owner((client) =>
        migrate(client, foldersOf(modules), tablesOf(modules), loginPasswords(urlOf(name))),
      );
      await fill(database);
      await database.close();
      await withServer((client) => client.query(`alter database ${name} is_template true`));
    },
  );
  return name;
}

/**
 * The owner's own connection, opened at the first question and kept: a simulation asks thousands of times. The embedded
 * database has one connection for everybody, which nobody may keep.
 */
function ownersDesk(open: OpenHouse): Pick<TestHouse, "sql" | "close"> {
  let end = () => {};
  let over: Promise<unknown> = Promise.resolve();
  let kept: Promise<pg.Client> | undefined;
  const keep = () =>
    new Promise<pg.Client>((resolve, reject) => {
      over = open.database.owner(
        (client) =>
          new Promise<void>((done) => {
            end = done;
            client.on("error", () => {});
            resolve(client);
          }),
      );
      over.catch(reject);
    });
  return {
    async sql(text, values) {
      if (open.database.kind === "embedded")
        return open.database.owner(async (client) => (await client.query(text, values)).rows as never);
      kept ??= keep();
      return (await (await kept).query(text, values)).rows as never;
    },
    async close() {
      await kept?.catch(() => {});
      end();
      await over.catch(() => {});
    },
  };
}

/** Opens a test house with the given modules beside the kernel's own. Close it in `afterAll`. */
export async function testHouse(modules: readonly HouseModule[] = []): Promise<TestHouse> {
  const all = [kernelModule, ...modules.filter((one) => one.id !== kernelModule.id)];
  const directory = mkdtempSync(join(tmpdir(), "shanzhi-test-"));
  let drop = async () => {};
  let url: string | undefined;
  if (serverUrl) {
    const template = await postgresTemplate(all);
    const name = `shanzhi_test_${newId().replaceAll("-", "")}`;
    await withServer((client) => client.query(`create database ${name} template ${template}`));
    url = urlOf(name);
    drop = () =>
      withServer(async (client) => void (await client.query(`drop database if exists ${name} with (force)`)));
  } else cpSync(await embeddedTemplate(all), directory, { recursive: true });

  let now: Date | undefined;
  const clock = () => now ?? new Date();
  const open = await openHouse({
    connection: url ? connectPostgres(url) : await connectEmbedded(directory),
    ...(url ? { url } : {}),
    modules: all,
    directory,
    project,
    root: ROOT,
    baseUrl: "http://127.0.0.1:3000",
    demo: true,
    setupCode: "test-setup-code",
    clock,
    poolSize: url ? 10 : 1,
    watchful: true,
  });

  const acting = (actor: Actor): TestActor => ({
    actor,
    call: (operation, input, extra) => open.call(operation.id, input, actor, extra) as never,
  });
  const people = new Map<string, string>();
  const person = (name: string) => {
    const known = people.get(name) ?? newId();
    people.set(name, known);
    return known;
  };
  const desk = ownersDesk(open);
  const base = { displayName: "test", grantId: null, division: null, organisation: null, unit: null };
  return {
    open,
    directory,
    as: (role, division, hand = "one") =>
      acting({
        ...base,
        accountId: person(`${role}@${division}#${hand}`),
        role,
        division,
        home: homeOf(division),
        scope: { kind: "staff", ...rangeOf(division), home: homeOf(division) },
      }),
    worker: (villages, hand = "one") =>
      acting({
        ...base,
        accountId: person(`worker@${villages.join("+")}#${hand}`),
        role: "worker",
        division: villages[0] ?? null,
        home: homeOf(villages[0] ?? ""),
        scope: { kind: "worker", divisions: villages, home: homeOf(villages[0] ?? "") },
      }),
    organisation: (id, home) =>
      acting({
        ...base,
        accountId: person(`organisation@${id}`),
        role: "organisation",
        organisation: id,
        home,
        scope: { kind: "organisation", organisation: id, home },
      }),
    unit: (id) =>
      acting({
        ...base,
        accountId: person(`unit@${id}`),
        role: "supervisory-unit",
        unit: id,
        home: "000000",
        scope: { kind: "unit", unit: id },
      }),
    portal: acting(publicActor({ kind: "portal" }, ROOT)),
    intake: (receipt) => acting(publicActor({ kind: "intake", ...(receipt ? { receipt } : {}) }, ROOT)),
    system: acting(systemActor(ROOT)),
    clock: {
      set: (value) => {
        now = new Date(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T10:00:00+08:00` : value);
      },
      get now() {
        return clock();
      },
    },
    work: (job) =>
      job.run({
        database: open.database,
        house: open.house,
        input: {},
        requestedBy: null,
        jobId: newId(),
        now: clock,
        progress: async () => {},
        call: (id, input) => open.call(id, input, systemActor(ROOT), { now: clock() }),
      }),
    sql: desk.sql,
    async close() {
      await desk.close();
      await open.close();
      await drop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
