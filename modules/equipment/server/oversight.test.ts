import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestActor, TestHouse } from "../../../kernel/testing/house.ts";
import { listTrainees, recordTraining, verifyHome } from "../oversight.contract.ts";
import { code, county, equippedHome, nextCounty, oversightHouse, statesOf, village } from "./oversight.fixture.ts";

let house: TestHouse;
let officer: TestActor;

beforeAll(async () => {
  house = await oversightHouse();
  officer = house.as("officer", county);
}, 180_000);
afterAll(() => house.close());

const ok = (item: "oxygen_concentrator" | "oximeter", seen = 1) => ({ item, result: "ok" as const, seen });
const bothOk = [ok("oxygen_concentrator"), ok("oximeter")];
const summary = async (id: string) => {
  const [row] = await house.sql(
    "select trained, covered, covered_on, delivered_items, verified_items, open_discrepancies from care_home where id = $1",
    [id],
  );
  return row;
};

describe("training", () => {
  it("moves what was signed for, counts people once, and keeps their names sealed", async () => {
    const home = await equippedHome(house, "甲院");
    await house.sql(
      `insert into duty (home_code, id, division_code, kind, subject_id, subject_label, holder, opened_at, due_on)
       values ('630102', gen_random_uuid(), $2, 'equipment.train-home', $1, '甲院', 'staff', now(), '2026-06-20')`,
      [home, village],
    );
    const first = await house.worker([village]).call(recordTraining, {
      careHomeId: home,
      people: 2,
      staff: ["样小明", "样大山"],
      on: "2026-06-10",
    });
    expect(first).toMatchObject({ trained: 2, itemsTrained: 2 });
    expect(await statesOf(house, home)).toEqual({ "O-甲院": "trained", "X-甲院": "trained" });
    const second = await officer.call(recordTraining, { careHomeId: home, people: 2, staff: ["样小明", "样新叶"] });
    expect(second).toMatchObject({ trained: 3, itemsTrained: 0 });
    // Without names it may be the same people again.
    expect(await officer.call(recordTraining, { careHomeId: home, people: 2 })).toMatchObject({ trained: 3 });
    expect(await officer.call(recordTraining, { careHomeId: home, people: 9, topic: "first_aid" })).toMatchObject({
      trained: 3,
    });
    const listed = await officer.call(listTrainees, { careHomeId: home });
    expect(listed.people.map((one) => one.name)).toEqual(["样*明", "样*山", "样*叶"]);
    for (const table of [
      "equipment_trainee",
      "sealed_field",
      "journal_entry",
      "equipment_training",
      "equipment_event",
    ]) {
      const [row] = await house.sql<{ found: number }>(
        `select count(*)::integer as found from ${table} as one where one::text ~ '样小明|样大山|样新叶'`,
      );
      expect([table, row?.found]).toEqual([table, 0]);
    }
    const [duty] = await house.sql("select state from duty where subject_id = $1", [home]);
    expect(duty).toEqual({ state: "done" });
  });

  it("is recorded once however often the phone sends it", async () => {
    const home = await equippedHome(house, "乙院");
    const input = { id: crypto.randomUUID(), careHomeId: home, people: 4 };
    expect(await officer.call(recordTraining, input)).toMatchObject({ trained: 4, itemsTrained: 2 });
    expect(await officer.call(recordTraining, input)).toMatchObject({ trained: 4, itemsTrained: 0 });
    const [row] = await house.sql("select count(*)::integer as n from equipment_training where care_home_id = $1", [
      home,
    ]);
    expect(row).toEqual({ n: 1 });
  });

  it("is refused for whoever has no business there", async () => {
    const home = await equippedHome(house, "丙院");
    const input = { careHomeId: home, people: 1 };
    expect(await code(house.as("auditor", county).call(recordTraining, input))).toBe("auth/not-your-role");
    expect(await code(house.as("officer", nextCounty).call(recordTraining, input))).toBe("equipment/unknown-home");
    expect(await code(house.as("officer", "63").call(recordTraining, input))).toBe("equipment/not-your-home");
    expect(await code(house.worker(["630102001002"]).call(recordTraining, input))).toBe("equipment/unknown-home");
    expect(await code(officer.call(recordTraining, { ...input, on: "2026-06-16" }))).toBe("equipment/in-the-future");
    expect(await code(officer.call(recordTraining, { ...input, staff: ["样一", "样二"] }))).toBe(
      "equipment/more-names-than-people",
    );
  });
});

