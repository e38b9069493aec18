import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  randomFillSync,
  timingSafeEqual,
} from "node:crypto";
import { VaultFault } from "./fault.ts";
import type { DataKey, Keys, Suite } from "./keys.ts";

/** Prefix of a sealed text: suite and key version, so that a value says by itself how to open it. */
const SEALED = /^(aes|sm)\.(\d{1,6})\.([A-Za-z0-9_-]+)$/;
const suiteName = { international: "aes", sm: "sm" } as const;

/**
 * Seals a text (加密封存) with the current key: AES-256-GCM, or SM4-CBC then HMAC-SM3 over all of it (GB/T 32907,
 * GM/T 0004; encrypt-then-MAC, because this platform has no SM4-GCM).
 * Shape: `aes.<version>.<base64url>` or `sm.<version>.<base64url>`. `aad` names the place (table, column, row), so a
 * sealed value moved to another row does not open there.
 */
export function seal(keys: Keys, plaintext: string, aad: string): string {
  return sealBytes(keys, Buffer.from(plaintext, "utf8"), aad);
}

/** Opens a sealed text (解封). Errors: vault/tampered when text or place was altered; vault/key-unknown. */
export function unseal(keys: Keys, sealed: string, aad: string): string {
  return unsealBytes(keys, sealed, aad).toString("utf8");
}

/** Tells whether a sealed text should be sealed again: older key version, or the other suite (待重新加密). */
export function isStale(keys: Keys, sealed: string): boolean {
  return !sealed.startsWith(`${suiteName[keys.suite]}.${keys.current("seal").version}.`);
}

/** Opens with the old key and seals with the current one: one step of the rotation job (重新加密). */
export function reseal(keys: Keys, sealed: string, aad: string): string {
  return seal(keys, unseal(keys, sealed, aad), aad);
}

/**
 * The keyed digest of a value (检索摘要), for exact search over sealed fields: HMAC-SHA256 or HMAC-SM3.
 * Shape: `h256.<version>.<base64url>` or `hsm3.<version>.<base64url>`. `kind` keeps fields apart: equal numbers in two
 * columns have different digests. The value is taken as it is; the caller normalises it first.
 */
export function digest(keys: Keys, kind: string, value: string): string {
  return digestWith(keys.current("digest"), keys.suite, kind, value);
}

/** Every digest a value may be stored under while a rotation is under way: use with `= any(...)`, current one first. */
export function digests(keys: Keys, kind: string, value: string): string[] {
  const other: Suite = keys.suite === "sm" ? "international" : "sm";
  const versions = keys.versions("digest").toReversed();
  return [keys.suite, other].flatMap((suite) =>
    versions.map((version) => digestWith(keys.version("digest", version), suite, kind, value)),
  );
}

/** A key of one person's payloads, wrapped by the installation's key (主体密钥); stored beside the payloads. */
export interface WrappedSubjectKey {
  readonly subject: string;
  readonly wrapped: string;
}

/** Makes a key for one subject (新建主体密钥). Destroying the wrapped key erases every payload sealed with it (销毁即删除). */
export function newSubjectKey(keys: Keys, subject: string): WrappedSubjectKey {
  return { subject, wrapped: sealBytes(keys, randomBytes(32), `subject-key/${subject}`) };
}

/** Wraps the same subject key with the current installation key (重新包裹): payloads stay as they are. */
export function rewrapSubjectKey(keys: Keys, key: WrappedSubjectKey): WrappedSubjectKey {
  const aad = `subject-key/${key.subject}`;
  return { subject: key.subject, wrapped: sealBytes(keys, unsealBytes(keys, key.wrapped, aad), aad) };
}

/** Seals a payload under its subject's key (封存主体内容). Errors: vault/tampered when the wrapped key was altered. */
export function sealPayload(keys: Keys, key: WrappedSubjectKey, plaintext: string, aad: string): string {
  const secret = unsealBytes(keys, key.wrapped, `subject-key/${key.subject}`);
  return encrypt(secret, keys.suite, 0, Buffer.from(plaintext, "utf8"), `${key.subject}/${aad}`);
}

/** Opens a payload under its subject's key (解封主体内容). Errors: vault/tampered, vault/key-unknown. */
export function unsealPayload(keys: Keys, key: WrappedSubjectKey, sealed: string, aad: string): string {
  const secret = unsealBytes(keys, key.wrapped, `subject-key/${key.subject}`);
  return decrypt(() => secret, sealed, `${key.subject}/${aad}`).toString("utf8");
}

