import { z } from "zod";
import { defineCommand, defineQuery } from "../operation/define.ts";
import { facts, id, instant, page } from "../operation/shapes.ts";

export const importers = ["administrator", "registrar", "officer"] as const;

const state = z.enum(["reading", "asking", "checked", "committing", "committed", "undoing", "undone", "failed"]);

const counts = z.object({
  rows: z.int(),
  new: z.int(),
  same: z.int(),
  change: z.int(),
  bad: z.int(),
  warned: z.int(),
  done: z.int(),
  undone: z.int(),
});

const remark = z.object({
  sheet: z.string(),
  row: z.int(),
  cell: z.string().nullable(),
  field: z.string(),
  code: z.string(),
  facts,
  message: z.string(),
});

const batch = z.object({
  id,
  operation: z.string(),
  fileName: z.string(),
  state,
  counts,
  /** Questions that must be answered before anything is understood: the unit of money is asked, not guessed. */
  questions: z.array(z.object({ code: z.string(), field: z.string(), facts, options: z.array(z.string()) })),
  failure: z.object({ code: z.string(), facts, message: z.string() }).nullable(),
  createdAt: instant,
  finishedAt: instant.nullable(),
});

/** Upload a spreadsheet (上传): it is read and checked in the background, nothing is written to the register yet. */
export const stage = defineCommand("sheet.stage", {
  who: importers,
  input: z.object({ operation: z.string().max(100), answers: z.record(z.string(), z.string()).optional() }),
  output: z.object({ id, state }),
  refusals: {
    "sheet/not-your-role": 403,
    "sheet/not-importable": 422,
    "sheet/not-a-spreadsheet": 415,
    "sheet/too-large": 413,
    "sheet/empty": 422,
  },
  upload: true,
});

/** A batch with its counts, questions and remarks by sheet and cell (预检结果). */
export const get = defineQuery("sheet.get", {
  who: importers,
  input: z.object({ id, only: z.enum(["bad", "warned", "all"]).default("all"), ...page }),
  output: batch.extend({ errors: z.array(remark), warnings: z.array(remark), next: z.string().nullable() }),
  refusals: { "sheet/unknown-batch": 404 },
});

/** Batches of one's own register, newest first. */
export const list = defineQuery("sheet.list", {
  who: importers,
  input: z.object({ ...page }),
  output: z.object({ batches: z.array(batch), next: z.string().nullable() }),
});

/** Answer what the reader could not know (回答), e.g. whether amounts are yuan or 10,000 yuan; the file is read again. */
export const answer = defineCommand("sheet.answer", {
  who: importers,
  input: z.object({ id, answers: z.record(z.string(), z.string()) }),
  output: z.object({ id, state }),
  refusals: { "sheet/unknown-batch": 404, "sheet/wrong-state": 409 },
});

/** Write the rows that passed (提交); rows with problems stay out, and only by explicit choice the rest goes in. */
export const commit = defineCommand("sheet.commit", {
  who: importers,
  input: z.object({ id, acceptPartial: z.boolean().default(false) }),
  output: z.object({ id, state, counts }),
  refusals: { "sheet/unknown-batch": 404, "sheet/wrong-state": 409, "sheet/has-bad-rows": 409 },
});

/** Take a committed batch back (撤销): compensating acts, refused row by row for records touched since. */
export const undo = defineCommand("sheet.undo", {
  who: importers,
  input: z.object({ id, reason: z.string().trim().min(1).max(200).optional() }),
  output: z.object({ id, state, counts }),
  refusals: { "sheet/unknown-batch": 404, "sheet/wrong-state": 409 },
});

/** The uploaded file with its bad cells marked and explained (错误标注文件). */
export const marked = defineQuery("sheet.marked", {
  who: importers,
  input: z.object({ id, locale: z.enum(["zh", "en"]).default("zh") }),
  output: z.unknown(),
  refusals: { "sheet/unknown-batch": 404 },
  download: true,
});

/** An empty template with headers, lists, limits and notes (导入模板). */
export const template = defineQuery("sheet.template", {
  who: importers,
  input: z.object({ operation: z.string().max(100), locale: z.enum(["zh", "en"]).default("zh") }),
  output: z.unknown(),
  refusals: { "sheet/not-importable": 422 },
  download: true,
});

/** What can be imported (可导入事项). */
export const kinds = defineQuery("sheet.kinds", {
  who: importers,
  input: z.object({}),
  output: z.object({ operations: z.array(z.string()) }),
});