describe("county verification", () => {
  it("covers a home only when both items are delivered and verified", async () => {
    const home = await equippedHome(house, "丁院");
    expect(await code(officer.call(verifyHome, { careHomeId: home, lines: bothOk }))).toBe("equipment/untrained");
    await officer.call(recordTraining, { careHomeId: home, people: 1 });
    const one = await officer.call(verifyHome, { careHomeId: home, lines: [ok("oxygen_concentrator")] });
    expect(one).toMatchObject({ verified: ["oxygen_concentrator"], covered: false, discrepancyIds: [] });
    expect(await summary(home)).toMatchObject({ covered: false, verified_items: ["oxygen_concentrator"] });
    const both = await officer.call(verifyHome, { careHomeId: home, lines: [ok("oximeter")] });
    expect(both).toMatchObject({ covered: true });
    expect(await summary(home)).toMatchObject({ covered: true, covered_on: "2026-06-15" });
    expect(await statesOf(house, home)).toEqual({ "O-丁院": "verified", "X-丁院": "verified" });
  });

  it("with one item only, or half of an item, covers nothing", async () => {
    const single = await equippedHome(house, "戊院", { pieces: { oximeter: ["X-戊"] }, trained: 1 });
    expect(await officer.call(verifyHome, { careHomeId: single, lines: [ok("oximeter")] })).toMatchObject({
      covered: false,
    });
    expect(await code(officer.call(verifyHome, { careHomeId: single, lines: bothOk }))).toBe(
      "equipment/nothing-delivered",
    );
    const half = await equippedHome(house, "己院", {
      pieces: { oxygen_concentrator: ["O-己1", "O-己2"], oximeter: ["X-己"] },
      trained: 2,
    });
    const found = await officer.call(verifyHome, {
      careHomeId: half,
      lines: [{ item: "oxygen_concentrator", result: "missing", seen: 1, serials: ["o-己 1"] }, ok("oximeter")],
    });
    expect(found).toMatchObject({ verified: ["oximeter"], covered: false });
    expect(found.discrepancyIds).toHaveLength(1);
    expect(await statesOf(house, half)).toEqual({ "O-己1": "verified", "O-己2": "discrepancy", "X-己": "verified" });
    expect(await summary(half)).toMatchObject({ open_discrepancies: 1, covered: false });
  });

  it("refuses what contradicts itself, and keeps nothing of it", async () => {
    const home = await equippedHome(house, "庚院", {
      pieces: { oxygen_concentrator: ["O-庚1", "O-庚2"], oximeter: ["X-庚"] },
      trained: 1,
    });
    const line = (more: object) =>
      code(
        officer.call(verifyHome, {
          careHomeId: home,
          lines: [{ item: "oxygen_concentrator", result: "ok", seen: 2, ...more }],
        } as never),
      );
    expect(await line({ seen: 3 })).toBe("equipment/seen-more");
    expect(await line({ seen: 1 })).toBe("equipment/result-differs");
    expect(await line({ result: "missing", seen: 2 })).toBe("equipment/result-differs");
    expect(await line({ result: "missing", seen: 1 })).toBe("equipment/serials-needed");
    expect(await line({ serials: ["O-别家"] })).toBe("equipment/serial-not-here");
    expect(await code(officer.call(verifyHome, { careHomeId: home, lines: [ok("oximeter"), ok("oximeter")] }))).toBe(
      "equipment/item-repeated",
    );
    expect(await code(officer.call(verifyHome, { careHomeId: home, lines: bothOk, on: "2026-07-01" }))).toBe(
      "equipment/in-the-future",
    );
    expect(
      await code(officer.call(verifyHome, { careHomeId: home, lines: bothOk, photoIds: [crypto.randomUUID()] })),
    ).toBe("equipment/unknown-file");
    const [row] = await house.sql("select count(*)::integer as n from equipment_check where care_home_id = $1", [home]);
    expect(row).toEqual({ n: 0 });
  });

  it("is the county's own act", async () => {
    const home = await equippedHome(house, "辛院", { trained: 1 });
    const input = { careHomeId: home, lines: bothOk };
    expect(await code(house.as("officer", "6301").call(verifyHome, input))).toBe("equipment/not-your-register");
    expect(await code(house.as("officer", nextCounty).call(verifyHome, input))).toBe("equipment/unknown-home");
    expect(await code(house.as("registrar", county).call(verifyHome, input))).toBe("auth/not-your-role");
    expect(await code(house.worker([village]).call(verifyHome, input))).toBe("auth/not-your-role");
  });

  it("of two clerks at once: both checks are kept, each piece is verified once, one discrepancy is opened", async () => {
    const home = await equippedHome(house, "壬院", { trained: 1 });
    const lines = [ok("oximeter"), { item: "oxygen_concentrator" as const, result: "missing" as const, seen: 0 }];
    const other = house.as("officer", county, "two");
    const ends = await Promise.all([
      code(officer.call(verifyHome, { careHomeId: home, lines })),
      code(other.call(verifyHome, { careHomeId: home, lines })),
    ]);
    expect(ends).toEqual(["accepted", "accepted"]);
    const [events] = await house.sql(
      "select count(*)::integer as n from equipment_event where care_home_id = $1 and event in ('verify_ok', 'verify_missing')",
      [home],
    );
    expect(events).toEqual({ n: 2 });
    expect(await summary(home)).toMatchObject({ open_discrepancies: 1 });
  });

  it("finds a verified piece missing later: covered no more", async () => {
    const home = await equippedHome(house, "癸院", { state: "verified", trained: 1 });
    await officer.call(verifyHome, {
      careHomeId: home,
      lines: [{ item: "oximeter", result: "damaged", seen: 1, note: "屏幕碎裂" }],
    });
    expect(await statesOf(house, home)).toMatchObject({ "X-癸院": "discrepancy" });
    expect(await summary(home)).toMatchObject({ covered: false, covered_on: null });
    const [row] = await house.sql("select kind, description from equipment_discrepancy where care_home_id = $1", [
      home,
    ]);
    expect(row).toEqual({ kind: "damaged", description: "血氧仪 X-癸院 损坏：屏幕碎裂" });
  });
});
