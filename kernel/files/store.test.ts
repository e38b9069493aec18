import { execFileSync, spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FileFault, openFileStore } from "./store.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "files-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const sha = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Every file under the digests; each must hold exactly what its name says. */
function keptIn(directory: string): string[] {
  const folders = readdirSync(directory).filter((name) => /^[0-9a-f]{2}$/.test(name));
  return folders.flatMap((folder) => readdirSync(join(directory, folder)).map((name) => join(directory, folder, name)));
}

async function read(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe("the file store", () => {
  it("finds a file under the digest of its bytes, keeps equal content once, and forgets it on removal", async () => {
    const store = await openFileStore(join(root, "files"));
    const bytes = randomBytes(300_000);
    const kept = await store.put(Readable.from([bytes.subarray(0, 7), bytes.subarray(7)]));
    expect(kept).toEqual({ sha256: sha(bytes), size: 300_000 });
    expect(await store.put(Readable.from([bytes]))).toEqual(kept);
    expect(keptIn(store.directory)).toHaveLength(1);
    expect(statSync(store.pathOf(kept.sha256)).mode & 0o777).toBe(0o600);
    expect((await read(store.read(kept.sha256))).equals(bytes)).toBe(true);
    expect(await store.has(kept.sha256)).toBe(true);
    await store.remove(kept.sha256);
    await store.remove(kept.sha256);
    expect(await store.has(kept.sha256)).toBe(false);
    await expect(read(store.read(kept.sha256))).rejects.toThrow("ENOENT");
  });

  it("mends a damaged file when its content comes again", async () => {
    const store = await openFileStore(root);
    const { sha256 } = await store.put(Readable.from([Buffer.from("内容")]));
    writeFileSync(store.pathOf(sha256), "别的");
    await store.put(Readable.from([Buffer.from("内容")]));
    expect(readFileSync(store.pathOf(sha256), "utf8")).toBe("内容");
  });

  it("builds no path from anything but a digest", async () => {
    const store = await openFileStore(root);
    for (const text of ["", "../../etc/passwd", `${"a".repeat(63)}/`, "A".repeat(64)]) {
      expect(() => store.pathOf(text)).toThrow(RangeError);
    }
  });

  it("leaves nothing behind beyond the limit, or when the sender breaks off", async () => {
    const store = await openFileStore(root);
    const big = store.put(Readable.from([randomBytes(600), randomBytes(600)]), { maxBytes: 1000 });
    await expect(big).rejects.toMatchObject({ fault: "files/too-large" });
    async function* broken() {
      yield randomBytes(500);
      throw new Error("connection reset");
    }
    await expect(store.put(broken())).rejects.toThrow("connection reset");
    expect(keptIn(root)).toEqual([]);
    expect(readdirSync(join(root, "incoming"))).toEqual([]);
    expect(await store.put(Readable.from([randomBytes(1000)]), { maxBytes: 1000 })).toMatchObject({ size: 1000 });
  });

  it("keeps many at once, equal ones among them", async () => {
    const store = await openFileStore(root);
    const contents = Array.from({ length: 10 }, () => randomBytes(50_000));
    const all = await Promise.all(
      [...contents, ...contents, ...contents].map((one) => store.put(Readable.from([one]))),
    );
    expect(new Set(all.map((kept) => kept.sha256)).size).toBe(10);
    for (const path of keptIn(root)) expect(path.endsWith(sha(readFileSync(path)))).toBe(true);
  });
});

/** A program that keeps files without end, printing each digest once it is kept. */
async function buildWriter(): Promise<string> {
  const path = join(root, "writer.mjs");
  const store = fileURLToPath(new URL("./store.ts", import.meta.url));
  await build({
    stdin: {
      contents: `
        import { openFileStore } from ${JSON.stringify(store)};
        import { randomBytes } from "node:crypto";
        const store = await openFileStore(process.argv[2]);
        async function* pieces() { for (let i = 0; i < 20; i += 1) yield randomBytes(20000); }
        try {
          for (;;) console.log((await store.put(pieces())).sha256);
        } catch (error) { console.log(JSON.stringify({ fault: error.fault, code: error.code, message: error.message })); }`,
      resolveDir: root,
    },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile: path,
    logLevel: "error",
  });
  return path;
}

describe("after a crash", () => {
  it("holds every acknowledged file whole, no partial one, and clears the rest at the next start", async () => {
    const writer = await buildWriter();
    const directory = join(root, "files");
    const acknowledged: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const child = spawn(process.execPath, [writer, directory], { stdio: ["ignore", "pipe", "inherit"] });
      let output = "";
      child.stdout.on("data", (chunk: Buffer) => {
        output += chunk;
        if (output.split("\n").length > 5 + round) child.kill("SIGKILL");
      });
      await new Promise((resolve) => child.on("close", resolve));
      acknowledged.push(...output.split("\n").filter((line) => /^[0-9a-f]{64}$/.test(line)));
    }
    expect(acknowledged.length).toBeGreaterThan(15);
    const kept = keptIn(directory);
    for (const path of kept) expect(path.endsWith(sha(readFileSync(path)))).toBe(true);
    for (const digest of acknowledged) expect(kept.some((path) => path.endsWith(digest))).toBe(true);
    await openFileStore(directory);
    expect(readdirSync(join(directory, "incoming"))).toEqual([]);
  }, 30_000);
});

describe("on a full disk", () => {
  it("says so without a path, and leaves nothing behind", async () => {
    const disk = join(root, "disk");
    mkdirSync(disk);
    let mounted = false;
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], { stdio: "ignore" });
      mounted = true;
    } catch {
      console.log("full disk: no right to mount, a file size limit stands in for it");
    }
    try {
      const writer = await buildWriter();
      const directory = join(disk, "files");
      // The limit counts blocks of 1 KB; one file of the writer has 400 KB.
      const limit = mounted ? "" : "ulimit -f 100; ";
      const output = execFileSync("bash", ["-c", `${limit}exec "$0" "$1" "$2"`, process.execPath, writer, directory], {
        encoding: "utf8",
      });
      const last = output.trim().split("\n").at(-1) as string;
      expect(JSON.parse(last)).toEqual({ fault: "files/disk-full", code: "ENOSPC", message: "files/disk-full" });
      expect(readdirSync(join(directory, "incoming"))).toEqual([]);
      for (const path of keptIn(directory)) expect(path.endsWith(sha(readFileSync(path)))).toBe(true);
      if (mounted) expect(keptIn(directory).length).toBeGreaterThan(0);
    } finally {
      if (mounted) execFileSync("umount", [disk]);
    }
    expect(existsSync(join(disk, "files", "incoming"))).toBe(!mounted);
    expect(new FileFault("files/disk-full").message).not.toContain("/tmp");
  }, 30_000);
});
