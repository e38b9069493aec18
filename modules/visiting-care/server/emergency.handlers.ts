import { addDays, dateInShanghai } from "../../../kernel/clock/date.ts";
import { issueDocument } from "../../../kernel/document/issue.ts";
import { cancelDuty, fulfilDuty, openDuties } from "../../../kernel/duty/duty.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { readCursor, writeCursor } from "../../../kernel/operation/cursor.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { decide } from "../../../kernel/rule/store.ts";
import { seal, unseal } from "../../../kernel/vault/seal.ts";
import { contactsOf, loadPerson } from "../../people/server/index.ts";
import { fileEmergency, listEmergencies, openEmergency, recordStep } from "../emergency.contract.ts";
import { type EmergencyPaper, emergencyRecord } from "../emergency.documents.ts";
import {
  emergencyRule,
  emergencySteps,
  isOver,
  mayRecord,
  nextContact,
  nextStep,
  type Tried,
} from "../emergency.rules.ts";
import { alarmDuty, deathDuty, escalationDuty, fileDuty, standInDuty } from "./care-work.duties.ts";
import { carersOf, divisionNames, namesOf, ownPerson } from "./carers.queries.ts";
import { emergencyPage, stepsOf } from "./emergency.queries.ts";
import {
  type ClockLine,
  type EmergencyRow,
  fileRow,
  insertEmergency,
  insertStep,
  loadEmergency,
  type StepRow,
} from "./emergency.store.ts";
import { bumpEmergency } from "./figures.indicators.ts";

const minute = 60_000;
const setting = (ctx: Context, id: string, division: string) =>
  Number(ctx.house.settings.on(id, dateInShanghai(ctx.happenedAt), division));

/** The clock of an emergency: minutes of each step and hours of the filing, from the moment it was found. */
function clockOf(ctx: Context, division: string): ClockLine[] {
  const from = ctx.happenedAt.getTime();
  return emergencySteps.map((step) => {
    const after =
      step === "file_record"
        ? setting(ctx, "visiting-care.file-hours", division) * 60
        : setting(ctx, `visiting-care.minutes-${step.replace("_", "-")}`, division);
    return { step, dueAt: new Date(from + after * minute).toISOString() };
  });
}

/** Where the words of an emergency are sealed: what is said of a person in need is nobody's but theirs who keep the register. */
const notePlace = (id: string) => `emergency/${id}/note`;
const summaryPlace = (id: string) => `emergency/${id}/summary`;
const stepNotePlace = (id: string) => `emergency_step/${id}/note`;
const sealed = (ctx: Context, text: string | undefined, place: string): string | null =>
  text === undefined ? null : seal(ctx.house.keys, text, place);
/** Words written before they were sealed open to themselves. */
const opened = (ctx: Context, text: string | null, place: string): string | null =>
  text !== null && /^(aes|sm)\.\d+\./.test(text) ? unseal(ctx.house.keys, text, place) : text;

const subjectOf = (row: EmergencyRow) => ({
  kind: "emergency",
  id: row.id,
  home: row.home_code,
  division: row.division_code,
});
/** Console path of an emergency. */
export const emergencyLink = (id: string) => `/care/emergencies/${id}`;

/** Proposes to the keepers of the register that somebody died (提请核实死亡); nothing is changed by it. */
function proposeDeath(ctx: Context, row: EmergencyRow, label: string): void {
  cancelDuty(ctx, deathDuty, row.home_code, row.person_id, "proposed-again");
  openDuties(ctx, [
    {
      kind: deathDuty,
      home: row.home_code,
      division: row.division_code,
      subject: row.person_id,
      label,
      link: `/people/${row.person_id}`,
      due: addDays(ctx.today, 1),
    },
  ]);
}

const answerOf = (row: EmergencyRow) => ({
  id: row.id,
  openedAt: row.opened_at.toISOString(),
  steps: [...row.clock],
  route: row.route,
});

