import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  addMonths,
  addYears,
  compareDates,
  dateInShanghai,
  daysBetween,
  formatDate,
  isDate,
  weekday,
  yearOf,
} from "./date.ts";

const dates = fc.date({ min: new Date("0100-01-01"), max: new Date("9000-12-31"), noInvalidDate: true });
const toText = (date: Date) => date.toISOString().slice(0, 10);

describe("dates", () => {
  it("knows which texts are dates", () => {
    for (const date of ["2026-03-02", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])
      expect(isDate(date)).toBe(true);
    for (const text of [
      "2026-02-29",
      "1900-02-29",
      "2026-13-01",
      "2026-00-10",
      "2026-1-1",
      "20260101",
      "0000-01-01",
      "",
    ])
      expect(isDate(text)).toBe(false);
    for (const value of [null, undefined, 20260101, new Date(), "２０２６-01-01", "2026-01-01\n"])
      expect(isDate(value)).toBe(false);
  });

  it("goes by days exactly as the proleptic Gregorian calendar does", () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -40_000, max: 40_000 }), (date, days) => {
        const expected = new Date(
          Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()) + days * 86_400_000,
        );
        fc.pre(expected.getUTCFullYear() >= 100);
        expect(addDays(toText(date), days)).toBe(toText(expected));
        expect(daysBetween(toText(date), toText(expected))).toBe(days);
        expect(weekday(toText(date))).toBe(date.getUTCDay() === 0 ? 7 : date.getUTCDay());
      }),
      { numRuns: 2000 },
    );
  });

  it("goes by months to the corresponding day, or the month's last (Civil Code art. 202)", () => {
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(addMonths("2024-01-31", 1)).toBe("2024-02-29");
    expect(addMonths("2026-01-31", 3)).toBe("2026-04-30");
    expect(addMonths("2026-09-30", 3)).toBe("2026-12-30");
    expect(addMonths("2026-03-31", -1)).toBe("2026-02-28");
    expect(addMonths("2025-12-15", 1)).toBe("2026-01-15");
    expect(addMonths("2026-01-15", -1)).toBe("2025-12-15");
    expect(addMonths("2026-01-15", -13)).toBe("2024-12-15");
    expect(addYears("2024-02-29", 1)).toBe("2025-02-28");
    expect(addYears("2024-02-29", 4)).toBe("2028-02-29");
  });

  it("counts 30 and 60 days as the cooling-off and registration cases do", () => {
    expect(addDays("2026-03-02", 30)).toBe("2026-04-01");
    expect(addDays("2026-03-02", 60)).toBe("2026-05-01");
    expect(addDays("2026-01-05", 90)).toBe("2026-04-05");
  });

  it("compares, names and refuses", () => {
    expect(compareDates("2026-01-01", "2026-01-02")).toBe(-1);
    expect(compareDates("2026-01-02", "2026-01-02")).toBe(0);
    expect(compareDates("2026-02-01", "2026-01-02")).toBe(1);
    expect(yearOf("2026-03-02")).toBe(2026);
    expect(formatDate("2026-03-02", "zh")).toBe("2026年3月2日");
    expect(formatDate("2026-12-31", "en")).toBe("31 December 2026");
    expect(() => addDays("2026-02-30", 1)).toThrow(RangeError);
    expect(() => addDays("2026-02-28", 0.5)).toThrow(RangeError);
    expect(() => addDays("9999-12-31", 1)).toThrow(RangeError);
    expect(() => compareDates("", "2026-01-01")).toThrow(RangeError);
  });

  it("turns an instant into the day in Shanghai, summer time of 1986 to 1991 included", () => {
    expect(dateInShanghai(new Date("2026-03-01T15:59:59.999Z"))).toBe("2026-03-01");
    expect(dateInShanghai(new Date("2026-03-01T16:00:00Z"))).toBe("2026-03-02");
    expect(dateInShanghai(new Date("1988-07-01T15:30:00Z"))).toBe("1988-07-02");
    expect(dateInShanghai(new Date("1979-07-01T15:30:00Z"))).toBe("1979-07-01");
    expect(() => dateInShanghai(new Date(Number.NaN))).toThrow(RangeError);
  });
});
