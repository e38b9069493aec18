import type { FastifyInstance } from "fastify";
import type pg from "pg";
import type { OpenHouse } from "../kernel/house/house.ts";
import { cpuOf, type FloorChild, type LoadChild, type ServerChild } from "./children.ts";
import { people } from "./fixture.ts";
import type { LoadResult, LoadTask, Shot } from "./load.ts";
import { median } from "./random.ts";
import type { listen } from "./record.ts";
import type { Figure } from "./table.ts";

/** Everything a measure needs (测量台). */
export interface Desk {
  readonly size: number;
  readonly runs: number;
  readonly seconds: number;
  readonly clients: number;
  /** Folder for files of this run. */
  readonly directory: string;
  readonly databaseUrl: string;
  /** The house opened here too, for recording statements; the measured server is another process. */
  readonly open: OpenHouse;
  readonly app: FastifyInstance;
  readonly recorder: ReturnType<typeof listen>;
  readonly server: ServerChild;
  readonly floor: FloorChild;
  readonly load: LoadChild;
  sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  say(line: string): void;
}

export type Measure = (desk: Desk) => Promise<Figure[]>;

export const as = (person: keyof typeof people): Record<string, string> => ({
  authorization: `Bearer ${people[person].token}`,
});

/** The public doors count requests by address: each request comes from another one, as the public does. */
export const fromAnywhere = (at: number): Record<string, string> => ({
  "x-forwarded-for": `10.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}`,
});

export const get = (
  operation: string,
  input: Readonly<Record<string, string | number>>,
  headers: Record<string, string>,
): Shot => ({
  method: "GET",
  path: `/api/${operation.replace(".", "/")}?${new URLSearchParams(Object.entries(input).map(([name, value]) => [name, String(value)])).toString()}`,
  headers,
});

/** Medians over runs of ours and the floor's, turn about, so that a neighbour's load falls on both. */
export interface Pair {
  readonly ours: LoadResult;
  readonly floor: LoadResult;
  /** Statements a request sends. */
  readonly sent: number;
  /** CPU time of our process and of the floor's, in milliseconds a request. */
  readonly cpu: { readonly ours: number; readonly floor: number };
}

/** Runs a load and says what CPU time the asked process used for each answer. */
export async function timed(
  desk: Desk,
  of: { readonly port: number; readonly pid: number },
  task: Omit<LoadTask, "port">,
): Promise<LoadResult & { cpu: number }> {
  const before = cpuOf(of.pid);
  const result = await desk.load.run({ ...task, port: of.port });
  return { ...result, cpu: (cpuOf(of.pid) - before) / Math.max(1, result.count) };
}

function middle(results: readonly LoadResult[]): LoadResult {
  const of = (name: "rate" | "p50" | "p95" | "p99" | "max") => median(results.map((one) => one[name]));
  return {
    count: results.reduce((sum, one) => sum + one.count, 0),
    bad: results.reduce((sum, one) => sum + one.bad, 0),
    badSample: results.find((one) => one.badSample)?.badSample ?? "",
    rate: of("rate"),
    p50: of("p50"),
    p95: of("p95"),
    p99: of("p99"),
    max: of("max"),
  };
}

/** Measures shots against the floor of what they send. */
export async function against(
  desk: Desk,
  set: string,
  shots: readonly Shot[],
  options: { readonly recorded?: number; readonly clients?: number } = {},
): Promise<Pair> {
  const clients = options.clients ?? desk.clients;
  const recorded = [];
  // The first answer brings the session along, the next ones know it.
  for (const shot of shots.slice(0, 2)) await desk.recorder.record(desk.app, shot);
  for (const shot of shots.slice(0, options.recorded ?? 200)) recorded.push(await desk.recorder.record(desk.app, shot));
  await desk.floor.learn(set, recorded, desk.directory);
  const floorShots = recorded.map((_, at): Shot => ({ method: "GET", path: `/${set}/${at}` }));
  const ours: (LoadResult & { cpu: number })[] = [];
  const floor: (LoadResult & { cpu: number })[] = [];
  const task = { clients, once: false };
  await desk.load.run({ ...task, port: desk.server.port, seconds: 1, shots });
  await desk.load.run({ ...task, port: desk.floor.port, seconds: 1, shots: floorShots });
  for (let run = 0; run < desk.runs; run++) {
    ours.push(await timed(desk, desk.server, { ...task, seconds: desk.seconds, shots }));
    floor.push(await timed(desk, desk.floor, { ...task, seconds: desk.seconds, shots: floorShots }));
  }
  const pair = {
    ours: middle(ours),
    floor: middle(floor),
    sent: recorded.reduce((sum, one) => sum + one.steps.length, 0) / recorded.length,
    cpu: { ours: median(ours.map((one) => one.cpu)), floor: median(floor.map((one) => one.cpu)) },
  };
  if (pair.ours.bad > 0) throw new Error(`${set}: ${pair.ours.bad} answers were refused, e.g. ${pair.ours.badSample}`);
  if (pair.floor.bad > 0)
    throw new Error(`${set}: the floor failed ${pair.floor.bad} times, e.g. ${pair.floor.badSample}`);
  desk.say(
    `${set}: ours ${ms(pair.ours.p50)}/${ms(pair.ours.p95)}/${ms(pair.ours.p99)} ms, ${Math.round(pair.ours.rate)}/s; floor ${ms(pair.floor.p50)}/${ms(pair.floor.p95)}/${ms(pair.floor.p99)} ms, ${Math.round(pair.floor.rate)}/s; ${pair.sent.toFixed(1)} statements; CPU ${pair.cpu.ours.toFixed(2)} / ${pair.cpu.floor.toFixed(2)} ms each`,
  );
  return pair;
}

export const ms = (value: number): string => (value < 10 ? value.toFixed(1) : String(Math.round(value)));
export const per = (value: number): string => `${Math.round(value)}/s`;
