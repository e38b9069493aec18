import { addYears, isDate, yearOf } from "../clock/date.ts";
import { normaliseCode } from "./organisation-code.ts";

/** Why a citizen number is not in order; `fifteen_digits` is the form before 1999, to be replaced by the 18-digit one. */
export type CitizenIdReason = "length" | "fifteen_digits" | "charset" | "birth_date" | "check_digit";

/** What a check of a citizen identity number found (公民身份号码). */
export interface CitizenIdCheck {
  readonly valid: boolean;
  readonly normalised: string;
  readonly reason?: CitizenIdReason;
  readonly expectedCheck?: string;
  /** Six digits of the division at first issue; may be a code long abolished. */
  readonly area?: string;
  readonly birth?: string;
  readonly sex?: "male" | "female";
  /** 81, 82, 83: residence permit of a Hong Kong, Macao or Taiwan resident (港澳台居民居住证). */
  readonly residencePermit?: boolean;
  /** The first two digits name no province: suspect, not malformed. */
  readonly areaSuspect?: boolean;
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const provinces = new Set(
  "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91".split(
    " ",
  ),
);

/** Check character of the first seventeen digits (校验码), GB 11643-1999 (ISO 7064 MOD 11-2). */
export function citizenIdCheckDigit(body: string): string {
  let sum = 0;
  for (let position = 0; position < 17; position++) sum += Number(body.charAt(position)) * (weights[position] ?? 0);
  return "10X98765432".charAt(sum % 11);
}

/** Checks a citizen identity number (公民身份号码), GB 11643-1999. Future birth dates are the caller's concern: no clock here. */
export function checkCitizenId(input: string): CitizenIdCheck {
  const normalised = normaliseCode(input);
  if (/^\d{15}$/.test(normalised)) return { valid: false, normalised, reason: "fifteen_digits" };
  if (normalised.length !== 18) return { valid: false, normalised, reason: "length" };
  if (!/^\d{17}[\dX]$/.test(normalised)) return { valid: false, normalised, reason: "charset" };
  const birth = `${normalised.slice(6, 10)}-${normalised.slice(10, 12)}-${normalised.slice(12, 14)}`;
  if (!isDate(birth) || birth < "1800") return { valid: false, normalised, reason: "birth_date" };
  const province = normalised.slice(0, 2);
  const parts = {
    normalised,
    area: normalised.slice(0, 6),
    birth,
    sex: Number(normalised.charAt(16)) % 2 === 1 ? ("male" as const) : ("female" as const),
    ...(["81", "82", "83"].includes(province) ? { residencePermit: true } : {}),
    ...(provinces.has(province) ? {} : { areaSuspect: true }),
  };
  const expectedCheck = citizenIdCheckDigit(normalised);
  if (normalised.charAt(17) === expectedCheck) return { valid: true, ...parts };
  return { valid: false, reason: "check_digit", expectedCheck, ...parts };
}

/** Completed years on a date (周岁): a person turns N on the birthday; born on 29 February, on the month's last day (民法典 202). */
export function ageOn(birth: string, on: string): number {
  const years = yearOf(on) - yearOf(birth);
  return addYears(birth, years) <= on ? years : years - 1;
}
