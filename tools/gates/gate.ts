import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** One thing a gate objects to. A warning is printed and stops nothing. */
export interface Finding {
  readonly rule: string;
  readonly file: string;
  readonly line?: number;
  readonly message: string;
  readonly warning?: true;
}

/** The files a gate looks at: the project's own, or the planted faults of `tools/gates/fixtures`. */
export interface Tree {
  readonly root: string;
  /** True for the planted faults. */
  readonly planted: boolean;
  /** Paths from the root, as git lists them. */
  readonly files: readonly string[];
  read(file: string): string;
}

/** What a gate answers: what it found and how many files it really looked at. */
export interface Verdict {
  readonly findings: readonly Finding[];
  readonly looked: number;
}

/**
 * A check that must have been seen to fail (关卡). Each rule it names has at least one planted fault in the fixtures;
 * a gate that misses one, or finds what nobody planted, fails itself. `wants` is how many of git's files it must see.
 */
export interface Gate {
  readonly id: string;
  readonly rules: readonly string[];
  readonly wants: (files: readonly string[]) => number;
  readonly run: (tree: Tree) => Promise<Verdict>;
}

export const fixtures = "tools/gates/fixtures";

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

function tree(root: string, files: readonly string[], planted: boolean): Tree {
  const texts = new Map<string, string>();
  return {
    root,
    planted,
    files,
    read(file) {
      const known = texts.get(file) ?? readFileSync(join(root, file), "utf8");
      texts.set(file, known);
      return known;
    },
  };
}

/** The project as git lists it: what is kept and what is about to be; never the planted faults. */
export function projectTree(root: string): Tree {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  });
  const files = [...new Set(listed.toString().split("\0"))].filter(
    (file) => file !== "" && !file.startsWith(`${fixtures}/`) && existsSync(join(root, file)),
  );
  return tree(root, files.sort(), false);
}

/** The planted faults, as if they were a project of their own. */
export function plantedTree(root: string): Tree {
  const at = join(root, fixtures);
  return tree(
    at,
    walk(at)
      .map((file) => relative(at, file))
      .sort(),
    true,
  );
}

/** Which rules a file's comments say are broken in it: `planted: sql-place any` in a comment of any language. */
export function plantedIn(tree: Tree): { rule: string; file: string }[] {
  return tree.files
    .filter((file) => /\.(ts|tsx|mjs|cjs|sql|md|json)$/.test(file))
    .flatMap((file) =>
      [...tree.read(file).matchAll(/planted: ([a-z0-9 -]+)/g)].flatMap((match) =>
        (match[1] as string)
          .trim()
          .split(/\s+/)
          .map((rule) => ({ rule, file })),
      ),
    );
}

/** What is wrong with the gate itself, or nothing: each planted fault found, nothing found that was not planted. */
export function selfProof(gate: Gate, planted: Tree, verdict: Verdict): string[] {
  const wanted = new Set(
    plantedIn(planted)
      .filter((one) => gate.rules.includes(one.rule))
      .map((one) => `${one.rule} ${one.file}`),
  );
  const found = new Set(verdict.findings.map((one) => `${one.rule} ${one.file}`));
  return [
    ...gate.rules
      .filter((rule) => ![...wanted].some((one) => one.startsWith(`${rule} `)))
      .map((rule) => `no fault is planted for ${rule}`),
    ...[...wanted].filter((one) => !found.has(one)).map((one) => `planted fault not found: ${one}`),
    ...[...found].filter((one) => !wanted.has(one)).map((one) => `found what nobody planted: ${one}`),
  ];
}

/** Line of a position in a text, from 1. */
export function lineOf(text: string, position: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < position; at = text.indexOf("\n", at + 1)) line++;
  return line;
}

export const isSource = (file: string): boolean =>
  /^(kernel|modules|apps|demo|bench|tools)\/.*\.tsx?$/.test(file) && !/\.d\.ts$/.test(file);
export const isTest = (file: string): boolean =>
  /\.(test|e2e|fixture)\.tsx?$/.test(file) || /(^|\/)testing(\/|\.ts)|(^|\/)fixtures?(\/|\.ts)/.test(file);
/** What ships: neither a test nor a tool. */
export const isProduct = (file: string): boolean =>
  /^(kernel|modules|apps)\//.test(file) && isSource(file) && !isTest(file);
