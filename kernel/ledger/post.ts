import { sql } from "../database/sql.ts";
import type { Tx } from "../database/transaction.ts";
import type { Context } from "../operation/context.ts";
import { Refusal } from "../operation/errors.ts";
import type { AccountRow } from "./account.ts";
import { checkEntry, type NewEntry, refuse } from "./entry.ts";
import { moveSerials } from "./serials.ts";
import { type EntryRow, insertEntries, type PostingRow } from "./store.ts";

/** What goes in and out of one account in one command. */
interface Flow {
  readonly account: AccountRow;
  in: number;
  out: number;
}

/** A stretch of a shard's inflow or outflow that this command has taken. */
interface Stretch {
  readonly shard: number;
  from: number;
  readonly to: number;
}

interface Taken {
  readonly ins: Stretch[];
  readonly outs: Stretch[];
}

/** What posting an entry left behind. */
export interface Posted {
  readonly entryId: string;
}

interface ShardRow {
  readonly shard: number;
  readonly in_total: number;
  readonly out_total: number;
  readonly balance: number;
}

/** Which of several rows a command tries first: different commands, different rows. */
const place = (id: string, shards: number) => Number.parseInt(id.slice(-4), 16) % shards;

/** Takes what one account gives and gets from one of its rows that can bear it; nothing when no single row can. */
function takeFromOne(tx: Tx, flow: Flow, first: number): Promise<ShardRow | undefined> {
  const { account, in: inflow, out: outflow } = flow;
  const least = account.may_go_negative ? Number.MIN_SAFE_INTEGER : outflow - inflow;
  if (account.shards === 1 || least <= 0)
    return tx.maybe<ShardRow>(sql`
      update ledger_balance set in_total = in_total + ${inflow}::bigint, out_total = out_total + ${outflow}::bigint,
        balance = balance + ${inflow - outflow}::bigint
      where home_code = ${account.home_code} and account_id = ${account.id} and shard = ${first}::smallint and balance >= ${least}::bigint
      returning shard, in_total, out_total, balance`);
  return tx.maybe<ShardRow>(sql`
    update ledger_balance set in_total = in_total + ${inflow}::bigint, out_total = out_total + ${outflow}::bigint,
      balance = balance + ${inflow - outflow}::bigint
    where home_code = ${account.home_code} and account_id = ${account.id} and balance >= ${least}::bigint
      and shard = (select shard from ledger_balance where home_code = ${account.home_code} and account_id = ${account.id} and balance >= ${least}::bigint
        order by (shard + ${first}::integer) % ${account.shards}::integer limit 1)
    returning shard, in_total, out_total, balance`);
}

/**
 * The same where it may fail. A row that was waited for and turned out too small stays locked although nothing is taken from
 * it, and would break the order in which all rows are then locked: the savepoint lets go of it.
 */
async function tryOne(tx: Tx, flow: Flow, first: number): Promise<ShardRow | undefined> {
  if (flow.account.shards === 1) return takeFromOne(tx, flow, first);
  await tx.last({ text: "savepoint ledger_row", values: [] });
  const row = await takeFromOne(tx, flow, first);
  await tx.last({ text: row ? "release savepoint ledger_row" : "rollback to savepoint ledger_row", values: [] });
  return row;
}

/** All rows of an account, locked in their order: what they hold together is the truth until the end of the transaction. */
export function lockShards(tx: Tx, account: AccountRow): Promise<ShardRow[]> {
  return tx.many<ShardRow>(sql`
    select shard, in_total, out_total, balance from ledger_balance
    where home_code = ${account.home_code} and account_id = ${account.id} order by shard for update`);
}

export async function moveShard(tx: Tx, account: AccountRow, shard: number, inflow: number, outflow: number) {
  return tx.one<ShardRow>(sql`
    update ledger_balance set in_total = in_total + ${inflow}::bigint, out_total = out_total + ${outflow}::bigint,
      balance = balance + ${inflow - outflow}::bigint
    where home_code = ${account.home_code} and account_id = ${account.id} and shard = ${shard}::smallint
    returning shard, in_total, out_total, balance`);
}

/** No single row holds enough: look at all of them together, and take from each what it has. */
async function takeFromAll(tx: Tx, flow: Flow): Promise<Taken> {
  const { account } = flow;
  const rows = await lockShards(tx, account);
  const available = rows.reduce((sum, row) => sum + row.balance, 0) + flow.in;
  if (available < flow.out)
    refuse("ledger/insufficient", {
      account: account.owner_name,
      accountId: account.id,
      purpose: account.purpose_name,
      available: available - flow.in,
      asked: flow.out,
      unit: account.unit,
    });
  const taken: Taken = { ins: [], outs: [] };
  let left = flow.out;
  for (const [at, row] of rows.entries()) {
    const inflow = at === 0 ? flow.in : 0;
    const outflow = Math.min(left, row.balance + inflow);
    if (inflow === 0 && outflow === 0) continue;
    left -= outflow;
    await moveShard(tx, account, row.shard, inflow, outflow);
    if (inflow > 0) taken.ins.push({ shard: row.shard, from: row.in_total, to: row.in_total + inflow });
    if (outflow > 0) taken.outs.push({ shard: row.shard, from: row.out_total, to: row.out_total + outflow });
  }
  return taken;
}

function stretchesOf(row: ShardRow, flow: Flow): Taken {
  const { shard, in_total, out_total } = row;
  return {
    ins: flow.in > 0 ? [{ shard, from: in_total - flow.in, to: in_total }] : [],
    outs: flow.out > 0 ? [{ shard, from: out_total - flow.out, to: out_total }] : [],
  };
}

