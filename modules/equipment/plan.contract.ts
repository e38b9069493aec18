import { z } from "zod";
import { postingRefusals } from "../../kernel/ledger/refusals.ts";
import { defineCommand, defineQuery } from "../../kernel/operation/define.ts";
import { date, division, id, page, text } from "../../kernel/operation/shapes.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import {
  allocationState,
  itemKind,
  leftOutReason,
  sentence,
  sizeClass,
  staffReaders,
  tilt,
} from "./equipment.shapes.ts";

export const allocationLine = z.object({
  id,
  careHomeId: id,
  careHome: z.string(),
  division: z.string(),
  item: itemKind,
  quantity: z.int(),
  /** Place in the order of the plan; null for who is left out. */
  rank: z.int().nullable(),
  flags: z.array(tilt),
  residents: z.int(),
  sizeClass: sizeClass.nullable(),
  state: allocationState,
  /** Why nothing is allocated. */
  why: leftOutReason.nullable(),
  /** The reason of the rank, or of being left out, in words. */
  explanation: sentence,
});
export type AllocationLine = z.infer<typeof allocationLine>;

const itemTotals = z.object({
  item: itemKind,
  name: z.string(),
  perHome: z.int(),
  /** Pieces reserved for homes, and what was and is left in stock. */
  allocated: z.int(),
  homes: z.int(),
  stockBefore: z.int(),
  stockAfter: z.int(),
});

/**
 * Plans who gets what (编制分配方案): homes in the order of the rule, with the three flags that led to it; who was served
 * before, is closed or comes after the stock has run out is named with the reason. What is allocated is reserved in the
 * ledger in the same step, so that no two plans give away one piece.
 */
export const planAllocation = defineCommand("equipment.plan-allocation", {
  who: ["officer"],
  input: z.object({
    name: text(200),
    /** What each home gets; both items, one each, when nothing is said. */
    items: z
      .array(
        z.object({
          item: itemKind,
          perHome: z.int().min(1).max(100).default(1),
          /** The ledger account it is taken from; every stock of the item of one's own office when absent. */
          account: id.optional(),
        }),
      )
      .min(1)
      .max(2)
      .default([
        { item: "oxygen_concentrator", perHome: 1 },
        { item: "oximeter", perHome: 1 },
      ]),
    /** Only homes of this division; all of one's own when absent. */
    division: division.optional(),
    /** Only these homes. */
    homes: z.array(id).min(1).max(20_000).optional(),
    /** Only homes of this size class (批次). */
    sizeClass: sizeClass.optional(),
  }),
  output: z.object({
    id,
    decisionId: id,
    homesRanked: z.int(),
    homesLeftOut: z.int(),
    items: z.array(itemTotals),
    /** The first of each; all of them by `equipment.get-plan`. */
    ranked: z.array(allocationLine),
    leftOut: z.array(allocationLine),
  }),
  refusals: {
    ...postingRefusals,
    "equipment/no-stock": 422,
    "equipment/stock-taken": 409,
    "equipment/no-homes": 422,
    "equipment/unknown-home": 404,
    "equipment/unknown-account": 404,
    "equipment/item-repeated": 422,
    "equipment/outside-your-division": 403,
  },
  law: [cite(law.houseRules, "equipment")],
});

export const planLine = z.object({
  id,
  name: z.string(),
  division: z.string(),
  office: z.string(),
  plannedOn: date,
  homesRanked: z.int(),
  homesLeftOut: z.int(),
  items: z.array(itemTotals),
});

/** Plans of one's divisions and of the offices above that serve them (分配方案), newest first. */
export const listPlans = defineQuery("equipment.list-plans", {
  who: staffReaders,
  input: z.object({ division: division.optional(), ...page }),
  output: z.object({ plans: z.array(planLine), next: z.string().nullable() }),
});

/** A plan with the homes it serves (分配方案明细), by rank, each with its reason in words; a page at a time. */
export const getPlan = defineQuery("equipment.get-plan", {
  who: staffReaders,
  input: z.object({
    id,
    item: itemKind.optional(),
    state: allocationState.optional(),
    why: leftOutReason.optional(),
    division: division.optional(),
    careHomeId: id.optional(),
    ...page,
  }),
  output: planLine.extend({
    decisionId: id.nullable(),
    allocations: z.array(allocationLine),
    next: z.string().nullable(),
  }),
  refusals: { "equipment/unknown-plan": 404 },
});

/** Takes allocated pieces back into the stock before they are shipped (撤回分配): some homes of a plan, or all that is left. */
export const recallAllocation = defineCommand("equipment.recall-allocation", {
  who: ["officer"],
  input: z.object({
    planId: id,
    homes: z.array(id).min(1).max(20_000).optional(),
    item: itemKind.optional(),
    reason: text(300),
  }),
  output: z.object({ recalled: z.array(z.object({ item: itemKind, quantity: z.int() })), homes: z.int() }),
  refusals: {
    ...postingRefusals,
    "equipment/unknown-plan": 404,
    "equipment/not-your-register": 403,
    "equipment/nothing-to-recall": 409,
  },
});
