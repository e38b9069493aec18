import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type ColumnDeclaration, convertRow, mapColumns, rowRole } from "./columns.ts";
import { readAll, shared } from "./fixtures.ts";
import type { RawCell, RawRow } from "./types.ts";

const columns: ColumnDeclaration[] = [
  { field: "name", headers: ["组织名称", "名称", "机构名称", "Name"], kind: "text", required: true },
  { field: "code", headers: ["统一社会信用代码", "信用代码", "USCC", "uscc"], kind: "code", required: true },
  { field: "establishedOn", headers: ["成立日期", "成立登记日期", "Established", "established_raw"], kind: "date" },
  { field: "fund", headers: ["原始基金", "开办资金", "注册资金", "Initial fund", "initial_fund_raw"], kind: "money" },
  {
    field: "status",
    headers: ["登记状态", "状态", "Status"],
    kind: "enum",
    values: [{ value: "normal", labels: ["正常"] }],
  },
  { field: "validity", headers: ["证书有效期", "Certificate validity", "certificate_validity_raw"], kind: "period" },
  { field: "assetsStart", headers: ["净资产（年初）"], kind: "money", unit: "yuan" },
  { field: "assetsEnd", headers: ["净资产（年末）"], kind: "money", unit: "yuan" },
  { field: "ratio", headers: ["公益支出比例"], kind: "ratio" },
];

const rowsOf = (...cells: RawCell[][]): RawRow[] => cells.map((row, i) => ({ sheet: "S", row: i + 1, cells: row }));

const fieldsOf = (rows: RawRow[], options = {}): Record<string, string> =>
  Object.fromEntries(
    mapColumns(rows, columns, options).columns.map((column) => [column.declaration.field, column.address]),
  );

