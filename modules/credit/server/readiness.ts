import type { Context } from "../../../kernel/operation/context.ts";
import type { Missing } from "../../../kernel/procedure/procedure.ts";
import { groundOf } from "../credit.catalogue.ts";
import type { ListingRow } from "./credit.store.ts";
import {
  type Ask,
  abnormalRemove,
  decideGround,
  type GroundDecision,
  keep,
  listingAllowed,
  look,
  seriousRemove,
  unmet,
} from "./grounds.ts";

/** What a decider brings to the decision beside the file. */
export interface DecisionInput {
  readonly reasons?: string;
  readonly remedy?: string;
  readonly certificateReasons?: string;
}

const beforeDecision = ["proposed", "noticed", "stated", "answered"];

/** Evidence: files, a note where it lies, or the system's own records when the system or another module proposed. */
function hasEvidence(listing: ListingRow): boolean {
  return (
    listing.evidence.length > 0 ||
    typeof listing.facts.evidence_note === "string" ||
    ["run", "module"].includes(listing.origin)
  );
}

/**
 * Every step that is still missing before a listing may be decided (列入决定缺项), by the rules: the ground asked anew with
 * today's facts, and the steps that must lie behind a decision. Nothing missing = lawful. Both decisions are kept.
 */
export function missingForDecision(
  ctx: Context,
  listing: ListingRow,
  facts: Record<string, unknown>,
  input: DecisionInput,
  ask: Ask = keep,
): { readonly missing: Missing[]; readonly ground: GroundDecision; readonly steps: string } {
  const at = { home: listing.home_code, division: listing.division_code };
  const missing: Missing[] = [];
  if (!beforeDecision.includes(listing.state))
    missing.push({ code: "credit/not-underway", facts: { state: listing.state } });

  const certified = listing.certificate_on !== null;
  const ground = decideGround(
    ctx,
    { listing: listing.id, list: listing.list, ground: listing.ground, ...at },
    facts,
    certified && !input.certificateReasons,
    ask,
  );
  if (certified && ground.discretion)
    missing.push({ code: "credit/certificate-unanswered", facts: { on: listing.certificate_on } });

  const { id, decision } = ask(
    ctx,
    listingAllowed,
    {
      ground_proved: ground.list || ground.discretion,
      evidence: hasEvidence(listing),
      notice_served: listing.notice_served_on,
      statement_received: listing.stated_on,
      statement_considered: listing.answered_on !== null && listing.state !== "stated",
      reasons: Boolean(input.reasons),
      remedy_told: Boolean(input.remedy),
      ...(listing.proposed_by ? { proposer: listing.proposed_by } : {}),
      decider: ctx.actor.accountId ?? "system",
      today: ctx.today,
    },
    { subject: listing.id, ...at },
  );
  const until = listing.statement_due_on;
  for (const one of decision.output.missing) {
    if (one === "ground_proved")
      missing.push({ code: "credit/rule-does-not-list", facts: { unmet: unmet(ground.decision) } });
    else if (one === "evidence") missing.push({ code: "credit/evidence-missing" });
    else if (one === "notice_served") missing.push({ code: "credit/notice-not-served" });
    else if (one === "statement_considered")
      missing.push({ code: "credit/statement-unanswered", facts: { stated: listing.stated_on } });
    else if (one === "reasons") missing.push({ code: "credit/reasons-missing" });
    else if (one === "remedy_told") missing.push({ code: "credit/remedy-missing" });
    else if (one === "second_person") missing.push({ code: "credit/same-hand" });
  }
  // The period belongs to the organisation to its last day: an answered statement can still be added to.
  if (until !== null && ctx.today <= until) missing.push({ code: "credit/statement-period-runs", facts: { until } });
  const hands = [listing.notice_issued_by, listing.notice_recorded_by, listing.answered_by];
  if (
    ctx.actor.accountId &&
    hands.includes(ctx.actor.accountId) &&
    !missing.some((one) => one.code === "credit/same-hand")
  ) {
    missing.push({ code: "credit/same-hand" });
  }
  return { missing, ground, steps: id };
}

const onList = ["listed", "removal-applied", "removal-verified"];

/**
 * What is missing before an organisation may leave a list (移出决定缺项), and by when it must, by the rule of the list. The
 * decision is kept.
 */
