import { join, type Statement, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { rangeOf } from "../../../kernel/divisions/code.ts";

/** Two rows that may be one person (疑似重复). */
export interface PairRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly person_id: string;
  readonly other_id: string;
  readonly other_home: string;
  readonly ground: "same-number" | "similar";
  readonly score: number;
  readonly state: "open" | "different" | "merged";
  readonly found_at: Date;
}

/** Writes pairs; one that is there already stays as it is. Written as the system role. */
export async function insertPairs(
  tx: Tx,
  rows: readonly Omit<PairRow, "state" | "found_at">[],
  now: Date,
): Promise<void> {
  await tx.run(sql`
    insert into person_pair (home_code, id, division_code, person_id, other_id, other_home, ground, score, state, found_at)
    select home_code, id, division_code, person_id, other_id, other_home, ground, score, 'open', ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, id uuid, division_code text, person_id uuid,
      other_id uuid, other_home text, ground text, score double precision)
    on conflict do nothing`);
}

/** Pairs these people are in, as "one|other". */
export async function knownPairs(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  return new Set((await pairsOf(tx, ids)).map((row) => `${row.person_id}|${row.other_id}`));
}

/** Pairs in which people stand on either side, under the actor's own scope. */
export async function pairsOf(tx: Tx, ids: readonly string[]): Promise<PairRow[]> {
  if (ids.length === 0) return [];
  return tx.many<PairRow>(sql`
    select * from person_pair where person_id = any(${ids}::uuid[])
    union select * from person_pair where other_id = any(${ids}::uuid[]) order by id`);
}

export async function loadPair(tx: Tx, id: string): Promise<PairRow | undefined> {
  return tx.maybe<PairRow>(sql`select * from person_pair where id = ${id}`);
}

/** A page of pairs of one state, in the order of division and finding. */
export async function pairPage(
  tx: Tx,
  where: {
    readonly state: PairRow["state"];
    readonly division?: string;
    readonly after: readonly [division: string, id: string] | undefined;
    readonly limit: number;
  },
): Promise<PairRow[]> {
  const conditions: Statement[] = [sql`state = ${where.state}`];
  if (where.division) {
    const { lo, hi } = rangeOf(where.division);
    conditions.push(sql`division_code >= ${lo} and division_code < ${hi}`);
  }
  if (where.after) conditions.push(sql`(division_code, id) > (${where.after[0]}, ${where.after[1]}::uuid)`);
  return tx.many<PairRow>(sql`
    select * from person_pair where ${join(conditions, " and ")} order by division_code, id limit ${where.limit}`);
}

/** Settles pairs that are still open; answers how many. Written as the system role. */
export async function settlePairs(
  tx: Tx,
  ids: readonly string[],
  state: "different" | "merged" | "open",
  ground: string | null,
  now: Date | null,
): Promise<number> {
  if (ids.length === 0) return 0;
  return tx.run(sql`
    update person_pair set state = ${state}, settled_at = ${now}, settled_ground = ${ground} where id = any(${ids}::uuid[])`);
}

/** Takes pairs out with a person that should never have been recorded. Written as the system role. */
export async function removePairs(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.run(sql`delete from person_pair where id = any(${ids}::uuid[])`);
}
