import { authorityOf, issueDocument } from "../../../kernel/document/issue.ts";
import { fulfilDuty } from "../../../kernel/duty/duty.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { type Missing, openProcedure, takeTransition } from "../../../kernel/procedure/procedure.ts";
import { law } from "../../../kernel/regulations/law.rules.ts";
import { decide } from "../../../kernel/rule/store.ts";
import { establishmentRules } from "../establishment.rules.ts";
import { approvalDecision } from "../organisations.documents.ts";
import { decideApplication } from "../organisations.duties.ts";
import { deregistration } from "../organisations.procedures.ts";
import {
  abandonLiquidation,
  applyDeregistration,
  approveDeregistration,
  beginLiquidation,
  demandTermination,
  reviewDemand,
} from "../standing.contract.ts";
import { announce } from "./announce.ts";
import { type ApplicationRow, cancelDutiesOf, insertApplication } from "./applications.store.ts";
import { runningInstance } from "./file.queries.ts";
import { act, answerBy, applicationSubject, awaitAnswer, loadCase, onlyOne, receiptOf, save } from "./flow.ts";
import { guards } from "./guards.ts";
import type { OrganisationRow } from "./organisation.row.ts";
import { loadOrganisation, lockOrganisation } from "./organisations.store.ts";
import { changeOrganisation, subjectOf } from "./register.ts";

const lateness = establishmentRules[5];

type LoadCode = "organisations/not-found" | "organisations/not-your-register";

/** An organisation the actor may act on: its own, one of its unit's, or one of its own register. */
export async function loadForAct(ctx: Context<LoadCode>, id: string): Promise<OrganisationRow> {
  const row = await loadOrganisation(ctx.tx, id);
  if (!row) return ctx.fail("organisations/not-found", { id });
  if (ctx.actor.scope.kind === "staff" && row.home_code !== ctx.actor.home)
    return ctx.fail("organisations/not-your-register", { name: row.name });
  return row;
}

/** Changes the register on the word of the organisation itself, which may read its row but not write it. */
export async function changeOnItsWord(
  ctx: Context<never>,
  before: OrganisationRow,
  patch: Partial<OrganisationRow>,
  on: string,
): Promise<OrganisationRow> {
  if (ctx.actor.scope.kind === "staff") return changeOrganisation(ctx, before, patch, on);
  await ctx.tx.assume({ kind: "system" });
  const row = await changeOrganisation(ctx, before, patch, on);
  await ctx.tx.assume(ctx.actor.scope);
  return row;
}

function moved(row: OrganisationRow, instance: { id: string; state: string }) {
  return { organisationId: row.id, procedureId: instance.id, state: instance.state };
}

const demand = handle(demandTermination)(async ({ organisationId, demand: what, ground, reason, mergeInto }, ctx) => {
  const row = await loadForAct(ctx, organisationId);
  // Only the regulation on social groups knows the demand, and only since its 2026 text.
  if (row.kind !== "social_group" || ctx.today < law.socialGroups2026.effectiveFrom)
    ctx.fail("organisations/demand-not-lawful", { kind: row.kind, from: law.socialGroups2026.effectiveFrom });
  if (row.status !== "registered" && row.status !== "suspended")
    ctx.fail("organisations/not-alive", { name: row.name, status: row.status });
  if (await runningInstance(ctx.tx, deregistration.id, row.id))
    ctx.fail("organisations/already-ending", { name: row.name });
  const instance = openProcedure(
    ctx,
    deregistration,
    "demand",
    {
      home: row.home_code,
      division: row.division_code,
      subject: row.id,
      organisation: row.id,
      unit: row.unit_id,
      data: { demanded: what, ...(mergeInto ? { mergeInto } : {}) },
    },
    { note: { demand: what, ground, reason } },
  );
  onlyOne(ctx, deregistration.id, row, "organisations/already-ending");
  ctx.journal("termination-demanded", subjectOf(row), { demand: what, ground });
  return moved(row, instance);
});

const review = handle(reviewDemand)(async ({ organisationId, agree, reason }, ctx) => {
  const row = await loadForAct(ctx, organisationId);
  const running = await runningInstance(ctx.tx, deregistration.id, row.id);
  if (!running) return ctx.fail("procedure/not-possible", { missing: [{ code: "organisations/not-demanded" }] });
  const name = agree ? "agree-demand" : "decline-demand";
  const instance = await takeTransition(
    ctx,
    deregistration,
    name,
    running,
    { note: { reason } },
    guards[`${deregistration.id}/${name}`],
  );
  if (agree) await changeOrganisation(ctx, row, { status: "liquidating" }, ctx.today);
  ctx.journal(agree ? "demand-agreed" : "demand-declined", subjectOf(row), {});
  return moved(row, instance);
});

const begin = handle(beginLiquidation)(async ({ organisationId, ground, reason, since }, ctx) => {
  const row = await loadForAct(ctx, organisationId);
  if (row.status !== "registered" && row.status !== "suspended")
    ctx.fail("organisations/not-alive", { name: row.name, status: row.status });
  if (await runningInstance(ctx.tx, deregistration.id, row.id))
    ctx.fail("organisations/already-ending", { name: row.name });
  const on = since ?? ctx.today;
  if (on > ctx.today || (row.registered_on !== null && on < row.registered_on))
    ctx.fail("organisations/date-out-of-range", { date: on, from: row.registered_on, to: ctx.today });
  const instance = openProcedure(
    ctx,
    deregistration,
    "begin-liquidation",
    {
      home: row.home_code,
      division: row.division_code,
      subject: row.id,
      organisation: row.id,
      unit: row.unit_id,
      data: { before: row.status },
    },
    { note: { ground, reason, since: on } },
  );
  await changeOnItsWord(ctx, row, { status: "liquidating" }, on);
  onlyOne(ctx, deregistration.id, row, "organisations/already-ending");
  ctx.journal("liquidation-begun", subjectOf(row), { ground });
  return moved(row, instance);
});

