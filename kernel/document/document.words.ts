import { defineWords } from "../text/words.ts";

/** Texts printed on every document (文书通用文字). */
export const documentWords = defineWords({
  zh: {
    basis: "依据",
    attachment: (facts: { number: number | null; name: string }) =>
      facts.number === null ? `附件：${facts.name}` : `${facts.number}. ${facts.name}`,
    attachments: "附件：",
    copies: (facts: { names: readonly string[] }) => `抄送：${facts.names.join("，")}。`,
    issued: (facts: { authority: string; date: string }) => `${facts.authority}　${facts.date}印发`,
    missing: "（无记载）",
    noRows: "（无记录）",
    page: (facts: { page: number; of: number }) => `第 ${facts.page} 页　共 ${facts.of} 页`,
    verificationCode: "核验码",
    verifyAt: "核验网址",
    digest: "内容摘要",
    electronicSeal: "电子文书",
    specimenSeal: "样章",
    specimenNote: "演示数据，不具法律效力",
    unprintable: (facts: { codes: readonly string[] }) =>
      `注：方框内的字不在本文书字库中，其统一码为 ${facts.codes.join("、")}。`,
    remedy: (facts: { body: string; days: string; court: string; months: string }) =>
      `如不服本决定，可以自收到本决定书之日起${facts.days}日内依法向${facts.body}申请行政复议，` +
      `也可以自收到本决定书之日起${facts.months}个月内依法向${facts.court}提起行政诉讼。` +
      "复议、诉讼期间不停止本决定的执行，法律另有规定的除外。",
    reportNumber: "报告编号",
    reportDate: "出具日期",
    reportAuthority: "出具机关",
  },
  en: {
    basis: "Basis",
    attachment: (facts) => (facts.number === null ? `Attachment: ${facts.name}` : `${facts.number}. ${facts.name}`),
    attachments: "Attachments:",
    copies: (facts) => `Copies: ${facts.names.join(", ")}.`,
    issued: (facts) => `${facts.authority}, printed ${facts.date}`,
    missing: "(not recorded)",
    noRows: "(no records)",
    page: (facts) => `Page ${facts.page} of ${facts.of}`,
    verificationCode: "Verification code",
    verifyAt: "Verify at",
    digest: "Content digest",
    electronicSeal: "Electronic",
    specimenSeal: "Specimen",
    specimenNote: "Demonstration data, without legal effect",
    unprintable: (facts) =>
      `Note: boxed characters are not in this document's font; their code points: ${facts.codes.join(", ")}.`,
    remedy: (facts) =>
      `If you disagree with this decision, you may apply to ${facts.body} for administrative reconsideration within ` +
      `${facts.days} days of receiving it, or bring an administrative lawsuit before ${facts.court} within ` +
      `${facts.months} months of receiving it. Unless the law provides otherwise, neither suspends the decision.`,
    reportNumber: "Report number",
    reportDate: "Date of issue",
    reportAuthority: "Issued by",
  },
});
