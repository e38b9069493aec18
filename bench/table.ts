/** One measured figure beside its goal (测量结果). `ratio` is ours against the floor of the same run. */
export interface Figure {
  readonly figure: string;
  readonly value: string;
  readonly goal: string;
  readonly floor?: string;
  readonly ratio?: number;
  /** Absent where nothing is asked: the figure is only told. */
  readonly reached?: boolean;
  /** Why not, found by profiling; or what stands behind the figure. */
  readonly note?: string;
}

const wide = (text: string) => [...text].reduce((sum, char) => sum + (/[\u2e80-\uffef]/.test(char) ? 2 : 1), 0);
const pad = (text: string, width: number) => text + " ".repeat(Math.max(0, width - wide(text)));

/** The table as text, with what was not reached said as such. */
export function printed(title: string, figures: readonly Figure[]): string {
  const head = ["figure", "value", "goal", "floor", "ratio", "reached"];
  const rows = figures.map((one) => [
    one.figure,
    one.value,
    one.goal,
    one.floor ?? "",
    one.ratio === undefined ? "" : one.ratio.toFixed(2),
    one.reached === undefined ? "" : one.reached ? "yes" : "NOT REACHED",
  ]);
  const widths = head.map((name, at) => Math.max(wide(name), ...rows.map((row) => wide(row[at] as string))));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => pad(cell, widths[at] as number))
      .join("  ")
      .trimEnd();
  const notes = figures.filter((one) => one.note).map((one) => `  ${one.figure}: ${one.note}`);
  return [
    title,
    line(head),
    line(widths.map((width) => "-".repeat(width))),
    ...rows.map(line),
    ...(notes.length > 0 ? ["notes", ...notes] : []),
    "",
  ].join("\n");
}
