import { homeOf, levelOf, significant } from "../../../kernel/divisions/code.ts";
import { authorityOf } from "../../../kernel/document/issue.ts";
import { cancelDuty, fulfilDuty, openDuties } from "../../../kernel/duty/duty.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { openProcedure, takeTransition } from "../../../kernel/procedure/procedure.ts";
import { pinyinKey } from "../../../kernel/search/tokens.ts";
import { mask } from "../../../kernel/text/mask.ts";
import { sealFields } from "../../../kernel/vault/fields.ts";
import { confirmCommunity, fileCommunity, upgradeCommunity, withdrawCommunity } from "../community.contract.ts";
import { confirmFiling } from "../organisations.duties.ts";
import { living, nameKey, type Status } from "../organisations.facts.ts";
import { communityFiling } from "../organisations.procedures.ts";
import { announce } from "./announce.ts";
import { insertApplication } from "./applications.store.ts";
import { insertConfirmation, isConfirmed, nextFilingNumber } from "./community.store.ts";
import { loadForAct } from "./ending.handlers.ts";
import { runningInstance } from "./file.queries.ts";
import { applicationSubject } from "./flow.ts";
import { newRow, type OrganisationRow } from "./organisation.row.ts";
import { nameOwners } from "./organisations.store.ts";
import { addOrganisations, changeOrganisation, subjectOf } from "./register.ts";
import { openRegistration } from "./registration.handlers.ts";

function awaitConfirmation(ctx: Context<never>, row: OrganisationRow, year: number): void {
  openDuties(ctx, [
    {
      kind: confirmFiling,
      home: row.home_code,
      division: row.division_code,
      subject: row.id,
      label: row.name,
      organisation: row.id,
      link: `/organisations/${row.id}`,
      due: `${year}-12-31`,
    },
  ]);
}

const file = handle(fileCommunity)(async (input, ctx) => {
  const division = significant(input.division);
  if (levelOf(division) !== 4) ctx.fail("organisations/not-a-township", { division });
  if (homeOf(division) !== ctx.actor.home)
    ctx.fail("organisations/not-your-division", { division, home: ctx.actor.home });
  const on = input.filedOn ?? ctx.today;
  if (on > ctx.today) ctx.fail("organisations/date-out-of-range", { date: on, to: ctx.today });
  const key = nameKey(input.name);
  const same = ((await nameOwners(ctx.tx, [key])).get(key) ?? []).filter(
    (one) => one.current && living.includes(one.status as Status) && one.division_code === division,
  );
  if (same.length > 0) ctx.fail("organisations/name-taken", { name: input.name });
  await ctx.tx.assume({ kind: "system" });
  const filingNumber = await nextFilingNumber(ctx.tx, ctx.actor.home, division, on.slice(0, 4));
  await ctx.tx.assume(ctx.actor.scope);
  const row = newRow({
    home_code: ctx.actor.home,
    id: ctx.newId(),
    division_code: division,
    name: input.name,
    name_key: pinyinKey(input.name),
    kind: "community_organisation",
    status: "filed",
    updated_at: ctx.now,
    registered_on: on,
    registration_authority: input.office,
    filing_number: filingNumber,
    filing_office: input.office,
    sponsor: input.sponsor,
    legal_representative: input.leader,
    scope_text: input.field,
    domicile: input.domicile,
    domicile_division: division,
    members_individual: input.members,
    direct_registration: true,
  });
  await addOrganisations(ctx, [{ row, validFrom: on }]);
  const instance = openProcedure(
    ctx,
    communityFiling,
    "file",
    { home: row.home_code, division, subject: row.id, organisation: row.id },
    { note: { filingNumber, office: input.office } },
  );
  if (input.leaderPhone)
    sealFields(ctx, [
      {
        home: row.home_code,
        division,
        organisation: row.id,
        subject: row.id,
        field: "phone",
        value: input.leaderPhone,
        masked: mask("phone", input.leaderPhone),
      },
    ]);
  awaitConfirmation(ctx, row, Number(on.slice(0, 4)) + 1);
  announce(ctx, { act: "filing", row, on, authority: input.office });
  ctx.journal("community-filed", subjectOf(row), { filingNumber });
  return { organisationId: row.id, procedureId: instance.id, filingNumber };
});

