import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import zlib from "node:zlib";
import { defaultLimits, SheetError, type SheetLimits } from "./types.ts";

export type ZipEntry = {
  name: string;
  method: number;
  flags: number;
  crc: number;
  packed: number;
  unpacked: number;
  offset: number;
  /** DOS date and time words, kept when an entry is copied. */
  stamp: number;
};

const broken = (reason: string, part = ""): SheetError => new SheetError("sheet/broken", { reason, part });

const endSignature = 0x06054b50;
const directorySignature = 0x02014b50;
const localSignature = 0x04034b50;
/** A workbook has tens of parts; a directory of millions is an attack on memory. */
const mostEntries = 20_000;

const readExactly = async (file: FileHandle, length: number, position: number, part: string): Promise<Buffer> => {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) throw broken("truncated", part);
    filled += bytesRead;
  }
  return buffer;
};

/** Finds the central directory: [offset, bytes, entries], following the 64-bit records when the small ones are full. */
const directoryPlace = async (file: FileHandle, size: number): Promise<[number, number, number]> => {
  const tailLength = Math.min(size, 65_557);
  const tail = await readExactly(file, tailLength, size - tailLength, "directory");
  let at = -1;
  for (let i = tail.length - 22; i >= 0; i--) {
    if (tail.readUInt32LE(i) === endSignature) {
      at = i;
      break;
    }
  }
  if (at < 0) throw broken("truncated", "directory");
  const entries = tail.readUInt16LE(at + 10);
  const bytes = tail.readUInt32LE(at + 12);
  const offset = tail.readUInt32LE(at + 16);
  const full = entries === 0xffff || bytes === 0xffffffff || offset === 0xffffffff;
  if (!full || at < 20 || tail.readUInt32LE(at - 20) !== 0x07064b50) return [offset, bytes, entries];
  const record = await readExactly(file, 56, Number(tail.readBigUInt64LE(at - 20 + 8)), "directory");
  if (record.readUInt32LE(0) !== 0x06064b50) throw broken("directory", "directory");
  return [Number(record.readBigUInt64LE(48)), Number(record.readBigUInt64LE(40)), Number(record.readBigUInt64LE(32))];
};

/** The 64-bit sizes and offset from an entry's extra field, for those that do not fit in 32 bits. */
const widen = (entry: ZipEntry, extra: Buffer): void => {
  for (let at = 0; at + 4 <= extra.length; ) {
    const id = extra.readUInt16LE(at);
    const length = extra.readUInt16LE(at + 2);
    if (id === 1) {
      let field = at + 4;
      const next = (): number => {
        if (field + 8 > extra.length) throw broken("directory", entry.name);
        field += 8;
        return Number(extra.readBigUInt64LE(field - 8));
      };
      if (entry.unpacked === 0xffffffff) entry.unpacked = next();
      if (entry.packed === 0xffffffff) entry.packed = next();
      if (entry.offset === 0xffffffff) entry.offset = next();
      return;
    }
    at += 4 + length;
  }
};

/** An open zip container (压缩包), read part by part from disk: nothing but its directory is held in memory. */
export class ZipFile {
  readonly entries = new Map<string, ZipEntry>();
  readonly #file: FileHandle;
  readonly #limits: SheetLimits;
  #unpacked = 0;

  private constructor(file: FileHandle, limits: SheetLimits) {
    this.#file = file;
    this.#limits = limits;
  }

  static async open(path: string, limits: SheetLimits = defaultLimits): Promise<ZipFile> {
    const file = await open(path, "r");
    try {
      const zip = new ZipFile(file, limits);
      await zip.#readDirectory((await file.stat()).size);
      return zip;
    } catch (cause) {
      await file.close();
      throw cause;
    }
  }

