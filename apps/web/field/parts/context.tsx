import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import type { Words } from "../../../../kernel/text/words.ts";
import { useWords } from "../../ui/preferences.tsx";
import type { FieldApp, View } from "../app.ts";
import type { CarePerson, Summary } from "../care.ts";
import { words as frame } from "../field.words.ts";
import { markedSummary, noMark } from "../overlay.rules.ts";
import { words as reasons } from "../reasons.words.ts";

const Context = createContext<FieldApp | null>(null);

export function AppProvider({ app, children }: { readonly app: FieldApp; readonly children: ReactNode }) {
  return <Context.Provider value={app}>{children}</Context.Provider>;
}

export function useApp(): FieldApp {
  const app = useContext(Context);
  if (!app) throw new Error("AppProvider is missing");
  return app;
}

/** What the screens read; a new one whenever something changed. */
export function useView(): View {
  const app = useApp();
  return useSyncExternalStore(app.subscribe, app.view);
}

/** The list entry of a person with what was recorded here on top. */
export function useSummary(personId: string): Summary | undefined {
  const app = useApp();
  const view = useView();
  const one = app.phone.opened?.lists.people.get(personId);
  return one && markedSummary(one, view.marks.get(personId) ?? noMark);
}

/** Everything the phone knows of one person: null while it is being opened, undefined when it is not held. */
export function usePerson(personId: string): CarePerson | null | undefined {
  const app = useApp();
  const lists = app.phone.opened?.lists;
  const entry = lists?.people.get(personId);
  const [body, setBody] = useState<CarePerson | null | undefined>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new entry is a new body.
  useEffect(() => {
    let gone = false;
    void lists?.person(personId).then((found) => {
      if (!gone) setBody(found);
    });
    return () => {
      gone = true;
    };
  }, [lists, personId, entry]);
  return body;
}

/** The sentence for a code of the server. */
export function useReason(): (code: string | null) => string {
  const { byCode, other } = useWords(reasons);
  return (code) => (code !== null && (byCode as Readonly<Record<string, string>>)[code]) || other;
}

/** Days and times as people read them here, in the time of Shanghai. */
export function useFormat() {
  const w = useWords(frame as Words<(typeof frame)["zh"]>);
  const parts = (at: string) => {
    const local = new Date(Date.parse(at) + 8 * 3_600_000);
    const two = (value: number) => String(value).padStart(2, "0");
    return {
      year: local.getUTCFullYear(),
      month: local.getUTCMonth() + 1,
      day: local.getUTCDate(),
      time: `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`,
    };
  };
  return {
    day: (date: string) => w.day(parts(`${date}T12:00:00+08:00`)),
    monthDay: (date: string) => w.monthDay(parts(`${date}T12:00:00+08:00`)),
    time: (at: string) => parts(at).time,
    instant: (at: string) => `${w.monthDay(parts(at))} ${parts(at).time}`,
  };
}
