import { daysBetween } from "../../../kernel/clock/date.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { type Instance, type Missing, obstacles } from "../../../kernel/procedure/procedure.ts";
import { loadOrganisation } from "../../organisations/server/index.ts";
import { effects, type List } from "../credit.catalogue.ts";
import { type ListingDto, listingStates } from "../listing.shapes.ts";
import { getListing, history, listingBoard, listings } from "../reading.contract.ts";
import { type RecordDto, records } from "../records.contract.ts";
import { instanceOf } from "./access.ts";
import { clocksOf, settingNumber } from "./clocks.ts";
import { draftRemedy } from "./credit.documents.ts";
import { listingProcedure } from "./credit.procedures.ts";
import { boardColumn, countsOf, documentsOf, listListings, listRecords, stepsOf } from "./credit.queries.ts";
import { findListing, joinedTo, type ListingRow, type RecordRow, submissionsOf } from "./credit.store.ts";
import { isStanding } from "./propose.ts";
import { missingForDecisionNow, missingForRemovalNow } from "./readiness.ts";

type Reading = Pick<Context, "house" | "today">;

/** A listing as it is shown, with its clocks (名录案件). */
export function listingDto(ctx: Reading, row: ListingRow): ListingDto {
  const standing = isStanding(row);
  const from = row.clock_from;
  const remind =
    standing && row.list === "abnormal" ? settingNumber(ctx, "credit.remind-months", row.division_code) : 22;
  return {
    id: row.id,
    organisationId: row.organisation_id,
    organisationName: row.organisation_name,
    organisationCode: row.organisation_code,
    division: row.division_code,
    list: row.list,
    ground: row.ground,
    groundText: row.ground_text,
    rectifiable: row.rectifiable,
    origin: row.origin,
    addsTo: row.adds_to,
    state: row.state,
    authority: row.authority,
    proposedOn: row.proposed_on,
    noticeServedOn: row.notice_served_on,
    statementDueOn: row.statement_due_on,
    decidedOn: row.decided_on,
    decisionNumber: row.decision_number,
    listedOn: row.listed_on,
    clockFrom: from,
    removalAppliedOn: row.removal_applied_on,
    removalVerifiedOn: row.removal_verified_on,
    removalDueOn: row.removal_due_on,
    endedOn: row.ended_on,
    endReason: row.end_reason,
    legacy: row.legacy,
    daysListed: standing && row.listed_on ? daysBetween(row.listed_on, ctx.today) : null,
    clocks: clocksOf(row, ctx.today, remind),
    version: row.version,
  };
}

export function recordDto(row: RecordRow): RecordDto {
  return {
    id: row.id,
    organisationId: row.organisation_id,
    organisationName: row.organisation_name,
    organisationCode: row.organisation_code,
    division: row.division_code,
    class: row.class,
    localClass: row.local_class,
    kind: row.kind,
    title: row.title,
    basis: row.basis,
    content: row.content,
    authority: row.authority,
    evidence: [...row.evidence],
    state: row.state,
    formedOn: row.formed_on,
    receivedOn: row.received_on,
    dueOn: row.due_on,
    enteredOn: row.entered_on,
    onTime: row.on_time,
    public: row.public,
    validTo: row.valid_to,
    corrects: row.corrects,
    correctedBy: row.corrected_by,
    correctionReason: row.correction_reason,
  };
}

const listingsHandler = handle(listings)(async (input, ctx) => {
  const { rows, next } = await listListings(ctx.tx, input);
  return { rows: rows.map((row) => listingDto(ctx, row)), next };
});

const recordsHandler = handle(records)(async (input, ctx) => {
  const { rows, next, total } = await listRecords(ctx.tx, input, ctx.today);
  return { rows: rows.map(recordDto), next, total };
});

/** What comes next in each state, as the code of a sentence. */
const nextAct: Readonly<Partial<Record<ListingRow["state"], string>>> = {
  proposed: "serve-notice",
  noticed: "wait-for-statement",
  stated: "answer-statement",
  answered: "decide",
  listed: "watch-clock",
  "removal-applied": "verify-removal",
  "removal-verified": "remove",
};

const boardStates = listingStates.slice(0, 7);

const boardHandler = handle(listingBoard)(async (input, ctx) => {
  const columns = [];
  for (const state of boardStates) {
    const { total, rows } = await boardColumn(ctx.tx, { ...input, state, limit: input.perColumn });
    columns.push({
      state,
      total,
      rows: rows.map((row) => {
        const over = state === "noticed" && row.statement_due_on !== null && ctx.today > row.statement_due_on;
        return { ...listingDto(ctx, row), next: over ? "decide" : (nextAct[state] ?? null) };
      }),
    });
  }
  return { today: ctx.today, holidaysKnownUntil: ctx.house.calendar().knownUntil, columns };
});

