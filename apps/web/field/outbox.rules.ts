import type { ActState, KeptAct, Settled } from "./acts.ts";

/** Acts in one message; small, so that a slow network loses little. */
export const BATCH = 20;
/** Days a settled act stays to be looked at on the phone. */
export const KEEP_SETTLED_DAYS = 7;

/** Where a file of an act stands (附件状态). */
export type FileState = "waiting" | "sent" | "refused";

/** Acts still to be sent, oldest first. */
export function unsent(acts: Iterable<KeptAct>): KeptAct[] {
  return [...acts].filter((one) => one.state === "waiting").sort((a, b) => a.seq - b.seq);
}

/** Files that go ahead of the acts that name them, in the order of the acts. */
export function filesToSend(acts: Iterable<KeptAct>, states: ReadonlyMap<string, FileState>): string[] {
  return unsent(acts).flatMap((one) => one.files.filter((id) => states.get(id) === "waiting"));
}

/**
 * The next message (下一批): the oldest acts whose files have gone. A file the server refused, or one that is lost, holds
 * nobody up: the act goes and a person looks at it. An act whose file still waits keeps later acts about the same
 * person back, so that what was done first arrives first.
 */
export function nextBatch(acts: Iterable<KeptAct>, states: ReadonlyMap<string, FileState>): KeptAct[] {
  const heldBack = new Set<string>();
  const batch: KeptAct[] = [];
  for (const one of unsent(acts)) {
    if (!one.act) continue;
    const person = one.act.about.personId;
    if (heldBack.has(person) || one.files.some((id) => states.get(id) === "waiting")) {
      heldBack.add(person);
      continue;
    }
    batch.push(one);
    if (batch.length === BATCH) break;
  }
  return batch;
}

/** An act after an answer about it. What is settled stays settled: a late second answer changes nothing. */
export function settle(kept: KeptAct, answer: Settled): KeptAct {
  return kept.state === "waiting" ? { ...kept, state: answer.state, settled: answer } : kept;
}

/** Acts that no longer need to be on the phone: accepted, and old enough. What is held, rejected or broken stays. */
export function outOfDate(acts: Iterable<KeptAct>, now: number): string[] {
  const limit = now - KEEP_SETTLED_DAYS * 86_400_000;
  return [...acts]
    .filter((one) => one.state === "accepted" && one.settled !== null && Date.parse(one.settled.at) < limit)
    .map((one) => one.key);
}

/** How many acts stand where. */
export function tally(acts: Iterable<KeptAct>): Readonly<Record<ActState, number>> {
  const counts: Record<ActState, number> = { waiting: 0, accepted: 0, held: 0, rejected: 0, broken: 0 };
  for (const one of acts) counts[one.state] += 1;
  return counts;
}
