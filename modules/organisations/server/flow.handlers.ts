import { authorityOf, issueDocument } from "../../../kernel/document/issue.ts";
import { cancelDuty, fulfilDuty } from "../../../kernel/duty/duty.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import type { Instance } from "../../../kernel/procedure/procedure.ts";
import {
  acceptApplication,
  acceptBySilence,
  giveConsent,
  refuseApplication,
  refuseConsent,
  requestCorrections,
  resubmitApplication,
  submitApplication,
  withdrawApplication,
} from "../applications.contract.ts";
import { acceptanceNotice, correctionsNotice, refusalDecision } from "../organisations.documents.ts";
import { answerApplication, decideApplication } from "../organisations.duties.ts";
import { applications } from "../organisations.procedures.ts";
import { type ApplicationRow, handToUnit, insertConsent, silentInstances } from "./applications.store.ts";
import {
  act,
  answerBy,
  applicationSubject,
  awaitAnswer,
  awaitDecision,
  type Case,
  decideBy,
  loadCase,
  save,
} from "./flow.ts";
import { closeFiling } from "./registration.handlers.ts";
import { findUnit } from "./units.store.ts";

function answer(application: ApplicationRow, instance: Instance) {
  return { procedureId: instance.id, applicationId: application.id, state: instance.state };
}

/** What a paper on an application states. */
function paperOf(application: ApplicationRow) {
  return {
    name: application.name,
    kind: application.kind,
    purpose: application.purpose,
    receipt: application.receipt,
    applicant: application.applicant,
  };
}

const submit = handle(submitApplication)(async ({ applicationId }, ctx) => {
  const given = await loadCase(ctx, applicationId);
  const { application } = given;
  const direct = application.facts.directRegistration === true;
  const name = direct && given.procedure.transitions.submit ? "submit" : "send-to-unit";
  const due = answerBy(ctx, application, ctx.today);
  const instance = await act(
    ctx,
    given,
    name,
    name === "submit" ? { data: { answerBy: due }, note: { answerBy: due } } : {},
  );
  if (name === "submit") {
    await save(ctx as never, { ...application, submitted_on: ctx.today });
    awaitAnswer(ctx, application, due);
  } else if (application.unit_id && given.instance.unit_id !== application.unit_id) {
    const unit = application.unit_id;
    ctx.later((tx) => handToUnit(tx, application, unit));
  }
  ctx.journal("application-submitted", applicationSubject(application), { to: instance.state });
  return answer(application, instance);
});

async function unitName(ctx: Context<never>, application: ApplicationRow): Promise<string> {
  const unit = application.unit_id ? await findUnit(ctx.tx, application.unit_id) : undefined;
  return unit?.name ?? String(application.facts.unitName ?? "");
}

interface Opinion {
  readonly decidedOn?: string;
  readonly opinion?: string;
  readonly fileId?: string;
}

async function keepOpinion(
  ctx: Context<"organisations/consent-in-future">,
  application: ApplicationRow,
  given: Opinion,
  consented: boolean,
): Promise<string> {
  const on = given.decidedOn ?? ctx.today;
  if (on > ctx.today) ctx.fail("organisations/consent-in-future", { date: on });
  await insertConsent(ctx.tx, {
    home_code: application.home_code,
    id: ctx.newId(),
    division_code: application.division_code,
    organisation_id: application.organisation_id,
    unit_id: application.unit_id,
    application_id: application.id,
    unit_name: await unitName(ctx, application),
    consented,
    decided_on: on,
    opinion: given.opinion ?? null,
    file_id: given.fileId ?? null,
    recorded_at: ctx.now,
  });
  return on;
}

const consent = handle(giveConsent)(async ({ applicationId, ...opinion }, ctx) => {
  const given = await loadCase(ctx, applicationId);
  const { application } = given;
  const due = answerBy(ctx, application, ctx.today);
  const on = opinion.decidedOn ?? ctx.today;
  const instance = await act(ctx, given, "unit-consents", {
    data: { consentedOn: on, answerBy: due },
    note: { consentedOn: on, answerBy: due },
  });
  await keepOpinion(ctx, application, opinion, true);
  await save(ctx as never, {
    ...application,
    submitted_on: ctx.today,
    facts: { ...application.facts, consentedOn: on },
  });
  awaitAnswer(ctx, application, due);
  ctx.journal("unit-consented", applicationSubject(application), { on });
  return answer(application, instance);
});

const dissent = handle(refuseConsent)(async ({ applicationId, ...opinion }, ctx) => {
  const given = await loadCase(ctx, applicationId);
  const instance = await act(ctx, given, "unit-refuses", { note: { opinion: opinion.opinion } });
  const on = await keepOpinion(ctx, given.application, opinion, false);
  ctx.journal("unit-did-not-consent", applicationSubject(given.application), { on });
  return answer(given.application, instance);
});

