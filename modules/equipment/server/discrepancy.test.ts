import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAccount, grantRole } from "../../../kernel/auth/auth.contract.ts";
import { listDuties } from "../../../kernel/duty/duty.contract.ts";
import type { TestActor, TestHouse } from "../../../kernel/testing/house.ts";
import {
  appointLiaison,
  assignMeasure,
  closeDiscrepancy,
  getDiscrepancy,
  listDiscrepancies,
  listLiaisons,
  markDone,
  openDiscrepancy,
  recordTraining,
  reopenDiscrepancy,
  verifyDiscrepancy,
  verifyHome,
} from "../oversight.contract.ts";
import { overdueJob } from "./oversight.escalation.ts";
import {
  code,
  county,
  equippedHome,
  nextCounty,
  oversightHouse,
  shipmentTo,
  statesOf,
  village,
} from "./oversight.fixture.ts";

let house: TestHouse;
let officer: TestActor;
let second: TestActor;
let worker: TestActor;

beforeAll(async () => {
  house = await oversightHouse();
  officer = house.as("officer", county);
  second = house.as("officer", county, "two");
  worker = house.worker([village]);
}, 180_000);
afterAll(() => house.close());

const run = () => house.work(overdueJob);
const overdue = (subject: string) =>
  house.sql<{ division_code: string; state: string }>(
    "select division_code, state from duty where kind = 'equipment.overdue-below' and subject_id = $1 order by opened_at, division_code desc",
    [subject],
  );

