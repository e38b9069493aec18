// Draws a published sample of donated equipment again (复核抽样) from nothing but the two files anybody can download, and says
// whether the same homes come out. Shares no line with the program that drew it; needs Node only.
// Usage: npm run redraw -- samples.json sample-homes.json [sample id]
// The files: /api/portal/export?collection=equipment.sample&format=json and ...=equipment.sample-home&format=json
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const METHOD = "sha256-rank/1";
const sha256 = (text) => createHash("sha256").update(text, "utf8").digest("hex");
const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function redraw(sample, rows) {
  if (sample.method !== METHOD) return [`method ${sample.method} is not ${METHOD}`];
  const wrong = [];
  const ids = rows.map((row) => row.home).sort(byText);
  if (ids.length !== sample.populationSize)
    wrong.push(`population: ${ids.length} homes, ${sample.populationSize} told`);
  if (new Set(ids).size !== ids.length) wrong.push("population: a home stands there twice");
  const digest = sha256(ids.map((id) => `${id}\n`).join(""));
  if (digest !== sample.populationDigest) wrong.push(`digest: ${digest}, ${sample.populationDigest} told`);
  const drawn = ids
    .map((id) => ({ id, rank: sha256(`${sample.seed}\n${id}`) }))
    .sort((a, b) => byText(a.rank, b.rank) || byText(a.id, b.id))
    .slice(0, sample.size)
    .map((one) => one.id);
  const told = rows
    .filter((row) => row.drawn !== null)
    .sort((a, b) => a.drawn - b.drawn)
    .map((row) => row.home);
  if (told.length !== drawn.length) wrong.push(`draw: ${drawn.length} homes, ${told.length} told`);
  drawn.forEach((id, at) => {
    if (told[at] !== id) wrong.push(`place ${at + 1}: ${id}, ${told[at] ?? "nobody"} told`);
  });
  return wrong;
}

const [samplesFile, homesFile, only] = process.argv.slice(2);
if (!samplesFile || !homesFile) {
  process.stderr.write("usage: npm run redraw -- samples.json sample-homes.json [sample id]\n");
  process.exit(2);
}
const samples = JSON.parse(readFileSync(samplesFile, "utf8")).filter((one) => !only || one.key === only);
const homes = JSON.parse(readFileSync(homesFile, "utf8"));
if (samples.length === 0) {
  process.stderr.write("no such sample in the file\n");
  process.exit(2);
}
let different = 0;
for (const sample of samples) {
  const wrong = redraw(
    sample,
    homes.filter((row) => row.sample === sample.key),
  );
  process.stdout.write(`${wrong.length === 0 ? "equal" : "different"} ${sample.key} ${sample.name}\n`);
  for (const line of wrong.slice(0, 20)) process.stdout.write(`  ${line}\n`);
  if (wrong.length > 0) different += 1;
}
process.exitCode = different === 0 ? 0 : 1;
