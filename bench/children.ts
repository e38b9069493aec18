import { type ChildProcess, fork, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Recorded } from "./floor.ts";
import type { LoadResult, LoadTask } from "./load.ts";

const beside = (name: string) => join(dirname(fileURLToPath(import.meta.url)).replace(/\/chunks$/, ""), name);

function ended(child: ChildProcess): Promise<void> {
  return child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once("exit", () => resolve()));
}

/** Resident memory of a process in MB (常驻内存), now and at its peak. */
export function memoryOf(pid: number): { now: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const field = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
  return { now: Math.round(field("VmRSS")), peak: Math.round(field("VmHWM")) };
}

/** CPU time a process has used, in milliseconds: what a busy machine cannot blur as it blurs clocks (处理器时间). */
export function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Forgets the peak memory of a process, so that the next peak is that of the next work. */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
}

/** The product's own server in a process of its own (被测服务). */
export interface ServerChild {
  readonly port: number;
  readonly pid: number;
  readonly startedInMs: number;
  stop(): Promise<void>;
}

/** Starts the server as `npm start` does, on a directory and, when given, a database. */
export async function startServer(
  directory: string,
  databaseUrl?: string,
  flags: readonly string[] = [],
): Promise<ServerChild> {
  const began = performance.now();
  const child = spawn(
    process.execPath,
    ["--enable-source-maps", "--max-semi-space-size=16", "--heap-growing-percent=150", ...flags, beside("server.js")],
    {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        PORT: "0",
        SHANZHI_DATA: directory,
        SHANZHI_ROOT: "0",
        SHANZHI_DEMO: "off",
        ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
      },
    },
  );
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4_000);
  });
  const port = await new Promise<number>((resolve, reject) => {
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      const found = /localhost:(\d+)\//.exec(out);
      if (found) resolve(Number(found[1]));
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
  return {
    port,
    pid: child.pid as number,
    startedInMs: performance.now() - began,
    async stop() {
      child.kill("SIGTERM");
      await ended(child);
    },
  };
}

/** A process that sends one load after the other. */
export interface LoadChild {
  run(task: LoadTask): Promise<LoadResult>;
  stop(): Promise<void>;
}

export function startLoad(): LoadChild {
  const child = fork(beside("load.js"), { stdio: "inherit" });
  return {
    run: (task) =>
      new Promise((resolve, reject) => {
        child.once("message", (said: { result?: LoadResult; error?: string }) =>
          said.result ? resolve(said.result) : reject(new Error(said.error)),
        );
        child.send(task);
      }),
    async stop() {
      child.kill();
      await ended(child);
    },
  };
}

/** A process with the floor of recorded statements. */
export interface FloorChild {
  readonly port: number;
  readonly pid: number;
  /** Gives it a set of recorded requests under a name; its addresses are /name/0, /name/1 … */
  learn(set: string, recorded: readonly Recorded[], directory: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startFloor(url: string): Promise<FloorChild> {
  const child = fork(beside("floor.js"), [url], { stdio: "inherit" });
  const port = await new Promise<number>((resolve, reject) => {
    child.once("message", (said: { port: number }) => resolve(said.port));
    child.once("exit", (code) => reject(new Error(`the floor ended with ${code}`)));
  });
  return {
    port,
    pid: child.pid as number,
    learn: (set, recorded, directory) =>
      new Promise((resolve) => {
        const file = join(directory, `${set}.floor`);
        writeFileSync(file, recorded.map((one) => JSON.stringify(one)).join("\n"));
        child.once("message", () => resolve());
        child.send({ set, file });
      }),
    async stop() {
      child.kill();
      await ended(child);
    },
  };
}
