import { readCursor, writeCursor } from "../../../kernel/operation/cursor.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { findInstance } from "../../../kernel/procedure/procedure.ts";
import { getApplication, listApplications } from "../applications.contract.ts";
import { applicationsPage, consentsOf, findApplication, findApplicationByReceipt } from "./applications.store.ts";
import { conditionsOf } from "./conditions.ts";
import { actsOf } from "./file.handlers.ts";
import { documentsById, stepsOfInstance } from "./file.queries.ts";
import { missingPapers, procedureById } from "./guards.ts";

const list = handle(listApplications)(async ({ purpose, state, open, after, limit }, ctx) => {
  const rows = await applicationsPage(
    ctx.tx,
    { ...(purpose ? { purpose } : {}), ...(state ? { state } : {}), ...(open === undefined ? {} : { open }) },
    readCursor(after, ["instant", "id"]),
    limit + 1,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({
      id: row.id,
      procedureId: row.instance_id,
      purpose: row.purpose,
      name: row.name,
      kind: row.kind,
      division: row.division_code,
      receipt: row.receipt,
      applicant: row.applicant,
      state: row.state,
      organisationId: row.organisation_id,
      submittedOn: row.submitted_on,
      acceptedOn: row.accepted_on,
      decidedOn: row.decided_on,
      decideBy: row.decide_by,
      recordedAt: row.recorded_at.toISOString(),
    })),
    next: rows.length > limit && last ? writeCursor([last.recorded_at, last.id]) : null,
  };
});

const get = handle(getApplication)(async ({ id, receipt }, ctx) => {
  const row = id
    ? await findApplication(ctx.tx, id)
    : await findApplicationByReceipt(ctx.tx, (receipt ?? "").toUpperCase());
  const instance = row ? await findInstance(ctx.tx, row.instance_id) : undefined;
  const procedure = instance ? procedureById(instance.procedure) : undefined;
  if (!row || !instance || !procedure) return ctx.fail("organisations/application-not-found", { id: id ?? receipt });
  const steps = await stepsOfInstance(ctx.tx, instance.id);
  const decision = conditionsOf(ctx, row);
  return {
    id: row.id,
    procedureId: instance.id,
    procedure: instance.procedure,
    purpose: row.purpose,
    name: row.name,
    kind: row.kind,
    division: row.division_code,
    receipt: row.receipt,
    applicant: row.applicant,
    state: instance.state,
    organisationId: row.organisation_id,
    facts: row.facts,
    gaps: row.gaps.map((gap) => ({ ...gap })),
    missingPapers: missingPapers(row, instance.data.consentedOn !== undefined),
    submittedOn: row.submitted_on,
    acceptedOn: row.accepted_on,
    decidedOn: row.decided_on,
    decideBy: row.decide_by,
    consents: (await consentsOf(ctx.tx, row.id)).map((one) => ({
      unitName: one.unit_name,
      consented: one.consented,
      decidedOn: one.decided_on,
      opinion: one.opinion,
    })),
    conditions: decision
      ? {
          eligible: decision.output.eligible,
          reasons: [...(decision.output.reasons ?? [])],
          unknown: [...(decision.output.unknown ?? [])],
          conditions: decision.conditions.map((one) => ({ ...one })),
        }
      : null,
    acts: instance.closed_at === null ? await actsOf(ctx, procedure, instance) : [],
    steps: steps.map((step) => ({
      at: step.at.toISOString(),
      act: step.transition,
      to: step.to_state,
      actor: step.actor_label,
      note: step.note,
      documentId: step.document_id,
      decisionId: step.decision_id,
    })),
    documents: (
      await documentsById(
        ctx.tx,
        steps.flatMap((step) => step.document_id ?? []),
      )
    ).map((one) => ({ id: one.id, title: one.title, number: one.number, issuedOn: one.issued_on })),
  };
});

export const applicationHandlers = [list, get] as const;
