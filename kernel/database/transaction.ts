import type { PoolClient, QueryResult } from "pg";
import { literal, type Statement } from "./sql.ts";

/**
 * Who the database believes is asking (数据范围). Staff see a half-open range of divisions and write under their own
 * home; workers see and write a set of villages; organisations and supervisory units see what carries their id; `public` writes intake tables only.
 */
export type Scope =
  | { readonly kind: "staff"; readonly lo: string; readonly hi: string; readonly home: string }
  | { readonly kind: "worker"; readonly divisions: readonly string[]; readonly home: string }
  | { readonly kind: "organisation"; readonly organisation: string; readonly home: string }
  | { readonly kind: "unit"; readonly unit: string }
  | { readonly kind: "intake"; readonly receipt?: string }
  | { readonly kind: "portal" }
  | { readonly kind: "auth" }
  | { readonly kind: "system" };

/** The grant roles of the database, one per kind of scope; policies are written once for each (kernel/access). */
export const grantRoles = {
  staff: "shanzhi_staff",
  worker: "shanzhi_worker",
  organisation: "shanzhi_organisation",
  unit: "shanzhi_unit",
  intake: "shanzhi_intake",
  portal: "shanzhi_portal",
  auth: "shanzhi_auth",
  system: "shanzhi_system",
  lookup: "shanzhi_lookup",
} as const;

/** The statements one transaction may make (事务). Everything a handler can reach of the database goes through here. */
export interface Tx {
  many<Row>(statement: Statement): Promise<Row[]>;
  maybe<Row>(statement: Statement): Promise<Row | undefined>;
  one<Row>(statement: Statement): Promise<Row>;
  /** Runs a write and answers how many rows it touched. */
  run(statement: Statement): Promise<number>;
  /** Runs a write whose answer nobody needs: it goes out with the commit, which fails when it does. */
  last(statement: Statement): Promise<void>;
  /** Least answer across scopes (跨范围查询): runs `ask` as the lookup role, then returns to the actor's own. */
  lookup<T>(ask: (tx: Tx) => Promise<T>): Promise<T>;
  /** Becomes another scope for the rest of the transaction; only the kernel's own prologues call it. */
  assume(scope: Scope): Promise<void>;
}

/** A statement came after one that had failed in the same transaction. */
export const isAborted = (error: unknown) => (error as { code?: string } | undefined)?.code === "25P02";

/** The words that put a scope in force; one simple-protocol statement of checked literals. */
export function scopeStatement(scope: Scope): string {
  const words = [`set local role ${grantRoles[scope.kind]}`];
  const set = (name: string, value: string) => words.push(`set local ${name} = ${literal(value)}`);
  if (scope.kind === "staff") {
    set("app.lo", scope.lo);
    set("app.hi", scope.hi);
    set("app.home", scope.home);
  } else if (scope.kind === "worker") {
    set("app.divisions", scope.divisions.join(","));
    set("app.home", scope.home);
  } else if (scope.kind === "organisation") {
    set("app.organisation", scope.organisation);
    set("app.home", scope.home);
  } else if (scope.kind === "unit") set("app.unit", scope.unit);
  else if (scope.kind === "intake") set("app.receipt", scope.receipt ?? "");
  return words.join("; ");
}

/**
 * A transaction over one pooled connection. Statements go out in the order in which they are asked for; over a pipelined
 * connection the next one need not wait for the answer to the one before, and those of one moment travel together.
 */
export class PgTransaction implements Tx {
  readonly #client: PoolClient;
  readonly #pipelined: boolean;
  /** Statements nobody waits for by themselves: the commit does, and fails with them. */
  readonly #unawaited: Promise<unknown>[];
  #scope: Scope;
  /** The last statement sent, where the connection takes one at a time. */
  #turn: Promise<unknown> = Promise.resolve();
  /** Given up: what still waits for its turn must not run, for it would run after the rollback, outside any transaction. */
  #abandoned = false;
  /** While a lookup runs, everything else of this transaction waits: it must not be asked under the lookup's role. */
  #gate: Promise<void> | undefined;

  constructor(client: PoolClient, scope: Scope, pipelined = false, unawaited: Promise<unknown>[] = []) {
    this.#client = client;
    this.#scope = scope;
    this.#pipelined = pipelined;
    this.#unawaited = unawaited;
  }

