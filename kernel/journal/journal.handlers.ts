import { sql } from "../database/sql.ts";
import { readCursor, writeCursor } from "../operation/cursor.ts";
import { handle } from "../operation/handle.ts";
import { exportEntries, listJournal, sealState } from "./journal.contract.ts";

interface Row {
  id: string;
  at: Date;
  division_code: string;
  actor_label: string;
  operation: string;
  event: string;
  subject_kind: string;
  subject_id: string | null;
  refused: boolean;
  code: string | null;
  payload: Record<string, unknown>;
  block_seq: number | null;
}

const list = handle(listJournal)(async (input, ctx) => {
  const [after] = readCursor(input.after, ["id"]) ?? [];
  const rows = await ctx.tx.many<Row>(sql`
    select e.id, e.at, e.division_code, e.actor_label, e.operation, e.event, e.subject_kind, e.subject_id, e.refused, e.code, e.payload, s.block_seq
    from journal_entry e left join journal_seal s on s.home_code = e.home_code and s.entry_id = e.id
    where (${input.subjectId ?? null}::uuid is null or e.subject_id = ${input.subjectId ?? null})
      and (${input.operation ?? null}::text is null or e.operation = ${input.operation ?? null})
      and (${input.refused ?? null}::boolean is null or e.refused = ${input.refused ?? null})
      and (${after ?? null}::uuid is null or e.id < ${after ?? null}::uuid)
    order by e.id desc limit ${input.limit + 1}`);
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    entries: shown.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      division: row.division_code,
      actor: row.actor_label,
      operation: row.operation,
      event: row.event,
      subjectKind: row.subject_kind,
      subjectId: row.subject_id,
      refused: row.refused,
      code: row.code,
      payload: row.payload,
      sealedIn: row.block_seq,
    })),
    next: rows.length > input.limit && last ? writeCursor([last.id]) : null,
  };
});

const state = handle(sealState)(async (_input, ctx) => {
  const head = await ctx.tx.maybe<{ seq: number; hash: string; sealed_at: Date }>(
    sql`select seq, hash, sealed_at from journal_block order by seq desc limit 1`,
  );
  const sums = await ctx.tx.one<{ blocks: number; entries: number }>(
    sql`select count(*) as blocks, coalesce(sum(count), 0)::bigint as entries from journal_block`,
  );
  const unsealed = await ctx.tx.one<{ n: number }>(sql`
    select count(*) as n from (select 1 from journal_entry e
      where not exists (select 1 from journal_seal s where s.home_code = e.home_code and s.entry_id = e.id) limit 10000) as few`);
  return {
    blocks: sums.blocks,
    entries: sums.entries,
    unsealed: unsealed.n,
    head: head ? { seq: head.seq, hash: head.hash, sealedAt: head.sealed_at.toISOString() } : null,
    keyId: ctx.house.keys.journalKey().keyId,
  };
});

const exportAll = handle(exportEntries)(async (_input, ctx) => {
  if (ctx.actor.division !== ctx.house.root) return ctx.fail("journal/root-only", { root: ctx.house.root });
  return {
    fileName: `journal-${ctx.today}.ndjson`,
    contentType: "application/x-ndjson",
    body: ctx.house.exportJournal(),
  };
});

export const journalHandlers = [list, state, exportAll];