/** Accepts, by an officer or by silence, and starts the clock of the decision. */
async function accept(ctx: Context<never>, given: Case, silent: boolean) {
  const { application } = given;
  // By silence an application counts as accepted on the day it was received (行政许可法 32).
  const accepted = silent ? (application.submitted_on ?? ctx.today) : ctx.today;
  const { by, decision } = decideBy(ctx, application, accepted);
  await save(ctx as never, { ...application, accepted_on: accepted, decide_by: by });
  const name = silent ? "accept-by-silence" : "accept";
  const law = given.procedure.transitions[name]?.law ?? [];
  const document = await issueDocument(ctx, {
    template: [acceptanceNotice],
    facts: {
      ...paperOf(application),
      law,
      submittedOn: application.submitted_on ?? accepted,
      decideBy: by,
      ...(silent ? { silentSince: String(given.instance.data.answerBy) } : {}),
    },
    home: application.home_code,
    division: application.division_code,
    organisation: application.organisation_id,
    unit: application.unit_id,
  });
  const instance = await act(ctx, given, name, {
    document: document.id,
    ...(decision ? { decision } : {}),
    data: { decideBy: by },
    note: { decideBy: by, acceptedOn: accepted },
  });
  awaitDecision(ctx, application, by);
  ctx.journal(silent ? "application-accepted-by-silence" : "application-accepted", applicationSubject(application), {
    decideBy: by,
  });
  return { instance, document, by };
}

const acceptOne = handle(acceptApplication)(async ({ applicationId }, ctx) => {
  const given = await loadCase(ctx, applicationId);
  const { instance, document, by } = await accept(ctx, given, false);
  return {
    ...answer(given.application, instance),
    documentId: document.id,
    verificationCode: document.verificationCode,
    decideBy: by,
  };
});

const acceptSilent = handle(acceptBySilence)(async ({ limit }, ctx) => {
  const instances = await silentInstances(
    ctx.tx,
    applications.map((one) => one.id),
    ctx.today,
    limit,
  );
  for (const instance of instances) {
    const given = await loadCase(ctx as never, String(instance.data.applicationId));
    await accept(ctx, given, true);
  }
  return { accepted: instances.length };
});

const corrections = handle(requestCorrections)(async ({ applicationId, gaps }, ctx) => {
  const given = await loadCase(ctx, applicationId);
  const { application } = given;
  await save(ctx, { ...application, gaps });
  const document = await issueDocument(ctx, {
    template: [correctionsNotice],
    facts: { ...paperOf(application), gaps, law: given.procedure.transitions["request-corrections"]?.law ?? [] },
    home: application.home_code,
    division: application.division_code,
    organisation: application.organisation_id,
    unit: application.unit_id,
  });
  const instance = await act(ctx, given, "request-corrections", {
    document: document.id,
    data: { corrected: true },
    note: { gaps: gaps.map((gap) => gap.paper) },
  });
  fulfilDuty(ctx, answerApplication, application.home_code, application.id);
  ctx.journal("corrections-requested", applicationSubject(application), { papers: gaps.map((gap) => gap.paper) });
  return { ...answer(application, instance), documentId: document.id, verificationCode: document.verificationCode };
});

const resubmit = handle(resubmitApplication)(async ({ applicationId, evidence }, ctx) => {
  const given = await loadCase(ctx, applicationId);
  const { application } = given;
  const due = answerBy(ctx, application, ctx.today);
  const instance = await act(ctx, given, "resubmit", {
    data: { answerBy: due },
    note: { papers: evidence.map((one) => one.paper), answerBy: due },
  });
  const before = (application.facts.evidence ?? []) as unknown[];
  await save(ctx as never, {
    ...application,
    submitted_on: ctx.today,
    facts: { ...application.facts, evidence: [...before, ...evidence] },
  });
  awaitAnswer(ctx, application, due);
  ctx.journal("corrections-handed-in", applicationSubject(application), { papers: evidence.map((one) => one.paper) });
  return answer(application, instance);
});

const withdrawOne = handle(withdrawApplication)(async ({ applicationId, reason }, ctx) => {
  const given = await loadCase(ctx, applicationId);
  const { application } = given;
  const instance = await act(ctx, given, "withdraw", { note: { reason } });
  await save(ctx as never, { ...application, decided_on: ctx.today });
  cancelDuty(ctx, answerApplication, application.home_code, application.id, "withdrawn");
  cancelDuty(ctx, decideApplication, application.home_code, application.id, "withdrawn");
  if (application.purpose === "registration" && application.organisation_id)
    await closeFiling(ctx, application.organisation_id, "stay-filed");
  ctx.journal("application-withdrawn", applicationSubject(application), {});
  return answer(application, instance);
});

const refuse = handle(refuseApplication)(async ({ applicationId, reasons }, ctx) => {
  const given = await loadCase(ctx, applicationId);
  const { application } = given;
  await save(ctx, { ...application, decided_on: ctx.today });
  fulfilDuty(ctx, decideApplication, application.home_code, application.id);
  const authority = await authorityOf(ctx.tx, application.home_code);
  const document = await issueDocument(ctx, {
    template: [refusalDecision],
    facts: {
      ...paperOf(application),
      reasons: reasons.map(({ reason, article }) => ({ reason, article })),
      law: given.procedure.transitions.refuse?.law ?? [],
      reconsideration: authority.reconsideration,
      court: authority.court,
    },
    home: application.home_code,
    division: application.division_code,
    organisation: application.organisation_id,
    unit: application.unit_id,
  });
  const instance = await act(ctx, given, "refuse", { document: document.id, note: { reasons } });
  if (application.purpose === "registration" && application.organisation_id)
    await closeFiling(ctx, application.organisation_id, "stay-filed");
  ctx.journal("application-refused", applicationSubject(application), { grounds: reasons.map((one) => one.ground) });
  return { ...answer(application, instance), documentId: document.id, verificationCode: document.verificationCode };
});

export const flowHandlers = [
  submit,
  consent,
  dissent,
  acceptOne,
  acceptSilent,
  corrections,
  resubmit,
  withdrawOne,
  refuse,
] as const;
