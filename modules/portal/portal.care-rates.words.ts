import { defineWords } from "../../kernel/text/words.ts";

/** Texts of the page of visit rates (探访率公开页面文字). */
export const words = defineWords({
  zh: {
    careRates: {
      title: (facts: { place: string }) => `${facts.place}老年人探访关爱`,
      home: "探访关爱",
      homeHelp: "独居、空巢、留守、失能、重残、计划生育特殊家庭老年人，每月是不是都有人上门看过",
      month: (facts: { month: string }) => `${facts.month.slice(0, 4)}年${Number(facts.month.slice(5))}月`,
      lead: (facts: { place: string; month: string; rate: string }) =>
        `${facts.month}，${facts.place}月探访率 ${facts.rate}。`,
      withheldLead: (facts: { place: string; month: string }) =>
        `${facts.month}，${facts.place}在探访的老年人不足十人，不公开比率。`,
      noBase: (facts: { place: string; month: string }) => `${facts.month}，${facts.place}没有需要探访的老年人。`,
      before: (facts: { month: string; rate: string }) => `上年同月（${facts.month}）为 ${facts.rate}。`,
      noBefore: "上年同月没有公开数据。",
      base: "月探访率＝当月至少见到一次的人数 ÷ 应探访的人数，只舍不入：少看一人，也不写 100%。人数不足十人的地方不公开，也不公开任何个人。",
      published: (facts: { date: string }) => `${facts.date}结账公布，结账后不再变动；有更正时另行公布。`,
      none: "还没有公布过月探访率。每月结账后在这里公布。",
      choose: "月份",
      show: "查看",
      map: (facts: { month: string }) => `各地${facts.month}月探访率`,
      mapNote: "每一格是一个地方，颜色越深探访率越高；同样的数字在下面的表里。",
      bands: { 0: "60% 以下", 1: "60%—80%", 2: "80%—90%", 3: "90%—100%", 4: "100%" },
      table: "各地与上年同月比",
      place: "地区",
      rate: "月探访率",
      yearBefore: "上年同月",
      withheld: "人数过少，不公开",
      missing: "—",
      years: "逐月与上年比",
      yearsChart: (facts: { from: string; to: string }) =>
        `${facts.from} 年与 ${facts.to} 年逐月探访率（折线图，数据见表）`,
      monthNumber: (facts: { month: number }) => `${facts.month}月`,
      year: (facts: { year: string }) => `${facts.year}年`,
      data: "下载全部月探访率数据",
      chain: "所在地区",
    },
  },
  en: {
    careRates: {
      title: (facts) => `Visits to older people in ${facts.place}`,
      home: "Visiting care",
      homeHelp: "Whether every older person who lives alone or needs care was visited this month",
      month: (facts) =>
        new Date(`${facts.month}-15T00:00:00Z`).toLocaleDateString("en-GB", {
          month: "long",
          year: "numeric",
          timeZone: "UTC",
        }),
      lead: (facts) => `In ${facts.month} the monthly visit rate of ${facts.place} was ${facts.rate}.`,
      withheldLead: (facts) =>
        `In ${facts.month} fewer than ten people were in visiting care in ${facts.place}; the rate is withheld.`,
      noBase: (facts) => `In ${facts.month} nobody in ${facts.place} was to be visited.`,
      before: (facts) => `A year before (${facts.month}) it was ${facts.rate}.`,
      noBefore: "There is no published figure of the same month a year before.",
      base: "The monthly visit rate is those seen at least once in the month, of those to be visited, never rounded up: with one person missed it is not 100%. Places with fewer than ten people are withheld, and nothing about any person is published.",
      published: (facts) =>
        `Closed and published on ${facts.date}; a closed figure does not change, corrections are published beside it.`,
      none: "No monthly visit rate has been published yet. They appear here when a month is closed.",
      choose: "Month",
      show: "Show",
      map: (facts) => `Monthly visit rates by place, ${facts.month}`,
      mapNote: "Each tile is a place; the darker, the higher the rate. The same figures stand in the table below.",
      bands: { 0: "below 60%", 1: "60% to 80%", 2: "80% to 90%", 3: "90% to 100%", 4: "100%" },
      table: "Places, compared with a year before",
      place: "Place",
      rate: "Monthly visit rate",
      yearBefore: "A year before",
      withheld: "Withheld, too few people",
      missing: "—",
      years: "Month by month, compared with the year before",
      yearsChart: (facts) => `Monthly visit rates of ${facts.from} and ${facts.to} (line chart, data in the table)`,
      monthNumber: (facts) =>
        new Date(Date.UTC(2024, facts.month - 1, 15)).toLocaleDateString("en-GB", { month: "short", timeZone: "UTC" }),
      year: (facts) => facts.year,
      data: "Download all monthly visit rates",
      chain: "Where this is",
    },
  },
});
