import { z } from "zod";
import type { Operation } from "../../kernel/operation/define.ts";
import { newId } from "../../kernel/operation/ids.ts";

/** A JSON schema as zod writes it, as far as a sample needs it. */
interface Shape {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly default?: unknown;
}

/** Known values by field name: ids of the subjects a test stands on. */
export type KnownFields = Readonly<Record<string, unknown>>;

/** What stands in any text nobody has given. */
export const sampleText = "样本文字";

function sampleOf(shape: Shape, field: string, known: KnownFields): unknown {
  if (field in known) return known[field];
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return shape.enum[0];
  if (shape.anyOf) return sampleOf(shape.anyOf.find((one) => one.type !== "null") ?? {}, field, known);
  const type = typeof shape.type === "string" ? shape.type : shape.type?.find((one) => one !== "null");
  switch (type) {
    case "object":
      return Object.fromEntries(
        Object.entries(shape.properties ?? {})
          .filter(([name]) => shape.required?.includes(name) || name in known)
          .map(([name, inner]) => [name, sampleOf(inner, name, known)]),
      );
    case "array":
      return Array.from({ length: shape.minItems ?? 0 }, () => sampleOf(shape.items ?? {}, "", known));
    case "integer":
    case "number":
      return Math.max(shape.minimum ?? 1, 1);
    case "boolean":
      return true;
    case "string":
      if (shape.format === "uuid") return newId();
      if (shape.format === "date") return "2026-06-01";
      if (shape.format === "date-time") return "2026-06-01T02:00:00Z";
      return sampleText.repeat(Math.ceil(Math.max(shape.minLength ?? 1, 4) / 4));
    default:
      return {};
  }
}

/**
 * An input that the contract of an operation accepts (样本输入): required fields by their shape, known subjects by their
 * field's name, and what only a person knows from `given`. Throws when the contract does not accept it.
 */
export function sampleInput(
  operation: Operation,
  known: KnownFields,
  given: KnownFields = {},
): Record<string, unknown> {
  const shape = z.toJSONSchema(operation.input, { io: "input", unrepresentable: "any" }) as Shape;
  const sample = { ...(sampleOf(shape, "", known) as Record<string, unknown>), ...given };
  const read = operation.input.safeParse(sample);
  if (!read.success)
    throw new Error(
      `${operation.id}: no sample input, give one in apps/testing/scene.ts: ${JSON.stringify(read.error.issues.map((one) => [one.path.join("."), one.message]))}`,
    );
  return sample;
}

/** Whether an operation's input names one of the known subjects. */
export function namesSubject(operation: Operation, known: KnownFields, given: KnownFields = {}): boolean {
  const shape = z.toJSONSchema(operation.input, { io: "input", unrepresentable: "any" }) as Shape;
  return (
    Object.keys(shape.properties ?? {}).some((name) => name in known) ||
    Object.values(given).some((value) => Object.values(known).includes(value))
  );
}
