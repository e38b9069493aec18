import type { FastifyInstance } from "fastify";
import type pg from "pg";
import type { OpenHouse } from "../kernel/house/house.ts";
import { cpuOf, type FloorChild, type LoadChild, type ServerChild } from "./children.ts";
import { people } from "./fixture.ts";
import type { Recorded } from "./floor.ts";
import type { LoadResult, LoadTask, Shot } from "./load.ts";
import { median } from "./random.ts";
import type { listen } from "./record.ts";
import type { Figure } from "./table.ts";

/** What floors are made with: the house opened here too, its statements listened to; the measured server is another process. */
export interface Recording {
  readonly open: OpenHouse;
  readonly app: FastifyInstance;
  readonly recorder: ReturnType<typeof listen>;
  readonly floor: FloorChild;
}

/** Everything a measure needs (测量台). */
export interface Desk {
  readonly size: number;
  readonly runs: number;
  readonly seconds: number;
  readonly clients: number;
  /** Folder for files of this run. */
  readonly directory: string;
  /** Absent on the embedded database. */
  readonly databaseUrl: string | undefined;
  readonly server: ServerChild;
  readonly load: LoadChild;
  /** Absent on the embedded database: only the server itself may open it, so its figures stand without a floor. */
  readonly recorded?: Recording;
  /** Asks the database as its owner; not on the embedded one. */
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
): Shot => {
  const query = new URLSearchParams(Object.entries(input).map(([name, value]) => [name, String(value)]));
  return { method: "GET", path: `/api/${operation.replace(".", "/")}?${query.toString()}`, headers };
};

/** Asks the measured server once. */
export async function ask<T>(desk: Desk, shot: Shot): Promise<T> {
  const response = await fetch(`http://127.0.0.1:${desk.server.port}${shot.path}`, {
    method: shot.method,
    headers: { ...shot.headers, ...(shot.body === undefined ? {} : { "content-type": "application/json" }) },
    ...(shot.body === undefined ? {} : { body: shot.body }),
  });
  if (!response.ok)
    throw new Error(`${shot.path} answered ${response.status}: ${(await response.text()).slice(0, 600)}`);
  return (await response.json()) as T;
}

/** Results of the same load, each figure the median. */
export function middle(results: readonly LoadResult[]): LoadResult {
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

/** A load with the CPU time the asked process used for each answer, in milliseconds. */
export type Timed = LoadResult & { readonly cpu: number };

export async function timed(
  desk: Desk,
  of: { readonly port: number; readonly pid: number },
  task: Omit<LoadTask, "port">,
): Promise<Timed> {
  const before = cpuOf(of.pid);
  const result = await desk.load.run({ ...task, port: of.port });
  return { ...result, cpu: (cpuOf(of.pid) - before) / Math.max(1, result.count) };
}

/** Ours against the floor of the same statements; medians over runs turn about, so that a neighbour's load falls on both. */
export interface Pair {
  readonly ours: LoadResult;
  readonly floor?: LoadResult;
  /** Our rate against the floor's. */
  readonly ratio?: number;
  /** What stands behind it, for the notes of the table. */
  readonly behind: string;
}

/** The middle of runs of ours and, where there is one, of the floor's; refused answers stop the measure. */
export function pairOf(desk: Desk, name: string, ours: readonly Timed[], floor: readonly Timed[], sent: number): Pair {
  const mine = middle(ours);
  if (mine.bad > 0) throw new Error(`${name}: ${mine.bad} answers were refused, e.g. ${mine.badSample}`);
  const told = (one: LoadResult) => `${ms(one.p50)}/${ms(one.p95)}/${ms(one.p99)} ms, ${per(one.rate)}`;
  const cpu = (runs: readonly Timed[]) => median(runs.map((one) => one.cpu)).toFixed(2);
  if (floor.length === 0) {
    const behind = `p50 ${ms(mine.p50)}, p99 ${ms(mine.p99)} ms; CPU ${cpu(ours)} ms each`;
    desk.say(`${name}: ${told(mine)}; CPU ${cpu(ours)} ms each`);
    return { ours: mine, behind };
  }
  const bare = middle(floor);
  if (bare.bad > 0) throw new Error(`${name}: the floor failed ${bare.bad} times, e.g. ${bare.badSample}`);
  desk.say(
    `${name}: ours ${told(mine)}; floor ${told(bare)}; ${sent.toFixed(1)} statements; CPU ${cpu(ours)} / ${cpu(floor)} ms each`,
  );
  const behind = `p50 ${ms(mine.p50)}, p99 ${ms(mine.p99)} ms, floor ${ms(bare.p50)}, ${ms(bare.p99)} ms; ${sent.toFixed(1)} statements; CPU ${cpu(ours)} ms each, floor ${cpu(floor)}`;
  return { ours: mine, floor: bare, ratio: mine.rate / bare.rate, behind };
}

/** Measures questions against the floor of what they send. */
export async function against(
  desk: Desk,
  name: string,
  shots: readonly Shot[],
  options: { readonly recorded?: number; readonly clients?: number } = {},
): Promise<Pair> {
  const task = { clients: options.clients ?? desk.clients, once: false };
  const floorShots: Shot[] = [];
  let sent = 0;
  if (desk.recorded) {
    const { recorder, app, floor } = desk.recorded;
    const recorded: Recorded[] = [];
    // The first answer brings the session along, the next ones know it.
    for (const shot of shots.slice(0, 2)) await recorder.record(app, shot);
    for (const shot of shots.slice(0, options.recorded ?? 200)) recorded.push(await recorder.record(app, shot));
    await floor.learn(name, recorded, desk.directory);
    sent = recorded.reduce((sum, one) => sum + one.steps.length, 0) / recorded.length;
    floorShots.push(...recorded.map((_, at): Shot => ({ method: "GET", path: `/${name}/${at}` })));
    await desk.load.run({ ...task, port: floor.port, seconds: 1, shots: floorShots });
  }
  await desk.load.run({ ...task, port: desk.server.port, seconds: 1, shots });
  const ours: Timed[] = [];
  const floor: Timed[] = [];
  for (let run = 0; run < desk.runs; run++) {
    ours.push(await timed(desk, desk.server, { ...task, seconds: desk.seconds, shots }));
    if (desk.recorded)
      floor.push(await timed(desk, desk.recorded.floor, { ...task, seconds: desk.seconds, shots: floorShots }));
  }
  return pairOf(desk, name, ours, floor, sent);
}

/** A latency and a rate for the table. */
export const told = (name: "p50" | "p95" | "p99", one: LoadResult): string => `${ms(one[name])} ms (${per(one.rate)})`;
export const ms = (value: number): string => (value < 10 ? value.toFixed(1) : String(Math.round(value)));
export const per = (value: number): string => `${Math.round(value).toLocaleString("en")}/s`;
