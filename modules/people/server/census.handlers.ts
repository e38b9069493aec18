import type { RefusalStatus } from "../../../kernel/operation/define.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { type Handler, handle } from "../../../kernel/operation/handle.ts";
import { defineSheetImport, type RowOutcome, type RowSettled, type SheetImport } from "../../../kernel/sheet/import.ts";
import { type CensusLine, lineKey } from "../census.rules.ts";
import { recordCensus } from "../people.contract.ts";
import { type Finding, maskedName } from "../people.rules.ts";
import { type Prepared, prepare } from "./census.ts";
import { undoLines } from "./census-undo.ts";
import { recordLines, recordOne, type Trace } from "./census-write.ts";
import type { PersonEvents } from "./index.ts";
import { subjectOf } from "./person.shape.ts";

const refusals: Readonly<Record<string, RefusalStatus>> = recordCensus.refusals;

const remark = (one: Finding) => ({ field: one.field, code: one.code, facts: { ...one.facts } });

/** `people.record-census` for one person. */
export function censusHandler(events: readonly PersonEvents[]): Handler {
  return handle(recordCensus)(async (input, ctx) => {
    const recorded = await recordOne(ctx, events, input, refusals);
    const row = recorded.after ?? recorded.before;
    if (recorded.verdict === "bad" || !row) throw new Error("a recorded line has no person");
    ctx.journal(recorded.verdict === "new" ? "person-recorded" : "person-seen-again", subjectOf(row), {
      outcome: recorded.verdict,
      version: recorded.version,
      warnings: recorded.warnings.map((one) => one.code),
      fields: recorded.changes.map((one) => one.field),
      similar: recorded.similar.length,
    });
    return {
      id: recorded.id,
      version: recorded.version,
      outcome: recorded.verdict,
      warnings: recorded.warnings.map(remark),
      changes: recorded.changes.map((one) => ({ ...one })),
      similar: recorded.similar.map(({ id, home, name, score }) => ({ id, home, masked: maskedName(name), score })),
    };
  });
}

function verdictOf(checked: Prepared) {
  return {
    verdict: checked.verdict,
    problems: checked.problems.map(remark),
    warnings: checked.warnings.map(remark),
    ...(checked.changes.length > 0
      ? { diff: Object.fromEntries(checked.changes.map(({ field, from, to }) => [field, { from, to }])) }
      : {}),
  };
}

/** The set-based twin of `people.record-census` (批量导入摸底表). */
export function censusSheet(events: readonly PersonEvents[]): SheetImport {
  return defineSheetImport({
    operation: recordCensus as never,
    keyOf: (input) => lineKey(input as CensusLine),
    async check(tx, actor, today, inputs, { house }) {
      let dry = 0;
      const how = { today, now: new Date(0), lock: false, newId: () => `dry-${dry++}`, house };
      return (await prepare(tx, actor, inputs as CensusLine[], how)).map(verdictOf);
    },
    async commit(ctx, inputs): Promise<RowOutcome[]> {
      const recorded = await recordLines(ctx, events, inputs as CensusLine[]);
      const bad = recorded.find((one) => one.verdict === "bad")?.problems[0];
      // The register moved on between dry run and commit: the chunk is refused whole, with the reason of its first line.
      if (bad) throw new Refusal(bad.code, 409, bad.facts);
      return recorded.map((one) => ({ ...one.trace }));
    },
    async settle(ctx, inputs) {
      return (await recordLines(ctx, events, inputs as CensusLine[])).map((one): RowSettled => {
        if (one.verdict === "bad") return { verdict: "bad", problems: one.problems.map(remark) };
        return one.trace ? { verdict: "done", outcome: { ...one.trace } } : { verdict: "same" };
      });
    },
    undo: (ctx, outcomes) => undoLines(ctx, events, outcomes as unknown as Partial<Trace>[]),
  });
}
