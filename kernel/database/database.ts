import { AsyncLocalStorage } from "node:async_hooks";
import pg from "pg";
import { begin, type Scope, type Tx } from "./transaction.ts";

const INT8 = 20;
const DATE = 1082;

/** Integers of 8 bytes come back as numbers while they are safe; calendar dates stay text: they have no time zone. */
const types = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    if (oid === INT8) {
      return (value: string) => {
        const number = Number(value);
        if (!Number.isSafeInteger(number)) throw new Error(`integer beyond the safe range: ${value}`);
        return number;
      };
    }
    if (oid === DATE) return (value: string) => value;
    return pg.types.getTypeParser(oid, format as "text");
  },
};

/** Where the server finds its database: one driver for the embedded one, PostgreSQL and Citus. */
export interface Connection {
  readonly kind: "embedded" | "postgresql";
  /** Connects as the owner: migrations, backup, roles. */
  readonly owner: pg.PoolConfig;
  /** Connects as the application login, which owns nothing. */
  readonly app: pg.PoolConfig;
  /** Connects as the portal login, which reads the publication schema and nothing else. */
  readonly portal: pg.PoolConfig;
  close(): Promise<void>;
}

/** The database as the program sees it: transactions under a scope, and nothing global besides. */
export interface Database {
  readonly kind: "embedded" | "postgresql";
  transaction<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One connection as the owner, outside any scope: migrations, backup, verification. */
  owner<T>(work: (client: pg.Client) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** The server ended a transaction because its statement had to wait too long or the connection was lost. */
const isConnectionLoss = (error: unknown) =>
  error instanceof Error &&
  /Connection terminated|terminating connection|not queryable|ECONNRESET|ECONNREFUSED|EPIPE/.test(error.message);

const inside = new AsyncLocalStorage<true>();

/**
 * Opens pools over a connection. A `watchful` database throws when `transaction` is called inside another one: a command may
 * never take a second connection, because a pool of one would wait for itself for ever. The embedded database and every test
 * watch; a server on PostgreSQL does not, because following every promise costs a tenth of each request.
 */
export function openDatabase(
  connection: Connection,
  poolSize = connection.kind === "embedded" ? 1 : 20,
  watchful = connection.kind === "embedded",
): Database {
  // Safe because the logins own nothing: were a transaction's first words refused, what follows them may do nothing. The
  // embedded database has one login that owns everything, so there each statement waits for the one before.
  const pipeline = connection.kind === "postgresql";
  // Connections stay: each holds its prepared statements.
  const common = { types, pipeline, idleTimeoutMillis: 0 };
  const app = new pg.Pool({ ...connection.app, ...common, max: poolSize });
  const portal = pipeline ? new pg.Pool({ ...connection.portal, ...common, max: Math.max(2, poolSize) }) : app;
  for (const pool of new Set([app, portal])) {
    pool.on("error", () => {});
    // A connection that ends while somebody holds it says so by itself too: whoever waits for an answer is told anyway.
    pool.on("connect", (client) => client.on("error", () => {}));
  }
  return {
    kind: connection.kind,
    async transaction(scope, work) {
      if (watchful && inside.getStore()) throw new Error("a transaction is already open: use the one in ctx.tx");
      const pool = scope.kind === "portal" ? portal : app;
      const client = await pool.connect();
      let broken: unknown;
      try {
        const { tx, began } = begin(client, scope, pipeline);
        if (!pipeline) await began;
        try {
          const answer = await (watchful ? inside.run(true, () => work(tx)) : work(tx));
          await tx.commit();
          return answer;
        } catch (error) {
          const reason = await tx.abandon(error);
          // When the scope could not be put in force, that is the reason; what failed after it only followed.
          throw await began.then(
            () => reason,
            (first: unknown) => first,
          );
        }
      } catch (error) {
        if (isConnectionLoss(error)) broken = error;
        else await client.query("rollback").catch((later: unknown) => (broken = later));
        throw error;
      } finally {
        client.release(broken !== undefined);
      }
    },
    async owner(work) {
      if (connection.kind === "embedded") {
        const client = await app.connect();
        try {
          return await work(client as unknown as pg.Client);
        } finally {
          client.release();
        }
      }
      const client = new pg.Client({ ...connection.owner, types });
      await client.connect();
      try {
        return await work(client);
      } finally {
        await client.end();
      }
    },
    async close() {
      await app.end();
      if (portal !== app) await portal.end();
      await connection.close();
    },
  };
}
