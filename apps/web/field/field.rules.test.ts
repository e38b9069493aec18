import { expect, it } from "vitest";
import { signIn, signOut } from "../../../kernel/auth/auth.contract.ts";
import { pathOf } from "../../../kernel/operation/define.ts";
import * as syncContract from "../../../kernel/sync/sync.contract.ts";
import { signDelivery } from "../../../modules/equipment/index.ts";
import { recordCensus, recordDeath } from "../../../modules/people/index.ts";
import * as care from "../../../modules/visiting-care/index.ts";
import type { Act, KeptAct } from "./acts.ts";
import type { CarePerson, Summary } from "./care.ts";
import { isCitizenNumber } from "./citizen-number.rules.ts";
import { forgetAt, mustForget, waitBeforeRetry, wrongClock } from "./clock.rules.ts";
import * as doors from "./doors.ts";
import { clockText, emergenciesOf } from "./emergency.rules.ts";
import { words } from "./field.words.ts";
import { newId } from "./ids.ts";
import { filesToSend, nextBatch, outOfDate, settle } from "./outbox.rules.ts";
import { marksOf, shownVisits } from "./overlay.rules.ts";
import { plotOf } from "./plot.rules.ts";
import { isSimplePin } from "./screens/pin.tsx";
import { saidOf, standingOf, todayOf } from "./today.rules.ts";

const today = "2026-11-21";
let seq = 0;
function kept(given: Partial<Act> & { state?: KeptAct["state"]; files?: string[]; settledAt?: string }): KeptAct {
  seq += 1;
  const key = `key-${seq}`;
  const act = {
    key,
    operation: "visiting-care.record-visit",
    input: { personId: "p1", mode: "home", met: "person" },
    happenedAt: `${today}T02:00:00Z`,
    contract: "c",
    signature: "s",
    about: { personId: "p1", name: "甲" },
    ...given,
  } as Act;
  const settled = given.settledAt
    ? { state: "accepted" as const, code: null, facts: {}, output: null, at: given.settledAt }
    : null;
  return { key, seq, state: given.state ?? "waiting", act, settled, files: given.files ?? [] };
}

it("names the operations as their contracts do, and every act is one that may wait for a network", () => {
  const { carriers, ...named } = doors;
  const contracts = { ...syncContract, ...care, signIn, signOut } as unknown as Record<
    string,
    { id: string; door: string; kind: string }
  >;
  for (const [name, door] of Object.entries(named)) {
    const contract = contracts[name];
    if (!contract) continue;
    expect({ path: pathOf(door), door: door.door, kind: door.kind }).toEqual({
      path: pathOf(contract),
      door: contract.door,
      kind: contract.kind,
    });
  }
  expect([...carriers].sort()).toEqual([...syncContract.push.who].sort());
  const offline = [
    care.recordVisit,
    care.propose,
    care.refuse,
    care.openEmergency,
    care.recordStep,
    care.fileEmergency,
    recordCensus,
    recordDeath,
    signDelivery,
  ];
  expect(offline.filter((one) => !one.offline).map((one) => one.id)).toEqual([]);
  expect(Object.keys(words.zh.outbox.did).sort()).toEqual(offline.map((one) => one.id).sort());
});

it("sends oldest first, files ahead, and keeps the order of one person", () => {
  const acts = [kept({ files: ["f1"] }), kept({ about: { personId: "p2", name: "乙" } }), kept({})];
  expect(filesToSend(acts, new Map([["f1", "waiting"]]))).toEqual(["f1"]);
  expect(nextBatch(acts, new Map([["f1", "waiting"]])).map((one) => one.act?.about.personId)).toEqual(["p2"]);
  expect(nextBatch(acts, new Map([["f1", "sent"]])).length).toBe(3);
  expect(nextBatch(acts, new Map([["f1", "refused"]])).length).toBe(3);
  expect(
    nextBatch(
      Array.from({ length: 30 }, () => kept({})),
      new Map(),
    ).length,
  ).toBe(20);
});

