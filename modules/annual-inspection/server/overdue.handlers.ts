import { addDays } from "../../../kernel/clock/date.ts";
import { significant } from "../../../kernel/divisions/code.ts";
import { cancelDuty, fulfilDuty, openDuties } from "../../../kernel/duty/duty.ts";
import { enqueue } from "../../../kernel/jobs/jobs.ts";
import type { Context, Subject } from "../../../kernel/operation/context.ts";
import { type Handler, handle } from "../../../kernel/operation/handle.ts";
import {
  dailyOverdue,
  listOverdueRuns,
  markChunk,
  markOverdue,
  previewOverdue,
  remind,
  revertOverdueRun,
  stopOverdueRun,
} from "../annual-inspection.runs.contract.ts";
import { act, subjectOf } from "./act.ts";
import { overdueRunDuty, reportDuty } from "./annual-inspection.duties.ts";
import {
  type OverdueSearch,
  openRunDuties,
  overdueCounts,
  overdueReports,
  overdueYears,
  ownerlessReports,
  runs,
  toRemind,
} from "./annual-inspection.queries.ts";
import { lineOf } from "./annual-inspection.row.ts";
import { insertRun, loadRun, lockRun, markReminded, type RunRow, updateRun } from "./annual-inspection.store.ts";
import { digestOf } from "./batch.handlers.ts";
import { markReports, type OverdueHooks, revertReports, searchFor } from "./overdue.ts";

/** As many as one command marks by itself; longer runs go on as a job, in chunks that can be stopped between. */
const atOnce = 100;

/** Days before a due day on which the organisation is reminded, and how far up the ladder that is. */
const ladder = [
  { days: 30, step: 1 },
  { days: 7, step: 2 },
  { days: 1, step: 3 },
] as const;

type RunContext = Context<"annual-inspection/run-not-found" | "annual-inspection/not-your-register">;

async function runToChange(ctx: RunContext, id: string): Promise<RunRow> {
  const seen = await loadRun(ctx.tx, id);
  if (!seen) return ctx.fail("annual-inspection/run-not-found", { run: id });
  const run = await lockRun(ctx.tx, id);
  if (!run) return ctx.fail("annual-inspection/not-your-register", { home: seen.home_code, own: ctx.actor.home });
  return run;
}

function subjectOfRun(run: Pick<RunRow, "id" | "home_code" | "division_code">): Subject {
  return { kind: "inspection-overdue-run", id: run.id, home: run.home_code, division: run.division_code };
}

const preview = handle(previewOverdue)(async (input, ctx) => {
  const { home } = ctx.actor;
  const search = searchFor(ctx, home, significant(home), input.year, input.what);
  const rows = await overdueReports(ctx.tx, search, input.limit);
  const counts = await overdueCounts(ctx.tx, search);
  return {
    today: ctx.today,
    rows: rows.map(lineOf),
    total: counts.total,
    digest: digestOf(rows),
    left: { withUnit: counts.with_unit, justConsented: counts.just_consented, noLongerRegistered: counts.gone },
  };
});

/** Begins a run over exactly the rows given, and marks the first of them. */
async function beginRun(
  ctx: Context,
  home: string,
  year: number,
  what: RunRow["what"],
  rows: Awaited<ReturnType<typeof overdueReports>>,
  most: number,
  hooks: OverdueHooks,
) {
  const first = rows.slice(0, atOnce);
  const done = rows.length <= atOnce;
  const run = {
    home_code: home,
    id: ctx.newId(),
    division_code: significant(home),
    year,
    what,
    state: done ? ("done" as const) : ("running" as const),
    ran_on: ctx.today,
    most,
    wanted: rows.length,
    marked: first.length,
    started_by: ctx.actor.accountId,
    started_at: ctx.now,
    finished_at: done ? ctx.now : null,
  };
  await insertRun(ctx.tx, run);
  const marked = await markReports(ctx, run, first, hooks);
  if (!done) enqueue(ctx, "annual-inspection.mark-overdue", { home, runId: run.id });
  ctx.journal("inspection-overdue-run", subjectOfRun(run), { year, what, wanted: rows.length, marked });
  return { runId: run.id, wanted: rows.length, marked, mode: done ? ("done" as const) : ("job" as const) };
}

function markHandler(hooks: OverdueHooks): Handler {
  return handle(markOverdue)(async (input, given) => {
    const ctx = given as Context;
    const { home } = ctx.actor;
    const search = searchFor(ctx, home, significant(home), input.year, input.what);
    const rows = await overdueReports(ctx.tx, search, input.limit, true);
    if (rows.length === 0)
      return given.fail("annual-inspection/nothing-overdue", { year: input.year, today: ctx.today });
    if (digestOf(rows) !== input.digest)
      return given.fail("annual-inspection/preview-stale", { reports: rows.length, changed: [] });
    const answer = await beginRun(ctx, home, input.year, input.what, rows, input.limit, hooks);
    fulfilDuty(ctx, overdueRunDuty, home, runDutySubject(home, input.year));
    return answer;
  });
}

/** The duty to run by hand is about a year of a register, which has no id of its own: one made of both. */
export function runDutySubject(home: string, year: number): string {
  return `00000000-0000-8000-8000-${home}${String(year).padStart(6, "0")}`;
}

function chunkHandler(hooks: OverdueHooks): Handler {
  return handle(markChunk)(async (input, given) => {
    const ctx = given as Context;
    const run = await lockRun(ctx.tx, input.runId);
    if (run?.state !== "running") return { marked: 0, more: false };
    const left = Math.min(run.wanted - run.marked, input.limit);
    const search = searchFor(ctx, run.home_code, run.division_code, run.year, run.what);
    const rows = left > 0 ? await overdueReports(ctx.tx, search, left, true) : [];
    const marked = await markReports(ctx, run, rows, hooks);
    const more = rows.length > 0 && run.marked + marked < run.wanted;
    await updateRun(ctx.tx, run, {
      marked: run.marked + marked,
      ...(more ? {} : { state: "done", finished_at: ctx.now }),
    });
    ctx.journal("inspection-overdue-run-continued", subjectOfRun(run), { marked });
    return { marked, more };
  });
}

