import { sql } from "../../../kernel/database/sql.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { publish } from "../../../kernel/publication/publication.ts";
import { nameTokens } from "../../../kernel/search/tokens.ts";
import type { OrganisationRow } from "./organisation.row.ts";
import { formerNameCollection, organisationCollection, publicKey } from "./organisations.publication.ts";

/**
 * Publishes the names organisations used to have (曾用名公开), so that the public finds them by those too. Queue it after the
 * name keys and the public items of the same organisations: it reads the former and adds words to the latter.
 */
export function publishFormerNames(ctx: Context, rows: readonly OrganisationRow[]): void {
  if (rows.length === 0) return;
  ctx.later(async (tx) => {
    const former = await tx.many<{ organisation_id: string; name: string }>(sql`
      select organisation_id, name from organisation_name_key
      where organisation_id = any(${rows.map((row) => row.id)}::uuid[]) and not current order by ended_on desc nulls last, name`);
    if (former.length === 0) return;
    const named = rows.flatMap((row) => {
      const names = former.filter((one) => one.organisation_id === row.id).map((one) => one.name);
      return names.length === 0 ? [] : [{ row, names }];
    });
    publish(
      ctx,
      named.map(({ row, names }) => ({
        collection: formerNameCollection,
        key: publicKey(row),
        subject: row.id,
        division: row.division_code,
        title: row.name,
        sortKey: row.name_key,
        body: { name: row.name, code: row.credit_code, formerNames: names.join("、") },
      })),
    );
    const words = named.flatMap(({ row, names }) =>
      names.flatMap(nameTokens).map((token) => ({ token, sort_key: row.name_key, key: publicKey(row) })),
    );
    await tx.run(sql`
      insert into publication.search_token (collection, token, sort_key, key)
      select distinct ${organisationCollection.id}, token, sort_key, key
      from jsonb_to_recordset(${JSON.stringify(words)}::jsonb) as row (token text, sort_key text, key text)
      on conflict do nothing`);
  });
}
