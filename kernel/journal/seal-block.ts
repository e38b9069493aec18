import { hash } from "node:crypto";
import { canonical } from "../vault/canonical.ts";

/** One line of the journal (日志条目): who did what to whom, when. `payload` never holds personal data. */
export interface JournalEntry {
  /** UUIDv7, lower case. */
  readonly id: string;
  readonly home_code: string;
  readonly division_code: string;
  /** Instant, ISO 8601 in UTC with milliseconds. */
  readonly at: string;
  readonly actor_id: string | null;
  readonly actor_label: string;
  readonly operation: string;
  readonly event: string;
  readonly subject_kind: string;
  readonly subject_id: string | null;
  readonly refused: boolean;
  readonly code: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly request_id: string;
  /** `commitmentOf(salt, input)`: binds the whole input, personal data included, without holding it. */
  readonly commitment: string;
}

/** What a seal keeps of one entry (条目封存值): its id and the digest of its canonical text, 64 hex digits. */
export interface Leaf {
  readonly id: string;
  readonly leaf: string;
}

/** What a block signs (封存块头). `prev` is the hash of the block before, 64 zeros for the first. */
export interface BlockHeader {
  readonly seq: number;
  readonly home: string;
  readonly count: number;
  readonly root: string;
  readonly prev: string;
  /** Instant, ISO 8601 in UTC. */
  readonly sealedAt: string;
  readonly keyId: string;
}

/** A sealed block (封存块): header, its hash, the signature over the hash, base64url. */
export interface SealedBlock {
  readonly header: BlockHeader;
  readonly hash: string;
  readonly signature: string;
}

export const GENESIS = "0".repeat(64);

/** The bytes of an entry that are hashed and exported (条目规范文本): exactly the declared fields. */
export function canonicalEntry(entry: JournalEntry): string {
  return canonical({
    id: entry.id,
    home_code: entry.home_code,
    division_code: entry.division_code,
    at: entry.at,
    actor_id: entry.actor_id,
    actor_label: entry.actor_label,
    operation: entry.operation,
    event: entry.event,
    subject_kind: entry.subject_kind,
    subject_id: entry.subject_id,
    refused: entry.refused,
    code: entry.code,
    payload: entry.payload,
    request_id: entry.request_id,
    commitment: entry.commitment,
  });
}

/** The digest of an entry (条目摘要): SHA-256 of its canonical text, 64 hex digits; what `journal_seal.leaf` holds. */
export function leafHash(entry: JournalEntry): string {
  return hash("sha256", canonicalEntry(entry), "hex");
}

/**
 * Binds a value without showing it (承诺值): SHA-256 over a salt and the canonical value, 64 hex digits. With the salt and
 * value destroyed, nothing can be guessed back from it; `salt` is at least 16 random bytes in any text form.
 */
export function commitmentOf(salt: string, value: unknown): string {
  if (salt.length < 16) throw new RangeError("a commitment needs a salt of at least 16 characters");
  return hash("sha256", `shanzhi-commitment-v1\n${canonical([salt, value])}`, "hex");
}

/**
 * The Merkle root of a block's leaves in their order (Merkle 根), 64 hex digits. The tree is that of RFC 6962: leaf nodes
 * are SHA-256(00 ‖ id ‖ digest), inner nodes SHA-256(01 ‖ left ‖ right), an odd last node moves up unchanged. The id
 * stands in the leaf node so that a deleted entry can still be named with proof.
 * Errors: throws RangeError for an empty list or an id or digest of another form.
 */
export function merkleRoot(leaves: readonly Leaf[]): string {
  let level = leaves.map(leafNode);
  if (level.length === 0) throw new RangeError("a block has at least one entry");
  while (level.length > 1) level = parents(level);
  return (level[0] as Buffer).toString("hex");
}

/** The way from one entry to the root of its block (包含证明): sibling nodes from the bottom up, hex. */
export interface InclusionProof {
  readonly position: number;
  readonly count: number;
  readonly path: readonly string[];
}