/**
 * On the first day after the due day: as many as the setting allows are marked by themselves, more wait for a person.
 * Either way nobody is listed: the credit room gets proposals.
 */
function dailyHandler(hooks: OverdueHooks): Handler {
  return handle(dailyOverdue)(async (input, given) => {
    const ctx = given as Context;
    const most = Number(ctx.house.settings.on("annual.overdue-run-limit", ctx.today, input.division));
    let marked = 0;
    let started = 0;
    let held = 0;
    for (const { year, what } of await overdueYears(ctx.tx, input.home, ctx.today)) {
      const search = searchFor(ctx, input.home, input.division, year, what);
      if (what === "report") await closeOwnerless(ctx, search);
      const { total } = await overdueCounts(ctx.tx, search);
      if (total === 0) continue;
      if (total > most) {
        held += total;
        const subject = runDutySubject(input.home, year);
        if ((await openRunDuties(ctx.tx, input.home, subject)) === 0) {
          openDuties(ctx, [
            {
              kind: overdueRunDuty,
              home: input.home,
              division: significant(input.home),
              subject,
              label: `${year}`,
              link: `/annual-inspection/overdue?year=${year}&what=${what}`,
              due: addDays(ctx.today, 5),
            },
          ]);
        }
        continue;
      }
      const rows = await overdueReports(ctx.tx, search, most, true);
      const answer = await beginRun(ctx, input.home, year, what, rows, most, hooks);
      marked += answer.marked;
      started += 1;
    }
    ctx.journal(
      "inspection-overdue-looked",
      { kind: "inspection-year", id: null, home: input.home, division: input.division },
      { runs: started, marked, held },
    );
    return { runs: started, marked, held };
  });
}

/** A body that no longer exists owes no report: its duty ends, and nobody is marked. */
async function closeOwnerless(ctx: Context, search: OverdueSearch): Promise<void> {
  for (const report of await ownerlessReports(ctx.tx, search, 200)) {
    const after = await act(ctx, report, "exempt", { record: { note: { reason: "no-longer-registered" } } });
    cancelDuty(ctx, reportDuty, report.home_code, report.id, "no-longer-registered");
    ctx.journal("inspection-report-exempted", subjectOf(after), { year: after.year, reason: "no-longer-registered" });
  }
}

const remindHandler = handle(remind)(async (input, given) => {
  const ctx = given as Context;
  const found = await toRemind(
    ctx.tx,
    ladder.map(({ days, step }) => ({ on: addDays(ctx.today, days), step })),
    input.limit,
  );
  ctx.later((tx) => markReminded(tx, found));
  ctx.journal(
    "inspection-reminded",
    { kind: "inspection-year", id: null, home: ctx.actor.home, division: ctx.house.root },
    { reminded: found.length },
  );
  return { reminded: found.length };
});

const stop = handle(stopOverdueRun)(async (input, ctx) => {
  const run = await runToChange(ctx, input.runId);
  if (run.state !== "running") return ctx.fail("annual-inspection/run-not-running", { state: run.state });
  await updateRun(ctx.tx, run, { state: "stopped", finished_at: ctx.now, reason: input.reason });
  ctx.journal("inspection-overdue-run-stopped", subjectOfRun(run), { marked: run.marked, reason: input.reason });
  return { runId: run.id, state: "stopped", marked: run.marked };
});

function revertHandler(hooks: OverdueHooks): Handler {
  return handle(revertOverdueRun)(async (input, given) => {
    const run = await runToChange(given, input.runId);
    if (run.state === "running")
      return given.fail("annual-inspection/run-still-running", { marked: run.marked, wanted: run.wanted });
    if (run.state === "reverted")
      return given.fail("annual-inspection/run-already-reverted", { reverted: run.reverted });
    const ctx = given as Context;
    const done = await revertReports(ctx, run, input.reason, hooks);
    await updateRun(ctx.tx, run, {
      state: "reverted",
      reverted: done.reverted,
      kept: done.kept.length,
      reason: input.reason,
    });
    ctx.journal("inspection-overdue-run-reverted", subjectOfRun(run), {
      reverted: done.reverted,
      kept: done.kept.length,
      reason: input.reason,
    });
    return {
      runId: run.id,
      reverted: done.reverted,
      kept: done.kept.map((one) => ({ reportId: one.id, name: one.organisation_name, state: one.state })),
    };
  });
}

const runsHandler = handle(listOverdueRuns)(async (input, ctx) => ({
  rows: (await runs(ctx.tx, input.year)).map((run) => ({
    id: run.id,
    year: run.year,
    what: run.what,
    state: run.state,
    ranOn: run.ran_on,
    division: run.division_code,
    most: run.most,
    wanted: run.wanted,
    marked: run.marked,
    reverted: run.reverted,
    kept: run.kept,
    startedAt: run.started_at.toISOString(),
    finishedAt: run.finished_at?.toISOString() ?? null,
    reason: run.reason,
  })),
}));

/** Handlers of what time does (逾期): the hooks say who proposes listing. */
export function overdueHandlers(hooks: OverdueHooks): Handler[] {
  return [
    preview,
    markHandler(hooks),
    chunkHandler(hooks),
    dailyHandler(hooks),
    remindHandler,
    stop,
    revertHandler(hooks),
    runsHandler,
  ];
}
