import { connectPostgres } from "../kernel/database/connect.ts";
import { openDatabase } from "../kernel/database/database.ts";
import { differenceLine, reconcile } from "../kernel/ledger/reconcile.ts";
import { beside } from "./care.ts";
import { ask, type Desk, type Measure, ms, type Pair, per } from "./desk.ts";
import type { Recorded } from "./floor.ts";
import { ledgerToken, POPULAR } from "./ledger-fixture.ts";
import { type Act, bareAct, bareBalance, bareTrace, type Stream } from "./ledger-floor.ts";
import type { LoadResult, Shot } from "./load.ts";
import { seeded } from "./random.ts";
import type { Figure } from "./table.ts";

export const officer = (home: string) => ({ authorization: `Bearer ${ledgerToken(home)}` });
const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
/** So many gifts and uses in one run of a load. */
const EACH = 6_000;
/** Of five acts one is a use. */
const kindOf = (nth: number): Act["kind"] => (nth % 5 === 4 ? "use" : "gift");

export async function streams(desk: Desk): Promise<Stream[]> {
  return desk.sql<Stream & { [column: string]: unknown }>(
    "select at, home, organisation, name, purpose, source, fund, spent from bench_stream order by at",
  );
}

function shotOf({ kind, stream, fen }: Act, nth: number): Shot {
  const { organisation, purpose } = stream;
  const body =
    kind === "gift"
      ? { organisation, purpose, amountFen: fen, donor: `样人${nth}` }
      : { organisation, purpose, amountFen: fen, description: "采购" };
  return {
    method: "POST",
    path: `/api/donations/record-${kind === "gift" ? "donation" : "use"}`,
    headers: { ...officer(stream.home), "idempotency-key": crypto.randomUUID() },
    body: JSON.stringify(body),
  };
}

/** Small next to what every row of every balance holds: uses are refused by nobody. */
const fenOf = (kind: Act["kind"], nth: number) => (kind === "gift" ? 1_000 + (nth % 900) : 10 + (nth % 80));

/** Gifts and uses over HTTP beside the same by hand, over accounts that `next` deals out. */
async function posted(desk: Desk, name: string, next: () => Stream): Promise<Pair> {
  const officers = new Map(
    (await desk.sql<{ login: string; id: string }>("select login, id from account where login like 'ledger-%'")).map(
      (row) => [row.login, row.id],
    ),
  );
  const acts = () =>
    Array.from({ length: EACH }, (_, nth): Act => {
      const kind = kindOf(nth);
      return { kind, stream: next(), fen: fenOf(kind, nth) };
    });
  return beside(
    desk,
    name,
    async () => acts().map(shotOf),
    async () => {
      const [now, on] = [new Date(), today()];
      return acts().map((act, nth) => bareAct(act, nth, officers.get(ledgerToken(act.stream.home)) as string, now, on));
    },
    true,
  );
}

/** The figure over many accounts, taken once: the popular one stands beside it. */
let taken: Pair | undefined;

async function spread(desk: Desk): Promise<Pair> {
  const all = (await streams(desk)).slice(POPULAR);
  const random = seeded(17);
  taken ??= await posted(desk, "ledger-post", () => all[Math.floor(random() * all.length)] as Stream);
  return taken;
}

/** Gifts and uses over HTTP, with every check, over all accounts. */
export const ledgerPost: Measure = async (desk) => {
  const pair = await spread(desk);
  return [
    {
      figure: `postings over HTTP, ${desk.clients} clients, spread over accounts`,
      value: per(pair.ours.rate),
      goal: ">= 0.5 of floor",
      ...(pair.floor ? { floor: per(pair.floor.rate) } : {}),
      ...(pair.ratio === undefined ? {} : { ratio: pair.ratio, reached: pair.ratio >= 0.5 }),
      note: `commands: four gifts, then a use, each an entry of two postings with totals, its row, decision, journal, key; ${pair.behind}`,
    },
  ];
};

/** The same where everybody gives to, and uses, one fund. */
export const ledgerHot: Measure = async (desk) => {
  const [popular] = await streams(desk);
  const before = await spread(desk);
  const pair = await posted(desk, "ledger-hot", () => popular as Stream);
  const share = pair.ours.rate / before.ours.rate;
  return [
    {
      figure: `postings over HTTP, ${desk.clients} clients, one popular fund`,
      value: per(pair.ours.rate),
      goal: ">= 0.7 of the spread figure",
      floor: per(before.ours.rate),
      ratio: share,
      reached: share >= 0.7,
      note: `the floor here is our own figure over many accounts; by hand on the same fund ${pair.floor ? per(pair.floor.rate) : "not measured"}; ${pair.behind}`,
    },
  ];
};

const balanceShot = ({ home, fund }: Stream, asOf?: string): Shot => ({
  method: "GET",
  path: `/api/ledger/balance?account=${fund}${asOf ? `&as-of=${asOf}` : ""}`,
  headers: officer(home),
});
const traceShot = (receipt: string, at: number): Shot => ({
  method: "GET",
  path: `/api/donations/trace?receipt=${receipt}`,
  headers: { "x-forwarded-for": `10.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}` },
});
const CLIENTS = 4;

