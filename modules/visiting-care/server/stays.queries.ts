import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { EnrolmentRow } from "./enrolment.row.ts";

/** The number of the last closed stay of a person in a home; 0 when there is none. */
export async function lastClosedNo(tx: Tx, home: string, person: string): Promise<number> {
  const row = await tx.one<{ last: number }>(sql`
    select coalesce(max(closed_no), 0) as last from care_enrolment where person_id = ${person} and home_code = ${home}`);
  return row.last;
}

/** Whether somebody has an open stay in a home that the actor may not see. */
export async function hasOpenStay(tx: Tx, home: string, person: string): Promise<boolean> {
  const row = await tx.lookup((lookup) =>
    lookup.maybe<{ id: string }>(sql`
      select id from care_enrolment where person_id = ${person} and home_code = ${home} and closed_no = 0`),
  );
  return row !== undefined;
}

/** Of these people, those who are or were in care, wherever that was. */
export async function everInCare(tx: Tx, persons: readonly string[]): Promise<Set<string>> {
  const rows = await tx.lookup((lookup) =>
    lookup.many<{ person_id: string }>(sql`
      select distinct person_id from care_enrolment where person_id = any(${persons}::uuid[])`),
  );
  return new Set(rows.map((row) => row.person_id));
}

export async function stayById(tx: Tx, home: string, id: string): Promise<EnrolmentRow | undefined> {
  return tx.maybe<EnrolmentRow>(sql`select * from care_enrolment where home_code = ${home} and id = ${id}`);
}
