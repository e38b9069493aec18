import { type Statement, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { rangeOf } from "../../../kernel/divisions/code.ts";
import type { ItemKind } from "../equipment.shapes.ts";

/** What is counted for one division below, by its code cut to the level asked for. */
export interface Counted {
  readonly division: string;
  readonly homes: number;
  readonly covered: number;
  readonly equipped: number;
  readonly trained: number;
  readonly troubled: number;
  readonly shipped: number;
  readonly delivered: number;
  readonly late: number;
  /** How many shipments took how many days. */
  readonly days: ReadonlyMap<number, number>;
  readonly verified: number;
  readonly open: number;
  readonly overdue: number;
}

interface HomeCount {
  readonly division: string;
  readonly homes: number;
  readonly covered: number;
  readonly equipped: number;
  readonly trained: number;
  readonly troubled: number;
  /** Pieces, of closed homes too. */
  readonly verified: number;
}

interface ShipmentCount {
  readonly division: string;
  readonly days: number | null;
  readonly shipments: number;
  readonly shipped: number;
  readonly delivered: number;
  readonly late: number;
}

/** Pieces of one item in a shipment, or all of them: its lines name each item once. */
const pieces = (item: ItemKind | undefined, field: "quantity" | "signed"): Statement => {
  if (item === undefined) return field === "quantity" ? sql`pieces` : sql`signed_pieces`;
  return sql`coalesce((jsonb_path_query_first(lines, '$[*] ? (@.item == $item)', jsonb_build_object('item', ${item}::text)) ->> ${field}::text)::integer, 0)`;
};

/** Homes of a division by the codes `digits` long; of one item only those that have it. */
function homesOf(tx: Tx, lo: string, hi: string, digits: number, item: ItemKind | undefined): Promise<HomeCount[]> {
  return item === undefined
    ? tx.many(sql`
        select left(division_code, ${digits}::integer) as division, (count(*) filter (where state = 'open'))::integer as homes,
          (count(*) filter (where covered and state = 'open'))::integer as covered,
          (count(*) filter (where delivered_items <> '{}' and state = 'open'))::integer as equipped,
          (count(*) filter (where delivered_items <> '{}' and trained > 0 and state = 'open'))::integer as trained,
          (count(*) filter (where delivered_items <> '{}' and open_discrepancies > 0 and state = 'open'))::integer as troubled,
          sum(verified_pieces)::integer as verified
        from care_home where division_code >= ${lo} and division_code < ${hi} group by 1`)
    : tx.many(sql`
        select left(division_code, ${digits}::integer) as division, count(*)::integer as homes,
          (count(*) filter (where ${item} = any(verified_items)))::integer as covered,
          (count(*) filter (where ${item} = any(delivered_items)))::integer as equipped,
          (count(*) filter (where ${item} = any(delivered_items) and trained > 0))::integer as trained,
          (count(*) filter (where ${item} = any(delivered_items) and open_discrepancies > 0))::integer as troubled, 0 as verified
        from care_home where division_code >= ${lo} and division_code < ${hi} and state = 'open' group by 1`);
}

/**
 * Counts everything the board shows, by the divisions below (设备看板取数): from the rows themselves, so that it is as fresh
 * as the last signature. Days are counted by their number, from which the median is exact.
 */
export async function countBoard(
  tx: Tx,
  where: { readonly division: string; readonly digits: number; readonly item?: ItemKind | undefined },
  today: string,
): Promise<Map<string, Counted>> {
  const { lo, hi } = rangeOf(where.division);
  const { digits, item } = where;
  const [homes, shipments, verified, troubles] = await Promise.all([
    homesOf(tx, lo, hi, digits, item),
    tx.many<ShipmentCount>(sql`
      select left(division_code, ${digits}::integer) as division, case when state in ('delivered', 'discrepancy') then days end as days,
        count(*)::integer as shipments, sum(${pieces(item, "quantity")})::integer as shipped, sum(${pieces(item, "signed")})::integer as delivered,
        (count(*) filter (where ${pieces(item, "signed")} < ${pieces(item, "quantity")} and due_on < ${today}))::integer as late
      from equipment_shipment where division_code >= ${lo} and division_code < ${hi} and state in ('shipped', 'delivered', 'discrepancy') group by 1, 2`),
    item === undefined
      ? []
      : tx.many<{ division: string; verified: number }>(sql`
          select left(division_code, ${digits}::integer) as division, count(*)::integer as verified from equipment_item
          where division_code >= ${lo} and division_code < ${hi} and item = ${item} and verified_on is not null and state in ('verified', 'in_use', 'fault')
          group by 1`),
    tx.many<{ division: string; open: number; overdue: number }>(sql`
      select left(division_code, ${digits}::integer) as division, count(*)::integer as open,
        (count(*) filter (where state in ('open', 'measured') and due_on < ${today}))::integer as overdue
      from equipment_discrepancy where division_code >= ${lo} and division_code < ${hi} and state <> 'closed'
        and (${item ?? null}::text is null or item = ${item ?? null}::text) group by 1`),
  ]);
  const out = new Map<string, Counted>();
  const at = (division: string): Counted =>
    out.get(division) ?? {
      division,
      homes: 0,
      covered: 0,
      equipped: 0,
      trained: 0,
      troubled: 0,
      shipped: 0,
      delivered: 0,
      late: 0,
      days: new Map(),
      verified: 0,
      open: 0,
      overdue: 0,
    };
  for (const row of homes) out.set(row.division, { ...at(row.division), ...row });
  for (const row of shipments) {
    const now = at(row.division);
    const days = new Map(now.days);
    if (row.days !== null) days.set(row.days, (days.get(row.days) ?? 0) + row.shipments);
    out.set(row.division, {
      ...now,
      days,
      shipped: now.shipped + row.shipped,
      delivered: now.delivered + row.delivered,
      late: now.late + row.late,
    });
  }
  for (const row of verified) out.set(row.division, { ...at(row.division), verified: row.verified });
  for (const row of troubles) out.set(row.division, { ...at(row.division), open: row.open, overdue: row.overdue });
  return out;
}

/** Divisions one level below, in force on a day, by code; the division itself is among them. */
export async function divisionsBelow(
  tx: Tx,
  division: string,
  level: number,
  on: string,
): Promise<{ code: string; name: string }[]> {
  const { lo, hi } = rangeOf(division);
  return tx.many(sql`
    select code, name from division where ((code >= ${lo} and code < ${hi} and level = ${level}) or code = ${division})
      and valid_from <= ${on} and (valid_to is null or valid_to > ${on}) order by code`);
}

/** Which of these divisions have a liaison in force. */
export async function liaisonsIn(tx: Tx, divisions: readonly string[], on: string): Promise<Set<string>> {
  const rows = await tx.many<{ division_code: string }>(sql`
    select distinct division_code from equipment_liaison where division_code = any(${divisions}) and from_on <= ${on}
      and (until_on is null or until_on > ${on})`);
  return new Set(rows.map((row) => row.division_code));
}

/** A home behind a figure, and what it adds to it. */
export interface Behind {
  readonly care_home_id: string;
  readonly name: string;
  readonly division_code: string;
  readonly value: number;
}

/** One row per home and its part of the figure, as the board counts it. */
function partOf(
  figure: string,
  range: { readonly lo: string; readonly hi: string },
  item: ItemKind | undefined,
  today: string,
): Statement {
  const inside = sql`division_code >= ${range.lo} and division_code < ${range.hi}`;
  const ofItem = item === undefined ? sql`true` : sql`item = ${item}`;
  const equipped = item === undefined ? sql`delivered_items <> '{}'` : sql`${item} = any(delivered_items)`;
  const covered = item === undefined ? sql`covered` : sql`${item} = any(verified_items)`;
  const shipment = (value: Statement, which: Statement): Statement =>
    sql`select care_home_id, sum(${value})::integer as value from equipment_shipment where ${inside} and ${which} group by 1`;
  const home = (which: Statement): Statement =>
    sql`select id as care_home_id, 1 as value from care_home where ${inside} and state = 'open' and ${which}`;
  const trouble = (which: Statement): Statement =>
    sql`select care_home_id, count(*)::integer as value from equipment_discrepancy where ${inside} and ${ofItem} and ${which} group by 1`;
  const going = sql`state in ('shipped', 'delivered', 'discrepancy')`;
  switch (figure) {
    case "covered":
      return home(covered);
    case "homesTrained":
      return home(sql`${equipped} and trained > 0`);
    case "homesUntrained":
      return home(sql`${equipped} and trained = 0`);
    case "shipped":
      return shipment(pieces(item, "quantity"), going);
    case "delivered":
      return shipment(pieces(item, "signed"), going);
    case "onTheWay":
      return shipment(sql`${pieces(item, "quantity")} - ${pieces(item, "signed")}`, going);
    case "lateShipments":
      return shipment(
        sql`1`,
        sql`${going} and ${pieces(item, "signed")} < ${pieces(item, "quantity")} and due_on < ${today}`,
      );
    case "verified":
      return sql`select care_home_id, count(*)::integer as value from equipment_item
        where ${inside} and ${ofItem} and verified_on is not null and state in ('verified', 'in_use', 'fault') group by 1`;
    case "discrepanciesOpen":
      return trouble(sql`state <> 'closed'`);
    case "discrepanciesLate":
      return trouble(sql`state in ('open', 'measured') and due_on < ${today}`);
    default:
      return home(sql`true`);
  }
}

/** Homes behind a figure, by division and name, a page at a time; `total` is the figure itself. */
export async function homesBehind(
  tx: Tx,
  asked: {
    readonly figure: string;
    readonly division: string;
    readonly item?: ItemKind | undefined;
    readonly after?: readonly [string, string] | undefined;
    readonly limit: number;
  },
  today: string,
): Promise<{ homes: Behind[]; total: number }> {
  const part = partOf(asked.figure, rangeOf(asked.division), asked.item, today);
  const [division, id] = asked.after ?? ["", "00000000-0000-0000-0000-000000000000"];
  const homes = await tx.many<Behind>(sql`
    with part as (${part})
    select home.id as care_home_id, home.name, home.division_code, part.value from part join care_home as home on home.id = part.care_home_id
    where part.value > 0 and (home.division_code, home.id) > (${division}::text collate "C", ${id}::uuid)
    order by home.division_code, home.id limit ${asked.limit}`);
  const { total } = await tx.one<{ total: number }>(
    sql`with part as (${part}) select coalesce(sum(value), 0)::integer as total from part`,
  );
  return { homes, total };
}