  #send(statement: string | Statement): Promise<QueryResult> {
    if (this.#abandoned) return Promise.reject(new Error("the transaction was given up"));
    if (this.#pipelined) return send(this.#client, statement);
    const answer = this.#turn.then(() => {
      if (this.#abandoned) throw new Error("the transaction was given up");
      return this.#client.query(statement as string);
    });
    this.#turn = answer.catch(() => {});
    return answer;
  }

  #leave(statement: string | Statement): void {
    const answer = this.#send(statement);
    answer.catch(() => {});
    this.#unawaited.push(answer);
  }

  async #ask(statement: Statement): Promise<QueryResult> {
    while (this.#gate) await this.#gate;
    return this.#send(statement);
  }

  async many<Row>(statement: Statement): Promise<Row[]> {
    return (await this.#ask(statement)).rows as Row[];
  }
  async maybe<Row>(statement: Statement): Promise<Row | undefined> {
    return (await this.many<Row>(statement))[0];
  }
  async one<Row>(statement: Statement): Promise<Row> {
    const rows = await this.many<Row>(statement);
    if (rows.length !== 1) throw new Error(`expected one row, got ${rows.length}: ${statement.text.slice(0, 200)}`);
    return rows[0] as Row;
  }
  async run(statement: Statement): Promise<number> {
    return (await this.#ask(statement)).rowCount ?? 0;
  }
  async last(statement: Statement): Promise<void> {
    while (this.#gate) await this.#gate;
    this.#leave(statement);
  }
  async lookup<T>(ask: (tx: Tx) => Promise<T>): Promise<T> {
    while (this.#gate) await this.#gate;
    let open = () => {};
    this.#gate = new Promise((resolve) => {
      open = resolve;
    });
    this.#leave(`set local role ${grantRoles.lookup}`);
    try {
      if (!this.#pipelined) await this.#turn;
      return await ask(new PgTransaction(this.#client, this.#scope, this.#pipelined, this.#unawaited));
    } finally {
      this.#leave(`set local role ${grantRoles[this.#scope.kind]}`);
      this.#gate = undefined;
      open();
    }
  }
  async assume(scope: Scope): Promise<void> {
    while (this.#gate) await this.#gate;
    this.#scope = scope;
    this.#leave(scopeStatement(scope));
  }
  /**
   * Gives up before a rollback: nothing more is sent, and what was sent has been answered. Answers why: where a statement nobody
   * waited for had failed, those after it were only told that the transaction is aborted.
   */
  async abandon(error: unknown): Promise<unknown> {
    this.#abandoned = true;
    await this.#turn;
    if (!isAborted(error)) return error;
    const ends = await Promise.allSettled(this.#unawaited);
    return ends.find((end) => end.status === "rejected")?.reason ?? error;
  }
  /** Commits, and fails when any statement of the transaction had failed: an aborted transaction "commits" in silence. */
  async commit(): Promise<void> {
    const done = this.#send("commit");
    const [ended, ...others] = await Promise.allSettled([done, ...this.#unawaited]);
    const failed = others.find((one) => one.status === "rejected") ?? ended;
    if (failed.status === "rejected") throw failed.reason;
    if (ended.status === "fulfilled" && ended.value.command !== "COMMIT")
      throw new Error("the transaction was rolled back: one of its statements had failed");
  }
}

interface Corked {
  readonly connection?: { readonly stream?: { cork(): void; uncork(): void } };
}

const corked = new WeakSet<object>();

/** Sends over a pipelined connection; what is asked in one moment leaves as one packet. */
function send(client: PoolClient, statement: string | Statement): Promise<QueryResult> {
  const stream = (client as unknown as Corked).connection?.stream;
  if (stream && !corked.has(stream)) {
    corked.add(stream);
    stream.cork();
    process.nextTick(() => {
      corked.delete(stream);
      stream.uncork();
    });
  }
  return client.query(statement as string);
}

/** Begins a transaction under a scope without waiting for the answer: what follows cannot run without it. */
export function begin(
  client: PoolClient,
  scope: Scope,
  pipelined: boolean,
): { tx: PgTransaction; began: Promise<unknown> } {
  const words = `begin; ${scopeStatement(scope)}`;
  if (!pipelined) return { tx: new PgTransaction(client, scope), began: client.query(words) };
  const began = send(client, words);
  began.catch(() => {});
  return { tx: new PgTransaction(client, scope, true), began };
}