it("settles an act once, and only accepted ones leave the phone by age", () => {
  const one = kept({});
  const answer = { state: "held" as const, code: "x/y", facts: {}, output: null, at: `${today}T00:00:00Z` };
  const after = settle(one, answer);
  expect(after.state).toBe("held");
  expect(settle(after, { ...answer, state: "accepted" }).state).toBe("held");
  const accepted = { ...settle(kept({}), { ...answer, state: "accepted" }) };
  const later = Date.parse(`${today}T00:00:00Z`) + 8 * 86_400_000;
  expect(outOfDate([after, accepted], later)).toEqual([accepted.key]);
  expect(outOfDate([accepted], later - 2 * 86_400_000)).toEqual([]);
});

it("shows unsent acts on top of what was pulled, and lets go of them after the next pull", () => {
  const waiting = kept({});
  const old = kept({ state: "accepted", settledAt: `${today}T03:00:00.000Z` });
  expect(marksOf([waiting], null, today).get("p1")).toMatchObject({ waiting: 1, visitedMonth: "2026-11" });
  expect(marksOf([old], `${today}T02:00:00.000Z`, today).get("p1")?.visitedMonth).toBe("2026-11");
  expect(marksOf([old], `${today}T04:00:00.000Z`, today).get("p1")).toBeUndefined();
  const rejected = kept({ state: "rejected" });
  expect(marksOf([rejected], null, today).get("p1")).toMatchObject({ rejected: 1, visitedMonth: null });
  const call = { personId: "p1", mode: "phone" as const, met: "nobody" as const };
  expect(marksOf([kept({ input: call }), kept({ input: call })], null, today).get("p1")).toMatchObject({
    failedCallsToday: 2,
    visitedMonth: null,
  });
  const body = {
    personId: "p1",
    lastVisits: [{ id: "v1", at: `${today}T01:00:00Z`, mode: "home", met: "person", counts: true, worker: "x" }],
  } as unknown as CarePerson;
  const known = kept({ input: { id: "v1", personId: "p1", mode: "home", met: "person" } });
  const fresh = kept({ input: { id: "v2", personId: "p1", mode: "home", met: "neighbour" } });
  expect(shownVisits(body, [known, fresh], "我").map((one) => [one.id, one.counts, one.standing])).toEqual([
    ["v2", false, "waiting"],
    ["v1", true, null],
  ]);
});

const person = (change: Partial<Summary>): Summary => ({
  recordId: newId(),
  personId: newId(),
  name: "甲",
  age: 80,
  sex: null,
  division: "630102100201",
  divisionName: "团结村",
  address: "1社",
  risk: "general",
  state: "enrolled",
  phone: null,
  place: null,
  dueOn: "2026-11-30",
  plannedOn: null,
  visitedMonth: null,
  lastVisitAt: null,
  findings: 0,
  mine: true,
  ...change,
});

it("groups today by village, planned and late first, and a new month makes a visit history", () => {
  const people = [
    person({ name: "later" }),
    person({ name: "late", dueOn: "2026-11-19" }),
    person({ name: "planned", plannedOn: today }),
    person({ name: "soon", dueOn: "2026-11-24" }),
    person({ name: "done", visitedMonth: "2026-11" }),
    person({ name: "gone", state: "deceased" }),
    person({ name: "elsewhere", division: "630102100202", divisionName: "新庄村", mine: false }),
  ];
  const list = todayOf(people, today, { onlyMine: false, typed: "" });
  expect(list.groups.map((one) => one.name)).toEqual(["团结村", "新庄村"]);
  expect(list.groups[0]?.entries.map((one) => one.person.name)).toEqual(["planned", "late", "soon", "later"]);
  expect(list.done.map((one) => one.person.name)).toEqual(["done", "gone"]);
  expect(list.left).toBe(5);
  expect(todayOf(people, today, { onlyMine: true, typed: "" }).groups.length).toBe(1);
  expect(todayOf(people, today, { onlyMine: false, typed: " 新庄 " }).left).toBe(1);
  expect(todayOf(people, "2026-12-01", { onlyMine: false, typed: "" }).done.map((one) => one.person.name)).toEqual([
    "gone",
  ]);
});

