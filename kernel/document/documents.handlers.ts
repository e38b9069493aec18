import { sql } from "../database/sql.ts";
import type { Tx } from "../database/transaction.ts";
import type { Context } from "../operation/context.ts";
import { handle } from "../operation/handle.ts";
import { getPublicDocument, listDocuments, openDocument, verifyDocument } from "./documents.contract.ts";
import { authorityOf } from "./issue.ts";
import { render } from "./layout.ts";
import { fillTemplate, type Template } from "./template.ts";
import { parseVerificationCode } from "./verification.ts";

interface DocumentRow {
  home_code: string;
  id: string;
  template: string;
  template_version: string;
  number: string | null;
  title: string;
  facts: object;
  issued_on: string;
  verification_code: string;
  void_at: Date | null;
  void_reason: string | null;
  served: Record<string, unknown>[];
  public: boolean;
}

const list = handle(listDocuments)(async (input, ctx) => {
  const rows = await ctx.tx.many<DocumentRow>(sql`
    select * from document
    where (${input.organisationId ?? null}::uuid is null or organisation_id = ${input.organisationId ?? null}) and (${input.after ?? null}::uuid is null or id < ${input.after ?? null}::uuid)
    order by id desc limit ${input.limit + 1}`);
  const shown = rows.slice(0, input.limit);
  return {
    documents: shown.map((row) => ({
      id: row.id,
      number: row.number,
      title: row.title,
      template: row.template,
      issuedOn: row.issued_on,
      void: row.void_at !== null,
      served: row.served,
      verificationCode: row.verification_code,
    })),
    next: rows.length > input.limit ? (shown.at(-1)?.id ?? null) : null,
  };
});

async function paperOf(ctx: Context, tx: Tx, row: DocumentRow) {
  const versions: readonly Template<never>[] = ctx.house.templates.get(row.template) ?? [];
  const template = versions.find((one) => one.version === row.template_version);
  if (!template)
    throw new Error(`template ${row.template} ${row.template_version} is gone: documents of it cannot be rendered`);
  const authority = await authorityOf(tx, row.home_code);
  const body = await render(
    fillTemplate(template, row.facts as never, {
      authority: authority.name,
      number: row.number ?? "",
      issuedOn: row.issued_on,
      verification: { code: row.verification_code, url: `${ctx.house.baseUrl}/verify/${row.verification_code}` },
      specimen: ctx.house.demo,
    }),
  );
  return { fileName: `${row.number ?? row.title}.pdf`, contentType: "application/pdf", body };
}

const open = handle(openDocument)(async (input, ctx) => {
  const row = await ctx.tx.maybe<DocumentRow>(sql`select * from document where id = ${input.id}`);
  if (!row) return ctx.fail("documents/unknown");
  return paperOf(ctx, ctx.tx, row);
});

/** The least answer across scopes: one row by its code, through the lookup role. */
const byCode = (ctx: Context, code: string) =>
  ctx.tx.lookup((tx) => tx.maybe<DocumentRow>(sql`select * from document where verification_code = ${code}`));

const verify = handle(verifyDocument)(async (input, ctx) => {
  const code = parseVerificationCode(input.code);
  if (!code) return ctx.fail("documents/code-form", { code: input.code });
  const row = await byCode(ctx, code);
  if (!row) return ctx.fail("documents/no-such-code", { code });
  const authority = await authorityOf(ctx.tx, row.home_code);
  return {
    genuine: row.void_at === null,
    number: row.number,
    title: row.title,
    authority: authority.name,
    issuedOn: row.issued_on,
    void: row.void_at !== null,
    voidReason: row.void_reason,
    public: row.public,
  };
});

const openPublic = handle(getPublicDocument)(async (input, ctx) => {
  const code = parseVerificationCode(input.code);
  const row = code ? await byCode(ctx, code) : undefined;
  if (!row?.public) return ctx.fail("documents/no-such-code", { code: input.code });
  return paperOf(ctx, ctx.tx, row);
});

export const documentHandlers = [list, open, verify, openPublic];
