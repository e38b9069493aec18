import { cite, law } from "../regulations/law.rules.ts";
import { holds } from "../rule/condition.ts";
import { flag, given, num, record, str } from "../rule/facts.ts";
import { defineRule } from "../rule/rule.ts";

const from = law.personalInformation.effectiveFrom;

export interface BeneficiaryListFacts {
  readonly programme?: string;
  readonly viewer?: string;
  readonly minor?: boolean;
  readonly age?: number;
  readonly record?: Readonly<Record<string, unknown>>;
}

/** What a list of beneficiaries shows (受益人公示字段): masked name, community and amount; of minors nothing. */
const beneficiaryList = defineRule<
  BeneficiaryListFacts,
  { readonly show: readonly string[]; readonly hide: readonly string[] }
>({
  id: "publish.beneficiary_list",
  versions: [
    {
      from,
      citations: [
        cite(law.personalInformation, "6"),
        cite(law.personalInformation, "28"),
        cite(law.assistance, "61"),
        cite(law.minors, "103"),
      ],
      decide: (facts, tools) => {
        const row = record(facts.record);
        const age = num(facts.age) ?? num(row.age);
        const minor =
          flag(facts.minor) === true ||
          (age !== undefined && holds(tools, "age", age, "<", 18, { law: cite(law.minors, "103") }));
        const hidden = ["id", "phone", "address", "bank", "health", "photo"];
        if (minor) return { show: [], hide: ["name", "school", "community", ...hidden] };
        const present = (fields: readonly string[]) =>
          Object.keys(row).length === 0 || fields.some((field) => given(row, field));
        const show = [
          ...(present(["name"]) ? ["masked_name"] : []),
          ...(present(["village", "community"]) ? ["community"] : []),
          ...(given(row, "class") ? ["class"] : []),
          ...(present(["amount"]) ? ["amount"] : []),
          ...(given(row, "period") ? ["period"] : []),
        ];
        return { show, hide: hidden };
      },
    },
  ],
});

export interface PublishMinorFacts {
  readonly person_age?: number;
  readonly viewer?: string;
  readonly field?: string;
}

/** Whether the public may see something that identifies a minor (未成年人信息公开): never; an unknown age is treated as minor. */
const publishMinor = defineRule<PublishMinorFacts, { readonly show: boolean }>({
  id: "publish.minor",
  versions: [
    {
      from,
      citations: [cite(law.minors, "103"), cite(law.personalInformation, "28"), cite(law.personalInformation, "31")],
      decide: (facts, tools) => {
        if (str(facts.field) === "count" || str(facts.field) === "statistics") return { show: true };
        return { show: holds(tools, "person_age", num(facts.person_age), ">=", 18, { law: cite(law.minors, "103") }) };
      },
    },
  ],
});

export interface ConsentMinorFacts {
  readonly age?: number;
  readonly guardian_consent?: boolean;
  readonly own_consent?: boolean;
  readonly own_separate_consent?: boolean;
  /** "sensitive" or "non-sensitive". */
  readonly data?: string;
  readonly purpose?: string;
}

/** Whose consent is needed for a young person's data (未成年人同意), PIPL 29, 31: under 14 the guardian's, from 14 the own. */
const consentMinor = defineRule<ConsentMinorFacts, { readonly allowed: boolean }>({
  id: "consent.minor",
  versions: [
    {
      from,
      citations: [cite(law.personalInformation, "29"), cite(law.personalInformation, "31")],
      decide: (facts, tools) => {
        const article31 = { law: cite(law.personalInformation, "31") };
        const own = holds(tools, "age", num(facts.age), ">=", 14, article31);
        if (!own)
          return { allowed: holds(tools, "guardian_consent", flag(facts.guardian_consent), "is", true, article31) };
        const separate = flag(facts.own_separate_consent) === true;
        const sensitive = str(facts.data) === "sensitive";
        const consent = separate || (!sensitive && flag(facts.own_consent) === true);
        return {
          allowed: holds(tools, sensitive ? "own_separate_consent" : "own_consent", consent, "is", true, {
            law: cite(law.personalInformation, sensitive ? "29" : "13"),
          }),
        };
      },
    },
  ],
});

export interface DonorFacts {
  readonly donor_agrees_name?: boolean;
  readonly name?: string;
  readonly donor_name?: string;
  readonly amount?: number;
  readonly use?: string;
}

/** How a gift stands in public (捐赠公示): amount and use stay, the name only with the donor's agreement. */
const donorPublicity = defineRule<
  DonorFacts,
  { readonly public_row: { readonly name: string; readonly amount?: number; readonly use?: string } }
>({
  id: "donor.publicity",
  versions: [
    {
      from: law.charity2016.effectiveFrom,
      to: law.charity2024.effectiveFrom,
      citations: [cite(law.charity2016, "76")],
      decide: (facts, tools) => ({
        public_row: publicRow(
          facts,
          holds(tools, "donor_agrees_name", flag(facts.donor_agrees_name), "is", true, {
            law: cite(law.charity2016, "76"),
          }),
        ),
      }),
    },
    {
      from: law.charity2024.effectiveFrom,
      citations: [cite(law.charity2024, "82"), cite(law.charity2024, "38")],
      decide: (facts, tools) => ({
        public_row: publicRow(
          facts,
          holds(tools, "donor_agrees_name", flag(facts.donor_agrees_name), "is", true, {
            law: cite(law.charity2024, "82"),
          }),
        ),
      }),
    },
  ],
});

function publicRow(facts: DonorFacts, agreed: boolean): { name: string; amount?: number; use?: string } {
  const name = agreed ? (str(facts.donor_name) ?? str(facts.name)) : undefined;
  const amount = num(facts.amount);
  const use = str(facts.use);
  return {
    name: name ?? "爱心人士",
    ...(amount === undefined ? {} : { amount }),
    ...(use === undefined ? {} : { use }),
  };
}

export interface AutomatedDecisionFacts {
  readonly decision?: string;
  readonly human_reviewed?: boolean;
}

/** Whether a decision made by program is final (自动化决策), PIPL 24: not before a person has looked at it. */
const automatedDecision = defineRule<AutomatedDecisionFacts, { readonly final: boolean; readonly must?: string }>({
  id: "automated_decision",
  versions: [
    {
      from,
      citations: [cite(law.personalInformation, "24")],
      decide: (facts, tools) => {
        const reviewed = holds(tools, "human_reviewed", flag(facts.human_reviewed) ?? false, "is", true, {
          law: cite(law.personalInformation, "24"),
        });
        return reviewed ? { final: true } : { final: false, must: "human review + explanation on request" };
      },
    },
  ],
});

export const rules = [beneficiaryList, publishMinor, consentMinor, donorPublicity, automatedDecision] as const;
