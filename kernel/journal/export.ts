import type { Database } from "../database/database.ts";
import { sql } from "../database/sql.ts";
import type { Keys } from "../vault/keys.ts";
import { blockLine, entryLine, keyLine, unsealedLine } from "./export-lines.ts";
import { asEntry, type EntryRow, entryColumns } from "./seal.ts";
import type { Leaf } from "./seal-block.ts";

interface BlockRow {
  seq: number;
  home_code: string;
  count: number;
  root: string;
  prev: string;
  sealed_at: Date;
  key_id: string;
  signature: string;
}

/** One block with its entries as export lines. Entries without a seal but inside the chain cannot occur here. */
async function blockLines(database: Database, block: BlockRow): Promise<string> {
  return database.transaction({ kind: "system" }, async (tx) => {
    const seals = await tx.many<{ entry_id: string; position: number; leaf: string }>(sql`
      select entry_id, position, leaf from journal_seal where block_seq = ${block.seq} order by position`);
    const entries = await tx.many<EntryRow>(sql`
      select ${entryColumns} from journal_entry e where e.home_code = ${block.home_code} and e.id = any(${seals.map((seal) => seal.entry_id)}::uuid[])`);
    const byId = new Map(entries.map((entry) => [entry.id, entry]));
    const leaves: (Leaf | null)[] = Array.from({ length: block.count }, () => null);
    for (const seal of seals)
      if (seal.position < block.count) leaves[seal.position] = { id: seal.entry_id, leaf: seal.leaf };
    const header = {
      seq: block.seq,
      home: block.home_code,
      count: block.count,
      root: block.root,
      prev: block.prev,
      sealedAt: block.sealed_at.toISOString(),
      keyId: block.key_id,
    };
    let out = blockLine({ header, signature: block.signature }, leaves);
    for (const seal of seals) {
      const entry = byId.get(seal.entry_id);
      if (entry) out += entryLine(block.seq, seal.position, asEntry(entry));
    }
    return out;
  });
}

/** The whole journal as verifiable lines (日志导出), block by block in constant memory; the stand-alone verifier reads it. */
export async function* exportJournal(database: Database, keys: Keys): AsyncGenerator<Buffer> {
  for (const key of keys.journalHistory()) yield Buffer.from(keyLine(key));
  let after = 0;
  for (;;) {
    const blocks = await database.transaction({ kind: "system" }, (tx) =>
      tx.many<BlockRow>(sql`select * from journal_block where seq > ${after} order by seq limit 50`),
    );
    if (blocks.length === 0) break;
    for (const block of blocks) {
      yield Buffer.from(await blockLines(database, block));
      after = block.seq;
    }
  }
  // Entries sealed into a block that is no longer there: exported as they stand, so that the verifier misses the block.
  const orphans = await database.transaction({ kind: "system" }, (tx) =>
    tx.many<EntryRow & { block_seq: number; position: number }>(sql`
      select ${entryColumns}, s.block_seq, s.position from journal_seal s
      join journal_entry e on e.home_code = s.home_code and e.id = s.entry_id
      where not exists (select 1 from journal_block b where b.seq = s.block_seq) order by s.block_seq, s.position limit 1000`),
  );
  for (const { block_seq, position, ...entry } of orphans)
    yield Buffer.from(entryLine(block_seq, position, asEntry(entry)));
  const unsealed = await database.transaction({ kind: "system" }, (tx) =>
    tx.one<{ n: number }>(sql`
      select count(*) as n from journal_entry e
      where not exists (select 1 from journal_seal s where s.home_code = e.home_code and s.entry_id = e.id)`),
  );
  yield Buffer.from(unsealedLine(unsealed.n));
}
