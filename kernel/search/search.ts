import { sql } from "../database/sql.ts";
import type { Context } from "../operation/context.ts";

/** Tokens of one subject (检索词). */
export interface Indexed {
  readonly collection: string;
  readonly home: string;
  readonly division: string;
  readonly subject: string;
  readonly sortKey: string;
  readonly tokens: readonly string[];
}

/** Replaces the tokens of subjects, many as one statement. `fresh` skips the deletion for subjects never indexed. */
export function index(ctx: Context, entries: readonly Indexed[], fresh = false): void {
  if (entries.length === 0) return;
  const rows = entries.flatMap((entry) =>
    entry.tokens.map((token) => ({
      home_code: entry.home,
      division_code: entry.division,
      collection: entry.collection,
      token,
      sort_key: entry.sortKey,
      subject_id: entry.subject,
    })),
  );
  ctx.later(async (tx) => {
    if (!fresh)
      await tx.run(
        sql`delete from search_token where subject_id = any(${entries.map((entry) => entry.subject)}::uuid[])`,
      );
    await tx.run(sql`
      insert into search_token (home_code, division_code, collection, token, sort_key, subject_id)
      select distinct home_code, division_code, collection, token, sort_key, subject_id
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, division_code text, collection text, token text, sort_key text, subject_id uuid)
      on conflict do nothing`);
  });
}
