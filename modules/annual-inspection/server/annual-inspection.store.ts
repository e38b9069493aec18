import { join, raw, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { lineColumns, type ReportRow } from "./annual-inspection.row.ts";

/** Reads one report under the actor's own scope. */
export async function loadReport(tx: Tx, id: string): Promise<ReportRow | undefined> {
  return tx.maybe<ReportRow>(sql`select * from inspection_report where id = ${id}`);
}

/** Reads one report and keeps it for this transaction; undefined when it is not in the actor's own register. */
export async function lockReport(tx: Tx, id: string): Promise<ReportRow | undefined> {
  return tx.maybe<ReportRow>(sql`select * from inspection_report where id = ${id} for update`);
}

/** The report of an organisation for a year. */
export async function findReport(tx: Tx, organisation: string, year: number): Promise<ReportRow | undefined> {
  return tx.maybe<ReportRow>(
    sql`select * from inspection_report where organisation_id = ${organisation} and year = ${year}`,
  );
}

/** The newest report of an organisation that is not finished, else its newest. */
export async function currentReport(tx: Tx, organisation: string): Promise<ReportRow | undefined> {
  return tx.maybe<ReportRow>(
    sql`select * from inspection_report where organisation_id = ${organisation} order by year desc limit 1`,
  );
}

/** Reads many and keeps them, in the order of their ids so that two batches never wait for each other in a circle. */
export async function lockReports(tx: Tx, ids: readonly string[]): Promise<ReportRow[]> {
  return tx.many<ReportRow>(sql`select * from inspection_report where id = any(${ids}::uuid[]) order by id for update`);
}

/** Changes columns of one report at the version that was read; answers 0 when it is another's or has changed. */
export async function updateReport(
  tx: Tx,
  report: ReportRow,
  patch: Readonly<Record<string, unknown>>,
  now: Date,
): Promise<number> {
  const sets = Object.entries(patch).map(([column, value]) => {
    const cell =
      typeof value === "object" && value !== null && !(value instanceof Date) ? JSON.stringify(value) : value;
    return sql`${raw(column)} = ${cell}`;
  });
  return tx.run(sql`
    update inspection_report set ${join([...sets, sql`version = version + 1`, sql`updated_at = ${now}`], ", ")}
    where home_code = ${report.home_code} and id = ${report.id} and version = ${report.version}`);
}

/** A report to open: who owes it, until when. */
export interface NewReport {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly organisation_id: string;
  readonly unit_id: string | null;
  readonly year: number;
  readonly organisation_name: string;
  readonly organisation_code: string | null;
  readonly sort_key: string;
  readonly kind: string;
  readonly unit_due_on: string | null;
  readonly due_on: string;
}

/** Opens reports as one statement; answers the ids that were really new, for their duties and counters. */
export async function insertReports(
  tx: Tx,
  rows: readonly NewReport[],
  source: "opened" | "recorded",
  now: Date,
): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const fresh = await tx.many<{ id: string }>(sql`
    insert into inspection_report (home_code, id, division_code, organisation_id, unit_id, year, organisation_name, organisation_code, sort_key,
      kind, state, source, unit_due_on, due_on, updated_at)
    select home_code, id, division_code, organisation_id, unit_id, year, organisation_name, organisation_code, sort_key,
      kind, 'open', ${source}, unit_due_on, due_on, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, id uuid, division_code text, organisation_id uuid, unit_id uuid,
      year integer, organisation_name text, organisation_code text, sort_key text, kind text, unit_due_on date, due_on date)
    on conflict (home_code, organisation_id, year) do nothing
    returning id`);
  return new Set(fresh.map((row) => row.id));
}

/** A year of one authority (年度). */
export interface YearRow {
  readonly home_code: string;
  readonly year: number;
  readonly division_code: string;
  readonly cut_off_on: string;
  readonly state: "opening" | "open";
  readonly opened_at: Date;
  readonly opened_by: string | null;
  readonly owed: number;
  readonly undated: number;
  readonly charities: number;
  readonly too_young: number;
}

