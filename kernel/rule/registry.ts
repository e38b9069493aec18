import { type DecideOptions, decideRule } from "./decide.ts";
import type { AnyRule, Decision, Rule } from "./rule.ts";

/** All rules of the house by id (规则目录). */
export interface RuleIndex {
  readonly ids: readonly string[];
  readonly find: (id: string) => AnyRule | undefined;
  /** Throws UnknownRuleError. */
  readonly get: (id: string) => AnyRule;
}

/** No rule has this id (未知规则). */
export class UnknownRuleError extends Error {
  readonly rule: string;
  constructor(rule: string) {
    super(`unknown rule: ${rule}`);
    this.name = "UnknownRuleError";
    this.rule = rule;
  }
}

/** Indexes rules by id; two rules with one id, or versions that overlap or leave a gap, stop the start. */
export function ruleIndex(rules: readonly AnyRule[]): RuleIndex {
  const byId = new Map<string, AnyRule>();
  for (const rule of rules) {
    if (byId.has(rule.id)) throw new Error(`rule declared twice: ${rule.id}`);
    refuseBrokenVersions(rule);
    byId.set(rule.id, rule);
  }
  return {
    ids: [...byId.keys()].sort(),
    find: (id) => byId.get(id),
    get: (id) => {
      const rule = byId.get(id);
      if (!rule) throw new UnknownRuleError(id);
      return rule;
    },
  };
}

/**
 * Decides with facts that came from outside (file, sandbox page): the one place where unknown facts meet a rule, safe
 * because every rule reads its facts through `facts.ts`.
 */
export function decideAny(rule: AnyRule, facts: unknown, options: DecideOptions): Decision {
  const asked = typeof facts === "object" && facts !== null && !Array.isArray(facts) ? facts : {};
  return decideRule(rule as Rule<object, unknown>, asked, options);
}

function refuseBrokenVersions(rule: AnyRule): void {
  rule.versions.forEach((version, position) => {
    const next = rule.versions[position + 1];
    if (next && version.to !== next.from)
      throw new Error(`rule ${rule.id}: version ${version.from} must end when ${next.from} begins`);
    if (version.to !== undefined && version.to <= version.from)
      throw new Error(`rule ${rule.id}: version ${version.from} never applies`);
  });
}
