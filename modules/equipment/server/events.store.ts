import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import type { Place } from "../equipment.shapes.ts";

/** Something that happened (物品事件); `subject` is the piece, the shipment, the home or the discrepancy. */
export interface NewEvent {
  /** Made by the phone; by the system when absent. */
  readonly id?: string;
  readonly home: string;
  readonly division: string;
  readonly careHomeId: string;
  readonly subject: string;
  readonly event: string;
  /** The instant of the act; that of the context when absent. */
  readonly at?: Date;
  readonly quantity?: number | null;
  readonly serials?: readonly string[];
  readonly photoIds?: readonly string[];
  readonly place?: Place | null;
  readonly note?: string | null;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly entryId?: string | null;
}

/** Adds events to the history of their subjects (登记事件): an effect, in the order of the command's other effects. */
export function recordEvents(ctx: Context, events: readonly NewEvent[]): void {
  if (events.length > 0) ctx.later((tx) => insertEvents(ctx, tx, events));
}

/** The same inside an effect that is running. */
export async function insertEvents(ctx: Context, tx: Tx, events: readonly NewEvent[]): Promise<void> {
  const rows = events.map((one) => ({
    home_code: one.home,
    id: one.id ?? ctx.newId(),
    division_code: one.division,
    care_home_id: one.careHomeId,
    subject_id: one.subject,
    event: one.event,
    happened_at: (one.at ?? ctx.happenedAt).toISOString(),
    quantity: one.quantity ?? null,
    serials: one.serials ?? [],
    photo_ids: one.photoIds ?? [],
    latitude: one.place?.latitude ?? null,
    longitude: one.place?.longitude ?? null,
    note: one.note ?? null,
    facts: one.facts ?? {},
    entry_id: one.entryId ?? null,
  }));
  await tx.run(sql`
    insert into equipment_event (home_code, id, division_code, care_home_id, subject_id, event, happened_at, recorded_at, actor_id, actor_name, quantity,
      serials, photo_ids, latitude, longitude, note, facts, entry_id)
    select home_code, id, division_code, care_home_id, subject_id, event, happened_at, ${ctx.now}, ${ctx.actor.accountId}::uuid, ${ctx.actor.displayName},
      quantity, array(select jsonb_array_elements_text(serials)), array(select jsonb_array_elements_text(photo_ids)::uuid), latitude, longitude, note, facts,
      entry_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, id uuid, division_code text, care_home_id uuid, subject_id uuid,
      event text, happened_at timestamptz, quantity integer, serials jsonb, photo_ids jsonb, latitude double precision, longitude double precision,
      note text, facts jsonb, entry_id uuid)`);
}

/** A row of the table `equipment_event`. */
export interface EventRow {
  readonly id: string;
  readonly subject_id: string;
  readonly event: string;
  readonly happened_at: Date;
  readonly actor_name: string;
  readonly quantity: number | null;
  readonly serials: readonly string[];
  readonly photo_ids: readonly string[];
  readonly note: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** An event a phone has sent before. */
export async function eventById(
  tx: Tx,
  id: string,
): Promise<(EventRow & { readonly entry_id: string | null }) | undefined> {
  return tx.maybe(sql`select * from equipment_event where id = ${id}`);
}

/** History of one subject, newest first. */
export async function eventsOf(tx: Tx, subject: string, limit = 200): Promise<EventRow[]> {
  return tx.many<EventRow>(
    sql`select * from equipment_event where subject_id = ${subject} order by happened_at desc, id desc limit ${limit}`,
  );
}

/** History of a home with everything in it, newest first. */
export async function eventsOfHome(tx: Tx, careHome: string, limit = 200): Promise<EventRow[]> {
  return tx.many<EventRow>(
    sql`select * from equipment_event where care_home_id = ${careHome} order by happened_at desc, id desc limit ${limit}`,
  );
}

/** An event as pages show it. */
export function eventLine(row: EventRow) {
  return {
    at: row.happened_at.toISOString(),
    event: row.event,
    actor: row.actor_name,
    quantity: row.quantity,
    serials: [...row.serials],
    note: row.note,
    facts: { ...row.facts },
  };
}
