import { join, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { rangeOf } from "../../../kernel/divisions/code.ts";
import type { EmergencyRow, StepRow } from "./emergency.store.ts";

/** Steps of emergencies in the order in which they happened (处置步骤), by emergency. */
export async function stepsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, StepRow[]>> {
  const out = new Map<string, StepRow[]>();
  if (ids.length === 0) return out;
  const rows = await tx.many<StepRow>(sql`
    select * from emergency_step where emergency_id = any(${ids}::uuid[]) order by emergency_id, at, id`);
  for (const row of rows) {
    const known = out.get(row.emergency_id);
    if (known) known.push(row);
    else out.set(row.emergency_id, [row]);
  }
  return out;
}

/** A page of emergencies: running first, the newest on top. */
export async function emergencyPage(
  tx: Tx,
  given: {
    readonly id?: string | undefined;
    readonly division?: string | undefined;
    readonly person?: string | undefined;
    readonly state: "running" | "filed" | "all";
    readonly month?: string | undefined;
    readonly escalated?: boolean;
    readonly after?: readonly [state: string, at: string, id: string] | undefined;
    readonly limit: number;
  },
): Promise<EmergencyRow[]> {
  const range = given.division ? rangeOf(given.division) : undefined;
  const where = join(
    [
      ...(given.id ? [sql`id = ${given.id}`] : []),
      ...(range ? [sql`division_code >= ${range.lo} and division_code < ${range.hi}`] : []),
      ...(given.person ? [sql`person_id = ${given.person}`] : []),
      ...(given.state === "all" ? [] : [sql`state = ${given.state}`]),
      ...(given.month ? [sql`to_char(opened_at at time zone 'Asia/Shanghai', 'YYYY-MM') = ${given.month}`] : []),
      ...(given.escalated ? [sql`escalated > 0`] : []),
      ...(given.after
        ? [sql`(state, opened_at, id) < (${given.after[0]}, ${given.after[1]}::timestamptz, ${given.after[2]}::uuid)`]
        : []),
    ],
    " and ",
  );
  return tx.many<EmergencyRow>(
    sql`select * from emergency where ${where} order by state desc, opened_at desc, id desc limit ${given.limit}`,
  );
}

/** Emergencies that still run and may be raised again, for the job. */
export async function escalatable(tx: Tx): Promise<EmergencyRow[]> {
  return tx.many<EmergencyRow>(
    sql`select * from emergency where state = 'running' and escalated < 3 order by opened_at limit 500`,
  );
}

/** Accounts that hold the role of officer exactly at one of these divisions, the longest held first; as the system role. */
export async function officersAt(tx: Tx, divisions: readonly string[], today: string): Promise<Map<string, string>> {
  const rows = await tx.many<{ account_id: string; division_code: string }>(sql`
    select g.account_id, g.division_code from role_grant as g join account as a on a.id = g.account_id and a.disabled_at is null
    where g.role = 'officer' and g.division_code = any(${divisions}) and g.revoked_at is null and g.valid_from <= ${today}
      and (g.valid_to is null or g.valid_to > ${today})
    order by g.granted_at desc, g.id desc`);
  return new Map(rows.map((row) => [row.division_code, row.account_id]));
}

/** Emergencies of one person for the file (档案中的紧急处置), newest first. */
export async function emergenciesOf(
  tx: Tx,
  person: string,
  limit: number,
): Promise<{ id: string; openedAt: string; found: string; state: string }[]> {
  const rows = await tx.many<Pick<EmergencyRow, "id" | "opened_at" | "found" | "state">>(sql`
    select id, opened_at, found, state from emergency where person_id = ${person} order by state desc, opened_at desc, id desc limit ${limit}`);
  return rows.map((row) => ({ id: row.id, openedAt: row.opened_at.toISOString(), found: row.found, state: row.state }));
}
