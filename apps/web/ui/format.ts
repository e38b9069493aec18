import { dateInShanghai, formatDate, isDate } from "../../../kernel/clock/date.ts";
import type { Locale } from "../../../kernel/text/words.ts";

const clock = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Asia/Shanghai",
  hour: "2-digit",
  minute: "2-digit",
  hour12: false,
});

/** A calendar date as people read it; what is not a date is shown as it is. */
export function showDate(value: string | null | undefined, locale: Locale): string {
  if (!value) return "";
  if (isDate(value)) return formatDate(value, locale);
  const instant = new Date(value);
  return Number.isNaN(instant.getTime()) ? value : formatDate(dateInShanghai(instant), locale);
}

/** An instant in Asia/Shanghai, 24 hours. */
export function showInstant(value: string | number | Date | null | undefined, locale: Locale): string {
  if (value === null || value === undefined || value === "") return "";
  const instant = new Date(value);
  if (Number.isNaN(instant.getTime())) return String(value);
  return `${formatDate(dateInShanghai(instant), locale)} ${clock.format(instant)}`;
}

/** A whole number with thousands separated. */
export function showCount(value: number | bigint | string): string {
  return BigInt(value).toLocaleString("en-US");
}

/** Fen as yuan: 123450 → "1,234.50". Exact for any size. */
export function showYuan(fen: number | bigint | string): string {
  const amount = BigInt(fen);
  const positive = amount < 0n ? -amount : amount;
  const cents = (positive % 100n).toString().padStart(2, "0");
  return `${amount < 0n ? "-" : ""}${(positive / 100n).toLocaleString("en-US")}.${cents}`;
}

/** Yuan as typed ("1,234.5", "１２３４", "¥ 20") → fen, or undefined when it is no amount. Never goes through a float. */
export function fenFromYuan(typed: string): number | undefined {
  const text = typed
    .normalize("NFKC")
    .replace(/[\s,，¥￥元]/g, "")
    .trim();
  const match = /^(-?)(\d{1,13})(?:\.(\d{1,2}))?$/.exec(text);
  if (!match) return undefined;
  const fen = BigInt(match[2] as string) * 100n + BigInt((match[3] ?? "").padEnd(2, "0"));
  const value = Number(match[1] ? -fen : fen);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** Per mille as per cent: 999 → "99.9%". */
export function showPerMille(value: number | null): string {
  return value === null ? "—" : `${Math.trunc(value / 10)}.${Math.abs(value % 10)}%`;
}

/** Bytes in the unit people expect. */
export function showSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Cells of a CSV file: quoted, and never a formula for the program that opens it. */
export function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}
