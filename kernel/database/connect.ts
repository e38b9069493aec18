import { type ChildProcess, spawn } from "node:child_process";
import { createHash, createHmac } from "node:crypto";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type pg from "pg";
import type { Connection } from "./database.ts";
import { type Patience, watchedClient } from "./watchdog.ts";

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

/** The embedded database in its own process; a server has its statements watched once it is open. */
export interface EmbeddedConnection extends Connection {
  /** From now on a statement that takes longer ends the process and starts another (看门狗). */
  watch(patience: Patience): void;
}

/**
 * Starts the embedded database (内嵌数据库) in a child process and waits until it answers. `onExit` is told when the
 * child leaves by itself, or does not come back: the server cannot go on without it.
 */
export async function connectEmbedded(
  directory: string,
  onExit: (code: number | null) => void = () => {},
): Promise<EmbeddedConnection> {
  const run = socketDirectory(directory);
  mkdirSync(run, { recursive: true, mode: 0o700 });
  const socket = join(run, ".s.PGSQL.5432");
  let closing = false;
  let patience: Patience | undefined;
  const gone = (child: ChildProcess) =>
    child.exitCode !== null || child.signalCode !== null
      ? Promise.resolve()
      : new Promise<void>((resolve) => child.once("exit", () => resolve()));

  async function begin(): Promise<ChildProcess> {
    rmSync(socket, { force: true });
    const child = spawn(process.execPath, ["--max-old-space-size=512", childFile(), join(directory, "db"), socket], {
      stdio: ["pipe", "pipe", "pipe"],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, TZ: "UTC" },
    });
    let complaint = "";
    child.stderr.on("data", (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-2000);
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout.once("data", () => resolve());
      child.once("exit", (code) => reject(new Error(`embedded database did not start (${code}): ${complaint.trim()}`)));
    });
    child.on("exit", (code) => {
      if (!closing && child === current) onExit(code);
    });
    return child;
  }

  let current: ChildProcess | undefined;
  current = await begin();
  let ready: Promise<unknown> = Promise.resolve();
  const restart = () => {
    const hung = current;
    if (!hung || closing) return;
    current = undefined;
    hung.kill("SIGKILL");
    ready = gone(hung)
      .then(begin)
      .then((child) => {
        current = child;
        // It was asked to close while it was starting.
        if (closing) child.kill("SIGKILL");
      });
    ready.catch(() => onExit(null));
  };
  const config: pg.PoolConfig = {
    host: run,
    port: 5432,
    user: "postgres",
    database: "postgres",
    Client: watchedClient({ patience: () => patience, ready: () => ready, restart }),
  };
  return {
    kind: "embedded",
    owner: config,
    app: config,
    portal: config,
    watch(given) {
      patience = given;
    },
    async close() {
      closing = true;
      await ready.catch(() => {});
      const child = current;
      if (!child) return;
      child.stdin?.end();
      const late = setTimeout(() => child.kill("SIGKILL"), 5_000);
      await gone(child);
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
