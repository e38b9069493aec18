import { boundariesGate } from "./gates/boundaries.ts";
import { docsGate } from "./gates/docs.ts";
import { type Gate, plantedTree, projectTree, selfProof, type Tree } from "./gates/gate.ts";
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

/** Gates that wait for another program, and gates that think here: one lane each, so that two cores are busy. */
const lanes: readonly (readonly Gate[])[] = [
  [typesGate, boundariesGate, deadGate, styleGate],
  [...sourceGates, migrationsGate, houseGate, docsGate, packagesGate],
];

async function pass(gate: Gate, project: Tree, planted: Tree): Promise<Outcome> {
  const started = performance.now();
  const lines: string[] = [];
  const errors: string[] = [];
  let looked = 0;
  try {
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

function tell(outcome: Outcome): void {
  const time = (outcome.millis / 1000).toFixed(1).padStart(6);
  process.stderr.write(
    `${outcome.ok ? "ok  " : "FAIL"} ${outcome.id.padEnd(12)} ${String(outcome.looked).padStart(5)} files ${time} s\n`,
  );
  for (const line of outcome.lines.slice(0, 200)) process.stderr.write(`       ${line}\n`);
}

/** `npm run check [-- gate…]`: every gate of the house, each proven on planted faults. Exit 1 when one objects. */
export async function main(argv: readonly string[]): Promise<number> {
  const started = performance.now();
  const names = argv.filter((one) => !one.startsWith("--"));
  const unknown = names.find((name) => !lanes.flat().some((gate) => gate.id === name));
  if (unknown) {
    process.stderr.write(
      `no gate ${unknown}; known are ${lanes
        .flat()
        .map((gate) => gate.id)
        .join(", ")}\n`,
    );
    return 2;
  }
  const project = projectTree(process.cwd());
  const planted = plantedTree(process.cwd());
  const outcomes: Outcome[] = [];
  await Promise.all(
    lanes.map(async (lane) => {
      for (const gate of lane) {
        if (names.length > 0 && !names.includes(gate.id)) continue;
        const outcome = await pass(gate, project, planted);
        outcomes.push(outcome);
        tell(outcome);
      }
    }),
  );
  const bad = outcomes.filter((one) => !one.ok).length;
  process.stderr.write(
    `${outcomes.length - bad} gates passed, ${bad} failed, ${((performance.now() - started) / 1000).toFixed(1)} s\n`,
  );
  if (argv.includes("--json")) process.stdout.write(`${JSON.stringify(outcomes)}\n`);
  return bad === 0 ? 0 : 1;
}
