import { sql } from "../database/sql.ts";
import type { Tx } from "../database/transaction.ts";
import { levelOf, significant } from "../divisions/code.ts";
import type { Context } from "../operation/context.ts";
import { seal } from "../vault/seal.ts";
import { authorityName, courtName, organOf, reconsiderationBody } from "./authority.words.ts";
import { type Template, templateOn } from "./template.ts";
import { formatNumber, verificationCode } from "./verification.ts";

/** Who issues (发文机关) and who hears complaints against it. */
export interface Authority {
  readonly name: string;
  readonly organ: string;
  readonly reconsideration: string;
  readonly court: string;
}

/** The authority of a home: by its settings-free default, from the name of its division. */
export async function authorityOf(tx: Tx, home: string): Promise<Authority> {
  const code = significant(home);
  const place = await tx.maybe<{ name: string }>(
    sql`select name from division where code = ${code} order by valid_from desc limit 1`,
  );
  const name = place?.name ?? code;
  return {
    name: authorityName(name, levelOf(code)),
    organ: organOf(name),
    reconsideration: reconsiderationBody(name),
    court: courtName(name),
  };
}

/** A document to issue (制发文书). */
export interface NewDocument<Facts> {
  /** All versions of the template; the one in force today is used and kept with the document. */
  readonly template: readonly Template<Facts>[];
  readonly facts: Facts;
  readonly home: string;
  readonly division: string;
  readonly organisation?: string | null;
  readonly unit?: string | null;
  /** Anybody with the number and code may open the full text; otherwise verification only confirms it exists. */
  readonly public?: boolean;
  /** The facts say something of a person: they lie sealed in the database. Never together with `public`. */
  readonly sealed?: boolean;
}

/** Where the facts of a paper are sealed. */
export const factsPlace = (id: string): string => `document/${id}/facts`;

export interface Issued {
  readonly id: string;
  /** 发文字号, e.g. 青海民社〔2026〕12号. */
  readonly number: string;
  readonly verificationCode: string;
}

/**
 * Issues a numbered, verifiable document (制发文书) in the command's transaction. Only its facts are stored: the paper is
 * rendered from facts and template version, to the same bytes every time. The number is taken from the series of
 * organ and year; a command that is refused afterwards gives it back.
 */
export async function issueDocument<Facts extends object>(ctx: Context, document: NewDocument<Facts>): Promise<Issued> {
  const template = templateOn(document.template, ctx.today);
  const id = ctx.newId();
  const code = verificationCode();
  const year = Number(ctx.today.slice(0, 4));
  const { scope } = ctx.actor;
  const authority = await authorityOf(ctx.tx, document.home);
  const facts = JSON.stringify(document.facts);
  await ctx.tx.assume({ kind: "system" });
  const { last_seq } = await ctx.tx.one<{ last_seq: number }>(sql`
    insert into document_series as series (home_code, series, year, last_seq) values (${document.home}, ${authority.organ}, ${year}, 1)
    on conflict (home_code, series, year) do update set last_seq = series.last_seq + 1 returning last_seq`);
  const number = formatNumber({ organ: authority.organ, year, seq: last_seq });
  await ctx.tx.run(sql`
    insert into document (home_code, id, division_code, organisation_id, unit_id, template, template_version, series, year, seq, number, title, facts,
      facts_sealed, issuer, issued_on, issued_by, verification_code, public)
    values (${document.home}, ${id}, ${document.division}, ${document.organisation ?? null}, ${document.unit ?? null}, ${template.id}, ${template.version},
      ${authority.organ}, ${year}, ${last_seq}, ${number}, ${template.title(document.facts)}, ${document.sealed ? "{}" : facts},
      ${document.sealed ? seal(ctx.house.keys, facts, factsPlace(id)) : null}, ${JSON.stringify({ authority: authority.name, url: `${ctx.house.baseUrl}/verify/${code}`, specimen: ctx.house.demo })}, ${ctx.today},
      ${ctx.actor.accountId}, ${code}, ${document.public ?? false})`);
  await ctx.tx.assume(scope);
  return { id, number, verificationCode: code };
}

/** Records how and when a document was served (送达). */
export function recordService(
  ctx: Context,
  home: string,
  id: string,
  served: { readonly on: string; readonly method: string; readonly note?: string },
): void {
  ctx.later(async (tx) => {
    await tx.run(
      sql`update document set served = served || ${JSON.stringify([served])}::jsonb where home_code = ${home} and id = ${id}`,
    );
  });
}