const abandon = handle(abandonLiquidation)(async ({ organisationId, reason }, ctx) => {
  const row = await loadForAct(ctx, organisationId);
  const running = await runningInstance(ctx.tx, deregistration.id, row.id);
  if (!running) return ctx.fail("procedure/not-possible", { missing: [{ code: "organisations/not-liquidating" }] });
  const instance = await takeTransition(ctx, deregistration, "abandon", running, { note: { reason } });
  await changeOrganisation(ctx, row, { status: "registered" }, ctx.today);
  ctx.journal("liquidation-abandoned", subjectOf(row), {});
  return moved(row, instance);
});

const apply = handle(applyDeregistration)(
  async ({ organisationId, liquidationFinishedOn, surplus, evidence, onDemand }, ctx) => {
    const row = await loadForAct(ctx, organisationId);
    const running = await runningInstance(ctx.tx, deregistration.id, row.id);
    if (!running) return ctx.fail("procedure/not-possible", { missing: [{ code: "organisations/not-liquidating" }] });
    if (onDemand && running.data.demanded === undefined) ctx.fail("organisations/not-demanded", { name: row.name });
    if (liquidationFinishedOn > ctx.today)
      ctx.fail("organisations/date-out-of-range", { date: liquidationFinishedOn, to: ctx.today });
    const late = decide(
      ctx,
      lateness,
      { liquidation_finished: liquidationFinishedOn, applied: ctx.today, kind: row.kind },
      { subject: row.id, home: row.home_code, division: row.division_code },
    );
    const warnings: Missing[] = late.decision.output.late
      ? [
          {
            code: "organisations/applied-late",
            facts: { days: late.decision.output.days_late, deadline: late.decision.output.deadline },
          },
        ]
      : [];
    // On demand the departments have spoken already.
    const through = !row.direct_registration && !onDemand;
    const id = ctx.newId();
    const due = answerBy(ctx, { division_code: row.division_code } as ApplicationRow, ctx.today);
    const instance = await takeTransition(ctx, deregistration, "apply", running, {
      decision: late.id,
      data: {
        applicationId: id,
        ...(through ? {} : { answerBy: due }),
        ...(onDemand ? { consentedOn: ctx.today } : {}),
      },
      note: { liquidationFinishedOn, onDemand, ...(warnings.length > 0 ? { late: true } : {}) },
      ...(through ? {} : { to: "submitted" }),
    });
    const application: ApplicationRow = {
      home_code: row.home_code,
      id,
      division_code: row.division_code,
      organisation_id: row.id,
      unit_id: row.unit_id,
      instance_id: instance.id,
      purpose: "deregistration",
      name: row.name,
      kind: row.kind,
      receipt: receiptOf(ctx.today, id),
      applicant: row.name,
      facts: {
        liquidationFinishedOn,
        surplus,
        evidence,
        onDemand,
        directRegistration: row.direct_registration,
        unitName: row.unit_name ?? undefined,
      },
      gaps: [],
      submitted_on: through ? null : ctx.today,
      accepted_on: null,
      decide_by: null,
      decided_on: null,
      recorded_at: ctx.now,
    };
    await insertApplication(ctx.tx, application);
    if (!through) awaitAnswer(ctx, application, due);
    ctx.journal("deregistration-applied-for", applicationSubject(application), { onDemand });
    return { ...moved(row, instance), applicationId: id, receipt: application.receipt, warnings: [...warnings] };
  },
);

const approve = handle(approveDeregistration)(
  async ({ applicationId, effectiveOn, certificateCollected, sealCollected }, ctx) => {
    const given = await loadCase(ctx, applicationId);
    const { application } = given;
    const before = application.organisation_id
      ? await lockOrganisation(ctx.tx, application.organisation_id)
      : undefined;
    if (!before) return ctx.fail("organisations/not-your-register", { name: application.name });
    if (!certificateCollected || !sealCollected)
      ctx.fail("organisations/certificate-not-collected", { name: before.name });
    const on = effectiveOn ?? ctx.today;
    if (on > ctx.today) ctx.fail("organisations/date-out-of-range", { date: on, to: ctx.today });
    const row = await changeOrganisation(ctx, before, { status: "deregistered", ended_on: on }, on);
    await save(ctx, { ...application, decided_on: ctx.today });
    fulfilDuty(ctx, decideApplication, application.home_code, application.id);
    const authority = await authorityOf(ctx.tx, application.home_code);
    const document = await issueDocument(ctx, {
      template: [approvalDecision],
      facts: {
        name: row.name,
        kind: row.kind,
        purpose: "deregistration",
        receipt: application.receipt,
        applicant: application.applicant,
        code: row.credit_code ?? "",
        effectiveOn: on,
        law: deregistration.transitions.approve.law,
        reconsideration: authority.reconsideration,
        court: authority.court,
      },
      home: application.home_code,
      division: application.division_code,
      organisation: row.id,
      unit: row.unit_id,
    });
    const instance = await act(ctx, given, "approve", { document: document.id, note: { effectiveOn: on } });
    ctx.later((tx) => cancelDutiesOf(tx, row.id, ctx.now, "deregistered"));
    announce(ctx, { act: "deregistration", row, on, authority: authority.name, document });
    ctx.journal("organisation-deregistered", subjectOf(row), { application: application.id });
    return {
      ...moved(row, instance),
      documentId: document.id,
      verificationCode: document.verificationCode,
      applicationId,
    };
  },
);

export const endingHandlers = [demand, review, begin, abandon, apply, approve] as const;
