import { builtInCalendar } from "../clock/built-in-calendar.ts";
import { type Setting, settingSource } from "../settings/declare.ts";
import { decideAny, ruleIndex } from "./registry.ts";
import type { AnyRule, Decision } from "./rule.ts";

/** Asks rules in tests by id, with the shipped holidays and default settings; today is fixed so that answers do not age. */
export function asker(rules: readonly AnyRule[], settings: readonly Setting[] = [], today = "2026-11-21") {
  const index = ruleIndex(rules);
  const options = { today, settings: settingSource(settings), calendar: builtInCalendar() };
  const decide = (id: string, facts: unknown): Decision => decideAny(index.get(id), facts, options);
  return { decide, ask: (id: string, facts: unknown): unknown => decide(id, facts).output };
}
