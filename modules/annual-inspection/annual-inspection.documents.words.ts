import { defineWords } from "../../kernel/text/words.ts";

/** Texts of the documents (文书用语). Papers are issued in Chinese; the English table serves readers of the product. */
export const documentWords = defineWords({
  zh: {
    conclusionTitle: (facts: { year: number }) => `${facts.year}年度检查结论通知书`,
    conclusionBody: (facts: { name: string; year: number; conclusion: string }) =>
      `根据社会组织登记管理有关规定，经审查你单位报送的${facts.year}年度工作报告，本机关作出${facts.year}年度检查结论为：${facts.conclusion}。`,
    problems: "审查中发现以下问题：",
    reason: (facts: { reason: string }) => `说明：${facts.reason}`,
    rectify: (facts: { months: number }) =>
      `你单位应当进行整改，整改期限为${facts.months}个月，整改结束后向本机关报送整改报告。具体事项以责令改正通知书为准。`,
    correctionTitle: (facts: { year: number }) => `${facts.year}年度报告补正通知书`,
    correctionBody: (facts: { year: number }) =>
      `你单位报送的${facts.year}年度工作报告收悉。经审查，需要补正的全部内容如下：`,
    correctionDue: (facts: { date: string }) =>
      `请于${facts.date}前（含当日）补正。本次为一次性告知，逾期不补正的，本机关按现有材料作出结论。`,
    orderTitle: "责令改正通知书",
    orderBody: (facts: { year: number; conclusion: string }) =>
      `你单位${facts.year}年度检查结论为${facts.conclusion}。现责令你单位对下列事项进行改正：`,
    orderDue: (facts: { date: string }) =>
      `改正期限至${facts.date}（含当日）。改正完成后，应当向本机关报送整改报告；逾期不改正的，将依照有关规定处理，并可能列入活动异常名录。`,
    conclusions: { passed: "合格", basic: "基本合格", failed: "不合格" },
  },
  en: {
    conclusionTitle: (facts) => `Conclusion of the annual inspection ${facts.year}`,
    conclusionBody: (facts) =>
      `Having examined the yearly report of ${facts.name} for ${facts.year}, this authority concludes: ${facts.conclusion}.`,
    problems: "These problems were found:",
    reason: (facts) => `Reason: ${facts.reason}`,
    rectify: (facts) =>
      `You are to rectify them within ${facts.months} months and then report; the order to rectify names the details.`,
    correctionTitle: (facts) => `Request to correct the yearly report ${facts.year}`,
    correctionBody: (facts) =>
      `Your yearly report for ${facts.year} has been received. Everything that must be corrected:`,
    correctionDue: (facts) =>
      `Please correct it by ${facts.date}, that day included. This is asked once; afterwards the conclusion rests on what is there.`,
    orderTitle: "Order to rectify",
    orderBody: (facts) =>
      `The conclusion of your annual inspection ${facts.year} is: ${facts.conclusion}. You are ordered to rectify:`,
    orderDue: (facts) =>
      `Rectify by ${facts.date}, that day included, and report. If this is not done in time the law applies, including the list of abnormal activity.`,
    conclusions: { passed: "passed", basic: "basic pass", failed: "failed" },
  },
});
