import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { overdueDuty, trainDuty } from "../equipment.duties.ts";

/** A shipment nobody has signed for, or a discrepancy nobody has put right, past its day. */
export interface LateRow {
  readonly what: "shipment" | "discrepancy";
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly name: string;
  readonly due_on: string;
  readonly escalated: number;
}

/** What is late and has not been told to everybody above yet. */
export async function lateRows(tx: Tx, today: string): Promise<LateRow[]> {
  return tx.many<LateRow>(sql`
    select 'shipment' as what, home_code, id, division_code, care_home_name as name, due_on, escalated from equipment_shipment
    where state in ('shipped', 'discrepancy') and signed_pieces < pieces and due_on < ${today} and escalated < 2
    union all
    select 'discrepancy', home_code, id, division_code, care_home_name, due_on, escalated from equipment_discrepancy
    where state in ('open', 'measured') and due_on < ${today} and escalated < 2
    order by due_on, id`);
}

/** Notes how far up it has gone; touches nothing when another run was quicker. */
export async function raiseEscalation(tx: Tx, row: LateRow, level: number): Promise<number> {
  return row.what === "shipment"
    ? tx.run(sql`
        update equipment_shipment set escalated = ${level} where home_code = ${row.home_code} and id = ${row.id} and escalated = ${row.escalated}`)
    : tx.run(sql`
        update equipment_discrepancy set escalated = ${level} where home_code = ${row.home_code} and id = ${row.id} and escalated = ${row.escalated}`);
}

/** Open duties of offices above whose subject is no longer late: signed for, recalled, put right, given another day. */
export async function settledDuties(tx: Tx, today: string): Promise<{ home_code: string; subject_id: string }[]> {
  return tx.many(sql`
    select home_code, subject_id from duty where kind = ${overdueDuty.id} and state in ('open', 'paused')
      and not exists (select 1 from equipment_shipment as ship where ship.id = duty.subject_id and ship.state in ('shipped', 'discrepancy')
        and ship.signed_pieces < ship.pieces and ship.due_on < ${today})
      and not exists (select 1 from equipment_discrepancy as diff where diff.id = duty.subject_id and diff.state in ('open', 'measured')
        and diff.due_on < ${today})`);
}

/** Who is asked in each of these divisions: the liaison in force, where an account is known, else an officer of exactly that office. */
export async function keepersOf(tx: Tx, divisions: readonly string[], today: string): Promise<Map<string, string>> {
  const officers = await tx.many<{ division_code: string; account_id: string }>(sql`
    select g.division_code, g.account_id from role_grant as g join account as a on a.id = g.account_id and a.disabled_at is null
    where g.role = 'officer' and g.division_code = any(${divisions}) and g.revoked_at is null and g.valid_from <= ${today}
      and (g.valid_to is null or g.valid_to > ${today})
    order by g.granted_at desc, g.id desc`);
  const liaisons = await tx.many<{ division_code: string; account_id: string }>(sql`
    select division_code, account_id from equipment_liaison where division_code = any(${divisions}) and account_id is not null
      and from_on <= ${today} and (until_on is null or until_on > ${today})
    order by from_on, id`);
  return new Map([...officers, ...liaisons].map((row) => [row.division_code, row.account_id]));
}

/** Open homes with equipment and nobody trained, of which the county has not been told. */
export async function untrainedHomes(
  tx: Tx,
): Promise<{ home_code: string; id: string; division_code: string; name: string }[]> {
  return tx.many(sql`
    select home_code, id, division_code, name from care_home where state = 'open' and delivered_items <> '{}' and trained = 0
      and not exists (select 1 from duty where duty.subject_id = care_home.id and duty.kind = ${trainDuty.id} and duty.state in ('open', 'paused'))
    order by home_code, id`);
}
