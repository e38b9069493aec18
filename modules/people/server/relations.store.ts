import { type Statement, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import type { Category } from "../people.shapes.ts";
import type { PersonRow } from "./person.row.ts";

/** A dated class of a person (身份类别). */
export interface CategoryRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly person_id: string;
  readonly category: Category;
  readonly from_on: string;
  readonly to_on: string | null;
  readonly source: string;
  readonly grade: string | null;
  readonly evidence_id: string | null;
  readonly ground: string | null;
}

/** A class to write; what is not said is null. */
export type NewCategory = Omit<CategoryRow, "to_on" | "grade" | "evidence_id" | "ground"> & Partial<CategoryRow>;

/** A contact to write. */
export interface NewContact {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly person_id: string;
  readonly kind: string;
  readonly position: number;
  readonly name: string;
  readonly relation: string;
  readonly place: string;
}

/** Households by an id made of place and number, so that two who write one at once write the same row (建户). */
export async function insertHouseholds(
  tx: Tx,
  rows: readonly { home_code: string; id: string; division_code: string; number: string; address: string }[],
  now: Date,
): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`
    insert into household (home_code, id, division_code, number, address, updated_at)
    select home_code, id, division_code, number, address, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, id uuid, division_code text, number text, address text)
    order by id on conflict do nothing`);
}

export async function insertCategories(tx: Tx, rows: readonly NewCategory[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`
    insert into person_category (home_code, id, division_code, person_id, category, from_on, to_on, source, grade, evidence_id, ground)
    select home_code, id, division_code, person_id, category, from_on, to_on, source, grade, evidence_id, ground
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, id uuid, division_code text, person_id uuid,
      category text, from_on date, to_on date, source text, grade text, evidence_id uuid, ground text)`);
}

export async function insertContacts(tx: Tx, rows: readonly NewContact[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`
    insert into person_contact (home_code, id, division_code, person_id, kind, position, name, relation, place)
    select home_code, id, division_code, person_id, kind, position, name, relation, place
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, id uuid, division_code text, person_id uuid,
      kind text, position integer, name text, relation text, place text)`);
}

/** Ends contacts; the row and its sealed number stay. */
export async function endContacts(tx: Tx, ids: readonly string[], on: string): Promise<void> {
  if (ids.length > 0)
    await tx.run(sql`update person_contact set ended_on = ${on} where id = any(${ids}::uuid[]) and ended_on is null`);
}

/** Classes of people under the actor's scope, oldest first. */
export async function categoriesOf(tx: Tx, ids: readonly string[]): Promise<CategoryRow[]> {
  if (ids.length === 0) return [];
  return tx.many<CategoryRow>(sql`
    select * from person_category where person_id = any(${ids}::uuid[]) order by person_id, from_on, id`);
}

/**
 * People whose classes are not those in force on a day (类别已到期或已开始): a class is still theirs after its last day, or not
 * yet although its first day has come since `since`.
 */
export async function turnedCategories(tx: Tx, today: string, since: string): Promise<string[]> {
  const rows = await tx.many<{ id: string }>(sql`
    select person.id from person_category as held
    join person on person.home_code = held.home_code and person.id = held.person_id and person.state = 'present'
    where held.to_on <= ${today} and held.category = any(person.categories) and not exists (
      select 1 from person_category as other where other.person_id = held.person_id and other.category = held.category
        and other.home_code = held.home_code and other.from_on <= ${today} and (other.to_on is null or other.to_on > ${today}))
    union
    select person.id from person_category as held
    join person on person.home_code = held.home_code and person.id = held.person_id and person.state = 'present'
    where held.from_on > ${since} and held.from_on <= ${today} and (held.to_on is null or held.to_on > ${today})
      and not (held.category = any(person.categories))
    order by id`);
  return rows.map((row) => row.id);
}

const divisionOfPeople = (rows: readonly PersonRow[]) =>
  JSON.stringify(rows.map((row) => ({ home: row.home_code, person: row.id, division: row.division_code })));

/** What hangs on people follows them to another division of their county (随人调整所属区划). Written as the system role. */
export function followDivision(ctx: Context, rows: readonly PersonRow[]): void {
  if (rows.length === 0) return;
  const json = divisionOfPeople(rows);
  const given = (): Statement =>
    sql`jsonb_to_recordset(${json}::jsonb) as given (home text, person uuid, division text)`;
  ctx.later(async (tx) => {
    await tx.run(sql`
      update sealed_field as held set division_code = given.division from ${given()}
      where held.home_code = given.home and held.subject_id = given.person`);
    await tx.run(sql`
      update sealed_field as held set division_code = given.division from ${given()}
      join person_contact as contact on contact.home_code = given.home and contact.person_id = given.person
      where held.home_code = given.home and held.subject_id = contact.id`);
    await tx.run(
      sql`update person_category as held set division_code = given.division from ${given()} where held.home_code = given.home and held.person_id = given.person`,
    );
    await tx.run(
      sql`update person_contact as held set division_code = given.division from ${given()} where held.home_code = given.home and held.person_id = given.person`,
    );
    await tx.run(
      sql`update person_consent as held set division_code = given.division from ${given()} where held.home_code = given.home and held.person_id = given.person`,
    );
    await tx.run(
      sql`update person_pair as held set division_code = given.division from ${given()} where held.home_code = given.home and held.person_id = given.person`,
    );
    await tx.run(
      sql`update person_alias as held set division_code = given.division from ${given()} where held.home_code = given.home and held.person_id = given.person`,
    );
    await tx.run(
      sql`update person_key as held set division_code = given.division from ${given()} where held.home_code = given.home and held.person_id = given.person`,
    );
    await tx.run(
      sql`update duty as held set division_code = given.division from ${given()} where held.home_code = given.home and held.subject_id = given.person and held.kind = 'people.confirm-arrival' and held.state = 'open'`,
    );
  });
}
