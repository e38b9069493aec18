import { z } from "zod";
import { correctionRefusals } from "../../kernel/ledger/refusals.ts";
import { allRoles, defineCommand, defineQuery, type SheetColumn } from "../../kernel/operation/define.ts";
import { date, division, fen, id, optionalText, page, text } from "../../kernel/operation/shapes.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import {
  changeBases,
  donationInput,
  donorKinds,
  keepers,
  kinds,
  readers,
  receiptStates,
  recordRefusals,
  useInput,
  valuations,
} from "./donations.shapes.ts";

const charity = law.charity2024;

/** Headers of the sheets people keep gifts in, as published ledgers have them. */
const sheet: SheetColumn[] = [
  {
    field: "donor",
    headers: ["捐赠人", "捐赠单位", "捐赠方", "捐赠单位(个人)", "捐款单位及个人", "捐赠者", "donor"],
    kind: "text",
  },
  {
    field: "amountFen",
    headers: ["金额", "捐赠金额", "捐款金额", "捐赠额", "金额（元）", "捐赠额（单位：元）", "amount_yuan", "amount"],
    kind: "money",
    unit: "yuan",
  },
  { field: "on", headers: ["日期", "捐赠日期", "捐款日期", "date", "date_raw"], kind: "date" },
  { field: "item", headers: ["品名", "物资", "物资名称", "入库物资", "item"], kind: "text" },
  { field: "spec", headers: ["规格", "规格型号", "spec"], kind: "text" },
  { field: "unit", headers: ["计量单位", "单位", "unit"], kind: "text" },
  { field: "quantity", headers: ["数量", "数量总计", "件数", "quantity"], kind: "text" },
  { field: "valueFen", headers: ["物资价值", "折算金额", "价值", "value"], kind: "money", unit: "yuan" },
  { field: "organisation", headers: ["受赠组织代码", "受赠单位代码", "recipient code"], kind: "code" },
  { field: "purpose", headers: ["用途", "捐赠用途", "定向用途", "purpose"], kind: "text" },
  { field: "payer", headers: ["付款人", "payer"], kind: "text" },
  { field: "forwarder", headers: ["转交人", "转交单位", "forwarder"], kind: "text" },
  { field: "publishDonor", headers: ["同意公开姓名", "publish donor"], kind: "boolean" },
  { field: "waiver", headers: ["放弃票据说明", "waiver"], kind: "text" },
  { field: "event", headers: ["应急事件", "event"], kind: "text" },
  { field: "note", headers: ["备注", "说明", "note", "remark"], kind: "text" },
];

/**
 * Records a gift of cash or of goods (登记捐赠) and posts it to the ledger. The answer holds the number by which the donor may
 * ask where it is; a receipt is due unless it is given up, which is then on record.
 */
export const recordDonation = defineCommand("donations.record-donation", {
  who: keepers,
  input: donationInput,
  output: z.object({
    id,
    receipt: z.string(),
    kind: z.enum(kinds),
    amountFen: fen.nullable(),
    quantity: z.int().nullable(),
    unit: z.string().nullable(),
    receiptState: z.enum(receiptStates),
    entryId: id,
    accountId: id,
  }),
  refusals: recordRefusals,
  law: [cite(charity, "36"), cite(charity, "38"), cite(charity, "54")],
  privateFields: ["donorContact", "donor", "payer", "forwarder"],
  sheet,
});

/** Records what gifts were used for (登记使用): money spent, or goods handed out; only what is there, only for its purpose. */
export const recordUse = defineCommand("donations.record-use", {
  who: keepers,
  input: useInput,
  output: z.object({ id, kind: z.enum(kinds), entryId: id, balance: z.int() }),
  refusals: { ...recordRefusals, "ledger/unknown-account": 404 },
  law: [cite(charity, "57")],
});

