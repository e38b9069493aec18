import { sql } from "../database/sql.ts";
import type { Tx } from "../database/transaction.ts";
import type { AccountRow } from "./account.ts";
import { type NewEntry, refuse } from "./entry.ts";
import type { EntryRow } from "./store.ts";

/**
 * Where pieces are not numbered one by one, a number may stand in another such account of the same owner: it was read when
 * the pieces came in, and not when they were moved. Answers the numbers that stand in none.
 */
async function besides(
  tx: Tx,
  head: EntryRow,
  from: AccountRow,
  to: AccountRow,
  serials: readonly string[],
): Promise<string[]> {
  if (serials.length === 0 || from.tracked) return [...serials];
  const moved = await tx.many<{ serial_no: string }>(sql`
    update ledger_serial s set account_id = ${to.id}, entry_id = ${head.id}, division_code = ${to.division_code}, organisation_id = ${to.organisation_id}
    from ledger_account a
    where s.home_code = ${head.home_code} and s.asset = ${head.asset} and s.serial_no = any(${serials}) and a.home_code = s.home_code and a.id = s.account_id
      and not a.tracked and a.owner_kind = ${from.owner_kind} and a.owner_name = ${from.owner_name} and a.owner_id is not distinct from ${from.owner_id}::uuid
    returning s.serial_no`);
  const known = new Set(moved.map((row) => row.serial_no));
  return serials.filter((one) => !known.has(one));
}

/**
 * Moves numbered pieces (逐件流转). A piece leaves only the account it stands in: of two who move it at once one is refused.
 * From a source account, and from one whose pieces are not numbered one by one, it enters the ledger for the first time.
 */
export async function moveSerials(tx: Tx, head: EntryRow, entry: NewEntry): Promise<void> {
  const from = entry.lines.find((line) => line.amount < 0)?.account as AccountRow;
  const to = entry.lines.find((line) => line.amount > 0)?.account as AccountRow;
  const serials = [...new Set(entry.serials ?? [])].sort();
  const at = { division_code: to.division_code, organisation_id: to.organisation_id };
  const moved = await tx.many<{ serial_no: string }>(sql`
    update ledger_serial set account_id = ${to.id}, entry_id = ${head.id}, division_code = ${at.division_code}, organisation_id = ${at.organisation_id}
    where home_code = ${head.home_code} and asset = ${head.asset} and serial_no = any(${serials}) and account_id = ${from.id} returning serial_no`);
  const known = new Set(moved.map((row) => row.serial_no));
  const fresh = await besides(
    tx,
    head,
    from,
    to,
    serials.filter((one) => !known.has(one)),
  );
  if (fresh.length > 0) {
    if (!from.may_go_negative && from.tracked)
      refuse("ledger/serial-elsewhere", { serials: fresh.slice(0, 20), account: from.owner_name });
    const added = await tx.many<{ serial_no: string }>(sql`
      insert into ledger_serial (home_code, asset, serial_no, division_code, organisation_id, account_id, entry_id)
      select ${head.home_code}::text, ${head.asset}::text, serial_no, ${at.division_code}::text, ${at.organisation_id}::uuid, ${to.id}::uuid, ${head.id}::uuid
      from unnest(${fresh}::text[]) as row (serial_no) on conflict do nothing returning serial_no`);
    const now = new Set(added.map((row) => row.serial_no));
    const elsewhere = fresh.filter((one) => !now.has(one));
    if (elsewhere.length > 0) refuse("ledger/serial-known", { serials: elsewhere.slice(0, 20) });
  }
  await tx.last(sql`
    insert into ledger_serial_move (home_code, asset, serial_no, entry_id, division_code, organisation_id, from_account, to_account, effective_on)
    select ${head.home_code}::text, ${head.asset}::text, serial_no, ${head.id}::uuid, ${at.division_code}::text, ${at.organisation_id}::uuid,
      ${from.id}::uuid, ${to.id}::uuid, ${head.effective_on}::date
    from unnest(${serials}::text[]) as row (serial_no)`);
}

export interface SerialMove {
  readonly asset: string;
  readonly entry_id: string;
  readonly from_account: string;
  readonly to_account: string;
  readonly effective_on: string;
}

/** Every move of the pieces of one number, oldest first. */
export async function serialMoves(tx: Tx, serial: string, asset: string | undefined): Promise<SerialMove[]> {
  return tx.many<SerialMove>(sql`
    select asset, entry_id, from_account, to_account, effective_on from ledger_serial_move
    where serial_no = ${serial} and (${asset ?? null}::text is null or asset = ${asset ?? null}) order by asset, entry_id limit 1000`);
}

/** Numbers that moved with an entry. */
export async function serialsOfEntry(tx: Tx, home: string, entry: string): Promise<string[]> {
  const rows = await tx.many<{ serial_no: string }>(
    sql`select serial_no from ledger_serial_move where home_code = ${home} and entry_id = ${entry} order by serial_no`,
  );
  return rows.map((row) => row.serial_no);
}
