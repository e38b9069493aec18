import { sql } from "../database/sql.ts";
import type { Tx } from "../database/transaction.ts";
import { rangeOf, significant } from "../divisions/code.ts";
import type { Context } from "../operation/context.ts";
import { type Indicator, type SumLevel, usualSums } from "./define.ts";

/** A change of one leaf cell (计数变动). */
export interface Bump {
  readonly indicator: Indicator;
  readonly home: string;
  readonly division: string;
  readonly period?: string;
  readonly key: readonly string[];
  readonly delta: number;
}

interface CellRow {
  home_code: string;
  division_code: string;
  indicator: string;
  period: string;
  key: string;
  value: number;
}

/** Adds up bumps per cell, in key order: writers of the same cells never wait for each other in a circle. */
export function gather(bumps: readonly Bump[]): CellRow[] {
  const cells = new Map<string, CellRow>();
  for (const bump of bumps) {
    const row: CellRow = {
      home_code: bump.home,
      division_code: bump.division,
      indicator: bump.indicator.id,
      period: bump.period ?? "",
      key: bump.key.join("|"),
      value: bump.delta,
    };
    const name = [row.home_code, row.indicator, row.period, row.key, row.division_code].join("\u0001");
    const known = cells.get(name);
    if (known) known.value += row.value;
    else cells.set(name, row);
  }
  return [...cells.entries()]
    .filter(([, row]) => row.value !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row);
}

interface SumRow extends CellRow {
  digits: SumLevel;
  shard: number;
}

const SHARDS = 4;

/** Which of a sum's rows a cell adds to: provinces by county, counties by village; cities have one. */
function shardOf(cell: CellRow, digits: SumLevel): number {
  if (digits === 4) return 0;
  return Number((digits === 2 ? cell.home_code : cell.division_code).slice(-2)) % SHARDS;
}

/** The rows of provinces, cities or counties that cells add to, in key order as above. */
export function sumsOf(
  cells: readonly CellRow[],
  levels: (indicator: string) => readonly SumLevel[] = () => usualSums,
): SumRow[] {
  const sums = new Map<string, SumRow>();
  for (const cell of cells)
    for (const digits of levels(cell.indicator)) {
      const division = cell.division_code.slice(0, digits);
      const shard = shardOf(cell, digits);
      const row: SumRow = { ...cell, home_code: division.padEnd(6, "0"), division_code: division, digits, shard };
      const name = [row.home_code, row.indicator, row.period, digits, division, row.key, shard].join("\u0001");
      const known = sums.get(name);
      if (known) known.value += row.value;
      else sums.set(name, row);
    }
  return [...sums.entries()]
    .filter(([, row]) => row.value !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row);
}

/**
 * Keeps counters true with the rows they count (同事务计数): leaf cells, and their sums by province and city, so that a
 * figure of the nation costs the same however many organisations it counts.
 */
export function bump(ctx: Context, bumps: readonly Bump[]): void {
  const rows = gather(bumps);
  if (rows.length === 0) return;
  const open = new Set(bumps.filter((one) => one.indicator.public).map((one) => one.indicator.id));
  const published = rows.filter((row) => open.has(row.indicator));
  const levels = new Map(bumps.map((one) => [one.indicator.id, one.indicator.sums ?? usualSums]));
  const sums = sumsOf(rows, (indicator) => levels.get(indicator) ?? usualSums);
  const statements = [
    sql`
      insert into indicator_cell as cell (home_code, division_code, indicator, period, key, value)
      select home_code, division_code, indicator, period, key, value
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, division_code text, indicator text, period text, key text, value bigint)
      on conflict (home_code, indicator, period, key, division_code) do update set value = cell.value + excluded.value`,
  ];
  if (published.length > 0)
    statements.push(sql`
      insert into publication.figure as cell (division_code, indicator, period, key, value)
      select division_code, indicator, period, key, sum(value)
      from jsonb_to_recordset(${JSON.stringify(published)}::jsonb) as row (division_code text, indicator text, period text, key text, value bigint)
      group by division_code, indicator, period, key order by 2, 3, 1, 4
      on conflict (indicator, period, division_code, key) do update set value = cell.value + excluded.value`);
  if (sums.length > 0)
    statements.push(sql`
      insert into indicator_sum as cell (home_code, indicator, period, digits, division_code, shard, key, value)
      select home_code, indicator, period, digits, division_code, shard, key, value
      from jsonb_to_recordset(${JSON.stringify(sums)}::jsonb) as row (home_code text, indicator text, period text, digits smallint,
        division_code text, shard smallint, key text, value bigint)
      on conflict (home_code, indicator, period, digits, division_code, key, shard) do update set value = cell.value + excluded.value`);
  ctx.later(async (tx) => {
    for (const statement of statements) await tx.last(statement);
  });
}

