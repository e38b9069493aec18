import { createWriteStream, existsSync, readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readXlsx as readByLibrary } from "hucre/xlsx";
import { beforeAll, describe, expect, it } from "vitest";
import { readAll, shared, temporaryFolder, worksheet, writeBook } from "./fixtures.ts";
import { colourRow, type MarkedError, markErrors } from "./mark.ts";
import { exportColumns, streamWorkbook } from "./write.ts";

let folder = "";
beforeAll(async () => {
  folder = await temporaryFolder();
});

const mark = async (path: string, errors: MarkedError[], name: string, locale?: "zh" | "en"): Promise<string> => {
  const out = join(folder, name);
  await markErrors(path, errors, createWriteStream(out), locale ? { locale } : {});
  return out;
};

describe("one row", () => {
  const red = (style: number): number => style + 100;
  it.each([
    ['<row r="2"><c r="A2" s="1"><v>1</v></c></row>', [0], '<row r="2"><c r="A2" s="101"><v>1</v></c></row>'],
    ['<row r="2"><c r="A2"><v>1</v></c></row>', [0], '<row r="2"><c r="A2" s="100"><v>1</v></c></row>'],
    [
      '<row r="2"><c r="B2"/></row>',
      [0, 1, 3],
      '<row r="2"><c r="A2" s="100"/><c r="B2" s="100"/><c r="D2" s="100"/></row>',
    ],
    ['<row r="2"/>', [1], '<row r="2"><c r="B2" s="100"/></row>'],
    [
      "<x:row><x:c><x:v>1</x:v></x:c><x:c t='b' s=\"3\"><x:v>1</x:v></x:c></x:row>",
      [1],
      "<x:row><x:c><x:v>1</x:v></x:c><x:c t='b' s=\"103\"><x:v>1</x:v></x:c></x:row>",
    ],
  ])("%s with %j", (row, columns, expected) => expect(colourRow(row, 2, columns, red)).toBe(expected));
});

describe("an .xlsx handed back", () => {
  const errors = (sheet: string): MarkedError[] => [
    { sheet, row: 2, column: 1, message: "“信用代码”校验位不对 <&>" },
    { sheet, row: 3, column: 5, message: "“备注”必填" },
    { sheet, row: 3, column: -1, message: "整行重复" },
  ];

  it("keeps values, turns bad cells red without losing their format, and lists the errors with links", async () => {
    const path = join(folder, "original.xlsx");
    const columns = exportColumns([
      { field: "name", headers: ["名称"], kind: "text" },
      { field: "code", headers: ["代码"], kind: "code" },
      { field: "on", headers: ["日期"], kind: "date" },
    ]);
    const rows = Array.from({ length: 2000 }, (_, i) => ({ name: `第${i}家`, code: `00${i}`, on: "2020-02-29" }));
    await streamWorkbook(columns, rows, createWriteStream(path), { sheet: "名单" });
    const marked = await mark(
      path,
      [...errors("名单"), { sheet: "名单", row: 1500, column: 2, message: "日期" }],
      "marked.xlsx",
    );
    const before = await readAll(path);
    const after = await readAll(marked);
    expect(after.rows.filter((row) => row.sheet === "名单")).toEqual(before.rows);
    expect(after.rows.filter((row) => row.sheet === "错误").map((row) => row.cells)).toEqual([
      ["工作表", "单元格", "问题"],
      ["名单", "B2", "“信用代码”校验位不对 <&>"],
      ["名单", "F3", "“备注”必填"],
      ["名单", "3", "整行重复"],
      ["名单", "C1500", "日期"],
    ]);
    const book = await readByLibrary(await readFile(marked), { readStyles: true });
    const sheet = book.sheets[0]!;
    const fillOf = (ref: string) => JSON.stringify(sheet.cells?.get(ref)?.style?.fill ?? {});
    expect(fillOf("1,1")).toContain("FFC7CE");
    expect(fillOf("2,5")).toContain("FFC7CE");
    expect(fillOf("1499,2")).toContain("FFC7CE");
    expect(fillOf("1,0")).not.toContain("FFC7CE");
    expect(sheet.rows[1499]![2]).toEqual(new Date("2020-02-29T00:00:00Z"));
    expect(sheet.cells?.get("1,1")?.style?.numFmt ?? "@").toBe("@");
  });

  it("finds a free name when the file already has a sheet of errors", async () => {
    const path = await writeBook(join(folder, "taken.xlsx"), {
      styles:
        '<styleSheet><fills count="1"><fill><patternFill patternType="none"/></fill></fills><cellXfs count="1"><xf numFmtId="0"/></cellXfs></styleSheet>',
      sheets: [
        { name: "Errors", xml: worksheet('<row r="2"><c r="B2"><v>1</v></c></row>') },
        { name: "二", xml: worksheet('<row r="1"><c r="A1"><v>2</v></c></row>') },
      ],
    });
    const { summary } = await readAll(await mark(path, errors("Errors"), "twice.xlsx", "en"));
    expect(summary.sheets.map((sheet) => sheet.name)).toEqual(["Errors", "二", "Errors (2)"]);
  });

  const torture = join(shared, "xlsx-torture");
  const files = existsSync(torture)
    ? readdirSync(torture).filter((name) => name.endsWith(".xlsx") && !name.includes("missing-bits"))
    : [];
  it.skipIf(files.length === 0).each(files)("%s is still the same workbook (skipped: no shared data)", async (name) => {
    const path = join(torture, name);
    const before = await readAll(path, { sheets: "all" });
    const target = before.summary.sheets.find((sheet) => sheet.kind === "worksheet")!;
    const marked = await mark(
      path,
      [{ sheet: target.name, row: Math.max(1, target.firstRow), column: 0, message: "x" }],
      `marked-${name}`,
    );
    const after = await readAll(marked, { sheets: "all" });
    expect(after.rows.filter((row) => row.sheet !== "错误")).toEqual(before.rows);
    expect(after.summary.sheets.map((sheet) => sheet.name)).toEqual([
      ...before.summary.sheets.map((sheet) => sheet.name),
      "错误",
    ]);
    // The second reader knows no chart sheets and insists on a styles part.
    if (!/issue-771|chart-sheet/.test(name))
      expect((await readByLibrary(await readFile(marked))).sheets.at(-1)!.name).toBe("错误");
  });
});

describe("a CSV handed back", () => {
  it("becomes a workbook with its rows, red cells and a column that says what is wrong", async () => {
    const path = join(folder, "名单.csv");
    await writeFile(path, "名称,代码\n甲,001\n乙,=1+1\n丙,003\n");
    const marked = await mark(
      path,
      [
        { sheet: "名单", row: 3, column: 1, message: "代码不对" },
        { sheet: "名单", row: 3, column: 0, message: "名称不对" },
        { sheet: "名单", row: 4, column: 1, message: "重复" },
      ],
      "csv.xlsx",
    );
    const { rows } = await readAll(marked);
    expect(rows.filter((row) => row.sheet === "名单").map((row) => row.cells)).toEqual([
      ["名称", "代码", "问题"],
      ["甲", "001"],
      ["乙", "=1+1", "代码不对；名称不对"],
      ["丙", "003", "重复"],
    ]);
    const book = await readByLibrary(await readFile(marked), { readStyles: true });
    expect(JSON.stringify(book.sheets[0]!.cells?.get("2,1")?.style?.fill ?? {})).toContain("FFC7CE");
    expect(book.sheets[1]!.name).toBe("错误");
  });
});
