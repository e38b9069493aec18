import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Keys, openKeys } from "../vault/keys.ts";
import { blockLine, entryLine, keyLine, unsealedLine } from "./export-lines.ts";
import {
  type BlockHeader,
  GENESIS,
  type JournalEntry,
  type Leaf,
  leafHash,
  merkleRoot,
  type SealedBlock,
  sealBlock,
  signBlock,
} from "./seal-block.ts";
import { type Verdict, type VerifyOptions, verifyJournal } from "./verify.ts";

interface Block {
  sealed: SealedBlock & { readonly leaves: readonly (Leaf | null)[] };
  entries: JournalEntry[];
}

let root: string;
let keys: Keys;
let stranger: Keys;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "journal-"));
  keys = openKeys(join(root, "keys"));
  stranger = openKeys(join(root, "stranger"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function entry(number: number, over: Partial<JournalEntry> = {}): JournalEntry {
  const id = `01936f00-0000-7000-8000-${String(number).padStart(12, "0")}`;
  return {
    id,
    home_code: "630203",
    division_code: "630203100201",
    at: new Date(Date.UTC(2026, 10, 21, 1, 2, number % 60)).toISOString(),
    actor_id: number % 3 === 0 ? null : "01936f00-aaaa-7000-8000-000000000001",
    actor_label: "登记员 平安区",
    operation: "annual-inspection.submit-report",
    event: "annual-report.submitted",
    subject_kind: "organisation",
    subject_id: null,
    refused: number % 5 === 0,
    code: number % 5 === 0 ? "annual-inspection/closed" : null,
    payload: { year: 2025, note: "含\n换行与“引号”𬭎", amounts: [1, 2.5, number] },
    request_id: `r-${number}`,
    commitment: "ab".repeat(32),
    ...over,
  };
}

/** Three blocks of 5, 1 and 8 entries; the key is rotated before the last. */
function journal(sizes = [5, 1, 8], rotateBefore = 2): Block[] {
  const blocks: Block[] = [];
  let number = 0;
  let prev = GENESIS;
  for (const [index, size] of sizes.entries()) {
    if (index === rotateBefore && keys.journalHistory().length === 1) keys.rotate("journal");
    const key = keys.journalHistory()[index < rotateBefore ? 0 : 1];
    const first = number + 1;
    number += size;
    const entries = Array.from({ length: size }, (_, at) => entry(first + at));
    const place = { seq: index + 1, home: "630203", prev, sealedAt: "2026-11-21T02:00:00.000Z" };
    const sealed = sealBlock(
      entries,
      { ...place, keyId: key?.keyId as string },
      signers[index < rotateBefore ? 0 : 1] as Sign,
    );
    prev = sealed.hash;
    blocks.push({ sealed, entries });
  }
  return blocks;
}
type Sign = (bytes: Uint8Array) => string;
const signers: Sign[] = [];
let whole: Block[];
beforeAll(() => {
  // The first signer must sign before the rotation: it is captured in a ring of its own.
  const before = openKeys(join(root, "keys"));
  signers[0] = (bytes) => before.signJournal(bytes);
  signers[1] = (bytes) => keys.signJournal(bytes);
  whole = journal();
});

function blockText(block: Block): string[] {
  const { sealed, entries } = block;
  return [
    blockLine(sealed, sealed.leaves),
    ...entries.map((one, position) => entryLine(sealed.header.seq, position, one)),
  ];
}

function exportText(blocks: readonly Block[], unsealed = 2, ring = keys): string {
  return [...ring.journalHistory().map(keyLine), ...blocks.flatMap(blockText), unsealedLine(unsealed)].join("");
}

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function verify(text: string | Buffer, options?: VerifyOptions, size = 777): Promise<Verdict> {
  return verifyJournal(pieces(Buffer.from(text as string), size), options);
}

function failed(reason: string, block: number | null, position: number | null, entryId: string | null) {
  return { ok: false, reason, at: { line: expect.any(Number), block, position, entryId } };
}

const flat = () =>
  whole.flatMap(({ sealed, entries }) => entries.map((one, position) => ({ seq: sealed.header.seq, position, one })));

describe("a whole export", () => {
  it("is confirmed with its counts, head and keys, however the stream is cut", async () => {
    const head = whole[2]?.sealed as SealedBlock;
    for (const size of [1, 2, 999, 10_000_000]) {
      expect(await verify(exportText(whole), { pin: keys.journalKey().keyId }, size)).toEqual({
        ok: true,
        entries: 14,
        blocks: 3,
        unsealed: 2,
        head: { seq: 3, hash: head.hash },
        keys: keys.journalHistory().map((key) => key.keyId),
      });
    }
  });

  it("is confirmed when empty, with SM2 keys, and under a pin of any key of the line", async () => {
    expect(await verify(exportText([], 0))).toMatchObject({ ok: true, entries: 0, head: null });
    const sm = openKeys(join(root, "sm"), { suite: "sm" });
    const place = {
      seq: 1,
      home: "63",
      prev: GENESIS,
      sealedAt: "2026-11-21T02:00:00.000Z",
      keyId: sm.journalKey().keyId,
    };
    const entries = [entry(1), entry(2)];
    const text = exportText([{ sealed: sealBlock(entries, place, sm.signJournal), entries }], 0, sm);
    expect(await verify(text, { pin: sm.journalKey().keyId })).toMatchObject({ ok: true, entries: 2 });
    for (const key of keys.journalHistory())
      expect((await verify(exportText(whole), { pin: key.keyId })).ok).toBe(true);
  });
});

describe("an altered export", () => {
  it("is refused and the entry is named after any single byte of any entry was changed", async () => {
    const bytes = Buffer.from(exportText(whole));
    const spans = flat().map((place) => {
      const line = Buffer.from(entryLine(place.seq, place.position, place.one));
      return { ...place, start: bytes.indexOf(line), length: line.length };
    });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(spans.length - 1),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (which, offset, change) => {
          const { start, length, seq, position, one } = spans[which] as (typeof spans)[number];
          const altered = Buffer.from(bytes);
          const at = start + (offset % length);
          altered[at] = (altered[at] as number) ^ change;
          expect(await verify(altered)).toEqual(failed("entry-changed", seq, position, one.id));
        },
      ),
      { numRuns: 600 },
    );
  });

  it("is refused after any single byte outside the entries was changed", async () => {
    const text = exportText(whole);
    const trailer = Buffer.byteLength(unsealedLine(2));
    const bytes = Buffer.from(text);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - trailer - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const altered = Buffer.from(bytes);
        altered[at] = (altered[at] as number) ^ change;
        expect((await verify(altered)).ok).toBe(false);
      }),
      { numRuns: 1500 },
    );
  });

  it("names the entry that was deleted, even the last of a block or of the journal", async () => {
    for (const { seq, position, one } of flat()) {
      const text = exportText(whole).replace(entryLine(seq, position, one), "");
      expect(await verify(text)).toEqual(failed("entry-missing", seq, position, one.id));
    }
  });

  it("names the first of two entries that were swapped", async () => {
    const places = flat();
    await fc.assert(
      fc.asyncProperty(fc.nat(13), fc.nat(13), async (i, j) => {
        fc.pre(i !== j);
        const [first, second] = [places[Math.min(i, j)], places[Math.max(i, j)]] as [
          (typeof places)[0],
          (typeof places)[0],
        ];
        const [a, b] = [first, second].map((place) => entryLine(place.seq, place.position, place.one)) as [
          string,
          string,
        ];
        const lines = exportText(whole)
          .split(/(?<=\n)/)
          .map((line) => (line === a ? b : line === b ? a : line));
        const verdict = await verify(lines.join(""));
        expect(verdict).toMatchObject({ ok: false, at: { block: first.seq, position: first.position } });
      }),
      { numRuns: 100 },
    );
  });

  it("names an entry that was added or repeated", async () => {
    const added = entry(999);
    const lines = exportText(whole).split(/(?<=\n)/);
    const at = lines.indexOf(entryLine(1, 2, entry(3)));
    expect(await verify(lines.toSpliced(at, 0, entryLine(1, 2, added)).join(""))).toEqual(
      failed("entry-added", 1, 2, added.id),
    );
    expect(await verify(lines.toSpliced(at + 3, 0, entryLine(1, 5, added)).join(""))).toEqual(
      failed("entry-added", 1, 5, added.id),
    );
    expect(await verify(lines.toSpliced(at, 0, entryLine(1, 2, entry(2))).join(""))).toEqual(
      failed("entry-added", 1, 2, entry(2).id),
    );
  });

  it("names the entry whose row was changed in the database, exported afresh", async () => {
    const changed = structuredClone(whole);
    const block = changed[2] as Block;
    block.entries[4] = { ...(block.entries[4] as JournalEntry), refused: !(block.entries[4] as JournalEntry).refused };
    expect(await verify(exportText(changed))).toEqual(failed("entry-changed", 3, 4, block.entries[4].id));
  });

  it("names the place when entry row and seal row were both deleted", async () => {
    const changed = structuredClone(whole);
    const { sealed, entries } = changed[0] as Block;
    const leaves = sealed.leaves.map((leaf, at) => (at === 3 ? null : leaf));
    const text = exportText(changed)
      .replace(blockLine(sealed, sealed.leaves), blockLine(sealed, leaves))
      .replace(entryLine(1, 3, entries[3] as JournalEntry), "");
    expect(await verify(text)).toEqual(failed("entry-missing", 1, 3, null));
  });

  it("names the entry whose seal row was changed, deleted, or given another id", async () => {
    const { sealed, entries } = whole[0] as Block;
    const good = sealed.leaves[3] as Leaf;
    for (const bad of [
      null,
      { ...good, leaf: "0".repeat(64) },
      { ...good, id: entry(77).id },
      { ...good, leaf: good.leaf.toUpperCase() },
    ]) {
      const leaves = sealed.leaves.map((leaf, at) => (at === 3 ? bad : leaf));
      const text = exportText(whole).replace(blockLine(sealed, sealed.leaves), blockLine(sealed, leaves));
      expect(await verify(text)).toEqual(failed("root-mismatch", 1, 3, entries[3]?.id ?? null));
    }
  });

  it("names the block when an entry and its seal row were changed together", async () => {
    const changed = structuredClone(whole);
    const block = changed[2] as Block;
    const forged = { ...(block.entries[4] as JournalEntry), event: "annual-report.approved" };
    block.entries[4] = forged;
    const leaves = block.sealed.leaves.map((leaf, at) => (at === 4 ? { id: forged.id, leaf: leafHash(forged) } : leaf));
    block.sealed = { ...block.sealed, leaves };
    expect(await verify(exportText(changed))).toEqual(failed("root-mismatch", 3, null, null));
  });
});

