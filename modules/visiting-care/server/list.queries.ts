import { join, prepare, raw, type Statement, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { keepsRegister } from "../../../kernel/divisions/division.queries.ts";
import type { Category } from "../../people/index.ts";
import type { EnrolmentRow } from "./enrolment.row.ts";
import type { VisitRow } from "./visit.row.ts";

export interface PeopleFilter {
  readonly lo: string;
  readonly hi: string;
  readonly homes: readonly string[];
  readonly state: EnrolmentRow["state"];
  readonly categories: readonly Category[];
  readonly risk?: string | undefined;
  readonly workerId?: string | undefined;
  readonly q?: string | undefined;
  readonly month?: string | undefined;
  readonly visited?: "yes" | "no" | undefined;
  /** Those the rate of the month counts (计入当月), wherever their stay has gone since, instead of those in `state` now. */
  readonly counted?: boolean;
}

/** Condition on `care`: counted in a month with a visit, or without one, in the division of that month. */
function countedIn({ lo, hi, visited }: PeopleFilter, month: string): Statement {
  const mark = sql`select 1 from care_mark as mark where mark.home_code = care.home_code and mark.person_id = care.person_id and mark.month = ${month} and mark.base`;
  if (visited === "yes")
    return sql`exists (${mark} and mark.enrolment_id = care.id and mark.recorded_division_code >= ${lo} and mark.recorded_division_code < ${hi})`;
  return sql`not exists (${mark}) and exists (
    select 1 from care_movement as line
    where line.enrolment_id = care.id and line.what = 'enrolled' and line.month <= ${month} and line.division_code >= ${lo} and line.division_code < ${hi}
    group by line.division_code having sum(line.delta) > 0)`;
}

/** Sorting of the list: the column, and its type for the key of a page. */
const orders = {
  "last-visit": { column: "last_visit_sort", type: "timestamptz" },
  name: { column: "name_key", type: "text" },
  due: { column: "coalesce(next_due_on, '9999-12-31'::date)", type: "date" },
} as const;
export type Order = keyof typeof orders;

const listed = [
  "home_code",
  "id",
  "division_code",
  "person_id",
  "name",
  "name_key",
  "sex",
  "born_on",
  "categories",
  "living",
  "state",
  "risk",
  "modes",
  "per",
  "min_visits",
  "worker_name",
  "last_visit_sort",
  "last_mark",
  "next_due_on",
] as const satisfies readonly (keyof EnrolmentRow)[];
const shown = listed.map((column) => `care.${column}`).join(", ");

/** What a list shows of somebody in care. */
export type ListedRow = Pick<EnrolmentRow, (typeof listed)[number]>;

/** Classes with an index of their own over those enrolled. */
const indexed: ReadonlySet<string> = new Set([
  "living_alone",
  "empty_nest",
  "left_behind",
  "disabled_self_care",
  "severely_disabled",
  "family_planning_special",
  "dibao",
  "oldest_old",
]);

/**
 * A page of people in care (探访对象列表). Homes and classes are walked each along its own index and merged, so a page
 * costs the same wherever it stands and however many match. Class names are words of the program: they pick the index.
 */
export async function peoplePage(
  tx: Tx,
  filter: PeopleFilter,
  order: Order,
  after: readonly [sort: string, id: string] | undefined,
  limit: number,
): Promise<ListedRow[]> {
  const { column, type } = orders[order];
  const month = filter.counted ? filter.month : undefined;
  const conditions: Statement[] = [
    month === undefined
      ? sql`care.state = '${raw(filter.state)}' and care.division_code >= ${filter.lo} and care.division_code < ${filter.hi}`
      : countedIn(filter, month),
  ];
  if (filter.risk) conditions.push(sql`care.risk = ${filter.risk}`);
  if (filter.workerId)
    conditions.push(sql`(care.worker_id = ${filter.workerId} or care.stand_in_id = ${filter.workerId})`);
  if (filter.q)
    conditions.push(
      sql`(strpos(care.name, ${filter.q}) > 0 or care.name_key >= ${filter.q} and care.name_key < ${`${filter.q}\uffff`})`,
    );
  if (month === undefined && filter.month && filter.visited) {
    const mark = sql`exists (select 1 from care_mark as mark where mark.home_code = care.home_code and mark.person_id = care.person_id and mark.month = ${filter.month})`;
    conditions.push(filter.visited === "yes" ? mark : sql`not ${mark}`);
  }
  if (after) conditions.push(sql`(${raw(column)}, care.id) > (${after[0]}::${raw(type)}, ${after[1]}::uuid)`);
  const walk = (home: Statement, own: Statement, columns: string) => sql`
    (select ${raw(columns)}, ${raw(column)} as sort from care_enrolment as care where care.home_code = ${home} and ${own} and ${join(conditions, " and ")}
      order by ${raw(column)}, care.id limit ${limit})`;
  const walksOf = (home: Statement, columns: string): Statement[] => {
    if (filter.categories.length === 0) return [walk(home, sql`true`, columns)];
    if (month === undefined && filter.state === "enrolled" && filter.categories.every((one) => indexed.has(one)))
      return filter.categories.map((one) => walk(home, sql`'${raw(one)}' = any (care.categories)`, columns));
    return [walk(home, sql`care.categories && ${filter.categories}::text[]`, columns)];
  };
  const [first, ...more] = filter.homes;
  if (first === undefined) return [];
  if (more.length === 0) {
    const walks = walksOf(sql`${first}`, shown);
    if (walks.length === 1) return tx.many<ListedRow>(prepare(walks[0] as Statement));
    // Merged as they come: the walks end with the page, and who is in two classes comes twice in a row.
    return tx.many<ListedRow>(
      prepare(sql`
        select distinct on (sort, id) ${raw(listed.join(", "))} from (${join(walks, " union all ")}) as walked order by sort, id limit ${limit}`),
    );
  }
  // Of many counties the walks along the indexes carry no more than keys: only the page's own rows are read whole.
  const keys = join(walksOf(sql`own.home`, "care.home_code, care.id"), " union ");
  return tx.many<ListedRow>(
    prepare(sql`
      select ${raw(shown)} from (
        select walked.* from unnest(${filter.homes}::text[]) as own (home) cross join lateral (${keys}) as walked order by sort, id limit ${limit}) as page
      join care_enrolment as care on care.home_code = page.home_code and care.id = page.id order by page.sort, page.id`),
  );
}

/** The registers of a range, whose people a list may show. */
export async function homesWithin(tx: Tx, lo: string, hi: string, on: string): Promise<string[]> {
  const rows = await tx.many<{ home: string }>(
    prepare(sql`
      select rpad(code, 6, '0') as home from division as place
      where code >= ${lo} and code < ${hi} and valid_from <= ${on} and (valid_to is null or valid_to > ${on}) and ${keepsRegister(on)} order by code`),
  );
  return rows.map((row) => row.home);
}

/** Who of these people has a mark in a month, in the register that keeps them: marks are found by it. */
export async function markedIn(
  tx: Tx,
  people: readonly Pick<EnrolmentRow, "home_code" | "person_id">[],
  month: string,
): Promise<Set<string>> {
  if (people.length === 0) return new Set();
  const homes = [...new Set(people.map((one) => one.home_code))];
  const rows = await tx.many<{ person_id: string }>(sql`
    select person_id from care_mark
    where home_code = any(${homes}) and person_id = any(${people.map((one) => one.person_id)}::uuid[]) and month = ${month}`);
  return new Set(rows.map((row) => row.person_id));
}

/** Visits by key, newest first, of people or of a division. */
export async function visitPage(
  tx: Tx,
  filter: {
    readonly persons?: readonly string[] | undefined;
    readonly lo: string;
    readonly hi: string;
    readonly month?: string | undefined;
    readonly counts?: boolean | undefined;
    readonly mode?: string | undefined;
  },
  after: readonly [at: string, id: string] | undefined,
  limit: number,
): Promise<(VisitRow & { name: string })[]> {
  const conditions: Statement[] = [];
  if (filter.persons) conditions.push(sql`visit.person_id = any(${filter.persons}::uuid[])`);
  conditions.push(sql`visit.division_code >= ${filter.lo} and visit.division_code < ${filter.hi}`);
  if (filter.month) {
    const from = new Date(`${filter.month}-01T00:00:00+08:00`);
    const [year = 0, month = 0] = filter.month.split("-").map(Number);
    const to = new Date(Date.UTC(year, month, 1) - 8 * 3_600_000);
    conditions.push(sql`visit.at >= ${from} and visit.at < ${to}`);
  }
  if (filter.counts !== undefined)
    conditions.push(sql`(visit.counts and not visit.parallel and visit.voided_on is null) = ${filter.counts}`);
  if (filter.mode) conditions.push(sql`visit.mode = ${filter.mode}`);
  if (after) conditions.push(sql`(visit.at, visit.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return tx.many(sql`
    select visit.*, care.name from care_visit as visit
    left join care_enrolment as care on care.home_code = visit.home_code and care.id = visit.enrolment_id
    where ${join(conditions, " and ")} order by visit.at desc, visit.id desc limit ${limit}`);
}

/** The newest visits of each person, at most so many: the history's length does not matter. */
export async function newestVisits(tx: Tx, persons: readonly string[], limit: number): Promise<VisitRow[]> {
  if (persons.length === 0) return [];
  // Of one person without a list: such a question is planned once, not each time anew.
  if (persons.length === 1)
    return tx.many<VisitRow>(sql`
      select * from care_visit where person_id = ${persons[0]} order by at desc, id desc limit ${limit}`);
  return tx.many<VisitRow>(sql`
    select visit.* from unnest(${persons}::uuid[]) as who (id)
    cross join lateral (select * from care_visit where person_id = who.id order by at desc, id desc limit ${limit}) as visit
    order by visit.at desc, visit.id desc`);
}

export interface DutyLine {
  readonly id: string;
  readonly kind: string;
  readonly subject_id: string;
  readonly planned_on: string | null;
  readonly due_on: string;
  readonly state: string;
  readonly assignee_id: string | null;
}

/** Open duties of care about people, earliest first. */
export async function dutiesOf(tx: Tx, persons: readonly string[]): Promise<DutyLine[]> {
  if (persons.length === 1)
    return tx.many<DutyLine>(sql`
      select id, kind, subject_id, planned_on, due_on, state, assignee_id from duty
      where subject_id = ${persons[0]} and state in ('open', 'paused') and kind >= 'visiting-care.' and kind < 'visiting-care/'
      order by due_on, id`);
  return tx.many<DutyLine>(sql`
    select id, kind, subject_id, planned_on, due_on, state, assignee_id from duty
    where subject_id = any(${persons}::uuid[]) and state in ('open', 'paused') and kind >= 'visiting-care.' and kind < 'visiting-care/'
    order by due_on, id`);
}

/** The newest entries about a person, for their page. Workers do not read the journal: theirs is empty. */
export async function timelineOf(tx: Tx, person: string, limit: number) {
  return tx.many<{ at: Date; event: string; actor_label: string; payload: Record<string, unknown> }>(sql`
    select at, event, actor_label, payload from journal_entry
    where subject_id = ${person} and not refused order by id desc limit ${limit}`);
}
