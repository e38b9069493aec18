import { z } from "zod";
import { defineCommand, defineQuery } from "../../kernel/operation/define.ts";
import { date, division, facts, id, optionalText, page, text } from "../../kernel/operation/shapes.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import {
  checkResult,
  discrepancyKind,
  discrepancySource,
  discrepancyState,
  field,
  itemKind,
  place,
  readers,
  serial,
  staffReaders,
} from "./equipment.shapes.ts";
import { timelineLine } from "./homes.contract.ts";

const house = [cite(law.houseRules, "equipment")];

/** Records a training in a home (登记培训): how many of its staff can use the equipment or give first aid from then on. */
export const recordTraining = defineCommand("equipment.record-training", {
  who: field,
  offline: true,
  input: z.object({
    id: id.optional(),
    careHomeId: id,
    on: date.optional(),
    topic: z.enum(["use", "first_aid", "both"]).default("both"),
    /** Staff of the home who took part and can do it; each counted once. */
    people: z.int().min(1).max(1_000),
    /** Their names, sealed on arrival: who is named twice counts once. May be left out. */
    staff: z.array(text(60)).max(200).default([]),
    trainer: optionalText(100),
    photoIds: z.array(id).max(12).default([]),
    note: optionalText(500),
  }),
  output: z.object({ id, trained: z.int(), itemsTrained: z.int() }),
  refusals: {
    "equipment/unknown-home": 404,
    "equipment/not-your-home": 403,
    "equipment/home-closed": 409,
    "equipment/home-changed": 409,
    "equipment/more-names-than-people": 422,
    "equipment/in-the-future": 422,
    "equipment/unknown-file": 422,
  },
  privateFields: ["staff"],
});

/** Who was trained in a home (受训人员): names masked, each person once. */
export const listTrainees = defineQuery("equipment.list-trainees", {
  who: ["officer", "auditor"],
  input: z.object({ careHomeId: id }),
  output: z.object({
    trained: z.int(),
    people: z.array(z.object({ id, name: z.string(), on: date, topic: z.enum(["use", "first_aid", "both"]) })),
  }),
  refusals: { "equipment/unknown-home": 404 },
});

/** What contradicts itself in a finding, or was overtaken by somebody else. */
const findingRefusals = {
  "equipment/item-state": 409,
  "equipment/home-changed": 409,
  "equipment/nothing-delivered": 409,
  "equipment/seen-more": 422,
  "equipment/result-differs": 422,
  "equipment/serials-needed": 422,
  "equipment/serial-not-here": 422,
  "equipment/item-repeated": 422,
  "equipment/in-the-future": 422,
  "equipment/unknown-file": 422,
} as const;

const checkLine = z.object({
  item: itemKind,
  result: checkResult,
  /** Pieces that were there. */
  seen: z.int().min(0).max(10_000),
  serials: z.array(serial).max(2_000).default([]),
  note: optionalText(500),
});

/** Verifies a home at county level (县级核查), item by item with evidence; what differs becomes a discrepancy. */
export const verifyHome = defineCommand("equipment.verify-home", {
  who: ["officer"],
  input: z.object({
    careHomeId: id,
    on: date.optional(),
    lines: z.array(checkLine).min(1).max(2),
    photoIds: z.array(id).max(12).default([]),
    place: place.optional(),
    note: optionalText(1000),
  }),
  output: z.object({
    checkIds: z.array(id),
    verified: z.array(itemKind),
    covered: z.boolean(),
    discrepancyIds: z.array(id),
  }),
  refusals: {
    "equipment/unknown-home": 404,
    "equipment/not-your-register": 403,
    "equipment/untrained": 409,
    ...findingRefusals,
  },
  law: house,
});

/**
 * Draws a sample (抽样) for a spot check or an evaluation: the population is frozen with its digest, the seed is published;
 * whoever has both draws the same homes.
 */
export const drawSample = defineCommand("equipment.draw-sample", {
  who: ["officer"],
  input: z.object({
    name: text(200),
    purpose: z.enum(["spot_check", "evaluation"]),
    division: division.optional(),
    /** How many, or which share of the homes with a delivery. */
    size: z.int().min(1).max(20_000).optional(),
    percent: z.number().gt(0).max(100).optional(),
    /** Named before anybody knows the list, e.g. lottery figures; made by the system when absent. */
    seed: optionalText(200),
    witness: text(100),
    publish: z.boolean().default(true),
  }),
  output: z.object({
    id,
    seed: z.string(),
    populationSize: z.int(),
    populationDigest: z.string(),
    drawn: z.array(z.object({ careHomeId: id, careHome: z.string(), division: z.string(), place: z.int() })),
  }),
  refusals: {
    "equipment/no-population": 409,
    "equipment/sample-size": 422,
    "equipment/outside-your-division": 403,
  },
});

const sampleLine = z.object({
  id,
  name: z.string(),
  purpose: z.enum(["spot_check", "evaluation"]),
  division: z.string(),
  drawnOn: date,
  populationSize: z.int(),
  size: z.int(),
  checked: z.int(),
  witness: z.string(),
  published: z.boolean(),
});
export type SampleLine = z.infer<typeof sampleLine>;

