/** A share as printed where the goal is everybody (比率), floored to one decimal: 2999 of 3000 is 99.9%. Null without a base. */
export function rateText(done: number, base: number): string | null {
  if (base <= 0) return null;
  const tenths = Math.floor((done * 1_000) / base);
  return `${Math.floor(tenths / 10)}.${tenths % 10}%`;
}

/** The smallest group whose figures the public may see (最小公开人数): below it somebody could be recognised. */
export const smallestPublicGroup = 10;

/** The median of minutes (中位数), to one decimal; null of none. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const value =
    sorted.length % 2 === 1
      ? (sorted[Math.floor(middle)] as number)
      : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
  return Math.round(value * 10) / 10;
}

/** The month before a day (上月), "YYYY-MM". */
export function monthBefore(day: string): string {
  const [year, month] = day.split("-").map(Number) as [number, number];
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, "0")}`;
}
