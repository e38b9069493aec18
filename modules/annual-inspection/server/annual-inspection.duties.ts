import { defineDuty } from "../../../kernel/duty/define.ts";
import { cite, law } from "../../../kernel/regulations/law.rules.ts";

/** The article each kind reports by. */
export const reportLaw = {
  social_group: [cite(law.socialGroups2026, "28")],
  social_service_institution: [cite(law.serviceInstitutions, "23")],
  foundation: [cite(law.foundations, "36")],
} as const;
const report = Object.values(reportLaw).flat();

/** The organisation hands in its yearly report (报送年报). */
export const reportDuty = defineDuty({
  id: "annual-inspection.report",
  holder: "organisation",
  law: report,
  remindDaysBefore: [30, 7, 1],
});

/** The supervisory unit gives its preliminary opinion (初审). */
export const unitDuty = defineDuty({
  id: "annual-inspection.unit-review",
  holder: "unit",
  law: report,
  remindDaysBefore: [7, 1],
});

/** The registrar reaches a conclusion (作出年检结论). */
export const concludeDuty = defineDuty({
  id: "annual-inspection.conclude",
  holder: "staff",
  law: [
    cite(law.serviceInstitutionInspection, "7"),
    cite(law.foundationInspection, "6"),
    cite(law.socialGroupInspection, "7"),
  ],
  remindDaysBefore: [7, 1],
});

/** The organisation supplies what was missing, once (补正). */
export const correctDuty = defineDuty({
  id: "annual-inspection.correct",
  holder: "organisation",
  law: [cite(law.licences, "32", "4")],
  remindDaysBefore: [3, 1],
});

/** The registrar orders rectification after 基本合格 or 不合格 (责令整改). */
export const orderDuty = defineDuty({
  id: "annual-inspection.order-rectification",
  holder: "staff",
  law: [cite(law.serviceInstitutionInspection, "9")],
  remindDaysBefore: [1],
});

/** The organisation puts right what was found (整改). */
export const rectifyDuty = defineDuty({
  id: "annual-inspection.rectify",
  holder: "organisation",
  law: [cite(law.serviceInstitutionInspection, "9")],
  remindDaysBefore: [30, 7, 1],
});

/** The registrar looks at a rectification report (整改验收). */
export const acceptDuty = defineDuty({
  id: "annual-inspection.accept-rectification",
  holder: "staff",
  law: [cite(law.serviceInstitutionInspection, "9")],
  remindDaysBefore: [7, 1],
});

/** More became overdue than the daily run may mark by itself: a person previews and runs it (人工认定逾期). */
export const overdueRunDuty = defineDuty({
  id: "annual-inspection.overdue-run",
  holder: "staff",
  law: [cite(law.credit, "11", "1")],
  remindDaysBefore: [],
});

export const duties = [
  reportDuty,
  unitDuty,
  concludeDuty,
  correctDuty,
  orderDuty,
  rectifyDuty,
  acceptDuty,
  overdueRunDuty,
] as const;
