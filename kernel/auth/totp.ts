import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP_SECONDS = 30;
const DIGITS = 6;

/** What one-time codes are computed with (动态口令参数); the defaults are what every authenticator app understands. */
export interface TotpOptions {
  readonly algorithm?: "sha1" | "sha256" | "sha512";
  readonly digits?: number;
}

/** Makes a secret (动态口令密钥): 20 random bytes in base32 without padding, to be kept sealed. */
export function newTotpSecret(): string {
  return toBase32(randomBytes(20));
}

/** The counter of an instant (时间步): whole steps of 30 seconds since 1970. */
export function counterAt(instant: Date): number {
  return Math.floor(instant.getTime() / 1000 / STEP_SECONDS);
}

/** The code of one counter (动态口令), RFC 6238 on RFC 4226. Errors: throws RangeError for a secret that is not base32. */
export function totpAt(secret: string, counter: number, options: TotpOptions = {}): string {
  const digits = options.digits ?? DIGITS;
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac(options.algorithm ?? "sha1", fromBase32(secret))
    .update(message)
    .digest();
  const offset = (mac[mac.length - 1] as number) & 0x0f;
  const value = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(value % 10 ** digits).padStart(digits, "0");
}

/**
 * Checks a typed code (核对动态口令): the current step or one before or after it, never one already used.
 * Shape: the counter to store as `lastCounter`, or undefined when the code does not fit or was used before (重放).
 */
export function verifyTotp(
  secret: string,
  code: string,
  now: Date,
  lastCounter: number | undefined,
): number | undefined {
  const typed = code.normalize("NFKC").replace(/\s/g, "");
  if (!/^\d{6}$/.test(typed)) return undefined;
  const current = counterAt(now);
  let found: number | undefined;
  // All three are computed whatever fits, so that the time taken says nothing.
  for (const counter of [current - 1, current, current + 1]) {
    const fits = timingSafeEqual(Buffer.from(totpAt(secret, Math.max(0, counter))), Buffer.from(typed));
    if (fits && (lastCounter === undefined || counter > lastCounter)) found ??= counter;
  }
  return found;
}

/** The address an authenticator app reads from a QR code (otpauth 地址). */
export function totpUri(secret: string, account: string, issuer: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${DIGITS}&period=${STEP_SECONDS}`;
}

/** Makes recovery codes (恢复码): `codes` are shown once, `hashes` are kept. 80 random bits each, so a plain hash is enough. */
export function newRecoveryCodes(count = 10): { readonly codes: string[]; readonly hashes: string[] } {
  const codes = Array.from({ length: count }, () => (toBase32(randomBytes(10)).match(/.{4}/g) as string[]).join("-"));
  return { codes, hashes: codes.map(hashRecoveryCode) };
}

/** Uses a recovery code (使用恢复码): the hashes that remain, or undefined when it fits none. */
export function spendRecoveryCode(code: string, hashes: readonly string[]): string[] | undefined {
  const used = Buffer.from(hashRecoveryCode(code));
  const rest = hashes.filter((hash) => {
    const kept = Buffer.from(hash);
    return kept.length !== used.length || !timingSafeEqual(kept, used);
  });
  return rest.length < hashes.length ? rest : undefined;
}

function hashRecoveryCode(code: string): string {
  const plain = code
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^A-Z2-7]/g, "");
  return createHash("sha256").update(`recovery-code:${plain}`).digest("base64url");
}

function toBase32(bytes: Buffer): string {
  let [bits, value, text] = [0, 0, ""];
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      text += BASE32[(value >>> (bits - 5)) & 31];
      bits -= 5;
    }
  }
  return bits > 0 ? text + BASE32[(value << (5 - bits)) & 31] : text;
}

function fromBase32(text: string): Buffer {
  const bytes: number[] = [];
  let [bits, value] = [0, 0];
  for (const letter of text.toUpperCase().replace(/[=\s]/g, "")) {
    const index = BASE32.indexOf(letter);
    if (index < 0) throw new RangeError("not base32");
    value = ((value << 5) | index) & 0xffff;
    bits += 5;
    if (bits >= 8) {
      bytes.push((value >>> (bits - 8)) & 0xff);
      bits -= 8;
    }
  }
  return Buffer.from(bytes);
}
