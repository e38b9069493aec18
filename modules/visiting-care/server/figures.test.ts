import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeDivisions, previewChange } from "../../../kernel/divisions/change.contract.ts";
import { drift } from "../../../kernel/indicator/indicator.ts";
import { newId } from "../../../kernel/operation/ids.ts";
import type { TestActor, TestHouse } from "../../../kernel/testing/house.ts";
import { openEmergency } from "../emergency.contract.ts";
import { enrol } from "../enrolment.contract.ts";
import { careFigures, closeMonth, correctMonth, dashboard, monthReport } from "../figures.contract.ts";
import { recordVisit } from "../visits.contract.ts";
import { careHouse } from "./care.fixture.ts";
import { somebody, villages } from "./care-work.fixture.ts";
import { closingJob } from "./month.handlers.ts";

let house: TestHouse;
let officer: TestActor;
let administrator: TestActor;
const people: { id: string; division: string }[] = [];

beforeAll(async () => {
  house = await careHouse();
  officer = house.as("officer", "630102");
  administrator = house.as("administrator", "630102");
  house.clock.set("2026-05-04");
  for (const [at, division] of [0, 0, 0, 1, 1].entries()) {
    const { id } = await somebody(house, `数${"一二三四五"[at]}步`, villages[division as 0 | 1]);
    await officer.call(enrol, { personId: id, modes: ["home"] });
    people.push({ id, division: villages[division as 0 | 1] });
  }
  house.clock.set("2026-06-10");
  for (const at of [0, 1, 3, 4])
    await officer.call(recordVisit, {
      personId: people[at]?.id ?? "",
      mode: "home",
      met: "person",
      needs: at === 0 ? [{ kind: "medical", text: "配药" }] : [],
      supporterReminder: at === 1,
    });
  await officer.call(openEmergency, { personId: people[0]?.id ?? "", found: "injured" });
}, 180_000);
afterAll(() => house.close());

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => "accepted",
    (error) => (error as { code?: string }).code ?? String(error),
  );
const june = async (division: string) => {
  const { whole, children } = await officer.call(dashboard, { division, year: 2026 });
  const cell = (line: typeof whole) => {
    const { visited, enrolled, rate } = line.months[5] ?? {};
    return { visited, enrolled, rate };
  };
  return { whole: cell(whole), children: Object.fromEntries(children.map((one) => [one.division, cell(one)])) };
};
const close = () => house.work(closingJob);
const drifts = async () => {
  const out = [];
  for (const { indicator, count } of house.open.house.recounts)
    out.push(
      ...(await house.open.database.transaction({ kind: "system" }, async (tx) =>
        drift(tx, indicator, await count(tx)),
      )),
    );
  return out;
};

