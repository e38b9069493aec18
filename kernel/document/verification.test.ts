import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chineseDate, chineseNumber, citationText } from "./chinese.words.ts";
import { formatNumber, parseVerificationCode, printVerificationCode, verificationCode } from "./verification.ts";

const SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

describe("verification codes", () => {
  it("have twelve unambiguous signs and do not repeat", () => {
    const codes = Array.from({ length: 2000 }, () => verificationCode());
    expect(new Set(codes).size).toBe(2000);
    for (const code of codes) {
      expect(code).toMatch(/^[2-9A-HJKMNP-Z]{12}$/);
      expect(parseVerificationCode(code)).toBe(code);
    }
  });

  it("use every sign about equally often", () => {
    const counts = new Map<string, number>();
    for (let round = 0; round < 3000; round += 1) {
      for (const sign of verificationCode().slice(0, -1)) counts.set(sign, (counts.get(sign) ?? 0) + 1);
    }
    const expected = (3000 * 11) / 31;
    expect(counts.size).toBe(31);
    for (const count of counts.values()) expect(Math.abs(count - expected) / expected).toBeLessThan(0.2);
  });

  it("never survive one wrong sign or two neighbours swapped", () => {
    fc.assert(
      fc.property(fc.nat(11), fc.nat(30), (at, sign) => {
        const code = verificationCode();
        const wrong = code.slice(0, at) + SIGNS[sign] + code.slice(at + 1);
        if (wrong !== code) expect(parseVerificationCode(wrong)).toBeUndefined();
        const swapped = [...code];
        [swapped[at], swapped[(at + 1) % 12]] = [swapped[(at + 1) % 12] as string, swapped[at] as string];
        if (at < 11 && swapped.join("") !== code) expect(parseVerificationCode(swapped.join(""))).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it("are read however a person types them", () => {
    const code = verificationCode();
    const printed = printVerificationCode(code);
    expect(printed).toMatch(/^.{4}-.{4}-.{4}$/);
    const fullWidth = [...printed].map((sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).join("");
    for (const typed of [
      printed,
      printed.toLowerCase(),
      ` ${printed.replaceAll("-", " ")}`,
      fullWidth,
      printed.replaceAll("-", "—"),
    ]) {
      expect(parseVerificationCode(typed)).toBe(code);
    }
    for (const typed of ["", "0000-0000-0000", `${code}2`, "'; drop table document; --"]) {
      expect(parseVerificationCode(typed)).toBeUndefined();
    }
  });
});

describe("numbers, dates and citations", () => {
  it("prints a document number with hexagonal brackets", () => {
    expect(formatNumber({ organ: "青民社", year: 2026, seq: 12 })).toBe("青民社〔2026〕12号");
    for (const seq of [0, -1, 1.5])
      expect(() => formatNumber({ organ: "青民社", year: 2026, seq })).toThrow(RangeError);
    expect(() => formatNumber({ organ: "青民社", year: 26, seq: 1 })).toThrow(RangeError);
  });

  it.each([
    [0, "零"],
    [6, "六"],
    [10, "十"],
    [11, "十一"],
    [20, "二十"],
    [60, "六十"],
    [100, "一百"],
    [101, "一百零一"],
    [110, "一百一十"],
    [115, "一百一十五"],
    [1000, "一千"],
    [1001, "一千零一"],
    [1010, "一千零一十"],
    [2030, "二千零三十"],
  ] as const)("%d is %s", (value, text) => {
    expect(chineseNumber(value)).toBe(text);
  });

  it("prints dates without leading zeros, and refuses what is none", () => {
    expect(chineseDate("2026-01-09")).toBe("2026年1月9日");
    expect(() => chineseDate("2026-1-9")).toThrow(RangeError);
    expect(() => chineseNumber(10_000)).toThrow(RangeError);
  });

  it("prints citations as papers do", () => {
    const law = { document: "社会组织信用信息管理办法", number: "民政部令第60号", effectiveFrom: "2018-01-24" };
    expect(citationText({ ...law, article: "11", item: "1" })).toBe(
      "《社会组织信用信息管理办法》（民政部令第60号）第十一条第（一）项",
    );
    expect(citationText({ ...law, article: "16-2" })).toBe(
      "《社会组织信用信息管理办法》（民政部令第60号）第十六条之二",
    );
    expect(citationText({ document: "《慈善法》", article: "第六十条", effectiveFrom: "2024-09-05" })).toBe(
      "《慈善法》第六十条",
    );
    expect(citationText({ document: "评估管理办法", article: "validity", effectiveFrom: "2026-01-01" })).toBe(
      "《评估管理办法》",
    );
  });
});
