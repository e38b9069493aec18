import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { PassThrough } from "node:stream";
import { z } from "zod";
import { sql } from "../database/sql.ts";
import { enqueue } from "../jobs/jobs.ts";
import type { Context } from "../operation/context.ts";
import { readCursor, writeCursor } from "../operation/cursor.ts";
import { defineCommand, type Operation, type Role } from "../operation/define.ts";
import { permitted } from "../operation/execute.ts";
import { handle } from "../operation/handle.ts";
import { id } from "../operation/shapes.ts";
import type { RowSettled, SheetImport } from "./import.ts";
import { CHUNK, columnsOf } from "./import-run.ts";
import { markErrors } from "./mark.ts";
import { wholeInputs } from "./private.ts";
import * as op from "./sheet.contract.ts";
import {
  type BatchRow,
  type CellRemark,
  countRows,
  findBatch,
  insertBatch,
  listBatches,
  nextRows,
  remarkedRows,
  type StagedRow,
  sealedAt,
  setBatch,
  settleRows,
} from "./sheet.store.ts";
import { words } from "./sheet.words.ts";
import { writeTemplate } from "./template.ts";

const none = { rows: 0, new: 0, same: 0, change: 0, bad: 0, warned: 0, done: 0, undone: 0 };

const localeOf = (_ctx: Context) => "zh" as const;

function shown(ctx: Context, batch: BatchRow) {
  const failure = batch.summary.failure;
  return {
    id: batch.id,
    operation: batch.operation,
    fileName: batch.file_name,
    state: batch.state,
    counts: { ...none, ...batch.counts },
    questions: batch.questions,
    failure: failure ? { ...failure, message: ctx.house.say(failure.code, failure.facts, localeOf(ctx)) } : null,
    createdAt: batch.created_at.toISOString(),
    finishedAt: batch.finished_at?.toISOString() ?? null,
  };
}

function remarkOf(ctx: Context, row: StagedRow, remark: CellRemark) {
  const facts = remark.facts ?? {};
  return {
    sheet: row.sheet,
    row: row.row_number,
    cell: remark.cell,
    field: remark.field,
    code: remark.code,
    facts,
    message: ctx.house.say(remark.code, facts, localeOf(ctx)),
  };
}

const subject = (batch: Pick<BatchRow, "id" | "home_code" | "division_code">) => ({
  kind: "sheet-batch",
  id: batch.id,
  home: batch.home_code,
  division: batch.division_code,
});

const stage = handle(op.stage)(async (input, ctx, upload) => {
  if (!upload) throw new Error("stage needs the multipart door");
  const twin = ctx.house.sheets.get(input.operation);
  if (!twin)
    return ctx.fail("sheet/not-importable", { operation: input.operation, known: [...ctx.house.sheets.keys()] });
  if (!permitted(twin.operation as Operation, ctx.actor))
    return ctx.fail("sheet/not-your-role", { operation: input.operation, roles: twin.operation.who });
  if (upload.size === 0) return ctx.fail("sheet/empty");
  const kept = await ctx.house.files.put(createReadStream(upload.path));
  const batchId = ctx.newId();
  const fileId = ctx.newId();
  const batch = { home_code: ctx.actor.home, id: batchId, division_code: ctx.actor.division ?? ctx.actor.home };
  await insertBatch(ctx.tx, {
    ...batch,
    operation: input.operation,
    file_id: fileId,
    file_name: upload.fileName.slice(0, 200),
    answers: input.answers ?? {},
    created_by: ctx.actor.accountId as string,
    created_as: ctx.actor.role as Role,
    created_at: ctx.now,
  });
  ctx.later(async (tx) => {
    await tx.run(sql`
      insert into file (home_code, id, division_code, name, content_type, size, sha256, uploaded_by, uploaded_at, subject_id)
      values (${batch.home_code}, ${fileId}, ${batch.division_code}, ${upload.fileName.slice(0, 200)}, ${upload.declaredType}, ${upload.size}, ${kept.sha256}, ${ctx.actor.accountId}, ${ctx.now}, ${batchId})`);
  });
  enqueue(ctx, "sheet.read", { batch: batchId, path: ctx.house.files.pathOf(kept.sha256) });
  ctx.journal("sheet.staged", subject(batch), { operation: input.operation, sha256: kept.sha256 });
  return { id: batchId, state: "reading" as const };
});

const get = handle(op.get)(async (input, ctx) => {
  const batch = await findBatch(ctx.tx, input.id);
  if (!batch) return ctx.fail("sheet/unknown-batch");
  const [after = -1] = readCursor(input.after, ["number"]) ?? [];
  const rows = await remarkedRows(ctx.tx, batch, input.only, after, input.limit + 1);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    ...shown(ctx, batch),
    errors: page.flatMap((row) => (row.problems?.problems ?? []).map((remark) => remarkOf(ctx, row, remark))),
    warnings: page.flatMap((row) => (row.problems?.warnings ?? []).map((remark) => remarkOf(ctx, row, remark))),
    next: rows.length > input.limit && last ? writeCursor([last.ordinal]) : null,
  };
});

