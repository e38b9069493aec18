import { hash } from "node:crypto";
import { isFirst, isSuccessor, type JournalKey } from "../vault/journal-key.ts";
import { fingerprint, verifyBytes } from "../vault/signature.ts";
import { diagnose, type SeenLine } from "./diagnose.ts";
import { entryPrefix } from "./export-lines.ts";
import { type BlockHeader, blockHash, GENESIS, isLeaf, type Leaf, merkleRoot, signedBytes } from "./seal-block.ts";

/** The first bad thing an export shows (首个异常). */
export type FailureReason =
  | "entry-changed"
  | "entry-missing"
  | "entry-added"
  | "block-signature"
  | "block-chain"
  | "root-mismatch"
  | "key-unknown"
  | "head-mismatch"
  | "export-unreadable";

/** Where it is (位置): line of the export from 1; null where the thing belongs to no block, position or entry. */
export interface FailurePlace {
  readonly line: number;
  readonly block: number | null;
  readonly position: number | null;
  readonly entryId: string | null;
}

/** The verifier's answer (核验结论). `head` is the last block, to be compared with the head published that day. */
export type Verdict =
  | {
      readonly ok: true;
      readonly entries: number;
      readonly blocks: number;
      readonly unsealed: number;
      readonly head: { readonly seq: number; readonly hash: string } | null;
      /** Fingerprints of the keys, oldest first. */
      readonly keys: readonly string[];
    }
  | { readonly ok: false; readonly at: FailurePlace; readonly reason: FailureReason };

/** What the reader knows from elsewhere (外部信任锚). Without a pin, an export re-signed from end to end looks whole. */
export interface VerifyOptions {
  /** Fingerprint of any key of the line of keys, 64 hex digits. */
  readonly pin?: string;
  /** A head published on some day: the export must hold exactly this block, so its tail cannot have been cut off. */
  readonly head?: { readonly seq: number; readonly hash: string };
}

interface OpenBlock {
  readonly header: BlockHeader;
  readonly leaves: readonly (Leaf | null)[];
  readonly seen: SeenLine[];
  readonly firstLine: number;
}

class Failure extends Error {
  readonly at: FailurePlace;
  readonly reason: FailureReason;
  constructor(reason: FailureReason, at: FailurePlace) {
    super(reason);
    this.at = at;
    this.reason = reason;
  }
}

const LONGEST_LINE = 64 * 1024 * 1024;
const ENTRY_START = Buffer.from('{"type":"entry"');
const KEY_START = Buffer.from('{"type":"key"');
const HEAD_START = /^\{"type":"(?:block|unsealed)"/;

/**
 * Verifies a journal export (核验日志) read as a stream of bytes; needs nothing but the export, and memory for one block.
 * Checks, in order: the line of keys, each block's key, signature and chain, then each entry against the signed root.
 * Errors: none for a bad export, which is a verdict; a stream that fails to read rejects.
 */
export async function verifyJournal(source: AsyncIterable<Uint8Array>, options: VerifyOptions = {}): Promise<Verdict> {
  const reader = new ExportReader(options);
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const piece of source) {
      const chunk =
        rest.length > 0 ? Buffer.concat([rest, piece]) : Buffer.from(piece.buffer, piece.byteOffset, piece.length);
      let start = 0;
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
        reader.line(chunk.subarray(start, end));
        start = end + 1;
      }
      rest = chunk.subarray(start);
      if (rest.length > LONGEST_LINE) reader.unreadable();
    }
    if (rest.length > 0) reader.line(rest);
    return reader.end();
  } catch (error) {
    if (error instanceof Failure) return { ok: false, at: error.at, reason: error.reason };
    throw error;
  }
}

class ExportReader {
  readonly #options: VerifyOptions;
  readonly #keys: JournalKey[] = [];
  #keyInUse = 0;
  #line = 0;
  #blocks = 0;
  #entries = 0;
  #unsealed: number | undefined;
  #open: OpenBlock | undefined;
  #head: { seq: number; hash: string } | null = null;
  #headMet = false;

  constructor(options: VerifyOptions) {
    this.#options = options;
  }

