import { z } from "zod";
import { defineCommand } from "../../kernel/operation/define.ts";
import { date, id, optionalText, text } from "../../kernel/operation/shapes.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { groundIds, lists } from "./credit.catalogue.ts";
import { listingStates, optionalPublicText, publicText } from "./listing.shapes.ts";

const state = z.enum(listingStates);
const evidence = z.array(id).max(50).default([]);
const listing = {
  "credit/listing-not-found": 404,
  "credit/not-your-register": 403,
  "credit/not-ready": 409,
  "credit/changed-meanwhile": 409,
} as const;

/** Applies for removal (申请移出): by the organisation, or recorded for it by the registrar. */
export const applyRemoval = defineCommand("credit.apply-removal", {
  who: ["organisation", "registrar"],
  input: z.object({ listingId: id, content: text(4_000), evidence, receivedOn: date.optional() }),
  output: z.object({ listingId: id, submissionId: id, state }),
  refusals: { ...listing, "credit/received-out-of-time": 422 },
  privateFields: ["content"],
  law: [cite(law.credit, "14"), cite(law.credit, "17")],
});

/**
 * Verifies an application for removal (核实移出申请): `fulfilled` starts the 5 working days, `not-fulfilled` sends it back
 * with findings. `putRightOn` is the day the duty was done.
 */
export const verifyRemoval = defineCommand("credit.verify-removal", {
  who: ["registrar"],
  input: z.object({
    listingId: id,
    outcome: z.enum(["fulfilled", "not-fulfilled"]),
    putRightOn: date.optional(),
    findings: text(4_000),
    evidence,
  }),
  output: z.object({ listingId: id, state, removalDueOn: date.nullable() }),
  refusals: { ...listing, "credit/put-right-out-of-time": 422 },
  privateFields: ["findings"],
  law: [cite(law.credit, "14")],
});

/**
 * Removes from the list (决定移出): after verification, within 5 working days; after six months where nothing can be put
 * right. The rule decides. The entry leaves the public list, its history stays. Law: Order 60 arts 13–17.
 */
export const removeListing = defineCommand("credit.remove-listing", {
  who: ["decider"],
  input: z.object({ listingId: id, reasons: optionalText(4_000) }),
  output: z.object({
    listingId: id,
    state,
    documentId: id,
    verificationCode: z.string(),
    ruleDecisionId: id,
    removedOn: date,
    onTime: z.boolean().nullable(),
  }),
  refusals: listing,
  law: [cite(law.credit, "14"), cite(law.credit, "17")],
});

/** Objects to a listing at any time (提出异议), while listed or afterwards. */
export const object = defineCommand("credit.object", {
  who: ["organisation", "registrar"],
  input: z.object({ listingId: id, content: text(4_000), evidence, receivedOn: date.optional() }),
  output: z.object({ listingId: id, objectionId: id }),
  refusals: { ...listing, "credit/received-out-of-time": 422 },
  privateFields: ["content"],
  law: [cite(law.credit, "18")],
});

/**
 * Answers an objection after verification (核实异议): upheld with what is corrected, published beside the old text; or
 * dismissed with reasons. A listing that should not be there at all is withdrawn by `credit.withdraw-listing`.
 */
export const answerObjection = defineCommand("credit.answer-objection", {
  who: ["registrar"],
  input: z.object({
    objectionId: id,
    outcome: z.enum(["upheld", "dismissed"]),
    answer: text(4_000),
    /** Public reason of the correction, one sentence without personal data. */
    publicReason: optionalPublicText(300),
    correction: z
      .object({
        ground: z.enum(groundIds).optional(),
        groundText: optionalPublicText(500),
        organisationName: optionalText(200),
      })
      .optional(),
  }),
  output: z.object({ listingId: id, corrected: z.boolean() }),
  refusals: {
    ...listing,
    "credit/objection-not-found": 404,
    "credit/objection-answered": 409,
    "credit/correction-missing": 422,
    "credit/ground-not-of-list": 422,
  },
  privateFields: ["answer"],
  law: [cite(law.credit, "18")],
});

