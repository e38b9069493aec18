import { defineWords } from "../text/words.ts";

/** Sentences of changes of divisions (区划变更用语). */
export const words = defineWords({
  zh: {
    errors: {
      "divisions/unknown": (facts: { code: string }) => `没有区划 ${facts.code}，或那一天已不再使用。`,
      "divisions/county-change":
        "这里只办理同一县（市、区）内乡镇和村（社区）的变更。县级以上的变更涉及登记管理机关，请联系系统维护人员。",
      "divisions/not-inside-one-county": "变更前后必须在同一县（市、区）内，级别相同。",
      "divisions/split": (facts: { code: string }) =>
        `${facts.code} 不能同时并入两处。拆分时请先把人员逐个迁入新区划，再停用原代码。`,
      "divisions/chain": (facts: { code: string }) =>
        `${facts.code} 本身也要变更，不能作为变更后的代码。请分两次办理。`,
      "divisions/name-missing": (facts: { code: string }) => `请填写 ${facts.code} 的名称。`,
      "divisions/nothing-changes": (facts: { code: string }) => `${facts.code} 的代码和名称都没有变化。`,
      "divisions/too-early": (facts: { code: string; since: string }) =>
        `${facts.code} 自 ${facts.since} 起使用，变更日期必须晚于这一天。`,
      "divisions/in-the-future": "变更日期在将来。请到那一天再办理。",
    },
  },
  en: {
    errors: {
      "divisions/unknown": (facts) => `There is no division ${facts.code}, or it is no longer in force on that day.`,
      "divisions/county-change":
        "Only townships and villages inside one county are changed here. A change of counties moves registration authorities: ask who maintains the system.",
      "divisions/not-inside-one-county": "Before and after must lie in one county and have the same level.",
      "divisions/split": (facts) =>
        `${facts.code} cannot go to two places. To split it, move people to the new division one by one, then end the old code.`,
      "divisions/chain": (facts) =>
        `${facts.code} is changed itself and cannot be what another becomes. Do it in two steps.`,
      "divisions/name-missing": (facts) => `Give the name of ${facts.code}.`,
      "divisions/nothing-changes": (facts) => `Neither code nor name of ${facts.code} changes.`,
      "divisions/too-early": (facts) => `${facts.code} is in force since ${facts.since}; the change must come later.`,
      "divisions/in-the-future": "The day of the change lies in the future. Come back on that day.",
    },
  },
});
