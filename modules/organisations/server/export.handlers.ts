import { Writable } from "node:stream";
import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { type ExportColumn, type ExportValue, streamCsv, streamWorkbook } from "../../../kernel/sheet/write.ts";
import { exportOrganisations } from "../organisations.contract.ts";
import { words } from "../organisations.words.ts";
import { boundedCount, type Cursor, type Filter, listPage, searchable } from "./organisations.queries.ts";

/** More rows than this are narrowed first: the file is built inside one transaction. */
const MOST = 100_000;
const PAGE = 1_000;

const fields = [
  ["name", "text"],
  ["creditCode", "code"],
  ["kind", "text"],
  ["status", "text"],
  ["registeredOn", "date"],
  ["fundsFen", "money"],
  ["registrationAuthority", "text"],
  ["supervisoryUnit", "text"],
  ["domicile", "text"],
  ["legalRepresentative", "text"],
  ["scope", "text"],
  ["grade", "text"],
  ["listing", "text"],
  ["listedOn", "date"],
  ["inspectionYear", "integer"],
  ["inspectionConclusion", "text"],
  ["division", "code"],
] as const;

async function* rowsOf(
  ctx: Context<never>,
  filter: Filter,
  locale: "zh" | "en",
): AsyncGenerator<Record<string, ExportValue>> {
  const say = words[locale];
  let after: Cursor | undefined;
  for (;;) {
    const rows = await listPage(ctx.tx, filter, after, PAGE);
    for (const row of rows) {
      yield {
        name: row.name,
        creditCode: row.credit_code,
        kind: say.kinds[row.kind],
        status: say.statuses[row.status],
        registeredOn: row.registered_on ?? row.established_text,
        fundsFen: row.funds_fen,
        registrationAuthority: row.registration_authority,
        supervisoryUnit: row.direct_registration ? say.direct : row.unit_name,
        domicile: row.domicile,
        legalRepresentative: row.legal_representative,
        scope: row.scope_text,
        grade: row.grade,
        listing: row.listing === "none" ? null : say.listings[row.listing],
        listedOn: row.listed_on,
        inspectionYear: row.inspection_year,
        inspectionConclusion: row.inspection_conclusion
          ? (say.conclusions as Record<string, string>)[row.inspection_conclusion]
          : null,
        division: row.division_code,
      };
    }
    const last = rows.at(-1);
    if (rows.length < PAGE || !last) return;
    after = [last.division_code, last.name_key, last.id];
  }
}

const exportAll = handle(exportOrganisations)(async ({ format, locale, ...filter }, ctx) => {
  if (!searchable(filter.q)) ctx.fail("organisations/query-too-short", { q: filter.q });
  if ((await boundedCount(ctx.tx, filter, MOST + 1)) > MOST) ctx.fail("organisations/too-many-rows", { most: MOST });
  const say = words[locale];
  const columns: ExportColumn[] = fields.map(([field, kind]) => ({ field, kind, header: say.columns[field] }));
  const chunks: Buffer[] = [];
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  const rows = rowsOf(ctx, filter, locale);
  if (format === "csv") await streamCsv(columns, rows, out, { locale });
  else await streamWorkbook(columns, rows, out, { locale, sheet: say.register });
  return {
    fileName: `${say.register}-${ctx.today}.${format}`,
    contentType:
      format === "csv"
        ? "text/csv; charset=utf-8"
        : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    body: Buffer.concat(chunks),
  };
});

export const exportHandlers = [exportAll] as const;
