import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";

/** A row of table `supervisory_unit` (业务主管单位). */
export interface UnitRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly name: string;
  readonly name_key: string;
  readonly aliases: readonly string[];
  readonly kind: "supervisory" | "sector";
  readonly valid_from: string;
  readonly valid_to: string | null;
  readonly version: number;
}

/** Reads a unit under the actor's own scope. */
export async function findUnit(tx: Tx, id: string): Promise<UnitRow | undefined> {
  return tx.maybe<UnitRow>(sql`select * from supervisory_unit where id = ${id}`);
}

/** Units of a register that already go by one of these names. */
export async function unitsNamed(tx: Tx, home: string, names: readonly string[]): Promise<UnitRow[]> {
  return tx.many<UnitRow>(sql`
    select * from supervisory_unit
    where home_code = ${home} and valid_to is null and (name = any(${names}) or aliases && ${names}::text[])`);
}

/** Writes a unit, new or changed; answers whether the actor may write it. */
export async function saveUnit(tx: Tx, row: UnitRow, fresh: boolean): Promise<boolean> {
  const touched = fresh
    ? await tx.run(sql`
        insert into supervisory_unit (home_code, id, division_code, name, name_key, aliases, kind, valid_from, valid_to, version)
        values (${row.home_code}, ${row.id}, ${row.division_code}, ${row.name}, ${row.name_key}, ${row.aliases}, ${row.kind}, ${row.valid_from},
          ${row.valid_to}, ${row.version})`)
    : await tx.run(sql`
        update supervisory_unit set name = ${row.name}, name_key = ${row.name_key}, aliases = ${row.aliases}, kind = ${row.kind},
          valid_from = ${row.valid_from}, valid_to = ${row.valid_to}, version = ${row.version}
        where home_code = ${row.home_code} and id = ${row.id}`);
  return touched === 1;
}

/** Organisations of a register that name a unit in words and are not tied to it yet. */
export async function untiedOrganisations(
  tx: Tx,
  home: string,
  names: readonly string[],
  unit: string,
): Promise<string[]> {
  const rows = await tx.many<{ id: string }>(sql`
    select id from organisation where home_code = ${home} and unit_name = any(${names}) and unit_id is distinct from ${unit}`);
  return rows.map((row) => row.id);
}

/** Lets a unit see what hangs on its organisations. Written as the system role. */
export async function tieFiles(tx: Tx, home: string, unit: string, organisations: readonly string[]): Promise<void> {
  await tx.run(
    sql`update organisation_name set unit_id = ${unit} where home_code = ${home} and organisation_id = any(${organisations}::uuid[])`,
  );
  await tx.run(
    sql`update organisation_officer set unit_id = ${unit} where home_code = ${home} and organisation_id = any(${organisations}::uuid[])`,
  );
  await tx.run(
    sql`update organisation_meeting set unit_id = ${unit} where home_code = ${home} and organisation_id = any(${organisations}::uuid[])`,
  );
  await tx.run(
    sql`update organisation_charter set unit_id = ${unit} where home_code = ${home} and organisation_id = any(${organisations}::uuid[])`,
  );
}

/** A page of units with how many organisations each has. */
export async function unitsPage(
  tx: Tx,
  where: {
    readonly q?: string;
    readonly after: readonly [name: string, id: string] | undefined;
    readonly limit: number;
  },
): Promise<(UnitRow & { readonly organisations: number })[]> {
  return tx.many(sql`
    select unit.*, (select count(*)::integer from organisation where organisation.unit_id = unit.id) as organisations
    from supervisory_unit as unit
    where (${where.q ?? null}::text is null or position(${where.q ?? ""} in unit.name) > 0)
      and (${where.after?.[0] ?? null}::text is null or (unit.name_key, unit.id) > (${where.after?.[0] ?? null}::text, ${where.after?.[1] ?? null}::uuid))
    order by unit.name_key, unit.id limit ${where.limit}`);
}
