import { defineDuty } from "../../../kernel/duty/define.ts";
import { cite, law } from "../../../kernel/regulations/law.rules.ts";

/** A credit fact formed elsewhere is to be entered within 5 working days (录入信用信息). */
export const enterRecord = defineDuty({
  id: "credit.enter-record",
  holder: "staff",
  law: [cite(law.credit, "8")],
  remindDaysBefore: [2],
});

/** A proposal is waiting for notice or dismissal (处理拟列入线索). */
export const considerListing = defineDuty({
  id: "credit.consider-listing",
  holder: "staff",
  law: [cite(law.credit, "10")],
  remindDaysBefore: [3],
});

/** The organisation may state its case until this day (陈述申辩). */
export const stateCase = defineDuty({
  id: "credit.state-case",
  holder: "organisation",
  law: [cite(law.credit, "10")],
  remindDaysBefore: [5, 1],
});

/** A statement is to be answered (复核陈述申辩). */
export const answerStatementDuty = defineDuty({
  id: "credit.answer-statement",
  holder: "staff",
  law: [cite(law.credit, "10")],
  remindDaysBefore: [3],
});

/** The statement period ends; a decision is to be made after it (作出列入决定). */
export const decideDuty = defineDuty({
  id: "credit.decide-listing",
  holder: "staff",
  law: [cite(law.credit, "10")],
  remindDaysBefore: [3],
});

/** The organisation is to put right what it was listed for, and apply for removal, before two years are over (改正并申请移出). */
export const putRight = defineDuty({
  id: "credit.put-right",
  holder: "organisation",
  law: [cite(law.credit, "14"), cite(law.credit, "15", "1")],
  remindDaysBefore: [90, 30],
});

/** Six months are over where nothing can be put right: removal is to be decided (满六个月移出). */
export const sixMonths = defineDuty({
  id: "credit.six-months",
  holder: "staff",
  law: [cite(law.credit, "14")],
  remindDaysBefore: [7],
});

/** Twenty-two months on the abnormal list: time to speak with the organisation (满二十二个月提醒). */
export const twentyTwoMonths = defineDuty({
  id: "credit.twenty-two-months",
  holder: "staff",
  law: [cite(law.credit, "15", "1")],
  remindDaysBefore: [14],
});

/** Two years on the abnormal list: the serious list is to be proposed (满两年拟列入严重违法失信名单). */
export const twoYears = defineDuty({
  id: "credit.two-years",
  holder: "staff",
  law: [cite(law.credit, "15", "1")],
  remindDaysBefore: [14],
});

/** An application for removal is to be verified (核实移出申请). */
export const verifyRemovalDuty = defineDuty({
  id: "credit.verify-removal",
  holder: "staff",
  law: [cite(law.credit, "14")],
  remindDaysBefore: [3],
});

/** Removal is to be decided within 5 working days of verification (决定移出). */
export const removeDuty = defineDuty({
  id: "credit.remove-listing",
  holder: "staff",
  law: [cite(law.credit, "14")],
  remindDaysBefore: [2],
});

/** An objection is to be verified and answered (核实异议). */
export const answerObjectionDuty = defineDuty({
  id: "credit.answer-objection",
  holder: "staff",
  law: [cite(law.credit, "18")],
  remindDaysBefore: [3],
});

export const duties = [
  enterRecord,
  considerListing,
  stateCase,
  answerStatementDuty,
  decideDuty,
  putRight,
  sixMonths,
  twentyTwoMonths,
  twoYears,
  verifyRemovalDuty,
  removeDuty,
  answerObjectionDuty,
] as const;
