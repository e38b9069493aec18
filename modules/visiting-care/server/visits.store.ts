import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { EnrolmentRow } from "./enrolment.row.ts";
import type { MarkRow, VisitRow } from "./visit.row.ts";

/** The stay a visit is recorded on, and whether a visit with this id is there already. */
export type ForVisit = EnrolmentRow & { readonly known: boolean };

/**
 * Holds the stay of a person for a visit (登记前锁定): one statement, so that two visits of one person wait for each other
 * and everything else does not.
 */
export async function holdForVisit(tx: Tx, home: string, person: string, visit: string): Promise<ForVisit | undefined> {
  return tx.maybe<ForVisit>(sql`
    select care.*, exists (select 1 from care_visit where home_code = ${home} and id = ${visit}) as known
    from care_enrolment as care where care.person_id = ${person} and care.home_code = ${home}
    order by care.closed_no = 0 desc, care.closed_no desc limit 1 for update of care`);
}

export async function loadVisit(tx: Tx, id: string): Promise<VisitRow | undefined> {
  return tx.maybe<VisitRow>(sql`select * from care_visit where id = ${id}`);
}

/** Visits of a person between two instants, taken back ones left out. */
export async function visitsBetween(
  tx: Tx,
  home: string,
  persons: readonly string[],
  from: Date,
  to: Date,
): Promise<VisitRow[]> {
  return tx.many<VisitRow>(sql`
    select * from care_visit where person_id = any(${persons}::uuid[]) and home_code = ${home} and at >= ${from} and at <= ${to} and voided_on is null
    order by at, id`);
}

/** Which of these files have arrived. */
export async function arrivedFiles(tx: Tx, ids: readonly string[]): Promise<number> {
  const row = await tx.one<{ count: number }>(
    sql`select count(distinct id)::integer as count from file where id = any(${ids}::uuid[])`,
  );
  return row.count;
}

/** What a visit changes beside its own row. */
export interface Consequence {
  readonly enrolment: EnrolmentRow;
  /** The mark of its month, when it is the first. */
  readonly mark: MarkRow | null;
  /** Duties of the person fulfilled by it: those of periods up to this day; null for an attempt. */
  readonly fulfils: { readonly on: string; readonly partEnd: string } | null;
}

/**
 * Writes a visit with the stay, the mark and the duties it changes as one statement. As the system role. Late duties are
 * fulfilled too, with the day of the act: on time is what was done by its due day.
 */
export async function writeVisit(tx: Tx, visit: VisitRow, change: Consequence): Promise<void> {
  const { enrolment, mark, fulfils } = change;
  await tx.last(sql`
    with visit as (
      insert into care_visit (home_code, id, division_code, recorded_division_code, enrolment_id, person_id, at, recorded_at, month, mode, met, counts,
        parallel, worker_id, worker_name, findings, note, supporter_reminder, latitude, longitude, accuracy, photo_ids, voice_id, signature_id, flags,
        offline, device_id, rule_version, decision_id)
      values (${visit.home_code}, ${visit.id}, ${visit.division_code}, ${visit.recorded_division_code}, ${visit.enrolment_id}, ${visit.person_id},
        ${visit.at}, ${visit.recorded_at}, ${visit.month}, ${visit.mode}, ${visit.met}, ${visit.counts}, ${visit.parallel}, ${visit.worker_id},
        ${visit.worker_name}, ${JSON.stringify(visit.findings)}, ${visit.note}, ${visit.supporter_reminder}, ${visit.latitude}, ${visit.longitude},
        ${visit.accuracy}, ${visit.photo_ids}::uuid[], ${visit.voice_id}, ${visit.signature_id}, ${JSON.stringify(visit.flags)}, ${visit.offline},
        ${visit.device_id}, ${visit.rule_version}, ${visit.decision_id})),
    care as (
      update care_enrolment set last_visit_sort = ${enrolment.last_visit_sort}, last_visit_id = ${enrolment.last_visit_id},
        last_visit_by = ${enrolment.last_visit_by}, last_visit_device = ${enrolment.last_visit_device}, last_mark = ${enrolment.last_mark},
        next_due_on = ${enrolment.next_due_on}, version = ${enrolment.version}, updated_at = ${visit.recorded_at}
      where home_code = ${enrolment.home_code} and id = ${enrolment.id}),
    mark as (
      insert into care_mark (home_code, person_id, month, division_code, recorded_division_code, enrolment_id, visit_id, base, left_after)
      select ${enrolment.home_code}, ${enrolment.person_id}, ${visit.month}, ${enrolment.division_code}, ${visit.recorded_division_code},
        ${enrolment.id}, ${visit.id}, ${mark?.base ?? false}::boolean, ${mark?.left_after ?? false}::boolean
      where ${mark !== null}::boolean)
    update duty set state = 'done', done_at = ${visit.recorded_at}, done_on = ${fulfils?.on ?? null}::date
    where ${fulfils !== null}::boolean and subject_id = ${enrolment.person_id} and home_code = ${enrolment.home_code} and state in ('open', 'paused')
      and ((kind in ('visiting-care.visit', 'visiting-care.chase') and due_on <= ${fulfils?.partEnd ?? null}::date)
        or (kind = 'visiting-care.extra-visit' and planned_on <= ${fulfils?.on ?? null}::date)
        or (kind = 'visiting-care.home-visit' and ${visit.mode === "home"}::boolean))`);
}

/** Takes a visit back. As the system role. */
export async function markVoid(
  tx: Tx,
  home: string,
  id: string,
  given: { on: string; reason: string; by: string },
): Promise<void> {
  await tx.run(sql`
    update care_visit set voided_on = ${given.on}, void_reason = ${given.reason}, voided_by = ${given.by}
    where home_code = ${home} and id = ${id}`);
}

/** A visit that had been second becomes the one that is counted. As the system role. */
export async function countAgain(tx: Tx, home: string, id: string): Promise<void> {
  await tx.run(sql`update care_visit set parallel = false where home_code = ${home} and id = ${id}`);
}

/** Valid visits of a person in a month that were not taken back, earliest first. */
export async function validInMonth(
  tx: Tx,
  home: string,
  persons: readonly string[],
  month: string,
): Promise<VisitRow[]> {
  return tx.many<VisitRow>(sql`
    select * from care_visit where person_id = any(${persons}::uuid[]) and home_code = ${home} and month = ${month} and counts and voided_on is null
    order by at, id`);
}

/** The newest valid visit of a person, one of them left out. */
export async function newestValid(
  tx: Tx,
  home: string,
  persons: readonly string[],
  without: string,
): Promise<VisitRow | undefined> {
  return tx.maybe<VisitRow>(sql`
    select * from care_visit where person_id = any(${persons}::uuid[]) and home_code = ${home} and counts and voided_on is null and id <> ${without}
    order by at desc, id desc limit 1`);
}
