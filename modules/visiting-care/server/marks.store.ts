import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { MarkRow } from "./visit.row.ts";

/** A mark with the instant of the first visit that counts in its month. */
export interface MarkWithFirst extends MarkRow {
  readonly first_at: Date | null;
}

/** Marks of a person from a month on, as the system role. */
export async function marksFrom(tx: Tx, home: string, person: string, month: string): Promise<MarkWithFirst[]> {
  return tx.many<MarkWithFirst>(sql`
    select mark.*, (select min(visit.at) from care_visit as visit join care_enrolment as care on care.home_code = mark.home_code and care.id = mark.enrolment_id
      where (visit.person_id = mark.person_id or visit.person_id = any(care.alias_ids)) and visit.home_code = mark.home_code
        and visit.month = mark.month and visit.counts and visit.voided_on is null) as first_at
    from care_mark as mark where mark.home_code = ${home} and mark.person_id = ${person} and mark.month >= ${month}
    order by mark.month`);
}

export async function markOf(tx: Tx, home: string, person: string, month: string): Promise<MarkRow | undefined> {
  return tx.maybe<MarkRow>(
    sql`select * from care_mark where home_code = ${home} and person_id = ${person} and month = ${month}`,
  );
}

/** Writes marks as they are to be, as one statement. */
export async function putMarks(tx: Tx, marks: readonly MarkRow[]): Promise<void> {
  if (marks.length === 0) return;
  await tx.run(sql`
    insert into care_mark (home_code, person_id, month, division_code, recorded_division_code, enrolment_id, visit_id, base, left_after)
    select home_code, person_id, month, division_code, recorded_division_code, enrolment_id, visit_id, base, left_after
    from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) as row (home_code text, person_id uuid, month text, division_code text,
      recorded_division_code text, enrolment_id uuid, visit_id uuid, base boolean, left_after boolean)
    on conflict (home_code, person_id, month) do update set division_code = excluded.division_code,
      recorded_division_code = excluded.recorded_division_code, enrolment_id = excluded.enrolment_id, visit_id = excluded.visit_id,
      base = excluded.base, left_after = excluded.left_after`);
}

export async function dropMark(tx: Tx, mark: MarkRow): Promise<void> {
  await tx.run(
    sql`delete from care_mark where home_code = ${mark.home_code} and person_id = ${mark.person_id} and month = ${mark.month}`,
  );
}

/** What a person left behind follows them to another place of the same county: visits and marks, for who may read them. */
export async function carryHistory(tx: Tx, home: string, persons: readonly string[], division: string): Promise<void> {
  await tx.run(sql`
    update care_visit set division_code = ${division} where person_id = any(${persons}::uuid[]) and home_code = ${home} and division_code <> ${division}`);
  await tx.run(sql`
    update care_mark set division_code = ${division} where person_id = any(${persons}::uuid[]) and home_code = ${home} and division_code <> ${division}`);
}

/** One line of the ledger of who is in care or refuses (增减台账). */
export interface Movement {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly enrolment_id: string;
  readonly person_id: string;
  readonly on_on: string;
  readonly month: string;
  readonly what: "enrolled" | "refused";
  readonly delta: 1 | -1;
  readonly cause: string;
}

export async function insertMovements(tx: Tx, rows: readonly Movement[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`
    insert into care_movement (home_code, id, division_code, enrolment_id, person_id, on_on, month, what, delta, cause)
    select home_code, id, division_code, enrolment_id, person_id, on_on, month, what, delta, cause
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, id uuid, division_code text, enrolment_id uuid,
      person_id uuid, on_on date, month text, what text, delta smallint, cause text)`);
}
