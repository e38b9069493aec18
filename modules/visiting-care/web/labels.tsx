import { Link } from "react-router";
import { call } from "../../../apps/web/client.ts";
import type { ActWords } from "../../../apps/web/ui/act-form.tsx";
import { useJoined } from "../../../apps/web/ui/naming.ts";
import type { Found } from "../../../apps/web/ui/pickers.tsx";
import { useWords } from "../../../apps/web/ui/preferences.tsx";
import { StatusWord, type Tone } from "../../../apps/web/ui/status-word.tsx";
import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { type Category, personNames } from "../../people/index.ts";
import { listWorkers } from "../enrolment.contract.ts";
import { careNames } from "../names.words.ts";
import { words } from "./care.web.words.ts";

type State = keyof (typeof careNames)["zh"]["states"];
const tones: Readonly<Record<State, Tone>> = { proposed: "soon", refused: "muted", enrolled: "done", closed: "muted" };

/** Whether somebody is in care, in words. */
export function CareState({ state }: { readonly state: State }) {
  return <StatusWord tone={tones[state]}>{useWords(careNames).states[state]}</StatusWord>;
}

export function RiskWord({ risk }: { readonly risk: "high" | "key" | "general" }) {
  return (
    <StatusWord tone={risk === "high" ? "late" : risk === "key" ? "soon" : "neutral"}>
      {useWords(careNames).risks[risk]}
    </StatusWord>
  );
}

/** Visited in the month, or not. */
export function VisitedWord({ visited }: { readonly visited: boolean }) {
  const w = useWords(words);
  return <StatusWord tone={visited ? "done" : "soon"}>{visited ? w.visitedYes : w.visitedNo}</StatusWord>;
}

export function CareLink({ id, name }: { readonly id: string; readonly name: string }) {
  return <Link to={`/care/${id}`}>{name}</Link>;
}

export function useCategoryLine(): (categories: readonly Category[]) => string {
  const n = useWords(personNames);
  const joined = useJoined();
  return (categories) => joined(categories.map((one) => n.categories[one])) || "—";
}

export function useSexAge(): (one: { readonly sex: "female" | "male" | null; readonly age: number | null }) => string {
  const n = useWords(personNames);
  const w = useWords(words);
  const joined = useJoined();
  return (one) => joined([one.sex && n.sex[one.sex], one.age !== null && w.age({ age: one.age })]) || "—";
}

/** The calendar month it is in China (本月), "YYYY-MM". */
export function thisMonth(): string {
  return dateInShanghai(new Date()).slice(0, 7);
}

/** A month as people read it. */
export function showMonth(month: string, locale: "zh" | "en"): string {
  return words[locale].monthOf({ year: month.slice(0, 4), month: Number(month.slice(5)) });
}

/** Workers of a division, for pickers (可选的探访人员). */
export function workerSearch(division: string): (typed: string) => Promise<readonly Found[]> {
  return async (typed) => {
    const { workers } = await call(listWorkers, { division });
    const uuid = /^[0-9a-f]{8}-/i.test(typed);
    return workers
      .filter((one) => (uuid ? one.id === typed : one.name.includes(typed.trim())))
      .map((one) => ({ value: one.id, label: one.name, note: String(one.people) }));
  };
}

/** Names of fields and values for the acts of this module. */
export function useActWords(): ActWords {
  const w = useWords(words);
  const c = useWords(careNames);
  const n = useWords(personNames);
  return {
    fields: w.fields,
    help: w.help,
    choices: {
      risk: c.risks,
      risks: c.risks,
      modes: c.modes,
      mode: c.modes,
      met: c.met,
      code: c.findings,
      level: c.levels,
      kind: c.needs,
      found: c.found,
      ground: c.closeGrounds,
      way: w.ways,
      categories: n.categories,
      outcome: c.outcomes,
      step: c.steps,
    },
  };
}
