import type { Recount } from "../../../kernel/indicator/recount.ts";
import {
  enrolledIndicator,
  leftIndicator,
  people,
  refusedIndicator,
  stockIndicator,
  visitedIndicator,
  visitsIndicator,
} from "../visiting-care.indicators.ts";
import { countMarks, countMovements, countStock, countVisits } from "./recount.queries.ts";

/** Counts every figure of care anew from its rows (复核口径). */
export const recounts: readonly Recount[] = [
  {
    indicator: stockIndicator,
    count: async (tx) =>
      (await countStock(tx)).map((row) => ({
        indicator: stockIndicator,
        home: row.home_code,
        division: row.division_code,
        key: [row.state, row.risk, row.class_key],
        delta: row.count,
      })),
  },
  ...([enrolledIndicator, refusedIndicator] as const).map((indicator) => ({
    indicator,
    count: async (tx: Parameters<Recount["count"]>[0]) =>
      (await countMovements(tx, indicator === enrolledIndicator ? "enrolled" : "refused")).map((row) => ({
        indicator,
        home: row.home_code,
        division: row.division_code,
        period: row.month,
        key: people,
        delta: row.count,
      })),
  })),
  ...([visitedIndicator, leftIndicator] as const).map((indicator) => ({
    indicator,
    count: async (tx: Parameters<Recount["count"]>[0]) =>
      (await countMarks(tx, indicator === leftIndicator)).map((row) => ({
        indicator,
        home: row.home_code,
        division: row.division_code,
        period: row.month,
        key: people,
        delta: row.count,
      })),
  })),
  {
    indicator: visitsIndicator,
    count: async (tx) =>
      (await countVisits(tx)).map((row) => ({
        indicator: visitsIndicator,
        home: row.home_code,
        division: row.division_code,
        period: row.month,
        key: [row.mode],
        delta: row.count,
      })),
  },
];
