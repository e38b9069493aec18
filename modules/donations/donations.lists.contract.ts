import { z } from "zod";
import { defineCommand, defineQuery } from "../../kernel/operation/define.ts";
import { date, fen, id, optionalText, page, text } from "../../kernel/operation/shapes.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { changeBases, kinds, readers } from "./donations.shapes.ts";

const charity = law.charity2024;
/** Figures of divisions: for whoever publishes them too, not for organisations. */
const figureReaders = ["registrar", "officer", "decider", "auditor", "administrator", "publisher"] as const;

const use = z.object({
  id,
  division: z.string(),
  owner: z.string(),
  kind: z.enum(kinds),
  on: date,
  amountFen: fen.nullable(),
  item: z.string().nullable(),
  unit: z.string().nullable(),
  quantity: z.int().nullable(),
  purpose: z.string(),
  recipient: z.string().nullable(),
  description: z.string(),
  event: z.string().nullable(),
  state: z.enum(["recorded", "corrected"]),
  correctionReason: z.string().nullable(),
  entryId: id,
});
export type UseLine = z.infer<typeof use>;

/** What gifts of one's division were used for (使用列表), newest first. */
export const listUses = defineQuery("donations.list-uses", {
  who: readers,
  input: z.object({ kind: z.enum(kinds).optional(), event: text(100).optional(), ...page }),
  output: z.object({ uses: z.array(use), next: z.string().nullable() }),
});

const pledge = z.object({
  id,
  division: z.string(),
  donor: z.string(),
  agreement: z.string().nullable(),
  /** As it was said; the bounds are what is known of it. */
  pledged: z.string(),
  pledgedFen: fen.nullable(),
  lowerFen: fen.nullable(),
  upperFen: fen.nullable(),
  purpose: z.string(),
  on: date,
  dueOn: date.nullable(),
  /** What came in on it, each for itself: never added to each other or to the promise. */
  receivedCashFen: fen,
  receivedGoodsValueFen: fen,
});
export type PledgeLine = z.infer<typeof pledge>;

/** Promises (认捐列表), newest first, beside what came in on them. */
export const listPledges = defineQuery("donations.list-pledges", {
  who: readers,
  input: z.object({ ...page }),
  output: z.object({ pledges: z.array(pledge), next: z.string().nullable() }),
});

const programme = z.object({
  id,
  division: z.string(),
  name: z.string(),
  purpose: z.string(),
  event: z.string().nullable(),
  budgetFen: fen,
  plannedFen: fen,
});

/** Programmes with their budgets (项目列表), newest first. */
export const listProgrammes = defineQuery("donations.list-programmes", {
  who: readers,
  input: z.object({ ...page }),
  output: z.object({ programmes: z.array(programme), next: z.string().nullable() }),
});

const batch = z.object({
  id,
  programmeId: id,
  programme: z.string(),
  division: z.string(),
  plannedOn: date,
  unitValueFen: fen,
  totalFen: fen,
  served: z.int(),
  leftOut: z.int(),
});

/** One programme with its batches (项目详情). */
export const getProgramme = defineQuery("donations.get-programme", {
  who: readers,
  input: z.object({ id }),
  output: programme.extend({ batches: z.array(batch) }),
  refusals: { "donations/programme-unknown": 404 },
});

/** One batch (批次详情): who is served in which order and by which flags, and who is left out and why. */
export const getBatch = defineQuery("donations.get-batch", {
  who: readers,
  input: z.object({ id }),
  output: batch.extend({
    decisionId: id,
    ranked: z.array(
      z.object({ id: z.string(), rank: z.int(), flags: z.array(z.string()), need: z.number(), reason: z.string() }),
    ),
    left: z.array(z.object({ id: z.string(), why: z.enum(["already-served", "beyond-budget"]) })),
  }),
  refusals: { "donations/batch-unknown": 404 },
});

const change = z.object({
  id,
  division: z.string(),
  from: z.string(),
  to: z.string(),
  amountFen: fen,
  basis: z.enum(changeBases),
  evidence: z.string(),
  on: date,
  decisionId: id,
});

/** Changes of purpose (用途变更列表), newest first, each with its ground. */
export const listChanges = defineQuery("donations.list-changes", {
  who: readers,
  input: z.object({ ...page }),
  output: z.object({ changes: z.array(change), next: z.string().nullable() }),
});

/** What happened in one emergency (应急捐赠): money, goods and participants each for itself. */
const eventFigures = z.object({
  donations: z.int(),
  cashFen: fen,
  goodsValueFen: fen,
  goodsLines: z.int(),
  goodsWithoutValue: z.int(),
  /** Social organisations that received, and bodies that gave. */
  recipients: z.int(),
  donorBodies: z.int(),
  usedCashFen: fen,
  usedGoodsLines: z.int(),
});

/** Emergencies that gifts name (应急事件), with their figures now and the day they were published last. */
export const listEvents = defineQuery("donations.list-events", {
  who: figureReaders,
  input: z.object({}),
  output: z.object({
    events: z.array(
      eventFigures.extend({
        event: z.string(),
        from: date,
        to: date,
        publishedOn: date.nullable(),
        changed: z.boolean(),
      }),
    ),
  }),
});

/** Publishes the figures of an emergency (公开应急捐赠参与数据): frozen; a changed one is a correction with the old kept. */
export const publishEvent = defineCommand("donations.publish-event", {
  who: ["publisher"],
  input: z.object({ event: text(100), reason: optionalText(300) }),
  output: z.object({ key: z.string(), changed: z.boolean() }),
  refusals: { "donations/event-unknown": 404, "donations/event-reason-missing": 422 },
  law: [cite(charity, "79")],
});

/** Totals published so far (已公开合计), by year, newest first. */
export const listTotals = defineQuery("donations.list-totals", {
  who: figureReaders,
  input: z.object({}),
  output: z.object({
    totals: z.array(
      z.object({ division: z.string(), year: z.int(), publishedOn: date, cashFen: fen, goodsValueFen: fen }),
    ),
  }),
});
