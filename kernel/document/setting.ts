import type { OpenFont, Weight } from "./fonts.ts";

/** How body text is set (正文版式): points; `x` is the left edge of the column. */
export interface Setting {
  readonly size: number;
  readonly pitch: number;
  readonly x: number;
  readonly width: number;
  /** First-line indent of a paragraph, in ems. */
  readonly indent: number;
  /** White space after a block. */
  readonly after: number;
  /** `grid`: closed cells, as official papers have them; otherwise fine rules between rows only. */
  readonly table: { readonly size: number; readonly pitch: number; readonly grid: boolean };
  font(weight: Weight): OpenFont;
}

/** Where the baseline stands in a line of this pitch: Chinese characters sit 0.88 em above and 0.12 em below it. */
export function baseline(setting: { readonly size: number; readonly pitch: number }): number {
  return setting.pitch / 2 + setting.size * 0.38;
}
