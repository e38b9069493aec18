import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";

/** A row of the table `export_batch` (报送批次). */
export interface BatchRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly number: number;
  readonly kind: "full" | "incremental" | "retry";
  readonly layout: string;
  readonly prepared_at: Date;
  readonly persons: number;
  readonly visits: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly digest: string;
}

/** A row of the table `export_row` (报送行). */
export interface LineRow {
  readonly home_code: string;
  readonly batch_id: string;
  readonly ordinal: number;
  readonly division_code: string;
  readonly kind: "person" | "visit";
  readonly subject_id: string;
  readonly digest: string;
  readonly sealed: string;
}

export function loadBatch(tx: Tx, id: string): Promise<BatchRow | undefined> {
  return tx.maybe<BatchRow>(sql`select * from export_batch where id = ${id}`);
}

/** The last batch of a county, kept for this transaction: two prepared at once would send the same rows twice. */
export async function lastNumber(tx: Tx, home: string): Promise<number> {
  const row = await tx.maybe<{ number: number }>(sql`
    select number from export_batch where home_code = ${home} order by number desc limit 1 for update`);
  return row?.number ?? 0;
}

/** Whether rows of a county still wait for their receipt. */
export async function isOutstanding(tx: Tx, home: string, batch?: string): Promise<boolean> {
  const row = await tx.maybe(sql`
    select 1 as found from export_batch where home_code = ${home} and (${batch ?? null}::uuid is null or id = ${batch ?? null}::uuid)
      and accepted + rejected < persons + visits limit 1`);
  return row !== undefined;
}

export async function insertBatch(tx: Tx, row: BatchRow): Promise<void> {
  await tx.run(sql`
    insert into export_batch (home_code, id, division_code, number, kind, layout, prepared_at, persons, visits, digest)
    values (${row.home_code}, ${row.id}, ${row.division_code}, ${row.number}, ${row.kind}, ${row.layout}, ${row.prepared_at}, ${row.persons}, ${row.visits}, ${row.digest})`);
}

export async function insertLines(tx: Tx, rows: readonly LineRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`
    insert into export_row (home_code, batch_id, ordinal, division_code, kind, subject_id, digest, sealed, state)
    select home_code, batch_id, ordinal, division_code, kind, subject_id, digest, sealed, 'sent'
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, batch_id uuid, ordinal integer, division_code text, kind text,
      subject_id uuid, digest text, sealed text)`);
}

/** Lines of a batch as they were sent, in order. */
export function linesOf(tx: Tx, home: string, batch: string): Promise<LineRow[]> {
  return tx.many<LineRow>(
    sql`select * from export_row where home_code = ${home} and batch_id = ${batch} order by ordinal`,
  );
}

/** Which of these lines exist, and whether they were answered. */
export function answersOf(
  tx: Tx,
  home: string,
  batch: string,
  ordinals: readonly number[],
): Promise<{ ordinal: number; state: string }[]> {
  return tx.many(sql`
    select ordinal, state from export_row where home_code = ${home} and batch_id = ${batch} and ordinal = any(${ordinals}::integer[])`);
}

/** Records receipts of lines, and of the rest when all others were accepted; answers how many each way. */
export async function settleLines(
  tx: Tx,
  batch: BatchRow,
  given: readonly {
    readonly ordinal: number;
    readonly state: "accepted" | "rejected";
    readonly reason: string | null;
  }[],
  restAccepted: boolean,
  at: Date,
): Promise<void> {
  if (given.length > 0)
    await tx.run(sql`
      update export_row as line set state = row.state, reason = row.reason, settled_at = ${at}
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as row (ordinal integer, state text, reason text)
      where line.home_code = ${batch.home_code} and line.batch_id = ${batch.id} and line.ordinal = row.ordinal and line.state = 'sent'`);
  if (restAccepted)
    await tx.run(sql`
      update export_row set state = 'accepted', settled_at = ${at}
      where home_code = ${batch.home_code} and batch_id = ${batch.id} and state = 'sent'`);
  await tx.run(sql`
    update export_batch set accepted = line.accepted, rejected = line.rejected
    from (select count(*) filter (where state = 'accepted') as accepted, count(*) filter (where state = 'rejected') as rejected
      from export_row where home_code = ${batch.home_code} and batch_id = ${batch.id}) as line
    where export_batch.home_code = ${batch.home_code} and export_batch.id = ${batch.id}`);
}

/** Batches, newest first. */
export function batchPage(
  tx: Tx,
  given: {
    readonly id?: string | undefined;
    readonly after?: readonly [at: string, id: string] | undefined;
    readonly limit: number;
  },
): Promise<BatchRow[]> {
  return tx.many<BatchRow>(sql`
    select * from export_batch where (${given.id ?? null}::uuid is null or id = ${given.id ?? null}::uuid)
      and (prepared_at, id) < (${given.after?.[0] ?? "9999-12-31"}::timestamptz, ${given.after?.[1] ?? "ffffffff-ffff-ffff-ffff-ffffffffffff"}::uuid)
    order by prepared_at desc, id desc limit ${given.limit}`);
}

/** Rejected lines of a batch with their reasons. */
export function rejectedLines(
  tx: Tx,
  home: string,
  batch: string,
): Promise<{ ordinal: number; kind: "person" | "visit"; subject_id: string; reason: string | null }[]> {
  return tx.many(sql`
    select ordinal, kind, subject_id, reason from export_row where home_code = ${home} and batch_id = ${batch} and state = 'rejected' order by ordinal limit 5000`);
}