describe("a re-signed or re-chained block", () => {
  function resigned(index: number, over: Partial<BlockHeader>, sign: Sign): Block[] {
    const changed = structuredClone(whole);
    const block = changed[index] as Block;
    block.entries[0] = { ...(block.entries[0] as JournalEntry), event: "annual-report.approved" };
    const leaves = block.entries.map((one) => ({ id: one.id, leaf: leafHash(one) }));
    block.sealed = { ...signBlock({ ...block.sealed.header, root: merkleRoot(leaves), ...over }, sign), leaves };
    return changed;
  }

  it("is named when signed with a stranger's key, under the old key's name or its own", async () => {
    expect(await verify(exportText(resigned(1, {}, stranger.signJournal)))).toEqual(
      failed("block-signature", 2, null, null),
    );
    const own = resigned(1, { keyId: stranger.journalKey().keyId }, stranger.signJournal);
    expect(await verify(exportText(own))).toEqual(failed("key-unknown", 2, null, null));
  });

  it("is refused when the stranger's key is slipped into the line of keys", async () => {
    const own = resigned(1, { keyId: stranger.journalKey().keyId }, stranger.signJournal);
    const last = keyLine(keys.journalKey());
    const { endorsement, acceptance, keyId } = keys.journalKey();
    const forged = { ...stranger.journalKey(), prev: keyId, endorsement, acceptance };
    for (const key of [stranger.journalKey(), forged]) {
      expect(await verify(exportText(own).replace(last, last + keyLine(key)))).toMatchObject({
        ok: false,
        reason: "key-unknown",
      });
    }
  });

  it("is caught by the next block's chain even when signed with the true key", async () => {
    expect(await verify(exportText(resigned(0, {}, signers[0] as Sign)))).toEqual(failed("block-chain", 2, null, null));
  });

  it("is refused when signed with a key that had been rotated out", async () => {
    const first = keys.journalHistory()[0]?.keyId as string;
    const blocks = structuredClone(whole);
    const { sealed } = blocks[2] as Block;
    const header = { ...sealed.header, seq: 4, prev: sealed.hash, keyId: first };
    blocks.push({
      sealed: { ...signBlock(header, signers[0] as Sign), leaves: sealed.leaves },
      entries: (blocks[2] as Block).entries,
    });
    expect(await verify(exportText(blocks))).toEqual(failed("key-unknown", 4, null, null));
  });

  it("is refused under a pin when the whole journal was re-signed from end to end", async () => {
    let prev = GENESIS;
    const forged = structuredClone(whole).map((block) => {
      const sealed = signBlock(
        { ...block.sealed.header, prev, keyId: stranger.journalKey().keyId },
        stranger.signJournal,
      );
      prev = sealed.hash;
      return { ...block, sealed: { ...sealed, leaves: block.sealed.leaves } };
    });
    const text = exportText(forged, 2, stranger);
    expect((await verify(text)).ok).toBe(true);
    expect(await verify(text, { pin: keys.journalKey().keyId })).toEqual(failed("key-unknown", 1, null, null));
  });

  it("is named when a whole block is gone, with or without its entries", async () => {
    expect(await verify(exportText([whole[0], whole[2]] as Block[]))).toEqual(failed("block-chain", 2, null, null));
    const { sealed } = whole[1] as Block;
    const text = exportText(whole).replace(blockLine(sealed, sealed.leaves), "");
    expect(await verify(text)).toMatchObject({
      ok: false,
      reason: "block-chain",
      at: { block: 2, entryId: entry(6).id },
    });
  });

  it("is missed at the tail only by a reader without a published head", async () => {
    const shorter = exportText(whole.slice(0, 2));
    const { hash } = (whole[2] as Block).sealed;
    expect((await verify(shorter)).ok).toBe(true);
    expect(await verify(shorter, { head: { seq: 3, hash } })).toEqual(failed("head-mismatch", 3, null, null));
    expect(await verify(exportText(whole), { head: { seq: 3, hash: GENESIS } })).toEqual(
      failed("head-mismatch", 3, null, null),
    );
    expect((await verify(exportText(whole), { head: { seq: 3, hash } })).ok).toBe(true);
  });

  it("is refused when the export was cut short or is no export at all", async () => {
    const text = exportText(whole);
    expect(await verify(text.slice(0, -unsealedLine(2).length))).toMatchObject({ reason: "export-unreadable" });
    expect(await verify("")).toMatchObject({ reason: "export-unreadable" });
    expect(await verify("hello\n")).toMatchObject({ ok: false });
    expect(await verify(`${text}${text}`)).toMatchObject({ reason: "export-unreadable" });
  });
});
