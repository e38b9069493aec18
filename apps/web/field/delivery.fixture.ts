import type { Shipment } from "./delivery.ts";

/** An invented shipment (试验用发运单): two machines with numbers, five oximeters whose numbers are read at the home. */
export function inventedShipment(given: Partial<Shipment> = {}): Shipment {
  return {
    id: "0198a900-0000-7000-8000-000000000001",
    careHomeId: "0198a900-0000-7000-8000-0000000000aa",
    careHome: "样本镇敬老院",
    director: "样守义",
    home: "630102",
    division: "630102100201",
    divisionName: "团结村",
    place: { latitude: 36.571, longitude: 101.832 },
    from: "青海省民政厅",
    state: "shipped",
    shippedOn: "2026-11-18",
    dueOn: "2026-11-25",
    carrier: "样本物流",
    waybill: "YB20261118",
    lines: [
      { item: "oxygen_concentrator", quantity: 2, signed: 0, serials: ["YY-0001", "YY-0002"], signedSerials: [] },
      { item: "oximeter", quantity: 5, signed: 0, serials: [], signedSerials: [] },
    ],
    discrepancies: [],
    ...given,
  };
}
