/** The command line programs, by name; each answers its exit code. */
const programs: Readonly<Record<string, () => Promise<{ main: (argv: readonly string[]) => Promise<number> }>>> = {
  decide: () => import("./decide.ts"),
  "verify-journal": () => import("./verify-journal.ts"),
  backup: () => import("./backup.ts"),
  restore: () => import("./restore.ts"),
  reconcile: () => import("./reconcile.ts"),
  "simulate-monitors": () => import("./simulate-monitors.ts"),
  "rotate-keys": () => import("./rotate-keys.ts"),
};

export {};

const [name = "", ...argv] = process.argv.slice(2);
const load = programs[name];
if (!load) {
  process.stderr.write(`no such program: ${name}; known are ${Object.keys(programs).join(", ")}\n`);
  process.exitCode = 2;
} else {
  const { main } = await load();
  process.exitCode = await main(argv);
}
