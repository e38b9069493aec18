import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listDuties } from "../../../kernel/duty/duty.contract.ts";
import { drift } from "../../../kernel/indicator/indicator.ts";
import { newId } from "../../../kernel/operation/ids.ts";
import { Phone } from "../../../kernel/sync/testing/phone.ts";
import type { TestActor, TestHouse } from "../../../kernel/testing/house.ts";
import { unseal } from "../../../kernel/vault/seal.ts";
import { setContacts } from "../../people/index.ts";
import { fileEmergency, listEmergencies, openEmergency, recordStep } from "../emergency.contract.ts";
import { careHouse } from "./care.fixture.ts";
import { inCare, somebody, villages } from "./care-work.fixture.ts";
import { escalationJob } from "./emergency.jobs.ts";
import { careWorkRecounts } from "./figures.indicators.ts";

let house: TestHouse;
let worker: TestActor;
let standIn: TestActor;
let officer: TestActor;

beforeAll(async () => {
  house = await careHouse();
  worker = house.worker([villages[0]]);
  standIn = house.worker([villages[0]], "stand-in");
  officer = house.as("officer", "630102");
}, 120_000);
afterAll(() => house.close());

const at = (time: string) => house.clock.set(`2026-06-01T${time}:00+08:00`);
const tick = () => house.work(escalationJob);
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => "accepted",
    (error) => (error as { code?: string }).code ?? String(error),
  );

async function paperOf(id: string) {
  const [row] = await house.sql<{ number: string; facts: object; facts_sealed: string }>(
    "select number, facts, facts_sealed from document where id = $1",
    [id],
  );
  expect(row?.facts).toEqual({});
  const facts = JSON.parse(unseal(house.open.house.keys, row?.facts_sealed ?? "", `document/${id}/facts`));
  return { number: row?.number, facts: facts as Record<string, unknown> };
}