export function missingForRemoval(
  ctx: Context,
  listing: ListingRow,
  organisation: { readonly status: string },
  ask: Ask = keep,
): { readonly missing: Missing[]; readonly rule: string; readonly dueOn: string | null } {
  const missing: Missing[] = [];
  const about = { subject: listing.id, home: listing.home_code, division: listing.division_code };
  if (!onList.includes(listing.state)) {
    return { missing: [{ code: "credit/not-standing", facts: { state: listing.state } }], rule: "", dueOn: null };
  }
  const restarted = listing.clock_from !== null && listing.listed_on !== null && listing.clock_from > listing.listed_on;
  const shared = {
    listed: listing.listed_on ?? undefined,
    ground: listing.clock_ground ?? listing.ground,
    obligation_fulfilled: listing.put_right_on ?? false,
    applied: appliedInTime(listing),
    today: ctx.today,
  };
  const hands = [listing.removal_verified_by];
  if (ctx.actor.accountId && hands.includes(ctx.actor.accountId)) missing.push({ code: "credit/same-hand" });

  if (listing.list === "serious") {
    const { id, decision } = ask(
      ctx,
      seriousRemove,
      {
        ...shared,
        ...(restarted ? { new_abnormal_event: listing.clock_from } : {}),
        deregistered: organisation.status === "deregistered",
      },
      about,
    );
    const exOfficio = decision.output.by !== undefined;
    if (!decision.output.remove) missing.push(...explainSerious(listing, ctx.today, organisation.status));
    else if (!exOfficio && listing.state !== "removal-verified") missing.push({ code: "credit/removal-not-verified" });
    return { missing, rule: id, dueOn: listing.removal_due_on };
  }

  const lapses = groundOf("abnormal", shared.ground)?.rectifiable === false;
  // The fifth working day after verification was fixed when it was verified; the rule is asked whether, not when.
  const { id, decision } = ask(
    ctx,
    abnormalRemove,
    {
      ...shared,
      verified: listing.state === "removal-verified",
      ...(restarted ? { relisted_event: listing.clock_from } : {}),
    },
    about,
  );
  const { output } = decision;
  if (output.move_to) missing.push({ code: "credit/two-years-over", facts: { on: listing.two_years_on } });
  else if (!output.remove) {
    if (lapses) missing.push({ code: "credit/six-months-run", facts: { until: listing.six_months_on } });
    else missing.push(...explainAbnormal(listing));
  } else if (!lapses && listing.state !== "removal-verified") missing.push({ code: "credit/removal-not-verified" });
  const until = listing.six_months_on;
  if (!lapses && until !== null && ctx.today < until) missing.push({ code: "credit/six-months-run", facts: { until } });
  return { missing, rule: id, dueOn: listing.removal_due_on };
}

/** The same for a page: what would still be missing if reasons and remedy were written now. Keeps nothing. */
export function missingForDecisionNow(ctx: Context, listing: ListingRow): Missing[] {
  return missingForDecision(ctx, listing, listing.facts, { reasons: "-", remedy: "-" }, look).missing;
}

/** The same for a page. Keeps nothing. */
export function missingForRemovalNow(
  ctx: Context,
  listing: ListingRow,
  organisation: { readonly status: string },
): Missing[] {
  return missingForRemoval(ctx, listing, organisation, look).missing;
}

/** Applied, and on the abnormal list before two years were over: how long the registrar takes to verify harms nobody. */
function appliedInTime(listing: ListingRow): boolean {
  const applied = listing.removal_applied_on;
  return (
    applied !== null && (listing.list === "serious" || listing.two_years_on === null || applied < listing.two_years_on)
  );
}

function explainAbnormal(listing: ListingRow): Missing[] {
  const missing: Missing[] = [];
  if (listing.removal_applied_on === null) missing.push({ code: "credit/removal-not-applied" });
  if (listing.put_right_on === null) missing.push({ code: "credit/not-put-right" });
  if (listing.state !== "removal-verified") missing.push({ code: "credit/removal-not-verified" });
  return missing;
}

function explainSerious(listing: ListingRow, today: string, status: string): Missing[] {
  if (listing.ground === "certificate_revoked") return [{ code: "credit/not-deregistered", facts: { status } }];
  const missing: Missing[] = [];
  if (listing.removal_applied_on === null) missing.push({ code: "credit/removal-not-applied" });
  if (listing.ground === "abnormal_24_months" && listing.put_right_on === null)
    missing.push({ code: "credit/not-put-right" });
  if (listing.two_years_on !== null && today < listing.two_years_on)
    missing.push({ code: "credit/two-years-run", facts: { until: listing.two_years_on } });
  return missing;
}
