import { z } from "zod";
import { defineCommand, defineQuery } from "../../kernel/operation/define.ts";
import { page } from "../../kernel/operation/shapes.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import {
  act,
  changeable,
  date,
  division,
  facts,
  fen,
  id,
  instant,
  missing,
  optionalText,
  text,
} from "./organisations.shapes.ts";

const staff = ["administrator", "registrar", "decider", "publisher", "auditor"] as const;

/** Papers an applicant hands in (申请材料). */
export const papers = [
  "application",
  "consent",
  "capital",
  "premises",
  "identities",
  "charter",
  "members",
  "liquidation-report",
  "minutes",
] as const;
const evidence = z.array(z.object({ paper: z.enum(papers), fileId: id.optional(), note: optionalText(200) })).max(60);

/** What is asked of those who set up an organisation (成立登记申请表). Money in fen. */
export const establishment = z.object({
  name: text(200),
  kind: z.enum(["social_group", "social_service_institution", "foundation"]),
  /** The parts of the name: place, trade name, field or members, form. */
  divisionName: optionalText(60),
  tradeName: optionalText(60),
  field: optionalText(60),
  form: optionalText(60),
  level: z.enum(["local", "cross_region", "national"]).default("local"),
  domicile: text(500),
  domicileDivision: division.optional(),
  scope: text(4000),
  activityArea: optionalText(500),
  fundsFen: fen.min(0),
  cashInBank: z.boolean().optional(),
  nonStateAssets: z.boolean().optional(),
  individualMembers: z.int().min(0).optional(),
  unitMembers: z.int().min(0).optional(),
  staff: z.int().min(0).optional(),
  directors: z.int().min(0).optional(),
  termYears: z.int().min(1).max(20).optional(),
  publicFundraising: z.boolean().optional(),
  charity: z.boolean().optional(),
  directRegistration: z.boolean(),
  unitId: id.optional(),
  unitName: optionalText(200),
  sectorDepartment: optionalText(200),
  legalRepresentative: text(100),
  /** Organisations the proposed legal representative already represents, by their own statement. */
  legalRepresentativeOf: z.array(text(200)).max(20).optional(),
  evidence: evidence.default([]),
});
export type Establishment = z.output<typeof establishment>;

const procedureRefusals = { "procedure/not-possible": 409 } as const;
const applicationRefusals = {
  "organisations/application-not-found": 404,
  "organisations/not-your-register": 403,
  ...procedureRefusals,
} as const;
const done = z.object({ procedureId: id, applicationId: id, state: z.string() });
const withDocument = done.extend({ documentId: id, verificationCode: z.string() });

/** Opens an application to set up an organisation, recorded for the applicants, who get a receipt (成立登记申请). */
export const draftRegistration = defineCommand("organisations.draft-registration", {
  who: ["registrar"],
  input: establishment.extend({
    applicant: text(100),
    applicantPhone: z
      .string()
      .trim()
      .regex(/^\+?[\d\s-]{7,20}$/, { error: "phone" })
      .optional(),
    division: division.optional(),
  }),
  output: done.extend({ receipt: z.string() }),
  refusals: {
    "organisations/unit-unknown": 422,
    "organisations/not-your-division": 403,
    "organisations/foundation-below-province": 422,
  },
  law: [cite(law.socialGroups2026, "11"), cite(law.serviceInstitutions, "9"), cite(law.foundations, "9")],
  privateFields: ["applicantPhone"],
});

/** Corrects a draft before it is submitted, or answers the list of gaps (修改申请). */
export const editApplication = defineCommand("organisations.edit-application", {
  who: ["registrar"],
  input: z.object({ applicationId: id, facts: establishment }),
  output: z.object({ applicationId: id }),
  refusals: {
    ...applicationRefusals,
    "organisations/not-editable-now": 409,
    "organisations/unit-unknown": 422,
    "organisations/not-your-register": 403,
    "organisations/changed-meanwhile": 409,
  },
});

/** Submits an application: to the supervisory unit, or straight to the registrar for direct registration (提交申请). */
export const submitApplication = defineCommand("organisations.submit-application", {
  who: ["registrar", "organisation"],
  input: z.object({ applicationId: id }),
  output: done,
  refusals: applicationRefusals,
});

/** Records the supervisory unit's consent (业务主管单位同意). */
export const giveConsent = defineCommand("organisations.give-consent", {
  who: ["supervisory-unit", "registrar"],
  input: z.object({
    applicationId: id,
    decidedOn: date.optional(),
    opinion: optionalText(1000),
    fileId: id.optional(),
  }),
  output: done,
  refusals: { ...applicationRefusals, "organisations/consent-in-future": 422 },
  law: [cite(law.socialGroups2026, "9"), cite(law.serviceInstitutions, "5"), cite(law.foundations, "9")],
});

