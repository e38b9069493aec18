import { z } from "zod";
import { isDate } from "../clock/date.ts";

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** What a part of a cursor may be: nothing that the database could not read as its column's type gets through. */
const kinds = {
  id: (part: string) => ID.test(part),
  day: isDate,
  instant: (part: string) => INSTANT.test(part) && isDate(part.slice(0, 10)),
  number: (part: string) => /^(0|-?[1-9]\d{0,9})$/.test(part) && Math.abs(Number(part)) < 2 ** 31,
  // PostgreSQL cannot compare with NUL.
  text: (part: string) => !part.includes("\u0000"),
};

/** The type of one part of a cursor (翻页游标的一段): a uuid, a date, an instant, an integer of 32 bits or any text. */
export type CursorPart = keyof typeof kinds;

type Place<Kinds extends readonly CursorPart[]> = {
  readonly [At in keyof Kinds]: Kinds[At] extends "number" ? number : string;
};

/** Writes the place of the last row of a page, its sort columns, as an opaque text (翻页游标). */
export function writeCursor(place: readonly (string | number | Date)[]): string {
  const parts = place.map((part) => (part instanceof Date ? part.toISOString() : String(part)));
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

const shape = z.array(z.string());

/** Reads a cursor of such parts; undefined when there is none or it is none of this list: the list then begins at the top. */
export function readCursor<const Kinds extends readonly CursorPart[]>(
  text: string | undefined,
  asked: Kinds,
): Place<Kinds> | undefined {
  if (text === undefined) return undefined;
  let written: unknown;
  try {
    written = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
  const { success, data: parts } = shape.safeParse(written);
  if (!success || parts.length !== asked.length || !asked.every((kind, at) => kinds[kind](parts[at] ?? "")))
    return undefined;
  return asked.map((kind, at) => (kind === "number" ? Number(parts[at]) : parts[at])) as unknown as Place<Kinds>;
}
