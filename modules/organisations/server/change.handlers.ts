import { addDays } from "../../../kernel/clock/date.ts";
import { authorityOf, issueDocument } from "../../../kernel/document/issue.ts";
import { fulfilDuty } from "../../../kernel/duty/duty.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import type { Missing } from "../../../kernel/procedure/procedure.ts";
import { openProcedure } from "../../../kernel/procedure/procedure.ts";
import { decide } from "../../../kernel/rule/store.ts";
import { pinyinKey } from "../../../kernel/search/tokens.ts";
import { applyChange, approveChange } from "../applications.contract.ts";
import { establishmentRules } from "../establishment.rules.ts";
import { governanceRules } from "../governance.rules.ts";
import { nameRules } from "../names.rules.ts";
import { approvalDecision, yuanText } from "../organisations.documents.ts";
import { decideApplication } from "../organisations.duties.ts";
import { living, nameKey, type Status } from "../organisations.facts.ts";
import { change } from "../organisations.procedures.ts";
import type { Changeable } from "../organisations.shapes.ts";
import { announce } from "./announce.ts";
import { type ApplicationRow, insertApplication } from "./applications.store.ts";
import { unitsByName } from "./existing.store.ts";
import { runningInstance } from "./file.queries.ts";
import { act, answerBy, applicationSubject, awaitAnswer, loadCase, onlyOne, receiptOf, save } from "./flow.ts";
import type { OrganisationRow } from "./organisation.row.ts";
import {
  endCurrentName,
  insertNames,
  loadOrganisation,
  lockOrganisation,
  nameOwners,
  namesOf,
} from "./organisations.store.ts";
import { changeOrganisation, subjectOf } from "./register.ts";

const lateness = establishmentRules[4];
const auditBeforeChange = governanceRules[6];
const nameRule = nameRules[0];

/** Columns a change may touch, by the field of the application. */
const columns = {
  name: "name",
  domicile: "domicile",
  domicileDivision: "domicile_division",
  legalRepresentative: "legal_representative",
  scope: "scope_text",
  activityArea: "activity_area",
  fundsFen: "funds_fen",
  unitName: "unit_name",
  sectorDepartment: "sector_department",
} as const satisfies Record<keyof Changeable, keyof OrganisationRow>;

type Field = keyof typeof columns;

/** Fields whose stated value differs from the register. */
function differing(row: OrganisationRow, changes: Changeable): Field[] {
  return (Object.keys(columns) as Field[]).filter(
    (field) => changes[field] !== undefined && changes[field] !== row[columns[field]],
  );
}

