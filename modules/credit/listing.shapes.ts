import { z } from "zod";
import { date, facts, id, instant, optionalText, text } from "../../kernel/operation/shapes.ts";
import { groundIds, lists } from "./credit.catalogue.ts";
import { holdsPersonalNumbers } from "./public-text.rules.ts";

/** A sentence the public will read (公开文本): no citizen number, mobile number or bank card in it. */
export const publicText = (max: number) =>
  text(max).refine((value) => !holdsPersonalNumbers(value), { error: "credit/personal-number-in-public-text" });

/** The same, which may be left empty. */
export const optionalPublicText = (max: number) =>
  optionalText(max).refine((value) => value === undefined || !holdsPersonalNumbers(value), {
    error: "credit/personal-number-in-public-text",
  });

/** States of one ground against one organisation (名录案件状态). */
export const listingStates = [
  "proposed",
  "noticed",
  "stated",
  "answered",
  "listed",
  "removal-applied",
  "removal-verified",
  "closed",
  "joined",
  "removed",
  "moved",
  "withdrawn",
] as const;
export type ListingState = (typeof listingStates)[number];

/** States in which an organisation stands on the list. */
export const standing = ["listed", "removal-applied", "removal-verified"] as const satisfies readonly ListingState[];
/** States on the way to a decision. */
export const underway = ["proposed", "noticed", "stated", "answered"] as const satisfies readonly ListingState[];

export const serviceMethods = ["in-person", "mail", "lien", "electronic", "announcement"] as const;
export type ServiceMethod = (typeof serviceMethods)[number];

/** A running period (期限): where it began, the day it ends, days since and to go (negative = over). */
export const clockShape = z.object({
  clock: z.enum(["statement", "six-months", "twenty-two-months", "two-years", "removal"]),
  from: date.nullable(),
  on: date,
  daysSince: z.int().nullable(),
  daysTo: z.int(),
});
export type ClockDto = z.output<typeof clockShape>;

export const listingShape = z.object({
  id,
  organisationId: id,
  organisationName: z.string(),
  organisationCode: z.string().nullable(),
  division: z.string(),
  list: z.enum(lists),
  ground: z.enum(groundIds),
  groundText: z.string(),
  rectifiable: z.boolean(),
  origin: z.enum(["person", "module", "run", "legacy"]),
  addsTo: id.nullable(),
  state: z.enum(listingStates),
  authority: z.string(),
  proposedOn: date,
  noticeServedOn: date.nullable(),
  statementDueOn: date.nullable(),
  decidedOn: date.nullable(),
  decisionNumber: z.string().nullable(),
  listedOn: date.nullable(),
  clockFrom: date.nullable(),
  removalAppliedOn: date.nullable(),
  removalVerifiedOn: date.nullable(),
  removalDueOn: date.nullable(),
  endedOn: date.nullable(),
  endReason: z.string().nullable(),
  legacy: z.boolean(),
  daysListed: z.int().nullable(),
  clocks: z.array(clockShape),
  version: z.int(),
});
export type ListingDto = z.output<typeof listingShape>;

/** Something that must exist before an act may happen (缺项); sentences stand in the words under `missing`. */
export const missingShape = z.object({ code: z.string(), facts: facts.optional() });

/** One act and whether it can be taken now, by the person who asks (可办事项). */
export const actShape = z.object({
  act: z.string(),
  operation: z.string(),
  possible: z.boolean(),
  legalEffect: z.boolean(),
  missing: z.array(missingShape),
});

export const submissionShape = z.object({
  id,
  kind: z.enum(["statement", "certificate", "removal-application", "objection"]),
  madeBy: z.enum(["organisation", "supervisory-unit", "registrar"]),
  content: z.string(),
  evidence: z.array(id),
  receivedOn: date,
  dueOn: date.nullable(),
  state: z.enum(["open", "accepted", "rejected"]),
  answeredOn: date.nullable(),
  answer: z.string().nullable(),
});

export const stepShape = z.object({
  at: instant,
  act: z.string(),
  from: z.string().nullable(),
  to: z.string(),
  actor: z.string(),
  law: z.array(facts),
  documentId: id.nullable(),
  decisionId: id.nullable(),
  note: facts,
});

export const documentShape = z.object({
  id,
  kind: z.enum(["notice", "decision", "removal", "withdrawal"]),
  title: z.string(),
  number: z.string().nullable(),
  issuedOn: date,
  verificationCode: z.string(),
});
