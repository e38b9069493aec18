import { createHash } from "node:crypto";
import { readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readAll, temporaryFolder, worksheet, writeBook, writeZip } from "./fixtures.ts";
import { sheetSentence } from "./sentence.ts";
import { SheetError } from "./types.ts";

let folder = "";
let good = "";

beforeAll(async () => {
  folder = await temporaryFolder();
  const rows = Array.from(
    { length: 5000 },
    (_, i) =>
      `<row r="${i + 1}"><c r="A${i + 1}" t="str"><v>${createHash("sha1").update(String(i)).digest("hex")}</v></c></row>`,
  ).join("");
  good = await writeBook(join(folder, "good.xlsx"), { sheets: [{ name: "S", xml: worksheet(rows) }] });
});

const refusal = async (path: string, options = {}): Promise<SheetError> => {
  try {
    await readAll(path, options);
  } catch (cause) {
    expect(cause).toBeInstanceOf(SheetError);
    const error = cause as SheetError;
    for (const locale of ["zh", "en"] as const) {
      expect(sheetSentence("file", error.code, error.facts, locale)).not.toMatch(/undefined|^sheet\//);
    }
    return error;
  }
  throw new Error("was read");
};

const ole = (stream: string): Buffer => {
  const file = Buffer.alloc(512 * 4);
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(file);
  file.writeUInt16LE(9, 30);
  file.writeUInt32LE(1, 48);
  Buffer.from("Root Entry", "utf16le").copy(file, 1024);
  Buffer.from(stream, "utf16le").copy(file, 1024 + 128);
  return file;
};

describe("files that are refused, with their reason", () => {
  it.each<[string, Buffer, string, string]>([
    ["a PDF named .xlsx", Buffer.from("%PDF-1.7\n%âãÏÓ"), "sheet/not-a-spreadsheet", "pdf"],
    ["a JPEG named .xlsx", Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46]), "sheet/not-a-spreadsheet", "jpeg"],
    ["a PNG", Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), "sheet/not-a-spreadsheet", "png"],
    [
      "an HTML table named .xls",
      Buffer.from("\n<html><table><tr><td>1</td></tr></table></html>"),
      "sheet/not-a-spreadsheet",
      "html",
    ],
    [
      "a 2003 XML workbook",
      Buffer.from('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
      "sheet/old-format",
      "spreadsheetml",
    ],
    ["an .xls workbook", ole("Workbook"), "sheet/old-format", "xls"],
    ["a workbook with a password", ole("EncryptedPackage"), "sheet/encrypted", "xlsx"],
    ["an old Word document", ole("WordDocument"), "sheet/not-a-spreadsheet", "doc"],
    ["a bare BIFF stream", Buffer.from([9, 8, 16, 0, 0, 6, 5, 0]), "sheet/old-format", "xls"],
    [
      "random bytes",
      Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 37 + 11) % 251).map((byte) => byte % 32)),
      "sheet/not-a-spreadsheet",
      "binary",
    ],
  ])("%s", async (name, bytes, code, seen) => {
    const path = join(folder, `${name.replace(/\W/g, "")}.xlsx`);
    await writeFile(path, bytes);
    const error = await refusal(path);
    expect([error.code, error.facts.seen]).toEqual([code, seen]);
  });

  it.each([
    ["word/document.xml", "sheet/not-a-spreadsheet", "docx"],
    ["ppt/presentation.xml", "sheet/not-a-spreadsheet", "pptx"],
    ["xl/workbook.bin", "sheet/old-format", "xlsb"],
    ["photo.jpg", "sheet/not-a-spreadsheet", "zip"],
  ])("a zip that holds %s", async (part, code, seen) => {
    const path = await writeZip(join(folder, `${seen}.xlsx`), { [part]: "x" });
    const error = await refusal(path);
    expect([error.code, error.facts.seen]).toEqual([code, seen]);
  });

  it("an empty file, and a file that is not there", async () => {
    await writeFile(join(folder, "empty.xlsx"), "");
    expect((await refusal(join(folder, "empty.xlsx"))).code).toBe("sheet/empty");
    expect((await refusal(join(folder, "nothing.xlsx"))).code).toBe("sheet/unreadable");
  });

  it("a zip cut off anywhere", async () => {
    const bytes = await readFile(good);
    for (const part of [0.01, 0.3, 0.6, 0.9, 0.999]) {
      const path = join(folder, "cut.xlsx");
      await writeFile(path, bytes.subarray(0, Math.floor(bytes.length * part)));
      expect((await refusal(path)).code).toBe("sheet/broken");
    }
  });

  it("one byte changed in the packed data is never read as if nothing had happened", async () => {
    const bytes = await readFile(good);
    const start = bytes.indexOf("sheet1.xml") + 200;
    for (const shift of [0, 1000, 20_000]) {
      const copy = Buffer.from(bytes);
      copy[start + shift]! ^= 0x55;
      const path = join(folder, "flipped.xlsx");
      await writeFile(path, copy);
      expect((await refusal(path)).code).toBe("sheet/broken");
    }
  });

  it("more than 200 MB, without reading a byte of it", async () => {
    const path = join(folder, "huge.xlsx");
    await writeFile(path, "PK\u0003\u0004");
    await truncate(path, 200 * 1024 * 1024 + 1);
    const error = await refusal(path);
    expect([error.code, error.facts.reason, error.facts.limit]).toEqual(["sheet/too-large", "file", 200 * 1024 * 1024]);
  });

  it("a zip bomb, by ratio and by size", async () => {
    const zeros = async function* (): AsyncGenerator<Buffer> {
      const block = Buffer.alloc(1024 * 1024, 32);
      yield Buffer.from("<worksheet><sheetData>");
      for (let i = 0; i < 120; i++) yield block;
      yield Buffer.from("</sheetData></worksheet>");
    };
    const path = await writeBook(join(folder, "bomb.xlsx"), { sheets: [{ name: "S", xml: zeros() }] });
    const error = await refusal(path);
    expect([error.code, error.facts.reason]).toEqual(["sheet/too-large", "ratio"]);
    const small = await refusal(good, { limits: { unpackedBytes: 50_000 } });
    expect([small.code, small.facts.reason]).toEqual(["sheet/too-large", "unpacked"]);
  });

  it("too many rows, and a reading that was cancelled", async () => {
    expect((await refusal(good, { limits: { rows: 1000 } })).facts.reason).toBe("rows");
    const stop = new AbortController();
    const reading = readAll(good, {
      signal: stop.signal,
    });
    stop.abort();
    await expect(reading).rejects.toMatchObject({ code: "sheet/aborted" });
  });

  it("an error of the consumer comes back as it was thrown", async () => {
    const { readSheet } = await import("./read.ts");
    const own = new TypeError("mine");
    await expect(
      readSheet(good, {
        onRows: () => {
          throw own;
        },
      }),
    ).rejects.toBe(own);
  });
});
