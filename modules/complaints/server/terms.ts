import { CalendarUnknownError } from "../../../kernel/clock/calendar.ts";
import { addDays } from "../../../kernel/clock/date.ts";
import type { Context } from "../../../kernel/operation/context.ts";

/** The last day of a term in working days (期限); where the holidays are not known yet, so many days: earlier is safe, a guess is not. */
export function termOf(ctx: Context<never>, setting: string, division: string): string {
  const days = Number(ctx.house.settings.on(setting, ctx.today, division));
  try {
    return ctx.house.calendar().addWorkingDays(ctx.today, days);
  } catch (error) {
    if (error instanceof CalendarUnknownError) return addDays(ctx.today, days);
    throw error;
  }
}
