import { addMonths } from "../../../kernel/clock/date.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { takeTransition } from "../../../kernel/procedure/procedure.ts";
import { publish } from "../../../kernel/publication/publication.ts";
import type { OrganisationRow } from "../../organisations/server/index.ts";
import { groundOf } from "../credit.catalogue.ts";
import { decideListing } from "../listing.contract.ts";
import { instanceOf, ownListing, subjectOf } from "./access.ts";
import { listingDays, settingNumber } from "./clocks.ts";
import { articleOf, issueDecision } from "./credit.documents.ts";
import {
  decideDuty,
  putRight,
  removeDuty,
  sixMonths,
  stateCase,
  twentyTwoMonths,
  twoYears,
  verifyRemovalDuty,
} from "./credit.duties.ts";
import { listingProcedure } from "./credit.procedures.ts";
import { type ListingPatch, type ListingRow, liveListings, updateListing } from "./credit.store.ts";
import { factsOf, knownFacts } from "./grounds.ts";
import { notReady } from "./notice.handlers.ts";
import { done, drop, dutyOn, isStanding } from "./propose.ts";
import { missingForDecision } from "./readiness.ts";
import { enterList, leaveList, publicItem, refreshSummary } from "./standing.ts";

/** Duties that run while an organisation stands on a list. */
export const standingDuties = [putRight, sixMonths, twentyTwoMonths, twoYears, verifyRemovalDuty, removeDuty] as const;

/** Opens the clocks of a standing listing as duties (列入期限待办). */
export function openClocks(ctx: Context, listing: ListingRow): void {
  if (!listing.clock_from || !listing.two_years_on) return;
  if (listing.six_months_on) dutyOn(ctx, listing, sixMonths, listing.six_months_on);
  if (listing.list === "serious") return;
  if (listing.rectifiable) dutyOn(ctx, listing, putRight, listing.two_years_on);
  const remind = settingNumber(ctx, "credit.remind-months", listing.division_code);
  dutyOn(ctx, listing, twentyTwoMonths, addMonths(listing.clock_from, remind));
  dutyOn(ctx, listing, twoYears, listing.two_years_on);
}

/** A new ground restarts the clocks of the listing it joins; what was verified before no longer leads out (期限重新计算). */
async function restartClock(
  ctx: Context,
  base: ListingRow,
  added: ListingRow,
  organisation: OrganisationRow,
): Promise<void> {
  const instance = await instanceOf(ctx.tx, base);
  await takeTransition(ctx, listingProcedure, "restart-clock", instance, {
    note: { ground: added.ground, clockFrom: ctx.today, by: added.id },
  });
  const rectifiable = base.rectifiable || (base.list === added.list && added.rectifiable);
  const lapses = base.list === added.list && !added.rectifiable;
  const days = listingDays(ctx.today, true);
  const row = await updateListing(ctx.tx, base, {
    state: "listed",
    clock_from: ctx.today,
    clock_ground: added.rectifiable && base.list === added.list ? added.ground : (base.clock_ground ?? base.ground),
    rectifiable,
    // Where one of the grounds cannot be put right, its six months run beside the duty to put right the other.
    six_months_on: base.list === "abnormal" && (lapses || base.six_months_on !== null) ? addMonths(ctx.today, 6) : null,
    two_years_on: days.twoYearsOn,
    put_right_on: null,
    removal_applied_on: null,
    removal_verified_on: null,
    removal_verified_by: null,
    removal_due_on: null,
  });
  drop(ctx, base, "clock restarted by a new ground", ...standingDuties);
  openClocks(ctx, row);
  publish(ctx, [await publicItem(ctx, row, organisation)]);
  ctx.journal("listing clock restarted", subjectOf(base), { ground: added.ground, clockFrom: ctx.today });
}

/** The listing moved to the serious list after two years on the abnormal one (转入严重违法失信名单). */
async function moveToSerious(ctx: Context, abnormal: ListingRow, serious: ListingRow): Promise<void> {
  const instance = await instanceOf(ctx.tx, abnormal);
  await takeTransition(ctx, listingProcedure, "move", instance, { note: { to: serious.id } });
  const row = await updateListing(ctx.tx, abnormal, {
    state: "moved",
    ended_on: ctx.today,
    ended_by: ctx.actor.accountId,
    end_reason: "moved-to-serious",
  });
  drop(ctx, abnormal, "moved to the serious list", ...standingDuties);
  await leaveList(ctx, row);
}

