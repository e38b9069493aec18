import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestHouse } from "../../../kernel/testing/house.ts";
import { fileEmergency, listEmergencies, openEmergency, recordStep } from "../emergency.contract.ts";
import { careFigures } from "../figures.contract.ts";
import { careHouse } from "./care.fixture.ts";
import { somebody, villages } from "./care-work.fixture.ts";

let house: TestHouse;

beforeAll(async () => {
  house = await careHouse();
}, 120_000);
afterAll(() => house.close());

const at = (time: string) => house.clock.set(`2026-06-01T${time}:00+08:00`);

describe("an emergency with a step that is late", () => {
  it("is late in the list and in the figures until the step is recorded, long before its filing is", async () => {
    const worker = house.worker([villages[0]]);
    const officer = house.as("officer", "630102");
    at("09:00");
    const person = await somebody(house, "样八步");
    const { id } = await worker.call(openEmergency, { personId: person.id, found: "injured" });
    const late = async () => {
      const { emergencies } = await officer.call(listEmergencies, { id });
      const { overdue } = (await officer.call(careFigures, { division: villages[0], month: "2026-06" })).emergencies;
      return [emergencies[0]?.overdue, overdue.value];
    };
    const step = (name: "call_rescue" | "call_family" | "stay" | "notify_community") =>
      worker.call(recordStep, { emergencyId: id, step: name, reached: true });
    at("09:04");
    expect(await late()).toEqual([false, 0]);
    at("09:06");
    expect(await late()).toEqual([true, 1]);
    await step("call_rescue");
    expect(await late()).toEqual([false, 0]);
    at("21:00");
    expect(await late()).toEqual([true, 1]);
    for (const name of ["call_family", "stay", "notify_community"] as const) await step(name);
    expect(await late()).toEqual([false, 0]);
    await worker.call(fileEmergency, { id, outcome: "safe", summary: "家人已到。" });
    house.clock.set("2026-06-03");
    expect(await late()).toEqual([false, 0]);
  });
});
