import { significant } from "../../../kernel/divisions/code.ts";
import { readCursor, writeCursor } from "../../../kernel/operation/cursor.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { decide } from "../../../kernel/rule/store.ts";
import { pinyinKey } from "../../../kernel/search/tokens.ts";
import {
  listUnits,
  recordCharter,
  recordFilings,
  recordMeeting,
  recordParty,
  recordUnit,
} from "../governance.contract.ts";
import { meetingRules } from "../meetings.rules.ts";
import { loadForAct } from "./ending.handlers.ts";
import { findMeeting, insertCharter, insertMeeting } from "./governance.store.ts";
import { loadOrganisations } from "./organisations.store.ts";
import { changeOrganisation, changeOrganisations, subjectOf } from "./register.ts";
import {
  findUnit,
  saveUnit,
  tieFiles,
  type UnitRow,
  unitsNamed,
  unitsPage,
  untiedOrganisations,
} from "./units.store.ts";

const meetingRule = meetingRules[1];

const meet = handle(recordMeeting)(async (input, ctx) => {
  const row = await loadForAct(ctx, input.organisationId);
  if (input.present > input.entitled || input.yes > input.present)
    ctx.fail("organisations/votes-do-not-add-up", { entitled: input.entitled, present: input.present, yes: input.yes });
  if (input.heldOn > ctx.today) ctx.fail("organisations/date-out-of-range", { date: input.heldOn, to: ctx.today });
  const { id: decisionId, decision } = decide(
    ctx,
    meetingRule,
    {
      kind: row.kind,
      body: input.body,
      matter: input.matter,
      entitled: input.entitled,
      present: input.present,
      yes: input.yes,
      on: input.heldOn,
    },
    { subject: row.id, home: row.home_code, division: row.division_code },
  );
  const { quorum, passed, needed_present, needed_yes } = decision.output;
  const id = ctx.newId();
  await insertMeeting(ctx.tx, {
    home_code: row.home_code,
    id,
    organisation_id: row.id,
    division_code: row.division_code,
    unit_id: row.unit_id,
    body: input.body,
    held_on: input.heldOn,
    matter: input.matter,
    subject: input.subject,
    entitled: input.entitled,
    present: input.present,
    yes: input.yes,
    quorum,
    passed,
    decision_id: decisionId,
    file_id: input.fileId ?? null,
    recorded_at: ctx.now,
  });
  ctx.journal("meeting-recorded", subjectOf(row), { meeting: id, matter: input.matter, quorum, passed });
  return {
    meetingId: id,
    quorum,
    passed,
    neededPresent: needed_present ?? null,
    neededYes: needed_yes ?? null,
    decisionId,
  };
});

const charter = handle(recordCharter)(
  async ({ organisationId, adoptedOn, approvedOn, summary, fileId, meetingId }, ctx) => {
    const row = await loadForAct(ctx, organisationId);
    if (adoptedOn > ctx.today || (approvedOn !== undefined && (approvedOn > ctx.today || approvedOn < adoptedOn)))
      ctx.fail("organisations/date-out-of-range", { date: approvedOn ?? adoptedOn, from: adoptedOn, to: ctx.today });
    if (meetingId) {
      const meeting = await findMeeting(ctx.tx, meetingId);
      if (!meeting || meeting.organisation_id !== row.id || meeting.passed === false || meeting.quorum === false)
        ctx.fail("organisations/meeting-did-not-pass", { subject: meeting?.subject });
    }
    const version = row.charter_version + 1;
    await changeOrganisation(ctx, row, { charter_version: version }, approvedOn ?? adoptedOn);
    await insertCharter(ctx.tx, {
      home_code: row.home_code,
      organisation_id: row.id,
      version,
      division_code: row.division_code,
      unit_id: row.unit_id,
      adopted_on: adoptedOn,
      approved_on: approvedOn ?? null,
      summary,
      file_id: fileId ?? null,
      recorded_at: ctx.now,
    });
    ctx.journal("charter-recorded", subjectOf(row), { version });
    return { organisationId, version };
  },
);

