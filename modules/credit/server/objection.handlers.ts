import { fulfilDuty, openDuties } from "../../../kernel/duty/duty.ts";
import { bump } from "../../../kernel/indicator/indicator.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { takeTransition } from "../../../kernel/procedure/procedure.ts";
import { correct, withdraw } from "../../../kernel/publication/publication.ts";
import { groundOf } from "../credit.catalogue.ts";
import { answerObjection, object, withdrawListing } from "../removal.contract.ts";
import { ownListing, seenListing, subjectOf } from "./access.ts";
import { houseDay, listingDays } from "./clocks.ts";
import { issueWithdrawal } from "./credit.documents.ts";
import { answerObjectionDuty } from "./credit.duties.ts";
import { listed } from "./credit.indicators.ts";
import { listingProcedure } from "./credit.procedures.ts";
import { collectionOf } from "./credit.publication.ts";
import {
  answerSubmission,
  answerSubmissions,
  endListingRecord,
  findSubmission,
  insertSubmission,
  type ListingPatch,
  submissionsOf,
  updateListing,
} from "./credit.store.ts";
import { openClocks, standingDuties } from "./decision.handlers.ts";
import { keep, noticeRule } from "./grounds.ts";
import { notReady } from "./notice.handlers.ts";
import { drop, isStanding, linkTo } from "./propose.ts";
import { publicItem, refreshSummary } from "./standing.ts";
import { submission } from "./statement.handlers.ts";

const wereListed = ["listed", "removal-applied", "removal-verified", "removed", "moved", "joined"];

const objectHandler = handle(object)(async (input, ctx) => {
  const { listing } = await seenListing(ctx, input.listingId);
  if (!wereListed.includes(listing.state))
    return notReady("object", listing, [{ code: "credit/never-listed", facts: { state: listing.state } }]);
  const due = houseDay(ctx, ctx.today, "credit.answer-working-days", listing.division_code);
  const row = submission(ctx, listing, { ...input, kind: "objection", dueOn: due });
  await insertSubmission(ctx.tx, row);
  openDuties(ctx, [
    {
      kind: answerObjectionDuty,
      home: listing.home_code,
      division: listing.division_code,
      subject: row.id,
      label: listing.organisation_name,
      organisation: listing.organisation_id,
      unit: listing.unit_id,
      link: linkTo(listing.id),
      due,
    },
  ]);
  ctx.journal("objection received", subjectOf(listing), { by: row.made_by });
  return { listingId: listing.id, objectionId: row.id };
});

