import { raw, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { rangeOf } from "../../../kernel/divisions/code.ts";
import type { ItemRow } from "./portal.queries.ts";

const columns = raw(
  "item.collection, item.key, item.title, item.division_code, item.sort_key, item.body, item.published_on, item.expires_on",
);

export interface After {
  readonly division: string;
  readonly sortKey: string;
  readonly key: string;
}

/** Items of a collection whose sort key begins with a date, newest first (公开事项，新的在前); below a division, division by division. */
export async function newestPage(
  tx: Tx,
  collection: string,
  where: {
    readonly division?: string | undefined;
    readonly today: string;
    readonly limit: number;
    readonly after?: After | undefined;
  },
): Promise<ItemRow[]> {
  const { after } = where;
  const alive = sql`(item.expires_on is null or item.expires_on > ${where.today})`;
  if (!where.division)
    return tx.many<ItemRow>(sql`
      select ${columns} from publication.item item
      where item.collection = ${collection} and ${alive}
        and (${after?.key ?? null}::text is null or (item.sort_key, item.key) < (${after?.sortKey ?? ""}::text, ${after?.key ?? ""}::text))
      order by item.sort_key desc, item.key desc limit ${where.limit}`);
  const { lo, hi } = rangeOf(where.division);
  return tx.many<ItemRow>(sql`
    select ${columns} from publication.item item
    where item.collection = ${collection} and ${alive} and item.division_code >= ${lo} and item.division_code < ${hi}
      and (${after?.key ?? null}::text is null or (item.division_code, item.sort_key, item.key)
        < (${after?.division ?? ""}::text, ${after?.sortKey ?? ""}::text, ${after?.key ?? ""}::text))
    order by item.division_code desc, item.sort_key desc, item.key desc limit ${where.limit}`);
}

export interface CorrectionRow {
  readonly collection: string;
  readonly key: string;
  readonly title: string;
  readonly version: number;
  readonly old_body: Record<string, unknown>;
  readonly body: Record<string, unknown>;
  readonly reason: string;
  readonly corrected_on: string;
}

/** Corrections of collections (公开更正), newest first, of what is still published. */
export async function correctionPage(
  tx: Tx,
  collections: readonly string[],
  where: {
    readonly today: string;
    readonly limit: number;
    readonly after?:
      | { readonly on: string; readonly collection: string; readonly key: string; readonly version: number }
      | undefined;
  },
): Promise<CorrectionRow[]> {
  const { after } = where;
  return tx.many<CorrectionRow>(sql`
    select correction.collection, correction.key, item.title, correction.version, correction.old_body, item.body, correction.reason,
      correction.corrected_on
    from publication.correction correction
    join publication.item item on item.collection = correction.collection and item.key = correction.key
    where correction.collection = any(${collections}::text[]) and (item.expires_on is null or item.expires_on > ${where.today})
      and (${after?.on ?? null}::date is null or (correction.corrected_on, correction.collection, correction.key, correction.version)
        < (${after?.on ?? null}::date, ${after?.collection ?? ""}::text, ${after?.key ?? ""}::text, ${after?.version ?? 0}::integer))
    order by correction.corrected_on desc, correction.collection desc, correction.key desc, correction.version desc limit ${where.limit}`);
}
