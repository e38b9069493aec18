import {
  createECDH,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { createRequire } from "node:module";

/** How journal heads are signed (签名算法): Ed25519, or SM2 with SM3 (GM/T 0003) where commercial cryptography is asked for. */
export type SignatureSuite = "ed25519" | "sm2";

/** The public half of a signing key (公钥): raw bytes, base64url; 32 for Ed25519, 65 (uncompressed point) for SM2. */
export interface PublicKey {
  readonly suite: SignatureSuite;
  readonly publicKey: string;
}

/** A signing key pair (签名密钥对); the private half is 32 raw bytes, base64url. */
export interface KeyPair extends PublicKey {
  readonly privateKey: string;
}

/** SM2's default signer id (用户标识), GM/T 0009: part of the digest that is signed. */
const SM2_USER_ID = "1234567812345678";

type Sm2 = typeof import("sm-crypto-v2")["sm2"];
let loaded: Sm2 | undefined;

/** Loaded only where SM2 is chosen (10 MB of memory); node:crypto's signature on this curve is ECDSA, which is not SM2. */
function sm2(): Sm2 {
  loaded ??= (createRequire(import.meta.url)("sm-crypto-v2") as typeof import("sm-crypto-v2")).sm2;
  return loaded;
}

/** The fingerprint of a public key (公钥指纹): SHA-256 over suite and raw bytes, 64 hex digits; also its key id. */
export function fingerprint(key: PublicKey): string {
  return createHash("sha256").update(`${key.suite}:`).update(Buffer.from(key.publicKey, "base64url")).digest("hex");
}

/** Makes a new key pair (生成密钥对) from the operating system's randomness. */
export function generateKeyPair(suite: SignatureSuite): KeyPair {
  if (suite === "sm2") {
    const curve = createECDH("SM2");
    const publicKey = curve.generateKeys("hex", "uncompressed");
    return {
      suite,
      publicKey: toBase64(publicKey),
      privateKey: toBase64(curve.getPrivateKey("hex").padStart(64, "0")),
    };
  }
  const jwk = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  return { suite, publicKey: jwk.x as string, privateKey: jwk.d as string };
}

/** Signs bytes (签名); returns base64url of the 64-byte signature (Ed25519: R‖S, SM2: r‖s). */
export function signBytes(pair: KeyPair, bytes: Uint8Array): string {
  if (pair.suite === "sm2") {
    const options = { hash: true, publicKey: toHex(pair.publicKey), userId: SM2_USER_ID };
    return toBase64(sm2().doSignature(bytes, toHex(pair.privateKey), options));
  }
  return sign(null, bytes, privateObject(pair)).toString("base64url");
}

/**
 * Tells whether a signature is by this key over these bytes (验签).
 * Never throws: a malformed key or signature, or another spelling of the same bytes, is simply not valid.
 */
export function verifyBytes(key: PublicKey, bytes: Uint8Array, signature: string): boolean {
  const raw = Buffer.from(signature, "base64url");
  if (raw.length !== 64 || raw.toString("base64url") !== signature) return false;
  try {
    if (key.suite === "sm2") {
      const options = { hash: true, userId: SM2_USER_ID };
      return sm2().doVerifySignature(bytes, raw.toString("hex"), toHex(key.publicKey), options);
    }
    return key.suite === "ed25519" && verify(null, bytes, publicObject(key.publicKey), raw);
  } catch {
    return false;
  }
}

function toHex(base64: string): string {
  return Buffer.from(base64, "base64url").toString("hex");
}

function toBase64(hex: string): string {
  return Buffer.from(hex, "hex").toString("base64url");
}

function privateObject(pair: KeyPair): KeyObject {
  return createPrivateKey({
    format: "jwk",
    key: { kty: "OKP", crv: "Ed25519", x: pair.publicKey, d: pair.privateKey },
  });
}

const publicObjects = new Map<string, KeyObject>();

function publicObject(publicKey: string): KeyObject {
  const known = publicObjects.get(publicKey);
  if (known) return known;
  const made = createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x: publicKey } });
  if (publicObjects.size > 64) publicObjects.clear();
  publicObjects.set(publicKey, made);
  return made;
}
