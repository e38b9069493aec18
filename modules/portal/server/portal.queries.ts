import { createHash } from "node:crypto";
import { join, raw, type Statement, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { rangeOf } from "../../../kernel/divisions/code.ts";
import { grades, living } from "../../organisations/index.ts";

/** A published item as it stands in the publication schema. */
export interface ItemRow {
  readonly collection: string;
  readonly key: string;
  readonly title: string;
  readonly division_code: string;
  readonly sort_key: string;
  readonly body: Record<string, unknown>;
  readonly published_on: string;
  readonly expires_on: string | null;
}

const columns = raw(
  "item.collection, item.key, item.title, item.division_code, item.sort_key, item.body, item.published_on, item.expires_on",
);

/** Named in the text, not as a parameter: only so do the partial indexes of the public register apply. */
const register = raw("'organisations.organisation'");

/** What the register is filtered by (筛选条件), checked by the contract. */
export interface Filters {
  readonly kind?: string;
  readonly status?: string;
  readonly grade?: string;
  readonly listing?: string;
  readonly division?: string;
  /** The division's own authority only, nothing below it. */
  readonly own?: boolean;
  readonly registeredYear?: string;
  readonly charity?: boolean;
  readonly fundraising?: boolean;
}

/** States a filter stands for. */
export function statusesOf(status: string): readonly string[] {
  return status === "living" ? living : [status];
}

/** Grades a filter stands for; "-" = not graded. */
export function gradesOf(grade: string): readonly string[] {
  if (grade === "graded") return grades;
  return grade === "3A+" ? grades.slice(0, 3) : [grade];
}

/**
 * Prepares a statement whose plan does not depend on its values: the shapes below leave the planner no choice that could
 * become wrong, and planning several probes takes longer than running them.
 */
function prepared(statement: Statement): Statement {
  return { ...statement, name: createHash("sha256").update(statement.text).digest("base64url").slice(0, 24) };
}

function conditions(filters: Filters, root: string, today: string): Statement[] {
  const out: Statement[] = [sql`(item.expires_on is null or item.expires_on > ${today})`];
  const { kind, status, grade, listing, division, registeredYear: year, charity, fundraising } = filters;
  if (kind) out.push(sql`(item.body->>'kind') = ${kind}`);
  if (status) {
    out.push(sql`(item.body->>'status') = any(${statusesOf(status)}::text[])`);
    if (status !== "living" && status !== "registered") out.push(sql`item.body->>'status' <> 'registered'`);
  }
  if (grade === "-") out.push(sql`item.body->>'grade' is null`);
  else if (grade)
    out.push(sql`item.body->>'grade' is not null and (item.body->>'grade') = any(${gradesOf(grade)}::text[])`);
  if (listing === "any") out.push(sql`item.body->>'listing' <> 'none'`);
  else if (listing === "none") out.push(sql`(item.body->>'listing') = 'none'`);
  else if (listing) out.push(sql`item.body->>'listing' <> 'none' and (item.body->>'listing') = ${listing}`);
  if (division && filters.own) out.push(sql`item.division_code = ${division}`);
  else if (division && division !== root) {
    const { lo, hi } = rangeOf(division);
    out.push(sql`item.division_code >= ${lo} and item.division_code < ${hi}`);
  }
  if (year) out.push(sql`left(item.body->>'registeredOn', 4) = ${year}`);
  if (charity !== undefined)
    out.push(charity ? sql`(item.body->>'charity') = 'true'` : sql`coalesce(item.body->>'charity', 'false') <> 'true'`);
  if (fundraising !== undefined)
    out.push(
      fundraising
        ? sql`(item.body->>'fundraisingQualified') = 'true'`
        : sql`coalesce(item.body->>'fundraisingQualified', 'false') <> 'true'`,
    );
  return out;
}

/** How a search goes about the register: what it filters and how many rows it wants. */
export interface Walk {
  readonly filters: Filters;
  readonly root: string;
  readonly today: string;
  readonly limit: number;
}

/** The place of a row in a list ordered by name. */
export interface ByName {
  readonly sortKey: string;
  readonly key: string;
}

/** The place of a row in a list ordered by division, then by name. */
export interface ByDivision extends ByName {
  readonly division: string;
}

/** The place of a row in a list ordered by the token that matched. */
export interface ByToken extends ByName {
  readonly token: string;
}

/** The half-open range of a prefix. */
export interface Range {
  readonly lo: string;
  readonly hi: string;
}

/** What a name must hold: all of these tokens, or one that begins so. */
export type Match = { readonly tokens: readonly string[] } | { readonly range: Range };

const start: ByName = { sortKey: "", key: "" };

const passes = (walk: Walk): Statement => join(conditions(walk.filters, walk.root, walk.today), " and ");

/** Reads the items themselves, by primary key, for the few rows that are shown. */
const shown = sql`cross join lateral (
      select * from publication.item item where item.collection = ${register} and item.key = hit.key offset 0) item`;

/**
 * Probes an index for each token, or for a prefix, row by row: a sub-select with a limit is never turned into a join of
 * whole runs.
 */
function matches(match: Match | undefined, alias: string): Statement {
  if (match === undefined) return sql`true`;
  if ("range" in match) {
    return sql`(select true from publication.search_token other where other.collection = ${register} and other.key = ${raw(alias)}.key
        and other.token || '' >= ${match.range.lo} and other.token || '' < ${match.range.hi} limit 1)`;
  }
  return join(
    match.tokens.map(
      (
        token,
      ) => sql`(select true from publication.search_token other where other.collection = ${register} and other.token = ${token}
        and other.sort_key = ${raw(alias)}.sort_key and other.key = ${raw(alias)}.key limit 1)`,
    ),
    " and ",
  );
}

/** The register in the order of names (名录). "offset 0" keeps that order: no estimate may turn the walk into a sort of all. */
export async function byName(tx: Tx, walk: Walk, after: ByName = start): Promise<ItemRow[]> {
  return tx.many(
    prepared(sql`
    select ${columns} from (select * from publication.item item
      where item.collection = ${register} and (item.sort_key, item.key) > (${after.sortKey}, ${after.key})
      order by item.sort_key, item.key offset 0) item
    where ${passes(walk)} order by item.sort_key, item.key limit ${walk.limit}`),
  );
}

/** The register of a division, by division and name, of which only those whose name matches (分区名录). */
export async function byDivision(
  tx: Tx,
  walk: Walk,
  division: string,
  match?: Match,
  after?: ByDivision,
): Promise<ItemRow[]> {
  const { lo, hi } = rangeOf(division);
  const from = after ?? { division: lo, ...start };
  return tx.many(
    prepared(sql`
    select ${columns} from (select inside.division_code, inside.sort_key, inside.key from publication.item inside
      where inside.collection = ${register} and inside.division_code < ${hi}
        and (inside.division_code, inside.sort_key, inside.key) > (${from.division}, ${from.sortKey}, ${from.key})
      order by inside.division_code, inside.sort_key, inside.key offset 0) hit ${shown}
    where ${matches(match, "hit")} and ${passes(walk)}
    order by hit.division_code, hit.sort_key, hit.key limit ${walk.limit}`),
  );
}

/**
 * The few that pass the filters, found by the filters' own indexes, of which only those whose name matches; by division and
 * name below a division, else by name.
 */
export async function byFilters(
  tx: Tx,
  walk: Walk,
  placed: boolean,
  match?: Match,
  after?: ByDivision,
): Promise<ItemRow[]> {
  const from = after ?? { division: "", ...start };
  const place = placed ? sql`item.division_code` : sql`''::text collate "C"`;
  return tx.many(sql`
    with passing as materialized (
      select ${place} as place, item.sort_key, item.key from publication.item item where item.collection = ${register} and ${passes(walk)}),
    hit as (
      select passing.place, passing.sort_key, passing.key from passing
      where (passing.place, passing.sort_key, passing.key) > (${from.division}, ${from.sortKey}, ${from.key}) and ${matches(match, "passing")}
      order by passing.place, passing.sort_key, passing.key limit ${walk.limit})
    select ${columns} from hit ${shown} order by hit.place, hit.sort_key, hit.key`);
}

/** Beyond this many, it no longer matters how common a token is. */
export const COMMON = 20_000;

/** How many organisations carry each token, counted no further than COMMON (检索词频). */
export async function tokenCounts(tx: Tx, tokens: readonly string[]): Promise<Map<string, number>> {
  const rows = await tx.many<{ token: string; n: number }>(sql`
    select wanted.token, (select count(*) from (
        select 1 from publication.search_token token
        where token.collection = 'organisations.organisation' and token.token = wanted.token limit ${COMMON}) few) as n
    from unnest(${tokens}::text[]) as wanted (token)`);
  return new Map(rows.map((row) => [row.token, row.n]));
}

/** How many tokens begin so, counted no further than `enough`. */
export async function prefixCount(tx: Tx, range: Range, enough: number): Promise<number> {
  const row = await tx.one<{ n: number }>(sql`
    select count(*) as n from (select 1 from publication.search_token token
      where token.collection = 'organisations.organisation' and token.token >= ${range.lo} and token.token < ${range.hi} limit ${enough}) few`);
  return row.n;
}

/**
 * Organisations whose name holds all tokens, in the order of names (按字检索). `tokens` come rarest first: the walk follows
 * the rarest, in index order, and stops when the page is full.
 */
export async function byTokens(
  tx: Tx,
  walk: Walk,
  tokens: readonly string[],
  after: ByName = start,
): Promise<ItemRow[]> {
  const [rarest, ...others] = tokens;
  return tx.many(
    prepared(sql`
    select ${columns} from (select token.sort_key, token.key from publication.search_token token
      where token.collection = ${register} and token.token = ${rarest} and (token.sort_key, token.key) > (${after.sortKey}, ${after.key})
      order by token.sort_key, token.key offset 0) hit ${shown}
    where ${matches(others.length > 0 ? { tokens: others } : undefined, "hit")} and ${passes(walk)}
    order by hit.sort_key, hit.key limit ${walk.limit}`),
  );
}

/**
 * Organisations with a token in a half-open range (按拼音或代码前缀检索), in the order of tokens, so that the shortest match
 * comes first; one that matches twice is shown at its first token only.
 */
export async function byPrefix(
  tx: Tx,
  walk: Walk,
  range: Range,
  after?: ByToken,
): Promise<(ItemRow & { token: string })[]> {
  // From the range's own beginning: a lower bound of its own beside the row comparison would not be used to find the start.
  const from = after ?? { token: range.lo, ...start };
  return tx.many(
    prepared(sql`
    select ${columns}, hit.token from (
      select token.token, token.sort_key, token.key from publication.search_token token
      where token.collection = ${register} and token.token < ${range.hi}
        and (token.token, token.sort_key, token.key) > (${from.token}, ${from.sortKey}, ${from.key})
      order by token.token, token.sort_key, token.key offset 0) hit ${shown}
    where (select true from publication.search_token earlier where earlier.collection = ${register} and earlier.key = item.key
        and earlier.token >= ${range.lo} and earlier.token < hit.token limit 1) is null
      and ${passes(walk)}
    order by hit.token, hit.sort_key, hit.key limit ${walk.limit}`),
  );
}

/** Names that published organisations used to have, by public key (曾用名). */
export async function formerNamesOf(tx: Tx, keys: readonly string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.many<{ key: string; names: string | null }>(sql`
    select key, body->>'formerNames' as names from publication.item where collection = 'organisations.former-name' and key = any(${keys}::text[])`);
  return new Map(rows.flatMap((row) => (row.names === null ? [] : [[row.key, row.names] as const])));
}

/** One published item that has not expired. */
export async function findItem(
  tx: Tx,
  collection: string,
  key: string,
  today: string,
): Promise<(ItemRow & { subject_id: string | null; version: number }) | undefined> {
  return tx.maybe(sql`
    select collection, key, title, division_code, sort_key, body, published_on, expires_on, subject_id, version from publication.item
    where collection = ${collection} and key = ${key} and (expires_on is null or expires_on > ${today})`);
}

/** Everything published about a subject that has not expired, newest first. */
export async function itemsAbout(tx: Tx, subject: string, today: string): Promise<ItemRow[]> {
  return tx.many(sql`
    select collection, key, title, division_code, sort_key, body, published_on, expires_on from publication.item
    where subject_id = ${subject} and (expires_on is null or expires_on > ${today})
    order by published_on desc, collection, key limit 200`);
}

/** Corrections of published items that are still public. */
export async function correctionsOf(tx: Tx, items: readonly { readonly collection: string; readonly key: string }[]) {
  return tx.many<{
    collection: string;
    version: number;
    old_body: Record<string, unknown>;
    reason: string;
    corrected_on: string;
  }>(sql`
    select correction.collection, correction.version, correction.old_body, correction.reason, correction.corrected_on
    from unnest(${items.map((one) => one.collection)}::text[], ${items.map((one) => one.key)}::text[]) as wanted (collection, key)
    join publication.correction correction on correction.collection = wanted.collection and correction.key = wanted.key
    order by correction.corrected_on desc, correction.version desc limit 50`);
}

/** Items of a collection (公开事项): by division and name below a division, else in the collection's own order. */
export async function itemPage(
  tx: Tx,
  collection: string,
  where: { readonly division?: string; readonly today: string; readonly limit: number; readonly after?: ByDivision },
): Promise<ItemRow[]> {
  const alive = sql`item.expires_on is null or item.expires_on > ${where.today}`;
  if (!where.division) {
    const from = where.after ?? start;
    return tx.many(
      prepared(sql`
      select ${columns} from (select * from publication.item item
        where item.collection = ${collection} and (item.sort_key, item.key) > (${from.sortKey}, ${from.key})
        order by item.sort_key, item.key offset 0) item
      where ${alive} order by item.sort_key, item.key limit ${where.limit}`),
    );
  }
  const { lo, hi } = rangeOf(where.division);
  const from = where.after ?? { division: lo, ...start };
  return tx.many(
    prepared(sql`
    select ${columns} from (select * from publication.item item
      where item.collection = ${collection} and item.division_code < ${hi}
        and (item.division_code, item.sort_key, item.key) > (${from.division}, ${from.sortKey}, ${from.key})
      order by item.division_code, item.sort_key, item.key offset 0) item
    where ${alive} order by item.division_code, item.sort_key, item.key limit ${where.limit}`),
  );
}

/** The public keys of organisations that are published, by subject: for links from a list to the page. */
export async function organisationKeys(tx: Tx, codes: readonly string[]): Promise<Set<string>> {
  const rows = await tx.many<{ key: string }>(sql`
    select key from publication.item where collection = 'organisations.organisation' and key = any(${codes}::text[])`);
  return new Set(rows.map((row) => row.key));
}

/** A summed cell of a public indicator and how many leaf cells were added up. */
export interface FigureRow {
  readonly division: string;
  readonly period: string;
  readonly key: string;
  readonly value: number;
  readonly leaves: number;
}

/** Sums of leaf cells below a division (区间求和), split by the first `digits` of the division and by key. */
export async function sums(
  tx: Tx,
  indicator: string,
  where: { readonly division: string; readonly periods: readonly string[]; readonly digits: number },
): Promise<FigureRow[]> {
  const { lo, hi } = rangeOf(where.division);
  return tx.many(sql`
    select left(division_code, ${where.digits}::integer) as division, period, key, sum(value)::bigint as value, count(*) as leaves
    from publication.figure
    where indicator = ${indicator} and period = any(${where.periods}::text[]) and division_code >= ${lo} and division_code < ${hi}
    group by 1, 2, 3 having sum(value) <> 0 order by 1, 2, 3`);
}

/** Charities and those that may raise funds in public, below a division. */
export async function charityCounts(
  tx: Tx,
  division: string,
  today: string,
): Promise<{ charities: number; qualified: number }> {
  const { lo, hi } = rangeOf(division);
  return tx.one(sql`
    select (select count(*) from publication.item where collection = 'organisations.organisation' and (body->>'charity') = 'true'
        and division_code >= ${lo} and division_code < ${hi} and (expires_on is null or expires_on > ${today})) as charities,
      (select count(*) from publication.item where collection = 'organisations.organisation' and (body->>'fundraisingQualified') = 'true'
        and division_code >= ${lo} and division_code < ${hi} and (expires_on is null or expires_on > ${today})) as qualified`);
}

export interface PlaceRow {
  readonly code: string;
  readonly name: string;
  readonly level: number;
}

/** Names of divisions in force, in code order. */
export async function placesNamed(tx: Tx, codes: readonly string[], today: string): Promise<PlaceRow[]> {
  return tx.many(sql`
    select code, name, level from division where code = any(${codes}::text[]) and valid_from <= ${today} and (valid_to is null or valid_to > ${today})
    order by code`);
}

/** The divisions below one that have this many digits: from each to the next by the index, past all that lies inside. */
export async function placesBelow(tx: Tx, division: string, digits: number, today: string): Promise<PlaceRow[]> {
  const { lo, hi } = rangeOf(division);
  return tx.many(sql`
    with recursive child (code) as (
      (select left(code, ${digits}::integer) from division where code > ${lo} and code < ${hi} and length(code) >= ${digits}::integer order by code limit 1)
      union all
      select (select left(next.code, ${digits}::integer) from division next where next.code > child.code || ':' and next.code < ${hi}
          and length(next.code) >= ${digits}::integer order by next.code limit 1)
      from child where child.code is not null)
    select place.code, place.name, place.level from child join division place on place.code = child.code
    where place.valid_from <= ${today} and (place.valid_to is null or place.valid_to > ${today}) order by place.code`);
}

/** Items of a collection by their keys, in no order; those that are published today. */
export async function itemsByKey(
  tx: Tx,
  collection: string,
  keys: readonly string[],
  today: string,
): Promise<ItemRow[]> {
  if (keys.length === 0) return [];
  return tx.many(sql`
    select ${columns} from publication.item item where item.collection = ${collection} and item.key = any(${keys}::text[])
      and (item.expires_on is null or item.expires_on > ${today})`);
}

/** A stretch of a whole collection for export, in the order of its primary key. */
export async function exportPage(
  tx: Tx,
  collection: string,
  where: { readonly today: string; readonly after: string; readonly limit: number },
): Promise<ItemRow[]> {
  return tx.many(sql`
    select ${columns} from (select * from publication.item item where item.collection = ${collection} and item.key > ${where.after}
      order by item.collection, item.key offset 0) item
    where item.expires_on is null or item.expires_on > ${where.today} limit ${where.limit}`);
}
