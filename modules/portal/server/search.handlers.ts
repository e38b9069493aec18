import { contains, significant } from "../../../kernel/divisions/code.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { readCursor, writeCursor } from "../../../kernel/operation/cursor.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { prefixRange, type Query, queryTokens } from "../../../kernel/search/tokens.ts";
import { type OrganisationHit, searchOrganisations } from "../portal.contract.ts";
import type { Counts } from "./portal.counts.ts";
import {
  byDivision,
  byFilters,
  byName,
  byPrefix,
  byTokens,
  type Filters,
  formerNamesOf,
  type ItemRow,
  type Match,
  prefixCount,
  type Range,
  type Walk,
} from "./portal.queries.ts";

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** A published organisation as a line of a list. */
export function hitOf(row: ItemRow, former?: ReadonlyMap<string, string>): OrganisationHit {
  const { body } = row;
  return {
    key: row.key,
    code: textOf(body.code),
    name: row.title,
    kind: textOf(body.kind) ?? "",
    status: textOf(body.status) ?? "",
    registeredOn: textOf(body.registeredOn),
    registrationAuthority: textOf(body.registrationAuthority),
    division: row.division_code,
    grade: textOf(body.grade),
    listing: textOf(body.listing) ?? "none",
    charity: body.charity === true,
    fundraising: body.fundraisingQualified === true,
    formerNames: former?.get(row.key) ?? null,
  };
}

/** A division of this installation in significant digits; undefined when it is none. */
export function insideRoot(ctx: Context<never>, code: string | undefined): string | undefined {
  if (code === undefined) return undefined;
  try {
    return contains(ctx.house.root, code) ? significant(code) : undefined;
  } catch {
    return undefined;
  }
}

/** So many organisations that pass the filters can be probed one by one for the words. */
const PROBED = 10_000;
/** So many organisations that match the words can be looked at one by one. */
const FEW = 2_000;

/**
 * What leads a search (检索路径). Whatever is rarest leads, and the order of the answer follows from it: filters and words
 * by name, a division by division and name, a prefix by what matched.
 */
type Leader = "name" | "division" | "filters" | "token" | "prefix";
const partsOf: Readonly<Record<Leader, number>> = { name: 2, division: 3, filters: 3, token: 2, prefix: 3 };

/** Rows of a page, for choosing a way; the same for every page size, so that all of them have one order. */
const PAGE = 20;

/** A walk meets one that passes every `all / passing` rows; a look-up reads all that pass: which is quicker. */
function isSparse(passing: number | undefined, all: number): boolean {
  return passing === undefined || passing * passing < all * PAGE;
}

/** What was asked for, understood, with what the counters know of it. */
interface Plan {
  readonly leader: Leader;
  readonly match?: Match;
  /** Pairs of characters, rarest first. */
  readonly tokens: readonly string[];
  readonly range?: Range;
}

/** Whether a division is asked for that is not the whole of this installation. */
const isNarrow = (ctx: Context<never>, filters: Filters) =>
  filters.division !== undefined && (filters.division !== ctx.house.root || filters.own === true);

async function planOf(
  ctx: Context<never>,
  counts: Counts,
  understood: Query | undefined,
  filters: Filters,
  total: number | undefined,
): Promise<Plan | undefined> {
  const { division, ...others } = filters;
  const narrow = isNarrow(ctx, filters);
  const filtered = Object.values(others).some((value) => value !== undefined);
  if (understood?.kind === "pinyin" || understood?.kind === "code") {
    const range = prefixRange(understood.prefix);
    const plan = { match: { range }, range, tokens: [] };
    if (!narrow && !filtered) return { ...plan, leader: "prefix" };
    const found = await prefixCount(ctx.tx, range, FEW);
    if (found < FEW) return { ...plan, leader: "prefix" };
    if (filtered && total !== undefined && total < PROBED) return { ...plan, leader: "filters" };
    return { ...plan, leader: narrow ? "division" : "prefix" };
  }
  if (understood?.kind === "bigrams") {
    // A single pair of characters alone is a walk in index order, however common it is.
    if (understood.tokens.length === 1 && !narrow && !filtered) return { leader: "token", tokens: understood.tokens };
    const known = await counts.tokens(ctx, understood.tokens);
    const tokens = [...understood.tokens].sort((a, b) => (known.get(a) ?? 0) - (known.get(b) ?? 0));
    const least = known.get(tokens[0] as string) ?? 0;
    if (least === 0) return undefined;
    const plan = { match: { tokens }, tokens };
    if (least < FEW) return { ...plan, leader: "token" };
    if (filtered && total !== undefined && total < PROBED && total < least) return { ...plan, leader: "filters" };
    return { ...plan, leader: narrow ? "division" : "token" };
  }
  if (!narrow && !filtered) return { leader: "name", tokens: [] };
  const all = (await counts.passing(ctx, narrow ? { division } : {})) ?? 0;
  if (filtered && isSparse(total, all)) return { leader: "filters", tokens: [] };
  return { leader: narrow ? "division" : "name", tokens: [] };
}

