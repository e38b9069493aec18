import type { Context } from "../../../kernel/operation/context.ts";
import { decideRule } from "../../../kernel/rule/decide.ts";
import type { Decision } from "../../../kernel/rule/rule.ts";
import { decide } from "../../../kernel/rule/store.ts";
import type { Establishment } from "../applications.contract.ts";
import { type Eligibility, establishmentRules } from "../establishment.rules.ts";
import { governanceRules } from "../governance.rules.ts";
import type { ApplicationRow } from "./applications.store.ts";

const [socialGroup, foundation, serviceInstitution] = establishmentRules;
const legalRepresentative = governanceRules[1];

/** Facts of the condition rule of each kind; money in yuan as the rules take it. */
function factsFor(application: ApplicationRow, consented: boolean, on: string) {
  const facts = application.facts as unknown as Establishment;
  const yuan = facts.fundsFen / 100;
  return {
    social_group: {
      individual_members: facts.individualMembers,
      unit_members: facts.unitMembers,
      activity_fund: yuan,
      scope: facts.level,
      has_domicile: facts.domicile !== "",
      full_time_staff: facts.staff,
      supervisor_approval: consented,
      direct_registration: facts.directRegistration,
      on,
    },
    foundation: {
      original_fund: yuan,
      public_fundraising: facts.publicFundraising ?? false,
      scope: facts.level,
      cash_in_bank: facts.cashInBank,
      directors: facts.directors,
      term_years: facts.termYears,
      on,
    },
    social_service_institution: {
      start_up_assets: yuan,
      has_domicile: facts.domicile !== "",
      staff: facts.staff,
      supervisor_approval: consented,
      direct_registration: facts.directRegistration,
      non_state_assets: facts.nonStateAssets,
      on,
    },
  } as const;
}

type Decided = Decision<Eligibility>;

function stored(ctx: Context<never>, application: ApplicationRow, on: string): { id: string; decision: Decided } {
  const facts = factsFor(application, application.facts.directRegistration === true || consented(application), on);
  const about = { subject: application.id, home: application.home_code, division: application.division_code, on };
  if (application.kind === "foundation") return decide(ctx, foundation, facts.foundation, about);
  if (application.kind === "social_service_institution")
    return decide(ctx, serviceInstitution, facts.social_service_institution, about);
  return decide(ctx, socialGroup, facts.social_group, about);
}

function consented(application: ApplicationRow): boolean {
  return typeof application.facts.consentedOn === "string";
}

/** What the rules say of an application (条件判断). */
export interface Conditions {
  readonly eligible: boolean;
  readonly reasons: readonly string[];
  readonly unknown: readonly string[];
  readonly rule: string;
  readonly articles: readonly string[];
  readonly decisionId: string;
}

/** Decides the conditions of setting up and keeps the decisions: the kind's own rule, and who may represent it. */
export function decideConditions(ctx: Context<never>, application: ApplicationRow, on: string): Conditions {
  const { id, decision } = stored(ctx, application, on);
  const facts = application.facts as unknown as Establishment;
  const others = facts.legalRepresentativeOf ?? [];
  const about = { subject: application.id, home: application.home_code, division: application.division_code, on };
  const person = decide(
    ctx,
    legalRepresentative,
    {
      kind: application.kind,
      person_is_legal_rep_of_other_social_group: others.length > 0,
      person_is_legal_rep_of: others.length > 0 ? others : undefined,
      on,
    },
    about,
  );
  const reasons = [
    ...(decision.output.reasons ?? []),
    ...(person.decision.output.allowed ? [] : ["legal_representative"]),
  ];
  return {
    eligible: reasons.length === 0 && (decision.output.unknown ?? []).length === 0,
    reasons,
    unknown: decision.output.unknown ?? [],
    rule: decision.rule,
    articles: [...decision.citations, ...(person.decision.output.allowed ? [] : person.decision.citations)].map(
      (one) => `${one.document} ${one.article}`,
    ),
    decisionId: id,
  };
}

/** What the condition rule says today, without keeping it: for the page of the application. */
export function conditionsOf(ctx: Context<never>, application: ApplicationRow): Decided | undefined {
  if (application.purpose !== "registration") return undefined;
  const facts = factsFor(
    application,
    application.facts.directRegistration === true || consented(application),
    ctx.today,
  );
  const options = {
    on: ctx.today,
    today: ctx.today,
    settings: (id: string, date: string) => ctx.house.settings.on(id, date, application.division_code),
    calendar: ctx.house.calendar(),
  };
  if (application.kind === "foundation") return decideRule(foundation, facts.foundation, options);
  if (application.kind === "social_service_institution")
    return decideRule(serviceInstitution, facts.social_service_institution, options);
  return decideRule(socialGroup, facts.social_group, options);
}
