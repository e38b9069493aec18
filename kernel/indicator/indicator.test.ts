import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rangeOf } from "../divisions/code.ts";
import type { Context, Effect } from "../operation/context.ts";
import { type TestHouse, testHouse } from "../testing/house.ts";
import { defineIndicator } from "./define.ts";
import { type Bump, bump, drift, figures, figuresByPeriod, overview } from "./indicator.ts";

const births = defineIndicator({
  id: "test.things",
  behaviour: "stock",
  dimensions: ["colour", "size"],
  public: true,
  rows: "/things",
});

const at = (division: string, colour: string, size: string, delta: number, period = ""): Bump => ({
  indicator: births,
  home: division.slice(0, 6).padEnd(6, "0"),
  division,
  period,
  key: [colour, size],
  delta,
});

const all = [
  at("0", "red", "small", 1),
  at("63", "red", "small", 2),
  at("6301", "red", "large", 3),
  at("630102", "red", "small", 5),
  at("630103", "red", "small", 7),
  at("630102001", "blue", "large", 11),
  at("632210", "blue", "small", 13),
  at("330106", "red", "large", 17),
  at("330106", "red", "large", 19, "2024"),
  at("630102", "blue", "small", 23, "2025"),
];

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
  await write(all);
}, 120_000);
afterAll(() => house.close());

async function write(bumps: readonly Bump[]): Promise<void> {
  await house.open.database.transaction({ kind: "system" }, async (tx) => {
    const effects: Effect[] = [];
    bump({ later: (effect: Effect) => effects.push(effect) } as unknown as Context, bumps);
    for (const effect of effects) await effect(tx);
  });
}

const staffOf = (division: string) => ({ kind: "staff", ...rangeOf(division), home: "000000" }) as const;
const read = <T>(scope: string, work: Parameters<typeof house.open.database.transaction<T>>[1]) =>
  house.open.database.transaction(staffOf(scope), work);

/** The figures as they are by the bumps themselves. */
function wanted(division: string, digits: number, visible = division, period = "") {
  const { lo, hi } = rangeOf(division);
  const seen = rangeOf(visible);
  const sums = new Map<string, number>();
  for (const one of all) {
    if ((one.period ?? "") !== period || one.division < lo || one.division >= hi) continue;
    if (one.division < seen.lo || one.division >= seen.hi) continue;
    const name = `${one.division.slice(0, digits)}/${one.key.join("|")}`;
    sums.set(name, (sums.get(name) ?? 0) + one.delta);
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
}

describe("figures", () => {
  it.each([
    ["0", 0],
    ["0", 2],
    ["0", 4],
    ["0", 6],
    ["63", 0],
    ["63", 2],
    ["63", 4],
    ["63", 6],
    ["6301", 0],
    ["6301", 4],
    ["6301", 6],
    ["630102", 0],
    ["630102", 9],
  ])("of %s split by %i digits are the sums of its cells", async (division, digits) => {
    const cells = await read("0", (tx) => figures(tx, births, { division, digits }));
    expect(cells.map((cell) => [`${cell.division}/${cell.key.join("|")}`, cell.value])).toEqual(
      wanted(division, digits),
    );
  });

  it("are those of one's own part for somebody who sees only a part of the division", async () => {
    for (const [visible, division, digits] of [
      ["6301", "63", 4],
      ["630102", "63", 0],
      ["630102", "0", 2],
      ["63", "0", 2],
    ] as const) {
      const cells = await read(visible, (tx) => figures(tx, births, { division, digits }));
      expect(cells.map((cell) => [`${cell.division}/${cell.key.join("|")}`, cell.value])).toEqual(
        wanted(division, digits, visible),
      );
    }
  });

  it("by period and both ways agree with them", async () => {
    const periods = await read("0", (tx) => figuresByPeriod(tx, births, "0", ["2023", "2024", "2025"]));
    expect([...periods].sort()).toEqual([
      ["2024", 19],
      ["2025", 23],
    ]);
    expect([...(await read("630102", (tx) => figuresByPeriod(tx, births, "630102", ["2025"])))]).toEqual([
      ["2025", 23],
    ]);
    for (const [division, digits] of [
      ["0", 2],
      ["63", 4],
      ["6301", 6],
      ["630102", 9],
    ] as const) {
      const both = await read("0", (tx) => overview(tx, births, division, digits));
      const sum = (cells: readonly { value: number }[]) => cells.reduce((total, cell) => total + cell.value, 0);
      const cells = await read("0", (tx) => figures(tx, births, { division, digits }));
      expect(sum(both.keys)).toBe(sum(cells));
      expect(both.divisions).toEqual(
        new Map(
          [...new Set(cells.map((cell) => cell.division))].map((code) => [
            code,
            sum(cells.filter((cell) => cell.division === code)),
          ]),
        ),
      );
    }
  });
});

describe("drift", () => {
  const found = () => house.open.database.transaction({ kind: "system" }, (tx) => drift(tx, births, all));

  it("is none while cells and sums follow the rows, and moves back and forth leave nothing", async () => {
    expect(await found()).toEqual([]);
    await write([at("630102", "red", "small", -5), at("630103", "red", "small", 5)]);
    await write([at("630102", "red", "small", 5), at("630103", "red", "small", -5)]);
    expect(await found()).toEqual([]);
  });

  it("names a sum that is not that of its cells", async () => {
    const change = (by: number) =>
      house.sql(
        "update indicator_sum set value = value + $1 where indicator = 'test.things' and digits = 2 and division_code = '33' and period = ''",
        [by],
      );
    await change(1);
    expect(await found()).toEqual([
      { indicator: "test.things", division: "33", key: "red|large", kept: 18, counted: 17 },
    ]);
    await change(-1);
  });
});
