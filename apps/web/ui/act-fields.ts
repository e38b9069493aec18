import { z } from "zod";
import type { Operation } from "../../../kernel/operation/define.ts";

/** One field of a form made from an operation's declared input (字段), in the order of the declaration. */
export type ActField =
  | {
      readonly kind:
        | "text"
        | "long"
        | "date"
        | "instant"
        | "money"
        | "integer"
        | "number"
        | "yes-no"
        | "division"
        | "lines"
        | "file"
        | "files"
        | "id";
      readonly name: string;
      readonly required: boolean;
      readonly max?: number;
    }
  | {
      readonly kind: "choice" | "choices";
      readonly name: string;
      readonly required: boolean;
      readonly values: readonly string[];
    }
  | { readonly kind: "group"; readonly name: string; readonly required: boolean; readonly fields: readonly ActField[] }
  | {
      readonly kind: "repeat";
      readonly name: string;
      readonly required: boolean;
      readonly fields: readonly ActField[];
      readonly max?: number;
    };

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
}

/** Names that hold a kept file, whatever the operation. */
const fileName = /^(fileId|proof|evidenceId|voiceId|signatureId)$/;
const divisionName = /division$/i;
/** Long by limit, one line by nature. */
const oneLine = /^(domicile|activityArea|surplus)$/;

function withoutNull(schema: Schema): Schema {
  return schema.anyOf?.find((one) => one.type !== "null") ?? schema;
}

function fieldOf(name: string, given: Schema, required: boolean): ActField | undefined {
  const schema = withoutNull(given);
  const last = name.split(".").at(-1) ?? name;
  if (schema.enum) return { kind: "choice", name, required, values: schema.enum.map(String) };
  switch (schema.type) {
    case "string":
      if (schema.format === "date") return { kind: "date", name, required };
      if (schema.format === "date-time") return { kind: "instant", name, required };
      if (schema.format === "uuid") return { kind: fileName.test(last) ? "file" : "id", name, required };
      if (divisionName.test(last)) return { kind: "division", name, required };
      return {
        kind: (schema.maxLength ?? 0) > 300 && !oneLine.test(last) ? "long" : "text",
        name,
        required,
        max: schema.maxLength,
      };
    case "integer":
    case "number":
      if (last.endsWith("Fen")) return { kind: "money", name, required };
      return { kind: schema.type, name, required };
    case "boolean":
      return { kind: "yes-no", name, required };
    case "array": {
      const items = withoutNull(schema.items ?? {});
      if (items.format === "uuid") return { kind: "files", name, required, max: schema.maxItems };
      if (items.enum) return { kind: "choices", name, required, values: items.enum.map(String) };
      if (items.type === "string") return { kind: "lines", name, required, max: schema.maxItems };
      if (items.properties)
        return { kind: "repeat", name, required, fields: fieldsOf(items, ""), max: schema.maxItems };
      return undefined;
    }
    case "object":
      return schema.properties ? { kind: "group", name, required, fields: fieldsOf(schema, `${name}.`) } : undefined;
    default:
      return undefined;
  }
}

function fieldsOf(schema: Schema, prefix: string): ActField[] {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).flatMap(
    ([name, one]) => fieldOf(`${prefix}${name}`, one, required.has(name)) ?? [],
  );
}

/** Fields a person fills in for an operation (表单字段): everything declared, without what the page already knows. */
export function actFields(operation: Pick<Operation, "input">, fixed: Readonly<Record<string, unknown>>): ActField[] {
  const schema = z.toJSONSchema(operation.input, { io: "input", unrepresentable: "any" }) as Schema;
  return fieldsOf(schema, "").filter((field) => !(field.name in fixed));
}

/** The rows of a repeated group are kept under numbered names; this one says how many there are. */
export function countName(name: string): string {
  return `${name}.#`;
}

/** Flat names back into the declared shape; what is empty is left out, and a group of which nothing is filled in too. */
export function inputFrom(
  fields: readonly ActField[],
  values: Readonly<Record<string, unknown>>,
  fixed: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const out: Record<string, unknown> = { ...fixed };
  const filled = (value: unknown) =>
    value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
  for (const field of fields) {
    const key = field.name.split(".").at(-1) as string;
    if (field.kind === "group") {
      const inner = inputFrom(field.fields, values);
      if (Object.keys(inner).length > 0 || field.required) out[key] = inner;
    } else if (field.kind === "repeat") {
      const count = Number(values[countName(field.name)] ?? (field.required ? 1 : 0));
      const rows = Array.from({ length: count }, (_, at) =>
        inputFrom(
          field.fields,
          Object.fromEntries(field.fields.flatMap((one) => [[one.name, values[`${field.name}.${at}.${one.name}`]]])),
        ),
      );
      if (rows.length > 0 || field.required) out[key] = rows;
    } else if (field.kind === "lines") {
      const lines = String(values[field.name] ?? "")
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean);
      if (lines.length > 0 || field.required) out[key] = lines;
    } else {
      const value = values[field.name];
      if (filled(value)) out[key] = typeof value === "string" ? value.trim() : value;
    }
  }
  return out;
}
