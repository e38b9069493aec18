import type { Database } from "../database/database.ts";
import { literal, sql } from "../database/sql.ts";
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

/** What a check found, and how much it looked at. */
interface Counted {
  readonly what: "counted";
  readonly id: "postings" | "entries" | "accounts";
  readonly kept: string;
  readonly found: string;
}

type Check = (tx: Tx) => Promise<(Difference | Counted)[]>;

const entryChecks: readonly Check[] = [
  // An entry whose sides do not cancel, or that has none; sides without their entry. One look at every posting and every entry.
  (tx) =>
    tx.many<Difference>(sql`
      select case when e.id is null then 'orphan-posting' when p.net is null then 'empty-entry' else 'entry-sum' end as what,
        coalesce(e.id, p.entry_id)::text as id, case when e.id is null then 'entry' when p.net is null then '2' else '0' end as kept,
        case when e.id is null then '-' else coalesce(p.net, 0)::text end as found
      from ledger_entry e full join (
        select home_code, entry_id, sum(amount) as net from ledger_posting group by home_code, entry_id) p
        on p.home_code = e.home_code and p.entry_id = e.id
      where e.id is null or p.net is null or p.net <> 0 limit ${MOST}`),
  (tx) =>
    tx.many<Counted>(sql`
      select 'counted' as what, 'entries' as id, '' as kept, count(*)::text as found from ledger_entry
      union all select 'counted', 'accounts', '', count(*)::text from ledger_account`),
];

const accountChecks: readonly Check[] = [
  // Balances and the totals of days against a replay of every posting, row by row: what came in, what went out, what is left.
  (tx) =>
    tx.many<Difference | Counted>(sql`
      with moved as materialized (
        select home_code, account_id, shard, effective_on, count(*) as lines, sum(amount)::bigint as amount, sum(greatest(amount, 0))::bigint as ins
        from ledger_posting group by home_code, account_id, shard, effective_on),
      replayed as materialized (
        select home_code, account_id, shard, sum(ins)::bigint as ins, sum(ins - amount)::bigint as outs from moved group by home_code, account_id, shard)
      (select 'balance' as what, coalesce(b.account_id, r.account_id) || '/' || coalesce(b.shard, r.shard) as id,
        coalesce(b.in_total, 0) || ' - ' || coalesce(b.out_total, 0) || ' = ' || coalesce(b.balance, 0) as kept,
        coalesce(r.ins, 0) || ' - ' || coalesce(r.outs, 0) || ' = ' || coalesce(r.ins - r.outs, 0) as found
      from ledger_balance b full join replayed r on r.home_code = b.home_code and r.account_id = b.account_id and r.shard = b.shard
      where coalesce(b.in_total, 0) <> coalesce(r.ins, 0) or coalesce(b.out_total, 0) <> coalesce(r.outs, 0)
        or coalesce(b.balance, 0) <> coalesce(r.ins - r.outs, 0) limit ${MOST})
      union all
      (select 'orphan-posting', r.account_id::text, 'account', '-' from (select distinct home_code, account_id from replayed) r
      left join ledger_account a on a.home_code = r.home_code and a.id = r.account_id where a.id is null limit ${MOST})
      union all
      (select 'total', coalesce(t.account_id, r.account_id) || ' ' || coalesce(t.starts_on, r.effective_on), coalesce(t.amount, 0)::text, coalesce(r.amount, 0)::text
      from (select * from ledger_total where grain = 'day') t full join moved r
        on r.home_code = t.home_code and r.account_id = t.account_id and r.shard = t.shard and r.effective_on = t.starts_on
      where coalesce(t.amount, 0) <> coalesce(r.amount, 0) limit ${MOST})
      union all
      select 'counted', 'postings', '', coalesce(sum(lines), 0)::text from moved`),
  (tx) =>
    tx.many<Difference>(sql`
      select 'negative' as what, b.account_id::text as id, '>= 0' as kept, sum(b.balance)::text as found from ledger_balance b
      join ledger_account a on a.home_code = b.home_code and a.id = b.account_id where not a.may_go_negative
      group by b.home_code, b.account_id having sum(b.balance) < 0 limit ${MOST}`),
  // Totals of months against those of their days.
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

type Found = (Difference | Counted)[];

const system = { kind: "system" } as const;

/** Runs checks one after the other over one snapshot: the transaction's own, or the one of a transaction that is open beside it. */
async function look(
  tx: Tx,
  checks: readonly Check[],
  share: (tx: Tx) => Promise<void> = async () => {},
): Promise<Found> {
  await tx.run({ text: "set transaction isolation level repeatable read, read only", values: [] });
  await share(tx);
  await tx.run({ text: "set local work_mem = '256MB'", values: [] });
  const found: Found = [];
  for (const check of checks) found.push(...(await check(tx)));
  return found;
}

/** Both halves at once over one snapshot, each on a connection of its own. */
async function together(database: Database): Promise<Found> {
  let give: (snapshot: string) => void = () => {};
  let stop: (error: unknown) => void = () => {};
  const given = new Promise<string>((resolve, reject) => {
    give = resolve;
    stop = reject;
  });
  let taken: () => void = () => {};
  // A snapshot can be taken over only while the transaction it is from is open.
  const adopted = new Promise<void>((resolve) => {
    taken = resolve;
  });
  const second = database
    .transaction(system, (tx) =>
      look(tx, entryChecks, async () => {
        await tx.run({ text: `set transaction snapshot ${literal(await given)}`, values: [] });
        taken();
      }),
    )
    .finally(taken);
  second.catch(() => {});
  const first = database.transaction(system, async (tx) => {
    const found = await look(tx, accountChecks, async () => {
      give((await tx.one<{ name: string }>(sql`select pg_export_snapshot() as name`)).name);
    });
    await adopted;
    return found;
  });
  first.catch(stop);
  return (await Promise.all([first, second])).flat();
}

/**
 * Checks the whole ledger (全库对账): every entry adds up to nought, nothing is without its entry or account, every balance and
 * total is what a replay of the postings gives. One snapshot, so that writers may go on; it changes nothing. On PostgreSQL it
 * takes two connections.
 */
export async function reconcile(database: Database): Promise<Reconciliation> {
  const found =
    database.kind === "postgresql"
      ? await together(database)
      : await database.transaction(system, (tx) => look(tx, [...entryChecks, ...accountChecks]));
  const counted = (what: Counted["id"]) =>
    Number(found.find((one) => one.what === "counted" && one.id === what)?.found ?? 0);
  const differences = found.flatMap((one) => (one.what === "counted" ? [] : [one]));
  return {
    accounts: counted("accounts"),
    entries: counted("entries"),
    postings: counted("postings"),
    differences: differences.slice(0, MOST),
    more: differences.length > MOST,
  };
}

/** One line per difference, readable in a log. */
export const differenceLine = ({ what, id, kept, found }: Difference): string =>
  `DIFFERENCE ${what} ${id}: kept ${kept}, found ${found}`;
