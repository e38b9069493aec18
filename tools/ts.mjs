// Runs one of the tools written in TypeScript: bundles it beside the project's packages and imports it.
// Usage: node tools/ts.mjs check|scoreboard|diagrams|... [arguments]
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const [name = "", ...rest] = process.argv.slice(2);
if (!/^[a-z][a-z-]*(\/[a-z][a-z-]*)*$/.test(name)) {
  process.stderr.write("usage: node tools/ts.mjs NAME [arguments], for a program tools/NAME.ts\n");
  process.exit(2);
}
process.chdir(root);
// One file per process: two checks at the same time must not overwrite each other's program.
const file = join(root, "dist/tools", `${name.replaceAll("/", "-")}-${process.pid}.mjs`);
mkdirSync(join(root, "dist/tools"), { recursive: true });
process.on("exit", () => rmSync(file, { force: true }));
await build({
  absWorkingDir: root,
  entryPoints: [`tools/${name}.ts`],
  outfile: file,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  packages: "external",
  jsx: "automatic",
  sourcemap: "inline",
  logLevel: "warning",
});
process.argv.splice(1, 2, file);
process.setSourceMapsEnabled(true);
const { main } = await import(pathToFileURL(file).href);
process.exitCode = await main(rest);
