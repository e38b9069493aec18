import { defineWords } from "../text/words.ts";

/** How a calendar date reads (日期写法). */
export const words = defineWords({
  zh: {
    date: (facts: { year: number; month: number; day: number }) => `${facts.year}年${facts.month}月${facts.day}日`,
  },
  en: { date: (facts) => `${facts.day} ${englishMonths[facts.month - 1]} ${facts.year}` },
});

const englishMonths = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
