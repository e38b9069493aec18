import { defineWords } from "../../kernel/text/words.ts";

/** Texts of the receipt (捐赠票据用语); the paper itself is always Chinese. */
export const receiptWords = defineWords({
  zh: {
    title: "捐赠票据",
    donor: "捐赠人",
    payer: "付款人",
    forwarder: "转交人",
    recipient: "受赠人",
    on: "捐赠日期",
    cash: "现金金额（元）",
    goods: "捐赠物资",
    pieces: (facts: { item: string; quantity: string; unit: string }) =>
      `${facts.item}，${facts.quantity}${facts.unit}`,
    value: "物资价值（元，不计入现金）",
    valuation: "计价依据",
    valuations: { invoice: "发票", market: "市场价格", assessed: "评估", donor: "捐赠人申报", none: "未计价" },
    purpose: "用途",
    anyPurpose: "未限定用途",
    agreement: "捐赠协议",
    number: "查询号",
    thanks: (facts: { receipt: string }) =>
      `感谢捐赠。凭查询号 ${facts.receipt} 可以在公众门户查询本笔捐赠的去向，不需要登录。`,
  },
  en: {
    title: "Donation receipt",
    donor: "Donor",
    payer: "Paid by",
    forwarder: "Passed on by",
    recipient: "Recipient",
    on: "Date of the gift",
    cash: "Cash (yuan)",
    goods: "Goods",
    pieces: (facts) => `${facts.item}, ${facts.quantity} ${facts.unit}`,
    value: "Value of the goods (yuan, not part of cash)",
    valuation: "Valued by",
    valuations: {
      invoice: "invoice",
      market: "market price",
      assessed: "assessment",
      donor: "the donor's word",
      none: "not valued",
    },
    purpose: "Purpose",
    anyPurpose: "no particular purpose",
    agreement: "Agreement",
    number: "Number for enquiries",
    thanks: (facts) => `With the number ${facts.receipt} anybody may see on the portal where this gift went.`,
  },
});
