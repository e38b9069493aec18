import { rmSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Finding, type Gate, isTest, type Tree } from "./gate.ts";
import { program } from "./programs.ts";

/** One import, as dependency-cruiser resolved it. */
interface Edge {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
  /** Loaded when it is wanted, not before: no reason for a cycle to fail. */
  readonly dynamic: boolean;
  readonly unresolved: boolean;
}

/** Every import of a tree (依赖图), and the sources that were read. */
export interface Graph {
  readonly sources: readonly string[];
  readonly edges: readonly Edge[];
}

interface Cruised {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly {
      readonly resolved: string;
      readonly module: string;
      readonly dynamic: boolean;
      readonly couldNotResolve: boolean;
      readonly coreModule: boolean;
      readonly dependencyTypes: readonly string[];
    }[];
  }[];
}

const folders = ["kernel", "modules", "apps", "demo"];
const counted = (file: string) => /^(kernel|modules|apps|demo)\/.*\.tsx?$/.test(file) && !/\.d\.ts$/.test(file);
const graphs = new WeakMap<Tree, Promise<Graph>>();

/** Reads all imports, type-only ones too. Made once a tree. */
export function graphOf(tree: Tree): Promise<Graph> {
  const known = graphs.get(tree) ?? cruise(tree);
  graphs.set(tree, known);
  return known;
}

async function cruise(tree: Tree): Promise<Graph> {
  const config = join(tmpdir(), `shanzhi-cruise-${process.pid}.cjs`);
  const tsConfig = join(process.cwd(), "tsconfig.json");
  writeFileSync(
    config,
    `module.exports = { options: { tsPreCompilationDeps: true, doNotFollow: { path: "node_modules" }, exclude: { path: "\\\\.css$" }, tsConfig: { fileName: ${JSON.stringify(tsConfig)} } } };`,
  );
  const present = folders.filter((folder) => tree.files.some((file) => file.startsWith(`${folder}/`)));
  const bin = join(process.cwd(), "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const { out, err } = await program(tree.root, [bin, "--config", config, "--output-type", "json", ...present]);
  rmSync(config, { force: true });
  if (!out.startsWith("{")) throw new Error(`dependency-cruiser did not answer: ${err.slice(0, 500)}`);
  const { modules } = JSON.parse(out) as Cruised;
  return {
    sources: modules.map((one) => one.source).filter(counted),
    edges: modules.flatMap((one) =>
      one.dependencies.map((to) => ({
        from: one.source,
        to: to.coreModule ? `node:${to.module.replace(/^node:/, "")}` : to.resolved,
        typeOnly: to.dependencyTypes.some((kind) => kind === "type-only" || kind === "type-import"),
        dynamic: to.dynamic,
        unresolved: to.couldNotResolve,
      })),
    ),
  };
}

const moduleOf = (file: string) => /^modules\/([^/]+)\//.exec(file)?.[1];
const isWeb = (file: string) => /^modules\/[^/]+\/web\/|^apps\/web\//.test(file);
const isServer = (file: string) => /^modules\/[^/]+\/server\/|^apps\/(server|cli)\//.test(file);
/** Rules, contracts, words and their like: what both sides share. */
const isShared = (file: string) => /^modules\/[^/]+\/[^/]+\.tsx?$/.test(file);
/** Lists that name the rooms; they change when a room is deleted, and nothing else does. */
const isComposition = (file: string) => /^apps\/|^modules\/rules\.ts$|^demo\//.test(file);
const pureKernel = /\.(rules|contract|words)\.tsx?$/;
/** Packages that a browser or a rule may load without harm. */
const harmless =
  /node_modules\/(zod|react|react-dom|react-router|antd|@ant-design|@tanstack|echarts|zrender|pinyin-pro|qr|qrcode-svg|dayjs|scheduler|rc-[\w-]+|@rc-component)\//;

/** Where a file leads at run time: `reached` and the way there. */
function reaches(graph: Graph, start: string, bad: (to: string) => boolean): string[] | undefined {
  const before = new Map<string, string | undefined>([[start, undefined]]);
  const queue = [start];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    for (const to of outgoing(graph, at)) {
      if (before.has(to)) continue;
      before.set(to, at);
      if (bad(to)) {
        const way = [to];
        for (let step: string | undefined = at; step !== undefined; step = before.get(step)) way.unshift(step);
        return way;
      }
      queue.push(to);
    }
  }
  return undefined;
}

const following = new WeakMap<Graph, Map<string, string[]>>();
function outgoing(graph: Graph, from: string): readonly string[] {
  let all = following.get(graph);
  if (!all) {
    all = new Map();
    for (const edge of graph.edges) if (!edge.typeOnly) all.set(edge.from, [...(all.get(edge.from) ?? []), edge.to]);
    following.set(graph, all);
  }
  return all.get(from) ?? [];
}

