import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { rangeOf } from "../../../kernel/divisions/code.ts";
import { fulfilDuty, openDuties } from "../../../kernel/duty/duty.ts";
import type { JobKind } from "../../../kernel/jobs/jobs.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import {
  alertVisits as alertVisitsOperation,
  callExtraVisits,
  handOver,
  listWorkers,
  openHome,
  openPeriod,
  reassess,
} from "../enrolment.contract.ts";
import { partOf } from "../plan.ts";
import { nameWorkerDuty, reassessDuty } from "../visiting-care.duties.ts";
import {
  alertVisits,
  cancelOtherVisits,
  countAssigned,
  countCalled,
  countOwed,
  frequenciesOf,
  homesInCare,
  insertCall,
  openExtraDuties,
  openVisitDuties,
  reassignDuties,
} from "./duties.store.ts";
import { tell } from "./enrol.handlers.ts";
import { holdEnrolment, staysOfWorker } from "./enrolment.store.ts";
import { chosenWorker, frequencyFor, halfYearOn, plannedParts, workersFor } from "./enrolment.ts";
import { save } from "./ledger.ts";
import { dutyFor } from "./record-visit.ts";
import { loads, workersWithin } from "./workers.queries.ts";

const reassessing = handle(reassess)(async (input, ctx) => {
  const before = await holdEnrolment(ctx.tx, ctx.actor.home, input.personId);
  if (!before) return ctx.fail("visiting-care/unknown-person", { id: input.personId });
  if (before.state !== "enrolled") return ctx.fail("visiting-care/not-enrolled", { state: before.state });
  if (before.version !== input.version) return ctx.fail("visiting-care/changed-meanwhile", { version: before.version });
  const asked = input.workerId ?? before.worker_id ?? undefined;
  const worker =
    asked === before.worker_id && before.worker_id !== null
      ? { id: before.worker_id, name: before.worker_name ?? "" }
      : await chosenWorker(ctx, before.division_code, asked);
  const standIn = input.standInId === undefined ? null : await chosenWorker(ctx, before.division_code, input.standInId);
  if (worker === undefined || standIn === undefined)
    return ctx.fail("visiting-care/unknown-worker", { division: before.division_code });
  const { decision, ...frequency } = frequencyFor(
    ctx,
    {
      id: before.person_id,
      home_code: before.home_code,
      division_code: before.division_code,
      categories: before.categories,
    },
    input.risk,
  );
  const reassessOn = halfYearOn(ctx, before.division_code, ctx.today);
  const row = save(ctx, before, {
    ...before,
    risk: input.risk,
    modes: input.modes,
    per: frequency.per,
    min_visits: frequency.min,
    worker_id: worker?.id ?? null,
    worker_name: worker?.name ?? null,
    stand_in_id: standIn?.id ?? null,
    stand_in_name: standIn?.name ?? null,
    reassess_on: reassessOn,
    decision_id: decision,
    next_due_on: partOf(frequency, ctx.today).to,
  });
  fulfilDuty(ctx, reassessDuty, row.home_code, row.person_id);
  if (worker) fulfilDuty(ctx, nameWorkerDuty, row.home_code, row.person_id);
  openDuties(ctx, [dutyFor(row, reassessDuty, { due: reassessOn })]);
  const replanned = before.per !== row.per || before.min_visits !== row.min_visits;
  const parts = replanned ? plannedParts(ctx, [frequency], ctx.today.slice(0, 7), ctx.today) : [];
  ctx.later(async (tx) => {
    if (replanned) {
      const kept = parts.map((part) => part.to);
      await cancelOtherVisits(tx, row.home_code, row.person_id, ctx.today, kept, ctx.now);
      await openVisitDuties(tx, row.home_code, parts, { person: row.person_id, now: ctx.now });
    }
    if (before.worker_id !== row.worker_id)
      await reassignDuties(tx, row.home_code, [row.person_id], before.worker_id, row.worker_id);
  });
  tell(ctx, "care-reassessed", row, { risk: row.risk, per: row.per, min: row.min_visits, reason: input.reason });
  return { id: row.id, personId: row.person_id, state: row.state, version: row.version, frequency, reassessOn };
});

const handing = handle(handOver)(async (input, ctx) => {
  const { lo, hi } = rangeOf(input.division);
  const rows = await staysOfWorker(ctx.tx, ctx.actor.home, input.fromWorkerId, lo, hi);
  if (rows.length === 0) return ctx.fail("visiting-care/nothing-to-hand-over", { division: input.division });
  const name = new Map<string, string>();
  for (const division of new Set(rows.map((row) => row.division_code))) {
    const able = (await workersFor(ctx, division)).find((one) => one.id === input.toWorkerId);
    if (!able) return ctx.fail("visiting-care/unknown-worker", { division });
    name.set(able.id, able.name);
  }
  const to = { id: input.toWorkerId, name: name.get(input.toWorkerId) ?? "" };
  for (const before of rows)
    save(ctx, before, {
      ...before,
      ...(before.worker_id === input.fromWorkerId ? { worker_id: to.id, worker_name: to.name } : {}),
      ...(before.stand_in_id === input.fromWorkerId ? { stand_in_id: to.id, stand_in_name: to.name } : {}),
    });
  const persons = rows.map((row) => row.person_id);
  const duties = await countAssigned(ctx.tx, ctx.actor.home, persons, input.fromWorkerId);
  ctx.later((tx) => reassignDuties(tx, ctx.actor.home, persons, input.fromWorkerId, to.id));
  ctx.journal(
    "care-handed-over",
    { kind: "account", id: input.fromWorkerId, home: ctx.actor.home, division: input.division },
    { to: to.id, people: rows.length, duties, reason: input.reason },
  );
  return { people: rows.length, duties };
});

