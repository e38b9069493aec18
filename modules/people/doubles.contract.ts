import { z } from "zod";
import { defineCommand, defineQuery } from "../../kernel/operation/define.ts";
import { division, id, instant, page, text } from "../../kernel/operation/shapes.ts";
import { keepers, person } from "./people.contract.ts";

const side = person.pick({
  id: true,
  division: true,
  name: true,
  sex: true,
  bornOn: true,
  idNumber: true,
  phone: true,
  address: true,
  categories: true,
  state: true,
});

/** Possible doubles of a division (疑似重复), side by side. */
export const listPairs = defineQuery("people.list-pairs", {
  who: ["officer", "auditor"],
  input: z.object({
    state: z.enum(["open", "different", "merged"]).default("open"),
    division: division.optional(),
    ...page,
  }),
  output: z.object({
    pairs: z.array(
      z.object({
        id,
        ground: z.enum(["same-number", "similar"]),
        score: z.number(),
        state: z.enum(["open", "different", "merged"]),
        foundAt: instant,
        /** The other stands in another county: only its place is shown. */
        elsewhere: z.string().nullable(),
        one: side,
        other: side.nullable(),
      }),
    ),
    next: z.string().nullable(),
  }),
});

/** Says that two rows are two people (不是同一人), with the reason. */
export const settlePair = defineCommand("people.settle-pair", {
  who: keepers,
  input: z.object({ id, reason: text(300) }),
  output: z.object({ id }),
  refusals: { "people/unknown-pair": 404, "people/pair-settled": 409 },
});

/** Merges two rows of one person (合并): nothing is re-keyed, the second becomes an alias of the first. */
export const merge = defineCommand("people.merge", {
  who: keepers,
  input: z.object({ keep: id, merge: id, reason: text(300) }),
  output: z.object({ id, version: z.int() }),
  refusals: {
    "people/unknown-person": 404,
    "people/same-person": 422,
    "people/not-present": 409,
    "people/in-another-home": 409,
  },
});

/** Undoes a merge (撤销合并). */
export const unmerge = defineCommand("people.unmerge", {
  who: keepers,
  input: z.object({ id, reason: text(300) }),
  output: z.object({ id, version: z.int() }),
  refusals: { "people/unknown-person": 404, "people/not-merged": 409 },
});
