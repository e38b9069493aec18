import { afterAll, beforeAll, expect, it } from "vitest";
import { changeDivisions } from "../../../kernel/divisions/change.contract.ts";
import { Phone } from "../../../kernel/sync/testing/phone.ts";
import type { TestHouse } from "../../../kernel/testing/house.ts";
import { careHouse } from "./care.fixture.ts";
import { inCare, somebody, villages } from "./care-work.fixture.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await careHouse();
  house.clock.set("2026-06-10T09:00:00+08:00");
}, 120_000);
afterAll(() => house.close());

it("tells a phone that a village has another name, or has gone into another one", async () => {
  const worker = house.worker([...villages]);
  const person = await somebody(house, "样改名");
  await inCare(house, person.id, villages[0], worker.actor.accountId);
  const phone = new Phone(() => house.clock.now);
  await phone.register(worker);
  const place = async () => {
    await phone.pullAll(worker);
    const [held] = [...phone.store.values()];
    return [held?.body.division, held?.body.divisionName];
  };
  const [, before] = await place();
  expect(before).not.toBe("望春新村");
  const change = (to: string, name: string) =>
    house.as("administrator", "63").call(changeDivisions, {
      on: "2026-06-10",
      changes: [{ from: villages[0], to, name }],
      reason: "地名更改",
    });
  await change(villages[0], "望春新村");
  expect(await place()).toEqual([villages[0], "望春新村"]);
  house.clock.set("2026-06-11T09:00:00+08:00");
  const at = { on: "2026-06-11", reason: "合并" };
  const merged = { from: villages[0], to: villages[1], name: "望春新村" };
  await house.as("administrator", "63").call(changeDivisions, { ...at, changes: [merged] });
  expect(await place()).toEqual([villages[1], "望春新村"]);
});
