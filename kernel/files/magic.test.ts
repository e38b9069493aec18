import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkUpload, contentKind, safeFileName } from "./magic.ts";

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part))));
const PDF = bytes("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
const JPEG = bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16], "JFIF\0");
const PNG = bytes([0x89], "PNG\r\n", [0x1a, 0x0a]);
const OLE = bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]);

/** The local header of a zip entry without content. */
function entry(name: string): Buffer {
  const head = Buffer.alloc(30);
  head.write("PK\u0003\u0004", "latin1");
  head.writeUInt16LE(Buffer.byteLength(name), 26);
  return Buffer.concat([head, Buffer.from(name)]);
}
const XLSX = Buffer.concat([entry("[Content_Types].xml"), entry("xl/workbook.xml")]);
const DOCX = Buffer.concat([entry("[Content_Types].xml"), entry("word/document.xml")]);

describe("content", () => {
  it.each([
    ["pdf", PDF],
    ["jpeg", JPEG],
    ["png", PNG],
    ["ole", OLE],
    ["xlsx", XLSX],
    ["docx", DOCX],
    ["office", entry("[Content_Types].xml")],
    ["zip", entry("readme.txt")],
    ["zip", entry("xl.txt")],
    ["program", bytes("MZ\x90\0")],
    ["program", bytes("#!/bin/sh\nrm")],
    ["markup", Buffer.from("\n <!DOCTYPE html><script>")],
    ["markup", Buffer.from("<svg onload=alert(1)>")],
    ["text", Buffer.from("名称,代码\n晨光,52\n")],
    ["text", Buffer.from([0xc3, 0xfb, 0xb3, 0xc6, 0x2c])],
    ["text", Buffer.from("\ufeff名称", "utf16le")],
    ["text", Buffer.from("名称").subarray(0, 4)],
    ["unknown", Buffer.from([0, 1, 2, 3])],
    ["unknown", Buffer.from([0x41, 0xff, 0xff, 0xff, 0x41])],
    ["unknown", Buffer.alloc(0)],
  ] as const)("is recognised as %s", (kind, head) => {
    expect(contentKind(head)).toBe(kind);
  });
});

describe("an upload", () => {
  it("is refused by name when a PDF pretends to be a JPEG", () => {
    expect(checkUpload("合影.jpg", "image/jpeg", PDF, 9000)).toEqual({
      ok: false,
      code: "files/content-differs",
      facts: { name: "合影.jpg", declaredType: "image/jpeg", seen: "pdf", wanted: "jpeg" },
    });
  });

  it.each([
    ["报告.pdf", "application/pdf", JPEG, "files/content-differs"],
    ["照片.jpg", "application/pdf", JPEG, "files/content-differs"],
    ["表.xlsx", "", DOCX, "files/content-differs"],
    ["表.xlsx", "", entry("classes.dex"), "files/content-differs"],
    ["表.xlsx", "", OLE, "files/content-differs"],
    ["说明.txt", "text/plain", Buffer.from("<html><script>"), "files/content-differs"],
    ["说明.txt", "text/plain", bytes("MZ\x90\0"), "files/content-differs"],
    ["photo.jpg.exe", "image/jpeg", JPEG, "files/kind-not-allowed"],
    ["没有后缀", "image/jpeg", JPEG, "files/kind-not-allowed"],
    ["x.constructor", "", PDF, "files/kind-not-allowed"],
    ["空.pdf", "application/pdf", Buffer.alloc(0), "files/empty"],
  ] as const)("%s declared as %j is refused", (name, type, head, code) => {
    expect(checkUpload(name, type, head, head.length)).toMatchObject({ ok: false, code });
  });

  it.each([
    ["报告.PDF", "application/octet-stream", PDF, "application/pdf"],
    ["照片.jpeg", "image/jpg", JPEG, "image/jpeg"],
    ["表.xlsx", "application/zip", XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
    ["表.xlsx", "", entry("[Content_Types].xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
    ["名单.csv", "application/vnd.ms-excel", Buffer.from("a,b"), "text/csv"],
  ] as const)("%s declared as %s is taken as %s", (name, type, head, contentType) => {
    expect(checkUpload(name, type, head, head.length)).toMatchObject({ ok: true, contentType });
  });
});

describe("file names", () => {
  it.each([
    ["../../etc/passwd.pdf", "passwd.pdf"],
    ["C:\\资料\\章程.docx", "章程.docx"],
    ["报告\u202efdp.exe", "报告fdp.exe"],
    ["a\u0000b\n.pdf", "ab.pdf"],
    ["..", "file"],
    ["", "file"],
    ["NUL.pdf", "_NUL.pdf"],
    ['<"x|y?*">.csv', "__x_y____.csv"],
  ])("%j becomes %j", (name, safe) => {
    expect(safeFileName(name)).toBe(safe);
  });

  it("are cut to 120 characters, never inside a character, with the ending kept", () => {
    const safe = safeFileName(`${"𬭎".repeat(300)}.xlsx`);
    expect([...safe]).toHaveLength(120);
    expect(safe.endsWith("𬭎.xlsx")).toBe(true);
  });
});

describe("real workbooks", () => {
  const folder = new URL("../../../shared/data/xlsx-torture/", import.meta.url);
  if (!existsSync(folder)) console.log("xlsx-torture: skipped: no shared data");
  it.skipIf(!existsSync(folder))("that begin like a zip package are known for what they are", () => {
    const names = readdirSync(folder).filter((name) => name.endsWith(".xlsx"));
    expect(names.length).toBeGreaterThan(0);
    const kinds = names.map((name) => contentKind(readFileSync(new URL(name, folder)).subarray(0, 4096)));
    expect(kinds.filter((kind) => kind === "xlsx" || kind === "office").length).toBeGreaterThan(names.length / 2);
  });
});
