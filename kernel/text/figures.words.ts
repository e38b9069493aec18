import { counted, defineWords } from "./words.ts";

/** How figures read (数字写法). */
export const words = defineWords({
  zh: {
    none: "—",
    tenThousand: (facts: { figure: string; more: boolean }) => `${facts.figure}万${facts.more ? "余" : ""}`,
    hundredMillion: (facts: { figure: string; more: boolean }) => `${facts.figure}亿${facts.more ? "余" : ""}`,
    tenThousandYuan: (facts: { figure: string }) => `${facts.figure}万元`,
    about: (facts: { percent: string }) => `约${facts.percent}`,
    aboutLess: (facts: { percent: string }) => `下降约${facts.percent}`,
    times: (facts: { figure: string }) => `${facts.figure}倍`,
    grewTimes: (facts: { times: number; bound: "near" | "exact" | "over" }) =>
      `增长${facts.bound === "near" ? "近" : ""}${numeral(facts.times)}倍${facts.bound === "over" ? "多" : ""}`,
  },
  en: {
    none: "—",
    tenThousand: (facts) => `${facts.more ? "over " : ""}${facts.figure} ten thousand`,
    hundredMillion: (facts) => `${facts.more ? "over " : ""}${facts.figure} hundred million`,
    tenThousandYuan: (facts) => `CNY ${facts.figure} ten thousand`,
    about: (facts) => `about ${facts.percent}`,
    aboutLess: (facts) => `down about ${facts.percent}`,
    times: (facts) => counted(facts.figure, "time"),
    grewTimes: (facts) =>
      `grew ${facts.bound === "near" ? "nearly " : facts.bound === "over" ? "more than " : ""}${facts.times}-fold`,
  },
});

const digits = "零一二三四五六七八九";

/** Numbers below a hundred as words, as print has them; 两倍 for twice; larger ones as figures. */
function numeral(value: number): string {
  if (value === 2) return "两";
  if (value < 10) return digits[value] ?? String(value);
  if (value >= 100) return String(value);
  const tens = Math.floor(value / 10);
  const ones = value % 10;
  return `${tens === 1 ? "" : digits[tens]}十${ones === 0 ? "" : digits[ones]}`;
}
