import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Worker entry points and their sources, relative to this file. */
const sources = { "sheet-worker": "./worker.ts" } as const;

export type WorkerName = keyof typeof sources;

const built = new Map<WorkerName, Promise<URL>>();

/** Bundles a worker from source, once for each content: Node 20 does not load TypeScript. */
const bundle = async (name: WorkerName): Promise<URL> => {
  // The name is computed so that a bundle of the server does not swallow the bundler.
  const bundler = ["es", "build"].join("");
  const { build } = (await import(bundler)) as typeof import("esbuild");
  const result = await build({
    entryPoints: [fileURLToPath(new URL(sources[name], import.meta.url))],
    bundle: true,
    write: false,
    platform: "node",
    target: "node20",
    format: "esm",
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "silent",
  });
  const code = result.outputFiles[0]!.text;
  const folder = join(tmpdir(), `sheet-workers-${process.getuid?.() ?? 0}`);
  const file = join(folder, `${name}-${createHash("sha256").update(code).digest("hex").slice(0, 20)}.mjs`);
  if (!existsSync(file)) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // Written aside and renamed, so that a second process never loads half a file.
    await writeFile(`${file}.${process.pid}`, code);
    await rename(`${file}.${process.pid}`, file);
  }
  return pathToFileURL(file);
};

/**
 * Location of a worker's code (工作线程文件): beside the running bundle in dist/, or bundled from source into the
 * temporary directory when the program runs from .ts files.
 */
export const workerFile = (name: WorkerName): Promise<URL> => {
  if (!import.meta.url.endsWith(".ts")) {
    // Bundled, the asking code may stand in a shared chunk, one folder below the worker.
    const beside = new URL(`./${name}.js`, import.meta.url);
    return Promise.resolve(existsSync(beside) ? beside : new URL(`../${name}.js`, import.meta.url));
  }
  const known = built.get(name);
  if (known) return known;
  const building = bundle(name);
  built.set(name, building);
  building.catch(() => built.delete(name));
  return building;
};
