import { cite, law } from "../../kernel/regulations/law.rules.ts";
import type { Citation } from "../../kernel/rule/rule.ts";
import { registrationText } from "./law.rules.ts";
import type { Kind } from "./organisations.facts.ts";

/** Grounds for taking a registration away. */
export type RevocationGround =
  | "fraud"
  | "idle-year"
  | "altered-certificate"
  | "beyond-scope"
  | "no-inspection"
  | "changes-unregistered"
  | "branches-unlawful"
  | "profit-making"
  | "misappropriation"
  | "unlawful-fees"
  | "cannot-function";

/** Items of article 30 for social groups since 2026-03-12, when (4) was inserted. */
const items2026: Readonly<Partial<Record<RevocationGround, string>>> = {
  "altered-certificate": "1",
  "beyond-scope": "2",
  "no-inspection": "3",
  "cannot-function": "4",
  "changes-unregistered": "5",
  "branches-unlawful": "6",
  "profit-making": "7",
  misappropriation: "8",
  "unlawful-fees": "9",
};

/** Before, and for service institutions in article 25: no item for a body that cannot function. */
const itemsBefore: Readonly<Partial<Record<RevocationGround, string>>> = {
  "altered-certificate": "1",
  "beyond-scope": "2",
  "no-inspection": "3",
  "changes-unregistered": "4",
  "branches-unlawful": "5",
  "profit-making": "6",
  misappropriation: "7",
  "unlawful-fees": "8",
};

/**
 * What a ground leads to, by kind and by the law of the day (撤销登记与吊销登记证书之分): for social groups since 2026-03-12
 * fraud and the idle year annul the registration (撤销登记, art. 29), the grounds of art. 30 revoke the certificate
 * (吊销登记证书); before, and for the other kinds, everything is annulment. Undefined: the law of the day knows no such ground.
 */
export function sanctionFor(
  kind: Kind,
  ground: RevocationGround,
  on: string,
): { sanction: "annulled" | "revoked"; citation: Citation } | undefined {
  if (kind === "community_organisation") return undefined;
  const text = registrationText(kind, on);
  if (ground === "fraud")
    return {
      sanction: "annulled",
      citation: cite(text, kind === "social_group" ? "29" : kind === "foundation" ? "41" : "24"),
    };
  if (ground === "idle-year")
    // The regulation on service institutions knows no idle year.
    return kind === "social_service_institution"
      ? undefined
      : { sanction: "annulled", citation: cite(text, kind === "foundation" ? "41" : "29") };
  if (kind === "social_group" && on >= law.socialGroups2026.effectiveFrom) {
    const item = items2026[ground];
    return item ? { sanction: "revoked", citation: cite(text, "30", item) } : undefined;
  }
  const item = itemsBefore[ground];
  if (!item) return undefined;
  return {
    sanction: "annulled",
    citation: kind === "foundation" ? cite(text, "42") : cite(text, kind === "social_group" ? "30" : "25", item),
  };
}
