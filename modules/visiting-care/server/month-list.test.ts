import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestActor, TestHouse } from "../../../kernel/testing/house.ts";
import { move, recordCensus, recordDeath } from "../../people/index.ts";
import { listEmergencies, openEmergency } from "../emergency.contract.ts";
import { close, enrol, refuse } from "../enrolment.contract.ts";
import { careFigures, dashboard } from "../figures.contract.ts";
import { listReferrals, openReferral, settleReferral, takeReferral } from "../referral.contract.ts";
import { listPeople, monthlyRate, recordVisit } from "../visits.contract.ts";
import { careHouse } from "./care.fixture.ts";

const [first, second] = ["630102100001", "630102100002"] as const;
const county = "630102";
let house: TestHouse;
let officer: TestActor;
let count = 0;

async function enrolled(division: string = first): Promise<string> {
  count += 1;
  const { id } = await officer.call(recordCensus, {
    name: `${"赵钱孙李周吴郑王冯陈"[count % 10]}${"子丑寅卯辰巳午未申酉"[count % 10]}${"甲乙丙丁"[count % 4]}`,
    bornOn: `19${40 + count}-05-11`,
    division,
    living: "alone",
    categories: ["living_alone"],
    confirmed: true,
  });
  await officer.call(enrol, { personId: id });
  return id;
}
const visit = (personId: string) => officer.call(recordVisit, { personId, mode: "home", met: "person" });
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => "accepted",
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );
const named = async (division: string, month: string, visited: "yes" | "no") =>
  (await officer.call(listPeople, { division, month, visited, limit: 200 })).people.map((one) => one.id).sort();

beforeAll(async () => {
  house = await careHouse();
  officer = house.as("officer", county);
  house.clock.set("2026-05-04");
}, 180_000);
afterAll(() => house.close());

describe("the list behind the rate of a month", () => {
  it("names exactly those the figure counts, whatever became of them since", async () => {
    const people: string[] = [];
    for (let at = 0; at < 7; at++) people.push(await enrolled());
    const [stays, dies, leavesUnseen, missed, refuses, moves, movesUnseen] = people as [string, ...string[]];
    for (const id of [stays, dies, refuses, moves]) await visit(id as string);
    await officer.call(recordDeath, { id: dies as string, on: "2026-05-04", source: "村委会" });
    await officer.call(close, { personId: leavesUnseen as string, ground: "institution", on: "2026-05-04" });
    house.clock.set("2026-06-10");
    await officer.call(refuse, { personId: refuses as string, by: "本人", on: "2026-06-10", reason: "不愿" });
    for (const id of [moves, movesUnseen])
      await officer.call(move, { id: id as string, to: second, on: "2026-06-10", reason: "搬家" });
    const late = await enrolled();
    await visit(late);

    const may = await officer.call(monthlyRate, { division: first, month: "2026-05" });
    const seen = await named(first, "2026-05", "yes");
    const unseen = await named(first, "2026-05", "no");
    expect(seen).toEqual([stays, dies, refuses, moves].sort());
    expect(unseen).toEqual([missed, movesUnseen].sort());
    expect([seen.length, seen.length + unseen.length]).toEqual([may.visited, may.enrolled]);
    const said = async (asked: { month?: string; visited?: "yes" | "no" }) =>
      (await officer.call(listPeople, { division: county, ...asked, limit: 200 })).people
        .filter((one) => one.visitedThisMonth)
        .map((one) => one.id);
    expect((await said({ month: "2026-05", visited: "yes" })).sort()).toEqual(seen);
    expect(await said({ month: "2026-05" })).toEqual(expect.arrayContaining([stays, moves]));
    expect(await said({})).toEqual([late]);

    for (const division of [first, second, county]) {
      const june = await officer.call(monthlyRate, { division, month: "2026-06" });
      const both = [await named(division, "2026-06", "yes"), await named(division, "2026-06", "no")];
      expect(both.map((one) => one.length)).toEqual([june.visited, june.enrolled - june.visited]);
    }
    expect(await named(second, "2026-06", "no")).toEqual([moves, movesUnseen].sort());
  });
});

