import type { z } from "zod";
import { sql } from "../database/sql.ts";
import type { Context } from "../operation/context.ts";
import { handle } from "../operation/handle.ts";
import { changeDivisions, previewChange } from "./change.contract.ts";
import { type CodeMove, countRows, moveRows, movingTables, writeCodes } from "./change.store.ts";
import { contains, homeOf, significant } from "./code.ts";

type Code = keyof typeof changeDivisions.refusals;
type Given = z.output<typeof previewChange.input>;

interface Place {
  readonly code: string;
  readonly name: string;
  readonly valid_from: string;
}

/** A place below the new township that nobody has: the same last digits where they are free, else the next free ones. */
function newVillage(township: string, village: string, taken: Set<string>): string {
  const wanted = township + village.slice(9);
  if (!taken.has(wanted)) return wanted;
  // Villages of the statistics begin at 200 in a township and at 001 in a street office: the hundred stays what it says.
  const hundred = Number(village.slice(9, 10)) * 100;
  for (let step = 1; step < 1_000; step += 1) {
    const next = township + String(((Number(village.slice(9)) - hundred + step) % 100) + hundred).padStart(3, "0");
    if (step < 100 && !next.endsWith("000") && !taken.has(next)) return next;
    if (step >= 100) {
      const any = township + String(step).padStart(3, "0");
      if (!taken.has(any)) return any;
    }
  }
  throw new RangeError(`no code left below ${township}`);
}

/** Checks a change and spells it out code by code (核对区划变更): villages of a township go along with it. */
async function planOf(ctx: Context<Code>, given: Given): Promise<{ moves: CodeMove[]; county: string }> {
  if (given.on > ctx.today) return ctx.fail("divisions/in-the-future", { on: given.on });
  const changes = given.changes.map((one) => ({ ...one, from: significant(one.from), to: significant(one.to) }));
  const [first] = changes;
  const county = (first?.from ?? "").slice(0, 6);
  const ending = new Set(changes.filter((one) => one.from !== one.to).map((one) => one.from));
  const seen = new Set<string>();
  for (const one of changes) {
    if (one.from.length <= 6 || one.to.length <= 6) return ctx.fail("divisions/county-change", { code: one.from });
    if (one.from.length !== one.to.length || one.from.slice(0, 6) !== county || one.to.slice(0, 6) !== county)
      return ctx.fail("divisions/not-inside-one-county", { from: one.from, to: one.to });
    if (!contains(ctx.actor.division ?? "", one.from))
      return ctx.fail("auth/outside-your-division", { division: one.from });
    if (seen.has(one.from)) return ctx.fail("divisions/split", { code: one.from });
    if (ending.has(one.to)) return ctx.fail("divisions/chain", { code: one.to });
    seen.add(one.from);
  }
  const places = new Map(
    (
      await ctx.tx.many<Place>(sql`
        select code, name, valid_from from division where code >= ${county} and code < ${`${county}:`} and valid_to is null order by code`)
    ).map((place) => [place.code, place]),
  );
  const taken = new Set([...places.keys(), ...changes.map((one) => one.to)]);
  const moves: CodeMove[] = [];
  for (const one of changes) {
    const before = places.get(one.from);
    if (!before) return ctx.fail("divisions/unknown", { code: one.from });
    if (before.valid_from >= given.on)
      return ctx.fail("divisions/too-early", { code: one.from, since: before.valid_from });
    const name = one.name ?? places.get(one.to)?.name;
    if (!name || (one.from === one.to && !one.name)) return ctx.fail("divisions/name-missing", { code: one.to });
    if (one.from === one.to && one.name === before.name)
      return ctx.fail("divisions/nothing-changes", { code: one.from });
    moves.push({ from: one.from, to: one.to, name });
    const heir = places.get(one.to);
    // What it becomes may be named anew at the same time.
    if (heir && heir.name !== name && !seen.has(one.to)) {
      if (heir.valid_from >= given.on)
        return ctx.fail("divisions/too-early", { code: heir.code, since: heir.valid_from });
      seen.add(one.to);
      moves.push({ from: one.to, to: one.to, name });
    }
    if (one.from.length !== 9 || one.from === one.to) continue;
    for (const village of places.values()) {
      if (village.code.length !== 12 || !village.code.startsWith(one.from) || seen.has(village.code)) continue;
      if (village.valid_from >= given.on)
        return ctx.fail("divisions/too-early", { code: village.code, since: village.valid_from });
      const to = newVillage(one.to, village.code, taken);
      taken.add(to);
      moves.push({ from: village.code, to, name: village.name });
    }
  }
  return { moves, county };
}

const preview = handle(previewChange)(async (input, ctx) => {
  const { moves } = await planOf(ctx, input);
  const gone = moves.filter((one) => one.from !== one.to).map((one) => one.from);
  const rows = [];
  for (const { table, staff } of await movingTables(ctx.tx, ctx.house.tables)) {
    if (!staff?.read) continue;
    const count = await countRows(ctx.tx, table, gone);
    if (count > 0) rows.push({ table, rows: count });
  }
  return { codes: moves, rows };
});

const change = handle(changeDivisions)(async (input, ctx) => {
  const { moves, county } = await planOf(ctx, input);
  // Everybody's rows are moved, whatever a single administrator may write: as the system role, whole or not at all.
  await ctx.tx.assume({ kind: "system" });
  await writeCodes(ctx.tx, moves, input.on);
  const { rows, tables } = await moveRows(ctx.tx, ctx.house.tables, moves, county);
  ctx.journal(
    "divisions-changed",
    { kind: "division", id: null, home: homeOf(county), division: county },
    { on: input.on, codes: moves.map((one) => `${one.from}>${one.to}`).slice(0, 500), rows, tables },
  );
  return { codes: moves, rows, tables };
});

export const changeHandlers = [preview, change];
