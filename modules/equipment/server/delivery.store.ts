import type { z } from "zod";
import { join, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { rangeOf } from "../../../kernel/divisions/code.ts";
import type { AccountRow } from "../../../kernel/ledger/index.ts";
import type { ItemKind, itemState, Place, shipmentState } from "../equipment.shapes.ts";
import { serialKey } from "../serial.rules.ts";

/** One line of a shipment (发运行): pieces of one account of the giver for one home. */
export interface ShippedLine {
  readonly item: ItemKind;
  readonly asset: string;
  readonly assetName: string;
  readonly unit: string;
  readonly purpose: string;
  readonly purposeName: string;
  readonly restricted: boolean;
  readonly quantity: number;
  readonly signed: number;
  /** Numbers known when it was sent; empty where they are first read at the home. */
  readonly serials: readonly string[];
  readonly allocationId: string;
  /** The entry of the giver and that of the taker; the same where both share a register. */
  readonly out: string;
  readonly in: string;
}

/** A row of the table `equipment_shipment`. */
export interface ShipmentRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly organisation_id: string | null;
  readonly care_home_id: string;
  readonly care_home_name: string;
  readonly plan_id: string | null;
  readonly giver_home: string;
  readonly giver_division: string;
  readonly giver_name: string;
  readonly lines: readonly ShippedLine[];
  readonly carrier: string | null;
  readonly waybill: string | null;
  readonly note: string | null;
  readonly shipped_on: string;
  readonly due_on: string;
  readonly state: z.infer<typeof shipmentState>;
  readonly pieces: number;
  readonly signed_pieces: number;
  readonly delivered_on: string | null;
  readonly days: number | null;
  readonly recalled_on: string | null;
  readonly recall_reason: string | null;
}

/** Writes shipments into the registers of their counties. As the system role. */
export async function insertShipments(tx: Tx, rows: readonly ShipmentRow[], now: Date): Promise<void> {
  await tx.run(sql`
    insert into equipment_shipment (home_code, id, division_code, organisation_id, care_home_id, care_home_name, plan_id, giver_home, giver_division,
      giver_name, lines, carrier, waybill, note, shipped_on, due_on, state, pieces, signed_pieces, created_at)
    select home_code, id, division_code, organisation_id, care_home_id, care_home_name, plan_id, giver_home, giver_division, giver_name, lines, carrier,
      waybill, note, shipped_on, due_on, state, pieces, 0, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, id uuid, division_code text, organisation_id uuid, care_home_id uuid,
      care_home_name text, plan_id uuid, giver_home text, giver_division text, giver_name text, lines jsonb, carrier text, waybill text, note text,
      shipped_on date, due_on date, state text, pieces integer)`);
}

export async function loadShipment(tx: Tx, id: string): Promise<ShipmentRow | undefined> {
  return tx.maybe<ShipmentRow>(sql`select * from equipment_shipment where id = ${id}`);
}

/** Whose shipment this is, wherever it is; through the lookup role. */
export async function shipmentPlace(
  tx: Tx,
  id: string,
): Promise<{ readonly home_code: string; readonly division_code: string } | undefined> {
  return tx.maybe(sql`select home_code, division_code from equipment_shipment where id = ${id}`);
}

/** Holds a shipment in its county's register; nothing when it is not one's own. */
export async function lockShipment(tx: Tx, home: string, id: string): Promise<ShipmentRow | undefined> {
  return tx.maybe<ShipmentRow>(
    sql`select * from equipment_shipment where home_code = ${home} and id = ${id} for update`,
  );
}

/** What a signature changes of a shipment. As the system role. */
export async function signShipment(tx: Tx, row: ShipmentRow): Promise<void> {
  await tx.run(sql`
    update equipment_shipment set lines = ${JSON.stringify(row.lines)}, state = ${row.state}, signed_pieces = ${row.signed_pieces},
      delivered_on = ${row.delivered_on}, days = ${row.days}
    where home_code = ${row.home_code} and id = ${row.id}`);
}

/**
 * Stops a shipment nobody has signed for: the condition is in the update, so that of a recall and a signature at once only
 * one happens. As the system role.
 */
export async function stopShipment(
  tx: Tx,
  home: string,
  id: string,
  given: { readonly state: "recalled" | "returned"; readonly on: string; readonly reason: string },
): Promise<number> {
  return tx.run(sql`
    update equipment_shipment set state = ${given.state}, recalled_on = ${given.on}, recall_reason = ${given.reason}
    where home_code = ${home} and id = ${id} and state = 'shipped'`);
}