describe("figures of a division", () => {
  it("are never a part under the name of the whole", async () => {
    const township = house.as("officer", first.slice(0, 9));
    const worker = house.worker([first]);
    const month = "2026-06";
    for (const division of ["63", "6301", county, "630103"]) {
      expect(await code(township.call(monthlyRate, { division, month }))).toBe("visiting-care/unknown-division");
      expect(await code(township.call(careFigures, { division, month }))).toBe("visiting-care/unknown-division");
      expect(await code(township.call(dashboard, { division, year: 2026 }))).toBe("visiting-care/unknown-division");
    }
    for (const division of ["63", second, "630103"])
      expect(await code(worker.call(monthlyRate, { division, month }))).toBe("visiting-care/unknown-division");
    expect(await code(worker.call(monthlyRate, { division: first, month }))).toBe("accepted");
    expect(await code(worker.call(monthlyRate, { month }))).toBe("accepted");
    expect((await worker.call(dashboard, { year: 2026 })).whole.division).toBe(county);
  });

  it("have no rate in a month that has not begun, and shares half up", async () => {
    const rate = await officer.call(monthlyRate, { division: county, month: "2026-07" });
    expect([rate.enrolled > 0, rate.rate, rate.target.met]).toEqual([true, null, null]);
    const { whole } = await officer.call(dashboard, { division: county, year: 2026 });
    expect(whole.months.slice(5, 7).map((one) => one.rate === null)).toEqual([false, true]);
    for (const mode of ["phone", "video"] as const) {
      const id = await enrolled(second);
      await officer.call(recordVisit, { personId: id, mode, met: "person" });
    }
    await visit(await enrolled(second));
    const { modes } = await officer.call(careFigures, { division: second, month: "2026-06" });
    expect(modes.map((one) => one.share)).toEqual(["33.3%", "33.3%", "33.3%", "0.0%"]);
    for (let at = 0; at < 3; at++) await visit(await enrolled(second));
    const now = (await officer.call(careFigures, { division: second, month: "2026-06" })).modes;
    expect(now.map((one) => one.share)).toEqual(["66.7%", "16.7%", "16.7%", "0.0%"]);
  });
});

describe("the lists behind the other figures of a month", () => {
  it("have as many rows as the figure says, of that month alone", async () => {
    const worker = house.worker([first]);
    const referred = async (outcome?: "done" | "declined") => {
      const { id } = await officer.call(openReferral, { personId: helped, kind: "policy" });
      if (!outcome) return;
      await officer.call(takeReferral, { id, by: "民政办" });
      await officer.call(settleReferral, { id, outcome, result: "已答复" });
    };
    const rows = async (at: string) => {
      const asked = Object.fromEntries(new URLSearchParams(at.split("?")[1])) as never;
      return at.startsWith("/care/emergencies")
        ? (await officer.call(listEmergencies, asked)).emergencies.length
        : (await officer.call(listReferrals, asked)).referrals.length;
    };
    house.clock.set("2026-06-20");
    const helped = await enrolled();
    await referred("done");
    const old = await worker.call(openEmergency, { personId: helped, found: "other" });
    house.clock.set("2026-08-01");
    for (const outcome of ["done", "done", "declined", undefined] as const) await referred(outcome);
    for (let at = 0; at < 2; at++) await worker.call(openEmergency, { personId: helped, found: "other" });
    const { emergencies, needs } = await officer.call(careFigures, { division: county, month: "2026-08" });
    const told = [emergencies.opened, emergencies.filed, emergencies.escalated, needs.open, needs.done, needs.declined];
    expect(told.map((one) => one.value)).toEqual([2, 0, 0, 1, 2, 1]);
    expect(await Promise.all(told.map((one) => rows(one.rows)))).toEqual([2, 0, 0, 1, 2, 1]);
    const june = await officer.call(careFigures, { division: county, month: "2026-06" });
    expect([june.needs.done.value, await rows(june.needs.done.rows), await rows(june.emergencies.opened.rows)]).toEqual(
      [1, 1, 1],
    );
    expect((await officer.call(listEmergencies, { month: "2026-06" })).emergencies[0]?.id).toBe(old.id);
  });
});
