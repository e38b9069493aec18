import { pinyin } from "pinyin-pro";
import { characterReadings, phraseReadings, stoppedBefore, surnameReadings } from "./pinyin-overrides.ts";

interface Phrase {
  readonly text: string;
  readonly syllables: readonly string[];
}

/** One syllable a unit of the name: a Chinese character, or a run of letters and digits; "" where there is no reading. */
export interface Reading {
  readonly units: readonly string[];
  readonly syllables: readonly string[];
}

const singles = new Map<string, string>();

/** Phrases by first character, longest first, so that the first that fits is the right one. */
const phrases = new Map<string, Phrase[]>();
for (const [text, syllables] of phraseReadings) {
  const first = String.fromCodePoint(text.codePointAt(0)!);
  phrases.set(
    first,
    [...(phrases.get(first) ?? []), { text, syllables }].sort((a, b) => b.text.length - a.text.length),
  );
}

const han = /\p{Script=Han}/u;
const wordUnit = /[a-z0-9]/;

/**
 * The readings of a name already in its match form (读音): phrases of the override table first, then the character's own
 * reading without tone, ü as v. Signs and white space are left out. Characters without a reading have "".
 */
export function readingOf(name: string): Reading {
  const units: string[] = [];
  const syllables: string[] = [];
  for (let at = 0; at < name.length; ) {
    const code = name.codePointAt(at)!;
    const char = code > 0xffff ? name.slice(at, at + 2) : name[at]!;
    if (code < 0x80) {
      const end = wordUnit.test(char) ? endOfWord(name, at) : at;
      if (end > at) {
        const word = name.slice(at, end);
        units.push(word);
        syllables.push(word);
      }
      at = Math.max(end, at + 1);
      continue;
    }
    const phrase = phraseAt(name, char, at);
    if (phrase !== undefined) {
      for (const [position, unit] of [...phrase.text].entries()) {
        units.push(unit);
        syllables.push(phrase.syllables[position]!);
      }
      at += phrase.text.length;
      continue;
    }
    const single = readingOfCharacter(char);
    if (single !== undefined) {
      units.push(char);
      syllables.push(single);
    }
    at += char.length;
  }
  return { units, syllables };
}

function phraseAt(name: string, char: string, at: number): Phrase | undefined {
  return phrases.get(char)?.find(({ text }) => {
    if (!name.startsWith(text, at)) return false;
    const stop = stoppedBefore.get(text.at(-1)!);
    return stop === undefined || !stop.test(name.slice(at + text.length, at + text.length + 1));
  });
}

/**
 * The other reading of a short name as a person's name (姓名读音): the surname's own syllables, e.g. 单 shan, 解 xie. Undefined
 * when the name is no candidate or reads the same.
 */
export function surnameReading(reading: Reading): readonly string[] | undefined {
  const { units, syllables } = reading;
  if (units.length < 2 || units.length > 4) return undefined;
  if (placeEnd.test(units.at(-1)!)) return undefined;
  if (phraseReadings.has(units[0]! + units[1]!)) return undefined;
  const own = surnameReadings.get(units[0]! + units[1]!) ?? surnameReadings.get(units[0]!);
  if (own === undefined || own.every((syllable, at) => syllables[at] === syllable)) return undefined;
  return [...own, ...syllables.slice(own.length)];
}

/** Short names that end so are places or houses, whatever they begin with. */
const placeEnd = /^[县市区镇乡村旗路街巷道桥寺庙园会院校部厂店社馆]$/;

/** "" for a character without a reading, undefined for signs. */
function readingOfCharacter(char: string): string | undefined {
  const known = singles.get(char);
  if (known !== undefined) return known === sign ? undefined : known;
  const own = characterReadings.get(char)?.[0] ?? read(char);
  singles.set(char, own ?? sign);
  return own;
}

const sign = "\u0000";

function read(char: string): string | undefined {
  const syllable = pinyin(char, { toneType: "none", v: true, nonZh: "removed" }).replaceAll("ü", "v").toLowerCase();
  if (/^[a-z]+$/.test(syllable)) return syllable;
  return han.test(char) || /\p{Co}|\p{Cn}|\p{L}|\p{N}/u.test(char) ? "" : undefined;
}

function endOfWord(name: string, from: number): number {
  let at = from;
  while (at < name.length && wordUnit.test(name[at]!)) at += 1;
  return at;
}
