import { defineDuty } from "../../kernel/duty/define.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";

const frequency = [cite(law.elderVisits, "frequency")];

/** Visit somebody once in a period (本期探访): held by the worker, planned for a day, due on the last day of the period. */
export const visitDuty = defineDuty({
  id: "visiting-care.visit",
  roles: ["officer", "auditor", "worker"],
  holder: "worker",
  law: frequency,
  remindDaysBefore: [3, 1],
});

/** Visit once more because of weather, a festival or an event (加密探访). */
export const extraDuty = defineDuty({
  id: "visiting-care.extra-visit",
  roles: ["officer", "auditor", "worker"],
  holder: "worker",
  law: frequency,
  remindDaysBefore: [1],
});

/** Nobody answered by phone: go there the same day (当天上门). */
export const homeVisitDuty = defineDuty({
  id: "visiting-care.home-visit",
  roles: ["officer", "auditor", "worker"],
  holder: "worker",
  law: [cite(law.houseRules, "two-calls-then-home")],
  remindDaysBefore: [0],
});

/** The period is nearly over and nobody has visited (催办): held by the officer. */
export const chaseDuty = defineDuty({
  id: "visiting-care.chase",
  roles: ["officer", "auditor", "worker"],
  holder: "staff",
  law: [cite(law.houseRules, "overdue-visits")],
  remindDaysBefore: [],
});

/** Reassess risk and plan every half year (半年复评). */
export const reassessDuty = defineDuty({
  id: "visiting-care.reassess",
  roles: ["officer", "auditor", "worker"],
  holder: "staff",
  law: [cite(law.houseRules, "reassessment")],
  remindDaysBefore: [15, 3],
});

/** Ask somebody again who had refused (再次征询). */
export const askAgainDuty = defineDuty({
  id: "visiting-care.ask-again",
  roles: ["officer", "auditor", "worker"],
  holder: "worker",
  law: [cite(law.elderVisits, "voluntary")],
  remindDaysBefore: [7],
});

/** Ask a person who was proposed, or the family (征询意愿). */
export const answerDuty = defineDuty({
  id: "visiting-care.answer-proposal",
  roles: ["officer", "auditor", "worker"],
  holder: "worker",
  law: [cite(law.elderVisits, "voluntary")],
  remindDaysBefore: [3],
});

/** Two visits within two hours by different hands: look whether both were made (查看重复探访). */
export const parallelDuty = defineDuty({
  id: "visiting-care.look-at-parallel",
  roles: ["officer", "auditor", "worker"],
  holder: "staff",
  law: [cite(law.houseRules, "visits-counted-once")],
  remindDaysBefore: [1],
});

/** Somebody in care has no worker (指定探访人员). */
export const nameWorkerDuty = defineDuty({
  id: "visiting-care.name-worker",
  roles: ["officer", "auditor", "worker"],
  holder: "staff",
  law: frequency,
  remindDaysBefore: [1],
});

export const duties = [
  visitDuty,
  extraDuty,
  homeVisitDuty,
  chaseDuty,
  reassessDuty,
  askAgainDuty,
  answerDuty,
  parallelDuty,
  nameWorkerDuty,
] as const;

/** What ends with care itself (结案即取消). */
export const careDuties = duties.map((duty) => duty.id);
