import { words } from "./figures.words.ts";
import type { Locale } from "./words.ts";

/** A whole number: bigint, or a number that holds it exactly. */
export type Whole = bigint | number;

/** How a figure is written: as in print (3.76万余), grouped (37,624), or plain (37624). */
export type FigureMode = "newspaper" | "grouped" | "plain";

/**
 * A whole number as people read it (数字写法). In print it is cut, never rounded up, to two decimals of 万 or 亿 and says 余
 * when something was cut. All arithmetic is exact. Throws RangeError on what is not a whole number.
 */
export function formatFigure(value: Whole, mode: FigureMode, locale: Locale = "zh"): string {
  const figure = toBig(value);
  const sign = figure < 0n ? "-" : "";
  const size = abs(figure);
  if (mode === "grouped") return sign + group(size.toString());
  if (mode === "plain" || size < 10_000n) return figure.toString();
  const unit = size < 100_000_000n ? 10_000n : 100_000_000n;
  const hundredths = (size * 100n) / unit;
  const facts = { figure: sign + trimmed(hundredths, 2), more: hundredths * unit !== size * 100n };
  return unit === 10_000n ? words[locale].tenThousand(facts) : words[locale].hundredMillion(facts);
}

/** Options of a percentage: decimals (1 unless told); `floor` cuts, so that 100.0% is shown only when nobody is missing. */
export interface PercentOptions {
  readonly floor?: boolean;
  readonly decimals?: number;
}

/** A share as a percentage (百分比), half up: 1464 of 4448 is 32.9%. Of nothing there is no share: "—". */
export function formatPercent(part: Whole, whole: Whole, options: PercentOptions = {}): string {
  const decimals = options.decimals ?? 1;
  const of = toBig(whole);
  if (of === 0n) return words.zh.none;
  const scaled = toBig(part) * 100n * 10n ** BigInt(decimals);
  return `${fixed(options.floor ? floorDiv(scaled, of) : roundDiv(scaled, of), decimals)}%`;
}

/** Growth in its three wordings, which are never mixed (增长): by how much per cent, roughly, and to how many times. */
export interface Growth {
  /** (to - from) / from, half up to one decimal: 388.7%. */
  readonly text: string;
  /** Rough wording: 约60% to the nearest ten below 100%, 增长近四倍 from there. */
  readonly approx: string;
  /** to / from, half up to two decimals: 4.89倍. */
  readonly ratio: string;
}

/** Growth from one whole number to another (增长率、倍数); from nothing there is none: "—". */
export function describeGrowth(from: Whole, to: Whole, locale: Locale = "zh"): Growth {
  const base = toBig(from);
  const now = toBig(to);
  const table = words[locale];
  if (base <= 0n) return { text: table.none, approx: table.none, ratio: table.none };
  const more = now - base;
  const ratio = table.times({ figure: trimmed(roundDiv(now * 100n, base), 2) });
  const text = formatPercent(more, base);
  if (more >= base) return { text, approx: table.grewTimes(roughTimes(more, base)), ratio };
  const percent = abs(more) * 100n;
  // Below ten per cent the nearest ten would be nought.
  const rough = percent < base * 10n ? roundDiv(percent, base) : roundDiv(percent, base * 10n) * 10n;
  const facts = { percent: `${rough}%` };
  return { text, approx: more < 0n ? table.aboutLess(facts) : table.about(facts), ratio };
}

/**
 * The figure before a published growth (反推基数), half up: 37,624 after 84.7% more came from 20,370. `growth` is the text
 * printed, e.g. "84.7%" or "-3.2%". Throws RangeError on another text, and on -100% or less.
 */
