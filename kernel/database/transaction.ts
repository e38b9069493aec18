import type { PoolClient } from "pg";
import { literal, type Statement } from "./sql.ts";

/**
 * Who the database believes is asking (数据范围). Staff see a half-open range of divisions and write under their own
 * home; organisations and supervisory units see what carries their id; `public` writes intake tables only.
 */
export type Scope =
  | { readonly kind: "staff"; readonly lo: string; readonly hi: string; readonly home: string }
  | { readonly kind: "organisation"; readonly organisation: string; readonly home: string }
  | { readonly kind: "unit"; readonly unit: string }
  | { readonly kind: "intake"; readonly receipt?: string }
  | { readonly kind: "portal" }
  | { readonly kind: "auth" }
  | { readonly kind: "system" };

/** The grant roles of the database, one per kind of scope; policies are written once for each (kernel/access). */
export const grantRoles = {
  staff: "shanzhi_staff",
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
  /** Least answer across scopes (跨范围查询): runs `ask` as the lookup role, then returns to the actor's own. */
  lookup<T>(ask: (tx: Tx) => Promise<T>): Promise<T>;
  /** Becomes another scope for the rest of the transaction; only the kernel's own prologues call it. */
  assume(scope: Scope): Promise<void>;
}

/** The words that put a scope in force; one simple-protocol statement of checked literals. */
export function scopeStatement(scope: Scope): string {
  const words = [`set local role ${grantRoles[scope.kind]}`];
  const set = (name: string, value: string) => words.push(`set local ${name} = ${literal(value)}`);
  if (scope.kind === "staff") {
    set("app.lo", scope.lo);
    set("app.hi", scope.hi);
    set("app.home", scope.home);
  } else if (scope.kind === "organisation") {
    set("app.organisation", scope.organisation);
    set("app.home", scope.home);
  } else if (scope.kind === "unit") set("app.unit", scope.unit);
  else if (scope.kind === "intake") set("app.receipt", scope.receipt ?? "");
  return words.join("; ");
}

/** A transaction over one pooled connection. */
export class PgTransaction implements Tx {
  readonly #client: PoolClient;
  #scope: Scope;
  constructor(client: PoolClient, scope: Scope) {
    this.#client = client;
    this.#scope = scope;
  }
  async many<Row>(statement: Statement): Promise<Row[]> {
    const result = await this.#client.query(statement as { text: string; values: unknown[] });
    return result.rows as Row[];
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
    const result = await this.#client.query(statement as { text: string; values: unknown[] });
    return result.rowCount ?? 0;
  }
  async lookup<T>(ask: (tx: Tx) => Promise<T>): Promise<T> {
    await this.#client.query(`set local role ${grantRoles.lookup}`);
    const answer = await ask(this);
    await this.#client.query(`set local role ${grantRoles[this.#scope.kind]}`);
    return answer;
  }
  async assume(scope: Scope): Promise<void> {
    this.#scope = scope;
    await this.#client.query(scopeStatement(scope));
  }
}
