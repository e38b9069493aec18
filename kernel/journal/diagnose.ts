import { isLeaf, type Leaf, merkleRoot } from "./seal-block.ts";

/** What was read at one line of a block (已读行): digest and id are null where they cannot be read. */
export interface SeenLine {
  readonly id: string | null;
  readonly leaf: string | null;
  /** The line says the place where it stands. */
  readonly isFramed: boolean;
}

/** What is wrong inside a block whose signature is good (块内异常). */
export interface Finding {
  readonly reason: "entry-changed" | "entry-missing" | "entry-added" | "root-mismatch";
  readonly position: number | null;
  readonly entryId: string | null;
}

/**
 * Names the first entry of a block that is not as it was sealed (定位首个异常条目).
 * `isGenuine` says that the listed leaves lead to the signed root; where they do not, the list itself was altered and the
 * lines are asked instead. When an entry and its listed digest were altered together, only the block can be named.
 */
export function diagnose(
  root: string,
  leaves: readonly (Leaf | null)[],
  isGenuine: boolean,
  seen: readonly SeenLine[],
): Finding {
  return isGenuine ? compare(leaves as readonly Leaf[], seen) : compareAlteredList(root, leaves, seen);
}

function compare(leaves: readonly Leaf[], seen: readonly SeenLine[]): Finding {
  const read = new Map<string, number>();
  for (const line of seen) if (line.leaf !== null) read.set(line.leaf, (read.get(line.leaf) ?? 0) + 1);
  const sealed = new Set(leaves.map((leaf) => leaf.leaf));
  for (const [position, expected] of leaves.entries()) {
    const line = seen[position];
    if (line?.isFramed && line.leaf === expected.leaf && line.id === expected.id) continue;
    const named = { position, entryId: expected.id };
    // The text is right and its place is not: the seal in the line was edited, or two entries were swapped.
    if (line?.leaf === expected.leaf) return { reason: "entry-changed", ...named };
    if (!read.has(expected.leaf))
      return { reason: isGone(expected, line, seen, sealed) ? "entry-missing" : "entry-changed", ...named };
    // An unreadable line here is most likely the front half of this entry, broken in two.
    const leaf = line?.leaf ?? expected.leaf;
    const isForeign = !sealed.has(leaf) || (leaf !== expected.leaf && (read.get(leaf) ?? 0) > 1);
    return isForeign
      ? { reason: "entry-added", position, entryId: line?.id ?? null }
      : { reason: "entry-changed", ...named };
  }
  return { reason: "entry-added", position: leaves.length, entryId: seen[leaves.length]?.id ?? null };
}

/** Gone rather than changed: no line claims its id, and what stands in its place is another sealed entry or nothing. */
function isGone(
  expected: Leaf,
  line: SeenLine | undefined,
  seen: readonly SeenLine[],
  sealed: ReadonlySet<string>,
): boolean {
  if (seen.some((other) => other.id === expected.id)) return false;
  return line === undefined || (line.leaf !== null && sealed.has(line.leaf));
}

function compareAlteredList(root: string, leaves: readonly (Leaf | null)[], seen: readonly SeenLine[]): Finding {
  const reread =
    seen.every((line) => line.leaf !== null && line.id !== null && isLeaf(line as Leaf)) && seen.length > 0;
  const linesAreGenuine = reread && merkleRoot(seen as readonly Leaf[]) === root;
  for (const [position, listed] of leaves.entries()) {
    const line = seen[position];
    const isSame = listed !== null && line?.leaf === listed.leaf && line.id === listed.id;
    if (isSame) continue;
    if (!linesAreGenuine && listed === null && seen.length < leaves.length)
      return { reason: "entry-missing", position, entryId: null };
    return { reason: "root-mismatch", position, entryId: line?.id ?? listed?.id ?? null };
  }
  return { reason: "root-mismatch", position: null, entryId: null };
}
