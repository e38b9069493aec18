import { defineSetting } from "../../kernel/settings/declare.ts";

const start = "2022-10-20";

function count(id: string, title: string, basis: "rule" | "local" | "found", value: number, min: number, max: number) {
  return defineSetting({
    id: `visiting-care.${id}`,
    title,
    unit: "count",
    basis,
    versions: [{ from: start, value }],
    min,
    max,
  });
}

/** Dated settings of visits and enrolment (探访关爱参数). The opinion leaves frequency to localities; the goal of 2025 does not. */
export const settings = [
  defineSetting({
    id: "visiting-care.elder-age",
    title: "elderAge",
    unit: "years",
    basis: "found",
    versions: [{ from: "1990-01-01", value: 60 }],
    min: 50,
    max: 100,
  }),
  count("high-visits-a-year", "highVisitsAYear", "local", 52, 1, 366),
  count("key-visits-a-year", "keyVisitsAYear", "local", 12, 1, 366),
  count("general-visits-a-year", "generalVisitsAYear", "local", 4, 1, 366),
  defineSetting({
    id: "visiting-care.special-monthly-floor",
    title: "specialMonthlyFloor",
    unit: "count",
    basis: "found",
    versions: [
      { from: start, value: 0 },
      { from: "2025-01-01", value: 1 },
    ],
    min: 0,
    max: 31,
  }),
  defineSetting({
    id: "visiting-care.monthly-goal",
    title: "monthlyGoal",
    unit: "share",
    basis: "found",
    versions: [
      { from: start, value: 0 },
      { from: "2025-01-01", value: 1 },
    ],
    min: 0,
    max: 1,
  }),
  defineSetting({
    id: "visiting-care.after-event-hours",
    title: "afterEventHours",
    unit: "hours",
    basis: "local",
    versions: [{ from: start, value: 24 }],
    min: 1,
    max: 720,
  }),
  defineSetting({
    id: "visiting-care.reassess-months",
    title: "reassessMonths",
    unit: "months",
    basis: "rule",
    versions: [{ from: start, value: 6 }],
    min: 1,
    max: 24,
  }),
  defineSetting({
    id: "visiting-care.future-minutes",
    title: "futureMinutes",
    unit: "minutes",
    basis: "rule",
    versions: [{ from: start, value: 10 }],
    min: 0,
    max: 1440,
  }),
  defineSetting({
    id: "visiting-care.parallel-minutes",
    title: "parallelMinutes",
    unit: "minutes",
    basis: "rule",
    versions: [{ from: start, value: 120 }],
    min: 0,
    max: 1440,
  }),
  count("place-tolerance", "placeTolerance", "rule", 500, 10, 100_000),
  count("phone-tries", "phoneTries", "rule", 2, 1, 20),
  count("first-alert-percent", "firstAlertPercent", "rule", 50, 1, 100),
  count("second-alert-percent", "secondAlertPercent", "rule", 90, 1, 100),
] as const;
