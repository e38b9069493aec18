import type { z } from "zod";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { Actor, Context } from "../../../kernel/operation/context.ts";
import { pinyinKey } from "../../../kernel/search/tokens.ts";
import type { applyNameChanges } from "../existing.contract.ts";
import type { Finding } from "../existing.rules.ts";
import { judgeNamePair } from "../name-changes.rules.ts";
import { nameKey } from "../organisations.facts.ts";
import type { OrganisationRow } from "./organisation.row.ts";
import { insertNames, keepNameKeys, loadOrganisations, type NameRow, nameOwners } from "./organisations.store.ts";
import { changeOrganisations } from "./register.ts";

/** One pair as the operation takes it. */
export type NameChangeLine = z.output<typeof applyNameChanges.input>;

/** What a pair would do. */
export interface CheckedName {
  readonly verdict: "new" | "same" | "change" | "bad";
  readonly problems: readonly Finding[];
  readonly warnings: readonly Finding[];
  readonly row?: OrganisationRow;
  readonly found?: "old" | "new" | "both";
}

interface Dated {
  readonly on: string | null;
  readonly from: string | null;
  readonly precision: "day" | "year" | "unknown";
}

/** The day the new name began: as stated, else the first day of the first year in which it was seen. */
function datedBy(line: NameChangeLine): Dated {
  const from = line.oldYear ? `${line.oldYear}-01-01` : null;
  if (line.changedOn) return { on: line.changedOn, from, precision: "day" };
  if (line.newYear) return { on: `${line.newYear}-01-01`, from, precision: "year" };
  return { on: null, from, precision: "unknown" };
}

/** Checks pairs without writing; the command uses the same function. */
export async function checkNameChanges(
  tx: Tx,
  actor: Actor,
  today: string,
  lines: readonly NameChangeLine[],
  lock = false,
): Promise<CheckedName[]> {
  const owners = await nameOwners(tx, [
    ...new Set(lines.flatMap((line) => [nameKey(line.oldName), nameKey(line.newName)])),
  ]);
  const own = [...owners.values()].flat().filter((one) => one.home_code === actor.home);
  const rows = new Map(
    (await loadOrganisations(tx, [...new Set(own.map((one) => one.organisation_id))], lock)).map((row) => [
      row.id,
      row,
    ]),
  );
  return lines.map((line): CheckedName => {
    const problems: Finding[] = [];
    const warnings: Finding[] = [];
    const stop = (field: string, code: string, facts: Record<string, unknown>) => problems.push({ field, code, facts });
    const facts = { oldName: line.oldName, newName: line.newName };
    const pair = judgeNamePair(line.oldName, line.newName);
    const looked = line.confirmed === true;
    if (pair === "same") stop("newName", "organisations/same-name", facts);
    if (pair === "truncated" && !looked) stop("newName", "organisations/name-truncated", facts);
    if (pair === "spelling" && !looked) stop("newName", "organisations/looks-like-spelling", facts);
    const dated = datedBy(line);
    if (dated.precision === "unknown")
      warnings.push({ field: "changedOn", code: "organisations/change-not-dated", facts });
    if (dated.on !== null && dated.on > today) stop("changedOn", "organisations/change-in-future", { date: dated.on });

    const holders = (name: string) =>
      (owners.get(nameKey(name)) ?? []).filter((one) => one.home_code === actor.home && rows.has(one.organisation_id));
    const code = line.creditCode?.toUpperCase();
    const wanted = (id: string) => code === undefined || rows.get(id)?.credit_code === code;
    const old = holders(line.oldName).filter((one) => wanted(one.organisation_id));
    const fresh = holders(line.newName).filter((one) => wanted(one.organisation_id));
    const ids = new Set([...old, ...fresh].map((one) => one.organisation_id));
    if (ids.size === 0) stop("oldName", "organisations/name-not-found", facts);
    if (ids.size > 1)
      stop("oldName", "organisations/ambiguous-match", {
        ...facts,
        name: line.oldName,
        candidates: [...ids].slice(0, 5).map((id) => ({ name: rows.get(id)?.name, code: rows.get(id)?.credit_code })),
      });
    if (problems.length > 0) return { verdict: "bad", problems, warnings };
    const row = rows.get([...ids][0] as string) as OrganisationRow;
    const found = old.length > 0 && fresh.length > 0 ? "both" : old.length > 0 ? "old" : "new";
    // Both names known and the new one in use: this change has been applied already.
    if (found === "both") {
      const applied = fresh.some((one) => one.current) || old.every((one) => !one.current);
      return { verdict: applied ? "same" : "change", problems, warnings, row, found };
    }
    return {
      verdict: found === "old" && old.every((one) => !one.current) ? "new" : found === "old" ? "change" : "new",
      problems,
      warnings,
      row,
      found,
    };
  });
}

/** What applying a pair did; `version` is the number it left behind, null when the row itself did not change. */
export interface AppliedName extends CheckedName {
  readonly nameId?: string;
  readonly version: number | null;
}

/** Applies pairs as dated names (名称沿革): the register's present name follows when it was still the old one. */
export async function applyNames(ctx: Context<never>, lines: readonly NameChangeLine[]): Promise<AppliedName[]> {
  const checked = await checkNameChanges(ctx.tx, ctx.actor, ctx.today, lines, true);
  const names: NameRow[] = [];
  const renamed: { at: number; before: OrganisationRow; after: OrganisationRow; validFrom: string }[] = [];
  const out: AppliedName[] = [];
  checked.forEach((one, at) => {
    const line = lines[at] as NameChangeLine;
    const { row } = one;
    if (!row || one.verdict === "bad" || one.verdict === "same") {
      out.push({ ...one, version: null });
      return;
    }
    const dated = datedBy(line);
    const id = ctx.newId();
    names.push({
      home_code: row.home_code,
      id,
      organisation_id: row.id,
      division_code: row.division_code,
      unit_id: row.unit_id,
      name:
        one.found === "old" && row.name !== line.oldName && nameKey(row.name) !== nameKey(line.oldName)
          ? line.newName
          : line.oldName,
      used_from: dated.from !== null && dated.on !== null && dated.from < dated.on ? dated.from : null,
      used_to: dated.on,
      precision: dated.precision,
      source: ctx.operation,
      note: null,
    });
    const current = nameKey(row.name) === nameKey(line.oldName);
    if (current)
      renamed.push({
        at,
        before: row,
        after: { ...row, name: line.newName, name_key: pinyinKey(line.newName) },
        validFrom: dated.on ?? ctx.today,
      });
    out.push({ ...one, nameId: id, version: current ? row.version + 1 : null });
  });
  await insertNames(ctx.tx, names);
  await changeOrganisations(ctx, renamed);
  const kinds = new Map(checked.flatMap(({ row }) => (row ? [[row.id, row.kind] as const] : [])));
  const kept = names.filter((one) => !renamed.some((other) => other.before.id === one.organisation_id));
  ctx.later((tx) =>
    keepNameKeys(
      tx,
      kept.map((one) => ({
        name_key: nameKey(one.name),
        home_code: one.home_code,
        organisation_id: one.organisation_id,
        division_code: one.division_code,
        name: one.name,
        kind: kinds.get(one.organisation_id) ?? "social_group",
        current: false,
        ended_on: one.used_to,
      })),
    ),
  );
  return out;
}
