import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";
import { SheetError } from "./types.ts";
import { richText, xmlEncoding } from "./xml.ts";

const pageBytes = 256 * 1024;
/** Pages of text kept in memory; the rest lies in a temporary file, so that memory does not grow with the rows. */
const pagesInMemory = 128;
const recentSlots = 8192;

/**
 * The shared strings of a workbook (共享字符串): UTF-8 bytes in pages outside the JavaScript heap, 4 bytes of index
 * per string, older pages spilled to a temporary file. Millions of distinct strings cost about 45 MB.
 */
export class StringTable {
  #offsets = new Uint32Array(4096);
  #count = 0;
  #length = 0;
  readonly #pages: (Buffer | undefined)[] = [];
  readonly #loaded: number[] = [];
  #spill: { directory: string; file: number } | undefined;
  #spilledTo = 0;
  readonly #recentIndex = new Int32Array(recentSlots).fill(-1);
  readonly #recentText: string[] = new Array<string>(recentSlots).fill("");
  readonly #pagesInMemory: number;

  constructor(memoryPages: number = pagesInMemory) {
    this.#pagesInMemory = memoryPages;
  }

  get count(): number {
    return this.#count;
  }

  add(text: string): void {
    if (this.#count + 1 >= this.#offsets.length) {
      const wider = new Uint32Array(this.#offsets.length * 2);
      wider.set(this.#offsets);
      this.#offsets = wider;
    }
    this.#offsets[this.#count++] = this.#length;
    let bytes = Buffer.byteLength(text);
    if (this.#length + bytes > 0xffffffff) throw new SheetError("sheet/too-large", { reason: "strings" });
    const page = this.#pages[this.#pages.length - 1];
    const room = this.#pages.length * pageBytes - this.#length;
    if (page && bytes <= room) {
      page.write(text, pageBytes - room);
      this.#length += bytes;
    } else {
      const source = Buffer.from(text);
      for (let from = 0; bytes > 0; ) {
        let free = this.#pages.length * pageBytes - this.#length;
        if (free === 0) {
          this.#newPage();
          free = pageBytes;
        }
        const part = Math.min(free, bytes);
        source.copy(this.#pages[this.#pages.length - 1]!, pageBytes - free, from, from + part);
        this.#length += part;
        from += part;
        bytes -= part;
      }
    }
    this.#offsets[this.#count] = this.#length;
  }

  #newPage(): void {
    // The pages already full are written out in order; once spilled, a page is immutable.
    if (this.#pages.length - this.#spilledTo >= this.#pagesInMemory) {
      if (!this.#spill) {
        const directory = mkdtempSync(join(tmpdir(), "sheet-strings-"));
        this.#spill = { directory, file: openSync(join(directory, "strings"), "w+", 0o600) };
      }
      const page = this.#pages[this.#spilledTo]!;
      writeSync(this.#spill.file, page, 0, pageBytes, this.#spilledTo * pageBytes);
      this.#pages[this.#spilledTo] = undefined;
      this.#spilledTo++;
      this.#pages.push(page);
      return;
    }
    this.#pages.push(Buffer.allocUnsafeSlow(pageBytes));
  }

  #page(index: number): Buffer {
    const page = this.#pages[index];
    if (page) return page;
    // First in, first out is enough: workbooks number their strings in the order of first use.
    let room: Buffer | undefined;
    if (this.#loaded.length >= 16) {
      const oldest = this.#loaded.shift()!;
      room = this.#pages[oldest];
      this.#pages[oldest] = undefined;
    }
    const buffer = room ?? Buffer.allocUnsafeSlow(pageBytes);
    readSync(this.#spill!.file, buffer, 0, pageBytes, index * pageBytes);
    this.#pages[index] = buffer;
    this.#loaded.push(index);
    return buffer;
  }

  /** Text number `index`, or undefined when the workbook has no such string. */
  get(index: number): string | undefined {
    if (index < 0 || index >= this.#count) return undefined;
    const slot = index & (recentSlots - 1);
    if (this.#recentIndex[slot] === index) return this.#recentText[slot];
    const start = this.#offsets[index]!;
    const end = this.#offsets[index + 1]!;
    const first = Math.floor(start / pageBytes);
    let text: string;
    if (end <= (first + 1) * pageBytes) {
      text =
        start === end ? "" : this.#page(first).toString("utf8", start - first * pageBytes, end - first * pageBytes);
    } else {
      const joined = Buffer.allocUnsafe(end - start);
      for (let at = start; at < end; ) {
        const index = Math.floor(at / pageBytes);
        const stop = Math.min(end, (index + 1) * pageBytes);
        this.#page(index).copy(joined, at - start, at - index * pageBytes, stop - index * pageBytes);
        at = stop;
      }
      text = joined.toString("utf8");
    }
    if (text.length <= 64) {
      this.#recentIndex[slot] = index;
      this.#recentText[slot] = text;
    }
    return text;
  }

  close(): void {
    if (!this.#spill) return;
    closeSync(this.#spill.file);
    rmSync(this.#spill.directory, { recursive: true, force: true });
    this.#spill = undefined;
  }
}

/** Text chunks of an XML part, decoded as its byte order mark says. */
export async function* xmlText(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: { write(chunk: Buffer): string; end(): string } | undefined;
  for await (const chunk of bytes) {
    if (!decoder) {
      const encoding = xmlEncoding(chunk);
      if (encoding === "utf-8") decoder = new StringDecoder("utf8");
      else {
        const wide = new TextDecoder(encoding);
        decoder = { write: (part) => wide.decode(part, { stream: true }), end: () => wide.decode() };
      }
    }
    yield decoder.write(chunk);
  }
  if (decoder) yield decoder.end();
}

/** Reads the shared strings part into a table, in one pass and without a document tree. */
export const readStrings = async (bytes: AsyncIterable<Buffer>, cellCharacters: number): Promise<StringTable> => {
  const table = new StringTable();
  try {
    let text = "";
    let prefix: string | undefined;
    for await (const chunk of xmlText(bytes)) {
      text += chunk;
      if (prefix === undefined) {
        const root = /<([\w-]+:)?sst[\s>/]/.exec(text);
        if (!root) continue;
        prefix = root[1] ?? "";
      }
      const open = `<${prefix}si`;
      const close = `</${prefix}si>`;
      const plain = `<${prefix}t>`;
      let at = 0;
      for (;;) {
        const start = text.indexOf(open, at);
        if (start < 0) {
          at = Math.max(at, text.length - open.length);
          break;
        }
        const tagEnd = text.indexOf(">", start);
        if (tagEnd < 0) {
          at = start;
          break;
        }
        if (text.charCodeAt(tagEnd - 1) === 47) {
          table.add("");
          at = tagEnd + 1;
          continue;
        }
        const end = text.indexOf(close, tagEnd);
        if (end < 0) {
          at = start;
          break;
        }
        // Nearly every string is one plain <t>: cut it out without the general reader.
        const simple = tagEnd + 1 + plain.length;
        const stop = end - plain.length - 1;
        const lone =
          stop >= simple && text.startsWith(plain, tagEnd + 1) && text.indexOf("<", simple) === stop
            ? text.slice(simple, stop)
            : undefined;
        table.add(
          lone !== undefined && !lone.includes("&") && !lone.includes("_x")
            ? lone
            : richText(text.slice(tagEnd + 1, end)),
        );
        at = end + close.length;
      }
      text = text.slice(at);
      if (text.length > cellCharacters * 8)
        throw new SheetError("sheet/too-large", { reason: "cell", limit: cellCharacters });
    }
    return table;
  } catch (cause) {
    table.close();
    throw cause;
  }
};
