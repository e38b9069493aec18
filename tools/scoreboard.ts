import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { graphOf } from "./gates/boundaries.ts";
import { isProduct, projectTree } from "./gates/gate.ts";
import { readHouse } from "./gates/house-facts.ts";
import { migrationsGate } from "./gates/migrations.ts";
import { clonesIn } from "./measures/clones.ts";
import { anyCount, documented, filesPerOperation, hops, rings, sizes } from "./measures/shape.ts";

const kept = "tools/scoreboard.json";

/** One line of the board: what is better, what was seen elsewhere, what we ask of ourselves. */
interface Line {
  readonly id: string;
  readonly label: string;
  readonly value: number | undefined;
  readonly unit: string;
  readonly better: "less" | "more";
  readonly target: number;
  readonly elsewhere: string;
  readonly note?: string;
  /** A machine's speed differs: printed against its target, not held against the last board. */
  readonly loose?: true;
}

interface Kept {
  readonly values: Readonly<Record<string, number>>;
  /** Number of the ADR that argues for a line that got worse. */
  readonly adr: Readonly<Record<string, string>>;
}

/** Installs what ships into an empty directory and weighs it, in MB. */
function productionInstall(): number {
  const folder = mkdtempSync(join(tmpdir(), "shanzhi-install-"));
  try {
    for (const file of ["package.json", "package-lock.json"]) writeFileSync(join(folder, file), readFileSync(file));
    execFileSync("npm", ["ci", "--omit=dev", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: folder,
      stdio: "ignore",
    });
    const kilobytes = Number(execFileSync("du", ["-sk", "node_modules"], { cwd: folder }).toString().split("\t")[0]);
    return Math.round(kilobytes / 1024);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function seconds(): { check?: number; test?: number } {
  if (!existsSync("dist/test/last.json")) return {};
  const { seconds: times } = JSON.parse(readFileSync("dist/test/last.json", "utf8")) as {
    seconds: Record<string, number>;
  };
  return { check: times.check, test: Math.round(Object.values(times).reduce((sum, one) => sum + one, 0)) };
}

async function measure(withInstall: boolean): Promise<{ lines: Line[]; remarks: string[] }> {
  const tree = projectTree(process.cwd());
  const graph = await graphOf(tree);
  const house = await readHouse(tree);
  const size = sizes(tree);
  const ring = rings(graph);
  const hop = hops(tree, graph);
  const docs = documented(tree);
  const clones = clonesIn(
    tree,
    tree.files.filter((file) => isProduct(file) && !/\.words\.ts$/.test(file)),
  );
  const comments = (await migrationsGate.run(tree)).findings.filter((one) => one.rule === "comment").length;
  const operations = house.modules.flatMap((room) => room.handlers.map((one) => one.operation.id));
  const matrix = existsSync("docs/permissions.md") ? readFileSync("docs/permissions.md", "utf8") : "";
  const tried = operations.filter((id) => matrix.includes(`| \`${id}\` |`)).length;
  const time = seconds();
  const percent = (part: number, whole: number) => Math.round((part / Math.max(1, whole)) * 1000) / 10;
  const lines: Line[] = [
    {
      id: "biggest",
      label: "biggest source file",
      value: size.biggest,
      unit: "lines",
      better: "less",
      target: 450,
      elsewhere: "1,127 (console)",
      note: size.biggestFile,
    },
    {
      id: "median",
      label: "median source file",
      value: size.median,
      unit: "lines",
      better: "less",
      target: 110,
      elsewhere: "49–106",
    },
    {
      id: "value-cycles",
      label: "cycles of values",
      value: ring.values,
      unit: "",
      better: "less",
      target: 0,
      elsewhere: "0 (immersion back)",
    },
    {
      id: "type-cycles",
      label: "cycles of types only",
      value: ring.types,
      unit: "",
      better: "less",
      target: 0,
      elsewhere: "0 (console), 32 (immersion)",
    },
    {
      id: "clones",
      label: "cloned lines",
      value: percent(clones.cloned, clones.lines),
      unit: "%",
      better: "less",
      target: 1,
      elsewhere: "0.3 (worker)",
    },
    {
      id: "any",
      label: "any, outside the declared places",
      value: await anyCount(tree),
      unit: "",
      better: "less",
      target: 0,
      elsewhere: "3 (worker)",
    },
    {
      id: "hops",
      label: "hops from route to SQL, median",
      value: hop.median,
      unit: "",
      better: "less",
      target: 2,
      elsewhere: "2 (opencrvs, immich)",
      note: `most ${hop.most}: ${hop.mostFile}`,
    },
    {
      id: "files-per-operation",
      label: "files for one operation, median",
      value: filesPerOperation(tree, house),
      unit: "",
      better: "less",
      target: 6,
      elsewhere: "6–7",
    },
    {
      id: "docs",
      label: "documented exports",
      value: percent(docs.documented, docs.exports),
      unit: "%",
      better: "more",
      target: 60,
      elsewhere: "35 (worker)",
      note: `${docs.documented} of ${docs.exports}`,
    },
    {
      id: "uncommented",
      label: "tables and columns without comment",
      value: comments,
      unit: "",
      better: "less",
      target: 0,
      elsewhere: "recent tables (opencrvs)",
    },
    {
      id: "permission-tests",
      label: "operations in the permission matrix",
      value: percent(tried, operations.length),
      unit: "%",
      better: "more",
      target: 100,
      elsewhere: "per procedure (opencrvs)",
      note: `${tried} of ${operations.length}`,
    },
    {
      id: "check-seconds",
      label: "check, last run",
      value: time.check,
      unit: "s",
      better: "less",
      target: 60,
      elsewhere: "–",
      loose: true,
    },
    {
      id: "test-seconds",
      label: "tests, last run",
      value: time.test,
      unit: "s",
      better: "less",
      target: 600,
      elsewhere: "–",
      loose: true,
    },
    {
      id: "install",
      label: "production install",
      value: withInstall ? productionInstall() : undefined,
      unit: "MB",
      better: "less",
      target: 200,
      elsewhere: "–",
      ...(withInstall ? {} : { note: "measured with --install" }),
    },
  ];
  return {
    lines,
    remarks: [
      `${size.files} files, ${size.lines} lines ship; ${operations.length} operations`,
      ...clones.pairs.slice(0, 5).map((one) => `clone ${one}`),
    ],
  };
}

/** `npm run scoreboard [-- --install] [-- --write]`: the table of measures. Exit 1 when a line got worse without an ADR. */
export async function main(argv: readonly string[]): Promise<number> {
  const { lines, remarks } = await measure(argv.includes("--install"));
  const before: Kept = existsSync(kept) ? (JSON.parse(readFileSync(kept, "utf8")) as Kept) : { values: {}, adr: {} };
  const worse: string[] = [];
  process.stdout.write(`${"".padEnd(38)}${"now".padStart(9)}${"kept".padStart(9)}${"target".padStart(9)}  elsewhere\n`);
  for (const line of lines) {
    const was = before.values[line.id];
    const lost =
      line.value !== undefined && was !== undefined && (line.better === "less" ? line.value > was : line.value < was);
    const missed =
      line.value !== undefined && (line.better === "less" ? line.value > line.target : line.value < line.target);
    if (lost && !line.loose && !before.adr[line.id]) worse.push(`${line.label}: ${was} → ${line.value} ${line.unit}`);
    const now = line.value === undefined ? "–" : `${line.value}${line.unit === "%" ? "%" : ""}`;
    const marks = [
      missed ? "not reached" : "",
      lost ? `worse${before.adr[line.id] ? `, ADR ${before.adr[line.id]}` : ""}` : "",
      line.note ?? "",
    ]
      .filter((one) => one !== "")
      .join("; ");
    process.stdout.write(
      `${line.label.padEnd(38)}${now.padStart(9)}${String(was ?? "–").padStart(9)}${String(line.target).padStart(9)}  ${line.elsewhere.padEnd(28)} ${marks}\n`,
    );
  }
  for (const remark of remarks) process.stdout.write(`${remark}\n`);
  if (argv.includes("--write")) {
    const values = Object.fromEntries(
      lines
        .filter((one) => !one.loose)
        .map((one) => [one.id, one.value ?? before.values[one.id]])
        .filter(([, value]) => value !== undefined),
    );
    writeFileSync(kept, `${JSON.stringify({ values, adr: before.adr }, null, 2)}\n`);
    return 0;
  }
  for (const line of worse) process.stderr.write(`worse, and no ADR argues for it: ${line}\n`);
  return worse.length > 0 ? 1 : 0;
}