/** Records a promise (登记认捐): a text with bounds where it is not exact; it is no money and is added to none. */
export const recordPledge = defineCommand("donations.record-pledge", {
  who: keepers,
  input: z.object({
    organisation: z.string().trim().min(1).max(60).optional(),
    donor: text(200),
    /** As it was said: "近3000万元", "500万元". */
    pledged: text(60),
    agreement: optionalText(100),
    purpose: optionalText(200),
    on: date.optional(),
    dueOn: date.optional(),
  }),
  output: z.object({ id, pledgedFen: fen.nullable(), lowerFen: fen.nullable(), upperFen: fen.nullable() }),
  refusals: {
    "donations/recipient-unknown": 404,
    "donations/not-your-register": 403,
    "donations/amount-unclear": 422,
  },
  law: [cite(charity, "39")],
});

/** Lets gifts serve another purpose (变更用途): with the donor's consent, by a plan filed again, or as a surplus put to a similar one. */
export const changePurpose = defineCommand("donations.change-purpose", {
  who: keepers,
  input: z.object({
    organisation: z.string().trim().min(1).max(60).optional(),
    from: text(200),
    to: text(200),
    amountFen: fen.min(1),
    basis: z.enum(changeBases),
    /** The donor's consent, the number under which the plan was filed again, or the resolution. */
    evidence: optionalText(300),
    on: date.optional(),
  }),
  output: z.object({ id, entryId: id }),
  refusals: { ...recordRefusals, "donations/change-not-allowed": 409 },
  law: [cite(charity, "56"), cite(charity, "58")],
});

/** Corrects a gift that was written down wrongly (更正捐赠): the old line stays, the ledger gets an entry that takes it back, and what is right is a new one. */
export const correctDonation = defineCommand("donations.correct-donation", {
  who: keepers,
  input: z.object({ id, reason: text(300), right: donationInput.partial().optional() }),
  output: z.object({ id, correctedBy: id.nullable(), entryId: id, receipt: z.string() }),
  refusals: {
    ...recordRefusals,
    ...correctionRefusals,
    "donations/unknown-donation": 404,
    "donations/already-corrected": 409,
  },
});

/** Corrects a use that was written down wrongly (更正使用). */
export const correctUse = defineCommand("donations.correct-use", {
  who: keepers,
  input: z.object({ id, reason: text(300), right: useInput.partial().optional() }),
  output: z.object({ id, correctedBy: id.nullable(), entryId: id }),
  refusals: {
    ...recordRefusals,
    ...correctionRefusals,
    "donations/unknown-use": 404,
    "donations/already-corrected": 409,
    "ledger/unknown-account": 404,
  },
});

/** Issues the numbered receipt of a gift (开具捐赠票据). */
export const issueReceipt = defineCommand("donations.issue-receipt", {
  who: ["registrar", "officer"],
  input: z.object({ id }),
  output: z.object({ documentId: id, number: z.string(), verificationCode: z.string() }),
  refusals: {
    "donations/unknown-donation": 404,
    "donations/not-your-register": 403,
    "donations/receipt-not-due": 409,
    "donations/already-corrected": 409,
  },
  law: [cite(charity, "38")],
});

const line = z.object({
  id,
  receipt: z.string(),
  kind: z.enum(kinds),
  state: z.enum(["recorded", "corrected"]),
  division: z.string(),
  recipient: z.string(),
  donorKind: z.enum(donorKinds),
  donor: z.string().nullable(),
  donorCount: z.int(),
  on: date,
  amountFen: fen.nullable(),
  item: z.string().nullable(),
  unit: z.string().nullable(),
  quantity: z.int().nullable(),
  valueFen: fen.nullable(),
  purpose: z.string(),
  event: z.string().nullable(),
  receiptState: z.enum(receiptStates),
});
export type DonationLine = z.infer<typeof line>;

/** Gifts of one's division (捐赠列表), newest first. */
export const listDonations = defineQuery("donations.list", {
  who: readers,
  input: z.object({
    kind: z.enum(kinds).optional(),
    receiptState: z.enum(receiptStates).optional(),
    event: text(100).optional(),
    ...page,
  }),
  output: z.object({ donations: z.array(line), next: z.string().nullable() }),
});

/** Where something is on its way: who has it, as which kind of account, for which purpose. */
const place = z.object({
  name: z.string(),
  kind: z.string(),
  /** Beyond the recipient: a donor, or whoever it was for. */
  outside: z.boolean(),
  purpose: z.string().nullable(),
});
export type GiftPlace = z.infer<typeof place>;

