import { join, raw, type Statement, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { columnTypes, type OrganisationRow } from "./organisation.row.ts";

const columns = Object.keys(columnTypes) as (keyof OrganisationRow)[];
const list = columns.join(", ");
const typed = columns.map((column) => `${column} ${columnTypes[column]}`).join(", ");
const assigned = columns
  .filter((column) => column !== "home_code" && column !== "id")
  .map((column) => `${column} = row.${column}`)
  .join(", ");

/** Reads one organisation under the actor's own scope. */
export async function loadOrganisation(tx: Tx, id: string): Promise<OrganisationRow | undefined> {
  return tx.maybe<OrganisationRow>(sql`select * from organisation where id = ${id}`);
}

/** Reads one organisation and keeps it for this transaction; undefined when it is not in the actor's own register. */
export async function lockOrganisation(tx: Tx, id: string): Promise<OrganisationRow | undefined> {
  return tx.maybe<OrganisationRow>(sql`select * from organisation where id = ${id} for update`);
}

/** Reads many by id, locked when they are going to be changed. */
export async function loadOrganisations(tx: Tx, ids: readonly string[], lock: boolean): Promise<OrganisationRow[]> {
  if (ids.length === 0) return [];
  return lock
    ? tx.many<OrganisationRow>(sql`select * from organisation where id = any(${ids}::uuid[]) order by id for update`)
    : tx.many<OrganisationRow>(sql`select * from organisation where id = any(${ids}::uuid[])`);
}

/** Finds by credit code under the actor's own scope: the key leads to the row, policies decide whether it is seen. */
export async function findByCode(tx: Tx, code: string): Promise<OrganisationRow | undefined> {
  const key = (await codeOwners(tx, [code])).get(code);
  return key ? loadOrganisation(tx, key.organisation_id) : undefined;
}

/** A unique key's owner. */
export interface KeyOwner {
  readonly home_code: string;
  readonly organisation_id: string;
}

/** Who holds these credit codes, anywhere in the country: home and id only (跨范围查询). */
export async function codeOwners(tx: Tx, codes: readonly string[]): Promise<Map<string, KeyOwner>> {
  if (codes.length === 0) return new Map();
  const rows = await tx.lookup((lookup) =>
    lookup.many<KeyOwner & { code: string }>(sql`
      select code, home_code, organisation_id from organisation_code where code = any(${codes})`),
  );
  return new Map(rows.map((row) => [row.code, row]));
}

/** A name anywhere in the country, present or former. */
export interface NameOwner extends KeyOwner {
  readonly name_key: string;
  readonly name: string;
  readonly kind: string;
  readonly division_code: string;
  readonly current: boolean;
  readonly status: string;
  readonly ended_on: string | null;
}

/** Who uses or used these names, anywhere in the country (跨范围查询). */
export async function nameOwners(tx: Tx, keys: readonly string[]): Promise<Map<string, NameOwner[]>> {
  const out = new Map<string, NameOwner[]>();
  if (keys.length === 0) return out;
  const rows = await tx.lookup((lookup) =>
    lookup.many<NameOwner>(sql`
      select known.name_key, known.home_code, known.organisation_id, known.name, known.kind, known.division_code, known.current,
        organisation.status, coalesce(known.ended_on, organisation.ended_on) as ended_on
      from organisation_name_key as known
      join organisation on organisation.home_code = known.home_code and organisation.id = known.organisation_id
      where known.name_key = any(${keys}) order by known.name_key, known.organisation_id`),
  );
  for (const row of rows) out.set(row.name_key, [...(out.get(row.name_key) ?? []), row]);
  return out;
}

/** Rows as one JSON parameter; what is null stays away, it is half of the text and is null again where it is missing. */
function slim(rows: readonly OrganisationRow[]): string {
  return JSON.stringify(
    rows.map((row) => {
      const out: Record<string, unknown> = {};
      for (const column of columns) if (row[column] !== null) out[column] = row[column];
      return out;
    }),
  );
}

/** Writes new organisations as one statement, under the actor's own scope. */
export async function insertOrganisations(tx: Tx, rows: readonly OrganisationRow[]): Promise<number> {
  return tx.run(sql`
    insert into organisation (${raw(list)})
    select ${raw(list)} from jsonb_to_recordset(${slim(rows)}::jsonb) as row (${raw(typed)})`);
}

/** Writes changed organisations as one statement; answers how many were still at the version before. */
export async function updateOrganisations(tx: Tx, rows: readonly OrganisationRow[]): Promise<number> {
  return tx.run(sql`
    update organisation as organisation set ${raw(assigned)}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (${raw(typed)})
    where organisation.home_code = row.home_code and organisation.id = row.id and organisation.version = row.version - 1`);
}

/** Takes credit codes for organisations; answers how many were free. Written as the system role. */
export async function takeCodes(
  tx: Tx,
  rows: readonly { code: string; home_code: string; organisation_id: string }[],
): Promise<number> {
  if (rows.length === 0) return 0;
  return tx.run(sql`
    insert into organisation_code (code, home_code, organisation_id)
    select code, home_code, organisation_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (code text, home_code text, organisation_id uuid)
    order by code on conflict do nothing`);
}

/** Gives codes back. Written as the system role. */
export async function freeCodes(tx: Tx, codes: readonly string[]): Promise<void> {
  if (codes.length > 0) await tx.run(sql`delete from organisation_code where code = any(${codes})`);
}

/** A name key to keep. */
export interface NameKeyRow {
  readonly name_key: string;
  readonly home_code: string;
  readonly organisation_id: string;
  readonly division_code: string;
  readonly name: string;
  readonly kind: string;
  readonly current: boolean;
  readonly ended_on?: string | null;
}

/** Keeps name keys, newest use winning. Written as the system role. */
export async function keepNameKeys(tx: Tx, rows: readonly NameKeyRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`
    insert into organisation_name_key as known (name_key, home_code, organisation_id, division_code, name, kind, current, ended_on)
    select distinct on (name_key, organisation_id) name_key, home_code, organisation_id, division_code, name, kind, current, ended_on
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (name_key text, home_code text, organisation_id uuid,
      division_code text, name text, kind text, current boolean, ended_on date)
    order by name_key, organisation_id, current desc
    on conflict (name_key, organisation_id) do update set division_code = excluded.division_code, name = excluded.name,
      kind = excluded.kind, current = excluded.current, ended_on = excluded.ended_on`);
}

