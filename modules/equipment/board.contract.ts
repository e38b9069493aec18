import { z } from "zod";
import { defineQuery } from "../../kernel/operation/define.ts";
import { division, instant } from "../../kernel/operation/shapes.ts";
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
