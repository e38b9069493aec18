import { chainOf, nation, significant } from "../../../kernel/divisions/code.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { decideRule } from "../../../kernel/rule/decide.ts";
import { grades, kinds, listings, statuses } from "../../organisations/index.ts";
import { type Cell, getStatistics } from "../portal.contract.ts";
import { finer, rowsOf, type Shown, suppress } from "../portal.figures.ts";
import { rules } from "../portal.rules.ts";
import type { Counts } from "./portal.counts.ts";
import { type PlaceRow, placesNamed } from "./portal.queries.ts";
import { insideRoot } from "./search.handlers.ts";

/** Years of the table of registrations, the present one included. */
const SPAN = 10;

/** Organisations are no persons: these figures are shown whole. A room that publishes persons says so here. */
const SENSITIVE = false;

/** Asks rule `portal.figure` whether a number of persons may be shown (小单元格规则). */
export function shownBy(ctx: Context<never>): Shown {
  const [rule] = rules;
  return (value, sensitive) => {
    if (!sensitive) return value;
    const { output } = decideRule(
      rule,
      { cell_count: value, sensitive },
      {
        today: ctx.today,
        settings: (id, date) => ctx.house.settings.on(id, date, ctx.house.root),
        calendar: ctx.house.calendar(),
      },
    );
    return typeof output.show === "number" ? output.show : null;
  };
}

/** The divisions from the root of this house down to one (上级链), by name; none outside of it. */
export function chainTo(ctx: Context<never>, division: string): Promise<PlaceRow[]> {
  const { root } = ctx.house;
  const codes = division === nation ? [] : chainOf(division);
  const inside = codes.filter((code) => code.length >= significant(root).length || root === nation);
  return placesNamed(ctx.tx, inside, ctx.today);
}

/** Public statistics (统计数据): one sum over the leaf cells of a division, turned in every direction. */
export function statisticsHandler(counts: Counts) {
  return handle(getStatistics)(async (input, ctx) => {
    const division = insideRoot(ctx, input.division ?? ctx.house.root);
    if (division === undefined) return ctx.fail("portal/unknown-division", { division: input.division });
    const digits = finer(division);
    const names = await chainTo(ctx, division);
    const self = names.find((one) => one.code === division);
    if (division !== nation && !self) return ctx.fail("portal/unknown-division", { division });

    const tally = await counts.tally(ctx, division, digits);
    const of = (map: ReadonlyMap<string, number>) => (key: string) => map.get(key) ?? 0;
    const shown = shownBy(ctx);
    const table = (keys: readonly string[], values: readonly number[], rows: (key: string) => string): Cell[] => {
      const safe = suppress(values, SENSITIVE, shown);
      return keys.map((key, at) => ({ key, value: safe[at] ?? null, rows: rows(key) }));
    };
    const graded = grades.reduce((all, grade) => all + of(tally.grade)(grade), 0);
    const threeA = grades.slice(0, 3).reduce((all, grade) => all + of(tally.grade)(grade), 0);
    const below = await counts.below(ctx, division, digits);
    const inTree = new Set(below.map((one) => one.code));
    const others = [...tally.place.keys()].filter((code) => !inTree.has(code)).sort();
    const places = [
      ...others.map((code) => ({ code, name: code === division ? (self?.name ?? "") : code, own: code === division })),
      ...below.map((one) => ({ ...one, own: false })),
    ];
    const perPlaceSafe = suppress(
      places.map((one) => of(tally.place)(one.code)),
      SENSITIVE,
      shown,
    );
    const last = Number(ctx.today.slice(0, 4));
    const years = Array.from({ length: SPAN }, (_, at) => String(last - SPAN + 1 + at));
    const perYear = await counts.registered(ctx, division, years);
    const charity = await counts.charity(ctx, division);
    return {
      division: { code: division, name: self?.name ?? "" },
      chain: names.map(({ code, name }) => ({ code, name })),
      asOf: ctx.today,
      base: tally.existing,
      all: tally.all,
      byKind: table(kinds, kinds.map(of(tally.kind)), (kind) => rowsOf({ division, kind, status: "living" })),
      byStatus: table(statuses, statuses.map(of(tally.status)), (status) => rowsOf({ division, status })),
      byGrade: table([...grades, "-"], [...grades, "-"].map(of(tally.grade)), (grade) =>
        rowsOf({ division, grade, status: "living" }),
      ),
      threeA: {
        value: threeA,
        graded,
        rows: rowsOf({ division, grade: "3A+", status: "living" }),
        gradedRows: rowsOf({ division, grade: "graded", status: "living" }),
      },
      byListing: table(listings, listings.map(of(tally.listing)), (listing) =>
        rowsOf({ division, listing, status: "living" }),
      ),
      byDivision: places.map((one, at) => ({
        key: one.code,
        name: one.name,
        own: one.own,
        value: perPlaceSafe[at] ?? null,
        rows: rowsOf({ division: one.code, status: "living", ...(one.own ? { own: "true" } : {}) }),
      })),
      covered: { value: below.filter((one) => of(tally.place)(one.code) > 0).length, of: below.length },
      byYear: table(
        years,
        years.map((year) => perYear.reduce((all, cell) => (cell.year === year ? all + cell.value : all), 0)),
        (registeredYear) => rowsOf({ division, registeredYear }),
      ),
      charity: {
        ...charity,
        rows: rowsOf({ division, charity: "true" }),
        qualifiedRows: rowsOf({ division, fundraising: "true" }),
      },
    };
  });
}
