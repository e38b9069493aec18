import type { Context } from "../../../kernel/operation/context.ts";
import type { Facts } from "../../../kernel/operation/define.ts";
import { pinyinKey } from "../../../kernel/search/tokens.ts";
import { removeNames, versionBodies } from "./existing.store.ts";
import { loadOrganisations } from "./organisations.store.ts";
import { type Change, changeOrganisations, register } from "./register.ts";

/** What commit wrote for one pair. */
export interface NameOutcome {
  readonly id: string | null;
  readonly nameId: string | null;
  readonly version: number | null;
  readonly outcome: string;
}

/** Takes applied name changes back (撤销名称变更导入): refused for a record touched since. */
export async function undoNames(
  ctx: Context,
  outcomes: readonly NameOutcome[],
): Promise<(null | { code: string; facts?: Facts })[]> {
  const written = outcomes.filter((one) => one.id !== null && one.nameId !== null);
  const rows = new Map(
    (
      await loadOrganisations(
        ctx.tx,
        written.map((one) => one.id as string),
        true,
      )
    ).map((row) => [row.id, row]),
  );
  const renamed = written.filter((one) => one.version !== null);
  const bodies = await versionBodies(
    ctx.tx,
    register,
    renamed.map((one) => ({ id: one.id as string, version: (one.version as number) - 1 })),
  );
  const back: Change[] = [];
  const names: string[] = [];
  const answers = outcomes.map((one): null | { code: string; facts?: Facts } => {
    if (one.id === null || one.nameId === null) return null;
    const row = rows.get(one.id);
    if (!row) return { code: "organisations/not-found" };
    if (one.version !== null) {
      const name = bodies.get(one.id)?.name;
      if (row.version !== one.version || typeof name !== "string")
        return { code: "organisations/touched-since", facts: { name: row.name, version: row.version } };
      back.push({
        before: row,
        after: { ...row, name, name_key: pinyinKey(name) },
        validFrom: ctx.today,
        corrects: row.version,
      });
    }
    names.push(one.nameId);
    return null;
  });
  await changeOrganisations(ctx, back);
  ctx.later((tx) => removeNames(tx, names));
  return answers;
}
