import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { currentCodes, type DatedDivision, historyProblems, nameOn } from "./history.ts";

const rows: readonly DatedDivision[] = [
  { code: "330183", name: "富阳市", from: "1994-01-18", to: "2014-12-13", successors: ["330111"] },
  { code: "330111", name: "富阳区", from: "2014-12-13", successors: [] },
  { code: "110103", name: "崇文区", from: "1980-01-01", to: "2010-07-01", successors: ["110101"] },
  { code: "110101", name: "东城区", from: "1980-01-01", successors: [] },
];

describe("dated divisions", () => {
  it("names a code as of a day", () => {
    expect(nameOn(rows, "330183", "2014-12-12")).toBe("富阳市");
    expect(nameOn(rows, "330183", "2014-12-13")).toBeUndefined();
    expect(nameOn(rows, "330111", "2014-12-13")).toBe("富阳区");
    expect(nameOn(rows, "330111000000", "2020-01-01")).toBe("富阳区");
    expect(nameOn(rows, "630203", "2020-01-01")).toBeUndefined();
  });

  it("follows a county made a district, and a merge", () => {
    expect(currentCodes(rows, "330183", "2026-01-01")).toEqual(["330111"]);
    expect(currentCodes(rows, "330183", "2010-01-01")).toEqual(["330183"]);
    expect(currentCodes(rows, "110103", "2026-01-01")).toEqual(["110101"]);
    expect(currentCodes(rows, "110101", "2026-01-01")).toEqual(["110101"]);
    expect(currentCodes(rows, "630203", "2026-01-01")).toEqual([]);
  });

  it("follows a split, a rename on the way, and a merge after it", () => {
    const split: DatedDivision[] = [
      { code: "630101", name: "甲县", from: "2000-01-01", to: "2005-01-01", successors: [] },
      { code: "630101", name: "甲市", from: "2005-01-01", to: "2010-01-01", successors: ["630101", "630102"] },
      { code: "630101", name: "甲区", from: "2010-01-01", successors: [] },
      { code: "630102", name: "乙区", from: "2010-01-01", to: "2020-01-01", successors: ["630103"] },
      { code: "630103", name: "丙区", from: "2015-01-01", successors: [] },
      { code: "630104", name: "丁农场", from: "2000-01-01", to: "2008-01-01", successors: [] },
    ];
    expect(historyProblems(split)).toEqual([]);
    expect(currentCodes(split, "630101", "2007-01-01", "2001-01-01")).toEqual(["630101"]);
    expect(currentCodes(split, "630101", "2012-01-01", "2001-01-01")).toEqual(["630101", "630102"]);
    expect(currentCodes(split, "630101", "2026-01-01", "2001-01-01")).toEqual(["630101", "630103"]);
    expect(currentCodes(split, "630101", "2026-01-01", "2011-01-01")).toEqual(["630101"]);
    expect(currentCodes(split, "630104", "2026-01-01")).toEqual([]);
  });

  it("tells a code given to another place later by the day it was recorded", () => {
    const reused: DatedDivision[] = [
      { code: "132201", name: "邢台市", from: "1980-01-01", to: "1984-01-01", successors: ["130500"] },
      { code: "132201", name: "南宫市", from: "1986-03-01", to: "1993-06-01", successors: ["130581"] },
      { code: "130500", name: "邢台市", from: "1984-01-01", successors: [] },
      { code: "130581", name: "南宫市", from: "1993-06-01", successors: [] },
    ];
    expect(currentCodes(reused, "132201", "2026-01-01", "1982-05-01")).toEqual(["1305"]);
    expect(currentCodes(reused, "132201", "2026-01-01", "1990-05-01")).toEqual(["130581"]);
    expect(currentCodes(reused, "132201", "2026-01-01")).toEqual(["130581"]);
    expect(currentCodes(reused, "132201", "2026-01-01", "1985-01-01")).toEqual([]);
  });

  it("does not run in circles, and names faulty rows", () => {
    const faulty: DatedDivision[] = [
      { code: "630101", name: "甲", from: "2000-01-01", to: "2001-01-01", successors: ["630102"] },
      { code: "630102", name: "乙", from: "2000-01-01", to: "2001-01-01", successors: ["630101"] },
      { code: "630103", name: "丙", from: "2002-01-01", to: "2002-01-01", successors: [] },
      { code: "630103", name: "丙", from: "2003-01-01", successors: [] },
      { code: "630103", name: "丁", from: "2004-01-01", successors: [] },
    ];
    expect(currentCodes(faulty, "630101", "2026-01-01")).toEqual([]);
    expect(historyProblems(faulty)).toEqual([
      { code: "630101", problem: "successor_not_in_force", on: "2001-01-01" },
      { code: "630102", problem: "successor_not_in_force", on: "2001-01-01" },
      { code: "630103", problem: "ends_before_it_begins", on: "2002-01-01" },
      { code: "630103", problem: "overlaps", on: "2004-01-01" },
    ]);
  });

  const folder = "../shared/data/divisions-history";
  it.skipIf(!existsSync(folder))("answers every published change between revisions (skipped: no shared data)", () => {
    const revisions = ["198012", "199012", "200012", "201012", "201412", "201512", "201612", "201712", "201904"];
    const real = toRows(
      revisions.map((revision) => [day(revision), lines(`${folder}/gb2260-${revision}.csv`)] as const),
    );
    expect(historyProblems(real)).toEqual([]);
    let replayed = 0;
    for (const [from, to, change, code, oldName, newName] of lines(`${folder}/changes.csv`)) {
      if (!revisions.includes(from!) || !revisions.includes(to!)) continue;
      const names = [nameOn(real, code!, day(from!)), nameOn(real, code!, day(to!))];
      const expected = { added: [undefined, newName], removed: [oldName, undefined], renamed: [oldName, newName] }[
        change!
      ];
      expect([code, ...names]).toEqual([code, ...expected!]);
      replayed += 1;
    }
    expect(replayed).toBeGreaterThan(4000);
    expect(currentCodes(real, "330111", "2019-04-01", day("201012"))).toEqual([]);
  });
});

const day = (revision: string) => `${revision.slice(0, 4)}-${revision.slice(4)}-01`;
const lines = (file: string) =>
  readFileSync(file, "utf8")
    .split(/\r?\n/)
    .slice(1)
    .filter((line) => line !== "")
    .map((line) => line.split(","));

/** A row as long as a code keeps its name over consecutive revisions. */
function toRows(revisions: readonly (readonly [string, readonly string[][]])[]): DatedDivision[] {
  const done: DatedDivision[] = [];
  let open = new Map<string, { code: string; name: string; from: string }>();
  for (const [date, list] of revisions) {
    const next = new Map<string, { code: string; name: string; from: string }>();
    for (const [code, name] of list) {
      const before = open.get(code!);
      next.set(code!, before?.name === name ? before! : { code: code!, name: name!, from: date });
    }
    for (const [code, row] of open) if (next.get(code) !== row) done.push({ ...row, to: date, successors: [] });
    open = next;
  }
  return [...done, ...[...open.values()].map((row) => ({ ...row, successors: [] }))];
}
