import { canonical } from "./canonical.ts";
import {
  fingerprint,
  generateKeyPair,
  type KeyPair,
  type SignatureSuite,
  signBytes,
  verifyBytes,
} from "./signature.ts";

/**
 * The public record of a journal signing key (日志签名公钥). Each key signs what it says of itself (acceptance); one that
 * follows another is endorsed by it over the same statement, which names the predecessor, so that an auditor who pinned
 * any one key of the line can trust all of it.
 */
export interface JournalKey {
  /** The fingerprint of the public key, 64 hex digits. */
  readonly keyId: string;
  readonly suite: SignatureSuite;
  readonly publicKey: string;
  /** Instant, ISO 8601 in UTC. */
  readonly createdAt: string;
  readonly prev: string | null;
  readonly endorsement: string | null;
  readonly acceptance: string;
}

/** A journal signing key with its private half (日志签名密钥). */
export interface JournalSigner {
  readonly key: JournalKey;
  readonly pair: KeyPair;
}

/** Makes the first journal key, or the successor of `previous` signed by both (签名密钥轮换). */
export function newJournalKey(suite: SignatureSuite, createdAt: string, previous?: JournalSigner): JournalSigner {
  const pair = generateKeyPair(suite);
  const prev = previous?.key.keyId ?? null;
  const core = { keyId: fingerprint(pair), suite, publicKey: pair.publicKey, createdAt, prev };
  const bytes = statement(core);
  const endorsement = previous ? signBytes(previous.pair, bytes) : null;
  const acceptance = signBytes(pair, bytes);
  return { key: { ...core, endorsement, acceptance }, pair };
}

/** Tells whether `key` was endorsed by `previous` and accepted it: the link an auditor follows in both directions. */
export function isSuccessor(key: JournalKey, previous: JournalKey): boolean {
  if (key.prev !== previous.keyId || key.endorsement === null) return false;
  const bytes = statement(key);
  return verifyBytes(previous, bytes, key.endorsement) && verifyBytes(key, bytes, key.acceptance);
}

/** Tells whether `key` begins a line of keys: no predecessor, and its own signature over what it says of itself. */
export function isFirst(key: JournalKey): boolean {
  return key.prev === null && key.endorsement === null && verifyBytes(key, statement(key), key.acceptance);
}

function statement(key: Omit<JournalKey, "endorsement" | "acceptance">): Buffer {
  const { keyId, suite, publicKey, createdAt, prev } = key;
  return Buffer.from(`shanzhi-journal-key-v1\n${canonical({ keyId, suite, publicKey, createdAt, prev })}`);
}
