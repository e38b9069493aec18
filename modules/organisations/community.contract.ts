import { z } from "zod";
import { defineCommand } from "../../kernel/operation/define.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { date, division, id, optionalText, text } from "./organisations.shapes.ts";

const refusals = {
  "organisations/not-found": 404,
  "procedure/not-possible": 409,
  "organisations/not-your-register": 403,
  "organisations/changed-meanwhile": 409,
} as const;

/** Files a community organisation with its street or township (社区社会组织备案): no legal personality, a number and a place in the register. */
export const fileCommunity = defineCommand("organisations.file-community", {
  who: ["registrar"],
  input: z.object({
    name: text(200),
    /** The street or township that files it: nine digits under the registrar's county. */
    division,
    office: text(100),
    sponsor: text(200),
    leader: text(100),
    leaderPhone: z
      .string()
      .trim()
      .regex(/^\+?[\d\s-]{7,20}$/, { error: "phone" })
      .optional(),
    field: text(200),
    domicile: text(500),
    members: z.int().min(1).max(100_000),
    filedOn: date.optional(),
  }),
  output: z.object({ organisationId: id, procedureId: id, filingNumber: z.string() }),
  refusals: {
    "organisations/not-a-township": 422,
    "organisations/not-your-division": 403,
    "organisations/name-taken": 409,
    "organisations/date-out-of-range": 422,
  },
  law: [cite(law.houseRules, "community-filing")],
  privateFields: ["leaderPhone"],
});

/** Confirms once a year that a filed organisation is still active (年度确认). */
export const confirmCommunity = defineCommand("organisations.confirm-community", {
  who: ["registrar"],
  input: z.object({
    organisationId: id,
    year: z.int().min(2000).max(2100),
    active: z.boolean(),
    members: z.int().min(0).max(100_000).optional(),
    note: optionalText(500),
  }),
  output: z.object({ organisationId: id, year: z.int() }),
  refusals: { ...refusals, "organisations/already-confirmed": 409, "organisations/date-out-of-range": 422 },
  law: [cite(law.houseRules, "community-filing")],
});

/** Begins the registration of a filed organisation that has grown up to the conditions (转为登记). */
export const upgradeCommunity = defineCommand("organisations.upgrade-community", {
  who: ["registrar"],
  input: z.object({
    organisationId: id,
    kind: z.enum(["social_group", "social_service_institution"]),
    applicant: text(100),
  }),
  output: z.object({ applicationId: id, procedureId: id, receipt: z.string() }),
  refusals,
  law: [cite(law.socialGroups2026, "11"), cite(law.serviceInstitutions, "8")],
});

/** Ends a filing (撤销备案). */
export const withdrawCommunity = defineCommand("organisations.withdraw-community", {
  who: ["registrar"],
  input: z.object({ organisationId: id, reason: text(500) }),
  output: z.object({ organisationId: id, status: z.literal("withdrawn") }),
  refusals,
  law: [cite(law.houseRules, "community-filing")],
});
