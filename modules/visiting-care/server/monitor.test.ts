import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestActor, TestHouse } from "../../../kernel/testing/house.ts";
import { checkMonitors, listMonitors, receiveSignal, registerMonitor, retireMonitor } from "../monitor.contract.ts";
import { careHouse } from "./care.fixture.ts";
import { inCare, somebody, villages } from "./care-work.fixture.ts";
import { signatureOf } from "./monitor.handlers.ts";
import { monitorStateOf } from "./monitor.store.ts";

let house: TestHouse;
let worker: TestActor;

beforeAll(async () => {
  house = await careHouse();
  worker = house.worker([villages[0]]);
}, 120_000);
afterAll(() => house.close());

const at = (time: string) => house.clock.set(`2026-06-01T${time}:00+08:00`);
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => "accepted",
    (error) => (error as { code?: string }).code ?? String(error),
  );

async function device(name: string) {
  const person = await somebody(house, name);
  await inCare(house, person.id, villages[0], worker.actor.accountId);
  const monitor = await worker.call(registerMonitor, { personId: person.id, kind: "motion", label: "卧室" });
  const send = (
    signal: Record<string, unknown>,
    key = monitor.key,
    body = JSON.stringify({ at: house.clock.now.toISOString(), ...signal }),
  ) => house.intake().call(receiveSignal, { device: monitor.id, body, signature: signatureOf(key, body) });
  return { person, monitor, send };
}

const eventsOf = async (monitor: string) =>
  (
    await house.sql<{ event: string }>("select event from journal_entry where subject_id = $1 order by id", [monitor])
  ).map((one) => one.event);

const dutiesOf = async (subject: string) =>
  (
    await house.sql<{ kind: string; state: string; assignee_id: string }>(
      "select kind, state, assignee_id from duty where subject_id = $1 order by opened_at, id",
      [subject],
    )
  ).filter((one) => /monitor|alarm/.test(one.kind));

