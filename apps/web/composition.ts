import { createContext, useContext, useMemo } from "react";
import { usePreferences } from "./ui/preferences.tsx";
import { words } from "./ui/ui.words.ts";
import type { ProcedureNames, WebModule } from "./web-module.ts";

/** The modules of this console, for the shell and for pages that name things of other modules. */
export const CompositionContext = createContext<readonly WebModule[]>([]);

export function useComposition(): readonly WebModule[] {
  return useContext(CompositionContext);
}

/** Names of what other modules do (跨模块名称): procedures, their acts and states, operations, actors. */
export interface Names {
  procedure(id: string): string;
  act(procedure: string, act: string): string;
  state(procedure: string, state: string): string;
  path(procedure: string, subject: string): string | undefined;
  operation(id: string): string;
  /** A field of a spreadsheet by the header people know. */
  column(operation: string, field: string): string;
  /** "registrar@630102", as steps keep it, in words. */
  actor(label: string): string;
}

export function useNames(): Names {
  const modules = useComposition();
  const { locale } = usePreferences();
  return useMemo(() => {
    const text = (value: unknown, otherwise: string) => (typeof value === "string" ? value : otherwise);
    const of = (id: string): ProcedureNames | undefined => {
      for (const one of modules) if (one.procedures?.[id]) return one.procedures[id];
      return undefined;
    };
    return {
      procedure: (id) => of(id)?.name[locale] ?? id,
      act: (procedure, act) => text(of(procedure)?.acts[locale][act], act),
      state: (procedure, state) => text(of(procedure)?.states[locale][state], state),
      path: (procedure, subject) => of(procedure)?.path?.(subject),
      operation: (id) => {
        for (const one of modules) {
          const found = one.operations?.[locale][id];
          if (found) return found;
        }
        return id;
      },
      column: (operation, field) => {
        const sheet = modules.flatMap((one) => one.sheets ?? []).find((one) => one.id === operation)?.sheet;
        const headers = sheet?.find((one) => one.field === field)?.headers ?? [];
        return (
          headers.find((header) => /^[\x20-\x7e]+$/.test(header) === (locale === "en") && !header.includes("_")) ??
          headers[0] ??
          field
        );
      },
      actor: (label) => {
        const [role = "", place] = label.split("@");
        const known = (words[locale].roles as Readonly<Record<string, string>>)[role];
        if (!known) return label;
        return place && /^\d+$/.test(place) && !/^0*$/.test(place.slice(2)) && role !== "public"
          ? locale === "zh"
            ? `${known}（${place}）`
            : `${known} (${place})`
          : known;
      },
    };
  }, [modules, locale]);
}
