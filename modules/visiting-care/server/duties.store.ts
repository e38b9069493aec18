import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { Part } from "../plan.ts";
import { careDuties, extraDuty, visitDuty } from "../visiting-care.duties.ts";

/** The parts of a month for one frequency, with the working days on which visits may be planned. */
export interface PlannedPart extends Part {
  readonly per: string;
  readonly min: number;
  readonly days: readonly string[];
}

const law = JSON.stringify(visitDuty.law);

/**
 * Opens the visits of a month for everybody enrolled in a home (生成探访任务), or for one person, as one statement. The id is made
 * of stay, enrolment and due day, so that running again adds nothing; what was cancelled stands again once it is owed again
 * (a merge taken back, a plan changed back). Planned days go through each worker's people village
 * by village, so that a worker finishes one place before the next. As the system role; answers how many were new.
 */
export async function openVisitDuties(
  tx: Tx,
  home: string,
  parts: readonly PlannedPart[],
  given: { readonly person: string | null; readonly now: Date },
): Promise<number> {
  return tx.run(sql`
    with part as (
      select per, min, "from" as from_on, "to" as to_on, days
      from jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) as row (per text, min integer, "from" date, "to" date, days date[])),
    owed as (
      select care.id, care.division_code, care.person_id, care.name, care.worker_id, care.enrolled_on, part.to_on, part.days,
        row_number() over (partition by care.worker_id, part.per, part.to_on order by care.division_code, care.name_key, care.id) as place,
        count(*) over (partition by care.worker_id, part.per, part.to_on) as many
      from care_enrolment as care join part on part.per = care.per and part.min = care.min_visits
      where care.home_code = ${home} and care.state = 'enrolled' and care.enrolled_on <= part.to_on
        and (${given.person}::uuid is null or care.person_id = ${given.person}))
    insert into duty (home_code, id, division_code, kind, subject_id, subject_label, assignee_id, planned_on, holder, link, opened_at, due_on, law)
    select ${home}, (overlay(overlay(md5(owed.id::text || '|' || owed.enrolled_on::text || '|' || owed.to_on::text) placing '8' from 13 for 1) placing 'a' from 17 for 1))::uuid, owed.division_code, ${visitDuty.id},
      owed.person_id, owed.name, owed.worker_id,
      case when ${given.person}::uuid is null then owed.days[1 + ((owed.place - 1) * cardinality(owed.days) / owed.many)::integer]
        else owed.days[1 + (('x' || right(md5(owed.person_id::text), 4))::bit(16)::integer % cardinality(owed.days))] end,
      ${visitDuty.holder}, '/care/people/' || owed.person_id::text, ${given.now}, owed.to_on, ${law}::jsonb
    from owed
    on conflict (home_code, id) do update set state = 'open', done_at = null, ground = null, division_code = excluded.division_code,
      subject_label = excluded.subject_label, assignee_id = excluded.assignee_id, planned_on = excluded.planned_on
      where duty.state = 'cancelled'`);
}

/** How many visits of a month are owed in a home, and how many of them have their duty, under the actor's own scope. */
export async function countOwed(
  tx: Tx,
  home: string,
  parts: readonly PlannedPart[],
): Promise<{ owed: number; there: number }> {
  return tx.one(sql`
    with part as (
      select per, min, "to" as to_on from jsonb_to_recordset(${JSON.stringify(parts)}::jsonb) as row (per text, min integer, "to" date))
    select count(*)::integer as owed, count(duty.id)::integer as there
    from care_enrolment as care join part on part.per = care.per and part.min = care.min_visits
    left join duty on duty.home_code = care.home_code and duty.id = (overlay(overlay(md5(care.id::text || '|' || care.enrolled_on::text || '|' || part.to_on::text) placing '8' from 13 for 1) placing 'a' from 17 for 1))::uuid
    where care.home_code = ${home} and care.state = 'enrolled' and care.enrolled_on <= part.to_on`);
}

/** Frequencies in use in a home. */
export async function frequenciesOf(
  tx: Tx,
  home: string,
): Promise<{ per: "week" | "month" | "quarter"; min: number }[]> {
  return tx.many(sql`
    select per, min_visits as min from care_enrolment where home_code = ${home} and state = 'enrolled' group by per, min_visits order by 1, 2`);
}

/** Homes with people in care, in order. */
export async function homesInCare(tx: Tx): Promise<string[]> {
  const rows = await tx.many<{ home_code: string }>(sql`
    select distinct home_code from care_enrolment where state = 'enrolled' order by home_code`);
  return rows.map((row) => row.home_code);
}

/** Cancels every open duty of care about somebody (结案取消), or those of some kinds. As the system role. */
export async function cancelCareDuties(
  tx: Tx,
  home: string,
  person: string,
  now: Date,
  ground: string,
  kinds: readonly string[] = careDuties,
): Promise<void> {
  await tx.run(sql`
    update duty set state = 'cancelled', done_at = ${now}, ground = ${ground}
    where subject_id = ${person} and home_code = ${home} and kind = any(${kinds}) and state in ('open', 'paused')`);
}

/** Cancels visits planned ahead that a new plan no longer asks for. As the system role. */
export async function cancelOtherVisits(
  tx: Tx,
  home: string,
  person: string,
  today: string,
  kept: readonly string[],
  now: Date,
): Promise<void> {
  await tx.run(sql`
    update duty set state = 'cancelled', done_at = ${now}, ground = 'plan-changed'
    where subject_id = ${person} and home_code = ${home} and kind = ${visitDuty.id} and state in ('open', 'paused') and due_on >= ${today}
      and not due_on = any(${kept}::date[])`);
}

