import ts from "typescript";
import type { Tree } from "../gates/gate.ts";

/** Two places of the same text (复制粘贴): the length of the window that makes them one. */
export const WINDOW = 70;

interface Token {
  readonly text: string;
  readonly line: number;
}

/** The tokens of a file without comments, imports and re-exports: those repeat by nature. */
function tokensOf(tree: Tree, file: string): Token[] {
  const text = tree.read(file);
  const source = ts.createSourceFile(
    file,
    text,
    ts.ScriptTarget.ES2023,
    false,
    file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const skipped = source.statements
    .filter((one) => ts.isImportDeclaration(one) || ts.isExportDeclaration(one))
    .map((one) => ({ from: one.pos, to: one.end }));
  const scanner = ts.createScanner(
    ts.ScriptTarget.ES2023,
    true,
    file.endsWith("x") ? ts.LanguageVariant.JSX : ts.LanguageVariant.Standard,
    text,
  );
  const tokens: Token[] = [];
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    const at = scanner.getTokenStart();
    if (skipped.some((one) => at >= one.from && at < one.to)) continue;
    tokens.push({ text: scanner.getTokenText(), line: source.getLineAndCharacterOfPosition(at).line });
  }
  return tokens;
}

/**
 * Lines that stand in the files more than once (重复行), by equal runs of 70 tokens. Answers how many of all lines, and
 * the pairs of places, longest first.
 */
export function clonesIn(tree: Tree, files: readonly string[]): { lines: number; cloned: number; pairs: string[] } {
  const first = new Map<string, { file: string; line: number }>();
  const cloned = new Map<string, Set<number>>();
  const pairs = new Map<string, number>();
  let lines = 0;
  const mark = (file: string, from: number, to: number) => {
    const known = cloned.get(file) ?? new Set<number>();
    for (let line = from; line <= to; line++) known.add(line);
    cloned.set(file, known);
  };
  for (const file of files) {
    lines += tree.read(file).split("\n").length;
    const tokens = tokensOf(tree, file);
    for (let at = 0; at + WINDOW <= tokens.length; at++) {
      const window = tokens.slice(at, at + WINDOW);
      const key = window.map((one) => one.text).join("\u0001");
      const from = (window[0] as Token).line;
      const to = (window[WINDOW - 1] as Token).line;
      const seen = first.get(key);
      if (!seen) {
        first.set(key, { file, line: from });
        continue;
      }
      if (seen.file === file && Math.abs(seen.line - from) < 2) continue;
      mark(file, from, to);
      const pair = `${seen.file}:${seen.line + 1} = ${file}`;
      const name = [...pairs.keys()].find((one) => one.startsWith(`${seen.file}:`) && one.endsWith(` ${file}`)) ?? pair;
      pairs.set(name, (pairs.get(name) ?? 0) + 1);
    }
  }
  return {
    lines,
    cloned: [...cloned.values()].reduce((sum, one) => sum + one.size, 0),
    pairs: [...pairs].sort((a, b) => b[1] - a[1]).map(([name, windows]) => `${name} (${windows + WINDOW} tokens)`),
  };
}
