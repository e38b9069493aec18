import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";

/** The words one organisation is found by, in the register and on the public pages. */
export interface FoundBy {
  readonly home_code: string;
  readonly division_code: string;
  readonly subject_id: string;
  readonly key: string;
  readonly sort_key: string;
  readonly tokens: readonly string[];
}

/** Writes the words of organisations that have none yet, for staff and for the public. Written as the system role. */
export async function addWords(tx: Tx, register: string, rows: readonly FoundBy[]): Promise<void> {
  const json = JSON.stringify(rows);
  await tx.run(sql`
    insert into search_token (home_code, division_code, collection, token, sort_key, subject_id)
    select row.home_code, row.division_code, ${register}, word.token, row.sort_key, row.subject_id
    from jsonb_to_recordset(${json}::jsonb) as row (home_code text, division_code text, subject_id uuid, sort_key text, tokens text[])
    cross join lateral unnest(row.tokens) as word (token) order by word.token on conflict do nothing`);
  await tx.run(sql`
    insert into publication.search_token (collection, token, sort_key, key)
    select ${register}, word.token, row.sort_key, row.key
    from jsonb_to_recordset(${json}::jsonb) as row (key text, sort_key text, tokens text[])
    cross join lateral unnest(row.tokens) as word (token) order by word.token on conflict do nothing`);
}
