import type { Context } from "../../../kernel/operation/context.ts";
import { living } from "../../organisations/index.ts";
import { registered, stock } from "../../organisations/server/index.ts";
import { finer } from "../portal.figures.ts";
import {
  charityCounts,
  type FigureRow,
  type Filters,
  gradesOf,
  type PlaceRow,
  placesBelow,
  statusesOf,
  sums,
  tokenCounts,
} from "./portal.queries.ts";

/** One kind of organisation counted: kind, state, grade ("-" = none) and list. */
export interface StockCell {
  readonly division: string;
  readonly kind: string;
  readonly status: string;
  readonly grade: string;
  readonly listing: string;
  readonly value: number;
}

/** Kept by the room of the credit lists; without that room it is empty. */
const LISTED = "credit.listed";

const KEEP_MS = 10_000;
/** Sums over more leaf cells than this are kept for ten seconds; a county or a city is always added up afresh. */
const MANY = 2_000;
/** How common a pair of characters is changes slowly, and only decides where a search begins. */
const TOKEN_MS = 600_000;
const RARE = 500;
const PLACE_MS = 60_000;
const MAX_KEPT = 5_000;

const nameOf = (indicator: string, where: { division: string; periods: readonly string[]; digits: number }) =>
  [indicator, where.division, where.digits, ...where.periods].join(" ");

/** Organisations of a division counted in every direction (存量汇总); all but `status` and `all` count those that exist. */
export interface Tally {
  readonly all: number;
  readonly existing: number;
  readonly status: ReadonlyMap<string, number>;
  readonly kind: ReadonlyMap<string, number>;
  readonly grade: ReadonlyMap<string, number>;
  readonly listing: ReadonlyMap<string, number>;
  readonly place: ReadonlyMap<string, number>;
}

function tallyOf(cells: readonly StockCell[]): Tally {
  const maps = {
    status: new Map<string, number>(),
    kind: new Map<string, number>(),
    grade: new Map<string, number>(),
    listing: new Map<string, number>(),
    place: new Map<string, number>(),
  };
  const add = (map: Map<string, number>, key: string, value: number) => map.set(key, (map.get(key) ?? 0) + value);
  const alive = new Set<string>(living);
  let all = 0;
  let existing = 0;
  for (const cell of cells) {
    all += cell.value;
    add(maps.status, cell.status, cell.value);
    if (!alive.has(cell.status)) continue;
    existing += cell.value;
    add(maps.kind, cell.kind, cell.value);
    add(maps.grade, cell.grade, cell.value);
    add(maps.listing, cell.listing, cell.value);
    add(maps.place, cell.division, cell.value);
  }
  return { all, existing, ...maps };
}

/** What one house keeps of something for a while; a clock set back forgets it. */
class Kept<T> {
  readonly #known = new Map<string, { readonly at: number; readonly value: T }>();
  readonly #keepMs: number;
  constructor(keepMs: number) {
    this.#keepMs = keepMs;
  }
  get(ctx: Context<never>, name: string): T | undefined {
    const known = this.#known.get(`${ctx.house.baseUrl} ${name}`);
    const now = ctx.now.getTime();
    return known && now >= known.at && now - known.at < this.#keepMs ? known.value : undefined;
  }
  set(ctx: Context<never>, name: string, value: T): void {
    if (this.#known.size >= MAX_KEPT) this.#known.clear();
    this.#known.set(`${ctx.house.baseUrl} ${name}`, { at: ctx.now.getTime(), value });
  }
}

/**
 * Sums of published counters (公开数据取数). A whole nation is some hundred thousand leaf cells: those sums are kept for ten
 * seconds, so that a page of the nation costs no more than a page of a county. It holds nothing that is not public.
 */
export class Counts {
  readonly #figures = new Kept<readonly FigureRow[]>(KEEP_MS);
  readonly #tallies = new Kept<Tally>(KEEP_MS);
  readonly #charity = new Kept<{ charities: number; qualified: number }>(KEEP_MS);
  readonly #tokens = new Kept<number>(TOKEN_MS);
  readonly #places = new Kept<readonly PlaceRow[]>(PLACE_MS);

  async #sums(
    ctx: Context<never>,
    indicator: string,
    where: { division: string; periods: readonly string[]; digits: number },
  ): Promise<readonly FigureRow[]> {
    const name = nameOf(indicator, where);
    const known = this.#figures.get(ctx, name);
    if (known) return known;
    const rows = await sums(ctx.tx, indicator, where);
    if (rows.reduce((all, row) => all + row.leaves, 0) > MANY) this.#figures.set(ctx, name, rows);
    return rows;
  }

