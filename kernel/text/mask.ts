import { communityEnd, compoundSurnames, countyEnd, townshipEnd } from "./mask-data.ts";
import { cleanText, toHalfWidth } from "./normalise.ts";

/** Kinds of personal data with a masked form of their own (脱敏字段). */
export type MaskField = "name" | "citizen_id" | "phone" | "bank_account" | "address";

const surnames = new Set(compoundSurnames);
const longestSurname = Math.max(...compoundSurnames.map((surname) => surname.length));

/**
 * The masked form of personal data (脱敏): 张*, 李*红, 欧阳**; 110105********002X; 138****5678; the last four digits of an
 * account; an address down to the community (PIPL arts. 6, 28, 51; the shapes are this product's convention).
 * What does not have the expected shape is hidden altogether rather than shown in part.
 */
export function mask(field: MaskField, value: string): string {
  const text = cleanText(value).text;
  if (text === "") return "";
  return masks[field](text);
}

const masks: Readonly<Record<MaskField, (text: string) => string>> = {
  name: maskName,
  citizen_id: maskCitizenId,
  phone: maskPhone,
  bank_account: maskBankAccount,
  address: maskAddress,
};

const stars = (count: number): string => "*".repeat(Math.max(0, count));

/** Counts what a reader sees as one character: a rare character may take two units and a variation selector. */
function characters(text: string): string[] {
  return text.match(/.[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]*/gsu) ?? [];
}

function maskName(text: string): string {
  const chars = characters(text);
  // Names of several parts (·, Latin words) show their first letter only; the parts stay countable.
  if (/[·•‧・\sA-Za-z]/.test(text))
    return chars.map((char, at) => (at === 0 || /[·•‧・\s]/.test(char) ? char : "*")).join("");
  if (chars.length === 1) return "*";
  for (let length = Math.min(longestSurname, chars.length - 1); length >= 2; length -= 1) {
    const surname = chars.slice(0, length).join("");
    if (surnames.has(surname)) return surname + stars(chars.length - length);
  }
  if (chars.length === 2) return `${chars[0]}*`;
  return `${chars[0]}${stars(chars.length - 2)}${chars.at(-1)}`;
}

function maskCitizenId(text: string): string {
  const code = toHalfWidth(text).replace(/\s/g, "");
  if (/^\d{17}[\dXx]$/.test(code)) return `${code.slice(0, 6)}${stars(8)}${code.slice(14)}`;
  if (/^\d{15}$/.test(code)) return `${code.slice(0, 6)}${stars(6)}${code.slice(12)}`;
  return stars(code.length);
}

function maskPhone(text: string): string {
  const number = toHalfWidth(text).replace(/[\s()]/g, "");
  const mobile = /^(?:\+?86-?|0086-?)?(1\d{2})-?\d{4}-?(\d{4})$/.exec(number);
  if (mobile !== null) return `${mobile[1]}${stars(4)}${mobile[2]}`;
  const line = /^(0[12]\d|0[3-9]\d{2})-?(\d{3,4})(\d{4})(?:-\d{1,6})?$/.exec(number);
  if (line !== null) return `${line[1]}-${stars(line[2]!.length)}${line[3]}`;
  return stars(number.length);
}

function maskBankAccount(text: string): string {
  const account = toHalfWidth(text).replace(/[\s-]/g, "");
  return account.length < 9 ? stars(account.length) : stars(account.length - 4) + account.slice(-4);
}

/** A house number before the community's name would give the house away, so that such an address ends a level higher. */
function maskAddress(text: string): string {
  for (const end of [communityEnd, townshipEnd]) {
    const found = end.exec(text);
    if (found === null) continue;
    const shown = text.slice(0, found.index + found[0].length);
    if (!/[\d０-９号栋幢室]/.test(shown)) return shown === text ? text : `${shown}${stars(4)}`;
  }
  const plain = /^[^\d０-９号栋幢室]*/.exec(text)![0];
  return `${countyEnd.exec(plain)?.[0] ?? ""}${stars(4)}`;
}
