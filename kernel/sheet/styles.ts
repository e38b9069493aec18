import type { CellDate } from "./types.ts";
import { elements, section, withoutComments } from "./xml.ts";

/** How a number is shown: plain, a date, a date with time, a time of day, a duration, or padded with zeros. */
export type NumberKind = 0 | 1 | 2 | 3 | 4 | 5;
export const plain = 0;
export const day = 1;
export const dayTime = 2;
export const timeOnly = 3;
export const duration = 4;
export const zeros = 5;

/** Built-in formats whose meaning is fixed by the standard; 27-36 and 50-58 are the East Asian dates. */
const builtIn = (id: number): NumberKind => {
  if (
    (id >= 14 && id <= 17) ||
    (id >= 27 && id <= 31) ||
    (id >= 50 && id <= 54) ||
    id === 36 ||
    id === 57 ||
    id === 58
  ) {
    return day;
  }
  if (id === 22) return dayTime;
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id === 45 || id === 47 || id === 55 || id === 56)
    return timeOnly;
  if (id === 46) return duration;
  return plain;
};

/** Kind of a custom number format, judged by its first section with literals, colours and locales taken out. */
export const formatKind = (code: string): NumberKind => {
  const bare = code
    .replace(/\\.|_.|\*./g, "")
    .replace(/"[^"]*"/g, "")
    .split(";")[0]!
    .replace(/\[\$[^\]]*\]/g, "");
  if (/\[(h+|m+|s+)\]/i.test(bare)) return duration;
  const letters = bare.replace(/\[[^\]]*\]/g, "").toLowerCase();
  if (/general/.test(letters)) return plain;
  const clock = /[hs]|am\/pm|a\/p|上午/.test(letters);
  if (/[yde]/.test(letters) && !/[0#?]e[+-]/.test(letters)) return clock ? dayTime : day;
  if (clock) return timeOnly;
  if (/m/.test(letters)) return day;
  return /^0{2,}$/.test(bare.trim()) ? zeros : plain;
};

/** What reading needs of the styles: a kind for each style number, and the zeros to pad to. */
export type CellStyles = { kinds: Uint8Array; widths: Uint8Array };

export const noStyles: CellStyles = { kinds: new Uint8Array(0), widths: new Uint8Array(0) };

/** Reads the styles part; a missing or mutilated one means that every number is plain. */
export const readStyles = (source: string): CellStyles => {
  const xml = withoutComments(source);
  const custom = new Map<number, string>();
  for (const format of elements(section(xml, "numFmts"), "numFmt")) {
    custom.set(Number(format.numFmtId), format.formatCode ?? "");
  }
  const formats = elements(section(xml, "cellXfs"), "xf");
  const kinds = new Uint8Array(formats.length);
  const widths = new Uint8Array(formats.length);
  formats.forEach((format, index) => {
    const id = Number(format.numFmtId ?? 0);
    const code = custom.get(id);
    kinds[index] = code === undefined ? builtIn(id) : formatKind(code);
    if (kinds[index] === zeros) widths[index] = Math.min(code!.trim().length, 32);
  });
  return { kinds, widths };
};

const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** Gregorian day of a count of days since 1970-01-01 (Howard Hinnant's civil calendar). */
const civil = (days: number): string => {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const month = Math.floor((5 * ofYear + 2) / 153);
  const dayOfMonth = ofYear - Math.floor((153 * month + 2) / 5) + 1;
  const monthOfYear = month < 10 ? month + 3 : month - 9;
  const year = yearOfEra + era * 400 + (monthOfYear <= 2 ? 1 : 0);
  return `${String(year).padStart(4, "0")}-${two(monthOfYear)}-${two(dayOfMonth)}`;
};

const dates = new Map<number, string>();

/** Days of Excel's serial 0 before 1970-01-01, in the 1900 system after its invented 29 February 1900. */
const dateOf = (serial: number, date1904: boolean): string | undefined => {
  const days = date1904 ? serial - 24_107 : serial < 60 ? serial - 25_568 : serial - 25_569;
  if (!date1904 && serial === 60) return "1900-02-29";
  const known = dates.get(days);
  if (known) return known;
  const text = civil(days);
  if (dates.size < 50_000) dates.set(days, text);
  return text;
};

const clockOf = (seconds: number): string =>
  `${two(Math.floor(seconds / 3600))}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;

/**
 * A date serial (日期序列值) as the sheet shows it, to the second. Serials Excel cannot show as a date (negative, past
 * 9999) come back unchanged; a time of day without a date comes back as text "HH:MM:SS".
 */
export const fromSerial = (serial: number, kind: NumberKind, date1904: boolean): CellDate | string | number => {
  if (!(serial >= 0) || serial > (date1904 ? 2_957_003 : 2_958_465.99999)) return serial;
  let days = Math.floor(serial);
  let seconds = Math.round((serial - days) * 86_400);
  if (seconds === 86_400) {
    days++;
    seconds = 0;
  }
  if (days === 0 && (kind === timeOnly || !date1904)) return kind === day ? serial : clockOf(seconds);
  const date = dateOf(days, date1904);
  if (!date) return serial;
  return seconds === 0 ? { date } : { date, time: clockOf(seconds) };
};

const isoDate = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?Z?)?$/;

/** A cell of type "d", which holds its date as text. */
export const fromIso = (text: string): CellDate | string => {
  const match = isoDate.exec(text.trim());
  if (!match) return text;
  const time = match[2] && match[2].length === 5 ? `${match[2]}:00` : match[2];
  return time && time !== "00:00:00" ? { date: match[1]!, time } : { date: match[1]! };
};
