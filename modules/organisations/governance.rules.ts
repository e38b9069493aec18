import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { holds } from "../../kernel/rule/condition.ts";
import { day, flag, num, str } from "../../kernel/rule/facts.ts";
import { defineRule } from "../../kernel/rule/rule.ts";
import { kindOf, registrationText, socialGroupText, socialGroupVersions } from "./law.rules.ts";

export interface RefuseFacts {
  readonly same_division_same_scope_exists?: boolean;
  readonly judged_unnecessary?: boolean;
  readonly proposed_leader_deprived_political_rights_ever?: boolean;
  readonly proposed_leader_without_full_capacity?: boolean;
  readonly purpose_against_law?: boolean;
  readonly false_application?: boolean;
  readonly other_prohibited?: boolean;
  readonly on?: string;
}
interface RefuseAnswer {
  readonly decision: "refuse" | "no_ground";
  readonly document?: string;
}

/** Whether an application must be refused (不予登记事由), art. 13. */
const refuse = defineRule<RefuseFacts, RefuseAnswer>({
  id: "registry.refuse",
  on: (facts) => day(facts.on),
  versions: socialGroupVersions("13", (facts, tools) => {
    const text = socialGroupText(tools.on);
    const ground = (field: keyof RefuseFacts, item: string) =>
      flag(facts[field]) !== undefined &&
      holds(tools, field, flag(facts[field]), "is", true, { law: cite(text, "13", item) });
    const duplicate = ground("same_division_same_scope_exists", "2");
    if (duplicate && ground("judged_unnecessary", "2"))
      return { decision: "refuse", document: "不予登记决定书(说明理由)" };
    const other =
      ground("purpose_against_law", "1") ||
      ground("proposed_leader_deprived_political_rights_ever", "3") ||
      ground("proposed_leader_without_full_capacity", "3") ||
      ground("false_application", "4") ||
      ground("other_prohibited", "5");
    return { decision: other ? "refuse" : "no_ground" };
  }),
});

export interface LegalRepFacts {
  readonly kind?: string;
  readonly person_is_legal_rep_of_other_social_group?: boolean;
  /** Any other organisation whose legal representative the person is: its name, a list of names, or yes. */
  readonly person_is_legal_rep_of?: string | readonly string[] | boolean;
  readonly on?: string;
}

/** Whether a person may be the legal representative (法定代表人任职条件): social group art. 12, foundation art. 23. */
const legalRep = defineRule<LegalRepFacts, { readonly allowed: boolean }>({
  id: "registry.legal_rep",
  on: (facts) => day(facts.on),
  versions: socialGroupVersions("12", (facts, tools) => {
    const kind = kindOf(facts.kind);
    const ofGroup = flag(facts.person_is_legal_rep_of_other_social_group) === true;
    const elsewhere = namesAnything(facts.person_is_legal_rep_of) || ofGroup;
    if (kind === "foundation")
      return {
        allowed: holds(tools, "person_is_legal_rep_of", elsewhere, "is", false, { law: cite(law.foundations, "23") }),
      };
    if (kind === "social_service_institution") return { allowed: true };
    return {
      allowed: holds(tools, "person_is_legal_rep_of_other_social_group", ofGroup, "is", false, {
        law: cite(socialGroupText(tools.on), "12"),
      }),
    };
  }),
});

export interface BranchFacts {
  readonly kind?: string;
  readonly branch_type?: string;
  readonly parent_is_branch?: boolean;
  readonly on?: string;
}