function sealBytes(keys: Keys, plain: Buffer, aad: string): string {
  const key = keys.current("seal");
  return encrypt(key.secret, keys.suite, key.version, plain, aad);
}

function unsealBytes(keys: Keys, sealed: string, aad: string): Buffer {
  return decrypt((version) => keys.version("seal", version).secret, sealed, aad);
}

function encrypt(secret: Buffer, suite: Suite, version: number, plain: Buffer, aad: string): string {
  const prefix = `${suiteName[suite]}.${version}.`;
  if (suite === "international") {
    const iv = nonce(12);
    const cipher = createCipheriv("aes-256-gcm", subkey(secret, "aes-256-gcm", 32), iv);
    cipher.setAAD(Buffer.from(prefix + aad));
    return (
      prefix + Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString("base64url")
    );
  }
  const iv = nonce(16);
  const cipher = createCipheriv("sm4-cbc", subkey(secret, "sm4-cbc", 16), iv);
  const body = Buffer.concat([iv, cipher.update(plain), cipher.final()]);
  return prefix + Buffer.concat([body, mac(secret, prefix + aad, body)]).toString("base64url");
}

const pool = Buffer.alloc(4_096);
let taken = pool.length;

/** Random bytes that are never given out twice; drawn by the page, because each draw costs as much as a whole sealing. */
function nonce(length: number): Buffer {
  if (taken + length > pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  const bytes = Buffer.from(pool.subarray(taken, taken + length));
  pool.fill(0, taken, taken + length);
  taken += length;
  return bytes;
}

function decrypt(secretOf: (version: number) => Buffer, sealed: string, aad: string): Buffer {
  const [, suite, version, text] = SEALED.exec(sealed) ?? tampered();
  const bytes = Buffer.from(text as string, "base64url");
  // Another spelling of the same bytes is an alteration too.
  if (bytes.toString("base64url") !== text) tampered();
  const secret = secretOf(Number(version));
  const place = `${suite}.${version}.${aad}`;
  try {
    return suite === "aes" ? openAes(secret, bytes, place) : openSm(secret, bytes, place);
  } catch {
    return tampered();
  }
}

function openAes(secret: Buffer, bytes: Buffer, place: string): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", subkey(secret, "aes-256-gcm", 32), bytes.subarray(0, 12));
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
}

function openSm(secret: Buffer, bytes: Buffer, place: string): Buffer {
  const body = bytes.subarray(0, -32);
  if (!timingSafeEqual(mac(secret, place, body), bytes.subarray(-32))) tampered();
  const decipher = createDecipheriv("sm4-cbc", subkey(secret, "sm4-cbc", 16), body.subarray(0, 16));
  return Buffer.concat([decipher.update(body.subarray(16)), decipher.final()]);
}

/** The length of the place goes in front: place and body can never be read as one another. */
function mac(secret: Buffer, place: string, body: Buffer): Buffer {
  const name = Buffer.from(place);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(name.length);
  return createHmac("sm3", subkey(secret, "hmac-sm3", 32))
    .update(length)
    .update(name)
    .update(body)
    .digest();
}

function digestWith(key: DataKey, suite: Suite, kind: string, value: string): string {
  const [hash, name] = suite === "sm" ? ["sm3", "hsm3"] : ["sha256", "h256"];
  const keyed = createHmac(hash as string, subkey(key.secret, `digest-${hash}`, 32));
  return `${name}.${key.version}.${keyed.update(JSON.stringify([kind, value])).digest("base64url")}`;
}

/** One algorithm, one key: derived keys are remembered because a list page opens hundreds of fields. */
const derived = new WeakMap<Buffer, Map<string, Buffer>>();

function subkey(secret: Buffer, use: string, length: number): Buffer {
  const known = derived.get(secret) ?? new Map<string, Buffer>();
  derived.set(secret, known);
  const found = known.get(use);
  if (found) return found;
  const made = Buffer.from(hkdfSync("sha256", secret, "", `shanzhi/${use}`, length));
  known.set(use, made);
  return made;
}

function tampered(): never {
  throw new VaultFault("vault/tampered", "a sealed value or its place was altered");
}
