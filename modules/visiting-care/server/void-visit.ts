import { bump } from "../../../kernel/indicator/indicator.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { resolveAlias } from "../../people/server/index.ts";
import { voidVisit } from "../visits.contract.ts";
import { never } from "./enrolment.row.ts";
import { holdEnrolment } from "./enrolment.store.ts";
import { markBumps, save } from "./ledger.ts";
import { dropMark, markOf, putMarks } from "./marks.store.ts";
import { visitBump } from "./record-visit.ts";
import { stayById } from "./stays.queries.ts";
import { countAgain, loadVisit, markVoid, newestValid, validInMonth } from "./visits.store.ts";

/**
 * Takes a visit back (作废): it stays readable and no longer counts. The mark of its month goes when no other valid visit is
 * left in it; a visit that had been the second of two at once is counted instead.
 */
const voiding = handle(voidVisit)(async (input, ctx) => {
  const seen = await loadVisit(ctx.tx, input.id);
  if (!seen || seen.home_code !== ctx.actor.home) return ctx.fail("visiting-care/unknown-visit", { id: input.id });
  const owner = await stayById(ctx.tx, seen.home_code, seen.enrolment_id);
  const person = owner?.person_id ?? seen.person_id;
  const stay =
    (await holdEnrolment(ctx.tx, seen.home_code, await resolveAlias(ctx.tx, person))) ??
    (await holdEnrolment(ctx.tx, seen.home_code, person));
  if (!stay) return ctx.fail("visiting-care/unknown-visit", { id: input.id });
  const visit = await loadVisit(ctx.tx, input.id);
  if (!visit) return ctx.fail("visiting-care/unknown-visit", { id: input.id });
  if (visit.voided_on !== null) return ctx.fail("visiting-care/already-void", { on: visit.voided_on });
  const home = visit.home_code;
  const persons = [...new Set([stay.person_id, ...stay.alias_ids, visit.person_id])];
  ctx.later((tx) => markVoid(tx, home, visit.id, { on: ctx.today, reason: input.reason, by: ctx.actor.displayName }));
  const others = (await validInMonth(ctx.tx, home, persons, visit.month)).filter((one) => one.id !== visit.id);
  bump(ctx, visitBump(visit, -1));
  const heir =
    visit.counts && !visit.parallel
      ? others.find(
          (one) =>
            one.parallel && one.flags.some((flag) => flag.code === "parallel" && flag.facts.visitId === visit.id),
        )
      : undefined;
  if (heir) {
    ctx.later((tx) => countAgain(tx, home, heir.id));
    bump(ctx, visitBump({ ...heir, parallel: false }, 1));
  }
  // Who had left before a merge, where nobody is in care now, keeps a mark of their own.
  const mark = visit.counts
    ? ((await markOf(ctx.tx, home, stay.person_id, visit.month)) ?? (await markOf(ctx.tx, home, person, visit.month)))
    : undefined;
  const first = others[0];
  if (mark && !first) {
    ctx.later((tx) => dropMark(tx, mark));
    bump(ctx, markBumps(mark, -1));
  } else if (mark && first) {
    // Closed after a visit only as long as one of those left was made before the closing.
    const before = mark.left_after && stay.closed_on !== null ? endOf(stay.closed_on) : null;
    const stays = before === null || first.at <= before;
    const after = { ...mark, visit_id: first.id, base: mark.base && stays, left_after: mark.left_after && stays };
    ctx.later((tx) => putMarks(tx, [after]));
    bump(ctx, [...markBumps(mark, -1), ...markBumps(after, 1)]);
  }
  if (visit.counts) {
    const newest = await newestValid(ctx.tx, home, persons, visit.id);
    save(ctx, stay, {
      ...stay,
      last_visit_sort: newest?.at ?? never,
      last_visit_id: newest?.id ?? null,
      last_visit_by: newest?.worker_id ?? null,
      last_visit_device: newest?.device_id ?? null,
      last_mark: newest?.month ?? "",
    });
  } else save(ctx, stay, stay);
  ctx.journal(
    "visit-voided",
    { kind: "person", id: stay.person_id, home, division: stay.division_code },
    { visit: visit.id, month: visit.month, reason: input.reason },
  );
  return { id: visit.id };
});

const endOf = (on: string) => new Date(`${on}T23:59:59.999+08:00`);

export const voidHandlers = [voiding];
