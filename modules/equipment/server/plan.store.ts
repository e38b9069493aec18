import type { z } from "zod";
import { join, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { rangeOf } from "../../../kernel/divisions/code.ts";
import type { AccountRow } from "../../../kernel/ledger/index.ts";
import type { allocationState, ItemKind, leftOutReason, tilt } from "../equipment.shapes.ts";
import type { HomeRow } from "./homes.store.ts";

/** What a plan says of one item (方案物品). */
export interface PlanItem {
  readonly item: ItemKind;
  readonly name: string;
  readonly perHome: number;
  readonly allocated: number;
  readonly homes: number;
  readonly stockBefore: number;
  readonly stockAfter: number;
}

/** A row of the table `equipment_plan`. */
export interface PlanRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly organisation_id: string | null;
  readonly name: string;
  readonly office_name: string;
  readonly planned_on: string;
  readonly items: readonly PlanItem[];
  readonly homes_ranked: number;
  readonly homes_left_out: number;
  readonly decision_id: string;
}

/** A row of the table `equipment_allocation`. */
export interface AllocationRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly plan_id: string;
  readonly place: number;
  readonly care_home_id: string;
  readonly care_home_home: string;
  readonly care_home_name: string;
  readonly item: ItemKind;
  readonly quantity: number;
  readonly shipped: number;
  readonly rank: number | null;
  readonly flags: readonly z.infer<typeof tilt>[];
  readonly residents: number;
  readonly size_class: "small" | "large" | null;
  readonly state: z.infer<typeof allocationState>;
  readonly why: z.infer<typeof leftOutReason> | null;
  readonly account_id: string | null;
  readonly stock_id: string | null;
}

/** A home as the ranking looks at it. */
export type Candidate = Pick<
  HomeRow,
  "id" | "residents" | "paired" | "poorest" | "flood_severity" | "served_items" | "state" | "delivered_items"
>;

/** Homes a plan may serve, by id. What is on its way or signed for here counts as served as well. */
export async function candidates(
  tx: Tx,
  division: string | undefined,
  ids: readonly string[] | undefined,
): Promise<(Candidate & { readonly under_way: readonly ItemKind[] })[]> {
  const range = division ? rangeOf(division) : undefined;
  const where = join(
    [
      sql`true`,
      ...(range ? [sql`h.division_code >= ${range.lo} and h.division_code < ${range.hi}`] : []),
      ...(ids ? [sql`h.id = any(${ids}::uuid[])`] : []),
    ],
    " and ",
  );
  return tx.many(sql`
    select h.id, h.residents, h.paired, h.poorest, h.flood_severity, h.served_items, h.state, h.delivered_items, coalesce(a.items, '{}') as under_way
    from care_home h left join (
      select care_home_id, array_agg(distinct item) as items from equipment_allocation
      where state in ('allocated', 'shipped', 'delivered', 'discrepancy') group by care_home_id) a on a.care_home_id = h.id
    where ${where} order by h.id`);
}

/** Stocks of one's own office, the oldest first; the named one alone when there is a name. */
export async function stocksOf(tx: Tx, home: string, account: string | undefined): Promise<AccountRow[]> {
  return tx.many<AccountRow>(
    account
      ? sql`select * from ledger_account where home_code = ${home} and id = ${account} and kind = 'stock'`
      : sql`select * from ledger_account where home_code = ${home} and kind = 'stock' and owner_kind = 'office' order by opened_on, id`,
  );
}

/** Numbers of pieces that stand in an account, in their order: as many as are asked for. */
export async function serialsIn(tx: Tx, account: AccountRow, limit: number): Promise<string[]> {
  const rows = await tx.many<{ serial_no: string }>(
    sql`select serial_no from ledger_serial where home_code = ${account.home_code} and account_id = ${account.id} order by serial_no limit ${limit}`,
  );
  return rows.map((row) => row.serial_no);
}

