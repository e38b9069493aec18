import { readFile } from "node:fs/promises";
import { builtInCalendar } from "../../kernel/clock/built-in-calendar.ts";
import { dateInShanghai } from "../../kernel/clock/date.ts";
import type { DecideOptions } from "../../kernel/rule/decide.ts";
import { decideAny } from "../../kernel/rule/registry.ts";
import { settingSource } from "../../kernel/settings/declare.ts";
import { allSettings, houseRules } from "../../modules/rules.ts";

/** One case of a file: which rule, on which facts. */
interface Case {
  readonly id: string;
  readonly rule: string;
  readonly input: unknown;
}

/** What is printed for a case: its output, or why there is none. */
export type DecideLine =
  | { readonly id: string; readonly output: unknown }
  | { readonly id: string; readonly error: string };

/** Decides one case with the house's rules, settings and holidays (判定一例); an error is an answer, never a crash. */
export function decideCase(one: Case, options: DecideOptions): DecideLine {
  const rule = houseRules.find(one.rule);
  if (!rule) return { id: one.id, error: `unknown rule: ${one.rule}` };
  try {
    return { id: one.id, output: decideAny(rule, one.input, options).output };
  } catch (error) {
    return { id: one.id, error: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * `decide FILE` (规则判定命令): prints one JSON line per case of a file that holds a list of cases or an object with
 * `cases`. Exit 0; 2 when the file cannot be read as cases. Unknown rules and undecidable cases are told on stderr too.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const [path] = argv;
  if (path === undefined) return complain("usage: decide FILE");
  let cases: readonly unknown[];
  try {
    cases = casesOf(JSON.parse((await readFile(path, "utf8")).replace(/^\ufeff/, "")));
  } catch (error) {
    return complain(`cannot read cases from ${path}: ${firstLine(error)}`);
  }
  const options: DecideOptions = {
    today: dateInShanghai(new Date()),
    settings: settingSource(allSettings),
    calendar: builtInCalendar(),
  };
  const lines = cases.map((value, position) => {
    const one = caseOf(value, position);
    const line: DecideLine =
      typeof one === "string" ? { id: idOf(value, position), error: one } : decideCase(one, options);
    if ("error" in line) process.stderr.write(`${line.id}: ${line.error}\n`);
    return `${JSON.stringify(line)}\n`;
  });
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(lines.join(""), (error) => (error ? reject(error) : resolve()));
  });
  return 0;
}

function casesOf(document: unknown): readonly unknown[] {
  if (Array.isArray(document)) return document;
  const cases = typeof document === "object" && document !== null && "cases" in document ? document.cases : undefined;
  if (Array.isArray(cases)) return cases;
  throw new Error('expected a list of cases, or an object with "cases"');
}

function caseOf(value: unknown, position: number): Case | string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "not a case";
  if (!("rule" in value) || typeof value.rule !== "string") return 'the case names no "rule"';
  return { id: idOf(value, position), rule: value.rule, input: "input" in value ? value.input : {} };
}

function idOf(value: unknown, position: number): string {
  const named = typeof value === "object" && value !== null && "id" in value ? value.id : undefined;
  return typeof named === "string" ? named : `#${position + 1}`;
}

function complain(message: string): number {
  process.stderr.write(`${message}\n`);
  return 2;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
