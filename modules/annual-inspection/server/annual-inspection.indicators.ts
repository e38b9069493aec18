import { defineIndicator } from "../../../kernel/indicator/define.ts";
import type { Bump } from "../../../kernel/indicator/indicator.ts";
import type { ReportRow } from "./annual-inspection.row.ts";

/** Reports of a year (年检报告), by kind and state: the figures of the progress board. */
export const reports = defineIndicator({
  id: "annual-inspection.reports",
  behaviour: "flow",
  dimensions: ["kind", "state"],
  public: true,
  rows: "/annual-inspection?year={period}&division={division}&kind={kind}&state={state}",
});

export const indicators = [reports] as const;

/** The change of counters when a report goes from one state to another; null = it did not exist. */
export function moves(
  report: Pick<ReportRow, "home_code" | "division_code" | "kind" | "year">,
  from: string | null,
  to: string,
): Bump[] {
  if (from === to) return [];
  const at = {
    indicator: reports,
    home: report.home_code,
    division: report.division_code,
    period: String(report.year),
  };
  return [
    ...(from === null ? [] : [{ ...at, key: [report.kind, from], delta: -1 }]),
    { ...at, key: [report.kind, to], delta: 1 },
  ];
}
