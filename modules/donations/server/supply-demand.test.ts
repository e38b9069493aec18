import { existsSync, readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestHouse, testHouse } from "../../../kernel/testing/house.ts";
import { organisationsModule } from "../../organisations/server/index.ts";
import { planBatch, recordProgramme } from "../programmes.contract.ts";
import { donationsModule } from "./index.ts";

const folder = new URL("../../../../shared/data/supply-demand-2020/", import.meta.url).pathname;
const present = existsSync(folder);

/** Cells of one line of a CSV file, quoted ones too. */
const cellsOf = (line: string) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = ""]) => cell);

interface Need {
  readonly city: string;
  readonly hospital: string;
  readonly items: Set<string>;
}

/** Hospitals of a city by their number there, with the items each says it lacks. */
function needs(): Map<string, Need> {
  const found = new Map<string, Need>();
  for (const file of readdirSync(folder).filter((one) => one.startsWith("hospital-needs-")))
    for (const line of readFileSync(`${folder}${file}`, "utf8").split("\n").slice(1)) {
      const [id = "", province, city = "", , hospital = "", item = "", needed] = cellsOf(line);
      if (!province || hospital === "" || item === "" || needed === "0") continue;
      const key = `${file}#${id}`;
      const known = found.get(key) ?? { city, hospital, items: new Set() };
      known.items.add(item);
      found.set(key, known);
    }
  return found;
}

describe.skipIf(!present)("real needs of hospitals, 2020 (skipped: no shared data, when the folder is absent)", () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await testHouse([organisationsModule, donationsModule]);
    house.clock.set("2026-06-15");
  });
  afterAll(() => house.close());

  it("goes first to flooded places, then to who lacks most; two of one name are named, and nobody is served twice", async () => {
    const clerk = house.as("officer", "630102");
    const asked = [...needs()];
    const programme = await clerk.call(recordProgramme, { name: "防护物资分配", budgetFen: 40_000_00 });
    const order = { programme: programme.id, unitValueFen: 500_00 };
    const byName = asked.map(([, one]) => ({ id: one.hospital, need: one.items.size }));
    await expect(clerk.call(planBatch, { ...order, candidates: byName })).rejects.toMatchObject({
      code: "donations/repeated-recipient",
      facts: { repeated: expect.arrayContaining(["黄石市第五医院"]) },
    });

    const candidates = asked.map(([key, one]) => ({
      id: key,
      need: one.items.size,
      ...(one.city === "咸宁市" ? { in: ["洪灾地区"] } : {}),
    }));
    const first = await clerk.call(planBatch, { ...order, candidates });
    expect(candidates.length).toBeGreaterThan(100);
    expect(first.totalFen).toBe(first.ranked.length * 500_00);
    expect(first.ranked).toHaveLength(80);
    expect(first.leftOut).toHaveLength(candidates.length - 80);
    expect(first.ranked.map((one) => one.rank)).toEqual(first.ranked.map((_, at) => at + 1));
    const flooded = first.ranked.filter((one) => one.flags.length > 0);
    expect(flooded.length).toBe(candidates.filter((one) => one.in).length);
    expect(first.ranked.slice(0, flooded.length)).toEqual(flooded);
    const others = first.ranked.slice(flooded.length).map((one) => one.need);
    expect(others).toEqual([...others].sort((one, other) => other - one));

    const again = await clerk.call(planBatch, { ...order, programme: programme.id, candidates });
    expect(again.ranked).toEqual([]);
    expect(
      again.leftOut
        .filter((one) => one.why === "already-served")
        .map((one) => one.id)
        .sort(),
    ).toEqual(first.ranked.map((one) => one.id).sort());
  });
});

it.skipIf(present)("skipped: no shared data", () => undefined);