describe("an emergency", () => {
  it("runs its steps in their order, from the moment it was found", async () => {
    at("09:00");
    const person = await somebody(house, "样一步");
    const opened = await worker.call(openEmergency, { personId: person.id, found: "unconscious", note: "门内呻吟" });
    expect(opened.steps.map((one) => [one.step, one.dueAt.slice(11, 16)])).toEqual([
      ["call_rescue", "01:05"],
      ["call_family", "01:10"],
      ["stay", "01:15"],
      ["notify_community", "01:30"],
      ["file_record", "01:00"],
    ]);
    expect(opened.route).toBe("rescue");
    const step = (step: "call_rescue" | "call_family" | "stay" | "notify_community" | "file_record", extra = {}) =>
      worker.call(recordStep, { emergencyId: opened.id, step, reached: true, ...extra });
    expect(await code(step("call_family"))).toBe("visiting-care/step-out-of-order");
    expect(await code(step("file_record"))).toBe("visiting-care/step-out-of-order");
    at("09:02");
    expect((await step("call_rescue")).next).toBe("call_family");
    // Nobody answers at the first: the second in the register's order is next; nobody at all is an end too.
    const first = await step("call_family", { contactId: person.emergency, reached: false, note: "敲门无人应" });
    expect(first).toMatchObject({ next: "call_family", nextContact: { id: person.supporter, name: "样小海" } });
    expect(await code(worker.call(fileEmergency, { id: opened.id, outcome: "hospital", summary: "已送医" }))).toBe(
      "visiting-care/steps-missing",
    );
    const second = await step("call_family", { contactId: person.supporter, reached: false });
    expect(second).toMatchObject({ next: "stay", nextContact: null });
    await step("stay");
    expect((await step("notify_community")).next).toBe("file_record");
    at("10:00");
    const filed = await worker.call(fileEmergency, {
      id: opened.id,
      outcome: "hospital",
      summary: "急救车已将老人送医。",
    });
    const paper = await paperOf(filed.documentId);
    expect(paper.number).toMatch(/〔2026〕\d+号$/);
    expect(paper.facts).toMatchObject({ late: false, note: "门内呻吟", summary: "急救车已将老人送医。" });
    expect(paper.facts.steps).toHaveLength(5);
    // What was said of a person stands nowhere in clear.
    const [stored] = await house.sql<{ all: string }>(
      `select string_agg(t::text, '') as all from (select e::text as t from emergency e union all select s::text from emergency_step s
        union all select d::text from document d union all select j::text from journal_entry j) as rows`,
    );
    for (const said of ["门内呻吟", "急救车已将老人送医", "敲门无人应"]) expect(stored?.all).not.toContain(said);
    const { emergencies } = await officer.call(listEmergencies, { state: "filed" });
    expect(emergencies[0]).toMatchObject({ id: opened.id, state: "filed", overdue: false, person: "样一步" });
    expect(emergencies[0]?.steps[1]).toMatchObject({ step: "call_family", reached: false });
  });

  it("is frozen once filed: by handler, by statement and by the database", async () => {
    const { emergencies } = await officer.call(listEmergencies, { state: "filed" });
    const id = emergencies[0]?.id ?? "";
    for (const actor of [worker, officer]) {
      expect(await code(actor.call(recordStep, { emergencyId: id, step: "stay", reached: true }))).toBe(
        "visiting-care/emergency-filed",
      );
      expect(await code(actor.call(fileEmergency, { id, outcome: "safe", summary: "改一下" }))).toBe(
        "visiting-care/emergency-filed",
      );
      for (const text of [
        `update emergency set summary = 'x' where id = '${id}'`,
        `update emergency_step set note = 'x' where emergency_id = '${id}'`,
        `delete from emergency_step where emergency_id = '${id}'`,
      ])
        await expect(
          house.open.database.transaction(actor.actor.scope, (tx) => tx.run({ text, values: [] })),
        ).rejects.toThrow(/permission denied/);
    }
    const [row] = await house.sql<{ summary: string }>("select summary from emergency where id = $1", [id]);
    expect(unseal(house.open.house.keys, row?.summary ?? "", `emergency/${id}/summary`)).toBe("急救车已将老人送医。");
  });

  it("hands a late step to the stand-in, then to the county, once each, with duty and entry", async () => {
    at("11:00");
    const person = await somebody(house, "样二步");
    await inCare(house, person.id, villages[0], worker.actor.accountId, standIn.actor.accountId);
    const { id } = await worker.call(openEmergency, { personId: person.id, found: "injured" });
    at("11:04");
    await tick();
    const level = async () =>
      (await house.sql<{ escalated: number }>("select escalated from emergency where id = $1", [id]))[0]?.escalated;
    expect(await level()).toBe(0);
    at("11:06");
    await tick();
    await tick();
    expect(await level()).toBe(1);
    at("11:17");
    await tick();
    expect(await level()).toBe(3);
    const steps = await house.sql<{ kind: string; level: number }>(
      "select kind, level from emergency_step where emergency_id = $1 order by at",
      [id],
    );
    expect(steps).toEqual([
      { kind: "escalation", level: 1 },
      { kind: "escalation", level: 3 },
    ]);
    const duties = await house.sql<{ kind: string; assignee_id: string | null; state: string }>(
      "select kind, assignee_id, state from duty where subject_id = $1 order by kind",
      [id],
    );
    expect(duties).toEqual([
      { kind: "visiting-care.emergency-escalated", assignee_id: null, state: "open" },
      { kind: "visiting-care.emergency-stand-in", assignee_id: standIn.actor.accountId, state: "open" },
      { kind: "visiting-care.file-emergency", assignee_id: worker.actor.accountId, state: "open" },
    ]);
    expect((await officer.call(listDuties, { kind: "visiting-care.emergency-escalated" })).duties).toHaveLength(1);
    // Everything done: nothing is late any more, and the filing closes every duty.
    for (const step of ["call_rescue", "call_family", "stay", "notify_community"] as const)
      await worker.call(recordStep, { emergencyId: id, step, reached: true });
    await worker.call(fileEmergency, { id, outcome: "safe", summary: "老人平安。" });
    const open = await house.sql("select 1 from duty where subject_id = $1 and state = 'open'", [id]);
    expect(open).toEqual([]);
  });

  it("keeps the phone's clock, takes the same act twice as one, and says when the filing is late", async () => {
    at("12:00");
    const person = await somebody(house, "样三步");
    const id = newId();
    const offline = (operation: { id: string }, input: unknown, happenedAt: string) =>
      house.open.executor.run(house.open.handlers.get(operation.id) as never, input, {
        actor: worker.actor,
        requestId: newId(),
        now: new Date("2026-06-03T08:00:00+08:00"),
        act: { happenedAt: new Date(happenedAt), device: newId(), clockDrift: null, facts: {} },
      });
    const input = { id, personId: person.id, found: "missing" };
    await offline(openEmergency, input, "2026-06-01T12:00:00+08:00");
    await offline(openEmergency, input, "2026-06-01T12:00:00+08:00");
    const step = newId();
    for (let twice = 0; twice < 2; twice += 1)
      await offline(
        recordStep,
        { id: step, emergencyId: id, step: "call_rescue", reached: true },
        "2026-06-01T12:03:00+08:00",
      );
    house.clock.set("2026-06-03T08:00:00+08:00");
    const { emergencies } = await officer.call(listEmergencies, { id });
    expect(emergencies).toHaveLength(1);
    expect(emergencies[0]).toMatchObject({ openedAt: "2026-06-01T04:00:00.000Z", overdue: true });
    expect(emergencies[0]?.steps[0]).toMatchObject({ doneAt: "2026-06-01T04:03:00.000Z", reached: true });
    await worker.call(fileEmergency, { id, outcome: "false_alarm", summary: "老人走亲戚。" });
    const [row] = await house.sql<{ document_id: string }>("select document_id from emergency where id = $1", [id]);
    expect((await paperOf(row?.document_id ?? "")).facts.late).toBe(true);
  });

  it("proposes a death to the keepers of the register and never records it by itself", async () => {
    at("15:00");
    const person = await somebody(house, "样四步");
    await worker.call(openEmergency, { personId: person.id, found: "deceased" });
    const [row] = await house.sql<{ state: string }>("select state from person where id = $1", [person.id]);
    expect(row?.state).toBe("present");
    const { duties } = await officer.call(listDuties, { kind: "visiting-care.confirm-death" });
    expect(duties).toMatchObject([{ subjectId: person.id, link: `/people/${person.id}` }]);
  });

  it("is nobody else's: another village, another county, a reading role", async () => {
    const person = await somebody(house, "样五步");
    const input = { personId: person.id, found: "injured" as const };
    expect(await code(house.worker([villages[1]]).call(openEmergency, input))).toBe("visiting-care/unknown-person");
    expect(await code(house.as("officer", "630103").call(openEmergency, input))).toBe("visiting-care/unknown-person");
    expect(await code(house.as("officer", "63").call(openEmergency, input))).toBe("visiting-care/not-your-person");
    expect(await code(house.as("auditor", "630102").call(openEmergency, input))).toBe("auth/not-your-role");
  });

  it("is handled from beginning to filing without network, and filed when the worker closed it", async () => {
    at("09:00");
    const person = await somebody(house, "样离线");
    // The daughter's number is not known: nobody can be asked to call it.
    await officer.call(setContacts, {
      id: person.id,
      contacts: [
        { kind: "emergency", name: "样大海", relation: "邻居", phone: "13800002222" },
        { kind: "supporter", name: "样小月", relation: "女儿" },
      ],
    });
    const [contact] = await house.sql<{ id: string }>(
      "select id from person_contact where person_id = $1 and kind = 'emergency' and ended_on is null",
      [person.id],
    );
    const phone = new Phone(() => house.clock.now);
    await phone.register(worker);
    const id = newId();
    const about = { emergencyId: id, reached: true };
    phone.record(openEmergency.id, { id, personId: person.id, found: "injured" });
    // Filed too early on another phone of the same hand: kept for a person, and the record stays open.
    const early = phone.record(fileEmergency.id, { id, outcome: "safe", summary: "过早" });
    at("09:05");
    phone.record(recordStep.id, { ...about, step: "call_rescue" });
    phone.record(recordStep.id, { ...about, step: "call_family", reached: false, contactId: contact?.id });
    phone.record(recordStep.id, { ...about, step: "stay" });
    phone.record(recordStep.id, { ...about, step: "notify_community" });
    at("11:30");
    const last = phone.record(fileEmergency.id, { id, outcome: "hospital", summary: "救护车接走，家人已到。" });
    house.clock.set("2026-06-04T09:00:00+08:00");
    const results = await phone.pushItems(worker);
    expect(results.filter((one) => one.state !== "accepted")).toMatchObject([
      { key: early.key, state: "held", code: "visiting-care/steps-missing" },
    ]);
    expect(results.find((one) => one.key === last.key)?.output).toMatchObject({ filedAt: "2026-06-01T03:30:00.000Z" });
    const { emergencies } = await officer.call(listEmergencies, { id });
    expect(emergencies[0]).toMatchObject({ state: "filed", overdue: false, filedAt: "2026-06-01T03:30:00.000Z" });
    // The same act arrives again, and once more under another key: one record, one paper.
    const again = phone.record(fileEmergency.id, { id, outcome: "safe", summary: "再报一次" });
    phone.outbox = [last, again];
    expect((await phone.pushItems(worker)).map((one) => [one.state, one.code])).toEqual([
      ["accepted", null],
      ["held", "visiting-care/emergency-filed"],
    ]);
  });

  it("counts true to its rows", async () => {
    for (const { indicator, count } of careWorkRecounts)
      expect(
        await house.open.database.transaction({ kind: "system" }, async (tx) => drift(tx, indicator, await count(tx))),
      ).toEqual([]);
  });
});
