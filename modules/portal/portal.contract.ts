import { z } from "zod";
import { allRoles, defineCommand, defineQuery } from "../../kernel/operation/define.ts";
import { date, division, fen, optionalText, page, text } from "../../kernel/operation/shapes.ts";
import { grades, kinds, listings, statuses } from "../organisations/index.ts";

/** Anybody may ask, with or without an account; the answer comes from the publication schema alone. */
const open = { who: allRoles, door: "portal" } as const;

const key = z.string().min(1).max(60);
const codeText = z.string().nullable();

/** Filters of the public register (名录筛选). `living` is every state in which an organisation still exists. */
export const filterFields = {
  kind: z.enum(kinds).optional(),
  status: z.enum([...statuses, "living"]).optional(),
  grade: z.enum([...grades, "3A+", "graded", "-"]).optional(),
  listing: z.enum([...listings, "any"]).optional(),
  division: division.optional(),
  /** Only what the division's own authority registered, nothing from below it. */
  own: z.boolean().optional(),
  registeredYear: z
    .string()
    .regex(/^\d{4}$/, { error: "year" })
    .optional(),
  charity: z.boolean().optional(),
  fundraising: z.boolean().optional(),
};

/** One organisation in a list of the portal. `key` opens its page: its credit code, or an id where it has none. */
export const organisationHit = z.object({
  key,
  code: codeText,
  name: z.string(),
  kind: z.string(),
  status: z.string(),
  registeredOn: date.nullable(),
  registrationAuthority: z.string().nullable(),
  division: z.string(),
  grade: z.string().nullable(),
  listing: z.string(),
  charity: z.boolean(),
  fundraising: z.boolean(),
  formerNames: z.string().nullable(),
});
export type OrganisationHit = z.infer<typeof organisationHit>;

/**
 * Finds organisations (查社会组织) by any two neighbouring characters of the present or a former name, by pinyin or its
 * initials from the front, by the code or its beginning; filtered; by name without `q`. `total` is known where counters
 * know it, null for a search by words. `how` says how `q` was understood.
 */
export const searchOrganisations = defineQuery("portal.search-organisations", {
  ...open,
  input: z.object({
    q: optionalText(200),
    ...filterFields,
    after: page.after,
    limit: z.coerce.number().int().min(1).max(100).default(20),
  }),
  output: z.object({
    how: z.enum(["bigrams", "pinyin", "code", "all", "too-short"]),
    organisations: z.array(organisationHit),
    total: z.int().nullable(),
    next: z.string().nullable(),
  }),
  refusals: { "portal/unknown-page": 422 },
});

/** A published item of any collection (公开事项): only the fields its collection declares. */
export const publishedItem = z.object({
  collection: z.string(),
  key,
  title: z.string(),
  division: z.string(),
  publishedOn: date,
  expiresOn: date.nullable(),
  body: z.record(z.string(), z.unknown()),
});
export type PublishedItem = z.infer<typeof publishedItem>;

/**
 * One organisation as the law has it published (社会组织公开信息): facts of the register, current standing, listings,
 * inspections by year, announcements and reports, corrections. Never a number, phone, signature or account of a person.
 */
export const getOrganisation = defineQuery("portal.get-organisation", {
  ...open,
  input: z.object({ code: text(60) }),
  output: organisationHit.extend({
    codeFlag: codeText,
    supervisoryUnit: z.string().nullable(),
    directRegistration: z.boolean(),
    domicile: z.string().nullable(),
    legalRepresentative: z.string().nullable(),
    scope: z.string().nullable(),
    fundsFen: fen.nullable(),
    gradeTo: date.nullable(),
    listedOn: date.nullable(),
    inspectionYear: z.int().nullable(),
    inspectionConclusion: z.string().nullable(),
    publishedOn: date,
    listings: z.array(publishedItem),
    inspections: z.array(publishedItem),
    published: z.array(publishedItem),
    corrections: z.array(
      z.object({
        collection: z.string(),
        version: z.int(),
        reason: z.string(),
        on: date,
        old: z.record(z.string(), z.unknown()),
      }),
    ),
    asOf: date,
  }),
  refusals: { "portal/unknown-organisation": 404 },
});

