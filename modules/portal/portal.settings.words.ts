import { defineWords } from "../../kernel/text/words.ts";

export const words = defineWords({
  zh: { smallCell: "敏感人群统计最小显示人数" },
  en: { smallCell: "Least number of persons shown for sensitive groups" },
});
