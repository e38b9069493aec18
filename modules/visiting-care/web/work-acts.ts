import type { ActWords } from "../../../apps/web/ui/act-form.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { words } from "./care-work.web.words.ts";
import { useActWords } from "./labels.tsx";

/** Names of fields for the pages around visits, over those of the care file. */
export function useWorkWords(): ActWords {
  const base = useActWords();
  const w = useWords(words);
  return { ...base, fields: { ...base.fields, ...w.fields } };
}
