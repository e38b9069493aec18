import { defineDuty } from "../../../kernel/duty/define.ts";
import { cite, law } from "../../../kernel/regulations/law.rules.ts";

/** The registrar accepts a complaint, or says whose it is (受理投诉举报). */
export const acceptDuty = defineDuty({
  id: "complaints.accept",
  holder: "staff",
  law: [cite(law.houseRules, "complaints")],
  remindDaysBefore: [2, 1],
});

/** Another hand looks at an answer again (复核投诉举报答复). */
export const reviewDuty = defineDuty({
  id: "complaints.review",
  holder: "staff",
  law: [cite(law.houseRules, "complaints")],
  remindDaysBefore: [5, 1],
});
