import { defineDuty } from "../../kernel/duty/define.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";

/** Tell the applicants what is missing, or accept: once, in five days; silence is acceptance (一次性告知). */
export const answerApplication = defineDuty({
  id: "organisations.answer-application",
  holder: "staff",
  law: [cite(law.licences, "32")],
  remindDaysBefore: [2, 1],
});

/** Decide on an accepted application (作出登记决定): 60 days for setting up, 20 working days for the rest. */
export const decideApplication = defineDuty({
  id: "organisations.decide-application",
  holder: "staff",
  law: [
    cite(law.socialGroups2026, "12"),
    cite(law.serviceInstitutions, "11"),
    cite(law.foundations, "11"),
    cite(law.licences, "42"),
  ],
  remindDaysBefore: [15, 5, 1],
});

/** Hold an election before the term of office ends (换届). */
export const holdElection = defineDuty({
  id: "organisations.hold-election",
  holder: "organisation",
  law: [cite(law.foundations, "20"), cite(law.socialGroups2026, "14")],
  remindDaysBefore: [60, 30, 7],
});

/** Confirm a filed community organisation for the year (社区社会组织年度确认). */
export const confirmFiling = defineDuty({
  id: "organisations.confirm-filing",
  holder: "staff",
  law: [cite(law.houseRules, "community-filing")],
  remindDaysBefore: [30, 7],
});

/** Lift a suspension when its time is over, or decide further (停止活动期满). */
export const endSuspension = defineDuty({
  id: "organisations.end-suspension",
  holder: "staff",
  law: [cite(law.socialGroups2026, "33")],
  remindDaysBefore: [7, 1],
});

export const duties = [answerApplication, decideApplication, holdElection, confirmFiling, endSuspension] as const;