it("says late of everybody whose day has passed, planned before or not", () => {
  const said = (change: Partial<Summary>) => saidOf(standingOf(person(change), today));
  expect(said({ dueOn: "2026-11-19", plannedOn: "2026-11-05" })).toBe("overdue");
  expect(said({ dueOn: "2026-11-19" })).toBe("overdue");
  expect(said({ dueOn: "2026-11-30", plannedOn: "2026-11-05" })).toBe("planned");
  expect(said({ dueOn: "2026-11-19", plannedOn: "2026-11-05", visitedMonth: "2026-11" })).toBe("done");
});

it("waits longer each time, never sooner than asked, and tells a wrong clock", () => {
  expect(waitBeforeRetry(1, 0.5, null)).toBe(5_000);
  expect(waitBeforeRetry(3, 0.5, null)).toBe(20_000);
  expect(waitBeforeRetry(40, 0, null)).toBe(150_000);
  expect(waitBeforeRetry(1, 0, 90)).toBe(90_000);
  expect(forgetAt(1_000, "2026-11-21T00:00:00Z", "2026-11-28T00:00:00Z")).toBe(1_000 + 7 * 86_400_000);
  expect(mustForget({ forgetAt: null, seen: 9 }, 9)).toBe(false);
  expect([wrongClock(4), wrongClock(-12), wrongClock(90)]).toEqual([null, -12, 90]);
});

it("runs an emergency in its order, whoever answers", () => {
  const open = kept({
    operation: "visiting-care.open-emergency",
    input: { id: "e1", personId: "p1", found: "injured" },
  });
  const step = (name: string, reached: boolean, who?: string) =>
    kept({ operation: "visiting-care.record-step", input: { emergencyId: "e1", step: name, reached, who } as never });
  const next = (...acts: KeptAct[]) => emergenciesOf([open, ...acts])[0]?.next;
  expect(next()).toBe("call_rescue");
  const rescued = step("call_rescue", true);
  expect(next(rescued)).toBe("call_family");
  expect(next(rescued, step("call_family", false, "小赵"))).toBe("call_family");
  expect(next(rescued, step("call_family", false))).toBe("stay");
  const told = [rescued, step("call_family", true, "小赵"), step("stay", true), step("notify_community", true)];
  expect(next(...told)).toBe("file_record");
  const filed = (state: KeptAct["state"]) =>
    kept({
      operation: "visiting-care.file-emergency",
      input: { id: "e1", outcome: "safe", summary: "平安" } as never,
      happenedAt: `${today}T03:00:00Z`,
      state,
    });
  for (const state of ["waiting", "accepted", "held"] as const) {
    const closed = emergenciesOf([open, ...told, filed(state)])[0];
    expect(closed).toMatchObject({ next: null, filing: state });
    expect(closed?.steps.at(-1)?.doneAt).toBe(`${today}T03:00:00Z`);
  }
  expect(emergenciesOf([open, ...told, filed("rejected")])[0]).toMatchObject({ next: "file_record", filing: null });
  expect(clockText(`${today}T00:00:00Z`, Date.parse(`${today}T00:07:05Z`))).toBe("07:05");
  expect(clockText(`${today}T00:00:00Z`, Date.parse(`${today}T01:02:03Z`))).toBe("1:02:03");
});

it("knows a citizen number, a simple PIN, a place and an id", () => {
  expect(isCitizenNumber("11010519491231002X")).toBe(true);
  for (const wrong of ["110105194912310021", "11010519491331002X", "110105491231002", ""])
    expect(isCitizenNumber(wrong)).toBe(false);
  expect([isSimplePin("111111"), isSimplePin("123456"), isSimplePin("654321"), isSimplePin("402913")]).toEqual([
    true,
    true,
    true,
    false,
  ]);
  expect(plotOf([person({})])).toBeNull();
  const plot = plotOf([
    person({ place: { latitude: 36.57, longitude: 101.83 } }),
    person({ place: { latitude: 36.58, longitude: 101.83 } }),
  ]);
  expect(plot?.dots[0]?.y).toBeGreaterThan(plot?.dots[1]?.y ?? 0);
  expect(newId(1)).toMatch(/^00000000-0001-7[0-9a-f]{3}-[89ab]/);
});
