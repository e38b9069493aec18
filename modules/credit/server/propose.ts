import type { DutyKind } from "../../../kernel/duty/define.ts";
import { cancelDuty, fulfilDuty, openDuties } from "../../../kernel/duty/duty.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { openProcedure } from "../../../kernel/procedure/procedure.ts";
import type { OrganisationRow } from "../../organisations/server/index.ts";
import { type GroundId, groundOf, type List } from "../credit.catalogue.ts";
import { words } from "../credit.words.ts";
import { standing } from "../listing.shapes.ts";
import { subjectOf } from "./access.ts";
import { houseDay } from "./clocks.ts";
import { authorityName } from "./credit.documents.ts";
import { considerListing } from "./credit.duties.ts";
import { listingProcedure } from "./credit.procedures.ts";
import { insertListing, type ListingRow, liveListings, newListing } from "./credit.store.ts";
import { decideGround, factsOf, type GroundDecision, knownFacts, unmet } from "./grounds.ts";

/** What is proposed, by whom and on what evidence. */
export interface Proposal {
  readonly list: List;
  readonly ground: GroundId;
  readonly facts: Record<string, unknown>;
  readonly groundText?: string;
  readonly evidence: readonly string[];
  readonly evidenceNote?: string;
  readonly origin: ListingRow["origin"];
  readonly originRef?: string;
  /** Whose hand it is, when the system carries out what a person started. */
  readonly by?: string | null;
}

/** Bodies that no longer exist, or were never registered, stand on no list. A revoked body can: that is a ground. */
const outside = ["deregistered", "withdrawn", "filed"];

export function isStanding(row: ListingRow): boolean {
  return standing.some((state) => state === row.state);
}

/**
 * Opens the procedure in state "proposed" (提出拟列入): facts checked, rule asked and kept, duty opened. Needs the organisation
 * locked. While the organisation stands on the list, the proposal adds a ground to it.
 * @throws Refusal credit/organisation-ended, credit/facts-missing, credit/no-ground, credit/already-underway
 */
export async function propose(
  ctx: Context,
  organisation: OrganisationRow,
  proposal: Proposal,
): Promise<{ listing: ListingRow; decision: GroundDecision }> {
  const { list, ground } = proposal;
  if (outside.includes(organisation.status))
    throw new Refusal("credit/organisation-ended", 409, { status: organisation.status });
  const live = await liveListings(ctx.tx, organisation.id);
  const facts = factsOf(list, ground, proposal.facts, knownFacts(list, ground, organisation, live));
  const base = live.find((row) => row.list === list && row.adds_to === null && isStanding(row));
  const underway = live.find((row) => row.list === list && !isStanding(row));
  if (underway)
    throw new Refusal("credit/already-underway", 409, {
      listing: underway.id,
      state: underway.state,
      ground: underway.ground,
    });

  const id = ctx.newId();
  const at = { home: organisation.home_code, division: organisation.division_code };
  const decision = decideGround(ctx, { listing: id, list, ground, ...at }, facts, false);
  if (!decision.list) {
    throw new Refusal("credit/no-ground", 409, {
      list,
      ground,
      serious: decision.serious,
      unmet: unmet(decision.decision),
    });
  }
  const declared = groundOf(list, ground);
  const note = proposal.evidenceNote ? { evidence_note: proposal.evidenceNote } : {};
  const listing = newListing({
    home_code: at.home,
    id,
    division_code: at.division,
    organisation_id: organisation.id,
    unit_id: organisation.unit_id,
    organisation_name: organisation.name,
    organisation_code: organisation.credit_code,
    list,
    ground,
    ground_text: proposal.groundText ?? groundTextOf(list, ground, facts),
    facts: { ...facts, ...note },
    evidence: proposal.evidence,
    rectifiable: declared?.rectifiable ?? true,
    origin: proposal.origin,
    origin_ref: proposal.originRef ?? null,
    adds_to: base?.id ?? null,
    state: "proposed",
    authority: await authorityName(ctx, organisation.home_code),
    proposed_on: ctx.today,
    // What a person did by a run or through another module is still that person's hand; the system has none.
    proposed_by: proposal.by ?? ctx.actor.accountId,
    proposal_decision_id: decision.id,
  });
  await insertListing(ctx.tx, listing);
  openProcedure(
    ctx,
    listingProcedure,
    "propose",
    { ...at, subject: id, organisation: organisation.id, unit: organisation.unit_id, data: { list, ground } },
    {
      decision: decision.id,
      note: { list, ground, origin: proposal.origin },
      ...(declared ? { law: [declared.law] } : {}),
    },
  );
  openDuties(ctx, [
    {
      kind: considerListing,
      ...at,
      subject: id,
      label: organisation.name,
      organisation: organisation.id,
      unit: organisation.unit_id,
      link: linkTo(id),
      due: houseDay(ctx, ctx.today, "credit.consider-working-days", at.division),
    },
  ]);
  ctx.journal("listing proposed", subjectOf(listing), {
    list,
    ground,
    origin: proposal.origin,
    addsTo: listing.adds_to,
  });
  return { listing, decision };
}

/** The sentence of a ground as notice, decision and public list print it (列入情形). */
export function groundTextOf(list: List, ground: string, facts: Record<string, unknown>): string {
  const texts: Readonly<Record<string, (facts: Record<string, unknown>) => string>> = words.zh.groundTexts[list];
  return texts[ground]?.(facts) ?? "";
}

/** Console page of a listing. */
export function linkTo(listing: string): string {
  return `/credit/listings/${listing}`;
}

/** Opens one duty on a listing. */
export function dutyOn(ctx: Context, listing: ListingRow, kind: DutyKind, due: string): void {
  openDuties(ctx, [
    {
      kind,
      home: listing.home_code,
      division: listing.division_code,
      subject: listing.id,
      label: listing.organisation_name,
      organisation: listing.organisation_id,
      unit: listing.unit_id,
      link: linkTo(listing.id),
      due,
    },
  ]);
}

/** Closes the duties of a listing that were done. */
export function done(ctx: Context, listing: ListingRow, ...kinds: readonly DutyKind[]): void {
  for (const kind of kinds) fulfilDuty(ctx, kind, listing.home_code, listing.id);
}

/** Drops the duties of a listing that no longer make sense, with the ground. */
export function drop(ctx: Context, listing: ListingRow, ground: string, ...kinds: readonly DutyKind[]): void {
  for (const kind of kinds) cancelDuty(ctx, kind, listing.home_code, listing.id, ground);
}