/** Groups of files that import each other in a ring (循环依赖), by Tarjan's algorithm. */
export function cycles(graph: Graph, withTypes: boolean): string[][] {
  const next = new Map<string, string[]>();
  for (const edge of graph.edges)
    if ((withTypes || !edge.typeOnly) && !edge.dynamic) next.set(edge.from, [...(next.get(edge.from) ?? []), edge.to]);
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const on = new Set<string>();
  const rings: string[][] = [];
  const enter = (file: string) => {
    order.set(file, order.size);
    low.set(file, order.get(file) as number);
    stack.push(file);
    on.add(file);
    for (const to of next.get(file) ?? []) {
      if (!order.has(to)) {
        enter(to);
        low.set(file, Math.min(low.get(file) as number, low.get(to) as number));
      } else if (on.has(to)) low.set(file, Math.min(low.get(file) as number, order.get(to) as number));
    }
    if (low.get(file) !== order.get(file)) return;
    const ring: string[] = [];
    for (let one = stack.pop(); one !== undefined; one = stack.pop()) {
      on.delete(one);
      ring.push(one);
      if (one === file) break;
    }
    if (ring.length > 1) rings.push(ring.reverse());
  };
  for (const file of next.keys()) if (!order.has(file)) enter(file);
  return rings;
}

const core = new Set(builtinModules.map((name) => `node:${name}`));
const touchesMachine = (to: string) =>
  core.has(to) || (to.startsWith("node:") && to !== "node:") || (/node_modules\//.test(to) && !harmless.test(to));

function direct({ from, to, unresolved }: Edge): Omit<Finding, "file">[] {
  const found: Omit<Finding, "file">[] = [];
  const no = (rule: string, message: string) => found.push({ rule, message: `${message}: ${to}` });
  const test = isTest(from);
  if (unresolved && /^[./]/.test(to)) no("unresolved", "imports what is not there");
  if (from.startsWith("kernel/") && /^(modules|apps|demo|bench|tools)\//.test(to))
    no("kernel-knows-no-module", "the kernel may not know a room");
  if (from.startsWith("modules/") && !test) {
    if (/^(demo|bench|tools)\//.test(to) || (to.startsWith("apps/") && !(isWeb(from) && to.startsWith("apps/web/"))))
      no("module-below-apps", "a room may not import what composes it");
  }
  if (isWeb(from) && isServer(to)) no("web-sees-no-server", "a page may not import the server");
  if (isShared(from) && isServer(to) && !test && !isComposition(from))
    no("shared-sees-no-server", "what both sides share may not import one side");
  const here = moduleOf(from);
  const there = moduleOf(to);
  if (there !== undefined && here !== there && !test && !isComposition(from) && !from.startsWith("kernel/")) {
    const door = isServer(from) ? /^modules\/[^/]+\/(server\/)?index\.ts$/ : /^modules\/[^/]+\/index\.ts$/;
    if (!door.test(to)) no("module-door", "another room is entered by its index.ts or server/index.ts");
  }
  if (!test && isTest(to) && !/^(demo|bench|tools)\//.test(from))
    no("product-sees-no-test", "what ships may not import a test");
  return found;
}

/** Two rooms that import each other are one room (互相依赖). */
function mutual(graph: Graph): Finding[] {
  const pairs = new Map<string, string>();
  for (const { from, to } of graph.edges) {
    const here = moduleOf(from);
    const there = moduleOf(to);
    if (here && there && here !== there && !isTest(from)) pairs.set(`${here} ${there}`, from);
  }
  return [...pairs].flatMap(([pair, file]) => {
    const [here, there] = pair.split(" ") as [string, string];
    return here < there && pairs.has(`${there} ${here}`)
      ? [
          {
            rule: "rooms-not-both-ways",
            file,
            message: `${here} and ${there} import each other: the lower one publishes, the higher reacts`,
          },
        ]
      : [];
  });
}

/** The directions of the house plan (方向): who may import whom. Read by dependency-cruiser with @swc/core. */
export const boundariesGate: Gate = {
  id: "boundaries",
  rules: [
    "unresolved",
    "kernel-knows-no-module",
    "module-below-apps",
    "web-sees-no-server",
    "web-reaches-machine",
    "shared-sees-no-server",
    "shared-is-pure",
    "module-door",
    "rooms-not-both-ways",
    "product-sees-no-test",
    "cycle",
  ],
  wants: (files) => files.filter(counted).length,
  async run(tree) {
    const graph = await graphOf(tree);
    const findings: Finding[] = graph.edges.flatMap((edge) => direct(edge).map((one) => ({ ...one, file: edge.from })));
    for (const file of graph.sources) {
      if (isTest(file)) continue;
      const pure = (isShared(file) && !isComposition(file)) || (file.startsWith("kernel/") && pureKernel.test(file));
      if (!pure && !isWeb(file)) continue;
      const way = reaches(graph, file, touchesMachine);
      if (way)
        findings.push({
          rule: pure ? "shared-is-pure" : "web-reaches-machine",
          file,
          message: way.slice(1).join(" → "),
        });
    }
    findings.push(...mutual(graph));
    findings.push(
      ...cycles(graph, false).map((ring) => ({
        rule: "cycle",
        file: [...ring].sort()[0] as string,
        message: ring.join(" → "),
      })),
    );
    return { findings, looked: graph.sources.length };
  },
};
