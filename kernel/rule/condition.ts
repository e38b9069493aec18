import type { Citation, Condition, RuleTools } from "./rule.ts";

/** Where a threshold comes from: an article, and the dated setting when the law leaves the number to practice. */
export interface Ground {
  readonly law?: Citation;
  readonly setting?: string;
}

/**
 * Tests one condition (判断条件), records it in the decision and answers whether it is met.
 * A value that is not known never meets a condition.
 */
export function holds(
  tools: RuleTools,
  field: string,
  value: unknown,
  comparator: Condition["comparator"],
  threshold: unknown,
  ground: Ground = {},
): boolean {
  return tools.check({
    field,
    value: value ?? null,
    comparator,
    threshold,
    met: value !== undefined && value !== null && compare(value, comparator, threshold),
    ...(ground.law ? { citation: ground.law } : {}),
    ...(ground.setting ? { setting: ground.setting } : {}),
  });
}

function compare(value: unknown, comparator: Condition["comparator"], threshold: unknown): boolean {
  switch (comparator) {
    case "=":
    case "is":
      return value === threshold;
    case "!=":
      return value !== threshold;
    case "in":
      return Array.isArray(threshold) && threshold.includes(value);
    case ">=":
      return ordered(value, threshold, (order) => order >= 0);
    case "<=":
      return ordered(value, threshold, (order) => order <= 0);
    case ">":
      return ordered(value, threshold, (order) => order > 0);
    case "<":
      return ordered(value, threshold, (order) => order < 0);
  }
}

/** Numbers against numbers, calendar dates against calendar dates (ISO text sorts as time); anything else is not comparable. */
function ordered(value: unknown, threshold: unknown, test: (order: number) => boolean): boolean {
  if (typeof value === "number" && typeof threshold === "number") return test(value - threshold);
  if (typeof value === "string" && typeof threshold === "string")
    return test(value < threshold ? -1 : value > threshold ? 1 : 0);
  return false;
}
