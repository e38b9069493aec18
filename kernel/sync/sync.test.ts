import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listDuties } from "../duty/duty.contract.ts";
import { type TestActor, type TestHouse, testHouse } from "../testing/house.ts";
import { listDevices, listHeld, pull, push, settleHeld } from "./sync.contract.ts";
import { Phone } from "./testing/phone.ts";
import { placesOf, type TestPlace } from "./testing/place.ts";
import { rename, toyModule, visit } from "./testing/toy.ts";

let house: TestHouse;
let place: () => Promise<TestPlace>;

const move = (id: string, village: string) =>
  house.sql("update toy_person set division_code = $2, home_code = left($2, 6), version = version + 1 where id = $1", [
    id,
    village,
  ]);
const act = (personId: string, note = "平安") => ({ personId, act: randomUUID(), note });
const ids = (phone: Phone) => [...phone.store.keys()].map((key) => key.split(" ")[1]).sort();
const held = async (who: TestActor) => (await who.call(listHeld, {})).held;

beforeAll(async () => {
  house = await testHouse([toyModule]);
  house.clock.set("2026-06-10T09:00:00+08:00");
  place = placesOf(house);
});
afterAll(() => house.close());

describe("what a phone holds", () => {
  it("is exactly what its worker may see, page by page", async () => {
    const at = await place();
    const mine = [];
    for (let n = 0; n < 5; n++) mine.push(await at.person(at.villages[n % 2] as string));
    await at.person(at.villages[2]);
    await at.phone.pullAll(at.worker, 2);
    expect(ids(at.phone)).toEqual(mine.sort());
    expect(at.phone.received).toBe(3);
    expect(await at.phone.pullPage(at.worker)).toMatchObject({ records: [], gone: [], more: false, page: 3 });
  });

  it("a page that got lost comes again, also when other pages followed", async () => {
    const at = await place();
    const mine = await Promise.all([at.person(), at.person(), at.person(), at.person()]);
    const input = at.phone.pullInput(2);
    const lost = await at.worker.call(pull, input);
    expect(lost.records).toHaveLength(2);
    // The phone never saw it. Before the lost records are repeated, newer ones want to go first.
    await at.phone.pullPage(at.worker, 1);
    await at.phone.pullAll(at.worker, 3);
    expect(ids(at.phone)).toEqual([...mine].sort());
  });

  it("a stale request that arrives late takes nothing away", async () => {
    const at = await place();
    const [first, second] = [await at.person(), await at.person()];
    const stale = at.phone.pullInput(1);
    await at.phone.pullAll(at.worker, 1);
    await move(first, at.villages[2]);
    await at.worker.call(pull, stale);
    await at.phone.pullAll(at.worker, 1);
    expect(ids(at.phone)).toEqual([second]);
  });

  it("a page older than the last one stored is thrown away by the phone, and nothing is missing afterwards", async () => {
    const at = await place();
    const [first, second] = [await at.person(), await at.person()];
    await at.phone.pullAll(at.worker);
    await move(first, at.villages[2]);
    const slow = await at.worker.call(pull, at.phone.pullInput());
    expect(slow.gone).toEqual([{ type: "toy-person", id: first }]);
    await move(first, at.villages[1]);
    await at.phone.pullAll(at.worker);
    at.phone.apply(slow);
    await at.phone.pullAll(at.worker);
    expect(ids(at.phone)).toEqual([first, second].sort());
  });

  it("a moved record is forgotten, and comes back when it returns", async () => {
    const at = await place();
    const person = await at.person();
    await at.phone.pullAll(at.worker);
    await move(person, at.villages[2]);
    await at.phone.pullAll(at.worker);
    expect(ids(at.phone)).toEqual([]);
    await move(person, at.villages[1]);
    await at.phone.pullAll(at.worker);
    expect(ids(at.phone)).toEqual([person]);
  });

  it("follows the worker to other villages, and to another county", async () => {
    const [at, there] = [await place(), await place()];
    const [stays, left, far] = [await at.person(at.villages[1]), await at.person(), await there.person()];
    await at.phone.pullAll(at.worker);
    expect(ids(at.phone)).toEqual([stays, left].sort());
    const as = (villages: readonly string[]): TestActor => {
      const other = house.worker(villages);
      const actor = { ...other.actor, accountId: at.worker.actor.accountId };
      return { actor, call: (operation, input, extra) => house.open.call(operation.id, input, actor, extra) as never };
    };
    await at.phone.pullAll(as([at.villages[1]]));
    expect(ids(at.phone)).toEqual([stays]);
    await at.phone.pullAll(as([there.villages[0]]));
    expect(ids(at.phone)).toEqual([far]);
    const rows = await house.sql<{ home_code: string }>(
      "select distinct home_code from device_record where device_id = $1",
      [at.phone.id],
    );
    expect(rows).toEqual([{ home_code: there.home }]);
    expect((await there.officer.call(listDevices, {})).devices.map((one) => one.id)).toContain(at.phone.id);
  });

  it("begins again with a server that was restored from a backup", async () => {
    const at = await place();
    const [kept, gone] = [await at.person(), await at.person()];
    await at.phone.pullAll(at.worker, 1);
    await house.sql("delete from device_record where device_id = $1", [at.phone.id]);
    await house.sql("update device set last_page = 0 where id = $1", [at.phone.id]);
    await move(gone, at.villages[2]);
    expect(await at.worker.call(pull, at.phone.pullInput())).toMatchObject({ page: 0, more: true });
    await at.phone.pullAll(at.worker);
    expect(ids(at.phone)).toEqual([kept]);
  });

  it("never exceeds the cap, and says how much was left out", async () => {
    const at = await place();
    await house.sql(
      `insert into toy_person (home_code, id, division_code, name, version)
       select $1, gen_random_uuid(), $2, 'x', 1 from generate_series(1, 105)`,
      [at.home, at.villages[0]],
    );
    await house.sql(
      `insert into setting_value (id, division_code, valid_from, value, reason, set_at) values ('sync.record-cap', $1, '2026-01-01', '100', 'test', now())`,
      [at.home],
    );
    await house.open.reload();
    const page = await at.phone.pullPage(at.worker, 500);
    expect(page).toMatchObject({ capped: 5, more: false });
    expect(at.phone.store.size).toBe(100);
  });

  it("two requests of one phone at the same moment agree", async () => {
    const at = await place();
    for (let n = 0; n < 4; n++) await at.person();
    const input = at.phone.pullInput(2);
    const pages = await Promise.all([at.worker.call(pull, input), at.worker.call(pull, input)]);
    expect(new Set(pages.map((one) => one.page)).size).toBe(2);
    await at.phone.pullAll(at.worker, 2);
    expect(at.phone.store.size).toBe(4);
  });

  it("is refused to another person, and to a phone nobody knows", async () => {
    const at = await place();
    const other = house.worker([at.villages[0]], "other");
    await expect(at.phone.pullPage(other)).rejects.toMatchObject({ code: "sync/device-of-another", status: 403 });
    await expect(new Phone(() => house.clock.now).pullPage(at.worker)).rejects.toMatchObject({
      code: "sync/unknown-device",
    });
    await expect(at.phone.register(other)).rejects.toMatchObject({ code: "sync/device-of-another", status: 409 });
  });
});

