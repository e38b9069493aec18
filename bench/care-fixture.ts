import type pg from "pg";
import { modules } from "../apps/modules.ts";
import { projectRoot } from "../apps/open.ts";
import { kernelTables } from "../kernel/access/kernel-tables.ts";
import { hashToken } from "../kernel/auth/sessions.ts";
import { connectPostgres, loginPasswords } from "../kernel/database/connect.ts";
import { type Database, openDatabase } from "../kernel/database/database.ts";
import { migrate } from "../kernel/database/migrate.ts";
import { loadDivisions, loadHolidays } from "../kernel/divisions/load.ts";
import { usualSums } from "../kernel/indicator/define.ts";
import { gather, sumsOf } from "../kernel/indicator/indicator.ts";

/** The province whose villages the people of the care measures live in; its big county has a tenth of them. */
export const careProvince = "33";
export const careCounty = "330106";

/** People of the care measures, by the token of their session. */
export const carers = {
  "care-administrator": { id: "01920000-0000-7000-8000-0000000000a1", role: "officer", division: careProvince },
  "care-county": { id: "01920000-0000-7000-8000-0000000000a2", role: "officer", division: careCounty },
  "care-township": { id: "01920000-0000-7000-8000-0000000000a3", role: "officer", division: "" },
} as const;
export type Carer = keyof typeof carers;

const CHUNK = 4_000;
/** Villages of one worker. */
const VILLAGES_EACH = 40;
export const workerToken = (at: number): string => `care-worker-${at}`;

/** How much of everything (测速规模): people with ten visits each, and villages. */
export interface CareSize {
  readonly people: number;
  readonly villages: number;
}

/** Tenths of the people live in the big county; the others are spread over all villages. */
async function place(client: pg.ClientBase, { people, villages }: CareSize): Promise<void> {
  await client.query(
    `create table bench_village as
     select code, left(code, 6) as home, row_number() over (order by (left(code, 6) <> '${careCounty}'), code) - 1 as no from division
     where length(code) = 12 and code >= '${careProvince}' and code < '34' and valid_to is null
     order by (left(code, 6) <> '${careCounty}'), code limit ${villages}`,
  );
  await client.query(
    `create table bench_person as
     select at, ('01920001-0000-7000-8000-' || lpad(to_hex(at), 12, '0'))::uuid as id,
       ('01920002-0000-7000-8000-' || lpad(to_hex(at), 12, '0'))::uuid as enrolment, v.code, v.home,
       (array['王','李','张','刘','陈','杨','赵','黄','周','吴'])[1 + at % 10] || (array['秀英','桂兰','建国','玉兰','志强','淑珍','文华','国庆','凤英','德福'])[1 + at / 10 % 10] as name,
       (array['living_alone','empty_nest','left_behind','disabled_self_care','severely_disabled','family_planning_special'])[1 + at * 31 / 7 % 6] as category
     from generate_series(0::bigint, ${people - 1}) at
       join bench_village v on v.no = case when at % 10 = 0 then at / 10 % (select count(*) from bench_village where home = '${careCounty}')
         else at * 7919 % (select count(*) from bench_village) end`,
  );
}

/** People, their plans, one visit in ten of the twelve months of 2025, and what each leaves behind. */
async function fill(client: pg.ClientBase, size: CareSize): Promise<void> {
  await place(client, size);
  await client.query(
    `insert into person (home_code, id, division_code, recorded_division_code, name, name_key, sex, born_on, id_kind, living, categories, address, state, version, created_at, updated_at)
     select home, id, code, code, name, name || at, case at % 2 when 0 then 'female' else 'male' end, date '1930-01-01' + (at % 9000)::int, 'citizen_id',
       'alone', array[category], at || '号', 'present', 1, '2024-12-01', '2024-12-01' from bench_person order by home, at`,
  );
  await client.query(
    `create table bench_visit as
     select p.at, p.id as person, p.enrolment, p.home, p.code, m as no, '2025-' || lpad(m::text, 2, '0') as month,
       (timestamp '2025-01-01 09:00' + make_interval(months => m - 1, days => ((p.at * 13 + m * 5) % 27)::int, mins => (p.at % 480)::int)) at time zone 'Asia/Shanghai' as when_at,
       ('01920003-0000-7' || lpad(to_hex(m), 3, '0') || '-8000-' || lpad(to_hex(p.at), 12, '0'))::uuid as id
     from bench_person p, generate_series(1, 12) m where (p.at + m) % 6 <> 0 and m <= 12`,
  );
  await client.query(
    `insert into care_enrolment (home_code, id, division_code, person_id, name, name_key, sex, born_on, living, categories, class_key, state, risk, modes, per, min_visits,
       agreed_on, first_enrolled_on, enrolled_on, reassess_on, last_visit_sort, last_mark, version, created_at, updated_at)
     select p.home, p.enrolment, p.code, p.id, p.name, p.name || p.at, case p.at % 2 when 0 then 'female' else 'male' end, date '1930-01-01' + (p.at % 9000)::int, 'alone',
       array[p.category], p.category, 'enrolled', 'general', array['home'], 'month', 1, '2024-12-15', '2024-12-15', '2024-12-15', '2026-12-15',
       v.last_at, v.last_month, 1, '2024-12-15', '2024-12-15'
     from bench_person p join (select person, max(when_at) as last_at, max(month) as last_month from bench_visit group by 1) v on v.person = p.id order by p.home, p.at`,
  );
  await client.query(
    `insert into care_movement (home_code, id, division_code, enrolment_id, person_id, on_on, month, what, delta, cause)
     select home, ('01920004-0000-7000-8000-' || lpad(to_hex(at), 12, '0'))::uuid, code, enrolment, id, '2024-12-15', '2024-12', 'enrolled', 1, 'enrolled' from bench_person`,
  );
  await client.query(
    `insert into care_visit (home_code, id, division_code, recorded_division_code, enrolment_id, person_id, at, recorded_at, month, mode, met, counts, worker_name, offline, rule_version)
     select home, id, code, code, enrolment, person, when_at, when_at, month, case at % 4 when 0 then 'phone' else 'home' end, 'person', true, '样工', false, '2022-10-26'
     from bench_visit order by when_at`,
  );
  await client.query(
    `insert into care_mark (home_code, person_id, month, division_code, recorded_division_code, enrolment_id, visit_id, base)
     select home, person, month, code, code, enrolment, id, true from bench_visit`,
  );
}

