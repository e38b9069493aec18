import { addDays } from "../../../kernel/clock/date.ts";
import { openDuties } from "../../../kernel/duty/duty.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { settlePair } from "../people.duties.ts";
import { neighboursOf } from "./census.store.ts";
import type { Similar } from "./census.ts";
import { Neighbourhood, nearRow } from "./likeness.ts";
import { insertPairs, knownPairs } from "./pairs.store.ts";
import type { PersonRow } from "./person.row.ts";
import { labelOf } from "./person.shape.ts";

/** A person and those it may be one with. */
export interface Doubt {
  readonly row: PersonRow;
  readonly similar: readonly Similar[];
}

/**
 * Opens a pair and a duty for every possible double (疑似重复立项): never settled by the program. A pair that was looked at
 * before, whichever of the two came first, is not opened again.
 */
export async function openPairs(ctx: Context, doubts: readonly Doubt[], fresh: boolean): Promise<void> {
  const some = doubts.filter((one) => one.similar.length > 0);
  if (some.length === 0) return;
  const known = fresh
    ? new Set<string>()
    : await knownPairs(
        ctx.tx,
        some.map((one) => one.row.id),
      );
  const days = Number(ctx.house.settings.on("people.settle-pair-days", ctx.today, ctx.actor.home));
  const pairs = some.flatMap(({ row, similar }) =>
    similar
      .filter((other) => !known.has(`${row.id}|${other.id}`) && !known.has(`${other.id}|${row.id}`))
      .map((other) => ({
        row: {
          home_code: row.home_code,
          id: ctx.newId(),
          division_code: row.division_code,
          person_id: row.id,
          other_id: other.id,
          other_home: other.home,
          ground: other.ground,
          score: other.score,
        },
        label: `${labelOf(row)} · ${labelOf(other)}`,
      })),
  );
  if (pairs.length === 0) return;
  ctx.later((tx) =>
    insertPairs(
      tx,
      pairs.map((one) => one.row),
      ctx.now,
    ),
  );
  openDuties(
    ctx,
    pairs.map(({ row, label }) => ({
      kind: settlePair,
      home: row.home_code,
      division: row.division_code,
      subject: row.id,
      label,
      link: `/people/pairs?division=${row.division_code}`,
      due: addDays(ctx.today, days),
    })),
  );
}

/** Who may be the same person as this row (查重): the county's people alike in name, birth and place. */
export async function doublesOf(ctx: Context, row: PersonRow, home = row.home_code): Promise<Similar[]> {
  const threshold = Number(ctx.house.settings.on("people.similarity", ctx.today, home));
  const near = new Neighbourhood(
    await neighboursOf(
      ctx.tx,
      home,
      [{ division: row.division_code, key: row.name_key }],
      row.born_on ? [row.born_on] : [],
    ),
  );
  return near.alike(nearRow(row), threshold).map((one) => ({ ...one, ground: "similar" as const }));
}
