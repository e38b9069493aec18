import { createWriteStream, existsSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import fc from "fast-check";
import { readXlsx as readByLibrary } from "hucre/xlsx";
import { beforeAll, describe, expect, it } from "vitest";
import { type ColumnDeclaration, convertRow, mapColumns } from "./columns.ts";
import { readAll, shared, temporaryFolder } from "./fixtures.ts";
import { writeTemplate } from "./template.ts";
import { type ExportColumn, type ExportValue, exportColumns, sheetName, streamCsv, streamWorkbook } from "./write.ts";

let folder = "";
beforeAll(async () => {
  folder = await temporaryFolder();
});

const textColumn: ExportColumn[] = [{ field: "v", header: "值", kind: "text" }];

const roundTrip = async (format: "xlsx" | "csv", texts: readonly string[]): Promise<Map<number, unknown>> => {
  const path = join(folder, `round.${format}`);
  const rows = texts.map((v) => ({ v }));
  await (format === "xlsx" ? streamWorkbook : streamCsv)(textColumn, rows, createWriteStream(path));
  const { rows: read } = await readAll(path);
  return new Map(read.map((row) => [row.row, row.cells[0]]));
};

const blns = join(shared, "text-torture/blns-even.json");

describe.skipIf(!existsSync(blns))("naughty strings (skipped: no shared data)", () => {
  const strings = existsSync(blns) ? (JSON.parse(readFileSync(blns, "utf8")) as string[]) : [];
  it.each(["xlsx", "csv"] as const)("all come back from .%s as they were", async (format) => {
    expect(strings.length).toBeGreaterThan(200);
    const read = await roundTrip(format, strings);
    for (const [i, text] of strings.entries()) {
      const blank = text.trim() === "";
      expect(read.get(i + 2) ?? "", JSON.stringify(text)).toBe(blank ? "" : text);
    }
  });
});

describe("text", () => {
  it.each(["xlsx", "csv"] as const)("any text comes back from .%s, outside the basic plane too", async (format) => {
    const samples = fc.sample(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" })), 300);
    const texts = [
      "𬭎㐂𠮷😀",
      "_x000D_",
      "_x005F_x000D_",
      "a\r\nb\tc",
      "'=1",
      "''=1",
      "=1+1",
      "@x",
      "\u0000\u0001",
      "]]>",
      "&lt;",
      ...samples,
    ];
    const read = await roundTrip(format, texts);
    for (const [i, text] of texts.entries()) if (text.trim() !== "") expect(read.get(i + 2)).toBe(text);
  });

  it("no cell of an export can be run as a formula", async () => {
    const attacks = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "＝1+1", "'=1"];
    const path = join(folder, "attack.xlsx");
    await streamWorkbook(
      textColumn,
      attacks.map((v) => ({ v })),
      createWriteStream(path),
    );
    const book = await readByLibrary(await readFile(path), { readStyles: true });
    const shown = book.sheets[0]!.rows.slice(1).map((row) => String(row[0]));
    expect(shown).toEqual(attacks.map((attack) => `'${attack}`));
    const out = join(folder, "attack.csv");
    await streamCsv(
      textColumn,
      attacks.map((v) => ({ v })),
      createWriteStream(out),
    );
    const fields = (await readFile(out, "utf8")).split("\r\n").slice(1, -1);
    for (const field of fields) expect(field.replace(/^"/, "")).toMatch(/^'/);
  });

  it("a text longer than a cell is cut with a sign, so that Excel still opens the file", async () => {
    const read = await roundTrip("xlsx", ["字".repeat(40_000)]);
    expect(read.get(2)).toBe(`${"字".repeat(32_766)}…`);
  });
});

const columns: ColumnDeclaration[] = [
  {
    field: "name",
    headers: ["组织名称", "Name"],
    kind: "text",
    required: true,
    maxLength: 100,
    law: "《社会团体登记管理条例》第十条",
    note: { zh: "与证书一致", en: "as on the certificate" },
  },
  { field: "code", headers: ["统一社会信用代码", "USCC"], kind: "code", required: true, example: "51100000500000005H" },
  { field: "on", headers: ["成立日期", "Established"], kind: "date" },
  { field: "fund", headers: ["原始基金", "Initial fund"], kind: "money", unit: "wan", max: 10_000_000_000 },
  { field: "staff", headers: ["从业人数", "Staff"], kind: "integer", max: 100_000 },
  { field: "charity", headers: ["是否慈善组织", "Charity"], kind: "boolean" },
  {
    field: "kind",
    headers: ["类型", "Kind"],
    kind: "enum",
    values: [
      { value: "foundation", labels: ["基金会", "Foundation"] },
      { value: "association", labels: ["社会团体", "Association"] },
    ],
  },
  {
    field: "grade",
    headers: ["等级", "Grade"],
    kind: "enum",
    values: Array.from({ length: 60 }, (_, i) => ({ value: `g${i}`, labels: [`第${i}级评估等级`, `Grade ${i}`] })),
  },
  { field: "ratio", headers: ["支出比例", "Ratio"], kind: "ratio" },
  { field: "validity", headers: ["证书有效期", "Validity"], kind: "period" },
];

const record: Record<string, ExportValue> = {
  name: "杭州市𬭎益基金会",
  code: "0533300005001234567",
  on: "2012-09-10",
  fund: 200_000_050n,
  staff: 12,
  charity: true,
  kind: "基金会",
  grade: null,
  ratio: 0.085,
  validity: { from: "2016-01-01", to: null },
};

describe("exports", () => {
  it.each([
    ["xlsx", "zh"],
    ["xlsx", "en"],
    ["csv", "zh"],
    ["csv", "en"],
  ] as const)(".%s in %s is understood by the importer, value for value", async (format, locale) => {
    const path = join(folder, `export-${locale}.${format}`);
    const write = format === "xlsx" ? streamWorkbook : streamCsv;
    const result = await write(
      exportColumns(columns, locale),
      [record, { name: "乙", code: "1" }],
      createWriteStream(path),
      { locale },
    );
    expect(result).toEqual({ rows: 2, sheets: 1 });
    const { rows } = await readAll(path);
    const mapping = mapColumns(rows, columns);
    expect([mapping.unknown, mapping.missing, mapping.duplicates]).toEqual([[], [], []]);
    const converted = convertRow(mapping, rows[1]!);
    expect([converted.problems, converted.questions]).toEqual([[], []]);
    expect(converted.values).toEqual({ ...record, kind: "foundation" });
  });

  it("writes codes as text, money and dates as numbers with a format, as a second reader sees them", async () => {
    const path = join(folder, "types.xlsx");
    await streamWorkbook(exportColumns(columns), [record], createWriteStream(path));
    const [header, row] = (await readByLibrary(await readFile(path))).sheets[0]!.rows;
    expect(header!.slice(0, 4)).toEqual(["组织名称", "统一社会信用代码", "成立日期", "原始基金（元）"]);
    expect(row!.slice(0, 6)).toEqual([
      "杭州市𬭎益基金会",
      "0533300005001234567",
      new Date("2012-09-10T00:00:00Z"),
      2_000_000.5,
      12,
      "是",
    ]);
  });

  it("begins a new sheet when one is full, with the header again", async () => {
    const path = join(folder, "many.xlsx");
    const rows = Array.from({ length: 25 }, (_, i) => ({ v: String(i) }));
    expect(
      await streamWorkbook(textColumn, rows, createWriteStream(path), { rowsPerSheet: 11, sheet: "名单[一]" }),
    ).toEqual({ rows: 25, sheets: 3 });
    const { rows: read, summary } = await readAll(path);
    expect(summary.sheets.map((sheet) => [sheet.name, sheet.rows])).toEqual([
      ["名单 一", 11],
      ["名单 一 (2)", 11],
      ["名单 一 (3)", 6],
    ]);
    expect(read.filter((row) => row.row > 1).map((row) => row.cells[0])).toEqual(rows.map((row) => row.v));
  });

  it("an export without rows is a header", async () => {
    const path = join(folder, "none.xlsx");
    await streamWorkbook(textColumn, [], createWriteStream(path));
    expect((await readAll(path)).rows.map((row) => row.cells)).toEqual([["值"]]);
  });

  it("CSV begins with the mark Excel needs", async () => {
    const path = join(folder, "bom.csv");
    await streamCsv(textColumn, [{ v: "民政" }], createWriteStream(path));
    expect(await readFile(path, "utf8")).toBe("\ufeff值\r\n民政\r\n");
  });

  it("pulls rows only as fast as the stream takes them, and stops pulling when it closes", async () => {
    let pulled = 0;
    let closed = false;
    const rows = async function* (): AsyncGenerator<{ v: string }> {
      try {
        for (;;) {
          pulled++;
          yield { v: Math.random().toString(36).repeat(20) };
        }
      } finally {
        closed = true;
      }
    };
    const slow = new Writable({ highWaterMark: 1024, write: (_chunk, _encoding, done) => void setTimeout(done, 5) });
    const writing = streamWorkbook(textColumn, rows(), slow);
    await new Promise((resolve) => setTimeout(resolve, 150));
    const then = pulled;
    expect(then).toBeLessThan(60_000);
    slow.destroy(new Error("client gone"));
    await expect(writing).rejects.toThrow();
    expect(closed).toBe(true);
    const csv = new PassThrough();
    const writingCsv = streamCsv(textColumn, rows(), csv);
    csv.destroy();
    await expect(writingCsv).rejects.toThrow();
  });

  it("sheet names lose what Excel forbids and stay apart", () => {
    expect(sheetName("a/b:c*?[d]'", [])).toBe("a b c   d");
    expect(sheetName("", ["Sheet"])).toBe("Sheet (2)");
    expect(sheetName("名".repeat(40), ["名".repeat(31)])).toBe(`${"名".repeat(27)} (2)`);
  });
});

describe("template", () => {
  it.each([
    "zh",
    "en",
  ] as const)("in %s: its header is recognised, lists and limits are set, notes explain each column", async (locale) => {
    const path = join(folder, `template-${locale}.xlsx`);
    await writeFile(path, await writeTemplate(columns, { introduction: "先读说明" }, locale));
    const { rows, summary } = await readAll(path);
    expect(summary.sheets.map((sheet) => [sheet.name, sheet.state])).toEqual(
      locale === "zh"
        ? [
            ["数据", "visible"],
            ["填写说明", "visible"],
            ["选项", "hidden"],
          ]
        : [
            ["Data", "visible"],
            ["Notes", "visible"],
            ["Lists", "hidden"],
          ],
    );
    const mapping = mapColumns(rows.slice(0, 1), columns);
    expect([mapping.missing, mapping.unknown]).toEqual([[], []]);
    expect(mapping.columns.find((column) => column.declaration.field === "fund")!.unit).toBe("wan");
    const notes = rows.filter((row) => row.sheet === summary.sheets[1]!.name);
    expect(notes).toHaveLength(columns.length + 2);
    expect(notes[1]!.cells).toContain("《社会团体登记管理条例》第十条");
    const book = await readByLibrary(await readFile(path));
    const rules = book.sheets[0]!.dataValidations!;
    const rule = (letters: string) => rules.find((candidate) => candidate.range.startsWith(letters))!;
    expect(rule("A")).toMatchObject({ type: "textLength", formula1: "100" });
    expect(rule("F")).toMatchObject({ type: "list", values: locale === "zh" ? ["是", "否"] : ["Yes", "No"] });
    expect(rule("G").values).toEqual(locale === "zh" ? ["基金会", "社会团体"] : ["Foundation", "Association"]);
    expect(rule("H").formula1).toContain(locale === "zh" ? "选项" : "Lists");
    expect(rule("E")).toMatchObject({ type: "whole", formula1: "0", formula2: "100000" });
    // 10,000,000,000 fen are 10,000 万元: the limit is in the unit of the header.
    expect(rule("D")).toMatchObject({ type: "decimal", formula2: "10000" });
  });
});
