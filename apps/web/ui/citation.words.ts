import { defineWords } from "../../../kernel/text/words.ts";

/** How an article and its item are written (条款写法). */
export const words = defineWords({
  zh: {
    article: (facts: { article: string }) => `第${facts.article}条`,
    item: (facts: { item: string }) => `第${facts.item}项`,
  },
  en: {
    article: (facts: { article: string }) => ` art. ${facts.article}`,
    item: (facts: { item: string }) => ` (${facts.item})`,
  },
});