/** Counters as the product itself counts them: a fixture that counts otherwise measures something else. */
async function count(database: Database): Promise<void> {
  for (const { indicator, count: recount } of modules.flatMap((one) => one.recounts ?? [])) {
    const cells = gather(await database.transaction({ kind: "system" }, (tx) => recount(tx)));
    const sums = sumsOf(cells, () => indicator.sums ?? usualSums);
    await database.owner(async (client) => {
      for (let at = 0; at < cells.length; at += CHUNK)
        await client.query(
          `insert into indicator_cell (home_code, division_code, indicator, period, key, value)
           select home_code, division_code, indicator, period, key, value from jsonb_to_recordset($1::jsonb)
             as row (home_code text, division_code text, indicator text, period text, key text, value bigint)`,
          [JSON.stringify(cells.slice(at, at + CHUNK))],
        );
      for (let at = 0; at < sums.length; at += CHUNK)
        await client.query(
          `insert into indicator_sum (home_code, indicator, period, digits, division_code, shard, key, value)
           select home_code, indicator, period, digits, division_code, shard, key, value from jsonb_to_recordset($1::jsonb)
             as row (home_code text, indicator text, period text, digits smallint, division_code text, shard smallint, key text, value bigint)`,
          [JSON.stringify(sums.slice(at, at + CHUNK))],
        );
    });
  }
}

/** Officers of three levels, and workers with the villages of their counties dealt out among them. */
async function admit(client: pg.ClientBase): Promise<void> {
  const township = await client.query<{ code: string }>(
    `select left(code, 9) as code from bench_person where home = '${careCounty}' group by 1 order by count(*) desc limit 1`,
  );
  const enter = async (token: string, id: string, role: string, divisions: readonly string[]) => {
    await client.query(
      "insert into account (id, login, display_name, password_hash, created_at) values ($1, $2, $2, 'none', now())",
      [id, token],
    );
    await client.query(
      `insert into role_grant (id, account_id, role, division_code, label, valid_from, granted_at)
       select gen_random_uuid(), $1, $2, division, $3, '2020-01-01', now() from unnest($4::text[]) division`,
      [id, role, token, divisions],
    );
    await client.query(
      "insert into session (token_hash, account_id, kind, created_at, seen_at, expires_at) values ($1, $2, 'token', now(), now(), now() + interval '10 years')",
      [hashToken(token), id],
    );
  };
  for (const [token, { id, role, division }] of Object.entries(carers))
    await enter(token, id, role, [division || (township.rows[0]?.code ?? careCounty)]);
  const homes = await client.query<{ home: string; codes: string[] }>(
    "select home, array_agg(code order by code) as codes from bench_village group by home order by home",
  );
  const lots = homes.rows.flatMap(({ codes }) =>
    Array.from({ length: Math.ceil(codes.length / VILLAGES_EACH) }, (_, at) =>
      codes.slice(at * VILLAGES_EACH, (at + 1) * VILLAGES_EACH),
    ),
  );
  for (const [at, villages] of lots.entries())
    await enter(workerToken(at), `01920005-0000-7000-8000-${at.toString(16).padStart(12, "0")}`, "worker", villages);
  await client.query("create table bench_worker (at integer primary key, villages text[] not null)");
  await client.query(
    "insert into bench_worker select * from jsonb_to_recordset($1::jsonb) as row (at integer, villages text[])",
    [JSON.stringify(lots.map((villages, at) => ({ at, villages })))],
  );
}

/** Fills an empty database with people in care and the visits of a year, and every counter from the product's own recounts. */
export async function buildCare(url: string, size: CareSize): Promise<void> {
  const database = openDatabase(connectPostgres(url), 2);
  const folders = [
    `${projectRoot()}/kernel/migrations`,
    ...modules.flatMap((one) => (one.migrations ? [`${projectRoot()}/${one.migrations}`] : [])),
  ];
  const tables = [...kernelTables, ...modules.flatMap((one) => one.tables ?? [])];
  try {
    await database.owner((client) => migrate(client, folders, tables, loginPasswords(url)));
    await loadDivisions(database, "0");
    await loadHolidays(database);
    await database.owner(async (client) => {
      await client.query("set synchronous_commit = off; set maintenance_work_mem = '512MB'; set work_mem = '256MB'");
      await fill(client, size);
      await admit(client);
      await client.query("vacuum analyze");
    });
    await count(database);
    await database.owner((client) => client.query("vacuum analyze indicator_cell, indicator_sum"));
  } finally {
    await database.close();
  }
}
