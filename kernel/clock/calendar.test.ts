import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { builtInCalendar, builtInDays } from "./built-in-calendar.ts";
import { CalendarUnknownError, makeCalendar } from "./calendar.ts";
import { addDays } from "./date.ts";

const calendar = builtInCalendar();

describe("working days", () => {
  it("knows holidays, exchanged working days and plain weekends", () => {
    expect(calendar.isWorkingDay("2026-02-14")).toBe(true);
    expect(calendar.isWorkingDay("2026-02-16")).toBe(false);
    expect(calendar.isWorkingDay("2026-03-22")).toBe(false);
    expect(calendar.isWorkingDay("2026-03-23")).toBe(true);
    expect(calendar.specialDay("2026-02-16")).toEqual({ date: "2026-02-16", kind: "holiday", name: "春节" });
    expect(calendar.specialDay("2026-03-22")).toBeUndefined();
  });

  it("does not count the first day, and ends terms on a working day (Civil Code arts. 201, 203)", () => {
    expect(calendar.addWorkingDays("2026-03-02", 5)).toBe("2026-03-09");
    expect(calendar.addWorkingDays("2026-03-04", 5)).toBe("2026-03-11");
    expect(calendar.addWorkingDays("2026-03-02", 20)).toBe("2026-03-30");
    expect(calendar.addWorkingDays("2026-02-13", 1)).toBe("2026-02-14");
    expect(calendar.addWorkingDays("2026-02-14", 1)).toBe("2026-02-24");
    expect(calendar.addWorkingDays("2026-02-24", -1)).toBe("2026-02-14");
    expect(calendar.addWorkingDays("2026-03-01", 0)).toBe("2026-03-01");
    expect(calendar.nextWorkingDayOnOrAfter("2026-03-22")).toBe("2026-03-23");
    expect(calendar.nextWorkingDayOnOrAfter("2026-04-05")).toBe("2026-04-07");
    expect(calendar.nextWorkingDayOnOrAfter("2026-05-01")).toBe("2026-05-06");
    expect(calendar.nextWorkingDayOnOrAfter("2026-05-06")).toBe("2026-05-06");
  });

  it("refuses to guess beyond the last known year", () => {
    expect(calendar.knownUntil).toBe("2026-12-31");
    expect(calendar.isWorkingDay("2026-12-31")).toBe(true);
    for (const ask of [
      () => calendar.isWorkingDay("2027-01-01"),
      () => calendar.addWorkingDays("2026-12-30", 2),
      () => calendar.workingDaysBetween("2026-12-30", "2027-01-05"),
      () => calendar.nextWorkingDayOnOrAfter("2027-06-01"),
      () => calendar.specialDay("2027-01-01"),
    ]) {
      const error = catchError(ask);
      expect(error).toBeInstanceOf(CalendarUnknownError);
      expect(error).toMatchObject({ code: "calendar.year_unknown", year: 2027 });
    }
    expect(() => calendar.isWorkingDay("2026-02-30")).toThrow(RangeError);
  });

  it("computes weekends before the first known year, and refuses a gap between known years", () => {
    expect(calendar.isWorkingDay("2003-12-31")).toBe(true);
    expect(calendar.isWorkingDay("2003-12-28")).toBe(false);
    const gap = makeCalendar([
      { date: "2024-01-01", kind: "holiday" },
      { date: "2025-12-31", kind: "holiday" },
      { date: "2026-01-01", kind: "holiday" },
    ]);
    expect(() => gap.isWorkingDay("2025-06-02")).toThrow(CalendarUnknownError);
    expect(gap.isWorkingDay("2026-06-02")).toBe(true);
    expect(() => makeCalendar([])).toThrow(RangeError);
    expect(() => makeCalendar([{ date: "2026-02-30", kind: "holiday" }])).toThrow(RangeError);
  });

  it("takes a later row as the correction of an earlier one", () => {
    const corrected = makeCalendar([...builtInDays(), { date: "2026-02-14", kind: "holiday", name: "更正" }]);
    expect(corrected.isWorkingDay("2026-02-14")).toBe(false);
  });

  it("counts and adds as inverse of one another", () => {
    const day = fc.integer({ min: 0, max: 365 * 21 }).map((days) => addDays("2004-06-01", days));
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 120 }), (date, days) => {
        const end = calendar.addWorkingDays(date, days);
        expect(calendar.workingDaysBetween(date, end)).toBe(days);
        expect(calendar.isWorkingDay(end)).toBe(true);
      }),
      { numRuns: 200 },
    );
    expect(calendar.workingDaysBetween("2026-03-09", "2026-03-02")).toBe(-5);
    expect(calendar.workingDaysBetween("2026-03-09", "2026-03-09")).toBe(0);
  });

  const file = "../shared/data/holidays/holidays.json";
  it.skipIf(!existsSync(file))("agrees with every announced day of the real list (skipped: no shared data)", () => {
    const real = JSON.parse(readFileSync(file, "utf8")) as Record<"holidays" | "workdays", Record<string, string>>;
    let replayed = 0;
    for (const [kind, working] of [
      ["holidays", false],
      ["workdays", true],
    ] as const) {
      for (const [date, text] of Object.entries(real[kind])) {
        expect(calendar.isWorkingDay(date), date).toBe(working);
        expect(calendar.specialDay(date)?.name).toBe(text.split(",")[1]);
        replayed += 1;
      }
    }
    expect(replayed).toBeGreaterThan(300);
  });
});

function catchError(ask: () => unknown): unknown {
  try {
    ask();
  } catch (error) {
    return error;
  }
  return undefined;
}
