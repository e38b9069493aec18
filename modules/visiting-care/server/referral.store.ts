import type { z } from "zod";
import { join, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { rangeOf } from "../../../kernel/divisions/code.ts";
import type { referralState } from "../referral.contract.ts";
import type { need } from "../visiting-care.shapes.ts";

/** A row of the table `referral` (需求转介). */
export interface ReferralRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly recorded_division_code: string;
  readonly person_id: string;
  readonly visit_id: string | null;
  readonly kind: z.output<typeof need>;
  readonly note: string | null;
  readonly state: z.output<typeof referralState>;
  readonly worker_id: string | null;
  readonly opened_at: Date;
  readonly opened_on: string;
  readonly due_on: string;
  readonly taken_by: string | null;
  readonly organisation_id: string | null;
  readonly taken_on: string | null;
  readonly outcome: "done" | "declined" | null;
  readonly result: string | null;
  readonly settled_on: string | null;
  readonly seen_on: string | null;
}

export async function loadReferral(tx: Tx, id: string): Promise<ReferralRow | undefined> {
  return tx.maybe<ReferralRow>(sql`select * from referral where id = ${id}`);
}

/** Writes new referrals as one statement. */
export async function insertReferrals(tx: Tx, rows: readonly ReferralRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`
    insert into referral (home_code, id, division_code, recorded_division_code, person_id, visit_id, kind, note, state, worker_id, opened_at, opened_on, due_on)
    select home_code, id, division_code, recorded_division_code, person_id, visit_id, kind, note, state, worker_id, opened_at, opened_on, due_on
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, id uuid, division_code text, recorded_division_code text,
      person_id uuid, visit_id uuid, kind text, note text, state text, worker_id uuid, opened_at timestamptz, opened_on date, due_on date)`);
}

/** Writes a referral that is still in the state it was read in; answers 0 when somebody was faster. */
export function updateReferral(tx: Tx, before: ReferralRow, after: ReferralRow): Promise<number> {
  return tx.run(sql`
    update referral set state = ${after.state}, taken_by = ${after.taken_by}, organisation_id = ${after.organisation_id}, taken_on = ${after.taken_on},
      outcome = ${after.outcome}, result = ${after.result}, settled_on = ${after.settled_on}, seen_on = ${after.seen_on}
    where home_code = ${before.home_code} and id = ${before.id} and state = ${before.state}`);
}

/** A page of referrals: the earliest term first. */
export async function referralPage(
  tx: Tx,
  given: {
    readonly id?: string | undefined;
    readonly division?: string | undefined;
    readonly person?: string | undefined;
    readonly states: readonly string[];
    readonly kind?: string | undefined;
    readonly month?: string | undefined;
    readonly dueBefore?: string | undefined;
    readonly dueFrom?: string | undefined;
    readonly after?: readonly [due: string, id: string] | undefined;
    readonly limit: number;
  },
): Promise<ReferralRow[]> {
  const range = given.division ? rangeOf(given.division) : undefined;
  const where = join(
    [
      sql`state = any(${given.states})`,
      ...(given.id ? [sql`id = ${given.id}`] : []),
      ...(range ? [sql`division_code >= ${range.lo} and division_code < ${range.hi}`] : []),
      ...(given.person ? [sql`person_id = ${given.person}`] : []),
      ...(given.kind ? [sql`kind = ${given.kind}`] : []),
      ...(given.month ? [sql`to_char(opened_on, 'YYYY-MM') = ${given.month}`] : []),
      ...(given.dueBefore ? [sql`due_on < ${given.dueBefore}::date`] : []),
      ...(given.dueFrom ? [sql`due_on >= ${given.dueFrom}::date`] : []),
      ...(given.after ? [sql`(due_on, id) > (${given.after[0]}::date, ${given.after[1]}::uuid)`] : []),
    ],
    " and ",
  );
  return tx.many<ReferralRow>(sql`select * from referral where ${where} order by due_on, id limit ${given.limit}`);
}

/** Referrals of one person for the file (档案中的转介), the next due first. */
export async function referralsOf(tx: Tx, person: string, limit: number): Promise<ReferralRow[]> {
  return tx.many<ReferralRow>(
    sql`select * from referral where person_id = ${person} order by due_on, id limit ${limit}`,
  );
}

/** A row of the table `supporter_reminder` (督促记录). */
export interface ReminderRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly person_id: string;
  readonly contact_id: string;
  readonly supporter_name: string;
  readonly relation: string;
  readonly way: "phone" | "visit" | "message" | "letter";
  readonly reached: boolean;
  readonly answer: string | null;
  readonly reminded_on: string;
  readonly recorded_at: Date;
  readonly recorded_by: string;
  readonly document_id: string | null;
}

export async function insertReminder(tx: Tx, row: ReminderRow): Promise<void> {
  await tx.run(sql`
    insert into supporter_reminder (home_code, id, division_code, person_id, contact_id, supporter_name, relation, way, reached, answer, reminded_on, recorded_at, recorded_by, document_id)
    values (${row.home_code}, ${row.id}, ${row.division_code}, ${row.person_id}, ${row.contact_id}, ${row.supporter_name}, ${row.relation}, ${row.way},
      ${row.reached}, ${row.answer}, ${row.reminded_on}, ${row.recorded_at}, ${row.recorded_by}, ${row.document_id})`);
}

/** A page of the contact log, newest first. */
export async function reminderPage(
  tx: Tx,
  given: {
    readonly division?: string | undefined;
    readonly person?: string | undefined;
    readonly after?: readonly [at: string, id: string] | undefined;
    readonly limit: number;
  },
): Promise<ReminderRow[]> {
  const range = given.division ? rangeOf(given.division) : undefined;
  const where = join(
    [
      ...(range ? [sql`division_code >= ${range.lo} and division_code < ${range.hi}`] : []),
      ...(given.person ? [sql`person_id = ${given.person}`] : []),
      ...(given.after ? [sql`(recorded_at, id) < (${given.after[0]}::timestamptz, ${given.after[1]}::uuid)`] : []),
    ],
    " and ",
  );
  return tx.many<ReminderRow>(
    sql`select * from supporter_reminder where ${where} order by recorded_at desc, id desc limit ${given.limit}`,
  );
}
