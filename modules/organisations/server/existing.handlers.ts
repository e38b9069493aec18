import type { RefusalStatus } from "../../../kernel/operation/define.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { defineSheetImport, type RowOutcome, type RowSettled } from "../../../kernel/sheet/import.ts";
import { recordExisting } from "../existing.contract.ts";
import type { Finding } from "../existing.rules.ts";
import { nameKey } from "../organisations.facts.ts";
import { type Checked, checkExistingMany, type ExistingLine, recordExistingMany } from "./existing.ts";
import { type ExistingOutcome, undoExistingMany } from "./existing-undo.ts";

/** A finding that stops a line, as a refusal of the one-line command. */
export function stopFor(
  operation: { readonly refusals: Readonly<Record<string, RefusalStatus>> },
  problems: readonly Finding[],
): void {
  const first = problems[0];
  if (first) throw new Refusal(first.code, operation.refusals[first.code] ?? 422, first.facts);
}

const record = handle(recordExisting)(async (input, ctx) => {
  const [recorded] = await recordExistingMany(ctx, [input]);
  if (!recorded) throw new Error("one line in, none out");
  stopFor(recordExisting, recorded.problems);
  const { id, version } = recorded;
  if (id === undefined || version === undefined || recorded.verdict === "bad")
    throw new Error("a recorded line has no organisation");
  if (recorded.verdict !== "same") {
    ctx.journal(
      recorded.verdict === "new" ? "organisation-recorded" : "organisation-record-changed",
      { kind: "organisation", id, home: ctx.actor.home, division: ctx.actor.division ?? ctx.actor.home },
      { version, warnings: recorded.warnings.map((one) => one.code), fields: recorded.changes.map((one) => one.field) },
    );
  }
  return {
    id,
    version,
    outcome: recorded.verdict,
    warnings: recorded.warnings.map(finding),
    changes: recorded.changes.map((one) => ({ ...one })),
  };
});

export const existingHandlers = [record] as const;

export function finding(one: { field: string; code: string; facts?: Readonly<Record<string, unknown>> }) {
  return { field: one.field, code: one.code, ...(one.facts ? { facts: { ...one.facts } } : {}) };
}

/** What the dry run of a sheet says of a line. */
export function verdictOf(checked: Checked) {
  return {
    verdict: checked.verdict,
    problems: checked.problems.map(finding),
    warnings: checked.warnings.map(finding),
    ...(checked.changes.length > 0
      ? { diff: Object.fromEntries(checked.changes.map(({ field, from, to }) => [field, { from, to }])) }
      : {}),
  };
}

/** The set-based twin of `organisations.record-existing` (批量导入存量数据). */
export const existingSheet = defineSheetImport({
  operation: recordExisting as never,
  keyOf: (input) => {
    const line = input as ExistingLine;
    return line.creditCode?.toUpperCase() ?? `name:${nameKey(line.name)}`;
  },
  async check(tx, actor, today, inputs) {
    return (await checkExistingMany(tx, actor, inputs as ExistingLine[], { today })).map(verdictOf);
  },
  async commit(ctx, inputs): Promise<RowOutcome[]> {
    const recorded = await recordExistingMany(ctx, inputs as ExistingLine[]);
    const bad = recorded.find((one) => one.verdict === "bad")?.problems[0];
    // The register moved on between dry run and commit: the chunk is refused whole, with the reason of its first line.
    if (bad) throw new Refusal(bad.code, 409, bad.facts);
    return recorded.map((one) => ({ id: one.id ?? null, version: one.version ?? null, outcome: one.verdict }));
  },
  async settle(ctx, inputs) {
    return (await recordExistingMany(ctx, inputs as ExistingLine[])).map((one): RowSettled => {
      if (one.verdict === "bad") return { verdict: "bad", problems: one.problems.map(finding) };
      if (one.verdict === "same") return { verdict: "same" };
      return { verdict: "done", outcome: { id: one.id ?? null, version: one.version ?? null, outcome: one.verdict } };
    });
  },
  async undo(ctx, outcomes) {
    return undoExistingMany(ctx, outcomes as unknown as ExistingOutcome[]);
  },
});
