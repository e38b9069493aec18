import type { Context } from "../../../kernel/operation/context.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { type Missing, takeTransition } from "../../../kernel/procedure/procedure.ts";
import { words } from "../credit.words.ts";
import { answerStatement, recordCertificate, recordStatement } from "../listing.contract.ts";
import { ownListing, seenListing, subjectOf } from "./access.ts";
import { houseDay } from "./clocks.ts";
import { answerStatementDuty, decideDuty, stateCase } from "./credit.duties.ts";
import { listingProcedure } from "./credit.procedures.ts";
import {
  answerSubmissions,
  insertSubmission,
  type ListingPatch,
  type ListingRow,
  type SubmissionRow,
  updateListing,
} from "./credit.store.ts";
import { keep, noticeRule } from "./grounds.ts";
import { notReady } from "./notice.handlers.ts";
import { done, drop, dutyOn } from "./propose.ts";

const underway = ["noticed", "stated", "answered"];

/** Something handed in about a listing, by the organisation, its unit, or recorded by the registrar (收件). */
export function submission(
  ctx: Context,
  listing: ListingRow,
  given: {
    readonly kind: SubmissionRow["kind"];
    readonly content: string;
    readonly evidence: readonly string[];
    readonly receivedOn?: string;
    readonly dueOn?: string;
  },
): SubmissionRow {
  const receivedOn = given.receivedOn ?? ctx.today;
  if (receivedOn > ctx.today || receivedOn < listing.proposed_on) {
    throw new Refusal("credit/received-out-of-time", 422, { receivedOn, from: listing.proposed_on, to: ctx.today });
  }
  const { role } = ctx.actor;
  return {
    home_code: listing.home_code,
    id: ctx.newId(),
    division_code: listing.division_code,
    listing_id: listing.id,
    organisation_id: listing.organisation_id,
    unit_id: listing.unit_id,
    kind: given.kind,
    made_by: role === "organisation" || role === "supervisory-unit" ? role : "registrar",
    content: given.content,
    evidence: given.evidence,
    received_on: receivedOn,
    recorded_by: ctx.actor.accountId,
    due_on: given.dueOn ?? null,
    state: "open",
    answered_on: null,
    answered_by: null,
    answer: null,
    version: 1,
  };
}

/**
 * Changes a listing because of what was handed in: by those who may only hand in, the kernel writes it as the system, in the
 * same transaction and only if the listing is still as it was read. Called before the transition is taken: everybody writes
 * the listing first and its procedure second, so that two acts never wait for each other in a circle.
 */
export async function moveBySubmission(ctx: Context, listing: ListingRow, patch: ListingPatch): Promise<void> {
  if (ctx.actor.scope.kind === "staff" || ctx.actor.scope.kind === "system") {
    await updateListing(ctx.tx, listing, patch);
    return;
  }
  ctx.later(async (tx) => {
    await updateListing(tx, listing, patch);
  });
}

const statementHandler = handle(recordStatement)(async (input, ctx) => {
  const { listing, instance } = await seenListing(ctx, input.listingId);
  const missing: Missing[] = underway.includes(listing.state)
    ? []
    : [{ code: "credit/notice-not-served", facts: { state: listing.state } }];
  if (missing.length > 0) return notReady("record-statement", listing, missing);
  const due = houseDay(ctx, ctx.today, "credit.answer-working-days", listing.division_code);
  const row = submission(ctx, listing, { ...input, kind: "statement", dueOn: due });
  await insertSubmission(ctx.tx, row);
  await moveBySubmission(ctx, listing, { state: "stated", stated_on: row.received_on });
  await takeTransition(ctx, listingProcedure, "record-statement", instance, {
    note: { by: row.made_by, receivedOn: row.received_on },
  });
  done(ctx, listing, stateCase);
  // A further statement joins the one already waiting for its answer.
  if (listing.state !== "stated") dutyOn(ctx, listing, answerStatementDuty, due);
  ctx.journal("statement received", subjectOf(listing), { by: row.made_by });
  return { listingId: listing.id, submissionId: row.id, state: "stated" as const };
});

const certificateHandler = handle(recordCertificate)(async (input, ctx) => {
  const { listing } = await seenListing(ctx, input.listingId);
  if (!["proposed", ...underway].includes(listing.state)) {
    return notReady("record-certificate", listing, [{ code: "credit/not-underway", facts: { state: listing.state } }]);
  }
  const row = submission(ctx, listing, { ...input, kind: "certificate" });
  await insertSubmission(ctx.tx, row);
  await moveBySubmission(ctx, listing, { certificate_on: row.received_on });
  ctx.journal("certificate of the supervisory unit received", subjectOf(listing), { by: row.made_by });
  return { listingId: listing.id, submissionId: row.id };
});

const answerHandler = handle(answerStatement)(async (input, ctx) => {
  const { listing, instance } = await ownListing(ctx, input.listingId);
  const accepted = input.outcome === "accepted";
  const { id: rule, decision } = keep(
    ctx,
    noticeRule,
    {
      ...(listing.notice_served_on ? { notice_served: listing.notice_served_on } : {}),
      ...(listing.stated_on ? { statement_received: listing.stated_on } : {}),
      accepted,
      today: ctx.today,
    },
    { subject: listing.id, home: listing.home_code, division: listing.division_code },
  );
  await takeTransition(ctx, listingProcedure, accepted ? "accept-statement" : "reject-statement", instance, {
    decision: rule,
    note: accepted ? { close: "insufficient-grounds" } : {},
  });
  await answerSubmissions(ctx.tx, listing, "statement", {
    state: accepted ? "accepted" : "rejected",
    on: ctx.today,
    by: ctx.actor.accountId,
    text: input.reasons,
  });
  const answered = { answered_on: ctx.today, answered_by: ctx.actor.accountId };
  await updateListing(
    ctx.tx,
    listing,
    accepted
      ? {
          ...answered,
          state: "closed",
          ended_on: ctx.today,
          ended_by: ctx.actor.accountId,
          end_reason: decision.output.close ?? words.zh.insufficientGrounds,
        }
      : { ...answered, state: "answered" },
  );
  done(ctx, listing, answerStatementDuty);
  if (accepted) drop(ctx, listing, "statement accepted", decideDuty, stateCase);
  ctx.journal(accepted ? "statement accepted, listing closed" : "statement rejected", subjectOf(listing), {});
  return { listingId: listing.id, state: accepted ? ("closed" as const) : ("answered" as const) };
});

export const statementHandlers = [statementHandler, certificateHandler, answerHandler];