/** A page of shipments, newest first. */
export async function shipmentPage(
  tx: Tx,
  given: {
    readonly division?: string | undefined;
    readonly careHomeId?: string | undefined;
    readonly planId?: string | undefined;
    readonly states?: readonly string[] | undefined;
    readonly late?: "yes" | "no" | undefined;
    readonly today: string;
  },
  after: readonly [shippedOn: string, id: string] | undefined,
  limit: number,
): Promise<ShipmentRow[]> {
  const range = given.division ? rangeOf(given.division) : undefined;
  const late = sql`(state in ('shipped', 'discrepancy') and due_on < ${given.today}::date)`;
  const where = join(
    [
      sql`true`,
      ...(range ? [sql`division_code >= ${range.lo} and division_code < ${range.hi}`] : []),
      ...(given.careHomeId ? [sql`care_home_id = ${given.careHomeId}`] : []),
      ...(given.planId ? [sql`plan_id = ${given.planId}`] : []),
      ...(given.states ? [sql`state = any(${given.states})`] : []),
      ...(given.late ? [sql`${late} = ${given.late === "yes"}`] : []),
      ...(after ? [sql`(shipped_on, id) < (${after[0]}::date, ${after[1]}::uuid)`] : []),
    ],
    " and ",
  );
  return tx.many<ShipmentRow>(
    sql`select * from equipment_shipment where ${where} order by shipped_on desc, id desc limit ${limit}`,
  );
}

/** A row of the table `equipment_delivery`. */
export interface DeliveryRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly shipment_id: string;
  readonly care_home_id: string;
  readonly delivered_at: Date;
  readonly recorded_at: Date;
  readonly actor_id: string | null;
  readonly actor_name: string;
  readonly device_id: string | null;
  readonly signers: readonly { readonly name: string; readonly post?: string; readonly signatureId?: string }[];
  readonly lines: readonly { readonly item: ItemKind; readonly serials: readonly string[] }[];
  readonly photo_ids: readonly string[];
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly accuracy: number | null;
  readonly remarks: readonly { readonly code: string; readonly facts: Readonly<Record<string, unknown>> }[];
  readonly note: string | null;
  readonly entry_ids: readonly string[];
  readonly decision_id: string;
}

/** Writes a signed delivery; it is never changed afterwards. As the system role. */
export async function insertDelivery(
  tx: Tx,
  row: Omit<DeliveryRow, "latitude" | "longitude" | "accuracy">,
  place: Place | undefined,
): Promise<void> {
  await tx.run(sql`
    insert into equipment_delivery (home_code, id, division_code, shipment_id, care_home_id, delivered_at, recorded_at, actor_id, actor_name, device_id,
      signers, lines, photo_ids, latitude, longitude, accuracy, remarks, note, entry_ids, decision_id)
    values (${row.home_code}, ${row.id}, ${row.division_code}, ${row.shipment_id}, ${row.care_home_id}, ${row.delivered_at}, ${row.recorded_at},
      ${row.actor_id}, ${row.actor_name}, ${row.device_id}, ${JSON.stringify(row.signers)}, ${JSON.stringify(row.lines)}, ${row.photo_ids}::uuid[],
      ${place?.latitude ?? null}, ${place?.longitude ?? null}, ${place?.accuracy ?? null}, ${JSON.stringify(row.remarks)}, ${row.note},
      ${row.entry_ids}::uuid[], ${row.decision_id})`);
}

export async function loadDelivery(tx: Tx, id: string): Promise<DeliveryRow | undefined> {
  return tx.maybe<DeliveryRow>(sql`select * from equipment_delivery where id = ${id}`);
}

export async function deliveriesOf(tx: Tx, shipment: string): Promise<DeliveryRow[]> {
  return tx.many<DeliveryRow>(
    sql`select * from equipment_delivery where shipment_id = ${shipment} order by delivered_at, id`,
  );
}

/** A row of the table `equipment_item`. */
export interface ItemRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly organisation_id: string | null;
  readonly care_home_id: string;
  readonly item: ItemKind;
  readonly item_name: string;
  readonly serial_no: string;
  readonly state: z.infer<typeof itemState>;
  readonly shipment_id: string | null;
  readonly account_id: string | null;
  readonly delivered_on: string | null;
  readonly verified_on: string | null;
  readonly version: number;
}

/**
 * Writes pieces as they are shipped or signed for; one that went back before may come again. Answers the ids of those that
 * were written: a number that stands in a home of the county already is left alone. As the system role.
 */
export async function upsertItems(tx: Tx, rows: readonly ItemRow[]): Promise<Set<string>> {
  const written = await tx.many<{ serial_no: string }>(sql`
    insert into equipment_item as item (home_code, id, division_code, organisation_id, care_home_id, item, item_name, serial_no, state, shipment_id,
      account_id, delivered_on, version)
    select home_code, id, division_code, organisation_id, care_home_id, item, item_name, serial_no, state, shipment_id, account_id, delivered_on, 1
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, id uuid, division_code text, organisation_id uuid, care_home_id uuid,
      item text, item_name text, serial_no text, state text, shipment_id uuid, account_id uuid, delivered_on date)
    on conflict (home_code, item, serial_no) do update set division_code = excluded.division_code, care_home_id = excluded.care_home_id,
      state = excluded.state, shipment_id = excluded.shipment_id, account_id = excluded.account_id, delivered_on = excluded.delivered_on,
      version = item.version + 1
    where item.state = 'in_stock' or (item.state = 'shipped' and item.shipment_id = excluded.shipment_id)
    returning serial_no`);
  return new Set(written.map((row) => row.serial_no));
}

