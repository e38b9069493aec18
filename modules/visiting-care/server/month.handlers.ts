import { addMonths, dateInShanghai } from "../../../kernel/clock/date.ts";
import { homeOf, significant } from "../../../kernel/divisions/code.ts";
import type { JobKind } from "../../../kernel/jobs/jobs.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { readCursor, writeCursor } from "../../../kernel/operation/cursor.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { actorLabel } from "../../../kernel/procedure/procedure.ts";
import { correct, type Publish, publish } from "../../../kernel/publication/publication.ts";
import { monthlyRates } from "../figures.collections.ts";
import { closeMonth, correctMonth, freezeMonth, monthReport } from "../figures.contract.ts";
import { monthBefore, smallestPublicGroup } from "../figures.rules.ts";
import { printRate } from "../visiting-care.rules.ts";
import { divisionNames } from "./carers.queries.ts";
import { addUp } from "./figures.handlers.ts";
import {
  type CorrectionRow,
  correctionsOf,
  type FrozenRow,
  familyOf,
  frozenFigures,
  homesToClose,
  insertCorrections,
  insertFrozen,
  type MonthCell,
  monthCells,
} from "./figures.queries.ts";

const EVERY = 100_000;

/** What the public sees of a figure: the rate of a group large enough, of a township or more. */
function published(rows: readonly FrozenRow[]): Publish[] {
  return rows
    .filter((row) => row.division_code.length <= 9)
    .map((row) => {
      const withheld = row.enrolled < smallestPublicGroup;
      return {
        collection: monthlyRates,
        key: `${row.division_code}-${row.month}`,
        division: row.division_code,
        title: row.name,
        sortKey: `${row.month}/${row.division_code}`,
        body: {
          division: row.division_code,
          name: row.name,
          month: row.month,
          rate: withheld ? null : row.rate,
          withheld,
        },
      };
    });
}

/** Figures of a month of a division and all divisions below it as they stand now, with their names of the month's last day. */
async function standing(
  ctx: Context,
  division: string,
  month: string,
): Promise<(MonthCell & { code: string; name: string })[]> {
  const out = new Map<string, MonthCell>();
  const { children } = await familyOf(ctx.tx, division, ctx.today);
  // Of a register with everything inside; of whoever is above registers down to these.
  const register = division.length >= 6 || (division.length === 4 && children[0]?.code.length === 9);
  const levels = [2, 4, 6, 9, 12].filter((digits) => digits >= division.length && (register || digits <= 6));
  for (const digits of levels)
    for (const [code, cells] of await monthCells(ctx.tx, division, digits, [month])) {
      // Cut at twelve digits, somebody known by township only stands under nine: added up one level above. A city without
      // counties, cut at six, is the city over again.
      const [cell] = cells;
      if (cell && code.length === digits && significant(code) === code) out.set(code, cell);
    }
  const [whole] = addUp([...(await monthCells(ctx.tx, division, division.length, [month])).values()], 1);
  if (whole) out.set(division, whole);
  const names = await divisionNames(ctx.tx, [...out.keys()], addMonths(`${month}-01`, 1));
  return [...out].map(([code, cell]) => ({ code, name: names.get(code) ?? code, ...cell }));
}

function frozenOf(
  ctx: Context,
  month: string,
  one: MonthCell & { code: string; name: string },
  revision: number,
): FrozenRow {
  return {
    home_code: homeOf(one.code),
    month,
    division_code: one.code,
    revision,
    name: one.name,
    visited: one.visited,
    enrolled: one.enrolled,
    refused: one.refused,
    rate: printRate(one.visited, one.enrolled),
    closed_at: ctx.now,
  };
}

/** Freezes what was not frozen yet (结账); a second run changes nothing. */
async function freeze(ctx: Context<"visiting-care/month-not-over">, division: string, month: string) {
  if (month >= ctx.today.slice(0, 7)) return ctx.fail("visiting-care/month-not-over", { month });
  const known = new Set(
    (await frozenFigures(ctx.tx, { month, division, limit: EVERY })).map((row) => row.division_code),
  );
  const now = await standing(ctx, division, month);
  const rows = now.filter((one) => !known.has(one.code)).map((one) => frozenOf(ctx, month, one, 1));
  ctx.later((tx) => insertFrozen(tx, rows));
  publish(ctx, published(rows));
  ctx.journal(
    "month-closed",
    { kind: "month", id: null, home: homeOf(division), division },
    { month, divisions: rows.length, already: known.size },
  );
  return { month, divisions: rows.length, already: known.size };
}

