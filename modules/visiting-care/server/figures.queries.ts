import { prepare, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { rangeOf } from "../../../kernel/divisions/code.ts";
import { countyLevel, keepsRegister } from "../../../kernel/divisions/division.queries.ts";
import { codesSince } from "../../../kernel/divisions/load.ts";
import { enrolledIndicator, leftIndicator, refusedIndicator, visitedIndicator } from "../visiting-care.indicators.ts";

/** One cell of the dashboard: a division in a month. */
export interface MonthCell {
  readonly visited: number;
  readonly enrolled: number;
  readonly refused: number;
}

interface Raw {
  readonly division: string;
  readonly indicator: string;
  readonly period: string;
  readonly value: number;
}

const ids = [enrolledIndicator.id, refusedIndicator.id, visitedIndicator.id, leftIndicator.id];
/** Those that are added up from the beginning: who came less who left. */
const running = [enrolledIndicator.id, refusedIndicator.id];

function fromSums(tx: Tx, division: string, digits: number, from: string, to: string): Promise<Raw[]> {
  const { lo, hi } = rangeOf(division);
  // Counties are what the sums are kept by: their rows need no cutting.
  if (digits === 6)
    return tx.many<Raw>(sql`
      select division_code as division, indicator, case when period < ${from} then '' else period end as period, sum(value)::bigint as value
      from indicator_sum where indicator = any(${ids}) and digits = 6 and period <= ${to} and division_code >= ${lo} and division_code < ${hi}
        and (period >= ${from} or indicator = any(${running})) group by 1, 2, 3`);
  return tx.many<Raw>(sql`
    select left(division_code, ${digits}::integer) as division, indicator, case when period < ${from} then '' else period end as period, sum(value)::bigint as value
    from indicator_sum where indicator = any(${ids}) and digits = 6 and period <= ${to} and division_code >= ${lo} and division_code < ${hi}
      and (period >= ${from} or indicator = any(${running})) group by 1, 2, 3`);
}

function fromCells(tx: Tx, division: string, digits: number, from: string, to: string): Promise<Raw[]> {
  const { lo, hi } = rangeOf(division);
  return tx.many<Raw>(sql`
    select left(division_code, ${digits}::integer) as division, indicator, case when period < ${from} then '' else period end as period, sum(value)::bigint as value
    from indicator_cell where indicator = any(${ids}) and period <= ${to} and division_code >= ${lo} and division_code < ${hi}
      and (period >= ${from} or indicator = any(${running})) group by 1, 2, 3`);
}

/**
 * Visited, base and refusals of each division `digits` long inside one, for consecutive months (月度数据), from the kept sums
 * where they reach and from the cells below. Months are "YYYY-MM" in order.
 */
export async function monthCells(
  tx: Tx,
  division: string,
  digits: number,
  months: readonly string[],
): Promise<Map<string, MonthCell[]>> {
  const [from = "", to = ""] = [months[0], months.at(-1)];
  const summed = digits <= 6 ? await fromSums(tx, division, digits, from, to) : [];
  // Who sees only a part of a county sees no sum of it, but the cells of their part.
  const rows = summed.length > 0 ? summed : await fromCells(tx, division, digits, from, to);
  const values = new Map<string, Map<string, number>>();
  for (const row of rows) {
    const own = values.get(row.division) ?? new Map<string, number>();
    values.set(row.division, own.set(`${row.indicator}|${row.period}`, row.value));
  }
  const out = new Map<string, MonthCell[]>();
  for (const [code, own] of values) {
    const at = (indicator: { id: string }, period: string) => own.get(`${indicator.id}|${period}`) ?? 0;
    let [enrolled, refused] = [at(enrolledIndicator, ""), at(refusedIndicator, "")];
    out.set(
      code,
      months.map((month) => {
        enrolled += at(enrolledIndicator, month);
        refused += at(refusedIndicator, month);
        return { visited: at(visitedIndicator, month), enrolled: enrolled + at(leftIndicator, month), refused };
      }),
    );
  }
  return out;
}

/** Villages are the lowest level of the division tree. */
const lowest = 5;

/**
 * A division in force on a day with those directly below it, of a city without counties its towns; or with those of one level,
 * however far below.
 */
export async function familyOf(
  tx: Tx,
  division: string,
  day: string,
  level?: number,
): Promise<{ own: { code: string; name: string } | undefined; children: { code: string; name: string }[] }> {
  // What was before the codes began stood in the divisions they began with.
  const on = day < codesSince ? codesSince : day;
  const { lo, hi } = rangeOf(division);
  const at = (wanted: number) =>
    tx.many<{ code: string; name: string }>(
      prepare(sql`
        select code, name from division as place where code >= ${lo} and code < ${hi} and code <> ${division}
          and valid_from <= ${on} and (valid_to is null or valid_to > ${on})
          and ${wanted === countyLevel ? keepsRegister(on) : sql`level = ${wanted}`} order by code`),
    );
  const asked = tx.maybe<{ code: string; name: string; level: number }>(sql`
    select code, name, level from division where code = ${division} and valid_from <= ${on} and (valid_to is null or valid_to > ${on})`);
  if (level !== undefined) {
    const [own, children] = await Promise.all([asked, at(level)]);
    return { own, children };
  }
  const own = await asked;
  for (let next = (own?.level ?? lowest) + 1; next <= lowest; next++) {
    const children = await at(next);
    if (children.length > 0) return { own, children };
  }
  return { own, children: [] };
}

/** A row of the table `month_figure` (月报数据). */
export interface FrozenRow {
  readonly home_code: string;
  readonly month: string;
  readonly division_code: string;
  readonly revision: number;
  readonly name: string;
  readonly visited: number;
  readonly enrolled: number;
  readonly refused: number;
  readonly rate: string | null;
  readonly closed_at: Date;
}

/** The latest revision of each closed figure of a month inside a division; or one revision, as printed then. */
export function frozenFigures(
  tx: Tx,
  given: {
    readonly month: string;
    readonly division: string;
    readonly revision?: number | undefined;
    readonly after?: string;
    readonly limit: number;
  },
): Promise<FrozenRow[]> {
  const { lo, hi } = rangeOf(given.division);
  return tx.many<FrozenRow>(sql`
    select distinct on (division_code) * from month_figure
    where month = ${given.month} and division_code >= ${lo} and division_code < ${hi} and division_code > ${given.after ?? ""}
      and (${given.revision ?? null}::integer is null or revision <= ${given.revision ?? null}::integer)
    order by division_code, revision desc limit ${given.limit}`);
}

/** Months of a year in which a division was closed. */
export async function closedMonths(tx: Tx, division: string, months: readonly string[]): Promise<Set<string>> {
  const rows = await tx.many<{ month: string }>(sql`
    select distinct month from month_figure where division_code = ${division} and month = any(${months})`);
  return new Set(rows.map((row) => row.month));
}

export async function insertFrozen(tx: Tx, rows: readonly FrozenRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`
    insert into month_figure (home_code, month, division_code, revision, name, visited, enrolled, refused, rate, closed_at)
    select home_code, month, division_code, revision, name, visited, enrolled, refused, rate, closed_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, month text, division_code text, revision integer, name text,
      visited integer, enrolled integer, refused integer, rate text, closed_at timestamptz)
    on conflict do nothing`);
}

