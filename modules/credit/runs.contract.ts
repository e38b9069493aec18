import { z } from "zod";
import { defineCommand, defineQuery, staffRoles } from "../../kernel/operation/define.ts";
import { date, facts, id, instant, page, text } from "../../kernel/operation/shapes.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";

/** Automatic runs (批处理): they only propose; each has preview, limit, stop and reversal. */
export const runKinds = ["overdue-reports", "six-month-removals", "serious-proposals"] as const;
export type RunKind = (typeof runKinds)[number];

const kind = z.enum(runKinds);

const candidate = z.object({
  organisationId: id,
  organisationName: z.string(),
  organisationCode: z.string().nullable(),
  listingId: id.nullable(),
  facts,
});

export const runShape = z.object({
  id,
  kind,
  state: z.enum(["running", "stopped", "done", "reverted"]),
  stopReason: z.enum(["over-limit", "person"]).nullable(),
  onDate: date,
  digest: z.string(),
  candidates: z.int(),
  limit: z.int(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  revertedAt: instant.nullable(),
  revertReason: z.string().nullable(),
  counts: z.object({ waiting: z.int(), done: z.int(), skipped: z.int(), reverted: z.int(), kept: z.int() }),
});
export type RunDto = z.output<typeof runShape>;

/** Shows exactly what a run would do today (预览): whom, why, under which digest; writes nothing. */
export const previewRun = defineQuery("credit.preview-run", {
  who: ["registrar", "decider", "auditor"],
  input: z.object({ kind }),
  output: z.object({
    kind,
    onDate: date,
    digest: z.string(),
    limit: z.int(),
    overLimit: z.boolean(),
    total: z.int(),
    rows: z.array(candidate),
  }),
  law: [cite(law.houseRules, "automatic-runs")],
});

/**
 * Starts a run over exactly what was previewed (启动批处理). More candidates than the limit: the run is kept as stopped with
 * nothing done and says so. Another digest than the preview's is refused.
 */
export const startRun = defineCommand("credit.start-run", {
  who: ["registrar"],
  input: z.object({ kind, digest: text(80), limit: z.int().min(1).max(5_000).optional() }),
  output: runShape,
  refusals: { "credit/preview-changed": 409, "credit/run-already-running": 409, "credit/nothing-to-run": 409 },
  law: [cite(law.houseRules, "automatic-runs")],
});

/** Works through the next organisations of a run (继续批处理); the background job calls it until nothing waits. */
export const continueRun = defineCommand("credit.continue-run", {
  who: ["registrar"],
  input: z.object({ runId: id, chunk: z.int().min(1).max(100).default(50) }),
  output: runShape,
  refusals: { "credit/run-not-found": 404, "credit/run-not-running": 409, "credit/not-your-register": 403 },
});

/** Stops a run (停止批处理): what is done stays and can be reversed, what waits is left alone. */
export const stopRun = defineCommand("credit.stop-run", {
  who: ["registrar", "decider"],
  input: z.object({ runId: id }),
  output: runShape,
  refusals: { "credit/run-not-found": 404, "credit/run-not-running": 409, "credit/not-your-register": 403 },
});

/**
 * Reverses a run in one act (撤销批处理): its proposals are closed, its removal proposals taken back. What a person has
 * acted on since is kept and named.
 */
export const revertRun = defineCommand("credit.revert-run", {
  who: ["registrar", "decider"],
  input: z.object({ runId: id, reason: text(500) }),
  output: runShape.extend({
    kept: z.array(z.object({ organisationId: id, organisationName: z.string(), state: z.string() })),
  }),
  refusals: {
    "credit/run-not-found": 404,
    "credit/run-still-running": 409,
    "credit/run-already-reverted": 409,
    "credit/not-your-register": 403,
  },
});

/** Runs so far, newest first (批处理记录). */
export const runs = defineQuery("credit.runs", {
  who: staffRoles,
  input: z.object({ kind: kind.optional(), ...page }),
  output: z.object({ rows: z.array(runShape), next: z.string().nullable() }),
});

/** One run with what it did to each organisation (批处理明细). */
export const getRun = defineQuery("credit.get-run", {
  who: staffRoles,
  input: z.object({ runId: id }),
  output: runShape.extend({
    items: z.array(
      candidate.extend({
        outcome: z.enum(["waiting", "done", "skipped", "reverted", "kept"]),
        note: z.string().nullable(),
        listingState: z.string().nullable(),
      }),
    ),
  }),
  refusals: { "credit/run-not-found": 404 },
});

export const runOperations = [previewRun, startRun, continueRun, stopRun, revertRun, runs, getRun] as const;