describe("the life of a discrepancy", () => {
  it("issue, measure, done with proof, verified by somebody else, closed; the piece counts again", async () => {
    const home = await equippedHome(house, "甲院", { trained: 1 });
    const { discrepancyIds } = await officer.call(verifyHome, {
      careHomeId: home,
      lines: [
        { item: "oximeter", result: "missing", seen: 0 },
        { item: "oxygen_concentrator", result: "ok", seen: 1 },
      ],
    });
    const [id = ""] = discrepancyIds;
    const opened = await officer.call(getDiscrepancy, { id });
    expect(opened).toMatchObject({
      state: "open",
      owner: "城东区民政局",
      dueOn: "2026-06-30",
      late: false,
      version: 1,
    });
    expect(await code(officer.call(markDone, { id, proof: "找到" }))).toBe("equipment/discrepancy-state");
    expect(await code(officer.call(assignMeasure, { id, measure: "查找", dueOn: "2026-06-14" }))).toBe(
      "equipment/due-past",
    );
    expect(
      await code(
        officer.call(assignMeasure, {
          id,
          measure: "查找",
          dueOn: "2026-06-20",
          ownerAccountId: crypto.randomUUID(),
        }),
      ),
    ).toBe("equipment/unknown-owner");
    await officer.call(assignMeasure, { id, measure: "查找并由院方保管", dueOn: "2026-06-20", term: "immediate" });
    expect(await code(house.as("officer", nextCounty).call(markDone, { id, proof: "是" }))).toBe(
      "equipment/unknown-discrepancy",
    );
    expect(await code(house.as("officer", "63").call(verifyDiscrepancy, { id }))).toBe("equipment/not-your-register");
    expect(await code(house.worker(["630102001002"]).call(markDone, { id, proof: "是" }))).toBe(
      "equipment/unknown-discrepancy",
    );
    await worker.call(markDone, { id, proof: "在值班室找到，已归位" });
    expect(await code(worker.call(verifyDiscrepancy, { id } as never))).toBe("auth/not-your-role");
    expect(await officer.call(verifyDiscrepancy, { id })).toMatchObject({ state: "verified" });
    expect(await code(officer.call(closeDiscrepancy, { id, version: 1 }))).toBe("equipment/discrepancy-changed");
    expect(await officer.call(closeDiscrepancy, { id })).toMatchObject({ state: "closed", version: 5 });
    expect(await statesOf(house, home)).toEqual({ "O-甲院": "verified", "X-甲院": "verified" });
    const [row] = await house.sql("select covered, open_discrepancies from care_home where id = $1", [home]);
    expect(row).toEqual({ covered: true, open_discrepancies: 0 });
    const [open] = await house.sql(
      "select count(*)::integer as n from duty where subject_id = $1 and state in ('open', 'paused')",
      [id],
    );
    expect(open).toEqual({ n: 0 });

    expect(await officer.call(reopenDiscrepancy, { id, reason: "又不见了" })).toMatchObject({ state: "open" });
    expect(await statesOf(house, home)).toMatchObject({ "X-甲院": "discrepancy" });
    const again = await officer.call(getDiscrepancy, { id });
    expect(again).toMatchObject({ reopened: 1, dueOn: "2026-06-30" });
    expect(again.timeline.map((one) => one.event).sort()).toEqual([
      "discrepancy-closed",
      "discrepancy-done",
      "discrepancy-measured",
      "discrepancy-opened",
      "discrepancy-reopened",
      "discrepancy-verified",
    ]);
    const [after] = await house.sql("select covered, open_discrepancies from care_home where id = $1", [home]);
    expect(after).toEqual({ covered: false, open_discrepancies: 1 });
  });

  it("is verified by another hand, and by one of two at the same moment", async () => {
    const home = await equippedHome(house, "乙院");
    const { id } = await worker.call(openDiscrepancy, { careHomeId: home, kind: "other", description: "说明书缺失" });
    await officer.call(assignMeasure, { id, measure: "补发", dueOn: "2026-06-20" });
    await officer.call(markDone, { id, proof: "已补发" });
    expect(await code(officer.call(verifyDiscrepancy, { id }))).toBe("equipment/same-hand");
    const ends = await Promise.all([
      code(second.call(verifyDiscrepancy, { id })),
      code(house.as("officer", county, "three").call(verifyDiscrepancy, { id })),
    ]);
    expect(ends.sort()).toEqual(["accepted", "equipment/discrepancy-state"]);
    const closing = await Promise.all([
      code(officer.call(closeDiscrepancy, { id })),
      code(second.call(closeDiscrepancy, { id })),
    ]);
    expect(closing.sort()).toEqual(["accepted", "equipment/discrepancy-state"]);
    const [row] = await house.sql("select open_discrepancies from care_home where id = $1", [home]);
    expect(row).toEqual({ open_discrepancies: 0 });
    const { discrepancies } = await officer.call(listDiscrepancies, { careHomeId: home });
    expect(discrepancies).toEqual([]);
    expect((await officer.call(listDiscrepancies, { careHomeId: home, state: "closed" })).discrepancies).toHaveLength(
      1,
    );
  });

  it("is opened only where one works, about pieces that are there", async () => {
    const home = await equippedHome(house, "丙院");
    const input = { careHomeId: home, kind: "faulty", description: "不通电" } as const;
    expect(await code(house.as("officer", "6301").call(openDiscrepancy, input))).toBe("equipment/not-your-home");
    expect(await code(house.as("officer", nextCounty).call(openDiscrepancy, input))).toBe("equipment/unknown-home");
    expect(await code(officer.call(openDiscrepancy, { ...input, itemId: crypto.randomUUID() }))).toBe(
      "equipment/unknown-item",
    );
    expect(await code(officer.call(openDiscrepancy, { ...input, dueOn: "2026-06-01" }))).toBe("equipment/due-past");
    expect(await code(house.as("auditor", county).call(openDiscrepancy, input))).toBe("auth/not-your-role");
  });
});