const step = z.object({
  on: date,
  cause: z.string(),
  from: z.string(),
  to: z.string(),
  fromPlace: place,
  toPlace: place,
  amount: z.int(),
  unit: z.string(),
  description: z.string().nullable(),
});
export type GiftStep = z.infer<typeof step>;
const path = {
  steps: z.array(step),
  /** Where it is now: how much rests where. */
  rests: z.array(z.object({ where: z.string(), kind: z.string(), place, amount: z.int(), unit: z.string() })),
  truncated: z.boolean(),
};

/** One gift with its way (捐赠详情). */
export const getDonation = defineQuery("donations.get", {
  who: readers,
  input: z.object({ id }),
  output: line.extend({
    payer: z.string().nullable(),
    forwarder: z.string().nullable(),
    spec: z.string().nullable(),
    valuation: z.enum(valuations).nullable(),
    agreement: z.string().nullable(),
    waiver: z.string().nullable(),
    documentId: id.nullable(),
    documentNumber: z.string().nullable(),
    corrects: id.nullable(),
    correctedBy: id.nullable(),
    correctionReason: z.string().nullable(),
    entryId: id,
    /** Numbers of the pieces, where each has one. */
    serials: z.array(z.string()),
    organisationId: id.nullable(),
    publishDonor: z.boolean(),
    pledgeId: id.nullable(),
    programmeId: id.nullable(),
    note: z.string().nullable(),
    ...path,
  }),
  refusals: { "donations/unknown-donation": 404 },
});

/**
 * Where a gift is (捐赠查询), for whoever has its number, without an account: the whole way and its state. The donor's name is
 * shown only when the donor agreed to its publication.
 */
export const traceDonation = defineQuery("donations.trace", {
  who: allRoles,
  door: "intake",
  input: z.object({ receipt: text(60) }),
  output: z.object({
    receipt: z.string(),
    state: z.enum(["received", "partly-used", "used", "corrected"]),
    kind: z.enum(kinds),
    on: date,
    recipient: z.string(),
    donor: z.string().nullable(),
    amountFen: fen.nullable(),
    item: z.string().nullable(),
    quantity: z.int().nullable(),
    unit: z.string().nullable(),
    purpose: z.string(),
    receiptState: z.enum(receiptStates),
    receiptNumber: z.string().nullable(),
    /** Why the line was corrected, and the number of the right one. */
    correction: z.object({ reason: z.string(), receipt: z.string().nullable() }).nullable(),
    ...path,
  }),
  refusals: { "donations/unknown-receipt": 404 },
  law: [cite(charity, "42")],
});

/** Figures of gifts (捐赠统计) of a division, a year, an event: promises, cash, the value of goods and pieces each for itself. */
export const donationFigures = defineQuery("donations.figures", {
  who: readers,
  input: z.object({
    division: division.optional(),
    from: date.optional(),
    /** Exclusive. */
    to: date.optional(),
    event: text(100).optional(),
  }),
  output: z.object({
    donations: z.int(),
    cashFen: fen,
    goodsValueFen: fen,
    goodsWithoutValue: z.int(),
    goodsLines: z.int(),
    /** Pieces by the unit they are counted in. */
    pieces: z.array(z.object({ unit: z.string(), quantity: z.int() })),
    /** Social organisations that received, and bodies that gave. */
    recipients: z.int(),
    donorBodies: z.int(),
    pledgedFen: fen,
    /** Promises without an exact amount, in their own words. */
    pledgedTexts: z.array(z.string()),
    usedCashFen: fen,
    usedGoodsLines: z.int(),
    receiptsDue: z.int(),
  }),
});

/** Publishes the totals of a division and year (公开捐赠收支): a frozen figure; a changed one is a correction with the old kept. */
export const publishTotals = defineCommand("donations.publish-totals", {
  who: ["publisher"],
  input: z.object({ year: z.int().min(2000).max(2200), reason: optionalText(300) }),
  output: z.object({ key: z.string(), changed: z.boolean() }),
  refusals: { "donations/reason-missing": 422 },
  law: [cite(charity, "58"), cite(charity, "79")],
});
