import { join, type Statement, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { rangeOf } from "../../../kernel/divisions/code.ts";
import { readCursor, writeCursor } from "../../../kernel/operation/cursor.ts";
import type { ListingRow, RecordRow } from "./credit.store.ts";
import type { RunRow } from "./runs.store.ts";

function inDivision(division: string | undefined): Statement[] {
  if (!division) return [];
  const { lo, hi } = rangeOf(division);
  return [sql`division_code >= ${lo} and division_code < ${hi}`];
}

const standingNow = ["listed", "removal-applied", "removal-verified"];
const underwayNow = ["proposed", "noticed", "stated", "answered"];
const ended = ["closed", "joined", "removed", "moved", "withdrawn"];

export interface ListingFilter {
  readonly division?: string;
  readonly organisationId?: string;
  readonly list?: string;
  readonly ground?: string;
  readonly state?: string;
  readonly standing?: "yes" | "underway" | "ended";
  readonly after?: string;
  readonly limit: number;
}

/** Listings under the reader's scope, newest proposal first (名录案件列表). */
export async function listListings(
  tx: Tx,
  filter: ListingFilter,
): Promise<{ rows: ListingRow[]; next: string | null }> {
  const where: Statement[] = [...inDivision(filter.division)];
  if (filter.organisationId) where.push(sql`organisation_id = ${filter.organisationId}`);
  if (filter.list) where.push(sql`list = ${filter.list}`);
  if (filter.ground) where.push(sql`ground = ${filter.ground}`);
  if (filter.state) where.push(sql`state = ${filter.state}`);
  if (filter.standing === "yes") where.push(sql`state = any(${standingNow}) and adds_to is null`);
  if (filter.standing === "underway") where.push(sql`state = any(${underwayNow})`);
  if (filter.standing === "ended") where.push(sql`state = any(${ended})`);
  const after = readCursor(filter.after, ["day", "id"]);
  if (after) where.push(sql`(proposed_on, id) < (${after[0]}::date, ${after[1]}::uuid)`);
  const rows = await tx.many<ListingRow>(sql`
    select * from credit_listing where ${join(where, " and ")} order by proposed_on desc, id desc limit ${filter.limit + 1}`);
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > filter.limit && last ? writeCursor([last.proposed_on, last.id]) : null };
}

/** One column of the board: its count, and those whose nearest day comes first (名录工作台). */
export async function boardColumn(
  tx: Tx,
  where: { readonly division?: string; readonly list?: string; readonly state: string; readonly limit: number },
): Promise<{ total: number; rows: ListingRow[] }> {
  const conditions = [
    ...inDivision(where.division),
    sql`state = ${where.state}`,
    ...(where.list ? [sql`list = ${where.list}`] : []),
  ];
  const condition = join(conditions, " and ");
  const { n } = await tx.one<{ n: number }>(sql`select count(*) as n from credit_listing where ${condition}`);
  const rows = await tx.many<ListingRow>(sql`
    select * from credit_listing where ${condition}
    order by least(statement_due_on, removal_due_on, six_months_on, two_years_on) nulls last, proposed_on, id limit ${where.limit}`);
  return { total: n, rows };
}

export interface RecordFilter {
  readonly division?: string;
  readonly organisationId?: string;
  readonly class?: string;
  readonly localClass?: string;
  readonly kind?: string;
  readonly state?: string;
  readonly late?: boolean;
  readonly after?: string;
  readonly limit: number;
}

