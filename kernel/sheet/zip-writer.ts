import { Readable, type Writable } from "node:stream";
import zlib from "node:zlib";
import { SheetError } from "./types.ts";
import type { ZipEntry, ZipFile } from "./zip.ts";

type Written = {
  name: Buffer;
  method: number;
  flags: number;
  crc: number;
  packed: number;
  unpacked: number;
  offset: number;
  stamp: number;
};

const limit = 0xffffffff;
/** 1 January 1980, 00:00: the same content makes the same file. */
const epoch = 0x00210000;

/** Resolves when a stream takes more, fails when it was closed instead (等待写入). */
export const drained = (out: Writable): Promise<void> =>
  new Promise((resolve, reject) => {
    const settle = (done: () => void) => (): void => {
      out.off("drain", onDrain);
      out.off("close", onClose);
      done();
    };
    const onDrain = settle(resolve);
    const onClose = settle(() => reject(out.errored ?? new SheetError("sheet/aborted")));
    if (out.destroyed) {
      reject(out.errored ?? new SheetError("sheet/aborted"));
      return;
    }
    out.once("drain", onDrain);
    out.once("close", onClose);
  });

/** Writes a zip container part by part into a stream (写压缩包), waiting whenever the stream asks for it. */
export class ZipSink {
  readonly #out: Writable;
  readonly #written: Written[] = [];
  #offset = 0;
  #failure: Error | undefined;

  constructor(out: Writable) {
    this.#out = out;
    out.on("error", (cause) => {
      this.#failure = cause;
    });
  }

  async #write(bytes: Buffer): Promise<void> {
    if (this.#failure) throw this.#failure;
    if (this.#out.destroyed) throw new SheetError("sheet/aborted");
    this.#offset += bytes.length;
    if (this.#out.write(bytes)) return;
    await drained(this.#out);
    if (this.#failure) throw this.#failure;
  }

  async #header(entry: Written): Promise<void> {
    const header = Buffer.alloc(30 + entry.name.length);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt16LE(entry.flags, 6);
    header.writeUInt16LE(entry.method, 8);
    header.writeUInt32LE(entry.stamp, 10);
    if (!(entry.flags & 8)) {
      header.writeUInt32LE(entry.crc, 14);
      header.writeUInt32LE(entry.packed, 18);
      header.writeUInt32LE(entry.unpacked, 22);
    }
    header.writeUInt16LE(entry.name.length, 26);
    entry.name.copy(header, 30);
    await this.#write(header);
  }

  /** Adds a part, packed as it comes; its size need not be known before. */
  async add(name: string, content: string | AsyncIterable<string | Buffer>): Promise<void> {
    const entry: Written = {
      name: Buffer.from(name),
      method: 8,
      flags: 0x0808,
      crc: 0,
      packed: 0,
      unpacked: 0,
      offset: this.#offset,
      stamp: epoch,
    };
    await this.#header(entry);
    const chunks = async function* (): AsyncGenerator<Buffer> {
      const source = typeof content === "string" ? [content] : content;
      for await (const piece of source) {
        const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
        entry.crc = zlib.crc32(bytes, entry.crc);
        entry.unpacked += bytes.length;
        yield bytes;
      }
    };
    const deflate = zlib.createDeflateRaw({ level: 4, chunkSize: 64 * 1024 });
    const source = Readable.from(chunks(), { objectMode: false });
    source.on("error", (cause) => deflate.destroy(cause));
    source.pipe(deflate);
    try {
      for await (const packed of deflate as AsyncIterable<Buffer>) {
        entry.packed += packed.length;
        await this.#write(packed);
      }
    } finally {
      source.destroy();
      deflate.destroy();
    }
    if (entry.packed > limit || entry.unpacked > limit)
      throw new SheetError("sheet/too-large", { reason: "part", part: name, limit });
    const descriptor = Buffer.alloc(16);
    descriptor.writeUInt32LE(0x08074b50, 0);
    descriptor.writeUInt32LE(entry.crc, 4);
    descriptor.writeUInt32LE(entry.packed, 8);
    descriptor.writeUInt32LE(entry.unpacked, 12);
    await this.#write(descriptor);
    this.#written.push(entry);
  }

  /** Copies a part of another container without unpacking it. */
  async copy(zip: ZipFile, source: ZipEntry): Promise<void> {
    const entry: Written = {
      name: Buffer.from(source.name),
      method: source.method,
      // Sizes are known here, so no descriptor follows; the name is written as UTF-8.
      flags: (source.flags & ~8) | 0x0800,
      crc: source.crc,
      packed: source.packed,
      unpacked: source.unpacked,
      offset: this.#offset,
      stamp: source.stamp,
    };
    await this.#header(entry);
    for await (const bytes of zip.packedBytes(source)) await this.#write(bytes);
    this.#written.push(entry);
  }

  /** Writes the directory; the stream itself is ended by its owner. */
  async finish(): Promise<void> {
    const start = this.#offset;
    if (start > limit) throw new SheetError("sheet/too-large", { reason: "file", limit });
    for (const entry of this.#written) {
      const record = Buffer.alloc(46 + entry.name.length);
      record.writeUInt32LE(0x02014b50, 0);
      record.writeUInt16LE(20, 4);
      record.writeUInt16LE(20, 6);
      record.writeUInt16LE(entry.flags, 8);
      record.writeUInt16LE(entry.method, 10);
      record.writeUInt32LE(entry.stamp, 12);
      record.writeUInt32LE(entry.crc, 16);
      record.writeUInt32LE(entry.packed, 20);
      record.writeUInt32LE(entry.unpacked, 24);
      record.writeUInt16LE(entry.name.length, 28);
      record.writeUInt32LE(entry.offset, 42);
      entry.name.copy(record, 46);
      await this.#write(record);
    }
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(this.#written.length, 8);
    end.writeUInt16LE(this.#written.length, 10);
    end.writeUInt32LE(this.#offset - start, 12);
    end.writeUInt32LE(start, 16);
    await this.#write(end);
  }
}
