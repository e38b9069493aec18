import type { JournalKey } from "../vault/journal-key.ts";
import { canonicalEntry, type JournalEntry, type Leaf, type SealedBlock } from "./seal-block.ts";

/**
 * The lines of a journal export (日志导出格式), NDJSON, each ended by one "\n", in this order: all keys oldest first; each
 * block by `seq`, followed by its entries by position; one last line with the number of entries not yet sealed.
 * The text of an entry line is fixed to the byte, because the verifier hashes the bytes it reads.
 */
export function keyLine(key: JournalKey): string {
  const { keyId, suite, publicKey, createdAt, prev, endorsement, acceptance } = key;
  return `${JSON.stringify({ type: "key", keyId, suite, publicKey, createdAt, prev, endorsement, acceptance })}\n`;
}

/** The line of a block (封存块行). `leaves` by position; null where the seal of a position is gone from the database. */
export function blockLine(block: Omit<SealedBlock, "hash">, leaves: readonly (Leaf | null)[]): string {
  const { seq, home, count, root, prev, sealedAt, keyId } = block.header;
  const pairs = leaves.map((leaf) => (leaf ? [leaf.id, leaf.leaf] : null));
  const { signature } = block;
  return `${JSON.stringify({ type: "block", seq, home, count, root, prev, sealedAt, keyId, signature, leaves: pairs })}\n`;
}

/** The line of a sealed entry (已封存条目行). */
export function entryLine(block: number, position: number, entry: JournalEntry): string {
  return `${entryPrefix(block, position)}${canonicalEntry(entry)}}\n`;
}

/** The last line (未封存条目数): an export without it was cut short. */
export function unsealedLine(count: number): string {
  return `${JSON.stringify({ type: "unsealed", count })}\n`;
}

/** What stands before the canonical text in an entry line; one closing brace stands after it. */
export function entryPrefix(block: number, position: number): string {
  return `{"type":"entry","seal":{"block":${block},"position":${position}},"entry":`;
}
