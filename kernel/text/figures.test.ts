import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  describeGrowth,
  type FigureMode,
  formatFigure,
  formatMoney,
  formatPercent,
  growthBase,
  parseMoney,
  toYuan,
} from "./figures.ts";

describe("figures", () => {
  it.each([
    [37624, "3.76万余"],
    [40000, "4万"],
    [213900, "21.39万"],
    [151000, "15.1万"],
    [28553000, "2855.3万"],
    [9999, "9999"],
    [10000, "1万"],
    [10001, "1万余"],
    [0, "0"],
    [99999999, "9999.99万余"],
    [100000000, "1亿"],
    [123456789012345678901n, "1234567890123.45亿余"],
    [-37624, "-3.76万余"],
  ])("prints %s as %s", (value, text) => {
    expect(formatFigure(value, "newspaper")).toBe(text);
  });

  it("groups, leaves plain, speaks English, refuses fractions", () => {
    expect(formatFigure(1234567, "grouped")).toBe("1,234,567");
    expect(formatFigure(-999, "grouped")).toBe("-999");
    expect(formatFigure(1234567, "plain")).toBe("1234567");
    expect(formatFigure(37624, "newspaper", "en")).toBe("over 3.76 ten thousand");
    expect(() => formatFigure(1.5, "plain")).toThrow(RangeError);
    expect(() => formatFigure(2 ** 60, "plain")).toThrow(RangeError);
  });

  it("gives shares half up, or cut when someone is missing", () => {
    expect(formatPercent(1464, 4448)).toBe("32.9%");
    expect(formatPercent(2999, 3000)).toBe("100.0%");
    expect(formatPercent(2999, 3000, { floor: true })).toBe("99.9%");
    expect(formatPercent(3000, 3000, { floor: true })).toBe("100.0%");
    expect(formatPercent(1, 2000)).toBe("0.1%");
    expect(formatPercent(-1, 2000)).toBe("-0.1%");
    expect(formatPercent(1, 3, { decimals: 0 })).toBe("33%");
    expect(formatPercent(0, 0)).toBe("—");
    expect(formatPercent(1469, 1589)).toBe("92.4%");
  });

  it("never mixes growth by and growth to", () => {
    expect(describeGrowth(7965, 12700)).toEqual({ text: "59.4%", approx: "约60%", ratio: "1.59倍" });
    expect(describeGrowth(14594, 71325)).toEqual({ text: "388.7%", approx: "增长近四倍", ratio: "4.89倍" });
    expect(describeGrowth(100, 200).approx).toBe("增长一倍");
    expect(describeGrowth(100, 330)).toEqual({ text: "230.0%", approx: "增长两倍多", ratio: "3.3倍" });
    expect(describeGrowth(100, 1270).approx).toBe("增长近十二倍");
    expect(describeGrowth(100, 103).approx).toBe("约3%");
    expect(describeGrowth(100, 55)).toEqual({ text: "-45.0%", approx: "下降约50%", ratio: "0.55倍" });
    expect(describeGrowth(0, 5).text).toBe("—");
    expect(describeGrowth(14594, 71325, "en").approx).toBe("grew nearly 4-fold");
  });

  it("finds the base of a printed growth", () => {
    expect(growthBase(37624, "84.7%")).toBe(20370n);
    expect(growthBase(110, "10％")).toBe(100n);
    expect(growthBase(90, "-10%")).toBe(100n);
    expect(() => growthBase(1, "-100%")).toThrow(RangeError);
    expect(() => growthBase(1, "about 5")).toThrow(RangeError);
  });

  it("shows money to the fen", () => {
    expect(formatMoney(123450n)).toBe("1,234.50");
    expect(formatMoney(-5)).toBe("-0.05");
    expect(formatMoney(15396731614n)).toBe("153,967,316.14");
    expect(formatMoney(12_345_000n, "wan")).toBe("12.35万元");
    expect(formatMoney(200_000_000_000n, "wan")).toBe("200,000.00万元");
    expect(toYuan(123450n)).toBe("1234.50");
  });

  it("reads written amounts, and refuses what it would have to round", () => {
    for (const text of ["1,234.50", "1234.5", "￥1,234.50", "１，２３４．５０元", " 1 234.50 ", "0.12345万元"])
      expect(parseMoney(text), text).toBe(123450n);
    expect(parseMoney("200万")).toBe(200_000_000n);
    expect(parseMoney("-0.05")).toBe(-5n);
    for (const text of ["", "1.005", "12,34.00", "一百", "1e3", "NaN", "1.2.3"])
      expect(parseMoney(text), text).toBeUndefined();
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }), (fen) => {
        expect(parseMoney(formatMoney(fen))).toBe(fen);
        expect(parseMoney(toYuan(fen))).toBe(fen);
      }),
    );
  });

  const file = "../shared/decision-cases.json";
  it.skipIf(!existsSync(file))("answers the decision cases (skipped: no shared data)", () => {
    type Input = {
      value: number;
      mode: FigureMode;
      num: number;
      den: number;
      from: number;
      to: number;
      growth: string;
    };
    type Case = { id: string; rule: string; input: Input; expected: Record<string, unknown> };
    const answers: Record<string, (input: Input) => unknown> = {
      "format.figure": (input) => ({
        text: formatFigure(input.value, input.mode),
      }),
      "format.percent": (input) => ({ text: formatPercent(input.num, input.den) }),
      "growth.percent": (input) => describeGrowth(input.from, input.to),
      "growth.times": (input) => describeGrowth(input.from, input.to),
      "growth.base": (input) => ({
        implied_from: Number(growthBase(input.to, input.growth)),
      }),
    };
    const found = (JSON.parse(readFileSync(file, "utf8")) as Case[]).filter((one) => one.rule in answers);
    expect(found.length).toBeGreaterThanOrEqual(9);
    for (const { id, rule, input, expected } of found) expect(answers[rule]!(input), id).toMatchObject(expected);
  });
});
