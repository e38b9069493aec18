import { createHash } from "node:crypto";
import type { z } from "zod";
import { CalendarUnknownError } from "../clock/calendar.ts";
import { dateInShanghai } from "../clock/date.ts";
import type { Database } from "../database/database.ts";
import { sql } from "../database/sql.ts";
import { isAborted, type Tx } from "../database/transaction.ts";
import { actorLabel } from "../procedure/procedure.ts";
import { canonical } from "../vault/canonical.ts";
import { digest as keyedDigest } from "../vault/seal.ts";
import type { Actor, CarriedAct, Context, Effect, House, Relay, Subject, Upload } from "./context.ts";
import { type Facts, moduleOf, type Operation } from "./define.ts";
import { type FieldProblem, InvalidInput, Refusal } from "./errors.ts";
import type { Handler } from "./handle.ts";
import { newId } from "./ids.ts";

/** What a request brings beside its input. */
export interface Call {
  readonly actor: Actor;
  readonly requestId: string;
  /** Idempotency key chosen by the client; a replay gets the first answer. */
  readonly key?: string;
  readonly upload?: Upload;
  readonly now: Date;
  /** Given by a relay only: an act that was recorded on a phone before. */
  readonly act?: Omit<CarriedAct, "operation" | "input" | "key">;
}

/** The machine that runs operations (操作执行): permission, validation, transaction, journal, idempotency. */
export interface Executor {
  run(handler: Handler, input: unknown, call: Call): Promise<unknown>;
}

interface Entry {
  readonly event: string;
  readonly subject: Subject;
  readonly facts: Facts;
}

/** Field problems from a zod error: one per field, the code first, the limits as facts. */
export function problemsOf(error: z.ZodError): FieldProblem[] {
  return error.issues.map((issue) => {
    const { path, code, message, ...facts } = issue as z.core.$ZodIssue & Record<string, unknown>;
    delete facts.input;
    delete facts.inst;
    const problem = code === "custom" || /^[a-z][a-z0-9/-]+$/.test(message) ? message : code;
    return { path: path.map((part) => (typeof part === "symbol" ? String(part) : part)), problem, facts };
  });
}

function parse(operation: Operation, input: unknown): unknown {
  const result = operation.input.safeParse(input);
  if (!result.success) throw new InvalidInput(problemsOf(result.error));
  return result.data;
}

/** The input without its private fields, wherever they stand. */
export function withoutPrivate(value: unknown, hidden: readonly string[]): unknown {
  if (hidden.length === 0 || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => withoutPrivate(one, hidden));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, hidden.includes(key) ? "(sealed)" : withoutPrivate(one, hidden)]),
  );
}

/** Who may: the role must be among the operation's; the public reaches public doors only. */
export function permitted(operation: Operation, actor: Actor): boolean {
  return actor.role === "system" || operation.who.includes(actor.role);
}

/** A term that reaches into years without known holidays is refused by name, never guessed. */
function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  // The second wall held where a handler did not look first: a write to rows of another register.
  if ((error as { code?: string }).code === "42501" && /row-level security/.test((error as Error).message))
    return new Refusal("auth/outside-your-register", 403);
  if (error instanceof CalendarUnknownError) return new Refusal("clock/holidays-unknown", 409, { year: error.year });
  return undefined;
}

/** A serialisation failure or a deadlock: nothing was written, worth one more try. */
function isTransient(error: unknown): boolean {
  const code = (error as { code?: string }).code;
  return code === "40001" || code === "40P01";
}

/**
 * Carries out effects in their order: all begin at once, so what each sends before its first wait keeps its place and
 * nobody waits for an answer that is not needed. What goes wrong first is what is told; effects may queue others.
 */
