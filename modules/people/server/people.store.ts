import { raw, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { PersonRow } from "./person.row.ts";

/** Columns of `person` with their types, in the order of the table. */
const columnTypes: Readonly<Record<keyof PersonRow, string>> = {
  home_code: "text",
  id: "uuid",
  division_code: "text",
  recorded_division_code: "text",
  household_id: "uuid",
  name: "text",
  name_key: "text",
  sex: "text",
  born_on: "date",
  born_text: "text",
  id_kind: "text",
  id_flag: "text",
  living: "text",
  categories: "text[]",
  address: "text",
  latitude: "double precision",
  longitude: "double precision",
  state: "text",
  state_on: "date",
  came_from: "text",
  moved_to: "text",
  merged_into: "uuid",
  version: "integer",
  created_at: "timestamptz",
  updated_at: "timestamptz",
};
const columns = Object.keys(columnTypes) as (keyof PersonRow)[];
const list = columns.join(", ");
const typed = columns.map((column) => `${column} ${columnTypes[column]}`).join(", ");
const changeable = columns.filter((column) => !["home_code", "id", "created_at"].includes(column));
const assigned = changeable.map((column) => `${column} = row.${column}`).join(", ");
const excluded = changeable.map((column) => `${column} = excluded.${column}`).join(", ");

/**
 * Reads one person under the actor's own scope (读取人员); who sees several homes gets the one the person lives in now.
 * An alias answers its own, merged row: see `resolveAlias`.
 */
export async function loadPerson(tx: Tx, id: string): Promise<PersonRow | undefined> {
  return tx.maybe<PersonRow>(sql`
    select * from person where id = ${id} order by case state when 'present' then 0 when 'moved' then 2 else 1 end, updated_at desc limit 1`);
}

/** Reads many under the actor's own scope; of a person in several homes the present one. In no order. */
export async function loadPeople(tx: Tx, ids: readonly string[]): Promise<PersonRow[]> {
  if (ids.length === 0) return [];
  const rows = await tx.many<PersonRow>(sql`select * from person where id = any(${ids}::uuid[])`);
  const rank = (row: PersonRow) => (row.state === "present" ? 0 : row.state === "moved" ? 2 : 1);
  const out = new Map<string, PersonRow>();
  for (const row of rows) {
    const known = out.get(row.id);
    if (!known || rank(row) < rank(known)) out.set(row.id, row);
  }
  return [...out.values()];
}

/** Reads one person and keeps the row for this transaction; undefined when it is not in the actor's own register. */
export async function lockPerson(tx: Tx, id: string): Promise<PersonRow | undefined> {
  return tx.maybe<PersonRow>(sql`select * from person where id = ${id} for update`);
}

/** Reads many for a change, in one order for everybody. */
export async function lockPeople(tx: Tx, ids: readonly string[]): Promise<PersonRow[]> {
  if (ids.length === 0) return [];
  return tx.many<PersonRow>(sql`select * from person where id = any(${ids}::uuid[]) order by id for update`);
}

/** Where somebody is, anywhere in the country (跨范围查询): place and state, never who it is. */
export interface Whereabouts {
  readonly id: string;
  readonly home: string;
  readonly division: string;
  readonly state: PersonRow["state"];
}

/** The place of people by id, across scopes; aliases are not followed. */
export async function whereabouts(tx: Tx, ids: readonly string[]): Promise<Map<string, Whereabouts>> {
  const out = new Map<string, Whereabouts>();
  if (ids.length === 0) return out;
  const rows = await tx.lookup((lookup) =>
    lookup.many<Whereabouts>(sql`
      select id, home_code as home, division_code as division, state from person where id = any(${ids}::uuid[])
      order by case state when 'present' then 2 when 'moved' then 0 else 1 end, updated_at`),
  );
  for (const row of rows) out.set(row.id, row);
  return out;
}

/** The person an id stands for (解析别名), across scopes: itself, or the one it was merged into, however often. */
export async function resolveAlias(tx: Tx, id: string): Promise<string> {
  return (await resolveAliases(tx, [id])).get(id) ?? id;
}

/** The same for many; ids that are no alias are left out. */
export async function resolveAliases(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const out = new Map<string, string>();
  let wanted = [...new Set(ids)];
  const next = new Map<string, string>();
  // A merge refuses what would close a circle, so every step leads on.
  for (let step = 0; wanted.length > 0 && step < 20; step += 1) {
    const asked = wanted;
    const rows = await tx.lookup((lookup) =>
      lookup.many<{ alias_id: string; person_id: string }>(sql`
        select alias_id, person_id from person_alias where alias_id = any(${asked}::uuid[]) and undone_at is null`),
    );
    for (const row of rows) next.set(row.alias_id, row.person_id);
    wanted = rows.map((row) => row.person_id).filter((one) => !next.has(one));
  }
  for (const id of ids) {
    let at = id;
    for (let step = 0; next.has(at) && step < 20; step += 1) at = next.get(at) as string;
    if (at !== id) out.set(id, at);
  }
  return out;
}

/** Rows as one JSON parameter; what is null stays away. */
function slim(rows: readonly PersonRow[]): string {
  return JSON.stringify(
    rows.map((row) => {
      const out: Record<string, unknown> = { ...row };
      for (const column of columns) if (out[column] === null) out[column] = undefined;
      return out;
    }),
  );
}

/** Writes new people as one statement. */
export async function insertPeople(tx: Tx, rows: readonly PersonRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`
    insert into person (${raw(list)})
    select ${raw(list)} from jsonb_to_recordset(${slim(rows)}::jsonb) as row (${raw(typed)})`);
}

/** Writes a person into another home, over the row left there by an earlier stay. Written as the system role. */
export async function putPerson(tx: Tx, row: PersonRow): Promise<void> {
  await tx.run(sql`
    insert into person (${raw(list)})
    select ${raw(list)} from jsonb_to_recordset(${slim([row])}::jsonb) as row (${raw(typed)})
    on conflict (home_code, id) do update set ${raw(excluded)}`);
}

/** Writes changed people as one statement; answers how many were still at the version before. */
export async function updatePeople(tx: Tx, rows: readonly PersonRow[]): Promise<number> {
  if (rows.length === 0) return 0;
  return tx.run(sql`
    update person as person set ${raw(assigned)}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (${raw(typed)})
    where person.home_code = row.home_code and person.id = row.id and person.version = row.version - 1`);
}
