import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { loadPeople, loadPerson, type PersonRow, resolveAlias } from "../../people/server/index.ts";

/** Who cares for a person now (责任人员): worker and stand-in of the open enrolment; undefined without one. */
export async function carersOf(
  tx: Tx,
  person: string,
): Promise<{ worker_id: string | null; stand_in_id: string | null } | undefined> {
  return tx.maybe(sql`
    select worker_id, stand_in_id from care_enrolment where person_id = ${person} and state = 'enrolled' order by id desc limit 1`);
}

type Code = "visiting-care/unknown-person" | "visiting-care/not-your-person";

/** A person an act may be recorded on: visible, an alias followed, and kept by the actor's own county. */
export async function ownPerson(ctx: Context<Code>, id: string): Promise<PersonRow> {
  const person = await loadPerson(ctx.tx, await resolveAlias(ctx.tx, id));
  if (!person) return ctx.fail("visiting-care/unknown-person", { id });
  if (person.home_code !== ctx.actor.home)
    return ctx.fail("visiting-care/not-your-person", { division: person.division_code });
  return person;
}

/** Names of people as their register shows them, by id. */
export async function namesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await loadPeople(tx, [...new Set(ids)]);
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** Names of divisions in force on a day, by code. */
export async function divisionNames(tx: Tx, codes: readonly string[], on: string): Promise<Map<string, string>> {
  const rows = await tx.many<{ code: string; name: string }>(sql`
    select code, name from division where code = any(${[...new Set(codes)]}) and valid_from <= ${on} and (valid_to is null or valid_to > ${on})`);
  return new Map(rows.map((row) => [row.code, row.name]));
}