const answerHandler = handle(answerObjection)(async (input, ctx) => {
  const objection = await findSubmission(ctx.tx, input.objectionId);
  if (objection?.kind !== "objection") return ctx.fail("credit/objection-not-found", { objection: input.objectionId });
  const { listing, organisation, instance } = await ownListing(ctx, objection.listing_id);
  if (objection.state !== "open") return ctx.fail("credit/objection-answered", { on: objection.answered_on });
  const upheld = input.outcome === "upheld";
  const { correction } = input;
  if (upheld && (!input.publicReason || !correction || Object.values(correction).every((one) => one === undefined))) {
    return ctx.fail("credit/correction-missing", { needs: ["publicReason", "correction"] });
  }
  const touched = await answerSubmission(ctx.tx, objection, {
    state: upheld ? "accepted" : "rejected",
    on: ctx.today,
    by: ctx.actor.accountId,
    text: input.answer,
  });
  if (touched !== 1) return ctx.fail("credit/objection-answered", {});
  const { id: rule } = keep(
    ctx,
    noticeRule,
    { listed: true, objection: "received", verified_wrong: upheld, today: ctx.today },
    { subject: listing.id, home: listing.home_code, division: listing.division_code },
  );
  fulfilDuty(ctx, answerObjectionDuty, listing.home_code, objection.id);
  ctx.journal(upheld ? "objection upheld" : "objection dismissed", subjectOf(listing), { objection: objection.id });
  if (!upheld || !correction) return { listingId: listing.id, corrected: false };

  const ground = correction.ground ? groundOf(listing.list, correction.ground) : undefined;
  if (correction.ground && !ground)
    return ctx.fail("credit/ground-not-of-list", { list: listing.list, ground: correction.ground });
  const patch: ListingPatch = {
    ...(correction.groundText ? { ground_text: correction.groundText } : {}),
    ...(correction.organisationName ? { organisation_name: correction.organisationName } : {}),
    ...(correction.ground && ground
      ? {
          ground: correction.ground,
          rectifiable: ground.rectifiable,
          clock_ground: correction.ground,
          six_months_on:
            listing.list === "abnormal"
              ? listingDays(listing.clock_from ?? ctx.today, ground.rectifiable).sixMonthsOn
              : null,
        }
      : {}),
  };
  const row = await updateListing(ctx.tx, listing, patch);
  if (!isStanding(listing) || listing.adds_to !== null) return { listingId: listing.id, corrected: true };
  await takeTransition(ctx, listingProcedure, "correct", instance, {
    to: listing.state,
    decision: rule,
    note: { reason: input.publicReason, fields: Object.keys(correction) },
  });
  if (row.ground !== listing.ground) {
    const at = { indicator: listed, home: row.home_code, division: row.division_code };
    bump(ctx, [
      { ...at, key: [listing.list, listing.ground], delta: -1 },
      { ...at, key: [row.list, row.ground], delta: 1 },
    ]);
    drop(ctx, listing, "ground corrected", ...standingDuties);
    openClocks(ctx, row);
  }
  correct(ctx, await publicItem(ctx, row, organisation), input.publicReason as string);
  return { listingId: listing.id, corrected: true };
});

const withdrawHandler = handle(withdrawListing)(async (input, ctx) => {
  const { listing, organisation, instance } = await ownListing(ctx, input.listingId);
  if (!isStanding(listing) || listing.adds_to !== null) {
    return notReady("withdraw", listing, [{ code: "credit/not-standing", facts: { state: listing.state } }]);
  }
  const document = await issueWithdrawal(ctx, listing, organisation, input);
  await takeTransition(ctx, listingProcedure, "withdraw", instance, {
    document: document.id,
    note: { basis: input.basis, ...(input.basisNumber ? { number: input.basisNumber } : {}) },
  });
  const row = await updateListing(ctx.tx, listing, {
    state: "withdrawn",
    removal_document_id: document.id,
    ended_on: ctx.today,
    ended_by: ctx.actor.accountId,
    end_reason: input.publicReason,
  });
  const answer = { state: "accepted", on: ctx.today, by: ctx.actor.accountId, text: input.publicReason } as const;
  for (const one of await submissionsOf(ctx.tx, listing.id)) {
    if (one.kind === "objection" && one.state === "open") fulfilDuty(ctx, answerObjectionDuty, one.home_code, one.id);
  }
  await answerSubmissions(ctx.tx, listing, "objection", answer);
  await answerSubmissions(ctx.tx, listing, "removal-application", answer);
  drop(ctx, listing, "withdrawn", ...standingDuties);
  bump(ctx, [
    { indicator: listed, home: row.home_code, division: row.division_code, key: [row.list, row.ground], delta: -1 },
  ]);
  await endListingRecord(ctx.tx, row, ctx.today);
  // The old text stays readable beside the correction, then the entry leaves the list.
  correct(ctx, await publicItem(ctx, row, organisation), input.publicReason);
  withdraw(ctx, collectionOf(row.list), [row.id]);
  await refreshSummary(ctx, organisation);
  ctx.journal("listing withdrawn", subjectOf(row), { list: row.list, basis: input.basis });
  return { listingId: row.id, state: row.state, documentId: document.id, verificationCode: document.verificationCode };
});

export const objectionHandlers = [objectHandler, answerHandler, withdrawHandler];
