import { createHash, randomUUID } from "node:crypto";
import { createReadStream, type ReadStream } from "node:fs";
import { access, type FileHandle, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";

/** What was kept (已存文件): the digest it is found under, and its size in bytes. */
export interface Kept {
  readonly sha256: string;
  readonly size: number;
}

/**
 * A file that could not be kept (存储故障). `fault` is for people and logs; `code` is the system's name of it, ENOSPC also
 * for a used-up quota, so that callers need to know one only. No path of the server is part of it.
 */
export class FileFault extends Error {
  readonly fault: "files/disk-full" | "files/too-large";
  readonly code: "ENOSPC" | "EFBIG";
  constructor(fault: "files/disk-full" | "files/too-large") {
    super(fault);
    this.name = "FileFault";
    this.fault = fault;
    this.code = fault === "files/disk-full" ? "ENOSPC" : "EFBIG";
  }
}

/**
 * Evidence by content (附件库): a file is found under the SHA-256 of its bytes; equal content is kept once. A file is there
 * whole and on the disk, or not at all, also after a power cut or a full disk.
 */
export interface FileStore {
  readonly directory: string;
  /**
   * Keeps a stream. Resolves when the bytes and their name are on the disk.
   * Errors: FileFault files/disk-full; FileFault files/too-large beyond `maxBytes`; the stream's own. Nothing is left behind.
   */
  put(source: AsyncIterable<Uint8Array | string>, options?: { readonly maxBytes?: number }): Promise<Kept>;
  has(sha256: string): Promise<boolean>;
  /** Errors: RangeError when the text is no digest, so that no other path can be built from it. */
  pathOf(sha256: string): string;
  /** The stream fails with ENOENT when the file is not there. */
  read(sha256: string): ReadStream;
  /** Removing what is not there is no error. */
  remove(sha256: string): Promise<void>;
}

/** Opens the store (打开附件库), clearing what an interrupted process had not finished writing. One process at a time. */
export async function openFileStore(directory: string): Promise<FileStore> {
  const incoming = join(directory, "incoming");
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  for (const left of await readdir(incoming)) await rm(join(incoming, left), { force: true });
  const folderOf = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError("not a digest");
    return join(directory, sha256.slice(0, 2));
  };
  const pathOf = (sha256: string) => join(folderOf(sha256), sha256);
  return {
    directory,
    pathOf,
    async put(source, options) {
      const temporary = join(incoming, randomUUID());
      try {
        const kept = await writeAll(temporary, source, options?.maxBytes ?? Number.POSITIVE_INFINITY);
        const folder = folderOf(kept.sha256);
        if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) await syncDirectory(directory);
        // Also over an equal file: a damaged one is mended, and a removal under way cannot win over this write.
        await rename(temporary, pathOf(kept.sha256));
        await syncDirectory(folder);
        return kept;
      } catch (error) {
        await rm(temporary, { force: true });
        throw cleaned(error);
      }
    },
    has: (sha256) =>
      access(pathOf(sha256)).then(
        () => true,
        () => false,
      ),
    read: (sha256) => createReadStream(pathOf(sha256)),
    async remove(sha256) {
      await rm(pathOf(sha256), { force: true });
      await syncDirectory(folderOf(sha256)).catch(() => undefined);
    },
  };
}

async function writeAll(path: string, source: AsyncIterable<Uint8Array | string>, maxBytes: number): Promise<Kept> {
  const hash = createHash("sha256");
  let size = 0;
  const file = await open(path, "wx", 0o600);
  try {
    for await (const piece of source) {
      const chunk = typeof piece === "string" ? Buffer.from(piece) : piece;
      size += chunk.length;
      if (size > maxBytes) throw new FileFault("files/too-large");
      hash.update(chunk);
      await writeWhole(file, chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest("hex"), size };
}

/** A nearly full disk takes a part of a chunk without an error; only the next write says ENOSPC. */
async function writeWhole(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten;
}

async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function cleaned(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const isFull = code === "ENOSPC" || code === "EDQUOT" || (code === "EFBIG" && !(error instanceof FileFault));
  return isFull ? new FileFault("files/disk-full") : error;
}
