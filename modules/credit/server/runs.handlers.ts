import { createHash } from "node:crypto";
import { enqueue, type JobKind } from "../../../kernel/jobs/jobs.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { takeTransition } from "../../../kernel/procedure/procedure.ts";
import {
  continueRun,
  getRun,
  previewRun,
  type RunDto,
  type RunKind,
  revertRun,
  runs,
  startRun,
  stopRun,
} from "../runs.contract.ts";
import { ownListing, ownOrganisation, subjectOf, writes } from "./access.ts";
import { settingNumber } from "./clocks.ts";
import { considerListing } from "./credit.duties.ts";
import { listingProcedure } from "./credit.procedures.ts";
import { listRuns, runItemStates } from "./credit.queries.ts";
import { updateListing } from "./credit.store.ts";
import { drop, propose } from "./propose.ts";
import { proposeRemoval, takeBackRemoval } from "./removal.handlers.ts";
import {
  type Candidate,
  candidates,
  countItems,
  findRun,
  type ItemOutcome,
  type ItemRow,
  insertRun,
  itemsOf,
  lockRun,
  type RunRow,
  runningRun,
  setItem,
  updateRun,
} from "./runs.store.ts";

/** Most candidates that are looked at: far above any limit that can be set. */
const most = 20_000;

const chunkJob = "credit.run";

/** What a preview stands for: the run refuses to act on anything else. */
function digestOf(kind: RunKind, today: string, found: readonly Candidate[]): string {
  const whom = found.map((one) => [one.organisation_id, one.listing_id, one.facts]);
  return createHash("sha256")
    .update(JSON.stringify([kind, today, whom]))
    .digest("base64url")
    .slice(0, 43);
}

function limitFor(ctx: Context, division: string): number {
  return settingNumber(ctx, "credit.run-limit", division);
}

function runDto(run: RunRow, counts: Record<ItemOutcome, number>): RunDto {
  return {
    id: run.id,
    kind: run.kind,
    state: run.state,
    stopReason: run.stop_reason,
    onDate: run.on_date,
    digest: run.digest,
    candidates: run.candidates,
    limit: run.max_count,
    startedAt: run.started_at.toISOString(),
    finishedAt: run.finished_at?.toISOString() ?? null,
    revertedAt: run.reverted_at?.toISOString() ?? null,
    revertReason: run.revert_reason,
    counts: {
      waiting: counts.waiting,
      done: counts.done,
      skipped: counts.skipped,
      reverted: counts.reverted,
      kept: counts.kept,
    },
  };
}

async function answer(ctx: Context, run: RunRow): Promise<RunDto> {
  const counts = (await countItems(ctx.tx, [run.id])).get(run.id);
  return runDto(run, counts ?? { waiting: 0, done: 0, skipped: 0, reverted: 0, kept: 0 });
}

const candidateDto = (one: Candidate) => ({
  organisationId: one.organisation_id,
  organisationName: one.organisation_name,
  organisationCode: one.organisation_code,
  listingId: one.listing_id,
  facts: one.facts,
});

const previewHandler = handle(previewRun)(async ({ kind }, ctx) => {
  const found = await candidates(ctx.tx, kind, ctx.actor.home, ctx.today, most);
  const limit = limitFor(ctx, ctx.actor.division ?? ctx.actor.home);
  return {
    kind,
    onDate: ctx.today,
    digest: digestOf(kind, ctx.today, found),
    limit,
    overLimit: found.length > limit,
    total: found.length,
    rows: found.slice(0, 500).map(candidateDto),
  };
});

