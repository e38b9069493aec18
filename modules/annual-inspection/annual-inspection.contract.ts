import { z } from "zod";
import type { RefusalStatus } from "../../kernel/operation/define.ts";
import { defineCommand, defineQuery } from "../../kernel/operation/define.ts";
import { date, division, id, optionalText, page, text } from "../../kernel/operation/shapes.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import {
  check,
  citation,
  conclusions,
  details,
  figures,
  finding,
  kinds,
  prefilled,
  reportRow,
  severities,
  states,
} from "./annual-inspection.shapes.ts";

export const year = z.coerce.number().int().min(1990).max(2200);
export const articles = [
  cite(law.socialGroups2026, "28"),
  cite(law.serviceInstitutions, "23"),
  cite(law.foundations, "36"),
] as const;
export const staff = ["administrator", "registrar", "decider"] as const;
export const readers = ["administrator", "registrar", "decider", "publisher", "auditor"] as const;

const notFound = { "annual-inspection/report-not-found": 404 } as const satisfies Record<string, RefusalStatus>;
const touching = {
  ...notFound,
  "annual-inspection/not-your-register": 403,
} as const satisfies Record<string, RefusalStatus>;

/** What every act on one report answers. */
const acted = z.object({ reportId: id, state: z.enum(states), version: z.int() });
/** A report named by its id, or, by the organisation itself, by its year. */
const which = { reportId: id.optional(), year: year.optional() };

/** Opens a year (开启年检): one report and one duty for each organisation that owes one; opening again adds the missing. */
export const openYear = defineCommand("annual-inspection.open-year", {
  who: staff,
  input: z.object({ year, cutOff: date.optional(), homes: z.enum(["own", "all-below"]).default("own") }),
  output: z.object({
    year: z.int(),
    mode: z.enum(["done", "job"]),
    jobId: id.nullable(),
    opened: z.int(),
    already: z.int(),
    undated: z.int(),
    charities: z.int(),
    tooYoung: z.int(),
  }),
  refusals: {
    "annual-inspection/year-not-over": 409,
    "annual-inspection/cut-off-outside-year": 422,
    "annual-inspection/only-administrator-opens-below": 403,
  },
  law: [...articles, cite(law.serviceInstitutionInspection, "3")],
});

/** One chunk of an opening, run by the job only (分批开启). */
export const openChunk = defineCommand("annual-inspection.open-chunk", {
  who: [],
  door: "internal",
  input: z.object({
    year,
    cutOff: date.optional(),
    division: z.string(),
    home: z.string().nullable(),
    openedBy: id.nullable(),
    afterHome: z.string(),
    afterId: z.string(),
    limit: z.int().min(1).max(20_000),
  }),
  output: z.object({ opened: z.int(), next: z.object({ home: z.string(), id: z.string() }).nullable() }),
  law: articles,
});

/** Closes an opening: counts per authority, state open (完成开启); run by the job only. */
export const finishOpening = defineCommand("annual-inspection.finish-opening", {
  who: [],
  door: "internal",
  input: z.object({
    year,
    cutOff: date.optional(),
    division: z.string(),
    home: z.string().nullable(),
    openedBy: id.nullable(),
  }),
  output: z.object({ homes: z.int(), owed: z.int() }),
  law: articles,
});

/** Opens the report of one organisation whose registration date is not known, or that was left out (补开报告). */
export const addReport = defineCommand("annual-inspection.add-report", {
  who: staff,
  input: z.object({ organisationId: id, year, reason: text(500) }),
  output: acted,
  refusals: {
    "annual-inspection/year-not-opened": 409,
    "annual-inspection/organisation-not-found": 404,
    "annual-inspection/not-your-register": 403,
    "annual-inspection/report-exists": 409,
    "annual-inspection/not-inspected": 409,
  },
  law: articles,
});

/** Years opened by the authorities in scope (已开启年度). */
export const years = defineQuery("annual-inspection.years", {
  who: readers,
  input: z.object({}),
  output: z.object({
    years: z.array(
      z.object({
        year: z.int(),
        homes: z.int(),
        owed: z.int(),
        undated: z.int(),
        charities: z.int(),
        tooYoung: z.int(),
        opening: z.boolean(),
      }),
    ),
    ownYear: z.int().nullable(),
    suggested: z.int(),
  }),
});

