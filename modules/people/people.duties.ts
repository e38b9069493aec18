import { defineDuty } from "../../kernel/duty/define.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";

/** Find out whether two rows are one person (核对疑似重复): merge them, or say that they are two. */
export const settlePair = defineDuty({
  id: "people.settle-pair",
  roles: ["officer", "auditor", "worker"],
  holder: "staff",
  law: [cite(law.personalInformation, "8")],
  remindDaysBefore: [5, 1],
});

/** Confirm that somebody who moved here has arrived, and where (确认迁入): held by the receiving county. */
export const confirmArrival = defineDuty({
  id: "people.confirm-arrival",
  roles: ["officer", "auditor", "worker"],
  holder: "staff",
  law: [cite(law.houseRules, "people-arrival")],
  remindDaysBefore: [5, 1],
});

export const duties = [settlePair, confirmArrival] as const;
