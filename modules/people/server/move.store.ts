import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { PersonRow } from "./person.row.ts";

/** The row somebody has in another home from an earlier stay (曾有档案), across scopes. */
export async function rowIn(tx: Tx, home: string, id: string): Promise<PersonRow | undefined> {
  return tx.lookup((lookup) =>
    lookup.maybe<PersonRow>(sql`select * from person where home_code = ${home} and id = ${id}`),
  );
}

/**
 * Takes along what is in force of a person (随迁): key, sealed values, classes, contacts and consents get rows in the new
 * home, the old ones stay where they are as history. Written as the system role.
 */
export async function takeAlong(
  tx: Tx,
  person: string,
  from: string,
  to: { readonly home: string; readonly division: string },
  on: string,
): Promise<void> {
  await tx.run(sql`
    update person_key set home_code = ${to.home}, division_code = ${to.division} where home_code = ${from} and person_id = ${person}`);
  await tx.run(sql`
    insert into person_contact (home_code, id, division_code, person_id, kind, position, name, relation, place)
    select ${to.home}, id, ${to.division}, person_id, kind, position, name, relation, place
    from person_contact where home_code = ${from} and person_id = ${person} and ended_on is null
    on conflict (home_code, id) do update set division_code = excluded.division_code, kind = excluded.kind, position = excluded.position,
      name = excluded.name, relation = excluded.relation, place = excluded.place, ended_on = null`);
  await tx.run(sql`
    insert into sealed_field (home_code, subject_id, field, division_code, organisation_id, sealed, digest, masked)
    select ${to.home}, subject_id, field, ${to.division}, organisation_id, sealed, digest, masked
    from sealed_field where home_code = ${from} and (subject_id = ${person} or subject_id in (
      select id from person_contact where home_code = ${from} and person_id = ${person} and ended_on is null))
    on conflict (home_code, subject_id, field) do update set division_code = excluded.division_code, sealed = excluded.sealed,
      digest = excluded.digest, masked = excluded.masked`);
  await tx.run(sql`
    insert into person_category (home_code, id, division_code, person_id, category, from_on, to_on, source, grade, evidence_id, ground)
    select ${to.home}, id, ${to.division}, person_id, category, from_on, to_on, source, grade, evidence_id, ground
    from person_category where home_code = ${from} and person_id = ${person} and (to_on is null or to_on > ${on})
    on conflict (home_code, id) do update set division_code = excluded.division_code, to_on = excluded.to_on, grade = excluded.grade`);
  await tx.run(sql`
    insert into person_consent (home_code, id, division_code, person_id, purpose, given_by, given_on, until_on, withdrawn_on, evidence_id)
    select ${to.home}, id, ${to.division}, person_id, purpose, given_by, given_on, until_on, withdrawn_on, evidence_id
    from person_consent where home_code = ${from} and person_id = ${person} and withdrawn_on is null and (until_on is null or until_on > ${on})
    on conflict (home_code, id) do update set division_code = excluded.division_code, until_on = excluded.until_on`);
}

/** Keeps that one row stands for another from now on. Written as the system role. */
export async function insertAlias(
  tx: Tx,
  row: { home_code: string; alias_id: string; division_code: string; person_id: string; merged_at: Date },
): Promise<void> {
  await tx.run(sql`
    insert into person_alias (home_code, alias_id, division_code, person_id, merged_at)
    values (${row.home_code}, ${row.alias_id}, ${row.division_code}, ${row.person_id}, ${row.merged_at})`);
}

/** Ends an alias; it stays as the trace of the merge. Written as the system role. */
export async function endAlias(tx: Tx, home: string, alias: string, at: Date): Promise<void> {
  await tx.run(sql`
    update person_alias set undone_at = ${at} where home_code = ${home} and alias_id = ${alias} and undone_at is null`);
}
