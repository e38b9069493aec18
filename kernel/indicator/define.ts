/**
 * An indicator (指标): what is counted, over which base, in which unit, and how to reach its rows. `stock` counts what is
 * there now; `flow` counts what happened in a period. Leaf cells are kept in the same transaction as the rows they count.
 */
export interface Indicator {
  /** `module.thing`; name, definition, base and unit stand in the module's words under `indicators`. */
  readonly id: string;
  readonly behaviour: "stock" | "flow";
  /** Names of the dimensions, in the order in which a cell's key joins them with `|`. */
  readonly dimensions: readonly string[];
  /**
   * Digits of the divisions whose sums are kept beside the leaf cells; by default provinces and cities. What many write at
   * once in one county keeps counties (6) only: their rows are split, so that writers seldom meet.
   */
  readonly sums?: readonly SumLevel[];
  /** Shown on the portal, from the publication schema. */
  readonly public: boolean;
  /** Where the rows stand: console list path with `{dimension}`, `{division}`, `{period}` placeholders. */
  readonly rows: string;
}

/** Digits of a division whose sums may be kept (汇总层级): province, city, county. */
export type SumLevel = 2 | 4 | 6;

/** Where nothing else is said. */
export const usualSums: readonly SumLevel[] = [2, 4];

/** Declares an indicator. */
export function defineIndicator(indicator: Indicator): Indicator {
  return indicator;
}
