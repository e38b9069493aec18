import { z } from "zod";
import { defineCommand } from "../../kernel/operation/define.ts";
import { date, facts, id, optionalText, text } from "../../kernel/operation/shapes.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { groundIds, lists } from "./credit.catalogue.ts";
import { listingStates, optionalPublicText, serviceMethods } from "./listing.shapes.ts";

const state = z.enum(listingStates);
const evidence = z.array(id).max(50).default([]);
const listing = {
  "credit/listing-not-found": 404,
  "credit/not-your-register": 403,
  "credit/not-ready": 409,
  "credit/changed-meanwhile": 409,
} as const;

const proposal = {
  list: z.enum(lists),
  ground: z.enum(groundIds),
  /** Facts of the ground, named in the catalogue of grounds; money in yuan. */
  facts: facts.default({}),
  /** What happened, in one or two sentences without personal data; read by the public once listed. */
  groundText: optionalPublicText(500),
  evidence,
  /** Where evidence lies that is not in the system: receipts of registered mail, paper file numbers. */
  evidenceNote: optionalText(500),
};
const proposalRefusals = {
  "credit/organisation-not-found": 404,
  "credit/not-your-register": 403,
  "credit/organisation-ended": 409,
  "credit/ground-not-of-list": 422,
  "credit/facts-missing": 422,
  "credit/no-ground": 409,
  "credit/already-underway": 409,
  "credit/holidays-unknown": 409,
} as const;
const proposed = z.object({ listingId: id, state, addsTo: id.nullable(), ruleDecisionId: id });

/**
 * Proposes a listing (提出拟列入): runs the rule and keeps its decision; harms nobody yet. While the organisation already
 * stands on that list, the proposal is a new ground to add. Law: Order 60 arts 11, 15.
 */
export const proposeListing = defineCommand("credit.propose-listing", {
  who: ["registrar"],
  input: z.object({ organisationId: id, ...proposal }),
  output: proposed,
  refusals: proposalRefusals,
  law: [cite(law.credit, "11"), cite(law.credit, "15")],
});

/** Proposes another ground while listed (在列期间新情形): with its own notice and decision; the clock then restarts. */
export const addGround = defineCommand("credit.add-ground", {
  who: ["registrar"],
  input: z.object({
    listingId: id,
    ground: proposal.ground,
    facts: proposal.facts,
    groundText: proposal.groundText,
    evidence,
    evidenceNote: proposal.evidenceNote,
  }),
  output: proposed,
  refusals: { ...proposalRefusals, "credit/listing-not-found": 404, "credit/not-standing": 409 },
  law: [cite(law.credit, "13")],
});

/** Adds evidence to a proposal before the decision (补充证据). */
export const addEvidence = defineCommand("credit.add-evidence", {
  who: ["registrar"],
  input: z.object({ listingId: id, evidence, evidenceNote: optionalText(500) }),
  output: z.object({ listingId: id, files: z.int() }),
  refusals: listing,
  law: [cite(law.credit, "10")],
});

/** Drops a proposal that does not hold (不予列入), with the reason; the organisation was not harmed. */
export const dismissProposal = defineCommand("credit.dismiss-proposal", {
  who: ["registrar"],
  input: z.object({ listingId: id, reason: text(1_000) }),
  output: z.object({ listingId: id, state }),
  refusals: listing,
  law: [cite(law.credit, "10")],
});

/** Issues the prior notice (制发拟列入告知书) to be served; the statement period begins with service, not with issue. */
export const issueNotice = defineCommand("credit.issue-notice", {
  who: ["registrar"],
  input: z.object({ listingId: id }),
  output: z.object({ listingId: id, documentId: id, verificationCode: z.string() }),
  refusals: listing,
  law: [cite(law.credit, "10")],
});

/**
 * Records service of the prior notice (送达告知书) and starts the statement period; issues the notice when that was not done.
 * A notice issued on paper before may be recorded with its number, dates and proof. The period is a dated setting.
 */
export const serveNotice = defineCommand("credit.serve-notice", {
  who: ["registrar"],
  input: z.object({
    listingId: id,
    servedOn: date.optional(),
    method: z.enum(serviceMethods),
    /** Receipt number, address of the announcement, name of the post office: no personal data. */
    serviceNote: optionalText(300),
    paperNotice: z.object({ number: text(60), issuedOn: date, proof: z.array(id).min(1).max(20) }).optional(),
  }),
  output: z.object({ listingId: id, state, documentId: id.nullable(), servedOn: date, statementDueOn: date }),
  refusals: {
    ...listing,
    "credit/served-in-future": 422,
    "credit/served-before-notice": 422,
    "credit/holidays-unknown": 409,
  },
  law: [cite(law.credit, "10")],
});

/** Keeps a statement of the organisation (陈述申辩), by itself or recorded for it; it must be answered before a decision. */
export const recordStatement = defineCommand("credit.record-statement", {
  who: ["organisation", "registrar"],
  input: z.object({ listingId: id, content: text(4_000), evidence, receivedOn: date.optional() }),
  output: z.object({ listingId: id, submissionId: id, state }),
  refusals: { ...listing, "credit/received-out-of-time": 422 },
  privateFields: ["content"],
  law: [cite(law.credit, "10")],
});

/** Keeps the supervisory unit's written proof that the organisation bears no direct responsibility (业务主管单位证明). */
export const recordCertificate = defineCommand("credit.record-certificate", {
  who: ["supervisory-unit", "registrar"],
  input: z.object({ listingId: id, content: text(2_000), evidence, receivedOn: date.optional() }),
  output: z.object({ listingId: id, submissionId: id }),
  refusals: { ...listing, "credit/received-out-of-time": 422 },
  privateFields: ["content"],
  law: [cite(law.credit, "12")],
});

/** Answers the open statements (复核陈述申辩): accepted closes the case (依据不足), rejected says why. */
export const answerStatement = defineCommand("credit.answer-statement", {
  who: ["registrar"],
  input: z.object({ listingId: id, outcome: z.enum(["accepted", "rejected"]), reasons: text(4_000) }),
  output: z.object({ listingId: id, state }),
  refusals: listing,
  privateFields: ["reasons"],
  law: [cite(law.credit, "10")],
});

/**
 * Decides the listing (作出列入决定): another person than those who handled it; refused with every missing step named.
 * Issues the decision, publishes the entry, starts the clocks. Law: Order 60 arts 10–15.
 */
export const decideListing = defineCommand("credit.decide-listing", {
  who: ["decider"],
  input: z.object({
    listingId: id,
    reasons: optionalText(4_000),
    /** Reconsideration and lawsuit: where and until when (救济途径). */
    remedy: optionalText(1_000),
    /** Why it is listed although the supervisory unit certified no direct responsibility: the law leaves it open. */
    certificateReasons: optionalText(2_000),
  }),
  output: z.object({
    listingId: id,
    state,
    documentId: id,
    verificationCode: z.string(),
    ruleDecisionId: id,
    listedOn: date,
    clockFrom: date,
    sixMonthsOn: date.nullable(),
    twoYearsOn: date,
  }),
  refusals: { ...listing, "credit/holidays-unknown": 409 },
  law: [cite(law.credit, "10"), cite(law.credit, "11"), cite(law.credit, "15")],
});

export const listingOperations = [
  proposeListing,
  addGround,
  addEvidence,
  dismissProposal,
  issueNotice,
  serveNotice,
  recordStatement,
  recordCertificate,
  answerStatement,
  decideListing,
] as const;
