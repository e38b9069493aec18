import type pg from "pg";
import { kernelTables } from "../kernel/access/kernel-tables.ts";
import { hashToken } from "../kernel/auth/sessions.ts";
import { loginPasswords } from "../kernel/database/connect.ts";
import type { Connection } from "../kernel/database/database.ts";
import { openDatabase } from "../kernel/database/database.ts";
import { migrate } from "../kernel/database/migrate.ts";
import { loadDivisions, loadHolidays } from "../kernel/divisions/load.ts";
import { gather, sumsOf } from "../kernel/indicator/indicator.ts";
import { canonical } from "../kernel/vault/canonical.ts";
import { nameKey } from "../modules/organisations/organisations.facts.ts";
import { bodyOf, columnTypes, type OrganisationRow } from "../modules/organisations/server/organisation.row.ts";
import { indicators, moves } from "../modules/organisations/server/organisations.indicators.ts";
import {
  organisationCollection,
  publicItem,
  searchTokens,
} from "../modules/organisations/server/organisations.publication.ts";
import { tables } from "../modules/organisations/server/organisations.tables.ts";
import { register } from "../modules/organisations/server/register.ts";
import { bigCounty, organisations } from "./organisations.ts";

/** People of the measures, by the token their session answers to. */
export const people = {
  administrator: {
    token: "bench-administrator",
    id: "01910000-0000-7000-8000-000000000001",
    role: "administrator",
    division: "0",
  },
  clerk: { token: "bench-clerk", id: "01910000-0000-7000-8000-000000000002", role: "registrar", division: bigCounty },
} as const;

const loaded = [
  "organisation",
  "organisation_code",
  "organisation_name_key",
  "search_token",
  "register_version",
  "publication.item",
  "publication.search_token",
] as const;
const CHUNK = 4_000;

/** Takes the indexes of the big tables away while they are filled, and makes them again, as a restore does. */
async function withoutIndexes(client: pg.ClientBase, work: () => Promise<void>): Promise<void> {
  const again: string[] = [];
  for (const table of loaded) {
    const constraints = await client.query<{ name: string; text: string }>(
      "select conname as name, pg_get_constraintdef(oid) as text from pg_constraint where conrelid = $1::regclass and contype = 'p'",
      [table],
    );
    for (const { name, text } of constraints.rows) {
      await client.query(`alter table ${table} drop constraint ${name}`);
      again.push(`alter table ${table} add constraint ${name} ${text}`);
    }
    const indexes = await client.query<{ name: string; text: string }>(
      "select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as text from pg_index where indrelid = $1::regclass",
      [table],
    );
    for (const { name, text } of indexes.rows) {
      await client.query(`drop index ${name}`);
      again.push(text);
    }
  }
  await work();
  for (const text of again) await client.query(text);
}

const columns = Object.keys(columnTypes) as (keyof OrganisationRow)[];

