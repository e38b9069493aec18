import { sql } from "../database/sql.ts";
import type { Context } from "../operation/context.ts";
import { readCursor, writeCursor } from "../operation/cursor.ts";
import { handle } from "../operation/handle.ts";
import { unseal } from "../vault/seal.ts";
import { getPublicDocument, listDocuments, openDocument, verifyDocument } from "./documents.contract.ts";
import { factsPlace } from "./issue.ts";
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
  facts_sealed: string | null;
  issuer: { authority: string; url: string; specimen: boolean };
  issued_on: string;
  verification_code: string;
  void_at: Date | null;
  void_reason: string | null;
  served: Record<string, unknown>[];
  public: boolean;
}

const list = handle(listDocuments)(async (input, ctx) => {
  const [after] = readCursor(input.after, ["id"]) ?? [];
  const rows = await ctx.tx.many<DocumentRow>(sql`
    select * from document
    where (${input.organisationId ?? null}::uuid is null or organisation_id = ${input.organisationId ?? null}) and (${after ?? null}::uuid is null or id < ${after ?? null}::uuid)
    order by id desc limit ${input.limit + 1}`);
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
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
    next: rows.length > input.limit && last ? writeCursor([last.id]) : null,
  };
});

async function paperOf(ctx: Context, row: DocumentRow) {
  const versions: readonly Template<never>[] = ctx.house.templates.get(row.template) ?? [];
  const template = versions.find((one) => one.version === row.template_version);
  if (!template)
    throw new Error(`template ${row.template} ${row.template_version} is gone: documents of it cannot be rendered`);
  // As it was on the day of issue: a renamed bureau does not change an old paper.
  const { authority, url, specimen } = row.issuer;
  const verification = { code: row.verification_code, url };
  const facts = row.facts_sealed
    ? (JSON.parse(unseal(ctx.house.keys, row.facts_sealed, factsPlace(row.id))) as object)
    : row.facts;
  const body = await render(
    fillTemplate(template, facts as never, {
      authority,
      number: row.number ?? "",
      issuedOn: row.issued_on,
      verification,
      specimen,
    }),
  );
  return { fileName: `${row.number ?? row.title}.pdf`, contentType: "application/pdf", body };
}

const open = handle(openDocument)(async (input, ctx) => {
  const row = await ctx.tx.maybe<DocumentRow>(sql`select * from document where id = ${input.id}`);
  if (!row) return ctx.fail("documents/unknown");
  return paperOf(ctx, row);
});

/** The least answer across scopes: one row by its code, through the lookup role. */
const byCode = (ctx: Context, code: string) =>
  ctx.tx.lookup((tx) => tx.maybe<DocumentRow>(sql`select * from document where verification_code = ${code}`));

const verify = handle(verifyDocument)(async (input, ctx) => {
  const code = parseVerificationCode(input.code);
  if (!code) return ctx.fail("documents/code-form", { code: input.code });
  const row = await byCode(ctx, code);
  if (!row) return ctx.fail("documents/no-such-code", { code });
  return {
    genuine: row.void_at === null,
    number: row.number,
    title: row.title,
    authority: row.issuer.authority,
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
  return paperOf(ctx, row);
});

export const documentHandlers = [list, open, verify, openPublic];
