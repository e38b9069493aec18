import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import type { ItemKind } from "../equipment.shapes.ts";

/** What of a home may be told to anybody. */
export interface PublicHome {
  readonly id: string;
  readonly division_code: string;
  readonly name: string;
  readonly state: "open" | "closed";
  readonly delivered_items: readonly ItemKind[];
  readonly verified_items: readonly ItemKind[];
  readonly covered: boolean;
}

/** Homes of one register, with nothing of their people. */
export async function publicHomes(tx: Tx, home: string): Promise<PublicHome[]> {
  return tx.many<PublicHome>(sql`
    select id, division_code, name, state, delivered_items, verified_items, covered from care_home where home_code = ${home} order by division_code, name, id`);
}

/** What an office has published last, by key. */
export async function publishedBy(tx: Tx, home: string): Promise<Map<string, Readonly<Record<string, unknown>>>> {
  const rows = await tx.many<{ key: string; body: Record<string, unknown> }>(
    sql`select key, body from equipment_published where home_code = ${home}`,
  );
  return new Map(rows.map((row) => [row.key, row.body]));
}

/** Remembers what was published and what was taken off: an effect. */
export function keepPublished(
  ctx: Context,
  items: readonly {
    readonly key: string;
    readonly division: string;
    readonly body: Readonly<Record<string, unknown>>;
  }[],
  gone: readonly string[],
): void {
  ctx.later(async (tx) => {
    await Promise.all([
      tx.run(sql`
        insert into equipment_published (home_code, key, division_code, body, published_on)
        select ${ctx.actor.home}, key, division, body, ${ctx.today}::date
        from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as row (key text, division text, body jsonb)
        on conflict (home_code, key) do update set division_code = excluded.division_code, body = excluded.body, published_on = excluded.published_on`),
      tx.run(sql`delete from equipment_published where home_code = ${ctx.actor.home} and key = any(${gone})`),
    ]);
  });
}
