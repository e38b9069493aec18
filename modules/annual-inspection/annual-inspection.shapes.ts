import { z } from "zod";
import { date, fen, id, optionalText, text } from "../../kernel/operation/shapes.ts";

/** Money lines of a yearly report (财务数据), in fen, in the order of the form. */
export const incomeFields = [
  "donationIncomeFen",
  "membershipIncomeFen",
  "serviceIncomeFen",
  "salesIncomeFen",
  "governmentIncomeFen",
  "investmentIncomeFen",
  "otherIncomeFen",
] as const;
export const spendFields = ["charitySpendFen", "salariesFen", "adminFen", "fundraisingFen", "otherSpendFen"] as const;
export const donationFields = ["cashDonationsFen", "domesticCashDonationsFen", "inKindDonationsFen"] as const;
export const assetFields = [
  "assetsStartFen",
  "assetsEndFen",
  "liabilitiesEndFen",
  "netAssetsStartFen",
  "netAssetsEndFen",
] as const;
export const baseFields = ["lastYearIncomeFen", "donationAverageFen"] as const;
export const moneyFields = [
  ...incomeFields,
  "incomeTotalFen",
  ...donationFields,
  ...spendFields,
  "spendTotalFen",
  ...assetFields,
  ...baseFields,
] as const;
export type MoneyField = (typeof moneyFields)[number];

const money = fen.nullable().optional();
const count = z.int().min(0).max(10_000_000).nullable().optional();

/** The figures of a report (报告数据): money in fen, absent = not filled in. */
export const figures = z.object({
  ...(Object.fromEntries(moneyFields.map((field) => [field, money])) as Record<MoneyField, typeof money>),
  activityCount: count,
  staffFullTime: count,
  staffPartTime: count,
  partyOrganisation: z.enum(["established", "joint", "none"]).nullable().optional(),
  partyMembers: count,
  foreignContacts: optionalText(2_000).nullable(),
});
export type Figures = z.infer<typeof figures>;

/** Everything of a report that is not a figure (报告明细). */
export const details = z.object({
  activities: z
    .array(
      z.object({
        name: text(200),
        heldOn: date.optional(),
        place: optionalText(200),
        participants: z.int().min(0).optional(),
        spendFen: fen.optional(),
      }),
    )
    .max(300)
    .optional(),
  penalties: z
    .array(z.object({ authority: text(200), decidedOn: date, kind: text(200), note: optionalText(1_000) }))
    .max(50)
    .optional(),
  attachments: z
    .array(
      z.object({
        fileId: id,
        kind: z.enum(["financial-report", "audit-report", "rectification", "unit-opinion", "other"]),
      }),
    )
    .max(30)
    .optional(),
  /** Why a figure is as it is, by field: a negative line, a difference from last year. */
  explanations: z.record(z.string().max(40), text(500)).optional(),
});
export type Details = z.infer<typeof details>;

export const kinds = ["social_group", "social_service_institution", "foundation"] as const;
export const states = [
  "open",
  "with_unit",
  "returned",
  "ready",
  "filed",
  "correcting",
  "passed",
  "basic",
  "failed",
  "rectifying",
  "rectification_overdue",
  "rectified",
  "overdue",
  "not_owed",
] as const;
export type State = (typeof states)[number];
export const conclusions = ["passed", "basic", "failed"] as const;
export type Conclusion = (typeof conclusions)[number];
export const severities = ["minor", "serious"] as const;

/** One problem found in a report (发现的问题): by a rule, with its article, or by a person, with a text. */
export const finding = z.object({
  code: z.string(),
  severity: z.enum(severities),
  text: z.string().optional(),
  field: z.string().optional(),
  article: z.string().optional(),
  facts: z.record(z.string(), z.unknown()).optional(),
});
export type Finding = z.infer<typeof finding>;

/** One check of the figures as shown beside the field (校验提示). `blocking` = the report cannot be sent with it. */
export const check = z.object({
  rule: z.enum(["annual.arithmetic", "annual.expense_ratio", "form"]),
  item: z.string(),
  field: z.string(),
  met: z.boolean().nullable(),
  blocking: z.boolean(),
  amountFen: z.number().nullable(),
  limitFen: z.number().nullable(),
  baseFen: z.number().nullable(),
  base: z.string().nullable(),
  percent: z.number().nullable(),
  actualPercent: z.number().nullable(),
  article: z.string().nullable(),
});
export type Check = z.infer<typeof check>;

/** A value the system already knows (预填), and where it comes from. */
export const prefilled = z.object({
  field: z.string(),
  value: z.union([z.number(), z.string(), z.boolean(), z.null()]),
  source: z.enum(["register", "last-report", "last-three-reports"]),
  year: z.int().nullable(),
});

/** One line of a list of reports (列表行). */
export const reportRow = z.object({
  id,
  organisationId: id,
  name: z.string(),
  code: z.string().nullable(),
  kind: z.enum(kinds),
  division: z.string(),
  year: z.int(),
  state: z.enum(states),
  dueOn: date,
  unitDueOn: date.nullable(),
  filedOn: date.nullable(),
  late: z.boolean(),
  findingCount: z.int(),
  conclusion: z.enum(conclusions).nullable(),
  concludedOn: date.nullable(),
  version: z.int(),
});

/** A citation as shown: document, number, article. */
export const citation = z.object({
  document: z.string(),
  number: z.string().optional(),
  article: z.string(),
  item: z.string().optional(),
  effectiveFrom: date,
  effectiveTo: date.optional(),
});