const startHandler = handle(startRun)(async (input, ctx) => {
  const { home } = ctx.actor;
  const division = ctx.actor.division ?? home;
  const found = await candidates(ctx.tx, input.kind, home, ctx.today, most);
  const digest = digestOf(input.kind, ctx.today, found);
  if (digest !== input.digest) return ctx.fail("credit/preview-changed", { digest, total: found.length });
  if (found.length === 0) return ctx.fail("credit/nothing-to-run", { kind: input.kind });
  const busy = await runningRun(ctx.tx, home, input.kind);
  if (busy) return ctx.fail("credit/run-already-running", { run: busy.id });
  // A person may set the limit lower for one run, never above the setting of the place.
  const limit = Math.min(input.limit ?? Number.MAX_SAFE_INTEGER, limitFor(ctx, division));
  const over = found.length > limit;
  const id = ctx.newId();
  const run: RunRow = {
    home_code: home,
    id,
    division_code: division,
    kind: input.kind,
    state: over ? "stopped" : "running",
    stop_reason: over ? "over-limit" : null,
    on_date: ctx.today,
    digest,
    candidates: found.length,
    max_count: limit,
    started_by: ctx.actor.accountId,
    started_at: ctx.now,
    finished_at: over ? ctx.now : null,
    reverted_by: null,
    reverted_at: null,
    revert_reason: null,
    version: 1,
  };
  const items = found.map(
    (one, ordinal): ItemRow => ({
      home_code: home,
      run_id: id,
      ordinal,
      division_code: one.division_code,
      organisation_id: one.organisation_id,
      organisation_name: one.organisation_name,
      listing_id: one.listing_id,
      facts: one.facts,
      outcome: "waiting",
      note: null,
    }),
  );
  await insertRun(ctx.tx, run, items);
  if (!over) enqueue(ctx, chunkJob, { runId: id });
  ctx.journal(over ? "run stopped over its limit" : "run started", runSubject(run), {
    kind: run.kind,
    candidates: found.length,
    limit,
    digest,
  });
  return answer(ctx, run);
});

function runSubject(run: RunRow) {
  return { kind: "credit-run", id: run.id, home: run.home_code, division: run.division_code };
}

async function ownRun(ctx: Context, id: string): Promise<RunRow> {
  const seen = await findRun(ctx.tx, id);
  if (!seen) throw new Refusal("credit/run-not-found", 404, { run: id });
  if (!writes(ctx.actor, seen.home_code)) throw new Refusal("credit/not-your-register", 403, { run: id });
  return (await lockRun(ctx.tx, id)) ?? seen;
}

/** Refusals that only mean: no longer a candidate. The run goes on and says so. */
const passes = ["credit/organisation-ended", "credit/no-ground", "credit/already-underway", "credit/facts-missing"];

/** Acts on one candidate; answers the listing it opened or moved, or why it was passed over. */
async function act(
  ctx: Context,
  run: RunRow,
  item: ItemRow,
): Promise<{ outcome: "done" | "skipped"; listing: string | null; note: string | null }> {
  if (run.kind === "six-month-removals") {
    const row = item.listing_id ? await proposeRemoval(ctx, item.listing_id, run.started_by) : undefined;
    return row
      ? { outcome: "done", listing: row.id, note: null }
      : { outcome: "skipped", listing: item.listing_id, note: "no-longer-a-candidate" };
  }
  try {
    const organisation = await ownOrganisation(ctx, item.organisation_id);
    const serious = run.kind === "serious-proposals";
    const { listing } = await propose(ctx, organisation, {
      list: serious ? "serious" : "abnormal",
      ground: serious ? "abnormal_24_months" : "annual_report",
      facts: item.facts,
      evidence: [],
      origin: "run",
      originRef: `run:${run.id}:${item.ordinal}`,
      by: run.started_by,
    });
    return { outcome: "done", listing: listing.id, note: null };
  } catch (error) {
    if (!(error instanceof Refusal) || !passes.includes(error.code)) throw error;
    return { outcome: "skipped", listing: item.listing_id, note: error.code };
  }
}

const continueHandler = handle(continueRun)(async (input, ctx) => {
  const run = await ownRun(ctx, input.runId);
  if (run.state !== "running") return ctx.fail("credit/run-not-running", { state: run.state });
  const items = await itemsOf(ctx.tx, run.id, "waiting", input.chunk + 1);
  for (const item of items.slice(0, input.chunk)) {
    const { outcome, listing, note } = await act(ctx, run, item);
    await setItem(ctx.tx, item, outcome, listing, note);
  }
  const over = items.length <= input.chunk;
  const now = over ? await updateRun(ctx.tx, run, { state: "done", finished_at: ctx.now }) : run;
  if (over) ctx.journal("run finished", runSubject(run), { kind: run.kind });
  return answer(ctx, now);
});

const stopHandler = handle(stopRun)(async (input, ctx) => {
  const run = await ownRun(ctx, input.runId);
  if (run.state !== "running") return ctx.fail("credit/run-not-running", { state: run.state });
  const now = await updateRun(ctx.tx, run, { state: "stopped", stop_reason: "person", finished_at: ctx.now });
  ctx.journal("run stopped", runSubject(run), { kind: run.kind });
  return answer(ctx, now);
});

