import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { rangeOf } from "../../../kernel/divisions/code.ts";

/** A row of the table `equipment_liaison`. */
export interface LiaisonRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly name: string;
  readonly post: string | null;
  readonly phone_masked: string | null;
  readonly account_id: string | null;
  readonly from_on: string;
  readonly until_on: string | null;
}

/** The liaison of a division who is in office without an end, kept for this transaction. */
export async function holdLiaison(tx: Tx, home: string, division: string): Promise<LiaisonRow | undefined> {
  return tx.maybe<LiaisonRow>(sql`
    select * from equipment_liaison where home_code = ${home} and division_code = ${division} and until_on is null for update`);
}

/** Ends a liaison's time the day the next one begins. */
export async function endLiaison(tx: Tx, row: LiaisonRow, until: string): Promise<void> {
  await tx.run(
    sql`update equipment_liaison set until_on = ${until} where home_code = ${row.home_code} and id = ${row.id}`,
  );
}

/** Adds a liaison; touches nothing when somebody else has just named one. */
export async function insertLiaison(tx: Tx, row: LiaisonRow): Promise<number> {
  return tx.run(sql`
    insert into equipment_liaison (home_code, id, division_code, name, post, phone_masked, account_id, from_on)
    values (${row.home_code}, ${row.id}, ${row.division_code}, ${row.name}, ${row.post}, ${row.phone_masked}, ${row.account_id}, ${row.from_on})
    on conflict do nothing`);
}

/** Liaisons of a division and all below it, by division, the newest first. */
export async function liaisonsOf(tx: Tx, division: string): Promise<LiaisonRow[]> {
  const { lo, hi } = rangeOf(division);
  return tx.many<LiaisonRow>(sql`
    select * from equipment_liaison where division_code >= ${lo} and division_code < ${hi} order by division_code, from_on desc, id`);
}

/** Divisions down to the county that ought to have a liaison: those with homes, and the offices above them. */
export async function divisionsWithHomes(tx: Tx, division: string): Promise<string[]> {
  const { lo, hi } = rangeOf(division);
  const rows = await tx.many<{ code: string }>(sql`
    select distinct left(division_code, 6) as code from care_home where division_code >= ${lo} and division_code < ${hi} and state = 'open'`);
  return rows.map((row) => row.code);
}
