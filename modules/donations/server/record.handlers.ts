import { correct } from "../../../kernel/ledger/index.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { defineSheetImport, type RowSettled, type RowVerdict } from "../../../kernel/sheet/import.ts";
import { recordDonation, recordUse } from "../donations.contract.ts";
import type { DonationInput } from "../donations.shapes.ts";
import { knownFingerprints } from "./donations.queries.ts";
import { loadDonation, markCorrected } from "./donations.store.ts";
import { type Prepared, prepareAll } from "./prepare.ts";
import { countOnPledges, recordAll } from "./record.ts";
import { recordOneUse } from "./use.ts";

const record = handle(recordDonation)(async (input, given) => {
  const ctx = given as Context;
  const prepared = await prepareAll(ctx.tx, ctx.actor, ctx.today, ctx.house, [input]);
  const [done] = await recordAll(ctx, prepared);
  if (!done) throw new Error("one gift in, none out");
  const { row, account } = done;
  return {
    id: row.id,
    receipt: row.receipt,
    kind: row.kind,
    amountFen: row.amount_fen,
    quantity: row.quantity,
    unit: row.unit,
    receiptState: row.receipt_state,
    entryId: row.entry_id,
    accountId: account.id,
  };
});

const use = handle(recordUse)(async (input, given) => {
  const { row, balance } = await recordOneUse(given as Context, input);
  return { id: row.id, kind: row.kind, entryId: row.entry_id, balance };
});

export const recordHandlers = [record, use];

/**
 * What the dry run says (导入预检): the same checks as one by hand. A line that an earlier file has published already is "same":
 * of two equal lines in one file both are new, so that one donor may give the same amount twice.
 */
export async function verdictsOf(
  prepared: readonly Prepared[],
  known: ReadonlyMap<string, number>,
): Promise<RowVerdict[]> {
  const seen = new Map<string, number>();
  return prepared.map((one) => {
    if (one.faults.length > 0) return { verdict: "bad", problems: one.faults, warnings: [] };
    const nth = (seen.get(one.fingerprint) ?? 0) + 1;
    seen.set(one.fingerprint, nth);
    const published = nth <= (known.get(one.fingerprint) ?? 0);
    return {
      verdict: published ? "same" : "new",
      problems: [],
      warnings: published ? [{ field: "donor", code: "donations/published-before", facts: { on: one.on } }] : [],
    };
  });
}

/** The set-based twin of `donations.record-donation` (批量登记捐赠). */
export const donationSheet = defineSheetImport({
  operation: recordDonation as never,
  async check(tx, actor, today, inputs, { house, batch }) {
    const prepared = await prepareAll(tx, actor, today, house, inputs as DonationInput[]);
    const known = await knownFingerprints(
      tx,
      actor.home,
      prepared.map((one) => one.fingerprint),
      batch,
    );
    return verdictsOf(prepared, known);
  },
  async commit(ctx, inputs, batch) {
    const prepared = await prepareAll(ctx.tx, ctx.actor, ctx.today, ctx.house, inputs as DonationInput[]);
    const recorded = await recordAll(ctx, prepared, { source: batch });
    return recorded.map(({ row }) => ({ id: row.id, receipt: row.receipt, version: row.version }));
  },
  // What was understood for the verdict is what is written: one look at recipients and rules for both.
  async settle(ctx, inputs, batch) {
    const prepared = await prepareAll(ctx.tx, ctx.actor, ctx.today, ctx.house, inputs as DonationInput[]);
    const prints = prepared.map((one) => one.fingerprint);
    const verdicts = await verdictsOf(prepared, await knownFingerprints(ctx.tx, ctx.actor.home, prints, batch));
    const fresh = prepared.filter((_, at) => verdicts[at]?.verdict === "new");
    const recorded = fresh.length > 0 ? await recordAll(ctx, fresh, { source: batch }) : [];
    let written = 0;
    return verdicts.map(({ verdict, problems }): RowSettled => {
      if (verdict !== "new") return verdict === "same" ? { verdict } : { verdict: "bad", problems };
      const { id, receipt, version } = (recorded[written++] as (typeof recorded)[number]).row;
      return { verdict: "done", outcome: { id, receipt, version } };
    });
  },
  async undo(ctx, outcomes) {
    const out: (null | { code: string; facts?: Record<string, unknown> })[] = [];
    for (const outcome of outcomes) {
      const row = await loadDonation(ctx.tx, String(outcome.id));
      if (!row || row.version !== outcome.version || row.state !== "recorded") {
        out.push({ code: "donations/touched-since", facts: { receipt: outcome.receipt } });
        continue;
      }
      await correct(ctx, row.entry_id, { on: ctx.today, cause: "donations.import-undone" });
      await markCorrected(ctx.tx, row, null, "undo");
      await countOnPledges(ctx, [row], -1);
      out.push(null);
    }
    return out;
  },
});
