import "fake-indexeddb/auto";
import { beforeEach, expect, it } from "vitest";
import { ApiProblem, NoAnswer } from "../problem.ts";
import { Phone } from "./store/phone.ts";
import { type Server, type SyncWork, syncOnce } from "./sync.ts";

const now = Date.parse("2026-11-21T08:00:00+08:00");
const serverTime = new Date(now).toISOString();
let made = 0;
let phone: Phone;
let calls: string[];
let written: string[];

/** A server that does as it is told; `lost` answers never arrive although the work is done. */
function serverOf(change: Partial<Server> & { lost?: number; wipe?: boolean; malformed?: string } = {}): Server {
  let { lost = 0 } = change;
  const seen = new Set<string>();
  const answered = <T>(value: T): T => {
    if (lost > 0) {
      lost -= 1;
      throw new NoAnswer(false);
    }
    return value;
  };
  return {
    async register(input) {
      calls.push("register");
      return { id: input.id, keepDays: 7, recordCap: 10_000 };
    },
    async bind() {
      calls.push("bind");
      return { secret: "bound" };
    },
    async challenge() {
      return { challenge: "c1" };
    },
    async renew(input) {
      calls.push(`renew ${input.challenge} ${input.secret}`);
    },
    async pull(input) {
      calls.push("pull");
      return {
        page: input.received,
        records: [],
        gone: [],
        more: false,
        capped: 0,
        serverTime,
        driftMinutes: 0,
        wipe: change.wipe ?? false,
        keepUntil: new Date(now + 86_400_000).toISOString(),
        waitSeconds: null,
      };
    },
    async push(input) {
      calls.push(`push ${input.items.length}`);
      if (
        change.malformed &&
        input.items.some((one) => (one.input as { personId?: string }).personId === change.malformed)
      )
        throw new ApiProblem({ status: 422, code: "operation/invalid-input" });
      for (const { key } of input.items) {
        if (!seen.has(key)) written.push(key);
        seen.add(key);
      }
      return answered({
        serverTime,
        driftMinutes: 3,
        wipe: change.wipe ?? false,
        results: input.items.map(({ key }) => ({
          key,
          state: "accepted" as const,
          code: null,
          facts: {},
          output: null,
        })),
      });
    },
    async sendFile() {
      calls.push("file");
    },
    ...change,
  };
}

const work = (server: Server): SyncWork => ({ phone, server, now: () => now, name: "n", agent: "a", tell: () => {} });

async function visits(count: number): Promise<void> {
  for (let at = 0; at < count; at += 1)
    await phone.opened?.outbox.add({
      operation: "visiting-care.record-visit",
      input: { personId: `person-${at}`, mode: "home", met: "person" },
      about: { personId: `person-${at}`, name: "n" },
      now: now + at,
    });
}

const states = () => [...(phone.opened?.outbox.acts.values() ?? [])].map((one) => one.state);

beforeEach(async () => {
  made += 1;
  calls = [];
  written = [];
  phone = await Phone.start(now, `sync-${made}`);
  await phone.setUp({ login: "cun", displayName: "n", grantId: "g" }, "right-password", "402913");
});

it("sends before it asks, twenty at a time, and introduces itself once", async () => {
  await visits(45);
  expect(await syncOnce(work(serverOf()))).toEqual({ kind: "done" });
  expect(calls).toEqual(["register", "bind", "push 20", "push 20", "push 5", "pull"]);
  calls = [];
  await syncOnce(work(serverOf()));
  expect(calls).toEqual(["pull"]);
});

it("sends the same keys again when an answer is lost, so that nothing is written twice", async () => {
  await visits(3);
  const server = serverOf({ lost: 2 });
  await expect(syncOnce(work(server))).rejects.toBeInstanceOf(NoAnswer);
  expect(states()).toEqual(["waiting", "waiting", "waiting"]);
  await expect(syncOnce(work(server))).rejects.toBeInstanceOf(NoAnswer);
  await syncOnce(work(server));
  expect(states()).toEqual(["accepted", "accepted", "accepted"]);
  expect(written.length).toBe(3);
});

