import { addDays, dateInShanghai, isReal, write } from "./date.ts";

/** How much of a date a text tells (日期精度). `unknown` = it tells none; `implausible` = it tells one nobody can mean. */
export type DatePrecision = "day" | "month" | "year" | "unknown" | "implausible";

/**
 * What a text says about a date (宽松日期). `date` is the day, or the first day of the month or year named; an
 * implausible text keeps a date when that day exists at all. `text` is what was written, for the record.
 */
export interface LooseDate {
  readonly date?: string;
  readonly precision: DatePrecision;
  readonly text: string;
}

/** What the sheet says about itself: whether its day numbers count from 1904 (Excel for old Macintosh). */
export interface LooseDateOptions {
  readonly date1904?: boolean;
}

const earliest = "1840-01-01";
const latest = "2100-12-31";

/** Days the makers of registers write where they know none; day 0 and day 1 of sheets and clocks. */
const placeholders = new Set(["1899-12-30", "1899-12-31", "1900-01-00", "1900-01-01", "1904-01-01", "1970-01-01"]);

const numerals = new Map([..."〇零○一二三四五六七八九"].map((char, index) => [char, Math.max(0, index - 2)] as const));

/**
 * Reads a date as people and sheets write it (宽松解析日期): 2012-09-10, 2012/9/10, 2012.9.10, 2012年9月10日, 二〇一二年九月十日,
 * full-width digits, 20120910, 2012-09, 2012年, with or without a time of day, a sheet's day number. Never throws.
 */
export function parseLooseDate(input: string | number, options: LooseDateOptions = {}): LooseDate {
  const text = String(input);
  const plain = toHalfWidth(text);
  const serial = asSerial(input, plain);
  if (serial !== undefined) return fromSerial(serial, options.date1904 ?? false, text);

  const instant = /^\d{4}-\d{2}-\d{2}t[\d:.]+(z|[+-]\d{2}:?\d{2})$/i.test(plain) ? new Date(plain) : undefined;
  if (instant !== undefined && !Number.isNaN(instant.getTime())) return judge(dateInShanghai(instant), "day", text);

  const day =
    /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(plain) ??
    /^(\d{4})(年)(\d{1,2})月(\d{1,2})[日号]?$/.exec(plain) ??
    /^(\d{4})()(\d{2})(\d{2})$/.exec(plain);
  if (day !== null) return build(Number(day[1]), Number(day[3]), Number(day[4]), "day", text);
  const month =
    /^(\d{4})[-/.](\d{1,2})$/.exec(plain) ?? /^(\d{4})年(\d{1,2})月份?$/.exec(plain) ?? /^(\d{4})(\d{2})$/.exec(plain);
  if (month !== null) return build(Number(month[1]), Number(month[2]), 1, "month", text);
  const year = /^(\d{4})年?$/.exec(plain);
  if (year !== null) return build(Number(year[1]), 1, 1, "year", text);
  return { precision: "unknown", text };
}

function toHalfWidth(text: string): string {
  const half = text
    .slice(0, 60)
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[‐-―−]/g, "-")
    .replace(/[。．]/g, ".")
    .trim()
    .replace(/[ \u3000\u00a0]*([-/.年月日])[ \u3000\u00a0]*/g, "$1")
    .replace(/([\d日号])[ \u3000]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/, "$1")
    .replace(/^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/i, "$1");
  return /[〇零○一二三四五六七八九十]/.test(half) ? fromNumerals(half) : half;
}

/** 二〇一二 is read digit by digit, 十月, 二十日 and 三十一日 by tens. */
function fromNumerals(text: string): string {
  return text
    .replace(/([一二三])?十([一二三四五六七八九])?/g, (_, tens: string | undefined, ones: string | undefined) =>
      String(
        (tens === undefined ? 1 : (numerals.get(tens) ?? 1)) * 10 +
          (ones === undefined ? 0 : (numerals.get(ones) ?? 0)),
      ),
    )
    .replace(/[〇零○一二三四五六七八九]/g, (char) => String(numerals.get(char)));
}

/** Five digits are a day number (27 May 1927 to 2173); eight are a date, four a year, six a month. */
function asSerial(input: string | number, plain: string): number | undefined {
  if (/^\d{5}(\.\d+)?$/.test(plain)) return Number(plain);
  if (typeof input === "number" && input >= 0 && input < 10_000 && !(input >= 1840 && input <= 2100)) return input;
  return plain === "0" || plain === "1" ? Number(plain) : undefined;
}

function fromSerial(serial: number, date1904: boolean, text: string): LooseDate {
  const days = Math.floor(serial);
  // Sheets that count from 1900 believe in a 29 February 1900, their day 60.
  if (!date1904 && days === 60) return { precision: "implausible", text };
  const date = date1904 ? addDays("1904-01-01", days) : addDays(days < 60 ? "1899-12-31" : "1899-12-30", days);
  return judge(date, "day", text);
}

function build(year: number, month: number, day: number, precision: "day" | "month" | "year", text: string): LooseDate {
  if (year === 0) return { precision: "unknown", text };
  if (year === 1900 && month === 1 && day === 0) return { precision: "unknown", text };
  if (!isReal(year, month, day)) return { precision: "implausible", text };
  return judge(write(year, month, day), precision, text);
}

function judge(date: string, precision: "day" | "month" | "year", text: string): LooseDate {
  if (precision === "day" && placeholders.has(date)) return { precision: "unknown", text };
  if (date < earliest || date > latest) return { date, precision: "implausible", text };
  return { date, precision, text };
}
