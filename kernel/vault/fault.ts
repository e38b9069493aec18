/** What can go wrong inside the vault (保险库). The code is for machines and logs; no secret is ever part of it. */
export type VaultFaultCode =
  | "vault/key-unknown"
  | "vault/keys-exposed"
  | "vault/keys-missing"
  | "vault/keys-damaged"
  | "vault/keys-present"
  | "vault/secret-weak"
  | "vault/passphrase-weak"
  | "vault/escrow-unreadable"
  | "vault/tampered";

/** A fault of the vault (保险库故障): keys missing, exposed or weak, or a sealed value that was altered. */
export class VaultFault extends Error {
  readonly code: VaultFaultCode;
  constructor(code: VaultFaultCode, detail: string) {
    super(`${code}: ${detail}`);
    this.name = "VaultFault";
    this.code = code;
  }
}
