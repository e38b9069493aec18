import { defineWords } from "../../kernel/text/words.ts";

export const words = defineWords({
  zh: { band5a: "5A最低分", band4a: "4A最低分", band3a: "3A最低分", band2a: "2A最低分" },
  en: {
    band5a: "Least score for 5A",
    band4a: "Least score for 4A",
    band3a: "Least score for 3A",
    band2a: "Least score for 2A",
  },
});
