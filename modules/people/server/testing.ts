import { existsSync, readFileSync } from "node:fs";
import { citizenIdCheckDigit } from "../../../kernel/identity/citizen-id.ts";

/** A citizen number with a right check digit for an invented birth (测试用号码). */
export function inventedNumber(birth: string, order: number, area = "630102"): string {
  const body = `${area}${birth.replaceAll("-", "")}${String(order % 1000).padStart(3, "0")}`;
  return body + citizenIdCheckDigit(body);
}

/** A file of shared test data; undefined where it is absent. */
export function sharedFile(name: string): string | undefined {
  const path = new URL(`../../../../shared/data/${name}`, import.meta.url);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
