import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";

/** Somebody who may be given people (探访人员), with the villages of the grants in force. */
export interface Worker {
  readonly id: string;
  readonly name: string;
  readonly divisions: readonly string[];
}

/** Workers with a grant inside a range of divisions on a day. */
export async function workersWithin(tx: Tx, lo: string, hi: string, on: string): Promise<Worker[]> {
  const rows = await tx.lookup((lookup) =>
    lookup.many<Worker>(sql`
    select account.id, account.display_name as name, array_agg(distinct role_grant.division_code order by role_grant.division_code) as divisions
    from role_grant join account on account.id = role_grant.account_id
    where role_grant.role = 'worker' and role_grant.revoked_at is null and account.disabled_at is null
      and role_grant.valid_from <= ${on} and (role_grant.valid_to is null or role_grant.valid_to > ${on})
      and role_grant.division_code >= ${lo} and role_grant.division_code < ${hi}
    group by account.id, account.display_name order by account.display_name, account.id`),
  );
  return rows;
}

/** What each of them has to do: people, and visits past their day. */
export async function loads(
  tx: Tx,
  home: string,
  workers: readonly string[],
  today: string,
): Promise<Map<string, { people: number; overdue: number }>> {
  const people = await tx.many<{ worker_id: string; count: number }>(sql`
    select worker_id, count(*)::integer as count from care_enrolment
    where home_code = ${home} and state = 'enrolled' and worker_id = any(${workers}::uuid[]) group by worker_id`);
  const overdue = await tx.many<{ assignee_id: string; count: number }>(sql`
    select assignee_id, count(*)::integer as count from duty
    where assignee_id = any(${workers}::uuid[]) and state = 'open' and kind = 'visiting-care.visit' and due_on < ${today} group by assignee_id`);
  const late = new Map(overdue.map((row) => [row.assignee_id, row.count]));
  const many = new Map(people.map((row) => [row.worker_id, row.count]));
  return new Map(workers.map((id) => [id, { people: many.get(id) ?? 0, overdue: late.get(id) ?? 0 }]));
}

/** Names of accounts. */
export async function workersById(tx: Tx, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  if (ids.length === 0) return [];
  return tx.lookup((lookup) =>
    lookup.many(sql`select id, display_name as name from account where id = any(${ids}::uuid[])`),
  );
}
