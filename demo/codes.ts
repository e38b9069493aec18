import { createHash } from "node:crypto";
import { citizenIdCheckDigit } from "../kernel/identity/citizen-id.ts";
import { organisationCheckDigit } from "../kernel/identity/organisation-code.ts";
import { creditCodeCheckDigit } from "../kernel/identity/uscc.ts";

const classes = { social_group: "1", social_service_institution: "2", foundation: "3" } as const;
export type RegisteredKind = keyof typeof classes;

/**
 * An invented credit code with both check digits right (虚构统一社会信用代码). Its inner code stands in the range PDY00001 to
 * PDY99999, which GB 11714 leaves to everybody's own use and which is never issued: it can belong to nobody.
 */
export function inventedCreditCode(kind: RegisteredKind, home: string, serial: number): string {
  const inner = `PDY${String(serial).padStart(5, "0")}`;
  const body = `5${classes[kind]}${home}${inner}${organisationCheckDigit(inner)}`;
  return body + creditCodeCheckDigit(body);
}

/** The same code with a wrong last character, as a typing error leaves it in a real register. */
export function misprinted(code: string): string {
  return code.slice(0, 17) + (code.endsWith("0") ? "1" : "0");
}

/**
 * An invented citizen number whose check digit is right (虚构公民身份号码). Its area, 639999, was never a division, so that it
 * can belong to nobody; pattern: 639999 + date of birth + sequence 901 to 999 + check digit.
 */
export function inventedCitizenId(bornOn: string, serial: number): string {
  const body = `639999${bornOn.replaceAll("-", "")}${901 + (serial % 99)}`;
  return body + citizenIdCheckDigit(body);
}

/** An invented telephone number (虚构电话): no subscriber's number of the area begins with 0. */
export function inventedPhone(serial: number): string {
  return `0971-000${String(serial).padStart(4, "0")}`;
}

/** An id that is the same every time for the same word: those who act in the demonstration without an account. */
export function idOf(word: string): string {
  const hex = createHash("sha256").update(`shanzhi-demo:${word}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
