import { sql } from "../database/sql.ts";
import type { Context } from "../operation/context.ts";
import type { Collection } from "./define.ts";

/** One thing to publish (公开). Fields that the collection does not declare are dropped, never leaked. */
export interface Publish {
  readonly collection: Collection;
  readonly key: string;
  readonly subject?: string | null;
  readonly division: string;
  readonly title: string;
  readonly sortKey: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Exclusive last day; the public page goes blank on it. */
  readonly expires?: string | null;
  readonly tokens?: readonly string[];
}

function declared(collection: Collection, body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(collection.fields.map(({ field }) => [field, body[field] ?? null]));
}

/** Publishes or refreshes items, many as one statement, in the command's transaction (主动公开). */
export function publish(ctx: Context, items: readonly Publish[]): void {
  if (items.length === 0) return;
  const rows = items.map((item) => ({
    collection: item.collection.id,
    key: item.key,
    subject_id: item.subject ?? null,
    division_code: item.division,
    title: item.title,
    sort_key: item.sortKey,
    body: declared(item.collection, item.body),
    expires_on: item.expires ?? null,
  }));
  const searchable = items.filter((item) => item.collection.searchable);
  const tokens = searchable.flatMap((item) =>
    (item.tokens ?? []).map((token) => ({
      collection: item.collection.id,
      key: item.key,
      token,
      sort_key: item.sortKey,
    })),
  );
  ctx.later(async (tx) => {
    // All at once: effects that follow must find these three in their place, one after the other.
    const statements = [
      sql`
        insert into publication.item as item (collection, key, subject_id, division_code, title, sort_key, body, published_on, expires_on, version)
        select collection, key, subject_id, division_code, title, sort_key, body, ${ctx.today}, expires_on, 1
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (collection text, key text, subject_id uuid, division_code text,
          title text, sort_key text, body jsonb, expires_on date)
        on conflict (collection, key) do update set subject_id = excluded.subject_id, division_code = excluded.division_code, title = excluded.title,
          sort_key = excluded.sort_key, body = excluded.body, expires_on = excluded.expires_on, version = item.version + 1`,
    ];
    if (searchable.length > 0)
      statements.push(
        sql`
          delete from publication.search_token where collection = any(${[...new Set(searchable.map((item) => item.collection.id))]})
            and key = any(${searchable.map((item) => item.key)})`,
        sql`
          insert into publication.search_token (collection, token, sort_key, key)
          select distinct collection, token, sort_key, key
          from jsonb_to_recordset(${JSON.stringify(tokens)}::jsonb) as row (collection text, key text, token text, sort_key text)
          on conflict do nothing`,
      );
    await Promise.all(statements.map((statement) => tx.run(statement)));
  });
}

/** Takes an item off the public pages (撤下); staff keep its history. */
export function withdraw(ctx: Context, collection: Collection, keys: readonly string[]): void {
  if (keys.length === 0) return;
  ctx.later(async (tx) => {
    await tx.run(sql`delete from publication.item where collection = ${collection.id} and key = any(${keys})`);
    await tx.run(sql`delete from publication.search_token where collection = ${collection.id} and key = any(${keys})`);
  });
}

/**
 * Takes items off the public pages with everything that was said of them (彻底撤下): earlier texts and corrections too. For what
 * was true and is over; an error that is put right keeps its correction.
 */
export function withdrawWhole(ctx: Context, collection: Collection, keys: readonly string[]): void {
  withdraw(ctx, collection, keys);
  if (keys.length === 0) return;
  ctx.later(async (tx) => {
    await tx.run(sql`delete from publication.correction where collection = ${collection.id} and key = any(${keys})`);
  });
}

/** Publishes a corrected text with the old one kept beside it, dated and explained (公开更正). */
export function correct(ctx: Context, item: Publish, reason: string): void {
  ctx.later(async (tx) => {
    await tx.run(sql`
      insert into publication.correction (collection, key, version, old_body, reason, corrected_on)
      select collection, key, version, body, ${reason}, ${ctx.today} from publication.item
      where collection = ${item.collection.id} and key = ${item.key}`);
  });
  publish(ctx, [item]);
}
