import { matchKey } from "../text/normalise.ts";
import { type Reading, readingOf, surnameReading } from "./pinyin.ts";

/** How a typed query finds rows (检索方式); tokens by `=`, prefixes by the half-open range `prefixRange` gives. */
export type Query =
  | { readonly kind: "bigrams"; readonly tokens: readonly string[] }
  | { readonly kind: "pinyin"; readonly prefix: string }
  | { readonly kind: "code"; readonly prefix: string }
  | { readonly kind: "too-short" };

/** Where the area ends at the head of a name (行政区划前缀), so that 慈善总会 is found without its city. */
const areaEnd = /[省市县区州盟旗镇乡村]/;
const areaLimit = 9;

/**
 * The tokens a name is found by (检索词), each once: pairs of neighbouring characters, the whole pinyin without spaces, the
 * initials, and both again without the area in front. 杭州市慈善总会 has 杭州 ... 总会, hangzhoushicishanzonghui, hzscszh,
 * cishanzonghui, cszh. Single characters are no token. Short names get their reading as a person's name besides.
 */
export function nameTokens(name: string): string[] {
  const key = matchKey(name);
  const tokens = new Set<string>();
  addBigrams(tokens, key);
  const reading = readingOf(key);
  const { units, syllables } = reading;
  if (units.length === 0) return [...tokens];
  addPinyin(tokens, units, syllables, 0);
  const asPerson = surnameReading(reading);
  if (asPerson !== undefined) addPinyin(tokens, units, asPerson, 0);
  const last = Math.min(units.length - 2, areaLimit);
  for (let at = 1; at < last; at += 1) {
    // 杭州市 ends once, after 市.
    if (areaEnd.test(units[at]!) && !areaEnd.test(units[at + 1]!)) addPinyin(tokens, units, syllables, at + 1);
  }
  return [...tokens];
}

/**
 * What a typed query asks for (解析检索): two characters suffice; letters alone are pinyin or initials from the front; four
 * digits or more, or six characters of code with a digit, are the front of a code.
 */
export function queryTokens(query: string): Query {
  const key = matchKey(query).replace(/[\u0300-\u036f'’]/g, "");
  const letters = key
    .normalize("NFD")
    .replaceAll("u\u0308", "v")
    .replace(/[\u0300-\u036f]/g, "");
  if (/^[a-z]+$/.test(letters)) return letters.length < 2 ? { kind: "too-short" } : { kind: "pinyin", prefix: letters };
  if (/^\d{4,18}$/.test(key) || /^(?=.*\d)[0-9a-z]{6,18}$/.test(key))
    return { kind: "code", prefix: key.toUpperCase() };
  const tokens = new Set<string>();
  addBigrams(tokens, key);
  return tokens.size === 0 ? { kind: "too-short" } : { kind: "bigrams", tokens: [...tokens] };
}

/** The half-open range of all texts that begin with an ASCII `prefix` (前缀范围), in byte order. */
export function prefixRange(prefix: string): { readonly lo: string; readonly hi: string } {
  const end = prefix.length - 1;
  return { lo: prefix, hi: prefix.slice(0, end) + String.fromCharCode(prefix.charCodeAt(end) + 1) };
}

/**
 * The stored key names are sorted by (拼音排序键), in byte order: syllables with a space between, so that 安 stands before 昂;
 * characters without a reading come last, by code point. Persons' names are read as such.
 */
export function pinyinKey(name: string): string {
  const key = matchKey(name);
  const reading = readingOf(key);
  const syllables = surnameReading(reading) ?? reading.syllables;
  if (syllables.length === 0) return [...key].map(byCodePoint).join(" ");
  return syllables.map((syllable, at) => (syllable === "" ? byCodePoint(reading.units[at]!) : syllable)).join(" ");
}

/**
 * How alike two names are (名称相似度), 0 to 1: shared pairs of characters weigh six tenths, shared pairs of syllables four, so
 * that a homophone is close and the same name is 1. Symmetric.
 */
export function similarity(a: string, b: string): number {
  const left = gramsOf(a);
  const right = gramsOf(b);
  if (left.key === right.key) return left.key === "" ? 0 : 1;
  return 0.6 * dice(left.characters, right.characters) + 0.4 * dice(left.syllables, right.syllables);
}

function addBigrams(tokens: Set<string>, key: string): void {
  let before = "";
  for (let at = 0; at < key.length; ) {
    const code = key.codePointAt(at)!;
    const char = code > 0xffff ? key.slice(at, at + 2) : key[at]!;
    at += char.length;
    // Brackets and dots do not part what people type without them.
    if (isSelector(code) || isSign(code)) continue;
    if (before !== "") tokens.add(before + char);
    before = char;
  }
}

function addPinyin(tokens: Set<string>, units: readonly string[], syllables: readonly string[], from: number): void {
  let whole = "";
  let initials = "";
  for (let at = from; at < syllables.length; at += 1) {
    const syllable = syllables[at]!;
    if (syllable === "") continue;
    whole += syllable;
    initials += syllable === units[at] ? syllable : syllable[0];
  }
  if (whole.length > 1) tokens.add(whole);
  if (initials.length > 1) tokens.add(initials);
}

/** Variation selectors choose a shape, not another character. */
function isSelector(code: number): boolean {
  return (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef);
}

const signPattern = /[\p{P}\p{S}\p{Z}\p{C}]/u;

function isSign(code: number): boolean {
  if (code >= 0x4e00 && code <= 0x9fff) return false;
  if ((code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a)) return false;
  if ((code >= 0xe000 && code <= 0xf8ff) || code >= 0x20000) return false;
  return signPattern.test(String.fromCodePoint(code));
}

function byCodePoint(char: string): string {
  return `~${char.codePointAt(0)!.toString(16).padStart(6, "0")}`;
}

interface Grams {
  readonly key: string;
  readonly characters: ReadonlySet<string>;
  readonly syllables: ReadonlySet<string>;
}

const remembered = new Map<string, Grams>();
const rememberedLimit = 20_000;

function gramsOf(name: string): Grams {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const key = matchKey(name);
  const characters = new Set<string>();
  addBigrams(characters, key);
  const grams: Grams = { key, characters, syllables: pairs(readingOf(key)) };
  // A full table is dropped whole: names are compared in runs, and counting uses would cost more than it saves.
  if (remembered.size >= rememberedLimit) remembered.clear();
  remembered.set(name, grams);
  return grams;
}

function pairs({ units, syllables }: Reading): Set<string> {
  const found = new Set<string>();
  for (let at = 1; at < syllables.length; at += 1)
    found.add(`${syllables[at - 1] || units[at - 1]} ${syllables[at] || units[at]}`);
  return found;
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const gram of small) if (large.has(gram)) shared += 1;
  return (2 * shared) / (a.size + b.size);
}