async function carryOut(tx: Tx, effects: readonly Effect[]): Promise<void> {
  for (let done = 0; done < effects.length; ) {
    const next = effects.slice(done);
    done = effects.length;
    const ends = await Promise.allSettled(next.map((effect) => effect(tx)));
    const failed =
      ends.find((end) => end.status === "rejected" && end.reason instanceof Refusal) ??
      ends.find((end) => end.status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
  }
}

function failing(operation: Operation): (code: string, facts?: Facts) => never {
  return (code, facts) => {
    const status = operation.refusals[code];
    if (!status) throw new Error(`${operation.id} refuses with an undeclared code: ${code}`);
    throw new Refusal(code, status, facts);
  };
}

/** What the journal says of an act that was recorded before it arrived. */
function actFacts(call: Call): Facts {
  if (!call.act) return {};
  const { happenedAt, device, clockDrift, facts } = call.act;
  return { act: { ...facts, happenedAt: happenedAt.toISOString(), device, clockDrift } };
}

/** An answer or a refusal as it is kept under its key. */
interface Kept {
  readonly body: unknown;
  readonly status: number;
}

/** What was answered the first time under the same key: whatever the handler did beside the claim is rolled back. */
class Answered extends Error {
  readonly first: Kept;
  constructor(first: Kept) {
    super("answered before");
    this.first = first;
  }
}

/** Makes the machine. `find` knows every handler of the house, for relays. */
export function makeExecutor(
  database: Database,
  house: House,
  find: (id: string) => Handler | undefined = () => undefined,
): Executor {
  const contextOf = (
    tx: Tx,
    operation: Operation,
    call: Call,
    effects: Effect[],
    entries: Entry[],
  ): Context<string> => ({
    tx,
    actor: call.actor,
    now: call.now,
    today: dateInShanghai(call.now),
    happenedAt: call.act?.happenedAt ?? call.now,
    device: call.act?.device ?? null,
    clockDrift: call.act?.clockDrift ?? null,
    requestId: call.requestId,
    operation: operation.id,
    house,
    newId: () => newId(call.now.getTime()),
    fail: failing(operation),
    journal: (event, subject, facts = {}) => {
      entries.push({ event, subject, facts });
    },
    later: (effect) => {
      effects.push(effect);
    },
  });

  async function query(handler: Handler, input: unknown, call: Call): Promise<unknown> {
    return database.transaction(call.actor.scope, async (tx) => {
      const effects: Effect[] = [];
      const ctx = contextOf(tx, handler.operation, call, effects, []);
      const answer = await handler.run(input, ctx, call.upload);
      if (effects.length > 0) throw new Error(`${handler.operation.id} is a query but wants to write`);
      return handler.operation.download ? answer : handler.operation.output.parse(answer);
    });
  }

  /** Journal entries and the kept answer as one statement: the last of every command. */
  async function close(
    tx: Tx,
    operation: Operation,
    call: Call,
    input: unknown,
    entries: readonly Entry[],
    answer: { status: number; body: unknown },
    refused?: Refusal,
  ) {
    const commitment = keyedDigest(house.keys, "journal", canonical(input));
    const fallback: Entry = {
      event: operation.id,
      subject: {
        kind: moduleOf(operation),
        id: null,
        home: call.actor.home,
        division: call.actor.division ?? call.actor.home,
      },
      facts: {},
    };
    const silent = operation.quiet && entries.length === 0 && refused === undefined;
    const rows = (entries.length > 0 ? entries : silent ? [] : [fallback]).map((entry, at) => ({
      home_code: entry.subject.home,
      id: newId(call.now.getTime()),
      division_code: entry.subject.division,
      event: entry.event,
      subject_kind: entry.subject.kind,
      subject_id: entry.subject.id,
      payload: at === 0 ? { ...entry.facts, ...actFacts(call), input: journalled(operation, input) } : entry.facts,
    }));
    const keyed = call.key !== undefined && call.actor.role !== "system";
    await tx.last(sql`
      with entry as (
        insert into journal_entry (home_code, id, division_code, at, actor_id, actor_label, operation, event, subject_kind, subject_id, refused, code, payload, request_id, commitment)
        select home_code, id, division_code, ${call.now}, ${call.actor.accountId}::uuid, ${actorLabel(call.actor)}, ${operation.id}, event, subject_kind, subject_id,
          ${refused !== undefined}, ${refused?.code ?? null}, payload, ${call.requestId}, ${commitment}
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, id uuid, division_code text, event text, subject_kind text, subject_id uuid, payload jsonb))
      update idempotency set answer = ${JSON.stringify(answer.body ?? null)}, status = ${answer.status}
      where ${keyed} and actor_id = ${idOf(call.actor)} and operation = ${operation.id} and key = ${call.key ?? ""}`);
  }

  /** Claims the key of a call; what was answered under it before, when it is taken. */
  async function claim(tx: Tx, operation: Operation, call: Call, input: unknown): Promise<Kept | undefined> {
    if (call.key === undefined || call.actor.role === "system") return undefined;
    const digest = digestOf(input);
    const fresh = await tx.run(sql`
      insert into idempotency (actor_id, operation, key, input_digest, at)
      values (${idOf(call.actor)}, ${operation.id}, ${call.key}, ${digest}, ${call.now}) on conflict do nothing`);
    return fresh === 1 ? undefined : kept(tx, operation, call, digest);
  }

  async function kept(tx: Tx, operation: Operation, call: Call, digest: string): Promise<Kept | undefined> {
    const first = await tx.maybe<{ input_digest: string; answer: unknown; status: number | null }>(sql`
      select input_digest, answer, status from idempotency
      where actor_id = ${idOf(call.actor)} and operation = ${operation.id} and key = ${call.key ?? ""}`);
    if (first && first.input_digest !== digest)
      throw new Refusal("operation/key-used-for-another-input", 409, { key: call.key });
    return first && { body: first.answer, status: first.status ?? 200 };
  }

  function replay(first: Kept): unknown {
    if (first.status < 400) return first.body;
    const kept = first.body as { code: string; facts: Facts };
    throw new Refusal(kept.code, first.status as 409, kept.facts);
  }

  async function command(handler: Handler, input: unknown, call: Call): Promise<unknown> {
    const { operation } = handler;
    try {
      return await database.transaction(call.actor.scope, async (tx) => {
        const effects: Effect[] = [];
        const entries: Entry[] = [];
        const ctx = contextOf(tx, operation, call, effects, entries);
        const claimed = claim(tx, operation, call, input);
        // What the handler asks travels with the claim and is answered after it; a file is not touched before the key is ours.
        const run = async () => (call.upload && (await claimed) ? undefined : handler.run(input, ctx, call.upload));
        const [first, ran] = await Promise.allSettled([claimed, run()]);
        if (first.status === "rejected") throw first.reason;
        if (first.value) throw new Answered(first.value);
        if (ran.status === "rejected") throw ran.reason;
        const answer = ran.value;
        const body = operation.download ? answer : operation.output.parse(answer);
        effects.push(...(call.act?.effects ?? []));
        await tx.assume({ kind: "system" });
        await carryOut(tx, effects);
        await close(tx, operation, call, input, entries, {
          status: 200,
          body: operation.download ? null : withoutPrivate(body, operation.secretAnswer),
        });
        return body;
      });
    } catch (error) {
      if (error instanceof Answered) return replay(error.first);
      // A replay's handler failed in the database before the first answer could be read there.
      const first = isAborted(error)
        ? await database.transaction(call.actor.scope, (tx) => kept(tx, operation, call, digestOf(input)))
        : undefined;
      if (first) return replay(first);
      const refusal = refusalOf(error);
      if (refusal) await keepRefusal(operation, call, input, refusal);
      throw refusal ?? error;
    }
  }

  /**
   * A refusal is part of the record. The refused transaction is rolled back whole and the refusal written in one of its
   * own: no savepoint in the common path. A replay that ran at the same moment keeps whichever answer came first.
   */
  async function keepRefusal(operation: Operation, call: Call, input: unknown, refusal: Refusal): Promise<void> {
    if (refusal.code === "operation/key-used-for-another-input") return;
    const kept = await database.transaction(call.actor.scope, async (tx) => {
      const first = await claim(tx, operation, call, input);
      if (first) return first;
      await tx.assume({ kind: "system" });
      await carryOut(tx, refusal.effects);
      await close(
        tx,
        operation,
        call,
        input,
        [],
        { status: refusal.status, body: { code: refusal.code, facts: refusal.facts } },
        refusal,
      );
      return undefined;
    });
    if (kept) replay(kept);
  }

  /** A relay has no transaction: each operation it hands on has its own, and none stands inside another. */
  async function handOn(handler: Handler, input: unknown, call: Call): Promise<unknown> {
    const { operation } = handler;
    const onward = (id: string, may: (next: Operation) => boolean): Handler => {
      const next = find(id);
      if (!next || next.operation.relay || !may(next.operation))
        throw new Error(`${operation.id} may not hand on ${id}`);
      return next;
    };
    const desk: Relay<string> = {
      actor: call.actor,
      now: call.now,
      requestId: call.requestId,
      house,
      newId: () => newId(call.now.getTime()),
      fail: failing(operation),
      offline: (id) => {
        const known = find(id)?.operation;
        return known?.offline ? known : undefined;
      },
      step: (next, stepInput, key) =>
        executor.run(
          onward(next.id, (one) => one.door === "internal" && moduleOf(one) === moduleOf(operation)),
          stepInput,
          { actor: call.actor, now: call.now, requestId: call.requestId, ...(key ? { key } : {}) },
        ) as never,
      carry: ({ operation: id, input: carried, key, ...act }) =>
        executor.run(
          onward(id, (one) => one.offline),
          carried,
          { actor: call.actor, now: call.now, requestId: call.requestId, act, ...(key ? { key } : {}) },
        ),
    };
    return operation.output.parse(await handler.run(input, desk));
  }

  const executor: Executor = {
    async run(handler, raw, given) {
      const { operation } = handler;
      // Signing in again is signing in anew: an answer that is a session is neither kept nor repeated.
      const call = operation.door === "auth" ? { ...given, key: undefined } : given;
      if (!permitted(operation, call.actor)) {
        const status = call.actor.role === "public" ? 401 : 403;
        const refusal = new Refusal(status === 401 ? "auth/sign-in-first" : "auth/not-your-role", status, {
          operation: operation.id,
          roles: operation.who,
        });
        if (operation.kind === "command" && status === 403)
          await keepRefusal(operation, { ...call, key: undefined }, {}, refusal);
        throw refusal;
      }
      const input = parse(operation, raw);
      if (operation.relay) return handOn(handler, input, call);
      if (operation.kind === "query") return query(handler, input, call);
      for (let attempt = 1; ; attempt++) {
        try {
          return await command(handler, input, call);
        } catch (error) {
          if (!isTransient(error) || attempt === 3) throw error;
        }
      }
    },
  };
  return executor;
}

const digestOf = (input: unknown) => createHash("sha256").update(canonical(input)).digest("base64url");

/** The public and the system share one id under which their keys are kept. */
function idOf(actor: Actor): string {
  return actor.accountId ?? "00000000-0000-0000-0000-000000000000";
}

/** What of an input may stand in the journal: no private fields, no endless lists. */
function journalled(operation: Operation, input: unknown): unknown {
  const clean = withoutPrivate(input, operation.privateFields);
  return JSON.stringify(clean ?? null).length > 8_000
    ? { digest: createHash("sha256").update(canonical(clean)).digest("hex") }
    : clean;
}
