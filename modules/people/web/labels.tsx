import { Link } from "react-router";
import type { ActWords } from "../../../apps/web/ui/act-form.tsx";
import { usePreferences, useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord, type Tone } from "../../../apps/web/ui/status-word.tsx";
import { personNames } from "../names.words.ts";
import type { Category } from "../people.shapes.ts";
import { words } from "./people.web.words.ts";

type State = keyof (typeof personNames)["zh"]["states"];
const tones: Readonly<Record<State, Tone>> = {
  present: "done",
  moved: "muted",
  deceased: "muted",
  merged: "muted",
  withdrawn: "muted",
};

/** Whether a person is on the register, in words. */
export function PersonState({ state }: { readonly state: State }) {
  return <StatusWord tone={tones[state]}>{useWords(personNames).states[state]}</StatusWord>;
}

/** Classes in one line, in the reader's language. */
export function useCategoryLine(): (categories: readonly Category[]) => string {
  const n = useWords(personNames);
  const w = useWords(words);
  const { locale } = usePreferences();
  return (categories) =>
    categories.length === 0
      ? w.noCategory
      : categories.map((one) => n.categories[one]).join(locale === "zh" ? "、" : ", ");
}

/** "女，81 岁". */
export function useSexAge(): (one: { readonly sex: "female" | "male" | null; readonly age: number | null }) => string {
  const n = useWords(personNames);
  const w = useWords(words);
  const { locale } = usePreferences();
  return (one) =>
    [one.sex ? n.sex[one.sex] : null, one.age === null ? w.noAge : w.age({ age: one.age })]
      .filter(Boolean)
      .join(locale === "zh" ? "，" : ", ");
}

export function PersonLink({ id, name }: { readonly id: string; readonly name: string }) {
  return <Link to={`/people/${id}`}>{name}</Link>;
}

/** Names of fields and values for the acts of this module. */
export function useActWords(): ActWords {
  const w = useWords(words);
  const n = useWords(personNames);
  return {
    fields: w.fields,
    help: w.help,
    choices: {
      category: n.categories,
      categories: n.categories,
      sex: n.sex,
      living: n.living,
      idKind: n.idKind,
      kind: n.contactKinds,
    },
  };
}
