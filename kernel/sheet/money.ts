import { foldKey, type MoneyUnit, namedUnits } from "./column.ts";

/** Decimal places from the unit down to fen. */
const places: Record<MoneyUnit, number> = { yuan: 2, thousand: 5, wan: 6, million: 8, yi: 10 };

/** Fen in one of a unit: 10,000 yuan are 1,000,000 fen. */
export const fenPer = (unit: MoneyUnit): number => 10 ** places[unit];

/** An amount as written (书写的金额): digits still without a unit, and the unit if the text names one. */
export type WrittenMoney =
  | { ok: true; whole: string; fraction: string; negative: boolean; unit?: MoneyUnit; units?: MoneyUnit[] }
  | { ok: false; problem: "sheet/money-unclear" | "sheet/money-currency" };

const foreign = /(美元|美金|港元|港币|澳门元|欧元|日元|英镑|usd|hkd|eur|jpy|gbp|us\$|hk\$|[$€£])/;
const endings: [RegExp, MoneyUnit][] = [
  [/百万元?$/, "million"],
  [/万元?$/, "wan"],
  [/亿元?$/, "yi"],
  [/千元$/, "thousand"],
  [/(元|圆|yuan)$/, "yuan"],
];

const grouped = /^(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d*))?$/;

/** Plain digits of a number as Excel shows it: 15 significant digits, no exponent, no rounding noise. */
export const decimalText = (number: number): string => {
  const direct = String(number);
  if (direct.length <= 16 && !direct.includes("e")) return direct;
  const text = String(Number(number.toPrecision(15)));
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!match) return text;
  const digits = match[2]! + (match[3] ?? "");
  const exponent = Number(match[4]);
  if (exponent >= 0) return match[1] + digits.padEnd(exponent + 1, "0");
  return `${match[1]}0.${"0".repeat(-exponent - 1)}${digits}`;
};

/** Reads an amount of money from text (解析金额) without deciding its unit: ¥1,234.50, 200万, 1.5 亿元, (1,000.00), 300.00 （单位：元 / 万元）. */
export const readMoney = (text: string): WrittenMoney => {
  // "200 300" may be two amounts or one: joining the digits would be a guess.
  if (/\d\s+[\d０-９]|[０-９]\s+[\d０-９]/.test(text)) return { ok: false, problem: "sheet/money-unclear" };
  let rest = foldKey(text)
    .replace(/[−–—]/g, "-")
    .replaceAll("¥", "")
    .replace(/(人民币|rmb|cny)/g, "");
  if (foreign.test(rest)) return { ok: false, problem: "sheet/money-currency" };
  const units: MoneyUnit[] = [];
  const bracket = /^(.+)\(([^()]*[^()\d.,][^()]*)\)$/.exec(rest);
  if (bracket) {
    units.push(...namedUnits(bracket[2]!));
    if (units.length === 0) return { ok: false, problem: "sheet/money-unclear" };
    rest = bracket[1]!;
  }
  rest = rest.replace(/[整正]$/, "");
  const ending = endings.find(([pattern]) => pattern.test(rest));
  if (ending) {
    rest = rest.replace(ending[0], "");
    if (!units.includes(ending[1])) units.push(ending[1]);
  }
  let negative = false;
  const accounting = /^\((.+)\)$/.exec(rest);
  if (accounting) {
    negative = true;
    rest = accounting[1]!;
  }
  if (/^[+-]/.test(rest)) {
    negative = negative !== rest.startsWith("-");
    rest = rest.slice(1);
  }
  const match = grouped.exec(rest);
  if (!match) return { ok: false, problem: "sheet/money-unclear" };
  const whole = rest
    .split(".")[0]!
    .replaceAll(",", "")
    .replace(/^0+(?=\d)/, "");
  const fraction = (match[1] ?? "").replace(/0+$/, "");
  const unit = units.length === 1 ? { unit: units[0]! } : units.length > 1 ? { units } : {};
  return { ok: true, whole, fraction, negative, ...unit };
};

/** Fen of a written amount in a unit (折算为分); undefined when it is finer than a fen. */
export const toFen = (
  written: { whole: string; fraction: string; negative: boolean },
  unit: MoneyUnit,
): bigint | undefined => {
  const width = places[unit];
  if (written.fraction.length > width) return undefined;
  const fen = BigInt(written.whole + written.fraction.padEnd(width, "0"));
  return written.negative ? -fen : fen;
};
