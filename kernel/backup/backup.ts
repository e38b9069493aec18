import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import type pg from "pg";
import { grantRoles } from "../database/transaction.ts";
import type { FileStore } from "../files/store.ts";
import { exportEscrow, importEscrow } from "../vault/escrow.ts";
import type { Keys } from "../vault/keys.ts";
import { BackupUnreadable, openStream, sealStream } from "./frames.ts";

const ROWS = 1_000;
const FILE_CHUNK = 256 * 1024;

interface Table {
  readonly schema: string;
  readonly name: string;
}

/** All tables, referenced ones before those that refer to them. */
async function tablesOf(client: pg.ClientBase): Promise<Table[]> {
  const tables = (
    await client.query<Table & { id: number }>(
      `select c.oid::integer as id, n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and n.nspname in ('public', 'publication') order by 2, 3`,
    )
  ).rows;
  const edges = (
    await client.query<{ child: number; parent: number }>(
      "select conrelid::integer as child, confrelid::integer as parent from pg_constraint where contype = 'f' and conrelid <> confrelid",
    )
  ).rows;
  const placed = new Set<number>();
  const out: Table[] = [];
  while (out.length < tables.length) {
    const ready = tables.filter(
      (table) => !placed.has(table.id) && edges.every((edge) => edge.child !== table.id || placed.has(edge.parent)),
    );
    if (ready.length === 0) throw new Error("tables refer to each other in a circle");
    for (const table of ready) {
      placed.add(table.id);
      out.push({ schema: table.schema, name: table.name });
    }
  }
  return out;
}

async function* lines(
  client: pg.ClientBase,
  files: FileStore,
  keys: Keys,
  passphrase: string,
  now: Date,
): AsyncGenerator<string> {
  await client.query("begin isolation level repeatable read read only");
  try {
    const migrations = (
      await client.query<{ id: string }>("select id from schema_migration where id <> 'access' order by id")
    ).rows.map((row) => row.id);
    yield `${JSON.stringify({ kind: "header", at: now.toISOString(), migrations })}\n`;
    yield `${JSON.stringify({ kind: "keys", escrow: exportEscrow(keys, passphrase) })}\n`;
    const tables = await tablesOf(client);
    // Row policies bind the owner too (force row level security): only the system role sees every row.
    await client.query(`set local role ${grantRoles.system}`);
    for (const table of tables) {
      if (table.name === "schema_migration") continue;
      yield `${JSON.stringify({ kind: "table", ...table })}\n`;
      await client.query(
        `declare rows no scroll cursor for select to_jsonb(t)::text as row from "${table.schema}"."${table.name}" t`,
      );
      for (;;) {
        const { rows } = await client.query<{ row: string }>(`fetch ${ROWS} from rows`);
        if (rows.length === 0) break;
        // The database's own text, never through JavaScript numbers: amounts beyond 2^53 survive.
        yield `${rows.map((row) => row.row).join("\n")}\n`;
      }
      await client.query("close rows");
    }
  } finally {
    await client.query("rollback");
  }
  for (const folder of await readdir(files.directory)) {
    if (!/^[0-9a-f]{2}$/.test(folder)) continue;
    for (const sha256 of await readdir(join(files.directory, folder))) {
      for await (const chunk of createReadStream(files.pathOf(sha256), { highWaterMark: FILE_CHUNK })) {
        yield `${JSON.stringify({ kind: "file", sha256, data: (chunk as Buffer).toString("base64") })}\n`;
      }
      yield `${JSON.stringify({ kind: "file-end", sha256 })}\n`;
    }
  }
  yield `${JSON.stringify({ kind: "end" })}\n`;
}

