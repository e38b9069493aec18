import { isUtf8 } from "node:buffer";
import type { FileHandle } from "node:fs/promises";
import iconv from "iconv-lite";
import { SheetError } from "./types.ts";

export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be" | "gb18030";

/** Encoding of a text file and the length of its byte order mark. */
export type Detected = { encoding: TextEncoding; skip: number };

/** Length of the incomplete UTF-8 character at the end of a chunk, 0 to 3. */
const openTail = (chunk: Buffer): number => {
  for (let back = 1; back <= Math.min(3, chunk.length); back++) {
    const byte = chunk[chunk.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needs > back ? back : 0;
  }
  return 0;
};

/** UTF-16 without a mark: text has its zero bytes on one side only. */
const wideWithoutMark = (head: Buffer): TextEncoding | undefined => {
  const zero = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zero[i % 2]!++;
  const half = head.length / 2;
  if (zero[1]! > half * 0.2 && zero[0]! < half * 0.01) return "utf-16le";
  if (zero[0]! > half * 0.2 && zero[1]! < half * 0.01) return "utf-16be";
  return undefined;
};

/**
 * Detects the encoding of a text file (编码识别): byte order mark, else UTF-8 if the whole file is valid UTF-8, else
 * GB 18030 (which covers GB 2312 and GBK). The whole file is looked at: a Chinese name may first appear on the last line.
 */
export const detectEncoding = async (file: FileHandle, head: Buffer): Promise<Detected> => {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: "utf-8", skip: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: "utf-16le", skip: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: "utf-16be", skip: 2 };
  if (head[0] === 0x84 && head[1] === 0x31 && head[2] === 0x95 && head[3] === 0x33)
    return { encoding: "gb18030", skip: 4 };
  const wide = wideWithoutMark(head);
  if (wide) return { encoding: wide, skip: 0 };
  const buffer = Buffer.allocUnsafe(256 * 1024);
  let kept = 0;
  for (let position = 0; ; ) {
    const { bytesRead } = await file.read(buffer, kept, buffer.length - kept, position);
    if (bytesRead === 0) return { encoding: kept === 0 ? "utf-8" : "gb18030", skip: 0 };
    position += bytesRead;
    const chunk = buffer.subarray(0, kept + bytesRead);
    const tail = openTail(chunk);
    if (!isUtf8(chunk.subarray(0, chunk.length - tail))) return { encoding: "gb18030", skip: 0 };
    chunk.copy(buffer, 0, chunk.length - tail);
    kept = tail;
  }
};

/** Text of a file in the detected encoding, chunk by chunk; bytes that are no character of it end the reading. */
export async function* decodedText(file: FileHandle, detected: Detected): AsyncGenerator<string> {
  const decoder =
    detected.encoding === "gb18030"
      ? iconv.getDecoder("gb18030")
      : ((): { write(chunk: Buffer): string; end(): string | undefined } => {
          const wide = new TextDecoder(detected.encoding, { ignoreBOM: true });
          return { write: (chunk) => wide.decode(chunk, { stream: true }), end: () => wide.decode() };
        })();
  let lines = 1;
  const checked = (text: string): string => {
    const bad = text.indexOf("\uFFFD");
    if (bad >= 0 && detected.encoding === "gb18030") {
      const before = text.slice(0, bad);
      throw new SheetError("sheet/encoding", {
        encoding: detected.encoding,
        line: lines + before.split("\n").length - 1,
      });
    }
    if (detected.encoding === "gb18030")
      for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) lines++;
    return text;
  };
  const buffer = Buffer.allocUnsafe(256 * 1024);
  for (let position = detected.skip; ; ) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) break;
    position += bytesRead;
    const text = decoder.write(Buffer.from(buffer.subarray(0, bytesRead)));
    if (text) yield checked(text);
  }
  const rest = decoder.end();
  if (rest) yield checked(rest);
}
