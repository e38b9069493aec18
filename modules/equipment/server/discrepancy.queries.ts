import { join, type Statement, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { rangeOf } from "../../../kernel/divisions/code.ts";
import type { DiscrepancyRow } from "./discrepancy.store.ts";

/** Reads a discrepancy under the actor's own scope. */
export async function loadDiscrepancy(tx: Tx, id: string): Promise<DiscrepancyRow | undefined> {
  return tx.maybe<DiscrepancyRow>(sql`select * from equipment_discrepancy where id = ${id}`);
}

/** Reads a discrepancy of one's own register and keeps it for this transaction. */
export async function holdDiscrepancy(tx: Tx, id: string): Promise<DiscrepancyRow | undefined> {
  return tx.maybe<DiscrepancyRow>(sql`select * from equipment_discrepancy where id = ${id} for update`);
}

export interface DiscrepancyFilter {
  readonly division?: string | undefined;
  readonly careHomeId?: string | undefined;
  readonly kind?: string | undefined;
  readonly states: readonly string[];
  readonly late?: "yes" | "no" | undefined;
  readonly today: string;
  readonly after?: readonly [string, string] | undefined;
  readonly limit: number;
}

function conditions(filter: DiscrepancyFilter): Statement[] {
  const where: Statement[] = [sql`state = any(${filter.states})`];
  if (filter.division) {
    const { lo, hi } = rangeOf(filter.division);
    where.push(sql`division_code >= ${lo} and division_code < ${hi}`);
  }
  if (filter.careHomeId) where.push(sql`care_home_id = ${filter.careHomeId}`);
  if (filter.kind) where.push(sql`kind = ${filter.kind}`);
  if (filter.late === "yes") where.push(sql`state in ('open', 'measured') and due_on < ${filter.today}`);
  if (filter.late === "no") where.push(sql`(state not in ('open', 'measured') or due_on >= ${filter.today})`);
  if (filter.after) where.push(sql`(due_on, id) > (${filter.after[0]}::date, ${filter.after[1]}::uuid)`);
  return where;
}

/** A page of discrepancies, the soonest due first. */
export async function discrepancyPage(tx: Tx, filter: DiscrepancyFilter): Promise<DiscrepancyRow[]> {
  return tx.many<DiscrepancyRow>(
    sql`select * from equipment_discrepancy where ${join(conditions(filter), " and ")} order by due_on, id limit ${filter.limit}`,
  );
}

/** Writes a discrepancy that has moved on; touches nothing when somebody was quicker. */
export async function updateDiscrepancy(tx: Tx, before: DiscrepancyRow, after: DiscrepancyRow): Promise<number> {
  return tx.run(sql`
    update equipment_discrepancy set state = ${after.state}, quantity = ${after.quantity}, owner_id = ${after.owner_id}, owner_name = ${after.owner_name},
      due_on = ${after.due_on}, measure = ${after.measure}, term = ${after.term}, proof = ${after.proof}, photo_ids = ${after.photo_ids}::uuid[],
      done_by = ${after.done_by}, done_on = ${after.done_on}, verified_by = ${after.verified_by}, verified_on = ${after.verified_on},
      closed_on = ${after.closed_on}, reopened = ${after.reopened}, escalated = ${after.escalated}, version = version + 1
    where home_code = ${before.home_code} and id = ${before.id} and version = ${before.version}`);
}

/** Changes how many discrepancies of a home are not closed. */
export async function countDiscrepancies(tx: Tx, row: DiscrepancyRow, delta: 1 | -1): Promise<void> {
  await tx.run(sql`
    update care_home set open_discrepancies = open_discrepancies + ${delta} where home_code = ${row.home_code} and id = ${row.care_home_id}`);
}

/** Open discrepancies of a shipment for fewer pieces, of one item, oldest first; kept for this transaction. */
export async function shortOf(tx: Tx, shipment: string, item: string): Promise<DiscrepancyRow[]> {
  return tx.many<DiscrepancyRow>(sql`
    select * from equipment_discrepancy where shipment_id = ${shipment} and item = ${item} and kind = 'short' and state in ('open', 'measured')
    order by opened_on, id for update`);
}

/** The name of an account that may look after something in a county: its officers and workers in use. */
export async function ownerIn(tx: Tx, account: string, home: string, today: string): Promise<string | undefined> {
  const { lo, hi } = rangeOf(home);
  return tx.lookup(async (lookup) => {
    const row = await lookup.maybe<{ display_name: string }>(sql`
      select a.display_name from account as a where a.id = ${account} and a.disabled_at is null and exists (
        select 1 from role_grant as g where g.account_id = a.id and g.role in ('officer', 'worker') and g.division_code >= ${lo} and g.division_code < ${hi}
          and g.revoked_at is null and g.valid_from <= ${today} and (g.valid_to is null or g.valid_to > ${today}))`);
    return row?.display_name;
  });
}
