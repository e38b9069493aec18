import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drift } from "../../../kernel/indicator/indicator.ts";
import { newId } from "../../../kernel/operation/ids.ts";
import type { TestHouse } from "../../../kernel/testing/house.ts";
import { correct, merge, move, recordCensus, recordDeath, unmerge } from "../../people/index.ts";
import {
  callExtraVisits,
  close,
  enrol,
  handOver,
  listWorkers,
  openPeriod,
  propose,
  reassess,
  refuse,
} from "../enrolment.contract.ts";
import { getPerson, listPeople, listVisits, monthlyRate, recordVisit, voidVisit } from "../visits.contract.ts";
import { careHouse } from "./care.fixture.ts";
import { planJobs } from "./plan.handlers.ts";
import { recounts } from "./recounts.ts";

const villages = ["630102100001", "630102100002"] as const;
const township = "630102100";
const county = "630102";
let house: TestHouse;
let count = 0;

const officer = () => house.as("officer", county);
const worker = (hand = "one") => house.worker([villages[0]], hand);
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => "accepted",
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );

async function person(division: string = villages[0], more: Record<string, unknown> = {}): Promise<string> {
  const surnames = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜";
  const given = "一二三四五六七八九十百千万";
  count += 1;
  const name = `${surnames[count % surnames.length]}${given[count % 13]}${given[Math.floor(count / 13) % 13]}`;
  const { id } = await officer().call(recordCensus, {
    name,
    bornOn: `19${40 + (count % 15)}-0${1 + (count % 9)}-1${count % 10}`,
    division,
    living: "alone",
    categories: ["living_alone"],
    confirmed: true,
    ...more,
  });
  return id;
}

async function enrolled(division: string = villages[0], from?: string): Promise<string> {
  const id = await person(division);
  await officer().call(enrol, { personId: id, ...(from ? { from } : {}) });
  return id;
}

async function noDrift(): Promise<void> {
  const found = await house.open.database.transaction({ kind: "system" }, async (tx) => {
    const all = [];
    for (const one of recounts) all.push(...(await drift(tx, one.indicator, await one.count(tx))));
    return all;
  });
  expect(found).toEqual([]);
}

const rateOf = (month: string, division = county) => officer().call(monthlyRate, { division, month });
const home = { mode: "home", met: "person" } as const;

beforeAll(async () => {
  house = await careHouse();
  house.clock.set("2026-06-10");
});
afterAll(() => house.close());

