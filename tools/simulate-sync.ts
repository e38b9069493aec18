import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { modules } from "../apps/modules.ts";
import { careLand, carePlaces } from "../apps/testing/care-land.ts";
import { deliveryLand } from "../apps/testing/delivery-land.ts";
import { type Plant, plants, type playRun, playRuns } from "../kernel/sync/testing/simulation.ts";
import { toyModule } from "../kernel/sync/testing/toy.ts";
import { toyLand } from "../kernel/sync/testing/toy-land.ts";
import { testHouse } from "../kernel/testing/house.ts";

const usage = `usage: npm run simulate:sync -- [--runs N] [--seed S] [--land care|delivery|toy] [--lanes L] [--plant ${plants.join("|")}]
SHANZHI_TEST_URL names a PostgreSQL; without it the embedded database is used, one lane at a time.`;

interface Wishes {
  readonly runs: number;
  readonly seed: number;
  readonly lanes: number;
  readonly land: "care" | "delivery" | "toy";
  readonly plant: Plant | undefined;
}

function wishesOf(argv: readonly string[]): Wishes | undefined {
  const given = new Map<string, string>();
  for (let at = 0; at < argv.length; at += 2) {
    const [name, value] = [argv[at] ?? "", argv[at + 1]];
    if (!["--runs", "--seed", "--lanes", "--land", "--plant"].includes(name) || value === undefined) return undefined;
    given.set(name, value);
  }
  const number = (name: string, otherwise: number) => {
    const value = Number(given.get(name) ?? otherwise);
    return Number.isSafeInteger(value) && value > 0 ? value : Number.NaN;
  };
  const land = given.get("--land") ?? "care";
  const plant = given.get("--plant");
  const [runs, seed] = [number("--runs", 100), number("--seed", 1)];
  const lanes = number("--lanes", process.env.SHANZHI_TEST_URL ? 4 : 1);
  if (![runs, seed, lanes].every(Number.isFinite) || (land !== "care" && land !== "delivery" && land !== "toy"))
    return undefined;
  if (plant !== undefined && !plants.some((one) => one === plant)) return undefined;
  return { runs, seed, lanes, land, plant: plants.find((one) => one === plant) };
}

const toyPlaces = (lanes: number) =>
  Array.from({ length: lanes }, (_, lane) => {
    const homes = [String(630301 + lane * 2), String(630302 + lane * 2)] as const;
    return { homes, villages: homes.flatMap((home) => [1, 2, 3].map((n) => `${home}10000${n}`)) };
  });

/**
 * `simulate:sync` (手机同步模拟): plays courses of events with phones on a bad network and compares the books after each.
 * Exit 0 when every run is clean; 1 with the seeds that failed and how to see them again; 2 for a wrong call.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const wishes = wishesOf(argv);
  if (!wishes) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const { runs, seed, land, lanes, plant } = wishes;
  // Bundled, the program stands beside no database child: it is put there.
  const child = join(import.meta.dirname, "pglite-child.mjs");
  if (!existsSync(child)) cpSync(join(process.cwd(), "kernel/database/pglite-child.mjs"), child);
  const house = await testHouse(land === "toy" ? [toyModule] : modules);
  const makeLand = { care: careLand, delivery: deliveryLand, toy: toyLand }[land];
  const began = performance.now();
  let [done, acts, held] = [0, 0, 0];
  const failed: number[] = [];
  try {
    const places = land === "toy" ? toyPlaces(lanes) : await carePlaces(house, lanes);
    const tell = (report: Awaited<ReturnType<typeof playRun>>) => {
      done++;
      acts += report.acts;
      held += report.held;
      if (report.problems.length > 0) {
        failed.push(report.seed);
        if (failed.length <= 5) {
          process.stdout.write(`seed ${report.seed}:\n  ${report.problems.join("\n  ")}\n`);
          if (runs === 1) process.stdout.write(`  what happened:\n  ${report.log.join("\n  ")}\n`);
          const again = `npm run simulate:sync -- --runs 1 --seed ${report.seed} --land ${land} --lanes 1`;
          process.stdout.write(`  to see it again: ${again}${plant ? ` --plant ${plant}` : ""}\n`);
        }
      }
      if (done % 100 === 0)
        process.stdout.write(
          `${done} runs, ${failed.length} failed, ${(done / ((performance.now() - began) / 1_000)).toFixed(1)} a second\n`,
        );
    };
    await playRuns(house, places, runs, seed, makeLand, tell, plant);
  } finally {
    await house.close();
  }
  const seconds = (performance.now() - began) / 1_000;
  process.stdout.write(
    `${done} runs from seed ${seed} (${land}), ${acts} acts, ${held} held, ${failed.length} failed, ${seconds.toFixed(0)} s, ${(done / seconds).toFixed(1)} runs a second\n`,
  );
  return failed.length > 0 ? 1 : 0;
}
