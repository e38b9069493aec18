import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readXlsx as readByLibrary } from "hucre/xlsx";
import { beforeAll, describe, expect, it } from "vitest";
import { readAll, shared, temporaryFolder, worksheet, writeBook } from "./fixtures.ts";
import { parseRange } from "./range.ts";
import { RowScanner } from "./rows.ts";
import { formatKind, fromSerial, noStyles } from "./styles.ts";
import { isFormula, type RawCell, SheetError } from "./types.ts";
import { newSheetInfo } from "./xlsx.ts";

const torture = join(shared, "xlsx-torture");
const inventory = existsSync(torture)
  ? readFileSync(join(torture, "inventory.csv"), "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => ({ file: line.split(",")[1]!, seen: line.split(",").slice(3).join(",") }))
  : [];

let folder = "";
beforeAll(async () => {
  folder = await temporaryFolder();
});

describe.skipIf(inventory.length === 0)("torture files (skipped: no shared data)", () => {
  it("holds the files the inventory names", () => expect(inventory.length).toBe(22));

  it.each(inventory)("$file is what the inventory says: $seen", async ({ file, seen }) => {
    const path = join(torture, file);
    if (file.includes("missing-bits")) {
      await expect(readAll(path)).rejects.toMatchObject({ code: "sheet/broken", facts: { reason: "missing-part" } });
      return;
    }
    const { summary } = await readAll(path, { sheets: "all" });
    if (file.includes("issue-771")) {
      expect(summary.warnings).toEqual([{ code: "sheet/no-styles", facts: {} }]);
      expect(summary.rows).toBe(0);
      return;
    }
    const [, count, range, merges, date1904] =
      /^(\d+) sheets; first (\S+); merges (\d+); 1904 (true|false)$/.exec(seen) ?? [];
    expect(summary.sheets).toHaveLength(Number(count));
    expect(summary.date1904).toBe(date1904 === "true");
    const first = summary.sheets[0]!;
    if (first.kind === "chartsheet") {
      expect(first.read).toBe(false);
      return;
    }
    expect(first.mergedCount).toBe(Number(merges));
    if (range === "empty") expect(first.rows).toBe(0);
    else {
      const area = parseRange(range!)!;
      expect(first.lastRow).toBeLessThanOrEqual(area.bottom);
      expect(first.columns).toBeLessThanOrEqual(area.right + 1);
    }
  });

  it.each(
    inventory.filter(({ file }) => !/missing-bits|issue-771|chart-sheet/.test(file)),
  )("$file: every value agrees with a second reader", async ({ file }) => {
    const { rows, summary } = await readAll(join(torture, file), { sheets: "all" });
    const theirs = await readByLibrary(await readFile(join(torture, file)));
    let compared = 0;
    for (const sheet of theirs.sheets) {
      const info = summary.sheets.find((candidate) => candidate.name === sheet.name)!;
      const ours = new Map(rows.filter((row) => row.sheet === info.name).map((row) => [row.row, row.cells]));
      sheet.rows.forEach((values, r) => {
        values.forEach((value, c) => {
          let cell: RawCell = ours.get(r + 1)?.[c] ?? null;
          if (isFormula(cell)) cell = cell.value;
          if (typeof value === "string" && (value === "" || ours.get(r + 1) === undefined)) {
            expect((cell ?? "") === "" && value.trim() === "").toBe(true);
          } else if (value instanceof Date) {
            const text = typeof cell === "object" && cell !== null && "date" in cell ? cell.date : cell;
            expect(text).toBe(value.toISOString().slice(0, 10));
          } else if (typeof cell === "object" && cell !== null && "error" in cell) expect(value).toBe(cell.error);
          else expect(cell).toEqual(value ?? null);
          compared++;
        });
      });
    }
    expect(compared > 0 || summary.rows === 0).toBe(true);
  });

  it("keeps escapes, 1904 days, hidden sheets and formula errors apart", async () => {
    const escaped = await readAll(join(torture, "exceljs-shared_string_with_escape.xlsx"));
    expect(escaped.rows[0]!.cells[0]).toBe("_x000D_");
    const old = await readAll(join(torture, "exceljs-1904.xlsx"));
    expect(old.rows[0]).toEqual({ sheet: "Sheet1", row: 4, cells: [null, { date: "1904-01-01" }] });
    const visible = await readAll(join(torture, "exceljs-test-pr-728.xlsx"));
    expect(visible.rows.map((row) => row.sheet)).toEqual(["Sheet1", "Sheet3"]);
    expect(visible.summary.sheets.map((sheet) => sheet.state)).toEqual(["visible", "hidden", "visible"]);
    const broken = await readAll(join(torture, "exceljs-test-issue-880.xlsx"));
    expect(broken.rows[1]!.cells[0]).toEqual({ formula: true, value: { error: "#REF!" } });
  });
});

const scan = (xml: string, cut = xml.length): RowScanner => {
  const scanner = new RowScanner({
    info: newSheetInfo("S", 0),
    strings: undefined,
    styles: noStyles,
    date1904: false,
    cellCharacters: 1000,
    transient: false,
  });
  for (let at = 0; at < xml.length; at += cut) scanner.feed(xml.slice(at, at + cut));
  scanner.end();
  return scanner;
};

const cellsOf = (rows: string): RawCell[][] => scan(worksheet(rows)).rows.map((row) => row.cells);

describe("worksheet scanner", () => {
  it.each<[string, string, RawCell[][]]>([
    [
      "numbers and text",
      '<row r="1"><c r="A1"><v>1.5</v></c><c r="C1" t="str"><v>甲</v></c></row>',
      [[1.5, null, "甲"]],
    ],
    [
      "inline rich text without phonetics",
      '<row r="1"><c r="A1" t="inlineStr"><is><r><t>民</t></r><rPh sb="0"><t>min</t></rPh><r><t>政</t></r></is></c></row>',
      [["民政"]],
    ],
    [
      "missing references",
      "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row>",
      [[1, null, 3], [4]],
    ],
    ["booleans", '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c></row>', [[true, false]]],
    ["errors", '<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>', [[{ error: "#N/A" }]]],
    [
      "formulas",
      '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f t="shared" si="0"/><v>3</v></c><c r="C1"><f>X</f></c></row>',
      [
        [
          { formula: true, value: 2 },
          { formula: true, value: 3 },
          { formula: true, value: null },
        ],
      ],
    ],
    [
      "ISO dates",
      '<row r="1"><c r="A1" t="d"><v>2020-02-29T08:30:00Z</v></c></row>',
      [[{ date: "2020-02-29", time: "08:30:00" }]],
    ],
    [
      "whole codes stored as numbers",
      '<row r="1"><c r="A1"><v>531000005000185302</v></c></row>',
      [["531000005000185302"]],
    ],
    [
      "literal sections that look like markup",
      '<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[a</row><c>&amp;]]></t></is></c></row>',
      [["a</row><c>&amp;"]],
    ],
    ["entities", '<row r="1"><c r="A1" t="str"><v>&lt;&#x4E2D;&#128512;&amp;</v></c></row>', [["<中😀&"]]],
    ["comments", '<row r="1"><!-- <c r="A1"><v>9</v></c> --><c r="A1"><v>1</v></c></row>', [[1]]],
    [
      "blank rows",
      '<row r="1"><c r="A1" s="1"/></row><row r="2"/><row r="3"><c r="A3" t="str"><v>  </v></c></row><row r="4"><c r="A4"><v>4</v></c></row>',
      [[4]],
    ],
    ["single quotes", "<row r='1'><c r='B1' t='str'><v>x</v></c></row>", [[null, "x"]]],
    ["guarded formulas", '<row r="1"><c r="A1" t="str"><v>\'=1+1</v></c></row>', [["=1+1"]]],
  ])("reads %s", (_, rows, expected) => expect(cellsOf(rows)).toEqual(expected));

  it("reads the same whatever the chunks are", () => {
    const rows = Array.from({ length: 60 }, (_, i) =>
      i % 3 === 0
        ? `<row r="${i + 1}"><c r="A${i + 1}" s="0"/></row>`
        : `<row r="${i + 1}"><c r="A${i + 1}"><v>${i}</v></c><c r="B${i + 1}" t="inlineStr"><is><t>值${i}</t></is></c></row>`,
    ).join("");
    const xml = worksheet(rows, '<mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="A3:A9"/></mergeCells>');
    const whole = scan(xml);
    expect(whole.rows).toHaveLength(40);
    for (const cut of [1, 2, 3, 7, 50, 333]) expect(scan(xml, cut).rows).toEqual(whole.rows);
  });

  it("understands prefixed element names", () => {
    const xml =
      '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="2"><x:c r="B2" t="str"><x:f>1</x:f><x:v>y</x:v></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell ref="A1:B1"/></x:mergeCells></x:worksheet>';
    expect(scan(xml).rows).toEqual([{ sheet: "S", row: 2, cells: [null, { formula: true, value: "y" }] }]);
  });

  it.each([
    ["a part cut off", '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'],
    ["an entity bomb", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData></sheetData></worksheet>'],
    ["a row beyond the last", worksheet('<row r="1048577"><c><v>1</v></c></row>')],
    ["a column beyond the last", worksheet('<row r="1"><c r="XFE1"><v>1</v></c></row>')],
    ["a string that does not exist", worksheet('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')],
    ["a part that is no worksheet", "<chart/>"],
  ])("refuses %s", (_, xml) => {
    expect(() => scan(xml)).toThrow(SheetError);
    expect(() => scan(xml)).toThrow(/sheet\/broken/);
  });

  it("refuses a cell longer than the limit", () => {
    expect(() => cellsOf(`<row r="1"><c r="A1" t="str"><v>${"字".repeat(1001)}</v></c></row>`)).toThrow(
      /sheet\/too-large/,
    );
  });
});

describe("dates and formats", () => {
  it.each([
    ["yyyy-mm-dd", 1],
    ["yyyy/m/d h:mm", 2],
    ['yyyy"年"m"月"d"日"', 1],
    ["[$-804]aaaa;@", 0],
    ["h:mm:ss AM/PM", 3],
    ["[h]:mm", 4],
    ["000000", 5],
    ["0.00_);[Red](0.00)", 0],
    ['0" days"', 0],
    ["General", 0],
    ["0.0E+00", 0],
    ["#,##0.00", 0],
  ])("format %s is of kind %i", (code, kind) => expect(formatKind(code)).toBe(kind));

  it.each([
    [1, false, { date: "1900-01-01" }],
    [59, false, { date: "1900-02-28" }],
    [60, false, { date: "1900-02-29" }],
    [61, false, { date: "1900-03-01" }],
    [45_351, false, { date: "2024-02-29" }],
    [45_351.75, false, { date: "2024-02-29", time: "18:00:00" }],
    [45_351.999999, false, { date: "2024-03-01" }],
    [0, true, { date: "1904-01-01" }],
    [43_889, true, { date: "2024-02-29" }],
    [-1, false, -1],
    [3_000_000, false, 3_000_000],
  ])("serial %d (1904: %s) is %j", (serial, date1904, expected) =>
    expect(fromSerial(serial, 2, date1904)).toEqual(expected));

  it("shows a time of day as text and pads numbers as their format does", async () => {
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="165" formatCode="000000"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="20"/><xf numFmtId="165"/><xf numFmtId="31"/></cellXfs></styleSheet>';
    const path = await writeBook(join(folder, "formats.xlsx"), {
      styles,
      sheets: [
        {
          name: "S",
          xml: worksheet(
            '<row r="1"><c r="A1" s="1"><v>0.3541666666666667</v></c><c r="B1" s="2"><v>7123</v></c><c r="C1" s="3"><v>45351</v></c><c r="D1" s="99"><v>5</v></c></row>',
          ),
        },
      ],
    });
    expect((await readAll(path)).rows[0]!.cells).toEqual(["08:30:00", "007123", { date: "2024-02-29" }, 5]);
  });
});

describe("a workbook as a whole", () => {
  it("skips a million blank rows at the end and still sees the value after them", async () => {
    const xml = async function* (): AsyncGenerator<string> {
      yield '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>';
      for (let from = 2; from < 1_000_002; from += 1000) {
        yield Array.from(
          { length: 1000 },
          (_, i) =>
            `<row r="${from + i}" spans="1:3" s="1" customFormat="1"><c r="A${from + i}" s="1"/><c r="B${from + i}" s="1"/><c r="C${from + i}" s="1"/></row>`,
        ).join("");
      }
      yield '<row r="1000003"><c r="B1000003"><v>2</v></c></row></sheetData></worksheet>';
    };
    const path = await writeBook(join(folder, "blank.xlsx"), { sheets: [{ name: "S", xml: xml() }] });
    const before = process.memoryUsage().heapUsed;
    const started = performance.now();
    const { rows, summary } = await readAll(path);
    expect(rows).toEqual([
      { sheet: "S", row: 1, cells: [1] },
      { sheet: "S", row: 1_000_003, cells: [null, 2] },
    ]);
    expect(summary.sheets[0]).toMatchObject({ rows: 2, blankRows: 1_000_000, lastRow: 1_000_003 });
    expect(performance.now() - started).toBeLessThan(15_000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(120 * 1024 * 1024);
  }, 60_000);

  it("chooses sheets, keeps merged values in their first cell and spills strings to disk without loss", async () => {
    const many = 60_000;
    const strings = `<sst>${Array.from({ length: many }, (_, i) => `<si><t>第${i}条 𬭎 ${"长".repeat(i % 200)}</t></si>`).join("")}</sst>`;
    const rows = Array.from(
      { length: many },
      (_, i) => `<row r="${i + 1}"><c r="A${i + 1}" t="s"><v>${many - 1 - i}</v></c></row>`,
    ).join("");
    const path = await writeBook(join(folder, "strings.xlsx"), {
      strings,
      sheets: [
        { name: "一", xml: worksheet(rows, '<mergeCells><mergeCell ref="A1:C1"/></mergeCells>') },
        { name: "二", xml: worksheet('<row r="1"><c r="A1"><v>2</v></c></row>'), state: "veryHidden" },
        { name: "图", xml: "<chartsheet/>", type: "chartsheet" },
      ],
    });
    const { rows: read, summary } = await readAll(path);
    expect(read).toHaveLength(many);
    for (const i of [0, 1, 777, many - 1]) {
      const n = many - 1 - i;
      expect(read[i]!.cells[0]).toBe(`第${n}条 𬭎 ${"长".repeat(n % 200)}`);
    }
    expect(summary.sheets.map((sheet) => [sheet.kind, sheet.state, sheet.read])).toEqual([
      ["worksheet", "visible", true],
      ["worksheet", "veryHidden", false],
      ["chartsheet", "visible", false],
    ]);
    expect(summary.sheets[0]!.mergedRanges).toEqual(["A1:C1"]);
    expect((await readAll(path, { sheets: ["二"] })).rows).toEqual([{ sheet: "二", row: 1, cells: [2] }]);
    await expect(readAll(path, { sheets: ["三"] })).rejects.toMatchObject({ code: "sheet/no-such-sheet" });
  }, 30_000);

  it("waits for the consumer before it reads on", async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `<row r="${i + 1}"><c><v>${i}</v></c></row>`).join("");
    const path = await writeBook(join(folder, "slow.xlsx"), { sheets: [{ name: "S", xml: worksheet(rows) }] });
    let open = 0;
    let most = 0;
    let seen = 0;
    await readAll(path, {});
    const { readSheet } = await import("./read.ts");
    await readSheet(path, {
      onRows: async (chunk) => {
        open++;
        most = Math.max(most, open);
        expect(chunk.length).toBeLessThanOrEqual(500);
        await new Promise((resolve) => setTimeout(resolve, 2));
        seen += chunk.length;
        open--;
      },
    });
    expect([most, seen]).toEqual([1, 3000]);
  });
});