export async function insertPlan(tx: Tx, row: PlanRow, now: Date): Promise<void> {
  await tx.run(sql`
    insert into equipment_plan (home_code, id, division_code, organisation_id, name, office_name, planned_on, items, homes_ranked, homes_left_out,
      decision_id, created_at)
    values (${row.home_code}, ${row.id}, ${row.division_code}, ${row.organisation_id}, ${row.name}, ${row.office_name}, ${row.planned_on},
      ${JSON.stringify(row.items)}, ${row.homes_ranked}, ${row.homes_left_out}, ${row.decision_id}, ${now})`);
}

/** What a plan writes of one item of one home; the rest is the home's own row. */
export interface NewAllocation {
  readonly id: string;
  readonly careHomeId: string;
  readonly place: number;
  readonly item: ItemKind;
  readonly quantity: number;
  readonly rank: number | null;
  readonly why: string | null;
  readonly accountId: string | null;
  readonly stockId: string | null;
}

/** Writes all lines of a plan as one statement, each with what the home was like on the day. */
export async function insertAllocations(tx: Tx, plan: PlanRow, rows: readonly NewAllocation[]): Promise<void> {
  const column = <Key extends keyof NewAllocation>(key: Key) => rows.map((row) => row[key]);
  await tx.run(sql`
    insert into equipment_allocation (home_code, id, division_code, plan_id, place, care_home_id, care_home_home, care_home_name, item, quantity, shipped,
      rank, flags, residents, size_class, state, why, account_id, stock_id)
    select ${plan.home_code}::text, a.id, h.division_code, ${plan.id}::uuid, a.place, h.id, h.home_code, h.name, a.item, a.quantity, 0, a.rank,
      array_remove(array[case when h.paired then 'paired' end, case when h.poorest then 'poorest' end,
        case when h.flood_severity in ('moderate', 'serious', 'extreme') then 'flood' end], null),
      h.residents, h.size_class, case when a.quantity > 0 then 'allocated' else 'left_out' end, a.why, a.account_id, a.stock_id
    from unnest(${column("id")}::uuid[], ${column("careHomeId")}::uuid[], ${column("place")}::integer[], ${column("item")}::text[],
      ${column("quantity")}::integer[], ${column("rank")}::integer[], ${column("why")}::text[], ${column("accountId")}::uuid[], ${column("stockId")}::uuid[])
      as a (id, care_home_id, place, item, quantity, rank, why, account_id, stock_id)
    join care_home h on h.id = a.care_home_id`);
}

export async function loadPlan(tx: Tx, id: string): Promise<PlanRow | undefined> {
  return tx.maybe<PlanRow>(sql`select * from equipment_plan where id = ${id}`);
}

/** Plans one may see, newest first. */
export async function planPage(
  tx: Tx,
  division: string | undefined,
  after: string | undefined,
  limit: number,
): Promise<PlanRow[]> {
  const range = division ? rangeOf(division) : undefined;
  const where = join(
    [
      sql`true`,
      ...(range ? [sql`division_code >= ${range.lo} and division_code < ${range.hi}`] : []),
      ...(after ? [sql`id < ${after}::uuid`] : []),
    ],
    " and ",
  );
  return tx.many<PlanRow>(sql`select * from equipment_plan where ${where} order by id desc limit ${limit}`);
}

/** Heads of plans that serve homes one may see: those of the offices above too. Through the lookup role. */
export async function plansServing(
  tx: Tx,
  ids: readonly string[],
): Promise<
  Pick<
    PlanRow,
    "id" | "name" | "division_code" | "office_name" | "planned_on" | "items" | "homes_ranked" | "homes_left_out"
  >[]
> {
  return tx.many(sql`
    select id, name, division_code, office_name, planned_on, items, homes_ranked, homes_left_out from equipment_plan
    where id = any(${ids}::uuid[]) order by id desc`);
}

/** Plans with a line for a home in a division, newest first. */
export async function plansNaming(
  tx: Tx,
  division: string,
  after: string | undefined,
  limit: number,
): Promise<string[]> {
  const { lo, hi } = rangeOf(division);
  const rows = await tx.many<{ plan_id: string }>(sql`
    select distinct plan_id from equipment_allocation
    where division_code >= ${lo} and division_code < ${hi} and (${after ?? null}::uuid is null or plan_id < ${after ?? null}::uuid)
    order by plan_id desc limit ${limit}`);
  return rows.map((row) => row.plan_id);
}

