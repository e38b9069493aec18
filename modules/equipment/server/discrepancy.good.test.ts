import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestHouse, testHouse } from "../../../kernel/testing/house.ts";
import { recordItemEvent, signDelivery } from "../delivery.contract.ts";
import { getHome } from "../homes.contract.ts";
import {
  closeDiscrepancy,
  getDiscrepancy,
  recordTraining,
  verifyDiscrepancy,
  verifyHome,
} from "../oversight.contract.ts";
import { equipmentRooms, signers, steps } from "./equipment.fixture.ts";
import { code } from "./oversight.fixture.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse(equipmentRooms);
  house.clock.set("2026-06-15");
}, 180_000);
afterAll(() => house.close());

const ok = (item: "oxygen_concentrator" | "oximeter", seen: number) => ({ item, result: "ok" as const, seen });

describe("from a short delivery to a covered home", () => {
  it("shrinks with each piece that comes, is done with the last, and waits for another hand", async () => {
    const { give, home, plan, send, county } = steps(house);
    await give("制氧机", 1);
    await give("血氧仪", 3);
    const { id: careHomeId } = await home();
    const { id: planId } = await plan([careHomeId], {
      items: [{ item: "oxygen_concentrator" }, { item: "oximeter", perHome: 3 }],
    });
    const shipment = await send(planId, careHomeId);
    const by = county();
    const sign = (lines: { item: "oxygen_concentrator" | "oximeter"; serials: string[] }[]) =>
      by.call(signDelivery, { shipmentId: shipment.id, lines, signers });
    const first = await sign([
      { item: "oxygen_concentrator", serials: ["ZY-1"] },
      { item: "oximeter", serials: ["XY-1"] },
    ]);
    const [id = ""] = first.discrepancyIds;
    expect(await by.call(getDiscrepancy, { id })).toMatchObject({ kind: "short", quantity: 2, state: "open" });
    await sign([{ item: "oximeter", serials: ["XY-2"] }]);
    expect(await by.call(getDiscrepancy, { id })).toMatchObject({ quantity: 1, state: "open" });
    const last = await sign([{ item: "oximeter", serials: ["XY-3"] }]);
    const done = await by.call(getDiscrepancy, { id });
    expect(done).toMatchObject({ state: "done", proof: "后续签收补齐 1 件（2026-06-15）" });
    expect(done.timeline.map((one) => one.event).sort()).toEqual([
      "discrepancy-done",
      "discrepancy-made-good",
      "discrepancy-opened",
    ]);
    expect(await code(by.call(verifyDiscrepancy, { id }))).toBe("equipment/same-hand");
    const other = county("630102", "two");
    await other.call(verifyDiscrepancy, { id });
    await other.call(closeDiscrepancy, { id });

    await by.call(recordTraining, { careHomeId, people: 1 });
    const verified = await by.call(verifyHome, {
      careHomeId,
      lines: [ok("oxygen_concentrator", 1), ok("oximeter", 3)],
    });
    expect(verified).toMatchObject({ covered: true });
    expect(await by.call(getHome, { id: careHomeId })).toMatchObject({ covered: true, openDiscrepancies: 0 });

    // A scrapped piece is there no longer: what is left counts.
    const [piece] = last.items;
    for (const event of ["use", "fault", "scrap"] as const)
      await by.call(recordItemEvent, { itemId: piece?.id ?? "", event, note: "不能开机" });
    expect(await by.call(getHome, { id: careHomeId })).toMatchObject({ covered: true });
    const { items } = await by.call(getHome, { id: careHomeId });
    const only = items.find((one) => one.item === "oxygen_concentrator");
    for (const event of ["use", "fault", "scrap"] as const)
      await by.call(recordItemEvent, { itemId: only?.id ?? "", event, note: "不能开机" });
    expect(await by.call(getHome, { id: careHomeId })).toMatchObject({ covered: false, verified: ["oximeter"] });
  });
});
