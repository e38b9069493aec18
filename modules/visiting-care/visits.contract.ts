import { z } from "zod";
import { defineCommand, defineQuery } from "../../kernel/operation/define.ts";
import { date, division, facts, id, instant, optionalText, page, text } from "../../kernel/operation/shapes.ts";
import { category, living, sex } from "../people/index.ts";
import {
  closeGround,
  enrolmentState,
  findingCode,
  findingLevel,
  met,
  mode,
  month,
  need,
  place,
  risk,
} from "./visiting-care.shapes.ts";

export const readers = ["administrator", "officer", "decider", "auditor", "worker"] as const;
export const field = ["worker", "officer"] as const;

/**
 * Records a visit or an attempt (登记探访), on the spot or later from the outbox: `id` is made by the phone, the instant is
 * that of the act. Whether it counts for the month is decided by rule, by mode and by who was met.
 */
export const recordVisit = defineCommand("visiting-care.record-visit", {
  who: field,
  offline: true,
  input: z.object({
    id: id.optional(),
    personId: id,
    mode,
    met,
    /** Only where a visit is written up afterwards at a desk; a phone states the instant of the act itself. */
    at: instant.optional(),
    findings: z
      .array(z.object({ code: findingCode, level: findingLevel }))
      .max(9)
      .default([]),
    note: optionalText(2000),
    needs: z
      .array(z.object({ kind: need, text: optionalText(300) }))
      .max(5)
      .default([]),
    /** Adult children do not visit: they are to be reminded (督促赡养人). */
    supporterReminder: z.boolean().optional(),
    place: place.optional(),
    photoIds: z.array(id).max(6).default([]),
    voiceId: id.optional(),
    signatureId: id.optional(),
    /** Remote monitoring only. */
    device: z.object({ online: z.boolean(), activitySeen: z.boolean() }).optional(),
  }),
  output: z.object({
    id,
    counts: z.boolean(),
    /** The month it counts in: that of the act, never that of the upload. */
    month,
    next: z.enum(["none", "retry", "home_visit_today"]),
    visitedThisMonth: z.boolean(),
    flags: z.array(z.object({ code: z.string(), facts })),
    decisionId: id.nullable(),
  }),
  refusals: {
    "visiting-care/unknown-person": 404,
    "visiting-care/not-enrolled": 409,
    "visiting-care/before-enrolment": 409,
    "visiting-care/after-closing": 409,
    "visiting-care/in-the-future": 422,
    "visiting-care/moved-away": 409,
    "visiting-care/not-your-person": 403,
    "visiting-care/unknown-file": 422,
  },
  privateFields: ["note", "needs", "findings"],
});

/** Takes a visit back that was recorded by mistake (作废), with the reason; it stays readable and no longer counts. */
export const voidVisit = defineCommand("visiting-care.void-visit", {
  who: ["officer"],
  input: z.object({ id, reason: text(300) }),
  output: z.object({ id }),
  refusals: { "visiting-care/unknown-visit": 404, "visiting-care/already-void": 409 },
});

export const visit = z.object({
  id,
  personId: id,
  at: instant,
  recordedAt: instant,
  month,
  mode,
  met,
  /** Whether the figures count it: valid, not taken back, not the second of two at once. */
  counts: z.boolean(),
  worker: z.string(),
  findings: z.array(z.object({ code: findingCode, level: findingLevel })),
  /** Unsealed for those who care for the person; null for auditors. */
  note: z.string().nullable(),
  flags: z.array(z.object({ code: z.string(), facts })),
  offline: z.boolean(),
  place: place.nullable(),
  photoIds: z.array(id),
  voiceId: id.nullable(),
  signatureId: id.nullable(),
  voidedOn: date.nullable(),
});

/** Visits of a person or a division in a month (探访记录), newest first. */
export const listVisits = defineQuery("visiting-care.list-visits", {
  who: readers,
  input: z.object({
    personId: id.optional(),
    division: division.optional(),
    month: month.optional(),
    counts: z.enum(["yes", "no"]).optional(),
    mode: mode.optional(),
    ...page,
  }),
  output: z.object({
    visits: z.array(visit.extend({ person: z.string(), division: z.string() })),
    next: z.string().nullable(),
  }),
});

