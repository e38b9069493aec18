import { defineWords } from "../../kernel/text/words.ts";

export const words = defineWords({
  zh: {
    mailGapMinDays: "两次邮寄最短间隔天数",
    mailGapMaxDays: "两次邮寄最长间隔天数",
    statementWorkingDays: "陈述申辩工作日数",
    remindMonths: "列入异常名录满几个月时提醒",
  },
  en: {
    mailGapMinDays: "Least days between the two letters",
    mailGapMaxDays: "Most days between the two letters",
    statementWorkingDays: "Working days to make a statement",
    remindMonths: "Months on the abnormal list at which to remind",
  },
});
