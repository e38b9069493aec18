import type pg from "pg";
import { hashToken } from "../kernel/auth/sessions.ts";
import { organisations } from "./organisations.ts";

/** Somebody who reports for an organisation. */
export interface Representative {
  readonly token: string;
  readonly organisation: string;
  readonly home: string;
}

const MOST = 12_000;
const known = new Map<number, Representative[]>();

/** Social groups of the generated register that owe a report, spread over the nation, with a token for each (测速用户). */
export function representatives(size: number): readonly Representative[] {
  const found = known.get(size);
  if (found) return found;
  const all: Representative[] = [];
  for (const row of organisations(size)) {
    if (row.kind !== "social_group" || row.status !== "registered" || row.home_code === "000000") continue;
    if ((row.registered_on ?? "9999") >= "2024-01-01") continue;
    all.push({ token: `bench-organisation-${row.id.slice(-8)}`, organisation: row.id, home: row.home_code });
  }
  const step = Math.max(1, all.length / MOST);
  // Neighbours in the list are far apart in the register: one after the other they do not meet in one county.
  const spread = Array.from(
    { length: Math.min(MOST, all.length) },
    (_, at) => all[Math.floor(at * step)] as Representative,
  );
  const stride = 4_999;
  const walked = spread.map((_, at) => spread[(at * stride) % spread.length] as Representative);
  const people = new Set(walked).size === spread.length ? walked : spread;
  known.set(size, people);
  return people;
}

/** Gives each of them an account, a grant and a session. */
export async function admitRepresentatives(client: pg.ClientBase, size: number): Promise<void> {
  const people = representatives(size);
  const ids = people.map((one) => `0192${one.organisation.slice(4)}`);
  const tokens = people.map((one) => one.token);
  await client.query(
    `insert into account (id, login, display_name, password_hash, created_at) select id, token, token, 'none', now()
     from unnest($1::uuid[], $2::text[]) as one (id, token) on conflict do nothing`,
    [ids, tokens],
  );
  await client.query(
    `insert into role_grant (id, account_id, role, organisation_id, organisation_home, label, valid_from, granted_at)
     select id, id, 'organisation', organisation, home, 'bench', '2020-01-01', now()
     from unnest($1::uuid[], $2::uuid[], $3::text[]) as one (id, organisation, home) on conflict do nothing`,
    [ids, people.map((one) => one.organisation), people.map((one) => one.home)],
  );
  await client.query(
    `insert into session (token_hash, account_id, kind, grant_id, created_at, seen_at, expires_at)
     select hash, id, 'token', id, now(), now(), now() + interval '10 years' from unnest($1::uuid[], $2::text[]) as one (id, hash) on conflict do nothing`,
    [ids, tokens.map(hashToken)],
  );
}
