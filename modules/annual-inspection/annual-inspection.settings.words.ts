import { defineWords } from "../../kernel/text/words.ts";

export const words = defineWords({
  zh: {
    deadlineRolls: "年报截止日遇节假日顺延",
    socialGroupCutoff: "社会团体参检登记截止日（当年）",
    foundationCutoff: "基金会参检登记截止日（当年）",
    rectificationMonths: "基本合格、不合格整改月数",
    seriousIssuesFail: "判为不合格的严重问题数",
  },
  en: {
    deadlineRolls: "Report deadline moves past a holiday",
    socialGroupCutoff: "Registration cut-off for social groups (in the year inspected)",
    foundationCutoff: "Registration cut-off for foundations (in the year inspected)",
    rectificationMonths: "Months to rectify after a basic pass or a failure",
    seriousIssuesFail: "Serious problems that make a failure",
  },
});
