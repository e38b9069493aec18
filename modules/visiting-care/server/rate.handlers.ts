import { figures } from "../../../kernel/indicator/indicator.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { visitsIndicator } from "../visiting-care.indicators.ts";
import { printRate } from "../visiting-care.rules.ts";
import { mode as modes } from "../visiting-care.shapes.ts";
import { type Goal, monthlyRate } from "../visits.contract.ts";
import { addUp, divisionAsked } from "./figures.handlers.ts";
import { type FrozenRow, familyOf, frozenFigures, type MonthCell, monthCells } from "./figures.queries.ts";

const nothing: MonthCell = { visited: 0, enrolled: 0, refused: 0 };
const FROZEN = 2_000;

/** The stage of the opinion a month belongs to; a share is asked for since 2025 only. */
function targetOf(ctx: Context, month: string, division: string, cell: MonthCell) {
  const on = `${month}-28`;
  const goal: Goal = month < "2024" ? "mechanism" : month < "2025" ? "general" : "full";
  const share = on < "2022-10-20" ? 0 : Number(ctx.house.settings.on("visiting-care.monthly-goal", on, division));
  if (share === 0) return { goal, percent: null, met: null };
  return {
    goal,
    percent: share * 100,
    met: cell.enrolled === 0 || month > ctx.today.slice(0, 7) ? null : cell.visited >= cell.enrolled * share,
  };
}

const rate = handle(monthlyRate)(async (input, ctx) => {
  const division = divisionAsked(ctx, input.division);
  const on = `${input.month}-01` > ctx.today ? ctx.today : lastDay(input.month, ctx.today);
  const family = await familyOf(ctx.tx, division, on);
  const own = family.own;
  if (!own) return ctx.fail("visiting-care/unknown-division", { division });
  const scope = ctx.actor.scope;
  // A worker reads one village after the other, however the county is divided.
  const villages = scope.kind === "worker" && division.length < 12 ? scope.divisions : null;
  const children = villages
    ? (await Promise.all(villages.map((code) => familyOf(ctx.tx, code, on)))).flatMap((one) => one.own ?? [])
    : family.children;
  const digits = children[0]?.code.length ?? division.length;
  const values = await monthCells(ctx.tx, division, digits, [input.month]);
  const frozen = new Map<string, FrozenRow>(
    (await frozenFigures(ctx.tx, { month: input.month, division, limit: FROZEN })).map((row) => [
      row.division_code,
      row,
    ]),
  );
  // Nobody has been missed in a month that has not begun.
  const toCome = input.month > ctx.today.slice(0, 7);
  const line = (code: string, name: string, cell: MonthCell) => {
    const printed = frozen.get(code);
    const { visited, enrolled, refused } = printed ?? cell;
    return {
      division: code,
      name: printed?.name ?? name,
      visited,
      enrolled,
      refused,
      rate: printed ? printed.rate : toCome ? null : printRate(visited, enrolled),
    };
  };
  const whole = line(own.code, own.name, addUp([...values.values()], 1)[0] ?? nothing);
  const byMode = await figures(ctx.tx, visitsIndicator, { division, period: input.month });
  const closed = frozen.get(own.code);
  return {
    ...whole,
    month: input.month,
    asOf: (closed?.closed_at ?? ctx.now).toISOString(),
    closed: closed !== undefined,
    target: targetOf(ctx, input.month, division, whole),
    byMode: modes.options.map((one) => ({
      mode: one,
      visits: byMode.find((cell) => cell.key[0] === one)?.value ?? 0,
    })),
    children: children.map((one) => line(one.code, one.name, values.get(one.code)?.[0] ?? nothing)),
  };
});

function lastDay(month: string, today: string): string {
  const end = `${month}-28`;
  return end > today ? today : end;
}

export const rateHandlers = [rate];
