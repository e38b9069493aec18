import { z } from "zod";
import { defineCommand, defineQuery } from "../../kernel/operation/define.ts";
import { date, id, text } from "../../kernel/operation/shapes.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { articles, readers, staff, year } from "./annual-inspection.contract.ts";
import { kinds, reportRow, states } from "./annual-inspection.shapes.ts";

/** What a batch would do (批量结论预览): the clean reports it would pass, and why others are left out. */
export const previewBatch = defineQuery("annual-inspection.preview-batch", {
  who: ["decider", "registrar"],
  input: z.object({
    year,
    kind: z.enum(kinds).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  }),
  output: z.object({
    rows: z.array(reportRow),
    digest: z.string(),
    excluded: z.object({ findings: z.int(), late: z.int(), sameHand: z.int() }),
    more: z.boolean(),
  }),
});

/** Passes the previewed reports, exactly those (批量作出结论); refused when one has changed since. */
export const concludeBatch = defineCommand("annual-inspection.conclude-batch", {
  who: ["decider"],
  input: z.object({ year, reportIds: z.array(id).min(1).max(200), digest: text(100) }),
  output: z.object({ concluded: z.int(), documents: z.array(id) }),
  refusals: { "annual-inspection/preview-stale": 409, "annual-inspection/not-your-register": 403 },
  law: [
    cite(law.serviceInstitutionInspection, "7"),
    cite(law.foundationInspection, "6"),
    cite(law.socialGroupInspection, "7"),
  ],
});

const what = z.enum(["report", "rectification"]).default("report");

/** Who would be marked overdue today (逾期预览), and who would be left alone and why. */
export const previewOverdue = defineQuery("annual-inspection.preview-overdue", {
  who: staff,
  input: z.object({ year, what, limit: z.coerce.number().int().min(1).max(1_000).default(200) }),
  output: z.object({
    today: date,
    rows: z.array(reportRow),
    total: z.int(),
    digest: z.string(),
    left: z.object({ withUnit: z.int(), justConsented: z.int(), noLongerRegistered: z.int() }),
  }),
});

/** Marks exactly the previewed ones overdue, publishes, and proposes listing to the credit room (认定逾期). */
export const markOverdue = defineCommand("annual-inspection.mark-overdue", {
  who: staff,
  input: z.object({ year, what, limit: z.int().min(1).max(1_000), digest: text(100) }),
  output: z.object({ runId: id, wanted: z.int(), marked: z.int(), mode: z.enum(["done", "job"]) }),
  refusals: { "annual-inspection/preview-stale": 409, "annual-inspection/nothing-overdue": 409 },
  law: [cite(law.credit, "11", "1")],
});

/** Marks the next few of a run, by the job only (分批认定). */
export const markChunk = defineCommand("annual-inspection.mark-chunk", {
  who: [],
  door: "internal",
  input: z.object({ home: z.string(), runId: id, limit: z.int().min(1).max(500) }),
  output: z.object({ marked: z.int(), more: z.boolean() }),
  law: [cite(law.credit, "11", "1")],
});

/** The daily look for reports that became overdue, by the job only (每日逾期检查): over the limit it asks a person instead. */
export const dailyOverdue = defineCommand("annual-inspection.daily-overdue", {
  who: [],
  door: "internal",
  input: z.object({ home: z.string(), division: z.string() }),
  output: z.object({ runs: z.int(), marked: z.int(), held: z.int() }),
  law: [cite(law.credit, "11", "1")],
});

/** Reminds those whose day comes in 30, 7 or 1 days, by the job only (到期提醒). */
export const remind = defineCommand("annual-inspection.remind", {
  who: [],
  door: "internal",
  input: z.object({ limit: z.int().min(1).max(20_000) }),
  output: z.object({ reminded: z.int() }),
  law: articles,
});

/** Stops a running run; what it has marked stays until it is reverted (停止). */
export const stopOverdueRun = defineCommand("annual-inspection.stop-overdue-run", {
  who: staff,
  input: z.object({ runId: id, reason: text(500) }),
  output: z.object({ runId: id, state: z.string(), marked: z.int() }),
  refusals: {
    "annual-inspection/run-not-found": 404,
    "annual-inspection/not-your-register": 403,
    "annual-inspection/run-not-running": 409,
  },
});

/** Takes a run back (撤回): each report returns to its state before, unless it has moved on since. */
export const revertOverdueRun = defineCommand("annual-inspection.revert-overdue-run", {
  who: ["administrator", "decider"],
  input: z.object({ runId: id, reason: text(500) }),
  output: z.object({
    runId: id,
    reverted: z.int(),
    kept: z.array(z.object({ reportId: id, name: z.string(), state: z.enum(states) })),
  }),
  refusals: {
    "annual-inspection/run-not-found": 404,
    "annual-inspection/not-your-register": 403,
    "annual-inspection/run-still-running": 409,
    "annual-inspection/run-already-reverted": 409,
  },
});

/** Runs so far, newest first (逾期批次). */
export const listOverdueRuns = defineQuery("annual-inspection.list-overdue-runs", {
  who: readers,
  input: z.object({ year: year.optional() }),
  output: z.object({
    rows: z.array(
      z.object({
        id,
        year: z.int(),
        what: z.enum(["report", "rectification"]),
        state: z.enum(["running", "stopped", "done", "reverted"]),
        ranOn: date,
        division: z.string(),
        most: z.int(),
        wanted: z.int(),
        marked: z.int(),
        reverted: z.int(),
        kept: z.int(),
        startedAt: z.string(),
        finishedAt: z.string().nullable(),
        reason: z.string().nullable(),
      }),
    ),
  }),
});
