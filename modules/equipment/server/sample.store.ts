import { join, type Statement, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { rangeOf } from "../../../kernel/divisions/code.ts";
import type { ItemKind } from "../equipment.shapes.ts";

export interface DrawnHome {
  readonly id: string;
  readonly home: string;
  readonly name: string;
  readonly division: string;
  readonly place: number;
}

/** A row of the table `equipment_sample`. */
export interface SampleRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly name: string;
  readonly purpose: "spot_check" | "evaluation";
  readonly seed: string;
  readonly method: string;
  readonly population: readonly string[];
  readonly population_size: number;
  readonly population_digest: string;
  readonly drawn: readonly DrawnHome[];
  readonly size: number;
  readonly witness: string;
  readonly published: boolean;
  readonly drawn_on: string;
}

/** The same without its population, and with how many of the drawn homes have been looked at. */
export type SampleHead = Omit<SampleRow, "population" | "drawn" | "seed" | "method" | "population_digest"> & {
  readonly checked: number;
};

/** Open homes of a division where something was signed for: what samples are drawn from. */
export async function populationOf(
  tx: Tx,
  division: string,
): Promise<{ id: string; home_code: string; name: string; division_code: string }[]> {
  const { lo, hi } = rangeOf(division);
  return tx.many(sql`
    select id, home_code, name, division_code from care_home
    where division_code >= ${lo} and division_code < ${hi} and state = 'open' and delivered_items <> '{}'`);
}

export async function insertSample(tx: Tx, row: SampleRow): Promise<void> {
  await tx.run(sql`
    insert into equipment_sample (home_code, id, division_code, name, purpose, seed, method, population, population_size, population_digest, drawn, size,
      witness, published, drawn_on)
    values (${row.home_code}, ${row.id}, ${row.division_code}, ${row.name}, ${row.purpose}, ${row.seed}, ${row.method}, ${JSON.stringify(row.population)},
      ${row.population_size}, ${row.population_digest}, ${JSON.stringify(row.drawn)}, ${row.size}, ${row.witness}, ${row.published}, ${row.drawn_on})`);
}

/** Reads a sample under the actor's own scope. */
export async function loadSample(tx: Tx, id: string): Promise<SampleRow | undefined> {
  return tx.maybe<SampleRow>(sql`select * from equipment_sample where id = ${id}`);
}

/** Reads a sample of one's own office and keeps it: of two who grant at once the second sees the first. */
export async function holdSample(tx: Tx, id: string): Promise<SampleRow | undefined> {
  return tx.maybe<SampleRow>(sql`select * from equipment_sample where id = ${id} for update`);
}

/** A page of samples, newest first. */
export async function samplePage(
  tx: Tx,
  filter: {
    readonly division?: string | undefined;
    readonly purpose?: string | undefined;
    readonly after?: readonly [string, string] | undefined;
    readonly limit: number;
  },
): Promise<SampleHead[]> {
  const where: Statement[] = [];
  if (filter.division) {
    const { lo, hi } = rangeOf(filter.division);
    where.push(sql`division_code >= ${lo} and division_code < ${hi}`);
  }
  if (filter.purpose) where.push(sql`purpose = ${filter.purpose}`);
  if (filter.after) where.push(sql`(drawn_on, id) < (${filter.after[0]}::date, ${filter.after[1]}::uuid)`);
  return tx.many<SampleHead>(sql`
    select home_code, id, division_code, name, purpose, population_size, size, witness, published, drawn_on,
      (select count(distinct care_home_id)::integer from equipment_check as look where look.sample_id = equipment_sample.id) as checked
    from equipment_sample where ${join(where, " and ")} order by drawn_on desc, id desc limit ${filter.limit}`);
}

export interface SampleCheck {
  readonly care_home_id: string;
  readonly item: ItemKind;
  readonly result: "ok" | "missing" | "damaged" | "mismatch";
  readonly checked_on: string;
}

/** What was found in the homes of a sample, in the order of the looks. */
export async function checksOf(tx: Tx, sample: string): Promise<SampleCheck[]> {
  return tx.many<SampleCheck>(sql`
    select care_home_id, item, result, checked_on from equipment_check where sample_id = ${sample} order by checked_on, id`);
}