/** Credit records under the reader's scope, newest first (信用信息列表); the total is bounded at ten thousand. */
export async function listRecords(
  tx: Tx,
  filter: RecordFilter,
  today: string,
): Promise<{ rows: RecordRow[]; next: string | null; total: number | null }> {
  const where: Statement[] = [...inDivision(filter.division), sql`state <> 'undone'`];
  if (filter.organisationId) where.push(sql`organisation_id = ${filter.organisationId}`);
  if (filter.class) where.push(sql`class = ${filter.class}`);
  if (filter.localClass) where.push(sql`local_class = ${filter.localClass}`);
  if (filter.kind) where.push(sql`kind = ${filter.kind}`);
  if (filter.state) where.push(sql`state = ${filter.state}`);
  if (filter.late) where.push(sql`(on_time = false or (state = 'pending' and due_on < ${today}))`);
  const all = join(where, " and ");
  const after = readCursor(filter.after, ["day", "id"]);
  const keyed = after ? sql`${all} and (formed_on, id) < (${after[0]}::date, ${after[1]}::uuid)` : all;
  const rows = await tx.many<RecordRow>(sql`
    select * from credit_record where ${keyed} order by formed_on desc, id desc limit ${filter.limit + 1}`);
  const { n } = await tx.one<{ n: number }>(sql`
    select count(*) as n from (select 1 from credit_record where ${all} limit 10001) as bounded`);
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return {
    rows: page,
    next: rows.length > filter.limit && last ? writeCursor([last.formed_on, last.id]) : null,
    total: n > 10_000 ? null : n,
  };
}

/** Records of an organisation by both classifications (分类计数). */
export async function countsOf(
  tx: Tx,
  organisation: string,
): Promise<{ class: string; local_class: string; n: number }[]> {
  return tx.many(sql`
    select class, local_class, count(*) as n from credit_record
    where organisation_id = ${organisation} and state = 'entered' group by class, local_class order by class, local_class`);
}

/** Runs under the reader's scope, newest first (批处理记录). */
export async function listRuns(
  tx: Tx,
  filter: { readonly kind?: string; readonly after?: string; readonly limit: number },
): Promise<{ rows: RunRow[]; next: string | null }> {
  const where: Statement[] = [];
  if (filter.kind) where.push(sql`kind = ${filter.kind}`);
  const after = readCursor(filter.after, ["instant", "id"]);
  if (after) where.push(sql`(started_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  const rows = await tx.many<RunRow>(sql`
    select * from credit_run where ${join(where, " and ")} order by started_at desc, id desc limit ${filter.limit + 1}`);
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return {
    rows: page,
    next: rows.length > filter.limit && last ? writeCursor([last.started_at, last.id]) : null,
  };
}

/** Where the listings of a run stand now. */
export async function runItemStates(
  tx: Tx,
  listings: readonly string[],
): Promise<Map<string, Pick<ListingRow, "state" | "organisation_code">>> {
  if (listings.length === 0) return new Map();
  const rows = await tx.many<Pick<ListingRow, "id" | "state" | "organisation_code">>(sql`
    select id, state, organisation_code from credit_listing where id = any(${listings}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row]));
}

/** A step of the timeline as it is read (程序步骤). */
export interface StepRow {
  readonly at: Date;
  readonly transition: string;
  readonly from_state: string | null;
  readonly to_state: string;
  readonly actor_label: string;
  readonly law: Record<string, unknown>[];
  readonly document_id: string | null;
  readonly decision_id: string | null;
  readonly note: Record<string, unknown>;
}

/** Steps of the procedures over these subjects, oldest first (时间轴). */
export async function stepsOf(tx: Tx, subjects: readonly string[]): Promise<StepRow[]> {
  return tx.many<StepRow>(sql`
    select at, transition, from_state, to_state, actor_label, law, document_id, decision_id, note
    from procedure_step where subject_id = any(${subjects}::uuid[]) order by at, id`);
}

export interface DocumentRow {
  readonly id: string;
  readonly title: string;
  readonly number: string | null;
  readonly issued_on: string;
  readonly verification_code: string;
}

/** Documents by id, under the reader's scope. */
export async function documentsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, DocumentRow>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.many<DocumentRow>(sql`
    select id, title, number, issued_on, verification_code from document where id = any(${ids}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row]));
}