/** Balances and a donor's way, of old and of new money, and of the fund everybody gives to. */
export const ledgerRead: Measure = async (desk) => {
  const all = await streams(desk);
  const some = (which: (stream: Stream) => boolean) => all.filter(which).slice(0, 400);
  const popular = (stream: Stream) => stream.at < POPULAR;
  const old = some((stream) => !popular(stream) && stream.at % 2 === 0);
  const fresh = some((stream) => !popular(stream) && stream.at % 2 === 1);
  const receipts = async (of: readonly Stream[]) =>
    (
      await desk.sql<{ receipt: string }>(
        `select d.receipt from unnest($1::uuid[]) fund, lateral (select home_code, entry_id from ledger_posting
           where account_id = fund and amount > 0 and effective_on < '2026-01-01' order by entry_id limit 40) p
         join ledger_entry e on e.home_code = p.home_code and e.id = p.entry_id
         join donation d on d.home_code = e.home_code and d.id = e.subject_id order by md5(d.receipt) limit 2000`,
        [of.map((stream) => stream.fund)],
      )
    ).map((row) => row.receipt);
  const asked: (readonly [string, Shot[], (answer: unknown, at: number) => Recorded])[] = [];
  const balance = (name: string, of: readonly Stream[], asOf?: (at: number) => string) =>
    asked.push([
      name,
      of.map((stream, at) => balanceShot(stream, asOf?.(at))),
      (answer, at) => {
        const { home, fund } = of[at % of.length] as Stream;
        return bareBalance(home, fund, asOf?.(at), answer);
      },
    ]);
  const days = (year: number) => (at: number) =>
    `${year}-${String(1 + (at % 12)).padStart(2, "0")}-${String(1 + (at % 28)).padStart(2, "0")}`;
  balance("balance now", [...old.slice(0, 200), ...fresh.slice(0, 200)]);
  balance("balance as of a day, old", old, days(2013));
  balance("balance as of a day, new", fresh, days(2025));
  balance("balance as of a day, popular fund", all.filter(popular), days(2025));
  for (const [name, of] of [
    ["old", old],
    ["new", fresh],
    ["popular fund", all.filter(popular)],
  ] as const) {
    const known = await receipts(of);
    asked.push([
      `donor's trace, ${name}`,
      // Few receipts are asked for again and again, each time from another address: the door lets nobody ask that often.
      Array.from({ length: 60_000 }, (_, at) => traceShot(known[at % known.length] as string, at)),
      (answer, at) => bareTrace(known[at % known.length] as string, answer),
    ]);
  }
  const figures: Figure[] = [];
  const p95 = new Map<string, number>();
  for (const [name, shots, bare] of asked) {
    const answer = await ask<unknown>(desk, shots[0] as Shot);
    const id = `read-${figures.length}`;
    const few: Desk = { ...desk, clients: CLIENTS };
    const pair = await beside(
      few,
      id,
      async () => shots,
      async () => shots.map((_, at) => bare(answer, at)),
      false,
    );
    const many = await desk.load.run({ port: desk.server.port, clients: desk.clients, seconds: 2, once: false, shots });
    p95.set(name, pair.ours.p95);
    figures.push({
      figure: `${name}, ${CLIENTS} clients, p95`,
      value: `${ms(pair.ours.p95)} ms (${per(pair.ours.rate)})`,
      goal: "<= 10 ms",
      ...(pair.floor
        ? { floor: `${ms(pair.floor.p95)} ms (${per(pair.floor.rate)})`, ratio: pair.ratio as number }
        : {}),
      reached: pair.ours.p95 <= 10,
      note: `${pair.behind}; ${desk.clients} clients p95 ${ms(many.p95)} ms (${per(many.rate)})`,
    });
  }
  const of = (name: string) => p95.get(name) ?? Number.NaN;
  for (const what of ["balance as of a day", "donor's trace"]) {
    const apart = of(`${what}, old`) / of(`${what}, new`);
    figures.push({
      figure: `${what}, old / new (p95)`,
      value: `${apart.toFixed(2)} x`,
      goal: "independent of age",
      reached: apart <= 1.5,
    });
  }
  return figures;
};

/** The whole ledger checked while gifts come in. */
export const ledgerReconcile: Measure = async (desk) => {
  const all = await streams(desk);
  const random = seeded(23);
  const shots = () =>
    Array.from({ length: EACH }, (_, nth) => {
      const kind = kindOf(nth);
      return shotOf({ kind, stream: all[Math.floor(random() * all.length)] as Stream, fen: fenOf(kind, nth) }, nth);
    });
  const writing = { port: desk.server.port, clients: 2, once: true };
  await desk.load.run({ ...writing, seconds: 1, shots: shots() });
  const calm = await desk.load.run({ ...writing, seconds: desk.seconds, shots: shots() });
  const loads: LoadResult[] = [];
  let done = false;
  const writers = (async () => {
    while (!done) loads.push(await desk.load.run({ ...writing, seconds: 2, shots: shots() }));
  })();
  const database = openDatabase(connectPostgres(desk.databaseUrl as string), 4);
  try {
    const began = performance.now();
    const found = await reconcile(database);
    const seconds = (performance.now() - began) / 1_000;
    done = true;
    await writers;
    for (const one of found.differences.slice(0, 5)) desk.say(differenceLine(one));
    const written = loads.reduce((sum, one) => sum + one.count, 0);
    const bad = loads.reduce((sum, one) => sum + one.bad, 0);
    const worst = Math.max(...loads.map((one) => one.p99));
    const goal = Math.max(6, (60 * found.postings) / 10_000_000);
    return [
      {
        figure: `full reconciliation of ${found.postings.toLocaleString("en")} postings while writes go on`,
        value: `${seconds.toFixed(1)} s`,
        goal: `<= ${Math.round(goal)} s`,
        reached: seconds <= goal && found.differences.length === 0 && bad === 0,
        note: `${found.differences.length} differences; ${written.toLocaleString("en")} commands meanwhile by 2 clients, ${bad} refused, p99 at most ${ms(worst)} ms (before: ${per(calm.rate)}, p99 ${ms(calm.p99)} ms)`,
      },
    ];
  } finally {
    done = true;
    await database.close();
  }
};
