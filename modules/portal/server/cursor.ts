import { z } from "zod";

/** Writes the place of the last row as an opaque text (翻页游标). */
export function writeCursor(place: readonly string[]): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

const shape = z.array(z.string().max(1_000)).min(1).max(4);

/** Reads a cursor; undefined when it is none of ours. */
export function readCursor(text: string): string[] | undefined {
  try {
    const read = shape.safeParse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    // PostgreSQL cannot compare with NUL.
    return read.success && !read.data.some((part) => part.includes("\u0000")) ? read.data : undefined;
  } catch {
    return undefined;
  }
}
