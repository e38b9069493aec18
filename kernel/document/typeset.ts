/** What the typesetter must know of a font (字体度量): widths in ems, and which characters it can draw. */
export interface Face {
  width(text: string): number;
  has(codePoint: number): boolean;
}

/** A piece that is never broken (不可断单元): one Chinese character, one Latin word, a space, or a character without glyph. */
export interface Unit {
  readonly kind: "han" | "word" | "space" | "missing";
  readonly text: string;
  /** In points. */
  readonly width: number;
}

/** One line of type (行): indent and natural width in points; the last line of a paragraph is not justified. */
export interface Line {
  readonly units: readonly Unit[];
  readonly indent: number;
  readonly width: number;
  readonly isLast: boolean;
}

/** The measure of a column (栏宽): points. `indent` is the first line's, `hang` that of the following ones. */
export interface Measure {
  readonly size: number;
  readonly width: number;
  readonly indent?: number;
  readonly hang?: number;
}

const NEVER_FIRST = new Set("，。、；：？！）》〉」』】〕”’％%…—·,.;:?!)]}’”°℃");
const NEVER_LAST = new Set("（《〈「『【〔“‘([{￥¥＄$");
const CLOSING = new Set("，。、；：？！）》〉」』】〕”’");
/** A closing sign carries half an em of white: a line may be this much too long and be squeezed. */
const SQUEEZE = 0.5;

/** Letters, marks and figures of scripts written in words. */
const WORD = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{M}\p{Nd}@#&_/\\+=~^|<>.,:;'"%$()[\]{}!?*-]/u;
/** Characters that draw nothing: controls, direction marks, joiners, variation selectors. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Variation_Selector}]/u;

/** The code points of a text that a face cannot draw though they should be seen (字库缺字), each once: U+2B359. */
export function unprintable(text: string, face: Face): string[] {
  const codes = new Set<string>();
  for (const sign of text) {
    const code = sign.codePointAt(0) as number;
    if (!INVISIBLE.test(sign) && !face.has(code)) codes.add(codePointName(code));
  }
  return [...codes];
}

