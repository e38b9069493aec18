import { addDays } from "../../../kernel/clock/date.ts";
import { openDuties } from "../../../kernel/duty/duty.ts";
import { bump } from "../../../kernel/indicator/indicator.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { type PersonEvents, type PersonRow, resolveAlias } from "../../people/server/index.ts";
import { answerDuty, askAgainDuty, nameWorkerDuty, reassessDuty } from "../visiting-care.duties.ts";
import { carryDuties, openVisitDuties } from "./duties.store.ts";
import { endStay } from "./enrol.handlers.ts";
import type { EnrolmentRow } from "./enrolment.row.ts";
import { forgetAliases, holdEnrolment, lastMovementOn } from "./enrolment.store.ts";
import { blank, chosenWorker, copied, frequencyFor, halfYearOn, plannedParts } from "./enrolment.ts";
import {
  changeMarks,
  markBumps,
  marksAtEnd,
  marksAtReturn,
  markUnder,
  move,
  movement,
  save,
  takeOver,
} from "./ledger.ts";
import { carryHistory, dropMark, markOf, marksFrom } from "./marks.store.ts";
import { dutyFor } from "./record-visit.ts";
import { everInCare, hasOpenStay } from "./stays.queries.ts";
import type { MarkRow } from "./visit.row.ts";
import { validInMonth } from "./visits.store.ts";

const NAME_WORKER_DAYS = 7;
const ANSWER_DAYS = 30;
const later = (a: string, b: string | null) => (b !== null && b > a ? b : a);

/** Lives in another village of the same county: care goes along, and so does this month's mark. */
async function movedWithin(ctx: Context, before: EnrolmentRow, person: PersonRow, on: string): Promise<void> {
  if (before.division_code === person.division_code) return;
  // A move dated before an earlier change of the ledger counts from that change on: a month never falls below nobody.
  const from = later(on, await lastMovementOn(ctx.tx, before.id));
  const worker = await chosenWorker(ctx, person.division_code, before.worker_id ?? undefined);
  const able = worker ?? (await onlyWorker(ctx, person.division_code));
  const row = save(ctx, before, {
    ...before,
    ...copied(person),
    worker_id: able?.id ?? null,
    worker_name: able?.name ?? null,
    stand_in_id: null,
    stand_in_name: null,
  });
  const what = before.state === "enrolled" ? "enrolled" : before.state === "refused" ? "refused" : null;
  if (what) move(ctx, [movement(ctx, before, from, what, -1, "moved"), movement(ctx, row, from, what, 1, "moved")]);
  const marks = await marksFrom(ctx.tx, before.home_code, before.person_id, from.slice(0, 7));
  changeMarks(
    ctx,
    marks.map(({ first_at: _, ...mark }) => ({
      before: mark,
      after: { ...mark, recorded_division_code: row.division_code },
    })),
  );
  ctx.later(async (tx) => {
    await carryHistory(tx, row.home_code, [row.person_id, ...row.alias_ids], row.division_code);
    await carryDuties(tx, row.home_code, row.person_id, row.division_code, able?.id ?? null);
  });
  if (!able && row.state === "enrolled")
    openDuties(ctx, [dutyFor(row, nameWorkerDuty, { due: addDays(ctx.today, NAME_WORKER_DAYS) })]);
}

async function onlyWorker(ctx: Context, division: string) {
  return (await chosenWorker(ctx, division, undefined)) ?? null;
}

/** Lives in another county: care ends here with its history, and is proposed there. */
async function movedAway(ctx: Context, before: EnrolmentRow, person: PersonRow, on: string): Promise<void> {
  await endStay(ctx, before, "moved", later(on, await lastMovementOn(ctx.tx, before.id)));
  if (before.state === "refused" || (await hasOpenStay(ctx.tx, person.home_code, person.id))) return;
  const row = save(ctx, null, {
    ...blank(ctx, person, ctx.newId()),
    risk: before.risk,
    modes: before.modes,
    reason: `${before.division_code} → ${person.division_code}`,
    proposed_on: ctx.today,
  });
  openDuties(ctx, [dutyFor(row, answerDuty, { due: addDays(ctx.today, ANSWER_DAYS) })]);
}

