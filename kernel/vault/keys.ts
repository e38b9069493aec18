import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { VaultFault } from "./fault.ts";
import { isFirst, isSuccessor, type JournalKey, type JournalSigner, newJournalKey } from "./journal-key.ts";
import {
  type DataKind,
  dataKinds,
  type KeyFile,
  type KeyKind,
  listKeyFiles,
  prepareDirectory,
  removeKeyFile,
  writeKeyFile,
} from "./key-files.ts";
import { checkSecret } from "./secret.ts";
import { fingerprint, type SignatureSuite, signBytes } from "./signature.ts";

/** Which family of algorithms new values use (密码套件); old values of the other family stay readable. */
export type Suite = "international" | "sm";

/** One version of a symmetric key (数据密钥版本): 32 random bytes. */
export interface DataKey {
  readonly kind: DataKind;
  readonly version: number;
  readonly createdAt: string;
  readonly secret: Buffer;
}

/** The keys of an installation (密钥环), held in memory, kept in files outside the database. */
export interface Keys {
  readonly directory: string;
  readonly suite: Suite;
  /** The newest version, used for everything written from now on. */
  current(kind: DataKind): DataKey;
  /** Errors: vault/key-unknown when this version was never made or has been retired. */
  version(kind: DataKind, version: number): DataKey;
  /** Versions that can still be read, oldest first. */
  versions(kind: DataKind): readonly number[];
  /** Makes and keeps a new version; what the old one sealed stays readable until the old one is retired. */
  rotate(kind: KeyKind): number;
  /** Destroys an old version for good. Errors: vault/key-unknown for the current or an unknown one. */
  retire(kind: DataKind, version: number): void;
  /** Reads the directory again, after another process rotated. */
  reload(): void;
  journalKey(): JournalKey;
  /** Public records of every journal key, oldest first: the first lines of an export. */
  journalHistory(): readonly JournalKey[];
  /** Signs with the newest journal key; base64url. */
  signJournal(bytes: Uint8Array): string;
}

interface KeyOptions {
  readonly suite?: Suite;
  readonly now?: () => Date;
}

interface Ring {
  readonly data: ReadonlyMap<DataKind, ReadonlyMap<number, DataKey>>;
  readonly journal: readonly JournalSigner[];
}

/**
 * Opens the key directory (打开密钥目录), making every key at the first start: directory 0700, files 0600.
 * An interrupted first start is completed; once complete, a missing file stops the start instead of being replaced
 * silently, because a new key would make the old data unreadable.
 * Errors: vault/keys-exposed when others may read a file; vault/keys-missing; vault/keys-damaged; vault/secret-weak.
 */
