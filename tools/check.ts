import { boundariesGate } from "./gates/boundaries.ts";
import { docsGate } from "./gates/docs.ts";
import { type Gate, plantedTree, projectTree, selfProof } from "./gates/gate.ts";
import { houseGate } from "./gates/house.ts";
import { migrationsGate } from "./gates/migrations.ts";
import { packagesGate } from "./gates/packages.ts";
import { deadGate, styleGate, typesGate } from "./gates/programs.ts";
import { sourceGates } from "./gates/source.ts";

/** What one gate came to. */
interface Outcome {
  readonly id: string;
  readonly ok: boolean;
  readonly millis: number;
  readonly looked: number;
  readonly lines: readonly string[];
}

const gates: readonly Gate[] = [
  typesGate,
  styleGate,
  deadGate,
  boundariesGate,
  migrationsGate,
  houseGate,
  docsGate,
  packagesGate,
  ...sourceGates,
];

async function pass(gate: Gate, root: string): Promise<Outcome> {
  const started = performance.now();
  const project = projectTree(root);
  const lines: string[] = [];
  const errors: string[] = [];
  let looked = 0;
  try {
    const planted = plantedTree(root);
    errors.push(...selfProof(gate, planted, await gate.run(planted)).map((line) => `the gate itself: ${line}`));
    const verdict = await gate.run(project);
    looked = verdict.looked;
    const wants = gate.wants(project.files);
    if (looked < wants) errors.push(`the gate itself: looked at ${looked} files, git lists ${wants}`);
    for (const one of verdict.findings) {
      const line = `${one.file}${one.line ? `:${one.line}` : ""} ${one.rule}: ${one.message}`;
      if (one.warning) lines.push(`warning ${line}`);
      else errors.push(line);
    }
  } catch (error) {
    errors.push(`the gate itself: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
  return {
    id: gate.id,
    ok: errors.length === 0,
    millis: performance.now() - started,
    looked,
    lines: [...errors, ...lines],
  };
}

/** `npm run check [gate…]`: every gate of the house, each proven on planted faults. Exit 1 when one objects. */
export async function main(argv: readonly string[]): Promise<number> {
  const json = argv.includes("--json");
  const names = argv.filter((one) => !one.startsWith("--"));
  const chosen = names.length > 0 ? gates.filter((gate) => names.includes(gate.id)) : gates;
  const outcomes: Outcome[] = [];
  for (const gate of chosen) {
    const outcome = await pass(gate, process.cwd());
    outcomes.push(outcome);
    const shown = outcome.lines.slice(0, 200);
    process.stderr.write(
      `${outcome.ok ? "ok  " : "FAIL"} ${outcome.id.padEnd(14)} ${String(outcome.looked).padStart(5)} files ${(outcome.millis / 1000).toFixed(1).padStart(6)} s\n`,
    );
    for (const line of shown) process.stderr.write(`       ${line}\n`);
  }
  if (json) process.stdout.write(`${JSON.stringify(outcomes)}\n`);
  return outcomes.every((one) => one.ok) ? 0 : 1;
}
