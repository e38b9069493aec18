import { addDays, isDate, weekday, yearOf } from "./date.ts";

/** A day that differs from its weekday (节假日、调休): a holiday, or a weekend day worked in exchange. */
export interface CalendarDay {
  readonly date: string;
  readonly kind: "holiday" | "workday";
  readonly name?: string;
}

/**
 * Asked for a day of a year whose holidays are not in the calendar (节假日未公布). Holidays are announced year by year,
 * each November; a statutory term is not guessed. `code` is for the words, `year` is the missing year.
 */
export class CalendarUnknownError extends Error {
  readonly code = "calendar.year_unknown";
  readonly year: number;
  constructor(year: number) {
    super(`the holidays of ${year} are not in the calendar`);
    this.name = "CalendarUnknownError";
    this.year = year;
  }
}

/**
 * Working days (工作日) of mainland China. Every method throws CalendarUnknownError for a day after the last known year,
 * or in a year missing between known ones, and RangeError on what is not a date. Before the first known year the
 * weekends decide.
 */
export interface Calendar {
  readonly isWorkingDay: (date: string) => boolean;
  /** The `days`-th working day after `date`, which itself is not counted; negative counts back; 0 is `date`. */
  readonly addWorkingDays: (date: string, days: number) => string;
  /** Working days after `from` up to and including `to`: `addWorkingDays(from, n) === to` makes it n. */
  readonly workingDaysBetween: (from: string, to: string) => number;
  /** The day itself, or the working day after the holiday it falls in (Civil Code art. 203). */
  readonly nextWorkingDayOnOrAfter: (date: string) => string;
  /** Why a day is no ordinary one, e.g. the name of the holiday; undefined on ordinary days. */
  readonly specialDay: (date: string) => CalendarDay | undefined;
  /** Last day the calendar can answer for. */
  readonly knownUntil: string;
}

/**
 * A calendar (工作日历) from the days announced. A later row for the same date replaces the earlier one, so that a
 * correction is appended. Throws RangeError on a row without a real date, and when there are no holidays at all.
 */
export function makeCalendar(days: Iterable<CalendarDay>): Calendar {
  const special = new Map<string, CalendarDay>();
  const known = new Set<number>();
  for (const day of days) {
    if (!isDate(day.date)) throw new RangeError(`not a date: ${day.date}`);
    special.set(day.date, day);
    // The notice of one year may free the last days of the year before; those alone do not make that year known.
    if (day.kind === "holiday" && day.date.slice(5, 7) !== "12") known.add(yearOf(day.date));
  }
  if (known.size === 0) throw new RangeError("a calendar needs at least one holiday");
  const first = Math.min(...known);
  const last = Math.max(...known);
  const firstDay = `${String(first).padStart(4, "0")}-01-01`;

  function isWorkingDay(date: string): boolean {
    const found = special.get(date);
    const year = found === undefined ? yearOf(date) : Number(date.slice(0, 4));
    if (date >= firstDay && !known.has(year)) throw new CalendarUnknownError(year);
    return found === undefined ? weekday(date) <= 5 : found.kind === "workday";
  }

  function addWorkingDays(date: string, days: number): string {
    if (!Number.isSafeInteger(days)) throw new RangeError(`not a whole number: ${days}`);
    const step = days < 0 ? -1 : 1;
    let day = addDays(date, 0);
    for (let left = Math.abs(days); left > 0; ) {
      day = addDays(day, step);
      if (isWorkingDay(day)) left -= 1;
    }
    return day;
  }

  function workingDaysBetween(from: string, to: string): number {
    if (addDays(to, 0) < addDays(from, 0)) return -workingDaysBetween(to, from) || 0;
    let count = 0;
    for (let day = from; day < to; ) {
      day = addDays(day, 1);
      if (isWorkingDay(day)) count += 1;
    }
    return count;
  }

  function nextWorkingDayOnOrAfter(date: string): string {
    let day = date;
    while (!isWorkingDay(day)) day = addDays(day, 1);
    return day;
  }

  return {
    isWorkingDay,
    addWorkingDays,
    workingDaysBetween,
    nextWorkingDayOnOrAfter,
    specialDay: (date) => {
      isWorkingDay(date);
      return special.get(date);
    },
    knownUntil: `${String(last).padStart(4, "0")}-12-31`,
  };
}