/** Records that the supervisory unit does not consent, with its reasons (业务主管单位不同意). */
export const refuseConsent = defineCommand("organisations.refuse-consent", {
  who: ["supervisory-unit", "registrar"],
  input: z.object({ applicationId: id, decidedOn: date.optional(), opinion: text(1000), fileId: id.optional() }),
  output: done,
  refusals: { ...applicationRefusals, "organisations/consent-in-future": 422 },
});

/** Accepts a complete application and serves the notice of acceptance; the 60 days begin (受理). */
export const acceptApplication = defineCommand("organisations.accept-application", {
  who: ["registrar"],
  input: z.object({ applicationId: id }),
  output: withDocument.extend({ decideBy: date }),
  refusals: { ...applicationRefusals, "organisations/not-your-register": 403, "organisations/changed-meanwhile": 409 },
  law: [cite(law.licences, "32")],
});

/** Takes applications as accepted on which nobody acted in time (逾期未告知视为受理); the law does it, the system records it. */
export const acceptBySilence = defineCommand("organisations.accept-by-silence", {
  who: [],
  door: "internal",
  input: z.object({ limit: z.int().min(1).max(500).default(200) }),
  output: z.object({ accepted: z.int() }),
  law: [cite(law.licences, "32")],
});

/** Tells the applicants once, all together, what is missing (一次性告知补正). */
export const requestCorrections = defineCommand("organisations.request-corrections", {
  who: ["registrar"],
  input: z.object({
    applicationId: id,
    gaps: z
      .array(z.object({ paper: z.enum(papers), what: text(500) }))
      .min(1)
      .max(60),
  }),
  output: withDocument,
  refusals: { ...applicationRefusals, "organisations/not-your-register": 403, "organisations/changed-meanwhile": 409 },
  law: [cite(law.licences, "32")],
});

/** Hands the missing papers in (补正提交). */
export const resubmitApplication = defineCommand("organisations.resubmit-application", {
  who: ["registrar", "organisation"],
  input: z.object({ applicationId: id, evidence: evidence.min(1) }),
  output: done,
  refusals: applicationRefusals,
  law: [cite(law.licences, "32")],
});

/** Takes an application back (撤回申请). */
export const withdrawApplication = defineCommand("organisations.withdraw-application", {
  who: ["registrar", "organisation"],
  input: z.object({ applicationId: id, reason: text(500) }),
  output: done,
  refusals: applicationRefusals,
});

/** Registers the organisation: conditions decided by rule, code given, certificate issued, establishment published (准予登记). */
export const approveRegistration = defineCommand("organisations.approve-registration", {
  who: ["decider"],
  input: z.object({
    applicationId: id,
    creditCode: z.string().trim().min(18).max(24),
    registeredOn: date.optional(),
    certificateYears: z.int().min(1).max(10).default(4),
  }),
  output: withDocument.extend({ organisationId: id, certificateId: id }),
  refusals: {
    ...applicationRefusals,
    "organisations/conditions-not-met": 422,
    "organisations/code-invalid": 422,
    "organisations/code-taken": 409,
    "organisations/name-taken": 409,
    "organisations/date-out-of-range": 422,
    "organisations/not-your-register": 403,
    "organisations/changed-meanwhile": 409,
  },
  law: [cite(law.socialGroups2026, "12"), cite(law.serviceInstitutions, "11"), cite(law.foundations, "11")],
});

/** Refuses in writing, each reason with its article (不予登记决定). */
export const refuseApplication = defineCommand("organisations.refuse-application", {
  who: ["decider"],
  input: z.object({
    applicationId: id,
    reasons: z
      .array(
        z.object({
          ground: z.enum(["conditions", "unnecessary", "leader-barred", "purpose", "false-application", "other"]),
          article: text(20),
          reason: text(1000),
        }),
      )
      .min(1)
      .max(20),
  }),
  output: withDocument,
  refusals: { ...applicationRefusals, "organisations/not-your-register": 403, "organisations/changed-meanwhile": 409 },
  law: [cite(law.socialGroups2026, "13"), cite(law.licences, "38")],
});

