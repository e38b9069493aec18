import { z } from "zod";
import { defineCommand, defineQuery } from "../../kernel/operation/define.ts";
import { page } from "../../kernel/operation/shapes.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { date, facts, id, optionalText, partyState, text } from "./organisations.shapes.ts";

const refusals = {
  "organisations/not-found": 404,
  "organisations/not-your-register": 403,
  "organisations/changed-meanwhile": 409,
} as const;

/** Posts of officers (职务). */
export const posts = [
  "legal_representative",
  "chair",
  "vice_chair",
  "secretary_general",
  "director",
  "supervisor",
] as const;

/** Records an officer with the term of office; the bars of the law are checked and kept with the decision (负责人备案). */
export const recordOfficer = defineCommand("organisations.record-officer", {
  who: ["registrar"],
  input: z.object({
    organisationId: id,
    name: text(100),
    post: z.enum(posts),
    citizenId: z.string().trim().max(30).optional(),
    phone: z
      .string()
      .trim()
      .regex(/^\+?[\d\s-]{7,20}$/, { error: "phone" })
      .optional(),
    bornOn: date.optional(),
    fullTime: z.boolean().default(false),
    civilServant: z.boolean().default(false),
    otherPosts: optionalText(500),
    /** Other organisations this person legally represents. */
    legalRepresentativeOf: z.array(text(200)).max(20).default([]),
    termFrom: date,
    termTo: date,
    terms: z.int().min(1).max(20).default(1),
    /** What the officer declares and the registrar has verified. */
    declared: z
      .object({
        fullCivilCapacity: z.boolean(),
        deprivedOfPoliticalRights: z.boolean(),
        sentenceServedOn: date,
        intentionalCrime: z.boolean(),
        headedRevokedOrganisationOn: date,
        nearRelativeOfDirector: z.boolean(),
        alsoDirector: z.boolean(),
        alsoAccountant: z.boolean(),
      })
      .partial()
      .optional(),
    /** A warning was weighed and the officer is recorded all the same. */
    despiteWarnings: z.boolean().default(false),
  }),
  output: z.object({
    officerId: id,
    decisionId: id,
    warnings: z.array(z.string()),
  }),
  refusals: {
    ...refusals,
    "organisations/officer-barred": 422,
    "organisations/officer-warned": 422,
    "organisations/citizen-number": 422,
    "organisations/term-backwards": 422,
    "organisations/not-alive": 409,
  },
  law: [
    cite(law.foundations, "20"),
    cite(law.foundations, "23"),
    cite(law.socialGroups2026, "12"),
    cite(law.socialGroups2026, "13"),
  ],
  privateFields: ["citizenId", "phone", "bornOn", "declared"],
});

/** Records that an officer left (负责人离任). */
export const endOfficerTerm = defineCommand("organisations.end-officer-term", {
  who: ["registrar"],
  input: z.object({ officerId: id, leftOn: date, auditReport: z.boolean().optional() }),
  output: z.object({ officerId: id, leftOn: date }),
  refusals: {
    ...refusals,
    "organisations/officer-not-found": 404,
    "organisations/audit-missing": 422,
    "organisations/date-out-of-range": 422,
  },
  law: [cite(law.socialGroups2026, "27"), cite(law.serviceInstitutions, "22"), cite(law.foundations, "37")],
});

/** Matters of a meeting (事项), as the quorum rules name them. */
export const matters = [
  "ordinary",
  "charter_amendment",
  "officer_election",
  "major_fundraising",
  "major_investment",
  "split",
  "merger",
  "dissolution",
  "fee",
] as const;

/** Records a meeting with attendance and votes; quorum and majority are decided by rule (会议与表决). */
export const recordMeeting = defineCommand("organisations.record-meeting", {
  who: ["registrar", "organisation"],
  input: z.object({
    organisationId: id,
    body: z.enum(["members", "board", "supervisors"]),
    heldOn: date,
    matter: z.enum(matters),
    subject: text(500),
    entitled: z.int().min(1).max(1_000_000),
    present: z.int().min(0).max(1_000_000),
    yes: z.int().min(0).max(1_000_000),
    fileId: id.optional(),
  }),
  output: z.object({
    meetingId: id,
    quorum: z.boolean().nullable(),
    passed: z.boolean().nullable(),
    neededPresent: z.int().nullable(),
    neededYes: z.int().nullable(),
    decisionId: id,
  }),
  refusals: { ...refusals, "organisations/votes-do-not-add-up": 422, "organisations/date-out-of-range": 422 },
  law: [cite(law.foundations, "21"), cite(law.socialGroups2026, "14")],
});

