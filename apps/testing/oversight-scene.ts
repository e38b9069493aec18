import type { TestHouse } from "../../kernel/testing/house.ts";
import { recordDonation } from "../../modules/donations/donations.contract.ts";
import {
  appointLiaison,
  assignMeasure,
  closeDiscrepancy,
  drawSample,
  grantEvaluation,
  listEvaluationHomes,
  markDone,
  openDiscrepancy,
  planAllocation,
  recordHome,
  recordTraining,
  ship,
  signDelivery,
  verifyDiscrepancy,
} from "../../modules/equipment/index.ts";
import type { KnownFields } from "./samples.ts";

const item = "oximeter" as const;
const lines = [{ item, result: "ok", seen: 1 }];

/** What oversight of donated equipment is asked about (跟踪问效权限场景): a home to verify, samples, an evaluation, discrepancies of every state. */
export async function oversightScene(
  house: TestHouse,
  organisation: string,
): Promise<Readonly<Record<string, KnownFields>>> {
  const officer = house.as("officer", "630102");
  const another = house.as("officer", "630102", "two");
  await officer.call(recordDonation, { donor: "样本公司", item: "血氧仪", unit: "个", quantity: 1 });
  const home = (await officer.call(recordHome, { name: "样本核查院", division: "630102", residents: 20 })).id;
  const plan = await officer.call(planAllocation, {
    name: "样本核查方案",
    items: [{ item, perHome: 1 }],
    homes: [home],
  });
  const sent = await officer.call(ship, { planId: plan.id, homes: [{ careHomeId: home }], dueOn: "2026-07-01" });
  await officer.call(signDelivery, {
    shipmentId: sent.shipments[0]?.id ?? "",
    lines: [{ item, serials: ["YB-HC-1"] }],
    signers: [{ name: "样院长" }, { name: "样护工" }],
  });
  await officer.call(recordTraining, { careHomeId: home, people: 1, staff: ["样受训"] });
  await officer.call(appointLiaison, { name: "样联络", phone: "13800001234", from: "2026-06-01" });
  const drawn = (purpose: "spot_check" | "evaluation") =>
    officer.call(drawSample, { name: "样本抽样", purpose, percent: 100, witness: "样见证" });
  const spot = await drawn("spot_check");
  const evaluation = await drawn("evaluation");
  await officer.call(grantEvaluation, { sampleId: evaluation.id, organisation, until: "2026-12-31" });
  const { homes } = await house.organisation(organisation, "630102").call(listEvaluationHomes, {});
  const evaluated = homes.find((one) => one.careHomeId === home);

  const reported = async (steps: number) => {
    const { id } = await officer.call(openDiscrepancy, { careHomeId: home, kind: "other", description: "样本差异" });
    const life = [
      () => officer.call(assignMeasure, { id, measure: "样本措施", dueOn: "2026-07-01" }),
      () => officer.call(markDone, { id, proof: "样本完成" }),
      () => another.call(verifyDiscrepancy, { id }),
      () => officer.call(closeDiscrepancy, { id }),
    ];
    for (const step of life.slice(0, steps)) await step();
    return id;
  };
  const [open, measured, done, verified, closed] = [
    await reported(0),
    await reported(1),
    await reported(2),
    await reported(3),
    await reported(4),
  ];
  return {
    "equipment.verify-home": { careHomeId: home, lines },
    "equipment.list-trainees": { careHomeId: home },
    "equipment.draw-sample": { division: "630102", size: 1, purpose: "spot_check" },
    "equipment.list-samples": { division: "630102" },
    "equipment.get-sample": { id: spot.id },
    "equipment.record-check": { sampleId: spot.id, careHomeId: home, lines },
    "equipment.grant-evaluation": { sampleId: evaluation.id, organisation, until: "2026-12-31" },
    "equipment.list-evaluation-homes": {},
    "equipment.record-evaluation": { evaluationId: evaluated?.id ?? "", lines },
    "equipment.get-discrepancy": { id: open },
    "equipment.list-discrepancies": { careHomeId: home },
    "equipment.open-discrepancy": { careHomeId: home, kind: "other" },
    "equipment.assign-measure": { id: open, dueOn: "2026-07-01" },
    "equipment.mark-done": { id: measured },
    "equipment.verify-discrepancy": { id: done },
    "equipment.close-discrepancy": { id: verified },
    "equipment.reopen-discrepancy": { id: closed },
    "equipment.appoint-liaison": { division: "630102", from: "2026-06-15" },
    "equipment.list-liaisons": { division: "630102" },
    "equipment.board": { division: "630102" },
    "equipment.board-homes": { division: "630102", figure: "homes" },
    "equipment.publish-progress": {},
  };
}
