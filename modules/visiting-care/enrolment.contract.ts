import { z } from "zod";
import { defineCommand, defineQuery } from "../../kernel/operation/define.ts";
import { date, division, id, optionalText, text } from "../../kernel/operation/shapes.ts";
import { category } from "../people/index.ts";
import { closeGround, enrolmentState, mode, risk } from "./visiting-care.shapes.ts";
import { field } from "./visits.contract.ts";

const enrolled = z.object({ id, personId: id, state: enrolmentState, version: z.int() });

/** Proposes care (拟列入探访): found in a census, asked for, or reported. The person or the family is asked next. */
export const propose = defineCommand("visiting-care.propose", {
  who: field,
  offline: true,
  input: z.object({ id: id.optional(), personId: id, risk, reason: text(300), campaignId: id.optional() }),
  output: enrolled,
  refusals: {
    "visiting-care/unknown-person": 404,
    "visiting-care/already-in-care": 409,
    "visiting-care/out-of-scope": 422,
    "visiting-care/not-present": 409,
  },
});

/** Records that the person or the family does not want visits (不同意、退出). They leave the base and are asked again in half a year. */
export const refuse = defineCommand("visiting-care.refuse", {
  who: field,
  offline: true,
  input: z.object({ personId: id, by: text(100), on: date, reason: text(300), evidenceId: id.optional() }),
  output: enrolled,
  refusals: {
    "visiting-care/unknown-person": 404,
    "visiting-care/not-in-care": 409,
    "visiting-care/period-impossible": 422,
  },
  privateFields: ["by"],
});

/**
 * Enrols a person (纳入探访) after agreement: risk, ways, worker and stand-in. How often is decided by dated rule; the
 * duties of this month open at once. A proposal is answered by it when there is one.
 */
export const enrol = defineCommand("visiting-care.enrol", {
  who: field,
  input: z.object({
    personId: id,
    risk: risk.default("general"),
    modes: z.array(mode).min(1).max(4).default(["home"]),
    workerId: id.optional(),
    standInId: id.optional(),
    /** Who agreed, and when; the person by default. */
    agreedBy: optionalText(100),
    agreedOn: date.optional(),
    evidenceId: id.optional(),
    from: date.optional(),
  }),
  output: enrolled.extend({
    frequency: z.object({ per: z.enum(["week", "month", "quarter"]), min: z.int() }),
    reassessOn: date,
    decisionId: id,
    duties: z.int(),
  }),
  refusals: {
    "visiting-care/unknown-person": 404,
    "visiting-care/already-in-care": 409,
    "visiting-care/out-of-scope": 422,
    "visiting-care/not-present": 409,
    "visiting-care/unknown-worker": 422,
    "visiting-care/period-impossible": 422,
  },
  privateFields: ["agreedBy"],
});

/** Changes the plan or reassesses (调整、复评): risk, ways, worker; the half-year clock starts anew. */
export const reassess = defineCommand("visiting-care.reassess", {
  who: ["officer"],
  input: z.object({
    personId: id,
    version: z.int(),
    risk,
    modes: z.array(mode).min(1).max(4),
    workerId: id.optional(),
    standInId: id.optional(),
    reason: text(300),
  }),
  output: enrolled.extend({
    frequency: z.object({ per: z.enum(["week", "month", "quarter"]), min: z.int() }),
    reassessOn: date,
  }),
  refusals: {
    "visiting-care/unknown-person": 404,
    "visiting-care/not-enrolled": 409,
    "visiting-care/changed-meanwhile": 409,
    "visiting-care/unknown-worker": 422,
  },
});

/** Hands all people of one worker to another (移交): worker left, on leave; open duties go along. */
export const handOver = defineCommand("visiting-care.hand-over", {
  who: ["officer"],
  input: z.object({ fromWorkerId: id, toWorkerId: id, division, reason: text(300) }),
  output: z.object({ people: z.int(), duties: z.int() }),
  refusals: { "visiting-care/unknown-worker": 422, "visiting-care/nothing-to-hand-over": 409 },
});

/** Ends care (结案) with its ground; open duties are cancelled by it. */
export const close = defineCommand("visiting-care.close", {
  who: ["officer"],
  input: z.object({ personId: id, ground: closeGround, on: date, reason: optionalText(300) }),
  output: enrolled,
  refusals: {
    "visiting-care/unknown-person": 404,
    "visiting-care/not-in-care": 409,
    "visiting-care/period-impossible": 422,
  },
});

/** Opens duties of a period ahead (生成探访任务), spread over the worker's days and places. Runs by itself on the first of the month. */
export const openPeriod = defineCommand("visiting-care.open-period", {
  who: ["officer"],
  input: z.object({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/) }),
  output: z.object({ opened: z.int(), already: z.int() }),
});

/** The same for one home by itself (按县生成), by the job of the first of the month. */
export const openHome = defineCommand("visiting-care.open-home", {
  who: [],
  door: "internal",
  input: z.object({ home: z.string(), month: z.string() }),
  output: z.object({ opened: z.int() }),
});

/** Alerts workers and officers of visits not made at half and at nine tenths of the period (到期提醒), by the job. */
export const alertVisits = defineCommand("visiting-care.alert-visits", {
  who: [],
  door: "internal",
  input: z.object({ limit: z.int() }),
  output: z.object({ alerted: z.int() }),
});

/** Calls for extra visits (加密探访): extreme weather, a festival, an event. */
export const callExtraVisits = defineCommand("visiting-care.call-extra-visits", {
  who: ["officer"],
  input: z.object({
    division,
    ground: z.enum(["extreme_weather", "festival", "event"]),
    title: text(100),
    from: date,
    by: date,
    risks: z.array(risk).max(3).optional(),
    categories: z.array(category).max(14).optional(),
  }),
  output: z.object({ id, opened: z.int() }),
  refusals: { "visiting-care/period-impossible": 422, "visiting-care/not-your-division": 403 },
});

/** Workers who may be given people (可选的探访人员) of a division. */
export const listWorkers = defineQuery("visiting-care.list-workers", {
  who: ["officer", "worker"],
  input: z.object({ division }),
  output: z.object({
    workers: z.array(
      z.object({ id, name: z.string(), divisions: z.array(z.string()), people: z.int(), overdue: z.int() }),
    ),
  }),
});
