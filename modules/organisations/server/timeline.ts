import { dateInShanghai } from "../../../kernel/clock/date.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { Actor } from "../../../kernel/operation/context.ts";
import { versionsOf } from "../../../kernel/register/register.ts";
import type { Citation } from "../../../kernel/rule/rule.ts";
import type { Happening } from "../organisations.shapes.ts";
import { chartersOf, documentsOf, journalOf, meetingsOf, type StepRow, stepsOf } from "./file.queries.ts";
import { namesOf } from "./organisations.store.ts";
import { register } from "./register.ts";

const nothing = {
  actor: null,
  law: [] as Happening["law"],
  documentId: null,
  decisionId: null,
  procedureId: null,
  version: null,
};

const noon = (date: string) => `${date}T12:00:00+08:00`;

/** Citations as answers carry them. */
export function citationsOf(law: readonly Citation[]): Happening["law"] {
  return law.map((one) => ({ ...one }));
}

/** A step of a procedure as the timeline shows it. */
export function stepHappening(step: StepRow): Happening {
  return {
    at: step.at.toISOString(),
    on: dateInShanghai(step.at),
    source: "step",
    what: `${step.procedure}/${step.transition}`,
    actor: step.actor_label,
    facts: { ...step.note, to: step.to_state },
    law: citationsOf(step.law),
    documentId: step.document_id,
    decisionId: step.decision_id,
    procedureId: step.instance_id,
    version: null,
  };
}

/** Fields in which two stored states differ. */
function changed(before: Record<string, unknown> | undefined, after: Record<string, unknown>): Record<string, unknown> {
  if (!before) return {};
  const out: Record<string, unknown> = {};
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (field === "flags" || JSON.stringify(before[field]) === JSON.stringify(after[field])) continue;
    out[field] = { from: before[field] ?? null, to: after[field] ?? null };
  }
  return out;
}

/** What the system holds about an organisation's past, read at one go (历史资料). */
export type Trace = Awaited<ReturnType<typeof traceOf>>;

export async function traceOf(tx: Tx, actor: Actor, id: string) {
  const [steps, versions, documents, names, meetings, charters, journal] = await Promise.all([
    stepsOf(tx, id),
    versionsOf(tx, register, id),
    documentsOf(tx, id),
    namesOf(tx, id),
    meetingsOf(tx, id),
    chartersOf(tx, id),
    actor.scope.kind === "staff" ? journalOf(tx, id) : [],
  ]);
  return { steps, versions, documents, names, meetings, charters, journal };
}

/**
 * Everything that ever happened to an organisation (大事记), oldest first: steps with their documents, decisions and law,
 * states of the register with what changed, list entries, names, meetings, charters; for staff also what was refused.
 */
export function timelineOf({
  steps,
  versions: newestFirst,
  documents,
  names,
  meetings,
  charters,
  journal,
}: Trace): Happening[] {
  const out: Happening[] = steps.map(stepHappening);
  const told = new Set(steps.flatMap((step) => step.document_id ?? []));
  const versions = [...newestFirst].reverse();
  versions.forEach((version, at) => {
    const diff = changed(versions[at - 1]?.body, version.body);
    out.push({
      ...nothing,
      at: version.recorded_at.toISOString(),
      on: version.valid_from,
      source: "listing" in diff ? "listing" : "version",
      what: version.cause,
      facts: { changes: diff, ...(version.corrects ? { corrects: version.corrects } : {}) },
      version: version.version,
    });
  });
  for (const document of documents) {
    if (told.has(document.id)) continue;
    out.push({
      ...nothing,
      at: noon(document.issued_on),
      on: document.issued_on,
      source: "document",
      what: document.title,
      facts: { number: document.number, void: document.void_at !== null },
      documentId: document.id,
    });
  }
  for (const name of names) {
    if (name.used_to === null) continue;
    out.push({
      ...nothing,
      at: noon(name.used_to),
      on: name.used_to,
      source: "name",
      what: "name-ended",
      facts: { name: name.name, from: name.used_from, precision: name.precision },
    });
  }
  for (const meeting of meetings) {
    out.push({
      ...nothing,
      at: noon(meeting.held_on),
      on: meeting.held_on,
      source: "meeting",
      what: meeting.matter,
      facts: {
        body: meeting.body,
        subject: meeting.subject,
        present: meeting.present,
        entitled: meeting.entitled,
        yes: meeting.yes,
        passed: meeting.passed,
      },
      decisionId: meeting.decision_id,
    });
  }
  for (const charter of charters) {
    out.push({
      ...nothing,
      at: noon(charter.adopted_on),
      on: charter.adopted_on,
      source: "charter",
      what: "charter-adopted",
      facts: { version: charter.version, summary: charter.summary, approvedOn: charter.approved_on },
    });
  }
  const seen = new Set(out.map((one) => one.at));
  for (const entry of journal) {
    if (!entry.refused && seen.has(entry.at.toISOString())) continue;
    out.push({
      ...nothing,
      at: entry.at.toISOString(),
      on: dateInShanghai(entry.at),
      source: "journal",
      what: entry.event,
      actor: entry.actor_label,
      facts: { operation: entry.operation, ...(entry.refused ? { refused: entry.code } : {}) },
    });
  }
  return out.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.at < b.at ? -1 : 1));
}
