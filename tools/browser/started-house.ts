import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

/** An account of the demonstration house, as printed at its start. */
export interface DemoAccount {
  readonly login: string;
  readonly password: string;
  readonly what: string;
}

declare module "vitest" {
  interface ProvidedContext {
    /** "http://localhost:port" of the demonstration house that runs beside the journeys. */
    readonly address: string;
    readonly accounts: readonly DemoAccount[];
  }
}

/** What the server printed, read back: its address and the demonstration accounts. */
export function readStart(printed: string): { address: string; accounts: DemoAccount[] } | undefined {
  const address = /(http:\/\/localhost:\d+)\/console\//.exec(printed)?.[1];
  if (!address) return undefined;
  const accounts = [...printed.matchAll(/^ {2}(\S+) +(\S+) +(\S.*)$/gm)].map(([, login, password, what]) => ({
    login: login as string,
    password: password as string,
    what: (what as string).trim(),
  }));
  return { address, accounts };
}

/** Starts one demonstration house for all journeys, as a new user would: `npm start` on an empty directory. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const built = spawnSync(process.execPath, ["tools/run.mjs", "build"], { stdio: "inherit" });
  if (built.status !== 0) throw new Error("the build failed");
  const directory = mkdtempSync(join(tmpdir(), "shanzhi-browser-"));
  const server = spawn(process.execPath, ["tools/run.mjs", "server"], {
    env: { ...process.env, PORT: "0", SHANZHI_DATA: directory, SHANZHI_DEMO: "on", DATABASE_URL: "", NODE_ENV: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  let complaint = "";
  server.stdout.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  server.stderr.on("data", (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-20_000);
  });
  const gone = new Promise<number | null>((resolve) => server.once("exit", (code) => resolve(code)));
  const started = Date.now();
  for (;;) {
    const read = readStart(printed);
    if (read) {
      // The accounts are printed in one go after the address: give that write the time to arrive.
      await new Promise((resolve) => setTimeout(resolve, 300));
      const { address, accounts } = readStart(printed) ?? read;
      const health = await fetch(`${address}/api/health`);
      if (health.status !== 200) throw new Error(`/api/health answers ${health.status}`);
      project.provide("address", address);
      project.provide("accounts", accounts);
      break;
    }
    if (server.exitCode !== null)
      throw new Error(`the server ended with ${server.exitCode}:\n${printed}\n${complaint}`);
    if (Date.now() - started > 180_000) {
      server.kill("SIGKILL");
      throw new Error(`the server did not start within 180 s:\n${printed}\n${complaint}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return async () => {
    server.kill("SIGTERM");
    const late = setTimeout(() => server.kill("SIGKILL"), 20_000);
    await gone;
    clearTimeout(late);
    rmSync(directory, { recursive: true, force: true });
  };
}