/** Lines of a plan in their order. */
export async function allocationPage(
  tx: Tx,
  plan: string,
  given: {
    readonly item?: string | undefined;
    readonly state?: string | undefined;
    readonly why?: string | undefined;
    readonly division?: string | undefined;
    readonly careHomeId?: string | undefined;
  },
  after: readonly [place: number, item: string] | undefined,
  limit: number,
): Promise<AllocationRow[]> {
  const range = given.division ? rangeOf(given.division) : undefined;
  const where = join(
    [
      sql`plan_id = ${plan}`,
      ...(range ? [sql`division_code >= ${range.lo} and division_code < ${range.hi}`] : []),
      ...(given.item ? [sql`item = ${given.item}`] : []),
      ...(given.state ? [sql`state = ${given.state}`] : []),
      ...(given.why ? [sql`why = ${given.why}`] : []),
      ...(given.careHomeId ? [sql`care_home_id = ${given.careHomeId}`] : []),
      ...(after ? [sql`(place, item) > (${after[0]}::integer, ${after[1]}::text)`] : []),
    ],
    " and ",
  );
  return tx.many<AllocationRow>(
    sql`select * from equipment_allocation where ${where} order by place, item limit ${limit}`,
  );
}

/** Holds what is still to be shipped of a plan, in the order of the ids; only in one's own register. */
export async function lockAllocations(
  tx: Tx,
  home: string,
  plan: string,
  homes: readonly string[] | undefined,
): Promise<AllocationRow[]> {
  const named = homes ? sql`and care_home_id = any(${homes}::uuid[])` : sql``;
  return tx.many<AllocationRow>(sql`
    select * from equipment_allocation
    where home_code = ${home} and plan_id = ${plan} and quantity > shipped and state in ('allocated', 'shipped', 'delivered', 'discrepancy') ${named}
    order by id for update`);
}

/** Marks lines as shipped, by so many pieces each. */
export async function shipAllocations(
  tx: Tx,
  home: string,
  lines: readonly { readonly id: string; readonly quantity: number }[],
): Promise<void> {
  await tx.run(sql`
    update equipment_allocation a set shipped = a.shipped + line.quantity, state = 'shipped'
    from unnest(${lines.map((one) => one.id)}::uuid[], ${lines.map((one) => one.quantity)}::integer[]) as line (id, quantity)
    where a.home_code = ${home} and a.id = line.id`);
}

/** Takes back what of lines is not shipped; a line of which nothing was shipped is recalled. */
export async function recallAllocations(tx: Tx, home: string, ids: readonly string[]): Promise<void> {
  await tx.run(sql`
    update equipment_allocation set state = case when shipped = 0 then 'recalled' else state end,
      quantity = case when shipped = 0 then quantity else shipped end
    where home_code = ${home} and id = any(${ids}::uuid[])`);
}

/** Pieces of a shipment that came back are to be shipped again. As the system role. */
export async function unshipAllocations(
  tx: Tx,
  home: string,
  lines: readonly { readonly id: string; readonly quantity: number }[],
): Promise<void> {
  await tx.run(sql`
    update equipment_allocation a set shipped = a.shipped - line.quantity,
      state = case when a.shipped - line.quantity = 0 then 'allocated' else a.state end
    from unnest(${lines.map((one) => one.id)}::uuid[], ${lines.map((one) => one.quantity)}::integer[]) as line (id, quantity)
    where a.home_code = ${home} and a.id = line.id`);
}

/** How the lines of a plan stand after a signature. As the system role. */
export async function settleAllocations(
  tx: Tx,
  home: string,
  ids: readonly string[],
  state: "delivered" | "discrepancy",
): Promise<void> {
  await tx.run(sql`
    update equipment_allocation set state = ${state} where home_code = ${home} and id = any(${ids}::uuid[])`);
}
