import type { Paper } from "./paper.ts";

/** A strip of a page that is never split (版面条): printed with its upper edge at y. Heights in points. */
export interface Strip {
  readonly height: number;
  /** Must stand on the same page as the next strip. */
  readonly keep?: boolean;
  /** Printed again above this strip when a page begins with it: the head of a table. */
  readonly repeat?: Strip;
  /** White space that is dropped at the top of a page. */
  readonly isSpace?: boolean;
  print(paper: Paper, y: number): void;
}

/** A strip at its place (定位条). */
export interface Placed {
  readonly strip: Strip;
  readonly y: number;
}

/**
 * Deals strips out to pages (分页): what must stay together moves to the next page together, unless it is longer than a
 * page by itself. `height` is the usable height of a page.
 */
export function paginate(strips: readonly Strip[], height: number): Placed[][] {
  const pages: Placed[][] = [[]];
  let used = 0;
  const page = () => pages[pages.length - 1] as Placed[];
  const place = (strip: Strip) => {
    page().push({ strip, y: used });
    used += strip.height;
  };
  const turn = () => {
    pages.push([]);
    used = 0;
  };
  for (let index = 0; index < strips.length; ) {
    const chain = chainFrom(strips, index);
    const whole = chain.reduce((total, strip) => total + strip.height, 0);
    const isSplit = whole > height;
    if (!isSplit && used + whole > height && page().length > 0) turn();
    for (const strip of chain) {
      if (isSplit && used + strip.height > height && page().length > 0) turn();
      const isTop = page().length === 0;
      if (strip.isSpace && isTop && pages.length > 1) continue;
      if (strip.repeat && isTop && pages.length > 1) place(strip.repeat);
      place(strip);
    }
    index += chain.length;
  }
  return pages;
}

function chainFrom(strips: readonly Strip[], start: number): Strip[] {
  let end = start;
  while (strips[end]?.keep && end < strips.length - 1) end += 1;
  return strips.slice(start, end + 1);
}

/** Ties the last `count` printed strips to what follows, so that a signature never stands alone on a page (防止孤页). */
export function keepTail(strips: readonly Strip[], count: number): Strip[] {
  let left = count;
  const kept = [...strips];
  for (let index = kept.length - 1; index >= 0 && left > 0; index -= 1) {
    const strip = kept[index] as Strip;
    kept[index] = { ...strip, keep: true, print: strip.print };
    if (!strip.isSpace) left -= 1;
  }
  return kept;
}

/** An empty strip (空白). */
export function space(height: number): Strip {
  return { height, isSpace: true, print: () => undefined };
}