/** A row of the table `month_correction` (月报更正). */
export interface CorrectionRow {
  readonly home_code: string;
  readonly id: string;
  readonly month: string;
  readonly division_code: string;
  readonly revision: number;
  readonly reason: string;
  readonly corrected_by: string;
  readonly at: Date;
  readonly before: { visited: number; enrolled: number; rate: string | null };
  readonly after: { visited: number; enrolled: number; rate: string | null };
}

export async function insertCorrections(tx: Tx, rows: readonly CorrectionRow[]): Promise<void> {
  await tx.run(sql`
    insert into month_correction (home_code, id, month, division_code, revision, reason, corrected_by, at, before, after)
    select home_code, id, month, division_code, revision, reason, corrected_by, at, before, after
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, id uuid, month text, division_code text, revision integer,
      reason text, corrected_by text, at timestamptz, before jsonb, after jsonb)`);
}

/** What was corrected of a month inside a division, the newest first. */
export function correctionsOf(tx: Tx, month: string, division: string): Promise<CorrectionRow[]> {
  const { lo, hi } = rangeOf(division);
  return tx.many<CorrectionRow>(sql`
    select * from month_correction where month = ${month} and division_code >= ${lo} and division_code < ${hi} order by at desc, id limit 500`);
}

/** Counties and cities in which somebody was ever in care and that have not closed a month, for the job. */
export async function homesToClose(tx: Tx, month: string): Promise<string[]> {
  const rows = await tx.many<{ home: string }>(sql`
    select distinct division_code as home from indicator_sum as own
    where indicator = ${enrolledIndicator.id} and digits = 6 and period <= ${month}
      and not exists (select 1 from month_figure as frozen where frozen.month = ${month}
        and frozen.division_code = case when right(own.division_code, 2) = '00' then left(own.division_code, 4) else own.division_code end)
    order by 1`);
  return rows.map((row) => row.home);
}

