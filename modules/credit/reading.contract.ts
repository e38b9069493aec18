import { z } from "zod";
import { defineCommand, defineQuery, staffRoles } from "../../kernel/operation/define.ts";
import { date, division, facts, id, page } from "../../kernel/operation/shapes.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { groundIds, lists } from "./credit.catalogue.ts";
import { actShape, documentShape, listingShape, listingStates, stepShape, submissionShape } from "./listing.shapes.ts";
import { recordShape } from "./records.contract.ts";

const readers = [...staffRoles, "organisation", "supervisory-unit"] as const;
const list = z.enum(lists);

/** Listings (名录案件列表), newest proposal first, under the reader's own scope. `standing` = stands on the list now. */
export const listings = defineQuery("credit.listings", {
  who: readers,
  input: z.object({
    division: division.optional(),
    organisationId: id.optional(),
    list: list.optional(),
    ground: z.enum(groundIds).optional(),
    state: z.enum(listingStates).optional(),
    standing: z.enum(["yes", "underway", "ended"]).optional(),
    ...page,
  }),
  output: z.object({ rows: z.array(listingShape), next: z.string().nullable() }),
  law: [cite(law.credit, "11"), cite(law.credit, "15")],
});

/** One listing with everything behind it (名录案件): steps, documents, statements, acts possible now and what they lack. */
export const getListing = defineQuery("credit.get-listing", {
  who: readers,
  input: z.object({ listingId: id }),
  output: z.object({
    listing: listingShape,
    facts,
    evidence: z.array(id),
    reasons: z.string().nullable(),
    basis: z.string().nullable(),
    remedy: z.string().nullable(),
    /** Every ground the organisation stands on the list for: the first and those added. */
    grounds: z.array(
      z.object({
        listingId: id,
        ground: z.enum(groundIds),
        groundText: z.string(),
        decidedOn: date.nullable(),
        decisionNumber: z.string().nullable(),
      }),
    ),
    submissions: z.array(submissionShape),
    documents: z.array(documentShape),
    steps: z.array(stepShape),
    acts: z.array(actShape),
    effects: z.array(z.string()),
    /** Wording offered for the decision: where and until when one can turn to (救济途径). */
    draftRemedy: z.string(),
  }),
  refusals: { "credit/listing-not-found": 404 },
});

const card = listingShape.extend({ next: z.string().nullable() });

/** The board of both lists (名录工作台): columns by state with counts and the nearest deadline first. */
export const listingBoard = defineQuery("credit.listing-board", {
  who: staffRoles,
  input: z.object({
    division: division.optional(),
    list: list.optional(),
    perColumn: z.coerce.number().int().min(1).max(50).default(20),
  }),
  output: z.object({
    today: date,
    /** Last day for which holidays are known; working-day periods beyond it cannot be counted. */
    holidaysKnownUntil: date,
    columns: z.array(z.object({ state: z.enum(listingStates), total: z.int(), rows: z.array(card) })),
  }),
});

/** Everything credit knows of one organisation (信用档案): standing, effects, listings, records; no score, the law has none. */
export const history = defineQuery("credit.history", {
  who: readers,
  input: z.object({ organisationId: id }),
  output: z.object({
    organisationId: id,
    standing: z.enum(["none", "abnormal", "serious"]),
    since: date.nullable(),
    effects: z.array(z.string()),
    listings: z.array(listingShape),
    records: z.array(recordShape),
    counts: z.array(z.object({ class: z.string(), localClass: z.string(), records: z.int() })),
  }),
  refusals: { "credit/organisation-not-found": 404 },
  law: [cite(law.credit, "6")],
});

/** Issues a credit report (出具信用报告) as a PDF with its date and verification code. */
export const report = defineCommand("credit.report", {
  who: ["registrar", "decider", "publisher", "organisation"],
  input: z.object({ organisationId: id }),
  output: z.unknown(),
  refusals: { "credit/organisation-not-found": 404, "credit/not-your-register": 403 },
  law: [cite(law.credit, "6")],
  download: true,
});

export const readingOperations = [listings, getListing, listingBoard, history, report] as const;
