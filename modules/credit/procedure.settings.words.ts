import { defineWords } from "../../kernel/text/words.ts";

export const words = defineWords({
  zh: {
    considerWorkingDays: "列入线索处理工作日数",
    answerWorkingDays: "陈述申辩与异议答复工作日数",
    decideWorkingDays: "陈述申辩期满后作出决定工作日数",
    verifyWorkingDays: "移出申请核实工作日数",
    runLimit: "一次批处理的对象上限",
  },
  en: {
    considerWorkingDays: "Working days to deal with a proposal",
    answerWorkingDays: "Working days to answer a statement or an objection",
    decideWorkingDays: "Working days to decide after the statement period",
    verifyWorkingDays: "Working days to verify an application for removal",
    runLimit: "Most organisations in one automatic run",
  },
});