/** Minutes from the opening to the first time somebody was reached, by step, of the emergencies of a month. */
export function emergencyMinutes(
  tx: Tx,
  division: string,
  from: Date,
  to: Date,
): Promise<{ step: string; minutes: number }[]> {
  const { lo, hi } = rangeOf(division);
  return tx.many(sql`
    select step.step, (extract(epoch from min(step.at) - emergency.opened_at) / 60)::double precision as minutes
    from emergency join emergency_step as step on step.emergency_id = emergency.id and step.kind = 'step' and step.reached
    where emergency.division_code >= ${lo} and emergency.division_code < ${hi} and emergency.opened_at >= ${from} and emergency.opened_at < ${to}
    group by emergency.id, emergency.opened_at, step.step`);
}

/** Emergencies of a division that should be filed by now and are not; referrals that wait past their term. */
export async function overdueNow(
  tx: Tx,
  division: string,
  now: Date,
  today: string,
): Promise<{ emergencies: number; referrals: number }> {
  const { lo, hi } = rangeOf(division);
  return tx.one(sql`
    select (select count(*) from emergency as care where care.state = 'running' and care.division_code >= ${lo} and care.division_code < ${hi}
        and exists (select 1 from jsonb_to_recordset(care.clock) as line (step text, "dueAt" timestamptz)
          where line."dueAt" < ${now} and not exists (
            select 1 from emergency_step as done where done.emergency_id = care.id and done.kind = 'step' and done.step = line.step))) as emergencies,
      (select count(*) from referral where state = any(array['open', 'taken']) and due_on < ${today} and division_code >= ${lo} and division_code < ${hi}) as referrals`);
}

/** Visits due in a month and those done by their day (按时完成), of the duties of visiting. */
export function onTimeOf(
  tx: Tx,
  division: string,
  from: string,
  to: string,
  today: string,
): Promise<{ due: number; done: number }> {
  const { lo, hi } = rangeOf(division);
  return tx.one(sql`
    select count(*) filter (where due_on < ${today} or state = 'done') as due, count(*) filter (where state = 'done' and done_on <= due_on) as done from duty
    where kind = any(array['visiting-care.visit', 'visiting-care.extra-visit', 'visiting-care.home-visit']) and state = any(array['open', 'done'])
      and due_on >= ${from} and due_on < ${to} and division_code >= ${lo} and division_code < ${hi}`);
}
