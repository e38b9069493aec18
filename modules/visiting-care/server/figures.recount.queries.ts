import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";

interface Counted {
  readonly home_code: string;
  readonly division_code: string;
  readonly period: string;
  readonly key: string;
  readonly value: number;
}

/** Emergencies counted from their rows (紧急处置复核): opened, filed, filed late, escalated, by month. */
export function countedEmergencies(tx: Tx): Promise<Counted[]> {
  return tx.many(sql`
    with row as (
      select home_code, recorded_division_code as division_code, to_char(opened_at at time zone 'Asia/Shanghai', 'YYYY-MM') as period, state, escalated, filed_at, file_by_at from emergency)
    select home_code, division_code, period, 'opened' as key, count(*) as value from row group by 1, 2, 3
    union all select home_code, division_code, period, 'filed', count(*) from row where state = 'filed' group by 1, 2, 3
    union all select home_code, division_code, period, 'filed_late', count(*) from row where filed_at > file_by_at group by 1, 2, 3
    union all select home_code, division_code, period, 'escalated', count(*) from row where escalated > 0 group by 1, 2, 3`);
}

/** Referrals counted from their rows (转介复核), by month, kind and state. */
export function countedReferrals(tx: Tx): Promise<Counted[]> {
  return tx.many(sql`
    select home_code, recorded_division_code as division_code, to_char(opened_on, 'YYYY-MM') as period, kind || '|' || state as key, count(*) as value
    from referral group by 1, 2, 3, 4`);
}

/** Villages of censuses counted from their rows (排查村复核), by year and state. */
export function countedVillages(tx: Tx): Promise<Counted[]> {
  return tx.many(sql`
    select home_code, division_code, to_char(campaign_from_on, 'YYYY') as period, state as key, count(*) as value
    from census_village group by 1, 2, 3, 4`);
}
