import type { Locale } from "../text/words.ts";
import { words } from "./date.words.ts";

/**
 * Calendar dates (日期) are strings "YYYY-MM-DD" in the Gregorian calendar, Asia/Shanghai. They compare as strings.
 * Nothing here asks the machine's locale or time zone.
 */
const pattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether the text is a real calendar date "YYYY-MM-DD" (是否有效日期); 2026-02-29 is not. */
export function isDate(text: unknown): text is string {
  if (typeof text !== "string") return false;
  const match = pattern.exec(text);
  return match !== null && isReal(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** The date `days` days later (加天); negative goes back. Throws RangeError on what is not a date. */
export function addDays(date: string, days: number): string {
  return fromDayNumber(dayNumber(date) + whole(days));
}

/**
 * The corresponding day `months` later (加月, Civil Code art. 202): where that month has no such day, its last day.
 * Count from the first date each time; adding in steps loses the day. Throws RangeError on what is not a date.
 */
export function addMonths(date: string, months: number): string {
  const [year, month, day] = parts(date);
  const index = year * 12 + (month - 1) + whole(months);
  const toYear = Math.floor(index / 12);
  const toMonth = index - toYear * 12 + 1;
  return write(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)));
}

/** The corresponding day `years` later (加年, Civil Code art. 202): 29 February becomes 28 in a common year. */
export function addYears(date: string, years: number): string {
  return addMonths(date, whole(years) * 12);
}

/** Days from `from` to `to` (相差天数), negative when `to` is earlier; the first day is not counted. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/** -1, 0 or 1 as `a` is before, on or after `b` (比较日期). Throws RangeError on what is not a date. */
export function compareDates(a: string, b: string): -1 | 0 | 1 {
  parts(a);
  parts(b);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Day of the week (星期), 1 = Monday to 7 = Sunday. */
export function weekday(date: string): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
  const days = dayNumber(date) + 3;
  return ((((days % 7) + 7) % 7) + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7;
}

/** The year of a date (年份) as a number. */
export function yearOf(date: string): number {
  return parts(date)[0];
}

const fixedOffset = 8 * 3_600_000;
const lastClockChange = Date.UTC(1991, 8, 15);
const shanghai = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Asia/Shanghai",
  calendar: "gregory",
  dateStyle: "short",
});

/** The calendar date in Asia/Shanghai at an instant (当地日期). China kept summer time from 1986 to 1991. */
export function dateInShanghai(instant: Date): string {
  const time = instant.getTime();
  if (Number.isNaN(time)) throw new RangeError("not an instant");
  if (time >= lastClockChange) return fromDayNumber(Math.floor((time + fixedOffset) / 86_400_000));
  return shanghai.format(instant).padStart(10, "0");
}

/** A date as people read it (日期写法): 2026年3月2日, or 2 March 2026. */
export function formatDate(date: string, locale: Locale): string {
  const [year, month, day] = parts(date);
  return words[locale].date({ year, month, day });
}

/** Days of a month (当月天数), month 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether year, month and day make a date (是否存在) in the years 1 to 9999. */
export function isReal(year: number, month: number, day: number): boolean {
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** Writes "YYYY-MM-DD" (书写日期). Throws RangeError outside the years 1 to 9999. */
export function write(year: number, month: number, day: number): string {
  if (!isReal(year, month, day)) throw new RangeError(`no such date: ${year}-${month}-${day}`);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, "0");
}

function whole(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a whole number: ${value}`);
  return value;
}

function parts(date: string): [year: number, month: number, day: number] {
  const match = pattern.exec(date);
  if (match !== null) {
    const year = Number(match[1]);
    const month = Number(match[2]);
    const day = Number(match[3]);
    if (isReal(year, month, day)) return [year, month, day];
  }
  throw new RangeError(`not a date: ${String(date).slice(0, 40)}`);
}

/** Days since 1970-01-01: years start in March, so that the leap day is the last one. */
function dayNumber(date: string): number {
  const [year, month, day] = parts(date);
  const shifted = month > 2 ? year : year - 1;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

function fromDayNumber(days: number): string {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return write(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day);
}
