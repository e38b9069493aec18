import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { PledgeRow, UseRow } from "./donations.store.ts";
import type { ProgrammeRow, PurposeChangeRow } from "./purposes.store.ts";

/** Where a page of a list ended: a day and an id. */
type Place = readonly [on: string, id: string];

export interface UsePage {
  readonly kind?: string | undefined;
  readonly event?: string | undefined;
  readonly after?: Place | undefined;
  readonly limit: number;
}

export async function usePage(tx: Tx, where: UsePage): Promise<(UseRow & { correction_reason: string | null })[]> {
  const after = where.after ?? null;
  return tx.many(sql`
    select * from donation_use
    where (${where.kind ?? null}::text is null or kind = ${where.kind ?? null})
      and (${where.event ?? null}::text is null or event = ${where.event ?? null})
      and (${after?.[1] ?? null}::uuid is null or (used_on, id) < (${after?.[0] ?? null}::date, ${after?.[1] ?? null}::uuid))
    order by used_on desc, id desc limit ${where.limit}`);
}

type KeptPledge = PledgeRow & { readonly received_cash_fen: number; readonly received_goods_value_fen: number };

export async function pledgePage(tx: Tx, after: Place | undefined, limit: number): Promise<KeptPledge[]> {
  return tx.many(sql`
    select * from donation_pledge
    where (${after?.[1] ?? null}::uuid is null or (pledged_on, id) < (${after?.[0] ?? null}::date, ${after?.[1] ?? null}::uuid))
    order by pledged_on desc, id desc limit ${limit}`);
}

export async function programmePage(tx: Tx, after: string | undefined, limit: number): Promise<ProgrammeRow[]> {
  return tx.many(sql`
    select * from donation_programme where (${after ?? null}::uuid is null or id < ${after ?? null}::uuid) order by id desc limit ${limit}`);
}

export async function changePage(tx: Tx, after: Place | undefined, limit: number): Promise<PurposeChangeRow[]> {
  return tx.many(sql`
    select * from donation_purpose_change
    where (${after?.[1] ?? null}::uuid is null or (changed_on, id) < (${after?.[0] ?? null}::date, ${after?.[1] ?? null}::uuid))
    order by changed_on desc, id desc limit ${limit}`);
}

/** A row of the table `donation_batch` beside the name of its programme. */
export interface BatchRow {
  readonly id: string;
  readonly division_code: string;
  readonly programme_id: string;
  readonly programme: string;
  readonly unit_value_fen: number;
  readonly total_fen: number;
  readonly ranked: { id: string; rank: number; flags: string[]; need: number; reason: string }[];
  readonly left_out: { id: string; why: "already-served" | "beyond-budget" }[];
  readonly decision_id: string;
  readonly planned_on: string;
}

export async function batchesOf(tx: Tx, programme: string): Promise<BatchRow[]> {
  return tx.many<BatchRow>(sql`
    select batch.*, programme.name as programme from donation_batch batch
    join donation_programme programme on programme.home_code = batch.home_code and programme.id = batch.programme_id
    where batch.programme_id = ${programme} order by batch.id desc limit 200`);
}

export async function loadBatch(tx: Tx, id: string): Promise<BatchRow | undefined> {
  return tx.maybe<BatchRow>(sql`
    select batch.*, programme.name as programme from donation_batch batch
    join donation_programme programme on programme.home_code = batch.home_code and programme.id = batch.programme_id
    where batch.id = ${id}`);
}

/** Emergencies that gifts in sight name, with the days between which they were given. */
export async function eventsNamed(tx: Tx): Promise<{ event: string; first: string; last: string }[]> {
  return tx.many(sql`
    select event, min(donated_on) as first, max(donated_on) as last from donation where event is not null and state = 'recorded'
    group by event order by max(donated_on) desc, event limit 200`);
}

/** What was published of emergencies of a division last. */
export async function publishedEvents(
  tx: Tx,
  division: string,
): Promise<Map<string, { figures: Record<string, unknown>; published_on: string }>> {
  const rows = await tx.many<{ event: string; figures: Record<string, unknown>; published_on: string }>(
    sql`select event, figures, published_on from donation_event_total where division_code = ${division}`,
  );
  return new Map(rows.map((row) => [row.event, row]));
}

/** Keeps what is published of a division and emergency. */
export async function keepEvent(
  tx: Tx,
  row: {
    readonly home: string;
    readonly division: string;
    readonly event: string;
    readonly figures: unknown;
    readonly on: string;
  },
): Promise<void> {
  await tx.run(sql`
    insert into donation_event_total (home_code, division_code, event, figures, published_on)
    values (${row.home}, ${row.division}, ${row.event}, ${JSON.stringify(row.figures)}::jsonb, ${row.on})
    on conflict (home_code, division_code, event) do update set figures = excluded.figures, published_on = excluded.published_on`);
}

export async function totalsKept(
  tx: Tx,
): Promise<{ division_code: string; year: number; published_on: string; figures: Record<string, number> }[]> {
  return tx.many(
    sql`select division_code, year, published_on, figures from donation_total order by year desc, division_code limit 200`,
  );
}
