import { addYears } from "../../../kernel/clock/date.ts";
import { homeOf, levelOf, significant } from "../../../kernel/divisions/code.ts";
import { authorityOf, issueDocument } from "../../../kernel/document/issue.ts";
import { fulfilDuty } from "../../../kernel/duty/duty.ts";
import { checkCreditCode } from "../../../kernel/identity/uscc.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { findInstance, type Instance, openProcedure, takeTransition } from "../../../kernel/procedure/procedure.ts";
import { pinyinKey } from "../../../kernel/search/tokens.ts";
import { mask } from "../../../kernel/text/mask.ts";
import { sealFields } from "../../../kernel/vault/fields.ts";
import {
  approveRegistration,
  draftRegistration,
  type Establishment,
  editApplication,
} from "../applications.contract.ts";
import { approvalDecision, certificate } from "../organisations.documents.ts";
import { decideApplication } from "../organisations.duties.ts";
import { living, nameKey, type Status } from "../organisations.facts.ts";
import { communityFiling, registration } from "../organisations.procedures.ts";
import { announce } from "./announce.ts";
import { type ApplicationRow, adoptApplication, insertApplication } from "./applications.store.ts";
import { decideConditions } from "./conditions.ts";
import { runningInstance } from "./file.queries.ts";
import { act, applicationSubject, loadCase, receiptOf, save } from "./flow.ts";
import { newRow, type OrganisationRow } from "./organisation.row.ts";
import { lockOrganisation, nameOwners } from "./organisations.store.ts";
import { addOrganisations, changeOrganisation, subjectOf } from "./register.ts";
import { findUnit } from "./units.store.ts";

/** The supervisory unit an application names: by id, else as text. */
async function unitOf(
  ctx: Context<"organisations/unit-unknown">,
  facts: Pick<Establishment, "unitId" | "unitName" | "directRegistration">,
): Promise<{ id: string | null; name: string | null }> {
  if (facts.directRegistration) return { id: null, name: null };
  if (!facts.unitId) return { id: null, name: facts.unitName ?? null };
  const unit = await findUnit(ctx.tx, facts.unitId);
  if (!unit) return ctx.fail("organisations/unit-unknown", { unit: facts.unitId });
  return { id: unit.id, name: unit.name };
}

/** Opens the application; also used when a filed community organisation is upgraded. */
export function openRegistration(
  ctx: Context<never>,
  given: {
    readonly facts: Record<string, unknown>;
    readonly name: string;
    readonly kind: string;
    readonly applicant: string;
    readonly division: string;
    readonly unit: string | null;
    readonly organisation: string | null;
  },
): { application: ApplicationRow; instance: Instance } {
  const id = ctx.newId();
  const instance = openProcedure(ctx, registration, "draft", {
    home: ctx.actor.home,
    division: given.division,
    subject: id,
    organisation: given.organisation,
    unit: given.unit,
    data: { applicationId: id },
  });
  const application: ApplicationRow = {
    home_code: ctx.actor.home,
    id,
    division_code: given.division,
    organisation_id: given.organisation,
    unit_id: given.unit,
    instance_id: instance.id,
    purpose: "registration",
    name: given.name,
    kind: given.kind,
    receipt: receiptOf(ctx.today, id),
    applicant: given.applicant,
    facts: given.facts,
    gaps: [],
    submitted_on: null,
    accepted_on: null,
    decide_by: null,
    decided_on: null,
    recorded_at: ctx.now,
  };
  return { application, instance };
}

const draft = handle(draftRegistration)(async ({ applicant, applicantPhone, division, ...facts }, ctx) => {
  const place = significant(division ?? ctx.actor.home);
  if (homeOf(place) !== ctx.actor.home)
    ctx.fail("organisations/not-your-division", { division: place, home: ctx.actor.home });
  // Foundations are registered by the ministry and the provinces only (基金会管理条例 6).
  if (facts.kind === "foundation" && levelOf(significant(ctx.actor.home)) > 1)
    ctx.fail("organisations/foundation-below-province", { home: ctx.actor.home });
  const unit = await unitOf(ctx, facts);
  const { application, instance } = openRegistration(ctx, {
    facts: { ...facts, unitName: unit.name ?? undefined },
    name: facts.name,
    kind: facts.kind,
    applicant,
    division: place,
    unit: unit.id,
    organisation: null,
  });
  await insertApplication(ctx.tx, application);
  if (applicantPhone) {
    sealFields(ctx, [
      {
        home: application.home_code,
        division: place,
        subject: application.id,
        field: "phone",
        value: applicantPhone,
        masked: mask("phone", applicantPhone),
      },
    ]);
  }
  ctx.journal("registration-drafted", applicationSubject(application), { receipt: application.receipt });
  return {
    procedureId: instance.id,
    applicationId: application.id,
    state: instance.state,
    receipt: application.receipt,
  };
});

const edit = handle(editApplication)(async ({ applicationId, facts }, ctx) => {
  const { application, instance } = await loadCase(ctx, applicationId);
  if (application.purpose !== "registration" || !["draft", "returned", "correcting"].includes(instance.state))
    ctx.fail("organisations/not-editable-now", { state: instance.state });
  const unit = await unitOf(ctx, facts);
  await save(ctx, {
    ...application,
    name: facts.name,
    kind: facts.kind,
    unit_id: unit.id,
    facts: { ...application.facts, ...facts, unitName: unit.name ?? undefined },
  });
  ctx.journal("application-edited", applicationSubject(application), { state: instance.state });
  return { applicationId };
});

/** Who else lives under a name; the organisation that is being upgraded does not count. */
async function nameTaken(ctx: Context<never>, name: string, self: string | null): Promise<boolean> {
  const owners = (await nameOwners(ctx.tx, [nameKey(name)])).get(nameKey(name)) ?? [];
  return owners.some((one) => one.organisation_id !== self && one.current && living.includes(one.status as Status));
}

