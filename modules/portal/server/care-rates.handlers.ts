import { addMonths } from "../../../kernel/clock/date.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { getCareRates } from "../care-rates.contract.ts";
import { finer } from "../portal.figures.ts";
import { careRates } from "./portal.collections.ts";
import { itemsByKey, placesBelow } from "./portal.queries.ts";
import { insideRoot } from "./search.handlers.ts";
import { chainTo } from "./statistics.handlers.ts";

/** Closed months one may look back to. */
const SPAN = 36;
/** Digits of the finest place whose rate is published: the township. */
const FINEST = 9;

interface Published {
  readonly rate: string | null;
  readonly withheld: boolean;
}

const earlier = (month: string, months: number) => addMonths(`${month}-01`, -months).slice(0, 7);

/** Rates of visiting care as they were published, and nothing else: what was withheld then is not known here at all. */
export const careRatesHandler = handle(getCareRates)(async (input, ctx) => {
  const division = insideRoot(ctx, input.division ?? ctx.house.root);
  const chain = division === undefined ? [] : await chainTo(ctx, division);
  const self = chain.find((one) => one.code === division);
  if (division === undefined || !self || division.length > FINEST)
    return ctx.fail("portal/unknown-division", { division: input.division });
  const last = ctx.today.slice(0, 7);
  const published = async (keys: readonly string[]) => {
    const rows = await itemsByKey(ctx.tx, careRates, keys, ctx.today);
    return new Map(
      rows.map(({ key, body, published_on }) => {
        const rate = typeof body.rate === "string" ? body.rate : null;
        return [key, { rate, withheld: body.withheld === true, on: published_on }] as const;
      }),
    );
  };
  const own = await published(Array.from({ length: SPAN }, (_, at) => `${division}-${earlier(last, at)}`));
  const months = [...own.keys()]
    .map((key) => key.slice(division.length + 1))
    .sort()
    .reverse();
  const month = months.includes(input.month ?? "") ? (input.month as string) : months[0];
  const shown = (one: Published | undefined) => (one ? { rate: one.rate, withheld: one.withheld } : null);
  const nothing = {
    division: { code: self.code, name: self.name },
    chain: chain.map(({ code, name }) => ({ code, name })),
  };
  if (month === undefined)
    return { ...nothing, months, month: null, publishedOn: null, own: null, yearBefore: null, places: [], years: [] };

  const before = earlier(month, 12);
  const below = division.length < FINEST ? await placesBelow(ctx.tx, division, finer(division), ctx.today) : [];
  const at = await published(below.flatMap(({ code }) => [`${code}-${month}`, `${code}-${before}`]));
  const year = Number(month.slice(0, 4));
  return {
    ...nothing,
    months,
    month,
    publishedOn: own.get(`${division}-${month}`)?.on ?? null,
    own: shown(own.get(`${division}-${month}`)),
    yearBefore: shown(own.get(`${division}-${before}`)),
    places: below.flatMap(({ code, name }) => {
      const now = shown(at.get(`${code}-${month}`));
      return now
        ? [{ code, name, ...now, before: shown(at.get(`${code}-${before}`)), finer: code.length < FINEST }]
        : [];
    }),
    years: [year - 1, year].map((one) => ({
      year: String(one),
      months: Array.from({ length: 12 }, (_, index) =>
        shown(own.get(`${division}-${one}-${String(index + 1).padStart(2, "0")}`)),
      ),
    })),
  };
});