export const listed = z.object({
  key,
  organisationKey: z.string().nullable(),
  name: z.string(),
  code: codeText,
  division: z.string(),
  ground: z.string().nullable(),
  groundText: z.string().nullable(),
  article: z.string().nullable(),
  addedGrounds: z.string().nullable(),
  listedOn: date.nullable(),
  authority: z.string().nullable(),
  decidedOn: date.nullable(),
  decisionNumber: z.string().nullable(),
  verificationCode: z.string().nullable(),
});
export type Listed = z.infer<typeof listed>;

/** A list in force (名录公示): abnormal activity, or serious violations; by division, then by name. */
export const listListed = defineQuery("portal.list-listed", {
  ...open,
  input: z.object({
    list: z.enum(["abnormal", "serious"]),
    division: division.optional(),
    after: page.after,
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.object({
    list: z.enum(["abnormal", "serious"]),
    items: z.array(listed),
    total: z.int(),
    asOf: date,
    next: z.string().nullable(),
  }),
  refusals: { "portal/unknown-page": 422 },
});

/** Published items of one collection (公开事项列表), in the collection's own order, or by division when one is asked for. */
export const listPublished = defineQuery("portal.list-published", {
  ...open,
  input: z.object({
    collection: z.string().max(80),
    division: division.optional(),
    /** By name or key as the collection is kept, or what is newest first. */
    order: z.enum(["kept", "newest"]).default("kept"),
    after: page.after,
    limit: z.coerce.number().int().min(1).max(200).default(20),
  }),
  output: z.object({ items: z.array(publishedItem), next: z.string().nullable() }),
  refusals: { "portal/unknown-collection": 404, "portal/unknown-page": 422 },
});

export const correction = z.object({
  collection: z.string(),
  key,
  title: z.string(),
  on: date,
  reason: z.string(),
  version: z.int(),
  /** The text as it stood, and as it stands now. */
  old: z.record(z.string(), z.unknown()),
  now: z.record(z.string(), z.unknown()),
});
export type Correction = z.infer<typeof correction>;

/** What was corrected in collections (公开更正), newest first: the old text beside the new, with the reason. */
export const listCorrections = defineQuery("portal.list-corrections", {
  ...open,
  input: z.object({
    /** Begins with it: "donations." means every collection of donations. */
    collection: z.string().min(1).max(80),
    after: page.after,
    limit: z.coerce.number().int().min(1).max(100).default(20),
  }),
  output: z.object({ corrections: z.array(correction), next: z.string().nullable() }),
  refusals: { "portal/unknown-collection": 404, "portal/unknown-page": 422 },
});

/** A figure (数据): null when too few persons stand behind it; `rows` is the page that lists what was counted. */
export const cell = z.object({ key: z.string(), value: z.int().nullable(), rows: z.string() });
export type Cell = z.infer<typeof cell>;
const place = z.object({ code: z.string(), name: z.string() });

/**
 * Public statistics (统计数据) of a division, from counters kept in the same transaction as the rows they count. `base` is
 * what a share of a table is taken of: organisations that exist, unless the table says otherwise.
 */
export const getStatistics = defineQuery("portal.statistics", {
  ...open,
  input: z.object({ division: division.optional() }),
  output: z.object({
    division: place,
    chain: z.array(place),
    asOf: date,
    base: z.int(),
    all: z.int(),
    byKind: z.array(cell),
    byStatus: z.array(cell),
    byGrade: z.array(cell),
    threeA: z.object({ value: z.int(), graded: z.int(), rows: z.string(), gradedRows: z.string() }),
    byListing: z.array(cell),
    byDivision: z.array(cell.extend({ name: z.string(), own: z.boolean() })),
    covered: z.object({ value: z.int(), of: z.int() }),
    byYear: z.array(cell),
    charity: z.object({ charities: z.int(), qualified: z.int(), rows: z.string(), qualifiedRows: z.string() }),
  }),
  refusals: { "portal/unknown-division": 404 },
});
export type Statistics = z.infer<typeof getStatistics.output>;

const both = z.object({ zh: z.string(), en: z.string() });

/** What is open data here (开放数据目录), with the data dictionary of every collection. */
export const getOpenData = defineQuery("portal.open-data", {
  ...open,
  input: z.object({}),
  output: z.object({
    collections: z.array(
      z.object({
        id: z.string(),
        name: both,
        fields: z.array(z.object({ field: z.string(), type: z.string(), name: both })),
        formats: z.array(z.object({ format: z.enum(["csv", "json"]), path: z.string() })),
      }),
    ),
  }),
});
export type OpenData = z.infer<typeof getOpenData.output>;

/** A whole collection as a file (数据下载): CSV with byte order mark and guarded formulas, or a JSON array; a snapshot of one moment. */
export const exportCollection = defineQuery("portal.export", {
  ...open,
  input: z.object({
    collection: z.string().max(80),
    format: z.enum(["csv", "json"]).default("csv"),
    division: division.optional(),
    lang: z.enum(["zh", "en"]).default("zh"),
  }),
  output: z.unknown(),
  refusals: { "portal/unknown-collection": 404, "portal/export-busy": 429 },
  download: true,
});

/**
 * Takes a complaint (提交投诉举报): about an organisation, or about something else. Name and contact may stay empty; they
 * are sealed. Answers the number and the receipt secret, which nobody can look up again.
 */
export const sendComplaint = defineCommand("portal.send-complaint", {
  who: ["public"],
  door: "intake",
  input: z.object({
    code: optionalText(60),
    division: division.optional(),
    text: text(4000),
    name: optionalText(60),
    contact: optionalText(120),
  }),
  output: z.object({
    number: z.string(),
    receipt: z.string(),
    receivedOn: date,
    acceptBy: date,
    organisation: z.string().nullable(),
  }),
  refusals: { "portal/unknown-organisation": 404 },
  privateFields: ["text", "name", "contact"],
});

/** What has become of a complaint (查询办理情况), for whoever holds its number and receipt secret. */
export const getComplaintStatus = defineQuery("portal.complaint-status", {
  who: ["public"],
  door: "intake",
  input: z.object({ number: text(40), receipt: text(40) }),
  output: z.object({
    number: z.string(),
    about: z.enum(["organisation", "other"]),
    organisation: z.string().nullable(),
    state: z.enum(["received", "accepted", "not_ours", "replied", "reviewing", "reviewed"]),
    receivedOn: date,
    acceptBy: date,
    acceptedOn: date.nullable(),
    answeredOn: date.nullable(),
    responsible: z.string().nullable(),
    answer: z.string().nullable(),
    /** Last day on which a review may be asked for; null when none may be. */
    reviewUntil: date.nullable(),
    reviewAskedOn: date.nullable(),
    reviewAnswer: z.string().nullable(),
    reviewedOn: date.nullable(),
  }),
  refusals: { "portal/unknown-receipt": 404 },
});

/** Asks once that another hand looks at the answer to a complaint again (申请复核), with its number and receipt secret. */
export const askComplaintReview = defineCommand("portal.ask-complaint-review", {
  who: ["public"],
  door: "intake",
  input: z.object({ number: text(40), receipt: text(40), reason: text(2000) }),
  output: z.object({ number: z.string(), answerBy: date }),
  refusals: {
    "portal/unknown-receipt": 404,
    "portal/not-answered-yet": 409,
    "portal/review-asked-before": 409,
    "portal/review-too-late": 409,
  },
  privateFields: ["receipt", "reason"],
});
