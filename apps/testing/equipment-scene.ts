import type { TestHouse } from "../../kernel/testing/house.ts";
import { recordDonation } from "../../modules/donations/donations.contract.ts";
import { planAllocation, recordHome, recordTraining, ship, signDelivery } from "../../modules/equipment/index.ts";
import type { KnownFields } from "./samples.ts";

const signers = [{ name: "样院长" }, { name: "样护工" }];
const item = "oximeter" as const;

/** Homes of the own county, one of each stage of the way of a piece (捐赠设备权限场景): what each operation is asked about. */
export async function equipmentScene(house: TestHouse): Promise<Readonly<Record<string, KnownFields>>> {
  const officer = house.as("officer", "630102");
  await officer.call(recordDonation, { donor: "样本公司", item: "血氧仪", unit: "个", quantity: 9 });
  const homes = [];
  for (const name of ["样本一院", "样本二院", "样本三院", "样本四院"])
    homes.push((await officer.call(recordHome, { name, division: "630102", residents: 20 })).id);
  const [signed = "", sent = "", waiting = "", short = ""] = homes;
  const plan = await officer.call(planAllocation, { name: "样本方案", items: [{ item, perHome: 2 }], homes });
  const send = async (careHomeId: string) =>
    (await officer.call(ship, { planId: plan.id, homes: [{ careHomeId }], dueOn: "2026-07-01" })).shipments[0]?.id ??
    "";
  const first = await send(signed);
  const onTheWay = await send(sent);
  const less = await send(short);
  const done = await officer.call(signDelivery, {
    shipmentId: first,
    lines: [{ item, serials: ["YB-EQ-1", "YB-EQ-2"] }],
    signers,
  });
  const differing = await officer.call(signDelivery, {
    shipmentId: less,
    lines: [{ item, serials: ["YB-EQ-3"] }],
    signers,
  });
  await officer.call(recordTraining, { careHomeId: signed, people: 2 });
  const piece = done.items[0]?.id ?? "";
  const discrepancy = differing.discrepancyIds[0] ?? "";
  return {
    "equipment.get-home": { id: signed },
    "equipment.change-home": { id: waiting, version: 1 },
    "equipment.record-home": { name: "样本新院", division: "630102", residents: 5 },
    "equipment.list-homes": { division: "630102" },
    "equipment.plan-allocation": { homes: [waiting], items: [{ item }] },
    "equipment.get-plan": { id: plan.id },
    "equipment.recall-allocation": { planId: plan.id },
    "equipment.ship": { planId: plan.id, homes: [{ careHomeId: waiting }], dueOn: "2026-07-01" },
    "equipment.get-shipment": { id: first },
    "equipment.list-shipments": { division: "630102" },
    "equipment.recall-shipment": { id: onTheWay },
    "equipment.sign-delivery": {
      shipmentId: onTheWay,
      lines: [{ item, serials: ["YB-EQ-8", "YB-EQ-9"] }],
      signers,
    },
    "equipment.get-item": { id: piece },
    "equipment.list-items": { careHomeId: signed },
    "equipment.record-item-event": { itemId: piece, event: "use" },
    "equipment.record-training": { careHomeId: signed, people: 1 },
    "equipment.get-discrepancy": { id: discrepancy },
    "equipment.list-discrepancies": { careHomeId: short },
    "equipment.open-discrepancy": { careHomeId: signed },
    "equipment.assign-measure": { id: discrepancy, dueOn: "2026-07-01" },
    "equipment.mark-done": { id: discrepancy },
  };
}
