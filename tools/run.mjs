// Builds what is stale and runs one of the programs: server, or a command line tool by its name.
// Usage: node tools/run.mjs server | decide FILE | verify-journal [FILE] | backup FILE | restore FILE | rotate-keys | build
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(process.env.INIT_CWD && process.argv[2] !== "server" ? process.env.INIT_CWD : process.cwd());

function stamp(folders, pattern) {
  const hash = createHash("sha256");
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (pattern.test(entry.name)) {
        const { size, mtimeMs } = statSync(path);
        hash.update(`${path} ${size} ${mtimeMs}\n`);
      }
    }
  };
  for (const folder of folders) if (existsSync(join(root, folder))) walk(join(root, folder));
  hash.update(readFileSync(join(root, "package.json")));
  return hash.digest("hex");
}

async function whenStale(name, now, build) {
  const file = join(root, "dist", `${name}.stamp`);
  if (existsSync(file) && readFileSync(file, "utf8") === now) return;
  mkdirSync(join(root, "dist"), { recursive: true });
  await build();
  writeFileSync(file, now);
}

async function buildServer() {
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: root,
    entryPoints: {
      server: "apps/server/main.ts",
      cli: "apps/cli/main.ts",
      "sheet-worker": "kernel/sheet/worker.ts",
    },
    outdir: "dist",
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
  cpSync(join(root, "kernel/database/pglite-child.mjs"), join(root, "dist/pglite-child.mjs"));
  cpSync(join(root, "kernel/database/pglite-child.mjs"), join(root, "dist/chunks/pglite-child.mjs"));
}

async function buildWeb() {
  // A caller's own NODE_ENV (a test run's "test") must not decide what is shipped: Vite would build the development
  // pages, without the service worker.
  const callers = process.env.NODE_ENV;
  process.env.NODE_ENV = "production";
  try {
    const { build } = await import("vite");
    const configFile = join(root, "vite.config.ts");
    await build({ root: join(root, "apps/web"), configFile, logLevel: "warn" });
    await build({ root: join(root, "apps/web/field"), configFile, mode: "field", logLevel: "warn" });
  } finally {
    if (callers === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = callers;
  }
}

async function buildAll() {
  const sources = ["kernel", "modules", "apps", "demo"];
  await whenStale("server", stamp(sources, /\.(ts|tsx|mjs|json)$/), buildServer);
  if (existsSync(join(root, "apps/web/index.html"))) {
    const web = stamp(sources, /\.(ts|tsx|css|svg|html|png|webmanifest)$/);
    const vite = existsSync(join(root, "node_modules/vite"));
    if (vite) await whenStale("web", web, buildWeb);
    else if (!existsSync(join(root, "dist/web")))
      throw new Error("dist/web is missing: run `npm run build` on a machine with the development packages");
  }
}

const [program = "server", ...rest] = process.argv.slice(2);
if (program === "build") {
  await buildAll();
} else {
  if (program === "server") await buildAll();
  else await whenStale("server", stamp(["kernel", "modules", "apps", "demo"], /\.(ts|tsx|mjs|json)$/), buildServer);
  const entry = program === "server" ? "server.js" : "cli.js";
  const args = program === "server" ? rest : [program, ...rest];
  const child = spawn(
    process.execPath,
    [
      "--enable-source-maps",
      // What outlives the rows of an import is looked at before it has grown to four times what is needed.
      "--max-semi-space-size=16",
      "--heap-growing-percent=150",
      join(root, "dist", entry),
      ...args,
    ],
    { stdio: "inherit" },
  );
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
