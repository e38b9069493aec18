import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { CategoryRow, NewContact } from "./relations.store.ts";

/** Writes a dated class, new or as it stands now. */
export async function writeCategory(tx: Tx, row: CategoryRow): Promise<void> {
  await tx.run(sql`
    insert into person_category (home_code, id, division_code, person_id, category, from_on, to_on, source, grade, evidence_id, ground)
    values (${row.home_code}, ${row.id}, ${row.division_code}, ${row.person_id}, ${row.category}, ${row.from_on}, ${row.to_on},
      ${row.source}, ${row.grade}, ${row.evidence_id}, ${row.ground})
    on conflict (home_code, id) do update set to_on = excluded.to_on, source = excluded.source, grade = excluded.grade,
      evidence_id = excluded.evidence_id, ground = excluded.ground`);
}

/** Writes what changed of a contact that stays. */
export async function updateContact(tx: Tx, row: NewContact): Promise<void> {
  await tx.run(sql`
    update person_contact set position = ${row.position}, name = ${row.name}, relation = ${row.relation}, place = ${row.place}
    where home_code = ${row.home_code} and id = ${row.id}`);
}

/** A consent to write. */
export interface NewConsent {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly person_id: string;
  readonly purpose: string;
  readonly given_by: string;
  readonly given_on: string;
  readonly until_on: string | null;
  readonly withdrawn_on: string | null;
  readonly evidence_id: string | null;
}

export async function insertConsent(tx: Tx, row: NewConsent): Promise<void> {
  await tx.run(sql`
    insert into person_consent (home_code, id, division_code, person_id, purpose, given_by, given_on, until_on, withdrawn_on, evidence_id)
    values (${row.home_code}, ${row.id}, ${row.division_code}, ${row.person_id}, ${row.purpose}, ${row.given_by}, ${row.given_on},
      ${row.until_on}, ${row.withdrawn_on}, ${row.evidence_id})`);
}

/** Ends a consent from a day on. */
export async function updateConsent(tx: Tx, id: string, on: string): Promise<void> {
  await tx.run(sql`update person_consent set withdrawn_on = ${on} where id = ${id} and withdrawn_on is null`);
}
