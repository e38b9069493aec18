import { addDays, dateInShanghai, daysBetween } from "../../../kernel/clock/date.ts";
import { issueDocument } from "../../../kernel/document/issue.ts";
import { fulfilDuty, openDuties } from "../../../kernel/duty/duty.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { readCursor, writeCursor } from "../../../kernel/operation/cursor.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { contactsOf } from "../../people/server/index.ts";
import {
  acknowledgeReferral,
  listReferrals,
  listReminders,
  openReferral,
  remindSupporter,
  settleReferral,
  takeReferral,
} from "../referral.contract.ts";
import { supporterLetter } from "../referral.documents.ts";
import { referralDuty, remindDuty, resultDuty } from "./care-work.duties.ts";
import { divisionNames, namesOf, ownPerson } from "./carers.queries.ts";
import { bumpNeeds } from "./figures.indicators.ts";
import {
  insertReminder,
  loadReferral,
  type ReferralRow,
  type ReminderRow,
  referralPage,
  reminderPage,
  updateReferral,
} from "./referral.store.ts";
import { openReferrals, referralLink } from "./referral.ts";

const lineOf = (row: ReferralRow) => ({
  id: row.id,
  personId: row.person_id,
  kind: row.kind,
  state: row.state,
  dueOn: row.due_on,
});
const subjectOf = (row: ReferralRow) => ({
  kind: "referral",
  id: row.id,
  home: row.home_code,
  division: row.division_code,
});

const open = handle(openReferral)(async (input, ctx) => {
  const person = await ownPerson(ctx, input.personId);
  const known = input.id ? await loadReferral(ctx.tx, input.id) : undefined;
  if (known && known.person_id === person.id) return lineOf(known);
  const [row] = openReferrals(ctx, {
    home: person.home_code,
    division: person.division_code,
    personId: person.id,
    visitId: input.visitId ?? null,
    label: person.name,
    needs: [{ id: input.id, kind: input.kind, text: input.text }],
  }) as [ReferralRow];
  ctx.journal("referral-opened", subjectOf(row), { kind: row.kind, person: row.person_id });
  return lineOf(row);
});

type Code = "visiting-care/unknown-referral" | "visiting-care/not-your-person" | "visiting-care/referral-state";

/** One step of a referral: from states it may be taken in, to the next; of two at once exactly one happens. */
async function move(
  ctx: Context<Code>,
  id: string,
  from: readonly ReferralRow["state"][],
  change: Partial<ReferralRow> & Pick<ReferralRow, "state">,
): Promise<{ before: ReferralRow; after: ReferralRow }> {
  const before = await loadReferral(ctx.tx, id);
  if (!before) return ctx.fail("visiting-care/unknown-referral", { id });
  if (before.home_code !== ctx.actor.home)
    return ctx.fail("visiting-care/not-your-person", { division: before.division_code });
  if (!from.includes(before.state)) return ctx.fail("visiting-care/referral-state", { state: before.state, from });
  const after = { ...before, ...change };
  if ((await updateReferral(ctx.tx, before, after)) !== 1)
    return ctx.fail("visiting-care/referral-state", { state: before.state, from });
  bumpNeeds(ctx, [before], [after]);
  ctx.journal(`referral-${after.state}`, subjectOf(after), { kind: after.kind, onTime: ctx.today <= after.due_on });
  return { before, after };
}

const take = handle(takeReferral)(async (input, ctx) => {
  const { after } = await move(ctx, input.id, ["open", "taken"], {
    state: "taken",
    taken_by: input.by,
    organisation_id: input.organisationId ?? null,
    taken_on: ctx.today,
  });
  return lineOf(after);
});

const settle = handle(settleReferral)(async (input, ctx) => {
  // What nobody took on can be declined, not done: somebody must have done it.
  const { after } = await move(ctx, input.id, input.outcome === "done" ? ["taken"] : ["open", "taken"], {
    state: input.outcome,
    outcome: input.outcome,
    result: input.result,
    settled_on: ctx.today,
  });
  fulfilDuty(ctx, referralDuty, after.home_code, after.id);
  const days = Number(ctx.house.settings.on("visiting-care.referral-seen-days", ctx.today, after.division_code));
  const names = await namesOf(ctx.tx, [after.person_id]);
  openDuties(ctx, [
    {
      kind: resultDuty,
      home: after.home_code,
      division: after.division_code,
      subject: after.id,
      label: names.get(after.person_id) ?? "",
      assignee: after.worker_id,
      link: referralLink(after.id),
      due: addDays(ctx.today, days),
    },
  ]);
  return lineOf(after);
});

const acknowledge = handle(acknowledgeReferral)(async (input, ctx) => {
  const { after } = await move(ctx, input.id, ["done", "declined"], {
    state: "seen",
    seen_on: dateInShanghai(ctx.happenedAt),
  });
  fulfilDuty(ctx, resultDuty, after.home_code, after.id);
  return lineOf(after);
});

