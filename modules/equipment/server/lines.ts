import { daysBetween } from "../../../kernel/clock/date.ts";
import type { ShipmentLine } from "../delivery.contract.ts";
import { itemTransitions } from "../equipment.rules.ts";
import type { ItemKind } from "../equipment.shapes.ts";
import type { HomeLine, ItemLine } from "../homes.contract.ts";
import type { ItemRow, ShipmentRow } from "./delivery.store.ts";
import { homeFlags } from "./homes.record.ts";
import type { HomeRow } from "./homes.store.ts";

/** A home as lists show it. */
export function homeLine(row: HomeRow, names: ReadonlyMap<string, string>): HomeLine {
  return {
    id: row.id,
    name: row.name,
    division: row.division_code,
    divisionName: names.get(row.division_code) ?? "",
    kind: row.kind,
    state: row.state,
    residents: row.residents,
    sizeClass: row.size_class,
    flags: homeFlags(row),
    served: [...row.served_items],
    delivered: [...row.delivered_items],
    verified: [...row.verified_items],
    covered: row.covered,
    trained: row.trained,
    untrained: row.trained === 0 && row.delivered_items.length > 0,
    openDiscrepancies: row.open_discrepancies,
  };
}

/** What people may do with a piece in this state; the rest of its way is decided by checks and shipments. */
const byHand = ["use", "fault", "repair", "scrap"];

export function itemLine(row: ItemRow): ItemLine {
  return {
    id: row.id,
    item: row.item,
    name: row.item_name,
    serial: row.serial_no,
    state: row.state,
    careHomeId: row.care_home_id,
    shipmentId: row.shipment_id,
    deliveredOn: row.delivered_on,
    verifiedOn: row.verified_on,
    events: Object.keys(itemTransitions[row.state] ?? {}).filter((event) => byHand.includes(event)),
  };
}

/** Whether a shipment is not settled although its day has passed. */
export const isLate = (row: Pick<ShipmentRow, "state" | "due_on">, today: string): boolean =>
  (row.state === "shipped" || row.state === "discrepancy") && row.due_on < today;

export function shipmentLine(row: ShipmentRow, names: ReadonlyMap<string, string>, today: string): ShipmentLine {
  const merged = new Map<ItemKind, ShipmentLine["lines"][number]>();
  for (const line of row.lines) {
    const known = merged.get(line.item);
    merged.set(line.item, {
      item: line.item,
      name: known?.name ?? line.assetName,
      quantity: line.quantity + (known?.quantity ?? 0),
      signed: line.signed + (known?.signed ?? 0),
      serials: [...(known?.serials ?? []), ...line.serials],
    });
  }
  return {
    id: row.id,
    careHomeId: row.care_home_id,
    careHome: row.care_home_name,
    division: row.division_code,
    divisionName: names.get(row.division_code) ?? "",
    planId: row.plan_id,
    from: row.giver_name,
    fromDivision: row.giver_division,
    state: row.state,
    shippedOn: row.shipped_on,
    dueOn: row.due_on,
    deliveredOn: row.delivered_on,
    late: isLate(row, today),
    days: row.delivered_on === null ? null : (row.days ?? daysBetween(row.shipped_on, row.delivered_on)),
    lines: [...merged.values()],
  };
}
