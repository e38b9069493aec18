import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvCell, fenFromYuan, showCount, showDate, showInstant, showPerMille, showYuan } from "./format.ts";

describe("money on screens", () => {
  it("writes fen as yuan exactly", () => {
    expect(showYuan(123_450)).toBe("1,234.50");
    expect(showYuan(-5)).toBe("-0.05");
    expect(showYuan("900719925474099199")).toBe("9,007,199,254,740,991.99");
  });

  it("reads yuan as people type it, and nothing else", () => {
    expect(fenFromYuan("1,234.5")).toBe(123_450);
    expect(fenFromYuan("１２３４")).toBe(123_400);
    expect(fenFromYuan("¥ 20 元")).toBe(2_000);
    expect(fenFromYuan("0.1")).toBe(10);
    for (const wrong of ["", "1.234", "十万", "1e5", "--1", "1.2.3", "99999999999999999"])
      expect(fenFromYuan(wrong)).toBeUndefined();
  });

  it("reads back what it wrote", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e14, max: 1e14 }), (fen) => {
        expect(fenFromYuan(showYuan(fen))).toBe(fen);
      }),
    );
  });
});

describe("dates, counts and shares on screens", () => {
  it("shows instants in Shanghai whatever the machine says", () => {
    expect(showInstant("2026-11-20T17:05:00Z", "zh")).toBe("2026年11月21日 01:05");
    expect(showDate("2026-03-31", "en")).toBe("31 March 2026");
    expect(showDate("1998年", "zh")).toBe("1998年");
  });

  it("groups thousands and floors shares", () => {
    expect(showCount("900000")).toBe("900,000");
    expect(showPerMille(999)).toBe("99.9%");
    expect(showPerMille(null)).toBe("—");
  });

  it("never lets an exported cell become a formula", () => {
    expect(csvCell("=1+1")).toBe('"\'=1+1"');
    expect(csvCell('他说"好"')).toBe('"他说""好"""');
  });
});
