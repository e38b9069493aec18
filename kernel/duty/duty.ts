import { sql } from "../database/sql.ts";
import type { Context } from "../operation/context.ts";
import type { DutyKind } from "./define.ts";

/** One obligation to open (开立待办). `due` is the last day, Asia/Shanghai. */
export interface NewDuty {
  readonly kind: DutyKind;
  readonly home: string;
  readonly division: string;
  readonly subject: string;
  readonly label: string;
  readonly organisation?: string | null;
  readonly unit?: string | null;
  /** Account of the person who is to do it; nobody in particular when absent. */
  readonly assignee?: string | null;
  /** The day it is planned for, on or before `due`. */
  readonly planned?: string | null;
  /** Console path where it is fulfilled. */
  readonly link: string;
  readonly due: string;
}

/** Opens duties as one statement (开立). Written with the command's other effects, in its transaction. */
export function openDuties(ctx: Context, duties: readonly NewDuty[]): void {
  if (duties.length === 0) return;
  const rows = duties.map((duty) => ({
    home_code: duty.home,
    id: ctx.newId(),
    division_code: duty.division,
    kind: duty.kind.id,
    subject_id: duty.subject,
    subject_label: duty.label,
    organisation_id: duty.organisation ?? null,
    unit_id: duty.unit ?? null,
    assignee_id: duty.assignee ?? null,
    planned_on: duty.planned ?? null,
    holder: duty.kind.holder,
    link: duty.link,
    due_on: duty.due,
    law: duty.kind.law,
  }));
  ctx.later(async (tx) => {
    await tx.run(sql`
      insert into duty (home_code, id, division_code, kind, subject_id, subject_label, organisation_id, unit_id, assignee_id, planned_on, holder, link, opened_at, due_on, law)
      select home_code, id, division_code, kind, subject_id, subject_label, organisation_id, unit_id, assignee_id, planned_on, holder, link, ${ctx.now}, due_on, law
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, id uuid, division_code text, kind text,
        subject_id uuid, subject_label text, organisation_id uuid, unit_id uuid, assignee_id uuid, planned_on date, holder text, link text, due_on date, law jsonb)`);
  });
}

/** Closes every open duty of a kind on a subject: fulfilled on `ctx.today` (办结). */
export function fulfilDuty(ctx: Context, kind: DutyKind, home: string, subject: string): void {
  ctx.later(async (tx) => {
    await tx.run(sql`
      update duty set state = 'done', done_at = ${ctx.now}, done_on = ${ctx.today}
      where subject_id = ${subject} and kind = ${kind.id} and home_code = ${home} and state in ('open', 'paused')`);
  });
}

/** The same for many subjects of one kind, as one statement. */
export function fulfilDuties(ctx: Context, kind: DutyKind, home: string, subjects: readonly string[]): void {
  if (subjects.length === 0) return;
  ctx.later(async (tx) => {
    await tx.run(sql`
      update duty set state = 'done', done_at = ${ctx.now}, done_on = ${ctx.today}
      where subject_id = any(${subjects}::uuid[]) and kind = ${kind.id} and home_code = ${home} and state in ('open', 'paused')`);
  });
}

/** Drops an open duty that no longer makes sense, with the ground (取消). */
export function cancelDuty(ctx: Context, kind: DutyKind, home: string, subject: string, ground: string): void {
  ctx.later(async (tx) => {
    await tx.run(sql`
      update duty set state = 'cancelled', done_at = ${ctx.now}, ground = ${ground}
      where subject_id = ${subject} and kind = ${kind.id} and home_code = ${home} and state in ('open', 'paused')`);
  });
}
