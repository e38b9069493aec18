import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { type Missing, takeTransition } from "../../../kernel/procedure/procedure.ts";
import type { OrganisationRow } from "../../organisations/server/index.ts";
import { groundOf } from "../credit.catalogue.ts";
import { applyRemoval, removeListing, verifyRemoval } from "../removal.contract.ts";
import { ownListing, seenListing, subjectOf } from "./access.ts";
import { houseDay, workingDayIfKnown } from "./clocks.ts";
import { issueRemoval } from "./credit.documents.ts";
import { removeDuty, verifyRemovalDuty } from "./credit.duties.ts";
import { listingProcedure } from "./credit.procedures.ts";
import { answerSubmissions, insertSubmission, type ListingRow, updateListing } from "./credit.store.ts";
import { standingDuties } from "./decision.handlers.ts";
import { notReady } from "./notice.handlers.ts";
import { done, drop, dutyOn } from "./propose.ts";
import { missingForRemoval } from "./readiness.ts";
import { leaveList, refreshSummary } from "./standing.ts";
import { moveBySubmission, submission } from "./statement.handlers.ts";

/** Working days within which a verified body is removed, Order 60 art. 14. */
const removalWorkingDays = 5;

const applyHandler = handle(applyRemoval)(async (input, ctx) => {
  const { listing, instance } = await seenListing(ctx, input.listingId);
  const missing: Missing[] =
    listing.state === "listed" ? [] : [{ code: "credit/not-standing", facts: { state: listing.state } }];
  if (missing.length > 0) return notReady("apply-removal", listing, missing);
  const due = houseDay(ctx, ctx.today, "credit.verify-working-days", listing.division_code);
  const row = submission(ctx, listing, { ...input, kind: "removal-application", dueOn: due });
  await insertSubmission(ctx.tx, row);
  await moveBySubmission(ctx, listing, { state: "removal-applied", removal_applied_on: row.received_on });
  await takeTransition(ctx, listingProcedure, "apply-removal", instance, {
    note: { by: row.made_by, receivedOn: row.received_on },
  });
  dutyOn(ctx, listing, verifyRemovalDuty, due);
  ctx.journal("removal applied for", subjectOf(listing), { by: row.made_by });
  return { listingId: listing.id, submissionId: row.id, state: "removal-applied" as const };
});

const verifyHandler = handle(verifyRemoval)(async (input, ctx) => {
  const { listing, instance } = await ownListing(ctx, input.listingId);
  if (listing.state !== "removal-applied") {
    return notReady("verify-removal", listing, [
      { code: "credit/removal-not-applied", facts: { state: listing.state } },
    ]);
  }
  const fulfilled = input.outcome === "fulfilled";
  const putRightOn = input.putRightOn ?? ctx.today;
  // Before the listing is possible (the duty was done while the notice ran), before the ground arose is not.
  if (fulfilled && (putRightOn > ctx.today || (!listing.legacy && putRightOn < listing.proposed_on))) {
    return ctx.fail("credit/put-right-out-of-time", { putRightOn, from: listing.proposed_on, to: ctx.today });
  }
  const dueOn = fulfilled ? workingDayIfKnown(ctx, ctx.today, removalWorkingDays) : null;
  await takeTransition(ctx, listingProcedure, fulfilled ? "verify-removal" : "reject-removal", instance, {
    note: fulfilled ? { putRightOn, dueOn } : {},
  });
  await answerSubmissions(ctx.tx, listing, "removal-application", {
    state: fulfilled ? "accepted" : "rejected",
    on: ctx.today,
    by: ctx.actor.accountId,
    text: input.findings,
  });
  const row = await updateListing(
    ctx.tx,
    listing,
    fulfilled
      ? {
          state: "removal-verified",
          put_right_on: putRightOn,
          removal_verified_on: ctx.today,
          removal_verified_by: ctx.actor.accountId,
          removal_due_on: dueOn,
          evidence: [...new Set([...listing.evidence, ...input.evidence])],
        }
      : { state: "listed", removal_applied_on: null },
  );
  done(ctx, listing, verifyRemovalDuty);
  // Holidays of the due day not announced yet: the act is due at once rather than on a guessed day.
  if (fulfilled) dutyOn(ctx, row, removeDuty, dueOn ?? ctx.today);
  ctx.journal(fulfilled ? "removal verified" : "removal application rejected", subjectOf(listing), { dueOn });
  return { listingId: listing.id, state: row.state, removalDueOn: dueOn };
});