/** Writes everything into one sealed file (备份): rows of one instant, evidence, keys. A half-written file never has the name. */
export async function backup(
  client: pg.ClientBase,
  files: FileStore,
  keys: Keys,
  passphrase: string,
  target: string,
  now: Date,
): Promise<void> {
  const partial = `${target}.partial`;
  try {
    await pipeline(
      Readable.from(lines(client, files, keys, passphrase, now)),
      createGzip({ level: 4 }),
      sealStream(passphrase),
      createWriteStream(partial, { mode: 0o600 }),
    );
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** What restoring needs from its caller. */
export interface RestoreInto {
  readonly client: pg.ClientBase;
  readonly directory: string;
  /** Brings the empty database to exactly these migrations. */
  prepare(migrations: readonly string[]): Promise<void>;
}

/** The place already holds something. */
export class NotEmpty extends Error {}

/** Refuses a database that has been used and a key directory that is not empty (防止覆盖). */
export async function refuseNonEmpty(client: pg.ClientBase, directory: string): Promise<void> {
  const { rows } = await client.query<{ found: string | null }>(
    "select to_regclass('public.journal_entry')::text as found",
  );
  if (rows[0]?.found) {
    const used = await client.query("select 1 from journal_entry union all select 1 from account limit 1");
    if (used.rowCount) throw new NotEmpty("the database already holds records");
  }
  const keys = await readdir(join(directory, "keys")).catch(() => []);
  if (keys.length > 0) throw new NotEmpty(`${join(directory, "keys")} already holds keys`);
}

/** The lines of a sealed file. An error of any stage of the pipe ends the iteration; `onError` hears the first one. */
async function* linesOf(source: string, passphrase: string, onError: (error: Error) => void): AsyncGenerator<string> {
  const file = createReadStream(source);
  const opened = openStream(passphrase);
  const text = createGunzip();
  const done = pipeline(file, opened, text).catch(onError);
  let rest = "";
  const decoder = new TextDecoder();
  for await (const chunk of text) {
    const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  await done;
  if (rest !== "") yield rest;
}

/** Loads a sealed file into an empty place (恢复), in one transaction: whole or not at all. */
export async function restore(
  source: string,
  passphrase: string,
  into: RestoreInto,
): Promise<{ tables: number; rows: number; files: number }> {
  const { client, directory } = into;
  await refuseNonEmpty(client, directory);
  const counts = { tables: 0, rows: 0, files: 0 };
  let table: Table | undefined;
  let waiting: string[] = [];
  let ended = false;
  let begun = false;
  let escrow: string | undefined;
  let file: { sha256: string; chunks: Buffer[] } | undefined;

  const flush = async () => {
    if (!table || waiting.length === 0) return;
    const name = `"${table.schema}"."${table.name}"`;
    await client.query(`insert into ${name} select * from jsonb_populate_recordset(null::${name}, $1::jsonb)`, [
      `[${waiting.join(",")}]`,
    ]);
    counts.rows += waiting.length;
    waiting = [];
  };
  let broken: Error | undefined;
  try {
    for await (const line of linesOf(source, passphrase, (error) => (broken ??= error))) {
      if (!line.startsWith('{"kind":')) {
        waiting.push(line);
        if (waiting.length >= ROWS) await flush();
        continue;
      }
      await flush();
      const entry = JSON.parse(line) as {
        kind: string;
        migrations: string[];
        escrow: string;
        schema: string;
        name: string;
        sha256: string;
        data: string;
      };
      if (entry.kind === "header") {
        await into.prepare(entry.migrations);
        await client.query("begin");
        begun = true;
      } else if (entry.kind === "keys") escrow = entry.escrow;
      else if (entry.kind === "table") {
        table = { schema: entry.schema, name: entry.name };
        counts.tables += 1;
      } else if (entry.kind === "file") {
        if (file?.sha256 !== entry.sha256) file = { sha256: entry.sha256, chunks: [] };
        file.chunks.push(Buffer.from(entry.data, "base64"));
      } else if (entry.kind === "file-end" && file) {
        const folder = join(directory, "files", file.sha256.slice(0, 2));
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await pipeline(Readable.from(file.chunks), createWriteStream(join(folder, file.sha256), { mode: 0o600 }));
        counts.files += 1;
        file = undefined;
      } else if (entry.kind === "end") ended = true;
    }
    if (!ended || !escrow) throw new BackupUnreadable("the backup was cut short");
    await client.query("commit");
    begun = false;
    importEscrow(join(directory, "keys"), escrow, passphrase);
    return counts;
  } catch (error) {
    if (begun) await client.query("rollback").catch(() => {});
    throw broken ?? error;
  }
}