/** Applies to change registered facts (变更登记申请). */
export const applyChange = defineCommand("organisations.apply-change", {
  who: ["registrar", "organisation"],
  input: z.object({
    organisationId: id,
    changes: changeable.refine((given) => Object.keys(given).length > 0, { error: "nothing-to-change" }),
    reason: text(1000),
    /** Consent already given on paper: the 30 days count from it. */
    consentedOn: date.optional(),
    auditReport: z.boolean().optional(),
    evidence: evidence.default([]),
  }),
  output: done.extend({ receipt: z.string(), warnings: z.array(missing) }),
  refusals: {
    "organisations/not-found": 404,
    "organisations/not-your-register": 403,
    "organisations/changed-meanwhile": 409,
    "organisations/nothing-changes": 422,
    "organisations/not-alive": 409,
    "organisations/change-already-running": 409,
    "organisations/audit-missing": 422,
    "organisations/consent-in-future": 422,
  },
  law: [
    cite(law.socialGroups2026, "18"),
    cite(law.socialGroups2026, "27"),
    cite(law.serviceInstitutions, "15"),
    cite(law.foundations, "15"),
  ],
});

/** Approves a change: a new version from a day on, announced when name, domicile or legal representative changed (准予变更). */
export const approveChange = defineCommand("organisations.approve-change", {
  who: ["decider"],
  input: z.object({ applicationId: id, effectiveOn: date.optional() }),
  output: withDocument.extend({ organisationId: id, version: z.int() }),
  refusals: {
    ...applicationRefusals,
    "organisations/conditions-not-met": 422,
    "organisations/name-taken": 409,
    "organisations/date-out-of-range": 422,
    "organisations/not-your-register": 403,
    "organisations/changed-meanwhile": 409,
  },
  law: [cite(law.socialGroups2026, "18"), cite(law.socialGroups2026, "23")],
});

/** Applications of the reader's range (登记申请列表), newest first. */
export const listApplications = defineQuery("organisations.list-applications", {
  who: [...staff, "supervisory-unit", "organisation"],
  input: z.object({
    purpose: z.enum(["registration", "change", "deregistration"]).optional(),
    state: z.string().max(40).optional(),
    open: z
      .enum(["true", "false"])
      .transform((value) => value === "true")
      .or(z.boolean())
      .optional(),
    ...page,
  }),
  output: z.object({
    items: z.array(
      z.object({
        id,
        procedureId: id,
        purpose: z.enum(["registration", "change", "deregistration"]),
        name: z.string(),
        kind: z.string(),
        division: z.string(),
        receipt: z.string(),
        applicant: z.string(),
        state: z.string(),
        organisationId: id.nullable(),
        submittedOn: date.nullable(),
        acceptedOn: date.nullable(),
        decidedOn: date.nullable(),
        decideBy: date.nullable(),
        recordedAt: instant,
      }),
    ),
    next: z.string().nullable(),
  }),
});

/** One application with its steps, consents, documents, and what each act still needs (登记申请详情). */
export const getApplication = defineQuery("organisations.get-application", {
  who: [...staff, "supervisory-unit", "organisation"],
  input: z
    .object({ id: id.optional(), receipt: z.string().trim().max(40).optional() })
    .refine((given) => given.id ?? given.receipt, { error: "id-or-receipt", path: ["id"] }),
  output: z.object({
    id,
    procedureId: id,
    procedure: z.string(),
    purpose: z.enum(["registration", "change", "deregistration"]),
    name: z.string(),
    kind: z.string(),
    division: z.string(),
    receipt: z.string(),
    applicant: z.string(),
    state: z.string(),
    organisationId: id.nullable(),
    facts,
    gaps: z.array(z.object({ paper: z.string(), what: z.string() })),
    /** Papers the law asks for that are not there. */
    missingPapers: z.array(z.string()),
    submittedOn: date.nullable(),
    acceptedOn: date.nullable(),
    decidedOn: date.nullable(),
    decideBy: date.nullable(),
    consents: z.array(
      z.object({ unitName: z.string(), consented: z.boolean(), decidedOn: date, opinion: z.string().nullable() }),
    ),
    /** What the rule of the kind says today about the facts as they stand. */
    conditions: z
      .object({
        eligible: z.boolean(),
        reasons: z.array(z.string()),
        unknown: z.array(z.string()),
        conditions: z.array(facts),
      })
      .nullable(),
    acts: z.array(act),
    steps: z.array(
      z.object({
        at: instant,
        act: z.string(),
        to: z.string(),
        actor: z.string(),
        note: facts,
        documentId: id.nullable(),
        decisionId: id.nullable(),
      }),
    ),
    documents: z.array(z.object({ id, title: z.string(), number: z.string().nullable(), issuedOn: date })),
  }),
  refusals: { "organisations/application-not-found": 404 },
});
