import { z } from "zod";
import { defineCommand, defineQuery } from "../../kernel/operation/define.ts";
import { date, division, id, instant, optionalText, page } from "../../kernel/operation/shapes.ts";
import { itemKind, staffReaders } from "./equipment.shapes.ts";

const figures = z.object({
  division: z.string(),
  name: z.string(),
  /** Homes that are open, and those with both items delivered and verified. */
  homes: z.int(),
  covered: z.int(),
  /** Cut to one decimal, never rounded up; null without homes. */
  coverage: z.string().nullable(),
  /** Pieces sent, of these signed for, of these verified. */
  shipped: z.int(),
  delivered: z.int(),
  verified: z.int(),
  deliveryRate: z.string().nullable(),
  onTheWay: z.int(),
  lateShipments: z.int(),
  discrepanciesOpen: z.int(),
  discrepanciesLate: z.int(),
  discrepancyRate: z.string().nullable(),
  /** Exact median of the days from shipping to the signature; halves are kept. */
  medianDays: z.number().nullable(),
  longestDays: z.int().nullable(),
  /** Homes with equipment and at least one trained person; and those without one. */
  homesTrained: z.int(),
  homesUntrained: z.int(),
  trainingRate: z.string().nullable(),
  liaison: z.boolean(),
});
export type BoardLine = z.infer<typeof figures>;

/** Where the equipment stands (设备看板): one's division and each below it, every figure with its rows behind it. */
export const board = defineQuery("equipment.board", {
  who: staffReaders,
  input: z.object({ division: division.optional(), item: itemKind.optional() }),
  output: figures.extend({ asOf: instant, children: z.array(figures) }),
  refusals: { "equipment/unknown-division": 404 },
});

/** The figures of the board whose homes can be listed. */
export const boardFigures = [
  "homes",
  "covered",
  "shipped",
  "delivered",
  "verified",
  "onTheWay",
  "lateShipments",
  "discrepanciesOpen",
  "discrepanciesLate",
  "homesTrained",
  "homesUntrained",
] as const;

/** The homes behind one figure of the board (指标下钻): what each of them adds to it; together they are the figure. */
export const boardHomes = defineQuery("equipment.board-homes", {
  who: staffReaders,
  input: z.object({ figure: z.enum(boardFigures), division: division.optional(), item: itemKind.optional(), ...page }),
  output: z.object({
    homes: z.array(z.object({ careHomeId: id, careHome: z.string(), division: z.string(), value: z.int() })),
    total: z.int(),
    next: z.string().nullable(),
  }),
  refusals: { "equipment/unknown-division": 404 },
});

/**
 * Publishes how far the equipment has come (公布配备情况): totals of one's division, and in a county the list of its homes.
 * What was published and turns out otherwise (fewer, not more) is a correction: it needs a reason and keeps the old text.
 * Never residents, staff or phones; never money.
 */
export const publishProgress = defineCommand("equipment.publish-progress", {
  who: ["officer"],
  input: z.object({ reason: optionalText(300) }),
  output: z.object({ division: z.string(), homes: z.int(), published: z.int(), corrected: z.int(), asOf: date }),
  refusals: { "equipment/reason-missing": 422 },
});

/**
 * Tells the next office up what is late below it (逐级督办): first the prefecture, then the province; and each county which of
 * its homes have equipment and nobody trained. A job runs it.
 */
export const escalateOverdue = defineCommand("equipment.escalate-overdue", {
  who: [],
  door: "internal",
  input: z.object({}),
  output: z.object({ escalated: z.int(), settled: z.int(), untrained: z.int() }),
});
