import { z } from "zod";
import { defineQuery } from "../../kernel/operation/define.ts";
import { page } from "../../kernel/operation/shapes.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import {
  act,
  citation,
  date,
  division,
  facts,
  flag,
  grade,
  happening,
  id,
  instant,
  kind,
  listing,
  missing,
  organisationFacts,
  organisationLine,
  partyState,
  status,
} from "./organisations.shapes.ts";

export * from "./applications.contract.ts";
export * from "./community.contract.ts";
export * from "./existing.contract.ts";
export * from "./governance.contract.ts";
export * from "./standing.contract.ts";

export const readers = [
  "administrator",
  "registrar",
  "decider",
  "publisher",
  "auditor",
  "supervisory-unit",
  "organisation",
] as const;
const staff = ["administrator", "registrar", "decider", "publisher", "auditor"] as const;
const yesNo = z
  .enum(["true", "false"])
  .transform((value) => value === "true")
  .or(z.boolean());

/** What a list of organisations may be narrowed by (筛选条件). */
export const filters = {
  /** Fragment of the name (two characters suffice), pinyin, initials, or a code or its beginning. */
  q: z.string().trim().max(100).optional(),
  kind: kind.optional(),
  status: status.optional(),
  grade: grade.or(z.literal("-")).optional(),
  listing: listing.optional(),
  division: division.optional(),
  registeredYear: z.coerce.number().int().min(1900).max(2100).optional(),
  party: partyState.optional(),
  partyRequired: yesNo.optional(),
  charity: yesNo.optional(),
  /** Only records with a doubt to clear. */
  flagged: yesNo.optional(),
  unit: id.optional(),
};

const notFound = { "organisations/not-found": 404 } as const;

/** Lists the register (登记簿列表) in the order of division and pinyin, by key. */
export const listOrganisations = defineQuery("organisations.list", {
  who: readers,
  input: z.object({ ...filters, ...page }),
  output: z.object({
    items: z.array(organisationLine),
    next: z.string().nullable(),
    /** `exact: false` = at least so many. */
    total: z.object({ value: z.int(), exact: z.boolean() }),
  }),
  refusals: { "organisations/query-too-short": 422 },
});

/** One act that would begin something new for an organisation, with what stands in its way. */
const start = act.extend({ procedure: z.string() });

/** The file of one organisation (一社一档), today or as it stood on a day. */
export const getOrganisation = defineQuery("organisations.get", {
  who: readers,
  input: z
    .object({ id: id.optional(), code: z.string().trim().max(40).optional(), asOf: date.optional() })
    .refine((given) => given.id ?? given.code, { error: "id-or-code", path: ["id"] }),
  output: z.object({
    organisation: organisationFacts,
    /** Whether the reader's own office keeps this register. */
    own: z.boolean(),
    asOf: date.nullable(),
    /** Facts the law asks a record to hold and this one lacks, by field. */
    missingFacts: z.array(z.string()),
    names: z.array(
      z.object({
        name: z.string(),
        from: date.nullable(),
        to: date.nullable(),
        precision: z.enum(["day", "year", "unknown"]),
      }),
    ),
    officers: z.array(
      z.object({
        id,
        name: z.string(),
        post: z.string(),
        fullTime: z.boolean(),
        civilServant: z.boolean(),
        otherPosts: z.string().nullable(),
        termFrom: date,
        termTo: date,
        terms: z.int(),
        leftOn: date.nullable(),
        barsCheckedOn: date.nullable(),
        bars: z.array(z.string()),
        /** Masked personal fields, e.g. citizen_id: 1101**********02X. */
        masked: z.record(z.string(), z.string()),
      }),
    ),
    meetings: z.array(
      z.object({
        id,
        body: z.string(),
        heldOn: date,
        matter: z.string(),
        subject: z.string(),
        entitled: z.int(),
        present: z.int(),
        yes: z.int(),
        quorum: z.boolean().nullable(),
        passed: z.boolean().nullable(),
        decisionId: id.nullable(),
        fileId: id.nullable(),
      }),
    ),
    charters: z.array(
      z.object({
        version: z.int(),
        adoptedOn: date,
        approvedOn: date.nullable(),
        summary: z.string(),
        fileId: id.nullable(),
      }),
    ),
    confirmations: z.array(
      z.object({
        year: z.int(),
        confirmedOn: date,
        active: z.boolean(),
        members: z.int().nullable(),
        note: z.string().nullable(),
      }),
    ),
    procedures: z.array(
      z.object({
        id,
        procedure: z.string(),
        version: z.string(),
        subjectId: id,
        state: z.string(),
        openedAt: instant,
        closedAt: instant.nullable(),
        acts: z.array(act),
      }),
    ),
    starts: z.array(start),
    duties: z.array(z.object({ id, kind: z.string(), dueOn: date, holder: z.string(), link: z.string() })),
    documents: z.array(
      z.object({ id, title: z.string(), number: z.string().nullable(), issuedOn: date, void: z.boolean() }),
    ),
    timeline: z.array(happening),
  }),
  refusals: { ...notFound, "organisations/did-not-exist-then": 404 },
});

