import { authorityOf, issueDocument } from "../../../kernel/document/issue.ts";
import { fulfilDuty, openDuties } from "../../../kernel/duty/duty.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { openProcedure, takeTransition } from "../../../kernel/procedure/procedure.ts";
import { liftNotice, revocationDecision, revocationNotice, suspensionOrder } from "../organisations.documents.ts";
import { endSuspension } from "../organisations.duties.ts";
import { revocation, suspension } from "../organisations.procedures.ts";
import { sanctionFor } from "../revocation.rules.ts";
import { decideRevocation, liftSuspension, notifyRevocation, recordStatement, suspend } from "../standing.contract.ts";
import { announce } from "./announce.ts";
import { cancelDutiesOf } from "./applications.store.ts";
import { loadForAct } from "./ending.handlers.ts";
import { runningInstance } from "./file.queries.ts";
import { onlyOne, workingDaysAfter } from "./flow.ts";
import { guards } from "./guards.ts";
import type { OrganisationRow } from "./organisation.row.ts";
import { changeOrganisation, subjectOf } from "./register.ts";

/** Working days in which statement, defence or a hearing may be asked for (行政处罚法 64, 85). */
const HEARING_DAYS = 5;

function paperOf(row: OrganisationRow, law: readonly unknown[], authority: { reconsideration: string; court: string }) {
  return {
    name: row.name,
    code: row.credit_code ?? "",
    law: law as never,
    reconsideration: authority.reconsideration,
    court: authority.court,
  };
}

function placeOf(row: OrganisationRow) {
  return { home: row.home_code, division: row.division_code, organisation: row.id, unit: row.unit_id };
}

function aboutOf(row: OrganisationRow) {
  return { home: row.home_code, division: row.division_code, subject: row.id, organisation: row.id, unit: row.unit_id };
}

const suspendOne = handle(suspend)(async ({ organisationId, penaltyDecision, reason, from, until }, ctx) => {
  const before = await loadForAct(ctx, organisationId);
  if (before.status !== "registered") ctx.fail("organisations/not-alive", { name: before.name, status: before.status });
  const on = from ?? ctx.today;
  if (on > ctx.today || (until !== undefined && until < on))
    ctx.fail("organisations/date-out-of-range", { date: until ?? on, from: on, to: ctx.today });
  const row = await changeOrganisation(ctx, before, { status: "suspended" }, on);
  const authority = await authorityOf(ctx.tx, row.home_code);
  const document = await issueDocument(ctx, {
    template: [suspensionOrder],
    facts: {
      ...paperOf(row, suspension.transitions.suspend.law, authority),
      decision: penaltyDecision,
      reason,
      from: on,
      until: until ?? null,
    },
    ...placeOf(row),
  });
  const instance = openProcedure(
    ctx,
    suspension,
    "suspend",
    { ...aboutOf(row), data: { until: until ?? null } },
    { document: document.id, note: { penaltyDecision, reason, from: on, until: until ?? null } },
  );
  if (until) {
    openDuties(ctx, [
      {
        kind: endSuspension,
        home: row.home_code,
        division: row.division_code,
        subject: row.id,
        label: row.name,
        organisation: row.id,
        unit: row.unit_id,
        link: `/organisations/${row.id}`,
        due: until,
      },
    ]);
  }
  announce(ctx, { act: "suspension", row, on, authority: authority.name, document });
  ctx.journal("organisation-suspended", subjectOf(row), { penaltyDecision });
  return {
    organisationId: row.id,
    procedureId: instance.id,
    state: instance.state,
    documentId: document.id,
    verificationCode: document.verificationCode,
  };
});

const lift = handle(liftSuspension)(async ({ organisationId, reason }, ctx) => {
  const before = await loadForAct(ctx, organisationId);
  const running = await runningInstance(ctx.tx, suspension.id, before.id);
  if (!running) return ctx.fail("procedure/not-possible", { missing: [{ code: "organisations/not-suspended" }] });
  const row = await changeOrganisation(ctx, before, { status: "registered" }, ctx.today);
  const authority = await authorityOf(ctx.tx, row.home_code);
  const document = await issueDocument(ctx, {
    template: [liftNotice],
    facts: { ...paperOf(row, suspension.transitions.lift.law, authority), reason, on: ctx.today },
    ...placeOf(row),
  });
  const instance = await takeTransition(ctx, suspension, "lift", running, { document: document.id, note: { reason } });
  fulfilDuty(ctx, endSuspension, row.home_code, row.id);
  ctx.journal("suspension-lifted", subjectOf(row), {});
  return {
    organisationId: row.id,
    procedureId: instance.id,
    state: instance.state,
    documentId: document.id,
    verificationCode: document.verificationCode,
  };
});

