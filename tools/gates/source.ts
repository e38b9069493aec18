import ts from "typescript";
import { type Exception, excepted, exceptions } from "./declared.ts";
import { type Finding, type Gate, isProduct, isSource, isTest, type Tree } from "./gate.ts";
import { fixedTexts, nodeLine, parse, visit } from "./parse.ts";

type See = (tree: Tree, file: string) => Omit<Finding, "file">[];

/** A gate that reads each file once; exceptions are applied here and must be in use. */
function fileGate(id: string, rules: readonly string[], which: (file: string) => boolean, see: See): Gate {
  return {
    id,
    rules,
    wants: (files) => files.filter(which).length,
    async run(tree) {
      const used = new Set<Exception>();
      const mine = tree.files.filter(which);
      const findings: Finding[] = mine.flatMap((file) =>
        see(tree, file)
          .filter((one) => tree.planted || one.warning || !excepted(one.rule, file, used))
          .map((one) => ({ ...one, file })),
      );
      const dead = exceptions.filter((one) => rules.includes(one.rule) && !used.has(one));
      if (!tree.planted)
        findings.push(
          ...dead.map((one) => ({
            rule: one.rule,
            file: "tools/gates/declared.ts",
            message: `the exception for ${one.at} excepts nothing any more: remove it`,
          })),
        );
      return { findings, looked: mine.length };
    },
  };
}

const han = /\p{Script=Han}/u;

/** Property names under which a sheet column lists the Chinese headers and values it accepts: input, not text. */
const sheetFields = new Set(["headers", "values", "note"]);

/** In a contract, lists of strings are what a column or a value may be called in a spreadsheet. */
function insideSheetColumn(node: ts.Node): boolean {
  const contract = /\.contract\.ts$/.test(node.getSourceFile().fileName);
  for (let at: ts.Node | undefined = node; at; at = at.parent) {
    if (contract && ts.isArrayLiteralExpression(at)) return true;
    if (
      ts.isPropertyAssignment(at) &&
      (ts.isIdentifier(at.name) || ts.isStringLiteral(at.name)) &&
      sheetFields.has(at.name.text)
    )
      return true;
  }
  return false;
}

/**
 * Chinese text for people stands in words tables (用语归位), so that every text exists in both languages and is found in
 * one place. Rules may answer in Chinese because the decision cases ask for it; contracts may list the headers and
 * values a spreadsheet column is recognised by; comments, tests, tools, demonstration data and measures are free.
 */
export const wordsGate = fileGate(
  "words",
  ["words-place"],
  (file) => isProduct(file) && !/\.(words|rules)\.tsx?$/.test(file),
  (tree, file) => {
    const found: Omit<Finding, "file">[] = [];
    visit(parse(tree, file), (node) => {
      const text = fixedTexts(node);
      if (text === undefined || !han.test(text) || insideSheetColumn(node)) return;
      found.push({
        rule: "words-place",
        line: nodeLine(node),
        message: `“${text.trim().slice(0, 30)}” belongs in a *.words.ts`,
      });
    });
    return found;
  },
);

/** What is longer by nature: tests, tables of words in two languages, invented data. */
const mayBeLonger = (file: string) => isTest(file) || /\.words\.ts$|^demo\//.test(file);

/** A file is read whole or not at all (篇幅): 450 lines at most, a warning from 400; tests, words and demonstration 600. */
export const limitsGate = fileGate(
  "limits",
  ["file-length"],
  (file) => isSource(file),
  (tree, file) => {
    const text = tree.read(file);
    const lines = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
    const most = mayBeLonger(file) ? 600 : 450;
    if (lines > most) return [{ rule: "file-length", message: `${lines} lines, at most ${most}: split it by thing` }];
    if (lines > 400 && !mayBeLonger(file))
      return [{ rule: "file-length", message: `${lines} lines, near the limit of ${most}`, warning: true as const }];
    return [];
  },
);

/** SQL stands in stores, queries, migrations and the kernel (语句归位): a reader knows where to look for it. */
export const sqlPlaceGate = fileGate(
  "sql-place",
  ["sql-place"],
  (file) => /^(modules|apps)\//.test(file) && isProduct(file) && !/\.(store|queries)\.ts$/.test(file),
  (tree, file) => {
    const found: Omit<Finding, "file">[] = [];
    visit(parse(tree, file), (node) => {
      const tagged = ts.isTaggedTemplateExpression(node) && node.tag.getText() === "sql";
      const typed =
        ts.isCallExpression(node) &&
        /\.query$/.test(node.expression.getText()) &&
        node.arguments[0] !== undefined &&
        fixedTexts(node.arguments[0]) !== undefined;
      if (tagged || typed)
        found.push({
          rule: "sql-place",
          line: nodeLine(node),
          message: "SQL outside *.store.ts, *.queries.ts, migrations and the kernel",
        });
    });
    return found;
  },
);

/** `any` switches the compiler off (任意类型): it is declared with its reason, or absent. */
export const anyGate = fileGate(
  "any",
  ["any"],
  (file) => isSource(file),
  (tree, file) => {
    const found: Omit<Finding, "file">[] = [];
    visit(parse(tree, file), (node) => {
      if (node.kind === ts.SyntaxKind.AnyKeyword)
        found.push({ rule: "any", line: nodeLine(node), message: "`any` outside the declared places" });
    });
    return found;
  },
);

const clockFree = /\.(rules|contract|words)\.tsx?$/;

/** No console in the product, no clock or chance in rules, contracts and words (纯函数): the same question, the same answer. */
export const purityGate = fileGate(
  "purity",
  ["console", "clock-in-rule", "todo"],
  (file) => isProduct(file),
  (tree, file) => {
    const found: Omit<Finding, "file">[] = [];
    const pure = clockFree.test(file);
    visit(parse(tree, file), (node) => {
      if (
        ts.isPropertyAccessExpression(node) &&
        node.expression.getText() === "console" &&
        !file.startsWith("apps/web/")
      )
        found.push({
          rule: "console",
          line: nodeLine(node),
          message: "write through house.log, or to the process's own streams in apps",
        });
      if (!pure) return;
      const text = ts.isCallExpression(node) || ts.isNewExpression(node) ? node.getText() : "";
      if (/^(Date\.now|Math\.random|crypto\.random\w+|performance\.now)\(|^new Date\(\s*\)/.test(text))
        found.push({
          rule: "clock-in-rule",
          line: nodeLine(node),
          message: "rules, contracts and words take time and chance as facts",
        });
    });
    for (const match of tree.read(file).matchAll(/\b(TODO|FIXME|XXX|HACK)\b(?!\(#\d)/g))
      found.push({
        rule: "todo",
        line: tree.read(file).slice(0, match.index).split("\n").length,
        message: "open work needs the number of its issue: TODO(#12)",
      });
    return found;
  },
);

export const sourceGates: readonly Gate[] = [wordsGate, limitsGate, sqlPlaceGate, anyGate, purityGate];
