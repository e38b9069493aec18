import { sql } from "../database/sql.ts";
import type { Tx } from "../database/transaction.ts";
import type { Context } from "../operation/context.ts";
import { Refusal } from "../operation/errors.ts";
import { type AccountRow, accountsOf } from "./account.ts";
import { refuse } from "./entry.ts";
import { entryRow, lockShards, moveShard, type Posted, postingRow } from "./post.ts";
import { correctionRefusals } from "./refusals.ts";
import { moveSerials, serialsOfEntry } from "./serials.ts";
import { type EntryRow, insertEntries, type PostingRow } from "./store.ts";

/** Why an entry is taken back, and from when on. */
export interface Correction {
  readonly on: string;
  readonly cause: string;
  readonly evidence?: Readonly<Record<string, unknown>>;
}

const stop = (code: "ledger/unknown-entry" | "ledger/already-corrected", facts = {}): never => {
  throw new Refusal(code, correctionRefusals[code], facts);
};

/**
 * Takes an entry back (更正) by a new one that names it; the wrong one stays as it was written. Both are skipped when paths
 * are followed. What should have been written is posted as an entry of its own. Refused when what came in is no longer there.
 */
export async function correct(ctx: Context, entryId: string, why: Correction, tx: Tx = ctx.tx): Promise<Posted> {
  const wrong = await tx.maybe<EntryRow>(sql`select * from ledger_entry where id = ${entryId}`);
  if (!wrong) return stop("ledger/unknown-entry", { entry: entryId });
  if (wrong.correction_of !== null) return stop("ledger/already-corrected", { entry: entryId });
  await refuseCorrected(tx, wrong);
  const lines = await tx.many<PostingRow>(
    sql`select * from ledger_posting where home_code = ${wrong.home_code} and entry_id = ${entryId} order by line`,
  );
  const accounts = await accountsOf(
    tx,
    lines.map((line) => line.account_id),
  );
  const sides = lines.map((line) => ({ account: accounts.get(line.account_id) as AccountRow, amount: -line.amount }));
  const head = entryRow(
    ctx,
    { ...why, lines: sides, ...(wrong.subject_id ? { subject: wrong.subject_id } : {}) },
    entryId,
  );
  const back = new Map<string, { postings: PostingRow[]; opposite: PostingRow }>();
  const postings: PostingRow[] = [];
  const opposites: PostingRow[] = [];
  const place = (line: PostingRow) => `${line.account_id} ${line.shard}`;
  const inOrder = [...lines].sort((a, b) => (place(a) < place(b) ? -1 : 1));
  for (const line of inOrder) {
    const account = accounts.get(line.account_id) as AccountRow;
    back.set(`${line.line}`, await takeBack(tx, head, account, line));
  }
  // Asked once more: whoever corrects the same entry at the same time has waited for the rows of the balance.
  await refuseCorrected(tx, wrong);
  let next = 0;
  for (const line of lines) {
    const { postings: moved } = back.get(`${line.line}`) as { postings: PostingRow[] };
    for (const posting of moved) postings.push({ ...posting, line: next++ });
  }
  for (const line of lines) {
    const { opposite } = back.get(`${line.line}`) as { opposite: PostingRow };
    const numbered = { ...opposite, line: next++ };
    postings.push(numbered);
    opposites.push(numbered);
  }
  await insertEntries(tx, ctx.now, [head], postings);
  await insertVoids(tx, [...lines, ...opposites]);
  const serials = await serialsOfEntry(tx, wrong.home_code, entryId);
  if (serials.length > 0) await moveSerials(tx, head, { on: why.on, cause: why.cause, lines: sides, serials });
  return { entryId: head.id };
}

async function refuseCorrected(tx: Tx, wrong: EntryRow): Promise<void> {
  const done = await tx.maybe(
    sql`select id from ledger_entry where home_code = ${wrong.home_code} and correction_of = ${wrong.id}`,
  );
  if (done) stop("ledger/already-corrected", { entry: wrong.id });
}

/** The opposite of one posting, in the same row of the balance; other rows help out when that one is empty. */
async function takeBack(tx: Tx, head: EntryRow, account: AccountRow, line: PostingRow) {
  const size = Math.abs(line.amount);
  const help: PostingRow[] = [];
  if (line.amount > 0 && !account.may_go_negative) {
    const rows = await lockShards(tx, account);
    const available = rows.reduce((sum, row) => sum + row.balance, 0);
    if (available < size)
      refuse("ledger/insufficient", {
        account: account.owner_name,
        accountId: account.id,
        purpose: account.purpose_name,
        available,
        asked: size,
        unit: account.unit,
      });
    let short = size - (rows.find((row) => row.shard === line.shard)?.balance ?? 0);
    for (const row of rows) {
      if (short <= 0) break;
      const part = row.shard === line.shard ? 0 : Math.min(short, row.balance);
      if (part <= 0) continue;
      short -= part;
      const from = await moveShard(tx, account, row.shard, 0, part);
      const to = await moveShard(tx, account, line.shard, part, 0);
      const gives = { shard: row.shard, from: from.out_total - part, to: from.out_total };
      const gets = { shard: line.shard, from: to.in_total - part, to: to.in_total };
      help.push(postingRow(head, account, 0, false, gives), postingRow(head, account, 0, true, gets));
    }
  }
  const inflow = line.amount < 0;
  const row = await moveShard(tx, account, line.shard, inflow ? size : 0, inflow ? 0 : size);
  const end = inflow ? row.in_total : row.out_total;
  const opposite = postingRow(head, account, 0, inflow, { shard: line.shard, from: end - size, to: end });
  return { postings: help, opposite };
}

async function insertVoids(tx: Tx, postings: readonly PostingRow[]): Promise<void> {
  const rows = postings.map((posting) => ({ ...posting, inflow: posting.amount > 0 }));
  await tx.last(sql`
    insert into ledger_void (home_code, entry_id, line, division_code, organisation_id, account_id, shard, inflow, mark_from, mark_to)
    select home_code, entry_id, line, division_code, organisation_id, account_id, shard, inflow, mark_from, mark_to
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, entry_id uuid, line smallint, division_code text, organisation_id uuid,
      account_id uuid, shard smallint, inflow boolean, mark_from bigint, mark_to bigint)`);
}