const party = handle(recordParty)(async ({ organisationId, organisation, required, members, employees }, ctx) => {
  const before = await loadForAct(ctx, organisationId);
  const row = await changeOrganisation(
    ctx,
    before,
    {
      party_organisation: organisation,
      party_required: required,
      ...(members === undefined ? {} : { party_members: members }),
      ...(employees === undefined ? {} : { employees }),
    },
    ctx.today,
  );
  ctx.journal("party-recorded", subjectOf(row), { organisation, required });
  return { organisationId, version: row.version };
});

const filings = handle(recordFilings)(async ({ organisationId, sealOn, bankOn }, ctx) => {
  const before = await loadForAct(ctx, organisationId);
  for (const date of [sealOn, bankOn])
    if (date !== undefined && date > ctx.today) ctx.fail("organisations/date-out-of-range", { date, to: ctx.today });
  const row = await changeOrganisation(
    ctx,
    before,
    { ...(sealOn ? { seal_filed_on: sealOn } : {}), ...(bankOn ? { bank_filed_on: bankOn } : {}) },
    ctx.today,
  );
  ctx.journal("filings-recorded", subjectOf(row), { seal: sealOn ?? null, bank: bankOn ?? null });
  return { organisationId, version: row.version };
});

/** Organisations changed in one statement when a unit is tied to what names it. */
const TIED_AT_ONCE = 500;

const unit = handle(recordUnit)(async (input, ctx) => {
  const home = ctx.actor.home;
  const names = [...new Set([input.name, ...input.aliases])];
  const known = input.id ? await findUnit(ctx.tx, input.id) : undefined;
  if (input.id && !known) return ctx.fail("organisations/unit-unknown", { unit: input.id });
  if (known && known.home_code !== home) ctx.fail("organisations/not-your-register", { name: known.name });
  const taken = (await unitsNamed(ctx.tx, home, names)).find((one) => one.id !== known?.id);
  if (taken) ctx.fail("organisations/unit-name-taken", { name: taken.name });
  if (input.validFrom && input.validTo && input.validTo <= input.validFrom)
    ctx.fail("organisations/date-out-of-range", { date: input.validTo, from: input.validFrom });
  const row: UnitRow = {
    home_code: home,
    id: known?.id ?? ctx.newId(),
    division_code: known?.division_code ?? significant(home),
    name: input.name,
    name_key: pinyinKey(input.name),
    aliases: names.filter((name) => name !== input.name),
    kind: input.kind,
    valid_from: input.validFrom ?? known?.valid_from ?? ctx.today,
    valid_to: input.validTo ?? null,
    version: (known?.version ?? 0) + 1,
  };
  if (!(await saveUnit(ctx.tx, row, known === undefined)))
    ctx.fail("organisations/not-your-register", { name: row.name });
  const untied =
    row.valid_to === null && row.kind === "supervisory" ? await untiedOrganisations(ctx.tx, home, names, row.id) : [];
  for (let at = 0; at < untied.length; at += TIED_AT_ONCE) {
    const rows = await loadOrganisations(ctx.tx, untied.slice(at, at + TIED_AT_ONCE), true);
    await changeOrganisations(
      ctx,
      rows.map((before) => ({ before, after: { ...before, unit_id: row.id }, validFrom: ctx.today })),
    );
  }
  if (untied.length > 0) ctx.later((tx) => tieFiles(tx, home, row.id, untied));
  ctx.journal(
    "unit-recorded",
    { kind: "supervisory-unit", id: row.id, home, division: row.division_code },
    { tied: untied.length },
  );
  return { unitId: row.id, tied: untied.length };
});

const units = handle(listUnits)(async ({ q, after, limit }, ctx) => {
  const rows = await unitsPage(ctx.tx, {
    ...(q ? { q } : {}),
    after: readCursor(after, ["text", "id"]),
    limit: limit + 1,
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({
      id: row.id,
      name: row.name,
      aliases: [...row.aliases],
      kind: row.kind,
      division: row.division_code,
      validFrom: row.valid_from,
      validTo: row.valid_to,
      organisations: row.organisations,
    })),
    next: rows.length > limit && last ? writeCursor([last.name_key, last.id]) : null,
  };
});

export const governanceHandlers = [meet, charter, party, filings, unit, units] as const;