/** Samples (抽样批次), newest first. */
export const listSamples = defineQuery("equipment.list-samples", {
  who: staffReaders,
  input: z.object({ division: division.optional(), purpose: z.enum(["spot_check", "evaluation"]).optional(), ...page }),
  output: z.object({ samples: z.array(sampleLine), next: z.string().nullable() }),
});

/** One sample (抽样结果): frozen population, seed, digest, the way of drawing, what was found. `population` names ids in their order. */
export const getSample = defineQuery("equipment.get-sample", {
  who: staffReaders,
  input: z.object({ id }),
  output: sampleLine.extend({
    seed: z.string(),
    method: z.string(),
    populationDigest: z.string(),
    population: z.array(z.string()),
    /** The draw, made again from population and seed, gives the same. */
    reproduced: z.boolean(),
    drawn: z.array(
      z.object({
        careHomeId: id,
        careHome: z.string(),
        division: z.string(),
        place: z.int(),
        checks: z.array(z.object({ item: itemKind, result: checkResult, on: date })),
      }),
    ),
    evaluations: z.array(
      z.object({
        organisationId: id,
        organisation: z.string(),
        until: date,
        homes: z.int(),
        done: z.int(),
      }),
    ),
  }),
  refusals: { "equipment/unknown-sample": 404 },
});

/** Records what a spot check found in a drawn home (抽查结果). */
export const recordCheck = defineCommand("equipment.record-check", {
  who: ["officer"],
  input: z.object({
    sampleId: id,
    careHomeId: id,
    on: date.optional(),
    lines: z.array(checkLine).min(1).max(2),
    photoIds: z.array(id).max(12).default([]),
    note: optionalText(1000),
  }),
  output: z.object({ checkIds: z.array(id), discrepancyIds: z.array(id) }),
  refusals: {
    "equipment/unknown-sample": 404,
    "equipment/unknown-home": 404,
    "equipment/not-drawn": 409,
    "equipment/outside-your-division": 403,
    ...findingRefusals,
  },
  law: house,
});

/** Gives an organisation access to the drawn homes, and only to them, until a day (第三方评估授权). */
export const grantEvaluation = defineCommand("equipment.grant-evaluation", {
  who: ["officer"],
  input: z.object({ sampleId: id, organisation: text(60), until: date }),
  output: z.object({ homes: z.int(), organisationId: id, until: date }),
  refusals: {
    "equipment/unknown-sample": 404,
    "equipment/not-your-register": 403,
    "equipment/unknown-organisation": 404,
    "equipment/not-for-evaluation": 409,
    "equipment/until-past": 422,
    "equipment/evaluation-granted": 409,
  },
});

/** The drawn homes an organisation may look at today (评估对象); none after the last day. */
export const listEvaluationHomes = defineQuery("equipment.list-evaluation-homes", {
  who: ["organisation"],
  input: z.object({ ...page }),
  output: z.object({
    homes: z.array(
      z.object({
        id,
        careHomeId: id,
        careHome: z.string(),
        division: z.string(),
        divisionName: z.string(),
        sample: z.string(),
        until: date,
        expected: z.array(z.object({ item: itemKind, quantity: z.int(), serials: z.array(z.string()) })),
        done: z.boolean(),
      }),
    ),
    next: z.string().nullable(),
  }),
});

/** An evaluating organisation's result for one drawn home (评估结果); the county gets a copy in the same step. */
export const recordEvaluation = defineCommand("equipment.record-evaluation", {
  who: ["organisation"],
  input: z.object({
    evaluationId: id,
    on: date.optional(),
    lines: z.array(checkLine).min(1).max(2),
    photoIds: z.array(id).max(12).default([]),
    note: optionalText(1000),
  }),
  output: z.object({ id, discrepancies: z.int() }),
  refusals: {
    "equipment/unknown-evaluation": 404,
    "equipment/evaluation-over": 403,
    "equipment/evaluation-done": 409,
    ...findingRefusals,
  },
});

export const discrepancyLine = z.object({
  id,
  careHomeId: id,
  careHome: z.string(),
  division: z.string(),
  divisionName: z.string(),
  shipmentId: id.nullable(),
  kind: discrepancyKind,
  item: itemKind.nullable(),
  quantity: z.int(),
  source: discrepancySource,
  description: z.string(),
  state: discrepancyState,
  owner: z.string().nullable(),
  ownerAccountId: id.nullable(),
  openedOn: date,
  dueOn: date,
  late: z.boolean(),
  measure: z.string().nullable(),
  term: z.enum(["immediate", "long_term"]).nullable(),
  proof: z.string().nullable(),
  photoIds: z.array(id),
  reopened: z.int(),
  version: z.int(),
});
export type DiscrepancyLine = z.infer<typeof discrepancyLine>;

