import { type Carer, careCounty, careProvince, workerToken } from "./care-fixture.ts";
import { ask, type Desk, type Measure, middle, ms, type Pair, pairOf, per, type Timed, timed } from "./desk.ts";
import type { Recorded, Step } from "./floor.ts";
import type { Shot } from "./load.ts";
import type { Figure } from "./table.ts";

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
export const by = (carer: Carer) => bearer(carer);
const categories = ["living_alone", "empty_nest", "left_behind"] as const;

interface Person {
  readonly id: string;
  readonly enrolment: string;
  readonly code: string;
  readonly home: string;
  readonly worker: number;
  readonly villages: string[];
}

/** People anywhere, none twice, each with the worker of the village. */
async function somebody(desk: Desk, count: number, from: number): Promise<Person[]> {
  return desk.sql<Person & { [column: string]: unknown }>(
    `select p.id, p.enrolment, p.code, p.home, w.at as worker, w.villages
     from bench_worker w, unnest(w.villages) as village join bench_person p on p.code = village
     order by md5(p.id::text) offset $1 limit $2`,
    [from, count],
  );
}

const begin = (role: string, settings: Readonly<Record<string, string>>): Step => ({
  text: `begin; set local role shanzhi_${role}; ${Object.entries(settings)
    .map(([name, value]) => `set local app.${name} = '${value}'`)
    .join("; ")}`,
});
const commit: Step = { text: "commit" };

/** What a correct handler cannot do without (下限): the person in scope, the key, the visit, the audit row, the leaf counter. */
function visitFloor(person: Person, at: Date): Recorded {
  const id = crypto.randomUUID();
  const month = at.toISOString().slice(0, 7);
  return {
    answer: { id, counts: true, month },
    steps: [
      begin("worker", { divisions: person.villages.join(","), home: person.home }),
      {
        name: "floor-person",
        text: "select id from person where home_code = $1 and id = $2",
        values: [person.home, person.id],
      },
      {
        name: "floor-key",
        text: "insert into idempotency (actor_id, operation, key, input_digest, at) values ($1, 'visiting-care.record-visit', $2, 'digest', $3) on conflict do nothing",
        values: [person.id, id, at],
      },
      // A worker's own rights end at reading: visits are written by the system, once the rules have agreed.
      { text: "set local role shanzhi_system" },
      {
        name: "floor-visit",
        text: `insert into care_visit (home_code, id, division_code, recorded_division_code, enrolment_id, person_id, at, recorded_at, month, mode, met, counts, worker_name, offline, rule_version)
          values ($1, $2, $3, $3, $4, $5, $6, $6, $7, 'home', 'person', true, 'floor', false, '2022-10-26')`,
        values: [person.home, id, person.code, person.enrolment, person.id, at, month],
      },
      {
        name: "floor-audit",
        text: `insert into bench_audit (home_code, id, division_code, at, operation, subject_id, payload, request_id)
          values ($1, $2, $3, $4, 'visiting-care.record-visit', $5, $6, $7)`,
        values: [
          person.home,
          crypto.randomUUID(),
          person.code,
          at,
          person.id,
          JSON.stringify({ id, mode: "home" }),
          id,
        ],
      },
      {
        name: "floor-cell",
        text: `insert into bench_cell as cell (home_code, division_code, period, value) values ($1, $2, $3, 1)
          on conflict (home_code, period, division_code) do update set value = cell.value + 1`,
        values: [person.home, person.code, month],
      },
      commit,
    ],
  };
}

