import { sql } from "../database/sql.ts";
import type { Tx } from "../database/transaction.ts";
import { rangeOf } from "../divisions/code.ts";
import type { Context } from "../operation/context.ts";
import type { Indicator } from "./define.ts";

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

/** Keeps counters true with the rows they count (同事务计数): only leaf cells, ancestors are range sums at read. */
export function bump(ctx: Context, bumps: readonly Bump[]): void {
  const rows = gather(bumps);
  if (rows.length === 0) return;
  const open = new Set(bumps.filter((one) => one.indicator.public).map((one) => one.indicator.id));
  const json = JSON.stringify(rows);
  const published = JSON.stringify(rows.filter((row) => open.has(row.indicator)));
  ctx.later(async (tx) => {
    await tx.run(sql`
      insert into indicator_cell as cell (home_code, division_code, indicator, period, key, value)
      select home_code, division_code, indicator, period, key, value
      from jsonb_to_recordset(${json}::jsonb) as row (home_code text, division_code text, indicator text, period text, key text, value bigint)
      on conflict (home_code, indicator, period, key, division_code) do update set value = cell.value + excluded.value`);
    if (published === "[]") return;
    await tx.run(sql`
      insert into publication.figure as cell (division_code, indicator, period, key, value)
      select division_code, indicator, period, key, sum(value)
      from jsonb_to_recordset(${published}::jsonb) as row (division_code text, indicator text, period text, key text, value bigint)
      group by division_code, indicator, period, key order by 2, 3, 1, 4
      on conflict (indicator, period, division_code, key) do update set value = cell.value + excluded.value`);
  });
}

/** One summed cell: the child division (or the whole range) and its key split into dimensions. */
export interface Cell {
  readonly division: string;
  readonly key: readonly string[];
  readonly value: number;
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
  const rows = where.open
    ? await tx.many<{ division: string; key: string; value: number }>(sql`
        select left(division_code, ${digits}::integer) as division, key, sum(value)::bigint as value from publication.figure
        where indicator = ${indicator.id} and period = ${where.period ?? ""} and division_code >= ${lo} and division_code < ${hi}
        group by 1, 2 having sum(value) <> 0 order by 1, 2`)
    : await tx.many<{ division: string; key: string; value: number }>(sql`
        select left(division_code, ${digits}::integer) as division, key, sum(value)::bigint as value from indicator_cell
        where indicator = ${indicator.id} and period = ${where.period ?? ""} and division_code >= ${lo} and division_code < ${hi}
        group by 1, 2 having sum(value) <> 0 order by 1, 2`);
  return rows.map((row) => ({ division: row.division, key: row.key.split("|"), value: row.value }));
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
  return out;
}