describe("header", () => {
  it.each<[string, RawCell[][], Record<string, string>]>([
    ["plain", [["名称", "信用代码"]], { name: "A1", code: "B1" }],
    ["English", [["Status", "NAME ", "uscc"]], { status: "A1", name: "B1", code: "C1" }],
    ["full-width spaces and line breaks", [["组　织\n名 称", "统一社会\r\n信用代码"]], { name: "A1", code: "B1" }],
    [
      "marks of required columns",
      [["*名称", "信用代码（必填）", "※成立日期："]],
      { name: "A1", code: "B1", establishedOn: "C1" },
    ],
    [
      "titles above",
      [["某某市基金会名单"], ["填报单位：", null, "2024年"], ["序号", "名称", "信用代码"]],
      { name: "B3", code: "C3" },
    ],
    [
      "a title in a merged cell",
      [
        ["某某市基金会", null, null],
        ["名称", "信用代码", "状态"],
      ],
      { name: "A2", code: "B2", status: "C2" },
    ],
    ["numbered headers", [["1、名称", "2.信用代码"]], { name: "A1", code: "B1" }],
    [
      "two levels",
      [
        ["名称", "信用代码", "净资产", null],
        [null, null, "年初", "年末"],
      ],
      { name: "A1", code: "B1", assetsStart: "C2", assetsEnd: "D2" },
    ],
    ["field names", [["name", "code", "establishedOn"]], { name: "A1", code: "B1", establishedOn: "C1" }],
  ])("understands %s", (_, cells, expected) => expect(fieldsOf(rowsOf(...cells))).toEqual(expected));

  it.each<[string, RawCell, Record<string, unknown>]>([
    ["万元 in brackets", "原始基金（万元）", { unit: "wan" }],
    ["元 with 单位", "原始基金 (单位：元)", { unit: "yuan" }],
    ["after a slash", "原始基金/万元", { unit: "wan" }],
    ["two units at once", "原始基金（单位：元 / 万元）", { unitUnclear: true }],
    ["English", "Initial fund (10,000 yuan)", { unit: "wan" }],
    ["none", "原始基金", {}],
  ])("unit: %s", (_, header, expected) => {
    const column = mapColumns(rowsOf(["名称", header]), columns).columns[1]!;
    expect(column.declaration.field).toBe("fund");
    expect({ unit: column.unit, unitUnclear: column.unitUnclear }).toEqual({
      unit: undefined,
      unitUnclear: undefined,
      ...expected,
    });
  });

  it("takes units from a row of units below", () => {
    const mapping = mapColumns(rowsOf(["名称", "原始基金"], [null, "（万元）"], ["甲", 200]), columns);
    expect([mapping.columns[1]!.unit, mapping.dataStartRow]).toEqual(["wan", 3]);
  });

  it("names unknown, missing and double headers by cell", () => {
    const mapping = mapColumns(rowsOf(["名称", "传真", "状态", "登记状态", null, "备注"]), columns);
    expect(mapping.unknown).toEqual([
      { header: "传真", address: "B1", column: 1 },
      { header: "备注", address: "F1", column: 5 },
    ]);
    expect(mapping.duplicates).toEqual([
      { field: "status", used: "C1", ignored: { header: "登记状态", address: "D1", column: 3 } },
    ]);
    expect(mapping.missing[0]).toEqual({ field: "code", header: "统一社会信用代码", required: true });
    expect(mapping.missing.filter((missing) => missing.required)).toHaveLength(1);
  });

  it("uses merged ranges when it has them: a lone parent does not spill over", () => {
    const rows = rowsOf(["名称", "净资产", null, null], [null, "年初", "年末", "公益支出比例"]);
    expect(fieldsOf(rows, { mergedRanges: ["A1:A2", "B1:C1"] })).toEqual({
      name: "A1",
      assetsStart: "B2",
      assetsEnd: "C2",
      ratio: "D2",
    });
  });

  it.each<[string, RawCell[][]]>([
    [
      "data only",
      [
        ["甲基金会", "53330000500123456X"],
        ["乙基金会", "53330000500123457X"],
      ],
    ],
    ["nothing", []],
    ["a header after the tenth row", [...Array.from({ length: 10 }, (_, i) => [`说明${i}`]), ["名称", "信用代码"]]],
  ])("finds none in %s", (_, cells) => {
    const mapping = mapColumns(rowsOf(...cells), columns);
    expect([mapping.found, mapping.columns.length, mapping.missing.length]).toEqual([false, 0, columns.length]);
  });

  it("tells data from sums and from headers printed again", () => {
    const rows = rowsOf(
      ["名称", "信用代码"],
      ["甲", "1"],
      ["名称", "信用代码"],
      ["合 计", null],
      ["合计划委员会", "2"],
    );
    const mapping = mapColumns(rows, columns);
    expect(rows.map((row) => rowRole(mapping, row))).toEqual(["header", "data", "repeated-header", "total", "data"]);
  });
});

const national = join(shared, "orgs-foundations-2017/national-foundations.csv");
const local = join(shared, "orgs-foundations-2017/local-foundations-raw.csv");

const foundation: ColumnDeclaration[] = [
  { field: "name", headers: ["名称", "name"], kind: "text", required: true },
  { field: "uscc", headers: ["统一社会信用代码", "uscc"], kind: "code", required: true },
  { field: "establishedOn", headers: ["成立日期", "established", "established_raw"], kind: "date" },
  { field: "initialFund", headers: ["原始基金", "initial_fund_raw", "initial_fund_wan_yuan"], kind: "money" },
  {
    field: "authority",
    headers: ["登记管理机关", "registration_authority", "registration_authority_raw"],
    kind: "text",
  },
  { field: "supervisor", headers: ["业务主管单位", "supervising_unit", "supervising_unit_raw"], kind: "text" },
  { field: "address", headers: ["住所", "address_raw"], kind: "text" },
  { field: "validity", headers: ["证书有效期", "certificate_validity_raw"], kind: "period" },
];

