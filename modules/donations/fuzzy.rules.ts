/** A figure as published when it is not exact (模糊数字): its text, and what is known of its bounds. Never a count. */
export interface FuzzyFigure {
  readonly text: string;
  readonly value: number;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly exact: boolean;
}

const scales: Readonly<Record<string, number>> = {
  千: 1_000,
  万: 10_000,
  百万: 1_000_000,
  千万: 10_000_000,
  亿: 100_000_000,
};

/**
 * Reads a published figure (解析模糊数字): “近3000万” stays below it, “1万余”, “超500” and “6000多” above, “约20” is open on
 * both sides. Undefined when it is no figure.
 */
export function readFuzzy(text: string): FuzzyFigure | undefined {
  const folded = text.normalize("NFKC").replace(/[\s,]/g, "").slice(0, 60);
  const match =
    /^(近|将近|接近|约|大约|超|超过|逾|>|≥|<|不足|不到)?(\d{1,15}(?:\.\d{1,6})?)(百万|千万|万|亿|千)?(余|多)?(元|个|家|台|件|人)?(?:以上)?$/.exec(
      folded,
    );
  if (!match) return undefined;
  const [, before = "", digits = "", scale = "", after = ""] = match;
  const value = Math.round(Number(digits) * (scales[scale] ?? 1));
  const above = /超|逾|>|≥/.test(before) || after !== "" || folded.endsWith("以上");
  const below = /近|<|不足|不到/.test(before);
  const about = /约/.test(before);
  return {
    text,
    value,
    lower: above || !(below || about) ? value : null,
    upper: below || !(above || about) ? value : null,
    exact: !(above || below || about),
  };
}

/** How many of one thing there are for each of another (平均数), half up to `decimals`; of nothing there is no average. */
export function perEach(total: number, each: number, decimals = 1): string | null {
  if (!(each > 0)) return null;
  const scale = 10 ** decimals;
  return (Math.floor((total * scale * 2 + each) / (each * 2)) / scale).toFixed(decimals);
}
