import { addDays, addMonths, daysBetween } from "../../kernel/clock/date.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { holds } from "../../kernel/rule/condition.ts";
import { day, flag, num, str } from "../../kernel/rule/facts.ts";
import { defineRule, type RuleTools } from "../../kernel/rule/rule.ts";
import { kindOf, registrationText, socialGroupText, socialGroupVersions } from "./law.rules.ts";

/** Answer to whether a body may be set up: what fails, and what was not said and so cannot be judged. */
export interface Eligibility {
  readonly eligible: boolean;
  readonly reasons?: readonly string[];
  readonly unknown?: readonly string[];
}

/** Money in yuan. `scope`: local, cross_region or national. */
export interface SocialGroupEstablishFacts {
  readonly individual_members?: number;
  readonly unit_members?: number;
  readonly activity_fund?: number;
  readonly scope?: string;
  readonly has_domicile?: boolean;
  readonly full_time_staff?: number;
  readonly supervisor_approval?: boolean;
  /** One of the four kinds that register without a supervisory unit (直接登记). */
  readonly direct_registration?: boolean;
  readonly on?: string;
}

/** Conditions for setting up a social group (社会团体成立条件), art. 10. */
const socialGroupEstablish = defineRule<SocialGroupEstablishFacts, Eligibility>({
  id: "registry.social_group.establish",
  on: (facts) => day(facts.on),
  versions: socialGroupVersions("10", (facts, tools) => {
    const ground = { law: cite(socialGroupText(tools.on), "10") };
    const verdict = new Verdict();
    const persons = num(facts.individual_members);
    const units = num(facts.unit_members);
    if (persons === undefined && units === undefined) verdict.unknown("individual_members");
    else if ((persons ?? 0) > 0 && (units ?? 0) > 0)
      verdict.ask("mixed_members_below_50", holds(tools, "members", (persons ?? 0) + (units ?? 0), ">=", 50, ground));
    else if ((units ?? 0) > 0) verdict.ask("members", holds(tools, "unit_members", units, ">=", 30, ground));
    else verdict.ask("members", holds(tools, "individual_members", persons ?? 0, ">=", 50, ground));

    const scope = str(facts.scope);
    const fund = num(facts.activity_fund);
    const least = scope === "national" ? 100_000 : 30_000;
    if (fund === undefined) verdict.unknown("activity_fund");
    else if (scope === undefined && fund >= 30_000 && fund < 100_000) verdict.unknown("scope");
    else verdict.ask(`activity_fund_min_${least}`, holds(tools, "activity_fund", fund, ">=", least, ground));

    verdict.demand("has_domicile", "domicile", flag(facts.has_domicile), tools, ground);
    const staff = num(facts.full_time_staff);
    if (staff === undefined) verdict.unknown("full_time_staff");
    else verdict.ask("full_time_staff", holds(tools, "full_time_staff", staff, ">=", 1, ground));
    if (flag(facts.direct_registration) !== true)
      verdict.demand("supervisor_approval", "supervisor_approval", flag(facts.supervisor_approval), tools, ground);
    return verdict.answer();
  }),
});

/** Money in yuan. */
export interface FoundationEstablishFacts {
  readonly original_fund?: number;
  readonly public_fundraising?: boolean;
  readonly scope?: string;
  readonly cash_in_bank?: boolean;
  readonly directors?: number;
  readonly term_years?: number;
  readonly on?: string;
}

/** Conditions for setting up a foundation (基金会设立条件), arts 8 and 20. */
const foundationEstablish = defineRule<FoundationEstablishFacts, Eligibility>({
  id: "registry.foundation.establish",
  on: (facts) => day(facts.on),
  versions: [
    {
      from: "2004-06-01",
      citations: [cite(law.foundations, "8"), cite(law.foundations, "20")],
      decide: (facts, tools) => {
        const fund = { law: cite(law.foundations, "8", "2") };
        const board = { law: cite(law.foundations, "20") };
        const verdict = new Verdict();
        const amount = num(facts.original_fund);
        const raising = flag(facts.public_fundraising);
        const least = raising !== true ? 2_000_000 : str(facts.scope) === "national" ? 8_000_000 : 4_000_000;
        if (amount === undefined) verdict.unknown("original_fund");
        else verdict.ask(`original_fund_min_${least}`, holds(tools, "original_fund", amount, ">=", least, fund));
        if (raising === undefined) verdict.unknown("public_fundraising");
        if (raising === true && str(facts.scope) === undefined) verdict.unknown("scope");
        verdict.demand("cash_in_bank", "fund_must_be_paid_in_cash", flag(facts.cash_in_bank), tools, fund);
        const directors = num(facts.directors);
        if (directors === undefined) verdict.unknown("directors");
        else {
          verdict.ask("directors_min_5", holds(tools, "directors", directors, ">=", 5, board));
          verdict.ask("directors_max_25", holds(tools, "directors", directors, "<=", 25, board));
        }
        const term = num(facts.term_years);
        if (term === undefined) verdict.unknown("term_years");
        else verdict.ask("term_max_5", holds(tools, "term_years", term, "<=", 5, board));
        return verdict.answer();
      },
    },
  ],
});

