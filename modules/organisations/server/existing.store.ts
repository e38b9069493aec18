import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";

/** Supervisory units by name or alias, in the reader's range (业务主管单位): what a text of a sheet means. */
export async function unitsByName(tx: Tx, home: string, names: readonly string[]): Promise<Map<string, string>> {
  if (names.length === 0) return new Map();
  const rows = await tx.many<{ id: string; name: string; aliases: string[] }>(sql`
    select id, name, aliases from supervisory_unit
    where home_code = ${home} and valid_to is null and (name = any(${names}) or aliases && ${names}::text[])`);
  const out = new Map<string, string>();
  for (const row of rows) for (const name of [row.name, ...row.aliases]) if (!out.has(name)) out.set(name, row.id);
  return out;
}

/** Stored states of records by id and version number. */
export async function versionBodies(
  tx: Tx,
  register: string,
  wanted: readonly { readonly id: string; readonly version: number }[],
): Promise<Map<string, Record<string, unknown>>> {
  if (wanted.length === 0) return new Map();
  const rows = await tx.many<{ subject_id: string; body: Record<string, unknown> }>(sql`
    select stored.subject_id, stored.body from register_version as stored
    join jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as wanted (id uuid, version integer)
      on stored.subject_id = wanted.id and stored.version = wanted.version
    where stored.register = ${register}`);
  return new Map(rows.map((row) => [row.subject_id, row.body]));
}

/**
 * Takes organisations out that should never have been recorded; their stored versions stay as the trace of it. Written
 * as the system role.
 */
export async function removeOrganisations(tx: Tx, ids: readonly string[], codes: readonly string[]): Promise<void> {
  await tx.run(sql`delete from organisation_code where code = any(${codes})`);
  await tx.run(sql`delete from organisation_name_key where organisation_id = any(${ids}::uuid[])`);
  await tx.run(sql`delete from organisation_name where organisation_id = any(${ids}::uuid[])`);
  await tx.run(sql`delete from organisation where id = any(${ids}::uuid[])`);
}

/** Takes dated names out, with the keys under which they were looked up. Written as the system role. */
export async function removeNames(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.run(sql`
    delete from organisation_name_key as known using organisation_name as name
    where name.id = any(${ids}::uuid[]) and known.organisation_id = name.organisation_id and known.name = name.name and not known.current`);
  await tx.run(sql`delete from organisation_name where id = any(${ids}::uuid[])`);
}
