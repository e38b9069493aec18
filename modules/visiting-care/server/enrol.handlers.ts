import { addDays } from "../../../kernel/clock/date.ts";
import { fulfilDuty, openDuties } from "../../../kernel/duty/duty.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { seal } from "../../../kernel/vault/seal.ts";
import { lockPerson, type PersonRow, resolveAlias } from "../../people/server/index.ts";
import { close, enrol, propose, refuse } from "../enrolment.contract.ts";
import { partOf } from "../plan.ts";
import { answerDuty, askAgainDuty, nameWorkerDuty, reassessDuty } from "../visiting-care.duties.ts";
import { cancelCareDuties, openVisitDuties } from "./duties.store.ts";
import type { EnrolmentRow } from "./enrolment.row.ts";
import { holdEnrolment } from "./enrolment.store.ts";
import { blank, chosenWorker, copied, frequencyFor, halfYearOn, inScope, plannedParts } from "./enrolment.ts";
import { changeMarks, marksAtEnd, marksAtReturn, move, movement, save } from "./ledger.ts";
import { carryHistory, marksFrom } from "./marks.store.ts";
import { dutyFor } from "./record-visit.ts";
import { lastClosedNo } from "./stays.queries.ts";

const ANSWER_DAYS = 30;
const NAME_WORKER_DAYS = 7;

type Found = Context<"visiting-care/unknown-person">;

/** The person an act is about, held in the actor's own register; an alias is followed. */
async function personOf(ctx: Found, id: string): Promise<PersonRow> {
  const person = await lockPerson(ctx.tx, id);
  if (person && person.state !== "merged") return person;
  const kept = await lockPerson(ctx.tx, await resolveAlias(ctx.tx, id));
  return kept ?? ctx.fail("visiting-care/unknown-person", { id });
}

export function tell(ctx: Context, event: string, row: EnrolmentRow, facts: Record<string, unknown> = {}): void {
  ctx.journal(event, { kind: "person", id: row.person_id, home: row.home_code, division: row.division_code }, facts);
}

const answerOf = (row: EnrolmentRow) => ({
  id: row.id,
  personId: row.person_id,
  state: row.state,
  version: row.version,
});

const proposing = handle(propose)(async (input, ctx) => {
  const person = await personOf(ctx, input.personId);
  const known = await holdEnrolment(ctx.tx, person.home_code, person.id);
  if (known && known.id === input.id) return answerOf(known);
  if (known && known.state !== "closed") return ctx.fail("visiting-care/already-in-care", { state: known.state });
  if (person.state !== "present") return ctx.fail("visiting-care/not-present", { state: person.state });
  if (!inScope(ctx, person, ctx.today))
    return ctx.fail("visiting-care/out-of-scope", { categories: person.categories });
  const worker = await chosenWorker(ctx, person.division_code, undefined);
  const row = save(ctx, null, {
    ...blank(ctx, person, input.id ?? ctx.newId()),
    risk: input.risk,
    reason: input.reason,
    campaign_id: input.campaignId ?? null,
    proposed_on: ctx.today,
    worker_id: worker?.id ?? null,
    worker_name: worker?.name ?? null,
  });
  openDuties(ctx, [dutyFor(row, answerDuty, { due: addDays(ctx.today, ANSWER_DAYS) })]);
  tell(ctx, "care-proposed", row, { risk: row.risk });
  return answerOf(row);
});

