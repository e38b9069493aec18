import type { TableAccess } from "../access/tables.ts";
import type { Database } from "../database/database.ts";
import { join, raw, sql } from "../database/sql.ts";
import type { Tx } from "../database/transaction.ts";
import type { JobKind } from "../jobs/jobs.ts";
import { newId } from "../operation/ids.ts";
import { VaultFault } from "./fault.ts";
import type { Keys } from "./keys.ts";
import { digest, reseal, unseal } from "./seal.ts";
import { noteRotation } from "./vault.contract.ts";

/** How far a rotation has come (重新加密进度). `unreadable` rows stay as they are: their key is gone or they were altered. */
export interface Resealed {
  readonly fields: number;
  readonly accounts: number;
  /** Held acts, keys of devices, words of visits and emergencies, and what else a table keeps sealed. */
  readonly others: number;
  readonly unreadable: number;
}

const CHUNK = 200;
const marks = { international: { seal: "aes", digest: "h256" }, sm: { seal: "sm", digest: "hsm3" } } as const;

interface FieldRow {
  readonly home_code: string;
  readonly subject_id: string;
  readonly field: string;
  readonly sealed: string;
}

/** A sealed text under the newest key, or undefined when the old one cannot be opened. */
function renewed<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof VaultFault) return undefined;
    throw error;
  }
}

/** One column of sealed texts, and how its rows are named. */
interface SealedColumn {
  readonly table: string;
  readonly column: string;
  readonly place: string;
  readonly key: readonly (readonly [name: string, type: string])[];
}

function sealedColumns(tables: readonly TableAccess[]): SealedColumn[] {
  return tables.flatMap(({ table, sealed = {}, key = { home_code: "text", id: "uuid" } }) =>
    Object.entries(sealed).map(([column, place]) => ({ table, column, place, key: Object.entries(key) })),
  );
}

/** Seals the next rows of one column again, in the order of its key, and says where it came to. */
async function resealChunk(
  tx: Tx,
  keys: Keys,
  { table, column, place, key }: SealedColumn,
  newSeal: string,
  last: readonly string[] | undefined,
): Promise<{ seen: number; done: number; last: readonly string[] | undefined }> {
  const names = key.map(([name]) => name);
  const list = raw(names.join(", "));
  const rows = await tx.many<Record<string, string>>(sql`
    select ${raw(names.map((name) => `${name}::text as ${name}`).join(", "))}, ${raw(column)} as sealed from ${raw(table)}
    where ${raw(column)} is not null and left(${raw(column)}, ${newSeal.length}::integer) <> ${newSeal}
      ${
        last
          ? sql`and (${list}) > (${join(
              key.map(([, type], at) => sql`${last[at] ?? null}::${raw(type)}`),
              ", ",
            )})`
          : sql``
      }
    order by ${list} limit ${CHUNK} for update`);
  const good = rows.flatMap((row) => {
    const at = place.replaceAll(/\{(\w+)\}/g, (_, name: string) => row[name] ?? "");
    const sealed = renewed(() => reseal(keys, row.sealed ?? "", at));
    return sealed ? [{ ...row, sealed }] : [];
  });
  const typed = raw([...key.map(([name, type]) => `${name} ${type}`), "sealed text"].join(", "));
  const same = raw(names.map((name) => `held.${name} = given.${name}`).join(" and "));
  await tx.run(sql`
    update ${raw(table)} as held set ${raw(column)} = given.sealed
    from jsonb_to_recordset(${JSON.stringify(good)}::jsonb) as given (${typed}) where ${same}`);
  const end = rows.at(-1);
  return { seen: rows.length, done: good.length, last: end && names.map((name) => end[name] ?? "") };
}

/**
 * Seals every sealed text of the house again with the newest keys: the sealed fields, which get the newest digest too, and
 * every column its table declares (重新加密). Short transactions of 200 rows; what is done shows by its prefix, so whoever begins again goes on where it ended.
 */