const opening = handle(openPeriod)(async (input, ctx) => {
  const home = ctx.actor.home;
  const parts = plannedParts(ctx, await frequenciesOf(ctx.tx, home), input.month, `${input.month}-01`);
  const { owed, there } = await countOwed(ctx.tx, home, parts);
  ctx.later(async (tx) => {
    await openVisitDuties(tx, home, parts, { person: null, now: ctx.now });
  });
  ctx.journal(
    "care-period-opened",
    { kind: "home", id: null, home, division: ctx.actor.division ?? home },
    { month: input.month, opened: owed - there },
  );
  return { opened: owed - there, already: there };
});

const openingHome = handle(openHome)(async (input, ctx) => {
  const parts = plannedParts(ctx, await frequenciesOf(ctx.tx, input.home), input.month, `${input.month}-01`);
  const opened = await openVisitDuties(ctx.tx, input.home, parts, { person: null, now: ctx.now });
  ctx.journal(
    "care-period-opened",
    { kind: "home", id: null, home: input.home, division: input.home },
    { month: input.month, opened },
  );
  return { opened };
});

const alerting = handle(alertVisitsOperation)(async (input, ctx) => {
  let alerted = 0;
  for (const [step, id] of [
    [2, "visiting-care.second-alert-percent"],
    [1, "visiting-care.first-alert-percent"],
  ] as const) {
    const percent = Number(ctx.house.settings.on(id, ctx.today, ctx.house.root));
    const told = await alertVisits(ctx.tx, { today: ctx.today, step, percent, limit: input.limit, now: ctx.now });
    for (const one of told) {
      alerted += one.alerted;
      ctx.journal(
        "care-visits-alerted",
        { kind: "division", id: null, home: one.home_code, division: one.division_code },
        { step, visits: one.alerted },
      );
    }
  }
  return { alerted };
});

const calling = handle(callExtraVisits)(async (input, ctx) => {
  const { lo, hi } = rangeOf(input.division);
  const scope = ctx.actor.scope;
  if (scope.kind !== "staff" || lo < scope.lo || lo >= scope.hi)
    return ctx.fail("visiting-care/not-your-division", { division: input.division });
  if (input.by < input.from || input.by < ctx.today)
    return ctx.fail("visiting-care/period-impossible", { from: input.from, by: input.by, today: ctx.today });
  const called = {
    home: ctx.actor.home,
    lo,
    hi,
    risks: input.risks?.length ? input.risks : null,
    categories: input.categories?.length ? input.categories : null,
  };
  const id = ctx.newId();
  const opened = await countCalled(ctx.tx, called);
  ctx.later(async (tx) => {
    await openExtraDuties(tx, called, { call: id, from: input.from, by: input.by, now: ctx.now });
    await insertCall(
      tx,
      {
        home: ctx.actor.home,
        id,
        division: input.division,
        ground: input.ground,
        title: input.title,
        from: input.from,
        by: input.by,
        opened,
        calledBy: ctx.actor.displayName,
      },
      ctx.now,
    );
  });
  ctx.journal(
    "extra-visits-called",
    { kind: "care-call", id, home: ctx.actor.home, division: input.division },
    { ground: input.ground, title: input.title, from: input.from, by: input.by, opened },
  );
  return { id, opened };
});

const workers = handle(listWorkers)(async (input, ctx) => {
  const county = rangeOf(input.division.slice(0, 6));
  const within = rangeOf(input.division);
  const all = await workersWithin(ctx.tx, county.lo, county.hi, ctx.today);
  const able = all.filter((one) => one.divisions.some((code) => code >= within.lo && code < within.hi));
  const ids = able.map((one) => one.id);
  const load = await loads(ctx.tx, input.division.slice(0, 6), ids, ctx.today);
  return {
    workers: able.map((one) => ({
      id: one.id,
      name: one.name,
      divisions: [...one.divisions],
      people: load.get(one.id)?.people ?? 0,
      overdue: load.get(one.id)?.overdue ?? 0,
    })),
  };
});

/** Opens the visits of the month for every home (每月生成任务): runs four times a day and adds only what is missing. */
export const openMonthJob: JobKind = {
  id: "visiting-care.open-month",
  everyMinutes: 6 * 60,
  run: async (job) => {
    const month = dateInShanghai(job.now()).slice(0, 7);
    const homes = await job.database.transaction({ kind: "system" }, homesInCare);
    let opened = 0;
    for (const home of homes) {
      const done = (await job.call("visiting-care.open-home", { home, month })) as { opened: number };
      opened += done.opened;
    }
    await job.progress({ homes: homes.length, month, opened });
  },
};

/** Four times a day: whom a visit is owed to and has not had (到期提醒). */
export const alertJob: JobKind = {
  id: "visiting-care.alerts",
  everyMinutes: 6 * 60,
  run: async (job) => {
    let alerted = 0;
    for (;;) {
      const done = (await job.call("visiting-care.alert-visits", { limit: 5_000 })) as { alerted: number };
      alerted += done.alerted;
      await job.progress({ alerted });
      if (done.alerted < 5_000) return;
    }
  },
};

export const planHandlers = [reassessing, handing, opening, openingHome, alerting, calling, workers];
export const planJobs = [openMonthJob, alertJob];
