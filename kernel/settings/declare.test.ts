import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defineSetting, settingOn, settingProblem, settingSource, UnknownSettingError } from "./declare.ts";

const days = defineSetting({
  id: "trial.days",
  title: "days",
  unit: "days",
  basis: "mem",
  versions: [
    { from: "2010-01-01", value: 10 },
    { from: "2020-01-01", value: 20 },
  ],
  min: 1,
  max: 60,
});
const row = (division_code: string, from: string, value: number) => ({ id: "trial.days", division_code, from, value });

describe("settingOn", () => {
  it("takes the default of the date", () => {
    expect(settingOn([days], [], "trial.days", "2019-12-31")).toBe(10);
    expect(settingOn([days], [], "trial.days", "2020-01-01")).toBe(20);
  });

  it("lets the nearest division win, whatever the order of the chain", () => {
    const overrides = [row("63", "2021-01-01", 30), row("6301", "2021-01-01", 31), row("0", "2022-01-01", 29)];
    for (const chain of [
      ["630102", "6301", "63", "0"],
      ["63", "6301", "630102", "0"],
    ])
      expect(settingOn([days], overrides, "trial.days", "2023-01-01", chain)).toBe(31);
    expect(settingOn([days], overrides, "trial.days", "2023-01-01", ["630203", "6302", "63", "0"])).toBe(30);
    expect(settingOn([days], overrides, "trial.days", "2023-01-01", ["44", "0"])).toBe(29);
  });

  it("does not use an override before its day, and then its latest row", () => {
    const overrides = [row("63", "2021-01-01", 30), row("63", "2024-01-01", 40)];
    const source = settingSource([days], overrides, ["63"]);
    expect(["2020-12-31", "2021-01-01", "2023-12-31", "2024-01-01"].map((on) => source("trial.days", on))).toEqual([
      20, 30, 30, 40,
    ]);
  });

  it("says when a setting or its value is not there", () => {
    expect(() => settingOn([days], [], "trial.other", "2020-01-01")).toThrow(UnknownSettingError);
    expect(() => settingOn([days], [], "trial.days", "2009-12-31")).toThrow("no value on 2009-12-31");
  });

  it("always answers the value of the latest row of the longest matching code", () => {
    const code = fc.constantFrom("0", "63", "6301", "630102", "44");
    const date = fc.constantFrom("2021-01-01", "2022-01-01", "2023-01-01", "2030-01-01");
    const rows = fc.uniqueArray(fc.tuple(code, date), { selector: ([c, d]) => c + d, maxLength: 8 });
    fc.assert(
      fc.property(rows, (given) => {
        const overrides = given.map(([c, d], position) => row(c, d, position + 1));
        const usable = overrides.filter((one) => one.division_code !== "44" && one.from <= "2025-01-01");
        const depth = Math.max(0, ...usable.map((one) => one.division_code.length));
        const best = usable
          .filter((one) => one.division_code.length === depth)
          .sort((a, b) => (a.from < b.from ? 1 : -1))[0];
        expect(settingOn([days], overrides, "trial.days", "2025-01-01", ["630102", "6301", "63", "0"])).toBe(
          best?.value ?? 20,
        );
      }),
    );
  });
});

describe("defineSetting", () => {
  it("refuses a default outside its limits and versions out of order", () => {
    expect(() => defineSetting({ ...days, versions: [{ from: "2010-01-01", value: 61 }] })).toThrow("above-maximum");
    expect(() => defineSetting({ ...days, versions: [days.versions[1]!, days.versions[0]] })).toThrow("out of order");
    expect(() =>
      defineSetting({ ...days, unit: "month-day", versions: [{ from: "2010-01-01", value: "06-31x" }] }),
    ).toThrow("month-day");
  });

  it("names what is wrong with a value", () => {
    expect([
      settingProblem(days, 0),
      settingProblem(days, 61),
      settingProblem(days, "5"),
      settingProblem(days, Number.NaN),
      settingProblem(days, 5),
    ]).toEqual(["below-minimum", "above-maximum", "type", "type", undefined]);
  });
});
