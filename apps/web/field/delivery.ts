import type { z } from "zod";
import type * as equipment from "../../../modules/equipment/index.ts";

export type Item = equipment.ItemKind;

/** Type of the records a phone holds about deliveries. */
export const SHIPMENT = "equipment-shipment";

/** One kind of thing in a shipment, and what was signed for before. */
export interface ShipmentPart {
  readonly item: Item;
  readonly quantity: number;
  readonly signed: number;
  /** Numbers known when it was sent; empty where they are first read at the home. */
  readonly serials: readonly string[];
  readonly signedSerials: readonly string[];
}

/** One shipment as the phone knows it (手机上的发运单): the body of an `equipment-shipment` record. */
export interface Shipment {
  readonly id: string;
  readonly careHomeId: string;
  readonly careHome: string;
  readonly director: string | null;
  readonly home: string;
  readonly division: string;
  readonly divisionName: string;
  readonly place: { readonly latitude: number; readonly longitude: number } | null;
  readonly from: string;
  readonly state: z.output<typeof equipment.shipmentState>;
  readonly shippedOn: string;
  readonly dueOn: string;
  readonly carrier: string | null;
  readonly waybill: string | null;
  readonly lines: readonly ShipmentPart[];
  readonly discrepancies: readonly {
    readonly id: string;
    readonly kind: z.output<typeof equipment.discrepancyKind>;
    readonly item: Item | null;
    readonly quantity: number;
    readonly state: z.output<typeof equipment.discrepancyState>;
    readonly dueOn: string;
  }[];
}

/** What the list shows of a shipment (发运单摘要): without the numbers, which may be many. */
export interface ShipmentSummary {
  readonly id: string;
  readonly careHome: string;
  readonly division: string;
  readonly divisionName: string;
  readonly dueOn: string;
  readonly lines: readonly { readonly item: Item; readonly quantity: number; readonly signed: number }[];
  readonly discrepancies: number;
}

export function shipmentSummaryOf(id: string, body: Shipment): ShipmentSummary {
  return {
    id,
    careHome: body.careHome,
    division: body.division,
    divisionName: body.divisionName,
    dueOn: body.dueOn,
    lines: body.lines.map(({ item, quantity, signed }) => ({ item, quantity, signed })),
    discrepancies: body.discrepancies.length,
  };
}

/** The draft of a delivery lies under the shipment. */
export const draftOf = (shipmentId: string): string => `delivery/${shipmentId}`;
