import { createContext, useCallback, useContext } from "react";
import type { Facts } from "../../../kernel/operation/define.ts";
import type { Locale } from "../../../kernel/text/words.ts";
import { ApiProblem, NoAnswer } from "../problem.ts";
import { usePreferences } from "./preferences.tsx";
import { words } from "./ui.words.ts";

/** Sentences for refusal codes, by locale: what the modules say in `words.errors` and `words.missing`. */
export type SentenceTable = Readonly<Record<Locale, Readonly<Record<string, unknown>>>>;

/** The modules' sentences, given once by composition; the kit's own stand in ui.words. */
export const SentencesContext = createContext<readonly SentenceTable[]>([]);

function say(entry: unknown, facts: Facts): string | undefined {
  if (typeof entry === "string") return entry;
  if (typeof entry !== "function") return undefined;
  try {
    return String((entry as (facts: Facts) => unknown)(facts));
  } catch {
    return undefined;
  }
}

/** The sentence of one table for a code (码的句子), undefined when it has none. */
export const sentenceIn = (table: SentenceTable, locale: Locale, code: string, facts: Facts = {}): string | undefined =>
  say(table[locale][code], facts);

/** Finds the sentence of a code: the modules first, then the kit. */
export function useCodeSentence(): (code: string, facts?: Facts) => string | undefined {
  const tables = useContext(SentencesContext);
  const { locale } = usePreferences();
  return useCallback(
    (code, facts = {}) => {
      for (const table of tables) {
        const found = say(table[locale][code], facts);
        if (found) return found;
      }
      return say((words[locale].errors as Readonly<Record<string, unknown>>)[code], facts);
    },
    [tables, locale],
  );
}

/** What went wrong as one sentence in the reader's language; a code alone is never shown. */
export function useProblemSentence(): (error: unknown) => string {
  const { locale } = usePreferences();
  const ofCode = useCodeSentence();
  return useCallback(
    (error) => {
      const w = words[locale];
      if (error instanceof NoAnswer) return error.offline ? w.states.offline : w.states.noAnswer;
      if (error instanceof ApiProblem)
        return ofCode(error.code, error.facts) ?? w.errors.byStatus({ status: error.status });
      return w.errors["operation/fault"];
    },
    [locale, ofCode],
  );
}

/** A field's problem as the end of a sentence that begins with its label. */
export function fieldProblemSentence(locale: Locale, problem: string, facts: Facts = {}): string {
  const w = words[locale].problems;
  const minimum = String(facts.minimum ?? "");
  const maximum = String(facts.maximum ?? "");
  const origin = facts.origin;
  switch (problem) {
    case "required":
      return w.required;
    case "invalid_type":
      if (facts.expected === "int") return w.notWhole;
      return facts.expected === "number" ? w.notNumber : w.required;
    case "number":
      return w.notNumber;
    case "whole-number":
      return w.notWhole;
    case "too_small":
      if (origin === "string") return minimum === "1" ? w.required : w.tooShort({ minimum });
      return origin === "array" ? w.tooFew({ minimum }) : w.tooSmall({ minimum });
    case "too_big":
      if (origin === "string") return w.tooLong({ maximum });
      return origin === "array" ? w.tooMany({ maximum }) : w.tooBig({ maximum });
    case "invalid_format":
      return facts.format === "date" ? w.notDate : facts.format === "uuid" ? w.notOneOf : w.format;
    case "invalid_value":
    case "invalid_union":
      return w.notOneOf;
    case "control-characters":
      return w.controlCharacters;
    case "division-code":
      return w.divisionCode;
    case "login-form":
      return w.loginForm;
    case "money":
      return w.money;
    default:
      return w.other;
  }
}