const refusing = handle(refuse)(async (input, ctx) => {
  const person = await personOf(ctx, input.personId);
  const before = await holdEnrolment(ctx.tx, person.home_code, person.id);
  if (!before || before.state === "closed") return ctx.fail("visiting-care/not-in-care", {});
  const since = before.state === "enrolled" ? before.enrolled_on : before.proposed_on;
  if (input.on > ctx.today || (since !== null && input.on < since))
    return ctx.fail("visiting-care/period-impossible", { on: input.on, from: since, today: ctx.today });
  const askAgain = halfYearOn(ctx, before.division_code, input.on);
  const row = save(ctx, before, {
    ...before,
    state: "refused",
    refused_on: input.on,
    refused_by: seal(ctx.house.keys, input.by, `care_enrolment/${before.id}/refused_by`),
    refused_reason: input.reason,
    evidence_id: input.evidenceId ?? before.evidence_id,
    ask_again_on: askAgain,
    next_due_on: null,
    reassess_on: null,
  });
  if (before.state === "enrolled") {
    move(ctx, [movement(ctx, before, input.on, "enrolled", -1, "refused")]);
    const marks = await marksFrom(ctx.tx, before.home_code, before.person_id, input.on.slice(0, 7));
    changeMarks(ctx, marksAtEnd(marks, input.on, "refused"));
  }
  if (before.state !== "refused") move(ctx, [movement(ctx, before, input.on, "refused", 1, "refused")]);
  ctx.later((tx) => cancelCareDuties(tx, row.home_code, row.person_id, ctx.now, "refused"));
  openDuties(ctx, [dutyFor(row, askAgainDuty, { due: askAgain })]);
  tell(ctx, "care-refused", row, { on: input.on, askAgain });
  return answerOf(row);
});

/** What a new stay knows of the one before: whom it was visited as, and when last. */
function remembered(known: EnrolmentRow) {
  const { alias_ids, last_visit_sort, last_visit_id, last_visit_by, last_visit_device, last_mark } = known;
  return { alias_ids, last_visit_sort, last_visit_id, last_visit_by, last_visit_device, last_mark };
}

const enrolling = handle(enrol)(async (input, ctx) => {
  const person = await personOf(ctx, input.personId);
  const from = input.from ?? ctx.today;
  const known = await holdEnrolment(ctx.tx, person.home_code, person.id);
  if (known?.state === "enrolled") return ctx.fail("visiting-care/already-in-care", { state: known.state });
  if (person.state !== "present") return ctx.fail("visiting-care/not-present", { state: person.state });
  const agreed = input.agreedOn ?? from;
  const after = known?.state === "closed" ? known.closed_on : known?.state === "refused" ? known.refused_on : null;
  if (from > ctx.today || agreed > ctx.today || agreed > from || (after !== null && from < after))
    return ctx.fail("visiting-care/period-impossible", { from, agreedOn: agreed, after, today: ctx.today });
  if (!inScope(ctx, person, from))
    return ctx.fail("visiting-care/out-of-scope", { categories: person.categories, bornOn: person.born_on });
  const worker = await chosenWorker(ctx, person.division_code, input.workerId);
  const standIn = input.standInId ? await chosenWorker(ctx, person.division_code, input.standInId) : null;
  if (worker === undefined || standIn === undefined)
    return ctx.fail("visiting-care/unknown-worker", { division: person.division_code });

  const { decision, ...frequency } = frequencyFor(ctx, person, input.risk);
  const before = known && known.state !== "closed" ? known : null;
  const fresh = before ?? { ...blank(ctx, person, ctx.newId()), ...(known ? remembered(known) : {}) };
  const reassessOn = halfYearOn(ctx, person.division_code, from);
  const agreedBy = input.agreedBy ?? person.name;
  const row = save(ctx, before, {
    ...fresh,
    ...copied(person),
    state: "enrolled",
    risk: input.risk,
    modes: input.modes,
    per: frequency.per,
    min_visits: frequency.min,
    worker_id: worker?.id ?? null,
    worker_name: worker?.name ?? null,
    stand_in_id: standIn?.id ?? null,
    stand_in_name: standIn?.name ?? null,
    agreed_by: seal(ctx.house.keys, agreedBy, `care_enrolment/${fresh.id}/agreed_by`),
    agreed_on: agreed,
    evidence_id: input.evidenceId ?? fresh.evidence_id,
    first_enrolled_on: fresh.first_enrolled_on ?? from,
    enrolled_on: from,
    ask_again_on: null,
    reassess_on: reassessOn,
    next_due_on: partOf(frequency, ctx.today).to,
    decision_id: decision,
  });
  move(ctx, [
    movement(ctx, row, from, "enrolled", 1, "enrolled"),
    ...(before?.state === "refused" ? [movement(ctx, row, from, "refused", -1, "enrolled")] : []),
  ]);
  if (known) {
    const marks = await marksFrom(ctx.tx, row.home_code, row.person_id, from.slice(0, 7));
    changeMarks(ctx, marksAtReturn(marks, row.division_code));
    if (known.division_code !== row.division_code)
      ctx.later((tx) => carryHistory(tx, row.home_code, [row.person_id, ...row.alias_ids], row.division_code));
  }
  const parts = plannedParts(ctx, [frequency], ctx.today.slice(0, 7), ctx.today);
  ctx.later(async (tx) => {
    await openVisitDuties(tx, row.home_code, parts, { person: row.person_id, now: ctx.now });
  });
  fulfilDuty(ctx, answerDuty, row.home_code, row.person_id);
  fulfilDuty(ctx, askAgainDuty, row.home_code, row.person_id);
  openDuties(ctx, [
    dutyFor(row, reassessDuty, { due: reassessOn }),
    ...(worker ? [] : [dutyFor(row, nameWorkerDuty, { due: addDays(ctx.today, NAME_WORKER_DAYS) })]),
  ]);
  tell(ctx, "care-enrolled", row, { risk: row.risk, per: row.per, min: row.min_visits, from });
  return { ...answerOf(row), frequency, reassessOn, decisionId: decision, duties: parts.length };
});

