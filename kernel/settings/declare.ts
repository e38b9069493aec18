/** What a setting can hold (参数值). */
export type SettingValue = number | string | boolean;

/**
 * Why a number is a setting and not a constant: from memory of practice (`mem`), one place's practice (`local`), a
 * choice of this project (`rule`), or found in a text whose number may change (`found`).
 */
export type SettingBasis = "mem" | "local" | "rule" | "found";

/** A dated setting (参数): its default by date. Divisions may override it from a date on. */
export interface Setting {
  readonly id: string;
  /** Key of its title in the words of its module. */
  readonly title: string;
  readonly unit:
    | "minutes"
    | "hours"
    | "days"
    | "working-days"
    | "months"
    | "years"
    | "points"
    | "persons"
    | "count"
    | "share"
    | "yes-no"
    | "month-day"
    | "fen";
  readonly basis: SettingBasis;
  readonly versions: readonly [SettingVersion, ...SettingVersion[]];
  readonly min?: number;
  readonly max?: number;
}

export interface SettingVersion {
  readonly from: string;
  readonly value: SettingValue;
}

/** One row of an override by a division (地方参数). */
export interface SettingOverride {
  readonly id: string;
  readonly division_code: string;
  readonly from: string;
  readonly value: SettingValue;
}

/** Answers the value of a setting on a date; throws UnknownSettingError. */
export type SettingSource = (id: string, date: string) => SettingValue;

/** No setting with this id is declared, or none was in force on the date (参数未定义). */
export class UnknownSettingError extends Error {
  readonly setting: string;
  constructor(setting: string, date?: string) {
    super(date ? `setting ${setting} has no value on ${date}` : `unknown setting: ${setting}`);
    this.name = "UnknownSettingError";
    this.setting = setting;
  }
}

/** Declares a setting; a default outside its own limits or versions out of order cannot be declared. */
export function defineSetting(setting: Setting): Setting {
  setting.versions.forEach((version, position) => {
    const previous = setting.versions[position - 1];
    if (previous && previous.from >= version.from) throw new Error(`setting ${setting.id}: versions out of order`);
    const problem = settingProblem(setting, version.value);
    if (problem) throw new Error(`setting ${setting.id}: ${problem}`);
  });
  return setting;
}

/** Why a value cannot be given to a setting, or undefined: `type`, `below-minimum`, `above-maximum`, `month-day`. */
export function settingProblem(setting: Setting, value: unknown): string | undefined {
  if (typeof value !== typeof setting.versions[0].value) return "type";
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return "type";
    if (setting.min !== undefined && value < setting.min) return "below-minimum";
    if (setting.max !== undefined && value > setting.max) return "above-maximum";
  }
  if (
    setting.unit === "month-day" &&
    !(typeof value === "string" && /^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(value))
  )
    return "month-day";
  return undefined;
}

/**
 * Value of a setting on a date (取参数): the nearest division of the chain that ever set it by that date wins, then its
 * latest `from` not after the date; without an override, the declared default of the date.
 * @param divisionChain significant codes of the place and everything above it, e.g. ["630102", "6301", "63", "0"]
 */
export function settingOn(
  declarations: readonly Setting[],
  overrides: readonly SettingOverride[],
  id: string,
  date: string,
  divisionChain: readonly string[] = [],
): SettingValue {
  const setting = declarations.find((one) => one.id === id);
  if (!setting) throw new UnknownSettingError(id);
  const own = overrides.filter((row) => row.id === id && row.from <= date && divisionChain.includes(row.division_code));
  // Significant codes grow with depth, so the longest one is the nearest whatever the order of the chain.
  const depth = Math.max(0, ...own.map((row) => row.division_code.length));
  const nearest = latest(own.filter((row) => row.division_code.length === depth));
  if (nearest) return nearest.value;
  const standard = latest(setting.versions.filter((version) => version.from <= date));
  if (!standard) throw new UnknownSettingError(id, date);
  return standard.value;
}

/** A source over declarations and overrides for one place (参数来源). */
export function settingSource(
  declarations: readonly Setting[],
  overrides: readonly SettingOverride[] = [],
  divisionChain: readonly string[] = [],
): SettingSource {
  return (id, date) => settingOn(declarations, overrides, id, date, divisionChain);
}

function latest<Row extends { readonly from: string }>(rows: readonly Row[]): Row | undefined {
  return rows.reduce<Row | undefined>((best, row) => (best && best.from > row.from ? best : row), undefined);
}
