import { defineWords } from "../../kernel/text/words.ts";

/** Words of complaints (投诉举报用语). */
export const words = defineWords({
  zh: {
    title: "投诉举报",
    number: (facts: { year: string; sequence: string }) => `投${facts.year}-${facts.sequence}`,
    states: {
      received: "已收到，待受理",
      accepted: "已受理，待指派",
      assigned: "已指派，办理中",
      replied: "已答复，待办结",
      reviewing: "申请了复核，待复核答复",
      reviewed: "已复核答复，待办结",
      not_ours: "不属于本机关职责",
      closed: "已办结",
    },
    transitions: {
      receive: "收到",
      accept: "受理",
      "not-ours": "告知不属于本机关职责",
      assign: "指派承办人",
      reply: "答复",
      "ask-review": "投诉人申请复核",
      "answer-review": "复核答复",
      close: "办结",
    },
    duties: { "complaints.accept": "受理投诉举报", "complaints.review": "复核投诉举报答复" },
    sealed: { complainant_name: "投诉人姓名", complainant_contact: "投诉人联系方式" },
    settings: {
      acceptWorkingDays: "投诉举报受理期限",
      reviewDays: "答复后可以申请复核的天数",
      reviewWorkingDays: "复核答复期限",
    },
    errors: {
      "complaints/unknown": "没有这件投诉举报，或不在您的管辖范围。",
      "complaints/not-your-register": "这件投诉举报由另一登记管理机关办理，您只能查看。",
    },
  },
  en: {
    title: "Complaints",
    number: (facts) => `投${facts.year}-${facts.sequence}`,
    states: {
      received: "Received, waiting to be accepted",
      accepted: "Accepted, nobody named yet",
      assigned: "Being handled",
      replied: "Answered, to be closed",
      reviewing: "A review was asked for",
      reviewed: "Answered after a review, to be closed",
      not_ours: "Another body is responsible",
      closed: "Closed",
    },
    transitions: {
      receive: "Received",
      accept: "Accept",
      "not-ours": "Say that another body is responsible",
      assign: "Name who handles it",
      reply: "Answer",
      "ask-review": "The sender asks for a review",
      "answer-review": "Answer after a review",
      close: "Close",
    },
    duties: { "complaints.accept": "Accept a complaint", "complaints.review": "Review the answer to a complaint" },
    sealed: { complainant_name: "Name of the sender", complainant_contact: "Contact of the sender" },
    settings: {
      acceptWorkingDays: "Term for accepting a complaint",
      reviewDays: "Days within which a review may be asked for",
      reviewWorkingDays: "Term for answering a review",
    },
    errors: {
      "complaints/unknown": "There is no such complaint, or it is outside your division.",
      "complaints/not-your-register": "Another registration authority handles this complaint; you may only read it.",
    },
  },
});
