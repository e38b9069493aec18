import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { counterAt, totpAt } from "../kernel/auth/totp.ts";

const project = new URL("..", import.meta.url).pathname;
const SETUP = { login: "first.admin", displayName: "首位管理员", password: "Correct-horse-9-battery" };

interface Running {
  readonly process: ChildProcess;
  readonly port: number;
  readonly output: () => string;
}

/** Starts the bundled server on a directory and waits for its address. */
function start(directory: string, env: Record<string, string> = {}): Promise<Running> {
  const child = spawn(process.execPath, [join(project, "dist/server.js")], {
    env: {
      PATH: process.env.PATH ?? "",
      HOME: process.env.HOME ?? "",
      SHANZHI_DATA: directory,
      SHANZHI_DEMO: "off",
      PORT: "0",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  return new Promise((resolve, reject) => {
    const take = (chunk: Buffer) => {
      output += chunk.toString();
      const port = /http:\/\/localhost:(\d+)\/ /.exec(output)?.[1];
      if (port && /trial database|console/.test(output))
        resolve({ process: child, port: Number(port), output: () => output });
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("exit", (code) => reject(new Error(`server ended (${code}): ${output}`)));
  });
}

function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once("exit", (code) => resolve(code)));
}

async function post(port: number, path: string, body: unknown, cookie = "", headers: Record<string, string> = {}) {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(cookie ? { cookie } : {}), ...headers },
    body: JSON.stringify(body),
  });
  return {
    status: answer.status,
    body: (await answer.json()) as Record<string, unknown>,
    cookie: answer.headers.get("set-cookie")?.split(";")[0] ?? "",
  };
}

async function get(port: number, path: string, cookie = "") {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: cookie ? { cookie } : {} });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

