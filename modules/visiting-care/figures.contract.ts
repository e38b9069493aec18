import { z } from "zod";
import { defineCommand, defineQuery } from "../../kernel/operation/define.ts";
import { division, id, instant, page, text } from "../../kernel/operation/shapes.ts";
import { mode, month } from "./visiting-care.shapes.ts";
import { readers } from "./visits.contract.ts";

const line = z.object({
  division: z.string(),
  name: z.string(),
  months: z.array(
    z.object({
      month,
      visited: z.int(),
      enrolled: z.int(),
      refused: z.int(),
      /** Floored to one decimal, as printed; null without a base. */
      rate: z.string().nullable(),
      closed: z.boolean(),
    }),
  ),
});

/** The months of a year of a division and of those below it (探访仪表盘): visited, base and rate from kept sums. */
export const dashboard = defineQuery("visiting-care.dashboard", {
  who: readers,
  input: z.object({
    division: division.optional(),
    year: z.coerce.number().int().min(2000).max(2100),
    /** Every county of a province or the nation in one answer, instead of the divisions directly below. */
    level: z.enum(["below", "county"]).default("below"),
  }),
  output: z.object({
    year: z.int(),
    asOf: instant,
    whole: line,
    children: z.array(line),
    /** Console path of the people behind a cell, with `{division}` and `{month}`. */
    rows: z.object({ visited: z.string(), missed: z.string(), refused: z.string() }),
  }),
  refusals: { "visiting-care/unknown-division": 404 },
});

const figure = z.object({ value: z.int(), rows: z.string() });

/** The other figures of a month (探访质量指标): on time, coverage, emergencies and their times, refusals, needs, by mode. */
export const careFigures = defineQuery("visiting-care.figures", {
  who: readers,
  input: z.object({ division: division.optional(), month }),
  output: z.object({
    division: z.string(),
    month,
    onTime: z.object({ done: z.int(), due: z.int(), rate: z.string().nullable(), rows: z.string() }),
    coverage: z.object({ finished: z.int(), villages: z.int(), rate: z.string().nullable(), rows: z.string() }),
    emergencies: z.object({
      opened: figure,
      filed: figure,
      overdue: figure,
      escalated: figure,
      /** Median minutes from the opening to the step; null where none was reached. */
      minutes: z.object({
        rescue: z.number().nullable(),
        family: z.number().nullable(),
        community: z.number().nullable(),
      }),
    }),
    refused: figure,
    needs: z.object({ open: figure, overdue: figure, done: figure, declined: figure }),
    modes: z.array(z.object({ mode, visits: z.int(), share: z.string().nullable(), rows: z.string() })),
  }),
  refusals: { "visiting-care/unknown-division": 404 },
});

/** Freezes a month that has ended (月报结账): the figures of every division as they stand now. Runs by itself on the first day. */
export const closeMonth = defineCommand("visiting-care.close-month", {
  who: ["officer"],
  input: z.object({ month }),
  output: z.object({ month, divisions: z.int(), already: z.int() }),
  refusals: { "visiting-care/month-not-over": 409 },
});

/** The same for one division of the installation, by the job. */
export const freezeMonth = defineCommand("visiting-care.freeze-month", {
  who: [],
  door: "internal",
  input: z.object({ month, division }),
  output: z.object({ month, divisions: z.int(), already: z.int() }),
  refusals: { "visiting-care/month-not-over": 409 },
});

/** Corrects a closed month (更正月报): a new revision with its reason; the report as printed stays as it was. */
export const correctMonth = defineCommand("visiting-care.correct-month", {
  who: ["officer"],
  input: z.object({ month, reason: text(300) }),
  output: z.object({ month, changed: z.int() }),
  refusals: { "visiting-care/month-open": 409, "visiting-care/nothing-to-correct": 409 },
});

const frozen = z.object({
  division: z.string(),
  name: z.string(),
  revision: z.int(),
  visited: z.int(),
  enrolled: z.int(),
  refused: z.int(),
  rate: z.string().nullable(),
  at: instant,
});

/** A closed month as it was printed (月报), and what was corrected since (更正记录). */
export const monthReport = defineQuery("visiting-care.month-report", {
  who: readers,
  input: z.object({
    month,
    division: division.optional(),
    revision: z.coerce.number().int().min(1).optional(),
    ...page,
  }),
  output: z.object({
    month,
    divisions: z.array(frozen),
    corrections: z.array(
      z.object({
        id,
        division: z.string(),
        name: z.string(),
        revision: z.int(),
        at: instant,
        reason: z.string(),
        by: z.string(),
        before: z.object({ visited: z.int(), enrolled: z.int(), rate: z.string().nullable() }),
        after: z.object({ visited: z.int(), enrolled: z.int(), rate: z.string().nullable() }),
      }),
    ),
    next: z.string().nullable(),
  }),
  refusals: { "visiting-care/month-open": 404 },
});
