import type { Tx } from "../../../kernel/database/transaction.ts";
import { bump } from "../../../kernel/indicator/indicator.ts";
import { enqueue } from "../../../kernel/jobs/jobs.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { recordVersions } from "../../../kernel/register/register.ts";
import { index } from "../../../kernel/search/search.ts";
import { nameTokens } from "../../../kernel/search/tokens.ts";
import type { PersonEvents } from "./index.ts";
import { moves } from "./people.indicators.ts";
import { insertPeople, updatePeople } from "./people.store.ts";
import type { PersonRow } from "./person.row.ts";
import { bodyOf, register } from "./person.shape.ts";
import { followDivision } from "./relations.store.ts";

/** Above so many new rows in one command the search words are made by a job. */
const INDEXED_AT_ONCE = 20;

/** The job that makes search words for people loaded in bulk (补建检索词). */
export const indexNamesJob = "people.index-names";

/** One state of a person replaced by another. */
export interface Change {
  readonly before: PersonRow;
  /** The new state; its version number is set here. */
  readonly after: PersonRow;
  readonly validFrom: string;
  /** Version this one corrects. */
  readonly corrects?: number;
}

const isGone = (row: PersonRow) => row.state === "merged" || row.state === "moved";

/** The words a person is found by: none of those who are not here any more under this id. */
export function indexedOf(row: PersonRow) {
  return {
    collection: register,
    home: row.home_code,
    division: row.division_code,
    subject: row.id,
    sortKey: row.name_key,
    tokens: isGone(row) ? [] : nameTokens(row.name),
  };
}

function versionOf(row: PersonRow, validFrom: string, corrects?: number) {
  return {
    register,
    home: row.home_code,
    division: row.division_code,
    subject: row.id,
    version: row.version,
    validFrom,
    body: bodyOf(row),
    ...(corrects ? { corrects } : {}),
  };
}

/** Keeps version, counters and search of rows that an effect writes into another home (随迁留痕). */
export function noteArrival(ctx: Context, before: PersonRow | undefined, row: PersonRow, on: string): void {
  recordVersions(ctx, [versionOf(row, on)]);
  bump(ctx, moves(before, row));
  const { collection, home, division, subject, sortKey, tokens } = indexedOf(row);
  index(ctx, [{ collection, home, division, subject, sortKey, tokens }], true);
}

/** Adds people to the register (入册), many as a few statements: row, version 1, search, counters. */
export async function addPeople(
  ctx: Context,
  added: readonly { readonly row: PersonRow; readonly validFrom: string }[],
): Promise<void> {
  if (added.length === 0) return;
  const rows = added.map((one) => one.row);
  await insertPeople(ctx.tx, rows);
  recordVersions(
    ctx,
    added.map(({ row, validFrom }) => versionOf(row, validFrom)),
  );
  // Search words are most of the cost of a bulk load: they follow right after it, in the background.
  if (rows.length > INDEXED_AT_ONCE) enqueue(ctx, indexNamesJob, { ids: rows.map((row) => row.id) });
  else index(ctx, rows.map(indexedOf), true);
  bump(
    ctx,
    rows.flatMap((row) => moves(undefined, row)),
  );
}

/**
 * Changes people (变更), many as a few statements: row with the next version number, stored version, search, counters; what
 * hangs on a person follows to another division of the county. Answers the new rows; the events are the caller's.
 * @throws Refusal people/not-your-division (403), people/changed-meanwhile (409): nothing is overwritten unseen.
 */
export async function changePeople(
  ctx: Context,
  changes: readonly Change[],
  /** The new division may lie outside the actor's own range: written as the system role, once the rules have agreed. */
  beyond = false,
): Promise<PersonRow[]> {
  if (changes.length === 0) return [];
  const done = changes.map((change) => ({
    ...change,
    after: { ...change.after, version: change.before.version + 1, updated_at: ctx.now } satisfies PersonRow,
  }));
  const rows = done.map((change) => change.after);
  const relocated = done.filter(({ before, after }) => before.division_code !== after.division_code);
  const write = async (tx: Tx) => {
    if ((await updatePeople(tx, rows)) === rows.length) return;
    if (rows.some((row) => row.home_code !== ctx.actor.home))
      throw new Refusal("people/not-your-division", 403, { division: rows[0]?.division_code });
    throw new Refusal("people/changed-meanwhile", 409, {});
  };
  if (beyond) ctx.later(write);
  else await write(ctx.tx);
  recordVersions(
    ctx,
    done.map(({ after, validFrom, corrects }) => versionOf(after, validFrom, corrects)),
  );
  followDivision(
    ctx,
    relocated.map(({ after }) => after),
  );
  const reworded = done.filter(
    ({ before, after }) =>
      before.name !== after.name || before.division_code !== after.division_code || isGone(before) !== isGone(after),
  );
  index(
    ctx,
    reworded.map(({ after }) => indexedOf(after)),
  );
  bump(
    ctx,
    done.flatMap(({ before, after }) => moves(before, after)),
  );
  return rows;
}

/** Tells the rooms that listen what became of people, one by one and in order (人员变动通知). */
export async function tell(
  events: readonly PersonEvents[],
  ctx: Context,
  before: PersonRow,
  after: PersonRow,
  on: string,
): Promise<void> {
  for (const one of events) {
    if (before.division_code !== after.division_code) await one.moved?.(ctx, before, after, on);
    else await one.changed?.(ctx, before, after);
  }
}