/** A dated name to keep. */
export interface NameRow {
  readonly home_code: string;
  readonly id: string;
  readonly organisation_id: string;
  readonly division_code: string;
  readonly unit_id: string | null;
  readonly name: string;
  readonly used_from: string | null;
  readonly used_to: string | null;
  readonly precision: "day" | "year" | "unknown";
  readonly source: string;
  readonly note: string | null;
}

/** Writes dated names as one statement. */
export async function insertNames(tx: Tx, rows: readonly NameRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`
    insert into organisation_name (home_code, id, organisation_id, division_code, unit_id, name, used_from, used_to, precision, source, note)
    select home_code, id, organisation_id, division_code, unit_id, name, used_from, used_to, precision, source, note
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, id uuid, organisation_id uuid, division_code text,
      unit_id uuid, name text, used_from date, used_to date, precision text, source text, note text)`);
}

/** The dated names of an organisation, oldest first. */
export async function namesOf(tx: Tx, organisation: string): Promise<NameRow[]> {
  return tx.many<NameRow>(sql`
    select home_code, id, organisation_id, division_code, unit_id, name, used_from, used_to, precision, source, note
    from organisation_name where organisation_id = ${organisation} order by used_from nulls first, id`);
}

/** Ends the use of the name in use on a day. */
export async function endCurrentName(tx: Tx, organisation: string, on: string): Promise<void> {
  await tx.run(
    sql`update organisation_name set used_to = ${on} where organisation_id = ${organisation} and used_to is null`,
  );
}

/** A page of living organisations in key order, for runs over the whole register (按键分页). */
export async function organisationPage(
  tx: Tx,
  where: {
    /** Only those registered before this day; unknown days are included, a person must look at them. */
    readonly registeredBefore?: string;
    readonly division?: { readonly lo: string; readonly hi: string };
    readonly after?: { readonly division: string; readonly id: string };
    readonly limit: number;
  },
): Promise<OrganisationRow[]> {
  const conditions: Statement[] = [sql`status in ('registered', 'suspended')`];
  if (where.registeredBefore)
    conditions.push(sql`(registered_on is null or registered_on < ${where.registeredBefore})`);
  if (where.division)
    conditions.push(sql`division_code >= ${where.division.lo} and division_code < ${where.division.hi}`);
  if (where.after) conditions.push(sql`(division_code, id) > (${where.after.division}, ${where.after.id}::uuid)`);
  return tx.many<OrganisationRow>(sql`
    select * from organisation where ${join(conditions, " and ")} order by division_code, id limit ${where.limit}`);
}
