import { describe, expect, it } from "vitest";
import { type ColumnDeclaration, type ColumnKind, convertCell, fixedColumn, type MappedColumn } from "./columns.ts";
import { sheetSentence } from "./sentence.ts";
import type { RawCell } from "./types.ts";

const column = (
  kind: ColumnKind,
  more: Partial<ColumnDeclaration> = {},
  header: Partial<MappedColumn> = {},
): MappedColumn => ({
  ...fixedColumn({ field: "f", headers: ["列"], kind, ...more }, 2),
  ...header,
});

/** "value", "value (note)", "!problem" or "?question", as short as a table needs. */
const outcome = (mapped: MappedColumn, cell: RawCell, context = {}): unknown => {
  const converted = convertCell(mapped, cell, { row: 17, ...context });
  if (converted.ok) return converted.note ? [converted.value, converted.note.code.slice(6)] : converted.value;
  const said = "problem" in converted ? converted.problem : converted.question;
  expect(said.cell).toBe("C17");
  for (const locale of ["zh", "en"] as const) {
    const sentence = sheetSentence("problem" in converted ? "problem" : "question", said.code, said.facts, locale);
    expect(sentence).not.toMatch(/undefined|^sheet\//);
  }
  return "problem" in converted ? `!${converted.problem.code.slice(6)}` : `?${converted.question.code}`;
};

const said = (value: unknown): string =>
  JSON.stringify(value, (_, part) => (typeof part === "bigint" ? `${part} fen` : part));

const table = (
  kind: ColumnKind,
  rows: [RawCell, unknown][],
  more: Partial<ColumnDeclaration> = {},
  header: Partial<MappedColumn> = {},
): void => {
  it.each(
    rows.map(([cell, expected]) => ({ name: said(cell), becomes: said(expected), cell, expected })),
  )("$name -> $becomes", ({ cell, expected }) => expect(outcome(column(kind, more, header), cell)).toEqual(expected));
};

describe("any kind", () => {
  it.each<[RawCell, unknown]>([
    [null, null],
    ["nan", [null, "placeholder"]],
    ["暂无", [null, "placeholder"]],
    ["　", null],
    [{ error: "#REF!" }, "!error-value"],
    [{ formula: true, value: null }, "!formula-without-value"],
    [{ formula: true, value: { error: "#DIV/0!" } }, "!error-value"],
    ["甲\0乙", "!bad-characters"],
    ["甲\u0007", "!bad-characters"],
    ["\ud83d", "!bad-characters"],
    ["锟斤拷", "!lost-characters"],
    ["基金\ufffd会", "!lost-characters"],
  ])("%j -> %j in every kind but boolean", (cell, expected) => {
    for (const kind of ["text", "code", "date", "money", "integer", "enum", "ratio", "period"] as const) {
      expect(outcome(column(kind), cell)).toEqual(expected);
    }
  });

  it("a required column may not be blank, whatever the blank is called", () => {
    for (const cell of [null, "", "  ", "nan", "暂无", "-"])
      expect(outcome(column("text", { required: true }), cell)).toBe("!required");
  });

  it("says that a value came from a formula", () =>
    expect(outcome(column("integer"), { formula: true, value: 3 })).toEqual([3, "formula"]));
});

describe("text", () =>
  table(
    "text",
    [
      ["　杭州市  慈善　总会 ", "杭州市 慈善 总会"],
      ["解放大道６６９号ＳＯＨＯ", "解放大道669号SOHO"],
      ["第一行\r\n第二行", "第一行 第二行"],
      ["零\u200b宽", "零宽"],
      ["无", "无"],
      ["𬭎益", "𬭎益"],
      [12.5, "12.5"],
      [0.1 + 0.2, "0.3"],
      [true, "TRUE"],
      [{ date: "2020-01-02" }, "2020-01-02"],
      ["字".repeat(21), "!too-long"],
      ["𬭎".repeat(20), "𬭎".repeat(20)],
    ],
    { maxLength: 20 },
  ));

describe("code", () =>
  table("code", [
    ["53100000500018530２", "531000005000185302"],
    [" 5310 0000 ", "53100000"],
    ["'00123", "00123"],
    ["００１２３", "00123"],
    [123, "123"],
    [531_000_005_000_185_300, "!code-lost-digits"],
    ["5.31E+17", "!code-lost-digits"],
    [1.5, "!code-lost-digits"],
    ["无", [null, "placeholder"]],
  ]));

describe("date", () =>
  table("date", [
    ["2012-09-10", "2012-09-10"],
    ["2012年9月10日", "2012-09-10"],
    ["２０１２／９／１０", "2012-09-10"],
    ["20120910", "2012-09-10"],
    [{ date: "2012-09-10", time: "08:00:00" }, "2012-09-10"],
    [41_162, ["2012-09-10", "date-serial"]],
    ["至 2022-04-25", ["2022-04-25", "date-from-period"]],
    ["至", [null, "placeholder"]],
    ["1900-01-01", [null, "unknown-date"]],
    ["1970-01-01", [null, "unknown-date"]],
    [{ date: "1900-01-01" }, [null, "unknown-date"]],
    ["2012-01-01 至 2016-01-01", "!date-is-period"],
    ["2012-02-30", "!date-implausible"],
    ["3012-02-03", "!date-implausible"],
    ["2012-09", "!date-without-day"],
    ["去年", "!date-unclear"],
    [{ date: "1900-02-29" }, "!date-implausible"],
  ]));

it("reads day numbers in the date system of the file", () => {
  expect(outcome(column("date"), "41162")).toBe("2012-09-10");
  expect(outcome(column("date"), "39700", { date1904: true })).toBe("2012-09-10");
  expect(outcome(column("date"), 39_700, { date1904: true })).toEqual(["2012-09-10", "date-serial"]);
  expect(outcome(column("date"), "39700")).toBe("2008-09-09");
});

describe("date to the month", () =>
  table(
    "date",
    [
      ["2012年9月", ["2012-09-01", "date-precision"]],
      ["2012", "!date-without-day"],
    ],
    { precision: "month" },
  ));

describe("period", () =>
  table("period", [
    ["2004-12-16 至 2008-12-16", { from: "2004-12-16", to: "2008-12-16" }],
    ["2004.12.16—2008.12.16", { from: "2004-12-16", to: "2008-12-16" }],
    ["自2004年12月16日至2008年12月16日止", { from: "2004-12-16", to: "2008-12-16" }],
    ["至 2022-04-25", { from: null, to: "2022-04-25" }],
    ["2022-04-25 至 长期", { from: "2022-04-25", to: null }],
    ["至", [null, "placeholder"]],
    ["1900-01-01 至 1900-01-01", [null, "unknown-date"]],
    ["2016-01-22 至 2016-01-22", [{ from: "2016-01-22", to: "2016-01-22" }, "period-of-a-day"]],
    ["2016-01-22 至 2015-01-22", "!period-backwards"],
    ["2016-01-22", "!period-unclear"],
    ["2016-01-22 至 明年", "!date-unclear"],
  ]));

describe("money in yuan", () =>
  table(
    "money",
    [
      [1234.5, 123_450n],
      ["1,234.50", 123_450n],
      ["￥1,234.50元", 123_450n],
      ["人民币 200 万元整", 200_000_000n],
      ["1.5亿", 15_000_000_000n],
      ["200.1234万元", 200_123_400n],
      ["１００", 10_000n],
      [0.1 + 0.2, 30n],
      [1e-7, "!money-too-fine"],
      [1.234, "!money-too-fine"],
      ["12.345", "!money-too-fine"],
      ["12.340", 1234n],
      ["200.1234567万", "!money-too-fine"],
      [-5, "!negative"],
      ["-5", "!negative"],
      ["(1,000.00)", "!negative"],
      ["12,34", "!money-unclear"],
      ["1.234,56", "!money-unclear"],
      ["约200万", "!money-unclear"],
      ["200 300", "!money-unclear"],
      ["100美元", "!money-currency"],
      ["1e30", "!money-unclear"],
      [1e20, "!too-big"],
      ["300.00 （单位：元 / 万元）", "?money-unit"],
      ["0.00 （单位：元 / 万元）", 0n],
      ["300.00 （单位：万元）", 300_000_000n],
      ["无", [null, "placeholder"]],
      [0, 0n],
    ],
    { unit: "yuan" },
  ));

describe("money whose unit nobody said", () => {
  table("money", [
    [200, "?money-unit"],
    ["200万", 200_000_000n],
    [0, 0n],
  ]);

  it.each<[string, Partial<MappedColumn>, RawCell, unknown]>([
    ["the header's unit", { unit: "wan" }, 200, 200_000_000n],
    ["a cell that says otherwise", { unit: "wan" }, "200元", [20_000n, "unit-differs"]],
    ["a header with two units", { unitUnclear: true }, 200, "?money-unit"],
    ["a header with two units, a cell with one", { unitUnclear: true }, "200万元", 200_000_000n],
  ])("%s", (_, header, cell, expected) => expect(outcome(column("money", {}, header), cell)).toEqual(expected));

  it.each<[string, object, unknown]>([
    ["for the file", { money: [{ unit: "wan" }] }, 200_000_000n],
    ["for another field", { money: [{ field: "other", unit: "wan" }] }, "?money-unit"],
    ["by size", { money: [{ unit: "yuan", atLeast: 100_000 }, { unit: "wan" }] }, 200_000_000n],
    [
      "by another cell",
      { money: [{ unit: "yuan", when: { field: "who", contains: "北京" } }, { unit: "wan" }] },
      20_000n,
    ],
    [
      "by another cell that does not match",
      { money: [{ unit: "yuan", when: { field: "who", equals: "上海" } }] },
      "?money-unit",
    ],
  ])("answered %s", (_, answers, expected) => {
    expect(outcome(column("money"), "200.00 （单位：元 / 万元）", { answers, textOf: () => "北京市民政局" })).toEqual(
      expected,
    );
  });
});

describe("negative amounts where they are allowed", () =>
  table(
    "money",
    [
      ["(1,000.00)", -100_000n],
      ["−5", -500n],
    ],
    { unit: "yuan", negative: true },
  ));
describe("amounts with limits", () =>
  table(
    "money",
    [
      [1, "!too-small"],
      [8, 800n],
      [11, "!too-big"],
    ],
    { unit: "yuan", min: 500, max: 1000 },
  ));

describe("integer", () =>
  table("integer", [
    [12, 12],
    ["1,234人", 1234],
    ["１２", 12],
    ["12.0", 12],
    [12.5, "!not-whole"],
    ["12.5", "!not-whole"],
    ["十二", "!not-a-number"],
    [-1, "!negative"],
    ["99999999999999999999", "!too-big"],
  ]));

describe("boolean", () =>
  table("boolean", [
    ["是", true],
    ["有", true],
    ["√", true],
    ["Y", true],
    [1, true],
    [true, true],
    ["否", false],
    ["无", false],
    ["没 有", false],
    ["×", false],
    ["0", false],
    [null, null],
    ["可能", "!not-yes-or-no"],
  ]));

describe("enum", () =>
  table(
    "enum",
    [
      ["已审核", "approved"],
      [" 已　审核 ", "approved"],
      ["已审核（2016年）", "approved"],
      ["审核通过", "approved"],
      ["APPROVED", "approved"],
      ["未审核", "pending"],
      ["无", "none"],
      ["已审", "!not-in-list"],
      ["别的", "!not-in-list"],
    ],
    {
      values: [
        { value: "approved", labels: ["已审核", "审核通过", "Approved"] },
        { value: "pending", labels: ["未审核", "Pending"] },
        { value: "none", labels: ["无"] },
      ],
    },
  ));

describe("ratio", () => {
  table("ratio", [
    ["8.5%", 0.085],
    ["８.５％", 0.085],
    [0.085, 0.085],
    ["5‰", 0.005],
    [8.5, "?ratio-unit"],
    ["多数", "!not-a-number"],
    [-0.1, "!negative"],
  ]);
  it.each<[RawCell, object, unknown]>([
    ["8.5", {}, 0.085],
    [8.5, {}, 0.085],
    [0.5, {}, "?ratio-unit"],
    [0.5, { answers: { ratio: [{ percent: true }] } }, 0.005],
    [0.5, { answers: { ratio: [{ field: "f", percent: false }] } }, 0.5],
  ])("under a header that says %%: %j", (cell, context, expected) =>
    expect(outcome(column("ratio", {}, { percent: true }), cell, context)).toEqual(expected));
});