  /** Charities are counted from rows, not by a counter. */
  async charity(ctx: Context<never>, division: string): Promise<{ charities: number; qualified: number }> {
    const known = this.#charity.get(ctx, division);
    if (known) return known;
    const found = await charityCounts(ctx.tx, division, ctx.today);
    if (found.charities > RARE) this.#charity.set(ctx, division, found);
    return found;
  }

  /** How many organisations carry each pair of characters, as far as it matters (检索词频). */
  async tokens(ctx: Context<never>, tokens: readonly string[]): Promise<Map<string, number>> {
    const out = new Map<string, number>();
    const unknown: string[] = [];
    for (const token of tokens) {
      const known = this.#tokens.get(ctx, token);
      if (known === undefined) unknown.push(token);
      else out.set(token, known);
    }
    if (unknown.length === 0) return out;
    for (const [token, n] of await tokenCounts(ctx.tx, unknown)) {
      out.set(token, n);
      if (n > RARE) this.#tokens.set(ctx, token, n);
    }
    return out;
  }

  /** Divisions one level below (下一级区划). */
  async below(ctx: Context<never>, division: string, digits: number): Promise<readonly PlaceRow[]> {
    const name = `${division} ${digits} ${ctx.today}`;
    const known = this.#places.get(ctx, name);
    if (known) return known;
    const places = await placesBelow(ctx.tx, division, digits, ctx.today);
    if (places.length > 0) this.#places.set(ctx, name, places);
    return places;
  }

  /** Organisations there are below a division, split by the first `digits` of theirs (存量). */
  async stock(ctx: Context<never>, division: string, digits: number): Promise<StockCell[]> {
    const rows = await this.#sums(ctx, stock.id, { division, periods: [""], digits });
    return rows.map((row) => {
      const [kind = "", status = "", grade = "", listing = ""] = row.key.split("|");
      return { division: row.division, kind, status, grade, listing, value: row.value };
    });
  }

  /** The same, counted in every direction; kept as long as its sums are. */
  async tally(ctx: Context<never>, division: string, digits: number): Promise<Tally> {
    const name = `${division} ${digits}`;
    const known = this.#tallies.get(ctx, name);
    if (known) return known;
    const cells = await this.stock(ctx, division, digits);
    const tally = tallyOf(cells);
    if (this.#figures.get(ctx, nameOf(stock.id, { division, periods: [""], digits })))
      this.#tallies.set(ctx, name, tally);
    return tally;
  }

  /** Organisations registered in each of some years (当年登记), by year and kind. */
  async registered(
    ctx: Context<never>,
    division: string,
    years: readonly string[],
  ): Promise<{ year: string; kind: string; value: number }[]> {
    const rows = await this.#sums(ctx, registered.id, { division, periods: years, digits: 0 });
    return rows.map((row) => ({ year: row.period, kind: row.key, value: row.value }));
  }

  /** Organisations on a list (在列), by the counter that the lists themselves keep. */
  async listed(ctx: Context<never>, division: string, list: "abnormal" | "serious"): Promise<number> {
    const rows = await this.#sums(ctx, LISTED, { division, periods: [""], digits: 0 });
    return rows.reduce((all, row) => (row.key.startsWith(`${list}|`) ? all + row.value : all), 0);
  }

  /** How many organisations pass these filters; undefined where no counter knows. */
  async passing(ctx: Context<never>, filters: Filters): Promise<number | undefined> {
    const { kind, status, grade, listing, registeredYear: year, charity, fundraising } = filters;
    if (charity !== undefined || fundraising !== undefined) return undefined;
    const division = filters.division ?? ctx.house.root;
    if (year) {
      if (status || grade || listing || filters.own) return undefined;
      const cells = await this.registered(ctx, division, [year]);
      return cells.reduce((all, cell) => (kind && cell.kind !== kind ? all : all + cell.value), 0);
    }
    const statuses = status ? statusesOf(status) : undefined;
    const wanted = grade ? gradesOf(grade) : undefined;
    let total = 0;
    for (const cell of await this.stock(ctx, division, filters.own ? finer(division) : 0)) {
      if (filters.own && cell.division !== division) continue;
      if (kind && cell.kind !== kind) continue;
      if (statuses && !statuses.includes(cell.status)) continue;
      if (wanted && !wanted.includes(cell.grade)) continue;
      if (listing && (listing === "any" ? cell.listing === "none" : cell.listing !== listing)) continue;
      total += cell.value;
    }
    return total;
  }
}
