import type { Role } from "../../kernel/operation/define.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";

/** Articles that the procedures of registration stand on (程序依据). */
export const licence32 = cite(law.licences, "32");
export const decide = [
  cite(law.socialGroups2026, "12"),
  cite(law.serviceInstitutions, "11"),
  cite(law.foundations, "11"),
];
export const refuse = [
  cite(law.socialGroups2026, "13"),
  cite(law.serviceInstitutions, "11"),
  cite(law.foundations, "11"),
  cite(law.licences, "38"),
];
export const consent = [
  cite(law.socialGroups2026, "9"),
  cite(law.serviceInstitutions, "5"),
  cite(law.foundations, "9"),
];
export const changed = [
  cite(law.socialGroups2026, "18"),
  cite(law.serviceInstitutions, "15"),
  cite(law.foundations, "15"),
];
export const ended = [
  cite(law.socialGroups2026, "19"),
  cite(law.socialGroups2026, "21"),
  cite(law.serviceInstitutions, "16"),
  cite(law.foundations, "16"),
];
export const liquidated = [
  cite(law.socialGroups2026, "20"),
  cite(law.serviceInstitutions, "16"),
  cite(law.foundations, "18"),
];

export const handlers: readonly Role[] = ["registrar"];
export const deciders: readonly Role[] = ["decider"];
export const applicants: readonly Role[] = ["registrar", "organisation"];
export const consenters: readonly Role[] = ["supervisory-unit", "registrar"];
