import { defineWords } from "../../kernel/text/words.ts";
import { words as sentences } from "./people.sentences.words.ts";

/** Every text people see in the register of people (人员库词表); names of classes and states stand in names.words.ts. */
export const words = defineWords({
  zh: {
    title: "人员库",
    errors: sentences.zh,
    duties: {
      "people.settle-pair": "核对疑似重复",
      "people.confirm-arrival": "确认迁入",
    },
    indicators: {
      "people.present": {
        name: "在册人员",
        definition: "人员库中的人员，按状态",
        base: "人员库全部记录",
        unit: "人",
      },
    },
    settings: {
      similarity: "疑似重复的相似度阈值",
      settlePairDays: "疑似重复核对期限（天）",
      confirmArrivalDays: "迁入确认期限（天）",
    },
  },
  en: {
    title: "Register of people",
    errors: sentences.en,
    duties: {
      "people.settle-pair": "Settle a possible double",
      "people.confirm-arrival": "Confirm an arrival",
    },
    indicators: {
      "people.present": {
        name: "People in the register",
        definition: "People of the register, by state",
        base: "all rows of the register",
        unit: "people",
      },
    },
    settings: {
      similarity: "Likeness from which a double is suspected",
      settlePairDays: "Days to settle a possible double",
      confirmArrivalDays: "Days to confirm an arrival",
    },
  },
});
