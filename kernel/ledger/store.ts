import { sql } from "../database/sql.ts";
import type { Tx } from "../database/transaction.ts";

/** A row of the table `ledger_entry`, but for the time it was recorded. */
export interface EntryRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly organisation_id: string | null;
  readonly asset: string;
  readonly effective_on: string;
  readonly cause: string;
  readonly subject_id: string | null;
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly command: string;
  readonly request_id: string;
  readonly actor_id: string | null;
  readonly correction_of: string | null;
  readonly purpose_change: string | null;
  readonly counterpart: string | null;
  readonly counterpart_home: string | null;
  readonly transfer: "out" | "in" | null;
}

/** A row of the table `ledger_posting`. */
export interface PostingRow {
  readonly home_code: string;
  readonly entry_id: string;
  readonly line: number;
  readonly division_code: string;
  readonly organisation_id: string | null;
  readonly account_id: string;
  readonly shard: number;
  readonly effective_on: string;
  readonly amount: number;
  readonly mark_from: number;
  readonly mark_to: number;
}

interface TotalRow {
  readonly home_code: string;
  readonly account_id: string;
  readonly grain: "day" | "month";
  readonly starts_on: string;
  readonly shard: number;
  readonly division_code: string;
  readonly organisation_id: string | null;
  amount: number;
}

/** Net of each day and month per row of a balance, in key order. */
export function totalsOf(postings: readonly PostingRow[]): TotalRow[] {
  const totals = new Map<string, TotalRow>();
  for (const { home_code, account_id, shard, effective_on, division_code, organisation_id, amount } of postings)
    for (const [grain, starts_on] of [
      ["day", effective_on],
      ["month", `${effective_on.slice(0, 7)}-01`],
    ] as const) {
      const name = [home_code, account_id, grain, starts_on, shard].join(" ");
      const known = totals.get(name);
      if (known) known.amount += amount;
      else totals.set(name, { home_code, account_id, grain, starts_on, shard, division_code, organisation_id, amount });
    }
  return [...totals.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

/** Adds entries with their postings and totals; nothing of them is ever changed again but the totals. */
export async function insertEntries(
  tx: Tx,
  now: Date,
  entries: readonly EntryRow[],
  postings: readonly PostingRow[],
): Promise<void> {
  await Promise.all([
    tx.last(sql`
      insert into ledger_entry (home_code, id, division_code, organisation_id, asset, effective_on, recorded_at, cause, subject_id, evidence, command,
        request_id, actor_id, correction_of, purpose_change, counterpart, counterpart_home, transfer)
      select home_code, id, division_code, organisation_id, asset, effective_on, ${now}, cause, subject_id, evidence, command, request_id, actor_id,
        correction_of, purpose_change, counterpart, counterpart_home, transfer
      from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as row (home_code text, id uuid, division_code text, organisation_id uuid, asset text,
        effective_on date, cause text, subject_id uuid, evidence jsonb, command text, request_id text, actor_id uuid, correction_of uuid, purpose_change uuid,
        counterpart uuid, counterpart_home text, transfer text)`),
    tx.last(sql`
      insert into ledger_posting (home_code, entry_id, line, division_code, organisation_id, account_id, shard, effective_on, amount, mark_from, mark_to)
      select home_code, entry_id, line, division_code, organisation_id, account_id, shard, effective_on, amount, mark_from, mark_to
      from jsonb_to_recordset(${JSON.stringify(postings)}::jsonb) as row (home_code text, entry_id uuid, line smallint, division_code text, organisation_id uuid,
        account_id uuid, shard smallint, effective_on date, amount bigint, mark_from bigint, mark_to bigint)`),
    tx.last(sql`
      insert into ledger_total as total (home_code, account_id, grain, starts_on, shard, division_code, organisation_id, amount)
      select home_code, account_id, grain, starts_on, shard, division_code, organisation_id, amount
      from jsonb_to_recordset(${JSON.stringify(totalsOf(postings))}::jsonb) as row (home_code text, account_id uuid, grain text, starts_on date,
        shard smallint, division_code text, organisation_id uuid, amount bigint)
      on conflict (home_code, account_id, grain, starts_on, shard) do update set amount = total.amount + excluded.amount`),
  ]);
}