export function openKeys(directory: string, options: KeyOptions = {}): Keys {
  const suite = options.suite ?? "international";
  const now = options.now ?? (() => new Date());
  const journalSuite: SignatureSuite = suite === "sm" ? "sm2" : "ed25519";
  const complete = prepareDirectory(directory);
  if (!complete.isComplete) {
    const present = new Set(listKeyFiles(directory).map((file) => file.kind));
    for (const kind of dataKinds) {
      if (!present.has(kind)) writeKeyFile(directory, newDataFile(kind, 1, now()));
    }
    if (!present.has("journal")) {
      writeKeyFile(directory, journalFile(newJournalKey(journalSuite, now().toISOString()), 1));
    }
    complete.markComplete();
  }
  let ring = readRing(directory);

  const versionsOf = (kind: DataKind) => ring.data.get(kind) as ReadonlyMap<number, DataKey>;
  const newest = (kind: DataKind) => Math.max(...versionsOf(kind).keys());
  const version = (kind: DataKind, number: number): DataKey => {
    // Another process may have rotated: its key stands in the directory by the time its first value can be read.
    if (!versionsOf(kind).has(number)) ring = readRing(directory);
    const found = versionsOf(kind).get(number);
    if (!found) throw new VaultFault("vault/key-unknown", `${kind} version ${number}`);
    return found;
  };
  const signer = () => ring.journal[ring.journal.length - 1] as JournalSigner;
  const keys: Keys = {
    directory,
    suite,
    current: (kind) => version(kind, newest(kind)),
    version,
    versions: (kind) => [...versionsOf(kind).keys()].sort((a, b) => a - b),
    rotate(kind) {
      const next = kind === "journal" ? ring.journal.length + 1 : newest(kind) + 1;
      writeKeyFile(
        directory,
        kind === "journal"
          ? journalFile(newJournalKey(journalSuite, now().toISOString(), signer()), next)
          : newDataFile(kind, next, now()),
      );
      ring = readRing(directory);
      return next;
    },
    retire(kind, number) {
      version(kind, number);
      if (number === newest(kind)) throw new VaultFault("vault/key-unknown", `${kind} ${number} is in use`);
      removeKeyFile(directory, kind, number);
      ring = readRing(directory);
    },
    reload() {
      ring = readRing(directory);
    },
    journalKey: () => signer().key,
    journalHistory: () => ring.journal.map((entry) => entry.key),
    signJournal: (bytes) => signBytes(signer().pair, bytes),
  };
  Object.defineProperty(keys, inspect.custom, { value: () => `[keys of ${directory}]` });
  Object.defineProperty(keys, "toJSON", { value: () => "[keys]" });
  return Object.freeze(keys);
}

function newDataFile(kind: DataKind, version: number, now: Date): KeyFile {
  const secret = randomBytes(32).toString("base64url");
  return { kind, version, content: { createdAt: now.toISOString(), secret } };
}

function journalFile(signer: JournalSigner, version: number): KeyFile {
  const { endorsement, acceptance, prev, suite, publicKey, createdAt } = signer.key;
  const { privateKey: secret } = signer.pair;
  return {
    kind: "journal",
    version,
    content: { createdAt, secret, suite, publicKey, prev, endorsement, acceptance },
  };
}

function readRing(directory: string): Ring {
  const data = new Map<DataKind, Map<number, DataKey>>(dataKinds.map((kind) => [kind, new Map()]));
  const journal: JournalSigner[] = [];
  for (const file of listKeyFiles(directory)) {
    const name = `${file.kind}.v${file.version}`;
    const secret = Buffer.from(file.content.secret, "base64url");
    checkSecret(name, secret);
    if (file.kind === "journal") {
      const signer = readSigner(file);
      const previous = journal[journal.length - 1];
      if (previous ? !isSuccessor(signer.key, previous.key) : !isFirst(signer.key)) {
        throw new VaultFault("vault/keys-damaged", `${name} does not stand in the line of keys`);
      }
      journal.push(signer);
    } else {
      const kind = file.kind;
      data.get(kind)?.set(file.version, { kind, version: file.version, createdAt: file.content.createdAt, secret });
    }
  }
  const missing: KeyKind[] = dataKinds.filter((kind) => data.get(kind)?.size === 0);
  if (journal.length === 0) missing.push("journal");
  if (missing.length > 0) {
    throw new VaultFault(
      "vault/keys-missing",
      `${missing.join(", ")} in ${directory}: restore the keys from their escrow`,
    );
  }
  return { data, journal };
}

function readSigner(file: KeyFile): JournalSigner {
  const { suite, publicKey, secret, createdAt, prev, endorsement, acceptance } = file.content;
  if ((suite !== "ed25519" && suite !== "sm2") || publicKey === undefined || !acceptance) {
    throw new VaultFault("vault/keys-damaged", `journal.v${file.version}`);
  }
  const pair = { suite, publicKey, privateKey: secret };
  const key: JournalKey = {
    keyId: fingerprint(pair),
    suite,
    publicKey,
    createdAt,
    prev: prev ?? null,
    endorsement: endorsement ?? null,
    acceptance,
  };
  return { key, pair };
}