describe("enrolling", () => {
  it("decides how often, opens the duties of this month and keeps the decision", async () => {
    const id = await person();
    const answer = await worker().call(enrol, { personId: id, agreedBy: "本人" });
    expect(answer).toMatchObject({
      state: "enrolled",
      frequency: { per: "month", min: 1 },
      reassessOn: "2026-12-10",
      duties: 1,
    });
    const page = await officer().call(getPerson, { id });
    expect(page.duties.map((duty) => duty.kind)).toEqual(["visiting-care.visit", "visiting-care.reassess"]);
    expect(page.duties[0]).toMatchObject({ dueOn: "2026-06-30" });
    expect(page.duties[0]?.plannedOn?.slice(0, 7)).toBe("2026-06");
    expect(page.agreedBy).toBe("本人");
    expect(await house.sql("select 1 from decision where id = $1", [answer.decisionId])).toHaveLength(1);
    expect(
      (await house.sql<{ agreed_by: string }>("select agreed_by from care_enrolment where person_id = $1", [id]))[0]
        ?.agreed_by,
    ).toMatch(/^(aes|sm)\./);
  });

  it("visits high risk every week", async () => {
    const id = await person();
    const answer = await officer().call(enrol, { personId: id, risk: "high" });
    expect(answer.frequency).toEqual({ per: "week", min: 1 });
    const due = await house.sql<{ due_on: string }>(
      "select due_on::text from duty where subject_id = $1 and kind = 'visiting-care.visit' order by 1",
      [id],
    );
    expect(due.map((row) => row.due_on)).toEqual(["2026-06-14", "2026-06-21", "2026-06-28", "2026-07-05"]);
  });

  it("refuses what cannot be", async () => {
    const id = await enrolled();
    expect(await code(officer().call(enrol, { personId: id }))).toBe("visiting-care/already-in-care");
    expect(await code(officer().call(enrol, { personId: newId() }))).toBe("visiting-care/unknown-person");
    const young = await person(villages[0], { bornOn: "1980-01-01" });
    expect(await code(officer().call(enrol, { personId: young }))).toBe("visiting-care/out-of-scope");
    const other = await person();
    expect(await code(officer().call(enrol, { personId: other, from: "2026-06-11" }))).toBe(
      "visiting-care/period-impossible",
    );
    expect(await code(officer().call(enrol, { personId: other, workerId: newId() }))).toBe(
      "visiting-care/unknown-worker",
    );
    expect(await code(house.worker([villages[1]]).call(enrol, { personId: other }))).toBe(
      "visiting-care/unknown-person",
    );
    expect(await code(house.as("auditor", county).call(enrol, { personId: other }))).toBe("auth/not-your-role");
    await officer().call(recordDeath, { id: other, on: "2026-06-09", source: "村委会" });
    expect(await code(officer().call(enrol, { personId: other }))).toBe("visiting-care/not-present");
  });

  it("asks who was proposed, and again half a year after a refusal", async () => {
    const id = await person();
    await worker().call(propose, { personId: id, risk: "key", reason: "摸排发现" });
    expect(await code(worker().call(propose, { personId: id, risk: "key", reason: "再次" }))).toBe(
      "visiting-care/already-in-care",
    );
    await worker().call(refuse, { personId: id, by: "本人", on: "2026-06-10", reason: "子女照顾" });
    const page = await officer().call(getPerson, { id });
    expect(page).toMatchObject({ state: "refused", refusedReason: "子女照顾" });
    expect(page.duties).toMatchObject([{ kind: "visiting-care.ask-again", dueOn: "2026-12-10" }]);
    await officer().call(enrol, { personId: id });
    expect((await officer().call(getPerson, { id })).state).toBe("enrolled");
    await noDrift();
  });
});

