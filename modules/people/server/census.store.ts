import { sql, unprepared } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { PersonRow } from "./person.row.ts";

/** Whom a number belongs to, anywhere in the country; the name is compared, never shown across registers. */
export interface NumberOwner {
  readonly digest: string;
  readonly person_id: string;
  readonly home_code: string;
  readonly division_code: string;
  readonly name: string;
  readonly state: PersonRow["state"];
}

/**
 * Owners of numbers by any of their digests (跨范围查询). Person by person: in the first import of a county nothing is known of
 * the sizes of the tables, and a join read everybody for each five hundred lines.
 */
export async function ownersOf(tx: Tx, digests: readonly string[]): Promise<Map<string, NumberOwner>> {
  if (digests.length === 0) return new Map();
  const rows = await tx.lookup((lookup) =>
    lookup.many<NumberOwner>(
      unprepared(sql`
        select known.digest, known.person_id, known.home_code, person.division_code, person.name, person.state
        from person_key as known cross join lateral (
          select division_code, name, state from person where home_code = known.home_code and id = known.person_id limit 1) as person
        where known.digest = any(${digests})`),
    ),
  );
  return new Map(rows.map((row) => [row.digest, row]));
}

/** Of keys, those that belong to these people by now (跨范围查询). */
export async function keysHeld(tx: Tx, digests: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.lookup((lookup) =>
    lookup.many<{ digest: string; person_id: string }>(
      sql`select digest, person_id from person_key where digest = any(${digests})`,
    ),
  );
  return new Map(rows.map((row) => [row.digest, row.person_id]));
}

/** A key of a person to take. */
export interface KeyRow {
  readonly home_code: string;
  readonly digest: string;
  readonly person_id: string;
  readonly division_code: string;
}

/** Takes keys under the actor's own scope; answers how many were free. Waits for whoever is taking the same one. */
export async function takeKeys(tx: Tx, rows: readonly KeyRow[]): Promise<number> {
  if (rows.length === 0) return 0;
  return tx.run(sql`
    insert into person_key (home_code, digest, person_id, division_code)
    select home_code, digest, person_id, division_code
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, digest text, person_id uuid, division_code text)
    order by digest on conflict do nothing`);
}

/** Gives the keys of people back. Written as the system role. */
export async function freeKeys(tx: Tx, home: string, people: readonly string[], except = ""): Promise<void> {
  if (people.length > 0)
    await tx.run(
      sql`delete from person_key where home_code = ${home} and person_id = any(${people}::uuid[]) and digest <> ${except}`,
    );
}

/** Somebody who may be the person of a line. */
export type Neighbour = Pick<
  PersonRow,
  | "id"
  | "home_code"
  | "division_code"
  | "name"
  | "name_key"
  | "sex"
  | "born_on"
  | "born_text"
  | "id_kind"
  | "id_flag"
  | "state"
>;

/**
 * People of a county who sound alike in the same village, or were born on the same day (相似候选), across the townships'
 * scopes: whoever enters a person must learn of the one that is there already. Who is both stands twice; the
 * oldest stand first, so that of two who are equally near it is always the same one.
 */
export async function neighboursOf(
  tx: Tx,
  home: string,
  sounds: readonly { readonly division: string; readonly key: string }[],
  births: readonly string[],
): Promise<Neighbour[]> {
  if (sounds.length === 0 && births.length === 0) return [];
  return tx.lookup((lookup) =>
    lookup.many<Neighbour>(
      unprepared(sql`
        select person.id, person.home_code, person.division_code, person.name, person.name_key, person.sex, person.born_on, person.born_text,
          person.id_kind, person.id_flag, person.state
        from person join jsonb_to_recordset(${JSON.stringify(sounds)}::jsonb) as want (division text, key text)
          on person.division_code = want.division and person.name_key = want.key
        where person.home_code = ${home} and person.state in ('present', 'withdrawn', 'deceased')
        union all
        select id, home_code, division_code, name, name_key, sex, born_on, born_text, id_kind, id_flag, state
        from person where home_code = ${home} and born_on = any(${births}::date[]) and state in ('present', 'withdrawn', 'deceased')
        order by id`),
    ),
  );
}

/** A sealed value as it stands: enough to compare, and to put back. */
export interface Held {
  readonly subject_id: string;
  readonly field: string;
  readonly sealed: string;
  readonly digest: string;
  readonly masked: string;
}

/** Sealed values of people and contacts under the actor's own scope. */
export async function heldBy(tx: Tx, subjects: readonly string[]): Promise<Held[]> {
  if (subjects.length === 0) return [];
  return tx.many<Held>(
    sql`select subject_id, field, sealed, digest, masked from sealed_field where subject_id = any(${subjects}::uuid[])`,
  );
}

/** Stored states of people by id and version number. */
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

/** Writes search words of people that have none yet. Written as the system role. */
export async function addWords(
  tx: Tx,
  register: string,
  rows: readonly {
    readonly home_code: string;
    readonly division_code: string;
    readonly subject_id: string;
    readonly sort_key: string;
    readonly tokens: readonly string[];
  }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`
    insert into search_token (home_code, division_code, collection, token, sort_key, subject_id)
    select row.home_code, row.division_code, ${register}, word.token, row.sort_key, row.subject_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, division_code text, subject_id uuid, sort_key text, tokens text[])
    cross join lateral unnest(row.tokens) as word (token) order by word.token on conflict do nothing`);
}
