import { counted, defineWords } from "../../kernel/text/words.ts";

/** Sentences of what belongs to deliveries on the spot (现场签收用语). */
export const fieldWords = defineWords({
  zh: {
    errors: {
      "equipment/too-many-codes": (facts: { codes: number; most: number }) =>
        `这批设备有 ${facts.codes ?? 0} 个编号，一张发运单最多印 ${facts.most ?? 0} 个。请按包装箱分批发运。`,
    },
  },
  en: {
    errors: {
      "equipment/too-many-codes": (facts) =>
        `This shipment has ${counted(facts.codes ?? 0, "number")}; one note prints ${facts.most ?? 0} at most. Ship it in several parts.`,
    },
  },
});
