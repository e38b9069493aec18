import { z } from "zod";
import { defineCommand, defineQuery } from "../../kernel/operation/define.ts";
import { date, division, id, instant, optionalText, page, text } from "../../kernel/operation/shapes.ts";
import { field, readers } from "./visits.contract.ts";

const progress = z.object({ villages: z.int(), finished: z.int(), found: z.int() });

/** Opens a census campaign (摸底排查) over all villages of a division for a period: one line of work for each village. */
export const openCampaign = defineCommand("visiting-care.open-campaign", {
  who: ["officer"],
  input: z.object({
    title: text(100),
    division,
    from: date,
    to: date,
    /** How many are expected, by village, where a list is known. */
    expected: z
      .array(z.object({ division, people: z.int().min(0).max(100_000) }))
      .max(5_000)
      .default([]),
  }),
  output: z.object({ id, villages: z.int() }),
  refusals: {
    "visiting-care/period-impossible": 422,
    "visiting-care/not-your-division": 403,
    "visiting-care/unknown-division": 404,
    "visiting-care/no-villages": 422,
  },
});

/** Says that a village has been gone through (完成一村排查); with the note what could not be found out. */
export const finishVillage = defineCommand("visiting-care.finish-village", {
  who: field,
  input: z.object({ campaignId: id, division, note: optionalText(500) }),
  output: z.object({ division: z.string(), found: z.int(), expected: z.int().nullable(), missing: z.int().nullable() }),
  refusals: {
    "visiting-care/unknown-campaign": 404,
    "visiting-care/campaign-closed": 409,
    "visiting-care/village-finished": 409,
  },
});

/** Closes a campaign (排查结束): villages left open are named and stay uncovered. */
export const closeCampaign = defineCommand("visiting-care.close-campaign", {
  who: ["officer"],
  input: z.object({ id, reason: optionalText(300) }),
  output: z.object({ id, finished: z.int(), open: z.array(z.string()) }),
  refusals: {
    "visiting-care/unknown-campaign": 404,
    "visiting-care/campaign-closed": 409,
    "visiting-care/villages-open": 409,
  },
});

const campaign = z.object({
  id,
  title: z.string(),
  division: z.string(),
  from: date,
  to: date,
  state: z.enum(["open", "closed"]),
  openedAt: instant,
});

/** Campaigns (摸底排查一览), newest first, with how far each is. */
export const listCampaigns = defineQuery("visiting-care.list-campaigns", {
  who: readers,
  input: z.object({ state: z.enum(["open", "closed", "all"]).default("all"), ...page }),
  output: z.object({
    campaigns: z.array(campaign.extend({ progress })),
    next: z.string().nullable(),
  }),
});

/** One campaign with its worklist (摸底排查进度): state of each village, people found, proposed, agreed, refused, expected. */
export const getCampaign = defineQuery("visiting-care.get-campaign", {
  who: readers,
  input: z.object({ id, division: division.optional() }),
  output: campaign.extend({
    progress,
    /** Share of villages gone through, floored to one decimal as printed. */
    coverage: z.string().nullable(),
    villages: z.array(
      z.object({
        division: z.string(),
        name: z.string(),
        state: z.enum(["open", "finished"]),
        expected: z.int().nullable(),
        found: z.int(),
        proposed: z.int(),
        agreed: z.int(),
        refused: z.int(),
        finishedOn: date.nullable(),
        finishedBy: z.string().nullable(),
        note: z.string().nullable(),
        /** Console path of the people of this village. */
        rows: z.string(),
      }),
    ),
  }),
  refusals: { "visiting-care/unknown-campaign": 404 },
});

/** Prints the register of one village (摸底登记表) as a numbered paper. */
export const printCensus = defineCommand("visiting-care.print-census", {
  who: field,
  input: z.object({ campaignId: id, division }),
  output: z.object({ documentId: id, number: z.string(), people: z.int() }),
  refusals: { "visiting-care/unknown-campaign": 404, "visiting-care/too-many-people": 422 },
});
