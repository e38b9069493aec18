import { z } from "zod";
import { defineCommand, defineQuery } from "../../kernel/operation/define.ts";
import { date, id, instant, page, text } from "../../kernel/operation/shapes.ts";

/** States of a complaint (投诉举报状态), handbook A21. */
export const states = [
  "received",
  "accepted",
  "assigned",
  "replied",
  "reviewing",
  "reviewed",
  "not_ours",
  "closed",
] as const;
export type State = (typeof states)[number];
export const state = z.enum(states);

export const readers = ["registrar", "decider", "auditor"] as const;

const line = z.object({
  id,
  number: z.string(),
  about: z.enum(["organisation", "other"]),
  organisationId: id.nullable(),
  organisation: z.string().nullable(),
  division: z.string(),
  state,
  receivedOn: date,
  dueOn: date,
  daysLeft: z.int(),
  /** By when a review that waits is answered; null when none waits. */
  answerBy: date.nullable(),
});
export type ComplaintLine = z.infer<typeof line>;

/**
 * Complaints of one's division (投诉举报列表): those that wait first, the earliest term on top, so that what is late leads; then
 * what was answered, newest first.
 */
export const listComplaints = defineQuery("complaints.list", {
  who: readers,
  input: z.object({ state: state.optional(), organisationId: id.optional(), ...page }),
  output: z.object({
    complaints: z.array(line),
    /** `exact: false` = at least so many. */
    total: z.object({ value: z.int(), exact: z.boolean() }),
    /** Waiting to be accepted past their term, of the same filter. */
    overdue: z.int(),
    next: z.string().nullable(),
  }),
});

/** One complaint with its text (投诉举报详情). Who sent it stays sealed: `vault.unmask` shows it, with a reason. */
export const getComplaint = defineQuery("complaints.get", {
  who: readers,
  input: z.object({ id }),
  output: line.extend({
    text: z.string(),
    sealed: z.array(z.enum(["complainant_name", "complainant_contact"])),
    handler: z.string().nullable(),
    responsible: z.string().nullable(),
    answer: z.string().nullable(),
    /** Why the sender asked that somebody else looks at the answer again, and what came of it. */
    review: z
      .object({ askedOn: date, reason: z.string(), answer: z.string().nullable(), answeredOn: date.nullable() })
      .nullable(),
    steps: z.array(z.object({ act: z.string(), state: z.string(), at: instant, by: z.string(), own: z.boolean() })),
    acts: z.array(z.object({ act: z.string(), operation: z.string(), obstacles: z.array(z.string()) })),
  }),
  refusals: { "complaints/unknown": 404 },
});

const refusals = { "complaints/unknown": 404, "complaints/not-your-register": 403 } as const;
const answer = z.object({ id, number: z.string(), state });

/** Takes a complaint on (受理): within 5 working days of its receipt. */
export const acceptComplaint = defineCommand("complaints.accept", {
  who: ["registrar"],
  input: z.object({ id }),
  output: answer,
  refusals,
});

/** Says that another body is responsible, and which (不属于本机关职责). The sender reads it with the receipt. */
export const refuseComplaint = defineCommand("complaints.not-ours", {
  who: ["registrar"],
  input: z.object({ id, responsible: text(200) }),
  output: answer,
  refusals,
});

/** Names the section or person that looks into it (指派承办人); a second time changes who. Staff only read it. */
export const assignComplaint = defineCommand("complaints.assign", {
  who: ["registrar"],
  input: z.object({ id, handler: text(100) }),
  output: answer,
  refusals,
});

/** Answers an accepted complaint (答复). The sender reads it with the receipt. */
export const replyToComplaint = defineCommand("complaints.reply", {
  who: ["registrar"],
  input: z.object({ id, text: text(4000) }),
  output: answer,
  refusals,
});

/** Answers after another look at the first answer (复核答复), by another hand than the one that gave it. */
export const answerReview = defineCommand("complaints.answer-review", {
  who: ["decider"],
  input: z.object({ id, text: text(4000) }),
  output: answer,
  refusals,
});

/** Closes an answered complaint (办结): nothing more is to be done. */
export const closeComplaint = defineCommand("complaints.close", {
  who: ["registrar"],
  input: z.object({ id }),
  output: answer,
  refusals,
});
