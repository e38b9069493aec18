import type pg from "pg";
import { modules } from "../apps/modules.ts";
import { projectRoot } from "../apps/open.ts";
import { kernelTables } from "../kernel/access/kernel-tables.ts";
import { hashToken } from "../kernel/auth/sessions.ts";
import { connectPostgres, loginPasswords } from "../kernel/database/connect.ts";
import { type Database, openDatabase } from "../kernel/database/database.ts";
import { migrate } from "../kernel/database/migrate.ts";
import { loadDivisions, loadHolidays } from "../kernel/divisions/load.ts";
import { type AccountRow, openAccounts } from "../kernel/ledger/index.ts";
import type { Context } from "../kernel/operation/context.ts";
import { newId } from "../kernel/operation/ids.ts";
import { accountsFor, money } from "../modules/donations/server/recipient.ts";

/** How much of everything (测速规模). A posting is one side of an entry; a stream is one purpose of one organisation. */
export interface LedgerSize {
  readonly postings: number;
  /** Streams with a few hundred entries each, half of them old, half new. */
  readonly streams: number;
}

/** Streams that get a tenth of everything; the first of them is the fund everybody gives to. */
export const POPULAR = 4;
const HOMES = 100;
const PURPOSES = 9;
/** Entries of a block: eight gifts of one sheet, and two uses of what came before. */
const BLOCK = 10;

export const ledgerToken = (home: string): string => `ledger-${home}`;

/** Two thousand organisations in a hundred counties, an officer of each county with a token. */
async function admit(client: pg.ClientBase, streams: number): Promise<string[]> {
  const { rows } = await client.query<{ code: string }>(
    "select code from division where length(code) = 6 and code >= '420101' and code < '450000' and right(code, 2) <> '00' and valid_to is null order by code limit $1",
    [HOMES],
  );
  const homes = rows.map((row) => row.code);
  const organisations = Math.ceil(streams / PURPOSES);
  await client.query(
    `insert into organisation (home_code, id, division_code, recorded_division_code, name, name_key, kind, status, registered_on, is_charity, version, updated_at)
     select home, ('01930000-0000-7000-8000-' || lpad(to_hex(at), 12, '0'))::uuid, home, home, '样本慈善会' || at, 'yangbencishanhui' || at, 'foundation', 'registered',
       '2010-01-04', true, 1, now()
     from generate_series(0, $1::integer - 1) at, lateral (select ($2::text[])[1 + at % array_length($2::text[], 1)] as home) where_it_is order by home, at`,
    [organisations, homes],
  );
  const officers = homes.map((home, at) => ({
    home,
    id: `01930001-0000-7000-8000-${at.toString(16).padStart(12, "0")}`,
    token: ledgerToken(home),
    hash: hashToken(ledgerToken(home)),
  }));
  const rowsOf = "from jsonb_to_recordset($1::jsonb) as row (home text, id uuid, token text, hash text)";
  for (const statement of [
    `insert into account (id, login, display_name, password_hash, created_at) select id, token, token, 'none', now() ${rowsOf}`,
    `insert into role_grant (id, account_id, role, division_code, label, valid_from, granted_at) select id, id, 'officer', home, token, '2020-01-01', now() ${rowsOf}`,
    `insert into session (token_hash, account_id, kind, created_at, seen_at, expires_at) select hash, id, 'token', now(), now(), now() + interval '10 years' ${rowsOf}`,
  ])
    await client.query(statement, [JSON.stringify(officers)]);
  return homes;
}

interface Stream {
  readonly at: number;
  readonly home: string;
  readonly organisation: string;
  readonly name: string;
  readonly purpose: string;
  readonly source: string;
  readonly fund: string;
  readonly spent: string;
  readonly blocks: number;
  readonly starts: string;
  readonly span: number;
  readonly times: number;
}