/** Tables of the floor: an audit row and a leaf counter under the same policies as ours. */
async function floorTables(desk: Desk): Promise<void> {
  await desk.sql(`
    create table if not exists bench_audit (home_code text collate "C" not null, id uuid not null, division_code text collate "C" not null, at timestamptz not null,
      operation text not null, subject_id uuid, payload jsonb not null, request_id text not null, primary key (home_code, id));
    create table if not exists bench_cell (home_code text collate "C" not null, division_code text collate "C" not null, period text not null, value bigint not null,
      primary key (home_code, period, division_code));
    alter table bench_audit enable row level security; alter table bench_cell enable row level security;
    drop policy if exists bench on bench_audit; create policy bench on bench_audit to shanzhi_system using (true) with check (true);
    drop policy if exists bench on bench_cell; create policy bench on bench_cell to shanzhi_system using (true) with check (true);
    grant select, insert, update on bench_audit, bench_cell to shanzhi_system`);
}

/** Ours and a floor written by hand, turn about. */
export async function beside(
  desk: Desk,
  name: string,
  take: () => Promise<readonly Shot[]>,
  bare: () => Promise<readonly Recorded[]>,
  once: boolean,
): Promise<Pair> {
  const floor = desk.recorded?.floor;
  const ours: Timed[] = [];
  const under: Timed[] = [];
  const task = { clients: desk.clients, seconds: once ? 20 : desk.seconds, once };
  const warm = await desk.load.run({ ...task, seconds: 2, port: desk.server.port, shots: await take() });
  if (warm.bad > 0) throw new Error(`${name}: ${warm.bad} of ${warm.count} were refused, e.g. ${warm.badSample}`);
  let sent = 0;
  for (let run = 0; run < desk.runs; run++) {
    ours.push(await timed(desk, desk.server, { ...task, shots: await take() }));
    if (!floor) continue;
    const recorded = await bare();
    await floor.learn(`${name}-${run}`, recorded, desk.directory);
    sent = (recorded[0] as Recorded).steps.length;
    const shots = recorded.map((_, at): Shot => ({ method: "GET", path: `/${name}-${run}/${at}` }));
    if (run === 0 && !once) await desk.load.run({ ...task, seconds: 1, port: floor.port, shots });
    under.push(await timed(desk, floor, { ...task, shots }));
  }
  return pairOf(desk, name, ours, under, sent);
}

const throughput = (figure: string, pair: Pair, note = ""): Figure => ({
  figure,
  value: per(pair.ours.rate),
  goal: ">= 0.75 of floor",
  ...(pair.floor ? { floor: per(pair.floor.rate) } : {}),
  ...(pair.ratio === undefined ? {} : { ratio: pair.ratio, reached: pair.ratio >= 0.75 }),
  note: `${pair.behind}${note}`,
});

/** W1: a visit over HTTP, each of another person, by the worker of the village. */
export const recordVisits: Measure = async (desk) => {
  await floorTables(desk);
  const [{ n = 0 } = {}] = await desk.sql<{ n: number }>("select count(*)::int as n from bench_person");
  // Nobody is visited twice: the warm-up, and each run of ours and of the floor, has people of its own.
  const each = Math.min(6_000, Math.floor(n / (2 * desk.runs + 1)));
  let from = 0;
  const next = async () => {
    const people = await somebody(desk, each, from);
    from += each;
    return people;
  };
  const take = async () =>
    (await next()).map((person): Shot => {
      const body = { id: crypto.randomUUID(), personId: person.id, mode: "home", met: "person" };
      return {
        method: "POST",
        path: "/api/visiting-care/record-visit",
        headers: { ...bearer(workerToken(person.worker)), "idempotency-key": body.id },
        body: JSON.stringify(body),
      };
    });
  const pair = await beside(
    desk,
    "record-visit",
    take,
    async () => (await next()).map((person) => visitFloor(person, new Date())),
    true,
  );
  return [
    throughput("W1 record a visit, 16 clients", pair),
    {
      figure: "W1 record a visit, 16 clients, p99",
      value: `${ms(pair.ours.p99)} ms`,
      goal: "<= 20 ms",
      ...(pair.floor ? { floor: `${ms(pair.floor.p99)} ms` } : {}),
      reached: pair.ours.p99 <= 20,
    },
  ];
};

