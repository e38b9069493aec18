import { sql } from "../database/sql.ts";
import type { Tx } from "../database/transaction.ts";
import type { AccountRow } from "./account.ts";
import type { EntryRow, PostingRow } from "./store.ts";
import type { Stretch } from "./stretch.ts";

/** Balances by account now (账户余额), as of the moment of the question. */
export async function balancesOf(
  tx: Tx,
  accounts: readonly Pick<AccountRow, "home_code" | "id">[],
): Promise<Map<string, number>> {
  if (accounts.length === 0) return new Map();
  const homes = [...new Set(accounts.map((one) => one.home_code))];
  const rows = await tx.many<{ account_id: string; balance: number }>(sql`
    select account_id, sum(balance)::bigint as balance from ledger_balance
    where home_code = any(${homes}) and account_id = any(${[...new Set(accounts.map((one) => one.id))]}::uuid[]) group by account_id`);
  return new Map(rows.map((row) => [row.account_id, row.balance]));
}

/** What an account held at the end of a day (某日余额), by the dates on which things happened. At most a few hundred rows are added up however old it is. */
export async function balanceOn(tx: Tx, home: string, account: string, day: string): Promise<number> {
  const month = `${day.slice(0, 7)}-01`;
  const row = await tx.one<{ balance: number }>(sql`
    select (
      coalesce((select sum(amount) from ledger_total
        where home_code = ${home} and account_id = ${account} and grain = 'month' and starts_on < ${month}::date), 0)
      + coalesce((select sum(amount) from ledger_total
        where home_code = ${home} and account_id = ${account} and grain = 'day' and starts_on >= ${month}::date and starts_on <= ${day}::date), 0)
    )::bigint as balance`);
  return row.balance;
}

/** Balance of an account (余额), now or at the end of a day. */
export async function balanceOf(tx: Tx, account: Pick<AccountRow, "home_code" | "id">, asOf?: string): Promise<number> {
  if (asOf !== undefined) return balanceOn(tx, account.home_code, account.id, asOf);
  return (await balancesOf(tx, [account])).get(account.id) ?? 0;
}

export interface VoidRow extends Stretch {
  readonly shard: number;
  readonly inflow: boolean;
  readonly entry_id: string;
}

/** Stretches of an account that corrections took out. */
export async function voidsOf(tx: Tx, account: string): Promise<VoidRow[]> {
  return tx.many<VoidRow>(sql`
    select shard, inflow, entry_id, mark_from as "from", mark_to as "to" from ledger_void
    where account_id = ${account} order by shard, mark_from`);
}

/** The same for all accounts that entries move between. */
export async function voidsAround(
  tx: Tx,
  entries: readonly string[],
): Promise<(VoidRow & { readonly account_id: string })[]> {
  return tx.many<VoidRow & { readonly account_id: string }>(sql`
    select account_id, shard, inflow, entry_id, mark_from as "from", mark_to as "to" from ledger_void where account_id in (
      select p.account_id from ledger_entry e join ledger_posting p on p.home_code = e.home_code and p.entry_id = e.id
      where e.id = any(${entries}::uuid[]))
    order by account_id, shard, mark_from`);
}

/** Postings of one row of a balance in one direction, from a position on, in their order. */
export async function postingsFrom(
  tx: Tx,
  account: string,
  shard: number,
  inflow: boolean,
  from: number,
  limit: number,
): Promise<PostingRow[]> {
  return tx.many<PostingRow>(sql`
    select * from ledger_posting
    where account_id = ${account} and shard = ${shard}::smallint and (amount > 0) = ${inflow} and mark_to > ${from}::bigint
    order by mark_to limit ${limit}`);
}

/** All sides of entries, by entry. */
export async function linesOf(tx: Tx, entries: readonly string[]): Promise<Map<string, PostingRow[]>> {
  const out = new Map<string, PostingRow[]>();
  if (entries.length === 0) return out;
  const homes = await tx.many<PostingRow>(sql`
    select p.* from ledger_entry e join ledger_posting p on p.home_code = e.home_code and p.entry_id = e.id
    where e.id = any(${[...new Set(entries)]}::uuid[]) order by p.entry_id, p.line`);
  for (const row of homes) out.set(row.entry_id, [...(out.get(row.entry_id) ?? []), row]);
  return out;
}

export type RecordedEntry = EntryRow & { readonly recorded_at: Date; readonly corrected_by: string | null };

/** Heads of entries, with the entry that took each back. */
export async function entriesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, RecordedEntry>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.many<RecordedEntry>(sql`
    select e.*, c.id as corrected_by from ledger_entry e
    left join ledger_entry c on c.home_code = e.home_code and c.correction_of = e.id
    where e.id = any(${[...new Set(ids)]}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Accounts of one's division by owner. */
export async function accountPage(
  tx: Tx,
  where: {
    readonly organisation?: string | undefined;
    readonly kind?: string | undefined;
    readonly asset?: string | undefined;
    readonly after?: readonly [name: string, id: string] | undefined;
    readonly limit: number;
  },
): Promise<AccountRow[]> {
  const after = where.after ?? null;
  return tx.many<AccountRow>(sql`
    select * from ledger_account
    where (${where.organisation ?? null}::uuid is null or organisation_id = ${where.organisation ?? null})
      and (${where.kind ?? null}::text is null or kind = ${where.kind ?? null})
      and (${where.asset ?? null}::text is null or asset = ${where.asset ?? null})
      and (${after?.[1] ?? null}::uuid is null or (owner_name, id) > (${after?.[0] ?? null}::text, ${after?.[1] ?? null}::uuid))
    order by owner_name, id limit ${where.limit}`);
}

/** Postings of one account, newest first. */
export async function postingPage(
  tx: Tx,
  account: string,
  after: readonly [entry: string, line: number] | undefined,
  limit: number,
): Promise<PostingRow[]> {
  return tx.many<PostingRow>(sql`
    select * from ledger_posting where account_id = ${account}
      and (${after?.[0] ?? null}::uuid is null or (entry_id, line) < (${after?.[0] ?? null}::uuid, ${after?.[1] ?? null}::integer))
    order by entry_id desc, line desc limit ${limit}`);
}
