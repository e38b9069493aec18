import type { Context } from "../../../kernel/operation/context.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { type Instance, takeTransition } from "../../../kernel/procedure/procedure.ts";
import type { OrganisationRow } from "../../organisations/server/index.ts";
import {
  addEvidence,
  addGround,
  dismissProposal,
  issueNotice,
  proposeListing,
  serveNotice,
} from "../listing.contract.ts";
import { ownListing, ownOrganisation, subjectOf } from "./access.ts";
import { houseDay, settingNumber, workingDay } from "./clocks.ts";
import { issueNoticeDocument, recordNoticeService } from "./credit.documents.ts";
import { considerListing, decideDuty, stateCase } from "./credit.duties.ts";
import { listingProcedure } from "./credit.procedures.ts";
import { type ListingRow, updateListing } from "./credit.store.ts";
import { done, drop, dutyOn, isStanding, propose } from "./propose.ts";

/** Refuses an act with everything it still lacks. */
export function notReady(
  act: string,
  listing: ListingRow,
  missing: readonly { code: string; facts?: Readonly<Record<string, unknown>> }[],
): never {
  throw new Refusal("credit/not-ready", 409, { act, state: listing.state, missing });
}

const proposeHandler = handle(proposeListing)(async (input, ctx) => {
  const organisation = await ownOrganisation(ctx, input.organisationId);
  const { listing, decision } = await propose(ctx, organisation, { ...input, origin: "person" });
  return { listingId: listing.id, state: listing.state, addsTo: listing.adds_to, ruleDecisionId: decision.id };
});

const addGroundHandler = handle(addGround)(async (input, ctx) => {
  const { listing: base, organisation } = await ownListing(ctx, input.listingId);
  if (!isStanding(base) || base.adds_to !== null) return ctx.fail("credit/not-standing", { state: base.state });
  const { listing, decision } = await propose(ctx, organisation, { ...input, list: base.list, origin: "person" });
  return { listingId: listing.id, state: listing.state, addsTo: listing.adds_to, ruleDecisionId: decision.id };
});

const addEvidenceHandler = handle(addEvidence)(async (input, ctx) => {
  const { listing } = await ownListing(ctx, input.listingId);
  if (!["proposed", "noticed", "stated", "answered"].includes(listing.state)) {
    return notReady("add-evidence", listing, [{ code: "credit/not-underway", facts: { state: listing.state } }]);
  }
  const evidence = [...new Set([...listing.evidence, ...input.evidence])];
  const facts = input.evidenceNote ? { ...listing.facts, evidence_note: input.evidenceNote } : listing.facts;
  await updateListing(ctx.tx, listing, { evidence, facts });
  ctx.journal("evidence added", subjectOf(listing), { files: input.evidence.length });
  return { listingId: listing.id, files: evidence.length };
});

const dismissHandler = handle(dismissProposal)(async (input, ctx) => {
  const { listing, instance } = await ownListing(ctx, input.listingId);
  await takeTransition(ctx, listingProcedure, "dismiss", instance, { note: { reason: input.reason } });
  await updateListing(ctx.tx, listing, {
    state: "closed",
    ended_on: ctx.today,
    ended_by: ctx.actor.accountId,
    end_reason: input.reason,
  });
  drop(ctx, listing, "dismissed", considerListing, stateCase, decideDuty);
  ctx.journal("listing proposal dismissed", subjectOf(listing), {});
  return { listingId: listing.id, state: "closed" as const };
});

/** Issues the notice and keeps it on the listing; answers the listing and the procedure as they are now. */
async function issue(ctx: Context, listing: ListingRow, instance: Instance, organisation: OrganisationRow) {
  const document = await issueNoticeDocument(ctx, listing, organisation);
  const next = await takeTransition(ctx, listingProcedure, "issue-notice", instance, { document: document.id });
  const row = await updateListing(ctx.tx, listing, {
    notice_document_id: document.id,
    notice_issued_on: ctx.today,
    notice_issued_by: ctx.actor.accountId,
  });
  return { row, instance: next, document };
}

const issueHandler = handle(issueNotice)(async (input, ctx) => {
  const { listing, organisation, instance } = await ownListing(ctx, input.listingId);
  if (listing.notice_document_id)
    return notReady("issue-notice", listing, [
      { code: "credit/notice-already-issued", facts: { on: listing.notice_issued_on } },
    ]);
  const { document } = await issue(ctx, listing, instance, organisation);
  ctx.journal("listing notice issued", subjectOf(listing), { document: document.id });
  return { listingId: listing.id, documentId: document.id, verificationCode: document.verificationCode };
});

const serveHandler = handle(serveNotice)(async (input, ctx) => {
  const own = await ownListing(ctx, input.listingId);
  const servedOn = input.servedOn ?? ctx.today;
  if (servedOn > ctx.today) return ctx.fail("credit/served-in-future", { servedOn });
  let { listing, instance } = own;
  if (listing.state !== "proposed")
    return notReady("serve-notice", listing, [{ code: "procedure/wrong-state", facts: { state: listing.state } }]);
  const paper = input.paperNotice;
  // A notice cannot have been served before it existed: this is what keeps the statement period from being cut short.
  const issuedOn = paper?.issuedOn ?? listing.notice_issued_on ?? ctx.today;
  if (servedOn < issuedOn) return ctx.fail("credit/served-before-notice", { servedOn, issuedOn });
  if (!paper && !listing.notice_document_id) {
    const issued = await issue(ctx, listing, instance, own.organisation);
    listing = issued.row;
    instance = issued.instance;
  }
  const statementDueOn = workingDay(
    ctx,
    servedOn,
    settingNumber(ctx, "credit.statement-working-days", listing.division_code),
  );
  await takeTransition(ctx, listingProcedure, "serve-notice", instance, {
    document: listing.notice_document_id ?? undefined,
    note: {
      servedOn,
      method: input.method,
      statementDueOn,
      ...(input.serviceNote ? { serviceNote: input.serviceNote } : {}),
      ...(paper ? { paperNumber: paper.number, paperIssuedOn: paper.issuedOn } : {}),
    },
  });
  const row = await updateListing(ctx.tx, listing, {
    state: "noticed",
    notice_served_on: servedOn,
    notice_method: input.method,
    notice_recorded_by: ctx.actor.accountId,
    statement_due_on: statementDueOn,
    ...(paper
      ? {
          notice_paper_number: paper.number,
          notice_issued_on: paper.issuedOn,
          notice_issued_by: ctx.actor.accountId,
          evidence: [...new Set([...listing.evidence, ...paper.proof])],
        }
      : {}),
  });
  recordNoticeService(ctx, row, {
    on: servedOn,
    method: input.method,
    ...(input.serviceNote ? { note: input.serviceNote } : {}),
  });
  done(ctx, listing, considerListing);
  dutyOn(ctx, row, stateCase, statementDueOn);
  dutyOn(ctx, row, decideDuty, houseDay(ctx, statementDueOn, "credit.decide-working-days", row.division_code));
  ctx.journal("listing notice served", subjectOf(listing), {
    servedOn,
    method: input.method,
    statementDueOn,
    paper: paper !== undefined,
  });
  return {
    listingId: listing.id,
    state: "noticed" as const,
    documentId: row.notice_document_id,
    servedOn,
    statementDueOn,
  };
});

export const noticeHandlers = [
  proposeHandler,
  addGroundHandler,
  addEvidenceHandler,
  dismissHandler,
  issueHandler,
  serveHandler,
];
