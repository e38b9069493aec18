import { z } from "zod";
import { defineCommand } from "../../kernel/operation/define.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { papers } from "./applications.contract.ts";
import { date, id, missing, optionalText, text } from "./organisations.shapes.ts";

const refusals = {
  "organisations/not-found": 404,
  "organisations/not-your-register": 403,
  "organisations/changed-meanwhile": 409,
  "procedure/not-possible": 409,
} as const;
const moved = z.object({ organisationId: id, procedureId: id, state: z.string() });
const served = moved.extend({ documentId: id, verificationCode: z.string() });

/** Demands merger or termination of a social group (责令合并、终止), since 2026-03-12. */
export const demandTermination = defineCommand("organisations.demand-termination", {
  who: ["supervisory-unit", "registrar"],
  input: z.object({
    organisationId: id,
    demand: z.enum(["merger", "termination"]),
    ground: z.enum([
      "too-small",
      "too-finely-divided",
      "weak",
      "overlapping",
      "task-completed",
      "industry-adjusted",
      "seriously-failing",
      "disorderly",
    ]),
    reason: text(2000),
    mergeInto: id.optional(),
  }),
  output: moved,
  refusals: {
    ...refusals,
    "organisations/demand-not-lawful": 422,
    "organisations/not-alive": 409,
    "organisations/already-ending": 409,
  },
  law: [cite(law.socialGroups2026, "19", "2")],
});

/** Reviews a demanded plan (审核合并、终止方案): agree, and liquidation begins, or decline. */
export const reviewDemand = defineCommand("organisations.review-demand", {
  who: ["decider"],
  input: z.object({ organisationId: id, agree: z.boolean(), reason: text(2000) }),
  output: moved,
  refusals,
  law: [cite(law.socialGroups2026, "21", "3")],
});

/** Begins liquidation: from now on only liquidation activity (进入清算). */
export const beginLiquidation = defineCommand("organisations.begin-liquidation", {
  who: ["registrar", "organisation"],
  input: z.object({
    organisationId: id,
    ground: z.enum(["purpose-reached", "dissolved", "split-or-merged", "cannot-continue", "other"]),
    reason: text(2000),
    since: date.optional(),
  }),
  output: moved,
  refusals: {
    ...refusals,
    "organisations/not-alive": 409,
    "organisations/already-ending": 409,
    "organisations/date-out-of-range": 422,
  },
  law: [
    cite(law.socialGroups2026, "19"),
    cite(law.socialGroups2026, "20"),
    cite(law.serviceInstitutions, "16"),
    cite(law.foundations, "16"),
  ],
});

/** Gives a liquidation up: the organisation goes on (终止清算程序). */
export const abandonLiquidation = defineCommand("organisations.abandon-liquidation", {
  who: ["decider"],
  input: z.object({ organisationId: id, reason: text(2000) }),
  output: moved,
  refusals,
});

/** Applies for deregistration after the liquidation (注销登记申请), by the body or, after an agreed demand, without it. */
export const applyDeregistration = defineCommand("organisations.apply-deregistration", {
  who: ["registrar", "organisation"],
  input: z.object({
    organisationId: id,
    liquidationFinishedOn: date,
    /** The surplus and where it goes, by the charter and the law. */
    surplus: text(1000),
    evidence: z
      .array(z.object({ paper: z.enum(papers), fileId: id.optional(), note: optionalText(200) }))
      .max(60)
      .default([]),
    /** The body cannot apply itself: the departments ask (art. 21, since 2026-03-12). */
    onDemand: z.boolean().default(false),
  }),
  output: moved.extend({ applicationId: id, receipt: z.string(), warnings: z.array(missing) }),
  refusals: { ...refusals, "organisations/not-demanded": 422, "organisations/date-out-of-range": 422 },
  law: [cite(law.socialGroups2026, "21"), cite(law.serviceInstitutions, "17"), cite(law.foundations, "18")],
});

/** Deregisters: certificate and seal collected, announced (准予注销登记). */
export const approveDeregistration = defineCommand("organisations.approve-deregistration", {
  who: ["decider"],
  input: z.object({
    applicationId: id,
    effectiveOn: date.optional(),
    certificateCollected: z.boolean(),
    sealCollected: z.boolean(),
  }),
  output: served.extend({ applicationId: id }),
  refusals: {
    ...refusals,
    "organisations/application-not-found": 404,
    "organisations/certificate-not-collected": 422,
    "organisations/date-out-of-range": 422,
  },
  law: [
    cite(law.socialGroups2026, "21"),
    cite(law.socialGroups2026, "23"),
    cite(law.serviceInstitutions, "17"),
    cite(law.foundations, "18"),
  ],
});

/** Suspends an organisation by a penalty decision; certificate, seal and vouchers are sealed (限期停止活动). */
export const suspend = defineCommand("organisations.suspend", {
  who: ["decider"],
  input: z.object({
    organisationId: id,
    penaltyDecision: text(100),
    reason: text(2000),
    from: date.optional(),
    until: date.optional(),
  }),
  output: served,
  refusals: { ...refusals, "organisations/not-alive": 409, "organisations/date-out-of-range": 422 },
  law: [cite(law.socialGroups2026, "30"), cite(law.serviceInstitutions, "25"), cite(law.foundations, "42")],
});

/** Lifts a suspension (恢复活动). */
export const liftSuspension = defineCommand("organisations.lift-suspension", {
  who: ["decider"],
  input: z.object({ organisationId: id, reason: text(2000) }),
  output: served,
  refusals,
  law: [cite(law.socialGroups2026, "33")],
});

/** Grounds for annulment (撤销登记) or revocation (吊销登记证书). */
export const revocationGrounds = [
  "fraud",
  "idle-year",
  "altered-certificate",
  "beyond-scope",
  "no-inspection",
  "changes-unregistered",
  "branches-unlawful",
  "profit-making",
  "misappropriation",
  "unlawful-fees",
  "cannot-function",
] as const;

/** Serves the prior notice of annulment or revocation (事先告知): facts, ground, article, right to be heard. */
export const notifyRevocation = defineCommand("organisations.notify-revocation", {
  who: ["registrar"],
  input: z.object({ organisationId: id, ground: z.enum(revocationGrounds), facts: text(4000), evidence: text(2000) }),
  output: served.extend({ sanction: z.enum(["annulled", "revoked"]), hearUntil: date }),
  refusals: {
    ...refusals,
    "organisations/not-alive": 409,
    "organisations/revocation-running": 409,
    "organisations/ground-not-in-law": 422,
  },
  law: [cite(law.penalties, "44"), cite(law.penalties, "63")],
});

/** Records the organisation's statement and defence (陈述申辩). */
export const recordStatement = defineCommand("organisations.record-statement", {
  who: ["registrar", "organisation"],
  input: z.object({ organisationId: id, statement: text(8000), accepted: z.boolean().optional() }),
  output: moved,
  refusals,
  law: [cite(law.penalties, "45")],
});

/** Decides after the notice: annul, revoke or drop, by another hand than the one that notified (作出决定). */
export const decideRevocation = defineCommand("organisations.decide-revocation", {
  who: ["decider"],
  input: z.object({ organisationId: id, uphold: z.boolean(), reason: text(4000) }),
  output: moved.extend({ documentId: id.nullable() }),
  refusals,
  law: [cite(law.penalties, "57"), cite(law.socialGroups2026, "29"), cite(law.socialGroups2026, "30")],
});
