import { defineIndicator } from "../../kernel/indicator/define.ts";

/** People kept in visiting care now (探访对象) by state, risk and classes: the totals of lists. */
export const stockIndicator = defineIndicator({
  id: "visiting-care.stock",
  behaviour: "stock",
  dimensions: ["state", "risk", "classes"],
  sums: [6],
  public: false,
  rows: "/care/people?division={division}&state={state}&risk={risk}",
});

/** Who came less who left in a month (在探访人数增减): their sum up to a month is the enrolled of its last day. */
export const enrolledIndicator = defineIndicator({
  id: "visiting-care.enrolled",
  behaviour: "flow",
  dimensions: ["what"],
  sums: [6],
  public: false,
  rows: "/care/people?division={division}&state=enrolled&month={period}",
});

/** People with a valid visit in a month (当月已探访), each once. */
export const visitedIndicator = defineIndicator({
  id: "visiting-care.visited",
  behaviour: "flow",
  dimensions: ["what"],
  sums: [6],
  public: false,
  rows: "/care/people?division={division}&month={period}&visited=yes",
});

/** People whose care ended in a month after a visit (访后结案): they stay in its base. */
export const leftIndicator = defineIndicator({
  id: "visiting-care.left-after-visit",
  behaviour: "flow",
  dimensions: ["what"],
  sums: [6],
  public: false,
  rows: "/care/people?division={division}&state=closed&month={period}",
});

/** Who refused less who agreed again in a month (不同意人数增减). */
export const refusedIndicator = defineIndicator({
  id: "visiting-care.refused",
  behaviour: "flow",
  dimensions: ["what"],
  sums: [6],
  public: false,
  rows: "/care/people?division={division}&state=refused",
});

/** Valid visits of a month by way (探访人次). */
export const visitsIndicator = defineIndicator({
  id: "visiting-care.visits",
  behaviour: "flow",
  dimensions: ["mode"],
  sums: [6],
  public: false,
  rows: "/care/visits?division={division}&month={period}&mode={mode}&counts=yes",
});

/** The only key of counters that are not split. */
export const people = ["people"] as const;

export const indicators = [
  stockIndicator,
  enrolledIndicator,
  visitedIndicator,
  leftIndicator,
  refusedIndicator,
  visitsIndicator,
] as const;
