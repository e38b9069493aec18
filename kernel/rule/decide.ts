import type { Calendar } from "../clock/calendar.ts";
import type { SettingSource, SettingValue } from "../settings/declare.ts";
import type { Condition, Decision, Rule, RuleVersion } from "./rule.ts";

/** What a decision needs beside the facts; the caller supplies today, because rules have no clock. */
export interface DecideOptions {
  /** The date whose law applies, when the caller knows better than the rule. */
  readonly on?: string;
  readonly today: string;
  readonly settings: SettingSource;
  readonly calendar: Calendar;
}

/** Refusal to decide (无适用版本): no version of the rule was in force on the date asked for. */
export class RuleNotInForceError extends Error {
  readonly rule: string;
  readonly on: string;
  constructor(rule: string, on: string) {
    super(`rule ${rule} has no version in force on ${on}`);
    this.name = "RuleNotInForceError";
    this.rule = rule;
    this.on = on;
  }
}

/** The version of a rule in force on a date (适用版本), periods half-open. Throws RuleNotInForceError. */
export function versionOn<Facts, Output>(rule: Rule<Facts, Output>, on: string): RuleVersion<Facts, Output> {
  const found = rule.versions.find((version) => version.from <= on && (version.to === undefined || on < version.to));
  if (!found) throw new RuleNotInForceError(rule.id, on);
  return found;
}

/**
 * Decides (判定): picks the version in force on the rule's own date and returns the output with every tested condition,
 * every setting used and the citations, so that the decision can be stored, explained and replayed.
 * @throws RuleNotInForceError, CalendarUnknownError, UnknownSettingError
 */
export function decideRule<Facts, Output>(
  rule: Rule<Facts, Output>,
  facts: Facts,
  options: DecideOptions,
): Decision<Output> {
  const on = options.on ?? rule.on?.(facts) ?? options.today;
  const version = versionOn(rule, on);
  const conditions: Condition[] = [];
  const settings: Record<string, SettingValue> = {};
  const output = version.decide(facts, {
    on,
    calendar: options.calendar,
    setting: (id) => {
      const value = options.settings(id, on);
      settings[id] = value;
      return value;
    },
    check: (condition) => {
      conditions.push(condition);
      return condition.met;
    },
  });
  return {
    rule: rule.id,
    version: version.from,
    on,
    facts,
    settings,
    conditions,
    citations: version.citations,
    output,
  };
}
