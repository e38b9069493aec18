import { fulfilDuties } from "../../../kernel/duty/duty.ts";
import { bump } from "../../../kernel/indicator/indicator.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import type { Facts } from "../../../kernel/operation/define.ts";
import { index } from "../../../kernel/search/search.ts";
import { settlePair } from "../people.duties.ts";
import { maskedName } from "../people.rules.ts";
import { versionBodies } from "./census.store.ts";
import type { Trace } from "./census-write.ts";
import type { PersonEvents } from "./index.ts";
import { pairsOf, removePairs } from "./pairs.store.ts";
import { moves } from "./people.indicators.ts";
import { lockPeople } from "./people.store.ts";
import type { PersonRow } from "./person.row.ts";
import { register, rowOf } from "./person.shape.ts";
import { changePeople, indexedOf, tell } from "./register.ts";
import { removePeople, takeBack } from "./undo.store.ts";

type Answer = null | { readonly code: string; readonly facts?: Facts };

/**
 * Takes recorded lines back (撤销导入) by compensation: a person that the line created goes, a changed one gets the state
 * before as a new version that corrects the undone one. A person touched since, or kept by another room, is left alone.
 */
export async function undoLines(
  ctx: Context,
  events: readonly PersonEvents[],
  outcomes: readonly Partial<Trace>[],
): Promise<Answer[]> {
  const written = outcomes.filter((one): one is Trace => one.id !== undefined && one.outcome !== undefined);
  const ids = written.map((one) => one.id);
  const rows = new Map((await lockPeople(ctx.tx, ids)).map((row) => [row.id, row]));
  const bodies = await versionBodies(
    ctx.tx,
    register,
    written.filter((one) => one.outcome === "change").map((one) => ({ id: one.id, version: one.version - 1 })),
  );
  const held = new Set<string>();
  for (const one of events) for (const id of (await one.holds?.(ctx, ids)) ?? []) held.add(id);
  const pairs = await pairsOf(ctx.tx, ids);
  const judged = new Set(pairs.filter((one) => one.state !== "open").flatMap((one) => [one.person_id, one.other_id]));
  const gone: PersonRow[] = [];
  const back: { trace: Trace; before: PersonRow; after: PersonRow; validFrom: string; corrects: number }[] = [];
  const answers = outcomes.map((one): Answer => {
    if (one.id === undefined || one.outcome === undefined) return null;
    const row = rows.get(one.id);
    if (!row) return { code: "people/unknown-person" };
    const touched = { code: "people/touched-since", facts: { name: maskedName(row.name), version: row.version } };
    if (row.version !== one.version || row.state !== "present") return touched;
    if (one.outcome === "new") {
      if (held.has(row.id)) return { code: "people/held-by-others", facts: { name: maskedName(row.name) } };
      if (judged.has(row.id)) return touched;
      gone.push(row);
      return null;
    }
    const body = bodies.get(row.id);
    if (!body) return touched;
    const after = rowOf(body, row);
    back.push({ trace: one as Trace, before: row, after, validFrom: ctx.today, corrects: row.version });
    return null;
  });
  const after = await changePeople(ctx, back);
  takeBack(
    ctx,
    back.map((one) => ({ ...one.trace, home: one.before.home_code, division: one.after.division_code })),
  );
  if (gone.length > 0) {
    const lost = new Set(gone.map((row) => row.id));
    const open = pairs.filter((one) => lost.has(one.person_id) || lost.has(one.other_id));
    fulfilDuties(
      ctx,
      settlePair,
      ctx.actor.home,
      open.map((one) => one.id),
    );
    ctx.later(async (tx) => {
      await removePairs(
        tx,
        open.map((one) => one.id),
      );
      await removePeople(tx, ctx.actor.home, [...lost]);
    });
    index(
      ctx,
      gone.map((row) => ({ ...indexedOf(row), tokens: [] })),
    );
    bump(
      ctx,
      gone.flatMap((row) => moves(row, undefined)),
    );
  }
  for (const [at, one] of back.entries()) await tell(events, ctx, one.before, after[at] as PersonRow, ctx.today);
  ctx.journal(
    "census-undone",
    { kind: "person-batch", id: null, home: ctx.actor.home, division: ctx.actor.division ?? ctx.actor.home },
    { removed: gone.length, restored: back.length, refused: answers.filter((one) => one !== null).length },
  );
  return answers;
}
