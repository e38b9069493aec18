import { join, raw, type Statement, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { DivisionRange } from "../../../kernel/divisions/code.ts";
import { states } from "../annual-inspection.shapes.ts";
import { lineColumns, type ReportRow } from "./annual-inspection.row.ts";
import type { RunRow } from "./annual-inspection.store.ts";

/** Lines of opening a year: who stands where, by the registration dates (应参检范围). */
export interface Scope {
  readonly year: number;
  /** Social groups registered on or before it owe a report. */
  readonly socialGroups: string;
  /** Service institutions registered on or before it were registered six months at the year's end. */
  readonly institutions: string;
  readonly foundations: string;
  /** Charities that are social groups report under charity law from the year this is true. */
  readonly charitiesApart: boolean;
}

/**
 * Whether an organisation owes the report of a year, as SQL: the same lines as rule `annual.owes_report`, for a whole
 * register at once. A test holds the two together.
 */
function owes(scope: Scope): Statement {
  const apart = scope.charitiesApart ? sql` and not o.is_charity` : sql``;
  return sql`o.status in ('registered', 'suspended') and (
    (o.kind = 'social_group' and o.registered_on <= ${scope.socialGroups}${apart})
    or (o.kind = 'social_service_institution' and o.registered_on <= ${scope.institutions})
    or (o.kind = 'foundation' and o.registered_on <= ${scope.foundations}))`;
}

/** The key of an organisation that owes a report. */
export interface Owing {
  readonly home_code: string;
  readonly id: string;
}

/** Which part of the register, in key order. */
export interface Part {
  readonly range: DivisionRange;
  /** One register, or every one in the range. */
  readonly home: string | null;
}

/**
 * The next organisations in key order, and which of them owe a report (按键取参检组织). Whether one has its report already is
 * not asked here: the insert skips those, which costs less than looking for each of them first.
 */
export async function owingAfter(
  tx: Tx,
  scope: Scope,
  part: Part,
  after: { readonly home: string; readonly id: string },
  limit: number,
): Promise<{ owing: Owing[]; next: { home: string; id: string } | null }> {
  const rows = await tx.many<Owing & { owes: boolean | null }>(sql`
    select o.home_code, o.id, (${owes(scope)}) as owes from organisation o
    where ${inPart(part)} and (o.home_code, o.id) > (${after.home}, ${after.id}::uuid)
    order by o.home_code, o.id limit ${limit}`);
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return { owing: rows.filter((row) => row.owes), next: last ? { home: last.home_code, id: last.id } : null };
}

function inPart(part: Part): Statement {
  const home = part.home === null ? sql`` : sql`o.home_code = ${part.home} and `;
  return sql`${home}o.division_code >= ${part.range.lo} and o.division_code < ${part.range.hi}`;
}

/** Counts of a register against the lines of a year. */
export interface Census {
  readonly home_code: string;
  readonly living: number;
  readonly owing: number;
  readonly undated: number;
  readonly charities: number;
  readonly too_young: number;
}

/** Counts each register of a part against the lines of a year (参检普查). */
export async function census(tx: Tx, scope: Scope, part: Part): Promise<Census[]> {
  return tx.many<Census>(sql`
    select o.home_code,
      count(*)::integer as living,
      (count(*) filter (where ${owes(scope)}))::integer as owing,
      (count(*) filter (where o.registered_on is null))::integer as undated,
      (count(*) filter (where ${scope.charitiesApart} and o.kind = 'social_group' and o.is_charity))::integer as charities,
      (count(*) filter (where o.registered_on is not null and not (${owes(scope)})
        and not (${scope.charitiesApart} and o.kind = 'social_group' and o.is_charity)))::integer as too_young
    from organisation o
    where ${inPart(part)} and o.kind <> 'community_organisation' and o.status in ('registered', 'suspended')
    group by o.home_code order by o.home_code`);
}

/** How many reports of a year each register of a part has. */
export async function reportCounts(tx: Tx, year: number, part: Part): Promise<Map<string, number>> {
  const rows = await tx.many<{ home_code: string; reports: number }>(sql`
    select o.home_code, count(*)::integer as reports from inspection_report o
    where ${inPart(part)} and o.year = ${year} group by o.home_code`);
  return new Map(rows.map((row) => [row.home_code, row.reports]));
}

/** Years opened in the actor's range. */
export async function yearsOpened(tx: Tx) {
  return tx.many<{
    year: number;
    homes: number;
    owed: number;
    undated: number;
    charities: number;
    too_young: number;
    opening: boolean;
  }>(sql`
    select year, count(*)::integer as homes, sum(owed)::integer as owed, sum(undated)::integer as undated, sum(charities)::integer as charities,
      sum(too_young)::integer as too_young, bool_or(state = 'opening') as opening
    from inspection_year group by year order by year desc`);
}

/** Filter of a list. */
export interface ListFilter {
  readonly year?: number;
  readonly range?: DivisionRange;
  readonly kind?: string;
  readonly states?: readonly string[];
  /** The scope is wider than a county. */
  readonly wide?: boolean;
}

function matching(filter: ListFilter): Statement[] {
  const out: Statement[] = [];
  if (filter.year !== undefined) out.push(sql`year = ${filter.year}`);
  if (filter.range) out.push(sql`division_code >= ${filter.range.lo} and division_code < ${filter.range.hi}`);
  if (filter.kind) out.push(sql`kind = ${filter.kind}`);
  if (filter.states)
    out.push(filter.states.length === 1 ? sql`state = ${filter.states[0]}` : sql`state = any(${filter.states})`);
  return out;
}

/**
 * A page of reports by name (报告分页). Over a county the scope finds few rows and sorting them is nothing; over a province
 * the rows are read in order from each state's part of the index, so that no page ever sorts the whole year.
 */
export async function reportPage(
  tx: Tx,
  filter: ListFilter,
  after: readonly [key: string, id: string] | undefined,
  limit: number,
): Promise<ReportRow[]> {
  const page = (wanted: ListFilter): Statement => {
    const conditions = matching(wanted);
    if (after) conditions.push(sql`(sort_key, id) > (${after[0]}, ${after[1]}::uuid)`);
    return sql`select ${raw(lineColumns)} from inspection_report where ${join(conditions, " and ")} order by sort_key, id limit ${limit}`;
  };
  if (!filter.wide || filter.year === undefined || filter.states) return tx.many<ReportRow>(page(filter));
  const parts = states.map((state) => sql`(${page({ ...filter, states: [state] })})`);
  return tx.many<ReportRow>(sql`
    select * from (${join(parts, " union all ")}) as parts order by sort_key, id limit ${limit}`);
}

/** Reports of an organisation before a year, newest first: last year's figures and the donations of three years. */
export async function earlierReports(
  tx: Tx,
  home: string,
  organisation: string,
  year: number,
  most: number,
): Promise<ReportRow[]> {
  return tx.many<ReportRow>(sql`
    select * from inspection_report where home_code = ${home} and organisation_id = ${organisation} and year < ${year} and year >= ${year - most} order by year desc`);
}

/** Steps taken on a report, oldest first. */
export async function stepsOf(tx: Tx, report: ReportRow) {
  return tx.many<{
    transition: string;
    from_state: string | null;
    to_state: string;
    at: Date;
    actor_label: string;
    law: {
      document: string;
      number?: string;
      article: string;
      item?: string;
      effectiveFrom: string;
      effectiveTo?: string;
    }[];
    document_id: string | null;
    decision_id: string | null;
    note: Record<string, unknown>;
  }>(sql`
    select transition, from_state, to_state, at, actor_label, law, document_id, decision_id, note from procedure_step
    where instance_id = ${report.instance_id} and home_code = ${report.home_code} order by at, id`);
}

/** Reports that may be concluded together: filed, on time, nothing found, none of them corrected by the same hand. */
export async function cleanReports(
  tx: Tx,
  home: string,
  year: number,
  kind: string | undefined,
  hand: string | null,
  limit: number,
): Promise<ReportRow[]> {
  const conditions = [...filedOf(home, year, kind), sql`finding_count = 0`, sql`not late`, sql`not ${touchedBy(hand)}`];
  return tx.many<ReportRow>(sql`
    select ${raw(lineColumns)} from inspection_report r where ${join(conditions, " and ")} order by sort_key, id limit ${limit}`);
}

function filedOf(home: string, year: number, kind: string | undefined): Statement[] {
  return [
    sql`r.home_code = ${home}`,
    sql`r.year = ${year}`,
    sql`r.state = 'filed'`,
    ...(kind ? [sql`r.kind = ${kind}`] : []),
  ];
}

/** Whether this person handled the case: who asked for the correction or recorded the paper may not also decide. */
function touchedBy(hand: string | null): Statement {
  return sql`exists (select 1 from procedure_step s where s.home_code = r.home_code and s.instance_id = r.instance_id
    and s.actor_id = ${hand}::uuid and s.transition in ('request-correction', 'record'))`;
}

/** Why filed reports are not among the clean ones. */
export async function uncleanCounts(tx: Tx, home: string, year: number, kind: string | undefined, hand: string | null) {
  return tx.one<{ findings: number; late: number; same_hand: number; clean: number }>(sql`
    select (count(*) filter (where finding_count > 0 and not late))::integer as findings,
      (count(*) filter (where late))::integer as late,
      (count(*) filter (where finding_count = 0 and not late and ${touchedBy(hand)}))::integer as same_hand,
      (count(*) filter (where finding_count = 0 and not late and not ${touchedBy(hand)}))::integer as clean
    from inspection_report r where ${join(filedOf(home, year, kind), " and ")}`);
}

/** What is looked for when something becomes overdue. */
export interface OverdueSearch {
  readonly home: string;
  readonly year: number;
  readonly what: "report" | "rectification";
  readonly today: string;
  /** Consents given after this day leave the organisation time to file. */
  readonly consentedBefore: string;
}

function overdueWhere(search: OverdueSearch): Statement {
  const base = sql`r.home_code = ${search.home} and r.year = ${search.year}`;
  if (search.what === "rectification")
    return sql`${base} and r.state = 'rectifying' and r.rectification_due_on < ${search.today} and r.rectification_reported_on is null`;
  return sql`${base} and r.due_on < ${search.today} and (r.state in ('open', 'returned') or (r.state = 'ready' and r.unit_consent_on < ${search.consentedBefore}))`;
}

const living = sql`exists (select 1 from organisation o where o.home_code = r.home_code and o.id = r.organisation_id and o.status in ('registered', 'suspended'))`;

/** Reports to mark overdue, by name (逾期名单): never of an organisation that is no longer registered. */
export async function overdueReports(tx: Tx, search: OverdueSearch, limit: number, lock = false): Promise<ReportRow[]> {
  return tx.many<ReportRow>(sql`
    select ${raw(lineColumns)} from inspection_report r where ${overdueWhere(search)} and ${living}
    order by r.sort_key, r.id limit ${limit}${lock ? sql` for update` : sql``}`);
}

/** Reports still due of organisations that are no longer registered: they owe nothing any more. */
export async function ownerlessReports(tx: Tx, search: OverdueSearch, limit: number): Promise<ReportRow[]> {
  return tx.many<ReportRow>(sql`
    select ${raw(lineColumns)} from inspection_report r where ${overdueWhere(search)} and not ${living}
    order by r.id limit ${limit} for update`);
}

/** How many there are, and how many are left alone, by reason. */
export async function overdueCounts(tx: Tx, search: OverdueSearch) {
  return tx.one<{ total: number; gone: number; with_unit: number; just_consented: number }>(sql`
    select (count(*) filter (where ${overdueWhere(search)} and ${living}))::integer as total,
      (count(*) filter (where ${overdueWhere(search)} and not ${living}))::integer as gone,
      (count(*) filter (where r.state = 'with_unit' and r.due_on < ${search.today}))::integer as with_unit,
      (count(*) filter (where r.state = 'ready' and r.due_on < ${search.today} and r.unit_consent_on >= ${search.consentedBefore}))::integer as just_consented
    from inspection_report r where r.home_code = ${search.home} and r.year = ${search.year}`);
}

/** Registers and years in which something is overdue on a day, for the daily look. */
export async function overdueHomes(tx: Tx, today: string): Promise<{ home_code: string; division_code: string }[]> {
  return tx.many(sql`
    select r.home_code, min(r.division_code) as division_code from inspection_report r
    where (r.state in ('open', 'returned', 'ready') and r.due_on < ${today})
      or (r.state = 'rectifying' and r.rectification_due_on < ${today} and r.rectification_reported_on is null)
    group by r.home_code order by r.home_code`);
}

/** Years of one register in which something is overdue. */
export async function overdueYears(
  tx: Tx,
  home: string,
  today: string,
): Promise<{ year: number; what: "report" | "rectification" }[]> {
  return tx.many(sql`
    select distinct year, case when state = 'rectifying' then 'rectification' else 'report' end as what from inspection_report
    where home_code = ${home} and ((state in ('open', 'returned', 'ready') and due_on < ${today})
      or (state = 'rectifying' and rectification_due_on < ${today} and rectification_reported_on is null))
    order by year, what`);
}

/** Whether the duty to run a year by hand is open already. */
export async function openRunDuties(tx: Tx, home: string, subject: string): Promise<number> {
  return (
    await tx.many(
      sql`select id from duty where home_code = ${home} and subject_id = ${subject} and kind = 'annual-inspection.overdue-run' and state = 'open'`,
    )
  ).length;
}

/** Runs in the actor's range, newest first. */
export async function runs(tx: Tx, year: number | undefined) {
  const conditions = year === undefined ? [] : [sql`year = ${year}`];
  return tx.many<RunRow>(sql`
    select * from inspection_overdue_run where ${join(conditions, " and ")} order by started_at desc, id desc limit 200`);
}

/** An organisation that may be a candidate: missed this year, or reported no activity at all. */
export interface Idle {
  readonly id: string;
  readonly organisation_id: string;
  readonly organisation_name: string;
  readonly organisation_code: string | null;
  readonly kind: "social_group" | "social_service_institution" | "foundation";
  readonly division_code: string;
  readonly sort_key: string;
  readonly state: string;
  readonly activity_count: number | null;
  readonly registered_on: string | null;
  readonly missed: number[];
}

/** Organisations that missed a year and the one before, or whose report of the year names no activity (僵尸线索). */
export async function idleOrganisations(
  tx: Tx,
  filter: { readonly year: number; readonly range?: DivisionRange },
  after: readonly [key: string, id: string] | undefined,
  limit: number,
): Promise<Idle[]> {
  const conditions: Statement[] = [sql`r.year = ${filter.year}`];
  if (filter.range)
    conditions.push(sql`r.division_code >= ${filter.range.lo} and r.division_code < ${filter.range.hi}`);
  if (after) conditions.push(sql`(r.sort_key, r.id) > (${after[0]}, ${after[1]}::uuid)`);
  return tx.many<Idle>(sql`
    select r.id, r.organisation_id, r.organisation_name, r.organisation_code, r.kind, r.division_code, r.sort_key, r.state, r.activity_count, o.registered_on,
      array(select m.year from inspection_report m where m.home_code = r.home_code and m.organisation_id = r.organisation_id
        and m.state = 'overdue' and m.year <= r.year order by m.year) as missed
    from inspection_report r join organisation o on o.home_code = r.home_code and o.id = r.organisation_id
    where ${join(conditions, " and ")} and o.status in ('registered', 'suspended') and (
      (r.state = 'overdue' and exists (select 1 from inspection_report b where b.home_code = r.home_code
        and b.organisation_id = r.organisation_id and b.year = r.year - 1 and b.state = 'overdue'))
      or (r.activity_count = 0 and r.state in ('filed', 'correcting', 'passed', 'basic', 'failed', 'rectifying', 'rectification_overdue', 'rectified')))
    order by r.sort_key, r.id limit ${limit}`);
}

/** Names of the divisions one level below (下级区划名称). */
export async function divisionNames(tx: Tx, range: DivisionRange, digits: number): Promise<Map<string, string>> {
  const rows = await tx.many<{ code: string; name: string }>(sql`
    select code, name from division where code >= ${range.lo} and code < ${range.hi} and length(code) = ${digits} and valid_to is null`);
  return new Map(rows.map((row) => [row.code, row.name]));
}

/** Reports whose next day comes in one of these many days, with the duty to mark; not yet reminded this far. */
export async function toRemind(tx: Tx, days: readonly { readonly on: string; readonly step: number }[], limit: number) {
  const out: { home_code: string; id: string; organisation_id: string; step: number }[] = [];
  for (const { on, step } of days) {
    const rows = await tx.many<{ home_code: string; id: string; organisation_id: string }>(sql`
      select r.home_code, r.id, r.organisation_id from inspection_report r
      join duty d on d.home_code = r.home_code and d.subject_id = r.id and d.kind = 'annual-inspection.report' and d.state = 'open'
      where r.state in ('open', 'returned', 'ready') and d.reminders < ${step}
        and (case when r.unit_due_on is not null and r.state in ('open', 'returned') then r.unit_due_on else r.due_on end) = ${on}
      limit ${limit - out.length}`);
    out.push(...rows.map((row) => ({ ...row, step })));
    if (out.length >= limit) break;
  }
  return out;
}

/** Organisations of one register by present or former name and by code (名称代码匹配): ids only. */
export async function matchesOf(tx: Tx, home: string, names: readonly string[], codes: readonly string[]) {
  const rows = await tx.many<{ by: "name" | "code"; value: string; id: string }>(sql`
    select 'name' as by, o.name as value, o.id from organisation o where o.home_code = ${home} and o.name = any(${names})
    union select 'name', n.name, n.organisation_id from organisation_name n where n.home_code = ${home} and n.name = any(${names})
    union select 'code', o.credit_code, o.id from organisation o where o.home_code = ${home} and o.credit_code = any(${codes})`);
  const byName = new Map<string, string[]>();
  const byCode = new Map<string, string[]>();
  for (const row of rows) {
    const map = row.by === "name" ? byName : byCode;
    map.set(row.value, [...(map.get(row.value) ?? []), row.id]);
  }
  return { byName, byCode };
}

/** Reports of organisations for some years, by `organisation|year`. */
export async function reportsOf(
  tx: Tx,
  home: string,
  organisations: readonly string[],
  years: readonly number[],
): Promise<Map<string, ReportRow>> {
  const rows = await tx.many<ReportRow>(sql`
    select * from inspection_report where home_code = ${home} and organisation_id = any(${organisations}::uuid[]) and year = any(${years}::integer[])`);
  return new Map(rows.map((row) => [`${row.organisation_id}|${row.year}`, row]));
}

/** Every report of some organisations, newest first, by organisation. */
export async function earlierOf(
  tx: Tx,
  home: string,
  organisations: readonly string[],
): Promise<Map<string, ReportRow[]>> {
  const rows = await tx.many<ReportRow>(sql`
    select * from inspection_report where home_code = ${home} and organisation_id = any(${organisations}::uuid[]) order by organisation_id, year desc`);
  const out = new Map<string, ReportRow[]>();
  for (const row of rows) out.set(row.organisation_id, [...(out.get(row.organisation_id) ?? []), row]);
  return out;
}
