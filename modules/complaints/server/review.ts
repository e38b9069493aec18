import { addDays } from "../../../kernel/clock/date.ts";
import { openDuties } from "../../../kernel/duty/duty.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { findInstance, takeTransition } from "../../../kernel/procedure/procedure.ts";
import { complaintProcedure } from "../complaints.procedure.ts";
import { reviewDuty } from "./complaints.duties.ts";
import { type ReceiptRow, readReceipt } from "./complaints.queries.ts";
import { type ComplaintRow, loadComplaint, updateComplaint, updateReceipt } from "./complaints.store.ts";
import { termOf } from "./terms.ts";

/** The last day on which a review may be asked for (申请复核期限); null when none may: not answered, or asked for before. */
export function reviewUntil(ctx: Context<never>, row: ReceiptRow): string | null {
  if (row.answered_on === null || row.answer === null || row.review_asked_on !== null) return null;
  const days = Number(ctx.house.settings.on("complaints.review-days", row.answered_on, row.home_code));
  return addDays(row.answered_on, days);
}

/** Why a review cannot be asked for. */
export type NoReview = "unknown" | "not-answered" | "asked-before" | "too-late";

/**
 * Asks once that somebody else looks at an answer again (申请复核), by number and receipt. The door can neither read nor change
 * a complaint: the step is taken as the system role, after the secret has opened its own row.
 */
export async function askReview(
  ctx: Context<never>,
  given: { readonly number: string; readonly receipt: string; readonly reason: string },
): Promise<{ readonly number: string; readonly answerBy: string } | NoReview> {
  const receipt = await readReceipt(ctx.tx, given.number, given.receipt);
  if (!receipt) return "unknown";
  if (receipt.review_asked_on !== null) return "asked-before";
  const until = reviewUntil(ctx, receipt);
  if (until === null) return "not-answered";
  if (ctx.today > until) return "too-late";
  await ctx.tx.assume({ kind: "system" });
  const before = (await loadComplaint(ctx.tx, receipt.id)) as ComplaintRow;
  const instance = await findInstance(ctx.tx, before.procedure_id);
  if (!instance) throw new Error(`complaint ${before.id} has no procedure`);
  await takeTransition(ctx, complaintProcedure, "ask-review", instance);
  const after: ComplaintRow = {
    ...before,
    state: "reviewing",
    review_asked_on: ctx.today,
    review_reason: given.reason,
  };
  const due = termOf(ctx, "complaints.review-working-days", before.division_code);
  ctx.later(async (tx) => {
    await updateComplaint(tx, after, ctx.now);
    await updateReceipt(tx, after);
  });
  const { home_code: home, division_code: division, id: subject, number: label } = before;
  openDuties(ctx, [{ kind: reviewDuty, home, division, subject, label, link: `/complaints/${subject}`, due }]);
  ctx.journal("complaint-review-asked", { kind: "complaint", id: subject, home, division }, { number: label });
  return { number: label, answerBy: due };
}