/** Takes back what the run did to one organisation; undefined = done, otherwise the state a person has brought it to. */
async function takeBack(ctx: Context, run: RunRow, listingId: string): Promise<string | undefined> {
  if (run.kind === "six-month-removals") {
    if (await takeBackRemoval(ctx, listingId)) return undefined;
    return (await ownListing(ctx, listingId)).listing.state;
  }
  const { listing, instance } = await ownListing(ctx, listingId);
  // A notice on paper or a certificate received is a person's work: it is not swept away with the run.
  if (listing.state !== "proposed" || listing.version !== 1) return listing.state;
  await takeTransition(ctx, listingProcedure, "revert-run", instance, { note: { run: run.id } });
  await updateListing(ctx.tx, listing, {
    state: "closed",
    ended_on: ctx.today,
    ended_by: ctx.actor.accountId,
    end_reason: "run-reverted",
  });
  drop(ctx, listing, "run reverted", considerListing);
  ctx.journal("listing proposal taken back", subjectOf(listing), { run: run.id });
  return undefined;
}

const revertHandler = handle(revertRun)(async (input, ctx) => {
  const run = await ownRun(ctx, input.runId);
  if (run.state === "reverted") return ctx.fail("credit/run-already-reverted", { at: run.reverted_at });
  if (run.state === "running") return ctx.fail("credit/run-still-running", { run: run.id });
  const kept: { organisationId: string; organisationName: string; state: string }[] = [];
  for (const item of await itemsOf(ctx.tx, run.id, "done")) {
    if (!item.listing_id) continue;
    const state = await takeBack(ctx, run, item.listing_id);
    if (state) kept.push({ organisationId: item.organisation_id, organisationName: item.organisation_name, state });
    await setItem(ctx.tx, item, state ? "kept" : "reverted", item.listing_id, state ?? null);
  }
  const now = await updateRun(ctx.tx, run, {
    state: "reverted",
    reverted_by: ctx.actor.accountId,
    reverted_at: ctx.now,
    revert_reason: input.reason,
  });
  ctx.journal("run reverted", runSubject(run), { kind: run.kind, kept: kept.length });
  return { ...(await answer(ctx, now)), kept };
});

const runsHandler = handle(runs)(async (input, ctx) => {
  const { rows, next } = await listRuns(ctx.tx, input);
  const counts = await countItems(
    ctx.tx,
    rows.map((row) => row.id),
  );
  return {
    rows: rows.map((row) =>
      runDto(row, counts.get(row.id) ?? { waiting: 0, done: 0, skipped: 0, reverted: 0, kept: 0 }),
    ),
    next,
  };
});

const getHandler = handle(getRun)(async (input, ctx) => {
  const run = await findRun(ctx.tx, input.runId);
  if (!run) return ctx.fail("credit/run-not-found", { run: input.runId });
  const items = await itemsOf(ctx.tx, run.id);
  const states = await runItemStates(
    ctx.tx,
    items.flatMap((item) => item.listing_id ?? []),
  );
  return {
    ...(await answer(ctx, run)),
    items: items.map((item) => ({
      organisationId: item.organisation_id,
      organisationName: item.organisation_name,
      organisationCode: item.listing_id ? (states.get(item.listing_id)?.organisation_code ?? null) : null,
      listingId: item.listing_id,
      facts: item.facts,
      outcome: item.outcome,
      note: item.note,
      listingState: item.listing_id ? (states.get(item.listing_id)?.state ?? null) : null,
    })),
  };
});

/** Works through a run in the background, a chunk a transaction; a stop takes effect between two chunks. */
export const runJob: JobKind = {
  id: chunkJob,
  run: async (job) => {
    for (;;) {
      try {
        const run = (await job.call(continueRun.id, { runId: String(job.input.runId) })) as RunDto;
        await job.progress(run.counts);
        if (run.state !== "running") return;
      } catch (error) {
        // Stopped by a person between two chunks: nothing is left to do.
        if (error instanceof Refusal && error.code === "credit/run-not-running") return;
        throw error;
      }
    }
  },
};

export const runHandlers = [
  previewHandler,
  startHandler,
  continueHandler,
  stopHandler,
  revertHandler,
  runsHandler,
  getHandler,
];
