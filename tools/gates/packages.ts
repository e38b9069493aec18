import { join } from "node:path";
import type { Finding, Gate } from "./gate.ts";

interface Package {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<
    Record<
      string,
      Package & {
        readonly version?: string;
        readonly license?: string;
        readonly dev?: boolean;
        readonly devOptional?: boolean;
        readonly resolved?: string;
      }
    >
  >;
}

/** Licences that may ship with the house (许可证): permissive ones, and the font's. */
const welcome =
  /^\(?(MIT|MIT-0|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|ISC|0BSD|BlueOak-1\.0\.0|OFL-1\.1|CC0-1\.0|Unlicense|Python-2\.0|PostgreSQL)( (OR|AND) [\w.-]+)*\)?$/;

/** Packages that name no licence in their package.json, read by hand. */
const readByHand: Readonly<Record<string, string>> = { "png-js": "MIT, by its LICENSE file and README" };

/** What is installed is what was tried (依赖): exact versions, a lock in step, licences that may ship. */
export const packagesGate: Gate = {
  id: "packages",
  rules: ["loose-version", "lock-out-of-step", "licence"],
  wants: () => 2,
  async run(tree) {
    const folder = tree.planted ? "packages" : "";
    const file = join(folder, "package.json");
    const lockFile = join(folder, "package-lock.json");
    const own = JSON.parse(tree.read(file)) as Package;
    const lock = JSON.parse(tree.read(lockFile)) as Lock;
    const found: Finding[] = [];
    const rootOfLock = lock.packages[""] ?? {};
    for (const kind of ["dependencies", "devDependencies"] as const)
      for (const [name, range] of Object.entries(own[kind] ?? {})) {
        if (!/^(npm:[@\w/-]+@)?\d+\.\d+\.\d+([-+][\w.]+)?$/.test(range))
          found.push({ rule: "loose-version", file, message: `${name} ${range}: name the version that was tried` });
        if (rootOfLock[kind]?.[name] !== range)
          found.push({
            rule: "lock-out-of-step",
            file: lockFile,
            message: `${name} is ${range} in package.json and ${rootOfLock[kind]?.[name] ?? "absent"} in the lock: npm install`,
          });
      }
    for (const [path, one] of Object.entries(lock.packages)) {
      if (path === "" || one.dev || one.devOptional) continue;
      const name = path.replace(/^.*node_modules\//, "");
      if (!welcome.test(one.license ?? "") && !(name in readByHand))
        found.push({
          rule: "licence",
          file: lockFile,
          message: `${name} ${one.version ?? ""}: ${one.license ?? "no licence named"}`,
        });
    }
    return { findings: found, looked: 2 };
  },
};
