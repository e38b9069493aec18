import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import type { ItemKind } from "../equipment.shapes.ts";
import { hereStates, type Piece, type PieceMove } from "../finding.rules.ts";

/** A home as oversight sees it. */
export interface Overseen {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly name: string;
  readonly state: "open" | "closed";
  readonly trained: number;
  readonly covered: boolean;
  readonly delivered_items: readonly ItemKind[];
  readonly verified_items: readonly ItemKind[];
}

export interface ItemRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly care_home_id: string;
  readonly item: ItemKind;
  readonly serial_no: string;
  readonly state: string;
  readonly version: number;
}

/** Reads a home under the actor's own scope. */
export async function overseen(tx: Tx, id: string): Promise<Overseen | undefined> {
  return tx.maybe<Overseen>(sql`select * from care_home where id = ${id}`);
}

/** Reads a home of one's own register and keeps it: of two who look at once, the second sees what the first has written. */
export async function holdOverseen(tx: Tx, id: string): Promise<Overseen | undefined> {
  return tx.maybe<Overseen>(sql`select * from care_home where id = ${id} for update`);
}

/** Pieces that are in a home. */
export async function piecesIn(tx: Tx, careHome: string): Promise<ItemRow[]> {
  return tx.many<ItemRow>(sql`
    select home_code, id, division_code, care_home_id, item, serial_no, state, version from equipment_item
    where care_home_id = ${careHome} and state = any(${hereStates}) order by item, serial_no`);
}

/** The same pieces by their ids, across scopes: an evaluating organisation has no register to look in. */
export async function piecesById(tx: Tx, ids: readonly string[]): Promise<ItemRow[]> {
  if (ids.length === 0) return [];
  return tx.lookup((lookup) =>
    lookup.many<ItemRow>(
      sql`select home_code, id, item, serial_no, state, version from equipment_item where id = any(${ids}::uuid[])`,
    ),
  );
}

export const pieceOf = (row: ItemRow): Piece => ({
  id: row.id,
  item: row.item,
  serial: row.serial_no,
  state: row.state,
});

/** How many of these files have arrived. */
export async function filesArrived(tx: Tx, ids: readonly string[]): Promise<boolean> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return true;
  const row = await tx.one<{ count: number }>(
    sql`select count(*)::integer as count from file where id = any(${wanted}::uuid[])`,
  );
  return row.count === wanted.length;
}

/** Names of divisions in force on a day. */
export async function namesOfDivisions(tx: Tx, codes: readonly string[], on: string): Promise<Map<string, string>> {
  const rows = await tx.many<{ code: string; name: string }>(sql`
    select code, name from division where code = any(${[...new Set(codes)]}) and valid_from <= ${on} and (valid_to is null or valid_to > ${on})`);
  return new Map(rows.map((row) => [row.code, row.name]));
}

/**
 * Moves pieces as findings say (状态流转) and keeps the home's sum true: an effect. Somebody who was quicker makes it a
 * refusal, and nothing at all is kept.
 */
export function movePieces(
  ctx: Context,
  at: { readonly home: string; readonly careHomeId: string },
  rows: readonly ItemRow[],
  moves: readonly PieceMove[],
): void {
  const versions = new Map(rows.map((row) => [row.id, row.version]));
  const list = moves.map((one) => ({
    id: one.piece.id,
    version: versions.get(one.piece.id) ?? 0,
    state: one.to,
    verified: one.to === "verified",
  }));
  ctx.later(async (tx) => {
    const [moved] = await Promise.all([
      list.length === 0
        ? 0
        : tx.run(sql`
            update equipment_item as piece set state = move.state, version = piece.version + 1,
              verified_on = case when move.verified then ${ctx.today}::date else piece.verified_on end
            from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as move (id uuid, version integer, state text, verified boolean)
            where piece.home_code = ${at.home} and piece.id = move.id and piece.version = move.version`),
      summarise(ctx, tx, at),
    ]);
    if (moved !== list.length) throw new Refusal("equipment/home-changed", 409, {});
  });
}

/**
 * Counts a home's pieces anew (机构汇总): an item is delivered when something of it is here, verified when all of it is;
 * covered (覆盖) when both items are delivered and verified.
 */
export async function summarise(
  ctx: Pick<Context, "today">,
  tx: Tx,
  at: { readonly home: string; readonly careHomeId: string },
): Promise<void> {
  await tx.run(sql`
    with piece as (
      select item, count(*) filter (where state in ('verified', 'in_use', 'fault')) as good, count(*) as here
      from equipment_item where care_home_id = ${at.careHomeId} and home_code = ${at.home}
        and state in ('delivered', 'trained', 'verified', 'in_use', 'fault', 'discrepancy') group by item),
    total as (
      select coalesce(array_agg(item::text order by item) filter (where here > 0), '{}'::text[]) as delivered,
        coalesce(array_agg(item::text order by item) filter (where good = here), '{}'::text[]) as verified, coalesce(sum(good), 0) as good from piece),
    verdict as (
      select delivered, verified, good, verified @> array['oxygen_concentrator', 'oximeter'] as covered from total)
    update care_home as home set verified_pieces = verdict.good, delivered_items = verdict.delivered, verified_items = verdict.verified, covered = verdict.covered,
      covered_on = case when not verdict.covered then null else coalesce(home.covered_on, ${ctx.today}::date) end
    from verdict where home.home_code = ${at.home} and home.id = ${at.careHomeId}`);
}

/** A row of the table `equipment_check`, as it is written. */
export interface NewCheck {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly care_home_id: string;
  readonly kind: "verification" | "spot_check" | "evaluation";
  readonly item: ItemKind;
  readonly result: string;
  readonly seen: number;
  readonly serials: readonly string[];
  readonly photo_ids: readonly string[];
  readonly note: string | null;
  readonly sample_id: string | null;
  readonly evaluation_id: string | null;
  readonly checked_on: string;
}

/** Adds checks to the register of the home's county: an effect. `by` is the office or organisation that looked. */
export function insertChecks(ctx: Context, rows: readonly NewCheck[], by: string): void {
  ctx.later(async (tx) => {
    await tx.run(sql`
      insert into equipment_check (home_code, id, division_code, care_home_id, kind, item, result, seen, serials, photo_ids, note, sample_id, evaluation_id,
        checked_on, actor_id, actor_name, recorded_at)
      select home_code, id, division_code, care_home_id, kind, item, result, seen, array(select jsonb_array_elements_text(serials)),
        array(select jsonb_array_elements_text(photo_ids)::uuid), note, sample_id, evaluation_id, checked_on, ${ctx.actor.accountId}::uuid, ${by}, ${ctx.now}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, id uuid, division_code text, care_home_id uuid, kind text, item text,
        result text, seen integer, serials jsonb, photo_ids jsonb, note text, sample_id uuid, evaluation_id uuid, checked_on date)`);
  });
}
