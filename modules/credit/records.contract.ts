import { z } from "zod";
import { defineCommand, defineQuery, staffRoles } from "../../kernel/operation/define.ts";
import { date, division, facts, id, optionalText, page, text } from "../../kernel/operation/shapes.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { localClasses, nationalClasses, recordKindIds } from "./credit.catalogue.ts";

const ofOrganisation = {
  organisationId: id.optional(),
  /** Unified social credit code, in place of the id: spreadsheets know no ids. */
  creditCode: optionalText(18),
};

/** A credit record as staff and the organisation itself see it (信用信息记录). */
export const recordShape = z.object({
  id,
  organisationId: id,
  organisationName: z.string(),
  organisationCode: z.string().nullable(),
  division: z.string(),
  class: z.enum(nationalClasses),
  localClass: z.enum(localClasses),
  kind: z.enum(recordKindIds),
  title: z.string(),
  basis: z.string().nullable(),
  content: facts,
  authority: z.string(),
  evidence: z.array(id),
  state: z.enum(["pending", "entered", "corrected", "undone"]),
  formedOn: date,
  receivedOn: date.nullable(),
  dueOn: date.nullable(),
  enteredOn: date.nullable(),
  onTime: z.boolean().nullable(),
  public: z.boolean(),
  validTo: date.nullable(),
  corrects: id.nullable(),
  correctedBy: id.nullable(),
  correctionReason: z.string().nullable(),
});
export type RecordDto = z.output<typeof recordShape>;

/**
 * Enters a credit record (录入信用信息): within 5 working days of formation or receipt. With `recordId` it completes a fact
 * another module reported; late entry is allowed and shown. Law: Order 60 arts 6–8.
 */
export const record = defineCommand("credit.record", {
  who: ["registrar"],
  input: z.object({
    ...ofOrganisation,
    recordId: id.optional(),
    kind: z.enum(recordKindIds).optional(),
    title: optionalText(200),
    basis: optionalText(500),
    content: facts.optional(),
    authority: optionalText(100),
    evidence: z.array(id).max(50).default([]),
    formedOn: date.optional(),
    receivedOn: date.optional(),
    public: z.boolean().optional(),
    validTo: date.optional(),
    sourceRef: optionalText(200),
  }),
  output: z.object({
    recordId: id,
    onTime: z.boolean().nullable(),
    dueOn: date.nullable(),
    daysLate: z.int().nullable(),
  }),
  refusals: {
    "credit/organisation-not-found": 404,
    "credit/not-your-register": 403,
    "credit/record-not-found": 404,
    "credit/record-incomplete": 422,
    "credit/record-already-entered": 409,
    "credit/formed-in-future": 422,
    "credit/kept-by-procedure": 409,
  },
  law: [cite(law.credit, "6"), cite(law.credit, "8")],
  sheet: [
    { field: "creditCode", headers: ["统一社会信用代码", "信用代码", "credit code"], kind: "code", required: true },
    {
      field: "kind",
      headers: ["种类", "记录种类", "kind"],
      kind: "enum",
      required: true,
      values: {
        honour: ["荣誉", "表彰", "表彰奖励", "honour"],
        assessment_grade: ["评估等级", "grade"],
        commission: ["承接项目", "承接政府购买服务", "commission"],
        penalty_warning: ["警告", "warning"],
        penalty_fine: ["罚款", "fine"],
        penalty_confiscation: ["没收违法所得", "confiscation"],
        penalty_suspension: ["限期停止活动", "suspension"],
        penalty_revocation: ["吊销登记证书", "revocation"],
        check_problem: ["检查问题", "check problem"],
        check_passed: ["检查合格", "check passed"],
        judgment_debtor: ["失信被执行人", "judgment debtor"],
        other_good: ["其他良好信息", "other good"],
        other_bad: ["其他不良信息", "other bad"],
      },
    },
    { field: "title", headers: ["事项", "荣誉名称", "名称", "title"], kind: "text", required: true },
    { field: "authority", headers: ["授予机关", "来源机关", "颁发单位", "authority"], kind: "text", required: true },
    { field: "formedOn", headers: ["形成日期", "授予日期", "日期", "formed on"], kind: "date", required: true },
    { field: "basis", headers: ["依据", "文号", "basis"], kind: "text" },
    { field: "validTo", headers: ["有效期至", "valid to"], kind: "date" },
    { field: "public", headers: ["是否公开", "public"], kind: "boolean" },
  ],
});

/** Corrects a credit record (更正信用信息): a new record replaces it, the old one is kept with the reason. */
export const correctRecord = defineCommand("credit.correct-record", {
  who: ["registrar"],
  input: z.object({
    recordId: id,
    reason: text(500),
    title: optionalText(200),
    basis: optionalText(500),
    content: facts.optional(),
    authority: optionalText(100),
    evidence: z.array(id).max(50).optional(),
    formedOn: date.optional(),
    public: z.boolean().optional(),
    validTo: date.nullable().optional(),
  }),
  output: z.object({ recordId: id }),
  refusals: {
    "credit/record-not-found": 404,
    "credit/not-your-register": 403,
    "credit/record-not-correctable": 409,
    "credit/kept-by-procedure": 409,
    "credit/formed-in-future": 422,
  },
  law: [cite(law.credit, "18")],
});

/** Lists credit records (信用信息列表), newest first. `late` = entered late or still waiting after the due day. */
export const records = defineQuery("credit.records", {
  who: [...staffRoles, "organisation", "supervisory-unit"],
  input: z.object({
    division: division.optional(),
    organisationId: id.optional(),
    class: z.enum(nationalClasses).optional(),
    localClass: z.enum(localClasses).optional(),
    kind: z.enum(recordKindIds).optional(),
    state: z.enum(["pending", "entered", "corrected"]).optional(),
    late: z.boolean().optional(),
    ...page,
  }),
  output: z.object({ rows: z.array(recordShape), next: z.string().nullable(), total: z.int().nullable() }),
  law: [cite(law.credit, "6")],
});

export const recordOperations = [record, correctRecord, records] as const;
