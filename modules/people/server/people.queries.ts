import type { z } from "zod";
import { join, prepare, type Statement, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { homeOf, rangeOf, significant } from "../../../kernel/divisions/code.ts";
import { countyLevel, keepsRegister } from "../../../kernel/divisions/division.queries.ts";
import { prefixRange, queryTokens } from "../../../kernel/search/tokens.ts";
import type { contactKind } from "../people.shapes.ts";
import type { PersonRow } from "./person.row.ts";
import { register } from "./person.shape.ts";

/** Somebody to call for a person (联系人), phone masked. */
export interface ContactRow {
  readonly home_code: string;
  readonly id: string;
  readonly person_id: string;
  readonly kind: z.output<typeof contactKind>;
  readonly position: number;
  readonly name: string;
  readonly relation: string;
  readonly place: string;
  /** Masked; null when none is known. */
  readonly phone: string | null;
}

/**
 * Kinds by who is called first (拨打次序): the step of an emergency is "family or emergency contact", so those named for it come
 * before the family, and neighbours after both. Inside a rank contacts stand as they were given, whatever their kind.
 */
export const callRank: Readonly<Record<ContactRow["kind"], number>> = {
  emergency: 0,
  guardian: 1,
  supporter: 1,
  neighbour: 2,
};

/** Contacts in the order in which to call, by person (联系人): by rank, then as they were given. */
export async function contactsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, ContactRow[]>> {
  const out = new Map<string, ContactRow[]>();
  if (ids.length === 0) return out;
  const rows = await tx.many<ContactRow>(sql`
    select contact.home_code, contact.id, contact.person_id, contact.kind, contact.position, contact.name, contact.relation, contact.place,
      sealed.masked as phone
    from person_contact as contact
    join person on person.home_code = contact.home_code and person.id = contact.person_id and person.state <> 'moved'
    left join sealed_field as sealed on sealed.home_code = contact.home_code and sealed.subject_id = contact.id and sealed.field = 'phone'
    where contact.person_id = any(${ids}::uuid[]) and contact.ended_on is null
    order by contact.person_id, (${JSON.stringify(callRank)}::jsonb ->> contact.kind)::integer,
      contact.position, contact.kind, contact.id`);
  for (const row of rows) {
    const known = out.get(row.person_id);
    if (known) known.push(row);
    else out.set(row.person_id, [row]);
  }
  return out;
}

/** Sealed values under the actor's own scope, for those who may see them in clear. */
export async function sealedOf(
  tx: Tx,
  subjects: readonly string[],
  field: string,
): Promise<{ subject_id: string; home_code: string; division_code: string; sealed: string }[]> {
  if (subjects.length === 0) return [];
  return tx.many(sql`
    select subject_id, home_code, division_code, sealed from sealed_field where subject_id = any(${subjects}::uuid[]) and field = ${field}`);
}

/** A consent as it stands (同意记录). */
export interface ConsentRow {
  readonly id: string;
  readonly home_code: string;
  readonly division_code: string;
  readonly purpose: string;
  readonly given_by: string;
  readonly given_on: string;
  readonly until_on: string | null;
  readonly withdrawn_on: string | null;
  readonly evidence_id: string | null;
}

/** Consents of a person under the actor's own scope, newest first. */
export async function consentsOf(tx: Tx, person: string): Promise<ConsentRow[]> {
  return tx.many<ConsentRow>(sql`
    select id, home_code, division_code, purpose, given_by, given_on, until_on, withdrawn_on, evidence_id
    from person_consent where person_id = ${person} order by given_on desc, id desc`);
}

/** People of one household, the person asked about left out. */
export async function householdOf(tx: Tx, household: string, except: string): Promise<PersonRow[]> {
  return tx.many<PersonRow>(sql`
    select * from person where household_id = ${household} and id <> ${except} and state in ('present', 'deceased')
    order by born_on nulls last, id limit 50`);
}

/** Rows merged into a person and not taken apart again. */
export async function aliasesOf(tx: Tx, person: string): Promise<{ alias_id: string; merged_at: Date }[]> {
  return tx.many(sql`
    select alias_id, merged_at from person_alias where person_id = ${person} and undone_at is null order by merged_at`);
}

/** Whether somebody's arrival still waits for this county's word (待确认迁入). */
export async function isArriving(tx: Tx, home: string, person: string, kind: string): Promise<boolean> {
  const row = await tx.maybe(sql`
    select 1 as found from duty where subject_id = ${person} and home_code = ${home} and kind = ${kind} and state = 'open'`);
  return row !== undefined;
}

/**
 * The places whose people a register keeps, in force on a day (登记范围): its county with everything inside, or its city when that
 * has no county, as 东莞 has none; `code` asks for one place only.
 */
export async function placesIn(
  tx: Tx,
  home: string,
  on: string,
  code: string | null = null,
): Promise<{ code: string; name: string; level: number }[]> {
  return tx.many(
    prepare(sql`
      select code, name, level from division as place
      where (code >= ${home} and code < ${`${home}:`} or code = ${significant(home)}) and (${code}::text is null or code = ${code})
        and valid_from <= ${on} and (valid_to is null or valid_to > ${on}) and (level > ${countyLevel} or ${keepsRegister(on)})`),
  );
}

/** Whether people can be kept at a place, in whichever register. */
export async function isPlace(tx: Tx, code: string, on: string): Promise<boolean> {
  return (await placesIn(tx, homeOf(code), on, code)).length > 0;
}

/** What a list of people is narrowed by. */
export interface PeopleFilter {
  readonly q?: string | undefined;
  readonly ids?: readonly string[];
  readonly division?: string | undefined;
  readonly category?: string | undefined;
  readonly state?: string | undefined;
  /** Born on this day or before. */
  readonly bornBy?: string;
}

function conditions(filter: PeopleFilter): Statement[] {
  const out: Statement[] = [];
  if (filter.division) {
    const { lo, hi } = rangeOf(filter.division);
    out.push(sql`division_code >= ${lo} and division_code < ${hi}`);
  }
  out.push(filter.state ? sql`state = ${filter.state}` : sql`state <> 'merged'`);
  if (filter.category) out.push(sql`${filter.category} = any(categories)`);
  if (filter.bornBy) out.push(sql`born_on <= ${filter.bornBy}`);
  if (filter.ids) out.push(sql`id = any(${filter.ids}::uuid[])`);
  if (!filter.q) return out;
  const { lo, hi } = rangeOf(filter.division ?? "0");
  const query = queryTokens(filter.q);
  const found = (token: Statement) =>
    sql`id in (select subject_id from search_token where collection = ${register} and ${token} and division_code >= ${lo} and division_code < ${hi})`;
  if (query.kind === "bigrams") out.push(...query.tokens.map((token) => found(sql`token = ${token}`)));
  else if (query.kind === "pinyin") {
    const range = prefixRange(query.prefix);
    out.push(found(sql`token >= ${range.lo} and token < ${range.hi}`));
  } else if (query.kind === "too-short") out.push(sql`strpos(name, ${filter.q.trim()}) > 0`);
  else out.push(sql`false`);
  return out;
}

/** Where a page of the list begins: the sort columns of the row before it. */
export type PeopleCursor = readonly [division: string, name: string, id: string];

/** One page of people, in the order of division and pinyin (按键分页). */
export async function peoplePage(
  tx: Tx,
  filter: PeopleFilter,
  after: PeopleCursor | undefined,
  limit: number,
): Promise<PersonRow[]> {
  const where = conditions(filter);
  if (after) where.push(sql`(division_code, name_key, id) > (${after[0]}, ${after[1]}, ${after[2]}::uuid)`);
  return tx.many<PersonRow>(sql`
    select * from person where ${join(where, " and ")} order by division_code, name_key, id limit ${limit}`);
}

/** How many rows a filter holds, counted no further than `bound`. */
export async function boundedCount(tx: Tx, filter: PeopleFilter, bound: number): Promise<number> {
  const row = await tx.one<{ count: number }>(sql`
    select count(*)::integer as count from (select 1 from person where ${join(conditions(filter), " and ")} limit ${bound}) as counted`);
  return row.count;
}
