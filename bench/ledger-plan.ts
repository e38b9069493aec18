import pg from "pg";
import { hashToken } from "../kernel/auth/sessions.ts";
import { ask, type Desk, type Measure, ms } from "./desk.ts";
import { officer } from "./ledger.ts";
import { ledgerToken } from "./ledger-fixture.ts";
import { median } from "./random.ts";

const HOMES = 16_000;
const PROVINCE = "420000";
const items = [
  { item: "制氧机", unit: "台" },
  { item: "指夹式血氧仪", unit: "台" },
] as const;

/** An officer of the province, sixteen thousand homes in its counties, and pieces of both items for most of them. */
async function prepare(desk: Desk): Promise<void> {
  const id = "01930002-0000-7000-8000-000000000001";
  const token = ledgerToken(PROVINCE);
  await desk.sql(
    "insert into account (id, login, display_name, password_hash, created_at) values ($1, $2, $2, 'none', now()) on conflict do nothing",
    [id, token],
  );
  await desk.sql(
    `insert into role_grant (id, account_id, role, division_code, label, valid_from, granted_at)
     select $1, $1, 'officer', '42', $2, '2020-01-01', now() where not exists (select from role_grant where id = $1)`,
    [id, token],
  );
  await desk.sql(
    "insert into session (token_hash, account_id, kind, created_at, seen_at, expires_at) values ($1, $2, 'token', now(), now(), now() + interval '10 years') on conflict do nothing",
    [hashToken(token), id],
  );
  await desk.sql("delete from equipment_allocation where home_code = $1", [PROVINCE]);
  await desk.sql("delete from care_home where name like '样本敬老院%'");
  await desk.sql(
    `insert into care_home (home_code, id, division_code, name, kind, state, residents, beds, paired, poorest, flagged, served_items, delivered_items, verified_items, covered,
       trained, open_discrepancies, version, created_at)
     select home, gen_random_uuid(), home, '样本敬老院' || at, 'rural', case when at % 97 = 0 then 'closed' else 'open' end, 5 + at * 7 % 300, 40 + at * 7 % 300, at % 5 = 0, at % 7 = 0,
       (at % 5 = 0)::int + (at % 7 = 0)::int, case when at % 50 = 0 then array['oximeter'] else '{}' end, '{}', '{}', false, 0, 0, 1, now()
     from generate_series(1, $1::integer) at, lateral (select codes[1 + at % array_length(codes, 1)] as home
       from (select array_agg(code order by code) as codes from division where length(code) = 6 and code > '420100' and code < '430000' and right(code, 2) <> '00'
         and valid_to is null) counties) placed`,
    [HOMES],
  );
  await desk.sql("analyze care_home");
  for (const one of items)
    await ask(desk, {
      method: "POST",
      path: "/api/donations/record-donation",
      headers: officer(PROVINCE),
      body: JSON.stringify({ ...one, quantity: HOMES - 1_000, donor: "样本企业" }),
    });
}

/** What a plan leaves behind, by hand (下限): two lines for each home and the decision they follow from, rolled back; in seconds. */
async function bare(desk: Desk): Promise<number> {
  const client = new pg.Client({ connectionString: desk.databaseUrl });
  await client.connect();
  const seconds: number[] = [];
  try {
    for (let run = 0; run < 3; run++) {
      const began = performance.now();
      const { rows } = await client.query<{ id: string; home_code: string; residents: number; flagged: number }>(
        "select id, home_code, residents, flagged from care_home where state = 'open' order by flagged desc, residents desc, id",
      );
      const lines = rows.flatMap((home, rank) =>
        ["oxygen_concentrator", "oximeter"].map((item, side) => ({
          id: crypto.randomUUID(),
          place: 2 * rank + side,
          item,
          rank: rank + 1,
          home: home.id,
          county: home.home_code,
          residents: home.residents,
        })),
      );
      const ranked = rows.map((home, rank) => ({ id: home.id, rank: rank + 1, flagged: home.flagged }));
      await client.query("begin");
      await client.query(
        `insert into decision (home_code, id, division_code, subject_id, rule, version, on_date, facts, settings, conditions, citations, output, at)
         values ($1, gen_random_uuid(), '42', gen_random_uuid(), 'floor', '2022-01-01', current_date, $2, '{}', '[]', '[]', $3, now())`,
        [PROVINCE, JSON.stringify(rows), JSON.stringify(ranked)],
      );
      await client.query(
        `insert into equipment_allocation (home_code, id, division_code, plan_id, place, care_home_id, care_home_home, care_home_name, item, quantity, shipped, rank, flags, residents, state)
         select $1, id, county, $3, place, home, county, 'floor', item, 1, 0, rank, '{}', residents, 'allocated'
         from jsonb_to_recordset($2::jsonb) as row (id uuid, place integer, item text, rank integer, home uuid, county text, residents integer)`,
        [PROVINCE, JSON.stringify(lines), crypto.randomUUID()],
      );
      await client.query("rollback");
      seconds.push((performance.now() - began) / 1_000);
    }
  } finally {
    await client.end();
  }
  return median(seconds);
}

/** Sixteen thousand homes and two items, ranked, explained and reserved in the ledger by one command. */
export const ledgerPlan: Measure = async (desk) => {
  await prepare(desk);
  const floor = await bare(desk);
  const began = performance.now();
  const plan = await ask<{ homesRanked: number; homesLeftOut: number; decisionId: string }>(desk, {
    method: "POST",
    path: "/api/equipment/plan-allocation",
    headers: officer(PROVINCE),
    body: JSON.stringify({ name: "测速方案" }),
  });
  const seconds = (performance.now() - began) / 1_000;
  const [kept] = await desk.sql<{ lines: number; bytes: number }>(
    `select (select count(*)::integer from equipment_allocation where home_code = $1) as lines,
       (select length(output::text) + length(conditions::text) from decision where home_code = $1 and id = $2) as bytes`,
    [PROVINCE, plan.decisionId],
  );
  return [
    {
      figure: `plan of ${HOMES.toLocaleString("en")} homes, two items each`,
      value: `${seconds.toFixed(1)} s`,
      goal: "<= 5 s",
      floor: `${floor.toFixed(1)} s`,
      ratio: floor / seconds,
      reached: seconds <= 5 && (kept?.lines ?? 0) >= HOMES && (kept?.bytes ?? 0) > 0,
      note: `${plan.homesRanked.toLocaleString("en")} ranked, ${plan.homesLeftOut.toLocaleString("en")} left out with the reason, ${(kept?.lines ?? 0).toLocaleString("en")} lines; the stored decision has ${Math.round((kept?.bytes ?? 0) / 1024).toLocaleString("en")} kB; the floor reads, sorts and writes by hand (${ms(floor * 1_000)} ms)`,
    },
  ];
};
