import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { commonPasswords, commonWords } from "./common-passwords.ts";

/** The cost of new hashes (口令散列参数): about 60 ms and 32 MB a try. Raising them makes older hashes due for renewal. */
const COST = { N: 32_768, r: 8, p: 1 } as const;
const KEY_BYTES = 32;
const MAXMEM = 512 * 1024 * 1024;

export const MINIMUM_LENGTH = 10;
/** Longer texts are refused, not cut: a cut password would open with less than was typed. */
export const MAXIMUM_LENGTH = 256;

/** Why a password is refused (口令不合要求); the sentence is made from words. */
export type PasswordProblem =
  | "too-short"
  | "too-long"
  | "common"
  | "repeats"
  | "sequence"
  | "digits-only"
  | "contains-account";

interface Parsed {
  readonly N: number;
  readonly r: number;
  readonly p: number;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/**
 * Hashes a password (口令散列) with scrypt and a fresh salt.
 * Shape: `scrypt$N$r$p$<salt>$<hash>`, base64url; the text is NFKC-normalised first, so that full-width letters typed
 * on a Chinese keyboard are the same password.
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, { ...COST, salt });
  return `scrypt$${COST.N}$${COST.r}$${COST.p}$${salt.toString("base64url")}$${hash.toString("base64url")}`;
}

/**
 * Tells whether a password fits a stored hash (口令核对).
 * Pass `undefined` for an unknown account: the same work is done and the answer is no, so that the time taken does not
 * say which accounts exist. Never throws: an unreadable hash fits nothing, and costs the same.
 */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const parsed = stored === undefined ? undefined : parse(stored);
  if (!parsed || password.length > MAXIMUM_LENGTH) {
    await derive(password.slice(0, MAXIMUM_LENGTH), { ...COST, salt: Buffer.alloc(16) });
    return false;
  }
  const hash = await derive(password, parsed);
  return hash.length === parsed.hash.length && timingSafeEqual(hash, parsed.hash);
}

/** Tells whether a hash was made with other costs than today's (需重新散列): hash again at the next sign-in. */
export function needsRehash(stored: string): boolean {
  const parsed = parse(stored);
  return !parsed || parsed.N !== COST.N || parsed.r !== COST.r || parsed.p !== COST.p;
}

/**
 * Finds what is wrong with a new password (口令强度检查): length 10 to 256 and no password a list or a pattern would find;
 * no rule about kinds of characters. Empty when nothing is wrong.
 * Law: GB/T 22239-2019 8.1.4.1 asks for complexity; length and refusal of common ones is how it is met here.
 */
export function passwordProblems(password: string, account = ""): PasswordProblem[] {
  const text = password.normalize("NFKC").toLowerCase();
  const letters = [...text];
  if (letters.length < MINIMUM_LENGTH) return ["too-short"];
  if (password.length > MAXIMUM_LENGTH) return ["too-long"];
  const problems: PasswordProblem[] = [];
  if (isRepetition(letters)) problems.push("repeats");
  if (isSequence(letters)) problems.push("sequence");
  if (/^\d{1,19}$/.test(text)) problems.push("digits-only");
  if (isCommon(text)) problems.push("common");
  const owner = account.normalize("NFKC").toLowerCase();
  if (owner.length >= 3 && text.includes(owner) && text.length - owner.length < 8) problems.push("contains-account");
  return problems;
}

function isCommon(text: string): boolean {
  if (commonPasswords.has(text)) return true;
  return [text, unleet(text)].some((form) => {
    const core = form.replace(/[^a-z]+/g, " ").trim();
    return core !== "" && core.split(" ").every((word) => word.length < 3 || isCommonWord(word));
  });
}

function isCommonWord(word: string): boolean {
  return (
    commonWords.some((common) => word === common || (word.length < 2 * common.length && word === common + common)) ||
    /^(.)\1+$/.test(word)
  );
}

function unleet(text: string): string {
  const signs: Readonly<Record<string, string>> = {
    "0": "o",
    "1": "i",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "@": "a",
    $: "s",
    "!": "i",
  };
  return text.replace(/[013457@$!]/g, (sign) => signs[sign] as string);
}

function isRepetition(letters: readonly string[]): boolean {
  if (new Set(letters).size < 4) return true;
  for (let unit = 1; unit <= letters.length / 2; unit += 1) {
    if (letters.every((letter, index) => letter === letters[index % unit])) return true;
  }
  return false;
}

/** At least three quarters of the steps go one up, one down, or one key along the keyboard's rows. */
function isSequence(letters: readonly string[]): boolean {
  const rows = "`1234567890-= qwertyuiop[] asdfghjkl;' zxcvbnm,./";
  let steps = 0;
  for (let index = 1; index < letters.length; index += 1) {
    const [a, b] = [letters[index - 1] as string, letters[index] as string];
    const code = Math.abs((a.codePointAt(0) as number) - (b.codePointAt(0) as number));
    const [from, to] = [rows.indexOf(a), rows.indexOf(b)];
    if (code === 1 || (from >= 0 && to >= 0 && Math.abs(from - to) === 1)) steps += 1;
  }
  return steps >= (letters.length - 1) * 0.75;
}

function parse(stored: string): Parsed | undefined {
  const match = /^scrypt\$(\d{1,8})\$(\d{1,3})\$(\d{1,3})\$([\w-]{16,})\$([\w-]{32,})$/.exec(stored);
  if (!match) return undefined;
  const [N, r, p] = [Number(match[1]), Number(match[2]), Number(match[3])];
  // A row altered in the database must not be able to ask for all memory.
  if (N > 2 ** 20 || r > 16 || p > 4 || 128 * N * r > MAXMEM) return undefined;
  return {
    N,
    r,
    p,
    salt: Buffer.from(match[4] as string, "base64url"),
    hash: Buffer.from(match[5] as string, "base64url"),
  };
}

function derive(password: string, cost: { N: number; r: number; p: number; salt: Buffer }): Promise<Buffer> {
  const { N, r, p, salt } = cost;
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, KEY_BYTES, { N, r, p, maxmem: MAXMEM }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
