import ts from "typescript";
import { cycles, type Graph } from "../gates/boundaries.ts";
import { isProduct, type Tree } from "../gates/gate.ts";
import type { HouseFacts } from "../gates/house-facts.ts";
import { parse, visit } from "../gates/parse.ts";
import { anyGate } from "../gates/source.ts";

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const linesOf = (tree: Tree, file: string) => tree.read(file).split("\n").length - 1;
/** Files of data by nature: texts in two languages, tables of characters. */
const isTable = (file: string) => /\.words\.ts$|pinyin-overrides\.ts$|common-passwords\.ts$/.test(file);

/** Sizes of what ships (篇幅). */
export function sizes(tree: Tree): {
  files: number;
  lines: number;
  biggest: number;
  biggestFile: string;
  median: number;
} {
  const all = tree.files
    .filter((file) => isProduct(file) && !isTable(file))
    .map((file) => ({ file, lines: linesOf(tree, file) }));
  const top = all.reduce((best, one) => (one.lines > best.lines ? one : best), { file: "", lines: 0 });
  return {
    files: all.length,
    lines: all.reduce((sum, one) => sum + one.lines, 0),
    biggest: top.lines,
    biggestFile: top.file,
    median: median(all.map((one) => one.lines)),
  };
}

/** Share of exported declarations with a docstring (文档覆盖), in per mille of what ships; words tables and pages excepted. */
export function documented(tree: Tree): { exports: number; documented: number } {
  let exports = 0;
  let withDoc = 0;
  for (const file of tree.files.filter((one) => isProduct(one) && !isTable(one))) {
    const source = parse(tree, file);
    for (const statement of source.statements) {
      const exported =
        ts.canHaveModifiers(statement) &&
        ts.getModifiers(statement)?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword);
      if (!exported) continue;
      exports++;
      const leading = ts.getLeadingCommentRanges(source.text, statement.pos) ?? [];
      if (leading.some((one) => source.text.slice(one.pos, one.pos + 3) === "/**")) withDoc++;
    }
  }
  return { exports, documented: withDoc };
}

/** `any` outside the declared places. */
export async function anyCount(tree: Tree): Promise<number> {
  return (await anyGate.run(tree)).findings.length;
}

const holdsSql = (tree: Tree, file: string) => tree.files.includes(file) && tree.read(file).includes("sql`");

/** File borders from the contract to the SQL (跳数): contract → handler is one, each import towards SQL one more. */
export function hops(tree: Tree, graph: Graph): { median: number; most: number; mostFile: string } {
  const next = new Map<string, string[]>();
  for (const edge of graph.edges)
    if (!edge.typeOnly && edge.to.startsWith("modules/"))
      next.set(edge.from, [...(next.get(edge.from) ?? []), edge.to]);
  const found = tree.files
    .filter((file) => /^modules\/.*\.handlers\.ts$/.test(file))
    .map((file) => {
      let ring = [file];
      const seen = new Set(ring);
      for (let depth = 0; ring.length > 0 && depth < 10; depth++) {
        if (ring.some((one) => holdsSql(tree, one))) return { file, hops: depth + 1 };
        ring = ring
          .flatMap((one) => next.get(one) ?? [])
          .filter((one) => !seen.has(one) && seen.add(one) !== undefined);
      }
      return { file, hops: 0 };
    })
    .filter((one) => one.hops > 0);
  const top = found.reduce((best, one) => (one.hops > best.hops ? one : best), { file: "", hops: 0 });
  return { median: median(found.map((one) => one.hops)), most: top.hops, mostFile: top.file };
}

/** Files of a module that name an operation (一项操作涉及的文件): contract, handler, test, page; words and store come on top. */
export function filesPerOperation(tree: Tree, house: HouseFacts): number {
  const declared = new Map<string, { name: string; room: string }>();
  for (const file of tree.files.filter((one) => /^modules\/.*\.contract\.ts$/.test(one)))
    visit(parse(tree, file), (node) => {
      if (!ts.isVariableDeclaration(node) || !node.initializer || !ts.isCallExpression(node.initializer)) return;
      const id = node.initializer.arguments[0];
      if (/^define(Command|Query)$/.test(node.initializer.expression.getText()) && id && ts.isStringLiteral(id))
        declared.set(id.text, { name: node.name.getText(), room: file.split("/")[1] as string });
    });
  const operations = house.modules
    .flatMap((room) => room.handlers.map((one) => one.operation.id))
    .filter((id) => declared.has(id));
  const words = new Map(
    tree.files
      .filter((file) => /^modules\/.*\.tsx?$/.test(file))
      .map((file) => [file, new Set(tree.read(file).match(/[A-Za-z_]\w+/g))]),
  );
  const counts = operations.map((id) => {
    const { name, room } = declared.get(id) as { name: string; room: string };
    return (
      [...words].filter(
        ([file, names]) => file.startsWith(`modules/${room}/`) && !/\/index\.ts$/.test(file) && names.has(name),
      ).length + 2
    );
  });
  return median(counts);
}

/** Rings of imports: of values, and with types. */
export function rings(graph: Graph): { values: number; types: number } {
  const values = cycles(graph, false).length;
  return { values, types: cycles(graph, true).length - values };
}
