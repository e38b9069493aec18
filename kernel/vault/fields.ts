import { sql } from "../database/sql.ts";
import type { Tx } from "../database/transaction.ts";
import type { Context } from "../operation/context.ts";
import { digest, digests, seal } from "./seal.ts";

/** A personal value to keep sealed (密封字段). `masked` is what everybody else sees. */
export interface SealedValue {
  readonly home: string;
  readonly division: string;
  readonly organisation?: string | null;
  readonly subject: string;
  /** Also the kind of its digest: `citizen_id`, `phone` … */
  readonly field: string;
  readonly value: string;
  readonly masked: string;
  /** Its digest by the current key, where the caller has looked the value up already. */
  readonly digest?: string;
}

/** Seals personal values, each by itself, many as one statement; their plain text is nowhere else in the database. */
export function sealFields(ctx: Context, values: readonly SealedValue[]): void {
  if (values.length === 0) return;
  // A later value of one field wins: one statement cannot touch a row twice.
  const fields = new Map(values.map((one) => [`${one.home}/${one.subject}/${one.field}`, one]));
  const rows = JSON.stringify(
    [...fields.values()].map((one) => ({
      home_code: one.home,
      subject_id: one.subject,
      field: one.field,
      division_code: one.division,
      organisation_id: one.organisation ?? undefined,
      sealed: seal(ctx.house.keys, one.value, `${one.subject}/${one.field}`),
      digest: one.digest ?? digest(ctx.house.keys, one.field, one.value),
      masked: one.masked,
    })),
  );
  ctx.later(async (tx) => {
    await tx.run(sql`
      insert into sealed_field (home_code, subject_id, field, division_code, organisation_id, sealed, digest, masked)
      select home_code, subject_id, field, division_code, organisation_id, sealed, digest, masked
      from jsonb_to_recordset(${rows}::jsonb) as row (home_code text, subject_id uuid, field text, division_code text,
        organisation_id uuid, sealed text, digest text, masked text)
      on conflict (home_code, subject_id, field) do update set division_code = excluded.division_code,
        sealed = excluded.sealed, digest = excluded.digest, masked = excluded.masked`);
  });
}

/** Subjects anywhere that carry a value (摘要查找): ids only, across scopes, by keyed digest. */
export async function subjectsWith(ctx: Context, field: string, value: string): Promise<string[]> {
  const wanted = digests(ctx.house.keys, field, value);
  return ctx.tx.lookup(async (tx) => {
    const rows = await tx.many<{ subject_id: string }>(
      sql`select subject_id from sealed_field where field = ${field} and digest = any(${wanted})`,
    );
    return rows.map((row) => row.subject_id);
  });
}

/** Masked forms of a subject's sealed fields, under the reader's own scope. */
export async function maskedFields(tx: Tx, subjects: readonly string[]): Promise<Map<string, Record<string, string>>> {
  const rows = await tx.many<{ subject_id: string; field: string; masked: string }>(sql`
    select subject_id, field, masked from sealed_field where subject_id = any(${subjects}::uuid[])`);
  const out = new Map<string, Record<string, string>>();
  for (const row of rows) out.set(row.subject_id, { ...out.get(row.subject_id), [row.field]: row.masked });
  return out;
}
