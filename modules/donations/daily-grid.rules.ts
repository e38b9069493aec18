import { parseLooseDate } from "../../kernel/clock/loose-date.ts";
import { readAmount } from "./amounts.rules.ts";

/** A total as it was published, beside what the details of its days add up to (公示数与明细合计). */
export interface StatedDay {
  readonly cell: string;
  readonly fen: number;
  readonly exactTo: 1;
  readonly on: string;
  readonly span: "day" | "to-date";
  /** What the details add up to. */
  readonly detailFen: number;
}

const fold = (text: string | undefined) => (text ?? "").normalize("NFKC").replace(/[\s\u200b-\u200f\ufeff]/g, "");

function letters(column: number): string {
  const low = String.fromCharCode(65 + (column % 26));
  return column < 26 ? low : `${letters(Math.floor(column / 26) - 1)}${low}`;
}

const at = (cells: readonly string[], pattern: RegExp): number[] =>
  cells.flatMap((cell, column) => (pattern.test(fold(cell)) ? [column] : []));

/**
 * Reads a table of days (识读逐日收支表): details by way of payment under 金额, and the totals of the day and to date that were
 * published; answers each published total with the sum of its details. Undefined when the grid is no such table.
 */
export function readDailyGrid(grid: readonly (readonly string[])[]): readonly StatedDay[] | undefined {
  const header = grid.findIndex((cells) => at(cells, /^金额$/).length > 1 && at(cells, /^当日收到捐款$/).length > 0);
  const columns = grid[header];
  if (!columns) return undefined;
  const details = at(columns, /^(金额|现金小额汇总)$/);
  const spans = [
    ...at(columns, /^当日收到捐款$/).map((column) => ({ column, span: "day" as const })),
    ...at(columns, /^累计收到捐款$/).map((column) => ({ column, span: "to-date" as const })),
  ].sort((one, other) => one.column - other.column);
  const stated: StatedDay[] = [];
  let sum = 0;
  for (const [index, cells] of grid.entries()) {
    if (index <= header) continue;
    // A number alone would be read as a sheet's day number: a day is written with its year and a separator.
    const written = cells.map(fold).find((cell) => /^\d{4}[-/.年]\d/.test(cell));
    const day = written === undefined ? undefined : parseLooseDate(written);
    if (day?.precision !== "day" || day.date === undefined) continue;
    const fenOf = (column: number) => {
      const read = readAmount(fold(cells[column]));
      return read.ok ? read.value : 0;
    };
    const detail = details.reduce((total, column) => total + fenOf(column), 0);
    sum += detail;
    for (const { column, span } of spans) {
      const fen = fenOf(column);
      if (fen === 0) continue;
      const cell = `${letters(column)}${index + 1}`;
      stated.push({ cell, fen, exactTo: 1, on: day.date, span, detailFen: span === "day" ? detail : sum });
    }
  }
  return stated;
}
