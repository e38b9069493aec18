import type { Context } from "../../../kernel/operation/context.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { defineSheetImport } from "../../../kernel/sheet/import.ts";
import { type RecordedLine, recordReport } from "../record.contract.ts";
import { checkLines, type Recorded, recordLines, undoLines } from "./record.ts";

const record = handle(recordReport)(async (input, ctx) => {
  const [done] = await recordLines(ctx as Context, [input]);
  const stop = done?.problems[0];
  if (stop)
    throw new Refusal(
      stop.code,
      (recordReport.refusals as Readonly<Record<string, 409>>)[stop.code] ?? 422,
      stop.facts,
    );
  if (!done?.reportId || !done.organisationId || !done.state || done.version === undefined || done.verdict === "bad")
    throw new Error("one line in, no report out");
  return {
    reportId: done.reportId,
    organisationId: done.organisationId,
    state: done.state,
    version: done.version,
    outcome: done.verdict,
    checks: [...done.checks],
    findings: [...done.findings],
  };
});

export const recordHandlers = [record];

/** The set-based twin of `annual-inspection.record-report` (批量补录). */
export const recordSheet = defineSheetImport({
  operation: recordReport as never,
  keyOf: (input) => {
    const line = input as RecordedLine;
    return `${line.code ?? line.name}|${line.year}`;
  },
  check: (tx, actor, today, inputs, { house }) => checkLines(tx, actor, today, inputs as RecordedLine[], house),
  commit: async (ctx, inputs) => (await recordLines(ctx, inputs as RecordedLine[])).map((one) => ({ ...one })),
  undo: (ctx, outcomes) => undoLines(ctx, outcomes as unknown as Recorded[]),
});