describe.skipIf(!existsSync(national))("the foundations of 2017 (skipped: no shared data)", () => {
  it("maps the national file and takes the unit of its funds from the header", async () => {
    const { rows } = await readAll(national);
    const mapping = mapColumns(rows, foundation);
    expect(mapping.columns.map((column) => column.declaration.field)).toEqual([
      "name",
      "uscc",
      "establishedOn",
      "initialFund",
      "supervisor",
      "authority",
    ]);
    expect(mapping.unknown.map((cell) => cell.header)).toEqual(["province", "district_raw", "status", "org_type"]);
    const data = rows.slice(1).map((row) => convertRow(mapping, row));
    expect(data).toHaveLength(83);
    expect(data.flatMap((row) => row.problems)).toEqual([]);
    // The header names its unit: initial_fund_wan_yuan. Nothing is asked that the sheet has said.
    expect(data.flatMap((row) => row.questions)).toEqual([]);
    expect(data[0]!.values).toMatchObject({
      name: "中国初级卫生保健基金会",
      establishedOn: "1996-12-30",
      initialFund: 80_000_000n * 10n,
    });
  });

  it("understands or names every defect of the raw local file, and never guesses 元 or 万元", async () => {
    const { rows } = await readAll(local);
    const mapping = mapColumns(rows, foundation);
    expect(mapping.missing).toEqual([]);
    expect(mapping.unknown.map((cell) => cell.header)).toEqual(["uscc_check"]);
    const data = rows.slice(1).map((row) => ({ raw: row, done: convertRow(mapping, row) }));
    const of = (fragment: string) => data.find(({ raw }) => String(raw.cells[0]).includes(fragment))!.done;
    // Every amount that is not zero is a question.
    for (const { raw, done } of data) {
      const zero = String(raw.cells[3]).startsWith("0.00");
      expect(done.questions.map((question) => question.code)).toEqual(zero ? [] : ["money-unit"]);
    }
    expect(of("武汉市职工福利").values).toMatchObject({ establishedOn: null, initialFund: 0n, validity: null });
    expect(of("武汉市职工福利").notes.map((note) => note.code)).toEqual(["sheet/unknown-date", "sheet/unknown-date"]);
    expect(of("北京网易乐得").values.validity).toEqual({ from: null, to: "2022-04-25" });
    expect(of("江苏省南京工程").values.validity).toBeNull();
    expect(of("上海七弦古琴").values.validity).toEqual({ from: "2016-01-22", to: "2016-01-22" });
    expect(of("上海七弦古琴").notes.map((note) => note.code)).toEqual(["sheet/period-of-a-day"]);
    expect(of("广东省青少年科学").values.authority).toBeNull();
    expect(of("南京市中华中学").values.address).toBeNull();
    expect(of("北京市环亚青年").values).toMatchObject({
      supervisor: "无",
      address: "北京市朝阳区东三环中路39号，建外SOHO西区18号楼602室",
    });
    expect(data.flatMap(({ done }) => done.problems)).toEqual([]);
    // Beijing's amounts are yuan, the others 10,000 yuan: the importer says so once, by pattern.
    const answers = { money: [{ unit: "yuan" as const, atLeast: 100_000 }, { unit: "wan" as const }] };
    const byAuthority = {
      money: [{ unit: "yuan" as const, when: { field: "authority", contains: "北京市" } }, { unit: "wan" as const }],
    };
    const answered = rows.slice(1).map((row) => convertRow(mapping, row, { answers }));
    const answeredToo = rows.slice(1).map((row) => convertRow(mapping, row, { answers: byAuthority }));
    expect(answered.flatMap((row) => row.questions)).toEqual([]);
    const beijing = answered.find((row) => String(row.values.name).includes("环亚"))!;
    expect(beijing.values.initialFund).toBe(200_000_000n);
    expect(answeredToo.flatMap((row) => row.questions)).toEqual([]);
    expect(answeredToo.find((row) => String(row.values.name).includes("环亚"))!.values.initialFund).toBe(200_000_000n);
  });
});