/** Rows, tokens and counters of the generated register; everything else follows from them in the database. */
async function load(client: pg.ClientBase, size: number): Promise<OrganisationRow[]> {
  const typed = columns.map((column) => `${column} ${columnTypes[column]}`).join(", ");
  await client.query("create table bench_token (id uuid not null, tokens text not null)");
  const samples: OrganisationRow[] = [];
  const cells = new Map<string, ReturnType<typeof gather>[number]>();
  let waiting: OrganisationRow[] = [];
  let seen = 0;
  const flush = async () => {
    const rows = waiting;
    waiting = [];
    const json = JSON.stringify(rows, (_key, value: unknown) => (value === null ? undefined : value));
    await client.query(
      `insert into organisation (${columns.join(", ")}) select ${columns.join(", ")} from jsonb_to_recordset($1::jsonb) as row (${typed})`,
      [json],
    );
    await client.query("insert into bench_token (id, tokens) select * from unnest($1::uuid[], $2::text[])", [
      rows.map((row) => row.id),
      rows.map((row) => searchTokens(row).join("|")),
    ]);
    for (const cell of gather(rows.flatMap((row) => moves(undefined, row)))) {
      const name = [cell.home_code, cell.indicator, cell.period, cell.key, cell.division_code].join("\u0001");
      const known = cells.get(name);
      if (known) known.value += cell.value;
      else cells.set(name, cell);
    }
  };
  const step = Math.max(1, Math.floor(size / 200));
  for (const row of organisations(size)) {
    if (nameKey(row.name) !== row.name) throw new Error(`the name key is not the name itself: ${row.name}`);
    if (seen++ % step === 0) samples.push(row);
    waiting.push(row);
    if (waiting.length === CHUNK) await flush();
  }
  await flush();
  const all = [...cells.values()];
  for (let at = 0; at < all.length; at += CHUNK) {
    await client.query(
      `insert into indicator_cell (home_code, division_code, indicator, period, key, value)
       select home_code, division_code, indicator, period, key, value from jsonb_to_recordset($1::jsonb)
         as row (home_code text, division_code text, indicator text, period text, key text, value bigint)`,
      [JSON.stringify(all.slice(at, at + CHUNK))],
    );
  }
  const sums = sumsOf(all);
  for (let at = 0; at < sums.length; at += CHUNK) {
    await client.query(
      `insert into indicator_sum (home_code, indicator, period, digits, division_code, shard, key, value)
       select home_code, indicator, period, digits, division_code, shard, key, value from jsonb_to_recordset($1::jsonb)
         as row (home_code text, indicator text, period text, digits smallint, division_code text, shard smallint, key text, value bigint)`,
      [JSON.stringify(sums.slice(at, at + CHUNK))],
    );
  }
  const open = indicators.filter((one) => one.public).map((one) => one.id);
  await client.query(
    `insert into publication.figure (division_code, indicator, period, key, value)
     select division_code, indicator, period, key, sum(value) from indicator_cell where indicator = any($1) group by 1, 2, 3, 4`,
    [open],
  );
  return samples;
}

/** What the code would have written beside each row, made from the rows as statements. */
async function derive(client: pg.ClientBase): Promise<void> {
  const collection = organisationCollection.id;
  await client.query(
    `insert into search_token (home_code, division_code, collection, token, sort_key, subject_id)
     select distinct o.home_code, o.division_code, $1, token, o.name_key, o.id
     from bench_token b join organisation o on o.id = b.id, unnest(string_to_array(b.tokens, '|')) as token`,
    [register],
  );
  await client.query(
    `insert into publication.search_token (collection, token, sort_key, key)
     select distinct $1, token, o.name_key, coalesce(o.credit_code, o.id::text)
     from bench_token b join organisation o on o.id = b.id, unnest(string_to_array(b.tokens, '|')) as token`,
    [collection],
  );
  await client.query("drop table bench_token");
  await client.query(
    "insert into organisation_code (code, home_code, organisation_id) select credit_code, home_code, id from organisation where credit_code is not null",
  );
  await client.query(
    `insert into organisation_name_key (name_key, home_code, organisation_id, division_code, name, kind, current)
     select name, home_code, id, division_code, name, kind, true from organisation`,
  );
  await client.query(
    `insert into register_version (home_code, register, subject_id, version, division_code, organisation_id, unit_id, valid_from, recorded_at, body, cause)
     select home_code, $1, id, 1, division_code, id, unit_id, coalesce(registered_on, '2020-01-01'), updated_at,
       jsonb_strip_nulls(to_jsonb(o) - (array['home_code', 'id', 'name_key', 'version', 'updated_at', 'flags']
         || case when direct_registration then '{}'::text[] else array['direct_registration'] end
         || case when party_required then '{}'::text[] else array['party_required'] end
         || case when is_charity then '{}'::text[] else array['is_charity'] end
         || case when fundraising_qualified then '{}'::text[] else array['fundraising_qualified'] end)),
       'organisations.record-existing'
     from organisation o`,
    [register],
  );
  await client.query(
    `insert into publication.item (collection, key, subject_id, division_code, title, sort_key, body, published_on, version)
     select $1, coalesce(credit_code, id::text), id, division_code, name, name_key,
       jsonb_build_object('name', name, 'code', credit_code, 'codeFlag', code_flag, 'kind', kind, 'status', status, 'registeredOn', registered_on,
         'registrationAuthority', registration_authority, 'supervisoryUnit', unit_name, 'directRegistration', direct_registration, 'domicile', domicile,
         'legalRepresentative', legal_representative, 'scope', scope_text, 'fundsFen', funds_fen, 'charity', is_charity,
         'fundraisingQualified', fundraising_qualified, 'grade', grade, 'gradeTo', grade_to, 'listing', listing, 'listedOn', listed_on,
         'inspectionYear', inspection_year, 'inspectionConclusion', inspection_conclusion), '2026-11-01', 1
     from organisation`,
    [collection],
  );
}

