import { canonical } from "../../../../kernel/vault/canonical.ts";

/** Bytes nobody reads without their key (密文): AES-GCM, bound to a label so that rows cannot change places. */
export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly data: ArrayBuffer;
}

/** A key that is kept under a secret somebody knows and the key of this device (口令与设备双重包裹). */
export interface Wrapped {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly iterations: number;
  readonly sealed: Sealed;
}

/** At least 310,000 by the brief of OWASP for PBKDF2 with SHA-256 kept in a store; more costs a cheap phone a second. */
const ITERATIONS = 400_000;

const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder();

/** The key of this device (设备密钥): never leaves the browser's own keeping, useless on another machine. */
export function newDeviceKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/** The pair that signs acts (签名密钥): P-256, the private half cannot be taken out. */
export function newSigningPair(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
}

/** A key for what is kept. It can be taken out only so that it can be wrapped again under a new secret. */
export function newContentKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
}

export async function sealBytes(key: CryptoKey, bytes: BufferSource, label: string): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: utf8.encode(label) }, key, bytes);
  return { iv, data };
}

/** Errors: rejects when the key, the label or a single bit is another. */
export function openBytes(key: CryptoKey, sealed: Sealed, label: string): Promise<ArrayBuffer> {
  return crypto.subtle.decrypt(
    { name: "AES-GCM", iv: sealed.iv, additionalData: utf8.encode(label) },
    key,
    sealed.data,
  );
}

export function seal(key: CryptoKey, value: unknown, label: string): Promise<Sealed> {
  return sealBytes(key, utf8.encode(JSON.stringify(value)), label);
}

export async function open<T>(key: CryptoKey, sealed: Sealed, label: string): Promise<T> {
  return JSON.parse(fromUtf8.decode(await openBytes(key, sealed, label))) as T;
}

async function keyFrom(secret: string, salt: BufferSource, iterations: number): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", utf8.encode(secret.normalize("NFKC")), "PBKDF2", false, [
    "deriveKey",
  ]);
  return crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

/** Wraps content keys, in order, under a secret and the device: neither alone opens them. */
export async function wrap(
  device: CryptoKey,
  secret: string,
  keys: readonly CryptoKey[],
  iterations = ITERATIONS,
): Promise<Wrapped> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const raw = new Uint8Array(32 * keys.length);
  for (const [at, key] of keys.entries()) raw.set(new Uint8Array(await crypto.subtle.exportKey("raw", key)), 32 * at);
  const inner = await sealBytes(await keyFrom(secret, salt, iterations), raw, "secret");
  raw.fill(0);
  const both = new Uint8Array(inner.iv.length + inner.data.byteLength);
  both.set(inner.iv);
  both.set(new Uint8Array(inner.data), inner.iv.length);
  return { salt, iterations, sealed: await sealBytes(device, both, "device") };
}

/** The wrapped keys in their order, or undefined when the secret is wrong. */
export async function unwrap(device: CryptoKey, secret: string, wrapped: Wrapped): Promise<CryptoKey[] | undefined> {
  const both = new Uint8Array(await openBytes(device, wrapped.sealed, "device"));
  const inner = { iv: both.slice(0, 12), data: both.slice(12).buffer };
  let raw: Uint8Array<ArrayBuffer>;
  try {
    raw = new Uint8Array(await openBytes(await keyFrom(secret, wrapped.salt, wrapped.iterations), inner, "secret"));
  } catch {
    return undefined;
  }
  const keys: CryptoKey[] = [];
  for (let at = 0; at < raw.length; at += 32)
    keys.push(
      await crypto.subtle.importKey("raw", raw.slice(at, at + 32), { name: "AES-GCM" }, true, ["encrypt", "decrypt"]),
    );
  raw.fill(0);
  return keys;
}

export function base64(bytes: ArrayBuffer): string {
  let text = "";
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
  return btoa(text);
}

/** The public half as the server keeps it (公钥): SubjectPublicKeyInfo in base64. */
export async function publicKeyText(pair: CryptoKeyPair): Promise<string> {
  return base64(await crypto.subtle.exportKey("spki", pair.publicKey));
}

/** What an act's signature covers (签名范围), see `sync.push`. */
export interface Signed {
  readonly device: string;
  readonly key: string;
  readonly operation: string;
  readonly input: unknown;
  readonly happenedAt: string;
  readonly contract: string;
}

/** What a renewal of the session covers (续期签名范围), see `sync.renew-session`. */
export interface SignedRenewal {
  readonly challenge: string;
  readonly device: string;
  readonly purpose: "session";
}

/** Signs an act or a renewal: ECDSA with SHA-256 over its canonical JSON, r and s as they are (IEEE P1363), base64. */
export async function sign(pair: CryptoKeyPair, what: Signed | SignedRenewal): Promise<string> {
  const bytes = utf8.encode(canonical(what));
  return base64(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, bytes));
}

export async function sha256Hex(bytes: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
