import { createWriteStream } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import type { Collection, OpenField } from "../../../kernel/publication/define.ts";
import type { ColumnKind } from "../../../kernel/sheet/column.ts";
import { type ExportColumn, type ExportValue, streamCsv } from "../../../kernel/sheet/write.ts";
import { exportCollection, getOpenData } from "../portal.contract.ts";
import { words } from "../portal.words.ts";
import type { CollectionNames, Dictionary } from "./portal.collections.ts";
import { exportPage, type ItemRow, itemPage } from "./portal.queries.ts";
import { insideRoot } from "./search.handlers.ts";

const PAGE = 500;
/** Exports at one time: each holds a connection of the portal while it runs. */
const AT_ONCE = 2;

const kindOf: Readonly<Record<OpenField["type"], ColumnKind>> = {
  text: "text",
  date: "date",
  integer: "integer",
  fen: "money",
  code: "code",
  boolean: "boolean",
};

/** Name of a field in one language: the module's own word, else the portal's, else the field's id. */
function fieldName(names: CollectionNames | undefined, field: string, locale: "zh" | "en"): string {
  const own = names?.fields[field];
  if (own !== undefined) return own;
  return (words[locale].fields as Readonly<Record<string, string>>)[field] ?? field;
}

function collectionName(names: CollectionNames | undefined, id: string, locale: "zh" | "en"): string {
  return names?.name ?? (words[locale].collections as Readonly<Record<string, string>>)[id] ?? id;
}

async function* rowsOf(
  tx: Tx,
  collection: Collection,
  where: { readonly division?: string; readonly today: string },
): AsyncGenerator<Record<string, unknown>> {
  const { division, today } = where;
  for (let last: ItemRow | undefined; ; ) {
    const after = last && { division: last.division_code, sortKey: last.sort_key, key: last.key };
    const rows: ItemRow[] = division
      ? await itemPage(tx, collection.id, { division, today, after, limit: PAGE })
      : await exportPage(tx, collection.id, { today, after: last?.key ?? "", limit: PAGE });
    for (const row of rows) yield { key: row.key, division: row.division_code, ...row.body };
    last = rows.at(-1);
    if (rows.length < PAGE) return;
  }
}

async function* asJson(
  rows: AsyncIterable<Record<string, unknown>>,
  fields: readonly string[],
): AsyncGenerator<string> {
  let text = "[";
  let first = true;
  for await (const row of rows) {
    text += `${first ? "\n" : ",\n"}${JSON.stringify(Object.fromEntries(fields.map((field) => [field, row[field] ?? null])))}`;
    first = false;
    if (text.length < 64 * 1024) continue;
    yield text;
    text = "";
  }
  yield `${text}\n]\n`;
}

/** Open data: the catalogue, and whole collections as files (开放数据). */
export function openDataHandlers(collections: ReadonlyMap<string, Collection>, dictionary: Dictionary) {
  let running = 0;
  const namesOf = (id: string, locale: "zh" | "en") => dictionary[locale][id];
  /** The key and the division of an item stand beside its declared fields. */
  const columnsOf = (collection: Collection, locale: "zh" | "en"): ExportColumn[] => [
    { field: "key", header: fieldName(undefined, "key", locale), kind: "code" },
    ...(collection.fields.some((one) => one.field === "division")
      ? []
      : [{ field: "division", header: fieldName(undefined, "division", locale), kind: "code" as const }]),
    ...collection.fields.map(({ field, type }) => ({
      field,
      // Money is yuan in a sheet and fen in JSON; the word of the dictionary says fen.
      header: fieldName(namesOf(collection.id, locale), field, locale).replace(
        /（分）|\(fen\)/,
        words[locale].openData.inYuan,
      ),
      kind: kindOf[type],
    })),
  ];

  const catalogue = handle(getOpenData)(async () => ({
    collections: [...collections.values()].map((collection) => ({
      id: collection.id,
      name: {
        zh: collectionName(namesOf(collection.id, "zh"), collection.id, "zh"),
        en: collectionName(namesOf(collection.id, "en"), collection.id, "en"),
      },
      fields: collection.fields.map(({ field, type }) => ({
        field,
        type,
        name: {
          zh: fieldName(namesOf(collection.id, "zh"), field, "zh"),
          en: fieldName(namesOf(collection.id, "en"), field, "en"),
        },
      })),
      formats: (["csv", "json"] as const).map((format) => ({
        format,
        path: `/api/portal/export?collection=${collection.id}&format=${format}`,
      })),
    })),
  }));

  const download = handle(exportCollection)(async (input, ctx) => {
    const collection = collections.get(input.collection);
    if (!collection) return ctx.fail("portal/unknown-collection", { collection: input.collection });
    if (running >= AT_ONCE) return ctx.fail("portal/export-busy", { atOnce: AT_ONCE });
    running += 1;
    const folder = await mkdtemp(join(tmpdir(), "shanzhi-export-"));
    const path = join(folder, "file");
    try {
      const division = insideRoot(ctx, input.division);
      const rows = rowsOf(ctx.tx, collection, { today: ctx.today, ...(division ? { division } : {}) });
      const columns = columnsOf(collection, input.lang);
      // Written to a file first: the transaction that reads ends before the slowest reader on the network has it all.
      const out = createWriteStream(path, { mode: 0o600 });
      if (input.format === "csv")
        await streamCsv(columns, rows as AsyncIterable<Record<string, ExportValue>>, out, { locale: input.lang });
      else
        await pipeline(
          asJson(
            rows,
            columns.map((column) => column.field),
          ),
          out,
        );
      const file = await open(path);
      return {
        fileName: `${collectionName(namesOf(collection.id, input.lang), collection.id, input.lang)}-${ctx.today}.${input.format}`,
        contentType: input.format === "csv" ? "text/csv; charset=utf-8" : "application/json; charset=utf-8",
        body: file.createReadStream({ autoClose: true }),
      };
    } finally {
      running -= 1;
      // The open handle keeps the bytes until they are sent.
      await rm(folder, { recursive: true, force: true });
    }
  });

  return [catalogue, download];
}
