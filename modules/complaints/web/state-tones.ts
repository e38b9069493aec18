import type { Tone } from "../../../apps/web/ui/status-word.tsx";
import type { State } from "../complaints.contract.ts";

/** How urgent a complaint is by its state (紧要程度): what waits for an answer stands out, what is over is done. */
export const stateTones: Readonly<Partial<Record<State, Tone>>> = {
  received: "soon",
  reviewing: "soon",
  not_ours: "muted",
  closed: "done",
};