const decideHandler = handle(decideListing)(async (input, ctx) => {
  const { listing, organisation, instance } = await ownListing(ctx, input.listingId);
  const live = await liveListings(ctx.tx, organisation.id);
  const facts = ["proposed", "noticed", "stated", "answered"].includes(listing.state)
    ? factsOf(listing.list, listing.ground, listing.facts, knownFacts(listing.list, listing.ground, organisation, live))
    : listing.facts;
  const { missing, ground, steps } = missingForDecision(ctx, listing, facts, input);
  if (missing.length > 0) return notReady("decide", listing, missing);

  const base = live.find((row) => row.id === listing.adds_to && isStanding(row));
  const law = groundOf(listing.list, listing.ground)?.law;
  const clock = listingDays(ctx.today, listing.rectifiable || listing.list === "serious");
  const document = await issueDecision(ctx, listing, organisation, {
    reasons: input.reasons as string,
    remedy: input.remedy as string,
    ...(input.certificateReasons ? { certificateReasons: input.certificateReasons } : {}),
    joins: base?.listed_on ?? null,
  });
  await takeTransition(ctx, listingProcedure, base ? "join" : "decide", instance, {
    document: document.id,
    decision: steps,
    note: { list: listing.list, ground: listing.ground, listedOn: ctx.today },
    ...(law ? { law: [...listingProcedure.transitions.decide.law.slice(0, 1), law] } : {}),
  });
  const patch: ListingPatch = {
    state: base ? "joined" : "listed",
    // The body may have been renamed since it was proposed; the decision names it as it is now.
    organisation_name: organisation.name,
    organisation_code: organisation.credit_code,
    adds_to: base?.id ?? null,
    facts: { ...listing.facts, ...facts },
    reasons: input.certificateReasons ? `${input.reasons}\n${input.certificateReasons}` : (input.reasons as string),
    basis: articleOf(listing),
    remedy: input.remedy as string,
    decision_rule_id: ground.id,
    decision_document_id: document.id,
    decision_number: document.number,
    decision_code: document.verificationCode,
    decided_on: ctx.today,
    decided_by: ctx.actor.accountId,
    listed_on: ctx.today,
    clock_from: ctx.today,
    clock_ground: listing.ground,
    six_months_on: listing.list === "abnormal" ? clock.sixMonthsOn : null,
    two_years_on: clock.twoYearsOn,
  };
  const row = await updateListing(ctx.tx, listing, patch);
  done(ctx, listing, decideDuty);
  drop(ctx, listing, "decided", stateCase);

  if (base) await restartClock(ctx, base, row, organisation);
  else {
    await enterList(ctx, row, organisation);
    openClocks(ctx, row);
    const abnormal = live.find((one) => one.list === "abnormal" && one.adds_to === null && isStanding(one));
    if (listing.ground === "abnormal_24_months" && abnormal) await moveToSerious(ctx, abnormal, row);
    await refreshSummary(ctx, organisation);
  }
  // Any new ground in between restarts the two clean years of the serious list (A5).
  const serious = live.find((one) => one.list === "serious" && one.adds_to === null && isStanding(one));
  if (listing.list === "abnormal" && serious) await restartClock(ctx, serious, row, organisation);
  ctx.journal(base ? "ground added to a listing" : "organisation listed", subjectOf(row), {
    list: row.list,
    ground: row.ground,
    document: document.id,
  });
  return {
    listingId: row.id,
    state: row.state,
    documentId: document.id,
    verificationCode: document.verificationCode,
    ruleDecisionId: ground.id,
    listedOn: row.listed_on as string,
    clockFrom: row.clock_from as string,
    sixMonthsOn: row.six_months_on,
    twoYearsOn: row.two_years_on as string,
  };
});

export const decisionHandlers = [decideHandler];
