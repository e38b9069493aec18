import { join } from "node:path";
import { Readable } from "node:stream";
import { kernelTables } from "../access/kernel-tables.ts";
import type { TableAccess } from "../access/tables.ts";
import { Sessions, systemActor } from "../auth/sessions.ts";
import { builtInCalendar } from "../clock/built-in-calendar.ts";
import { type Calendar, type CalendarDay, makeCalendar } from "../clock/calendar.ts";
import { loginPasswords } from "../database/connect.ts";
import type { Connection, Database } from "../database/database.ts";
import { openDatabase } from "../database/database.ts";
import { migrate } from "../database/migrate.ts";
import { sql } from "../database/sql.ts";
import type { Template } from "../document/template.ts";
import { concerns } from "../duty/define.ts";
import { openFileStore } from "../files/store.ts";
import { JobRunner } from "../jobs/jobs.ts";
import { exportJournal } from "../journal/export.ts";
import type { Actor, House, Upload } from "../operation/context.ts";
import { type Executor, makeExecutor } from "../operation/execute.ts";
import type { Handler } from "../operation/handle.ts";
import type { HouseModule, Sentences } from "../operation/house-module.ts";
import { newId } from "../operation/ids.ts";
import { ruleIndex } from "../rule/registry.ts";
import { Settings } from "../settings/settings.ts";
import { openKeys } from "../vault/keys.ts";

/** How a house is opened (启动参数). */
export interface HouseOptions {
  readonly connection: Connection;
  /** Owner URL when the database is PostgreSQL: the logins' passwords follow from it. */
  readonly url?: string;
  readonly modules: readonly HouseModule[];
  /** Directory of keys and files. */
  readonly directory: string;
  /** Project root, where the migrations stand. */
  readonly project: string;
  readonly root: string;
  readonly baseUrl: string;
  readonly demo: boolean;
  readonly setupCode: string;
  readonly clock?: () => Date;
  readonly log?: House["log"];
  readonly poolSize?: number;
  /** A transaction inside another one is an error, on any database: for tests. */
  readonly watchful?: boolean;
}

/** A house with its doors open (运行中的系统): everything the server, the tests and the commands stand on. */
export interface OpenHouse {
  readonly database: Database;
  readonly house: House;
  readonly modules: readonly HouseModule[];
  readonly handlers: ReadonlyMap<string, Handler>;
  readonly executor: Executor;
  readonly sessions: Sessions;
  readonly settings: Settings;
  readonly jobs: JobRunner;
  readonly clock: () => Date;
  /** Reads holidays and settings again after one of them was changed. */
  reload(): Promise<void>;
  /** Runs an operation as an actor: what the HTTP door, the jobs and the tests all do. */
  call(
    operationId: string,
    input: unknown,
    actor: Actor,
    extra?: { key?: string; upload?: Upload; requestId?: string; now?: Date },
  ): Promise<unknown>;
  close(): Promise<void>;
}

function sentencesOf(modules: readonly HouseModule[], locale: "zh" | "en"): ReadonlyMap<string, Sentences[string]> {
  const out = new Map<string, Sentences[string]>();
  for (const one of modules) {
    for (const [code, sentence] of Object.entries(one.sentences?.[locale] ?? {})) out.set(code, sentence);
    for (const setting of one.settings ?? [])
      out.set(`setting/${setting.id}`, one.settingTitles?.[locale][setting.title] ?? setting.id);
  }
  return out;
}

function templatesById(modules: readonly HouseModule[]): ReadonlyMap<string, readonly Template<never>[]> {
  const out = new Map<string, Template<never>[]>();
  for (const template of modules.flatMap((one) => one.templates ?? []))
    out.set(template.id, [...(out.get(template.id) ?? []), template]);
  return out;
}

