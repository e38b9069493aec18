import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { ItemKind } from "../equipment.shapes.ts";

/** What was in a home when it was opened to the evaluation. */
export interface Expected {
  readonly item: ItemKind;
  readonly quantity: number;
  readonly serials: readonly string[];
  readonly ids: readonly string[];
}

/** A row of the table `equipment_evaluation`: one drawn home and the organisation that may look at it. */
export interface EvaluationRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly organisation_id: string;
  readonly sample_id: string;
  readonly sample_name: string;
  readonly organisation_name: string;
  readonly care_home_id: string;
  readonly care_home_home: string;
  readonly care_home_name: string;
  readonly care_home_division: string;
  readonly expected: readonly Expected[];
  readonly until_on: string;
  readonly state: "open" | "done";
  readonly result: unknown;
  readonly done_on: string | null;
  readonly granted_on: string;
}

/** Opens homes to an organisation, many as one statement, under the granting office. */
export async function insertEvaluations(tx: Tx, rows: readonly EvaluationRow[]): Promise<void> {
  await tx.run(sql`
    insert into equipment_evaluation (home_code, id, division_code, organisation_id, sample_id, sample_name, organisation_name, care_home_id,
      care_home_home, care_home_name, care_home_division, expected, until_on, state, granted_on)
    select home_code, id, division_code, organisation_id, sample_id, sample_name, organisation_name, care_home_id, care_home_home, care_home_name,
      care_home_division,      expected, until_on, 'open', granted_on
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, id uuid, division_code text, organisation_id uuid, sample_id uuid,
      sample_name text, organisation_name text, care_home_id uuid, care_home_home text, care_home_name text, care_home_division text, expected jsonb, until_on date,
      granted_on date)`);
}

/** Until when an organisation may look at a sample already, if it may today. */
export async function grantedUntil(
  tx: Tx,
  sample: string,
  organisation: string,
  today: string,
): Promise<string | undefined> {
  const row = await tx.maybe<{ until_on: string }>(sql`
    select until_on from equipment_evaluation where sample_id = ${sample} and organisation_id = ${organisation} and until_on >= ${today}
    order by until_on desc limit 1`);
  return row?.until_on;
}

/** Pieces in the homes of a sample, to be frozen as what an evaluation may expect. */
export async function expectedIn(tx: Tx, homes: readonly string[]): Promise<Map<string, Expected[]>> {
  const rows = await tx.many<{ care_home_id: string } & Expected>(sql`
    select care_home_id, item, count(*)::integer as quantity, array_agg(serial_no::text order by serial_no) as serials,
      array_agg(id::text order by serial_no) as ids
    from equipment_item where care_home_id = any(${homes}::uuid[])
      and state in ('delivered', 'trained', 'verified', 'in_use', 'fault', 'discrepancy')
    group by care_home_id, item order by care_home_id, item`);
  const out = new Map<string, Expected[]>();
  for (const { care_home_id, ...one } of rows) out.set(care_home_id, [...(out.get(care_home_id) ?? []), one]);
  return out;
}

/** The homes an organisation may look at today, with the names of their samples' offices; none once the last day is over. */
export async function openToday(
  tx: Tx,
  today: string,
  after: string | undefined,
  limit: number,
): Promise<EvaluationRow[]> {
  return tx.many<EvaluationRow>(sql`
    select * from equipment_evaluation where until_on >= ${today} and id > ${after ?? "00000000-0000-0000-0000-000000000000"}::uuid
    order by id limit ${limit}`);
}

/** One home under the organisation's own scope. */
export async function loadEvaluation(tx: Tx, id: string): Promise<EvaluationRow | undefined> {
  return tx.maybe<EvaluationRow>(sql`select * from equipment_evaluation where id = ${id}`);
}

/** Notes the result; touches nothing when it was sent before or the last day is over. */
export async function finishEvaluation(tx: Tx, row: EvaluationRow, result: unknown, today: string): Promise<number> {
  return tx.run(sql`
    update equipment_evaluation set state = 'done', result = ${JSON.stringify(result)}, done_on = ${today}
    where home_code = ${row.home_code} and id = ${row.id} and state = 'open' and until_on >= ${today}`);
}

/** Who may look at a sample, and how far they are. */
export async function evaluationsOf(tx: Tx, sample: string) {
  return tx.many<{ organisationId: string; organisation: string; until: string; homes: number; done: number }>(sql`
    select organisation_id as "organisationId", organisation_name as organisation, until_on as until, count(*)::integer as homes,
      (count(*) filter (where state = 'done'))::integer as done
    from equipment_evaluation where sample_id = ${sample} group by organisation_id, organisation_name, until_on order by until_on, organisation_name`);
}
