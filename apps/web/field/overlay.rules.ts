import { type Act, isAct, type KeptAct } from "./acts.ts";
import type { CarePerson, Met, Mode, PastVisit, Summary } from "./care.ts";
import { dayOf } from "./clock.rules.ts";

/** What was recorded here about a person and is not in the pulled data yet (本机未同步的变化). */
export interface Mark {
  readonly waiting: number;
  readonly held: number;
  readonly rejected: number;
  /** Month in which a visit recorded here counts. */
  readonly visitedMonth: string | null;
  readonly lastVisitAt: string | null;
  /** Calls today that nobody answered. */
  readonly failedCallsToday: number;
  readonly refused: boolean;
  readonly deceased: boolean;
}

const none: Mark = {
  waiting: 0,
  held: 0,
  rejected: 0,
  visitedMonth: null,
  lastVisitAt: null,
  failedCallsToday: 0,
  refused: false,
  deceased: false,
};

/** Whether a visit will count as far as the phone can tell (是否计入): the server decides by the same words. */
export function likelyCounts(mode: Mode, met: Met): boolean {
  if (mode === "home") return met === "person";
  return (mode === "phone" || mode === "video") && (met === "person" || met === "carer");
}

/**
 * Whether an act is still on top of pulled data: not yet accepted, or accepted after the last complete pull. An act that was
 * turned away or cannot be read no longer colours the person it was about.
 */
export function isOnTop(kept: KeptAct, pulledAt: string | null): boolean {
  if (kept.state === "waiting" || kept.state === "held") return true;
  return kept.state === "accepted" && (pulledAt === null || (kept.settled?.at ?? "") > pulledAt);
}

function marked(mark: Mark, kept: KeptAct, act: Act, today: string): Mark {
  const next = {
    ...mark,
    waiting: mark.waiting + (kept.state === "waiting" ? 1 : 0),
    held: mark.held + (kept.state === "held" ? 1 : 0),
  };
  if (isAct(act, "visiting-care.refuse")) return { ...next, refused: true };
  if (isAct(act, "people.record-death")) return { ...next, deceased: true };
  if (!isAct(act, "visiting-care.record-visit")) return next;
  const { mode, met } = act.input;
  const day = dayOf(Date.parse(act.happenedAt));
  if (isFailedCall(act, today)) return { ...next, failedCallsToday: next.failedCallsToday + 1 };
  if (!likelyCounts(mode, met)) return next;
  return {
    ...next,
    visitedMonth: later(next.visitedMonth, day.slice(0, 7)),
    lastVisitAt: later(next.lastVisitAt, act.happenedAt),
  };
}

const later = (one: string | null, other: string): string => (one !== null && one > other ? one : other);

function isFailedCall(act: Act, today: string): boolean {
  return (
    isAct(act, "visiting-care.record-visit") &&
    act.input.mode === "phone" &&
    act.input.met === "nobody" &&
    dayOf(Date.parse(act.happenedAt)) === today
  );
}

/** What the outbox says about each person. */
export function marksOf(acts: Iterable<KeptAct>, pulledAt: string | null, today: string): ReadonlyMap<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const kept of acts) {
    if (!kept.act) continue;
    const { personId } = kept.act.about;
    const mark = marks.get(personId) ?? none;
    if (isOnTop(kept, pulledAt)) marks.set(personId, marked(mark, kept, kept.act, today));
    else if (kept.state === "accepted" && isFailedCall(kept.act, today))
      // The day's calls are counted here even after the server knows them: its list does not say how many they were.
      marks.set(personId, { ...mark, failedCallsToday: mark.failedCallsToday + 1 });
    else if (kept.state === "rejected") marks.set(personId, { ...mark, rejected: mark.rejected + 1 });
  }
  return marks;
}

export const noMark: Mark = none;

/** A list entry with what was recorded here on top. */
export function markedSummary(one: Summary, mark: Mark): Summary {
  if (mark === none) return one;
  return {
    ...one,
    visitedMonth: mark.visitedMonth === null ? one.visitedMonth : later(one.visitedMonth, mark.visitedMonth),
    lastVisitAt: mark.lastVisitAt === null ? one.lastVisitAt : later(one.lastVisitAt, mark.lastVisitAt),
    state: mark.deceased ? "deceased" : mark.refused ? "refused" : one.state,
  };
}

/** A visit as the person's page lists it, with where it stands when it was recorded here. */
export interface ShownVisit extends PastVisit {
  readonly standing: KeptAct["state"] | null;
}

/** Past visits of a person, newest first, those of the outbox among them; none twice. */
export function shownVisits(body: CarePerson, acts: Iterable<KeptAct>, me: string): ShownVisit[] {
  const known = new Set(body.lastVisits.map((one) => one.id));
  const here: ShownVisit[] = [];
  for (const kept of acts) {
    if (!kept.act || !isAct(kept.act, "visiting-care.record-visit")) continue;
    const { input, happenedAt } = kept.act;
    if (input.personId !== body.personId || known.has(input.id ?? "")) continue;
    if (kept.state === "rejected" || kept.state === "broken") continue;
    here.push({
      id: input.id ?? kept.key,
      at: happenedAt,
      mode: input.mode,
      met: input.met,
      counts: likelyCounts(input.mode, input.met),
      worker: me,
      standing: kept.state,
    });
  }
  return [...here, ...body.lastVisits.map((one) => ({ ...one, standing: null }))].sort(
    (a, b) => Date.parse(b.at) - Date.parse(a.at),
  );
}