const reportAnswer = z.object({
  ...reportRow.shape,
  unitId: id.nullable(),
  submittedAt: z.string().nullable(),
  withUnitOn: date.nullable(),
  unitConsentOn: date.nullable(),
  unitOpinion: z.string().nullable(),
  correctionUsed: z.boolean(),
  correctionDueOn: date.nullable(),
  correctionGaps: z.array(z.string()).nullable(),
  rectificationDueOn: date.nullable(),
  rectificationItems: z.array(z.string()).nullable(),
  rectificationReportedOn: date.nullable(),
  rectificationText: z.string().nullable(),
  rectifiedOn: date.nullable(),
  overdueOn: date.nullable(),
  publishedOn: date.nullable(),
  conclusionDocumentId: id.nullable(),
  rectificationDocumentId: id.nullable(),
  source: z.enum(["opened", "recorded"]),
  figures,
  details,
  draft: z.object({ figures: figures.partial(), details: details.partial() }).nullable(),
  draftAt: z.string().nullable(),
  findings: z.array(finding),
  checks: z.array(check),
  prefill: z.array(prefilled),
  lastYear: z
    .object({ year: z.int(), figures, conclusion: z.enum(conclusions).nullable(), state: z.enum(states) })
    .nullable(),
  /** What the actor may do now; a disabled act says what is missing. */
  acts: z.array(
    z.object({
      act: z.string(),
      operation: z.string(),
      missing: z.array(z.object({ code: z.string(), facts: z.record(z.string(), z.unknown()).optional() })),
    }),
  ),
  steps: z.array(
    z.object({
      transition: z.string(),
      from: z.string().nullable(),
      to: z.string(),
      at: z.string(),
      actor: z.string(),
      law: z.array(citation),
      documentId: id.nullable(),
      decisionId: id.nullable(),
      note: z.record(z.string(), z.unknown()),
    }),
  ),
  suggested: z.object({ conclusion: z.enum(conclusions), issues: z.int(), serious: z.int() }).nullable(),
});

/** A report with everything known about it (报告详情): figures, prefill with sources, checks, acts, timeline. */
export const getReport = defineQuery("annual-inspection.get-report", {
  who: [...readers, "organisation", "supervisory-unit"],
  input: z.object(which),
  output: reportAnswer,
  refusals: notFound,
  law: articles,
});

/** Arithmetic and ratio checks of figures being typed (边填边校验); changes nothing. */
export const checkFigures = defineQuery("annual-inspection.check-figures", {
  who: [...readers, "organisation", "supervisory-unit"],
  input: z.object({ reportId: id, figures, details: details.optional() }),
  output: z.object({ checks: z.array(check), blocking: z.int() }),
  refusals: notFound,
  law: [cite(law.expenses2026, "8"), cite(law.foundations, "29")],
});

/** Keeps an unfinished report (保存草稿). */
export const saveDraft = defineCommand("annual-inspection.save-draft", {
  who: ["organisation"],
  input: z.object({ ...which, figures: figures.partial(), details: details.partial().optional() }),
  output: z.object({ reportId: id, savedAt: z.string() }),
  refusals: { ...touching, "annual-inspection/not-editable": 409 },
  privateFields: ["details", "foreignContacts"],
  law: articles,
});

/**
 * Sends the report (报送年报): to the supervisory unit first, or straight to the registrar where there is none; also answers
 * a request for correction. Sums that contradict each other block; ratios do not, they become findings.
 */
export const submitReport = defineCommand("annual-inspection.submit-report", {
  who: ["organisation"],
  input: z.object({ ...which, figures, details: details.optional() }),
  output: z.object({
    ...acted.shape,
    to: z.enum(["supervisory-unit", "registrar"]),
    late: z.boolean(),
    checks: z.array(check),
    findings: z.array(finding),
  }),
  refusals: {
    ...touching,
    "annual-inspection/figures-missing": 422,
    "annual-inspection/figures-contradict": 422,
    "annual-inspection/attachment-not-found": 422,
  },
  privateFields: ["details", "foreignContacts"],
  law: articles,
});

/** Files a report the supervisory unit has agreed to (报送登记管理机关). */
export const fileReport = defineCommand("annual-inspection.file", {
  who: ["organisation"],
  input: z.object(which),
  output: z.object({ ...acted.shape, late: z.boolean() }),
  refusals: touching,
  law: articles,
});

/** The supervisory unit agrees (业务主管单位初审同意). */
export const unitConsent = defineCommand("annual-inspection.unit-consent", {
  who: ["supervisory-unit"],
  input: z.object({ reportId: id, opinion: text(1_000) }),
  output: acted,
  refusals: touching,
  privateFields: ["opinion"],
  law: articles,
});

/** The supervisory unit returns the report with a reason (业务主管单位退回). */
export const unitReturn = defineCommand("annual-inspection.unit-return", {
  who: ["supervisory-unit"],
  input: z.object({ reportId: id, reason: text(1_000) }),
  output: acted,
  refusals: touching,
  privateFields: ["reason"],
  law: articles,
});

/** Asks for what is missing, once, with everything named (一次性告知补正). */
export const requestCorrection = defineCommand("annual-inspection.request-correction", {
  who: ["registrar"],
  input: z.object({ reportId: id, gaps: z.array(text(500)).min(1).max(50) }),
  output: z.object({ ...acted.shape, dueOn: date, documentId: id }),
  refusals: touching,
  law: [cite(law.licences, "32", "4")],
});

const issue = z.object({ text: text(500), severity: z.enum(severities) });

