import { isDate } from "../clock/date.ts";

/**
 * Readers of facts. A rule is asked by screens, by other programs and by files people wrote, so a field may be absent,
 * null or of another type; each reader then answers `undefined`, which every rule treats as "not known".
 */

/** A number, also when written as text; money in whatever unit the rule names. */
export function num(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "string" || !/^\s*-?\d+(\.\d+)?\s*$/.test(value)) return undefined;
  return Number(value);
}

/** A non-empty text. */
export function str(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/** A yes or a no. */
export function flag(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

/** A calendar date (日期) that exists, "YYYY-MM-DD". */
export function day(value: unknown): string | undefined {
  return isDate(value) ? value : undefined;
}

/** A list, else the empty list. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** An object, else the empty object. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** True when the field was given at all, even as null: "not filed" differs from "not mentioned". */
export function given(facts: object, field: string): boolean {
  return Object.hasOwn(facts, field) && (facts as Record<string, unknown>)[field] !== undefined;
}
