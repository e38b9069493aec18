import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  commitmentOf,
  inclusionProof,
  type JournalEntry,
  type Leaf,
  leafHash,
  merkleRoot,
  verifyInclusion,
} from "./seal-block.ts";

function leaves(count: number): Leaf[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `01936f00-0000-7000-8000-${index.toString(16).padStart(12, "0")}`,
    leaf: createHash("sha256").update(String(index)).digest("hex"),
  }));
}

const sha = (...parts: (string | number[])[]) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(typeof part === "string" ? Buffer.from(part, "hex") : Buffer.from(part));
  return hash.digest("hex");
};

/** The tree of RFC 6962 written as its definition: split at the largest power of two below the count. */
function reference(list: readonly Leaf[]): string {
  if (list.length === 1) return sha([0], (list[0] as Leaf).id.replaceAll("-", ""), (list[0] as Leaf).leaf);
  let split = 1;
  while (split * 2 < list.length) split *= 2;
  return sha([1], reference(list.slice(0, split)), reference(list.slice(split)));
}

describe("the Merkle root", () => {
  it("is that of RFC 6962 for every size up to 70", () => {
    for (let count = 1; count <= 70; count += 1) expect(merkleRoot(leaves(count))).toBe(reference(leaves(count)));
  });

  it("differs when a leaf is repeated at the end, and exists for no empty block", () => {
    const odd = leaves(5);
    expect(merkleRoot([...odd, odd[4] as Leaf])).not.toBe(merkleRoot(odd));
    expect(() => merkleRoot([])).toThrow(RangeError);
    expect(() => merkleRoot([{ id: "x", leaf: "y" }])).toThrow(RangeError);
  });

  it("is proven for every entry, and for no other entry, place, size or root", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), fc.nat(), (count, a, b) => {
        const list = leaves(count);
        const root = merkleRoot(list);
        const position = a % count;
        const proof = inclusionProof(list, position);
        expect(proof.path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(count)) || 0);
        expect(verifyInclusion(list[position] as Leaf, proof, root)).toBe(true);
        const other = b % count;
        if (other !== position) {
          expect(verifyInclusion(list[other] as Leaf, proof, root)).toBe(false);
          expect(verifyInclusion(list[position] as Leaf, { ...proof, position: other }, root)).toBe(false);
        }
        expect(
          verifyInclusion(list[position] as Leaf, { ...proof, path: [...proof.path, "00".repeat(32)] }, root),
        ).toBe(false);
        expect(verifyInclusion(list[position] as Leaf, proof, "00".repeat(32))).toBe(false);
      }),
    );
    expect(() => inclusionProof(leaves(3), 3)).toThrow(RangeError);
  });
});

describe("the digest of an entry", () => {
  const entry: JournalEntry = {
    id: "01936f00-0000-7000-8000-000000000001",
    home_code: "630203",
    division_code: "630203",
    at: "2026-11-21T01:02:03.000Z",
    actor_id: null,
    actor_label: "系统",
    operation: "credit.propose-listing",
    event: "listing.proposed",
    subject_kind: "organisation",
    subject_id: null,
    refused: false,
    code: null,
    payload: { b: 1, a: [2, { d: 3, c: 4 }] },
    request_id: "r",
    commitment: "00",
  };

  it("does not depend on the order in which the database gives members back, nor on further columns", () => {
    const shuffled = Object.fromEntries(Object.entries(entry).reverse()) as unknown as JournalEntry;
    const wider = { ...shuffled, payload: { a: [2, { c: 4, d: 3 }], b: 1 }, seal: "x" } as JournalEntry;
    expect(leafHash(wider)).toBe(leafHash(entry));
  });

  it("changes with every single field", () => {
    const seen = new Set([leafHash(entry)]);
    for (const key of Object.keys(entry)) {
      const value = key === "payload" ? {} : key === "refused" ? true : "changed";
      seen.add(leafHash({ ...entry, [key]: value }));
    }
    expect(seen.size).toBe(Object.keys(entry).length + 1);
  });

  it("commits to an input without showing it, differently under another salt", () => {
    const salt = "0123456789abcdef";
    expect(commitmentOf(salt, { phone: "1" })).toBe(commitmentOf(salt, { phone: "1" }));
    expect(commitmentOf(salt, { phone: "1" })).not.toBe(commitmentOf("fedcba9876543210", { phone: "1" }));
    expect(() => commitmentOf("short", {})).toThrow(RangeError);
  });
});
