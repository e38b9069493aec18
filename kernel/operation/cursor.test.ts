import { describe, expect, it } from "vitest";
import { type CursorPart, readCursor, writeCursor } from "./cursor.ts";

const id = "01a1fe2a-64c7-706d-9f89-1eb96b18e221";
const raw = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

it("reads back what it wrote", () => {
  const at = new Date("2026-06-15T01:02:03.004Z");
  const written = writeCursor(["63|0102", "", 7, "2026-06-15", at, id]);
  expect(readCursor(written, ["text", "text", "number", "day", "instant", "id"])).toEqual([
    "63|0102",
    "",
    7,
    "2026-06-15",
    "2026-06-15T01:02:03.004Z",
    id,
  ]);
  expect(readCursor(writeCursor([-2_147_483_647]), ["number"])).toEqual([-2_147_483_647]);
});

it("takes what nobody gave for the top of the list", () => {
  for (const text of [undefined, "", "!", "null", raw(null), raw({}), raw("a"), raw([]), raw([1]), raw([["a"]])])
    expect(readCursor(text, ["text"]), text).toBeUndefined();
  for (const parts of [["a"], ["a", "b", "c"]]) expect(readCursor(raw(parts), ["text", "text"])).toBeUndefined();
});

const wrong: Readonly<Record<CursorPart, readonly string[]>> = {
  id: ["", "-".repeat(36), `${id}'`, id.slice(1), `g${id.slice(1)}`, ` ${id}`, `${id}\n`],
  day: ["", "2026-99-99", "2026-02-29", "0000-01-01", "2026-6-1", "infinity", "2026-06-15 "],
  instant: [
    "",
    "now",
    "2026-06-15",
    "2026-02-29T00:00:00.000Z",
    "2026-06-15T24:00:00.000Z",
    "2026-06-15T01:60:00.000Z",
    "0000-06-15T01:00:00.000Z",
    "2026-06-15T01:00:00.000+99:99",
    "----------------------T.:Z",
  ],
  number: ["", "a", "1.5", "1e3", "-0", "01", "2147483648", "-2147483648", "9".repeat(30), "NaN", "Infinity"],
  text: ["a\u0000"],
};

describe("a part that is not of its kind makes the cursor none of ours", () => {
  for (const [kind, parts] of Object.entries(wrong) as [CursorPart, readonly string[]][])
    it(kind, () => {
      for (const part of parts) expect(readCursor(raw([part]), [kind]), part).toBeUndefined();
    });
});