  line(bytes: Buffer): void {
    this.#line += 1;
    if (this.#unsealed !== undefined) this.#fail("export-unreadable");
    const block = this.#open;
    if (block && this.#belongsToBlock(block, bytes)) {
      this.#readEntry(block, bytes);
      return;
    }
    if (block) this.#closeBlock(block);
    const isKey = this.#blocks === 0 && startsWith(bytes, KEY_START);
    // Entries whose block is not there: the block between was taken out.
    if (startsWith(bytes, ENTRY_START)) this.#fail("block-chain", { block: this.#dueSeq(), entryId: idIn(bytes) });
    const parsed = parse(bytes);
    if (isKey && parsed) this.#readKey(parsed);
    else if (parsed?.type === "block") this.#readBlock(parsed);
    else if (parsed?.type === "unsealed" && Number.isSafeInteger(parsed.count)) this.#unsealed = parsed.count as number;
    else if (isKey || this.#keys.length === 0) this.#fail("key-unknown");
    // What stands where a block is due can only be a block whose bytes were changed.
    else this.#fail("block-signature", { block: this.#dueSeq() });
  }

  end(): Verdict {
    if (this.#open) this.#closeBlock(this.#open);
    if (this.#unsealed === undefined) this.#fail("export-unreadable");
    this.#checkPin(null);
    if (this.#options.head && !this.#headMet) this.#fail("head-mismatch", { block: this.#options.head.seq });
    return {
      ok: true,
      entries: this.#entries,
      blocks: this.#blocks,
      unsealed: this.#unsealed as number,
      head: this.#head,
      keys: this.#keys.map((key) => key.keyId),
    };
  }

  unreadable(): never {
    return this.#fail("export-unreadable");
  }

  #fail(reason: FailureReason, at: Partial<FailurePlace> = {}): never {
    throw new Failure(reason, { line: this.#line, block: null, position: null, entryId: null, ...at });
  }

  #dueSeq(): number {
    return (this.#head?.seq ?? 0) + 1;
  }

  /** Until its entries are complete, a block owns every line that is not plainly a heading: it may be a damaged entry. */
  #belongsToBlock(block: OpenBlock, bytes: Buffer): boolean {
    const { count, seq } = block.header;
    if (block.seen.length < count) return !HEAD_START.test(bytes.toString("latin1", 0, 24));
    // One line too many is enough to know; reading on a little tells an inserted entry from a changed one.
    if (block.seen.length > 2 * count + 16) return false;
    return startsWith(bytes, Buffer.from(`{"type":"entry","seal":{"block":${seq},`));
  }

  #readKey(parsed: Record<string, unknown>): void {
    const key = readKeyLine(parsed) ?? this.#fail("key-unknown");
    const previous = this.#keys[this.#keys.length - 1];
    const isGenuine = key.keyId === fingerprint(key) && (previous ? isSuccessor(key, previous) : isFirst(key));
    if (!isGenuine) this.#fail("key-unknown");
    this.#keys.push(key);
  }

  #checkPin(block: number | null): void {
    const { pin } = this.#options;
    if (pin !== undefined && !this.#keys.some((key) => key.keyId === pin)) this.#fail("key-unknown", { block });
  }

  #readBlock(parsed: Record<string, unknown>): void {
    const { header, signature, leaves } =
      readBlockLine(parsed) ?? this.#fail("block-signature", { block: this.#dueSeq() });
    const at = { block: header.seq };
    this.#checkPin(header.seq);
    const index = this.#keys.findIndex((key) => key.keyId === header.keyId);
    // A key that was rotated out may not sign again: it may have been rotated because it leaked.
    if (index < this.#keyInUse) this.#fail("key-unknown", at);
    const hashed = blockHash(header);
    if (!verifyBytes(this.#keys[index] as JournalKey, signedBytes(hashed), signature))
      this.#fail("block-signature", at);
    const prev = this.#head?.hash ?? GENESIS;
    if (header.seq !== this.#dueSeq() || header.prev !== prev) this.#fail("block-chain", { block: this.#dueSeq() });
    this.#keyInUse = index;
    this.#blocks += 1;
    this.#head = { seq: header.seq, hash: hashed };
    this.#checkHead(header.seq, hashed);
    // The count is signed by now, so it may be trusted as a size.
    const listed = Array.from({ length: Math.max(header.count, leaves.length) }, (_, at) => leaves[at] ?? null);
    this.#open = { header, leaves: listed, seen: [], firstLine: this.#line + 1 };
  }

  #checkHead(seq: number, hashed: string): void {
    const wanted = this.#options.head;
    if (wanted?.seq !== seq) return;
    if (wanted.hash !== hashed) this.#fail("head-mismatch", { block: seq });
    this.#headMet = true;
  }

  #readEntry(block: OpenBlock, bytes: Buffer): void {
    const position = block.seen.length;
    const prefix = Buffer.from(entryPrefix(block.header.seq, position));
    const isFramed = startsWith(bytes, prefix) && bytes[bytes.length - 1] === 0x7d;
    const leaf = isFramed ? hash("sha256", bytes.subarray(prefix.length, -1), "hex") : leafOfStray(bytes);
    block.seen.push({ id: idIn(bytes), leaf, isFramed });
  }

  #closeBlock(block: OpenBlock): void {
    const { header, leaves, seen } = block;
    this.#open = undefined;
    const whole = leaves.every((leaf) => leaf !== null && isLeaf(leaf)) ? (leaves as readonly Leaf[]) : undefined;
    const isGenuine = whole !== undefined && merkleRoot(whole) === header.root;
    const isSame =
      seen.length === header.count &&
      seen.every((line, at) => line.isFramed && line.leaf === leaves[at]?.leaf && line.id === leaves[at]?.id);
    if (!isGenuine || !isSame) {
      const found = diagnose(header.root, leaves, isGenuine, seen);
      const { reason, position, entryId } = found;
      throw new Failure(reason, { line: block.firstLine + (position ?? -1), block: header.seq, position, entryId });
    }
    this.#entries += header.count;
  }
}

function startsWith(bytes: Buffer, start: Buffer): boolean {
  return bytes.subarray(0, start.length).equals(start);
}

/** Only the exact spelling written by the exporter is read: anything else was edited. */
function parse(bytes: Buffer): Record<string, unknown> | undefined {
  const text = bytes.toString("utf8");
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || JSON.stringify(value) !== text) return undefined;
    return value as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function readKeyLine(parsed: Record<string, unknown>): JournalKey | undefined {
  const { keyId, suite, publicKey, createdAt, prev, endorsement, acceptance } = parsed;
  if (suite !== "ed25519" && suite !== "sm2") return undefined;
  const isText = [keyId, publicKey, createdAt, acceptance, prev ?? "", endorsement ?? ""].every(
    (text) => typeof text === "string",
  );
  if (!isText || prev === undefined || endorsement === undefined) return undefined;
  return { keyId, suite, publicKey, createdAt, prev, endorsement, acceptance } as JournalKey;
}

function readBlockLine(
  parsed: Record<string, unknown>,
): { header: BlockHeader; signature: string; leaves: (Leaf | null)[] } | undefined {
  const { seq, home, count, root, prev, sealedAt, keyId, signature, leaves } = parsed;
  const texts = [home, root, prev, sealedAt, keyId, signature];
  if (!texts.every((text) => typeof text === "string") || !Array.isArray(leaves)) return undefined;
  if (!Number.isSafeInteger(seq) || !Number.isSafeInteger(count) || (count as number) < 1) return undefined;
  const header = { seq, home, count, root, prev, sealedAt, keyId } as BlockHeader;
  return { header, signature: signature as string, leaves: leaves.map(leafIn) };
}

function leafIn(pair: unknown): Leaf | null {
  if (!Array.isArray(pair) || pair.length !== 2 || typeof pair[0] !== "string" || typeof pair[1] !== "string")
    return null;
  return { id: pair[0], leaf: pair[1] };
}

const ID = /"home_code":"[^"]*","id":"([0-9a-f-]{36})","operation"/;

/** The id an entry line claims, even when the line is no longer JSON; null when it cannot be read. */
function idIn(bytes: Buffer): string | null {
  return ID.exec(bytes.toString("utf8"))?.[1] ?? null;
}

/** The digest of an entry that stands at another place than its seal says: needed to tell moved from changed. */
function leafOfStray(bytes: Buffer): string | null {
  const mark = '},"entry":';
  const start = bytes.indexOf(mark);
  return start < 0 ? null : hash("sha256", bytes.subarray(start + mark.length, -1), "hex");
}
