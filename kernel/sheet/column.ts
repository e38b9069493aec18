/** What a column holds (列类型). `period` is two dates in one cell, as in "2012-01-01 至 2016-01-01". */
export type ColumnKind = "text" | "code" | "date" | "period" | "money" | "integer" | "boolean" | "enum" | "ratio";

/** Units an amount of money can be written in (金额单位): 元, 千元, 万元, 百万元, 亿元. */
export type MoneyUnit = "yuan" | "thousand" | "wan" | "million" | "yi";

/** One permitted value of an enumeration and every wording a sheet may use for it. */
export type EnumValue = { value: string; labels: string[] };

/** One column of an import or export (列声明): pure data, made by a module from its contract. */
export type ColumnDeclaration = {
  field: string;
  /** Chinese and English names and aliases; the first of each language is used in templates. */
  headers: string[];
  kind: ColumnKind;
  required?: boolean;
  values?: EnumValue[];
  /** Unit meant when neither the header nor the cell names one; without it such an amount is asked about. */
  unit?: MoneyUnit;
  /** Amounts and integers below zero are refused unless this is set. */
  negative?: boolean;
  /** Smallest and largest integer, ratio (as a fraction) or amount (in fen). */
  min?: number;
  max?: number;
  /** Characters, not UTF-16 units. */
  maxLength?: number;
  /** Line breaks inside the text are kept. */
  multiline?: boolean;
  /** "month" and "year" also take dates that name no day; the first day is given and a note says so. */
  precision?: "day" | "month" | "year";
  /** Explanation and law of the column, for the notes sheet of a template. */
  note?: { zh: string; en: string };
  law?: string;
  example?: string;
  width?: number;
};

/** A header cell understood (表头对应): which column of the sheet holds which field, and the unit its header states. */
export type MappedColumn = {
  declaration: ColumnDeclaration;
  /** 0-based. */
  column: number;
  header: string;
  /** Address of the header cell, "C3". */
  address: string;
  unit?: MoneyUnit;
  /** The header names two units, as in "（单位：元 / 万元）": every amount below it is asked about. */
  unitUnclear?: boolean;
  /** The header says the numbers are per cent. */
  percent?: boolean;
};

const spaces = /[\s\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]+/g;

/** Text folded for comparison (归一): full-width to half-width, no spaces, no case; the sheet's own text is kept elsewhere. */
export const foldKey = (text: string): string =>
  folded.test(text) ? text : text.normalize("NFKC").replace(spaces, "").toLowerCase();

/** Texts that are folded as they stand: signs, digits, small letters and common characters, as nearly every cell is. */
const folded = /^[!-@[-~\u4e00-\u9fff]*$/;

const moneyUnits: [RegExp, MoneyUnit][] = [
  [/^(人民币)?(元|圆|rmb|yuan|cny)$/, "yuan"],
  [/^(人民币)?(千元|thousandyuan)$/, "thousand"],
  [/^(人民币)?(万元|万|wanyuan|10000yuan|tenthousandyuan)$/, "wan"],
  [/^(人民币)?(百万元|millionyuan)$/, "million"],
  [/^(人民币)?(亿元|亿|100millionyuan)$/, "yi"],
];

/** Money units named by a text such as "单位：元 / 万元", already folded; empty when it names none. */
export const namedUnits = (folded: string): MoneyUnit[] => {
  const body = folded.replace(/^(金额)?(单位|计量单位|unit)[:是为]?/, "").replace("10,000", "10000");
  const units: MoneyUnit[] = [];
  for (const part of body.split(/[/、|或,]|or/)) {
    const unit = moneyUnits.find(([pattern]) => pattern.test(part))?.[1];
    if (!unit) return [];
    units.push(unit);
  }
  return units;
};
