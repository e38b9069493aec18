import { addMonths } from "../../../kernel/clock/date.ts";
import { contains, homeOf, nation, parseDivision } from "../../../kernel/divisions/code.ts";
import { countyLevel } from "../../../kernel/divisions/division.queries.ts";
import { figures as cells } from "../../../kernel/indicator/indicator.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { formatPercent } from "../../../kernel/text/figures.ts";
import { careFigures, dashboard } from "../figures.contract.ts";
import { median } from "../figures.rules.ts";
import { visitsIndicator } from "../visiting-care.indicators.ts";
import { printRate } from "../visiting-care.rules.ts";
import { censusIndicator, emergencyIndicator, needIndicator } from "./figures.indicators.ts";
import {
  closedMonths,
  emergencyMinutes,
  familyOf,
  type MonthCell,
  monthCells,
  onTimeOf,
  overdueNow,
} from "./figures.queries.ts";

type Code = "visiting-care/unknown-division";

/**
 * The division asked about, or the actor's own. What is no code, lies outside the installation or is more than the actor
 * sees is not known: a part must never be printed under the name of the whole. A worker's villages lie in their county.
 */
export function divisionAsked(ctx: Context<Code>, given: string | undefined): string {
  const { actor, house } = ctx;
  const scope = actor.scope;
  const own = scope.kind === "worker" ? actor.home : (actor.division ?? house.root);
  const read = parseDivision(given ?? own);
  const seen = (division: string) =>
    scope.kind === "worker"
      ? division.length >= own.length && scope.divisions.some((one) => contains(division, one))
      : contains(own, division) && (house.root === nation || contains(house.root, division));
  if (!read.valid || (given !== undefined && !seen(read.significant)))
    return ctx.fail("visiting-care/unknown-division", { division: given ?? own });
  return read.significant;
}

const nothing: MonthCell = { visited: 0, enrolled: 0, refused: 0 };

/** Figures of a division for months, added up from those of its parts. */
export function addUp(parts: readonly (readonly MonthCell[])[], months: number): MonthCell[] {
  return Array.from({ length: months }, (_, at) =>
    parts.reduce<MonthCell>((all, part) => {
      const one = part[at] ?? nothing;
      return {
        visited: all.visited + one.visited,
        enrolled: all.enrolled + one.enrolled,
        refused: all.refused + one.refused,
      };
    }, nothing),
  );
}

const show = handle(dashboard)(async (input, ctx) => {
  const division = divisionAsked(ctx, input.division);
  const months = Array.from({ length: 12 }, (_, at) => `${input.year}-${String(at + 1).padStart(2, "0")}`);
  const counties = input.level === "county" && division.length < 6;
  const [{ own, children }, closed, summed] = await Promise.all([
    familyOf(ctx.tx, division, ctx.today, counties ? countyLevel : undefined),
    closedMonths(ctx.tx, division, months),
    counties ? monthCells(ctx.tx, division, 6, months) : undefined,
  ]);
  if (!own) return ctx.fail("visiting-care/unknown-division", { division });
  const digits = children[0]?.code.length ?? division.length;
  const values = summed ?? (await monthCells(ctx.tx, division, digits, months));
  const line = (code: string, name: string, months_: readonly MonthCell[]) => ({
    division: code,
    name,
    months: months_.map((cell, at) => ({
      month: months[at] ?? "",
      ...cell,
      rate: (months[at] ?? "") > ctx.today.slice(0, 7) ? null : printRate(cell.visited, cell.enrolled),
      closed: closed.has(months[at] ?? ""),
    })),
  });
  const empty = Array.from({ length: 12 }, () => nothing);
  return {
    year: input.year,
    asOf: ctx.now.toISOString(),
    // People known by their county or township only stand under a shorter code: they belong to the whole, to no child.
    whole: line(own.code, own.name, addUp([...values.values()], 12)),
    children: children.map((one) =>
      line(one.code, one.name, values.get(counties ? homeOf(one.code) : one.code) ?? empty),
    ),
    rows: {
      visited: "/care/people?division={division}&month={month}&visited=yes",
      missed: "/care/people?division={division}&month={month}&visited=no",
      refused: "/care/people?division={division}&state=refused",
    },
  };
});

