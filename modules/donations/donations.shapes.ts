import { z } from "zod";
import { postingRefusals } from "../../kernel/ledger/refusals.ts";
import { date, fen, id, optionalText, text } from "../../kernel/operation/shapes.ts";

/** Who keeps gifts: staff of the office, and organisations their own. */
export const keepers = ["registrar", "officer", "organisation"] as const;
export const readers = ["registrar", "officer", "decider", "auditor", "administrator", "organisation"] as const;

export const kinds = ["cash", "goods"] as const;
export const donorKinds = ["organisation", "person", "anonymous", "aggregate"] as const;
export const valuations = ["invoice", "market", "assessed", "donor", "none"] as const;
export const receiptStates = ["due", "issued", "waived", "anonymous"] as const;
export const changeBases = ["donor-consent", "refiled", "surplus"] as const;

/** The recipient: a credit code or the id of an organisation; the office itself when absent. */
const organisation = z.string().trim().min(1).max(60).optional();

const quantity = z.union([z.int().min(1), text(40)]).optional();

/** One gift as somebody writes it down (捐赠登记项). */
export const donationInput = z.object({
  organisation,
  kind: z.enum(kinds).optional(),
  /** Whose gift it is; absent: anonymous. */
  donor: optionalText(200),
  donorKind: z.enum(donorKinds).optional(),
  donorContact: optionalText(100),
  /** Whose account paid, and who passed it on, where these are others than the donor. */
  payer: optionalText(200),
  forwarder: optionalText(200),
  /** The donor agrees that the name is published. */
  publishDonor: z.boolean().optional(),
  amountFen: fen.min(1).max(100_000_000_000_000).optional(),
  /** In yuan as people write it: "1,000.00", "３万元". */
  amount: optionalText(40),
  item: optionalText(200),
  spec: optionalText(100),
  unit: optionalText(20),
  /** A whole number, or with its unit: "198件". */
  quantity,
  serials: z.array(text(60)).max(2_000).optional(),
  valueFen: fen.min(0).optional(),
  valuation: z.enum(valuations).optional(),
  on: date.optional(),
  purpose: optionalText(200),
  /** What is given for a purpose may serve no other without consent; so unless it is said. */
  restricted: z.boolean().optional(),
  event: optionalText(100),
  programme: id.optional(),
  pledge: id.optional(),
  agreement: optionalText(100),
  /** Why no receipt is wanted. */
  waiver: optionalText(200),
  expired: z.boolean().optional(),
  note: optionalText(500),
});
export type DonationInput = z.infer<typeof donationInput>;

export const useInput = z.object({
  organisation,
  amountFen: fen.min(1).max(100_000_000_000_000).optional(),
  amount: optionalText(40),
  item: optionalText(200),
  spec: optionalText(100),
  unit: optionalText(20),
  quantity,
  serials: z.array(text(60)).max(2_000).optional(),
  purpose: optionalText(200),
  /** Who it is for: an institution, never a person. */
  recipient: optionalText(200),
  description: text(500),
  on: date.optional(),
  event: optionalText(100),
  programme: id.optional(),
});
export type UseInput = z.infer<typeof useInput>;

/** What recording may be refused for. */
export const recordRefusals = {
  ...postingRefusals,
  "donations/recipient-unknown": 404,
  "donations/not-your-register": 403,
  "donations/amount-unclear": 422,
  "donations/amount-too-fine": 422,
  "donations/amount-not-positive": 422,
  "donations/amount-missing": 422,
  "donations/both-kinds": 422,
  "donations/quantity-unclear": 422,
  "donations/in-the-future": 422,
  "donations/goods-not-acceptable": 422,
  "donations/pledge-unknown": 404,
  "donations/programme-unknown": 404,
} as const;
export type RecordRefusal = keyof typeof recordRefusals;
