import { defineDuty } from "../../../kernel/duty/define.ts";
import { cite, law } from "../../../kernel/regulations/law.rules.ts";

const opinion = [cite(law.elderVisits, "emergency")];

/** A step of an emergency is late: the stand-in takes over (接替处置). */
export const standInDuty = defineDuty({
  id: "visiting-care.emergency-stand-in",
  roles: ["officer", "auditor", "worker"],
  holder: "worker",
  law: opinion,
  remindDaysBefore: [],
});

/** A step of an emergency is late: the officer of the township, then of the county, takes over (升级处置). */
export const escalationDuty = defineDuty({
  id: "visiting-care.emergency-escalated",
  roles: ["officer", "auditor", "worker"],
  holder: "staff",
  law: opinion,
  remindDaysBefore: [],
});

/** The record of an emergency is filed (归档处置记录). */
export const fileDuty = defineDuty({
  id: "visiting-care.file-emergency",
  roles: ["officer", "auditor", "worker"],
  holder: "worker",
  law: opinion,
  remindDaysBefore: [0],
});

/** An emergency found the person deceased: whoever keeps the register decides (核实死亡). */
export const deathDuty = defineDuty({
  id: "visiting-care.confirm-death",
  roles: ["officer", "auditor", "worker"],
  holder: "staff",
  law: [cite(law.houseRules, "death-confirmed-by-a-person")],
  remindDaysBefore: [0],
});

/** Somebody takes a referral on and settles it (办理转介). */
export const referralDuty = defineDuty({
  id: "visiting-care.settle-referral",
  roles: ["officer", "auditor", "worker"],
  holder: "staff",
  law: [cite(law.elderVisits, "referral")],
  remindDaysBefore: [3, 1],
});

/** The worker tells the person the result of a referral (告知转介结果). */
export const resultDuty = defineDuty({
  id: "visiting-care.tell-result",
  roles: ["officer", "auditor", "worker"],
  holder: "worker",
  law: [cite(law.elderVisits, "referral")],
  remindDaysBefore: [1],
});

/** A visit found that supporters do not visit: they are reminded, with an entry of the contact log (督促赡养人). */
export const remindDuty = defineDuty({
  id: "visiting-care.remind-supporter",
  roles: ["officer", "auditor", "worker"],
  holder: "worker",
  law: [cite(law.elderRights, "18"), cite(law.elderVisits, "supporters")],
  remindDaysBefore: [1],
});

/** A device has not been heard: the worker looks (查看离线设备). */
export const silentDuty = defineDuty({
  id: "visiting-care.monitor-silent",
  roles: ["officer", "auditor", "worker"],
  holder: "worker",
  law: [cite(law.elderVisits, "remote")],
  remindDaysBefore: [],
});

/** A device has raised an alarm: the worker looks at once, and opens an emergency if it is one (处置设备报警). */
export const alarmDuty = defineDuty({
  id: "visiting-care.answer-alarm",
  roles: ["officer", "auditor", "worker"],
  holder: "worker",
  law: opinion,
  remindDaysBefore: [],
});

export const careWorkDuties = [
  standInDuty,
  escalationDuty,
  fileDuty,
  deathDuty,
  referralDuty,
  resultDuty,
  remindDuty,
  silentDuty,
  alarmDuty,
];
