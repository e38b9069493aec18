import type { Database } from "../database/database.ts";
import { sql } from "../database/sql.ts";
import type { Tx } from "../database/transaction.ts";

/** One thing that does not agree (对账差异). `what` says which promise is broken. */
export interface Difference {
  readonly what:
    | "entry-sum"
    | "orphan-posting"
    | "empty-entry"
    | "balance"
    | "negative"
    | "total"
    | "serial"
    | "counterpart";
  readonly id: string;
  readonly kept: string;
  readonly found: string;
}

export interface Reconciliation {
  readonly accounts: number;
  readonly entries: number;
  readonly postings: number;
  readonly differences: readonly Difference[];
  /** More differences than are listed. */
  readonly more: boolean;
}

const MOST = 200;

const checks: readonly ((tx: Tx) => Promise<Difference[]>)[] = [
  // An entry whose sides do not cancel, or that has no sides. Postings lie in the order of their entries.
  (tx) =>
    tx.many<Difference>(sql`
      select 'entry-sum' as what, entry_id::text as id, '0' as kept, sum(amount)::text as found from ledger_posting
      group by home_code, entry_id having sum(amount) <> 0 limit ${MOST}`),
  (tx) =>
    tx.many<Difference>(sql`
      select 'empty-entry' as what, e.id::text as id, '2' as kept, '0' as found from ledger_entry e
      where not exists (select from ledger_posting p where p.home_code = e.home_code and p.entry_id = e.id) limit ${MOST}`),
  (tx) =>
    tx.many<Difference>(sql`
      select 'orphan-posting' as what, p.entry_id || '.' || p.line as id, 'entry' as kept, '-' as found from ledger_posting p
      left join ledger_entry e on e.home_code = p.home_code and e.id = p.entry_id where e.id is null limit ${MOST}`),
  (tx) =>
    tx.many<Difference>(sql`
      select 'orphan-posting' as what, p.account_id::text as id, 'account' as kept, '-' as found
      from (select distinct home_code, account_id from ledger_posting) p
      left join ledger_account a on a.home_code = p.home_code and a.id = p.account_id where a.id is null limit ${MOST}`),
  // Balances against a replay of every posting, row by row: what came in, what went out, what is left.
  (tx) =>
    tx.many<Difference>(sql`
      select 'balance' as what, coalesce(b.account_id, r.account_id) || '/' || coalesce(b.shard, r.shard) as id,
        coalesce(b.in_total, 0) || ' - ' || coalesce(b.out_total, 0) || ' = ' || coalesce(b.balance, 0) as kept,
        coalesce(r.ins, 0) || ' - ' || coalesce(r.outs, 0) || ' = ' || coalesce(r.ins - r.outs, 0) as found
      from ledger_balance b full join (
        select home_code, account_id, shard, sum(greatest(amount, 0))::bigint as ins, sum(greatest(-amount, 0))::bigint as outs
        from ledger_posting group by home_code, account_id, shard) r
        on r.home_code = b.home_code and r.account_id = b.account_id and r.shard = b.shard
      where coalesce(b.in_total, 0) <> coalesce(r.ins, 0) or coalesce(b.out_total, 0) <> coalesce(r.outs, 0)
        or coalesce(b.balance, 0) <> coalesce(r.ins - r.outs, 0) limit ${MOST}`),
  (tx) =>
    tx.many<Difference>(sql`
      select 'negative' as what, b.account_id::text as id, '>= 0' as kept, sum(b.balance)::text as found from ledger_balance b
      join ledger_account a on a.home_code = b.home_code and a.id = b.account_id where not a.may_go_negative
      group by b.home_code, b.account_id having sum(b.balance) < 0 limit ${MOST}`),
  (tx) =>
    tx.many<Difference>(sql`
      select 'total' as what, coalesce(t.account_id, r.account_id) || ' ' || coalesce(t.starts_on, r.effective_on) as id,
        coalesce(t.amount, 0)::text as kept, coalesce(r.amount, 0)::text as found
      from (select * from ledger_total where grain = 'day') t full join (
        select home_code, account_id, shard, effective_on, sum(amount)::bigint as amount
        from ledger_posting group by home_code, account_id, shard, effective_on) r
        on r.home_code = t.home_code and r.account_id = t.account_id and r.shard = t.shard and r.effective_on = t.starts_on
      where coalesce(t.amount, 0) <> coalesce(r.amount, 0) limit ${MOST}`),
  (tx) =>
    tx.many<Difference>(sql`
      select 'total' as what, coalesce(t.account_id, r.account_id) || ' ' || left(coalesce(t.starts_on, r.starts_on)::text, 7) as id,
        coalesce(t.amount, 0)::text as kept, coalesce(r.amount, 0)::text as found
      from (select * from ledger_total where grain = 'month') t full join (
        select home_code, account_id, shard, (left(starts_on::text, 7) || '-01')::date as starts_on, sum(amount)::bigint as amount
        from ledger_total where grain = 'day' group by 1, 2, 3, 4) r
        on r.home_code = t.home_code and r.account_id = t.account_id and r.shard = t.shard and r.starts_on = t.starts_on
      where coalesce(t.amount, 0) <> coalesce(r.amount, 0) limit ${MOST}`),
  // As many numbered pieces stand in a tracked account as its balance says.
  (tx) =>
    tx.many<Difference>(sql`
      select 'serial' as what, a.id::text as id, coalesce(b.balance, 0)::text as kept, coalesce(s.pieces, 0)::text as found
      from ledger_account a
      left join (select home_code, account_id, sum(balance)::bigint as balance from ledger_balance group by home_code, account_id) b
        on b.home_code = a.home_code and b.account_id = a.id
      left join (select home_code, account_id, count(*) as pieces from ledger_serial group by home_code, account_id) s
        on s.home_code = a.home_code and s.account_id = a.id
      where a.tracked and not a.may_go_negative and coalesce(b.balance, 0) <> coalesce(s.pieces, 0) limit ${MOST}`),
  // What one register sent is what the other took: both entries there, naming each other, of one asset and amount, taken back together.
  (tx) =>
    tx.many<Difference>(sql`
      with side as (
        select e.home_code, e.id, e.counterpart, e.counterpart_home, e.transfer, e.asset,
          (select sum(greatest(p.amount, 0))::bigint from ledger_posting p where p.home_code = e.home_code and p.entry_id = e.id) as pieces,
          exists (select from ledger_entry c where c.home_code = e.home_code and c.correction_of = e.id) as taken_back
        from ledger_entry e where e.counterpart is not null)
      select 'counterpart' as what, a.id::text as id, a.transfer || ' ' || a.pieces || case when a.taken_back then ' taken back' else '' end as kept,
        coalesce(b.transfer || ' ' || b.pieces || case when b.taken_back then ' taken back' else '' end, '-') as found
      from side a left join side b on b.home_code = a.counterpart_home and b.id = a.counterpart
      where b.id is null or b.counterpart <> a.id or b.counterpart_home <> a.home_code or b.transfer = a.transfer or b.asset <> a.asset
        or b.pieces <> a.pieces or b.taken_back <> a.taken_back limit ${MOST}`),
];

/**
 * Checks the whole ledger (全库对账): every entry adds up to nought, nothing is without its entry or account, every balance and
 * total is what a replay of the postings gives. One snapshot, so that writers may go on; it changes nothing.
 */
export async function reconcile(database: Database): Promise<Reconciliation> {
  return database.transaction({ kind: "system" }, async (tx) => {
    await tx.run({ text: "set transaction isolation level repeatable read, read only", values: [] });
    await tx.run({ text: "set local work_mem = '256MB'", values: [] });
    const counts = await tx.one<{ accounts: number; entries: number; postings: number }>(sql`
      select (select count(*) from ledger_account) as accounts, (select count(*) from ledger_entry) as entries,
        (select count(*) from ledger_posting) as postings`);
    const differences: Difference[] = [];
    for (const check of checks) differences.push(...(await check(tx)));
    return { ...counts, differences: differences.slice(0, MOST), more: differences.length > MOST };
  });
}

/** One line per difference, readable in a log. */
export const differenceLine = ({ what, id, kept, found }: Difference): string =>
  `DIFFERENCE ${what} ${id}: kept ${kept}, found ${found}`;