/** Numbers that a home has already, anywhere, in a state other than gone back; through the lookup role. */
export async function knownAnywhere(
  tx: Tx,
  item: ItemKind,
  serials: readonly string[],
): Promise<
  {
    readonly serial_no: string;
    readonly home_code: string;
    readonly state: string;
    readonly shipment_id: string | null;
  }[]
> {
  if (serials.length === 0) return [];
  return tx.many(sql`
    select serial_no, home_code, state, shipment_id from equipment_item
    where serial_no = any(${serials}) and item = ${item} and state <> 'in_stock'`);
}

export async function loadItem(tx: Tx, id: string): Promise<ItemRow | undefined> {
  return tx.maybe<ItemRow>(sql`select * from equipment_item where id = ${id}`);
}

export async function lockItem(tx: Tx, home: string, id: string): Promise<ItemRow | undefined> {
  return tx.maybe<ItemRow>(sql`select * from equipment_item where home_code = ${home} and id = ${id} for update`);
}

export async function itemsOfShipment(tx: Tx, shipment: string): Promise<ItemRow[]> {
  return tx.many<ItemRow>(sql`select * from equipment_item where shipment_id = ${shipment} order by item, serial_no`);
}

export async function itemsOfHome(tx: Tx, careHome: string): Promise<ItemRow[]> {
  return tx.many<ItemRow>(
    sql`select * from equipment_item where care_home_id = ${careHome} and state <> 'in_stock' order by item, serial_no limit 2000`,
  );
}

/** Puts pieces of a shipment that went back out of the home's hands. As the system role. */
export async function unshipItems(tx: Tx, home: string, shipment: string): Promise<void> {
  await tx.run(sql`
    update equipment_item set state = 'in_stock', shipment_id = null, account_id = null, version = version + 1
    where home_code = ${home} and shipment_id = ${shipment} and state = 'shipped'`);
}

/** A piece after an event. As the system role. */
export async function setItemState(
  tx: Tx,
  row: Pick<ItemRow, "home_code" | "id" | "state" | "account_id">,
): Promise<void> {
  await tx.run(sql`
    update equipment_item set state = ${row.state}, account_id = ${row.account_id}, version = version + 1
    where home_code = ${row.home_code} and id = ${row.id}`);
}

export async function itemPage(
  tx: Tx,
  given: {
    readonly division?: string | undefined;
    readonly careHomeId?: string | undefined;
    readonly serial?: string | undefined;
    readonly item?: string | undefined;
    readonly state?: string | undefined;
  },
  after: string | undefined,
  limit: number,
): Promise<ItemRow[]> {
  const range = given.division ? rangeOf(given.division) : undefined;
  const where = join(
    [
      sql`true`,
      ...(range ? [sql`division_code >= ${range.lo} and division_code < ${range.hi}`] : []),
      ...(given.careHomeId ? [sql`care_home_id = ${given.careHomeId}`] : []),
      ...(given.serial ? [sql`serial_no = ${given.serial}`] : []),
      ...(given.item ? [sql`item = ${given.item}`] : []),
      ...(given.state ? [sql`state = ${given.state}`] : []),
      ...(after ? [sql`id > ${after}::uuid`] : []),
    ],
    " and ",
  );
  return tx.many<ItemRow>(sql`select * from equipment_item where ${where} order by id limit ${limit}`);
}

export async function discrepanciesOfShipment(tx: Tx, shipment: string) {
  return tx.many<{ id: string; kind: string; item: ItemKind | null; quantity: number; state: string; due_on: string }>(
    sql`select id, kind, item, quantity, state, due_on from equipment_discrepancy where shipment_id = ${shipment} order by id`,
  );
}

/** Whose piece this is, wherever it is; through the lookup role. */
export async function itemPlace(tx: Tx, id: string): Promise<{ readonly home_code: string } | undefined> {
  return tx.maybe(sql`select home_code from equipment_item where id = ${id}`);
}

/** A number as the ledger spells it. */
export async function spelledSerial(tx: Tx, account: AccountRow, key: string): Promise<string> {
  const rows = await tx.many<{ serial_no: string }>(
    sql`select serial_no from ledger_serial where home_code = ${account.home_code} and account_id = ${account.id}`,
  );
  return rows.find((row) => serialKey(row.serial_no) === key)?.serial_no ?? key;
}