const carePerson = z.object({
  id,
  enrolmentId: id,
  division: z.string(),
  name: z.string(),
  sex: sex.nullable(),
  age: z.int().nullable(),
  categories: z.array(category),
  living,
  state: enrolmentState,
  risk,
  modes: z.array(mode),
  /** How often, in words of the rule: per month, week, quarter, and how many. */
  frequency: z.object({ per: z.enum(["week", "month", "quarter"]), min: z.int() }),
  worker: z.string().nullable(),
  lastVisitAt: instant.nullable(),
  nextDueOn: date.nullable(),
  visitedThisMonth: z.boolean(),
});

/** People in visiting care (探访对象): by division, class, risk, worker, and how long since the last visit. */
export const listPeople = defineQuery("visiting-care.list-people", {
  who: readers,
  input: z.object({
    q: z.string().max(60).optional(),
    division: division.optional(),
    category: z.union([category, z.array(category).max(14)]).optional(),
    risk: risk.optional(),
    state: enrolmentState.optional(),
    workerId: id.optional(),
    /** Only those not yet visited, or only those visited, in the month. */
    month: month.optional(),
    visited: z.enum(["yes", "no"]).optional(),
    order: z.enum(["last-visit", "name", "due"]).default("last-visit"),
    ...page,
  }),
  output: z.object({ people: z.array(carePerson), total: z.int().nullable(), next: z.string().nullable() }),
});

/** One person in care (探访档案): plan, agreement, the last twelve visits, duties, emergencies, referrals, timeline. */
export const getPerson = defineQuery("visiting-care.get-person", {
  who: readers,
  input: z.object({ id }),
  output: carePerson.extend({
    enrolledOn: date.nullable(),
    agreedBy: z.string().nullable(),
    agreedOn: date.nullable(),
    refusedReason: z.string().nullable(),
    workerId: id.nullable(),
    standIn: z.string().nullable(),
    standInId: id.nullable(),
    reassessOn: date.nullable(),
    closedOn: date.nullable(),
    closedGround: closeGround.nullable(),
    decisionId: id.nullable(),
    version: z.int(),
    visits: z.array(visit),
    duties: z.array(
      z.object({
        id,
        kind: z.string(),
        plannedOn: date.nullable(),
        dueOn: date,
        state: z.string(),
        assignee: z.string().nullable(),
      }),
    ),
    emergencies: z.array(z.object({ id, openedAt: instant, found: z.string(), state: z.string() })),
    referrals: z.array(
      z.object({
        id,
        kind: need,
        text: z.string().nullable(),
        state: z.string(),
        openedOn: date,
        result: z.string().nullable(),
      }),
    ),
    timeline: z.array(z.object({ at: instant, event: z.string(), actor: z.string(), facts })),
  }),
  refusals: { "visiting-care/unknown-person": 404 },
});

const rateLine = z.object({
  division: z.string(),
  name: z.string(),
  /** Distinct people with at least one valid visit in the month. */
  visited: z.int(),
  /** Enrolled on the last day, plus those closed in the month after a visit. */
  enrolled: z.int(),
  refused: z.int(),
  /** Floored to one decimal, as printed; null without a base. */
  rate: z.string().nullable(),
});

/** Stage of the opinion a month belongs to (阶段目标): the readers' own words name it. */
export const goal = z.enum(["mechanism", "general", "full"]);
export type Goal = z.output<typeof goal>;

/** Monthly visit rate (月探访率) of a division and each division below it: floored, 2999/3000 prints 99.9%. */
export const monthlyRate = defineQuery("visiting-care.monthly-rate", {
  who: readers,
  input: z.object({ division: division.optional(), month }),
  output: rateLine.extend({
    month,
    /** Published figures of a closed month never change; an open month is as of now. */
    asOf: instant,
    closed: z.boolean(),
    target: z.object({ goal, percent: z.number().nullable(), met: z.boolean().nullable() }),
    byMode: z.array(z.object({ mode, visits: z.int() })),
    children: z.array(rateLine),
  }),
  refusals: { "visiting-care/unknown-division": 404 },
});
