import { existsSync, readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import iconv from "iconv-lite";
import { beforeAll, describe, expect, it } from "vitest";
import { CsvScanner, sniffDelimiter } from "./csv.ts";
import { readAll, shared, temporaryFolder } from "./fixtures.ts";
import { csvField } from "./write.ts";
import { newSheetInfo } from "./xlsx.ts";

const spectrum = join(shared, "text-torture/csv-spectrum");
const cases = existsSync(spectrum) ? readdirSync(spectrum).filter((name) => name.endsWith(".csv")) : [];

let folder = "";
beforeAll(async () => {
  folder = await temporaryFolder();
});

const fromBytes = async (name: string, bytes: Buffer | string): ReturnType<typeof readAll> => {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return readAll(path);
};

describe.skipIf(cases.length === 0)("csv-spectrum (skipped: no shared data)", () => {
  it.each(cases)("%s", async (name) => {
    const { rows } = await readAll(join(spectrum, name));
    const [header, ...data] = rows.map((row) => row.cells);
    const objects = data.map((cells) => Object.fromEntries(header!.map((key, i) => [key, cells[i] ?? ""])));
    // The expected files write line breaks as the source had them.
    expect(objects).toEqual(JSON.parse(readFileSync(join(spectrum, name.replace(".csv", ".json")), "utf8")));
  });
});

const names = "名称,代码,地址\r\n杭州市𬭎益基金会,533300005001234567,西湖区㐂路１号\r\n";

describe("encodings", () => {
  it.each<[string, Buffer, string]>([
    ["UTF-8", Buffer.from(names), "utf-8"],
    ["UTF-8 with mark", Buffer.from(`\ufeff${names}`), "utf-8"],
    ["UTF-16 little end with mark", Buffer.from(`\ufeff${names}`, "utf16le"), "utf-16le"],
    ["UTF-16 little end without mark", Buffer.from(names, "utf16le"), "utf-16le"],
    ["UTF-16 big end with mark", Buffer.from(`\ufeff${names}`, "utf16le").swap16(), "utf-16be"],
    ["GB 18030", iconv.encode(names, "gb18030"), "gb18030"],
  ])("%s", async (_, bytes, encoding) => {
    const { rows, summary } = await fromBytes("names.csv", bytes);
    expect(summary.encoding).toBe(encoding);
    expect(rows.map((row) => row.cells)).toEqual([
      ["名称", "代码", "地址"],
      ["杭州市𬭎益基金会", "533300005001234567", "西湖区㐂路１号"],
    ]);
  });

  it("finds GB 18030 even when the first Chinese character comes after 300 KB", async () => {
    const head = "a,b\n".repeat(80_000);
    const { rows, summary } = await fromBytes("late.csv", iconv.encode(`${head}最后,一行\n`, "gb18030"));
    expect(summary.encoding).toBe("gb18030");
    expect(rows.at(-1)!.cells).toEqual(["最后", "一行"]);
  });

  it("takes UTF-8 whose characters are cut by chunk borders", async () => {
    const { rows, summary } = await fromBytes("cut.csv", `x${"民政𬭎,".repeat(100_000)}\n`);
    expect(summary.encoding).toBe("utf-8");
    expect(rows[0]!.cells.slice(0, 2)).toEqual(["x民政𬭎", "民政𬭎"]);
    expect(rows[0]!.cells).toHaveLength(100_000);
  });

  it("refuses bytes that are neither, naming the line", async () => {
    const bytes = Buffer.concat([iconv.encode("名称\n好\n", "gb18030"), Buffer.from([0x81, 0x20, 0xff, 0xff, 10])]);
    await expect(fromBytes("bad.csv", bytes)).rejects.toMatchObject({ code: "sheet/encoding", facts: { line: 3 } });
  });
});

describe("records", () => {
  it.each([
    ["a,b\n1,2\n", ","],
    ["a\tb\n1,5\t2,5\n", "\t"],
    ["a;b\n1,5;2\n", ";"],
    ['"a,x"|b\n"1,2"|3\n', "|"],
    ["名称\n甲\n乙\n", ","],
    ["sep=;\na;b\n", ";"],
  ])("delimiter of %j is %j", (text, delimiter) => expect(sniffDelimiter(text)).toBe(delimiter));

  it("numbers rows as Excel does: one record is one row, whatever lines it takes", async () => {
    const { rows } = await fromBytes("lines.csv", 'a,b\n\n"1\n2",3\n,,\n4,5');
    expect(rows.map((row) => [row.row, row.cells])).toEqual([
      [1, ["a", "b"]],
      [3, ["1\n2", "3"]],
      [5, ["4", "5"]],
    ]);
  });

  it("keeps codes that were written as formulas, takes sep= lines, old Mac line ends and stray quotes", async () => {
    expect((await fromBytes("code.csv", 'sep=;\n="00123";"=""7"""\n')).rows[0]!.cells).toEqual(["00123", "7"]);
    expect((await fromBytes("mac.csv", "a,b\r1,2\r")).rows.map((row) => row.cells)).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
    expect((await fromBytes("stray.csv", 'x,5" pipe\n"a"b,c\n')).rows.map((row) => row.cells)).toEqual([
      ["x", '5" pipe'],
      ["ab", "c"],
    ]);
  });

  it("refuses a quote that is never closed instead of swallowing the rest", async () => {
    await expect(fromBytes("open.csv", 'a,b\n1,"2\n3,4\n')).rejects.toMatchObject({
      code: "sheet/broken",
      facts: { reason: "quote-not-closed", row: 2 },
    });
  });

  it("keeps NUL bytes for the cell to complain of", async () => {
    expect((await fromBytes("nul.csv", "名称,代码\n甲\0乙,1\n")).rows[1]!.cells).toEqual(["甲\0乙", "1"]);
  });

  const scan = (text: string, cuts: number[]): unknown => {
    const scanner = new CsvScanner(newSheetInfo("S", 0), ",", 100_000);
    let at = 0;
    for (const cut of [...cuts, text.length]) {
      const to = Math.min(text.length, at + cut);
      scanner.feed(text.slice(at, to));
      at = to;
    }
    scanner.end();
    return scanner.rows;
  };

  it("reads back what it writes, and the same whatever the chunks are", () => {
    const field = fc.oneof(fc.string(), fc.constantFrom('"', "\r\n", ",", "=1", "'=1", "''@x", "民政", "\t"));
    fc.assert(
      fc.property(
        fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(5)),
        (records, cuts) => {
          const text = records.map((record) => record.map(csvField).join(",")).join("\r\n");
          const whole = scan(text, []);
          expect(scan(text, cuts)).toEqual(whole);
          const expected = records.flatMap((record, i) => {
            const cells: (string | null)[] = record.map((value) => (value === "" ? null : value));
            while (cells.length > 0 && cells.at(-1) === null) cells.pop();
            return cells.every((cell) => cell === null || cell.trim() === "")
              ? []
              : [{ sheet: "S", row: i + 1, cells }];
          });
          expect(whole).toEqual(expected);
        },
      ),
      { numRuns: 500 },
    );
  });
});