const open = handle(openEmergency)(async (input, ctx) => {
  const person = await ownPerson(ctx, input.personId);
  const known = input.id ? await loadEmergency(ctx.tx, input.id) : undefined;
  // A phone may send the same act twice under two keys: the first is what happened.
  if (known && known.person_id === person.id) return answerOf(known);
  const { decision } = decide(
    ctx,
    emergencyRule,
    {
      found: input.found,
      epidemic_control_active:
        ctx.house.settings.on(
          "visiting-care.epidemic-control",
          dateInShanghai(ctx.happenedAt),
          person.division_code,
        ) === true,
    },
    {
      subject: person.id,
      home: person.home_code,
      division: person.division_code,
      on: dateInShanghai(ctx.happenedAt),
    },
  );
  const carers = await carersOf(ctx.tx, person.id);
  const clock = clockOf(ctx, person.division_code);
  const id = input.id ?? ctx.newId();
  const row: EmergencyRow = {
    home_code: person.home_code,
    id,
    division_code: person.division_code,
    recorded_division_code: person.division_code,
    person_id: person.id,
    found: input.found,
    note: sealed(ctx, input.note, notePlace(id)),
    route: decision.output.route === undefined ? "rescue" : "epidemic",
    latitude: input.place?.latitude ?? null,
    longitude: input.place?.longitude ?? null,
    opened_at: ctx.happenedAt,
    recorded_at: ctx.now,
    opened_by: ctx.actor.accountId,
    worker_id: ctx.actor.role === "worker" ? ctx.actor.accountId : (carers?.worker_id ?? ctx.actor.accountId),
    worker_name: ctx.actor.displayName,
    stand_in_id: carers?.stand_in_id ?? null,
    clock,
    state: "running",
    escalated: 0,
    escalated_at: null,
    file_by_at: new Date(clock.at(-1)?.dueAt ?? ctx.now),
    outcome: null,
    summary: null,
    filed_at: null,
    document_id: null,
  };
  ctx.later((tx) => insertEmergency(tx, row));
  openDuties(ctx, [
    {
      kind: fileDuty,
      home: row.home_code,
      division: row.division_code,
      subject: row.id,
      label: person.name,
      assignee: row.worker_id,
      link: emergencyLink(row.id),
      due: dateInShanghai(row.file_by_at),
    },
  ]);
  fulfilDuty(ctx, alarmDuty, row.home_code, row.person_id);
  if (row.found === "deceased") proposeDeath(ctx, row, person.name);
  bumpEmergency(ctx, row);
  ctx.journal("emergency-opened", subjectOf(row), { found: row.found, route: row.route, person: row.person_id });
  return answerOf(row);
});

type StepCode = "visiting-care/unknown-emergency" | "visiting-care/emergency-filed";

/** An emergency that an act may be recorded on: of the actor's own county, and still running. */
async function running(ctx: Context<StepCode>, id: string): Promise<EmergencyRow> {
  const row = await loadEmergency(ctx.tx, id);
  if (!row || row.home_code !== ctx.actor.home) return ctx.fail("visiting-care/unknown-emergency", { id });
  if (row.state === "filed") return ctx.fail("visiting-care/emergency-filed", { filedAt: row.filed_at?.toISOString() });
  return row;
}

const tried = (steps: readonly StepRow[]): Tried[] =>
  steps
    .filter((one) => one.kind === "step")
    .map((one) => ({ step: one.step, reached: one.reached, contact: one.contact_id }));

async function contactsIn(ctx: Context, person: string) {
  return (await contactsOf(ctx.tx, [person])).get(person) ?? [];
}

/** Whom the family step asks to be called: a contact without a number cannot be, and must not keep the record open. */
export const callable = (contacts: readonly { id: string; phone: string | null }[]) =>
  contacts.filter((one) => one.phone !== null).map((one) => one.id);

const step = handle(recordStep)(async (input, ctx) => {
  const row = await running(ctx, input.emergencyId);
  const contacts = await contactsIn(ctx, row.person_id);
  const steps = (await stepsOf(ctx.tx, [row.id])).get(row.id) ?? [];
  const order = callable(contacts);
  const before = tried(steps);
  const known = input.id !== undefined && steps.some((one) => one.id === input.id);
  if (!known && (input.step === "file_record" || !mayRecord(input.step, before)))
    return ctx.fail("visiting-care/step-out-of-order", { step: input.step, next: nextStep(before, order) });
  const called = contacts.find((one) => one.id === input.contactId);
  const id = input.id ?? ctx.newId();
  const entry: StepRow = {
    home_code: row.home_code,
    id,
    division_code: row.division_code,
    emergency_id: row.id,
    kind: "step",
    step: input.step,
    at: ctx.happenedAt,
    recorded_at: ctx.now,
    reached: input.reached,
    contact_id: input.contactId ?? null,
    who: input.who ?? called?.name ?? null,
    note: sealed(ctx, input.note, stepNotePlace(id)),
    level: null,
    actor_id: ctx.actor.accountId,
    actor_name: ctx.actor.displayName,
  };
  const after = known ? before : [...before, ...tried([entry])];
  const next = nextStep(after, order);
  const call = next === "call_family" ? nextContact(after, order) : null;
  const person = call ? contacts.find((one) => one.id === call) : undefined;
  if (!known) {
    ctx.later(async (tx) => {
      if ((await insertStep(tx, entry)) !== 1) throw new Refusal("visiting-care/emergency-filed", 409, { id: row.id });
    });
    ctx.journal("emergency-step-recorded", subjectOf(row), {
      step: entry.step,
      reached: entry.reached,
      at: entry.at.toISOString(),
    });
  }
  return {
    id: entry.id,
    next,
    nextContact: person ? { id: person.id, name: person.name, relation: person.relation } : null,
  };
});

