import { execFile, spawn } from "node:child_process";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { projectRoot } from "../apps/open.ts";

/** A PostgreSQL for the measures, with a superuser's address (测速数据库). */
export interface Server {
  readonly url: string;
  /** True when it is ours: started here, stopped at the end; its data stay for the next time. */
  readonly own: boolean;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** The server named by SHANZHI_BENCH_URL, or one of our own with 1 GB of shared buffers. */
export async function startPostgres(): Promise<Server> {
  const given = process.env.SHANZHI_BENCH_URL;
  if (given) return { url: given, own: false, async stop() {} };
  const script = join(projectRoot(), "tools/postgres.sh");
  const folder = join(tmpdir(), "shanzhi-bench-pg");
  const env = { ...process.env, PG_BUFFERS: process.env.PG_BUFFERS ?? "1GB" };
  const run = promisify(execFile);
  await run("bash", [script, "stop", folder]).catch(() => undefined);
  const port = await freePort();
  const url = await new Promise<string>((resolve, reject) => {
    const starting = spawn("bash", [script, "start", folder, String(port)], {
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let out = "";
    starting.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      // The database keeps our pipe open: its end would never come, its first line does.
      if (out.includes("\n")) resolve(out.trim());
    });
    starting.once("error", reject);
    starting.once("exit", (code) => code !== 0 && reject(new Error(`PostgreSQL did not start (${code})`)));
  });
  return {
    url,
    own: true,
    async stop() {
      await run("bash", [script, "stop", folder]).catch(() => undefined);
    },
  };
}

/** The address of another database of the same server. */
export function inDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

/** Runs work on one connection as the owner. */
export async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
