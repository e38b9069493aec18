// Bundles the measures and the server they measure into dist/bench, and runs them.
// Usage: npm run bench -- [--quick] [--size 900000] [--only search,list,…] [--json FILE]; see docs/guide/measures or bench/main.ts
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = join(root, "dist/bench");

/** A short name of everything that a fixture is made of: when one of these changes, it is built anew. */
function digestOf(folders, files) {
  const hash = createHash("sha256");
  const inside = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.includes(".test."))
      .map((entry) => `${folder}/${entry.name}`),
  );
  for (const file of [...inside, ...files].sort()) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest("hex").slice(0, 12);
}

const register = "modules/organisations";
const registerSources = () =>
  digestOf(
    ["kernel/migrations", "kernel/search", "kernel/divisions", `${register}/server/migrations`],
    [
      "bench/fixture.ts",
      "bench/organisations.ts",
      "bench/data/names.json",
      ...["organisation.row", "organisations.publication", "organisations.indicators"].map(
        (name) => `${register}/server/${name}.ts`,
      ),
    ],
  );
const careSources = () =>
  digestOf(
    ["kernel/migrations", "modules/people/server/migrations", "modules/visiting-care/server/migrations"],
    ["bench/care-fixture.ts"],
  );
const ledgerSources = () =>
  digestOf(
    ["kernel/migrations", "modules/organisations/server/migrations", "modules/donations/server/migrations"],
    ["bench/ledger-fixture.ts", "kernel/ledger/account.ts", "modules/donations/server/recipient.ts"],
  );

mkdirSync(join(out, "chunks"), { recursive: true });
await build({
  absWorkingDir: root,
  entryPoints: {
    main: "bench/main.ts",
    floor: "bench/floor.ts",
    load: "bench/load.ts",
    server: "apps/server/main.ts",
    "sheet-worker": "kernel/sheet/worker.ts",
  },
  outdir: out,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  packages: "external",
  jsx: "automatic",
  sourcemap: "linked",
  logLevel: "warning",
  chunkNames: "chunks/[name]-[hash]",
});
for (const folder of [out, join(out, "chunks")])
  cpSync(join(root, "kernel/database/pglite-child.mjs"), join(folder, "pglite-child.mjs"));

const child = spawn(process.execPath, ["--enable-source-maps", join(out, "main.js"), ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, BENCH_FIXTURE: registerSources(), BENCH_CARE: careSources(), BENCH_LEDGER: ledgerSources() },
});
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
