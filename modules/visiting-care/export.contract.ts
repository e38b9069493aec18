import { z } from "zod";
import { defineCommand, defineQuery } from "../../kernel/operation/define.ts";
import { id, instant, optionalText, page, text } from "../../kernel/operation/shapes.ts";

const county = { "visiting-care/county-only": 403 } as const;

/**
 * Prepares a batch for the national database (全国特殊困难老年人基础数据库报送). `full`: everything there is. `incremental`: what is
 * new or changed since it was last accepted, leaving out what is on its way. `retry`: rejected rows of one batch, corrected.
 */
export const prepareExport = defineCommand("visiting-care.prepare-export", {
  who: ["officer"],
  input: z.object({ kind: z.enum(["full", "incremental", "retry"]), of: id.optional() }),
  output: z.object({ id, number: z.int(), persons: z.int(), visits: z.int(), digest: z.string() }),
  refusals: {
    ...county,
    "visiting-care/nothing-to-export": 409,
    "visiting-care/receipt-outstanding": 409,
    "visiting-care/unknown-export": 404,
  },
});

/** The files of a batch in one zip (下载报送文件): the same bytes at any time; with a passphrase the zip is sealed for transport. */
export const downloadExport = defineCommand("visiting-care.download-export", {
  who: ["officer"],
  download: true,
  input: z.object({ id, passphrase: z.string().min(12).max(200).optional(), reason: text(200) }),
  output: z.unknown(),
  refusals: { ...county, "visiting-care/unknown-export": 404 },
  privateFields: ["passphrase"],
});

/** Records what the national side answered (登记回执): row by row, accepted or rejected with the reason. In parts if need be. */
export const recordReceipt = defineCommand("visiting-care.record-receipt", {
  who: ["officer"],
  input: z.object({
    id,
    /** Everything not named below was accepted. */
    restAccepted: z.boolean().default(false),
    rows: z
      .array(z.object({ row: z.int().min(1), accepted: z.boolean(), reason: optionalText(300) }))
      .max(20_000)
      .default([]),
  }),
  output: z.object({ id, accepted: z.int(), rejected: z.int(), outstanding: z.int() }),
  refusals: {
    ...county,
    "visiting-care/unknown-export": 404,
    "visiting-care/unknown-row": 422,
    "visiting-care/row-settled": 409,
    "visiting-care/reason-missing": 422,
  },
});

/** Batches (报送批次), newest first, with their receipts; the rejected rows with their reasons. */
export const listExports = defineQuery("visiting-care.list-exports", {
  who: ["officer", "auditor", "administrator"],
  input: z.object({ id: id.optional(), ...page }),
  output: z.object({
    exports: z.array(
      z.object({
        id,
        number: z.int(),
        kind: z.enum(["full", "incremental", "retry"]),
        layout: z.string(),
        preparedAt: instant,
        persons: z.int(),
        visits: z.int(),
        accepted: z.int(),
        rejected: z.int(),
        outstanding: z.int(),
        digest: z.string(),
        /** Of the batch asked for by id only. */
        rejectedRows: z.array(
          z.object({ row: z.int(), kind: z.enum(["person", "visit"]), subjectId: id, reason: z.string() }),
        ),
      }),
    ),
    next: z.string().nullable(),
  }),
});
