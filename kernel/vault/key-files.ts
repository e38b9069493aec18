import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { VaultFault } from "./fault.ts";
import type { SignatureSuite } from "./signature.ts";

/** Kinds of symmetric keys (数据密钥): sealed fields, search digests, session cookies, tickets. */
export const dataKinds = ["seal", "digest", "session", "ticket"] as const;
export type DataKind = (typeof dataKinds)[number];
export type KeyKind = DataKind | "journal";

/** What a key file holds (密钥文件内容): JSON of one line. */
export interface KeyFileContent {
  readonly createdAt: string;
  /** base64url */
  readonly secret: string;
  readonly suite?: SignatureSuite;
  readonly publicKey?: string;
  readonly prev?: string | null;
  readonly endorsement?: string | null;
  readonly acceptance?: string | null;
}

/** One key file (密钥文件), named `<kind>.v<version>`. */
export interface KeyFile {
  readonly kind: KeyKind;
  readonly version: number;
  readonly content: KeyFileContent;
}

const FILE_NAME = /^(seal|digest|session|ticket|journal)\.v([1-9]\d{0,5})$/;
const COMPLETE = "complete";

/** Makes the directory (0700) if needed and says whether the first start had been finished in it. */
export function prepareDirectory(directory: string): { readonly isComplete: boolean; markComplete(): void } {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  refuseExposed(directory);
  const marker = join(directory, COMPLETE);
  return {
    isComplete: existsSync(marker),
    markComplete() {
      writeNew(directory, COMPLETE, "");
    },
  };
}

/** Reads every key file, by kind and version. Errors: vault/keys-exposed, vault/keys-damaged. */
export function listKeyFiles(directory: string): KeyFile[] {
  const files: KeyFile[] = [];
  for (const name of readdirSync(directory)) {
    const match = FILE_NAME.exec(name);
    if (!match) continue;
    const path = join(directory, name);
    refuseExposed(path);
    files.push({
      kind: match[1] as DataKind,
      version: Number(match[2]),
      content: parse(name, readFileSync(path, "utf8")),
    });
  }
  return files.sort((a, b) => (a.kind === b.kind ? a.version - b.version : a.kind < b.kind ? -1 : 1));
}

/** Writes a new key file so that it exists whole or not at all; an existing one is never replaced. */
export function writeKeyFile(directory: string, file: KeyFile): void {
  writeNew(directory, `${file.kind}.v${file.version}`, `${JSON.stringify(file.content)}\n`);
}

/** Removes a key file: what it sealed can never be read again. */
export function removeKeyFile(directory: string, kind: KeyKind, version: number): void {
  rmSync(join(directory, `${kind}.v${version}`));
  syncDirectory(directory);
}

/** Tells whether the directory holds any key file. */
export function hasKeyFiles(directory: string): boolean {
  return existsSync(directory) && readdirSync(directory).some((name) => FILE_NAME.test(name) || name === COMPLETE);
}

function parse(name: string, text: string): KeyFileContent {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new VaultFault("vault/keys-damaged", name);
  }
  const { secret, createdAt } = (content ?? {}) as Partial<KeyFileContent>;
  if (typeof secret !== "string" || typeof createdAt !== "string") throw new VaultFault("vault/keys-damaged", name);
  return content as KeyFileContent;
}

function refuseExposed(path: string): void {
  if ((statSync(path).mode & 0o077) !== 0) {
    throw new VaultFault("vault/keys-exposed", `others may read ${path}: chmod it to 0700 (directory) or 0600 (file)`);
  }
}

/** A hard link fails if the name is taken, so two first starts at once cannot overwrite each other's keys. */
function writeNew(directory: string, name: string, text: string): void {
  const target = join(directory, name);
  const draft = join(directory, `.${name}.${process.pid}`);
  rmSync(draft, { force: true });
  const file = openSync(draft, "wx", 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(draft, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new VaultFault("vault/keys-present", target);
  } finally {
    rmSync(draft, { force: true });
  }
  syncDirectory(directory);
}

function syncDirectory(directory: string): void {
  const handle = openSync(directory, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
