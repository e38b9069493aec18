import { CalendarUnknownError } from "../../../kernel/clock/calendar.ts";
import { addDays, addMonths, daysBetween } from "../../../kernel/clock/date.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import type { ClockDto } from "../listing.shapes.ts";
import type { ListingRow } from "./credit.store.ts";

type Ask = Pick<Context, "house" | "today">;

/** A number of a dated setting of the division. */
export function settingNumber(ctx: Ask, id: string, division: string): number {
  return Number(ctx.house.settings.on(id, ctx.today, division));
}

/**
 * The last day of a period of working days that carries a right (法定工作日期限). Never guessed: a year whose holidays are not
 * known is refused. @throws Refusal credit/holidays-unknown (409)
 */
export function workingDay(ctx: Ask, from: string, days: number): string {
  try {
    return ctx.house.calendar().addWorkingDays(from, days);
  } catch (error) {
    if (!(error instanceof CalendarUnknownError)) throw error;
    throw new Refusal("credit/holidays-unknown", 409, {
      year: error.year,
      from,
      days,
      knownUntil: ctx.house.calendar().knownUntil,
    });
  }
}

/** The same, or null where the holidays are not known: what must not wait for the calendar goes on and says so. */
export function workingDayIfKnown(ctx: Ask, from: string, days: number): string | null {
  try {
    return ctx.house.calendar().addWorkingDays(from, days);
  } catch (error) {
    if (error instanceof CalendarUnknownError) return null;
    throw error;
  }
}

/** A day of the house's own making (内部期限): as many calendar days where holidays are not known, so never later than meant. */
export function houseDay(ctx: Ask, from: string, setting: string, division: string): string {
  const days = settingNumber(ctx, setting, division);
  return workingDayIfKnown(ctx, from, days) ?? addDays(from, days);
}

/** The days on which a standing listing changes (列入期限): six months where nothing can be put right, two years. */
export function listingDays(
  clockFrom: string,
  rectifiable: boolean,
): { readonly sixMonthsOn: string | null; readonly twoYearsOn: string } {
  return { sixMonthsOn: rectifiable ? null : addMonths(clockFrom, 6), twoYearsOn: addMonths(clockFrom, 24) };
}

const waiting = ["noticed", "stated", "answered"];
const onList = ["listed", "removal-applied", "removal-verified"];

/** The periods now running over a listing, nearest first (期限). */
export function clocksOf(row: ListingRow, today: string, remindMonths = 22): ClockDto[] {
  const clocks: ClockDto[] = [];
  const add = (clock: ClockDto["clock"], from: string | null, on: string | null) => {
    if (on)
      clocks.push({
        clock,
        from,
        on,
        daysSince: from ? daysBetween(from, today) : null,
        daysTo: daysBetween(today, on),
      });
  };
  if (waiting.includes(row.state)) add("statement", row.notice_served_on, row.statement_due_on);
  if (onList.includes(row.state)) {
    if (row.state === "removal-verified") add("removal", row.removal_verified_on, row.removal_due_on);
    add("six-months", row.clock_from, row.six_months_on);
    if (row.list === "abnormal" && row.clock_from)
      add("twenty-two-months", row.clock_from, addMonths(row.clock_from, remindMonths));
    add("two-years", row.clock_from, row.two_years_on);
  }
  return clocks.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}
