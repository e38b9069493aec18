import { fulfilDuties } from "../../../kernel/duty/duty.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { type Handler, handle } from "../../../kernel/operation/handle.ts";
import { merge, settlePair as settle, unmerge } from "../doubles.contract.ts";
import { settlePair } from "../people.duties.ts";
import type { PersonEvents } from "./index.ts";
import { presentPerson } from "./keep.handlers.ts";
import { endAlias, insertAlias } from "./move.store.ts";
import { loadPair, pairsOf, settlePairs } from "./pairs.store.ts";
import { loadPerson, lockPerson, resolveAlias, whereabouts } from "./people.store.ts";
import type { PersonRow } from "./person.row.ts";
import { subjectOf } from "./person.shape.ts";
import { changePeople } from "./register.ts";

const settling = handle(settle)(async (input, ctx) => {
  const pair = await loadPair(ctx.tx, input.id);
  if (!pair || pair.home_code !== ctx.actor.home) return ctx.fail("people/unknown-pair", { id: input.id });
  if (pair.state !== "open") return ctx.fail("people/pair-settled", { state: pair.state });
  ctx.later((tx) => settlePairs(tx, [pair.id], "different", input.reason, ctx.now).then(() => {}));
  fulfilDuties(ctx, settlePair, pair.home_code, [pair.id]);
  ctx.journal(
    "pair-settled",
    { kind: "person-pair", id: pair.id, home: pair.home_code, division: pair.division_code },
    { state: "different", reason: input.reason },
  );
  return { id: pair.id };
});

/** Settles the pairs that two rows are in together, and their duties. */
async function settleBetween(
  ctx: Context,
  one: string,
  other: string,
  state: "merged" | "different",
  reason: string,
): Promise<void> {
  const pairs = (await pairsOf(ctx.tx, [one])).filter((pair) => [pair.person_id, pair.other_id].includes(other));
  const ids = pairs.map((pair) => pair.id);
  ctx.later((tx) => settlePairs(tx, ids, state, reason, ctx.now).then(() => {}));
  fulfilDuties(ctx, settlePair, ctx.actor.home, ids);
}

const merging = (events: readonly PersonEvents[]) =>
  handle(merge)(async (input, ctx) => {
    if (input.keep === input.merge) return ctx.fail("people/same-person", { id: input.keep });
    if (
      (await resolveAlias(ctx.tx, input.merge)) === input.keep ||
      (await resolveAlias(ctx.tx, input.keep)) === input.merge
    )
      return ctx.fail("people/same-person", { id: input.keep });
    for (const id of [input.keep, input.merge]) {
      const seen = await loadPerson(ctx.tx, id);
      const there = (await whereabouts(ctx.tx, [id])).get(id);
      if (!there) return ctx.fail("people/unknown-person", { id });
      if (there.home !== ctx.actor.home) return ctx.fail("people/in-another-home", { division: there.home });
      if (!seen) return ctx.fail("people/unknown-person", { id });
    }
    // In one order for everybody, so that two merges of the same rows never wait for each other in a circle.
    const [first, second] = [input.keep, input.merge].sort();
    const rows = new Map<string, PersonRow>();
    for (const id of [first as string, second as string]) rows.set(id, await presentPerson(ctx, id));
    const keep = rows.get(input.keep) as PersonRow;
    const before = rows.get(input.merge) as PersonRow;
    const gone: PersonRow = { ...before, state: "merged", state_on: ctx.today, merged_into: keep.id };
    const [merged] = (await changePeople(ctx as Context, [{ before, after: gone, validFrom: ctx.today }])) as [
      PersonRow,
    ];
    ctx.later((tx) =>
      insertAlias(tx, {
        home_code: keep.home_code,
        alias_id: merged.id,
        division_code: keep.division_code,
        person_id: keep.id,
        merged_at: ctx.now,
      }),
    );
    await settleBetween(ctx, keep.id, merged.id, "merged", input.reason);
    for (const one of events) await one.merged?.(ctx, keep, merged, false);
    ctx.journal("people-merged", subjectOf(keep), { merged: merged.id, reason: input.reason });
    ctx.journal("person-merged-away", subjectOf(merged), { keep: keep.id });
    return { id: keep.id, version: keep.version };
  });

const unmerging = (events: readonly PersonEvents[]) =>
  handle(unmerge)(async (input, ctx) => {
    const before = await lockPerson(ctx.tx, input.id);
    if (!before) return ctx.fail("people/unknown-person", { id: input.id });
    if (before.state !== "merged" || before.merged_into === null)
      return ctx.fail("people/not-merged", { state: before.state });
    const keep = await loadPerson(ctx.tx, before.merged_into);
    const back: PersonRow = { ...before, state: "present", state_on: null, merged_into: null };
    const [after] = (await changePeople(ctx as Context, [{ before, after: back, validFrom: ctx.today }])) as [
      PersonRow,
    ];
    ctx.later((tx) => endAlias(tx, before.home_code, before.id, ctx.now));
    await settleBetween(ctx, before.merged_into, before.id, "different", input.reason);
    if (keep) for (const one of events) await one.merged?.(ctx, keep, after, true);
    ctx.journal("merge-undone", subjectOf(after), { from: before.merged_into, reason: input.reason });
    return { id: after.id, version: after.version };
  });

/** Handlers of possible doubles (疑似重复、合并、撤销合并). */
export function mergeHandlers(events: readonly PersonEvents[]): readonly Handler[] {
  return [settling, merging(events), unmerging(events)];
}