/** Makes the proof that one entry stands at one position of a block. Errors: RangeError outside the block. */
export function inclusionProof(leaves: readonly Leaf[], position: number): InclusionProof {
  if (!Number.isInteger(position) || position < 0 || position >= leaves.length)
    throw new RangeError(`no position ${position}`);
  const path: string[] = [];
  let level = leaves.map(leafNode);
  for (let index = position; level.length > 1; index >>= 1) {
    const sibling = level[index ^ 1];
    if (sibling) path.push(sibling.toString("hex"));
    level = parents(level);
  }
  return { position, count: leaves.length, path };
}

/** Tells whether a proof leads from this entry to this root (核验包含证明). Never throws. */
export function verifyInclusion(leaf: Leaf, proof: InclusionProof, root: string): boolean {
  const { position, count, path } = proof;
  if (!Number.isInteger(position) || position < 0 || position >= count || !isLeaf(leaf)) return false;
  let node = leafNode(leaf);
  let used = 0;
  for (let index = position, width = count; width > 1; index >>= 1, width = (width + 1) >> 1) {
    if ((index ^ 1) >= width) continue;
    const sibling = Buffer.from(path[used] ?? "", "hex");
    if (sibling.length !== 32) return false;
    used += 1;
    node = index & 1 ? innerNode(sibling, node) : innerNode(node, sibling);
  }
  return used === path.length && node.toString("hex") === root;
}

/** The hash of a block (块摘要), 64 hex digits: what the signature covers and the next block's `prev`. */
export function blockHash(header: BlockHeader): string {
  const { seq, home, count, root, prev, sealedAt, keyId } = header;
  return hash("sha256", `shanzhi-block-v1\n${canonical({ seq, home, count, root, prev, sealedAt, keyId })}`, "hex");
}

/** The bytes a block's signature covers. */
export function signedBytes(blockHashHex: string): Buffer {
  return Buffer.from(blockHashHex, "hex");
}

/** Signs a block header (块签名) with a function that signs bytes, such as `keys.signJournal`. */
export function signBlock(header: BlockHeader, sign: (bytes: Uint8Array) => string): SealedBlock {
  const hashed = blockHash(header);
  return { header, hash: hashed, signature: sign(signedBytes(hashed)) };
}

/** Gathers entries into a signed block (封存): leaves in the order given, one block of one home. */
export function sealBlock(
  entries: readonly JournalEntry[],
  place: Pick<BlockHeader, "seq" | "home" | "prev" | "sealedAt" | "keyId">,
  sign: (bytes: Uint8Array) => string,
): SealedBlock & { readonly leaves: readonly Leaf[] } {
  const leaves = entries.map((entry) => ({ id: entry.id, leaf: leafHash(entry) }));
  const { seq, home, prev, sealedAt, keyId } = place;
  const header = { seq, home, count: leaves.length, root: merkleRoot(leaves), prev, sealedAt, keyId };
  return { ...signBlock(header, sign), leaves };
}

/** Tells whether id and digest have the one accepted spelling: another spelling of the same bytes is an alteration. */
export function isLeaf(leaf: Leaf): boolean {
  return UUID.test(leaf.id) && HEX_32.test(leaf.leaf);
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const HEX_32 = /^[0-9a-f]{64}$/;

function leafNode(leaf: Leaf): Buffer {
  if (!isLeaf(leaf)) throw new RangeError("a leaf is a lower-case UUID and 64 hex digits");
  const bytes = Buffer.allocUnsafe(49);
  bytes[0] = 0;
  bytes.write(leaf.id.replaceAll("-", ""), 1, "hex");
  bytes.write(leaf.leaf, 17, "hex");
  return hash("sha256", bytes, "buffer");
}

function innerNode(left: Buffer, right: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(65);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 33);
  return hash("sha256", bytes, "buffer");
}

function parents(level: readonly Buffer[]): Buffer[] {
  const next: Buffer[] = [];
  for (let index = 0; index < level.length; index += 2) {
    const left = level[index] as Buffer;
    const right = level[index + 1];
    next.push(right ? innerNode(left, right) : left);
  }
  return next;
}
