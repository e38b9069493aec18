import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream, type ReadStream } from "node:fs";
import { access, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

/** What was kept. */
export interface Kept {
  readonly sha256: string;
  readonly size: number;
}

/**
 * Evidence by content (附件库): a file is found under the digest of its bytes, written whole or not at all. A full disk
 * leaves nothing behind and answers with the system's ENOSPC.
 */
export interface FileStore {
  readonly directory: string;
  put(source: NodeJS.ReadableStream): Promise<Kept>;
  has(sha256: string): Promise<boolean>;
  pathOf(sha256: string): string;
  read(sha256: string): ReadStream;
  remove(sha256: string): Promise<void>;
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Opens the store, clearing what an interrupted process had not finished writing. */
export async function openFileStore(directory: string): Promise<FileStore> {
  const incoming = join(directory, "incoming");
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  for (const left of await readdir(incoming)) await rm(join(incoming, left), { force: true });
  const pathOf = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error("not a digest");
    return join(directory, sha256.slice(0, 2), sha256);
  };
  return {
    directory,
    pathOf,
    async put(source) {
      const temporary = join(incoming, randomUUID());
      const hash = createHash("sha256");
      let size = 0;
      const meter = new Transform({
        transform(chunk: Buffer, _, done) {
          hash.update(chunk);
          size += chunk.length;
          done(null, chunk);
        },
      });
      try {
        await pipeline(source, meter, createWriteStream(temporary, { mode: 0o600 }));
        await syncFile(temporary);
        const sha256 = hash.digest("hex");
        await mkdir(dirname(pathOf(sha256)), { recursive: true, mode: 0o700 });
        await rename(temporary, pathOf(sha256));
        return { sha256, size };
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
    has: (sha256) =>
      access(pathOf(sha256)).then(
        () => true,
        () => false,
      ),
    read: (sha256) => createReadStream(pathOf(sha256)),
    async remove(sha256) {
      if (await stat(pathOf(sha256)).catch(() => undefined)) await rm(pathOf(sha256), { force: true });
    },
  };
}