/** Discrepancies (差异台账), the soonest due first; those that are closed only when that state is asked for. */
export const listDiscrepancies = defineQuery("equipment.list-discrepancies", {
  who: readers,
  input: z.object({
    division: division.optional(),
    careHomeId: id.optional(),
    kind: discrepancyKind.optional(),
    state: z.union([discrepancyState, z.array(discrepancyState).max(5)]).optional(),
    late: z.enum(["yes", "no"]).optional(),
    ...page,
  }),
  output: z.object({ discrepancies: z.array(discrepancyLine), next: z.string().nullable() }),
});

/** One discrepancy with everything that was done about it (差异处理过程). */
export const getDiscrepancy = defineQuery("equipment.get-discrepancy", {
  who: readers,
  input: z.object({ id }),
  output: discrepancyLine.extend({ timeline: z.array(timelineLine), facts }),
  refusals: { "equipment/unknown-discrepancy": 404 },
});

const discrepancyRefusals = {
  "equipment/unknown-discrepancy": 404,
  "equipment/not-your-register": 403,
  "equipment/not-your-home": 403,
  "equipment/discrepancy-state": 409,
  "equipment/discrepancy-changed": 409,
} as const;
const after = z.object({ id, state: discrepancyState, version: z.int() });

/** Opens a discrepancy somebody reports (登记差异). */
export const openDiscrepancy = defineCommand("equipment.open-discrepancy", {
  who: field,
  input: z.object({
    careHomeId: id,
    itemId: id.optional(),
    kind: discrepancyKind,
    item: itemKind.optional(),
    quantity: z.int().min(1).max(10_000).default(1),
    description: text(500),
    dueOn: date.optional(),
    photoIds: z.array(id).max(12).default([]),
  }),
  output: after,
  refusals: {
    "equipment/unknown-home": 404,
    "equipment/unknown-item": 404,
    "equipment/not-your-home": 403,
    "equipment/due-past": 422,
    "equipment/unknown-file": 422,
  },
});

/** Names the measure, the owner and the due date (整改措施). */
export const assignMeasure = defineCommand("equipment.assign-measure", {
  who: ["officer"],
  input: z.object({
    id,
    version: z.int().optional(),
    measure: text(500),
    term: z.enum(["immediate", "long_term"]).default("immediate"),
    /** Who is to do it: an account of the county; the county's officers together when absent. */
    ownerAccountId: id.optional(),
    dueOn: date,
  }),
  output: after,
  refusals: { ...discrepancyRefusals, "equipment/due-past": 422, "equipment/unknown-owner": 422 },
});

/** Says that the measure is done, with proof (整改完成). */
export const markDone = defineCommand("equipment.mark-done", {
  who: field,
  input: z.object({ id, version: z.int().optional(), proof: text(500), photoIds: z.array(id).max(12).default([]) }),
  output: after,
  refusals: { ...discrepancyRefusals, "equipment/unknown-file": 422 },
});

/** Somebody else has looked and found it right (整改核实). */
export const verifyDiscrepancy = defineCommand("equipment.verify-discrepancy", {
  who: ["officer"],
  input: z.object({ id, version: z.int().optional(), note: optionalText(500) }),
  output: after,
  refusals: { ...discrepancyRefusals, "equipment/same-hand": 403 },
});

/** Closes what was verified (销号); the piece concerned counts as verified again. */
export const closeDiscrepancy = defineCommand("equipment.close-discrepancy", {
  who: ["officer"],
  input: z.object({ id, version: z.int().optional(), note: optionalText(500) }),
  output: after,
  refusals: discrepancyRefusals,
});

/** Opens it again because it recurs or was not right (重新整改). */
export const reopenDiscrepancy = defineCommand("equipment.reopen-discrepancy", {
  who: ["officer"],
  input: z.object({ id, version: z.int().optional(), reason: text(500), dueOn: date.optional() }),
  output: after,
  refusals: { ...discrepancyRefusals, "equipment/due-past": 422 },
});

const liaison = z.object({
  id,
  division: z.string(),
  divisionName: z.string(),
  name: z.string(),
  post: z.string().nullable(),
  /** Masked. */
  phone: z.string().nullable(),
  accountId: id.nullable(),
  from: date,
  until: date.nullable(),
});
export type Liaison = z.infer<typeof liaison>;

/** Names the liaison of one's division from a day on (指定联络员); the one before ends the day before. */
export const appointLiaison = defineCommand("equipment.appoint-liaison", {
  who: ["officer"],
  input: z.object({
    division: division.optional(),
    name: text(60),
    post: optionalText(60),
    phone: optionalText(40),
    accountId: id.optional(),
    from: date.optional(),
  }),
  output: z.object({ id, division: z.string(), from: date }),
  refusals: {
    "equipment/not-your-register": 403,
    "equipment/liaison-earlier": 409,
    "equipment/unknown-division": 422,
    "equipment/unknown-owner": 422,
  },
  privateFields: ["name", "phone"],
});

/** Liaisons of one's divisions (联络员), and the divisions that have none. */
export const listLiaisons = defineQuery("equipment.list-liaisons", {
  who: staffReaders,
  input: z.object({ division: division.optional() }),
  output: z.object({
    liaisons: z.array(liaison),
    missing: z.array(z.object({ division: z.string(), divisionName: z.string() })),
  }),
});
