import { spawn } from "node:child_process";
import { createHash, createHmac } from "node:crypto";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type pg from "pg";
import type { Connection } from "./database.ts";

/** Socket paths are limited to about 100 bytes, data directories are not. */
function socketDirectory(directory: string): string {
  const near = join(directory, "run");
  if (Buffer.byteLength(join(near, ".s.PGSQL.5432")) <= 100) return near;
  return join(tmpdir(), `shanzhi-${createHash("sha256").update(directory).digest("hex").slice(0, 16)}`);
}

function childFile(): string {
  const beside = join(dirname(fileURLToPath(import.meta.url)), "pglite-child.mjs");
  if (!existsSync(beside)) throw new Error(`missing ${beside}`);
  return beside;
}

/**
 * Starts the embedded database (内嵌数据库) in a child process and waits until it answers. `onExit` is told when the
 * child leaves by itself: the server cannot go on without it.
 */
export async function connectEmbedded(
  directory: string,
  onExit: (code: number | null) => void = () => {},
): Promise<Connection> {
  const run = socketDirectory(directory);
  mkdirSync(run, { recursive: true, mode: 0o700 });
  const socket = join(run, ".s.PGSQL.5432");
  rmSync(socket, { force: true });
  const child = spawn(process.execPath, ["--max-old-space-size=512", childFile(), join(directory, "db"), socket], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TZ: "UTC" },
  });
  let closing = false;
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2000);
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once("data", () => resolve());
    child.once("exit", (code) => reject(new Error(`embedded database did not start (${code}): ${complaint.trim()}`)));
  });
  child.on("exit", (code) => {
    if (!closing) onExit(code);
  });
  const config: pg.PoolConfig = { host: run, port: 5432, user: "postgres", database: "postgres" };
  return {
    kind: "embedded",
    owner: config,
    app: config,
    portal: config,
    async close() {
      closing = true;
      const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      child.stdin.end();
      const late = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await gone;
      clearTimeout(late);
    },
  };
}

/** The passwords of the two logins follow from the owner's, so that every process of one installation agrees on them. */
export function loginPasswords(url: string): { app: string; portal: string } {
  const secret = decodeURIComponent(new URL(url).password) || "local trust";
  const derive = (login: string) => createHmac("sha256", `shanzhi:${secret}`).update(login).digest("base64url");
  return { app: derive("shanzhi_app"), portal: derive("shanzhi_portal_login") };
}

/** PostgreSQL 15 or newer, or Citus, by URL of the owner; the application and the portal get logins of their own. */
export function connectPostgres(url: string): Connection {
  const passwords = loginPasswords(url);
  const as = (user: string, password: string): pg.PoolConfig => {
    const other = new URL(url);
    other.username = user;
    other.password = password;
    if (other.searchParams.has("user")) other.searchParams.set("user", user);
    return { connectionString: other.href };
  };
  return {
    kind: "postgresql",
    owner: { connectionString: url },
    app: as("shanzhi_app", passwords.app),
    portal: as("shanzhi_portal_login", passwords.portal),
    async close() {},
  };
}