const approve = handle(approveRegistration)(
  async ({ applicationId, creditCode, registeredOn, certificateYears }, ctx) => {
    const given = await loadCase(ctx, applicationId);
    const { application } = given;
    if (application.home_code !== ctx.actor.home)
      ctx.fail("organisations/not-your-register", { name: application.name });
    const facts = application.facts as unknown as Establishment;
    const on = registeredOn ?? ctx.today;
    if (on > ctx.today || (application.accepted_on !== null && on < application.accepted_on))
      ctx.fail("organisations/date-out-of-range", { date: on, from: application.accepted_on, to: ctx.today });

    const checked = checkCreditCode(creditCode);
    const problem = !checked.valid
      ? (checked.reason ?? "check_digit")
      : checked.kind !== facts.kind
        ? "kind"
        : checked.division !== application.home_code
          ? "registrar"
          : checked.organisationCodeSuspect
            ? "organisation-code"
            : undefined;
    if (problem)
      ctx.fail("organisations/code-invalid", { code: checked.normalised, problem, expected: checked.expectedCheck });

    const decided = decideConditions(ctx, application, on);
    if (!decided.eligible)
      ctx.fail("organisations/conditions-not-met", {
        reasons: decided.reasons,
        unknown: decided.unknown,
        rule: decided.rule,
        articles: decided.articles,
      });
    if (await nameTaken(ctx, facts.name, application.organisation_id))
      ctx.fail("organisations/name-taken", { name: facts.name });

    const authority = await authorityOf(ctx.tx, application.home_code);
    const upgraded = application.organisation_id
      ? await lockOrganisation(ctx.tx, application.organisation_id)
      : undefined;
    const patch: Partial<OrganisationRow> = {
      credit_code: checked.normalised,
      name: facts.name,
      name_key: pinyinKey(facts.name),
      kind: facts.kind,
      status: "registered",
      registered_on: on,
      registration_authority: authority.name,
      certificate_from: on,
      certificate_to: addYears(on, certificateYears),
      unit_id: application.unit_id,
      unit_name: facts.unitName ?? null,
      direct_registration: facts.directRegistration,
      sector_department: facts.sectorDepartment ?? null,
      domicile_division: facts.domicileDivision ?? null,
      domicile: facts.domicile,
      scope_text: facts.scope,
      activity_area: facts.activityArea ?? null,
      funds_fen: facts.fundsFen,
      members_individual: facts.individualMembers ?? null,
      members_unit: facts.unitMembers ?? null,
      legal_representative: facts.legalRepresentative,
      employees: facts.staff ?? null,
      is_charity: facts.charity === true,
      charity_on: facts.charity === true ? on : null,
      charter_version: 1,
    };
    let row: OrganisationRow;
    if (upgraded) row = await changeOrganisation(ctx, upgraded, patch, on);
    else {
      row = newRow({
        home_code: application.home_code,
        id: ctx.newId(),
        division_code: application.division_code,
        name: facts.name,
        name_key: pinyinKey(facts.name),
        kind: facts.kind,
        status: "registered",
        updated_at: ctx.now,
        ...patch,
      });
      await addOrganisations(ctx, [{ row, validFrom: on }]);
    }

    await save(ctx, { ...application, organisation_id: row.id, decided_on: ctx.today });
    fulfilDuty(ctx, decideApplication, application.home_code, application.id);
    const paper = {
      home: application.home_code,
      division: application.division_code,
      organisation: row.id,
      unit: application.unit_id,
    };
    const law = registration.transitions.approve.law;
    const decision = await issueDocument(ctx, {
      template: [approvalDecision],
      facts: {
        name: facts.name,
        kind: facts.kind,
        purpose: "registration",
        receipt: application.receipt,
        applicant: application.applicant,
        code: checked.normalised,
        effectiveOn: on,
        law,
        reconsideration: authority.reconsideration,
        court: authority.court,
      },
      ...paper,
    });
    const issued = await issueDocument(ctx, {
      template: [certificate],
      facts: {
        name: facts.name,
        kind: facts.kind,
        code: checked.normalised,
        domicile: facts.domicile,
        representative: facts.legalRepresentative,
        fundsFen: facts.fundsFen,
        scope: facts.scope,
        unit: facts.directRegistration ? null : (facts.unitName ?? null),
        from: on,
        to: addYears(on, certificateYears),
      },
      ...paper,
      public: true,
    });
    const instance = await act(ctx, given, "approve", {
      document: decision.id,
      decision: decided.decisionId,
      note: { name: facts.name, code: checked.normalised, registeredOn: on },
    });
    ctx.later((tx) => adoptApplication(tx, application, row.id));
    if (upgraded) await closeFiling(ctx, row.id, "registered");
    announce(ctx, { act: "establishment", row, on, authority: authority.name, document: decision });
    ctx.journal("organisation-registered", subjectOf(row), { application: application.id, code: checked.normalised });
    return {
      procedureId: instance.id,
      applicationId,
      state: instance.state,
      documentId: decision.id,
      verificationCode: decision.verificationCode,
      organisationId: row.id,
      certificateId: issued.id,
    };
  },
);

/** What becomes of the filing when the registration it was waiting for is decided. */
export async function closeFiling(
  ctx: Context<never>,
  organisation: string,
  name: "registered" | "stay-filed",
): Promise<void> {
  const running = await runningInstance(ctx.tx, communityFiling.id, organisation);
  const instance = running ? await findInstance(ctx.tx, running.id) : undefined;
  if (instance && instance.state === "upgrading") await takeTransition(ctx, communityFiling, name, instance);
}

export const registrationHandlers = [draft, edit, approve] as const;
