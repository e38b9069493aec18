import { defineWords } from "../../kernel/text/words.ts";

export const words = defineWords({
  zh: {
    maxTermYears: "负责人每届任期最长年数",
    maxTerms: "负责人最多连任届数",
    maxAge: "负责人年龄上限",
    remindDays: "换届提醒提前天数",
    feeMaxClasses: "会费标准最多档数",
    correctionWorkingDays: "补正一次性告知工作日数",
    nameSimilarity: "名称近似阈值",
    serviceInstitutionQuorum: "社会服务机构理事会出席比例",
  },
  en: {
    maxTermYears: "Longest term of office, years",
    maxTerms: "Most consecutive terms of office",
    maxAge: "Highest age of officers",
    remindDays: "Days before the end of term to remind",
    feeMaxClasses: "Most classes of membership fee",
    correctionWorkingDays: "Working days to list missing papers once",
    nameSimilarity: "Similarity from which a name is shown as alike",
    serviceInstitutionQuorum: "Attendance share of a service institution's board",
  },
});