const county = { lo: careCounty, hi: "330107", home: careCounty };

/** W2: a person's page, whatever the length of the history. */
export const personPage: Measure = async (desk) => {
  const people = await desk.sql<{ id: string }>(
    "select id from bench_person where home = $1 order by md5(id::text) limit 2000",
    [careCounty],
  );
  const shots = people.map(
    ({ id }): Shot => ({ method: "GET", path: `/api/visiting-care/get-person?id=${id}`, headers: by("care-county") }),
  );
  const sample = await ask<{ visits: unknown[] }>(desk, shots[0] as Shot);
  const bare = people.map(
    ({ id }): Recorded => ({
      answer: sample,
      steps: [
        begin("staff", county),
        {
          name: "floor-page",
          text: `select to_jsonb(p) as person, to_jsonb(e) as plan,
              (select jsonb_agg(to_jsonb(v)) from (select * from care_visit where person_id = p.id order by at desc, id desc limit 12) v) as visits
            from person p join care_enrolment e on e.person_id = p.id and e.home_code = p.home_code where p.id = $1`,
          values: [id],
        },
        commit,
      ],
    }),
  );
  const pair = await beside(
    desk,
    "care-person",
    async () => shots,
    async () => bare,
    false,
  );
  return [throughput("W2 a person's page, 16 clients", pair, "; the floor reads person, plan and twelve visits only")];
};

interface ListAnswer {
  readonly next: string | null;
  readonly total: number | null;
  readonly people: readonly { readonly id: string; readonly lastVisitAt: string }[];
}

const listShot = (carer: Carer, division: string, after?: string): Shot => {
  const query = new URLSearchParams({ division, order: "last-visit", state: "enrolled", limit: "50" });
  for (const one of categories) query.append("category", one);
  if (after) query.set("after", after);
  return { method: "GET", path: `/api/visiting-care/list-people?${query}`, headers: by(carer) };
};

function listFloor(answer: unknown, after: string): Recorded {
  const branch = (
    at: number,
  ) => `(select id, division_code, name, born_on, categories, risk, last_visit_sort from care_enrolment
    where home_code = $1 and state = 'enrolled' and '${categories[at]}' = any (categories) and last_visit_sort > $2 order by last_visit_sort, id limit 50)`;
  return {
    answer,
    steps: [
      begin("staff", county),
      {
        name: "floor-list",
        text: `select * from (${branch(0)} union all ${branch(1)} union all ${branch(2)}) one order by last_visit_sort, id limit 50`,
        values: [careCounty, after],
      },
      {
        name: "floor-total",
        text: "select sum(value) from indicator_sum where indicator = 'visiting-care.stock' and digits = 6 and division_code = $1",
        values: [careCounty],
      },
      commit,
    ],
  };
}