/** Open duties of people go from one worker to another. As the system role. */
export async function reassignDuties(
  tx: Tx,
  home: string,
  persons: readonly string[],
  from: string | null,
  to: string | null,
): Promise<void> {
  await tx.run(sql`
    update duty set assignee_id = ${to}
    where subject_id = any(${persons}::uuid[]) and home_code = ${home} and holder = 'worker' and state in ('open', 'paused')
      and assignee_id is not distinct from ${from}::uuid`);
}

/** How many open duties of people a worker holds. */
export async function countAssigned(tx: Tx, home: string, persons: readonly string[], worker: string): Promise<number> {
  const row = await tx.one<{ count: number }>(sql`
    select count(*)::integer as count from duty
    where subject_id = any(${persons}::uuid[]) and home_code = ${home} and assignee_id = ${worker} and state in ('open', 'paused')`);
  return row.count;
}

/** Open duties follow a person to another place of the county: new division, nobody's worker. As the system role. */
export async function carryDuties(tx: Tx, home: string, person: string, division: string, worker: string | null) {
  await tx.run(sql`
    update duty set division_code = ${division}, assignee_id = case when holder = 'worker' then ${worker}::uuid else assignee_id end
    where subject_id = ${person} and home_code = ${home} and state in ('open', 'paused') and kind = any(${careDuties})`);
}

/** Whom a call for extra visits reaches. */
export interface Called {
  readonly home: string;
  readonly lo: string;
  readonly hi: string;
  readonly risks: readonly string[] | null;
  readonly categories: readonly string[] | null;
}

export async function countCalled(tx: Tx, called: Called): Promise<number> {
  const row = await tx.one<{ count: number }>(sql`
    select count(*)::integer as count from care_enrolment
    where home_code = ${called.home} and division_code >= ${called.lo} and division_code < ${called.hi} and state = 'enrolled'
      and (${called.risks}::text[] is null or risk = any(${called.risks})) and (${called.categories}::text[] is null or categories && ${called.categories}::text[])`);
  return row.count;
}

/** Opens an extra visit for each of them as one statement. As the system role. */
export async function openExtraDuties(
  tx: Tx,
  called: Called,
  given: { readonly call: string; readonly from: string; readonly by: string; readonly now: Date },
): Promise<void> {
  await tx.run(sql`
    insert into duty (home_code, id, division_code, kind, subject_id, subject_label, assignee_id, planned_on, holder, link, opened_at, due_on, law)
    select home_code, (overlay(overlay(md5(id::text || '|' || ${given.call}::text) placing '8' from 13 for 1) placing 'a' from 17 for 1))::uuid, division_code, ${extraDuty.id}, person_id, name, worker_id, ${given.from}::date,
      ${extraDuty.holder}, '/care/people/' || person_id::text, ${given.now}, ${given.by}::date, ${JSON.stringify(extraDuty.law)}::jsonb
    from care_enrolment
    where home_code = ${called.home} and division_code >= ${called.lo} and division_code < ${called.hi} and state = 'enrolled'
      and (${called.risks}::text[] is null or risk = any(${called.risks})) and (${called.categories}::text[] is null or categories && ${called.categories}::text[])
    on conflict (home_code, id) do nothing`);
}

export interface Call {
  readonly home: string;
  readonly id: string;
  readonly division: string;
  readonly ground: string;
  readonly title: string;
  readonly from: string;
  readonly by: string;
  readonly opened: number;
  readonly calledBy: string;
}

export async function insertCall(tx: Tx, call: Call, now: Date): Promise<void> {
  await tx.run(sql`
    insert into care_call (home_code, id, division_code, ground, title, from_on, by_on, opened, called_by, called_at)
    values (${call.home}, ${call.id}, ${call.division}, ${call.ground}, ${call.title}, ${call.from}, ${call.by}, ${call.opened}, ${call.calledBy}, ${now})`);
}

/**
 * Alerts for visits not made (到期提醒): duties of which a share of the period has gone and that were not alerted so far. The
 * second alert also opens a duty for the officer. As the system role; answers how many were alerted.
 */
export async function alertVisits(
  tx: Tx,
  given: {
    readonly today: string;
    readonly step: 1 | 2;
    readonly percent: number;
    readonly limit: number;
    readonly now: Date;
  },
): Promise<{ home_code: string; division_code: string; alerted: number }[]> {
  return tx.many(sql`
    with late as (
      select duty.home_code, duty.id from duty join care_enrolment as care
        on care.person_id = duty.subject_id and care.home_code = duty.home_code and care.closed_no = 0
      where duty.kind = ${visitDuty.id} and duty.state = 'open' and duty.reminders < ${given.step} and duty.due_on < (${given.today}::date + 100)
        and ${given.today}::date >= duty.due_on - ((case care.per when 'week' then 7 when 'month' then 30 else 91 end / care.min_visits) * (100 - ${given.percent}::integer) / 100)
      limit ${given.limit}),
    marked as (
      update duty set reminders = ${given.step} from late where duty.home_code = late.home_code and duty.id = late.id
      returning duty.home_code, duty.division_code, duty.subject_id, duty.subject_label, duty.due_on),
    chase as (
      insert into duty (home_code, id, division_code, kind, subject_id, subject_label, holder, link, opened_at, due_on, law)
      select home_code, (overlay(overlay(md5('chase|' || subject_id::text || '|' || due_on::text) placing '8' from 13 for 1) placing 'a' from 17 for 1))::uuid, division_code, 'visiting-care.chase', subject_id, subject_label, 'staff',
        '/care/people/' || subject_id::text, ${given.now}, due_on, ${law}::jsonb
      from marked where ${given.step}::integer = 2
      on conflict (home_code, id) do nothing)
    select home_code, division_code, count(*)::integer as alerted from marked group by 1, 2 order by 1, 2`);
}