function follow(
  ctx: Context<never>,
  plan: Plan,
  walk: Walk,
  place: readonly string[] | undefined,
): Promise<(ItemRow & { token?: string })[]> {
  const byTwo = place && { sortKey: place[0] as string, key: place[1] as string };
  const rest = place && { sortKey: place[1] as string, key: place[2] as string };
  switch (plan.leader) {
    case "name":
      return byName(ctx.tx, walk, byTwo);
    case "division":
      return byDivision(
        ctx.tx,
        walk,
        walk.filters.division ?? walk.root,
        plan.match,
        rest && { division: place[0] as string, ...rest },
      );
    case "filters":
      return byFilters(
        ctx.tx,
        walk,
        isNarrow(ctx, walk.filters),
        plan.match,
        rest && { division: place[0] as string, ...rest },
      );
    case "token":
      return byTokens(ctx.tx, walk, plan.tokens, byTwo);
    case "prefix":
      return byPrefix(ctx.tx, walk, plan.range as Range, rest && { token: place[0] as string, ...rest });
  }
}

function placeOf(leader: Leader, row: ItemRow & { token?: string }, narrow: boolean): string[] {
  const name = [row.sort_key, row.key];
  if (leader === "filters") return [narrow ? row.division_code : "", ...name];
  return leader === "division" ? [row.division_code, ...name] : leader === "prefix" ? [row.token ?? "", ...name] : name;
}

/** The search of the public register (公开名录检索). */
export function searchHandler(counts: Counts) {
  return handle(searchOrganisations)(async (input, ctx) => {
    const { q, after, limit, ...given } = input;
    const division = insideRoot(ctx, given.division);
    if (given.division !== undefined && division === undefined)
      return { how: "all" as const, organisations: [], total: 0, next: null };
    const filters: Filters = { ...given, ...(division ? { division } : {}) };
    const understood = q ? queryTokens(q) : undefined;
    if (understood?.kind === "too-short")
      return { how: "too-short" as const, organisations: [], total: null, next: null };
    const how = understood?.kind ?? ("all" as const);

    const total =
      Object.values(filters).some((value) => value !== undefined) || !q
        ? await totalOf(ctx, counts, filters)
        : undefined;
    const found = await planOf(ctx, counts, understood, filters, total);
    if (!found) return { how, organisations: [], total: 0, next: null };
    // A page continues by the way it began, even where the counters would now choose another.
    const begun = readCursor(after, ["text", "text", "text"]) ?? readCursor(after, ["text", "text", "text", "text"]);
    const [leader, ...place] = begun ?? [found.leader];
    if (after !== undefined && (!isLeader(leader, found) || place.length !== partsOf[leader]))
      return ctx.fail("portal/unknown-page");
    const plan = { ...found, leader: leader as Leader };
    const walk: Walk = { filters, root: ctx.house.root, today: ctx.today, limit: limit + 1 };
    const rows = await follow(ctx, plan, walk, after === undefined ? undefined : place);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const more = rows.length > limit && last !== undefined;
    const former = await formerNamesOf(
      ctx.tx,
      shown.map((row) => row.key),
    );
    return {
      how,
      organisations: shown.map((row) => hitOf(row, former)),
      total: how === "all" ? (total ?? null) : more || after !== undefined ? null : shown.length,
      next: more ? writeCursor([plan.leader, ...placeOf(plan.leader, last, isNarrow(ctx, filters))]) : null,
    };
  });
}

/** Whether a cursor's way suits what is asked now: one of names cannot follow a prefix. */
function isLeader(leader: string | undefined, plan: Plan): leader is Leader {
  if (leader === "token") return plan.tokens.length > 0;
  if (leader === "prefix") return plan.range !== undefined;
  if (leader === "name") return plan.match === undefined && plan.tokens.length === 0;
  return leader === "division" || leader === "filters";
}

async function totalOf(ctx: Context<never>, counts: Counts, filters: Filters): Promise<number | undefined> {
  const known = await counts.passing(ctx, filters);
  if (known !== undefined) return known;
  const { charity, fundraising, division, ...others } = filters;
  if ((charity !== true && fundraising !== true) || Object.values(others).some((value) => value !== undefined))
    return undefined;
  if (charity === false || fundraising === false) return undefined;
  const found = await counts.charity(ctx, division ?? ctx.house.root);
  return fundraising ? (charity ? undefined : found.qualified) : found.charities;
}
