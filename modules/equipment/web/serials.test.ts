import { describe, expect, it } from "vitest";
import { dealSerials, readSerials, sameSerial, serialsMissing } from "./serials.ts";

const homes = [
  {
    careHomeId: "a",
    lines: [
      { item: "oxygen_concentrator", quantity: 2 },
      { item: "oximeter", quantity: 1 },
    ],
  },
  { careHomeId: "b", lines: [{ item: "oxygen_concentrator", quantity: 1 }] },
] as const;

describe("numbers as pasted", () => {
  it("come from lines, columns, commas and full-width signs", () => {
    expect(readSerials("ZY-1\r\nZY-2，ZY-3、ＺＹ－４\t\n").serials).toEqual(["ZY-1", "ZY-2", "ZY-3", "ZY-4"]);
  });
  it("keep rare and long ones as they are, and name those that stand twice", () => {
    expect(readSerials("zy 1\nZY1\nA\na")).toEqual({ serials: ["zy 1", "A"], repeated: ["zy 1", "A"] });
    expect(sameSerial("ｚｙ１", "ZY 1")).toBe(true);
  });
  it("are none in nothing", () => {
    expect(readSerials(" \n ,")).toEqual({ serials: [], repeated: [] });
  });
});

describe("numbers dealt out to homes", () => {
  it("go out in the order of the plan, and what is not numbered waits for the scan", () => {
    expect(dealSerials(homes, { oxygen_concentrator: ["1", "2", "3"] })).toEqual([
      {
        careHomeId: "a",
        lines: [
          { item: "oxygen_concentrator", quantity: 2, serials: ["1", "2"] },
          { item: "oximeter", quantity: 1 },
        ],
      },
      { careHomeId: "b", lines: [{ item: "oxygen_concentrator", quantity: 1, serials: ["3"] }] },
    ]);
  });
  it("says how many are missing or too many", () => {
    expect(serialsMissing(homes, "oxygen_concentrator", ["1"])).toBe(2);
    expect(serialsMissing(homes, "oximeter", ["1", "2"])).toBe(-1);
    expect(serialsMissing(homes, "oximeter", [])).toBe(0);
  });
});
