import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { Bump } from "../../../kernel/indicator/indicator.ts";
import type { Recount } from "../../../kernel/indicator/recount.ts";
import { registered, stock } from "./organisations.indicators.ts";

interface Group {
  home: string;
  division: string;
  period: string;
  key: string[];
  n: number;
}

async function stockFromRows(tx: Tx): Promise<Bump[]> {
  const rows = await tx.many<Group>(sql`
    select home_code as home, division_code as division, '' as period, array[kind, status, coalesce(grade, '-'), listing] as key, count(*) as n
    from organisation group by 1, 2, 4`);
  return rows.map(({ n, ...row }) => ({ ...row, indicator: stock, delta: n }));
}

async function registeredFromRows(tx: Tx): Promise<Bump[]> {
  const rows = await tx.many<Group>(sql`
    select home_code as home, division_code as division, extract(year from registered_on)::integer::text as period, array[kind] as key, count(*) as n
    from organisation where registered_on is not null group by 1, 2, 3, 4`);
  return rows.map(({ n, ...row }) => ({ ...row, indicator: registered, delta: n }));
}

/** The register's counters, counted anew from its rows (存量复核). */
export const recounts: readonly Recount[] = [
  { indicator: stock, count: stockFromRows },
  { indicator: registered, count: registeredFromRows },
];
