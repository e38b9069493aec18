import type { WrittenPeriod } from "./cells.ts";
import type { ColumnKind } from "./column.ts";
import { guard } from "./guard.ts";

/** A value of an export (导出值): money in fen, dates "YYYY-MM-DD", ratio as a fraction, an instant as Date. */
export type ExportValue = string | number | boolean | bigint | Date | WrittenPeriod | null | undefined;

/** Style numbers of the workbooks we write. */
export const styles = {
  plain: 0,
  header: 1,
  text: 2,
  money: 3,
  date: 4,
  percent: 5,
  integer: 6,
  bad: 7,
  link: 8,
} as const;

export const stylesXml =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
  '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>' +
  '<fonts count="3"><font><sz val="11"/><name val="DengXian"/></font><font><b/><sz val="11"/><name val="DengXian"/></font>' +
  '<font><u/><sz val="11"/><color rgb="FF0563C1"/><name val="DengXian"/></font></fonts>' +
  '<fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFF0EBE0"/><bgColor indexed="64"/></patternFill></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFFFC7CE"/><bgColor indexed="64"/></patternFill></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="9">' +
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>' +
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="10" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="1" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="49" fontId="0" fillId="3" borderId="0" xfId="0" applyNumberFormat="1" applyFill="1"/>' +
  '<xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1"/>' +
  "</cellXfs>" +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';

/** Excel refuses a workbook with a longer cell. */
const longest = 32_767;

const unsafe = /[&<>\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_/;
const each =
  /[\ud800-\udbff][\udc00-\udfff]|[&<>\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/g;
const named: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Text for an XML element; what XML cannot hold is written in Excel's own escape, so that nothing is lost. */
export const escapeText = (text: string): string =>
  unsafe.test(text)
    ? text.replace(each, (match) => {
        if (match.length === 2) return match;
        return named[match] ?? `_x${match.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`;
      })
    : text;

export const escapeAttribute = (text: string): string => escapeText(text).replaceAll('"', "&quot;");

/** Shortens text to what a cell may hold. */
export const fitCell = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

/** An inline text cell; formula signs are guarded. */
export const textCell = (ref: string, text: string, style: number = styles.text): string => {
  if (text === "") return "";
  return `<c r="${ref}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeText(fitCell(guard(text)))}</t></is></c>`;
};

const numberCell = (ref: string, digits: string, style: number): string =>
  `<c r="${ref}" s="${style}"><v>${digits}</v></c>`;

/** Digits of fen as yuan: 12345n -> "123.45". */
export const yuanDigits = (fen: bigint | number): string => {
  const value = BigInt(fen);
  const digits = (value < 0n ? -value : value).toString().padStart(3, "0");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

const instants = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Asia/Shanghai",
  dateStyle: "short",
  timeStyle: "medium",
});

/** The words an exported value needs. */
export type Spoken = { readonly yes: string; readonly no: string; readonly to: string };

/** Text of a value as people read it (导出文本), the same in CSV and .xlsx. */
export const exportText = (kind: ColumnKind, value: ExportValue, spoken: Spoken): string => {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? spoken.yes : spoken.no;
  if (value instanceof Date) return instants.format(value);
  if (typeof value === "object") return `${value.from ?? ""} ${spoken.to} ${value.to ?? ""}`.trim();
  if (kind === "money" && (typeof value === "bigint" || Number.isInteger(value)))
    return yuanDigits(value as bigint | number);
  return String(value);
};

const isoDate = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Serial number of a date in the 1900 system; undefined for days Excel cannot show. */
export const serialOf = (date: string): number | undefined => {
  const match = isoDate.exec(date);
  if (!match || date < "1900-03-01") return undefined;
  const days = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / 86_400_000;
  return Number.isFinite(days) ? days + 25_569 : undefined;
};

/** XML of one exported cell: numbers, money and dates as such, everything else as text; "" for blank. */
export const exportCell = (ref: string, kind: ColumnKind, value: ExportValue, spoken: Spoken): string => {
  if (value === null || value === undefined) return "";
  if (kind === "money" && (typeof value === "bigint" || (typeof value === "number" && Number.isInteger(value)))) {
    const digits = yuanDigits(value);
    // A sheet keeps 15 digits: more go out as text rather than rounded.
    return digits.length > 16 ? textCell(ref, digits) : numberCell(ref, digits, styles.money);
  }
  if (kind === "date" && typeof value === "string") {
    const serial = serialOf(value);
    if (serial !== undefined) return numberCell(ref, String(serial), styles.date);
  }
  if (typeof value === "number" && Number.isFinite(value) && kind !== "code") {
    if (kind === "ratio") return numberCell(ref, String(value), styles.percent);
    return numberCell(ref, String(value), kind === "integer" ? styles.integer : styles.plain);
  }
  if (typeof value === "bigint" && kind === "integer" && value < 10n ** 15n && value > -(10n ** 15n)) {
    return numberCell(ref, String(value), styles.integer);
  }
  return textCell(ref, exportText(kind, value, spoken));
};