/** A code point as it is written (统一码). */
export function codePointName(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

/**
 * Breaks a paragraph into lines (断行) by the rules of Chinese typesetting: no closing sign begins a line, no opening sign
 * ends one, Latin words and figures stay whole unless wider than the column.
 * Shape: at least one line, also for an empty text. Characters that draw nothing are dropped.
 */
export function breakLines(text: string, face: Face, measure: Measure): Line[] {
  const clusters = clusterUnits(toUnits(text, face, measure));
  const lines: Line[] = [];
  let line: Unit[] = [];
  let used = 0;
  let indent = measure.indent ?? 0;
  const end = (isLast: boolean) => {
    const units = trimSpaces(line);
    lines.push({ units, indent, width: sum(units), isLast });
    [line, used, indent] = [[], 0, measure.hang ?? 0];
  };
  for (const cluster of clusters) {
    const width = sum(cluster);
    const last = cluster[cluster.length - 1] as Unit;
    const slack = CLOSING.has(last.text) ? SQUEEZE * measure.size : 0;
    if (line.length > 0 && last.kind !== "space" && used + width - slack > measure.width - indent + 0.01) end(false);
    if (line.length === 0 && last.kind === "space" && lines.length > 0) continue;
    line.push(...cluster);
    used += width;
  }
  end(true);
  return lines;
}

/**
 * Breaks a title into lines of like length between words (标题回行), as papers ask: whole words, balanced lines.
 * Shape: the texts of the lines; the text itself when it fits one line or cannot be balanced.
 */
export function balance(text: string, face: Face, measure: Measure): string[] {
  const count = breakLines(text, face, measure).length;
  if (count === 1) return [text];
  const words: string[] = [];
  for (const { segment } of new Intl.Segmenter("zh", { granularity: "word" }).segment(text)) {
    const isTied =
      words.length > 0 && (NEVER_FIRST.has(segment) || NEVER_LAST.has(words[words.length - 1]?.at(-1) ?? ""));
    if (isTied) words[words.length - 1] += segment;
    else words.push(segment);
  }
  const widths = words.map((word) => face.width(word) * measure.size);
  const ideal = widths.reduce((total, width) => total + width, 0) / count;
  const best = bestBreaks(widths, count, ideal, measure.width);
  return best ? best.map(([from, to]) => words.slice(from, to).join("")) : [text];
}

type Span = readonly [from: number, to: number];

/** The division into `count` lines whose widths differ least; undefined when a line would be wider than the column. */
function bestBreaks(widths: readonly number[], count: number, ideal: number, limit: number): Span[] | undefined {
  let found: { cost: number; spans: Span[] } | undefined;
  const seek = (from: number, left: number, cost: number, spans: Span[]) => {
    if (found && cost >= found.cost) return;
    if (left === 0) {
      if (from === widths.length) found = { cost, spans };
      return;
    }
    let width = 0;
    for (let to = from + 1; to <= widths.length - left + 1; to += 1) {
      width += widths[to - 1] as number;
      if (width > limit) break;
      seek(to, left - 1, cost + (width - ideal) ** 2, [...spans, [from, to]]);
    }
  };
  // A title of many lines is no title: the search would only cost time.
  if (count <= 4) seek(0, count, 0, []);
  return found?.spans;
}

/** How much wider (or, below zero, narrower) each gap between units becomes so that a line fills the column (两端对齐). */
export function gapOf(line: Line, measure: Measure): number {
  const slack = measure.width - line.indent - line.width;
  const gaps = line.units.length - 1;
  if (gaps < 1 || (line.isLast && slack >= 0)) return 0;
  const gap = slack / gaps;
  // A line holding one long address would be torn apart: it stays ragged.
  return gap > measure.size * 0.6 ? 0 : gap;
}

function toUnits(text: string, face: Face, measure: Measure): Unit[] {
  const units: Unit[] = [];
  let word = "";
  const endWord = () => {
    if (word !== "") units.push(...wordUnits(word, face, measure));
    word = "";
  };
  for (const sign of text) {
    if (INVISIBLE.test(sign) && sign !== "\t") continue;
    const isSpace = /[\s\u3000]/u.test(sign);
    if (isSpace || !WORD.test(sign) || !face.has(sign.codePointAt(0) as number)) endWord();
    if (isSpace) {
      const isWide = sign === "\u3000";
      units.push({
        kind: isWide ? "han" : "space",
        text: isWide ? sign : " ",
        width: (isWide ? 1 : face.width(" ")) * measure.size,
      });
    } else if (!face.has(sign.codePointAt(0) as number)) {
      units.push({ kind: "missing", text: sign, width: measure.size });
    } else if (WORD.test(sign)) word += sign;
    else units.push({ kind: "han", text: sign, width: face.width(sign) * measure.size });
  }
  endWord();
  return units;
}

/** A word wider than the column is cut where it must be: an address of 200 letters may not run off the paper. */
function wordUnits(word: string, face: Face, measure: Measure): Unit[] {
  const column = measure.width - Math.max(measure.indent ?? 0, measure.hang ?? 0);
  const whole = face.width(word) * measure.size;
  if (whole <= column) return [{ kind: "word", text: word, width: whole }];
  const units: Unit[] = [];
  let part = "";
  for (const sign of word) {
    if (part !== "" && face.width(part + sign) * measure.size > column) {
      units.push({ kind: "word", text: part, width: face.width(part) * measure.size });
      part = "";
    }
    part += sign;
  }
  if (part !== "") units.push({ kind: "word", text: part, width: face.width(part) * measure.size });
  return units;
}

/** Ties opening signs to what follows and closing signs to what precedes; a long row of them may still be broken. */
function clusterUnits(units: readonly Unit[]): Unit[][] {
  const clusters: Unit[][] = [];
  let open = false;
  for (const unit of units) {
    const last = clusters[clusters.length - 1];
    const isTied =
      last !== undefined && last.length < 6 && (open || (unit.kind === "han" && NEVER_FIRST.has(unit.text)));
    if (isTied && last[last.length - 1]?.kind !== "space") last.push(unit);
    else clusters.push([unit]);
    open = unit.kind === "han" && NEVER_LAST.has(unit.text);
  }
  return clusters;
}

function trimSpaces(units: readonly Unit[]): Unit[] {
  let end = units.length;
  while (end > 0 && units[end - 1]?.kind === "space") end -= 1;
  return units.slice(0, end);
}

function sum(units: readonly Unit[]): number {
  return units.reduce((total, unit) => total + unit.width, 0);
}
