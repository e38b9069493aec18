import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";

/** A row of the table `donation_purpose_change`. */
export interface PurposeChangeRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly organisation_id: string | null;
  readonly from_purpose: string;
  readonly to_purpose: string;
  readonly amount_fen: number;
  readonly basis: "donor-consent" | "refiled" | "surplus";
  readonly evidence: string;
  readonly decision_id: string;
  readonly changed_on: string;
  readonly recorded_at: Date;
}

export async function insertPurposeChange(tx: Tx, row: PurposeChangeRow): Promise<void> {
  await tx.run(sql`
    insert into donation_purpose_change (home_code, id, division_code, organisation_id, from_purpose, to_purpose, amount_fen, basis, evidence,
      decision_id, changed_on, recorded_at)
    values (${row.home_code}, ${row.id}, ${row.division_code}, ${row.organisation_id}, ${row.from_purpose}, ${row.to_purpose}, ${row.amount_fen},
      ${row.basis}, ${row.evidence}, ${row.decision_id}, ${row.changed_on}, ${row.recorded_at})`);
}

export interface ProgrammeRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly organisation_id: string | null;
  readonly name: string;
  readonly purpose: string;
  readonly budget_fen: number;
  readonly planned_fen: number;
  readonly event: string | null;
}

export async function insertProgramme(tx: Tx, row: ProgrammeRow, now: Date): Promise<void> {
  await tx.run(sql`
    insert into donation_programme (home_code, id, division_code, organisation_id, name, purpose, budget_fen, planned_fen, event, created_at)
    values (${row.home_code}, ${row.id}, ${row.division_code}, ${row.organisation_id}, ${row.name}, ${row.purpose}, ${row.budget_fen},
      ${row.planned_fen}, ${row.event}, ${now})`);
}

/** A programme, locked: two who plan at once see each other's part of the budget. */
export async function lockProgramme(tx: Tx, id: string): Promise<ProgrammeRow | undefined> {
  return tx.maybe<ProgrammeRow>(sql`select * from donation_programme where id = ${id} for update`);
}

export async function loadProgramme(tx: Tx, id: string): Promise<ProgrammeRow | undefined> {
  return tx.maybe<ProgrammeRow>(sql`select * from donation_programme where id = ${id}`);
}

export async function planInProgramme(tx: Tx, row: ProgrammeRow, fen: number): Promise<void> {
  await tx.run(sql`
    update donation_programme set planned_fen = planned_fen + ${fen}::bigint where home_code = ${row.home_code} and id = ${row.id}`);
}

/** Who stands in earlier batches of a programme. */
export async function servedIn(tx: Tx, programme: string): Promise<Set<string>> {
  const rows = await tx.many<{ id: string }>(sql`
    select one ->> 'id' as id from donation_batch, jsonb_array_elements(ranked) as one where programme_id = ${programme}`);
  return new Set(rows.map((row) => row.id));
}

export async function insertBatch(
  tx: Tx,
  row: Pick<ProgrammeRow, "home_code" | "division_code" | "organisation_id"> & {
    readonly id: string;
    readonly programme_id: string;
    readonly unit_value_fen: number;
    readonly total_fen: number;
    readonly ranked: unknown;
    readonly left_out: unknown;
    readonly decision_id: string;
    readonly planned_on: string;
  },
): Promise<void> {
  await tx.run(sql`
    insert into donation_batch (home_code, id, division_code, organisation_id, programme_id, unit_value_fen, total_fen, ranked, left_out, decision_id, planned_on)
    values (${row.home_code}, ${row.id}, ${row.division_code}, ${row.organisation_id}, ${row.programme_id}, ${row.unit_value_fen}, ${row.total_fen},
      ${JSON.stringify(row.ranked)}::jsonb, ${JSON.stringify(row.left_out)}::jsonb, ${row.decision_id}, ${row.planned_on})`);
}

/** Keeps what is published of a division and year. */
export async function keepTotals(
  tx: Tx,
  row: {
    readonly home: string;
    readonly division: string;
    readonly year: number;
    readonly figures: unknown;
    readonly on: string;
  },
): Promise<void> {
  await tx.run(sql`
    insert into donation_total (home_code, division_code, year, figures, published_on)
    values (${row.home}, ${row.division}, ${row.year}, ${JSON.stringify(row.figures)}::jsonb, ${row.on})
    on conflict (home_code, division_code, year) do update set figures = excluded.figures, published_on = excluded.published_on`);
}
