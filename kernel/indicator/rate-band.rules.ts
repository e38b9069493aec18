/** Where one band of a rate ends and the next begins (比率分档), in percent: everybody reached is a band of its own. */
export const bandLimits = [60, 80, 90, 100] as const;
export const bands = [0, 1, 2, 3, 4] as const;
export type Band = (typeof bands)[number];

/** The band of a rate as it is printed, "99.9%" or "99.9"; null without a rate. A band never stands alone: the figure is beside it. */
export function bandOf(rate: string | null): Band | null {
  const value = rate === null ? Number.NaN : Number.parseFloat(rate);
  if (Number.isNaN(value)) return null;
  return bandLimits.filter((limit) => value >= limit).length as Band;
}