/** Acts a person can take on a listing, in the order of the procedure; inner transitions have no button of their own. */
const offered: readonly (readonly [act: string, operation: string])[] = [
  ["issue-notice", "credit.issue-notice"],
  ["serve-notice", "credit.serve-notice"],
  ["record-statement", "credit.record-statement"],
  ["reject-statement", "credit.answer-statement"],
  ["dismiss", "credit.dismiss-proposal"],
  ["decide", "credit.decide-listing"],
  ["apply-removal", "credit.apply-removal"],
  ["verify-removal", "credit.verify-removal"],
  ["remove", "credit.remove-listing"],
  ["withdraw", "credit.withdraw-listing"],
];

async function actsOf(ctx: Context, listing: ListingRow, instance: Instance, status: string) {
  const acts = [];
  for (const [act, operation] of offered) {
    let missing: Missing[] = await obstacles(ctx.tx, ctx.actor, ctx.today, listingProcedure, act, instance);
    const role = missing.some((one) => one.code === "procedure/wrong-role");
    if (act === "decide" && !role) missing = missingForDecisionNow(ctx, listing);
    if (act === "remove" && !role) missing = missingForRemovalNow(ctx, listing, { status });
    if (act === "issue-notice" && listing.notice_document_id)
      missing.push({ code: "credit/notice-already-issued", facts: { on: listing.notice_issued_on } });
    acts.push({
      act,
      operation,
      possible: missing.length === 0,
      legalEffect: listingProcedure.transitions[act as keyof typeof listingProcedure.transitions].legalEffect === true,
      missing: missing.map((one) => ({ code: one.code, ...(one.facts ? { facts: { ...one.facts } } : {}) })),
    });
  }
  return acts;
}

function effectsOf(list: List | "none"): string[] {
  return list === "none" ? [] : [...effects[list]];
}

const getHandler = handle(getListing)(async (input, ctx) => {
  const listing = await findListing(ctx.tx, input.listingId);
  if (!listing) return ctx.fail("credit/listing-not-found", { listing: input.listingId });
  const instance = await instanceOf(ctx.tx, listing);
  const organisation = await loadOrganisation(ctx.tx, listing.organisation_id);
  const joined = await joinedTo(ctx.tx, listing.id);
  const ids = {
    notice: listing.notice_document_id,
    decision: listing.decision_document_id,
    removal: listing.removal_document_id,
  };
  const papers = await documentsOf(
    ctx.tx,
    Object.values(ids).filter((one) => one !== null),
  );
  const steps = await stepsOf(ctx.tx, [listing.id]);
  return {
    listing: listingDto(ctx, listing),
    facts: listing.facts,
    evidence: [...listing.evidence],
    reasons: listing.reasons,
    basis: listing.basis,
    remedy: listing.remedy,
    grounds: [listing, ...joined].map((row) => ({
      listingId: row.id,
      ground: row.ground,
      groundText: row.ground_text,
      decidedOn: row.decided_on,
      decisionNumber: row.decision_number,
    })),
    submissions: (await submissionsOf(ctx.tx, listing.id)).map((row) => ({
      id: row.id,
      kind: row.kind,
      madeBy: row.made_by,
      content: row.content,
      evidence: [...row.evidence],
      receivedOn: row.received_on,
      dueOn: row.due_on,
      state: row.state,
      answeredOn: row.answered_on,
      answer: row.answer,
    })),
    documents: (["notice", "decision", "removal"] as const).flatMap((kind) => {
      const paper = ids[kind] ? papers.get(ids[kind]) : undefined;
      if (!paper) return [];
      const shown = kind === "removal" && listing.state === "withdrawn" ? ("withdrawal" as const) : kind;
      return [
        {
          id: paper.id,
          kind: shown,
          title: paper.title,
          number: paper.number,
          issuedOn: paper.issued_on,
          verificationCode: paper.verification_code,
        },
      ];
    }),
    steps: steps.map((step) => ({
      at: step.at.toISOString(),
      act: step.transition,
      from: step.from_state,
      to: step.to_state,
      actor: step.actor_label,
      law: step.law,
      documentId: step.document_id,
      decisionId: step.decision_id,
      note: step.note,
    })),
    acts: await actsOf(ctx, listing, instance, organisation?.status ?? ""),
    effects: isStanding(listing) ? effectsOf(listing.list) : [],
    draftRemedy: await draftRemedy(ctx, listing.home_code),
  };
});

const historyHandler = handle(history)(async (input, ctx) => {
  const organisation = await loadOrganisation(ctx.tx, input.organisationId);
  if (!organisation) return ctx.fail("credit/organisation-not-found", { organisation: input.organisationId });
  const found = await listListings(ctx.tx, { organisationId: organisation.id, limit: 200 });
  const kept = await listRecords(ctx.tx, { organisationId: organisation.id, limit: 200 }, ctx.today);
  return {
    organisationId: organisation.id,
    standing: organisation.listing,
    since: organisation.listed_on,
    effects: effectsOf(organisation.listing),
    listings: found.rows.map((row) => listingDto(ctx, row)),
    records: kept.rows.map(recordDto),
    counts: (await countsOf(ctx.tx, organisation.id)).map((row) => ({
      class: row.class,
      localClass: row.local_class,
      records: row.n,
    })),
  };
});

export const readingHandlers = [listingsHandler, recordsHandler, boardHandler, getHandler, historyHandler];
