import { defineDuty } from "../../kernel/duty/define.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";

const house = [cite(law.houseRules, "equipment")];

/** A shipment is to be signed for until its day (签收确认): held by the county's officers; its subject is the shipment. */
export const confirmDuty = defineDuty({
  id: "equipment.confirm-delivery",
  holder: "staff",
  roles: ["officer", "auditor"],
  law: house,
  remindDaysBefore: [3, 1],
});

/** A discrepancy is to be put right until its day (差异整改); its subject is the discrepancy. */
export const rectifyDuty = defineDuty({
  id: "equipment.rectify",
  holder: "staff",
  roles: ["officer", "auditor"],
  law: house,
  remindDaysBefore: [3, 1],
});

/** A home has equipment and nobody who was trained in using it (组织培训); its subject is the home. */
export const trainDuty = defineDuty({
  id: "equipment.train-home",
  holder: "staff",
  roles: ["officer", "auditor"],
  law: house,
  remindDaysBefore: [3],
});

/** A county is late with a confirmation or a discrepancy: the next office up asks (上级督办); its subject is what is late. */
export const overdueDuty = defineDuty({
  id: "equipment.overdue-below",
  holder: "staff",
  roles: ["officer", "auditor"],
  law: house,
  remindDaysBefore: [0],
});

export const duties = [confirmDuty, rectifyDuty, trainDuty, overdueDuty] as const;
