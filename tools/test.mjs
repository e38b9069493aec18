// Everything that must hold before a change is kept: gates, units and operations, then the journeys in a real browser.
// Usage: node tools/test.mjs [--only check|units|browser]; ends with one line "N passed, N failed".
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
const out = join(root, "dist/test", String(process.pid));
mkdirSync(out, { recursive: true });
process.on("exit", () => rmSync(out, { recursive: true, force: true }));
const only = process.argv.includes("--only") ? process.argv[process.argv.indexOf("--only") + 1] : undefined;
const say = (line) => process.stdout.write(`${line}\n`);

/** Runs a program and answers its exit code and what it wrote to stdout when that is kept. */
function run(command, args, { keep = false, env = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ["ignore", keep ? "pipe" : "inherit", "inherit"],
      env: { ...process.env, ...env },
    });
    let text = "";
    child.stdout?.on("data", (chunk) => {
      text += chunk;
    });
    child.on("error", (error) => resolve({ code: 127, text: String(error) }));
    child.on("close", (code) => resolve({ code: code ?? 1, text }));
  });
}

const chromium = () =>
  ["/usr/bin/chromium", "/usr/bin/chromium-browser", process.env.CHROMIUM ?? ""].find(
    (path) => path !== "" && existsSync(path),
  );
const hasFonts = () => /Noto (Sans|Serif) CJK/.test(spawnSync("fc-list", { encoding: "utf8" }).stdout ?? "");

/** Chromium and Chinese fonts from Debian, when they are missing and somebody here may install them. */
async function needBrowser() {
  const missing = [...(chromium() ? [] : ["chromium"]), ...(hasFonts() ? [] : ["fonts-noto-cjk", "fontconfig"])];
  if (missing.length === 0) return undefined;
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  if (spawnSync("sh", ["-c", "command -v apt-get"]).status !== 0)
    return `needs ${missing.join(", ")} and there is no apt-get here`;
  if (sudo.length > 0 && spawnSync("sudo", ["-n", "true"]).status !== 0)
    return `needs ${missing.join(", ")}: run as root once, apt-get install ${missing.join(" ")}`;
  say(`installing ${missing.join(" ")} (Debian packages, once)`);
  const apt = (args) =>
    run([...sudo, "env"][0], [...sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", ...args].slice(1), {
      keep: true,
    });
  await apt(["update"]);
  await apt(["install", "-y", "--no-install-recommends", ...missing]);
  return chromium() && hasFonts()
    ? undefined
    : `could not install ${missing.join(", ")}: do it by hand, apt-get install ${missing.join(" ")}`;
}

/** Counts of one vitest run. A file that does not even load is one failure; a run without an answer is one too. */
function counted(name, file, code) {
  if (!existsSync(file))
    return { name, passed: 0, failed: 1, skipped: 0, lines: [`${name}: no answer (exit ${code})`] };
  const report = JSON.parse(readFileSync(file, "utf8"));
  const lines = [];
  let failed = report.numFailedTests;
  for (const suite of report.testResults) {
    const bad = suite.assertionResults.filter((one) => one.status === "failed");
    for (const one of bad) lines.push(`${suite.name.replace(root, "")} > ${one.fullName}`);
    if (suite.status === "failed" && bad.length === 0) {
      failed++;
      lines.push(`${suite.name.replace(root, "")}: ${String(suite.message).split("\n")[0]}`);
    }
  }
  if (failed === 0 && code !== 0) {
    failed = 1;
    lines.push(`${name}: ended with ${code} although no test failed`);
  }
  return { name, passed: report.numPassedTests, failed, skipped: report.numPendingTests + report.numTodoTests, lines };
}

async function vitest(name, config, files = []) {
  const file = join(out, `${name}.json`);
  const args = [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--config",
    config,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
    ...files,
  ];
  const { code } = await run(process.execPath, args, { env: { CI: "true" } });
  return counted(name, file, code);
}

async function gates() {
  const { code, text } = await run(process.execPath, ["tools/ts.mjs", "check", "--json"], { keep: true });
  try {
    const outcomes = JSON.parse(text);
    const bad = outcomes.filter((one) => !one.ok);
    return {
      name: "gates",
      passed: outcomes.length - bad.length,
      failed: bad.length,
      skipped: 0,
      lines: bad.map((one) => `gate ${one.id}: ${one.lines[0]}`),
    };
  } catch {
    return { name: "gates", passed: 0, failed: 1, skipped: 0, lines: [`gates: no answer (exit ${code})`] };
  }
}

/** A browser waits more than it computes: half of the journeys run in a house of their own beside the others. */
const walks = ["apps/e2e/pages.e2e.ts", "apps/e2e/portal.e2e.ts", "apps/e2e/admin.e2e.ts"];

async function browser() {
  const reason = await needBrowser();
  if (reason) return { name: "browser", passed: 0, failed: 1, skipped: 0, lines: [`browser: ${reason}`] };
  const { code } = await run(process.execPath, ["tools/run.mjs", "build"]);
  if (code !== 0) return { name: "browser", passed: 0, failed: 1, skipped: 0, lines: ["browser: the build failed"] };
  const others = walks.flatMap((file) => ["--exclude", file]);
  const halves = await Promise.all([
    vitest("walks", "vitest.e2e.config.ts", walks),
    vitest("journeys", "vitest.e2e.config.ts", others),
  ]);
  return {
    name: "browser",
    passed: halves[0].passed + halves[1].passed,
    failed: halves[0].failed + halves[1].failed,
    skipped: halves[0].skipped + halves[1].skipped,
    lines: halves.flatMap((half) => half.lines),
  };
}

const steps = { check: gates, units: () => vitest("units", "vitest.config.ts"), browser };
const results = [];
const times = {};
for (const [name, step] of Object.entries(steps)) {
  if (only && only !== name) continue;
  say(`\n== ${name}`);
  const started = Date.now();
  results.push(await step());
  times[name] = Math.round((Date.now() - started) / 100) / 10;
}

say("\n== summary");
for (const one of results)
  say(
    `${one.name.padEnd(8)} ${String(one.passed).padStart(5)} passed ${String(one.failed).padStart(4)} failed ${String(one.skipped).padStart(4)} skipped`,
  );
for (const line of results.flatMap((one) => one.lines)) say(`  failed: ${line}`);
if (!only)
  writeFileSync(join(root, "dist/test/last.json"), JSON.stringify({ at: new Date().toISOString(), seconds: times }));
const sum = (key) => results.reduce((all, one) => all + one[key], 0);
say(`${sum("passed")} passed, ${sum("failed")} failed`);
process.exitCode = sum("failed") > 0 ? 1 : 0;