describe("recording a visit", () => {
  it("counts once in the month, fulfils the duty, and the same id twice is one visit", async () => {
    const id = await enrolled();
    const before = await rateOf("2026-06");
    const visitId = newId();
    const first = await worker().call(recordVisit, { id: visitId, personId: id, ...home, note: "一切平安" });
    expect(first).toMatchObject({
      counts: true,
      month: "2026-06",
      visitedThisMonth: true,
      decisionId: null,
      flags: [],
    });
    expect(await worker().call(recordVisit, { id: visitId, personId: id, ...home, note: "一切平安" })).toMatchObject({
      id: visitId,
      counts: true,
    });
    await worker().call(recordVisit, { personId: id, ...home });
    const after = await rateOf("2026-06");
    expect(after.visited - before.visited).toBe(1);
    const page = await worker().call(getPerson, { id });
    expect(page.visits).toHaveLength(2);
    expect(page.visits.map((one) => one.note)).toContain("一切平安");
    expect((await house.as("auditor", county).call(getPerson, { id })).visits.map((one) => one.note)).toEqual([
      null,
      null,
    ]);
    expect(page.duties.map((duty) => duty.kind)).not.toContain("visiting-care.visit");
    expect(
      (await house.sql<{ note: string }>("select note from care_visit where id = $1", [visitId]))[0]?.note,
    ).not.toContain("平安");
    await noDrift();
  });

  it("keeps a neighbour's word as an attempt with its decision", async () => {
    const id = await enrolled();
    const answer = await worker().call(recordVisit, { personId: id, mode: "home", met: "neighbour" });
    expect(answer).toMatchObject({ counts: false, visitedThisMonth: false, next: "none" });
    expect(await house.sql("select 1 from decision where id = $1", [answer.decisionId])).toHaveLength(1);
    expect((await officer().call(getPerson, { id })).duties.map((duty) => duty.kind)).toContain("visiting-care.visit");
  });

  it("sends somebody there the same day after two calls that nobody answered", async () => {
    const id = await enrolled();
    const call = { personId: id, mode: "phone", met: "nobody" } as const;
    expect((await worker().call(recordVisit, call)).next).toBe("retry");
    expect((await worker().call(recordVisit, call)).next).toBe("home_visit_today");
    expect((await worker().call(recordVisit, call)).next).toBe("home_visit_today");
    const duties = (await officer().call(getPerson, { id })).duties.filter(
      (duty) => duty.kind === "visiting-care.home-visit",
    );
    expect(duties).toMatchObject([{ dueOn: "2026-06-10" }]);
    await worker().call(recordVisit, { personId: id, ...home });
    expect((await officer().call(getPerson, { id })).duties.map((duty) => duty.kind)).not.toContain(
      "visiting-care.home-visit",
    );
  });

  it("counts what a device saw, by phone also the carer", async () => {
    const id = await enrolled();
    expect((await worker().call(recordVisit, { personId: id, mode: "phone", met: "carer" })).counts).toBe(true);
    expect(
      (
        await worker().call(recordVisit, {
          personId: id,
          mode: "remote",
          met: "nobody",
          device: { online: true, activitySeen: true },
        })
      ).counts,
    ).toBe(true);
    const silent = await worker().call(recordVisit, {
      personId: id,
      mode: "remote",
      met: "nobody",
      device: { online: false, activitySeen: false },
    });
    expect(silent).toMatchObject({ counts: false, flags: [{ code: "device-offline" }] });
  });

  it("keeps two visits within two hours by two hands, counts one, and lets the officer look", async () => {
    const id = await enrolled();
    const before = (await rateOf("2026-06")).byMode.find((one) => one.mode === "home")?.visits ?? 0;
    const first = await worker().call(recordVisit, { personId: id, ...home, at: "2026-06-10T08:00:00+08:00" });
    const second = await worker("two").call(recordVisit, { personId: id, ...home, at: "2026-06-10T09:30:00+08:00" });
    expect(second.flags).toMatchObject([{ code: "parallel", facts: { visitId: first.id } }]);
    const late = await worker("three").call(recordVisit, { personId: id, ...home, at: "2026-06-10T07:00:00+08:00" });
    expect(late.flags).toMatchObject([{ code: "parallel" }]);
    expect((await rateOf("2026-06")).byMode.find((one) => one.mode === "home")?.visits).toBe(before + 1);
    const counted = await officer().call(listVisits, { personId: id, counts: "yes" });
    expect(counted.visits.map((one) => one.id)).toEqual([first.id]);
    const page = await officer().call(getPerson, { id });
    expect(page.visits).toHaveLength(3);
    expect(page.duties.map((duty) => duty.kind)).toContain("visiting-care.look-at-parallel");
    await officer().call(voidVisit, { id: first.id, reason: "误登" });
    expect((await rateOf("2026-06")).byMode.find((one) => one.mode === "home")?.visits).toBe(before + 1);
    await noDrift();
  });

  it("flags what was recorded far from the door", async () => {
    const id = await person();
    await officer().call(correct, { id, version: 1, place: { latitude: 36.6, longitude: 101.8 }, reason: "定位" });
    await officer().call(enrol, { personId: id });
    const near = await worker().call(recordVisit, {
      personId: id,
      ...home,
      place: { latitude: 36.6005, longitude: 101.8, accuracy: 20 },
    });
    expect(near.flags).toEqual([]);
    const far = await worker().call(recordVisit, {
      personId: id,
      ...home,
      place: { latitude: 36.65, longitude: 101.8, accuracy: 20 },
    });
    expect(far).toMatchObject({ counts: true, flags: [{ code: "far-from-home" }] });
  });

  it("refuses what lies outside of care, in time or in place", async () => {
    const id = await enrolled(villages[0], "2026-06-05");
    const at = (time: string) => ({ personId: id, ...home, at: time });
    expect(await code(worker().call(recordVisit, at("2026-06-10T12:00:00+08:00")))).toBe("visiting-care/in-the-future");
    expect(await code(worker().call(recordVisit, at("2026-06-04T12:00:00+08:00")))).toBe(
      "visiting-care/before-enrolment",
    );
    expect(await code(worker().call(recordVisit, { personId: newId(), ...home }))).toBe("visiting-care/unknown-person");
    expect(await code(worker().call(recordVisit, { personId: await person(), ...home }))).toBe(
      "visiting-care/not-enrolled",
    );
    expect(await code(worker().call(recordVisit, { personId: id, ...home, photoIds: [newId()] }))).toBe(
      "visiting-care/unknown-file",
    );
    expect(await code(house.worker([villages[1]]).call(recordVisit, { personId: id, ...home }))).toBe(
      "visiting-care/not-your-person",
    );
    expect(await code(house.as("decider", county).call(recordVisit, { personId: id, ...home }))).toBe(
      "auth/not-your-role",
    );
    await officer().call(close, { personId: id, ground: "own_wish", on: "2026-06-08" });
    expect(await code(worker().call(recordVisit, at("2026-06-09T12:00:00+08:00")))).toBe("visiting-care/after-closing");
    const kept = await worker().call(recordVisit, at("2026-06-07T12:00:00+08:00"));
    expect(kept).toMatchObject({ counts: true, flags: [{ code: "late-after-closing" }] });
    await noDrift();
  });

  it("hands a visit on to the county the person has moved to", async () => {
    const id = await enrolled(villages[0], "2026-06-01");
    await officer().call(move, { id, to: "630103", on: "2026-06-08", reason: "随子女居住" });
    const refusal = await worker()
      .call(recordVisit, { personId: id, ...home })
      .catch((error) => error);
    expect(refusal).toMatchObject({ code: "visiting-care/moved-away", facts: { holdAt: { home: "630103" } } });
    const before = await worker().call(recordVisit, { personId: id, ...home, at: "2026-06-07T12:00:00+08:00" });
    expect(before.counts).toBe(true);
    expect(
      await house.sql("select state from care_enrolment where person_id = $1 and home_code = '630103'", [id]),
    ).toEqual([{ state: "proposed" }]);
    await noDrift();
  });
});

