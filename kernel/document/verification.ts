import { randomBytes } from "node:crypto";
import { documentNumberText } from "./chinese.words.ts";

/** 31 signs, a prime number of them: no 0/O, 1/I/L, so that nothing read aloud or copied by hand is ambiguous. */
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const LENGTH = 12;

/**
 * Makes a verification code (核验码): 11 random signs (54 bits) and a check sign, without separators.
 * A single wrong sign and two neighbours swapped are always noticed, before the register is asked.
 */
export function verificationCode(random: (size: number) => Uint8Array = randomBytes): string {
  let text = "";
  while (text.length < LENGTH - 1) {
    for (const byte of random(LENGTH)) {
      // 248 is 8 times 31: beyond it some signs would be likelier than others.
      if (byte < 248 && text.length < LENGTH - 1) text += ALPHABET[byte % 31];
    }
  }
  return text + checkSign(text);
}

/** Reads a code however it was typed: spaces, hyphens, lower case, full width; undefined when it cannot be one. */
export function parseVerificationCode(typed: string): string | undefined {
  const text = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\u2010-\u2015-]/g, "");
  if (text.length !== LENGTH || [...text].some((sign) => !ALPHABET.includes(sign))) return undefined;
  return checkSign(text.slice(0, -1)) === text.at(-1) ? text : undefined;
}

/** A code as it is printed: three groups of four. */
export function printVerificationCode(code: string): string {
  return (code.match(/.{1,4}/g) ?? []).join("-");
}

/** A document number (发文字号): 青民社〔2026〕12号. Errors: RangeError for a year or sequence that is none. */
export function formatNumber(number: { readonly organ: string; readonly year: number; readonly seq: number }): string {
  const { organ, year, seq } = number;
  if (!Number.isInteger(year) || year < 1949 || year > 9999) throw new RangeError(`not a year: ${year}`);
  if (!Number.isSafeInteger(seq) || seq < 1) throw new RangeError(`not a sequence: ${seq}`);
  return documentNumberText(organ, year, seq);
}

function checkSign(text: string): string {
  let sum = 0;
  for (const [index, sign] of [...text].entries()) sum += (index + 1) * ALPHABET.indexOf(sign);
  return ALPHABET[sum % 31] as string;
}
