import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { EmergencyStep } from "../emergency.rules.ts";

/** A step and the instant by which it is due. */
export interface ClockLine {
  readonly step: EmergencyStep;
  readonly dueAt: string;
}

/** A row of the table `emergency` (紧急处置). */
export interface EmergencyRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly recorded_division_code: string;
  readonly person_id: string;
  readonly found: string;
  readonly note: string | null;
  readonly route: "rescue" | "epidemic";
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly opened_at: Date;
  readonly recorded_at: Date;
  readonly opened_by: string | null;
  readonly worker_id: string | null;
  readonly worker_name: string;
  readonly stand_in_id: string | null;
  readonly clock: readonly ClockLine[];
  readonly state: "running" | "filed";
  readonly escalated: number;
  readonly escalated_at: Date | null;
  readonly file_by_at: Date;
  readonly outcome: string | null;
  readonly summary: string | null;
  readonly filed_at: Date | null;
  readonly document_id: string | null;
}

/** A row of the table `emergency_step` (处置步骤). */
export interface StepRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly emergency_id: string;
  readonly kind: "step" | "escalation";
  readonly step: EmergencyStep;
  readonly at: Date;
  readonly recorded_at: Date;
  readonly reached: boolean;
  readonly contact_id: string | null;
  readonly who: string | null;
  readonly note: string | null;
  readonly level: number | null;
  readonly actor_id: string | null;
  readonly actor_name: string;
}

export async function loadEmergency(tx: Tx, id: string): Promise<EmergencyRow | undefined> {
  return tx.maybe<EmergencyRow>(sql`select * from emergency where id = ${id}`);
}

/** Writes a new emergency; as an effect, since nobody's role may write the table. */
export async function insertEmergency(tx: Tx, row: EmergencyRow): Promise<void> {
  await tx.run(sql`
    insert into emergency (home_code, id, division_code, recorded_division_code, person_id, found, note, route, latitude, longitude, opened_at,
      recorded_at, opened_by, worker_id, worker_name, stand_in_id, clock, state, file_by_at)
    values (${row.home_code}, ${row.id}, ${row.division_code}, ${row.recorded_division_code}, ${row.person_id}, ${row.found}, ${row.note},
      ${row.route}, ${row.latitude}, ${row.longitude}, ${row.opened_at}, ${row.recorded_at}, ${row.opened_by}, ${row.worker_id},
      ${row.worker_name}, ${row.stand_in_id}, ${JSON.stringify(row.clock)}, 'running', ${row.file_by_at})`);
}

/** Adds a step to an emergency that still runs; answers 0 when it was filed meanwhile. The lock waits for a filing on its way. */
export function insertStep(tx: Tx, step: StepRow): Promise<number> {
  return tx.run(sql`
    insert into emergency_step (home_code, id, division_code, emergency_id, kind, step, at, recorded_at, reached, contact_id, who, note, level, actor_id, actor_name)
    select home_code, ${step.id}::uuid, division_code, id, ${step.kind}, ${step.step}, ${step.at}::timestamptz, ${step.recorded_at}::timestamptz,
      ${step.reached}::boolean, ${step.contact_id}::uuid, ${step.who}, ${step.note}, ${step.level}::smallint, ${step.actor_id}::uuid, ${step.actor_name}
    from (select home_code, id, division_code from emergency
      where home_code = ${step.home_code} and id = ${step.emergency_id} and state = 'running' for update) as running`);
}

/** Files an emergency that still runs; answers 0 when somebody else did. */
export function fileRow(
  tx: Tx,
  row: EmergencyRow,
  filed: { outcome: string; summary: string; at: Date; document: string },
): Promise<number> {
  return tx.run(sql`
    update emergency set state = 'filed', outcome = ${filed.outcome}, summary = ${filed.summary}, filed_at = ${filed.at}, document_id = ${filed.document}
    where home_code = ${row.home_code} and id = ${row.id} and state = 'running'`);
}

/** Raises the level of an emergency that still runs and stands where it was seen to stand. */
export function raiseLevel(tx: Tx, row: EmergencyRow, level: number, at: Date): Promise<number> {
  return tx.run(sql`
    update emergency set escalated = ${level}, escalated_at = ${at}
    where home_code = ${row.home_code} and id = ${row.id} and state = 'running' and escalated = ${row.escalated}`);
}
