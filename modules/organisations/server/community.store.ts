import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";

/** A yearly confirmation to keep. */
export interface ConfirmationRow {
  readonly home_code: string;
  readonly organisation_id: string;
  readonly year: number;
  readonly division_code: string;
  readonly confirmed_on: string;
  readonly active: boolean;
  readonly members: number | null;
  readonly note: string | null;
}

/** Writes a yearly confirmation. */
export async function insertConfirmation(tx: Tx, row: ConfirmationRow): Promise<void> {
  await tx.run(sql`
    insert into community_confirmation (home_code, organisation_id, year, division_code, confirmed_on, active, members, note)
    values (${row.home_code}, ${row.organisation_id}, ${row.year}, ${row.division_code}, ${row.confirmed_on}, ${row.active}, ${row.members}, ${row.note})`);
}

/** Whether a filed organisation has been confirmed for a year. */
export async function isConfirmed(tx: Tx, organisation: string, year: number): Promise<boolean> {
  return (
    (await tx.maybe(
      sql`select 1 from community_confirmation where organisation_id = ${organisation} and year = ${year}`,
    )) !== undefined
  );
}

/**
 * The next filing number of a street or township in a year (备案编号): division, year, three digits. Taken from the series table
 * of documents, so that two filings at once get two numbers. Written as the system role.
 */
export async function nextFilingNumber(tx: Tx, home: string, division: string, year: string): Promise<string> {
  const series = `filing-${division}`;
  const row = await tx.one<{ last_seq: number }>(sql`
    insert into document_series as series (home_code, series, year, last_seq) values (${home}, ${series}, ${Number(year)}, 1)
    on conflict (home_code, series, year) do update set last_seq = series.last_seq + 1 returning last_seq`);
  return `${division}-${year}-${String(row.last_seq).padStart(3, "0")}`;
}
