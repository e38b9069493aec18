import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { HouseModule } from "../../kernel/operation/house-module.ts";
import type { Tree } from "./gate.ts";

/** One wording with the way to it: `["duties", "credit.two-years"]`. */
export interface Wording {
  readonly way: readonly string[];
  readonly text: unknown;
}

/** What the running house declares, beside the words its rooms bring (声明与用语). */
export interface HouseFacts {
  readonly modules: readonly HouseModule[];
  /** By room (`kernel` for the kernel), then by language. */
  readonly words: ReadonlyMap<string, Readonly<Record<"zh" | "en", readonly Wording[]>>>;
  /** Rooms and files that were read. */
  readonly looked: number;
}

const wordFile = /^(kernel|modules)\/(?:.*\/)?[^/]+\.words\.ts$/;
export const isWords = (file: string): boolean => wordFile.test(file);

/** All wordings of a table, with the way to each; functions stay functions. */
function flatten(value: unknown, way: readonly string[]): Wording[] {
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flatMap(([key, one]) => flatten(one, [...way, key]));
  return [{ way, text: value }];
}

/** Bundles the list of rooms and every words table of a tree, and imports them: declarations are read, nothing is started. */
export async function readHouse(tree: Tree): Promise<HouseFacts> {
  const files = tree.files.filter(isWords);
  const folder = join(process.cwd(), "dist/tools");
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `house-${process.pid}-${tree.planted ? "planted" : "own"}.mjs`);
  const contents = [
    `export { modules } from "./apps/modules.ts";`,
    ...files.map((file, at) => `export * as words${at} from "./${file}";`),
  ].join("\n");
  try {
    await build({
      stdin: { contents, resolveDir: tree.root, loader: "ts" },
      absWorkingDir: tree.root,
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      packages: "external",
      logLevel: "silent",
    });
    const loaded = (await import(pathToFileURL(outfile).href)) as Record<string, Record<string, unknown>> & {
      modules: readonly HouseModule[];
    };
    const words = new Map<string, { zh: Wording[]; en: Wording[] }>();
    files.forEach((file, at) => {
      const room = file.startsWith("kernel/") ? "kernel" : (file.split("/")[1] as string);
      const known = words.get(room) ?? { zh: [], en: [] };
      for (const table of Object.values(loaded[`words${at}`] ?? {}))
        if (typeof table === "object" && table !== null && "zh" in table && "en" in table) {
          known.zh.push(...flatten(table.zh, []));
          known.en.push(...flatten(table.en, []));
        }
      words.set(room, known);
    });
    return { modules: loaded.modules, words, looked: files.length };
  } finally {
    rmSync(outfile, { force: true });
  }
}