describe("liaisons and what is late", () => {
  it("names one liaison of a division from a day on, the one before ends; a division without one is flagged", async () => {
    await equippedHome(house, "丁院", { division: "630103001001" });
    expect((await house.as("officer", "63").call(listLiaisons, {})).missing.map((one) => one.division)).toEqual([
      "63",
      "6301",
      "630102",
      "630103",
    ]);
    const first = await officer.call(appointLiaison, {
      name: "样联络",
      phone: "13800001234",
      post: "科员",
      from: "2026-06-01",
    });
    expect(await code(officer.call(appointLiaison, { name: "样早", from: "2026-06-01" }))).toBe(
      "equipment/liaison-earlier",
    );
    await officer.call(appointLiaison, { name: "样新", from: "2026-06-10" });
    const { liaisons, missing } = await officer.call(listLiaisons, {});
    expect(liaisons.map((one) => [one.name, one.from, one.until, one.phone])).toEqual([
      ["样新", "2026-06-10", null, null],
      ["样联络", "2026-06-01", "2026-06-10", "138****1234"],
    ]);
    expect(missing).toEqual([]);
    const [kept] = await house.sql("select masked, sealed from sealed_field where subject_id = $1", [first.id]);
    expect(kept).toMatchObject({ masked: "138****1234", sealed: expect.not.stringContaining("13800001234") });
    expect(await code(officer.call(appointLiaison, { name: "样越界", division: nextCounty }))).toBe(
      "equipment/not-your-register",
    );
    expect(await code(house.as("officer", "63").call(appointLiaison, { name: "样省", division: county }))).toBe(
      "equipment/not-your-register",
    );
    const ends = await Promise.all(
      ["one", "two"].map((hand) =>
        code(house.as("officer", "630104", hand).call(appointLiaison, { name: `样${hand}` })),
      ),
    );
    expect(ends.sort()).toEqual(["accepted", "equipment/liaison-earlier"]);
  });

  it("goes to the prefecture at once and to the province after a week, and stops when it is signed for", async () => {
    const administrator = house.as("administrator", "6301");
    const account = await administrator.call(createAccount, {
      login: "xining.liaison",
      displayName: "样西宁",
      password: "Wangchun-2026-lu",
    });
    await administrator.call(grantRole, { accountId: account.id, role: "officer", division: "6301" });
    await house.as("officer", "6301").call(appointLiaison, { name: "样西宁", accountId: account.id });
    const home = await equippedHome(house, "戊院", { pieces: {} });
    const shipment = await shipmentTo(house, home, { dueOn: "2026-06-16", name: "戊院" });
    const signed = await shipmentTo(house, home, { dueOn: "2026-06-01", signed: 2, days: 3 });
    house.clock.set("2026-06-16");
    await run();
    expect(await overdue(shipment)).toEqual([]);
    house.clock.set("2026-06-17");
    await Promise.all([run(), run()]);
    expect(await overdue(shipment)).toEqual([{ division_code: "6301", state: "open" }]);
    expect(await overdue(signed)).toEqual([]);
    const [duty] = await house.sql("select assignee_id, subject_label, home_code from duty where subject_id = $1", [
      shipment,
    ]);
    expect(duty).toEqual({
      assignee_id: account.id,
      subject_label: "戊院：应于 2026-06-16 前签收，尚未签收",
      home_code: "630100",
    });
    const told = async (division: string) =>
      JSON.stringify(await house.as("officer", division).call(listDuties, { kind: "equipment.overdue-below" }));
    expect(await told("6301")).toContain("戊院");
    expect(await told(county)).not.toContain("戊院");
    await run();
    expect(await overdue(shipment)).toHaveLength(1);
    house.clock.set("2026-06-24");
    await run();
    expect((await overdue(shipment)).map((one) => one.division_code)).toEqual(["6301", "63"]);
    await house.sql("update equipment_shipment set signed_pieces = pieces, state = 'delivered' where id = $1", [
      shipment,
    ]);
    await run();
    expect((await overdue(shipment)).map((one) => one.state)).toEqual(["done", "done"]);
    house.clock.set("2026-06-15");
  });

  it("tells the office above of a discrepancy that is late, until a measure with another day is named", async () => {
    const home = await equippedHome(house, "己院");
    const { id } = await officer.call(openDiscrepancy, {
      careHomeId: home,
      kind: "other",
      description: "铭牌脱落",
      dueOn: "2026-06-20",
    });
    house.clock.set("2026-06-21");
    const { discrepancies } = await officer.call(listDiscrepancies, { late: "yes" });
    expect(discrepancies.map((one) => one.id)).toContain(id);
    await run();
    expect(await overdue(id)).toEqual([{ division_code: "6301", state: "open" }]);
    await officer.call(assignMeasure, { id, measure: "重新粘贴", dueOn: "2026-07-10" });
    expect(await overdue(id)).toEqual([{ division_code: "6301", state: "done" }]);
    house.clock.set("2026-07-11");
    await run();
    expect((await overdue(id)).map((one) => one.state)).toEqual(["done", "open"]);
    house.clock.set("2026-06-15");
  });

  it("tells the county once of a home with equipment and nobody trained, until there is somebody", async () => {
    const home = await equippedHome(house, "庚院");
    await Promise.all([run(), run()]);
    await run();
    const duties = () =>
      house.sql("select division_code, state from duty where kind = 'equipment.train-home' and subject_id = $1", [
        home,
      ]);
    expect((await duties()).filter((one) => one.state === "open").length).toBeGreaterThan(0);
    const before = await duties();
    await run();
    expect(await duties()).toEqual(before);
    await officer.call(recordTraining, { careHomeId: home, people: 1 });
    expect((await duties()).map((one) => one.state)).toEqual(before.map(() => "done"));
    await run();
    expect(await duties()).toHaveLength(before.length);
  });
});