const close = handle(closeMonth)((input, ctx) =>
  freeze(ctx, significant(ctx.actor.division ?? ctx.actor.home), input.month),
);
const freezeOne = handle(freezeMonth)((input, ctx) => freeze(ctx, significant(input.division), input.month));

const plain = (one: Pick<FrozenRow, "visited" | "enrolled" | "rate">) => ({
  visited: one.visited,
  enrolled: one.enrolled,
  rate: one.rate,
});

const correctOne = handle(correctMonth)(async (input, ctx) => {
  const division = significant(ctx.actor.division ?? ctx.actor.home);
  const { month } = input;
  const frozen = await frozenFigures(ctx.tx, { month, division, limit: EVERY });
  if (frozen.length === 0) return ctx.fail("visiting-care/month-open", { month });
  const now = new Map((await standing(ctx, division, month)).map((one) => [one.code, one]));
  const changes = frozen.flatMap((before) => {
    const one = now.get(before.division_code);
    if (!one || before.home_code !== homeOf(division)) return [];
    const after = frozenOf(ctx, month, { ...one, name: before.name }, before.revision + 1);
    const same =
      before.visited === after.visited && before.enrolled === after.enrolled && before.refused === after.refused;
    return same ? [] : [{ before, after }];
  });
  if (changes.length === 0) return ctx.fail("visiting-care/nothing-to-correct", { month });
  const log: CorrectionRow[] = changes.map(({ before, after }) => ({
    home_code: after.home_code,
    id: ctx.newId(),
    month,
    division_code: after.division_code,
    revision: after.revision,
    reason: input.reason,
    corrected_by: actorLabel(ctx.actor),
    at: ctx.now,
    before: plain(before),
    after: plain(after),
  }));
  ctx.later(async (tx) => {
    await insertFrozen(
      tx,
      changes.map((one) => one.after),
    );
    await insertCorrections(tx, log);
  });
  for (const item of published(changes.map((one) => one.after))) correct(ctx, item, input.reason);
  ctx.journal(
    "month-corrected",
    { kind: "month", id: null, home: homeOf(division), division },
    { month, changed: changes.length, reason: input.reason },
  );
  return { month, changed: changes.length };
});

const report = handle(monthReport)(async (input, ctx) => {
  const division = significant(input.division ?? ctx.actor.division ?? ctx.house.root);
  const [after] = readCursor(input.after, ["text"]) ?? [];
  const rows = await frozenFigures(ctx.tx, {
    month: input.month,
    division,
    revision: input.revision,
    ...(after === undefined ? {} : { after }),
    limit: input.limit + 1,
  });
  if (rows.length === 0 && after === undefined) return ctx.fail("visiting-care/month-open", { month: input.month });
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  const corrections = await correctionsOf(ctx.tx, input.month, division);
  const names = new Map(shown.map((row) => [row.division_code, row.name]));
  return {
    month: input.month,
    divisions: shown.map((row) => ({
      division: row.division_code,
      name: row.name,
      revision: row.revision,
      visited: row.visited,
      enrolled: row.enrolled,
      refused: row.refused,
      rate: row.rate,
      at: row.closed_at.toISOString(),
    })),
    corrections: corrections.map((one) => ({
      id: one.id,
      division: one.division_code,
      name: names.get(one.division_code) ?? one.division_code,
      revision: one.revision,
      at: one.at.toISOString(),
      reason: one.reason,
      by: one.corrected_by,
      before: one.before,
      after: one.after,
    })),
    next: rows.length > input.limit && last ? writeCursor([last.division_code]) : null,
  };
});

/** Closes the month that has just ended, county by county, then cities and the whole (月末结账): looks every five minutes. */
export const closingJob: JobKind = {
  id: "visiting-care.close-month",
  everyMinutes: 5,
  run: async (job) => {
    const month = monthBefore(dateInShanghai(job.now()));
    const homes = await job.database.transaction({ kind: "system" }, (tx) => homesToClose(tx, month));
    if (homes.length === 0) return;
    for (const division of homes) await job.call(freezeMonth.id, { month, division });
    const above = new Set(homes.flatMap((code) => [code.slice(0, 4), code.slice(0, 2)]));
    for (const division of [...above]
      .filter((code) => code.length < 6 && code.startsWith(job.house.root === "0" ? "" : job.house.root))
      .sort())
      await job.call(freezeMonth.id, { month, division });
  },
};

export const monthHandlers = [close, freezeOne, correctOne, report];
