import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isDate } from "./date.ts";
import { parseLooseDate } from "./loose-date.ts";

describe("loose dates", () => {
  it.each([
    "2012-09-10",
    "2012/9/10",
    "2012.9.10",
    "2012年9月10日",
    "2012年09月10号",
    "２０１２年９月１０日",
    "２０１２－０９－１０",
    "20120910",
    "二〇一二年九月十日",
    "二零一二年九月十日",
    " 2012 年 9 月 10 日 ",
    "\u30002012-09-10\u3000",
    "2012-09-10 00:00:00",
    "2012/9/10 8:30",
    "2012-09-10T08:30:00",
    "2012-09-09T16:00:00.000Z",
    "2012-09-10T00:00:00+08:00",
    "41162",
    "41162.5",
  ])("reads %s as one day", (text) => {
    expect(parseLooseDate(text)).toEqual({ date: "2012-09-10", precision: "day", text });
  });

  it("reads a sheet's day numbers from 1900 and from 1904", () => {
    expect(parseLooseDate(41162).date).toBe("2012-09-10");
    expect(parseLooseDate(39700, { date1904: true }).date).toBe("2012-09-10");
    expect(parseLooseDate(61).date).toBe("1900-03-01");
    expect(parseLooseDate(59).date).toBe("1900-02-28");
    expect(parseLooseDate(60)).toEqual({ precision: "implausible", text: "60" });
  });

  it("keeps what is known of a partial date", () => {
    expect(parseLooseDate("2012年9月")).toEqual({ date: "2012-09-01", precision: "month", text: "2012年9月" });
    expect(parseLooseDate("2012.09").precision).toBe("month");
    expect(parseLooseDate("201209").date).toBe("2012-09-01");
    expect(parseLooseDate("2012").precision).toBe("year");
    expect(parseLooseDate("一九八五年")).toEqual({ date: "1985-01-01", precision: "year", text: "一九八五年" });
    expect(parseLooseDate("二〇二〇年十二月三十一日").date).toBe("2020-12-31");
  });

  it.each([
    "1900-01-01",
    "1970-01-01",
    "1900/1/1",
    "1900-1-0",
    "0",
    "1",
    "",
    "　",
    "至",
    "无",
    "不详",
    "0000-00-00",
    "3月5日",
    "NaN",
  ])("takes %j for unknown", (text) => {
    expect(parseLooseDate(text)).toEqual({ precision: "unknown", text });
  });

  it("marks what nobody can mean", () => {
    expect(parseLooseDate("2012-02-30")).toEqual({ precision: "implausible", text: "2012-02-30" });
    expect(parseLooseDate("2012-13-01").precision).toBe("implausible");
    expect(parseLooseDate("2912-01-01")).toEqual({ date: "2912-01-01", precision: "implausible", text: "2912-01-01" });
    expect(parseLooseDate("1012-09-10").precision).toBe("implausible");
  });

  it("never throws, and every date it gives is one", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "grapheme" }), fc.stringMatching(/^[0-9年月日./-]{1,12}$/)), (text) => {
        const { date } = parseLooseDate(text);
        if (date !== undefined) expect(isDate(date)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  const file = "../shared/data/text-torture/blns-even.json";
  it("survives naughty strings", (context) => {
    let strings: string[];
    try {
      strings = JSON.parse(readFileSync(file, "utf8")) as string[];
    } catch {
      context.skip("skipped: no shared data");
    }
    for (const text of strings!) expect(parseLooseDate(text).text).toBe(text);
  });
});
