import { Refusal } from "../../../kernel/operation/errors.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { defineSheetImport } from "../../../kernel/sheet/import.ts";
import { applyNameChanges } from "../existing.contract.ts";
import { nameKey } from "../organisations.facts.ts";
import { finding, stopFor } from "./existing.handlers.ts";
import { applyNames, checkNameChanges, type NameChangeLine } from "./name-changes.ts";
import { undoNames } from "./name-changes-undo.ts";

const apply = handle(applyNameChanges)(async (input, ctx) => {
  const [done] = await applyNames(ctx, [input]);
  if (!done) throw new Error("one pair in, none out");
  stopFor(applyNameChanges, done.problems);
  if (!done.row || !done.found) throw new Error("an applied pair has no organisation");
  if (done.verdict !== "same") {
    ctx.journal(
      "name-change-applied",
      { kind: "organisation", id: done.row.id, home: done.row.home_code, division: done.row.division_code },
      { from: input.oldName, to: input.newName },
    );
  }
  return {
    id: done.row.id,
    outcome: done.verdict === "same" ? ("same" as const) : ("new" as const),
    found: done.found,
    warnings: done.warnings.map(finding),
  };
});

export const nameChangeHandlers = [apply] as const;

/** The set-based twin of `organisations.apply-name-changes` (批量导入名称变更). */
export const nameChangeSheet = defineSheetImport({
  operation: applyNameChanges as never,
  keyOf: (input) => {
    const line = input as NameChangeLine;
    return `${nameKey(line.oldName)}>${nameKey(line.newName)}`;
  },
  async check(tx, actor, today, inputs) {
    const checked = await checkNameChanges(tx, actor, today, inputs as NameChangeLine[]);
    return checked.map(({ verdict, problems, warnings, row }, at) => ({
      verdict,
      problems: problems.map(finding),
      warnings: warnings.map(finding),
      ...(verdict === "change" && row
        ? { diff: { name: { from: row.name, to: (inputs[at] as NameChangeLine).newName } } }
        : {}),
    }));
  },
  async commit(ctx, inputs) {
    const done = await applyNames(ctx, inputs as NameChangeLine[]);
    const bad = done.find((one) => one.verdict === "bad")?.problems[0];
    if (bad) throw new Refusal(bad.code, 409, bad.facts);
    ctx.journal(
      "name-changes-applied",
      { kind: "organisation-batch", id: null, home: ctx.actor.home, division: ctx.actor.division ?? ctx.actor.home },
      { lines: inputs.length, applied: done.filter((one) => one.verdict !== "same").length },
    );
    return done.map((one) => ({
      id: one.row?.id ?? null,
      nameId: one.nameId ?? null,
      version: one.version,
      outcome: one.verdict,
    }));
  },
  undo: (ctx, outcomes) => undoNames(ctx, outcomes as never),
});