const waiting = ["open", "taken"];
const everyState = ["open", "taken", "done", "declined", "seen"];
const several: Readonly<Record<string, readonly string[]>> = { waiting, helped: ["done", "seen"], all: everyState };

const list = handle(listReferrals)(async (input, ctx) => {
  const rows = await referralPage(ctx.tx, {
    id: input.id,
    division: input.division,
    person: input.personId,
    states: several[input.state] ?? [input.state],
    month: input.month,
    kind: input.kind,
    dueBefore: input.overdue === "yes" ? ctx.today : undefined,
    dueFrom: input.overdue === "no" ? ctx.today : undefined,
    after: readCursor(input.after, ["day", "id"]),
    limit: input.limit + 1,
  });
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  const names = await namesOf(
    ctx.tx,
    shown.map((row) => row.person_id),
  );
  // An auditor checks terms and results; what somebody needs is no business of theirs.
  const open = ctx.actor.role !== "auditor";
  return {
    referrals: shown.map((row) => ({
      ...lineOf(row),
      person: names.get(row.person_id) ?? "",
      division: row.division_code,
      text: open ? row.note : null,
      visitId: row.visit_id,
      openedOn: row.opened_on,
      daysLeft: waiting.includes(row.state) ? daysBetween(ctx.today, row.due_on) : null,
      by: row.taken_by,
      organisationId: row.organisation_id,
      takenOn: row.taken_on,
      result: open ? row.result : null,
      settledOn: row.settled_on,
      seenOn: row.seen_on,
      onTime: row.settled_on ? row.settled_on <= row.due_on : ctx.today > row.due_on ? false : null,
    })),
    next: rows.length > input.limit && last ? writeCursor([last.due_on, last.id]) : null,
  };
});

const remind = handle(remindSupporter)(async (input, ctx) => {
  const person = await ownPerson(ctx, input.personId);
  const on = input.on ?? ctx.today;
  if (on > ctx.today) return ctx.fail("visiting-care/in-the-future", { on });
  const contacts = (await contactsOf(ctx.tx, [person.id])).get(person.id) ?? [];
  const supporter = contacts.find((one) => one.id === input.contactId);
  // A neighbour or an emergency contact owes nothing: only supporters are reminded of a duty.
  if (supporter?.kind !== "supporter")
    return ctx.fail("visiting-care/unknown-supporter", { kind: supporter?.kind ?? null });
  const row: ReminderRow = {
    home_code: person.home_code,
    id: ctx.newId(),
    division_code: person.division_code,
    person_id: person.id,
    contact_id: supporter.id,
    supporter_name: supporter.name,
    relation: supporter.relation,
    way: input.way,
    reached: input.reached,
    answer: input.answer ?? null,
    reminded_on: on,
    recorded_at: ctx.now,
    recorded_by: ctx.actor.displayName,
    document_id: null,
  };
  fulfilDuty(ctx, remindDuty, person.home_code, person.id);
  ctx.journal(
    "supporter-reminded",
    { kind: "person", id: person.id, home: person.home_code, division: person.division_code },
    { way: row.way, reached: row.reached, contact: row.contact_id },
  );
  if (input.way !== "letter") {
    await insertReminder(ctx.tx, row);
    return { id: row.id, documentId: null, number: null };
  }
  const log = (await reminderPage(ctx.tx, { person: person.id, limit: 20 })).filter(
    (one) => one.contact_id === supporter.id,
  );
  const places = await divisionNames(ctx.tx, [person.division_code], ctx.today);
  const paper = await issueDocument(ctx, {
    template: [supporterLetter],
    facts: {
      supporter: supporter.name,
      person: person.name,
      village: places.get(person.division_code) ?? person.division_code,
      on,
      log: log.map((one) => ({ on: one.reminded_on, way: one.way, reached: one.reached })),
    },
    home: person.home_code,
    division: person.division_code,
  });
  await insertReminder(ctx.tx, { ...row, document_id: paper.id });
  return { id: row.id, documentId: paper.id, number: paper.number };
});

const log = handle(listReminders)(async (input, ctx) => {
  const rows = await reminderPage(ctx.tx, {
    division: input.division,
    person: input.personId,
    after: readCursor(input.after, ["instant", "id"]),
    limit: input.limit + 1,
  });
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  const names = await namesOf(
    ctx.tx,
    shown.map((row) => row.person_id),
  );
  return {
    reminders: shown.map((row) => ({
      id: row.id,
      personId: row.person_id,
      person: names.get(row.person_id) ?? "",
      division: row.division_code,
      supporter: row.supporter_name,
      relation: row.relation,
      way: row.way,
      reached: row.reached,
      answer: ctx.actor.role === "auditor" ? null : row.answer,
      on: row.reminded_on,
      at: row.recorded_at.toISOString(),
      by: row.recorded_by,
      documentId: row.document_id,
    })),
    next: rows.length > input.limit && last ? writeCursor([last.recorded_at, last.id]) : null,
  };
});

export const referralHandlers = [open, take, settle, acknowledge, list, remind, log];