/** Everything that ever happened to an organisation (大事记), oldest first. */
export const getTimeline = defineQuery("organisations.timeline", {
  who: readers,
  input: z.object({ id }),
  output: z.object({ items: z.array(happening) }),
  refusals: notFound,
});

/** Standing of an organisation on any date (某日存续状态), as known today or as known at an instant. */
export const getStanding = defineQuery("organisations.standing", {
  who: readers,
  input: z.object({ id, on: date, knownAt: instant.optional() }),
  output: z.object({
    on: date,
    existed: z.boolean(),
    name: z.string().nullable(),
    kind: kind.nullable(),
    status: status.nullable(),
    grade: grade.nullable(),
    listing: listing.nullable(),
    legalRepresentative: z.string().nullable(),
    domicile: z.string().nullable(),
    version: z.int().nullable(),
    validFrom: date.nullable(),
    recordedAt: instant.nullable(),
    cause: z.string().nullable(),
    /** A later version that corrects the one that answers. */
    corrected: z.boolean(),
  }),
  refusals: notFound,
});

/** Checks a name before it is applied for (名称自查): order of its parts, reserved and forbidden words, identical and similar names. */
export const checkName = defineQuery("organisations.check-name", {
  who: ["administrator", "registrar", "decider", "auditor", "supervisory-unit", "organisation"],
  input: z.object({
    name: z.string().trim().min(1).max(200),
    kind,
    /** Place, trade name, field and form the name is made of. */
    divisionName: z.string().trim().max(60).optional(),
    tradeName: z.string().trim().max(60).optional(),
    field: z.string().trim().max(60).optional(),
    form: z.string().trim().max(60).optional(),
    scope: z.enum(["local", "national"]).default("local"),
  }),
  output: z.object({
    verdict: z.enum(["clear", "warn", "refuse"]),
    valid: z.boolean(),
    /** What is wrong with the order of the parts, by reason code of the naming rule. */
    reasons: z.array(z.string()),
    problems: z.array(
      z.object({ code: z.string(), effect: z.enum(["refuse", "warn"]), word: z.string().nullable(), law: citation }),
    ),
    identical: z.array(
      z.object({
        name: z.string(),
        kind: z.string(),
        division: z.string(),
        current: z.boolean(),
        status: z.string(),
        endedOn: date.nullable(),
      }),
    ),
    similar: z.array(
      z.object({
        id: id.nullable(),
        name: z.string(),
        kind: z.string().nullable(),
        score: z.number(),
        soundsAlike: z.boolean(),
        similarity: z.number(),
      }),
    ),
    conditions: z.array(facts),
    law: z.array(citation),
  }),
  law: [cite(law.names, "8"), cite(law.names, "5")],
});

/** Figures of the register (登记统计): every cell with the list it counts. */
export const getStatistics = defineQuery("organisations.statistics", {
  who: staff,
  input: z.object({ division: division.optional() }),
  output: z.object({
    division: z.string(),
    on: date,
    total: z.object({ value: z.int(), link: z.string() }),
    living: z.int(),
    byKind: z.array(z.object({ kind, value: z.int(), link: z.string() })),
    byStatus: z.array(z.object({ status, value: z.int(), link: z.string() })),
    byGrade: z.array(z.object({ grade: grade.or(z.literal("-")), value: z.int(), link: z.string() })),
    byListing: z.array(z.object({ listing, value: z.int(), link: z.string() })),
    byDivision: z.array(z.object({ division: z.string(), value: z.int(), link: z.string() })),
    byYear: z.array(z.object({ year: z.string(), value: z.int(), link: z.string() })),
  }),
});

/** Party-building coverage (党建覆盖): how many of those due have a Party organisation, floored because the target is 100 %. */
export const getPartyCoverage = defineQuery("organisations.party-coverage", {
  who: staff,
  input: z.object({ division: division.optional() }),
  output: z.object({
    division: z.string(),
    required: z.int(),
    covered: z.int(),
    /** Per mille, floored: 999 = 99.9 %. */
    rate: z.int().nullable(),
    cells: z.array(
      z.object({ kind, required: z.boolean(), organisation: partyState, value: z.int(), link: z.string() }),
    ),
    byDivision: z.array(
      z.object({ division: z.string(), required: z.int(), covered: z.int(), rate: z.int().nullable() }),
    ),
  }),
});

/** The register as a spreadsheet (登记簿导出), with the same filters as the list. */
export const exportOrganisations = defineQuery("organisations.export", {
  who: staff,
  input: z.object({
    ...filters,
    format: z.enum(["xlsx", "csv"]).default("xlsx"),
    locale: z.enum(["zh", "en"]).default("zh"),
  }),
  output: z.object({}),
  refusals: { "organisations/query-too-short": 422, "organisations/too-many-rows": 422 },
  download: true,
});

export { facts, flag, missing };
