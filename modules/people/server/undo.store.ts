import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import type { Trace } from "./census-write.ts";

/**
 * Takes people out that should never have been recorded; their stored versions stay as the trace of it. Written as the
 * system role.
 */
export async function removePeople(tx: Tx, home: string, ids: readonly string[]): Promise<void> {
  await tx.run(sql`
    delete from sealed_field where home_code = ${home} and subject_id in (
      select id from person_contact where home_code = ${home} and person_id = any(${ids}::uuid[]))`);
  await tx.run(sql`delete from sealed_field where home_code = ${home} and subject_id = any(${ids}::uuid[])`);
  await tx.run(sql`delete from person_contact where home_code = ${home} and person_id = any(${ids}::uuid[])`);
  await tx.run(sql`delete from person_category where home_code = ${home} and person_id = any(${ids}::uuid[])`);
  await tx.run(sql`delete from person_consent where home_code = ${home} and person_id = any(${ids}::uuid[])`);
  await tx.run(sql`delete from person_key where home_code = ${home} and person_id = any(${ids}::uuid[])`);
  await tx.run(sql`delete from person where home_code = ${home} and id = any(${ids}::uuid[])`);
}

/** Puts back what stood outside the rows that a line had changed (撤销关联变更). Queued, written as the system role. */
export function takeBack(
  ctx: Context,
  traces: readonly (Trace & { readonly home: string; readonly division: string })[],
): void {
  if (traces.length === 0) return;
  const home = ctx.actor.home;
  const contacts = traces.flatMap((one) => one.contactsAdded);
  const added = traces.flatMap((one) => one.sealedAdded.map((field) => ({ subject_id: one.id, field })));
  const before = traces.flatMap((one) => one.sealedBefore);
  const numbered = traces.filter((one) => one.sealedAdded.includes("citizen_id")).map((one) => one.id);
  ctx.later(async (tx) => {
    await tx.run(sql`delete from sealed_field where home_code = ${home} and subject_id = any(${contacts}::uuid[])`);
    await tx.run(sql`delete from person_contact where home_code = ${home} and id = any(${contacts}::uuid[])`);
    await tx.run(sql`
      update person_contact set ended_on = null
      where home_code = ${home} and id = any(${traces.flatMap((one) => one.contactsEnded)}::uuid[])`);
    await tx.run(sql`
      delete from person_category where home_code = ${home} and id = any(${traces.flatMap((one) => one.categoriesAdded)}::uuid[])`);
    await tx.run(sql`
      delete from sealed_field as held using jsonb_to_recordset(${JSON.stringify(added)}::jsonb) as row (subject_id uuid, field text)
      where held.home_code = ${home} and held.subject_id = row.subject_id and held.field = row.field`);
    await tx.run(sql`
      update sealed_field as held set sealed = row.sealed, digest = row.digest, masked = row.masked
      from jsonb_to_recordset(${JSON.stringify(before)}::jsonb) as row (subject_id uuid, field text, sealed text, digest text, masked text)
      where held.home_code = ${home} and held.subject_id = row.subject_id and held.field = row.field`);
    await tx.run(sql`delete from person_key where home_code = ${home} and person_id = any(${numbered}::uuid[])`);
  });
}
