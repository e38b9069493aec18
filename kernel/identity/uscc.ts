import { checkOrganisationCode, normaliseCode } from "./organisation-code.ts";

/** Kind of a social organisation as its credit code says it (登记类别), for codes issued by civil affairs. */
export type CodeKind = "social_group" | "social_service_institution" | "foundation" | "other";

/** Why a credit code is not in order. */
export type CreditCodeReason = "length" | "charset" | "check_digit";

/** What a check of a unified social credit code found (统一社会信用代码). A failing check digit is a flag, not a block. */
export interface CreditCodeCheck {
  readonly valid: boolean;
  /** Trimmed, half width, upper case. */
  readonly normalised: string;
  readonly reason?: CreditCodeReason;
  readonly expectedCheck?: string;
  /** Position 1: the registering authority's department, "5" civil affairs. */
  readonly registrar?: string;
  /** Position 2: the kind of entity within that department. */
  readonly entityClass?: string;
  /** Positions 3–8: the division of the registrar, not of the domicile (登记机关行政区划). */
  readonly division?: string;
  /** Positions 9–17. */
  readonly organisationCode?: string;
  /** Set for codes issued by civil affairs (51, 52, 53, 59). */
  readonly kind?: CodeKind;
  /** The inner code fails its own check digit: suspect, not malformed. */
  readonly organisationCodeSuspect?: boolean;
  /** M000…: issued in the early pilot (早期试点码), in legal use although some fail the check digit. */
  readonly pilot?: boolean;
}

const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const kinds: Readonly<Record<string, CodeKind>> = {
  "1": "social_group",
  "2": "social_service_institution",
  "3": "foundation",
  "9": "other",
};

/** Check character of the first seventeen characters (校验码), GB 32100-2015: 31 − Σ cᵢ·3^(i−1) mod 31. */
export function creditCodeCheckDigit(body: string): string {
  let sum = 0;
  let weight = 1;
  for (let position = 0; position < 17; position++) {
    sum += alphabet.indexOf(body.charAt(position)) * weight;
    weight = (weight * 3) % 31;
  }
  return alphabet.charAt((31 - (sum % 31)) % 31);
}

/** Checks a unified social credit code (统一社会信用代码), GB 32100-2015. Letters are allowed in position 1. */
export function checkCreditCode(input: string): CreditCodeCheck {
  const normalised = normaliseCode(input);
  if (normalised.length !== 18) return { valid: false, normalised, reason: "length" };
  // The last character is judged as a check digit only: a wrong one there is a typing error like any other.
  for (const character of normalised.slice(0, 17))
    if (!alphabet.includes(character)) return { valid: false, normalised, reason: "charset" };
  // Positions 3–8 are digits in the standard: letters there are typing errors, not other kinds of code.
  if (!/^.{2}\d{6}/.test(normalised)) return { valid: false, normalised, reason: "charset" };
  const kind = normalised.startsWith("5") ? kinds[normalised.charAt(1)] : undefined;
  const organisationCode = normalised.slice(8, 17);
  const parts = {
    normalised,
    registrar: normalised.charAt(0),
    entityClass: normalised.charAt(1),
    division: normalised.slice(2, 8),
    organisationCode,
    ...(kind ? { kind } : {}),
    ...(checkOrganisationCode(organisationCode).valid ? {} : { organisationCodeSuspect: true }),
    ...(organisationCode.startsWith("M000") ? { pilot: true } : {}),
  };
  const expectedCheck = creditCodeCheckDigit(normalised);
  if (normalised.charAt(17) === expectedCheck) return { valid: true, ...parts };
  return { valid: false, reason: "check_digit", expectedCheck, ...parts };
}
