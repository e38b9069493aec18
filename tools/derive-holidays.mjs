// Derives kernel/clock/data/holidays.json from the npm package chinese-days (MIT): the State Council's yearly notices.
// Usage: node tools/derive-holidays.mjs [path of an unpacked chinese-days]; without a path npm fetches it to a temp dir.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const version = "1.5.7";
const target = fileURLToPath(new URL("../kernel/clock/data/holidays.json", import.meta.url));

function fetchPackage() {
  const folder = mkdtempSync(join(tmpdir(), "shanzhi-holidays-"));
  execFileSync("npm", [
    "install",
    "--no-save",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--prefix",
    folder,
    `chinese-days@${version}`,
  ]);
  return { path: join(folder, "node_modules/chinese-days"), done: () => rmSync(folder, { recursive: true }) };
}

const source = process.argv[2] ? { path: process.argv[2], done: () => {} } : fetchPackage();
const { version: found, license } = JSON.parse(readFileSync(join(source.path, "package.json"), "utf8"));
const { holidays, workdays } = JSON.parse(readFileSync(join(source.path, "dist/chinese-days.json"), "utf8"));
source.done();

const rows = (days, kind) => Object.entries(days).map(([date, text]) => ({ date, kind, name: text.split(",")[1] }));
const days = [...rows(holidays, "holiday"), ...rows(workdays, "workday")].sort((a, b) => (a.date < b.date ? -1 : 1));
if (new Set(days.map((day) => day.date)).size !== days.length) throw new Error("a day is both holiday and working day");
const header = {
  source: `npm chinese-days ${found}, dist/chinese-days.json (yearly notices of the State Council)`,
  licence: license,
};
const lines = days.map((day) => `    ${JSON.stringify(day)}`).join(",\n");
writeFileSync(
  target,
  `{\n  "source": ${JSON.stringify(header.source)},\n  "licence": ${JSON.stringify(header.licence)},\n  "days": [\n${lines}\n  ]\n}\n`,
);
console.log(`${days.length} days, ${days[0].date} to ${days.at(-1).date} -> ${target}`);