  async #readDirectory(size: number): Promise<void> {
    const [offset, bytes, count] = await directoryPlace(this.#file, size);
    if (offset + bytes > size || count > mostEntries || bytes > 32 * 1024 * 1024)
      throw broken("directory", "directory");
    const directory = await readExactly(this.#file, bytes, offset, "directory");
    for (let at = 0, i = 0; i < count; i++) {
      if (at + 46 > directory.length || directory.readUInt32LE(at) !== directorySignature) {
        throw broken("directory", "directory");
      }
      const nameLength = directory.readUInt16LE(at + 28);
      const extraLength = directory.readUInt16LE(at + 30);
      // Some writers put backslashes into part names; the standard knows slashes only.
      const name = directory.toString("utf8", at + 46, at + 46 + nameLength).replaceAll("\\", "/");
      const entry: ZipEntry = {
        name,
        flags: directory.readUInt16LE(at + 8),
        method: directory.readUInt16LE(at + 10),
        stamp: directory.readUInt32LE(at + 12),
        crc: directory.readUInt32LE(at + 16),
        packed: directory.readUInt32LE(at + 20),
        unpacked: directory.readUInt32LE(at + 24),
        offset: directory.readUInt32LE(at + 42),
      };
      widen(entry, directory.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength));
      if (!this.entries.has(name)) this.entries.set(name, entry);
      at += 46 + nameLength + extraLength + directory.readUInt16LE(at + 32);
    }
  }

  /** Entry by part name; the case of part names is not significant in OOXML. */
  find(name: string): ZipEntry | undefined {
    const exact = this.entries.get(name);
    if (exact) return exact;
    const wanted = name.toLowerCase();
    for (const entry of this.entries.values()) if (entry.name.toLowerCase() === wanted) return entry;
    return undefined;
  }

  async #dataStart(entry: ZipEntry): Promise<number> {
    const header = await readExactly(this.#file, 30, entry.offset, entry.name);
    if (header.readUInt32LE(0) !== localSignature) throw broken("part-header", entry.name);
    return entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  }

  /** Packed bytes of an entry as stored, to copy it without unpacking. */
  async *packedBytes(entry: ZipEntry): AsyncGenerator<Buffer> {
    const start = await this.#dataStart(entry);
    for (let done = 0; done < entry.packed; ) {
      const length = Math.min(256 * 1024, entry.packed - done);
      yield await readExactly(this.#file, length, start + done, entry.name);
      done += length;
    }
  }

  #count(entry: ZipEntry, produced: number, added: number): void {
    this.#unpacked += added;
    if (this.#unpacked > this.#limits.unpackedBytes) {
      throw new SheetError("sheet/too-large", {
        reason: "unpacked",
        limit: this.#limits.unpackedBytes,
        part: entry.name,
      });
    }
    if (produced > 16 * 1024 * 1024 && produced > entry.packed * this.#limits.ratio) {
      throw new SheetError("sheet/too-large", { reason: "ratio", limit: this.#limits.ratio, part: entry.name });
    }
  }

  /** Unpacked bytes of an entry in chunks, checked against limits (as really produced, not as declared) and checksum. */
  async *bytes(entry: ZipEntry): AsyncGenerator<Buffer> {
    if (entry.flags & 1) throw new SheetError("sheet/encrypted", { part: entry.name });
    if (entry.method !== 0 && entry.method !== 8) throw broken("packing-method", entry.name);
    if (entry.packed === 0) return;
    const source = Readable.from(this.packedBytes(entry), { objectMode: false, highWaterMark: 512 * 1024 });
    const inflate = entry.method === 8 ? zlib.createInflateRaw({ chunkSize: 128 * 1024 }) : undefined;
    if (inflate) {
      source.on("error", (cause) => inflate.destroy(cause));
      source.pipe(inflate);
    }
    let produced = 0;
    let crc = 0;
    try {
      for await (const chunk of (inflate ?? source) as AsyncIterable<Buffer>) {
        produced += chunk.length;
        this.#count(entry, produced, chunk.length);
        crc = zlib.crc32(chunk, crc);
        yield chunk;
      }
    } catch (cause) {
      if (cause instanceof SheetError) throw cause;
      const code = (cause as NodeJS.ErrnoException).code ?? "";
      if (code.startsWith("Z_")) throw broken(code === "Z_BUF_ERROR" ? "truncated" : "unpacking", entry.name);
      throw cause;
    } finally {
      source.destroy();
      inflate?.destroy();
    }
    if (crc !== entry.crc) throw broken("checksum", entry.name);
  }

  /** Whole text of a small part; parts that only describe the workbook stay below 64 MB. */
  async text(entry: ZipEntry): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of this.bytes(entry)) {
      length += chunk.length;
      if (length > 64 * 1024 * 1024) {
        throw new SheetError("sheet/too-large", { reason: "part", limit: 64 * 1024 * 1024, part: entry.name });
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, length);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
