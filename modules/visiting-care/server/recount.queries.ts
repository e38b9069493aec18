import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";

interface Counted {
  readonly home_code: string;
  readonly division_code: string;
  readonly month: string;
  readonly count: number;
}

export async function countStock(
  tx: Tx,
): Promise<
  { home_code: string; division_code: string; state: string; risk: string; class_key: string; count: number }[]
> {
  return tx.many(sql`
    select home_code, division_code, state, risk, class_key, count(*)::integer as count
    from care_enrolment group by 1, 2, 3, 4, 5`);
}

export async function countMovements(tx: Tx, what: "enrolled" | "refused"): Promise<Counted[]> {
  return tx.many(sql`
    select home_code, division_code, month, sum(delta)::integer as count
    from care_movement where what = ${what} group by 1, 2, 3`);
}

export async function countMarks(tx: Tx, left: boolean): Promise<Counted[]> {
  return tx.many(sql`
    select home_code, recorded_division_code as division_code, month, count(*)::integer as count
    from care_mark where base and (left_after or not ${left}::boolean) group by 1, 2, 3`);
}

export async function countVisits(tx: Tx): Promise<(Counted & { mode: string })[]> {
  return tx.many(sql`
    select home_code, recorded_division_code as division_code, month, mode, count(*)::integer as count
    from care_visit where counts and not parallel and voided_on is null group by 1, 2, 3, 4`);
}
