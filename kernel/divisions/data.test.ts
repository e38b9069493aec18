import { existsSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { parentOf, significant } from "./code.ts";
import { type Division, divisionSource, readDivisions } from "./data.ts";

const shared = "../shared/data/divisions-2023";

describe("the shipped divisions", () => {
  const all = new Map<string, Division>();
  beforeAll(() => {
    for (const division of readDivisions()) all.set(division.code, division);
  });

  it("holds the nation: 31 / 342 / 2,978 / 41,352 / 620,573, repeated rows once, and 71, 81, 82", () => {
    const { counts, collapsed, licence } = divisionSource();
    expect(counts).toEqual({ provinces: 31, cities: 342, areas: 2978, streets: 41_352, villages: 620_573 });
    expect(collapsed).toEqual(["441900", "442000", "460400", "350527000", "350527000000"]);
    expect(licence).toBe("MIT");
    const levels = [0, 0, 0, 0, 0, 0];
    for (const { level } of all.values()) levels[level]! += 1;
    expect(levels).toEqual([0, 31 + 3, 342, 2978 - 3, 41_352 - 1, 620_573 - 1]);
    expect(["71", "81", "82"].map((code) => all.get(code)?.name)).toEqual([
      "台湾省",
      "香港特别行政区",
      "澳门特别行政区",
    ]);
    expect(statSync(fileURLToPath(new URL("./data/divisions.tsv.br", import.meta.url))).size).toBeLessThan(4_500_000);
  });

  it("has no orphan, no blank name, and only significant codes", () => {
    const wrong: string[] = [];
    for (const { code, name } of all.values()) {
      const parent = parentOf(code);
      if (significant(code) !== code || name.trim() === "" || (parent !== "0" && !all.has(parent!))) wrong.push(code);
    }
    expect(wrong).toEqual([]);
  });

  it("keeps characters outside the BMP, private-use characters and the longest name", () => {
    expect(all.get("420602006207")?.name).toContain("莫\u{21413}村");
    expect(all.get("420684103229")?.name).toContain("\uE170");
    expect(all.get("450681101201")?.name).toBe("\uE08B尾村村委会");
    expect([...all.values()].reduce((longest, { name }) => Math.max(longest, name.length), 0)).toBe(33);
  });

  it("reads one province, one county or one town only, with the chain above on request", () => {
    const begin = performance.now();
    const qinghai = [...readDivisions("63")];
    expect(performance.now() - begin).toBeLessThan(400);
    expect(qinghai[0]).toEqual({ code: "63", name: "青海省", level: 1 });
    expect(qinghai.length).toBe([...all.keys()].filter((code) => code.startsWith("63")).length);
    const codes = qinghai.map(({ code }) => code);
    expect(codes).toEqual([...codes].sort());
    expect(qinghai.find(({ level }) => level === 2)).toEqual({ code: "6301", name: "西宁市", level: 2 });
    expect([...readDivisions("630000")].length).toBe(qinghai.length);
    const town = [...readDivisions("441900003", { ancestors: true })];
    expect(town.slice(0, 3).map(({ name }) => name)).toEqual(["广东省", "东莞市", "东城街道"]);
    expect(town.every(({ code }) => ["44", "4419"].includes(code) || code.startsWith("441900003"))).toBe(true);
    expect([...readDivisions("83")]).toEqual([]);
    expect(() => [...readDivisions("63x")]).toThrow(RangeError);
  });

  it.skipIf(!existsSync(shared))("agrees with every real row at hand (skipped: no shared data)", () => {
    let replayed = 0;
    for (const file of [
      "provinces",
      "cities",
      "counties",
      "townships",
      ...["11", "33", "42", "46", "52", "64"].map((code) => `villages-${code}`),
    ]) {
      for (const line of readFileSync(`${shared}/${file}.csv`, "utf8").split(/\r?\n/).slice(1)) {
        const [code, name] = line.split(",");
        if (code === "" || code === undefined) continue;
        if (all.get(significant(code))?.name !== name)
          expect(`${code} ${all.get(significant(code))?.name}`).toBe(`${code} ${name}`);
        replayed += 1;
      }
    }
    expect(replayed).toBe(31 + 342 + 2978 + 37_963 + 84_311);
  });
});
