import type { Tx } from "../../../kernel/database/transaction.ts";
import type { Actor, Context, Subject } from "../../../kernel/operation/context.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { type Instance, latestInstance } from "../../../kernel/procedure/procedure.ts";
import { loadOrganisation, lockOrganisation, type OrganisationRow } from "../../organisations/server/index.ts";
import { listingProcedure } from "./credit.procedures.ts";
import { findListing, type ListingRow, lockListing } from "./credit.store.ts";

/** What a journal entry about a listing points to. */
export function subjectOf(row: Pick<ListingRow, "id" | "home_code" | "division_code">): Subject {
  return { kind: "credit-listing", id: row.id, home: row.home_code, division: row.division_code };
}

/** Whether rows of this register are the actor's to write: registrars act on their own register only (本级登记管理机关). */
export function writes(actor: Actor, home: string): boolean {
  return actor.role === "system" || actor.home === home;
}

/**
 * An organisation of the actor's own register, kept for this transaction: acts on one organisation happen one after another.
 * @throws Refusal credit/organisation-not-found (404), credit/not-your-register (403)
 */
export async function ownOrganisation(ctx: Context, id: string): Promise<OrganisationRow> {
  const seen = await loadOrganisation(ctx.tx, id);
  if (!seen) throw new Refusal("credit/organisation-not-found", 404, { organisation: id });
  if (!writes(ctx.actor, seen.home_code)) throw new Refusal("credit/not-your-register", 403, { organisation: id });
  const row = await lockOrganisation(ctx.tx, id);
  if (!row) throw new Refusal("credit/not-your-register", 403, { organisation: id });
  return row;
}

/**
 * A listing of the actor's own register, kept for this transaction; the organisation is kept first, so that two acts never
 * wait for each other in a circle. @throws Refusal credit/listing-not-found (404), credit/not-your-register (403)
 */
export async function ownListing(
  ctx: Context,
  id: string,
): Promise<{ listing: ListingRow; organisation: OrganisationRow; instance: Instance }> {
  const seen = await findListing(ctx.tx, id);
  if (!seen) throw new Refusal("credit/listing-not-found", 404, { listing: id });
  if (!writes(ctx.actor, seen.home_code)) throw new Refusal("credit/not-your-register", 403, { listing: id });
  const organisation = await lockOrganisation(ctx.tx, seen.organisation_id);
  const listing = await lockListing(ctx.tx, id);
  if (!organisation || !listing) throw new Refusal("credit/not-your-register", 403, { listing: id });
  return { listing, organisation, instance: await instanceOf(ctx.tx, listing) };
}

/** The running procedure of a listing. */
export async function instanceOf(tx: Tx, listing: ListingRow): Promise<Instance> {
  const instance = await latestInstance(tx, listingProcedure, listing.id);
  if (!instance) throw new Error(`listing ${listing.id} has no procedure`);
  return instance;
}

/** A listing the actor may see: staff of the range, the organisation itself, its supervisory unit. */
export async function seenListing(ctx: Context, id: string): Promise<{ listing: ListingRow; instance: Instance }> {
  const listing = await findListing(ctx.tx, id);
  if (!listing) throw new Refusal("credit/listing-not-found", 404, { listing: id });
  if (ctx.actor.scope.kind === "staff" && !writes(ctx.actor, listing.home_code)) {
    throw new Refusal("credit/not-your-register", 403, { listing: id });
  }
  return { listing, instance: await instanceOf(ctx.tx, listing) };
}