const notify = handle(notifyRevocation)(async ({ organisationId, ground, facts, evidence }, ctx) => {
  const row = await loadForAct(ctx, organisationId);
  if (row.status !== "registered" && row.status !== "suspended" && row.status !== "liquidating")
    ctx.fail("organisations/not-alive", { name: row.name, status: row.status });
  if (await runningInstance(ctx.tx, revocation.id, row.id))
    ctx.fail("organisations/revocation-running", { name: row.name });
  const found = sanctionFor(row.kind, ground, ctx.today);
  if (!found) return ctx.fail("organisations/ground-not-in-law", { ground, kind: row.kind, on: ctx.today });
  const hearUntil = workingDaysAfter(ctx, ctx.today, HEARING_DAYS);
  const authority = await authorityOf(ctx.tx, row.home_code);
  const law = [found.citation, ...revocation.transitions.notify.law];
  const document = await issueDocument(ctx, {
    template: [revocationNotice],
    facts: { ...paperOf(row, law, authority), sanction: found.sanction, found: facts, evidence, hearUntil },
    ...placeOf(row),
  });
  const instance = openProcedure(
    ctx,
    revocation,
    "notify",
    { ...aboutOf(row), data: { sanction: found.sanction, ground, hearUntil, citation: found.citation } },
    { document: document.id, law, note: { ground, sanction: found.sanction, hearUntil } },
  );
  onlyOne(ctx, revocation.id, row, "organisations/revocation-running");
  ctx.journal("revocation-notified", subjectOf(row), { ground, sanction: found.sanction });
  return {
    organisationId: row.id,
    procedureId: instance.id,
    state: instance.state,
    documentId: document.id,
    verificationCode: document.verificationCode,
    sanction: found.sanction,
    hearUntil,
  };
});

const state = handle(recordStatement)(async ({ organisationId, statement, accepted }, ctx) => {
  const row = await loadForAct(ctx, organisationId);
  const running = await runningInstance(ctx.tx, revocation.id, row.id);
  if (!running) return ctx.fail("procedure/not-possible", { missing: [{ code: "organisations/not-notified" }] });
  const instance = await takeTransition(ctx, revocation, "record-statement", running, {
    note: { statement, ...(accepted === undefined ? {} : { accepted }) },
  });
  ctx.journal("statement-recorded", subjectOf(row), {});
  return { organisationId: row.id, procedureId: instance.id, state: instance.state };
});

const decideOne = handle(decideRevocation)(async ({ organisationId, uphold, reason }, ctx) => {
  const before = await loadForAct(ctx, organisationId);
  const running = await runningInstance(ctx.tx, revocation.id, before.id);
  if (!running) return ctx.fail("procedure/not-possible", { missing: [{ code: "organisations/not-notified" }] });
  if (!uphold) {
    const dropped = await takeTransition(ctx, revocation, "drop", running, { note: { reason } });
    ctx.journal("revocation-dropped", subjectOf(before), {});
    return { organisationId: before.id, procedureId: dropped.id, state: dropped.state, documentId: null };
  }
  return takeAway(ctx, before, running, reason);
});

async function takeAway(
  ctx: Context<never>,
  before: OrganisationRow,
  running: NonNullable<Awaited<ReturnType<typeof runningInstance>>>,
  reason: string,
) {
  const sanction = running.data.sanction === "revoked" ? "revoked" : "annulled";
  const name = sanction === "revoked" ? "revoke" : "annul";
  const row = await changeOrganisation(ctx, before, { status: sanction, ended_on: ctx.today }, ctx.today);
  const authority = await authorityOf(ctx.tx, row.home_code);
  const document = await issueDocument(ctx, {
    template: [revocationDecision],
    facts: { ...paperOf(row, [running.data.citation], authority), sanction, reason, heard: running.state === "stated" },
    ...placeOf(row),
  });
  const instance = await takeTransition(
    ctx,
    revocation,
    name,
    running,
    {
      document: document.id,
      law: [running.data.citation] as never,
      note: { reason, sanction, ground: running.data.ground },
    },
    guards[`${revocation.id}/${name}`],
  );
  ctx.later((tx) => cancelDutiesOf(tx, row.id, ctx.now, sanction));
  announce(ctx, { act: sanction, row, on: ctx.today, authority: authority.name, document });
  ctx.journal(sanction === "revoked" ? "certificate-revoked" : "registration-annulled", subjectOf(row), {
    ground: running.data.ground,
  });
  return { organisationId: row.id, procedureId: instance.id, state: instance.state, documentId: document.id };
}

export const sanctionHandlers = [suspendOne, lift, notify, state, decideOne] as const;
