import type { Database } from "../database/database.ts";
import { raw, sql } from "../database/sql.ts";
import type { Tx } from "../database/transaction.ts";
import type { JobKind } from "../jobs/jobs.ts";
import type { Keys } from "../vault/keys.ts";
import { GENESIS, type JournalEntry, sealBlock } from "./seal-block.ts";

/** An entry as its table holds it; `at` is text to the microsecond, so that not even a millionth can be changed unseen. */
export type EntryRow = JournalEntry;

/** The columns of an entry, with its instant as text. */
export const entryColumns =
  raw(`e.id, e.home_code, e.division_code, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as at,
  e.actor_id, e.actor_label, e.operation, e.event, e.subject_kind, e.subject_id, e.refused, e.code, e.payload, e.request_id, e.commitment`);

/** We write milliseconds; anything finer was not written by us and stays visible. */
export const asEntry = (row: EntryRow): JournalEntry => ({
  ...row,
  at: row.at.endsWith("000") ? `${row.at.slice(0, -3)}Z` : `${row.at}Z`,
});

const BLOCK_ENTRIES = 2_000;

async function sealOnce(tx: Tx, keys: Keys, now: Date): Promise<number> {
  // An anti-join, never `id > last`: an entry that commits late would be passed over for ever.
  const home = await tx.maybe<{ home_code: string }>(sql`
    select home_code from journal_entry e
    where not exists (select 1 from journal_seal s where s.home_code = e.home_code and s.entry_id = e.id) limit 1`);
  if (!home) return 0;
  const rows = await tx.many<EntryRow>(sql`
    select ${entryColumns}
    from journal_entry e
    where e.home_code = ${home.home_code} and not exists (select 1 from journal_seal s where s.home_code = e.home_code and s.entry_id = e.id)
    order by e.id limit ${BLOCK_ENTRIES}`);
  const last = await tx.maybe<{ seq: number; hash: string }>(
    sql`select seq, hash from journal_block order by seq desc limit 1`,
  );
  const seq = (last?.seq ?? 0) + 1;
  const block = sealBlock(
    rows.map(asEntry),
    {
      seq,
      home: home.home_code,
      prev: last?.hash ?? GENESIS,
      sealedAt: now.toISOString(),
      keyId: keys.journalKey().keyId,
    },
    (bytes) => keys.signJournal(bytes),
  );
  await tx.run(sql`
    insert into journal_block (seq, home_code, count, root, prev, hash, sealed_at, key_id, signature)
    values (${seq}, ${block.header.home}, ${block.header.count}, ${block.header.root}, ${block.header.prev}, ${block.hash}, ${now}, ${block.header.keyId}, ${block.signature})`);
  await tx.run(sql`
    insert into journal_seal (home_code, entry_id, block_seq, position, leaf)
    select ${home.home_code}, id, ${seq}, position, leaf
    from unnest(${block.leaves.map((leaf) => leaf.id)}::uuid[], ${block.leaves.map((_, at) => at)}::integer[], ${block.leaves.map((leaf) => leaf.leaf)}::text[]) as row (id, position, leaf)`);
  return rows.length;
}

/** Seals what is not sealed yet (封存日志), block by block, each in a short transaction. Writers never wait for it. */
export async function sealJournal(database: Database, keys: Keys, now: () => Date): Promise<number> {
  for (let sealed = 0; ; ) {
    const done = await database.transaction({ kind: "system" }, (tx) => sealOnce(tx, keys, now()));
    if (done === 0) return sealed;
    sealed += done;
  }
}

/** The background act that seals, every minute. */
export const sealJob: JobKind = {
  id: "journal.seal",
  everyMinutes: 1,
  run: async (job) => {
    await sealJournal(job.database, job.house.keys, job.now);
  },
};
