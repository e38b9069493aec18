import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { ItemKind } from "../equipment.shapes.ts";

/** A row of the table `care_home`, but for the time it was recorded. */
export interface HomeRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly organisation_id: string | null;
  readonly name: string;
  readonly kind: "rural" | "public" | "private";
  readonly state: "open" | "closed";
  readonly residents: number;
  readonly beds: number | null;
  readonly size_class: "small" | "large" | null;
  readonly paired: boolean;
  readonly poorest: boolean;
  readonly flood_severity: "light" | "moderate" | "serious" | "extreme" | null;
  readonly flagged: number;
  readonly director: string | null;
  readonly contact_masked: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly served_items: readonly ItemKind[];
  readonly served_batch: string | null;
  readonly delivered_items: readonly ItemKind[];
  readonly verified_items: readonly ItemKind[];
  readonly covered: boolean;
  readonly covered_on: string | null;
  readonly trained: number;
  readonly trained_on: string | null;
  readonly open_discrepancies: number;
  readonly decision_id: string | null;
  readonly version: number;
}

/** Adds homes that are not there yet; answers which were. */
export async function insertHomes(tx: Tx, rows: readonly HomeRow[], now: Date): Promise<Set<string>> {
  const added = await tx.many<{ id: string }>(sql`
    insert into care_home (home_code, id, division_code, organisation_id, name, kind, state, residents, beds, size_class, paired, poorest, flood_severity,
      flagged, director, contact_masked, latitude, longitude, served_items, served_batch, delivered_items, verified_items, covered, trained,
      open_discrepancies, decision_id, version, created_at)
    select home_code, id, division_code, organisation_id, name, kind, state, residents, beds, size_class, paired, poorest, flood_severity, flagged, director,
      contact_masked, latitude, longitude, array(select jsonb_array_elements_text(served_items)), served_batch, '{}', '{}', false, 0, 0, decision_id, 1, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, id uuid, division_code text, organisation_id uuid, name text, kind text,
      state text, residents integer, beds integer, size_class text, paired boolean, poorest boolean, flood_severity text, flagged smallint, director text,
      contact_masked text, latitude double precision, longitude double precision, served_items jsonb, served_batch text, decision_id uuid)
    on conflict (home_code, name, division_code) do nothing returning id`);
  return new Set(added.map((row) => row.id));
}

export async function loadHome(tx: Tx, id: string): Promise<HomeRow | undefined> {
  return tx.maybe<HomeRow>(sql`select * from care_home where id = ${id}`);
}

export async function loadHomes(tx: Tx, ids: readonly string[]): Promise<HomeRow[]> {
  return tx.many<HomeRow>(sql`select * from care_home where id = any(${[...new Set(ids)]}::uuid[])`);
}

/** Writes what can be changed of a home; nothing when somebody was faster. The version goes up by one. */
export async function updateHome(tx: Tx, row: HomeRow): Promise<number> {
  return tx.run(sql`
    update care_home set division_code = ${row.division_code}, name = ${row.name}, kind = ${row.kind}, state = ${row.state}, residents = ${row.residents},
      beds = ${row.beds}, size_class = ${row.size_class}, paired = ${row.paired}, poorest = ${row.poorest}, flood_severity = ${row.flood_severity},
      flagged = ${row.flagged}, director = ${row.director}, contact_masked = ${row.contact_masked}, latitude = ${row.latitude},
      longitude = ${row.longitude}, served_items = ${row.served_items}::text[], served_batch = ${row.served_batch}, decision_id = ${row.decision_id},
      version = version + 1
    where home_code = ${row.home_code} and id = ${row.id} and version = ${row.version}`);
}

/** A home that is known by this name in this division. */
export async function homeNamed(
  tx: Tx,
  home: string,
  names: readonly { readonly name: string; readonly division: string }[],
): Promise<HomeRow[]> {
  return tx.many<HomeRow>(sql`
    select h.* from care_home h join jsonb_to_recordset(${JSON.stringify(names)}::jsonb) as wanted (name text, division text)
      on wanted.name = h.name and wanted.division = h.division_code
    where h.home_code = ${home}`);
}

/** Everything of a home follows it to another village of its county. As the system role. */
export async function moveHomeRows(tx: Tx, home: string, id: string, division: string): Promise<void> {
  const from = sql`where care_home_id = ${id}`;
  await tx.run(sql`update equipment_shipment set division_code = ${division} ${from} and home_code = ${home}`);
  await tx.run(sql`update equipment_delivery set division_code = ${division} ${from} and home_code = ${home}`);
  await tx.run(
    sql`update equipment_item set division_code = ${division}, version = version + 1 ${from} and home_code = ${home}`,
  );
  await tx.run(sql`update equipment_event set division_code = ${division} ${from} and home_code = ${home}`);
  await tx.run(sql`update equipment_discrepancy set division_code = ${division} ${from} and home_code = ${home}`);
  await tx.run(sql`update equipment_training set division_code = ${division} ${from} and home_code = ${home}`);
  await tx.run(sql`update equipment_check set division_code = ${division} ${from} and home_code = ${home}`);
  await tx.run(sql`update equipment_allocation set division_code = ${division} ${from}`);
}

/** Shipments of a home that are on their way. */
export async function shipmentsOnTheWay(tx: Tx, careHome: string): Promise<number> {
  const row = await tx.one<{ count: number }>(
    sql`select count(*)::integer as count from equipment_shipment where care_home_id = ${careHome} and state = 'shipped'`,
  );
  return row.count;
}

/** Takes homes of an import back that nothing has happened to. As the system role. */
export async function removeUntouched(tx: Tx, home: string, ids: readonly string[]): Promise<void> {
  await tx.run(sql`
    delete from care_home h where h.home_code = ${home} and h.id = any(${ids}::uuid[]) and h.version = 1
      and not exists (select from equipment_allocation a where a.care_home_id = h.id)
      and not exists (select from equipment_training t where t.care_home_id = h.id)`);
}

/** Which homes are as an import left them. */
export async function untouched(tx: Tx, home: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.many<{ id: string }>(sql`
    select h.id from care_home h where h.home_code = ${home} and h.id = any(${ids}::uuid[]) and h.version = 1
      and not exists (select from equipment_allocation a where a.care_home_id = h.id)
      and not exists (select from equipment_training t where t.care_home_id = h.id)`);
  return new Set(rows.map((row) => row.id));
}

/** Which of these divisions there are today, with their names. */
export async function divisionNames(tx: Tx, codes: readonly string[]): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map();
  const rows = await tx.many<{ code: string; name: string }>(
    sql`select code, name from division where code = any(${[...new Set(codes)]}) and valid_to is null`,
  );
  return new Map(rows.map((row) => [row.code, row.name]));
}

/** Which of these files have arrived. */
export async function arrivedFiles(tx: Tx, ids: readonly string[]): Promise<boolean> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return true;
  const row = await tx.one<{ count: number }>(
    sql`select count(distinct id)::integer as count from file where id = any(${wanted}::uuid[])`,
  );
  return row.count === wanted.length;
}