function paperOf(
  row: EmergencyRow,
  steps: readonly StepRow[],
  about: {
    person: string;
    division: string;
    filedAt: Date;
    outcome: EmergencyPaper["outcome"];
    summary: string;
    hours: number;
  },
): EmergencyPaper {
  const due = new Map(row.clock.map((one) => [one.step, one.dueAt]));
  return {
    person: about.person,
    division: about.division,
    found: row.found as EmergencyPaper["found"],
    note: row.note,
    route: row.route,
    worker: row.worker_name,
    openedAt: row.opened_at.toISOString(),
    filedAt: about.filedAt.toISOString(),
    fileHours: about.hours,
    late: about.filedAt > row.file_by_at,
    outcome: about.outcome,
    summary: about.summary,
    steps: steps.map((one) => ({
      kind: one.kind,
      step: one.step,
      dueAt: one.kind === "step" ? (due.get(one.step) ?? null) : null,
      at: one.at.toISOString(),
      reached: one.reached,
      who: one.who,
      level: one.level,
    })),
  };
}

const file = handle(fileEmergency)(async (input, ctx) => {
  const row = await running(ctx, input.id);
  const contacts = callable(await contactsIn(ctx, row.person_id));
  const steps = (await stepsOf(ctx.tx, [row.id])).get(row.id) ?? [];
  const missing = emergencySteps.filter((one) => one !== "file_record" && !isOver(one, tried(steps), contacts));
  if (missing.length > 0 && input.outcome !== "false_alarm")
    return ctx.fail("visiting-care/steps-missing", { steps: missing });
  // Filed when the worker closed it, which may be long before the phone found a network; never before it began.
  const filedAt = ctx.happenedAt > row.opened_at ? ctx.happenedAt : row.opened_at;
  const person = await loadPerson(ctx.tx, row.person_id);
  const place =
    (await divisionNames(ctx.tx, [row.division_code], ctx.today)).get(row.division_code) ?? row.division_code;
  const label = person?.name ?? "";
  for (const kind of [fileDuty, standInDuty, escalationDuty]) fulfilDuty(ctx, kind, row.home_code, row.id);
  if (input.outcome === "deceased" && row.found !== "deceased") proposeDeath(ctx, row, label);
  bumpEmergency(ctx, row, filedAt);
  ctx.journal("emergency-filed", subjectOf(row), { outcome: input.outcome, late: filedAt > row.file_by_at });
  const paper = await issueDocument(ctx, {
    template: [emergencyRecord],
    facts: paperOf({ ...row, note: opened(ctx, row.note, notePlace(row.id)) }, steps, {
      person: label,
      division: place,
      filedAt,
      outcome: input.outcome,
      summary: input.summary,
      hours: Number(
        ctx.house.settings.on("visiting-care.file-hours", dateInShanghai(row.opened_at), row.division_code),
      ),
    }),
    home: row.home_code,
    division: row.division_code,
    sealed: true,
  });
  const summary = seal(ctx.house.keys, input.summary, summaryPlace(row.id));
  ctx.later(async (tx) => {
    const filed = { outcome: input.outcome, summary, at: filedAt, document: paper.id };
    if ((await fileRow(tx, row, filed)) !== 1) throw new Refusal("visiting-care/emergency-filed", 409, { id: row.id });
  });
  return { id: row.id, filedAt: filedAt.toISOString(), documentId: paper.id };
});

const list = handle(listEmergencies)(async (input, ctx) => {
  const rows = await emergencyPage(ctx.tx, {
    id: input.id,
    division: input.division,
    state: input.state,
    month: input.month,
    escalated: input.escalated === "yes",
    after: readCursor(input.after, ["text", "instant", "id"]),
    limit: input.limit + 1,
  });
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  const steps = await stepsOf(
    ctx.tx,
    shown.map((row) => row.id),
  );
  const names = await namesOf(
    ctx.tx,
    shown.map((row) => row.person_id),
  );
  // Somebody is late while a step is, not only once the record should have been filed a day later.
  const late = (row: EmergencyRow) =>
    row.filed_at
      ? row.filed_at > row.file_by_at
      : row.clock.some(
          (line) =>
            Date.parse(line.dueAt) < ctx.now.getTime() &&
            !(steps.get(row.id) ?? []).some((one) => one.kind === "step" && one.step === line.step),
        );
  return {
    emergencies: shown.map((row) => ({
      id: row.id,
      personId: row.person_id,
      person: names.get(row.person_id) ?? "",
      division: row.division_code,
      found: row.found as "other",
      openedAt: row.opened_at.toISOString(),
      state: row.state,
      escalated: row.escalated,
      worker: row.worker_name,
      filedAt: row.filed_at?.toISOString() ?? null,
      overdue: late(row),
      steps: row.clock.map((line) => {
        const own = (steps.get(row.id) ?? []).filter((one) => one.kind === "step" && one.step === line.step);
        const best = own.find((one) => one.reached) ?? own.at(-1);
        const filing = line.step === "file_record";
        return {
          step: line.step,
          dueAt: line.dueAt,
          doneAt: filing ? (row.filed_at?.toISOString() ?? null) : (best?.at.toISOString() ?? null),
          reached: filing ? (row.filed_at ? true : null) : (best?.reached ?? null),
          who: best?.who ?? null,
        };
      }),
    })),
    next: rows.length > input.limit && last ? writeCursor([last.state, last.opened_at, last.id]) : null,
  };
});

export const emergencyHandlers = [open, step, file, list];
