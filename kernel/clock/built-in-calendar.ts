import { type Calendar, type CalendarDay, makeCalendar } from "./calendar.ts";
import holidays from "./data/holidays.json" with { type: "json" };

/** The holidays shipped with the product (内置节假日); an administrator appends each new year's notice. */
export function builtInDays(): readonly CalendarDay[] {
  return holidays.days as readonly CalendarDay[];
}

let calendar: Calendar | undefined;

/** The calendar of the shipped holidays (内置工作日历), made once. */
export function builtInCalendar(): Calendar {
  calendar ??= makeCalendar(builtInDays());
  return calendar;
}
