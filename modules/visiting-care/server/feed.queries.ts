import { type Statement, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { EnrolmentRow } from "./enrolment.row.ts";

/**
 * Who is on the phone and in which version (下发清单). The version names everything the body is made of: the person, the
 * stay (every visit makes a new one), the open duties, the month and the age of today, the village and what it is called.
 */
export function manifestOf(worker: boolean, today: string): Statement {
  return sql`
    select care.person_id::text as id,
      concat_ws('.', person.version, care.version, ${today.slice(0, 7)}::text, date_part('year', age(${today}::date, care.born_on)),
        (select left(md5(string_agg(duty.id::text || coalesce(duty.planned_on::text, '') || coalesce(duty.assignee_id::text, ''), ',' order by duty.due_on, duty.id)), 12)
          from duty where duty.subject_id = care.person_id and duty.state in ('open', 'paused')
            and duty.kind in ('visiting-care.visit', 'visiting-care.home-visit')),
        care.division_code || left(md5(village.name), 8))::text as version
    from care_enrolment as care
    join person on person.home_code = care.home_code and person.id = care.person_id
    left join division as village on village.code = care.division_code and village.valid_from <= ${today}
      and (village.valid_to is null or village.valid_to > ${today})
    where care.closed_no = 0 and care.state in ('enrolled', 'proposed') and ${worker}::boolean
    order by care.next_due_on nulls last, care.last_visit_sort, care.id`;
}

/** The stays behind people on a phone, under the actor's own scope. */
export async function carried(tx: Tx, persons: readonly string[]): Promise<EnrolmentRow[]> {
  return tx.many<EnrolmentRow>(sql`
    select * from care_enrolment where person_id = any(${persons}::uuid[]) and closed_no = 0 and state in ('enrolled', 'proposed')`);
}