/** Records a version of the charter (章程核准备案). */
export const recordCharter = defineCommand("organisations.record-charter", {
  who: ["registrar"],
  input: z.object({
    organisationId: id,
    adoptedOn: date,
    approvedOn: date.optional(),
    summary: text(1000),
    fileId: id.optional(),
    meetingId: id.optional(),
  }),
  output: z.object({ organisationId: id, version: z.int() }),
  refusals: { ...refusals, "organisations/meeting-did-not-pass": 422, "organisations/date-out-of-range": 422 },
  law: [cite(law.socialGroups2026, "18"), cite(law.serviceInstitutions, "15"), cite(law.foundations, "15")],
});

/** Records what there is of Party building (党建情况). */
export const recordParty = defineCommand("organisations.record-party", {
  who: ["registrar"],
  input: z.object({
    organisationId: id,
    organisation: partyState,
    required: z.boolean(),
    members: z.int().min(0).max(1_000_000).optional(),
    employees: z.int().min(0).max(1_000_000).optional(),
  }),
  output: z.object({ organisationId: id, version: z.int() }),
  refusals,
  law: [cite(law.socialGroups2026, "4"), cite(law.serviceInstitutions, "4")],
});

/** Records that seal and bank account were filed (印章和银行账户备案). */
export const recordFilings = defineCommand("organisations.record-filings", {
  who: ["registrar"],
  input: z
    .object({ organisationId: id, sealOn: date.optional(), bankOn: date.optional() })
    .refine((given) => given.sealOn ?? given.bankOn, { error: "seal-or-bank", path: ["sealOn"] }),
  output: z.object({ organisationId: id, version: z.int() }),
  refusals: { ...refusals, "organisations/date-out-of-range": 422 },
  law: [cite(law.socialGroups2026, "16"), cite(law.foundations, "14")],
});

/** Adds a supervisory unit or sector department with the names it goes by, and ties to it the organisations that name it (业务主管单位). */
export const recordUnit = defineCommand("organisations.record-unit", {
  who: ["registrar", "administrator"],
  input: z.object({
    id: id.optional(),
    name: text(200),
    aliases: z.array(text(200)).max(50).default([]),
    kind: z.enum(["supervisory", "sector"]).default("supervisory"),
    validFrom: date.optional(),
    validTo: date.optional(),
  }),
  output: z.object({ unitId: id, tied: z.int() }),
  refusals: {
    "organisations/unit-unknown": 404,
    "organisations/unit-name-taken": 409,
    "organisations/not-your-register": 403,
    "organisations/changed-meanwhile": 409,
    "organisations/date-out-of-range": 422,
  },
});

/** Supervisory units of the reader's range (业务主管单位列表). */
export const listUnits = defineQuery("organisations.list-units", {
  who: ["administrator", "registrar", "decider", "publisher", "auditor", "supervisory-unit"],
  input: z.object({ q: z.string().trim().max(100).optional(), ...page }),
  output: z.object({
    items: z.array(
      z.object({
        id,
        name: z.string(),
        aliases: z.array(z.string()),
        kind: z.enum(["supervisory", "sector"]),
        division: z.string(),
        validFrom: date,
        validTo: date.nullable(),
        organisations: z.int(),
      }),
    ),
    next: z.string().nullable(),
  }),
});

/** Terms of office that end soon or have ended without an election (换届提醒). */
export const listTerms = defineQuery("organisations.list-terms", {
  who: ["administrator", "registrar", "decider", "auditor"],
  input: z.object({ before: date.optional(), ...page }),
  output: z.object({
    items: z.array(
      z.object({ organisationId: id, name: z.string(), division: z.string(), termTo: date, days: z.int() }),
    ),
    next: z.string().nullable(),
  }),
});

export { facts };
