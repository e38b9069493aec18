import { counted, defineWords } from "../../../kernel/text/words.ts";

/** Words of deliveries on today's list (今日签收用语); those of a delivery itself come with its screens. */
export const words = defineWords({
  zh: {
    items: { oxygen_concentrator: "制氧机", oximeter: "血氧仪" },
    units: { oxygen_concentrator: "台", oximeter: "个" },
    quantity: (facts: { item: string; count: number; unit: string }) => `${facts.item} ${facts.count} ${facts.unit}`,
    separator: "、",
    list: {
      title: (facts: { count: number }) => `设备签收（${facts.count} 批）`,
      late: (facts: { count: number }) => `${facts.count} 批逾期`,
      waiting: (facts: { what: string }) => `待签收：${facts.what}`,
      settled: "已签收，差异整改中",
      signedHere: "已签收",
      overdue: (facts: { days: number }) => `逾期 ${facts.days} 天`,
      due: (facts: { days: number }) => (facts.days === 0 ? "今天到期" : `还剩 ${facts.days} 天`),
      started: "清点了一半",
      more: (facts: { count: number }) => `再看 ${facts.count} 批`,
    },
  },
  en: {
    items: { oxygen_concentrator: "oxygen concentrator", oximeter: "oximeter" },
    units: { oxygen_concentrator: "pieces", oximeter: "pieces" },
    quantity: (facts) => `${facts.count} × ${facts.item}`,
    separator: ", ",
    list: {
      title: (facts) => `Deliveries (${facts.count})`,
      late: (facts) => `${facts.count} late`,
      waiting: (facts) => `To be signed for: ${facts.what}`,
      settled: "Signed for; something is being put right",
      signedHere: "Signed for",
      overdue: (facts) => `${counted(facts.days, "day")} late`,
      due: (facts) => (facts.days === 0 ? "due today" : `${counted(facts.days, "day")} left`),
      started: "half counted",
      more: (facts) => `${facts.count} more`,
    },
  },
});
