/** A stretch of a shard's inflow or outflow (区段), half-open, in fen or pieces. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A position once what corrections took out is not counted; `voids` in order, without overlap. */
export function withoutVoids(position: number, voids: readonly Stretch[]): number {
  let out = 0;
  for (const gap of voids) {
    if (gap.from >= position) break;
    out += Math.min(gap.to, position) - gap.from;
  }
  return position - out;
}

/** The first real position that stands for one counted without corrections. */
export function withVoids(position: number, voids: readonly Stretch[]): number {
  let at = position;
  for (const gap of voids) {
    if (gap.from > at) break;
    at += gap.to - gap.from;
  }
  return at;
}

/** What two stretches share; nothing when they do not meet. */
export function overlap(a: Stretch, b: Stretch): Stretch | undefined {
  const from = Math.max(a.from, b.from);
  const to = Math.min(a.to, b.to);
  return from < to ? { from, to } : undefined;
}

/** One side of an entry with its place among the sides of the same direction. */
export interface Side<Line> {
  readonly line: Line;
  readonly from: number;
  readonly to: number;
}

/** The sides of an entry that give and those that take, laid end to end in their order: equal places belong together. */
export function sidesOf<Line extends { readonly amount: number }>(lines: readonly Line[]) {
  const lay = (some: readonly Line[]): Side<Line>[] => {
    let at = 0;
    return some.map((line) => {
      const from = at;
      at += Math.abs(line.amount);
      return { line, from, to: at };
    });
  };
  return { gives: lay(lines.filter((line) => line.amount < 0)), takes: lay(lines.filter((line) => line.amount > 0)) };
}
