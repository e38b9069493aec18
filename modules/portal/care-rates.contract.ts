import { z } from "zod";
import { allRoles, defineQuery } from "../../kernel/operation/define.ts";
import { date, division } from "../../kernel/operation/shapes.ts";

const place = z.object({ code: z.string(), name: z.string() });
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: "month" });
/** A published rate: null when withheld because few people stand behind it, or when there was nobody to visit. */
const rate = { rate: z.string().nullable(), withheld: z.boolean() };

/**
 * Public visit rates (探访率公开) of a division and those one level below, townships and above: of one closed month, of the same
 * month a year before, and month by month over two years. Rates alone: nobody learns how many people live where.
 */
export const getCareRates = defineQuery("portal.care-rates", {
  who: allRoles,
  door: "portal",
  input: z.object({ division: division.optional(), month: month.optional() }),
  output: z.object({
    division: place,
    chain: z.array(place),
    /** Closed months there are figures of, newest first; empty when nothing was published yet. */
    months: z.array(month),
    month: month.nullable(),
    publishedOn: date.nullable(),
    own: z.object(rate).nullable(),
    yearBefore: z.object(rate).nullable(),
    places: z.array(place.extend({ ...rate, before: z.object(rate).nullable(), finer: z.boolean() })),
    /** Month by month, January first; null where nothing was published. */
    years: z.array(z.object({ year: z.string(), months: z.array(z.object(rate).nullable()) })),
  }),
  refusals: { "portal/unknown-division": 404 },
});
export type CareRates = z.infer<typeof getCareRates.output>;
