import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestHouse, testHouse } from "../testing/house.ts";
import { type Plant, plants, playRuns, type RunReport } from "./testing/simulation.ts";
import { toyModule } from "./testing/toy.ts";
import { toyLand } from "./testing/toy-land.ts";

const place = (first: number) => {
  const homes = [String(first), String(first + 1)] as const;
  return { homes, villages: homes.flatMap((home) => [1, 2, 3].map((n) => `${home}10000${n}`)) };
};

describe("phones on a bad network", () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await testHouse([toyModule]);
  });
  afterAll(() => house.close());

  const play = async (runs: number, seed = 1, plant?: Plant): Promise<RunReport[]> => {
    const reports: RunReport[] = [];
    await playRuns(house, [place(630301)], runs, seed, toyLand, (report) => reports.push(report), plant);
    return reports;
  };

  it("lose nothing, double nothing, show nothing outside their scope, in 20 courses of events", async () => {
    const reports = await play(20);
    expect(reports.filter((one) => one.problems.length > 0)).toEqual([]);
    expect(reports.reduce((all, one) => all + one.acts, 0)).toBeGreaterThan(100);
    expect(reports.reduce((all, one) => all + one.held, 0)).toBeGreaterThan(10);
  }, 180_000);

  it.each(plants)("a fault put in on purpose is found: %s", async (plant) => {
    let found = 0;
    for (let seed = 1; seed <= 25 && found === 0; seed++) found = (await play(1, seed, plant))[0]?.problems.length ?? 0;
    expect(found).toBeGreaterThan(0);
  }, 120_000);
});
