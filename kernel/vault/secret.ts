import { VaultFault } from "./fault.ts";

const MINIMUM_BYTES = 32;
const MINIMUM_DISTINCT = 16;

/** Private keys printed in standards (RFC 8032 tests 1 to 3, GM/T 0003.5 annex): everybody has them. */
const publishedKeys = new Set([
  "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
  "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
  "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
  "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8",
  "0123456789abcdeffedcba98765432100123456789abcdeffedcba9876543210",
]);

/**
 * Refuses secrets that are not random (弱密钥): too short, few distinct bytes, typed by a human, counting up, or
 * published in a standard. A random secret fails with a probability below 10^-13.
 * Errors: vault/secret-weak, naming the secret but never showing it.
 */
export function checkSecret(name: string, secret: Buffer): void {
  const weak = (reason: string): never => {
    throw new VaultFault("vault/secret-weak", `${name} ${reason}`);
  };
  if (secret.length < MINIMUM_BYTES) weak(`has ${secret.length} bytes, needs ${MINIMUM_BYTES}`);
  if (new Set(secret).size < MINIMUM_DISTINCT) weak("repeats itself");
  if (secret.every((byte) => byte >= 0x20 && byte < 0x7f)) weak("is readable text, not random bytes");
  if (secret.every((byte, index) => index === 0 || byte === ((secret[index - 1] as number) + 1) % 256)) {
    weak("counts up");
  }
  if (publishedKeys.has(secret.subarray(0, 32).toString("hex"))) weak("is a published test key");
}

const commonPassphrases = ["password", "changeme", "default", "secret", "shanzhi", "123456", "qwerty", "admin"];

/**
 * Refuses passphrases for the escrow (托管口令) that a list would find: fewer than 12 characters, fewer than 6
 * different ones, or a common word with decoration.
 * Errors: vault/passphrase-weak.
 */
export function checkPassphrase(passphrase: string): void {
  const letters = [...passphrase.normalize("NFKC").toLowerCase()];
  const rest = commonPassphrases.reduce((text, word) => text.replaceAll(word, ""), letters.join(""));
  if (letters.length < 12 || new Set(letters).size < 6 || [...rest].length < 6) {
    throw new VaultFault("vault/passphrase-weak", "use at least 12 characters that are no common word");
  }
}
