import { raw, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { EnrolmentRow } from "./enrolment.row.ts";

const columnTypes: Readonly<Record<keyof EnrolmentRow, string>> = {
  home_code: "text",
  id: "uuid",
  division_code: "text",
  person_id: "uuid",
  alias_ids: "uuid[]",
  closed_no: "integer",
  name: "text",
  name_key: "text",
  sex: "text",
  born_on: "date",
  living: "text",
  categories: "text[]",
  class_key: "text",
  latitude: "double precision",
  longitude: "double precision",
  state: "text",
  risk: "text",
  modes: "text[]",
  per: "text",
  min_visits: "integer",
  worker_id: "uuid",
  worker_name: "text",
  stand_in_id: "uuid",
  stand_in_name: "text",
  proposed_on: "date",
  reason: "text",
  campaign_id: "uuid",
  agreed_by: "text",
  agreed_on: "date",
  evidence_id: "uuid",
  first_enrolled_on: "date",
  enrolled_on: "date",
  refused_on: "date",
  refused_by: "text",
  refused_reason: "text",
  ask_again_on: "date",
  reassess_on: "date",
  closed_on: "date",
  closed_ground: "text",
  merged_into: "uuid",
  last_visit_sort: "timestamptz",
  last_visit_id: "uuid",
  last_visit_by: "uuid",
  last_visit_device: "text",
  last_mark: "text",
  next_due_on: "date",
  decision_id: "uuid",
  version: "integer",
  created_at: "timestamptz",
  updated_at: "timestamptz",
};
const columns = Object.keys(columnTypes) as (keyof EnrolmentRow)[];
const list = columns.join(", ");
const typed = columns.map((column) => `${column} ${columnTypes[column]}`).join(", ");
const changeable = columns.filter((column) => !["home_code", "id", "created_at"].includes(column));
const assigned = changeable.map((column) => `${column} = row.${column}`).join(", ");

/** Writes new stays as one statement. As the system role. */
export async function insertEnrolments(tx: Tx, rows: readonly EnrolmentRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`
    insert into care_enrolment (${raw(list)})
    select ${raw(list)} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (${raw(typed)})`);
}

/** Writes changed stays as one statement. As the system role; the rows are held by this transaction. */
export async function updateEnrolments(tx: Tx, rows: readonly EnrolmentRow[]): Promise<void> {
  if (rows.length === 0) return;
  const done = await tx.run(sql`
    update care_enrolment as care set ${raw(assigned)}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (${raw(typed)})
    where care.home_code = row.home_code and care.id = row.id`);
  if (done !== rows.length) throw new Error(`${rows.length - done} enrolments were not there to be changed`);
}

/**
 * Holds the stay of a person in a home for this transaction: the open one, else the one closed last. Under the actor's own
 * scope; undefined when there is none in it.
 */
export async function holdEnrolment(tx: Tx, home: string, person: string): Promise<EnrolmentRow | undefined> {
  return tx.maybe<EnrolmentRow>(sql`
    select * from care_enrolment where person_id = ${person} and home_code = ${home}
    order by closed_no = 0 desc, closed_no desc limit 1 for update`);
}

/** The stay shown for a person under the actor's own scope: the open one, else the newest, wherever it is. */
export async function shownEnrolment(tx: Tx, person: string): Promise<EnrolmentRow | undefined> {
  return tx.maybe<EnrolmentRow>(sql`
    select * from care_enrolment where person_id = ${person} order by closed_no = 0 desc, updated_at desc limit 1`);
}

/** Takes ids that are people of their own again out of the stays that have ended. As the system role. */
export async function forgetAliases(tx: Tx, home: string, aliases: readonly string[]): Promise<void> {
  await tx.run(sql`
    update care_enrolment set alias_ids = array(select one from unnest(alias_ids) as one where one <> all (${aliases}::uuid[]))
    where home_code = ${home} and closed_no > 0 and alias_ids && ${aliases}::uuid[]`);
}

/** The day of the last change of a stay in the ledger. */
export async function lastMovementOn(tx: Tx, enrolment: string): Promise<string | null> {
  const row = await tx.one<{ on_on: string | null }>(sql`
    select max(on_on) as on_on from care_movement where enrolment_id = ${enrolment}`);
  return row.on_on;
}

/** Open stays of a worker within divisions, held for a change. */
export async function staysOfWorker(tx: Tx, home: string, worker: string, lo: string, hi: string) {
  return tx.many<EnrolmentRow>(sql`
    select * from care_enrolment
    where home_code = ${home} and division_code >= ${lo} and division_code < ${hi} and closed_no = 0
      and (worker_id = ${worker} or stand_in_id = ${worker})
    order by id for update`);
}