const list = handle(op.list)(async (input, ctx) => {
  const [after] = readCursor(input.after, ["id"]) ?? [];
  const rows = await listBatches(ctx.tx, input.limit + 1, after);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    batches: page.map((batch) => shown(ctx, batch)),
    next: rows.length > input.limit && last ? writeCursor([last.id]) : null,
  };
});

async function batchIn(
  ctx: Context,
  batchId: string,
  states: readonly BatchRow["state"][],
  fail: (code: "sheet/unknown-batch" | "sheet/wrong-state", facts?: Record<string, unknown>) => never,
): Promise<BatchRow> {
  const batch = await ctx.tx.maybe<BatchRow>(
    sql`select * from sheet_batch where id = ${batchId} and home_code = ${ctx.actor.home} for update`,
  );
  if (!batch) return fail("sheet/unknown-batch");
  if (!states.includes(batch.state)) return fail("sheet/wrong-state", { state: batch.state, needed: states });
  return batch;
}

const answer = handle(op.answer)(async (input, ctx) => {
  const batch = await batchIn(ctx, input.id, ["asking", "checked"], ctx.fail);
  const file = await ctx.tx.one<{ sha256: string }>(sql`select sha256 from file where id = ${batch.file_id}`);
  await setBatch(ctx.tx, batch, { state: "reading", answers: { ...batch.answers, ...input.answers }, questions: [] });
  enqueue(ctx, "sheet.read", { batch: batch.id, path: ctx.house.files.pathOf(file.sha256) });
  ctx.journal("sheet.answered", subject(batch), { answers: input.answers });
  return { id: batch.id, state: "reading" as const };
});

const commit = handle(op.commit)(async (input, ctx) => {
  const batch = await batchIn(ctx, input.id, ["checked"], ctx.fail);
  const counts = { ...none, ...batch.counts };
  if (counts.bad > 0 && !input.acceptPartial)
    return ctx.fail("sheet/has-bad-rows", { bad: counts.bad, good: counts.new + counts.change });
  await setBatch(ctx.tx, batch, { state: "committing" });
  enqueue(ctx, "sheet.commit", { batch: batch.id });
  ctx.journal("sheet.commit-began", subject(batch), { counts });
  return { id: batch.id, state: "committing" as const, counts };
});

const undo = handle(op.undo)(async (input, ctx) => {
  const batch = await batchIn(ctx, input.id, ["committed"], ctx.fail);
  await setBatch(ctx.tx, batch, { state: "undoing" });
  enqueue(ctx, "sheet.undo", { batch: batch.id });
  ctx.journal("sheet.undo-began", subject(batch), { reason: input.reason ?? null });
  return { id: batch.id, state: "undoing" as const, counts: { ...none, ...batch.counts } };
});

const chunkInput = z.object({ id, after: z.int(), until: z.int().optional() });
const chunkOutput = z.object({ left: z.boolean(), after: z.int() });
const commitChunk = defineCommand("sheet.commit-chunk", {
  who: op.importers,
  door: "internal",
  input: chunkInput,
  output: chunkOutput,
});
const undoChunk = defineCommand("sheet.undo-chunk", {
  who: op.importers,
  door: "internal",
  input: chunkInput,
  output: chunkOutput,
});

const digestOf = (rows: readonly StagedRow[]) =>
  createHash("sha256")
    .update(JSON.stringify(rows.map((row) => [row.sheet, row.row_number, row.input])))
    .digest("hex");

/** Ends a batch when nothing is left to do, with its counts taken anew. */
async function finish(ctx: Context, batch: BatchRow, state: "committed" | "undone"): Promise<void> {
  const counts = await countRows(ctx.tx, batch);
  await setBatch(ctx.tx, batch, { state, counts, finishedAt: ctx.now });
  ctx.journal(`sheet.${state}`, subject(batch), { counts });
}

/** Writes what passes, by the same rules as the dry run, in the transaction that writes: much may have changed since. */
async function settleInputs(
  ctx: Context,
  twin: SheetImport,
  inputs: readonly unknown[],
  batch: string,
): Promise<RowSettled[]> {
  if (twin.settle) return twin.settle(ctx, inputs, batch);
  const verdicts = await twin.check(ctx.tx, ctx.actor, ctx.today, inputs, { house: ctx.house, batch });
  const passes = (at: number) => ["new", "change"].includes(verdicts[at]?.verdict ?? "bad");
  const writable = inputs.filter((_, at) => passes(at));
  const outcomes = writable.length > 0 ? await twin.commit(ctx, writable, batch) : [];
  let written = 0;
  return inputs.map((_, at): RowSettled => {
    if (passes(at)) return { verdict: "done", outcome: outcomes[written++] ?? {} };
    const verdict = verdicts[at];
    return verdict?.verdict === "same" ? { verdict: "same" } : { verdict: "bad", problems: verdict?.problems ?? [] };
  });
}

