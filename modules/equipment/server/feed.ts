import type { SyncFeed } from "../../../kernel/sync/feed.ts";
import {
  type CarriedShipment,
  carriedDiscrepancies,
  carriedShipments,
  carriedSignatures,
  shipmentManifest,
} from "./feed.queries.ts";

/** One line for each kind of thing: several gifts of one kind are counted together at the door. */
export function linesOf(row: CarriedShipment): CarriedShipment["lines"][number][] {
  return [...new Set(row.lines.map((line) => line.item))].map((item) => {
    const own = row.lines.filter((line) => line.item === item);
    return {
      item,
      quantity: own.reduce((sum, line) => sum + line.quantity, 0),
      signed: own.reduce((sum, line) => sum + line.signed, 0),
      /** Numbers known when it was sent; fewer than pieces where they are first read at the home. */
      serials: own.flatMap((line) => line.serials),
    };
  });
}

/**
 * What a phone holds of deliveries (下发发运单): shipments to homes of the worker's villages, or of an officer's own county,
 * that are on their way, or where something differs and is not settled. Whoever receives them works with their own register only: an office
 * above the county carries none.
 */
export const shipmentFeed: SyncFeed = {
  type: "equipment-shipment",
  manifest: (ctx) => shipmentManifest(ctx.actor.home, ctx.today),
  async load(tx, ids, ctx) {
    const [rows, signed, discrepancies] = [
      await carriedShipments(tx, ids, ctx.today),
      await carriedSignatures(tx, ids),
      await carriedDiscrepancies(tx, ids),
    ];
    return rows.map((row) => ({
      id: row.id,
      body: {
        id: row.id,
        careHomeId: row.care_home_id,
        careHome: row.name,
        director: row.director,
        home: row.home_code,
        division: row.division_code,
        divisionName: row.division_name ?? "",
        place:
          row.latitude === null || row.longitude === null ? null : { latitude: row.latitude, longitude: row.longitude },
        from: row.giver_name,
        state: row.state,
        shippedOn: row.shipped_on,
        dueOn: row.due_on,
        carrier: row.carrier,
        waybill: row.waybill,
        lines: linesOf(row).map((line) => ({
          ...line,
          signedSerials: signed
            .filter((one) => one.shipment_id === row.id && one.item === line.item)
            .map((one) => one.serial),
        })),
        discrepancies: discrepancies
          .filter((one) => one.shipment_id === row.id)
          .map((one) => ({
            id: one.id,
            kind: one.kind,
            item: one.item,
            quantity: one.quantity,
            state: one.state,
            dueOn: one.due_on,
          })),
      },
    }));
  },
};
