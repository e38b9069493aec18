import { z } from "zod";
import { defineCommand, defineQuery } from "../../kernel/operation/define.ts";
import { division, id, instant, optionalText, page, text } from "../../kernel/operation/shapes.ts";
import { month, place } from "./visiting-care.shapes.ts";
import { field, readers } from "./visits.contract.ts";

/** What was found (发现的情况). */
export const emergencyFound = z.enum([
  "unconscious",
  "injured",
  "acute_illness",
  "suspected_infection",
  "missing",
  "fire_or_gas",
  "abuse",
  "deceased",
  "other",
]);
/** The steps in their fixed order (处置步骤): call 120 or 110, family, stay, community and township, file the record. */
export const emergencyStep = z.enum(["call_rescue", "call_family", "stay", "notify_community", "file_record"]);

/** Opens an emergency (紧急处置): the steps with a running clock; works without network. */
export const openEmergency = defineCommand("visiting-care.open-emergency", {
  who: field,
  offline: true,
  input: z.object({
    id: id.optional(),
    personId: id,
    found: emergencyFound,
    note: optionalText(1000),
    place: place.optional(),
  }),
  output: z.object({
    id,
    openedAt: instant,
    steps: z.array(z.object({ step: emergencyStep, dueAt: instant })),
    route: z.enum(["rescue", "epidemic"]),
  }),
  refusals: { "visiting-care/unknown-person": 404, "visiting-care/not-your-person": 403 },
  privateFields: ["note"],
});

/** Records a step (登记步骤): who was reached, when; nobody reached is recorded too, and the next contact is tried. */
export const recordStep = defineCommand("visiting-care.record-step", {
  who: field,
  offline: true,
  input: z.object({
    id: id.optional(),
    emergencyId: id,
    step: emergencyStep,
    contactId: id.optional(),
    reached: z.boolean(),
    who: optionalText(100),
    note: optionalText(1000),
  }),
  output: z.object({
    id,
    next: emergencyStep.nullable(),
    nextContact: z.object({ id, name: z.string(), relation: z.string() }).nullable(),
  }),
  refusals: {
    "visiting-care/unknown-emergency": 404,
    "visiting-care/step-out-of-order": 409,
    "visiting-care/emergency-filed": 409,
  },
  privateFields: ["who", "note"],
});

/** Files the record afterwards (处置归档), also without network: from then on nothing of it can be changed. */
export const fileEmergency = defineCommand("visiting-care.file-emergency", {
  who: field,
  offline: true,
  input: z.object({
    id,
    outcome: z.enum(["safe", "hospital", "deceased", "found", "handed_over", "false_alarm"]),
    summary: text(2000),
  }),
  output: z.object({ id, filedAt: instant, documentId: id }),
  refusals: {
    "visiting-care/unknown-emergency": 404,
    "visiting-care/emergency-filed": 409,
    "visiting-care/steps-missing": 409,
  },
  privateFields: ["summary"],
});

/** Emergencies (紧急处置一览): running first, with the clock of each step. */
export const listEmergencies = defineQuery("visiting-care.list-emergencies", {
  who: readers,
  input: z.object({
    /** One alone, for its own page. */
    id: id.optional(),
    division: division.optional(),
    state: z.enum(["running", "filed", "all"]).default("all"),
    /** Those found in a month, and of them those that were escalated: what the figures of a month count. */
    month: month.optional(),
    escalated: z.literal("yes").optional(),
    ...page,
  }),
  output: z.object({
    emergencies: z.array(
      z.object({
        id,
        personId: id,
        person: z.string(),
        division: z.string(),
        found: emergencyFound,
        openedAt: instant,
        state: z.enum(["running", "filed"]),
        escalated: z.int(),
        worker: z.string(),
        filedAt: instant.nullable(),
        /** Running: a step of its clock is past its instant and nothing was recorded for it. Filed: filed late. */
        overdue: z.boolean(),
        steps: z.array(
          z.object({
            step: emergencyStep,
            dueAt: instant,
            doneAt: instant.nullable(),
            reached: z.boolean().nullable(),
            who: z.string().nullable(),
          }),
        ),
      }),
    ),
    next: z.string().nullable(),
  }),
});

/** Hands what is late to the next person (逐级升级): stand-in, township, county. Run by a job every minute. */
export const escalateEmergencies = defineCommand("visiting-care.escalate-emergencies", {
  who: [],
  door: "internal",
  input: z.object({}),
  output: z.object({ escalated: z.int() }),
});