/** Decides the conclusion (作出年检结论): 合格, 基本合格 or 不合格, with findings, a notice, and publication. */
export const conclude = defineCommand("annual-inspection.conclude", {
  who: ["decider"],
  input: z.object({
    reportId: id,
    conclusion: z.enum(conclusions),
    issues: z.array(issue).max(50).default([]),
    reason: optionalText(1_000),
  }),
  output: z.object({
    ...acted.shape,
    conclusion: z.enum(conclusions),
    suggested: z.enum(conclusions),
    documentId: id,
    decisionId: id,
  }),
  refusals: { ...touching, "annual-inspection/reason-needed": 422 },
  law: [
    cite(law.serviceInstitutionInspection, "7"),
    cite(law.foundationInspection, "6"),
    cite(law.socialGroupInspection, "7"),
  ],
});

/** Orders rectification after 基本合格 or 不合格 (责令限期整改): three months, with a numbered order. */
export const orderRectification = defineCommand("annual-inspection.order-rectification", {
  who: ["decider"],
  input: z.object({ reportId: id, items: z.array(text(500)).min(1).max(50), dueOn: date.optional() }),
  output: z.object({ ...acted.shape, dueOn: date, documentId: id }),
  refusals: { ...touching, "annual-inspection/due-out-of-range": 422 },
  law: [cite(law.serviceInstitutionInspection, "9")],
});

/** Reports what was put right (报送整改报告). */
export const reportRectification = defineCommand("annual-inspection.report-rectification", {
  who: ["organisation"],
  input: z.object({ ...which, text: text(4_000) }),
  output: acted,
  refusals: touching,
  privateFields: ["text"],
  law: [cite(law.serviceInstitutionInspection, "9")],
});

/** Accepts a rectification (整改验收). */
export const acceptRectification = defineCommand("annual-inspection.accept-rectification", {
  who: ["registrar", "decider"],
  input: z.object({ reportId: id, note: optionalText(1_000) }),
  output: acted,
  refusals: touching,
  law: [cite(law.serviceInstitutionInspection, "9")],
});

/** Says that an organisation does not owe this report after all (免报), with the reason. */
export const exemptReport = defineCommand("annual-inspection.exempt-report", {
  who: ["decider"],
  input: z.object({ reportId: id, reason: text(500) }),
  output: acted,
  refusals: touching,
  law: [cite(law.serviceInstitutionInspection, "3")],
});

const filter = {
  year,
  division: division.optional(),
  kind: z.enum(kinds).optional(),
  state: z.enum(states).optional(),
};

/** Reports of a year (报告列表), by name, page by page. */
export const list = defineQuery("annual-inspection.list", {
  who: [...readers, "supervisory-unit", "organisation"],
  input: z.object({ ...filter, year: year.optional(), ...page }),
  output: z.object({ rows: z.array(reportRow), next: z.string().nullable() }),
});

/** The same list as a CSV file (导出), at most 100,000 rows. */
export const exportReports = defineQuery("annual-inspection.export", {
  who: readers,
  input: z.object(filter),
  output: z.unknown(),
  download: true,
});

/** Progress by division (年检进度): counts by state for each child division, with the way to their rows. */
export const board = defineQuery("annual-inspection.board", {
  who: readers,
  input: z.object({ year, division: division.optional(), kind: z.enum(kinds).optional() }),
  output: z.object({
    year: z.int(),
    division: z.string(),
    asOf: z.string(),
    counts: z.partialRecord(z.enum(states), z.int()),
    owed: z.int(),
    rows: z.array(
      z.object({
        division: z.string(),
        name: z.string().nullable(),
        owed: z.int(),
        filed: z.int(),
        concluded: z.int(),
        overdue: z.int(),
        counts: z.partialRecord(z.enum(states), z.int()),
        link: z.string(),
      }),
    ),
    link: z.string(),
  }),
  refusals: { "annual-inspection/outside-your-range": 403 },
});

const why = z.object({
  rule: z.string(),
  version: z.string(),
  conditions: z.array(
    z.object({
      field: z.string(),
      value: z.unknown(),
      comparator: z.string(),
      threshold: z.unknown(),
      met: z.boolean(),
    }),
  ),
});

/** Candidates of the zombie clean-up (僵尸型社会组织线索): missed two years or idle; candidates only, a person verifies. */
export const zombieCandidates = defineQuery("annual-inspection.zombie-candidates", {
  who: readers,
  input: z.object({ year, division: division.optional(), ...page }),
  output: z.object({
    rows: z.array(
      z.object({
        organisationId: id,
        name: z.string(),
        code: z.string().nullable(),
        kind: z.enum(kinds),
        division: z.string(),
        missedYears: z.array(z.int()),
        activityCount: z.int().nullable(),
        ground: z.string(),
        why,
        candidateFor: z.string().nullable(),
        procedure: z.string().nullable(),
      }),
    ),
    next: z.string().nullable(),
  }),
  law: [cite(law.serviceInstitutionInspection, "10"), cite(law.socialGroups2026, "30", "3")],
});
