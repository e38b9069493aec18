import { type LawText, law } from "../../kernel/regulations/law.rules.ts";
import type { RuleTools, RuleVersion } from "../../kernel/rule/rule.ts";

/** The three kinds of registered organisation (社会组织类别); both names of the service institution are one kind. */
export type OrganisationKind = "social_group" | "social_service_institution" | "foundation";

const kinds: Readonly<Record<string, OrganisationKind>> = {
  social_group: "social_group",
  social_service_institution: "social_service_institution",
  service_institution: "social_service_institution",
  private_non_enterprise: "social_service_institution",
  foundation: "foundation",
};

/** The kind a fact names, undefined when it names none. */
export function kindOf(value: unknown): OrganisationKind | undefined {
  return typeof value === "string" ? kinds[value] : undefined;
}

const socialGroupTexts = [law.socialGroups2016, law.socialGroups2026] as const;

/** The text of the social-group regulation in force on a date (社会团体登记管理条例适用文本). */
export function socialGroupText(on: string): LawText {
  return on >= law.socialGroups2026.effectiveFrom ? law.socialGroups2026 : law.socialGroups2016;
}

/** The registration regulation of a kind on a date (登记管理条例): the text that a condition cites. */
export function registrationText(kind: OrganisationKind | undefined, on: string): LawText {
  if (kind === "foundation") return law.foundations;
  if (kind === "social_service_institution") return law.serviceInstitutions;
  return socialGroupText(on);
}

type Decide<Facts, Output> = (facts: Facts, tools: RuleTools) => Output;

/**
 * Versions of a rule, one per text of the social-group regulation, for articles the amendment left alike. The text before
 * 2016 has other article numbers and was not read: a decision under it is refused rather than guessed.
 */
export function socialGroupVersions<Facts, Output>(
  article: string,
  decide: Decide<Facts, Output>,
): readonly [RuleVersion<Facts, Output>, ...RuleVersion<Facts, Output>[]] {
  const versions = socialGroupTexts.map((text) => ({
    from: text.effectiveFrom,
    ...("effectiveTo" in text ? { to: text.effectiveTo } : {}),
    citations: [{ ...text, article }] as const,
    decide,
  }));
  return versions as unknown as readonly [RuleVersion<Facts, Output>, ...RuleVersion<Facts, Output>[]];
}
