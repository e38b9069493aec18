import { z } from "zod";
import { defineCommand, defineQuery } from "../../kernel/operation/define.ts";
import { date, division, id, instant, optionalText, page, text } from "../../kernel/operation/shapes.ts";
import { month, need } from "./visiting-care.shapes.ts";
import { field, readers } from "./visits.contract.ts";

/** Where a referral stands (转介状态): open → taken → done or declined → seen by the worker who asked. */
export const referralState = z.enum(["open", "taken", "done", "declined", "seen"]);

const line = z.object({ id, personId: id, kind: need, state: referralState, dueOn: date });

/** Opens a referral (需求转介) by itself; a visit opens one for each need it found. Works without network. */
export const openReferral = defineCommand("visiting-care.open-referral", {
  who: field,
  offline: true,
  input: z.object({ id: id.optional(), personId: id, kind: need, text: optionalText(300), visitId: id.optional() }),
  output: line,
  refusals: { "visiting-care/unknown-person": 404, "visiting-care/not-your-person": 403 },
  privateFields: ["text"],
});

const unmoved = {
  "visiting-care/unknown-referral": 404,
  "visiting-care/not-your-person": 403,
  "visiting-care/referral-state": 409,
} as const;

/** Somebody takes it on (承接转介): who, and which organisation if one. */
export const takeReferral = defineCommand("visiting-care.take-referral", {
  who: ["officer"],
  input: z.object({ id, by: text(100), organisationId: id.optional() }),
  output: line,
  refusals: unmoved,
});

/** Records the result (转介办结): done, or declined with why. The worker who asked is told by a duty. */
export const settleReferral = defineCommand("visiting-care.settle-referral", {
  who: ["officer"],
  input: z.object({ id, outcome: z.enum(["done", "declined"]), result: text(500) }),
  output: line,
  refusals: unmoved,
  privateFields: ["result"],
});

/** The worker has seen the result and told the person (结果已告知). */
export const acknowledgeReferral = defineCommand("visiting-care.acknowledge-referral", {
  who: field,
  offline: true,
  input: z.object({ id }),
  output: line,
  refusals: unmoved,
});

/** Referrals of a division or a person (需求转介一览): what waits longest first. */
export const listReferrals = defineQuery("visiting-care.list-referrals", {
  who: readers,
  input: z.object({
    /** One alone, for its own address. */
    id: id.optional(),
    division: division.optional(),
    personId: id.optional(),
    /** Waiting: open or taken. Helped: done, told or not yet. */
    state: z.enum(["waiting", "open", "taken", "done", "declined", "seen", "helped", "all"]).default("waiting"),
    /** Those referred in a month: what the figures of a month count. */
    month: month.optional(),
    kind: need.optional(),
    overdue: z.enum(["yes", "no"]).optional(),
    ...page,
  }),
  output: z.object({
    referrals: z.array(
      line.extend({
        person: z.string(),
        division: z.string(),
        text: z.string().nullable(),
        visitId: id.nullable(),
        openedOn: date,
        daysLeft: z.int().nullable(),
        by: z.string().nullable(),
        organisationId: id.nullable(),
        takenOn: date.nullable(),
        result: z.string().nullable(),
        settledOn: date.nullable(),
        seenOn: date.nullable(),
        onTime: z.boolean().nullable(),
      }),
    ),
    next: z.string().nullable(),
  }),
});

/** How a supporter was reminded (督促方式). */
export const reminderWay = z.enum(["phone", "visit", "message", "letter"]);

/** Reminds a supporter of the duty to visit and support (督促赡养人): one entry of the contact log; a letter is a numbered paper. */
export const remindSupporter = defineCommand("visiting-care.remind-supporter", {
  who: field,
  input: z.object({
    personId: id,
    contactId: id,
    way: reminderWay,
    reached: z.boolean(),
    answer: optionalText(500),
    on: date.optional(),
  }),
  output: z.object({ id, documentId: id.nullable(), number: z.string().nullable() }),
  refusals: {
    "visiting-care/unknown-person": 404,
    "visiting-care/not-your-person": 403,
    "visiting-care/unknown-supporter": 422,
    "visiting-care/in-the-future": 422,
  },
  privateFields: ["answer"],
});

/** The contact log of reminders (督促记录), newest first. */
export const listReminders = defineQuery("visiting-care.list-reminders", {
  who: readers,
  input: z.object({ personId: id.optional(), division: division.optional(), ...page }),
  output: z.object({
    reminders: z.array(
      z.object({
        id,
        personId: id,
        person: z.string(),
        division: z.string(),
        supporter: z.string(),
        relation: z.string(),
        way: reminderWay,
        reached: z.boolean(),
        answer: z.string().nullable(),
        on: date,
        at: instant,
        by: z.string(),
        documentId: id.nullable(),
      }),
    ),
    next: z.string().nullable(),
  }),
});