export async function resealAll(
  database: Database,
  keys: Keys,
  tables: readonly TableAccess[],
  told: (so: Resealed) => Promise<void> | void = () => {},
): Promise<Resealed> {
  keys.reload();
  const mark = marks[keys.suite];
  const newSeal = `${mark.seal}.${keys.current("seal").version}.`;
  const newDigest = `${mark.digest}.${keys.current("digest").version}.`;
  let so: Resealed = { fields: 0, accounts: 0, others: 0, unreadable: 0 };
  const chunk = async (count: keyof Omit<Resealed, "unreadable">, seen: number, done: number) => {
    so = { ...so, [count]: so[count] + done, unreadable: so.unreadable + seen - done };
    await told(so);
  };

  for (let last: FieldRow | undefined, more = true; more; ) {
    const [seen, done] = await database.transaction({ kind: "system" }, async (tx) => {
      const rows = await tx.many<FieldRow>(sql`
        select home_code, subject_id, field, sealed from sealed_field
        where (left(sealed, ${newSeal.length}::integer) <> ${newSeal} or left(digest, ${newDigest.length}::integer) <> ${newDigest})
          and (${last?.home_code ?? null}::text is null
            or (home_code, subject_id, field) > (${last?.home_code ?? null}::text, ${last?.subject_id ?? null}::uuid, ${last?.field ?? null}::text))
        order by home_code, subject_id, field limit ${CHUNK} for update`);
      const good = rows.flatMap((row) => {
        const place = `${row.subject_id}/${row.field}`;
        const made = renewed(() => ({
          sealed: reseal(keys, row.sealed, place),
          digest: digest(keys, row.field, unseal(keys, row.sealed, place)),
        }));
        return made ? [{ ...row, ...made }] : [];
      });
      await tx.run(sql`
        update sealed_field s set sealed = v.sealed, digest = v.digest
        from unnest(${good.map((one) => one.home_code)}::text[], ${good.map((one) => one.subject_id)}::uuid[],
          ${good.map((one) => one.field)}::text[], ${good.map((one) => one.sealed)}::text[],
          ${good.map((one) => one.digest)}::text[]) as v(home_code, subject_id, field, sealed, digest)
        where s.home_code = v.home_code and s.subject_id = v.subject_id and s.field = v.field`);
      last = rows.at(-1);
      more = rows.length === CHUNK;
      return [rows.length, good.length] as const;
    });
    await chunk("fields", seen, done);
  }

  for (const column of sealedColumns(tables))
    for (let last: readonly string[] | undefined, more = true; more; ) {
      const part = await database.transaction({ kind: "system" }, (tx) => resealChunk(tx, keys, column, newSeal, last));
      last = part.last;
      more = part.seen === CHUNK;
      await chunk(column.table === "account" ? "accounts" : "others", part.seen, part.done);
    }
  return so;
}

/** What the journal is told of a finished rotation (换钥记录). */
export const noteOf = (keys: Keys, so: Resealed) => ({
  seal: keys.current("seal").version,
  digest: keys.current("digest").version,
  ...so,
});

/** Goes on with a rotation that was interrupted, at the next start of the server. */
export const resealJob: JobKind = {
  id: "vault.reseal",
  run: async (job) => {
    const { keys, tables } = job.house;
    const so = await resealAll(job.database, keys, tables, (done) => job.progress({ ...done }));
    await job.call(noteRotation.id, noteOf(keys, so));
  },
};

/** Makes new versions of the keys, unless an interrupted rotation is still to be finished (开始更换密钥). */
export async function beginRotation(database: Database, keys: Keys): Promise<{ id: string; isNew: boolean }> {
  const unfinished = await database.transaction({ kind: "system" }, (tx) =>
    tx.maybe<{ id: string; input: { from: number } }>(sql`
      select id, input from job where kind = ${resealJob.id} and finished_at is null order by run_at limit 1`),
  );
  const from = unfinished?.input.from ?? keys.current("seal").version;
  const id = unfinished?.id ?? newId();
  // The job first: were this process ended now, the next one finds it, and no new key, and makes one.
  if (!unfinished)
    await database.transaction({ kind: "system" }, (tx) =>
      tx.run(sql`
        insert into job (id, kind, input, run_at) values (${id}, ${resealJob.id}, ${JSON.stringify({ from })}, ${new Date()})`),
    );
  if (keys.current("seal").version === from) {
    keys.rotate("digest");
    keys.rotate("seal");
  }
  return { id, isNew: !unfinished };
}

/** Everything is sealed with the newest keys: nothing is left to go on with. */
export async function finishRotation(database: Database, id: string, so: Resealed): Promise<void> {
  await database.transaction({ kind: "system" }, (tx) =>
    tx.run(sql`update job set finished_at = ${new Date()}, progress = ${JSON.stringify(so)} where id = ${id}`),
  );
}
