import { builtInDays } from "../clock/built-in-calendar.ts";
import type { Database } from "../database/database.ts";
import { sql } from "../database/sql.ts";
import { readDivisions } from "./data.ts";

/** First day of the shipped division codes: the statistics of 2023 as of 30 June. */
export const codesSince = "2023-06-30";
const CHUNK = 5_000;

/** Fills an empty division table with the shipped codes below a root (初始化行政区划); does nothing when there are any. */
export async function loadDivisions(database: Database, root: string): Promise<number> {
  const known = await database.transaction({ kind: "system" }, (tx) =>
    tx.maybe(sql`select 1 as found from division limit 1`),
  );
  if (known) return 0;
  const rows = [...readDivisions(root, { ancestors: true })];
  for (let at = 0; at < rows.length; at += CHUNK) {
    const part = rows.slice(at, at + CHUNK);
    await database.transaction({ kind: "system" }, (tx) =>
      tx.run(sql`
        insert into division (code, valid_from, name, level)
        select * from unnest(${part.map((row) => row.code)}::text[], ${part.map(() => codesSince)}::date[], ${part.map((row) => row.name)}::text[], ${part.map((row) => row.level)}::smallint[])
        on conflict do nothing`),
    );
  }
  return rows.length;
}

/** Fills an empty holiday table with the shipped years (初始化节假日); later years are imported by an administrator. */
export async function loadHolidays(database: Database): Promise<number> {
  return database.transaction({ kind: "system" }, async (tx) => {
    if (await tx.maybe(sql`select 1 as found from holiday limit 1`)) return 0;
    const days = builtInDays();
    return tx.run(sql`
      insert into holiday (day, kind, name)
      select * from unnest(${days.map((day) => day.date)}::date[], ${days.map((day) => day.kind)}::text[], ${days.map((day) => day.name ?? "")}::text[])
      on conflict do nothing`);
  });
}