export function growthBase(to: Whole, growth: string): bigint {
  const match = /^([+-]?)(\d{1,9})(?:\.(\d{1,6}))?[%％]$/.exec(growth.trim());
  if (match === null) throw new RangeError(`not a percentage: ${growth.slice(0, 40)}`);
  const decimals = match[3] ?? "";
  const scale = 100n * 10n ** BigInt(decimals.length);
  const rate = BigInt(match[2]! + decimals) * (match[1] === "-" ? -1n : 1n);
  if (scale + rate <= 0n) throw new RangeError(`nothing is left after ${growth}`);
  return roundDiv(toBig(to) * scale, scale + rate);
}

/** Units money is shown in: yuan, or ten thousand yuan (万元). */
export type MoneyUnit = "yuan" | "wan";

/**
 * Money from fen (金额): "1,234.50" in yuan without a unit, exact to the fen; "12.35万元" half up to two decimals.
 * Throws RangeError on what is not whole fen.
 */
export function formatMoney(fen: Whole, unit: MoneyUnit = "yuan", locale: Locale = "zh"): string {
  const amount = toBig(fen);
  const hundredths = unit === "yuan" ? amount : roundDiv(amount, 10_000n);
  const text = fixed(hundredths, 2);
  const negative = text.startsWith("-");
  const [whole, part] = (negative ? text.slice(1) : text).split(".");
  const figure = `${negative ? "-" : ""}${group(whole!)}.${part}`;
  return unit === "yuan" ? figure : words[locale].tenThousandYuan({ figure });
}

/** Fen to yuan without grouping (元), as sheets and files carry it: "1234.50". */
export function toYuan(fen: Whole): string {
  return fixed(toBig(fen), 2);
}

/**
 * Fen from a written amount of yuan (解析金额): "1,234.50", "￥1234.5", "200元", "12.5万元", full-width signs. Undefined when it
 * is no amount, has a fraction of a fen, or groups its digits wrongly; nothing is rounded.
 */
export function parseMoney(text: string): bigint | undefined {
  const plain = text
    .slice(0, 60)
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u3000￥¥]/g, "");
  const match = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,18})(?:\.(\d{1,12}))?(万元?|亿元?|元)?$/.exec(plain);
  if (match === null) return undefined;
  const [, sign, whole, decimals = "", unit = ""] = match;
  const scale = unit.startsWith("万") ? 6 : unit.startsWith("亿") ? 10 : 2;
  const kept = decimals.slice(0, scale).padEnd(scale, "0");
  if (/[1-9]/.test(decimals.slice(scale))) return undefined;
  const fen = BigInt(whole!.replaceAll(",", "") + kept);
  return sign === "-" ? -fen : fen;
}

function toBig(value: Whole): bigint {
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new RangeError(`not a whole number: ${value}`);
  return BigInt(value);
}

const abs = (value: bigint): bigint => (value < 0n ? -value : value);

function floorDiv(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by !== 0n && value < 0n !== by < 0n ? quotient - 1n : quotient;
}

/** Half away from zero, so that a loss reads as the gain of the same size does. */
function roundDiv(value: bigint, by: bigint): bigint {
  const size = (abs(value) * 2n + abs(by)) / (abs(by) * 2n);
  return value < 0n !== by < 0n ? -size : size;
}

function fixed(scaled: bigint, decimals: number): string {
  const digits = abs(scaled)
    .toString()
    .padStart(decimals + 1, "0");
  const cut = digits.length - decimals;
  const sign = scaled < 0n ? "-" : "";
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, cut)}.${digits.slice(cut)}`;
}

function trimmed(scaled: bigint, decimals: number): string {
  return fixed(scaled, decimals).replace(/\.?0+$/, "");
}

function group(digits: string): string {
  return digits.replace(/\B(?=(?:\d{3})+$)/g, ",");
}

function roughTimes(more: bigint, base: bigint): { times: number; bound: "near" | "exact" | "over" } {
  const times = more / base;
  const rest = more % base;
  if (rest === 0n) return { times: Number(times), bound: "exact" };
  return rest * 2n >= base ? { times: Number(times + 1n), bound: "near" } : { times: Number(times), bound: "over" };
}
