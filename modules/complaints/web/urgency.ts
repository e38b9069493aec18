import type { Tone } from "../../../apps/web/ui/status-word.tsx";
import type { ComplaintLine, State } from "../complaints.contract.ts";

/** How urgent a complaint is by its state (紧要程度): what waits for an answer stands out, what is over is done. */
export const stateTones: Readonly<Partial<Record<State, Tone>>> = {
  received: "soon",
  reviewing: "soon",
  not_ours: "muted",
  closed: "done",
};

/** What is due next (期限): to accept it, or to answer a review; otherwise nothing has a term. */
export function dueOf(one: Pick<ComplaintLine, "state" | "dueOn" | "answerBy">): string | null {
  return one.state === "received" ? one.dueOn : one.answerBy;
}
