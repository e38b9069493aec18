import { daysBetween } from "../../../kernel/clock/date.ts";
import { fulfilDuty } from "../../../kernel/duty/duty.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { readCursor, writeCursor } from "../../../kernel/operation/cursor.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import {
  findInstance,
  type Instance,
  obstacles,
  type StepRecord,
  takeTransition,
} from "../../../kernel/procedure/procedure.ts";
import { maskedFields } from "../../../kernel/vault/fields.ts";
import {
  acceptComplaint,
  answerReview,
  assignComplaint,
  type ComplaintLine,
  closeComplaint,
  getComplaint,
  listComplaints,
  refuseComplaint,
  replyToComplaint,
} from "../complaints.contract.ts";
import { complaintProcedure } from "../complaints.procedure.ts";
import { acceptDuty, reviewDuty } from "./complaints.duties.ts";
import { complaintPage, countComplaints, type Filter, stepsOf } from "./complaints.queries.ts";
import { type ComplaintRow, loadComplaint, updateComplaint, updateReceipt } from "./complaints.store.ts";
import { termOf } from "./terms.ts";

function lineOf(ctx: Context<never>, row: ComplaintRow): ComplaintLine {
  return {
    id: row.id,
    number: row.number,
    about: row.about,
    organisationId: row.organisation_id,
    organisation: row.organisation_name,
    division: row.division_code,
    state: row.state,
    receivedOn: row.received_on,
    dueOn: row.due_on,
    daysLeft: daysBetween(ctx.today, row.due_on),
    answerBy:
      row.state === "reviewing" && row.review_asked_on !== null
        ? termOf(ctx, "complaints.review-working-days", row.division_code, row.review_asked_on)
        : null,
  };
}

/** Counting further than anybody reads costs more than it tells. */
const COUNTED = 10_000;

const list = handle(listComplaints)(async (input, ctx) => {
  const filter: Filter = { state: input.state, organisation: input.organisationId };
  const after = readCursor(input.after, ["number", "id"]);
  const rows = await complaintPage(ctx.tx, { ...filter, after, limit: input.limit + 1 });
  const counted = await countComplaints(ctx.tx, filter, ctx.today, COUNTED + 1);
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    complaints: shown.map((row) => lineOf(ctx as Context<never>, row)),
    total: { value: Math.min(counted.total, COUNTED), exact: counted.total <= COUNTED },
    overdue: counted.overdue,
    next: last && rows.length > input.limit ? writeCursor([last.list_place, last.id]) : null,
  };
});

async function instanceOf(ctx: Context<never>, row: ComplaintRow): Promise<Instance> {
  const instance = await findInstance(ctx.tx, row.procedure_id);
  if (!instance) throw new Error(`complaint ${row.id} has no procedure`);
  return instance;
}

const sealable = ["complainant_name", "complainant_contact"] as const;

const get = handle(getComplaint)(async (input, ctx) => {
  const row = await loadComplaint(ctx.tx, input.id);
  if (!row) return ctx.fail("complaints/unknown", { id: input.id });
  const instance = await instanceOf(ctx, row);
  const masked = (await maskedFields(ctx.tx, [row.id])).get(row.id) ?? {};
  const acts = [];
  for (const [act, transition] of Object.entries(complaintProcedure.transitions)) {
    if (transition.from.includes("")) continue;
    const missing = await obstacles(ctx.tx, ctx.actor, ctx.today, complaintProcedure, act, instance);
    const foreign = row.home_code === ctx.actor.home ? [] : ["complaints/not-your-register"];
    acts.push({ act, operation: transition.operation, obstacles: [...missing.map((one) => one.code), ...foreign] });
  }
  return {
    ...lineOf(ctx as Context<never>, row),
    text: row.text,
    sealed: sealable.filter((field) => field in masked),
    handler: row.handler,
    responsible: row.responsible,
    answer: row.answer,
    review:
      row.review_asked_on === null
        ? null
        : {
            askedOn: row.review_asked_on,
            reason: row.review_reason ?? "",
            answer: row.review_answer,
            answeredOn: row.reviewed_on,
          },
    steps: (await stepsOf(ctx.tx, row)).map((step) => ({
      act: step.transition,
      state: step.to_state,
      at: step.at.toISOString(),
      by: step.actor_label,
      own: step.actor_id !== null && step.actor_id === ctx.actor.accountId,
    })),
    acts,
  };
});

type Code = "complaints/unknown" | "complaints/not-your-register";

/** One act on a complaint: permitted step, new row, the sender's receipt, the duty, the journal. */
async function act(
  ctx: Context<Code>,
  id: string,
  name: "accept" | "not-ours" | "assign" | "reply" | "close" | "answer-review",
  change: Partial<ComplaintRow>,
  record: StepRecord = {},
) {
  const before = await loadComplaint(ctx.tx, id);
  if (!before) return ctx.fail("complaints/unknown", { id });
  if (before.home_code !== ctx.actor.home)
    return ctx.fail("complaints/not-your-register", { division: before.division_code });
  const instance = await takeTransition(ctx, complaintProcedure, name, await instanceOf(ctx, before), record);
  const after = { ...before, ...change, state: instance.state as ComplaintRow["state"] };
  if ((await updateComplaint(ctx.tx, after, ctx.now)) !== 1)
    return ctx.fail("complaints/not-your-register", { division: before.division_code });
  ctx.later((tx) => updateReceipt(tx, after));
  if (before.state === "reviewing") fulfilDuty(ctx, reviewDuty, before.home_code, before.id);
  if (before.state === "received") fulfilDuty(ctx, acceptDuty, before.home_code, before.id);
  ctx.journal(
    `complaint-${instance.state.replace("_", "-")}`,
    { kind: "complaint", id, home: before.home_code, division: before.division_code },
    { number: before.number, onTime: before.accepted_on !== null || ctx.today <= before.due_on },
  );
  return { id, number: after.number, state: after.state };
}

const accept = handle(acceptComplaint)((input, ctx) => act(ctx, input.id, "accept", { accepted_on: ctx.today }));

const notOurs = handle(refuseComplaint)((input, ctx) =>
  act(
    ctx,
    input.id,
    "not-ours",
    { answered_on: ctx.today, responsible: input.responsible },
    { note: { responsible: input.responsible } },
  ),
);

const assign = handle(assignComplaint)((input, ctx) =>
  act(ctx, input.id, "assign", { handler: input.handler }, { note: { handler: input.handler } }),
);

const close = handle(closeComplaint)((input, ctx) => act(ctx, input.id, "close", {}));

const reply = handle(replyToComplaint)((input, ctx) =>
  act(ctx, input.id, "reply", { answered_on: ctx.today, answer: input.text }),
);

const review = handle(answerReview)((input, ctx) =>
  act(ctx, input.id, "answer-review", { reviewed_on: ctx.today, review_answer: input.text }),
);

export const complaintHandlers = [list, get, accept, notOurs, assign, reply, review, close];
