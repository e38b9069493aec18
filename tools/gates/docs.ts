import { dirname, join, normalize } from "node:path";
import { diagramBlocks, environmentBlock, environmentTexts, withBlocks } from "../generated.ts";
import { type Finding, type Gate, lineOf, type Tree } from "./gate.ts";
import { type HouseFacts, readHouse } from "./house-facts.ts";

const isText = (file: string) => /\.md$/.test(file);
const glossaryFile = "docs/glossary.md";

/** Code names of the glossary: what stands in backticks in the column "Code name". */
export function glossaryNames(text: string): { name: string; line: number }[] {
  let column = -1;
  return text.split("\n").flatMap((line, at) => {
    if (!line.startsWith("|")) {
      column = -1;
      return [];
    }
    const cells = line.split("|").map((cell) => cell.trim());
    const head = cells.indexOf("Code name");
    if (head >= 0) {
      column = head;
      return [];
    }
    return column < 0
      ? []
      : [...(cells[column] ?? "").matchAll(/`([^`]+)`/g)].map((match) => ({ name: match[1] as string, line: at + 1 }));
  });
}

/** The names of things a newcomer meets: rooms, tables, procedures, indicators, collections. */
function codeNames(house: HouseFacts, tables: readonly string[]): string[] {
  return [
    ...new Set([
      ...house.modules.map((room) => room.id),
      ...tables,
      ...house.modules.flatMap((room) => [
        ...(room.tables ?? []).map((one) => one.table),
        ...(room.procedures ?? []).map((one) => one.id),
        ...(room.indicators ?? []).map((one) => one.id),
        ...(room.collections ?? []).map((one) => one.id),
      ]),
    ]),
  ];
}

function glossaryFaults(tree: Tree, house: HouseFacts, tables: readonly string[]): Finding[] {
  if (!tree.files.includes(glossaryFile)) return [{ rule: "glossary", file: glossaryFile, message: "is missing" }];
  const known = glossaryNames(tree.read(glossaryFile));
  const names = new Set(known.map((one) => one.name));
  const sources = tree.files
    .filter((file) => /\.(ts|tsx|sql|mjs)$/.test(file) && /^(kernel|modules|apps|tools)\//.test(file))
    .map((file) => tree.read(file));
  return [
    ...codeNames(house, tables)
      .filter((name) => !names.has(name))
      .map((name) => ({
        rule: "glossary",
        file: glossaryFile,
        message: `${name} is not explained: term, Chinese, law, code name, not to be confused with`,
      })),
    ...known
      .filter(
        ({ name }) => !house.modules.some((room) => room.id === name) && !sources.some((text) => text.includes(name)),
      )
      .map(({ name, line }) => ({
        rule: "glossary-stale",
        file: glossaryFile,
        line,
        message: `${name} stands nowhere in the code`,
      })),
  ];
}

function linkFaults(tree: Tree): Finding[] {
  const files = new Set(tree.files);
  const isFolder = (path: string) => tree.files.some((file) => file.startsWith(`${path}/`));
  return tree.files.filter(isText).flatMap((file) => {
    const text = tree.read(file).replace(/```[\s\S]*?```/g, (block) => block.replace(/[^\n]/g, " "));
    return [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)\s#]+)(#[^)]*)?\)/g)].flatMap((match) => {
      const target = normalize(join(dirname(file), decodeURIComponent(match[1] as string))).replace(/\/$/, "");
      return files.has(target) || isFolder(target)
        ? []
        : [{ rule: "dead-link", file, line: lineOf(text, match.index), message: `${match[1]} is not there` }];
    });
  });
}

function driftFaults(tree: Tree, house: HouseFacts): Finding[] {
  const found: Finding[] = [];
  for (const room of house.modules) {
    if (room.id === "kernel") continue;
    const file = `modules/${room.id}/README.md`;
    const program = tree.files.find(
      (one) => one.startsWith(`modules/${room.id}/server/`) && one.endsWith(".module.ts"),
    );
    if (!tree.files.includes(file)) {
      found.push({
        rule: "room-readme",
        file: program ?? file,
        message: "a room explains itself in three sentences a county clerk understands",
      });
      continue;
    }
    const blocks = diagramBlocks(room.procedures ?? []);
    if (withBlocks(tree.read(file), blocks) !== tree.read(file))
      found.push({
        rule: "generated-drift",
        file,
        message: "state diagrams are not those of the procedures: npm run diagrams",
      });
  }
  for (const file of environmentTexts)
    if (tree.files.includes(file) && withBlocks(tree.read(file), [environmentBlock()]) !== tree.read(file))
      found.push({
        rule: "generated-drift",
        file,
        message: "the table of settings is not that of apps/server/config.ts: npm run diagrams",
      });
    else if (!tree.planted && !tree.files.includes(file))
      found.push({ rule: "generated-drift", file, message: "is missing" });
  return found;
}

/** Texts tell the truth (文档不失真): generated parts are fresh, links lead somewhere, the glossary knows every name. */
export const docsGate: Gate = {
  id: "docs",
  rules: ["generated-drift", "dead-link", "glossary", "glossary-stale", "room-readme"],
  wants: (files) => files.filter(isText).length,
  async run(tree) {
    const house = await readHouse(tree);
    const tables = tree.planted
      ? []
      : (await import("../../kernel/access/kernel-tables.ts")).kernelTables.map((one) => one.table);
    return {
      findings: [...linkFaults(tree), ...driftFaults(tree, house), ...glossaryFaults(tree, house, tables)],
      looked: tree.files.filter(isText).length,
    };
  },
};