/** W3: a county's list by three classes, sorted by last visit, with total; page 1, page 100, and a township's. */
export const careList: Measure = async (desk) => {
  let cursor: string | null = null;
  let far: ListAnswer | undefined;
  let page = 1;
  for (; page < 100; page++) {
    far = await ask<ListAnswer>(desk, listShot("care-county", careCounty, cursor ?? undefined));
    // A small fixture ends before: its last page stands for the hundredth.
    if (!far.next) break;
    cursor = far.next;
  }
  const first = await ask<ListAnswer>(desk, listShot("care-county", careCounty));
  const measure = (name: string, shot: Shot, answer: unknown, after: string) =>
    beside(
      desk,
      name,
      async () => [shot],
      async () => [listFloor(answer, after)],
      false,
    );
  const one = await measure("care-list-first", listShot("care-county", careCounty), first, "1900-01-01T00:00:00Z");
  const hundred = await measure(
    "care-list-far",
    listShot("care-county", careCounty, cursor as string),
    far,
    far?.people.at(-1)?.lastVisitAt ?? "2025-06-01T00:00:00Z",
  );
  const [{ code = "" } = {}] = await desk.sql<{ code: string }>(
    "select division_code as code from role_grant where label = 'care-township'",
  );
  const town = await desk.load.run({
    port: desk.server.port,
    clients: desk.clients,
    seconds: desk.seconds,
    once: false,
    shots: [listShot("care-township", code)],
  });
  const all = await desk.load.run({
    port: desk.server.port,
    clients: desk.clients,
    seconds: desk.seconds,
    once: false,
    shots: [listShot("care-administrator", careProvince)],
  });
  if (town.bad + all.bad > 0) throw new Error(`the list was refused: ${town.badSample}${all.badSample}`);
  return [
    throughput("W3 list of a county, page 1, 16 clients", one, `; total ${first.total}`),
    throughput(`W3 list of a county, page ${page}, 16 clients`, hundred),
    {
      figure: `W3 list, page ${page} / page 1 (p50)`,
      value: `${(hundred.ours.p50 / one.ours.p50).toFixed(2)} x`,
      goal: "<= 1.5 x",
      reached: hundred.ours.p50 <= 1.5 * one.ours.p50,
    },
    {
      figure: "W3 list, township worker / administrator (p50)",
      value: `${(town.p50 / all.p50).toFixed(2)} x`,
      goal: "<= 1.3 x",
      reached: town.p50 <= 1.3 * all.p50,
      note: `township ${ms(town.p50)} ms, province ${ms(all.p50)} ms`,
    },
  ];
};

/** W4: twelve months of every county of a province. */
export const careDashboard: Measure = async (desk) => {
  const shot: Shot = {
    method: "GET",
    path: `/api/visiting-care/dashboard?division=${careProvince}&year=2025&level=county`,
    headers: by("care-administrator"),
  };
  const answer = await ask<{ children: { months: unknown[] }[] }>(desk, shot);
  const cells = answer.children.reduce((sum, line) => sum + line.months.length, 0);
  const runs = [];
  await desk.load.run({ port: desk.server.port, clients: 1, seconds: 1, once: false, shots: [shot] });
  for (let run = 0; run < desk.runs; run++)
    runs.push(
      await desk.load.run({ port: desk.server.port, clients: 1, seconds: desk.seconds, once: false, shots: [shot] }),
    );
  const result = middle(runs);
  return [
    {
      figure: `W4 dashboard of ${cells.toLocaleString("en")} cells, 1 client, p50`,
      value: `${ms(result.p50)} ms`,
      goal: "<= 5 ms",
      reached: result.p50 <= 5,
      note: `p95 ${ms(result.p95)}, p99 ${ms(result.p99)} ms; read from sums kept by county and month: no visit is touched`,
    },
  ];
};

/** The duties of a month for everybody in care. */
export const openPeriod: Measure = async (desk) => {
  const [{ n = 0 } = {}] = await desk.sql<{ n: number }>("select count(*)::int as n from bench_person");
  const began = performance.now();
  const month = new Date(Date.now() + 32 * 86_400_000).toISOString().slice(0, 7);
  const answer = await ask<{ opened: number; already: number }>(desk, {
    method: "POST",
    path: "/api/visiting-care/open-period",
    headers: by("care-administrator"),
    body: JSON.stringify({ month }),
  });
  const [{ made = 0 } = {}] = await desk.sql<{ made: number }>(
    "select count(*)::int as made from duty where kind = 'visiting-care.visit'",
  );
  const took = (performance.now() - began) / 1_000;
  const goal = (60 * n) / 1_000_000;
  return [
    {
      figure: `a month's duties for ${n.toLocaleString("en")} people`,
      value: `${took.toFixed(1)} s`,
      goal: `<= ${Math.round(goal)} s`,
      reached: took <= goal,
      note: `${answer.opened.toLocaleString("en")} opened, ${made.toLocaleString("en")} there; ${per(answer.opened / took)}`,
    },
  ];
};
