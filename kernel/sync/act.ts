import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import type { z } from "zod";
import type { Operation } from "../operation/define.ts";
import { canonical } from "../vault/canonical.ts";
import type { outboxItem } from "./sync.contract.ts";

/** One act as it comes from an outbox. */
export type OutboxItem = z.output<typeof outboxItem>;

/** Reads a phone's public key (读取公钥): P-256 as SubjectPublicKeyInfo in base64 or base64url; undefined for anything else. */
export function readPublicKey(text: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(text, "base64"), format: "der", type: "spki" });
    return key.asymmetricKeyDetails?.namedCurve === "prime256v1" ? key : undefined;
  } catch {
    return undefined;
  }
}

/** What a signature covers (签名范围): everything of the act, and the phone it was recorded on. */
export function signedText(device: string, item: OutboxItem): string {
  const { key, operation, input, happenedAt, contract } = item;
  return canonical({ device, key, operation, input: input ?? null, happenedAt, contract });
}

/** Whether the act was signed by this phone (验签). Never throws. */
export const isSigned = (publicKey: string, device: string, item: OutboxItem): boolean =>
  isSignedText(publicKey, signedText(device, item), item.signature);

/** Whether a text was signed with a phone's key: ECDSA with SHA-256, r and s as they are. Never throws. */
export function isSignedText(publicKey: string, text: string, given: string): boolean {
  const key = readPublicKey(publicKey);
  const signature = Buffer.from(given, "base64");
  if (!key || signature.length !== 64) return false;
  try {
    return verify("sha256", Buffer.from(text), { key, dsaEncoding: "ieee-p1363" }, signature);
  } catch {
    return false;
  }
}

const sha256 = (text: string) => createHash("sha256").update(text).digest();

/** The id under which an act is held: it follows from the act itself, so that the same act is held once (UUIDv8). */
export function heldId(device: string, item: OutboxItem): string {
  const bytes = sha256(`held ${signedText(device, item)}`).subarray(0, 16);
  bytes[6] = 0x80 | ((bytes[6] as number) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] as number) & 0x3f);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The executor's key of an act: two phones may make the same key by chance or malice. */
export const keyOf = (device: string, key: string): string => `${device}/${key}`;

/** Digest of an input as the executor keeps it beside the key. */
export function inputDigest(operation: Operation | undefined, input: unknown): string {
  const read = operation?.input.safeParse(input);
  return sha256(canonical(read?.success ? read.data : (input ?? null))).toString("base64url");
}

/** Digest of the whole item, signature included: two forgeries of one act are two entries of the journal. */
export const itemDigest = (item: OutboxItem): string =>
  sha256(canonical({ ...item, input: item.input ?? null })).toString("base64url");