const confirm = handle(confirmCommunity)(async ({ organisationId, year, active, members, note }, ctx) => {
  const row = await loadForAct(ctx, organisationId);
  const running = await runningInstance(ctx.tx, communityFiling.id, row.id);
  if (!running) return ctx.fail("procedure/not-possible", { missing: [{ code: "organisations/not-filed" }] });
  if (
    year > Number(ctx.today.slice(0, 4)) ||
    (row.registered_on !== null && year < Number(row.registered_on.slice(0, 4)))
  )
    ctx.fail("organisations/date-out-of-range", { date: String(year), to: ctx.today });
  if (await isConfirmed(ctx.tx, row.id, year)) ctx.fail("organisations/already-confirmed", { year });
  await takeTransition(ctx, communityFiling, "confirm", running, {
    note: { year, active, ...(members === undefined ? {} : { members }) },
  });
  await insertConfirmation(ctx.tx, {
    home_code: row.home_code,
    organisation_id: row.id,
    year,
    division_code: row.division_code,
    confirmed_on: ctx.today,
    active,
    members: members ?? null,
    note: note ?? null,
  });
  if (members !== undefined && members !== row.members_individual)
    await changeOrganisation(ctx, row, { members_individual: members }, ctx.today);
  fulfilDuty(ctx, confirmFiling, row.home_code, row.id);
  awaitConfirmation(ctx, row, year + 1);
  ctx.journal("filing-confirmed", subjectOf(row), { year, active });
  return { organisationId, year };
});

const upgrade = handle(upgradeCommunity)(async ({ organisationId, kind, applicant }, ctx) => {
  const row = await loadForAct(ctx, organisationId);
  const running = await runningInstance(ctx.tx, communityFiling.id, row.id);
  if (!running) return ctx.fail("procedure/not-possible", { missing: [{ code: "organisations/not-filed" }] });
  await takeTransition(ctx, communityFiling, "upgrade", running, { note: { kind } });
  // What the filing knows is not asked again; the rest is filled in while the application is a draft.
  const { application, instance } = openRegistration(ctx, {
    facts: {
      name: row.name,
      kind,
      level: "local",
      domicile: row.domicile ?? "",
      scope: row.scope_text ?? "",
      fundsFen: row.funds_fen ?? 0,
      individualMembers: row.members_individual ?? undefined,
      directRegistration: true,
      legalRepresentative: row.legal_representative ?? "",
      evidence: [],
    },
    name: row.name,
    kind,
    applicant,
    division: significant(row.home_code),
    unit: null,
    organisation: row.id,
  });
  await insertApplication(ctx.tx, application);
  ctx.journal("upgrade-begun", applicationSubject(application), { organisation: row.id });
  return { applicationId: application.id, procedureId: instance.id, receipt: application.receipt };
});

const withdrawOne = handle(withdrawCommunity)(async ({ organisationId, reason }, ctx) => {
  const before = await loadForAct(ctx, organisationId);
  const running = await runningInstance(ctx.tx, communityFiling.id, before.id);
  if (!running) return ctx.fail("procedure/not-possible", { missing: [{ code: "organisations/not-filed" }] });
  await takeTransition(ctx, communityFiling, "withdraw", running, { note: { reason } });
  const row = await changeOrganisation(ctx, before, { status: "withdrawn", ended_on: ctx.today }, ctx.today);
  cancelDuty(ctx, confirmFiling, row.home_code, row.id, "withdrawn");
  const authority = await authorityOf(ctx.tx, row.home_code);
  announce(ctx, { act: "filing-withdrawn", row, on: ctx.today, authority: row.filing_office ?? authority.name });
  ctx.journal("filing-withdrawn", subjectOf(row), {});
  return { organisationId, status: "withdrawn" as const };
});

export const communityHandlers = [file, confirm, upgrade, withdrawOne] as const;
