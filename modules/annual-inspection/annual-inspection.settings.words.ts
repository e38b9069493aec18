import { defineWords } from "../../kernel/text/words.ts";

export const words = defineWords({
  zh: {
    deadlineRolls: "年报截止日遇节假日顺延",
    socialGroupCutoff: "社会团体参检登记截止日（当年）",
    foundationCutoff: "基金会参检登记截止日（当年）",
    rectificationMonths: "基本合格、不合格整改月数",
    seriousIssuesFail: "判为不合格的严重问题数",
    correctionDays: "补正期限天数",
    concludeDays: "作出年检结论的天数",
    unitReviewDays: "业务主管单位初审天数",
    fileAfterConsentDays: "初审同意后报送登记管理机关的宽限天数",
    overdueRunLimit: "系统自动认定逾期的每批上限（超过则由人工预览办理）",
  },
  en: {
    deadlineRolls: "Report deadline moves past a holiday",
    socialGroupCutoff: "Registration cut-off for social groups (in the year inspected)",
    foundationCutoff: "Registration cut-off for foundations (in the year inspected)",
    rectificationMonths: "Months to rectify after a basic pass or a failure",
    seriousIssuesFail: "Serious problems that make a failure",
    correctionDays: "Days to supply what was missing",
    concludeDays: "Days to reach a conclusion",
    unitReviewDays: "Days for the supervisory unit's preliminary review",
    fileAfterConsentDays: "Days to file with the registrar after the unit agreed",
    overdueRunLimit: "Most reports the daily run marks overdue by itself (more: a person previews and runs it)",
  },
});
