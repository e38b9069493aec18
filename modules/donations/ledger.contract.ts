import { z } from "zod";
import { defineCommand } from "../../kernel/operation/define.ts";
import { date, facts, fen } from "../../kernel/operation/shapes.ts";
import { recordRefusals } from "./donations.shapes.ts";

const yes = z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")]);

/**
 * Reads a published ledger as it was made by hand (导入公示台账), says how each odd cell was understood, adds it up and compares
 * the sum with every total the sheet states; writes its gifts with `commit`. Lines published before are not written again.
 */
export const importLedger = defineCommand("donations.import-ledger", {
  who: ["registrar", "officer"],
  input: z.object({
    organisation: z.string().trim().max(60).optional(),
    /** The day of lines that name none. */
    day: date.optional(),
    /** A total published elsewhere, in yuan as it is written. */
    statedTotal: z.string().trim().max(40).optional(),
    commit: yes.default(false),
  }),
  output: z.object({
    title: z.string(),
    gifts: z.int(),
    uses: z.int(),
    new: z.int(),
    same: z.int(),
    bad: z.int(),
    written: z.int(),
    /** Lines that say where a gift of the same row went, written with it. */
    usesWritten: z.int(),
    sumFen: fen,
    /** Every stated total beside the sum; a difference is shown, never hidden. `exactTo` is what the stated one is rounded to. */
    totals: z.array(
      z.object({
        cell: z.string(),
        statedFen: fen,
        differenceFen: fen,
        exactToFen: fen,
        agrees: z.boolean(),
        /** What was added up: the whole sheet, one day of it, or all days up to one. */
        span: z.enum(["sheet", "day", "to-date"]),
        on: date.nullable(),
      }),
    ),
    remarks: z.array(
      z.object({ cell: z.string(), code: z.string(), facts, problem: z.boolean(), message: z.string() }),
    ),
  }),
  refusals: {
    ...recordRefusals,
    "donations/ledger-not-read": 422,
    "sheet/not-a-spreadsheet": 415,
    "sheet/too-large": 413,
  },
  upload: true,
});
