import { levelOf, parseDivision, significant } from "../../../kernel/divisions/code.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { readCursor, writeCursor } from "../../../kernel/operation/cursor.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { decideRule } from "../../../kernel/rule/decide.ts";
import { formatPercent } from "../../../kernel/text/figures.ts";
import { type BoardLine, board, boardHomes } from "../board.contract.ts";
import { coverage } from "../equipment.rules.ts";
import type { ItemKind } from "../equipment.shapes.ts";
import { type Counted, countBoard, divisionsBelow, homesBehind, liaisonsIn } from "./board.queries.ts";

/** Digits of the divisions one level below. */
const below: Readonly<Record<number, number>> = { 1: 2, 2: 4, 4: 6, 6: 9, 9: 12, 12: 12 };

const share = (part: number, whole: number): string | null =>
  whole > 0 && part <= whole ? formatPercent(part, whole, { floor: true }) : null;

/** The exact median of days counted by their number: of two in the middle their mean. */
export function medianOf(days: ReadonlyMap<number, number>): number | null {
  const sorted = [...days].sort(([a], [b]) => a - b);
  const count = sorted.reduce((sum, [, times]) => sum + times, 0);
  if (count === 0) return null;
  const at = (place: number): number => {
    let passed = 0;
    for (const [day, times] of sorted) {
      passed += times;
      if (passed > place) return day;
    }
    return Number.NaN;
  };
  return (at(Math.floor((count - 1) / 2)) + at(Math.floor(count / 2))) / 2;
}

function addUp(some: readonly Counted[], division: string): Counted {
  const days = new Map<number, number>();
  for (const one of some) for (const [day, times] of one.days) days.set(day, (days.get(day) ?? 0) + times);
  const sum = (field: Exclude<keyof Counted, "division" | "days">) =>
    some.reduce((total, one) => total + one[field], 0);
  return {
    division,
    days,
    homes: sum("homes"),
    covered: sum("covered"),
    equipped: sum("equipped"),
    trained: sum("trained"),
    troubled: sum("troubled"),
    shipped: sum("shipped"),
    delivered: sum("delivered"),
    late: sum("late"),
    verified: sum("verified"),
    open: sum("open"),
    overdue: sum("overdue"),
  };
}

/** Figures of a division and of those below it; rows known for the division itself only stand in a line of its own. */
export async function boardOf(
  ctx: Pick<Context, "tx" | "today" | "house">,
  division: string,
  item?: ItemKind,
): Promise<{ whole: BoardLine; children: BoardLine[] } | undefined> {
  const digits = below[division.length] ?? 12;
  const known = await divisionsBelow(ctx.tx, division, Math.min(levelOf(division) + 1, 5), ctx.today);
  const names = new Map(known.map((one) => [one.code, one.name]));
  if (division !== "0" && !names.has(division)) return undefined;
  const counted = await countBoard(ctx.tx, { division, digits, item }, ctx.today);
  const liaisons = await liaisonsIn(ctx.tx, [division, ...names.keys()], ctx.today);
  const lineOf = (one: Counted): BoardLine => ({
    division: one.division,
    name: names.get(one.division) ?? one.division,
    homes: one.homes,
    covered: one.covered,
    coverage: decideRule(
      coverage,
      { homes: one.homes, homes_with_both_verified: one.covered },
      {
        today: ctx.today,
        settings: (id, date) => ctx.house.settings.on(id, date, one.division),
        calendar: ctx.house.calendar(),
      },
    ).output.rate,
    shipped: one.shipped,
    delivered: one.delivered,
    verified: one.verified,
    deliveryRate: share(one.delivered, one.shipped),
    onTheWay: one.shipped - one.delivered,
    lateShipments: one.late,
    discrepanciesOpen: one.open,
    discrepanciesLate: one.overdue,
    discrepancyRate: share(one.troubled, one.equipped),
    medianDays: medianOf(one.days),
    longestDays: one.days.size > 0 ? Math.max(...one.days.keys()) : null,
    homesTrained: one.trained,
    homesUntrained: one.equipped - one.trained,
    trainingRate: share(one.trained, one.equipped),
    liaison: liaisons.has(one.division),
  });
  const children = division.length === 12 ? [] : known.filter((one) => one.code !== division).map((one) => one.code);
  const more = division.length === 12 ? [] : [...counted.keys()].filter((code) => !children.includes(code));
  return {
    whole: lineOf(addUp([...counted.values()], division)),
    children: [...more, ...children].sort().map((code) => lineOf(counted.get(code) ?? addUp([], code))),
  };
}

function asked(ctx: Context<"equipment/unknown-division">, division: string | undefined): string {
  const code = division ?? ctx.actor.division ?? ctx.house.root;
  const parsed = parseDivision(code);
  return parsed.valid ? parsed.significant : ctx.fail("equipment/unknown-division", { division: code });
}

const show = handle(board)(async (input, ctx) => {
  const division = significant(asked(ctx, input.division));
  const found = await boardOf(ctx, division, input.item);
  if (!found) return ctx.fail("equipment/unknown-division", { division });
  return { ...found.whole, asOf: ctx.now.toISOString(), children: found.children };
});

const behind = handle(boardHomes)(async (input, ctx) => {
  const division = asked(ctx, input.division);
  const { homes, total } = await homesBehind(
    ctx.tx,
    {
      figure: input.figure,
      division,
      item: input.item,
      after: readCursor(input.after, ["text", "id"]),
      limit: input.limit + 1,
    },
    ctx.today,
  );
  const shown = homes.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    homes: shown.map((one) => ({
      careHomeId: one.care_home_id,
      careHome: one.name,
      division: one.division_code,
      value: one.value,
    })),
    total,
    next: homes.length > input.limit && last ? writeCursor([last.division_code, last.care_home_id]) : null,
  };
});

export const boardHandlers = [show, behind];
