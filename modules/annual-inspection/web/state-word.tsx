import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord, type Tone } from "../../../apps/web/ui/status-word.tsx";
import type { State } from "../annual-inspection.shapes.ts";
import { words } from "../annual-inspection.words.ts";

const tones: Readonly<Record<State, Tone>> = {
  open: "neutral",
  with_unit: "neutral",
  returned: "soon",
  ready: "soon",
  filed: "neutral",
  correcting: "soon",
  passed: "done",
  basic: "soon",
  failed: "late",
  rectifying: "soon",
  rectification_overdue: "late",
  rectified: "done",
  overdue: "late",
  not_owed: "muted",
};

/** Where a report stands, in words. */
export function ReportState({ state }: { readonly state: State }) {
  return <StatusWord tone={tones[state]}>{useWords(words).states[state]}</StatusWord>;
}
