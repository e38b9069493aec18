import { defineDuty } from "../duty/define.ts";

/** An act recorded without network waits for a person (处理离线操作). */
export const settleHeldDuty = defineDuty({
  id: "sync.settle-held",
  roles: ["officer", "auditor", "worker"],
  holder: "staff",
  law: [],
  remindDaysBefore: [1],
});

/** A phone with unsent work has not been heard of for too long (催促手机上报). */
export const silentPhoneDuty = defineDuty({
  id: "sync.silent-phone",
  roles: ["officer", "auditor", "worker"],
  holder: "staff",
  law: [],
  remindDaysBefore: [],
});
