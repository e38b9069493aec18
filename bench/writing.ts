import { as, ask, type Desk, type Measure, middle, ms, pairOf, per, type Timed, timed } from "./desk.ts";
import type { Recorded } from "./floor.ts";
import type { LoadResult, Shot } from "./load.ts";
import { representatives } from "./people.ts";
import { sampleIds } from "./reading.ts";
import type { Figure } from "./table.ts";

/** The last whole year: its reports can be opened and sent today. */
const YEAR = new Date().getUTCFullYear() - 1;

interface JobRow {
  took: number | null;
  error: string | null;
}

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits for a job and says how many seconds it worked, from its claim to its end. */
export async function jobDone(desk: Desk, kind: string, having: Readonly<Record<string, unknown>>): Promise<number> {
  for (let waited = 0; waited < 1_200; waited++) {
    const [job] = await desk.sql<JobRow>(
      `select extract(epoch from finished_at - (claimed_until - interval '30 minutes'))::float as took, error from job
       where kind = $1 and input @> $2::jsonb and finished_at is not null order by finished_at desc limit 1`,
      [kind, JSON.stringify(having)],
    );
    if (job?.error) throw new Error(`${kind}: ${job.error}`);
    if (job && job.took !== null) return job.took;
    await sleep(500);
  }
  throw new Error(`${kind} was not done after ten minutes`);
}

export const openYear: Measure = async (desk) => {
  const shots = sampleIds(desk.size, 400).map(
    (id): Shot => ({ method: "GET", path: `/api/organisations/get?id=${id}`, headers: as("administrator") }),
  );
  const side = { port: desk.server.port, clients: 2, shots, once: false };
  await desk.load.run({ ...side, seconds: 1 });
  const calm = await desk.load.run({ ...side, seconds: desk.seconds });
  const answer = await ask<{ jobId: string | null }>(desk, {
    method: "POST",
    path: "/api/annual-inspection/open-year",
    headers: as("administrator"),
    body: JSON.stringify({ year: YEAR, homes: "all-below" }),
  });
  const loads: LoadResult[] = [];
  let done = false;
  const beside = (async () => {
    while (!done) loads.push(await desk.load.run({ ...side, seconds: 2 }));
  })();
  const took = answer.jobId ? await jobDone(desk, "annual-inspection.open-year", { year: YEAR }) : 0;
  done = true;
  await beside;
  const [counted] = await desk.sql<{ n: number }>(
    "select count(*)::integer as n from inspection_report where year = $1",
    [YEAR],
  );
  const opened = counted?.n ?? 0;
  await desk.sql("analyze inspection_report");
  await desk.sql("analyze duty");
  const busy = middle(loads.length > 1 ? loads.slice(0, -1) : loads);
  const goal = Math.max(1, (60 * desk.size) / 900_000);
  return [
    {
      figure: `opening the inspection year of ${desk.size.toLocaleString("en")} organisations`,
      value: `${took.toFixed(1)} s`,
      goal: `<= ${Math.round(goal)} s`,
      reached: took <= goal,
      note: `${opened.toLocaleString("en")} reports with their duties and counters; ${per(opened / took)}`,
    },
    {
      figure: "organisation page meanwhile, 2 clients, p99",
      value: `${ms(busy.p99)} ms`,
      goal: "others are not blocked",
      floor: `${ms(calm.p99)} ms before`,
      reached: busy.p99 <= Math.max(100, 4 * calm.p99),
      note: `p50 ${ms(busy.p50)} ms, before ${ms(calm.p50)} ms; worst ${ms(Math.max(...loads.map((one) => one.max)))} ms`,
    },
  ];
};

/** Figures that fit together, in fen, as a small social group reports them. */
const report = {
  donationIncomeFen: 30_000_000,
  membershipIncomeFen: 20_000_000,
  incomeTotalFen: 50_000_000,
  charitySpendFen: 40_000_000,
  adminFen: 5_000_000,
  spendTotalFen: 45_000_000,
  netAssetsStartFen: 10_000_000,
  netAssetsEndFen: 15_000_000,
  activityCount: 12,
};

const submission = (token: string): Shot => ({
  method: "POST",
  path: "/api/annual-inspection/submit-report",
  headers: { authorization: `Bearer ${token}`, "idempotency-key": `bench-${token}` },
  body: JSON.stringify({ year: YEAR, figures: report }),
});

export const submitReport: Measure = async (desk) => {
  const tokens = representatives(desk.size).map((one) => one.token);
  // Each report can be sent once: the floor gets reports of its own.
  const parts = desk.runs * (desk.recorded ? 2 : 1) + 1;
  const each = Math.min(1_500, Math.floor(tokens.length / parts));
  const shots = tokens.map(submission);
  const take = () => shots.splice(0, each);
  const warm = await desk.load.run({
    port: desk.server.port,
    clients: desk.clients,
    seconds: 20,
    shots: take(),
    once: true,
  });
  if (warm.bad > 0) throw new Error(`submit-report: ${warm.bad} of ${warm.count} were refused, e.g. ${warm.badSample}`);
  const ours: Timed[] = [];
  const bare: Timed[] = [];
  let sent = 0;
  for (let run = 0; run < desk.runs; run++) {
    const task = { clients: desk.clients, seconds: 20, once: true };
    ours.push(await timed(desk, desk.server, { ...task, shots: take() }));
    if (!desk.recorded) continue;
    const { recorder, app, floor } = desk.recorded;
    const recorded: Recorded[] = [];
    for (const shot of take()) recorded.push(await recorder.record(app, shot, true));
    await floor.learn(`submit-${run}`, recorded, desk.directory);
    sent = recorded.reduce((sum, one) => sum + one.steps.length, 0) / recorded.length;
    const body = JSON.stringify({ year: YEAR, figures: report });
    const replay = recorded.map((_, at): Shot => ({ method: "POST", path: `/submit-${run}/${at}`, body }));
    bare.push(await timed(desk, floor, { ...task, shots: replay }));
  }
  const { ours: mine, floor, ratio, behind } = pairOf(desk, "submit-report", ours, bare, sent);
  const figures: Figure[] = [];
  if (floor && ratio !== undefined)
    figures.push({
      figure: `command (submit a report), ${desk.clients} clients, throughput`,
      value: per(mine.rate),
      goal: ">= 0.6 of floor",
      floor: per(floor.rate),
      ratio,
      reached: ratio >= 0.6,
      note: `each organisation in a session of its own; ${behind}`,
    });
  figures.push({
    figure: `command (submit a report), ${desk.clients} clients, p99`,
    value: `${ms(mine.p99)} ms${floor ? "" : ` (${per(mine.rate)})`}`,
    goal: "<= 20 ms",
    ...(floor ? { floor: `${ms(floor.p99)} ms` } : {}),
    reached: mine.p99 <= 20,
    note: `p50 ${ms(mine.p50)}, p95 ${ms(mine.p95)} ms${floor ? `; floor p50 ${ms(floor.p50)}, p95 ${ms(floor.p95)} ms` : ""}`,
  });
  return figures;
};
