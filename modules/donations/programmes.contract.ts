import { z } from "zod";
import { defineCommand } from "../../kernel/operation/define.ts";
import { fen, id, optionalText, text } from "../../kernel/operation/shapes.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";

/** Opens a programme with its budget (设立捐赠项目). */
export const recordProgramme = defineCommand("donations.record-programme", {
  who: ["registrar", "officer"],
  input: z.object({
    organisation: z.string().trim().min(1).max(60).optional(),
    name: text(200),
    purpose: optionalText(200),
    budgetFen: fen.min(1),
    event: optionalText(100),
  }),
  output: z.object({ id }),
  refusals: { "donations/recipient-unknown": 404, "donations/not-your-register": 403 },
});

/**
 * Plans a batch of a programme (编制批次): the order is the rule's, with the flags that led to it; whoever was served or stands
 * in it twice is named; nothing beyond the budget.
 */
export const planBatch = defineCommand("donations.plan-batch", {
  who: ["registrar", "officer"],
  input: z.object({
    programme: id,
    unitValueFen: fen.min(1),
    candidates: z
      .array(
        z.object({
          id: text(100),
          in: z.array(text(40)).max(10).optional(),
          floodSeverity: optionalText(20),
          need: z.number().min(0).optional(),
          alreadyReceived: z.boolean().optional(),
        }),
      )
      .min(1)
      .max(20_000),
  }),
  output: z.object({
    id,
    totalFen: fen,
    ranked: z.array(
      z.object({ id: z.string(), rank: z.int(), flags: z.array(z.string()), need: z.number(), reason: z.string() }),
    ),
    leftOut: z.array(z.object({ id: z.string(), why: z.enum(["already-served", "beyond-budget"]) })),
  }),
  refusals: {
    "donations/programme-unknown": 404,
    "donations/not-your-register": 403,
    "donations/repeated-recipient": 422,
  },
  law: [cite(law.houseRules, "donations")],
});