describe("the server as a process, on the embedded database", () => {
  const directory = mkdtempSync(join(tmpdir(), "shanzhi-process-"));
  let server: Running;
  let recovery: string[] = [];
  /** Signs the administrator in with the next recovery code: a one-time code would have to wait for its turn. */
  const signIn = (port = server.port) =>
    post(port, "/api/auth/sign-in", { account: SETUP.login, password: SETUP.password, totp: recovery.shift() });

  beforeAll(async () => {
    execFileSync(process.execPath, [join(project, "tools/run.mjs"), "build"], { stdio: "inherit" });
    server = await start(directory);
  }, 180_000);
  afterAll(async () => {
    server.process.kill("SIGKILL");
    rmSync(directory, { recursive: true, force: true });
  });

  it("makes the first administrator once, with the code it printed", async () => {
    const code = /with the code ([0-9a-f]+)/.exec(server.output())?.[1] ?? "";
    expect(
      (await post(server.port, "/api/auth/create-first-administrator", { ...SETUP, setupCode: "wrong" })).status,
    ).toBe(403);
    expect(
      (await post(server.port, "/api/auth/create-first-administrator", { ...SETUP, setupCode: code })).status,
    ).toBe(200);
    expect(
      (await post(server.port, "/api/auth/create-first-administrator", { ...SETUP, setupCode: code })).body,
    ).toMatchObject({ code: "auth/already-set-up" });
  });

  it("lets an administrator do nothing before the second factor is switched on", async () => {
    const { cookie, body } = await post(server.port, "/api/auth/sign-in", {
      account: SETUP.login,
      password: SETUP.password,
    });
    expect(body).toMatchObject({ secondFactorFirst: true });
    const account = { login: "too.early", displayName: "早", password: "Another-long-phrase-7" };
    const early = await post(server.port, "/api/auth/create-account", account, cookie);
    expect(early).toMatchObject({ status: 403, body: { code: "auth/second-factor-first" } });
    expect((await get(server.port, "/api/auth/list-accounts", cookie)).body).toMatchObject({
      code: "auth/second-factor-first",
    });
    const { secret } = (await post(server.port, "/api/auth/enrol-totp", {}, cookie)).body as { secret: string };
    const code = totpAt(secret, counterAt(new Date()));
    const done = await post(server.port, "/api/auth/confirm-totp", { secret, code }, cookie);
    recovery = done.body.recoveryCodes as string[];
    expect(recovery).toHaveLength(10);
    expect((await get(server.port, "/api/auth/me", cookie)).body).toMatchObject({ secondFactorFirst: false });
    expect((await get(server.port, "/api/auth/list-accounts", cookie)).status).toBe(200);
  });

  it("refuses a second process on the same directory by name", async () => {
    await expect(start(directory)).rejects.toThrow(/SHANZHI_DATA is in use by process \d+/);
  });

  it("stops on a wrong setting with one line that names it", async () => {
    await expect(start(directory, { SHANZHI_ROOT: "12345" })).rejects.toThrow(
      /ended \(1\): SHANZHI_ROOT=12345 is not a division code/,
    );
    await expect(start(directory, { DATABASE_URL: "mysql://x" })).rejects.toThrow(/DATABASE_URL=… is not a postgresql/);
    await expect(start(directory, { SHANZHI_DATTA: "x" })).rejects.toThrow(/SHANZHI_DATTA is not a setting/);
  });

  it("loses no acknowledged write when it is killed in the middle, three times over", async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round++) {
      const { cookie } = await signIn();
      expect(cookie).toMatch(/^shanzhi=/);
      let open = true;
      const writers = [1, 2, 3].map(async (writer) => {
        for (let at = 0; open; at++) {
          const login = `clerk-${round}-${writer}-${at}`;
          try {
            const made = await post(
              server.port,
              "/api/auth/create-account",
              { login, displayName: login, password: "Another-long-phrase-7" },
              cookie,
            );
            if (made.status === 200) acknowledged.push(login);
          } catch {
            return;
          }
        }
      });
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      server.process.kill("SIGKILL");
      open = false;
      await Promise.all(writers);
      await ended(server.process);
      server = await start(directory);
    }
    const { cookie } = await signIn();
    const { body } = await get(server.port, "/api/auth/list-accounts", cookie);
    const there = new Set((body.accounts as { login: string }[]).map((one) => one.login));
    expect(acknowledged.length).toBeGreaterThan(3);
    expect(acknowledged.filter((login) => !there.has(login))).toEqual([]);
  }, 90_000);

  it("is killed in the middle of a sheet of gifts: nothing is torn, and the batch goes on where it stopped", async () => {
    const LINES = 6_000;
    const [given, password] = ["Another-long-phrase-7", "Her-own-long-phrase-8"];
    const { cookie: admin } = await signIn();
    const { body: made } = await post(
      server.port,
      "/api/auth/create-account",
      { login: "gifts", displayName: "样本", password: given },
      admin,
    );
    const grant = { accountId: made.id, role: "officer", division: "630102", label: "捐赠" };
    expect((await post(server.port, "/api/auth/grant-role", grant, admin)).status).toBe(200);
    const enter = async (by = password) =>
      (await post(server.port, "/api/auth/sign-in", { account: "gifts", password: by })).cookie;
    const change = { current: given, next: password };
    expect((await post(server.port, "/api/auth/change-password", change, await enter(given))).status).toBe(200);
    let cookie = await enter();
    const lines = Array.from(
      { length: LINES },
      (_, at) => `样人${at},${1 + (at % 90)}.00,2025-03-${10 + (at % 18)},抗疫`,
    );
    const form = new FormData();
    form.set("operation", "donations.record-donation");
    form.set("file", new Blob([`捐赠人,金额（元）,捐赠日期,用途\n${lines.join("\n")}\n`]), "gifts.csv");
    const staged = await fetch(`http://127.0.0.1:${server.port}/api/sheet/stage`, {
      method: "POST",
      headers: { cookie },
      body: form,
    });
    const answer = (await staged.json()) as { id: string };
    expect(answer).toMatchObject({ state: "reading" });
    const { id } = answer;
    interface Batch {
      state: string;
      counts: { new: number; done: number };
    }
    const look = async () =>
      (await get(server.port, `/api/sheet/get?id=${id}&limit=1`, cookie)).body as unknown as Batch;
    const until = async (done: (batch: Batch) => boolean) => {
      for (let waited = 0; waited < 600; waited++) {
        const batch = await look();
        if (done(batch)) return batch;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`the batch did not come so far: ${JSON.stringify(await look())}`);
    };
    expect((await until((batch) => batch.state === "checked")).counts.new).toBe(LINES);
    const written = async () =>
      ((await get(server.port, "/api/donations/figures", cookie)).body as { donations: number }).donations;
    expect((await post(server.port, "/api/sheet/commit", { id }, cookie)).status).toBe(200);
    let seen = 0;
    for (let waited = 0; seen === 0 && waited < 600; waited++) seen = await written();
    server.process.kill("SIGKILL");
    await ended(server.process);

    const reconciled = () =>
      new Promise<string>((resolve) => {
        const env = {
          PATH: process.env.PATH ?? "",
          HOME: process.env.HOME ?? "",
          SHANZHI_DEMO: "off",
          SHANZHI_DATA: directory,
        };
        const child = spawn(process.execPath, [join(project, "dist/cli.js"), "reconcile"], { env });
        let text = "";
        child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
        child.stderr.on("data", (chunk: Buffer) => (text += chunk.toString()));
        child.on("exit", (code) => resolve(`${code} ${text}`));
      });
    // What was told to somebody is there; what was not is there whole or not at all; and some was still to do.
    const torn = /^0 ledger agrees: \d+ accounts, (\d+) entries, (\d+) postings/.exec(await reconciled());
    const kept = Number(torn?.[1]);
    expect(Number(torn?.[2])).toBe(2 * kept);
    expect(kept).toBeGreaterThanOrEqual(seen);
    expect(kept).toBeLessThan(LINES);
    expect(kept % 500).toBe(0);

    server = await start(directory);
    cookie = await enter();
    expect((await until((batch) => batch.state === "committed")).counts).toMatchObject({ new: 0, done: LINES });
    expect(await written()).toBe(LINES);
    server.process.kill("SIGKILL");
    await ended(server.process);
    expect(await reconciled()).toMatch(
      new RegExp(`^0 ledger agrees: \\d+ accounts, ${LINES} entries, ${2 * LINES} postings`),
    );
    server = await start(directory);
  }, 240_000);

  it("refuses a request that another website sends with the reader's cookie", async () => {
    const { cookie } = await signIn();
    const forged = await post(server.port, "/api/auth/sign-out", {}, cookie, { origin: "https://evil.example" });
    expect(forged).toMatchObject({ status: 403, body: { code: "auth/cross-site" } });
    expect((await get(server.port, "/api/auth/me", cookie)).status).toBe(200);
  });

  it("locks an account after five wrong passwords in a row, and says until when", async () => {
    const cookie = (await signIn()).cookie;
    await post(
      server.port,
      "/api/auth/create-account",
      { login: "unlucky", displayName: "试错", password: "Another-long-phrase-7" },
      cookie,
    );
    const tries = [];
    for (let at = 0; at < 6; at++)
      tries.push((await post(server.port, "/api/auth/sign-in", { account: "unlucky", password: "no" })).body.code);
    expect(tries).toEqual([...Array(5).fill("auth/wrong-credentials"), "auth/locked"]);
  });

  it("answers an expired session, an unknown address, a broken body and naughty text with one problem each", async () => {
    expect((await get(server.port, "/api/auth/me", "shanzhi=gone")).body).toMatchObject({
      status: 401,
      code: "auth/session-expired",
    });
    expect((await get(server.port, "/api/nothing/here")).body).toMatchObject({
      status: 404,
      code: "operation/no-such-address",
    });
    const broken = await fetch(`http://127.0.0.1:${server.port}/api/auth/sign-in`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{",
    });
    expect(broken.status).toBe(400);
    const nul = await post(server.port, "/api/auth/sign-in", { account: "a\u0000b", password: "x" });
    expect(nul.body).toMatchObject({
      code: "operation/invalid-input",
      problems: [{ path: ["account"], problem: "control-characters" }],
    });
  });

  it("stops cleanly on SIGTERM, verifies its journal, backs up, and restores only into an empty place", async () => {
    server.process.kill("SIGTERM");
    expect(await ended(server.process)).toBe(0);
    expect(existsSync(join(directory, "lock"))).toBe(false);
    const env = {
      PATH: process.env.PATH ?? "",
      HOME: process.env.HOME ?? "",
      SHANZHI_DEMO: "off",
      SHANZHI_PASSPHRASE: "a long enough passphrase",
    };
    const cli = (data: string, ...argv: string[]) =>
      new Promise<{ code: number | null; text: string }>((resolve) => {
        const child = spawn(process.execPath, [join(project, "dist/cli.js"), ...argv], {
          env: { ...env, SHANZHI_DATA: data },
        });
        let text = "";
        child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
        child.stderr.on("data", (chunk: Buffer) => (text += chunk.toString()));
        child.on("exit", (code) => resolve({ code, text }));
      });
    expect(await cli(directory, "verify-journal")).toMatchObject({
      code: 0,
      text: expect.stringMatching(/^journal whole: \d+ entries/),
    });
    const file = join(directory, "all.backup");
    expect(await cli(directory, "backup", file)).toMatchObject({ code: 0 });
    expect(readFileSync(file).includes(Buffer.from("first.admin"))).toBe(false);
    expect(await cli(directory, "restore", file)).toMatchObject({
      code: 2,
      text: expect.stringMatching(/restore refused/),
    });

    const other = mkdtempSync(join(tmpdir(), "shanzhi-restored-"));
    const damaged = join(directory, "damaged.backup");
    writeFileSync(damaged, readFileSync(file).subarray(0, -40));
    expect(await cli(other, "restore", damaged)).toMatchObject({
      code: 2,
      text: expect.stringMatching(/cut short|damaged/),
    });
    expect(await cli(other, "restore", file)).toMatchObject({
      code: 0,
      text: expect.stringMatching(/^restored: \d+ rows/),
    });
    expect(await cli(other, "verify-journal")).toMatchObject({ code: 0 });
    const again = await start(other);
    expect((await signIn(again.port)).status).toBe(200);
    again.process.kill("SIGTERM");
    await ended(again.process);
    rmSync(other, { recursive: true, force: true });
  }, 120_000);
});
