import type { z } from "zod";
import type { Citation } from "../rule/rule.ts";

/**
 * Roles of the house (角色). Staff roles are granted on a division and see everything inside it: `registrar` keeps
 * organisations, `officer` (民政经办人) keeps people and their care. `worker` (村（社区）工作者) is granted on villages and
 * sees exactly those, several at once; `organisation` is granted on one organisation, `supervisory-unit` (业务主管单位)
 * on one unit; `public` is anybody, without an account.
 */
export const staffRoles = ["administrator", "registrar", "officer", "decider", "publisher", "auditor"] as const;
export const allRoles = [...staffRoles, "worker", "organisation", "supervisory-unit", "public"] as const;
/** Everybody with an account. */
export const everyone = [...staffRoles, "worker", "organisation", "supervisory-unit"] as const;
export type StaffRole = (typeof staffRoles)[number];
export type Role = (typeof allRoles)[number];

/** The facts a refusal carries to the reader; the sentence is made from words in the reader's language. */
export type Facts = Readonly<Record<string, unknown>>;

/** How a command can be fed from a spreadsheet (导入): one row is one input. */
export interface SheetColumn {
  readonly field: string;
  /** Accepted headers, Chinese first; the first one is printed in the template. */
  readonly headers: readonly string[];
  readonly kind: "text" | "code" | "date" | "money" | "integer" | "boolean" | "enum" | "ratio";
  readonly required?: boolean;
  readonly values?: Readonly<Record<string, readonly string[]>>;
  readonly note?: string;
  /** Unit of an amount when neither header nor cell names one; without it the importer is asked. */
  readonly unit?: "yuan" | "wan";
  readonly negative?: boolean;
}

/** Which door an operation goes through: staff and organisations; the public pages that only read; intake; `device` hears machines that sign what they send; sign-in; `verify` confirms a paper by its code; `internal` has no route: only jobs call it. */
export type Door = "app" | "portal" | "intake" | "device" | "auth" | "verify" | "internal";

/** One thing a person or a machine may do (操作): the single source of route, validation, permission, audit and form. */
export interface Operation<In = unknown, Sent = unknown, Out = unknown, Code extends string = string> {
  readonly kind: "command" | "query";
  /** `module.verb-thing`; also the OpenAPI operationId. */
  readonly id: string;
  readonly who: readonly Role[];
  readonly door: Door;
  readonly input: z.ZodType<In, Sent>;
  readonly output: z.ZodType<Out>;
  /** Declared refusals (拒绝理由) and the HTTP status each answers with. */
  readonly refusals: Readonly<Record<Code, RefusalStatus>>;
  readonly law: readonly Citation[];
  readonly sheet?: readonly SheetColumn[];
  /** Fields never written to the journal, only their salted digest. */
  readonly privateFields: readonly string[];
  /** Fields of the answer that are shown once: a replay of the command gets them empty, the database never holds them. */
  readonly secretAnswer: readonly string[];
  /** Carried by the multipart door instead of a JSON body. */
  readonly upload: boolean;
  /** The answer is a file: the handler returns `{ fileName, contentType, body }`. */
  readonly download: boolean;
  /** May be recorded on a phone without network and sent later (离线): such a command is never refused on arrival, but held. */
  readonly offline: boolean;
  /** Hands on other commands and has no transaction of its own (中继): its handler is made with `relay`. */
  readonly relay: boolean;
  /** Comes in by the thousand and mostly says nothing new (静默): the journal gets an entry only when the handler names an event, or on a refusal. */
  readonly quiet: boolean;
}

export type RefusalStatus = 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429;

interface Declaration<In, Sent, Out, Code extends string> {
  readonly who: readonly Role[];
  readonly door?: Door;
  readonly input: z.ZodType<In, Sent>;
  readonly output: z.ZodType<Out>;
  readonly refusals?: Readonly<Record<Code, RefusalStatus>>;
  readonly law?: readonly Citation[];
  readonly sheet?: readonly SheetColumn[];
  readonly privateFields?: readonly string[];
  readonly secretAnswer?: readonly string[];
  readonly upload?: boolean;
  readonly download?: boolean;
  readonly offline?: boolean;
  readonly relay?: boolean;
  readonly quiet?: boolean;
}

function define<In, Sent, Out, Code extends string>(
  kind: "command" | "query",
  id: string,
  given: Declaration<In, Sent, Out, Code>,
): Operation<In, Sent, Out, Code> {
  return {
    kind,
    id,
    who: given.who,
    door: given.door ?? "app",
    input: given.input,
    output: given.output,
    refusals: given.refusals ?? ({} as Record<Code, RefusalStatus>),
    law: given.law ?? [],
    privateFields: given.privateFields ?? [],
    secretAnswer: given.secretAnswer ?? [],
    upload: given.upload ?? false,
    download: given.download ?? false,
    offline: given.offline ?? false,
    relay: given.relay ?? false,
    quiet: given.quiet ?? false,
    ...(given.sheet ? { sheet: given.sheet } : {}),
  };
}

/** Declares something that changes the record: journalled, idempotent, in one transaction (命令). */
export function defineCommand<In, Sent, Out, Code extends string = never>(
  id: string,
  given: Declaration<In, Sent, Out, Code>,
): Operation<In, Sent, Out, Code> {
  return define("command", id, given);
}

/** Declares a question that changes nothing (查询). */
export function defineQuery<In, Sent, Out, Code extends string = never>(
  id: string,
  given: Declaration<In, Sent, Out, Code>,
): Operation<In, Sent, Out, Code> {
  return define("query", id, given);
}

/** The path of an operation: `organisations.record-existing` → `/api/organisations/record-existing`. */
export function pathOf(operation: { readonly id: string }): string {
  return `/api/${operation.id.replace(".", "/")}`;
}

/** The module an operation belongs to. */
export function moduleOf(operation: { readonly id: string }): string {
  return operation.id.slice(0, operation.id.indexOf("."));
}
