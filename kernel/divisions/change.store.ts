import type { TableAccess } from "../access/tables.ts";
import { raw, sql } from "../database/sql.ts";
import type { Tx } from "../database/transaction.ts";

/** A code that ends and the one that takes over. */
export interface CodeMove {
  readonly from: string;
  readonly to: string;
  readonly name: string;
}

/** Moved by statements of their own: cells of two divisions are added up, not laid one over the other. */
const counters = new Set(["indicator_cell", "indicator_sum"]);

/** Tables whose rows follow a change of divisions: those that carry a division and are not counters or records of a day. */
export async function movingTables(tx: Tx, tables: readonly TableAccess[]): Promise<TableAccess[]> {
  const carrying = await tx.many<{ name: string }>(sql`
    select table_name::text as name from information_schema.columns where table_schema = 'public' and column_name = 'division_code'`);
  const names = new Set(carrying.map((row) => row.name));
  return tables.filter(
    (one) =>
      !one.shared &&
      !one.recorded &&
      (one.schema ?? "public") === "public" &&
      !counters.has(one.table) &&
      names.has(one.table),
  );
}

const olds = (moves: readonly CodeMove[]) => moves.map((one) => one.from);
const news = (moves: readonly CodeMove[]) => moves.map((one) => one.to);

/** How many rows of a table stand under these codes, as far as the reader sees. */
export async function countRows(tx: Tx, table: string, codes: readonly string[]): Promise<number> {
  const row = await tx.one<{ rows: number }>(
    sql`select count(*) as rows from ${raw(table)} where division_code = any(${codes})`,
  );
  return row.rows;
}

async function moveColumn(tx: Tx, table: string, column: string, moves: readonly CodeMove[]): Promise<number> {
  return tx.run(sql`
    update ${raw(table)} as row set ${raw(column)} = move.new from unnest(${olds(moves)}::text[], ${news(moves)}::text[]) as move (old, new)
    where row.${raw(column)} = move.old`);
}

/** Ends the old codes and begins the new ones (区划沿革); a code that only changes its name succeeds itself. */
export async function writeCodes(tx: Tx, moves: readonly CodeMove[], on: string): Promise<void> {
  await tx.run(sql`
    update division set valid_to = ${on}::date, successors = array[move.new] from unnest(${olds(moves)}::text[], ${news(moves)}::text[]) as move (old, new)
    where division.code = move.old and division.valid_to is null`);
  const fresh = [...new Map(moves.map((one) => [one.to, one.name]))];
  await tx.run(sql`
    insert into division (code, valid_from, name, level)
    select code, ${on}::date, name, case length(code) when 9 then 4 else 5 end from unnest(${fresh.map(([code]) => code)}::text[], ${fresh.map(([, name]) => name)}::text[]) as row (code, name)
    where not exists (select 1 from division where division.code = row.code and division.valid_to is null)`);
}

/** Adds the cells of codes that end to those of their successors, the public ones too (计数并入). */
async function moveCells(tx: Tx, moves: readonly CodeMove[], county: string): Promise<void> {
  await tx.run(sql`
    with gone as (
      delete from indicator_cell using unnest(${olds(moves)}::text[], ${news(moves)}::text[]) as move (old, new)
      where division_code = move.old returning home_code, move.new as division_code, indicator, period, key, value)
    insert into indicator_cell as cell (home_code, division_code, indicator, period, key, value)
    select home_code, division_code, indicator, period, key, sum(value) from gone group by 1, 2, 3, 4, 5
    on conflict (home_code, indicator, period, key, division_code) do update set value = cell.value + excluded.value`);
  await tx.run(sql`
    with gone as (
      delete from publication.figure using unnest(${olds(moves)}::text[], ${news(moves)}::text[]) as move (old, new)
      where division_code = move.old returning move.new as division_code, indicator, period, key, value)
    insert into publication.figure as cell (division_code, indicator, period, key, value)
    select division_code, indicator, period, key, sum(value) from gone group by 1, 2, 3, 4
    on conflict (indicator, period, division_code, key) do update set value = cell.value + excluded.value`);
  // A county's sum is spread by the last digits of its villages, which have changed: it is added up anew.
  await tx.run(sql`
    with gone as (delete from indicator_sum where digits = 6 and division_code = ${county} returning indicator)
    insert into indicator_sum (home_code, indicator, period, digits, division_code, shard, key, value)
    select home_code, indicator, period, 6, left(division_code, 6), right(division_code, 2)::integer % 4, key, sum(value) from indicator_cell
    where indicator in (select indicator from gone) and left(division_code, 6) = ${county} group by 1, 2, 3, 5, 6, 7
    on conflict (home_code, indicator, period, digits, division_code, key, shard) do update set value = excluded.value`);
}

/**
 * Moves everything that is alive from old codes to new ones (随区划迁移): rows of all tables that carry a division, the
 * column they are counted by, grants, local settings, published items, and the counters with them. As the system role.
 */
export async function moveRows(
  tx: Tx,
  tables: readonly TableAccess[],
  moves: readonly CodeMove[],
  county: string,
): Promise<{ rows: number; tables: number }> {
  const moved = moves.filter((one) => one.from !== one.to);
  if (moved.length === 0) return { rows: 0, tables: 0 };
  let rows = 0;
  let touched = 0;
  for (const { table, counted } of await movingTables(tx, tables)) {
    const here = await moveColumn(tx, table, "division_code", moved);
    if (counted) await moveColumn(tx, table, counted, moved);
    rows += here;
    touched += here > 0 ? 1 : 0;
  }
  await moveCells(tx, moved, county);
  await moveColumn(tx, "publication.item", "division_code", moved);
  await tx.run(sql`
    update role_grant set division_code = move.new, label = move.name
    from unnest(${olds(moved)}::text[], ${news(moved)}::text[], ${moved.map((one) => one.name)}::text[]) as move (old, new, name)
    where role_grant.division_code = move.old and revoked_at is null`);
  // Where both have a local value from the same day, the one of the code that stays is in force.
  await tx.run(sql`
    update setting_value as own set division_code = move.new from unnest(${olds(moved)}::text[], ${news(moved)}::text[]) as move (old, new)
    where own.division_code = move.old and not exists (
      select 1 from setting_value as other where other.id = own.id and other.division_code = move.new and other.valid_from = own.valid_from)
      and not exists (select 1 from unnest(${olds(moved)}::text[], ${news(moved)}::text[]) as twin (old, new)
        join setting_value as sibling on sibling.division_code = twin.old and sibling.id = own.id and sibling.valid_from = own.valid_from
        where twin.new = move.new and twin.old < move.old)`);
  return { rows, tables: touched };
}