const runCommitChunk = handle(commitChunk)(async (input, ctx) => {
  const batch = (await findBatch(ctx.tx, input.id)) as BatchRow;
  const twin = ctx.house.sheets.get(batch.operation);
  if (!twin) throw new Error(`no importer for ${batch.operation}`);
  const rows = await nextRows(ctx.tx, batch, ["new", "change"], CHUNK, input.after, input.until);
  if (rows.length === 0) {
    // An empty piece was written before an interruption; only a look without an end says that nothing is left.
    if (input.until === undefined) await finish(ctx, batch, "committed");
    return { left: input.until !== undefined, after: input.until ?? 0 };
  }
  const settled = await settleInputs(
    ctx,
    twin,
    wholeInputs(ctx.house.keys, batch, rows, await sealedAt(ctx.tx, batch, rows)),
    batch.id,
  );
  await settleRows(
    ctx.tx,
    batch,
    settled.map((one, at) => {
      const { ordinal } = rows[at] as StagedRow;
      if (one.verdict !== "bad") return { ordinal, ...one };
      const problems = one.problems.map((remark) => ({ ...remark, cell: null }));
      return { ordinal, verdict: "bad", problems: { problems, warnings: [] } };
    }),
  );
  ctx.journal("sheet.chunk-committed", subject(batch), {
    rows: rows.length,
    written: settled.filter((one) => one.verdict === "done").length,
    digest: digestOf(rows),
  });
  return { left: true, after: rows.at(-1)?.ordinal ?? 0 };
});

const runUndoChunk = handle(undoChunk)(async (input, ctx) => {
  const batch = (await findBatch(ctx.tx, input.id)) as BatchRow;
  const twin = ctx.house.sheets.get(batch.operation);
  if (!twin) throw new Error(`no importer for ${batch.operation}`);
  const rows = await nextRows(ctx.tx, batch, ["done"], CHUNK, input.after, input.until);
  if (rows.length === 0) {
    await finish(ctx, batch, "undone");
    return { left: false, after: 0 };
  }
  const verdicts = await twin.undo(
    ctx,
    rows.map((row) => row.outcome ?? {}),
  );
  await settleRows(
    ctx.tx,
    batch,
    rows.map((row, at) => {
      const kept = verdicts[at];
      if (!kept) return { ordinal: row.ordinal, verdict: "undone" };
      return {
        ordinal: row.ordinal,
        verdict: "done",
        problems: { problems: [], warnings: [{ field: "", code: kept.code, facts: kept.facts ?? {}, cell: null }] },
      };
    }),
  );
  ctx.journal("sheet.chunk-undone", subject(batch), {
    rows: rows.length,
    undone: verdicts.filter((one) => one === null).length,
    digest: digestOf(rows),
  });
  return { left: true, after: rows.at(-1)?.ordinal ?? 0 };
});

const columnNumber = (cell: string | null) => {
  const letters = /^[A-Z]+/.exec(cell ?? "")?.[0] ?? "A";
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
};

const marked = handle(op.marked)(async (input, ctx) => {
  const batch = await findBatch(ctx.tx, input.id);
  if (!batch) return ctx.fail("sheet/unknown-batch");
  const file = await ctx.tx.one<{ sha256: string }>(sql`select sha256 from file where id = ${batch.file_id}`);
  const rows = await remarkedRows(ctx.tx, batch, "bad", -1, 20_000);
  const errors = rows.flatMap((row) =>
    (row.problems?.problems ?? []).map((remark) => ({
      sheet: row.sheet,
      row: row.row_number,
      column: columnNumber(remark.cell),
      message: ctx.house.say(remark.code, remark.facts ?? {}, input.locale),
    })),
  );
  const body = new PassThrough();
  void markErrors(ctx.house.files.pathOf(file.sha256), errors, body, { locale: input.locale }).catch((error: Error) =>
    body.destroy(error),
  );
  return {
    fileName: `${batch.file_name.replace(/\.(csv|xlsx)$/i, "")}-${words[input.locale].errorsSheet}.xlsx`,
    contentType: XLSX,
    body,
  };
});

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const template = handle(op.template)(async (input, ctx) => {
  const twin = ctx.house.sheets.get(input.operation);
  if (!twin)
    return ctx.fail("sheet/not-importable", { operation: input.operation, known: [...ctx.house.sheets.keys()] });
  const body = Buffer.from(await writeTemplate(columnsOf(twin.operation), {}, input.locale));
  return { fileName: `${input.operation}.xlsx`, contentType: XLSX, body };
});

const kinds = handle(op.kinds)(async (_input, ctx) => ({ operations: [...ctx.house.sheets.keys()] }));

export const sheetHandlers = [
  stage,
  get,
  list,
  answer,
  commit,
  undo,
  runCommitChunk,
  runUndoChunk,
  marked,
  template,
  kinds,
];