/** The three accounts of every stream, opened by the product itself: their keys are those it will look for. */
async function openStreams(database: Database, homes: readonly string[], size: LedgerSize): Promise<void> {
  const ctx = { newId: () => newId(), now: new Date("2010-01-04T00:00:00Z") } as Context;
  const blocks = size.postings / 2 / BLOCK;
  const inPopular = Math.floor(blocks / 10 / POPULAR);
  const inOthers = Math.floor((blocks - inPopular * POPULAR) / size.streams);
  const streams = Array.from({ length: POPULAR + size.streams }, (_, at) => at);
  for (let from = 0; from < streams.length; from += 500) {
    const chunk = streams.slice(from, from + 500);
    const wanted = chunk.map((at) => {
      // The popular ones are each of another organisation.
      const number = at < POPULAR ? at : Math.floor(at / PURPOSES);
      const purpose = at < POPULAR ? "抗疫" : `项目${at % PURPOSES}`;
      const home = homes[number % homes.length] as string;
      const organisation = `01930000-0000-7000-8000-${number.toString(16).padStart(12, "0")}`;
      const owner = { kind: "organisation", id: organisation, name: `样本慈善会${number}` } as const;
      const recipient = { home, division: home, organisation, owner, openedOn: "2010-01-04" };
      const accounts = accountsFor(recipient, money, { text: purpose, restricted: true });
      return { at, home, owner, purpose, accounts: [accounts.source, accounts.fund, accounts.used(undefined)] };
    });
    const opened = await database.transaction({ kind: "system" }, (tx) =>
      openAccounts(
        ctx,
        wanted.flatMap((one) => one.accounts),
        tx,
      ),
    );
    const rows = wanted.map(({ at, home, owner: { id: organisation, name }, purpose }, nth): Stream => {
      const id = (which: number) => (opened[3 * nth + which] as AccountRow).id;
      const [starts, span] =
        at < POPULAR ? ["2016-01-04", 3_600] : at % 2 === 0 ? ["2012-01-04", 700] : ["2024-01-04", 700];
      const times = 1 + (at % 7);
      const [source, fund, spent] = [id(0), id(1), id(2)];
      return {
        at,
        home,
        organisation,
        name,
        purpose,
        source,
        fund,
        spent,
        blocks: at < POPULAR ? inPopular : inOthers,
        starts,
        span,
        times,
      };
    });
    await database.owner((client) =>
      client.query(
        `insert into bench_stream select * from jsonb_to_recordset($1::jsonb) as row
           (at integer, home text, organisation uuid, name text, purpose text, source uuid, fund uuid, spent uuid, blocks integer, starts date, span integer, times integer)`,
        [JSON.stringify(rows)],
      ),
    );
  }
}

/** Fills tables without their keys and indexes and builds those anew: many times faster than keeping them row by row. */
async function withoutIndexes(
  client: pg.ClientBase,
  tables: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const { rows } = await client.query<{ drop: string; create: string }>(
    `select case when c.oid is null then 'drop index ' || i.indexrelid::regclass else format('alter table %s drop constraint %I', i.indrelid::regclass, c.conname) end as drop,
       case when c.oid is null then pg_get_indexdef(i.indexrelid) else format('alter table %s add constraint %I %s', i.indrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) end as create
     from pg_index i left join pg_constraint c on c.conindid = i.indexrelid where i.indrelid = any($1::regclass[])`,
    [tables],
  );
  for (const one of rows) await client.query(one.drop);
  await work();
  for (const one of rows) await client.query(one.create);
}

const idOf = (kind: string) =>
  `(left(ms, 8) || '-' || right(ms, 4) || '-7' || lpad(to_hex(i + ${kind}), 3, '0') || '-8000-' || lpad(to_hex(g), 12, '0'))::uuid`;