/** Money in yuan. */
export interface ServiceInstitutionEstablishFacts {
  readonly start_up_assets?: number;
  readonly required_assets?: number;
  readonly has_domicile?: boolean;
  readonly staff?: number;
  readonly name_in_order?: boolean;
  readonly supervisor_approval?: boolean;
  readonly direct_registration?: boolean;
  readonly non_state_assets?: boolean;
  readonly on?: string;
}

/** Conditions for setting up a social-service institution (社会服务机构成立条件), art. 8; the sum is set by trade or place. */
const serviceInstitutionEstablish = defineRule<ServiceInstitutionEstablishFacts, Eligibility>({
  id: "registry.service_institution.establish",
  on: (facts) => day(facts.on),
  versions: [
    {
      from: law.serviceInstitutions.effectiveFrom,
      citations: [cite(law.serviceInstitutions, "8")],
      decide: (facts, tools) => {
        const ground = { law: cite(law.serviceInstitutions, "8") };
        const verdict = new Verdict();
        const assets = num(facts.start_up_assets);
        const least = num(facts.required_assets) ?? 0;
        if (assets === undefined) verdict.unknown("start_up_assets");
        else
          verdict.ask(
            "start_up_assets",
            holds(tools, "start_up_assets", assets, least > 0 ? ">=" : ">", least, ground),
          );
        verdict.demand("has_domicile", "domicile", flag(facts.has_domicile), tools, ground);
        const staff = num(facts.staff);
        if (staff === undefined) verdict.unknown("staff");
        else verdict.ask("staff", holds(tools, "staff", staff, ">=", 1, ground));
        if (flag(facts.name_in_order) === false) verdict.ask("name", false);
        if (flag(facts.non_state_assets) === false)
          verdict.ask(
            "non_state_assets",
            holds(tools, "non_state_assets", false, "is", true, { law: cite(law.serviceInstitutions, "2") }),
          );
        if (flag(facts.direct_registration) !== true)
          verdict.demand("supervisor_approval", "supervisor_approval", flag(facts.supervisor_approval), tools, ground);
        return verdict.answer();
      },
    },
  ],
});

export interface DeadlineFacts {
  readonly kind?: string;
  readonly all_documents_received?: string;
  readonly accepted?: string;
  /** Extended with the ministry's approval (charities only). */
  readonly extended?: boolean;
}
interface DeadlineAnswer {
  readonly decide_by?: string;
  readonly adjusted_for_holiday?: string;
  readonly unknown?: readonly string[];
}

/** By when the registrar decides on an application (登记审批期限): 60 days; a charity 30, extended at most to 60. */
const deadline = defineRule<DeadlineFacts, DeadlineAnswer>({
  id: "registry.deadline",
  on: (facts) => day(facts.all_documents_received) ?? day(facts.accepted),
  versions: socialGroupVersions("12", (facts, tools) => {
    const start = day(facts.all_documents_received) ?? day(facts.accepted);
    if (start === undefined) return { unknown: ["all_documents_received"] };
    const charity = facts.kind === "charity";
    const days = charity && flag(facts.extended) !== true ? 30 : 60;
    const decideBy = addDays(start, days);
    holds(tools, "days", days, "=", days, {
      law: charity
        ? cite(tools.on >= law.charity2024.effectiveFrom ? law.charity2024 : law.charity2016, "10")
        : cite(
            registrationText(kindOf(facts.kind), tools.on),
            kindOf(facts.kind) === undefined || kindOf(facts.kind) === "social_group" ? "12" : "11",
          ),
    });
    const workingDay = tools.calendar.nextWorkingDayOnOrAfter(decideBy);
    return { decide_by: decideBy, ...(workingDay === decideBy ? {} : { adjusted_for_holiday: workingDay }) };
  }),
});

interface LateAnswer {
  readonly late?: boolean;
  readonly days_late?: number;
  readonly deadline?: string;
  readonly unknown?: readonly string[];
}

export interface ChangeFacts {
  readonly supervisor_approved?: string;
  readonly applied?: string;
  readonly kind?: string;
}

