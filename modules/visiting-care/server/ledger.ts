import { type Bump, bump } from "../../../kernel/indicator/indicator.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import {
  enrolledIndicator,
  leftIndicator,
  people,
  refusedIndicator,
  stockIndicator,
  visitedIndicator,
} from "../visiting-care.indicators.ts";
import type { EnrolmentRow } from "./enrolment.row.ts";
import { insertEnrolments, updateEnrolments } from "./enrolment.store.ts";
import { insertMovements, type MarkWithFirst, type Movement, markOf, putMarks } from "./marks.store.ts";
import type { MarkRow } from "./visit.row.ts";

/** The key of counters for a set of classes (类别组合). */
export function classKeyOf(categories: readonly string[]): string {
  return [...categories].sort().join("+");
}

export function stockBump(row: EnrolmentRow, delta: number): Bump {
  return {
    indicator: stockIndicator,
    home: row.home_code,
    division: row.division_code,
    key: [row.state, row.risk, row.class_key],
    delta,
  };
}

function cell(
  indicator: Bump["indicator"],
  row: Pick<MarkRow, "home_code" | "month">,
  division: string,
  delta: number,
) {
  return { indicator, home: row.home_code, division, period: row.month, key: people, delta };
}

/** What a mark adds to the figures of its month (标记计数). */
export function markBumps(mark: MarkRow, delta: 1 | -1): Bump[] {
  const division = mark.recorded_division_code;
  return [
    ...(mark.base ? [cell(visitedIndicator, mark, division, delta)] : []),
    ...(mark.base && mark.left_after ? [cell(leftIndicator, mark, division, delta)] : []),
  ];
}

/** What a line of the ledger adds (台账计数). */
export function movementBump(row: Movement): Bump {
  const indicator = row.what === "enrolled" ? enrolledIndicator : refusedIndicator;
  return cell(indicator, row, row.division_code, row.delta);
}

/** Changes marks, with the figures of their months. */
export function changeMarks(ctx: Context, changes: readonly { before: MarkRow | null; after: MarkRow }[]): void {
  if (changes.length === 0) return;
  ctx.later((tx) =>
    putMarks(
      tx,
      changes.map((one) => one.after),
    ),
  );
  bump(
    ctx,
    changes.flatMap((one) => [...(one.before ? markBumps(one.before, -1) : []), ...markBumps(one.after, 1)]),
  );
}

/** A mark as that of another stay, counted where its person lives. */
export function markUnder(row: EnrolmentRow, mark: MarkRow): MarkRow {
  return {
    ...mark,
    person_id: row.person_id,
    enrolment_id: row.id,
    division_code: row.division_code,
    recorded_division_code: row.division_code,
  };
}

/**
 * Takes the mark of somebody who had left over to the stay of the same person that goes on (并入标记), unless it has one of the
 * month: one person is counted once. Answers false where nobody is in care: the mark stays with whoever has it.
 */
export async function takeOver(ctx: Context, kept: EnrolmentRow, mark: MarkRow): Promise<boolean> {
  const own = await markOf(ctx.tx, kept.home_code, kept.person_id, mark.month);
  if (kept.state !== "enrolled" && !own?.base) return false;
  if (!own) changeMarks(ctx, [{ before: null, after: { ...markUnder(kept, mark), base: true, left_after: false } }]);
  return true;
}

/** Writes lines of the ledger, with the figures of their months. */
export function move(ctx: Context, rows: readonly Movement[]): void {
  if (rows.length === 0) return;
  ctx.later((tx) => insertMovements(tx, rows));
  bump(ctx, rows.map(movementBump));
}

/** A line of the ledger for a stay. */
export function movement(
  ctx: Context,
  row: EnrolmentRow,
  on: string,
  what: Movement["what"],
  delta: 1 | -1,
  cause: string,
): Movement {
  return {
    home_code: row.home_code,
    id: ctx.newId(),
    division_code: row.division_code,
    enrolment_id: row.id,
    person_id: row.person_id,
    on_on: on,
    month: on.slice(0, 7),
    what,
    delta,
    cause,
  };
}

/** Writes a stay as it is now (保存): the row and the counters of lists, in one. */
export function save(ctx: Context, before: EnrolmentRow | null, after: EnrolmentRow): EnrolmentRow {
  const row = { ...after, version: (before?.version ?? 0) + 1, updated_at: ctx.now };
  ctx.later((tx) => (before ? updateEnrolments(tx, [row]) : insertEnrolments(tx, [row])));
  bump(ctx, [...(before ? [stockBump(before, -1)] : []), stockBump(row, 1)]);
  return row;
}

const endOfDay = (on: string) => new Date(`${on}T23:59:59.999+08:00`);

/**
 * What becomes of marks when care ends on a day (离开时的标记): closed after a visit of that month, the person stays in its
 * base; who refused, and what was recorded after the end, leaves the figures.
 */
export function marksAtEnd(marks: readonly MarkWithFirst[], on: string, how: "closed" | "refused" | "merged") {
  return marks.map(({ first_at, ...before }) => {
    const stays = how === "closed" && before.month === on.slice(0, 7) && first_at !== null && first_at <= endOfDay(on);
    return { before, after: { ...before, base: stays, left_after: stays } };
  });
}

/**
 * What becomes of marks when somebody is in care again from a day on: they count as usual, and where the person lives now,
 * who may have moved while nobody visited.
 */
export function marksAtReturn(marks: readonly MarkWithFirst[], division: string) {
  return marks.map(({ first_at: _, ...before }) => ({
    before,
    after: { ...before, division_code: division, recorded_division_code: division, base: true, left_after: false },
  }));
}