/** One summed cell: the child division (or the whole range) and its key split into dimensions. */
export interface Cell {
  readonly division: string;
  readonly key: readonly string[];
  readonly value: number;
}

interface SummedRow {
  readonly division: string;
  readonly key: string;
  readonly value: number;
}

/** The coarsest kept sums that still tell apart what is asked for; undefined where only the cells do. */
function levelOfSums(indicator: Indicator, division: string, digits: number): SumLevel | undefined {
  const depth = significant(division).length;
  return (indicator.sums ?? usualSums).find((level) => depth <= level && digits <= level);
}

/**
 * Sums an indicator over a division (指标取数), split by the codes `digits` long (2, 4, 6, 9, 12; 0 = not split).
 * Reads the published twin when `open`, so that the portal and the console use one definition.
 */
export async function figures(
  tx: Tx,
  indicator: Indicator,
  where: { readonly division: string; readonly period?: string; readonly digits?: number; readonly open?: boolean },
): Promise<Cell[]> {
  const { lo, hi } = rangeOf(where.division);
  const digits = where.digits ?? 0;
  const period = where.period ?? "";
  const shown = (rows: readonly SummedRow[]) =>
    rows.map((row) => ({ division: row.division, key: row.key.split("|"), value: row.value }));
  if (where.open)
    return shown(
      await tx.many(sql`
        select left(division_code, ${digits}::integer) as division, key, sum(value)::bigint as value from publication.figure
        where indicator = ${indicator.id} and period = ${period} and division_code >= ${lo} and division_code < ${hi}
        group by 1, 2 having sum(value) <> 0 order by 1, 2`),
    );
  const level = levelOfSums(indicator, where.division, digits);
  if (level) {
    const rows =
      digits === 0
        ? await tx.many<SummedRow>(sql`
            select '' as division, key, sum(value)::bigint as value from indicator_sum
            where indicator = ${indicator.id} and digits = ${level} and period = ${period} and division_code >= ${lo} and division_code < ${hi}
            group by key having sum(value) <> 0 order by key`)
        : await tx.many<SummedRow>(sql`
            select left(division_code, ${digits}::integer) as division, key, sum(value)::bigint as value from indicator_sum
            where indicator = ${indicator.id} and digits = ${level} and period = ${period} and division_code >= ${lo} and division_code < ${hi}
            group by 1, 2 having sum(value) <> 0 order by 1, 2`);
    // Somebody who sees only a part of the division sees no sum of it, but the cells of their part.
    if (rows.length > 0) return shown(rows);
  }
  return shown(
    await tx.many(sql`
      select left(division_code, ${digits}::integer) as division, key, sum(value)::bigint as value from indicator_cell
      where indicator = ${indicator.id} and period = ${period} and division_code >= ${lo} and division_code < ${hi}
      group by 1, 2 having sum(value) <> 0 order by 1, 2`),
  );
}

/** One indicator over a division, by key and by the divisions below, each summed over the other (分项与分地区). */
export interface Overview {
  readonly keys: readonly Cell[];
  readonly divisions: ReadonlyMap<string, number>;
}