/** Whether a branch may be set up (分支机构): no regional branch, no branch of a branch; none for service institutions. */
const branch = defineRule<BranchFacts, { readonly allowed: boolean }>({
  id: "registry.branch",
  on: (facts) => day(facts.on),
  versions: socialGroupVersions("17", (facts, tools) => {
    const kind = kindOf(facts.kind);
    if (kind === "social_service_institution")
      return { allowed: holds(tools, "kind", kind, "!=", kind, { law: cite(law.serviceInstitutions, "13") }) };
    const ground = { law: kind === "foundation" ? cite(law.foundations, "12") : cite(socialGroupText(tools.on), "17") };
    const notRegional = holds(tools, "branch_type", str(facts.branch_type) ?? "unspecified", "!=", "regional", ground);
    const notNested = holds(tools, "parent_is_branch", flag(facts.parent_is_branch) ?? false, "is", false, ground);
    return { allowed: notRegional && notNested };
  }),
});

export interface FoundationOfficerFacts {
  readonly role?: string;
  readonly serving_civil_servant?: boolean;
  readonly years_since_sentence_served?: number;
  readonly deprived_political_rights?: boolean;
  readonly years_since_revoked_foundation_headed?: number;
}

const chiefRoles = ["理事长", "副理事长", "秘书长", "chair", "vice_chair", "secretary_general"];

/** Whether a person may be a chief officer of a foundation (基金会负责人任职条件), art. 23. */
const foundationOfficer = defineRule<FoundationOfficerFacts, { readonly allowed: boolean }>({
  id: "foundation.officer",
  versions: [
    {
      from: "2004-06-01",
      citations: [cite(law.foundations, "23")],
      decide: (facts, tools) => {
        const ground = { law: cite(law.foundations, "23") };
        if (!chiefRoles.includes(str(facts.role) ?? "理事长")) return { allowed: true };
        const barred = [
          flag(facts.serving_civil_servant) === true &&
            !holds(tools, "serving_civil_servant", true, "is", false, ground),
          flag(facts.deprived_political_rights) === true &&
            !holds(tools, "deprived_political_rights", true, "is", false, ground),
          num(facts.years_since_sentence_served) !== undefined &&
            !holds(tools, "years_since_sentence_served", num(facts.years_since_sentence_served), ">=", 5, ground),
          num(facts.years_since_revoked_foundation_headed) !== undefined &&
            !holds(
              tools,
              "years_since_revoked_foundation_headed",
              num(facts.years_since_revoked_foundation_headed),
              ">=",
              5,
              ground,
            ),
        ];
        return { allowed: !barred.includes(true) };
      },
    },
  ],
});

export interface PaidDirectorsFacts {
  readonly directors?: number;
  readonly paid?: number;
}

/** At most a third of a foundation's directors may be paid (领取报酬的理事), art. 20. */
const paidDirectors = defineRule<PaidDirectorsFacts, { readonly allowed: boolean | null }>({
  id: "foundation.paid_directors",
  versions: [
    {
      from: "2004-06-01",
      citations: [cite(law.foundations, "20")],
      decide: (facts, tools) => {
        const directors = num(facts.directors);
        const paid = num(facts.paid);
        if (directors === undefined || paid === undefined) return { allowed: null };
        return {
          allowed: holds(tools, "paid", paid, "<=", Math.floor(directors / 3), { law: cite(law.foundations, "20") }),
        };
      },
    },
  ],
});

export interface RelativesFacts {
  /** A non-public foundation set up with one family's private property. */
  readonly private_property_non_public?: boolean;
  readonly directors?: number;
  readonly near_relatives?: number;
}

/** Near relatives on a foundation's board (近亲属理事), art. 20: a third in a family foundation, none together elsewhere. */
const relatives = defineRule<RelativesFacts, { readonly allowed: boolean | null }>({
  id: "foundation.relatives",
  versions: [
    {
      from: "2004-06-01",
      citations: [cite(law.foundations, "20")],
      decide: (facts, tools) => {
        const directors = num(facts.directors);
        const related = num(facts.near_relatives);
        if (related === undefined) return { allowed: null };
        const family = flag(facts.private_property_non_public) === true;
        if (family && directors === undefined) return { allowed: null };
        // One director alone is nobody's relative on the board: outside family foundations the first pair is too many.
        const most = family ? Math.floor((directors ?? 0) / 3) : 1;
        return { allowed: holds(tools, "near_relatives", related, "<=", most, { law: cite(law.foundations, "20") }) };
      },
    },
  ],
});