const at = (month: string) => new Date(`${month}-01T00:00:00+08:00`);

const careOf = handle(careFigures)(async (input, ctx) => {
  const division = divisionAsked(ctx, input.division);
  const { month } = input;
  const next = addMonths(`${month}-01`, 1);
  const where = { division, period: month };
  const emergencies = new Map(
    (await cells(ctx.tx, emergencyIndicator, where)).map((cell) => [cell.key[0] ?? "", cell.value]),
  );
  const needs = await cells(ctx.tx, needIndicator, where);
  const census = new Map(
    (await cells(ctx.tx, censusIndicator, { division, period: month.slice(0, 4) })).map((cell) => [
      cell.key[0] ?? "",
      cell.value,
    ]),
  );
  const visits = await cells(ctx.tx, visitsIndicator, where);
  const minutes = await emergencyMinutes(ctx.tx, division, at(month), at(next.slice(0, 7)));
  const late = await overdueNow(ctx.tx, division, ctx.now, ctx.today);
  const onTime = await onTimeOf(ctx.tx, division, `${month}-01`, next, ctx.today);
  const [whole] = addUp([...(await monthCells(ctx.tx, division, division.length, [month])).values()], 1);
  const stepMinutes = (step: string) => median(minutes.filter((one) => one.step === step).map((one) => one.minutes));
  const need = (states: readonly string[]) =>
    needs.filter((cell) => states.includes(cell.key[1] ?? "")).reduce((all, cell) => all + cell.value, 0);
  const modes = ["home", "phone", "video", "remote"] as const;
  const byMode = modes.map((mode) => ({
    mode,
    visits: visits.filter((cell) => cell.key.includes(mode)).reduce((all, cell) => all + cell.value, 0),
  }));
  const all = byMode.reduce((sum, one) => sum + one.visits, 0);
  const finished = census.get("finished") ?? 0;
  const villages = finished + (census.get("open") ?? 0);
  const place = `division=${division}`;
  const found = `${place}&month=${month}`;
  return {
    division,
    month,
    onTime: {
      ...onTime,
      rate: printRate(onTime.done, onTime.due),
      rows: `/duties?kind=visiting-care.visit&${place}&due=overdue`,
    },
    coverage: { finished, villages, rate: printRate(finished, villages), rows: `/care/campaigns?${place}` },
    emergencies: {
      opened: { value: emergencies.get("opened") ?? 0, rows: `/care/emergencies?${found}` },
      filed: { value: emergencies.get("filed") ?? 0, rows: `/care/emergencies?${found}&state=filed` },
      overdue: { value: late.emergencies, rows: `/care/emergencies?${place}&state=running` },
      escalated: { value: emergencies.get("escalated") ?? 0, rows: `/care/emergencies?${found}&escalated=yes` },
      minutes: {
        rescue: stepMinutes("call_rescue"),
        family: stepMinutes("call_family"),
        community: stepMinutes("notify_community"),
      },
    },
    refused: { value: whole?.refused ?? 0, rows: `/care/people?${place}&state=refused` },
    needs: {
      open: { value: need(["open", "taken"]), rows: `/care/referrals?${found}&state=waiting` },
      overdue: { value: late.referrals, rows: `/care/referrals?${place}&state=waiting&overdue=yes` },
      done: { value: need(["done", "seen"]), rows: `/care/referrals?${found}&state=helped` },
      declined: { value: need(["declined"]), rows: `/care/referrals?${found}&state=declined` },
    },
    modes: byMode.map((one) => ({
      ...one,
      share: all > 0 ? formatPercent(one.visits, all) : null,
      rows: `/care/visits?${place}&month=${month}&mode=${one.mode}&counts=yes`,
    })),
  };
});

export const figureHandlers = [show, careOf];
