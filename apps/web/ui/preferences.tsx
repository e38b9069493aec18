import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import type { Locale, Words } from "../../../kernel/text/words.ts";
import { configureClient } from "../client.ts";

/** What a reader chose for all pages (阅读偏好): kept in this browser, written on the html element for the style sheet. */
export interface Preferences {
  readonly locale: Locale;
  readonly largePrint: boolean;
  readonly theme: "light" | "dark";
}

interface Held extends Preferences {
  set(change: Partial<Preferences>): void;
}

const storageKey = "shanzhi.preferences";
const Context = createContext<Held | null>(null);

function read(): Preferences {
  const dark = globalThis.matchMedia?.("(prefers-color-scheme: dark)").matches ?? false;
  const fallback: Preferences = {
    locale: navigator.language.startsWith("zh") ? "zh" : "en",
    largePrint: false,
    theme: dark ? "dark" : "light",
  };
  try {
    const kept = JSON.parse(localStorage.getItem(storageKey) ?? "{}") as Partial<Preferences>;
    return {
      locale: kept.locale === "en" || kept.locale === "zh" ? kept.locale : fallback.locale,
      largePrint: kept.largePrint === true,
      theme: kept.theme === "dark" || kept.theme === "light" ? kept.theme : fallback.theme,
    };
  } catch {
    return fallback;
  }
}

function apply(preferences: Preferences): void {
  const html = document.documentElement;
  html.lang = preferences.locale === "zh" ? "zh-CN" : "en";
  html.dataset.theme = preferences.theme;
  html.dataset.print = preferences.largePrint ? "large" : "normal";
  configureClient({ language: html.lang });
}

/** Writes the kept choices before the first paint. */
export function applyKeptPreferences(): void {
  apply(read());
}

export function PreferencesProvider({ children }: { readonly children: ReactNode }) {
  const [preferences, setPreferences] = useState(read);
  useEffect(() => {
    apply(preferences);
    try {
      localStorage.setItem(storageKey, JSON.stringify(preferences));
    } catch {
      // A browser that keeps nothing still works: the choice lasts as long as the page.
    }
  }, [preferences]);
  const held = useMemo<Held>(
    () => ({
      ...preferences,
      set: (change) => {
        const next = { ...preferences, ...change };
        apply(next);
        setPreferences(next);
      },
    }),
    [preferences],
  );
  return <Context.Provider value={held}>{children}</Context.Provider>;
}

export function usePreferences(): Held {
  const held = useContext(Context);
  if (!held) throw new Error("PreferencesProvider is missing");
  return held;
}

/** The words of a table in the reader's language (取词). */
export function useWords<Source>(words: Words<Source>): Words<Source>["zh"] {
  return words[usePreferences().locale];
}