it("finds a malformed act in a message, sets it aside and sends the others", async () => {
  await visits(5);
  await syncOnce(work(serverOf({ malformed: "person-2" })));
  expect(states()).toEqual(["accepted", "accepted", "broken", "accepted", "accepted"]);
  expect([...(phone.opened?.outbox.acts.values() ?? [])][2]?.settled?.code).toBe("operation/invalid-input");
});

it("sends what it has before it obeys a wipe, and leaves nothing behind", async () => {
  await visits(25);
  const device = phone.deviceId;
  expect(await syncOnce(work(serverOf({ wipe: true })))).toEqual({ kind: "wiped" });
  expect(written.length).toBe(25);
  expect(phone.phase).toBe("new");
  expect(phone.deviceId).not.toBe(device);
});

it("introduces itself again to a server that does not know it any more, once", async () => {
  await syncOnce(work(serverOf()));
  calls = [];
  let known = false;
  const base = serverOf();
  await syncOnce(
    work({
      ...base,
      async register(input) {
        known = true;
        return base.register(input);
      },
      async pull(input) {
        if (!known) throw new ApiProblem({ status: 404, code: "sync/unknown-device" });
        return base.pull(input);
      },
    }),
  );
  expect(calls).toEqual(["register", "bind", "pull"]);
});

it("renews a session that ended by itself, once a round, and asks for the password only when it is refused", async () => {
  await syncOnce(work(serverOf()));
  await visits(2);
  calls = [];
  let ended = true;
  const base = serverOf();
  const ending: Server = {
    ...base,
    async renew(input) {
      expect(input).toMatchObject({ device: phone.deviceId, grantId: "g" });
      expect(input.signature).toMatch(/^[A-Za-z0-9+/]{86}==$/);
      await base.renew(input);
      ended = false;
    },
    async push(input) {
      if (ended) throw new ApiProblem({ status: 401, code: "auth/session-expired" });
      return base.push(input);
    },
  };
  expect(await syncOnce(work(ending))).toEqual({ kind: "done" });
  expect(calls).toEqual(["renew c1 bound", "push 2", "pull"]);
  expect(states()).toEqual(["accepted", "accepted"]);
  await visits(1);
  const refusing: Server = {
    ...base,
    async push() {
      throw new ApiProblem({ status: 401, code: "auth/sign-in-first" });
    },
    async renew() {
      throw new ApiProblem({ status: 401, code: "sync/silent-too-long" });
    },
  };
  await expect(syncOnce(work(refusing))).rejects.toMatchObject({ code: "auth/sign-in-first" });
  expect(states()).toContain("waiting");
});

it("hears of a wipe although its session has ended, and keeps unsent acts for their owner", async () => {
  await syncOnce(work(serverOf()));
  await visits(1);
  const wiping: Server = {
    ...serverOf(),
    async push() {
      throw new ApiProblem({ status: 401, code: "auth/session-expired" });
    },
    async renew() {
      throw new ApiProblem({ status: 403, code: "sync/device-wiped" });
    },
  };
  expect(await syncOnce(work(wiping))).toEqual({ kind: "wiped" });
  expect(phone.phase).toBe("rescue");
  expect(await phone.sealedUnsent()).toBe(1);
});

it("lets an act go without a file the server refuses, and waits for a file that only failed", async () => {
  const id = (await phone.opened?.outbox.addFile(new Uint8Array([1]).buffer, "image/jpeg", now)) ?? "";
  await phone.opened?.outbox.add({
    operation: "visiting-care.record-visit",
    input: { personId: "person-1", mode: "home", met: "person", photoIds: [id] },
    about: { personId: "person-1", name: "n" },
    files: [id],
    now,
  });
  const failing = serverOf({
    sendFile: async () => {
      throw new NoAnswer(false);
    },
  });
  await expect(syncOnce(work(failing))).rejects.toBeInstanceOf(NoAnswer);
  expect(written).toEqual([]);
  await syncOnce(
    work(
      serverOf({
        sendFile: async () => {
          throw new ApiProblem({ status: 413, code: "sync/file-too-large" });
        },
      }),
    ),
  );
  expect(written.length).toBe(1);
});
