import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";
import { canonical } from "./canonical.ts";
import { VaultFault } from "./fault.ts";
import { hasKeyFiles, type KeyFile, listKeyFiles, prepareDirectory, writeKeyFile } from "./key-files.ts";
import { type Keys, openKeys } from "./keys.ts";
import { checkPassphrase } from "./secret.ts";

/** N=2^17, r=8 takes about 0.3 s and 128 MB a try: an escrow is opened a few times in its life. */
const COST = { N: 131_072, r: 8, p: 1 } as const;
const MAXMEM = 256 * 1024 * 1024;

interface Escrow {
  readonly header: {
    readonly format: "shanzhi-escrow-v1";
    readonly kdf: "scrypt";
    readonly N: number;
    readonly r: number;
    readonly p: number;
    readonly salt: string;
    readonly iv: string;
  };
  /** base64url of ciphertext and tag. */
  readonly sealed: string;
}

/**
 * Seals all keys under a passphrase (密钥托管), as one line of JSON to be kept with the backup or in a safe.
 * Errors: vault/passphrase-weak.
 */
export function exportEscrow(keys: Keys, passphrase: string): string {
  checkPassphrase(passphrase);
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const header: Escrow["header"] = {
    format: "shanzhi-escrow-v1",
    kdf: "scrypt",
    ...COST,
    salt: salt.toString("base64url"),
    iv: iv.toString("base64url"),
  };
  const cipher = createCipheriv("aes-256-gcm", derive(passphrase, header), iv);
  cipher.setAAD(Buffer.from(canonical(header)));
  const plain = JSON.stringify(listKeyFiles(keys.directory));
  const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return JSON.stringify({ header, sealed: sealed.toString("base64url") } satisfies Escrow);
}

/**
 * Puts escrowed keys back into an empty directory (密钥恢复) and opens them.
 * Errors: vault/escrow-unreadable for a wrong passphrase or an altered text; vault/keys-present when the directory
 * already holds keys, which are never overwritten.
 */
export function importEscrow(
  directory: string,
  text: string,
  passphrase: string,
  options?: Parameters<typeof openKeys>[1],
): Keys {
  const files = openEscrow(text, passphrase);
  if (hasKeyFiles(directory)) throw new VaultFault("vault/keys-present", directory);
  const state = prepareDirectory(directory);
  for (const file of files) writeKeyFile(directory, file);
  state.markComplete();
  return openKeys(directory, options);
}

function openEscrow(text: string, passphrase: string): KeyFile[] {
  try {
    const { header, sealed } = JSON.parse(text) as Escrow;
    // A forged header must not be able to ask for all memory or for hours.
    if (header.format !== "shanzhi-escrow-v1" || header.N > 2 ** 20 || header.r > 16 || header.p > 4) throw new Error();
    const bytes = Buffer.from(sealed, "base64url");
    const decipher = createDecipheriv("aes-256-gcm", derive(passphrase, header), Buffer.from(header.iv, "base64url"));
    decipher.setAAD(Buffer.from(canonical(header)));
    decipher.setAuthTag(bytes.subarray(-16));
    const plain = Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]);
    return JSON.parse(plain.toString("utf8")) as KeyFile[];
  } catch {
    throw new VaultFault("vault/escrow-unreadable", "wrong passphrase, or the text was altered");
  }
}

function derive(passphrase: string, header: Escrow["header"]): Buffer {
  const { N, r, p, salt } = header;
  return scryptSync(passphrase.normalize("NFKC"), Buffer.from(salt, "base64url"), 32, { N, r, p, maxmem: MAXMEM });
}