/** Care of a merged row goes on under the one that stays; both months before and visits stay as they were written. */
async function mergedInto(ctx: Context, keep: PersonRow, merged: PersonRow): Promise<void> {
  const gone = await holdEnrolment(ctx.tx, merged.home_code, merged.id);
  const kept = await holdEnrolment(ctx.tx, keep.home_code, keep.id);
  if (!gone) return;
  const month = ctx.today.slice(0, 7);
  const mark = await markOf(ctx.tx, gone.home_code, gone.person_id, month);
  const open = gone.state !== "closed";
  const had = mark?.base === true && !mark.left_after;
  if (open) await endStay(ctx, gone, "merged", ctx.today, { merged_into: keep.id });
  const aliases = [merged.id, ...gone.alias_ids];
  const base = kept && kept.state !== "closed" ? kept : null;
  if (!open) {
    if (kept) await joinedLeft(ctx, kept, mark, aliases);
    return;
  }
  const plan = base?.state === "enrolled" || (base && gone.state !== "enrolled") ? base : gone;
  const newest = base && base.last_visit_sort > gone.last_visit_sort ? base : gone;
  const row = save(ctx, base, {
    ...plan,
    ...copied(keep),
    home_code: keep.home_code,
    id: base?.id ?? ctx.newId(),
    person_id: keep.id,
    agreed_by: plan === gone ? null : plan.agreed_by,
    refused_by: plan === gone ? null : plan.refused_by,
    alias_ids: [...new Set([...(kept?.alias_ids ?? []), ...aliases])],
    closed_no: 0,
    merged_into: base ? base.merged_into : merged.id,
    first_enrolled_on: earliest(base?.first_enrolled_on ?? null, gone.first_enrolled_on),
    last_visit_sort: newest.last_visit_sort,
    last_visit_id: newest.last_visit_id,
    last_visit_by: newest.last_visit_by,
    last_visit_device: newest.last_visit_device,
    last_mark: later(gone.last_mark, base?.last_mark ?? null),
    created_at: base?.created_at ?? ctx.now,
  });
  if (row.state === "enrolled" && base?.state !== "enrolled")
    move(ctx, [movement(ctx, row, ctx.today, "enrolled", 1, "merged")]);
  if (base?.state === "refused" && row.state !== "refused")
    move(ctx, [movement(ctx, base, ctx.today, "refused", -1, "merged")]);
  if (row.state === "refused" && base?.state !== "refused")
    move(ctx, [movement(ctx, row, ctx.today, "refused", 1, "merged")]);
  const own = await marksFrom(ctx.tx, keep.home_code, keep.id, month);
  if (row.state === "enrolled") {
    if (base?.state !== "enrolled") {
      changeMarks(ctx, marksAtReturn(own, row.division_code));
      openDuties(ctx, [waitingFor(ctx, row)]);
    }
    if (had && mark && !own.some((one) => one.month === month))
      changeMarks(ctx, [
        {
          before: null,
          after: { ...markUnder(row, mark), base: true, left_after: false },
        },
      ]);
    const parts = plannedParts(ctx, [{ per: row.per, min: row.min_visits }], month, ctx.today);
    ctx.later(async (tx) => {
      await openVisitDuties(tx, row.home_code, parts, { person: row.person_id, now: ctx.now });
    });
  }
}

/** A stay that had ended joins the one that goes on: who left after a visit of this month was visited once. */
async function joinedLeft(
  ctx: Context,
  kept: EnrolmentRow,
  mark: MarkRow | undefined,
  aliases: readonly string[],
): Promise<void> {
  const row = { ...kept, alias_ids: [...new Set([...kept.alias_ids, ...aliases])] };
  if (!mark?.base || !mark.left_after || !(await takeOver(ctx, kept, mark))) {
    save(ctx, kept, row);
    return;
  }
  save(ctx, kept, { ...row, last_mark: later(kept.last_mark, mark.month) });
  changeMarks(ctx, [{ before: mark, after: { ...mark, base: false, left_after: false } }]);
}

const wasEnrolled = (row: EnrolmentRow) =>
  row.enrolled_on !== null && (row.refused_on === null || row.refused_on < row.enrolled_on);

const earliest = (a: string | null, b: string | null) => (a === null ? b : b === null || a < b ? a : b);

/** What a stay that is taken up again waits for: an answer, being asked again, or being reassessed. */
function waitingFor(ctx: Context, row: EnrolmentRow) {
  if (row.state === "enrolled")
    return dutyFor(row, reassessDuty, { due: row.reassess_on ?? halfYearOn(ctx, row.division_code, ctx.today) });
  if (row.state === "refused")
    return dutyFor(row, askAgainDuty, { due: row.ask_again_on ?? halfYearOn(ctx, row.division_code, ctx.today) });
  return dutyFor(row, answerDuty, { due: addDays(ctx.today, ANSWER_DAYS) });
}

