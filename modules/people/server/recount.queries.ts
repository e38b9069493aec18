import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { Bump } from "../../../kernel/indicator/indicator.ts";
import type { Recount } from "../../../kernel/indicator/recount.ts";
import { present } from "./people.indicators.ts";

async function presentFromRows(tx: Tx): Promise<Bump[]> {
  const rows = await tx.many<{ home: string; division: string; state: string; n: number }>(sql`
    select home_code as home, division_code as division, state, count(*) as n from person group by 1, 2, 3`);
  return rows.map(({ state, n, ...row }) => ({ ...row, indicator: present, key: [state], delta: n }));
}

/** The register's counters, counted anew from its rows (存量复核). */
export const recounts: readonly Recount[] = [{ indicator: present, count: presentFromRows }];
