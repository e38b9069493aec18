import { CalendarUnknownError } from "../../../kernel/clock/calendar.ts";
import { addDays } from "../../../kernel/clock/date.ts";
import type { Context } from "../../../kernel/operation/context.ts";

/** The last day of a term in working days (期限), counted from today or the day given; where the holidays are not known yet, so many days: earlier is safe, a guess is not. */
export function termOf(ctx: Context<never>, setting: string, division: string, from = ctx.today): string {
  const days = Number(ctx.house.settings.on(setting, from, division));
  try {
    return ctx.house.calendar().addWorkingDays(from, days);
  } catch (error) {
    if (error instanceof CalendarUnknownError) return addDays(from, days);
    throw error;
  }
}