describe("plans", () => {
  it("opens the visits of a month once, spread over working days, village by village", async () => {
    const people = [];
    for (let at = 0; at < 6; at += 1) people.push(await enrolled(villages[1]));
    const first = await officer().call(openPeriod, { month: "2026-07" });
    expect(first.opened).toBeGreaterThanOrEqual(6);
    const again = await officer().call(openPeriod, { month: "2026-07" });
    expect(again).toEqual({ opened: 0, already: first.opened + first.already });
    const planned = await house.sql<{ planned_on: string }>(
      "select planned_on::text from duty where subject_id = any($1::uuid[]) and kind = 'visiting-care.visit' and due_on = '2026-07-31' order by 1",
      [people],
    );
    expect(planned).toHaveLength(6);
    expect(new Set(planned.map((row) => row.planned_on)).size).toBeGreaterThan(2);
    for (const row of planned) expect([0, 6]).not.toContain(new Date(`${row.planned_on}T00:00:00Z`).getUTCDay());
  });

  it("alerts at half and at nine tenths of the period, and the officer at the second", async () => {
    const id = await enrolled(villages[1]);
    const alert = () => house.open.call("visiting-care.alert-visits", { limit: 5000 }, house.system.actor);
    await alert();
    const state = () =>
      house.sql<{ reminders: number; chased: number }>(
        "select max(reminders)::integer as reminders, count(*) filter (where kind = 'visiting-care.chase')::integer as chased from duty where subject_id = $1 and kind in ('visiting-care.visit', 'visiting-care.chase')",
        [id],
      );
    expect(await state()).toEqual([{ reminders: 0, chased: 0 }]);
    house.clock.set("2026-06-17");
    await alert();
    expect(await state()).toEqual([{ reminders: 1, chased: 0 }]);
    house.clock.set("2026-06-28");
    await alert();
    expect(await state()).toEqual([{ reminders: 2, chased: 1 }]);
    await house.worker([villages[1]]).call(recordVisit, { personId: id, ...home });
    expect(
      await house.sql(
        "select 1 from duty where subject_id = $1 and state = 'open' and kind in ('visiting-care.visit', 'visiting-care.chase')",
        [id],
      ),
    ).toEqual([]);
    house.clock.set("2026-06-10");
  });

  it("reassesses with another risk, refuses a stale version", async () => {
    const id = await enrolled();
    const { version } = await officer().call(getPerson, { id });
    const plan = {
      personId: id,
      version,
      risk: "high" as const,
      modes: ["home" as const, "phone" as const],
      reason: "跌倒",
    };
    expect(await officer().call(reassess, { ...plan })).toMatchObject({
      frequency: { per: "week", min: 1 },
      reassessOn: "2026-12-10",
    });
    expect(await code(officer().call(reassess, { ...plan }))).toBe("visiting-care/changed-meanwhile");
    const due = await house.sql<{ due_on: string }>(
      "select due_on::text from duty where subject_id = $1 and kind = 'visiting-care.visit' and state = 'open' order by 1",
      [id],
    );
    expect(due.map((row) => row.due_on)).toEqual(["2026-06-14", "2026-06-21", "2026-06-28", "2026-07-05"]);
    await noDrift();
  });

  it("hands all people of a worker to another who has the village", async () => {
    const hands = [newId(), newId()];
    for (const [at, id] of hands.entries()) {
      await house.sql(
        "insert into account (id, login, display_name, password_hash, created_at) values ($1, $2, $3, 'x', now())",
        [id, `w${at}-${id}`, `村干部${at}`],
      );
      await house.sql(
        "insert into role_grant (id, account_id, role, division_code, label, valid_from, granted_at) values ($1, $2, 'worker', $3, '村', '2026-01-01', now())",
        [newId(), id, villages[0]],
      );
    }
    const [from = "", to = ""] = hands;
    const ids = [await person(), await person()];
    for (const personId of ids) await officer().call(enrol, { personId, workerId: from });
    expect(
      (await officer().call(listWorkers, { division: villages[0] })).workers.find((one) => one.id === from),
    ).toMatchObject({ people: 2 });
    expect(
      await code(
        officer().call(handOver, { fromWorkerId: from, toWorkerId: newId(), division: county, reason: "离任" }),
      ),
    ).toBe("visiting-care/unknown-worker");
    expect(
      await officer().call(handOver, { fromWorkerId: from, toWorkerId: to, division: county, reason: "离任" }),
    ).toEqual({ people: 2, duties: 2 });
    expect(
      await code(officer().call(handOver, { fromWorkerId: from, toWorkerId: to, division: county, reason: "离任" })),
    ).toBe("visiting-care/nothing-to-hand-over");
    expect((await officer().call(getPerson, { id: ids[0] ?? "" })).worker).toBe("村干部1");
  });

  it("calls for extra visits of one township; a visit in the days fulfils it", async () => {
    const id = await enrolled();
    const call = {
      division: township,
      ground: "extreme_weather",
      title: "寒潮",
      from: "2026-06-10",
      by: "2026-06-12",
    } as const;
    expect((await officer().call(callExtraVisits, { ...call })).opened).toBeGreaterThan(0);
    expect(await code(officer().call(callExtraVisits, { ...call, division: "630103" }))).toBe(
      "visiting-care/not-your-division",
    );
    expect(await code(officer().call(callExtraVisits, { ...call, by: "2026-06-09" }))).toBe(
      "visiting-care/period-impossible",
    );
    await worker().call(recordVisit, { personId: id, ...home });
    expect((await officer().call(getPerson, { id })).duties.map((duty) => duty.kind)).not.toContain(
      "visiting-care.extra-visit",
    );
  });
});