/** The made rows against what the product's own functions answer: a fixture that differs measures something else. */
async function compare(client: pg.ClientBase, samples: readonly OrganisationRow[]): Promise<void> {
  for (const row of samples) {
    const item = publicItem(row);
    const found = await client.query<{ body: unknown; kept: unknown; tokens: string[]; open: string[] }>(
      `select i.body, v.body as kept,
         array(select token from search_token where subject_id = $1 order by token collate "C") as tokens,
         array(select token from publication.search_token t where t.collection = i.collection and t.key = i.key order by token collate "C") as open
       from publication.item i join register_version v on v.subject_id = i.subject_id where i.collection = $2 and i.key = $3`,
      [row.id, organisationCollection.id, item.key],
    );
    const tokens = [...new Set(searchTokens(row))].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    const known = found.rows[0];
    const plain = (value: unknown) => canonical(JSON.parse(JSON.stringify(value)));
    if (
      !known ||
      plain(known.body) !== plain(item.body) ||
      plain(known.kept) !== plain(bodyOf(row)) ||
      known.tokens.join() !== tokens.join() ||
      known.open.join() !== tokens.join()
    )
      throw new Error(
        `the fixture differs from what the register writes: ${row.name} ${plain(known ?? null).slice(0, 2_000)}`,
      );
  }
}

/** Accounts and sessions of the people who ask. */
async function admit(client: pg.ClientBase): Promise<void> {
  for (const { token, id, role, division } of Object.values(people)) {
    await client.query(
      // An administrator without a second factor may do nothing; nobody ever signs in with this one.
      "insert into account (id, login, display_name, password_hash, totp_sealed, created_at) values ($1, $2, $2, 'none', 'none', now())",
      [id, token],
    );
    await client.query(
      "insert into role_grant (id, account_id, role, division_code, label, valid_from, granted_at) values ($1, $1, $2, $3, $2, '2020-01-01', now())",
      [id, role, division],
    );
    await client.query(
      "insert into session (token_hash, account_id, kind, grant_id, created_at, seen_at, expires_at) values ($1, $2, 'token', $2, now(), now(), now() + interval '10 years')",
      [hashToken(token), id],
    );
  }
}

/** Fills an empty database with a register of this size and everything the product keeps with it (测速数据). */
export async function buildFixture(
  connection: Connection,
  url: string | undefined,
  project: string,
  size: number,
): Promise<void> {
  const database = openDatabase(connection, 2);
  try {
    const folders = [`${project}/kernel/migrations`, `${project}/modules/organisations/server/migrations`];
    await database.owner((client) =>
      migrate(client, folders, [...kernelTables, ...tables], url ? loginPasswords(url) : {}),
    );
    await loadDivisions(database, "0");
    await loadHolidays(database);
    await database.owner(async (client) => {
      if (database.kind === "postgresql")
        await client.query("set synchronous_commit = off; set maintenance_work_mem = '512MB'; set work_mem = '256MB'");
      // The owner fills tables that no role may fill at once; policies bind the owner too, unless it is a superuser.
      let samples: OrganisationRow[] = [];
      await withoutIndexes(client, async () => {
        samples = await load(client, size);
        await derive(client);
      });
      await admit(client);
      if (database.kind === "postgresql") await client.query("vacuum analyze");
      else await client.query("analyze");
      await compare(client, samples);
    });
  } finally {
    await database.close();
  }
}