const apply = handle(applyChange)(
  async ({ organisationId, changes, reason, consentedOn, auditReport, evidence }, ctx) => {
    const row = await loadOrganisation(ctx.tx, organisationId);
    if (!row) return ctx.fail("organisations/not-found", { id: organisationId });
    if (ctx.actor.scope.kind === "staff" && row.home_code !== ctx.actor.home)
      ctx.fail("organisations/not-your-register", { name: row.name });
    if (row.status !== "registered") ctx.fail("organisations/not-alive", { name: row.name, status: row.status });
    const fields = differing(row, changes);
    if (fields.length === 0) ctx.fail("organisations/nothing-changes", { name: row.name });
    if (consentedOn && consentedOn > ctx.today) ctx.fail("organisations/consent-in-future", { date: consentedOn });
    if (await runningInstance(ctx.tx, change.id, row.id))
      ctx.fail("organisations/change-already-running", { name: row.name });

    const about = { subject: row.id, home: row.home_code, division: row.division_code };
    if (fields.includes("legalRepresentative")) {
      const audit = decide(
        ctx,
        auditBeforeChange,
        { kind: row.kind, event: "change_legal_rep", audit_report: auditReport ?? false, on: ctx.today },
        about,
      );
      if (!audit.decision.output.allowed) ctx.fail("organisations/audit-missing", { name: row.name });
    }
    const warnings: Missing[] = [];
    let decisionId: string | undefined;
    if (consentedOn) {
      const late = decide(
        ctx,
        lateness,
        { supervisor_approved: consentedOn, applied: ctx.today, kind: row.kind },
        about,
      );
      decisionId = late.id;
      if (late.decision.output.late)
        warnings.push({
          code: "organisations/applied-late",
          facts: { days: late.decision.output.days_late, deadline: late.decision.output.deadline },
        });
    }

    const through = !row.direct_registration && !consentedOn;
    const id = ctx.newId();
    const due = answerBy(ctx, { division_code: row.division_code } as ApplicationRow, ctx.today);
    const instance = openProcedure(
      ctx,
      change,
      "apply",
      {
        home: row.home_code,
        division: row.division_code,
        subject: row.id,
        organisation: row.id,
        unit: row.unit_id,
        data: { applicationId: id },
      },
      {
        ...(through ? {} : { to: "submitted", data: { answerBy: due, ...(consentedOn ? { consentedOn } : {}) } }),
        ...(decisionId ? { decision: decisionId } : {}),
        note: { fields, reason, ...(warnings.length > 0 ? { late: true } : {}) },
      },
    );
    onlyOne(ctx, change.id, row, "organisations/change-already-running");
    const application: ApplicationRow = {
      home_code: row.home_code,
      id,
      division_code: row.division_code,
      organisation_id: row.id,
      unit_id: row.unit_id,
      instance_id: instance.id,
      purpose: "change",
      name: row.name,
      kind: row.kind,
      receipt: receiptOf(ctx.today, id),
      applicant: row.name,
      facts: {
        changes: Object.fromEntries(fields.map((field) => [field, changes[field]])),
        before: Object.fromEntries(fields.map((field) => [field, row[columns[field]]])),
        reason,
        evidence,
        directRegistration: row.direct_registration,
        unitName: row.unit_name ?? undefined,
        ...(consentedOn ? { consentedOn } : {}),
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
    ctx.journal("change-applied-for", applicationSubject(application), { fields });
    return {
      procedureId: instance.id,
      applicationId: id,
      state: instance.state,
      receipt: application.receipt,
      warnings: [...warnings],
    };
  },
);

/** Value of a field as a paper prints it. */
function printed(field: Field, value: unknown): string {
  if (value === null || value === undefined || value === "") return "—";
  return field === "fundsFen" ? yuanText(Number(value)) : String(value);
}

/** Keeps the old name with the period in which it was used. */
export async function keepOldName(ctx: Context<never>, before: OrganisationRow, on: string): Promise<void> {
  const earlier = await namesOf(ctx.tx, before.id);
  await endCurrentName(ctx.tx, before.id, on);
  if (earlier.some((name) => name.used_to === null && name.name === before.name)) return;
  const since =
    earlier
      .map((name) => name.used_to)
      .filter((day): day is string => day !== null)
      .sort()
      .at(-1) ?? before.registered_on;
  await insertNames(ctx.tx, [
    {
      home_code: before.home_code,
      id: ctx.newId(),
      organisation_id: before.id,
      division_code: before.division_code,
      unit_id: before.unit_id,
      name: before.name,
      used_from: since !== null && since < on ? since : null,
      used_to: on,
      precision: "day",
      source: ctx.operation,
      note: null,
    },
  ]);
}

const approve = handle(approveChange)(async ({ applicationId, effectiveOn }, ctx) => {
  const given = await loadCase(ctx, applicationId);
  const { application } = given;
  const before = application.organisation_id ? await lockOrganisation(ctx.tx, application.organisation_id) : undefined;
  if (!before) return ctx.fail("organisations/not-your-register", { name: application.name });
  const on = effectiveOn ?? ctx.today;
  if (on > ctx.today || (application.submitted_on !== null && on < addDays(application.submitted_on, -30)))
    ctx.fail("organisations/date-out-of-range", { date: on, to: ctx.today });
  const changes = application.facts.changes as Changeable;
  const about = { subject: before.id, home: before.home_code, division: before.division_code, on };
  let decisionId: string | undefined;
  if (changes.name) {
    const { id, decision } = decide(
      ctx,
      nameRule,
      { kind: before.kind, scope: "local", name: changes.name, on },
      about,
    );
    decisionId = id;
    if (!decision.output.valid)
      ctx.fail("organisations/conditions-not-met", {
        reasons: decision.output.reasons ?? [],
        unknown: [],
        rule: decision.rule,
        articles: decision.citations.map((one) => `${one.document} ${one.article}`),
      });
    const key = nameKey(changes.name);
    const others = ((await nameOwners(ctx.tx, [key])).get(key) ?? []).filter(
      (one) => one.organisation_id !== before.id && one.current && living.includes(one.status as Status),
    );
    if (others.length > 0) ctx.fail("organisations/name-taken", { name: changes.name });
  }
  const unit = changes.unitName
    ? (await unitsByName(ctx.tx, before.home_code, [changes.unitName])).get(changes.unitName)
    : undefined;
  const patch: Partial<OrganisationRow> = {
    ...Object.fromEntries(
      (Object.keys(columns) as Field[])
        .filter((field) => changes[field] !== undefined)
        .map((field) => [columns[field], changes[field]]),
    ),
    ...(changes.name ? { name_key: pinyinKey(changes.name) } : {}),
    ...(changes.unitName ? { unit_id: unit ?? null, direct_registration: false } : {}),
  };
  const row = await changeOrganisation(ctx, before, patch, on);
  if (changes.name && before.name !== row.name) await keepOldName(ctx, before, on);
  await save(ctx, { ...application, decided_on: ctx.today });
  fulfilDuty(ctx, decideApplication, application.home_code, application.id);
  const authority = await authorityOf(ctx.tx, application.home_code);
  const document = await issueDocument(ctx, {
    template: [approvalDecision],
    facts: {
      name: before.name,
      kind: before.kind,
      purpose: "change",
      receipt: application.receipt,
      applicant: application.applicant,
      code: before.credit_code ?? "",
      effectiveOn: on,
      changes: (Object.keys(changes) as Field[]).map((field) => ({
        field,
        from: printed(field, before[columns[field]]),
        to: printed(field, changes[field]),
      })),
      law: change.transitions.approve.law,
      reconsideration: authority.reconsideration,
      court: authority.court,
    },
    home: application.home_code,
    division: application.division_code,
    organisation: row.id,
    unit: row.unit_id,
  });
  const instance = await act(ctx, given, "approve", {
    document: document.id,
    ...(decisionId ? { decision: decisionId } : {}),
    note: { fields: Object.keys(changes), version: row.version, effectiveOn: on },
  });
  if (
    before.name !== row.name ||
    before.domicile !== row.domicile ||
    before.legal_representative !== row.legal_representative
  )
    announce(ctx, { act: "change", row, before, on, authority: authority.name, document });
  ctx.journal("change-approved", subjectOf(row), { fields: Object.keys(changes), version: row.version });
  return {
    procedureId: instance.id,
    applicationId,
    state: instance.state,
    documentId: document.id,
    verificationCode: document.verificationCode,
    organisationId: row.id,
    version: row.version,
  };
});

export const changeHandlers = [apply, approve] as const;