describe("lists and figures", () => {
  it("pages by last visit without losing or doubling anybody, with the kept total", async () => {
    const all: string[] = [];
    let after: string | undefined;
    let total: number | null = null;
    do {
      const page = await officer().call(listPeople, {
        category: ["living_alone", "dibao"],
        limit: 5,
        ...(after ? { after } : {}),
      });
      all.push(...page.people.map((one) => one.id));
      total = page.total;
      after = page.next ?? undefined;
    } while (after);
    expect(new Set(all).size).toBe(all.length);
    expect(total).toBe(all.length);
    for (const order of ["name", "due"] as const)
      expect((await officer().call(listPeople, { order, limit: 200 })).people).toHaveLength(all.length);
    const province = await house.as("officer", "63").call(listPeople, { limit: 200 });
    expect(province.people).toHaveLength(all.length);
    const own = await worker().call(listPeople, { limit: 200 });
    expect(own.people.every((one) => one.division === villages[0])).toBe(true);
    expect(own.total).toBe(own.people.length);
    const missed = await officer().call(listPeople, { month: "2026-06", visited: "no", limit: 200 });
    expect(missed.people.every((one) => !one.visitedThisMonth)).toBe(true);
    expect(
      (
        await officer().call(listVisits, { division: villages[0], month: "2026-06", counts: "no", limit: 200 })
      ).visits.every((one) => !one.counts),
    ).toBe(true);
  });

  it("prints 100.0% only when nobody is missed, and compares with the goal of its year", async () => {
    const rate = await rateOf("2026-06");
    const children = rate.children.reduce((sum, one) => sum + one.visited, 0);
    expect(children).toBe(rate.visited);
    expect(rate.target).toEqual({ goal: "full", percent: 100, met: false });
    expect((await rateOf("2024-03")).target).toEqual({ goal: "general", percent: null, met: null });
    expect((await rateOf("2023-03")).target).toEqual({ goal: "mechanism", percent: null, met: null });
    const own = await worker().call(monthlyRate, { month: "2026-06" });
    expect(own.children.map((one) => one.division)).toEqual([villages[0]]);
    expect(own.visited).toBe((await rateOf("2026-06", villages[0])).visited);
    expect(await code(officer().call(monthlyRate, { division: "639999", month: "2026-06" }))).toBe(
      "visiting-care/unknown-division",
    );
  });

  it("keeps the base of a month when somebody leaves: a closing after a visit stays, a refusal goes", async () => {
    const base = await rateOf("2026-06");
    const [visited, closed, refused, both] = [await enrolled(), await enrolled(), await enrolled(), await enrolled()];
    for (const personId of [visited, closed, both]) await worker().call(recordVisit, { personId, ...home });
    await officer().call(close, { personId: closed, ground: "institution", on: "2026-06-10" });
    await officer().call(refuse, { personId: refused, by: "本人", on: "2026-06-10", reason: "不需要" });
    await officer().call(refuse, { personId: both, by: "本人", on: "2026-06-10", reason: "不需要" });
    const after = await rateOf("2026-06");
    expect([after.visited - base.visited, after.enrolled - base.enrolled, after.refused - base.refused]).toEqual([
      2, 2, 2,
    ]);
    await noDrift();
  });

  it("moves this month's mark with the person, leaves the months before", async () => {
    house.clock.set("2026-05-20");
    const id = await enrolled(villages[0]);
    await worker().call(recordVisit, { personId: id, ...home });
    house.clock.set("2026-06-10");
    await worker().call(recordVisit, { personId: id, ...home });
    const before = {
      may: await rateOf("2026-05", villages[0]),
      june: await rateOf("2026-06", villages[0]),
      there: await rateOf("2026-06", villages[1]),
    };
    await officer().call(move, { id, to: villages[1], on: "2026-06-09", reason: "搬迁" });
    expect((await rateOf("2026-05", villages[0])).visited).toBe(before.may.visited);
    expect((await rateOf("2026-05", villages[0])).enrolled).toBe(before.may.enrolled);
    const [june, there] = [await rateOf("2026-06", villages[0]), await rateOf("2026-06", villages[1])];
    expect([before.june.visited - june.visited, before.june.enrolled - june.enrolled]).toEqual([1, 1]);
    expect([there.visited - before.there.visited, there.enrolled - before.there.enrolled]).toEqual([1, 1]);
    expect((await house.worker([villages[1]]).call(getPerson, { id })).visits).toHaveLength(2);
    expect(await code(worker().call(getPerson, { id }))).toBe("visiting-care/unknown-person");
    await noDrift();
  });

  it("merges two in care into one, and takes it back", async () => {
    const [keep, other] = [await enrolled(), await enrolled()];
    await worker().call(recordVisit, { personId: other, ...home });
    const before = await rateOf("2026-06");
    await officer().call(merge, { keep, merge: other, reason: "同一人" });
    const merged = await rateOf("2026-06");
    expect([merged.visited - before.visited, merged.enrolled - before.enrolled]).toEqual([0, -1]);
    expect(await worker().call(recordVisit, { personId: other, ...home })).toMatchObject({ counts: true });
    expect((await officer().call(getPerson, { id: other })).visits).toHaveLength(2);
    await noDrift();
    await officer().call(unmerge, { id: other, reason: "不是同一人" });
    const apart = await rateOf("2026-06");
    expect([apart.visited - before.visited, apart.enrolled - before.enrolled]).toEqual([0, 0]);
    await noDrift();
  });

  it("counts one who had left and is one with somebody in care once, also when the visit arrives after the merge", async () => {
    const moved = async (before: { visited: number; enrolled: number }) => {
      const now = await rateOf("2026-06");
      return [now.visited - before.visited, now.enrolled - before.enrolled];
    };
    for (const late of [false, true]) {
      const [keep, other] = [await enrolled(), await enrolled()];
      // The one that stays lives where the worker has nothing to look for.
      await officer().call(move, { id: keep, to: villages[1], on: "2026-06-09", reason: "搬迁" });
      const before = await rateOf("2026-06");
      const at = new Date(house.clock.now.getTime() - 60_000).toISOString();
      const visit = () => worker().call(recordVisit, { personId: other, at, ...home });
      if (!late) await visit();
      await officer().call(close, { personId: other, ground: "own_wish", on: "2026-06-10" });
      await officer().call(merge, { keep, merge: other, reason: "同一人" });
      const { id } = late ? await visit() : { id: "" };
      expect(await moved(before)).toEqual([1, -1]);
      await noDrift();
      if (late) {
        await officer().call(voidVisit, { id, reason: "登记错人" });
        expect(await moved(before)).toEqual([0, -1]);
      } else {
        await officer().call(unmerge, { id: other, reason: "不是同一人" });
        expect(await moved(before)).toEqual([1, 0]);
      }
      await noDrift();
    }
  });

  it("takes a visit back with its mark", async () => {
    const id = await enrolled();
    const before = await rateOf("2026-06");
    const { id: visit } = await worker().call(recordVisit, { personId: id, ...home });
    await officer().call(voidVisit, { id: visit, reason: "登记错人" });
    expect((await rateOf("2026-06")).visited).toBe(before.visited);
    expect(await code(officer().call(voidVisit, { id: visit, reason: "再次" }))).toBe("visiting-care/already-void");
    expect(await code(officer().call(voidVisit, { id: newId(), reason: "没有" }))).toBe("visiting-care/unknown-visit");
    expect((await worker().call(recordVisit, { personId: id, ...home })).visitedThisMonth).toBe(true);
    expect((await rateOf("2026-06")).visited).toBe(before.visited + 1);
    await noDrift();
  });
});

it("runs its jobs", () =>
  expect(planJobs.map((job) => job.id)).toEqual(["visiting-care.open-month", "visiting-care.alerts"]));