/** Reads an overview with the cells added up once in the database: a page shows both, and never each with each. */
export async function overview(tx: Tx, indicator: Indicator, division: string, digits: number): Promise<Overview> {
  const { lo, hi } = rangeOf(division);
  const level = levelOfSums(indicator, division, digits);
  let rows: { division: string | null; key: string | null; value: number }[] = [];
  if (level)
    rows = await tx.many(sql`
      with cell as materialized (
        select division_code, key, sum(value) as value from indicator_sum
        where indicator = ${indicator.id} and digits = ${level} and period = '' and division_code >= ${lo} and division_code < ${hi} group by 1, 2)
      select left(division_code, ${digits}::integer) as division, null as key, sum(value)::bigint as value from cell group by 1 having sum(value) <> 0
      union all select null, key, sum(value)::bigint from cell group by key having sum(value) <> 0`);
  if (rows.length === 0)
    rows = await tx.many(sql`
      with cell as materialized (
        select left(division_code, ${digits}::integer) as division, key, sum(value) as value from indicator_cell
        where indicator = ${indicator.id} and period = '' and division_code >= ${lo} and division_code < ${hi} group by 1, 2)
      select division, null as key, sum(value)::bigint as value from cell group by 1 having sum(value) <> 0
      union all select null, key, sum(value)::bigint from cell group by key having sum(value) <> 0`);
  return {
    keys: rows.flatMap(({ key, value }) => (key === null ? [] : [{ division: "", key: key.split("|"), value }])),
    divisions: new Map(rows.flatMap(({ division, value }) => (division === null ? [] : [[division, value] as const]))),
  };
}

/** Sums of an indicator over a division by period (按期间取数); periods without any are left out. */
export async function figuresByPeriod(
  tx: Tx,
  indicator: Indicator,
  division: string,
  periods: readonly string[],
): Promise<Map<string, number>> {
  const { lo, hi } = rangeOf(division);
  const level = levelOfSums(indicator, division, 0);
  let rows: { period: string; value: number }[] = [];
  // Period by period, so that a county reads its own cells of each year and not those of everybody between.
  if (level)
    rows = await tx.many(sql`
      select period, sum(value)::bigint as value from indicator_sum
      where indicator = ${indicator.id} and digits = ${level} and period = any(${periods}::text[]) and division_code >= ${lo} and division_code < ${hi}
      group by period`);
  if (rows.length === 0)
    rows = await tx.many(sql`
      select period, sum(value)::bigint as value from indicator_cell
      where indicator = ${indicator.id} and period = any(${periods}::text[]) and division_code >= ${lo} and division_code < ${hi}
      group by period`);
  return new Map(rows.map((row) => [row.period, row.value]));
}

/** A counter that no longer equals its rows. */
export interface Drift {
  readonly indicator: string;
  readonly division: string;
  readonly key: string;
  readonly kept: number;
  readonly counted: number;
}

/** Compares kept cells with a recount from the rows (复核); the nightly job reports what it finds. */
export async function drift(tx: Tx, indicator: Indicator, recount: readonly Bump[]): Promise<Drift[]> {
  const counted = new Map(
    gather(recount).map((row) => [[row.division_code, row.period, row.key].join("\u0001"), row.value]),
  );
  const kept = await tx.many<CellRow>(sql`select * from indicator_cell where indicator = ${indicator.id}`);
  const out: Drift[] = [];
  for (const cell of kept) {
    const name = [cell.division_code, cell.period, cell.key].join("\u0001");
    const true_ = counted.get(name) ?? 0;
    counted.delete(name);
    if (true_ !== cell.value)
      out.push({
        indicator: indicator.id,
        division: cell.division_code,
        key: cell.key,
        kept: cell.value,
        counted: true_,
      });
  }
  for (const [name, value] of counted) {
    const [division = "", , key = ""] = name.split("\u0001");
    out.push({ indicator: indicator.id, division, key, kept: 0, counted: value });
  }
  const summed = await tx.many<SumRow>(sql`select * from indicator_sum where indicator = ${indicator.id}`);
  return [...out, ...driftOfSums(indicator, kept, summed)];
}

/** Sums that are not those of the cells. */
function driftOfSums(indicator: Indicator, cells: readonly CellRow[], summed: readonly SumRow[]): Drift[] {
  const nameOf = (row: SumRow) => [row.digits, row.division_code, row.period, row.key, row.shard].join("\u0001");
  const wanted = new Map(sumsOf(cells, () => indicator.sums ?? usualSums).map((row) => [nameOf(row), row]));
  const kept = new Map(summed.map((row) => [nameOf(row), row]));
  const out: Drift[] = [];
  for (const name of new Set([...wanted.keys(), ...kept.keys()])) {
    const row = (wanted.get(name) ?? kept.get(name)) as SumRow;
    const [has, should] = [kept.get(name)?.value ?? 0, wanted.get(name)?.value ?? 0];
    if (has !== should)
      out.push({ indicator: row.indicator, division: row.division_code, key: row.key, kept: has, counted: should });
  }
  return out;
}