describe("figures of visiting care", () => {
  it("show visited, base and rate of each division, floored, and what follows a visit", async () => {
    const of = await june("630102");
    expect(of.whole).toEqual({ visited: 4, enrolled: 5, rate: "80.0%" });
    expect(of.children["630102100"]).toEqual({ visited: 4, enrolled: 5, rate: "80.0%" });
    expect((await june("630102100")).children[villages[0]]).toEqual({ visited: 2, enrolled: 3, rate: "66.6%" });
    const other = await officer.call(careFigures, { division: "630102", month: "2026-06" });
    expect(other.needs.open.value).toBe(1);
    expect(other.emergencies.opened.value).toBe(1);
    expect(other.modes[0]).toMatchObject({ mode: "home", visits: 4, share: "100.0%" });
    const remind = await house.sql(
      "select 1 from duty where kind = 'visiting-care.remind-supporter' and subject_id = $1",
      [people[1]?.id],
    );
    expect(remind).toHaveLength(1);
    const province = house.as("administrator", "63");
    const below = await province.call(dashboard, { division: "63", year: 2026 });
    const counties = await province.call(dashboard, { division: "63", year: 2026, level: "county" });
    expect(below.children.every((one) => one.division.length === 4)).toBe(true);
    expect(counties.children.every((one) => one.division.length === 6)).toBe(true);
    expect(counties.children.length).toBeGreaterThan(below.children.length);
    expect(counties.whole).toEqual(below.whole);
    expect(counties.children.find((one) => one.division === "630102")?.months[5]).toMatchObject({
      visited: 4,
      enrolled: 5,
    });
    expect(await code(officer.call(dashboard, { division: "110101", year: 2026 }))).toBe(
      "visiting-care/unknown-division",
    );
  });

  it("freeze at the end of a month, publish rates of large groups only, and stay when a visit arrives late", async () => {
    expect(await code(officer.call(closeMonth, { month: "2026-06" }))).toBe("visiting-care/month-not-over");
    house.clock.set("2026-07-01T00:03:00+08:00");
    await close();
    await close();
    const report = await officer.call(monthReport, { month: "2026-06" });
    expect(report.divisions.find((one) => one.division === "630102")).toMatchObject({
      visited: 4,
      enrolled: 5,
      rate: "80.0%",
      revision: 1,
    });
    expect(report.divisions.filter((one) => one.revision > 1)).toEqual([]);
    const items = await house.sql<{ key: string; body: Record<string, unknown> }>(
      "select key, body from publication.item where collection = 'visiting-care.monthly-rates' order by key",
    );
    expect(items.map((one) => one.key)).toContain("630102-2026-06");
    expect(items.every((one) => one.body.withheld === true && one.body.rate === null)).toBe(true);
    expect(JSON.stringify(items)).not.toMatch(/visited|enrolled|数一步/);
    // Recorded on the phone on the thirtieth, sent on the second.
    house.clock.set("2026-07-02");
    await house.open.executor.run(
      house.open.handlers.get(recordVisit.id) as never,
      { personId: people[2]?.id, mode: "home", met: "person" },
      {
        actor: house.worker([villages[0]]).actor,
        requestId: newId(),
        now: house.clock.now,
        act: { happenedAt: new Date("2026-06-30T16:00:00+08:00"), device: newId(), clockDrift: null, facts: {} },
      },
    );
    expect((await june("630102")).whole).toEqual({ visited: 5, enrolled: 5, rate: "100.0%" });
    const still = await officer.call(monthReport, { month: "2026-06", division: "630102" });
    expect(still.divisions.find((one) => one.division === "630102")?.rate).toBe("80.0%");
    expect(await officer.call(correctMonth, { month: "2026-06", reason: "离线记录补传" })).toMatchObject({
      changed: 3,
    });
    expect(await code(officer.call(correctMonth, { month: "2026-06", reason: "再更正" }))).toBe(
      "visiting-care/nothing-to-correct",
    );
    const now = await officer.call(monthReport, { month: "2026-06", division: "630102" });
    expect(now.divisions.find((one) => one.division === "630102")).toMatchObject({ rate: "100.0%", revision: 2 });
    expect(now.corrections).toHaveLength(3);
    expect(now.corrections[0]).toMatchObject({ reason: "离线记录补传", after: { rate: "100.0%" } });
    const printed = await officer.call(monthReport, { month: "2026-06", division: "630102", revision: 1 });
    expect(printed.divisions.find((one) => one.division === "630102")).toMatchObject({ rate: "80.0%", revision: 1 });
    expect(await drifts()).toEqual([]);
  });

  it("are the same before and after villages are merged and a township gets another code", async () => {
    const before = await june("630102");
    const printed = await officer.call(monthReport, { month: "2026-06" });
    const merge = { on: "2026-07-02", changes: [{ from: villages[0], to: villages[1] }] };
    const shown = await administrator.call(previewChange, merge);
    expect(shown.rows.find((one) => one.table === "care_enrolment")?.rows).toBe(3);
    expect((await june("630102100")).children[villages[0]]?.enrolled).toBe(3);
    const done = await administrator.call(changeDivisions, { ...merge, reason: "两村合并" });
    expect(done.rows).toBeGreaterThan(10);
    house.clock.set("2026-07-03");
    expect((await june("630102")).whole).toEqual(before.whole);
    const merged = await june("630102100");
    expect(merged.children[villages[1]]).toEqual({ visited: 5, enrolled: 5, rate: "100.0%" });
    expect(merged.children[villages[0]]).toBeUndefined();
    expect(await drifts()).toEqual([]);
    const township = "630102188";
    await administrator.call(changeDivisions, {
      on: "2026-07-03",
      reason: "乡改镇",
      changes: [{ from: "630102100", to: township, name: "新样镇" }],
    });
    const after = await june("630102");
    expect(after.whole).toEqual(before.whole);
    expect(after.children[township]).toEqual({ visited: 5, enrolled: 5, rate: "100.0%" });
    expect(after.children["630102100"]).toBeUndefined();
    expect(await drifts()).toEqual([]);
    // People, their duties and emergencies went along; what was recorded and printed did not.
    const left = await house.sql("select 1 from duty where left(division_code, 9) = '630102100'");
    expect(left).toEqual([]);
    const [emergency] = await house.sql<{ division_code: string }>("select division_code from emergency");
    expect(emergency?.division_code.slice(0, 9)).toBe(township);
    const [person] = await house.sql<{ division_code: string; recorded_division_code: string }>(
      "select division_code, recorded_division_code from person where id = $1",
      [people[0]?.id],
    );
    expect(person).toMatchObject({ recorded_division_code: villages[0] });
    expect(person?.division_code.slice(0, 9)).toBe(township);
    expect((await officer.call(monthReport, { month: "2026-06" })).divisions).toEqual(printed.divisions);
    const chain = await house.sql<{ successors: string[] }>("select successors from division where code = $1", [
      villages[0],
    ]);
    expect(chain[0]?.successors).toEqual([villages[1]]);
  });

  it("refuse changes of divisions that cannot be", async () => {
    const ask = (changes: { from: string; to: string; name?: string }[], on = "2026-07-03", actor = administrator) =>
      code(actor.call(previewChange, { on, changes }));
    const [one, two, three] = (
      await house.sql<{ code: string }>(
        "select code from division where left(code, 9) = '630102101' and level = 5 and valid_to is null order by code limit 3",
      )
    ).map((row) => row.code) as [string, string, string];
    expect(await ask([{ from: "630102", to: "630103" }])).toBe("divisions/county-change");
    expect(await ask([{ from: one, to: "630103001001" }])).toBe("divisions/not-inside-one-county");
    expect(
      await ask([
        { from: one, to: two },
        { from: one, to: three },
      ]),
    ).toBe("divisions/split");
    expect(
      await ask([
        { from: one, to: two },
        { from: two, to: three },
      ]),
    ).toBe("divisions/chain");
    expect(await ask([{ from: "630102101997", to: one }])).toBe("divisions/unknown");
    expect(await ask([{ from: one, to: "630102101998" }])).toBe("divisions/name-missing");
    expect(await ask([{ from: one, to: two }], "2020-01-01")).toBe("divisions/too-early");
    expect(await ask([{ from: one, to: two }], "2027-01-01")).toBe("divisions/in-the-future");
    expect(await ask([{ from: one, to: two }], "2026-07-03", house.as("administrator", "630103"))).toBe(
      "auth/outside-your-division",
    );
    expect(await ask([{ from: one, to: two }], "2026-07-03", officer)).toBe("auth/not-your-role");
  });
});
