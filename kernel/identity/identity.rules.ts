import { contains, parseDivision } from "../divisions/code.ts";
import { cite, law } from "../regulations/law.rules.ts";
import { holds } from "../rule/condition.ts";
import { day, str } from "../rule/facts.ts";
import { defineRule } from "../rule/rule.ts";
import { ageOn, checkCitizenId } from "./citizen-id.ts";
import { checkOrganisationCode } from "./organisation-code.ts";
import { checkCreditCode } from "./uscc.ts";

export interface CodeFacts {
  readonly code?: string;
}
interface CreditCodeAnswer {
  readonly valid: boolean;
  readonly reason?: string;
  readonly expected_check?: string;
  readonly normalised?: string;
  readonly registrar?: string;
  readonly entity_class?: string;
  readonly org_kind?: string;
  readonly division?: string;
}

/** Whether a unified social credit code is in order (统一社会信用代码校验), and what it says when it is. */
const usccValidate = defineRule<CodeFacts, CreditCodeAnswer>({
  id: "uscc.validate",
  versions: [
    {
      from: law.creditCode.effectiveFrom,
      citations: [cite(law.creditCode, "4")],
      decide: (facts, tools) => {
        const written = str(facts.code) ?? "";
        const check = checkCreditCode(written);
        const ground = { law: cite(law.creditCode, "4") };
        if (check.reason !== undefined) {
          if (check.expectedCheck)
            holds(tools, "check_digit", check.normalised.at(-1), "=", check.expectedCheck, ground);
          else holds(tools, check.reason, false, "is", true, ground);
          return {
            valid: false,
            reason: check.reason,
            ...(check.expectedCheck ? { expected_check: check.expectedCheck } : {}),
          };
        }
        holds(tools, "check_digit", check.normalised.at(-1), "=", check.normalised.at(-1), ground);
        if (check.normalised !== written) return { valid: true, normalised: check.normalised };
        const division = check.division ?? "";
        if (check.kind) return { valid: true, org_kind: check.kind, division };
        return { valid: true, registrar: check.registrar ?? "", entity_class: check.entityClass ?? "", division };
      },
    },
  ],
});

/** Whether the organisation code inside a credit code keeps its own check digit (组织机构代码校验); a failure is only suspect. */
const innerOrgCode = defineRule<CodeFacts, { readonly valid: boolean; readonly reason?: string }>({
  id: "uscc.inner_org_code",
  versions: [
    {
      from: law.organisationCode.effectiveFrom,
      citations: [cite(law.organisationCode, "4")],
      decide: (facts, tools) => {
        const outer = checkCreditCode(str(facts.code) ?? "");
        if (outer.organisationCode === undefined) return { valid: false, reason: outer.reason ?? "length" };
        const inner = checkOrganisationCode(outer.organisationCode);
        const right = holds(
          tools,
          "org_code_check_digit",
          outer.organisationCode.at(-1),
          "=",
          inner.expectedCheck ?? outer.organisationCode.at(-1),
          {
            law: cite(law.organisationCode, "4"),
          },
        );
        return right && inner.valid ? { valid: true } : { valid: false, reason: "org_code_check_digit" };
      },
    },
  ],
});

export interface CitizenIdFacts {
  readonly id?: string;
}
interface CitizenIdAnswer {
  readonly valid: boolean;
  readonly reason?: string;
  readonly hint?: string;
  readonly normalised?: string;
  readonly birth?: string;
  readonly sex?: string;
}

