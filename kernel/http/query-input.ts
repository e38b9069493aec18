import { z } from "zod";
import type { Operation } from "../operation/define.ts";

type Schema = { type?: string; properties?: Record<string, Schema>; anyOf?: Schema[]; items?: Schema };
const schemas = new WeakMap<Operation, Record<string, Schema>>();

function fieldsOf(operation: Operation): Record<string, Schema> {
  let known = schemas.get(operation);
  if (!known) {
    const schema = z.toJSONSchema(operation.input, { io: "input", unrepresentable: "any" }) as Schema;
    known = schema.properties ?? {};
    schemas.set(operation, known);
  }
  return known;
}

function convert(schema: Schema | undefined, value: string | string[]): unknown {
  if (!schema) return value;
  if (schema.anyOf) {
    // One or several: a name given more than once is the list.
    const several = Array.isArray(value) ? schema.anyOf.find((one) => one.type === "array") : undefined;
    return convert(several ?? schema.anyOf.find((one) => one.type !== "null"), value);
  }
  if (schema.type === "array")
    return (Array.isArray(value) ? value : value.split(",")).map((one) => convert(schema.items, one));
  if (Array.isArray(value)) return value.at(-1);
  if (schema.type === "integer" || schema.type === "number")
    return value.trim() === "" || Number.isNaN(Number(value)) ? value : Number(value);
  if (schema.type === "boolean") return value === "true" ? true : value === "false" ? false : value;
  return value;
}

/** The input of a query from its address: `?input=<JSON>`, or flat parameters converted by the declared types. */
export function queryInput(operation: Operation, query: Record<string, string | string[] | undefined>): unknown {
  if (typeof query.input === "string") {
    try {
      return JSON.parse(query.input);
    } catch {
      return query.input;
    }
  }
  const fields = fieldsOf(operation);
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, convert(fields[name], value)]],
    ),
  );
}