/** Puts a removal decision into force: document, public list, counters, summary (移出). */
async function remove(
  ctx: Context,
  listing: ListingRow,
  organisation: OrganisationRow,
  rule: string,
  reasons: string | undefined,
) {
  const document = await issueRemoval(ctx, listing, organisation, reasons);
  const row = await updateListing(ctx.tx, listing, {
    state: "removed",
    removal_rule_id: rule,
    removal_document_id: document.id,
    removal_verified_on: listing.removal_verified_on ?? ctx.today,
    ended_on: ctx.today,
    ended_by: ctx.actor.accountId,
    end_reason: "removed",
  });
  await leaveList(ctx, row);
  await refreshSummary(ctx, organisation);
  return { row, document };
}

const removeHandler = handle(removeListing)(async (input, ctx) => {
  const { listing, organisation, instance } = await ownListing(ctx, input.listingId);
  if (listing.adds_to !== null) {
    return notReady("remove", listing, [{ code: "credit/joined-to-another", facts: { listing: listing.adds_to } }]);
  }
  const { missing, rule, dueOn } = missingForRemoval(ctx, listing, organisation);
  if (missing.length > 0) return notReady("remove", listing, missing);
  const { row, document } = await remove(ctx, listing, organisation, rule, input.reasons);
  await takeTransition(ctx, listingProcedure, "remove", instance, {
    document: document.id,
    decision: rule,
    note: { removedOn: ctx.today, dueOn },
  });
  done(ctx, listing, removeDuty);
  drop(ctx, listing, "removed", ...standingDuties.filter((kind) => kind !== removeDuty));
  const onTime = dueOn === null ? null : ctx.today <= dueOn;
  ctx.journal("organisation removed from a list", subjectOf(row), { list: row.list, ground: row.ground, onTime });
  return {
    listingId: row.id,
    state: row.state,
    documentId: document.id,
    verificationCode: document.verificationCode,
    ruleDecisionId: rule,
    removedOn: ctx.today,
    onTime,
  };
});

/**
 * Proposes a removal that no application is needed for (满六个月拟移出): the run marks it verified; a person decides.
 * Needs the listing locked. Answers undefined when it is no longer a candidate.
 */
export async function proposeRemoval(
  ctx: Context,
  listingId: string,
  by: string | null,
): Promise<ListingRow | undefined> {
  const { listing, instance } = await ownListing(ctx, listingId);
  const lapses = groundOf(listing.list, listing.clock_ground ?? listing.ground)?.rectifiable === false;
  if (listing.state !== "listed" || listing.list !== "abnormal" || !lapses) return undefined;
  if (listing.six_months_on === null || ctx.today < listing.six_months_on) return undefined;
  const dueOn = workingDayIfKnown(ctx, ctx.today, removalWorkingDays);
  await takeTransition(ctx, listingProcedure, "propose-removal", instance, {
    note: { sixMonthsOn: listing.six_months_on, dueOn },
  });
  const row = await updateListing(ctx.tx, listing, {
    state: "removal-verified",
    removal_verified_on: ctx.today,
    removal_verified_by: by,
    removal_due_on: dueOn,
  });
  dutyOn(ctx, row, removeDuty, dueOn ?? ctx.today);
  ctx.journal("removal proposed", subjectOf(row), { sixMonthsOn: listing.six_months_on });
  return row;
}

/** Takes back a removal that a run proposed and nobody has decided (撤回拟移出). */
export async function takeBackRemoval(ctx: Context, listingId: string): Promise<boolean> {
  const { listing, instance } = await ownListing(ctx, listingId);
  if (listing.state !== "removal-verified" || listing.removal_applied_on !== null) return false;
  await takeTransition(ctx, listingProcedure, "take-back-removal", instance, {});
  const row = await updateListing(ctx.tx, listing, {
    state: "listed",
    removal_verified_on: null,
    removal_verified_by: null,
    removal_due_on: null,
  });
  drop(ctx, listing, "run reverted", removeDuty);
  ctx.journal("removal proposal taken back", subjectOf(row), {});
  return true;
}

export const removalHandlers = [applyHandler, verifyHandler, removeHandler];