/** Keeps that a year is open or being opened, with what was counted. The first opening keeps its time and hand. */
export async function saveYears(tx: Tx, rows: readonly Omit<YearRow, "opened_at">[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`
    insert into inspection_year as known (home_code, year, division_code, cut_off_on, state, opened_at, opened_by, owed, undated, charities, too_young)
    select home_code, year, division_code, cut_off_on, state, ${now}, opened_by, owed, undated, charities, too_young
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, year integer, division_code text, cut_off_on date, state text,
      opened_by uuid, owed integer, undated integer, charities integer, too_young integer)
    on conflict (home_code, year) do update set cut_off_on = excluded.cut_off_on, state = excluded.state, owed = excluded.owed,
      undated = excluded.undated, charities = excluded.charities, too_young = excluded.too_young`);
}

/** The year of one authority. */
export async function findYear(tx: Tx, home: string, year: number): Promise<YearRow | undefined> {
  return tx.maybe<YearRow>(sql`select * from inspection_year where home_code = ${home} and year = ${year}`);
}

/** A run that marks reports overdue (逾期批次). */
export interface RunRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly year: number;
  readonly what: "report" | "rectification";
  readonly state: "running" | "stopped" | "done" | "reverted";
  readonly ran_on: string;
  readonly most: number;
  readonly wanted: number;
  readonly marked: number;
  readonly reverted: number;
  readonly kept: number;
  readonly started_by: string | null;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly reason: string | null;
}

/** Begins a run. */
export async function insertRun(tx: Tx, row: Omit<RunRow, "reverted" | "kept" | "reason">): Promise<void> {
  await tx.run(sql`
    insert into inspection_overdue_run (home_code, id, division_code, year, what, state, ran_on, most, wanted, marked, started_by, started_at, finished_at)
    values (${row.home_code}, ${row.id}, ${row.division_code}, ${row.year}, ${row.what}, ${row.state}, ${row.ran_on}, ${row.most}, ${row.wanted},
      ${row.marked}, ${row.started_by}, ${row.started_at}, ${row.finished_at})`);
}

/** Reads a run and keeps it; undefined when it is not in the actor's own register. */
export async function lockRun(tx: Tx, id: string): Promise<RunRow | undefined> {
  return tx.maybe<RunRow>(sql`select * from inspection_overdue_run where id = ${id} for update`);
}

/** Reads a run under the actor's scope. */
export async function loadRun(tx: Tx, id: string): Promise<RunRow | undefined> {
  return tx.maybe<RunRow>(sql`select * from inspection_overdue_run where id = ${id}`);
}

/** Writes where a run stands. */
export async function updateRun(
  tx: Tx,
  run: RunRow,
  patch: Partial<Pick<RunRow, "state" | "marked" | "reverted" | "kept" | "finished_at" | "reason">>,
): Promise<number> {
  const sets = Object.entries(patch).map(([column, value]) => sql`${raw(column)} = ${value}`);
  return tx.run(
    sql`update inspection_overdue_run set ${join(sets, ", ")} where home_code = ${run.home_code} and id = ${run.id}`,
  );
}

/** Reports a run has marked, locked, in the order of their ids. */
export async function reportsOfRun(tx: Tx, run: RunRow): Promise<ReportRow[]> {
  return tx.many<ReportRow>(sql`
    select ${raw(lineColumns)} from inspection_report where overdue_run_id = ${run.id} and home_code = ${run.home_code} order by id for update`);
}

/** How many of these attachments the actor has uploaded (附件核对). */
export async function filesPresent(tx: Tx, ids: readonly string[]): Promise<number> {
  return (await tx.many(sql`select id from file where id = any(${ids}::uuid[])`)).length;
}

/** Keeps that a reminder was given: how far up the ladder the duty is. Written as the system role. */
export async function markReminded(
  tx: Tx,
  reports: readonly { readonly home_code: string; readonly id: string; readonly step: number }[],
): Promise<void> {
  if (reports.length === 0) return;
  await tx.run(sql`
    update duty set reminders = row.step
    from jsonb_to_recordset(${JSON.stringify(reports)}::jsonb) as row (home_code text, id uuid, step integer)
    where duty.home_code = row.home_code and duty.subject_id = row.id and duty.kind = 'annual-inspection.report' and duty.state = 'open'`);
}