describe("a device", () => {
  it("is heard when it signs, and its key stands nowhere in clear", async () => {
    at("09:00");
    const { monitor, send, person } = await device("测一步");
    const [row] = await house.sql<{ key_sealed: string }>("select key_sealed from monitor where id = $1", [monitor.id]);
    expect(row?.key_sealed).not.toContain(monitor.key);
    const journal = await house.sql<{ text: string }>(
      "select string_agg(payload::text, '') as text from journal_entry",
    );
    expect(journal[0]?.text).not.toContain(monitor.key);
    expect(await send({ kind: "heartbeat", sequence: 1 })).toMatchObject({ sequence: 1, next: 2 });
    at("09:10");
    await send({ kind: "activity", sequence: 2 });
    const since = { heard: new Date("2026-06-01T01:05:00Z"), active: new Date("2026-06-01T01:05:00Z") };
    const state = await house.open.database.transaction(worker.actor.scope, (tx) =>
      monitorStateOf(tx, person.id, since),
    );
    expect(state).toEqual({ online: true, activitySeen: true });
    const { monitors } = await worker.call(listMonitors, { personId: person.id });
    expect(monitors).toMatchObject([{ state: "online", seenAt: "2026-06-01T01:10:00.000Z", signals: 2 }]);
    // Day by day it is counted; the journal heard of it once.
    for (let sequence = 3; sequence < 9; sequence += 1) await send({ kind: "heartbeat", sequence });
    expect(await eventsOf(monitor.id)).toEqual(["monitor-registered", "monitor-first-heard"]);
    expect((await worker.call(listMonitors, { personId: person.id })).monitors[0]?.signals).toBe(8);
  });

  it("is refused when forged, repeated, out of time, unreadable or unknown; each refusal is in the journal", async () => {
    at("10:00");
    const { monitor, send } = await device("测二步");
    const { monitor: other } = await device("测三步");
    expect(await code(send({ kind: "heartbeat", sequence: 1 }, other.key))).toBe("visiting-care/signal-forged");
    const body = JSON.stringify({ kind: "heartbeat", at: house.clock.now.toISOString(), sequence: 1 });
    const signature = signatureOf(monitor.key, body);
    const altered = body.replace('"sequence":1', '"sequence":2');
    expect(await code(house.intake().call(receiveSignal, { device: monitor.id, body: altered, signature }))).toBe(
      "visiting-care/signal-forged",
    );
    const stranger = crypto.randomUUID();
    expect(await code(house.intake().call(receiveSignal, { device: stranger, body, signature }))).toBe(
      "visiting-care/signal-forged",
    );
    await house.intake().call(receiveSignal, { device: monitor.id, body, signature });
    expect(await code(house.intake().call(receiveSignal, { device: monitor.id, body, signature }))).toBe(
      "visiting-care/signal-repeated",
    );
    at("10:06");
    expect(await code(house.intake().call(receiveSignal, { device: monitor.id, body, signature }))).toBe(
      "visiting-care/signal-clock",
    );
    expect(await code(send({ kind: "dance", sequence: 9 }))).toBe("visiting-care/signal-unreadable");
    expect(await code(send({ kind: "heartbeat", sequence: 9 }, monitor.key, "[]"))).toBe(
      "visiting-care/signal-unreadable",
    );
    const refused = await house.sql<{ code: string; n: number }>(
      "select code, count(*)::int as n from journal_entry where refused and operation = 'visiting-care.receive-signal' group by 1 order by 1",
    );
    expect(refused).toEqual([
      { code: "visiting-care/signal-clock", n: 1 },
      { code: "visiting-care/signal-forged", n: 3 },
      { code: "visiting-care/signal-repeated", n: 1 },
      { code: "visiting-care/signal-unreadable", n: 2 },
    ]);
    const [seen] = await house.sql<{ n: number }>(
      "select count(*)::int as n from monitor_signal where monitor_id = $1",
      [monitor.id],
    );
    expect(seen?.n).toBe(1);
  });

  it("is a duty of the worker when it falls silent, and none when it is heard again", async () => {
    at("11:00");
    const { monitor, send } = await device("测四步");
    await send({ kind: "heartbeat", sequence: 1 });
    at("12:59");
    expect(await dutiesOf(monitor.id)).toEqual([]);
    at("13:01");
    await house.system.call(checkMonitors, {});
    await house.system.call(checkMonitors, {});
    expect(await dutiesOf(monitor.id)).toMatchObject([
      { kind: "visiting-care.monitor-silent", state: "open", assignee_id: worker.actor.accountId },
    ]);
    expect((await worker.call(listMonitors, { state: "silent" })).monitors.map((one) => one.id)).toContain(monitor.id);
    await send({ kind: "heartbeat", sequence: 2 });
    expect(await dutiesOf(monitor.id)).toMatchObject([{ state: "done" }]);
    expect(await eventsOf(monitor.id)).toEqual([
      "monitor-registered",
      "monitor-first-heard",
      "monitor-silent",
      "monitor-heard-again",
    ]);
  });

  it("raises an alarm to the worker, and says nothing more once retired", async () => {
    at("15:00");
    const { person, monitor, send } = await device("测五步");
    await send({ kind: "alarm", alarm: "fall", sequence: 1 });
    expect(await dutiesOf(person.id)).toMatchObject([
      { kind: "visiting-care.answer-alarm", state: "open", assignee_id: worker.actor.accountId },
    ]);
    await worker.call(retireMonitor, { id: monitor.id, reason: "设备损坏" });
    expect(await code(send({ kind: "heartbeat", sequence: 2 }))).toBe("visiting-care/monitor-retired");
    expect(await code(worker.call(retireMonitor, { id: monitor.id, reason: "再来" }))).toBe(
      "visiting-care/monitor-retired",
    );
    expect(await code(house.worker([villages[1]]).call(retireMonitor, { id: monitor.id, reason: "别村" }))).toBe(
      "visiting-care/unknown-monitor",
    );
  });
});