/** Migrates, then opens pools, keys, files, settings and jobs. Two modules with one operation id stop the start. */
export async function openHouse(options: HouseOptions): Promise<OpenHouse> {
  const { modules } = options;
  const folders = [
    join(options.project, "kernel/migrations"),
    ...modules.flatMap((one) => (one.migrations ? [join(options.project, one.migrations)] : [])),
  ];
  const tables: TableAccess[] = [...kernelTables, ...modules.flatMap((one) => one.tables ?? [])];
  const database = openDatabase(options.connection, options.poolSize, options.watchful);
  await database.owner((client) => migrate(client, folders, tables, options.url ? loginPasswords(options.url) : {}));

  const clock = options.clock ?? (() => new Date());
  const settings = new Settings(modules.flatMap((one) => one.settings ?? []));
  let calendar: Calendar = builtInCalendar();
  const reload = async () => {
    await settings.load(database);
    const days = await database.transaction({ kind: "system" }, (tx) =>
      tx.many<CalendarDay>(sql`select day as date, kind, name from holiday order by day`),
    );
    calendar = days.length > 0 ? makeCalendar(days) : builtInCalendar();
  };
  await reload();

  const sentences = { zh: sentencesOf(modules, "zh"), en: sentencesOf(modules, "en") };
  const handlers = new Map<string, Handler>();
  for (const handler of modules.flatMap((one) => one.handlers)) {
    if (handlers.has(handler.operation.id)) throw new Error(`two handlers for ${handler.operation.id}`);
    handlers.set(handler.operation.id, handler);
  }
  const kinds = modules.flatMap((one) => one.duties ?? []);
  const keys = openKeys(join(options.directory, "keys"));
  const house: House = {
    keys,
    exportJournal: () => Readable.from(exportJournal(database, keys)),
    files: await openFileStore(join(options.directory, "files")),
    calendar: () => calendar,
    settings,
    root: options.root,
    baseUrl: options.baseUrl,
    demo: options.demo,
    setupCode: options.setupCode,
    log: options.log ?? (() => {}),
    rules: ruleIndex(modules.flatMap((one) => one.rules ?? [])),
    templates: templatesById(modules),
    tables,
    recounts: modules.flatMap((one) => one.recounts ?? []),
    sheets: new Map(modules.flatMap((one) => one.sheets ?? []).map((one) => [one.operation.id, one])),
    feeds: modules.flatMap((one) => one.feeds ?? []),
    hiddenDuties: (role) => kinds.filter((kind) => !concerns(kind, role)).map((kind) => kind.id),
    privateFields: (id) => handlers.get(id)?.operation.privateFields ?? null,
    say: (code, facts, locale) => {
      const sentence = sentences[locale].get(code);
      if (sentence === undefined) return code;
      return typeof sentence === "function" ? sentence(facts) : sentence;
    },
  };
  const executor = makeExecutor(database, house, (id) => handlers.get(id));
  const sessions = new Sessions(database);
  const call: OpenHouse["call"] = async (operationId, input, actor, extra = {}) => {
    const handler = handlers.get(operationId);
    if (!handler) throw new Error(`no such operation: ${operationId}`);
    try {
      return await executor.run(handler, input, {
        actor,
        requestId: extra.requestId ?? newId(),
        key: extra.key,
        upload: extra.upload,
        now: extra.now ?? clock(),
      });
    } finally {
      if (handler.operation.kind === "command") {
        if (operationId.startsWith("auth.")) sessions.forget();
        if (operationId.startsWith("settings.") || operationId.startsWith("holidays.")) await reload();
      }
    }
  };
  const jobs = new JobRunner(
    database,
    house,
    modules.flatMap((one) => one.jobs ?? []),
    (operationId, input, now, actor) => call(operationId, input, actor ?? systemActor(options.root), { now }),
    clock,
  );
  await jobs.schedule();
  return {
    database,
    house,
    modules,
    handlers,
    executor,
    sessions,
    settings,
    jobs,
    clock,
    reload,
    call,
    async close() {
      await jobs.stop();
      await database.close();
    },
  };
}