/** Ends a stay on a day (结案): row, ledger, marks, duties. Used by the command and by what happens to a person. */
export async function endStay(
  ctx: Context,
  before: EnrolmentRow,
  ground: NonNullable<EnrolmentRow["closed_ground"]>,
  on: string,
  more: Partial<EnrolmentRow> = {},
): Promise<EnrolmentRow> {
  const row = save(ctx, before, {
    ...before,
    state: "closed",
    closed_no: (await lastClosedNo(ctx.tx, before.home_code, before.person_id)) + 1,
    closed_on: on,
    closed_ground: ground,
    next_due_on: null,
    reassess_on: null,
    ask_again_on: null,
    ...more,
  });
  if (before.state === "enrolled") {
    move(ctx, [movement(ctx, before, on, "enrolled", -1, ground === "merged" ? "merged" : "closed")]);
    const marks = await marksFrom(ctx.tx, before.home_code, before.person_id, on.slice(0, 7));
    changeMarks(ctx, marksAtEnd(marks, on, ground === "merged" ? "merged" : "closed"));
  }
  if (before.state === "refused") move(ctx, [movement(ctx, before, on, "refused", -1, "closed")]);
  ctx.later((tx) => cancelCareDuties(tx, row.home_code, row.person_id, ctx.now, `closed-${ground}`));
  tell(ctx, "care-closed", row, { ground, on });
  return row;
}

const closing = handle(close)(async (input, ctx) => {
  const person = await personOf(ctx, input.personId);
  const before = await holdEnrolment(ctx.tx, person.home_code, person.id);
  if (!before || before.state === "closed") return ctx.fail("visiting-care/not-in-care", {});
  const since = before.state === "refused" ? before.refused_on : (before.enrolled_on ?? before.proposed_on);
  if (input.on > ctx.today || (since !== null && input.on < since))
    return ctx.fail("visiting-care/period-impossible", { on: input.on, from: since, today: ctx.today });
  const row = await endStay(ctx, before, input.ground, input.on, input.reason ? { reason: input.reason } : {});
  return answerOf(row);
});

export const enrolHandlers = [proposing, refusing, enrolling, closing];