export interface AuditBeforeChangeFacts {
  readonly kind?: string;
  readonly event?: string;
  readonly audit_report?: boolean;
  readonly on?: string;
}

/** No change of term or legal representative without a financial audit (换届审计): arts 27, 22, 37. */
const auditBeforeChange = defineRule<AuditBeforeChangeFacts, { readonly allowed: boolean; readonly missing?: string }>({
  id: "leadership.audit_before_change",
  on: (facts) => day(facts.on),
  versions: socialGroupVersions("27", (facts, tools) => {
    const kind = kindOf(facts.kind) ?? "social_group";
    const article = kind === "social_group" ? "27" : kind === "foundation" ? "37" : "22";
    const event = str(facts.event) ?? "change_legal_rep";
    const needed = [
      "change_legal_rep",
      "change_legal_representative",
      "change_of_term",
      "change_term",
      "re_election",
    ].includes(event);
    if (!needed) return { allowed: true };
    const audited = holds(tools, "audit_report", flag(facts.audit_report) ?? false, "is", true, {
      law: cite(registrationText(kind, tools.on), article),
    });
    return audited ? { allowed: true } : { allowed: false, missing: "离任/换届财务审计报告" };
  }),
});

export interface FeeFacts {
  readonly classes?: number;
  readonly passed_by?: string;
  readonly secret_ballot?: boolean;
  readonly floating?: boolean;
  readonly present_share?: number;
  readonly yes_share?: number;
  readonly forced_fee_by_admin_power?: boolean;
  readonly on?: string;
}

const memberBodies = ["会员(代表)大会", "会员（代表）大会", "会员大会", "会员代表大会", "members", "members_assembly"];

/** Whether a membership fee is in order (社会团体会费): fixed amounts, members' assembly, secret ballot; forced fees open a clue. */
const fee = defineRule<FeeFacts, { readonly allowed: boolean; readonly opens?: string }>({
  id: "association.fee",
  on: (facts) => day(facts.on),
  versions: socialGroupVersions("30", (facts, tools) => {
    const text = socialGroupText(tools.on);
    if (flag(facts.forced_fee_by_admin_power) === true) {
      holds(tools, "forced_fee_by_admin_power", true, "is", false, {
        law: cite(text, "30", text === law.socialGroups2026 ? "9" : "8"),
      });
      return { allowed: false, opens: "clue" };
    }
    const ground = { law: cite(law.associationFees, "1") };
    const classes = num(facts.classes);
    const passedBy = str(facts.passed_by);
    const tests = [
      classes === undefined ||
        holds(tools, "classes", classes, "<=", tools.setting("association.fee-max-classes"), {
          ...ground,
          setting: "association.fee-max-classes",
        }),
      passedBy === undefined || holds(tools, "passed_by", passedBy, "in", memberBodies, ground),
      flag(facts.secret_ballot) === undefined ||
        holds(tools, "secret_ballot", flag(facts.secret_ballot), "is", true, ground),
      flag(facts.floating) === undefined || holds(tools, "floating", flag(facts.floating), "is", false, ground),
      num(facts.present_share) === undefined ||
        holds(tools, "present_share", num(facts.present_share), ">=", 2 / 3, ground),
      num(facts.yes_share) === undefined || holds(tools, "yes_share", num(facts.yes_share), ">", 0.5, ground),
    ];
    return { allowed: tests.every(Boolean) };
  }),
});

function namesAnything(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value === true || str(value) !== undefined;
}

export const governanceRules = [
  refuse,
  legalRep,
  branch,
  foundationOfficer,
  paidDirectors,
  relatives,
  auditBeforeChange,
  fee,
] as const;