describe("what a phone sends", () => {
  it("is written once, however often and in whatever order it comes; the answer stays the same", async () => {
    const at = await place();
    const person = await at.person();
    for (let n = 0; n < 3; n++) at.phone.record(visit.id, act(person));
    const items = [...at.phone.outbox];
    // Killed after the commit: the phone learns nothing and sends again, turned around and twice.
    const first = await at.worker.call(push, { device: at.phone.id, sentAt: at.phone.time.toISOString(), items });
    const again = await at.phone.pushItems(
      at.worker,
      [...items].reverse().flatMap((one) => [one, one]),
    );
    expect(again.every((one) => one.state === "accepted")).toBe(true);
    for (const one of first.results) expect(again.find((other) => other.key === one.key)?.output).toEqual(one.output);
    expect(await at.visits()).toHaveLength(3);
    expect(at.phone.outbox).toEqual([]);
  });

  it("the same batch sent four times at the same moment is written once", async () => {
    const at = await place();
    const person = await at.person();
    at.phone.record(visit.id, act(person));
    at.phone.record(visit.id, act(person, "no"));
    const batch = { device: at.phone.id, sentAt: at.phone.time.toISOString(), items: at.phone.outbox };
    const answers = await Promise.all([1, 2, 3, 4].map(() => at.worker.call(push, batch)));
    for (const one of answers) expect(one.results.map((result) => result.state)).toEqual(["accepted", "held"]);
    expect(await at.visits()).toHaveLength(1);
    expect(await held(at.officer)).toHaveLength(1);
    expect((await at.officer.call(listDuties, { kind: "sync.settle-held" })).duties).toHaveLength(1);
  });

  it("with a wrong or foreign signature is turned away and journalled; the others arrive", async () => {
    const at = await place();
    const other = await place();
    const person = await at.person();
    const good = at.phone.record(visit.id, act(person));
    const changed = { ...at.phone.record(visit.id, act(person)), input: act(person, "改过") };
    const foreign = other.phone.record(visit.id, act(person));
    const damaged = { ...at.phone.record(visit.id, act(person)), key: "%%", happenedAt: "sometime", signature: "???" };
    const results = await at.phone.pushItems(at.worker, [changed, foreign, damaged, good]);
    expect(results.map((one) => [one.state, one.code])).toEqual([
      ["rejected", "sync/signature-wrong"],
      ["rejected", "sync/signature-wrong"],
      ["rejected", "sync/signature-wrong"],
      ["accepted", null],
    ]);
    expect(await at.visits()).toHaveLength(1);
    const journal = await house.sql("select 1 from journal_entry where event = 'act.turned-away' and home_code = $1", [
      at.home,
    ]);
    expect(journal).toHaveLength(3);
  });

  it("when damaged is turned away by itself, whatever is missing of it; the others arrive", async () => {
    const at = await place();
    const person = await at.person();
    const good = at.phone.record(visit.id, act(person));
    const whole = at.phone.record(visit.id, act(person));
    const broken: unknown[] = [
      { key: whole.key },
      { ...whole, input: undefined },
      { ...whole, signature: 7 },
      { ...whole, happenedAt: "9".repeat(500) },
      null,
      "x",
    ];
    const { results } = await at.worker.call(push, {
      device: at.phone.id,
      sentAt: at.phone.time.toISOString(),
      items: [...(broken as (typeof good)[]), good],
    });
    expect(results.map((one) => [one.key, one.state, one.code])).toEqual([
      ...broken.map((one) => [(one as { key?: string } | null)?.key ?? "", "rejected", "sync/signature-wrong"]),
      [good.key, "accepted", null],
    ]);
    expect(await at.visits()).toHaveLength(1);
  });

  it("a key used for two different acts loses neither", async () => {
    const at = await place();
    const person = await at.person();
    const key = randomUUID();
    at.phone.record(visit.id, act(person), key);
    await at.phone.pushItems(at.worker);
    at.phone.record(visit.id, act(person, "另一次"), key);
    expect(await at.phone.pushItems(at.worker)).toMatchObject([
      { state: "held", code: "operation/key-used-for-another-input" },
    ]);
    expect(await held(at.officer)).toMatchObject([{ input: { note: "另一次" } }]);
  });

  it("what an older application recorded, what is not offline, and what makes the program fail is held", async () => {
    const at = await place();
    const person = await at.person();
    at.phone.record(visit.id, { personId: person, remark: "旧字段" });
    at.phone.record(rename.id, { personId: person, name: "新名" });
    at.phone.record("toy.gone", { personId: person });
    at.phone.record(visit.id, act(person, "fault"));
    at.phone.record(visit.id, act(person));
    const results = await at.phone.pushItems(at.worker);
    expect(results.map((one) => [one.state, one.code])).toEqual([
      ["held", "operation/invalid-input"],
      ["held", "sync/operation-not-offline"],
      ["held", "sync/operation-not-offline"],
      ["held", "operation/fault"],
      ["accepted", null],
    ]);
    expect(await held(at.officer)).toHaveLength(4);
    expect(await house.sql("select name from toy_person where id = $1", [person])).toEqual([{ name: "样老人" }]);
  });

  it("is held with its reason, sealed, and its replay hears the same, also after it was settled", async () => {
    const at = await place();
    const person = await at.person();
    const item = at.phone.record(visit.id, act(person, "no"));
    const [first] = await at.phone.pushItems(at.worker, [item]);
    expect(first).toMatchObject({ state: "held", code: "toy/no" });
    const rows = await house.sql<{ sealed: string; id: string }>("select sealed, id from held_act where key = $1", [
      item.key,
    ]);
    expect(rows[0]?.sealed).toMatch(/^aes\./);
    await at.officer.call(settleHeld, { id: rows[0]?.id as string, decision: "set-aside", reason: "重复" });
    expect(await at.phone.pushItems(at.worker, [item])).toEqual([first]);
    expect(await held(at.officer)).toEqual([]);
  });

  it("held and applied: under the officer's right, at the time of the phone, once", async () => {
    const at = await place();
    const person = await at.person();
    await at.phone.pullAll(at.worker);
    house.clock.set("2026-06-10T10:00:00+08:00");
    at.phone.record(visit.id, act(person));
    await move(person, at.villages[2]);
    house.clock.set("2026-06-11T10:00:00+08:00");
    expect(await at.phone.pushItems(at.worker)).toMatchObject([{ state: "held", code: "toy/elsewhere" }]);
    const [one] = await held(at.officer);
    expect(one).toMatchObject({ person: "test", input: { personId: person }, happenedAt: "2026-06-10T02:00:00.000Z" });
    const id = one?.id as string;
    const tries = await Promise.allSettled(
      ["one", "two"].map((hand) =>
        house.as("officer", at.home, hand).call(settleHeld, { id, decision: "apply", reason: "已迁到邻村" }),
      ),
    );
    expect(tries.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    const visits = await at.visits();
    expect(visits).toHaveLength(1);
    expect(visits[0]?.happened_at.toISOString()).toBe("2026-06-10T02:00:00.000Z");
    expect((await at.officer.call(listDuties, { kind: "sync.settle-held" })).duties).toEqual([]);
    house.clock.set("2026-06-10T09:00:00+08:00");
  });

  it("held and refused again says why, and stays", async () => {
    const at = await place();
    const person = await at.person();
    at.phone.record(visit.id, act(person, "no"));
    await at.phone.pushItems(at.worker);
    const [one] = await held(at.officer);
    const apply = () => at.officer.call(settleHeld, { id: one?.id as string, decision: "apply", reason: "试" });
    await expect(apply()).rejects.toMatchObject({ code: "sync/still-refused", facts: { code: "toy/no" } });
    await expect(apply()).rejects.toMatchObject({ code: "sync/still-refused" });
    expect(await held(at.officer)).toHaveLength(1);
  });

  it("held is routed to another register when the person is there; the phone does not learn where", async () => {
    const [at, there] = [await place(), await place()];
    const person = await at.person();
    at.phone.record(visit.id, act(person));
    await move(person, there.villages[2]);
    const [result] = await at.phone.pushItems(at.worker);
    expect(result).toMatchObject({ state: "held", code: "toy/elsewhere" });
    expect(JSON.stringify(result)).not.toContain(there.home);
    expect(await held(at.officer)).toEqual([]);
    const [one] = await held(there.officer);
    expect(one).toMatchObject({ division: there.villages[2] });
    await expect(
      at.officer.call(settleHeld, { id: one?.id as string, decision: "apply", reason: "x" }),
    ).rejects.toMatchObject({ code: "sync/unknown-held" });
    await there.officer.call(settleHeld, { id: one?.id as string, decision: "apply", reason: "属实" });
    expect(await there.visits()).toMatchObject([{ person_id: person }]);
    expect(await at.visits()).toEqual([]);
  });

  it("a colleague may bring another's outbox from the same phone: held for a person, and never doubled", async () => {
    const at = await place();
    const person = await at.person();
    const colleague = house.worker([at.villages[1]], "colleague");
    const neighbour = house.worker([at.villages[2]], "neighbour");
    const stranger = (await place()).worker;
    const done = at.phone.record(visit.id, act(person));
    await at.worker.call(push, { device: at.phone.id, sentAt: at.phone.time.toISOString(), items: [done] });
    const open = at.phone.record(visit.id, act(person));
    await expect(at.phone.pushItems(neighbour)).rejects.toMatchObject({ code: "sync/device-of-another" });
    await expect(at.phone.pushItems(stranger)).rejects.toMatchObject({ code: "sync/device-of-another" });
    expect(await at.phone.pushItems(colleague, [done, open])).toMatchObject([
      { state: "accepted" },
      { state: "held", code: "sync/delivered-by-another" },
    ]);
    // The owner is back and the phone sends what it does not know to have arrived.
    expect(await at.phone.pushItems(at.worker, [open])).toMatchObject([{ state: "held" }]);
    const [one] = await held(at.officer);
    await at.officer.call(settleHeld, { id: one?.id as string, decision: "apply", reason: "代报" });
    expect(await at.phone.pushItems(at.worker, [open])).toMatchObject([{ state: "held" }]);
    expect(await at.visits()).toHaveLength(2);
  });

  it("a right that was lost meanwhile leads to holding", async () => {
    const at = await place();
    const person = await at.person();
    at.phone.record(visit.id, act(person));
    const { actor } = house.worker([at.villages[2]]);
    const moved: TestActor = {
      actor: { ...actor, accountId: at.worker.actor.accountId },
      call: (operation, input, extra) =>
        house.open.call(operation.id, input, { ...actor, accountId: at.worker.actor.accountId }, extra) as never,
    };
    expect(await at.phone.pushItems(moved)).toMatchObject([{ state: "held" }]);
    expect(await held(at.officer)).toHaveLength(1);
  });
});