/** A merged person is one of their own again: care is taken up where it stood, and what the merge had begun ends. */
async function apartAgain(ctx: Context, keep: PersonRow, person: PersonRow): Promise<void> {
  const gone = await holdEnrolment(ctx.tx, person.home_code, person.id);
  // Whoever it was merged into may have been merged on: the stay that goes on is that of the last.
  const kept = await holdEnrolment(ctx.tx, keep.home_code, await resolveAlias(ctx.tx, keep.id));
  const month = ctx.today.slice(0, 7);
  if (kept) {
    const apart = [person.id, ...(gone?.alias_ids ?? [])];
    const aliases = kept.alias_ids.filter((one) => !apart.includes(one));
    // Stays that ended while they were one knew the other id too.
    ctx.later((tx) => forgetAliases(tx, kept.home_code, apart));
    const begun = kept.merged_into === person.id && kept.state !== "closed";
    const mark = await markOf(ctx.tx, kept.home_code, kept.person_id, month);
    const own = await validInMonth(ctx.tx, kept.home_code, [kept.person_id, ...aliases], month);
    // A mark that rests on a visit of the other only is no longer this person's.
    const borrowed = mark && own.length === 0 ? mark : undefined;
    if (borrowed) {
      ctx.later((tx) => dropMark(tx, borrowed));
      bump(ctx, markBumps(borrowed, -1));
    }
    const row: EnrolmentRow = { ...kept, alias_ids: aliases, last_mark: borrowed ? "" : kept.last_mark };
    if (begun) await endStay(ctx, row, "merged", ctx.today, { merged_into: null });
    else save(ctx, kept, row);
  }
  if (gone?.state === "closed" && gone.closed_ground !== "merged" && gone.closed_on?.startsWith(month)) {
    // Left before the merge, in this month: its own visit counts again.
    if (wasEnrolled(gone))
      changeMarks(
        ctx,
        marksAtEnd(await marksFrom(ctx.tx, gone.home_code, gone.person_id, month), gone.closed_on, "closed"),
      );
    return;
  }
  if (gone?.state !== "closed" || gone.closed_ground !== "merged" || gone.merged_into !== keep.id) return;
  const enrolled = wasEnrolled(gone);
  const state = enrolled ? "enrolled" : gone.refused_on !== null ? "refused" : "proposed";
  const row = save(ctx, gone, {
    ...gone,
    ...copied(person),
    state,
    closed_no: 0,
    closed_on: null,
    closed_ground: null,
    merged_into: null,
    reassess_on: enrolled ? halfYearOn(ctx, person.division_code, ctx.today) : null,
  });
  openDuties(ctx, [waitingFor(ctx, row)]);
  if (state !== "proposed") move(ctx, [movement(ctx, row, ctx.today, state, 1, "merged")]);
  if (!enrolled) return;
  changeMarks(ctx, marksAtReturn(await marksFrom(ctx.tx, row.home_code, row.person_id, month), row.division_code));
  const parts = plannedParts(ctx, [{ per: row.per, min: row.min_visits }], month, ctx.today);
  ctx.later(async (tx) => {
    await openVisitDuties(tx, row.home_code, parts, { person: row.person_id, now: ctx.now });
  });
}

/** What visiting care does when something happens to a person (人员变动). */
export const careEvents: PersonEvents = {
  async moved(ctx, before, after, on) {
    const stay = await holdEnrolment(ctx.tx, before.home_code, before.id);
    if (before.home_code === after.home_code) {
      if (stay && stay.state !== "closed") await movedWithin(ctx, stay, after, on);
    } else if (stay && stay.state !== "closed") await movedAway(ctx, stay, after, on);
  },
  async ended(ctx, person, ground, on) {
    const stay = await holdEnrolment(ctx.tx, person.home_code, person.id);
    if (!stay || stay.state === "closed") return;
    const at = later(on, await lastMovementOn(ctx.tx, stay.id));
    await endStay(ctx, stay, ground === "deceased" ? "deceased" : "out_of_scope", at);
  },
  async merged(ctx, keep, merged, undone) {
    if (undone) await apartAgain(ctx, keep, merged);
    else await mergedInto(ctx, keep, merged);
  },
  async changed(ctx, before, after) {
    const stay = await holdEnrolment(ctx.tx, after.home_code, after.id);
    if (!stay || stay.state === "closed") return;
    const row = { ...stay, ...copied(after), division_code: stay.division_code };
    if (stay.state !== "enrolled" || before.categories.join() === after.categories.join()) {
      save(ctx, stay, row);
      return;
    }
    const { decision, per, min } = frequencyFor(ctx, after, stay.risk);
    if (per === stay.per && min === stay.min_visits) save(ctx, stay, row);
    else {
      save(ctx, stay, { ...row, per, min_visits: min, decision_id: decision });
      const parts = plannedParts(ctx, [{ per, min }], ctx.today.slice(0, 7), ctx.today);
      ctx.later(async (tx) => {
        await openVisitDuties(tx, row.home_code, parts, { person: row.person_id, now: ctx.now });
      });
    }
  },
  holds: (ctx, ids) => everInCare(ctx.tx, ids),
};
