import { createHash } from "node:crypto";
import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { concludeBatch, previewBatch } from "../annual-inspection.runs.contract.ts";
import { cleanReports, uncleanCounts } from "./annual-inspection.queries.ts";
import { lineOf, type ReportRow } from "./annual-inspection.row.ts";
import { lockReports } from "./annual-inspection.store.ts";
import { concludeReport, suggest } from "./outcome.ts";

/** The digest of a preview (预览摘要): which reports at which version. A report that changed gives another digest. */
export function digestOf(rows: readonly Pick<ReportRow, "id" | "version">[]): string {
  const lines = rows.map((row) => `${row.id}:${row.version}`).sort();
  return createHash("sha256").update(lines.join("\n")).digest("base64url");
}

const preview = handle(previewBatch)(async (input, ctx) => {
  const { home, accountId } = ctx.actor;
  const rows = await cleanReports(ctx.tx, home, input.year, input.kind, accountId, input.limit);
  const counts = await uncleanCounts(ctx.tx, home, input.year, input.kind, accountId);
  return {
    rows: rows.map(lineOf),
    digest: digestOf(rows),
    excluded: { findings: counts.findings, late: counts.late, sameHand: counts.same_hand },
    more: counts.clean > rows.length,
  };
});

const concludeMany = handle(concludeBatch)(async (input, given) => {
  const rows = await lockReports(given.tx, input.reportIds);
  if (rows.length !== new Set(input.reportIds).size)
    return given.fail("annual-inspection/not-your-register", { asked: input.reportIds.length, own: rows.length });
  const stale = rows.filter(
    (row) => row.state !== "filed" || row.finding_count > 0 || row.late || row.year !== input.year,
  );
  if (stale.length > 0 || digestOf(rows) !== input.digest)
    return given.fail("annual-inspection/preview-stale", {
      changed: stale.map((row) => row.organisation_name).slice(0, 10),
      reports: rows.length,
    });
  const ctx = given as Context;
  const documents: string[] = [];
  for (const report of rows) {
    const suggested = suggest(ctx, report, report.findings);
    if (suggested.conclusion !== "passed")
      return given.fail("annual-inspection/preview-stale", {
        changed: [report.organisation_name],
        reports: rows.length,
      });
    const done = await concludeReport(ctx, report, { conclusion: "passed", issues: [] }, report.findings, suggested.id);
    documents.push(done.documentId);
  }
  return { concluded: rows.length, documents };
});

export const batchHandlers = [preview, concludeMany];
