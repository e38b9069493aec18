import { afterAll, beforeAll, expect, it } from "vitest";
import type { Place } from "../kernel/sync/testing/land.ts";
import { playRun } from "../kernel/sync/testing/simulation.ts";
import { type TestHouse, testHouse } from "../kernel/testing/house.ts";
import { modules } from "./modules.ts";
import { careLand, carePlaces } from "./testing/care-land.ts";

let house: TestHouse;
let places: readonly Place[];
beforeAll(async () => {
  house = await testHouse(modules);
  places = await carePlaces(house, 1);
}, 180_000);
afterAll(() => house.close());

const play = async (seeds: readonly number[]) => {
  const reports = [];
  for (const seed of seeds) reports.push(await playRun(house, places[0] as Place, seed, careLand));
  return reports;
};

it("people in care and phones on a bad network: nothing lost, doubled or shown outside its scope, figures true", async () => {
  const reports = await play([1, 2, 3, 4, 5, 6]);
  expect(reports.filter((one) => one.problems.length > 0)).toEqual([]);
  expect(reports.reduce((all, one) => all + one.acts, 0)).toBeGreaterThan(60);
  expect(reports.reduce((all, one) => all + one.held, 0)).toBeGreaterThan(20);
}, 180_000);

/** Courses that once found something: merged people who had left care stood twice in a month. */
it.each([
  2028, 2228, 2542, 2895, 5056, 9627, 11148, 12020,
])("course %i, which once failed, stays clean", async (seed) => {
  expect((await play([seed])).flatMap((one) => one.problems)).toEqual([]);
}, 60_000);
