import { organisationCheckDigit } from "../../../kernel/identity/organisation-code.ts";
import { creditCodeCheckDigit } from "../../../kernel/identity/uscc.ts";
import type { Establishment } from "../applications.contract.ts";

/** A credit code in order, for invented organisations (测试用代码): kind digit, registrar, serial. */
export function inventedCode(kind: "1" | "2" | "3", home: string, serial: number): string {
  const body = `MJ${String(serial).padStart(6, "0")}`;
  const front = `5${kind}${home}${body}${organisationCheckDigit(body)}`;
  return front + creditCodeCheckDigit(front);
}

/** An application for a social group that meets every condition (测试用申请). */
export function wellFounded(name: string, change: Partial<Establishment> = {}) {
  return {
    name,
    kind: "social_group" as const,
    level: "local" as const,
    domicile: "城东区八一路1号",
    scope: "开展助老志愿活动",
    fundsFen: 3_000_000,
    individualMembers: 50,
    unitMembers: 0,
    staff: 1,
    directRegistration: true,
    legalRepresentative: "文向晴",
    evidence: (["application", "capital", "premises", "identities", "charter", "members"] as const).map((paper) => ({
      paper,
    })),
    ...change,
  };
}
