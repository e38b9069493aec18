/** What a check of a nine-character organisation code found (组织机构代码). */
export interface OrganisationCodeCheck {
  readonly valid: boolean;
  /** Without hyphen, spaces or lower case: nine characters when well formed. */
  readonly normalised: string;
  readonly reason?: "length" | "charset" | "check_digit";
  readonly expectedCheck?: string;
  /** PDY00001–PDY99999: numbers an office gives itself, never issued (自定义区段). */
  readonly selfAssigned: boolean;
}

const weights = [3, 7, 9, 10, 5, 8, 4, 2] as const;

/** Check character of the first eight characters (校验码), GB 11714: 11 − Σ mod 11, where 10 is X and 11 is 0. */
export function organisationCheckDigit(body: string): string {
  let sum = 0;
  for (let position = 0; position < 8; position++)
    sum += characterValue(body.charAt(position)) * (weights[position] ?? 0);
  const check = 11 - (sum % 11);
  return check === 10 ? "X" : check === 11 ? "0" : String(check);
}

/** Checks an organisation code (组织机构代码), GB 11714-1997, written with or without its hyphen. */
export function checkOrganisationCode(input: string): OrganisationCodeCheck {
  const normalised = normaliseCode(input);
  const selfAssigned = /^PDY\d{5}/.test(normalised) && !normalised.startsWith("PDY00000");
  if (normalised.length !== 9) return { valid: false, normalised, reason: "length", selfAssigned };
  if (!/^[0-9A-Z]{8}[0-9X]$/.test(normalised)) return { valid: false, normalised, reason: "charset", selfAssigned };
  const expectedCheck = organisationCheckDigit(normalised);
  if (normalised[8] !== expectedCheck)
    return { valid: false, normalised, reason: "check_digit", expectedCheck, selfAssigned };
  return { valid: true, normalised, selfAssigned };
}

/**
 * Brings a code to its plain form (规范化): full-width letters and digits become ASCII, every kind of space, hyphen and
 * invisible mark that spreadsheets add goes, letters become upper case.
 */
export function normaliseCode(input: string): string {
  return input
    .normalize("NFKC")
    .replace(/[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff\u2010-\u2015\u2212-]/g, "")
    .toUpperCase();
}

function characterValue(character: string): number {
  const code = character.charCodeAt(0);
  return code >= 65 ? code - 55 : code - 48;
}
