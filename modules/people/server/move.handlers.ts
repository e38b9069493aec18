import { addDays } from "../../../kernel/clock/date.ts";
import { homeOf, significant } from "../../../kernel/divisions/code.ts";
import { fulfilDuty, openDuties } from "../../../kernel/duty/duty.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { type Handler, handle } from "../../../kernel/operation/handle.ts";
import { confirmArrival, move, recordDeath } from "../people.contract.ts";
import { confirmArrival as arrivalDuty } from "../people.duties.ts";
import type { PersonEvents } from "./index.ts";
import { changePerson, presentPerson } from "./keep.handlers.ts";
import { rowIn, takeAlong } from "./move.store.ts";
import { doublesOf, openPairs } from "./pairs.ts";
import { isArriving, isPlace } from "./people.queries.ts";
import { lockPerson, putPerson } from "./people.store.ts";
import type { PersonRow } from "./person.row.ts";
import { labelOf, subjectOf } from "./person.shape.ts";
import { keeps } from "./places.ts";
import { changePeople, noteArrival, tell } from "./register.ts";

const moving = (events: readonly PersonEvents[]) =>
  handle(move)(async (input, ctx) => {
    const before = await presentPerson(ctx, input.id);
    const to = significant(input.to);
    if (!(await isPlace(ctx.tx, to, ctx.today)))
      return ctx.fail("people/division-unknown", { field: "to", text: input.to });
    if (to === before.division_code) return ctx.fail("people/same-division", { field: "to", division: to });
    const since = before.born_on ?? "1900-01-01";
    if (input.on > ctx.today || input.on < since)
      return ctx.fail("people/period-impossible", { field: "on", from: since, to: ctx.today });
    const facts = { to, on: input.on, reason: input.reason };
    const place = { latitude: null, longitude: null, household_id: null, address: input.address ?? "" };

    if (homeOf(to) === before.home_code) {
      const change = { before, after: { ...before, ...place, division_code: to }, validFrom: input.on };
      const [after] = (await changePeople(ctx, [change], !keeps(ctx.actor, to))) as [PersonRow];
      await tell(events, ctx, before, after, input.on);
      await openPairs(ctx, [{ row: after, similar: await doublesOf(ctx, after) }], false);
      ctx.journal("person-moved", subjectOf(before), facts);
      return { id: after.id, home: after.home_code, division: to, state: after.state };
    }

    const gone: PersonRow = { ...before, state: "moved", state_on: input.on, moved_to: to };
    await changePeople(ctx, [{ before, after: gone, validFrom: input.on }]);
    const home = homeOf(to);
    const earlier = await rowIn(ctx.tx, home, before.id);
    const arrived: PersonRow = {
      ...before,
      ...place,
      home_code: home,
      division_code: to,
      recorded_division_code: earlier?.recorded_division_code ?? to,
      state: "present",
      state_on: input.on,
      came_from: before.home_code,
      moved_to: null,
      version: (earlier?.version ?? 0) + 1,
      created_at: earlier?.created_at ?? ctx.now,
      updated_at: ctx.now,
    };
    ctx.later(async (tx) => {
      await putPerson(tx, arrived);
      await takeAlong(tx, before.id, before.home_code, { home, division: to }, input.on);
    });
    noteArrival(ctx, earlier, arrived, input.on);
    const days = Number(ctx.house.settings.on("people.confirm-arrival-days", ctx.today, home));
    openDuties(ctx, [
      {
        kind: arrivalDuty,
        home,
        division: to,
        subject: before.id,
        label: labelOf(before),
        link: `/people/${before.id}`,
        due: addDays(ctx.today, days),
      },
    ]);
    await openPairs(ctx, [{ row: arrived, similar: await doublesOf(ctx, arrived, home) }], true);
    await tell(events, ctx, before, arrived, input.on);
    ctx.journal("person-moved", subjectOf(before), facts);
    ctx.journal("person-arriving", subjectOf(arrived), { from: before.home_code, on: input.on });
    return { id: before.id, home, division: to, state: arrived.state };
  });

const arrival = (events: readonly PersonEvents[]) =>
  handle(confirmArrival)(async (input, ctx) => {
    const before = await lockPerson(ctx.tx, input.id);
    if (!before) return ctx.fail("people/unknown-person", { id: input.id });
    if (before.state !== "present" || !(await isArriving(ctx.tx, before.home_code, before.id, arrivalDuty.id)))
      return ctx.fail("people/not-arriving", { state: before.state });
    const division = significant(input.division);
    if (!keeps(ctx.actor, division) || !(await isPlace(ctx.tx, division, ctx.today)))
      return ctx.fail("people/division-unknown", { field: "division", text: input.division });
    const patch = {
      division_code: division,
      state_on: null,
      ...(input.address === undefined ? {} : { address: input.address }),
    };
    const after = await changePerson(ctx, events, before, patch, before.state_on ?? ctx.today);
    fulfilDuty(ctx, arrivalDuty, before.home_code, before.id);
    await openPairs(ctx, [{ row: after, similar: await doublesOf(ctx, after) }], false);
    ctx.journal("arrival-confirmed", subjectOf(after), { from: before.came_from, division });
    return { id: after.id, division, version: after.version };
  });

const death = (events: readonly PersonEvents[]) =>
  handle(recordDeath)(async (input, ctx) => {
    const before = await presentPerson(ctx, input.id);
    const since = before.born_on ?? "1900-01-01";
    if (input.on > ctx.today || input.on < since)
      return ctx.fail("people/period-impossible", { field: "on", from: since, to: ctx.today });
    const change = {
      before,
      after: { ...before, state: "deceased" as const, state_on: input.on },
      validFrom: input.on,
    };
    const [after] = (await changePeople(ctx as Context, [change])) as [PersonRow];
    for (const one of events) await one.ended?.(ctx, after, "deceased", input.on);
    ctx.journal("death-recorded", subjectOf(after), { on: input.on, source: input.source });
    return { id: after.id, version: after.version };
  });

/** Handlers of where people live, and that they live no longer (迁移、去世). */
export function moveHandlers(events: readonly PersonEvents[]): readonly Handler[] {
  return [moving(events), arrival(events), death(events)];
}
