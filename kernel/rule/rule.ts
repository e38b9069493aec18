import type { Calendar } from "../clock/calendar.ts";

/** A typed reference to a text of law (引用条款). Dates are calendar dates, `effectiveTo` is exclusive. */
export interface Citation {
  readonly document: string;
  readonly number?: string;
  readonly article: string;
  readonly item?: string;
  readonly effectiveFrom: string;
  readonly effectiveTo?: string;
}

/** One tested condition of a decision (判断条件): what was looked at, against what, by which article. */
export interface Condition {
  readonly field: string;
  readonly value: unknown;
  readonly comparator: "=" | "!=" | ">=" | "<=" | ">" | "<" | "in" | "is";
  readonly threshold: unknown;
  readonly met: boolean;
  readonly citation?: Citation;
  /** Id of the dated setting the threshold came from, where the law leaves the number to practice. */
  readonly setting?: string;
}

/** What a rule may use beside its facts: numbers that change by date, and the working-day calendar. Both are data. */
export interface RuleTools {
  /** The rule's own date: the day whose law and settings apply. */
  readonly on: string;
  /** Value of a dated setting on the rule's own date. Throws when the setting is not declared. */
  readonly setting: (id: string) => number | string | boolean;
  readonly calendar: Calendar;
  /** Records a tested condition in the stored decision and returns `met`, so that conditions read as code. */
  readonly check: (condition: Condition) => boolean;
}

/** One version of a rule (规则版本), in force on [from, to). */
export interface RuleVersion<Facts, Output> {
  readonly from: string;
  readonly to?: string;
  readonly citations: readonly [Citation, ...Citation[]];
  readonly decide: (facts: Facts, tools: RuleTools) => Output;
}

/** A rule (规则): a pure function of dated facts, by versions, each with its citation. `on` names the rule's own date. */
export interface Rule<Facts = Record<string, unknown>, Output = Record<string, unknown>> {
  readonly id: string;
  /** The date whose law applies; undefined = the day the question is asked. */
  readonly on?: (facts: Facts) => string | undefined;
  readonly versions: readonly [RuleVersion<Facts, Output>, ...RuleVersion<Facts, Output>[]];
}

/** Any rule, whatever its facts: what lists of rules hold. Facts from outside go in by `decideAny`. */
export type AnyRule = Rule<never, unknown>;

/** Declares a rule. A rule without a citation cannot be written: the type asks for at least one. */
export function defineRule<Facts, Output>(rule: Rule<Facts, Output>): Rule<Facts, Output> {
  return rule;
}

/** A decision (决定依据) as stored and replayed: which version, which conditions, which output. */
export interface Decision<Output = unknown> {
  readonly rule: string;
  readonly version: string;
  readonly on: string;
  readonly facts: unknown;
  readonly settings: Readonly<Record<string, number | string | boolean>>;
  readonly conditions: readonly Condition[];
  readonly citations: readonly Citation[];
  readonly output: Output;
}
