import { z } from "zod";
import { defineCommand, defineQuery } from "../operation/define.ts";
import { date, division, optionalText, text } from "../operation/shapes.ts";

const input = z.object({
  /** First day of the new state; not in the future. */
  on: date,
  /** `from` becomes `to`: the same code with another name, another code in force (a merge), or a new code with its name. */
  changes: z
    .array(z.object({ from: division, to: division, name: optionalText(60) }))
    .min(1)
    .max(500),
});

const refusals = {
  "divisions/unknown": 404,
  "divisions/county-change": 422,
  "divisions/not-inside-one-county": 422,
  "divisions/split": 422,
  "divisions/chain": 422,
  "divisions/name-missing": 422,
  "divisions/nothing-changes": 422,
  "divisions/too-early": 422,
  "divisions/in-the-future": 422,
  "auth/outside-your-division": 403,
} as const;

/** Every code that ends and what it becomes; villages of a township that ends included. */
const codes = z.array(z.object({ from: z.string(), to: z.string(), name: z.string() }));

/** What a change of divisions would do (区划变更预览): codes, and rows by table. Nothing is written. */
export const previewChange = defineQuery("divisions.preview-change", {
  who: ["administrator"],
  input,
  output: z.object({ codes, rows: z.array(z.object({ table: z.string(), rows: z.int() })) }),
  refusals,
});

/**
 * Renames and merges townships and villages inside one county (区划变更): ends old codes with their successors and moves
 * what is alive, with its counters. What was recorded or printed under an old code stays under it.
 */
export const changeDivisions = defineCommand("divisions.change", {
  who: ["administrator"],
  input: input.extend({ reason: text(300) }),
  output: z.object({ codes, rows: z.int(), tables: z.int() }),
  refusals,
});