/** Gifts and uses with both their sides, balances and totals, as if each block had been posted one after the other. */
async function fill(client: pg.ClientBase): Promise<void> {
  await client.query(
    `create table bench_block as
     select row_number() over (order by day, at) - 1 as g, at, b, (b % 8)::smallint as shard, b / 8 as j, day,
       lpad(to_hex((extract(epoch from day) * 1000)::bigint), 12, '0') as ms
     from (select at, b, starts + (b::bigint * span / blocks)::integer as day from bench_stream, generate_series(0, blocks - 1) b) placed`,
  );
  // One row for each entry, in the order in which it was written: what comes of it, and where it stands on the inflow or outflow of its shard.
  await client.query(
    `create table bench_entry as
     select g, i, shard, home, organisation, name, purpose, source, fund, spent, i < 8 as gift, ${idOf("0")} as id, ${idOf("256")} as subject,
       day + case when i < 4 then 0 when i < 8 then 3 else 7 end as day, times::bigint * case when i < 8 then 1000 * (i + 1) when i = 8 then 15000 else 14000 end as amount,
       times::bigint * case when i < 8 then 36000 * j + 500 * i * (i + 1) when i = 8 then 29000 * j else 29000 * j + 15000 end as place
     from bench_block join bench_stream using (at), generate_series(0, 9) i order by g, i`,
  );
  await withoutIndexes(
    client,
    ["ledger_entry", "ledger_posting", "ledger_total", "donation", "donation_use"],
    async () => {
      await client.query(
        `insert into ledger_entry (home_code, id, division_code, organisation_id, asset, effective_on, recorded_at, cause, subject_id, evidence, command, request_id)
       select home, id, home, organisation, 'CNY', day, day, case when gift then 'donations.received' else 'donations.used' end, subject, '{}', 
         case when gift then 'donations.record-donation' else 'donations.record-use' end, 'bench' from bench_entry order by g, i`,
      );
      await client.query(
        `insert into ledger_posting (home_code, entry_id, line, division_code, organisation_id, account_id, shard, effective_on, amount, mark_from, mark_to)
       select home, id, line, home, organisation, case when gift and line = 0 then source when gift or line = 0 then fund else spent end, shard, day,
         case line when 0 then -amount else amount end, place, place + amount
       from bench_entry, (values (0::smallint), (1::smallint)) as sides (line) order by g, i, line`,
      );
      await client.query(
        `insert into ledger_total (home_code, account_id, grain, starts_on, shard, division_code, organisation_id, amount)
       select home, account, grain, case grain when 'day' then moved_on else date_trunc('month', moved_on)::date end, shard, home, organisation, sum(amount)
       from (select home, organisation, shard, account, day + after as moved_on, times * net as amount from bench_block join bench_stream using (at),
           lateral (values (source, 0, -10000), (source, 3, -26000), (fund, 0, 10000), (fund, 3, 26000), (fund, 7, -29000), (spent, 7, 29000)) side (account, after, net)
         ) moved, (values ('day'), ('month')) as grains (grain)
       group by 1, 2, 3, 4, 5, 6, 7`,
      );
      await client.query(
        `insert into donation (home_code, id, division_code, organisation_id, recipient_name, receipt, kind, state, donor_kind, donor_name, donor_count, publish_donor,
         amount_fen, purpose, restricted, donated_on, receipt_state, entry_id, fingerprint, version, recorded_at)
       select home, subject, home, organisation, name, left(code, 4) || '-' || substr(code, 5, 4) || '-' || right(code, 4), 'cash', 'recorded', 'person',
         '样人' || g % 100000, 1, false, amount, purpose, true, day, 'due', id, md5(g || '.' || i), 1, day
       from bench_entry, lateral (select upper(lpad(to_hex(((g * 16 + i) * 25214903917) & 281474976710655), 12, '0')) as code) receipt where gift order by g, i`,
      );
      await client.query(
        `insert into donation_use (home_code, id, division_code, organisation_id, owner_name, kind, amount_fen, purpose, description, used_on, entry_id, state, recorded_at)
       select home, subject, home, organisation, name, 'cash', amount, purpose, '采购', day, id,
         'recorded', day from bench_entry where not gift order by g, i`,
      );
    },
  );
  await client.query(
    `update ledger_balance l set in_total = ins, out_total = outs, balance = ins - outs
     from (select at, shard, count(*) as lots from bench_block group by at, shard) lot join bench_stream s using (at),
       lateral (values (source, 0, 36000 * times * lots), (fund, 36000 * times * lots, 29000 * times * lots), (spent, 29000 * times * lots, 0)) side (account, ins, outs)
     where l.home_code = s.home and l.account_id = side.account and l.shard = lot.shard`,
  );
  await client.query("drop table bench_entry; drop table bench_block; alter table bench_stream add primary key (at)");
}

/** Fills an empty database with a ledger of gifts and uses, old and new, that agrees with itself to the fen (台账测速数据). */
export async function buildLedger(url: string, size: LedgerSize): Promise<void> {
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
    const homes = await database.owner(async (client) => {
      await client.query(
        `create table bench_stream (at integer, home text, organisation uuid, name text, purpose text, source uuid, fund uuid, spent uuid, blocks integer, starts date, span integer, times integer)`,
      );
      return admit(client, POPULAR + size.streams);
    });
    await openStreams(database, homes, size);
    await database.owner(async (client) => {
      await client.query("set synchronous_commit = off; set maintenance_work_mem = '512MB'; set work_mem = '256MB'");
      await fill(client);
      await client.query("vacuum (freeze, analyze)");
    });
  } finally {
    await database.close();
  }
}
