import ts from "typescript";
import type { Tree } from "./gate.ts";

const parsed = new WeakMap<Tree, Map<string, ts.SourceFile>>();

/** The syntax tree of a file, made once for all gates. */
export function parse(tree: Tree, file: string): ts.SourceFile {
  const known = parsed.get(tree) ?? new Map<string, ts.SourceFile>();
  parsed.set(tree, known);
  let source = known.get(file);
  if (!source) {
    const kind = file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
    source = ts.createSourceFile(file, tree.read(file), ts.ScriptTarget.ES2023, true, kind);
    known.set(file, source);
  }
  return source;
}

/** Visits every node of a file, parents first. */
export function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  node.forEachChild((child) => visit(child, see));
}

/** Line of a node, from 1. */
export function nodeLine(node: ts.Node): number {
  return node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;
}

/** The fixed pieces of a string: a literal, the parts of a template, the text of a page element. */
export function fixedTexts(node: ts.Node): string | undefined {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)) return node.text;
  if (ts.isJsxText(node)) return node.text;
  return undefined;
}
