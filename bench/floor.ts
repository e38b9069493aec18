import { readFileSync } from "node:fs";
import Fastify from "fastify";
import pg from "pg";

/** One statement as an operation sent it. */
export interface Step {
  readonly text: string;
  readonly name?: string;
  readonly values?: readonly unknown[];
}

/** Everything one request of an operation sent to the database, and what it answered. */
export interface Recorded {
  readonly steps: readonly Step[];
  readonly answer: unknown;
}

/**
 * The floor (下限): the very statements an operation sends, transaction and scope included, prepared, through bare `pg` in one
 * process with fastify, and its answer as JSON. Nothing is checked, decided or made: what is above it is what we add.
 */
async function main(): Promise<void> {
  const url = process.argv[2] ?? "";
  const sets = new Map<string, Recorded[]>();
  const pool = new pg.Pool({ connectionString: url, max: 20 });
  pool.on("error", () => {});
  const app = Fastify({ logger: false, forceCloseConnections: true });
  const answer = async (request: { params: unknown }) => {
    const { set, at } = request.params as { set: string; at: string };
    const list = sets.get(set) ?? [];
    const recorded = list[Number(at) % list.length] as Recorded;
    const client = await pool.connect();
    try {
      for (const step of recorded.steps) await client.query(step as { text: string; values: unknown[] });
      return recorded.answer;
    } catch (error) {
      await client.query("rollback");
      throw error;
    } finally {
      client.release();
    }
  };
  app.get("/:set/:at", answer);
  app.post("/:set/:at", answer);
  await app.listen({ port: 0, host: "127.0.0.1" });
  process.on("message", ({ set, file }: { set: string; file: string }) => {
    sets.set(
      set,
      readFileSync(file, "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Recorded),
    );
    process.send?.({ ready: set });
  });
  const address = app.server.address();
  process.send?.({ port: typeof address === "object" && address ? address.port : 0 });
}

void main();
