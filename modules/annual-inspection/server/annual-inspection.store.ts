import { createHash } from "node:crypto";
import { join, raw, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { DutyKind } from "../../../kernel/duty/define.ts";
import type { Citation } from "../../../kernel/rule/rule.ts";
import { lineColumns, type ReportRow } from "./annual-inspection.row.ts";

/** Reads one report under the actor's own scope. */
export async function loadReport(tx: Tx, id: string): Promise<ReportRow | undefined> {
  return tx.maybe<ReportRow>(sql`select * from inspection_report where id = ${id}`);
}

/** Reads one report and keeps it for this transaction; undefined when it is not in the actor's own register. */
export async function lockReport(tx: Tx, id: string): Promise<ReportRow | undefined> {
  return tx.maybe<ReportRow>(sql`select * from inspection_report where id = ${id} for update`);
}

/** The report of an organisation for a year, or its newest; kept for this transaction when `lock`. */
export async function findReport(
  tx: Tx,
  home: string,
  organisation: string,
  year: number | undefined,
  lock = false,
): Promise<ReportRow | undefined> {
  // Two whole statements, so that each is prepared once.
  const wanted = year ?? null;
  return tx.maybe<ReportRow>(
    lock
      ? sql`select * from inspection_report where home_code = ${home} and organisation_id = ${organisation}
          and (${wanted}::integer is null or year = ${wanted}::integer) order by year desc limit 1 for update`
      : sql`select * from inspection_report where home_code = ${home} and organisation_id = ${organisation}
          and (${wanted}::integer is null or year = ${wanted}::integer) order by year desc limit 1`,
  );
}

/** Reads many and keeps them, in the order of their ids so that two batches never wait for each other in a circle. */
export async function lockReports(tx: Tx, ids: readonly string[]): Promise<ReportRow[]> {
  return tx.many<ReportRow>(sql`select * from inspection_report where id = any(${ids}::uuid[]) order by id for update`);
}

const names = new Map<string, string>();

/** Each act changes the same columns every time: there are as many texts as acts, and each is worth preparing. */
function nameOf(text: string): string {
  const known = names.get(text) ?? `inspection-${createHash("sha256").update(text).digest("base64url").slice(0, 20)}`;
  names.set(text, known);
  return known;
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
  const statement = sql`
    update inspection_report set ${join([...sets, sql`version = version + 1`, sql`updated_at = ${now}`], ", ")}
    where home_code = ${report.home_code} and id = ${report.id} and version = ${report.version}`;
  return tx.run({ ...statement, name: nameOf(statement.text) });
}

/** The last days of one kind's reports. */
export interface Due {
  readonly supervisor: string;
  readonly registry: string;
}

/** A report that was opened, as its counters need it. */
export interface Opened {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly kind: ReportRow["kind"];
}

/**
 * Opens reports straight from the register (开立报告), many as one statement: only keys travel, because a country's worth of
 * names there and back is what made it slow. A foundation has one day for both steps; without a unit there is no first.
 */
export async function openFromRegister(
  tx: Tx,
  keys: readonly { readonly home: string; readonly organisation: string; readonly report: string }[],
  year: number,
  due: Readonly<Record<ReportRow["kind"], Due>>,
  now: Date,
): Promise<Opened[]> {
  if (keys.length === 0) return [];
  return tx.many<Opened>(sql`
    insert into inspection_report (home_code, id, division_code, organisation_id, unit_id, year, organisation_name, organisation_code, sort_key,
      kind, state, source, unit_due_on, due_on, updated_at)
    select o.home_code, k.id, o.division_code, o.id, o.unit_id, ${year}::integer, o.name, o.credit_code, o.name_key, o.kind, 'open', 'opened',
      case when o.unit_id is null then null when o.kind = 'social_group' then ${due.social_group.supervisor}::date
        when o.kind = 'social_service_institution' then ${due.social_service_institution.supervisor}::date end,
      case o.kind when 'social_group' then ${due.social_group.registry}::date
        when 'social_service_institution' then ${due.social_service_institution.registry}::date else ${due.foundation.registry}::date end,
      ${now}::timestamptz
    from unnest(${keys.map((key) => key.home)}::text[], ${keys.map((key) => key.organisation)}::uuid[], ${keys.map((key) => key.report)}::uuid[])
      as k (home_code, organisation_id, id)
    join organisation o on o.home_code = k.home_code and o.id = k.organisation_id
    on conflict (home_code, organisation_id, year) do nothing
    returning home_code, id, division_code, kind`);
}

/**
 * Opens the duty of each report just opened (开立待办), from the reports themselves as one statement; written as the system
 * role. The general way carries every duty through the program, which a country at once does not bear.
 */
export async function openReportDuties(
  tx: Tx,
  reports: readonly { readonly home_code: string; readonly id: string; readonly duty: string }[],
  kind: DutyKind,
  law: Readonly<Record<ReportRow["kind"], readonly Citation[]>>,
  now: Date,
): Promise<void> {
  if (reports.length === 0) return;
  await tx.run(sql`
    insert into duty (home_code, id, division_code, kind, subject_id, subject_label, organisation_id, unit_id, holder, link, opened_at, due_on, law)
    select r.home_code, k.duty, r.division_code, ${kind.id}, r.id, r.organisation_name, r.organisation_id, r.unit_id, ${kind.holder},
      '/annual-inspection/' || r.id, ${now}::timestamptz, r.due_on,
      case r.kind when 'social_group' then ${JSON.stringify(law.social_group)}::jsonb
        when 'foundation' then ${JSON.stringify(law.foundation)}::jsonb else ${JSON.stringify(law.social_service_institution)}::jsonb end
    from unnest(${reports.map((one) => one.home_code)}::text[], ${reports.map((one) => one.id)}::uuid[], ${reports.map((one) => one.duty)}::uuid[])
      as k (home_code, id, duty)
    join inspection_report r on r.home_code = k.home_code and r.id = k.id`);
}

/** A report to record from the past: whose it is. */
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

/** Adds recorded reports as one statement; answers the ids that were really new. */
export async function insertReports(tx: Tx, rows: readonly NewReport[], now: Date): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const fresh = await tx.many<{ id: string }>(sql`
    insert into inspection_report (home_code, id, division_code, organisation_id, unit_id, year, organisation_name, organisation_code, sort_key,
      kind, state, source, unit_due_on, due_on, updated_at)
    select home_code, id, division_code, organisation_id, unit_id, year, organisation_name, organisation_code, sort_key,
      kind, 'open', 'recorded', unit_due_on, due_on, ${now}
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
