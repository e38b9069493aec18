/** Shows one number of persons as the rule says: itself, or null where it must not be told. */
export type Shown = (value: number, sensitive: boolean) => number | null;

/**
 * Hides small cells of one table (小单元格隐藏). Where exactly one cell of a sensitive table is hidden, the next smallest is
 * hidden too: the total and the others would give it away.
 */
export function suppress(values: readonly number[], sensitive: boolean, shown: Shown): (number | null)[] {
  const out = values.map((value) => (value === 0 ? 0 : shown(value, sensitive)));
  if (out.filter((value) => value === null).length !== 1) return out;
  let smallest = -1;
  out.forEach((value, at) => {
    if (value !== null && value > 0 && (smallest < 0 || value < (out[smallest] as number))) smallest = at;
  });
  if (smallest >= 0) out[smallest] = null;
  return out;
}

/** Code lengths of the division tree; the next finer one splits a table. */
const lengths = [1, 2, 4, 6, 9, 12] as const;

/** Digits of the divisions one level below (下一级区划位数). */
export function finer(code: string): number {
  return lengths[lengths.indexOf(code.length as 2) + 1] ?? 12;
}

/** Address of the rows behind a figure (数据明细). */
export function rowsOf(filters: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) if (value !== undefined) query.set(name, value);
  return `/search?${query.toString()}`;
}
