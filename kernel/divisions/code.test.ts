import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  chainOf,
  contains,
  homeOf,
  isPlaceholder,
  levelOf,
  nation,
  parentOf,
  parseDivision,
  rangeOf,
  significant,
} from "./code.ts";

const digits = (length: number) => fc.stringMatching(new RegExp(`^[1-8][1-9]\\d{${length - 2}}$`));
const codes = fc.oneof(digits(2), digits(4), digits(6), digits(9), digits(12));

describe("division codes", () => {
  it("takes codes apart", () => {
    expect(parseDivision("210102")).toEqual({
      valid: true,
      significant: "210102",
      level: 3,
      parents: ["210000000000", "210100000000"],
      province: "210000",
      prefecture: "210100",
      county: "210102",
    });
    expect(parseDivision("210102003005")).toMatchObject({
      level: 5,
      parents: ["210000000000", "210100000000", "210102000000", "210102003000"],
      townshipKind: "street_office",
      communityKind: "residents_committee",
    });
    expect(parseDivision("630123104201")).toMatchObject({
      level: 5,
      townshipKind: "town",
      communityKind: "villagers_committee",
    });
    expect(parseDivision("150423400498")).toMatchObject({ townshipKind: "other", communityKind: "other" });
    expect(parseDivision("630203200598")).toMatchObject({ townshipKind: "township", communityKind: "other" });
    expect(parseDivision("630000")).toEqual({
      valid: true,
      significant: "63",
      level: 1,
      parents: [],
      province: "630000",
    });
    expect(parseDivision("000000")).toEqual({ valid: true, significant: "0", level: 0, parents: [] });
  });

  it("says what is wrong with a code", () => {
    for (const code of ["21010200300", "", "6", "630", "63020310020", "6302031002011"])
      expect(parseDivision(code)).toEqual({ valid: false, reason: "length_must_be_2_4_6_9_12" });
    for (const code of ["63020X", "６３", "6 ", "-1", "1e"])
      expect(parseDivision(code)).toEqual({ valid: false, reason: "digits_only" });
    for (const code of ["012345", "990000", "101000", "60", "4000"])
      expect(parseDivision(code)).toEqual({ valid: false, reason: "province_unknown" });
    expect(() => significant("63020X")).toThrow(RangeError);
    expect(() => rangeOf("63%")).toThrow(RangeError);
    expect(() => levelOf("6302a3")).toThrow(RangeError);
  });

  it("strips zero segments by segment, towns directly under a city included", () => {
    expect(significant("630000")).toBe("63");
    expect(significant("630000000000")).toBe("63");
    expect(significant("630200")).toBe("6302");
    expect(significant("6300")).toBe("63");
    expect(significant("630203100201")).toBe("630203100201");
    expect(significant("630203100000")).toBe("630203100");
    expect(significant("441900")).toBe("4419");
    expect(significant("441900003000")).toBe("441900003");
    expect(significant("441900003001")).toBe("441900003001");
    expect(significant("460400100000")).toBe("460400100");
    expect(significant("350527000000")).toBe("350527");
    expect(significant("350527000")).toBe("350527");
    expect(significant("000000000000")).toBe(nation);
    expect(significant("100000")).toBe(nation);
    expect(significant("500000")).toBe("50");
    expect(levelOf("50")).toBe(1);
    expect(levelOf("441900003")).toBe(4);
    expect(parentOf("441900003001")).toBe("441900003");
    expect(parentOf("441900003")).toBe("4419");
    expect(parentOf("441900")).toBe("44");
    expect(parentOf("63")).toBe(nation);
    expect(parentOf(nation)).toBeUndefined();
    expect(chainOf("441900003001")).toEqual(["44", "4419", "441900003", "441900003001"]);
    expect(parseDivision("441900003")).toEqual({
      valid: true,
      significant: "441900003",
      level: 4,
      parents: ["440000000000", "441900000000"],
      province: "440000",
      prefecture: "441900",
      townshipKind: "street_office",
    });
  });

  it("gives storage homes of six digits", () => {
    expect(homeOf("630203100201")).toBe("630203");
    expect(homeOf("6302")).toBe("630200");
    expect(homeOf("63")).toBe("630000");
    expect(homeOf("441900003001")).toBe("441900");
    expect(homeOf(nation)).toBe("000000");
  });

  it("contains by significant prefix", () => {
    expect(contains("210100", "210102003005")).toBe(true);
    expect(contains("210102003000", "210102004001")).toBe(false);
    expect(contains("441900", "441900003001")).toBe(true);
    expect(contains("63", "63")).toBe(true);
    expect(contains("6302", "63")).toBe(false);
    expect(contains("000000", "630203")).toBe(true);
    expect(contains("630203", "000000")).toBe(false);
  });

  it("ranges raise the last digit, past 9 as well", () => {
    expect(rangeOf("630000")).toEqual({ lo: "63", hi: "64" });
    expect(rangeOf("441900")).toEqual({ lo: "4419", hi: "441:" });
    expect(rangeOf(nation)).toEqual({ lo: "0", hi: ":" });
  });

  it("has lo <= code < hi for exactly the codes inside (property)", () => {
    fc.assert(
      fc.property(codes, codes, fc.integer({ min: 0, max: 5 }), (scope, other, keep) => {
        const related = scope.slice(0, [0, 2, 4, 6, 9, 12][keep]) + other.slice([0, 2, 4, 6, 9, 12][keep]);
        for (const target of [other, ...(parseDivision(related).valid ? [related] : [])]) {
          const code = significant(target);
          const { lo, hi } = rangeOf(scope);
          expect(lo <= code && code < hi).toBe(contains(scope, target));
        }
      }),
      { numRuns: 5000 },
    );
  });

  it("keeps every stored code as it is, and every parent contains it (property)", () => {
    fc.assert(
      fc.property(codes, (code) => {
        const short = significant(code);
        expect(significant(short)).toBe(short);
        expect(significant(short.padEnd(12, "0"))).toBe(short);
        const parent = parentOf(short)!;
        expect(contains(parent, short)).toBe(true);
        expect(levelOf(parent)).toBeLessThan(levelOf(short));
      }),
      { numRuns: 5000 },
    );
  });

  it("knows the placeholders of the statistics", () => {
    for (const code of ["1101", "5002", "4190", "659000"]) expect(isPlaceholder(code)).toBe(true);
    for (const code of ["6302", "11", "110101", "4201"]) expect(isPlaceholder(code)).toBe(false);
  });

  const file = "../shared/decision-cases.json";
  it.skipIf(!existsSync(file))("answers the decision cases (skipped: no shared data)", () => {
    const cases = (
      JSON.parse(readFileSync(file, "utf8")) as {
        id: string;
        rule: string;
        input: Record<string, string>;
        expected: Record<string, unknown>;
      }[]
    ).filter((one) => one.rule.startsWith("division."));
    expect(cases.length).toBeGreaterThanOrEqual(6);
    for (const { id, rule, input, expected } of cases) {
      if (rule === "division.contains")
        expect({ contains: contains(input.scope!, input.target!) }, id).toEqual(expected);
      else {
        const { townshipKind, communityKind, ...parsed } = parseDivision(input.code!) as unknown as Record<
          string,
          unknown
        >;
        expect({ ...parsed, township_kind: townshipKind, community_kind: communityKind }, id).toMatchObject(expected);
      }
    }
  });
});