/** Whether a citizen number is in order (公民身份号码校验). A 15-digit number is refused with a hint. */
const citizenIdValidate = defineRule<CitizenIdFacts, CitizenIdAnswer>({
  id: "citizen_id.validate",
  versions: [
    {
      from: law.citizenNumber.effectiveFrom,
      citations: [cite(law.citizenNumber, "6")],
      decide: (facts, tools) => {
        const written = str(facts.id) ?? "";
        const check = checkCitizenId(written);
        const ground = { law: cite(law.citizenNumber, "6") };
        if (check.reason === "fifteen_digits") {
          holds(tools, "length", 15, "=", 18, ground);
          return { valid: false, reason: "length", hint: "fifteen_digit_number" };
        }
        if (check.reason !== undefined) {
          holds(tools, check.reason, false, "is", true, ground);
          return { valid: false, reason: check.reason };
        }
        holds(tools, "check_digit", check.normalised.at(-1), "=", check.normalised.at(-1), ground);
        if (check.normalised !== written) return { valid: true, normalised: check.normalised };
        return { valid: true, birth: check.birth ?? "", sex: check.sex ?? "" };
      },
    },
  ],
});

export interface AgeFacts {
  readonly birth?: string;
  readonly on?: string;
}

/** Completed years on a day (周岁): a person turns N on the birthday; 以上 includes the number (Civil Code 1259). */
const ageYears = defineRule<AgeFacts, { readonly age: number | null }>({
  id: "age.years",
  versions: [
    {
      from: "1987-01-01",
      citations: [cite(law.civilCode, "1259"), cite(law.civilCode, "202")],
      decide: (facts, tools) => {
        const birth = day(facts.birth);
        const on = day(facts.on) ?? tools.on;
        return { age: birth === undefined || on < birth ? null : ageOn(birth, on) };
      },
    },
  ],
});

interface DivisionAnswer {
  readonly valid?: false;
  readonly reason?: string;
  readonly level?: number;
  readonly province?: string;
  readonly prefecture?: string;
  readonly county?: string;
  readonly parents?: readonly string[];
  readonly township_kind?: string;
  readonly community_kind?: string;
}

/** A division code taken apart (区划代码解析): down to the county its parts, below it its parents and kinds. */
const divisionParse = defineRule<CodeFacts, DivisionAnswer>({
  id: "division.parse",
  versions: [
    {
      from: law.divisionCode.effectiveFrom,
      citations: [cite(law.divisionCode, "3")],
      decide: (facts, tools) => {
        const parsed = parseDivision((str(facts.code) ?? "").trim());
        if (!holds(tools, "valid", parsed.valid, "is", true, { law: cite(law.divisionCode, "3") }) || !parsed.valid)
          return { valid: false, reason: parsed.valid ? "" : parsed.reason };
        if (parsed.level <= 3)
          return {
            level: parsed.level,
            ...(parsed.province ? { province: parsed.province } : {}),
            ...(parsed.prefecture ? { prefecture: parsed.prefecture } : {}),
            ...(parsed.county ? { county: parsed.county } : {}),
          };
        return {
          level: parsed.level,
          parents: parsed.parents,
          ...(parsed.townshipKind ? { township_kind: parsed.townshipKind } : {}),
          ...(parsed.communityKind ? { community_kind: parsed.communityKind } : {}),
        };
      },
    },
  ],
});

export interface ContainsFacts {
  readonly scope?: string;
  readonly target?: string;
}

/** Whether a division lies in a scope (区划包含), by significant digits; unreadable codes lie nowhere. */
const divisionContains = defineRule<ContainsFacts, { readonly contains: boolean }>({
  id: "division.contains",
  versions: [
    {
      from: law.divisionCode.effectiveFrom,
      citations: [cite(law.divisionCode, "3")],
      decide: (facts, tools) => {
        const scope = (str(facts.scope) ?? "").trim();
        const target = (str(facts.target) ?? "").trim();
        const readable = parseDivision(scope).valid && parseDivision(target).valid;
        const inside = readable && contains(scope, target);
        return { contains: holds(tools, "inside", inside, "is", true, { law: cite(law.divisionCode, "3") }) };
      },
    },
  ],
});

export const rules = [
  usccValidate,
  innerOrgCode,
  citizenIdValidate,
  ageYears,
  divisionParse,
  divisionContains,
] as const;
