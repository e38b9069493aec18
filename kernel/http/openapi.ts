import { z } from "zod";
import { moduleOf, type Operation, pathOf } from "../operation/define.ts";

function schemaOf(type: z.ZodType, io: "input" | "output"): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io, unrepresentable: "any" }) as Record<string, unknown>;
  return schema;
}

const problem = {
  type: "object",
  required: ["type", "title", "status", "code", "requestId"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    code: { type: "string" },
    facts: { type: "object" },
    problems: { type: "array", items: { type: "object" } },
    requestId: { type: "string" },
  },
};

function describeOperation(operation: Operation): Record<string, unknown> {
  const refusals = Object.entries(operation.refusals) as [string, number][];
  const statuses = [...new Set(refusals.map(([, status]) => status))];
  const responses: Record<string, unknown> = {
    "200": operation.download
      ? {
          description: "file",
          content: { "application/octet-stream": { schema: { type: "string", format: "binary" } } },
        }
      : { description: "done", content: { "application/json": { schema: schemaOf(operation.output, "output") } } },
    "422": { description: "invalid input", content: { "application/problem+json": { schema: problem } } },
  };
  for (const status of statuses) {
    const codes = refusals.filter(([, one]) => one === status).map(([code]) => code);
    responses[String(status)] = {
      description: codes.join(", "),
      content: { "application/problem+json": { schema: problem } },
    };
  }
  const common = {
    operationId: operation.id,
    tags: [moduleOf(operation)],
    "x-roles": operation.who,
    "x-law": operation.law,
    responses,
  };
  if (operation.kind === "query") {
    const schema = schemaOf(operation.input, "input") as { properties?: Record<string, unknown>; required?: string[] };
    const parameters = Object.entries(schema.properties ?? {}).map(([name, one]) => ({
      name,
      in: "query",
      required: schema.required?.includes(name) ?? false,
      schema: one,
    }));
    return { get: { ...common, parameters } };
  }
  const key = { name: "Idempotency-Key", in: "header", required: false, schema: { type: "string", maxLength: 200 } };
  const fields = schemaOf(operation.input, "input") as { properties?: Record<string, unknown> };
  const content = operation.upload
    ? {
        "multipart/form-data": {
          schema: {
            type: "object",
            required: ["file"],
            properties: { ...fields.properties, file: { type: "string", format: "binary" } },
          },
        },
      }
    : { "application/json": { schema: fields } };
  return { post: { ...common, parameters: [key], requestBody: { required: true, content } } };
}

/** The OpenAPI 3.1 description of every operation (接口说明): made from the contracts, never written by hand. */
export function openApi(operations: readonly Operation[], baseUrl: string): Record<string, unknown> {
  return {
    openapi: "3.1.0",
    info: {
      title: "善治 Shanzhi",
      version: "0.1.0",
      description: "Every operation of the system; operationId is the operation's id.",
    },
    servers: [{ url: baseUrl }],
    paths: Object.fromEntries(operations.map((operation) => [pathOf(operation), describeOperation(operation)])),
    components: {
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "shanzhi" },
        token: { type: "http", scheme: "bearer" },
      },
    },
  };
}