/** Whether a change was applied for within 30 days of the supervisory unit's consent (变更登记期限). */
const change = defineRule<ChangeFacts, LateAnswer>({
  id: "registry.change",
  on: (facts) => day(facts.applied) ?? day(facts.supervisor_approved),
  versions: socialGroupVersions("18", (facts, tools) =>
    lateness(tools, day(facts.supervisor_approved), day(facts.applied), 30, {
      document: registrationText(kindOf(facts.kind), tools.on),
      article: kindOf(facts.kind) === "social_service_institution" || kindOf(facts.kind) === "foundation" ? "15" : "18",
      start: "supervisor_approved",
    }),
  ),
});

export interface DeregisterFacts {
  readonly liquidation_finished?: string;
  readonly applied?: string;
  readonly kind?: string;
}

/** Whether deregistration was applied for within 15 days after the liquidation (注销登记期限). */
const deregister = defineRule<DeregisterFacts, LateAnswer>({
  id: "registry.deregister",
  on: (facts) => day(facts.applied) ?? day(facts.liquidation_finished),
  versions: socialGroupVersions("21", (facts, tools) =>
    lateness(tools, day(facts.liquidation_finished), day(facts.applied), 15, {
      document: registrationText(kindOf(facts.kind), tools.on),
      article:
        kindOf(facts.kind) === "social_service_institution" ? "17" : kindOf(facts.kind) === "foundation" ? "18" : "21",
      start: "liquidation_finished",
    }),
  ),
});

export interface RevokeFacts {
  readonly kind?: string;
  readonly certificate?: string;
  readonly activities_since?: number;
  readonly obtained_by_fraud?: boolean;
  readonly today?: string;
}

/** Whether there is a ground to annul a registration (撤销登记事由): fraud, or a year without activity after the certificate. */
const revoke = defineRule<RevokeFacts, { readonly ground_for_revocation: boolean }>({
  id: "registry.revoke",
  on: (facts) => day(facts.today),
  versions: socialGroupVersions("29", (facts, tools) => {
    const kind = kindOf(facts.kind) ?? "social_group";
    const text = registrationText(kind, tools.on);
    const article = { law: cite(text, kind === "social_group" ? "29" : kind === "foundation" ? "41" : "24") };
    if (flag(facts.obtained_by_fraud) === true)
      return { ground_for_revocation: holds(tools, "obtained_by_fraud", true, "is", true, article) };
    const certificate = day(facts.certificate);
    const today = day(facts.today) ?? tools.on;
    // Only the regulations on social groups and foundations know the idle year.
    if (certificate === undefined || kind === "social_service_institution") return { ground_for_revocation: false };
    const idle = holds(tools, "activities_since", num(facts.activities_since), "=", 0, article);
    const yearOver = holds(tools, "today", today, ">", addMonths(certificate, 12), article);
    return { ground_for_revocation: idle && yearOver };
  }),
});

export const establishmentRules = [
  socialGroupEstablish,
  foundationEstablish,
  serviceInstitutionEstablish,
  deadline,
  change,
  deregister,
  revoke,
] as const;

class Verdict {
  readonly #reasons: string[] = [];
  readonly #unknown: string[] = [];

  ask(reason: string, met: boolean): void {
    if (!met) this.#reasons.push(reason);
  }

  unknown(field: string): void {
    this.#unknown.push(field);
  }

  demand(
    field: string,
    reason: string,
    value: boolean | undefined,
    tools: RuleTools,
    ground: { law: ReturnType<typeof cite> },
  ): void {
    if (value === undefined) this.unknown(field);
    else this.ask(reason, holds(tools, field, value, "is", true, ground));
  }

  answer(): Eligibility {
    return {
      eligible: this.#reasons.length === 0 && this.#unknown.length === 0,
      ...(this.#reasons.length > 0 ? { reasons: this.#reasons } : {}),
      ...(this.#unknown.length > 0 ? { unknown: this.#unknown } : {}),
    };
  }
}

function lateness(
  tools: RuleTools,
  start: string | undefined,
  applied: string | undefined,
  days: number,
  source: { document: Parameters<typeof cite>[0]; article: string; start: string },
): LateAnswer {
  if (start === undefined) return { unknown: [source.start] };
  const end = addDays(start, days);
  if (applied === undefined) return { deadline: end, unknown: ["applied"] };
  // Only an application after the literal day needs to know the holidays: Civil Code art. 203 moves the last day.
  const last = applied > end ? tools.calendar.nextWorkingDayOnOrAfter(end) : end;
  const inTime = holds(tools, "applied", applied, "<=", last, { law: cite(source.document, source.article) });
  return inTime
    ? { late: false, deadline: end }
    : { late: true, days_late: daysBetween(last, applied), deadline: last };
}
