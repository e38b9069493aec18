import type { Keys } from "../vault/keys.ts";
import { seal, unseal } from "../vault/seal.ts";
import type { BatchRow, StagedRow } from "./sheet.store.ts";

type Staged = Omit<StagedRow, "outcome" | "sealed" | "sealed_row">;
/** Private fields of a chunk of rows, by ordinal. */
type Kept = Record<string, Record<string, unknown>>;

const placeOf = (batch: Pick<BatchRow, "id">, ordinal: number) => `sheet/${batch.id}/${ordinal}`;

/**
 * A chunk of rows with the private fields taken out and sealed (密封私密列): as one text, kept at the first row, since a cipher for
 * each row costs ten times as much as one for all of them.
 */
export function hidden(
  keys: Keys,
  batch: Pick<BatchRow, "id">,
  fields: readonly string[],
  rows: readonly Staged[],
): Omit<StagedRow, "outcome">[] {
  const wanted = new Set(fields);
  const holder = rows[0]?.ordinal ?? 0;
  const kept: Kept = {};
  const out = rows.map((row): Omit<StagedRow, "outcome"> => {
    const { input } = row;
    if (wanted.size === 0 || typeof input !== "object" || input === null)
      return { ...row, sealed: null, sealed_row: null };
    const open: Record<string, unknown> = {};
    const own: Record<string, unknown> = {};
    for (const [field, value] of Object.entries(input)) (wanted.has(field) ? own : open)[field] = value;
    kept[row.ordinal] = own;
    return { ...row, input: open, sealed: null, sealed_row: holder };
  });
  const [first] = out;
  if (first && Object.keys(kept).length > 0)
    out[0] = { ...first, sealed: seal(keys, JSON.stringify(kept), placeOf(batch, holder)) };
  return out;
}

/** What rows say, whole again (还原导入行). `sealed` holds the texts of their chunks by the ordinal they stand at. */
export function wholeInputs(
  keys: Keys,
  batch: Pick<BatchRow, "id">,
  rows: readonly StagedRow[],
  sealed: ReadonlyMap<number, string>,
): unknown[] {
  const opened = new Map<number, Kept>();
  for (const [ordinal, text] of sealed)
    opened.set(ordinal, JSON.parse(unseal(keys, text, placeOf(batch, ordinal))) as Kept);
  return rows.map((row) => {
    if (row.sealed_row === null) return row.input;
    const own = opened.get(row.sealed_row)?.[row.ordinal];
    if (!own) throw new Error(`row ${row.ordinal} of import ${batch.id} has lost its private fields`);
    return { ...(row.input as object), ...own };
  });
}