/** Cuts the next `amount` off the stretches taken. */
function cut(stretches: Stretch[], amount: number): Stretch[] {
  const pieces: Stretch[] = [];
  for (let left = amount; left > 0; ) {
    const [next] = stretches;
    if (!next) throw new Error("less was taken than is posted");
    const size = Math.min(left, next.to - next.from);
    pieces.push({ shard: next.shard, from: next.from, to: next.from + size });
    next.from += size;
    left -= size;
    if (next.from === next.to) stretches.shift();
  }
  return pieces;
}

/**
 * Posts entries (记账): all of them or none, in the command's transaction, with balances and totals kept in it. Refuses what
 * would make a balance negative, leave a restricted purpose without a recorded change, or be dated before its account;
 * throws on entries no program may build. `tx` may be that of an effect, where the actor cannot write the home's rows.
 */
export async function postAll(ctx: Context, entries: readonly NewEntry[], tx: Tx = ctx.tx): Promise<Posted[]> {
  if (entries.length === 0) return [];
  for (const entry of entries) checkEntry(entry);
  const flows = new Map<string, Flow>();
  for (const { lines } of entries)
    for (const { account, amount } of lines) {
      const flow = flows.get(account.id) ?? { account, in: 0, out: 0 };
      if (amount > 0) flow.in += amount;
      else flow.out -= amount;
      flows.set(account.id, flow);
    }
  // In the order of their ids: two commands that move between the same accounts never wait for each other in a circle.
  const ordered = [...flows.values()].sort((a, b) => (a.account.id < b.account.id ? -1 : 1));
  const seed = ctx.newId();
  const taken = new Map<string, Taken>();
  const asked: Promise<void>[] = [];
  // Told when all are awaited; should something else fail first, nobody waits for these any more.
  const later = (promise: Promise<void>) => {
    promise.catch(() => {});
    asked.push(promise);
  };
  for (const flow of ordered) {
    const { account } = flow;
    const first = place(seed, account.shards);
    if (account.may_go_negative || flow.out <= flow.in)
      later(
        takeFromOne(tx, flow, first).then((row) => {
          // Seen, but not one's own: a parent reads the accounts below it and posts to none of them.
          if (!row) throw new Refusal("auth/outside-your-register", 403);
          taken.set(account.id, stretchesOf(row, flow));
        }),
      );
    else {
      // Waited for: falling back to all rows once rows of later accounts are held would break the order.
      const row = await tryOne(tx, flow, first);
      taken.set(account.id, row ? stretchesOf(row, flow) : await takeFromAll(tx, flow));
    }
  }
  await Promise.all(asked);
  const rows: EntryRow[] = [];
  const postings: PostingRow[] = [];
  for (const entry of entries) {
    const head = entryRow(ctx, entry);
    rows.push(head);
    let line = 0;
    for (const { account, amount } of entry.lines) {
      const { ins, outs } = taken.get(account.id) as Taken;
      for (const piece of cut(amount > 0 ? ins : outs, Math.abs(amount)))
        postings.push(postingRow(head, account, line++, amount > 0, piece));
    }
  }
  await insertEntries(tx, ctx.now, rows, postings);
  for (const [at, entry] of entries.entries()) if (entry.serials) await moveSerials(tx, rows[at] as EntryRow, entry);
  return rows.map((row) => ({ entryId: row.id }));
}

/** One entry (记账); see `postAll`. */
export async function post(ctx: Context, entry: NewEntry, tx: Tx = ctx.tx): Promise<Posted> {
  const [posted] = await postAll(ctx, [entry], tx);
  return posted as Posted;
}

/** The head of an entry: of the account that is somebody's own, else of the first. */
export function entryRow(
  ctx: Context,
  entry: Pick<NewEntry, "id" | "on" | "cause" | "subject" | "evidence" | "lines" | "purposeChange" | "counterpart">,
  correctionOf: string | null = null,
): EntryRow {
  const accounts = entry.lines.map((line) => line.account);
  const account = (accounts.find((one) => one.owner_kind !== "outside") ?? accounts[0]) as AccountRow;
  return {
    home_code: account.home_code,
    id: entry.id ?? ctx.newId(),
    division_code: account.division_code,
    organisation_id: account.organisation_id,
    asset: account.asset,
    effective_on: entry.on,
    cause: entry.cause,
    subject_id: entry.subject ?? null,
    evidence: entry.evidence ?? {},
    command: ctx.operation,
    request_id: ctx.requestId,
    actor_id: ctx.actor.accountId,
    correction_of: correctionOf,
    purpose_change: entry.purposeChange ?? null,
    counterpart: entry.counterpart?.id ?? null,
    counterpart_home: entry.counterpart?.home ?? null,
    transfer: entry.counterpart?.side ?? null,
  };
}

export function postingRow(
  head: EntryRow,
  account: AccountRow,
  line: number,
  inflow: boolean,
  piece: { readonly shard: number; readonly from: number; readonly to: number },
): PostingRow {
  return {
    home_code: head.home_code,
    entry_id: head.id,
    line,
    division_code: account.division_code,
    organisation_id: account.organisation_id,
    account_id: account.id,
    shard: piece.shard,
    effective_on: head.effective_on,
    amount: inflow ? piece.to - piece.from : piece.from - piece.to,
    mark_from: piece.from,
    mark_to: piece.to,
  };
}
