import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Finding, fixtures, type Gate } from "./gate.ts";

/** Runs a program of node_modules and answers what it printed; its exit code says nothing the output does not. */
export function program(
  root: string,
  args: readonly string[],
  input?: string,
): Promise<{ code: number; out: string; err: string }> {
  return new Promise((done, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["pipe", "pipe", "pipe"] });
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      err += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => done({ code: code ?? 1, out, err }));
    child.stdin.end(input ?? "");
  });
}

const home = process.cwd();
const modulePath = (name: string) => join(home, "node_modules", name);

const checkedByTypes = (file: string) =>
  /^(kernel|modules|apps|tools|demo|bench)\/.*\.tsx?$/.test(file) ||
  file === "vitest.config.ts" ||
  file === "vite.config.ts";

/** The compiler agrees with every file (类型检查). */
export const typesGate: Gate = {
  id: "types",
  rules: ["type-error"],
  wants: (files) => files.filter(checkedByTypes).length,
  async run(tree) {
    const { out } = await program(tree.root, [
      modulePath("typescript-7/bin/tsc"),
      "--noEmit",
      "-p",
      "tsconfig.json",
      "--listFiles",
      "--pretty",
      "false",
      // Each further checker works out the same large types again: four took 140 s of computing and 4.8 GB, one 26 s and 1.7 GB.
      "--singleThreaded",
    ]);
    const findings: Finding[] = [];
    let looked = 0;
    const root = `${resolve(tree.root)}/`;
    for (const line of out.split("\n")) {
      const wrong = /^(.+?)\((\d+),\d+\): error (TS\d+: .*)$/.exec(line);
      if (wrong)
        findings.push({
          rule: "type-error",
          file: wrong[1] as string,
          line: Number(wrong[2]),
          message: wrong[3] as string,
        });
      else if (line.startsWith("error ")) findings.push({ rule: "type-error", file: "tsconfig.json", message: line });
      else if (line.startsWith(root) && !line.includes("/node_modules/")) looked++;
    }
    return { findings, looked };
  },
};

interface BiomeReport {
  readonly summary: { readonly changed: number; readonly unchanged: number };
  readonly diagnostics: readonly {
    readonly severity: string;
    readonly category: string;
    readonly message: string;
    readonly location: { readonly path: string; readonly start?: { readonly line: number } };
  }[];
}

const styled = (file: string) =>
  /^(kernel|modules|apps|tools|demo|bench)\/.*\.(ts|tsx|mjs|css)$/.test(file) && !/\/data\//.test(file);

/** The house's own rules of style, over the planted faults instead of the house. */
function plantedStyle(): string {
  const own = JSON.parse(readFileSync(join(home, "biome.json"), "utf8")) as Record<string, unknown>;
  const folder = mkdtempSync(join(tmpdir(), "shanzhi-style-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const planted = { ...own, $schema: undefined, vcs: { enabled: false }, files: { includes: ["**/style/**"] } };
  writeFileSync(join(folder, "biome.json"), JSON.stringify(planted));
  return folder;
}

/** Biome: one format, no lint (格式与常见错误). On the planted faults it runs with the same rules and their own list of files. */
export const styleGate: Gate = {
  id: "style",
  rules: ["format", "lint"],
  wants: (files) => files.filter(styled).length,
  async run(tree) {
    const args = [modulePath("@biomejs/biome/bin/biome"), "check", ".", "--reporter=json", "--max-diagnostics=none"];
    if (tree.planted) args.push(`--config-path=${plantedStyle()}`);
    const { out, err } = await program(tree.root, args);
    if (!out.trim().startsWith("{")) throw new Error(`biome did not answer: ${err.slice(0, 500)}`);
    const report = JSON.parse(out) as BiomeReport;
    const findings = report.diagnostics.map((one): Finding => {
      const rule = one.category === "format" || one.category.startsWith("assist") ? "format" : "lint";
      return {
        rule,
        file: one.location.path,
        ...(one.location.start?.line ? { line: one.location.start.line } : {}),
        message: `${one.category}: ${one.message.slice(0, 160)}${rule === "format" ? " — npx biome check --write" : ""}`,
        // What is unused or wrong fails although the linter only warns; taste stays a warning.
        ...(one.severity === "error" || /^lint\/correctness\//.test(one.category) ? {} : { warning: true as const }),
      };
    });
    return { findings, looked: report.summary.changed + report.summary.unchanged };
  },
};

interface KnipReport {
  readonly issues: readonly ({ readonly file: string } & Readonly<
    Record<string, readonly { readonly name: string; readonly line?: number }[] | string>
  >)[];
}

const knipRules: Readonly<Record<string, string>> = {
  files: "dead-file",
  exports: "dead-export",
  types: "dead-export",
  dependencies: "dead-package",
  devDependencies: "dead-package",
  unlisted: "unlisted-package",
  unresolved: "unlisted-package",
};

/** No file, export or package that nobody uses, and none used that is not listed (死代码). */
export const deadGate: Gate = {
  id: "dead-code",
  rules: ["dead-file", "dead-export", "dead-package", "unlisted-package"],
  wants: () => 0,
  async run(tree) {
    const root = tree.planted ? join(home, fixtures, "dead") : tree.root;
    const { out, err } = await program(root, [
      modulePath("knip/bin/knip.js"),
      "--reporter",
      "json",
      "--no-exit-code",
      "--no-config-hints",
    ]);
    const start = out.indexOf('{"issues"');
    if (start < 0) throw new Error(`knip did not answer: ${err.slice(0, 500)}${out.slice(0, 500)}`);
    const report = JSON.parse(out.slice(start)) as KnipReport;
    const findings = report.issues.flatMap((issue) =>
      Object.entries(knipRules).flatMap(([kind, rule]) => {
        const names = issue[kind];
        if (!Array.isArray(names)) return [];
        return names.map(
          (one: { name: string; line?: number }): Finding => ({
            rule,
            file: tree.planted ? `dead/${issue.file}` : issue.file,
            ...(one.line ? { line: one.line } : {}),
            message: kind === "files" ? "nobody imports this file" : `${one.name} (${kind})`,
          }),
        );
      }),
    );
    if (!existsSync(join(root, "package.json"))) throw new Error(`no package.json in ${root}`);
    return { findings, looked: tree.files.length };
  },
};