/** Withdraws a listing whose basis was overturned (撤销列入): as if never listed, with a public correction. */
export const withdrawListing = defineCommand("credit.withdraw-listing", {
  who: ["decider"],
  input: z.object({
    listingId: id,
    basis: z.enum(["reconsideration", "judgment", "penalty-revoked", "own-error"]),
    basisNumber: optionalText(100),
    reasons: text(4_000),
    publicReason: publicText(300),
  }),
  output: z.object({ listingId: id, state, documentId: id, verificationCode: z.string() }),
  refusals: listing,
  law: [cite(law.credit, "18")],
});

/**
 * Loads a listing of the register kept before this system (补录历史列入): only with number, date and ground of the decision;
 * flagged as legacy everywhere.
 */
export const recordExistingListing = defineCommand("credit.record-existing-listing", {
  who: ["registrar"],
  input: z.object({
    organisationId: id.optional(),
    creditCode: optionalText(18),
    list: z.enum(lists),
    ground: z.enum(groundIds),
    groundText: optionalPublicText(500),
    decisionNumber: text(60),
    decidedOn: date,
    listedOn: date.optional(),
    authority: optionalText(100),
    /** What the old register says about reasons and remedy; "see decision" when it says nothing. */
    reasons: optionalText(2_000),
  }),
  output: z.object({ listingId: id, state }),
  refusals: {
    "credit/organisation-not-found": 404,
    "credit/not-your-register": 403,
    "credit/ground-not-of-list": 422,
    "credit/decided-after-start": 422,
    "credit/already-underway": 409,
    "credit/organisation-ended": 409,
  },
  law: [cite(law.credit, "11"), cite(law.credit, "15")],
  sheet: [
    { field: "creditCode", headers: ["统一社会信用代码", "信用代码", "credit code"], kind: "code", required: true },
    {
      field: "list",
      headers: ["名录", "名单类别", "list"],
      kind: "enum",
      required: true,
      values: {
        abnormal: ["活动异常名录", "异常名录", "abnormal"],
        serious: ["严重违法失信名单", "严重失信", "serious"],
      },
    },
    {
      field: "ground",
      headers: ["列入事由", "列入情形", "列入原因", "ground"],
      kind: "enum",
      required: true,
      values: {
        annual_report: ["未按规定报送年度报告", "未按时年检", "未参加年检", "未报送年报", "annual report"],
        party_organisation: ["未按规定设立党组织", "未建立党组织", "party organisation"],
        rectification_overdue: ["未按期整改", "逾期未改正", "rectification overdue"],
        public_fundraising_conditions_lost: ["不再具备公开募捐条件", "fundraising conditions lost"],
        no_public_fundraising_6_months: ["连续六个月未开展公开募捐", "no fundraising for 6 months"],
        light_penalty: ["警告或五万元以下罚款", "受到警告处罚", "light penalty"],
        unreachable: ["通过登记的住所无法取得联系", "无法联系", "失联", "unreachable"],
        abnormal_24_months: ["列入异常名录满两年", "列入异常名录满2年", "abnormal for 24 months"],
        change_registration_fraud: ["骗取变更登记被撤销", "registration fraud"],
        suspended: ["被限期停止活动", "suspended"],
        heavy_fine: ["五万元以上罚款", "heavy fine"],
        light_penalties_in_3_years: ["三年内两次以上警告或罚款", "light penalties in 3 years"],
        dishonest_judgment_debtor: ["失信被执行人", "judgment debtor"],
        certificate_revoked: ["被吊销或撤销登记", "被吊销登记证书", "被撤销登记", "certificate revoked"],
        other_law: ["法律法规规定的其他情形", "其他", "other law"],
      },
    },
    { field: "decisionNumber", headers: ["决定文号", "文号", "decision number"], kind: "text", required: true },
    { field: "decidedOn", headers: ["决定日期", "decided on"], kind: "date", required: true },
    { field: "listedOn", headers: ["列入日期", "listed on"], kind: "date" },
    { field: "authority", headers: ["列入机关", "authority"], kind: "text" },
    { field: "groundText", headers: ["事实", "列入事实", "facts"], kind: "text" },
    { field: "reasons", headers: ["理由", "reasons"], kind: "text" },
  ],
});

export const removalOperations = [
  applyRemoval,
  verifyRemoval,
  removeListing,
  object,
  answerObjection,
  withdrawListing,
  recordExistingListing,
] as const;
