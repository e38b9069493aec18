import type { Context } from "../../../kernel/operation/context.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { takeTransition } from "../../../kernel/procedure/procedure.ts";
import { lockOrganisation, type OrganisationRow } from "../../organisations/server/index.ts";
import { type GroundId, groundOf } from "../credit.catalogue.ts";
import { ownListing, subjectOf } from "./access.ts";
import { considerListing } from "./credit.duties.ts";
import { listingProcedure } from "./credit.procedures.ts";
import { listingByOrigin, updateListing } from "./credit.store.ts";
import { drop, propose } from "./propose.ts";

/** Refusals that only mean: nothing to propose. */
const nothing = ["credit/organisation-ended", "credit/no-ground", "credit/already-underway", "credit/facts-missing"];

/**
 * Proposes an abnormal listing for a fact another module found (移送列入线索): opens the procedure in state "proposed" with a
 * duty for the registrar, and harms nobody. `ref` names the fact for ever, so that finding it twice proposes it once; without
 * it ground and reporting year name it. Answers the listing, or undefined when there is nothing to propose. Runs in the
 * caller's transaction, for a registrar of the organisation's register or the system.
 */
export async function proposeListingFor(
  ctx: Context,
  organisation: OrganisationRow,
  ground: string,
  facts: Readonly<Record<string, unknown>>,
  ref?: string,
): Promise<{ readonly listingId: string } | undefined> {
  if (!groundOf("abnormal", ground)) throw new Error(`no ground of the abnormal list: ${ground}`);
  const own = await lockOrganisation(ctx.tx, organisation.id);
  if (!own) return undefined;
  const name = ref ?? `${ground}:${String(facts.report_year ?? "")}`;
  const known = await listingByOrigin(ctx.tx, own.id, name);
  if (known && known.end_reason !== "run-reverted") return undefined;
  try {
    const { listing } = await propose(ctx, own, {
      list: "abnormal",
      ground: ground as GroundId,
      facts: { ...(ground === "annual_report" ? { annual_report: "missing" } : {}), ...facts },
      evidence: [],
      origin: "module",
      originRef: name,
    });
    return { listingId: listing.id };
  } catch (error) {
    if (error instanceof Refusal && nothing.includes(error.code)) return undefined;
    throw error;
  }
}

/**
 * Takes such a proposal back when the fact proved wrong (撤回移送线索): only while nobody has acted on it. Answers whether it
 * was taken back.
 */
export async function takeBackProposalFor(ctx: Context, organisation: OrganisationRow, ref: string): Promise<boolean> {
  const known = await listingByOrigin(ctx.tx, organisation.id, ref);
  if (known?.state !== "proposed" || known.version !== 1) return false;
  const { listing, instance } = await ownListing(ctx, known.id);
  await takeTransition(ctx, listingProcedure, "revert-run", instance, { note: { ref } });
  await updateListing(ctx.tx, listing, {
    state: "closed",
    ended_on: ctx.today,
    ended_by: ctx.actor.accountId,
    end_reason: "run-reverted",
  });
  drop(ctx, listing, "fact taken back", considerListing);
  ctx.journal("listing proposal taken back", subjectOf(listing), { ref });
  return true;
}

/** A yearly report, or the rectification after one, that is overdue: what the annual inspection tells (逾期事项). */
export interface OverdueFact {
  readonly id: string;
  readonly year: number;
  readonly dueOn: string;
  readonly what: "report" | "rectification";
}

/** Hears overdue reports (年检逾期接口); composition hands it to the annual inspection, which knows nothing of credit. */
export const proposalHooks = {
  async onOverdue(ctx: Context, organisation: OrganisationRow, fact: OverdueFact): Promise<void> {
    const report = fact.what === "report";
    await proposeListingFor(
      ctx,
      organisation,
      report ? "annual_report" : "rectification_overdue",
      report
        ? { annual_report: "missing", report_year: fact.year }
        : { rectification_notice: true, deadline_passed: true, fixed: false, rectification_due: fact.dueOn },
      `${fact.what}:${fact.id}`,
    );
  },
  async onReverted(ctx: Context, organisation: OrganisationRow, fact: OverdueFact): Promise<void> {
    await takeBackProposalFor(ctx, organisation, `${fact.what}:${fact.id}`);
  },
};
