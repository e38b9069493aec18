import { significant } from "../../../kernel/divisions/code.ts";
import { figures, figuresByPeriod, overview } from "../../../kernel/indicator/indicator.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { readCursor, writeCursor } from "../../../kernel/operation/cursor.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { getPartyCoverage, getStatistics, listOrganisations } from "../organisations.contract.ts";
import {
  type Grade,
  grades,
  type Kind,
  kinds,
  type Listing,
  listings,
  living,
  type PartyState,
  type Status,
  statuses,
} from "../organisations.facts.ts";
import { party, registered, stock } from "./organisations.indicators.ts";
import { boundedCount, type Filter, lineOf, listPage, searchable } from "./organisations.queries.ts";

const COUNTED = 1_000;

/** Filters whose rows the kept counters know. */
const counted: readonly (keyof Filter)[] = ["kind", "status", "grade", "listing", "division"];

/** The number of rows of a filter: from the counters when they know it, else counted up to a bound. */
async function totalOf(ctx: Context<never>, filter: Filter): Promise<{ value: number; exact: boolean }> {
  const asked = (Object.keys(filter) as (keyof Filter)[]).filter((key) => filter[key] !== undefined);
  if (ctx.actor.scope.kind === "staff" && asked.every((key) => counted.includes(key))) {
    const cells = await figures(ctx.tx, stock, { division: filter.division ?? ctx.actor.division ?? ctx.actor.home });
    const wanted = [filter.kind, filter.status, filter.grade, filter.listing];
    const value = cells
      .filter((cell) => wanted.every((want, at) => want === undefined || want === cell.key[at]))
      .reduce((sum, cell) => sum + cell.value, 0);
    return { value, exact: true };
  }
  const value = await boundedCount(ctx.tx, filter, COUNTED + 1);
  return { value: Math.min(value, COUNTED), exact: value <= COUNTED };
}

const list = handle(listOrganisations)(async ({ after, limit, ...asked }, ctx) => {
  const filter: Filter = ctx.actor.scope.kind === "staff" ? asked : { ...asked, inNames: true };
  if (!searchable(filter.q)) ctx.fail("organisations/query-too-short", { q: filter.q });
  const place = readCursor(after, ["text", "text", "id"]);
  const rows = await listPage(ctx.tx, filter, place, limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(lineOf),
    next: rows.length > limit && last ? writeCursor([last.division_code, last.name_key, last.id]) : null,
    total: await totalOf(ctx, filter),
  };
});

function linkTo(division: string, rest: Readonly<Record<string, string>> = {}): string {
  return `/organisations?${new URLSearchParams({ division, ...rest }).toString()}`;
}

/** Codes one level finer than a division, for splitting a figure. */
function finer(division: string): number {
  const lengths = [1, 2, 4, 6, 9, 12];
  return lengths[lengths.indexOf(division.length) + 1] ?? 12;
}

/** The division asked for, inside the reader's own range; the range itself when nothing is asked. */
function divisionOf(ctx: Context<never>, asked: string | undefined): string {
  return asked ? significant(asked) : (ctx.actor.division ?? significant(ctx.actor.home));
}

const statistics = handle(getStatistics)(async (input, ctx) => {
  const division = divisionOf(ctx, input.division);
  const [{ keys: cells, divisions }, years] = await Promise.all([
    overview(ctx.tx, stock, division, finer(division)),
    figuresByYear(ctx, division),
  ]);
  const sum = (at: number, name: string) =>
    cells.filter((cell) => cell.key[at] === name).reduce((all, cell) => all + cell.value, 0);
  return {
    division,
    on: ctx.today,
    total: { value: cells.reduce((all, cell) => all + cell.value, 0), link: linkTo(division) },
    living: living.reduce((all, status) => all + sum(1, status), 0),
    byKind: kinds.map((kind) => ({ kind: kind as Kind, value: sum(0, kind), link: linkTo(division, { kind }) })),
    byStatus: statuses.map((status) => ({
      status: status as Status,
      value: sum(1, status),
      link: linkTo(division, { status }),
    })),
    byGrade: [...grades, "-" as const].map((grade) => ({
      grade: grade as Grade | "-",
      value: sum(2, grade),
      link: linkTo(division, { grade }),
    })),
    byListing: listings.map((listing) => ({
      listing: listing as Listing,
      value: sum(3, listing),
      link: linkTo(division, { listing }),
    })),
    byDivision: [...divisions]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, value]) => ({ division: code, value, link: linkTo(code) })),
    byYear: years.map(([year, value]) => ({ year, value, link: linkTo(division, { registeredYear: year }) })),
  };
});

const SPAN = 15;

async function figuresByYear(ctx: Context<never>, division: string): Promise<[string, number][]> {
  const last = Number(ctx.today.slice(0, 4));
  const years = Array.from({ length: SPAN }, (_, at) => String(last - SPAN + 1 + at));
  const found = await figuresByPeriod(ctx.tx, registered, division, years);
  return years.map((year) => [year, found.get(year) ?? 0]);
}

/** Per mille, floored: the target is 100 %, so 2999 of 3000 is 99.9 %, never 100. */
function floored(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.floor((part * 1000) / whole);
}

const coverage = handle(getPartyCoverage)(async (input, ctx) => {
  const division = divisionOf(ctx, input.division);
  const cells = await figures(ctx.tx, party, { division });
  const split = await figures(ctx.tx, party, { division, digits: finer(division) });
  const covers = (state: string | undefined) => state === "established" || state === "joint";
  const total = (rows: typeof cells) => {
    const due = rows.filter((cell) => cell.key[1] === "yes");
    const required = due.reduce((all, cell) => all + cell.value, 0);
    const covered = due.filter((cell) => covers(cell.key[2])).reduce((all, cell) => all + cell.value, 0);
    return { required, covered, rate: floored(covered, required) };
  };
  const divisions = [...new Set(split.map((cell) => cell.division))].sort();
  return {
    division,
    ...total(cells),
    cells: cells.map((cell) => ({
      kind: cell.key[0] as Kind,
      required: cell.key[1] === "yes",
      organisation: cell.key[2] as PartyState,
      value: cell.value,
      link: linkTo(division, {
        kind: cell.key[0] ?? "",
        partyRequired: String(cell.key[1] === "yes"),
        party: cell.key[2] ?? "",
      }),
    })),
    byDivision: divisions.map((code) => ({ division: code, ...total(split.filter((cell) => cell.division === code)) })),
  };
});

export const listHandlers = [list, statistics, coverage] as const;
