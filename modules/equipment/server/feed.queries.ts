import { type Statement, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { ItemKind } from "../equipment.shapes.ts";

/**
 * Which shipments are on a phone and in which version (下发清单), the soonest due first. The version names everything the body
 * is made of: a recall, a signature, a discrepancy that moves on, a home or a village that is renamed.
 */
export function shipmentManifest(home: string, today: string): Statement {
  return sql`
    select ship.id::text as id,
      left(md5(concat_ws('|', ship.state, ship.signed_pieces, ship.due_on, ship.division_code, ship.lines::text, village.name, care.name, care.director,
        care.latitude, care.longitude, (select string_agg(concat_ws(',', diff.id, diff.state, diff.quantity, diff.due_on), ';' order by diff.id)
          from equipment_discrepancy diff where diff.home_code = ship.home_code and diff.shipment_id = ship.id and diff.state <> 'closed'))), 16)::text as version
    from equipment_shipment ship
    join care_home care on care.home_code = ship.home_code and care.id = ship.care_home_id
    left join division village on village.code = ship.division_code and village.valid_from <= ${today}
      and (village.valid_to is null or village.valid_to > ${today})
    where ship.home_code = ${home} and ship.state in ('shipped', 'discrepancy', 'delivered')
      and (ship.state = 'shipped' or ship.signed_pieces < ship.pieces or exists (
        select 1 from equipment_discrepancy diff where diff.home_code = ship.home_code and diff.shipment_id = ship.id and diff.state <> 'closed'))
    order by ship.due_on, ship.id`;
}

export interface CarriedShipment {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly division_name: string | null;
  readonly care_home_id: string;
  readonly name: string;
  readonly director: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly giver_name: string;
  readonly state: string;
  readonly shipped_on: string;
  readonly due_on: string;
  readonly carrier: string | null;
  readonly waybill: string | null;
  readonly lines: readonly {
    readonly item: ItemKind;
    readonly quantity: number;
    readonly signed: number;
    readonly serials: readonly string[];
  }[];
}

/** Shipments with their homes (发运单和机构), under the actor's own scope. */
export async function carriedShipments(tx: Tx, ids: readonly string[], today: string): Promise<CarriedShipment[]> {
  return tx.many<CarriedShipment>(sql`
    select ship.home_code, ship.id, ship.division_code, ship.care_home_id, ship.giver_name, ship.state, ship.shipped_on, ship.due_on, ship.carrier,
      ship.waybill, ship.lines, care.name, care.director, care.latitude, care.longitude,
      village.name as division_name
    from equipment_shipment ship
    join care_home care on care.home_code = ship.home_code and care.id = ship.care_home_id
    left join division village on village.code = ship.division_code and village.valid_from <= ${today}
      and (village.valid_to is null or village.valid_to > ${today})
    where ship.id = any(${ids}::uuid[])`);
}

export interface CarriedSignature {
  readonly shipment_id: string;
  readonly item: ItemKind;
  readonly serial: string;
}

/** Numbers signed for so far (已签收编号), by shipment. */
export async function carriedSignatures(tx: Tx, ids: readonly string[]): Promise<CarriedSignature[]> {
  return tx.many<CarriedSignature>(sql`
    select delivery.shipment_id, line->>'item' as item, serial as serial
    from equipment_delivery delivery, jsonb_array_elements(delivery.lines) as line, jsonb_array_elements_text(line->'serials') as serial
    where delivery.shipment_id = any(${ids}::uuid[]) order by delivery.delivered_at, delivery.id, serial`);
}

export interface CarriedDiscrepancy {
  readonly shipment_id: string;
  readonly id: string;
  readonly kind: string;
  readonly item: ItemKind | null;
  readonly quantity: number;
  readonly state: string;
  readonly due_on: string;
}

/** What differs and is not settled (未销号差异), by shipment. */
export async function carriedDiscrepancies(tx: Tx, ids: readonly string[]): Promise<CarriedDiscrepancy[]> {
  return tx.many<CarriedDiscrepancy>(sql`
    select shipment_id, id, kind, item, quantity, state, due_on from equipment_discrepancy
    where shipment_id = any(${ids}::uuid[]) and state <> 'closed' order by due_on, id`);
}
