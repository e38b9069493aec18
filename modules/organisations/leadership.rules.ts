import { addYears, daysBetween } from "../../kernel/clock/date.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { holds } from "../../kernel/rule/condition.ts";
import { day, flag, list, num, record, str } from "../../kernel/rule/facts.ts";
import { type Citation, defineRule, type RuleTools } from "../../kernel/rule/rule.ts";
import { kindOf, type OrganisationKind, registrationText, socialGroupVersions } from "./law.rules.ts";

export interface OverdueFacts {
  readonly last_election?: string;
  readonly term_years?: number;
  readonly today?: string;
}

/** Whether an election is overdue (逾期换届), by the charter's term or the longest usual one. */
const overdue = defineRule<OverdueFacts, { readonly overdue: boolean | null; readonly days_overdue?: number }>({
  id: "leadership.overdue",
  on: (facts) => day(facts.today),
  versions: [
    {
      from: "1998-10-25",
      citations: [cite(law.houseRules, "leadership")],
      decide: (facts, tools) => {
        const elected = day(facts.last_election);
        if (elected === undefined) return { overdue: null };
        const longest = Number(tools.setting("leadership.max-term-years"));
        const own = num(facts.term_years);
        const years = own !== undefined && Number.isInteger(own) && own > 0 ? own : longest;
        const due = addYears(elected, years);
        const today = day(facts.today) ?? tools.on;
        if (!holds(tools, "today", today, ">", due, { setting: "leadership.max-term-years" }))
          return { overdue: false };
        return { overdue: true, days_overdue: daysBetween(due, today) };
      },
    },
  ],
});

export interface LeadershipCaseFacts {
  readonly kind?: string;
  readonly candidate_age?: number;
  readonly terms_served?: number;
  readonly proposed_third?: boolean;
  readonly days_to_term_end?: number;
  readonly candidate_is_legal_rep_of_revoked_org_years_ago?: number;
  readonly audit_report?: boolean;
  readonly meeting_minutes?: boolean;
  readonly quorum?: boolean;
  readonly on?: string;
}
interface LeadershipCaseAnswer {
  readonly warning?: string;
  readonly warnings?: readonly string[];
  readonly reminder?: boolean;
  readonly blocked?: boolean;
  readonly accept?: boolean;
}

/** One look at a change of leadership (换届审查): warnings, bars, reminder and whether the papers are complete. */
const leadershipCase = defineRule<LeadershipCaseFacts, LeadershipCaseAnswer>({
  id: "leadership.case",
  on: (facts) => day(facts.on),
  versions: socialGroupVersions("27", (facts, tools) => {
    const warnings: string[] = [];
    const age = num(facts.candidate_age);
    const oldest = Number(tools.setting("leadership.max-age"));
    if (age !== undefined && !holds(tools, "candidate_age", age, "<=", oldest, { setting: "leadership.max-age" }))
      warnings.push(`over_${oldest}`);
    const served = num(facts.terms_served);
    const most = Number(tools.setting("leadership.max-terms"));
    if (served !== undefined) {
      // Without the proposal field the candidate is taken to stand again: that is what the check is asked for.
      const terms = flag(facts.proposed_third) === false ? served : served + 1;
      if (!holds(tools, "terms", terms, "<=", most, { setting: "leadership.max-terms" }))
        warnings.push(most === 2 ? "more_than_two_terms" : `more_than_${most}_terms`);
    } else if (flag(facts.proposed_third) === true) warnings.push("more_than_two_terms");

    const left = num(facts.days_to_term_end);
    const remind = Number(tools.setting("leadership.remind-days"));
    const years = num(facts.candidate_is_legal_rep_of_revoked_org_years_ago);
    const kind = kindOf(facts.kind) ?? "social_group";
    const audit = {
      law: cite(registrationText(kind, tools.on), kind === "foundation" ? "37" : kind === "social_group" ? "27" : "22"),
    };
    const papers = (["audit_report", "meeting_minutes", "quorum"] as const).filter(
      (field) => flag(facts[field]) !== undefined,
    );
    return {
      ...(warnings.length > 0 ? { warning: warnings[0] ?? "" } : {}),
      ...(warnings.length > 1 ? { warnings } : {}),
      ...(left === undefined
        ? {}
        : { reminder: holds(tools, "days_to_term_end", left, "<=", remind, { setting: "leadership.remind-days" }) }),
      ...(years === undefined
        ? {}
        : {
            blocked: !holds(tools, "candidate_is_legal_rep_of_revoked_org_years_ago", years, ">=", 5, {
              law: charityBar(tools.on),
            }),
          }),
      ...(papers.length === 0
        ? {}
        : { accept: papers.map((field) => holds(tools, field, flag(facts[field]), "is", true, audit)).every(Boolean) }),
    };
  }),
});

export interface OfficerBarFacts {
  readonly kind?: string;
  /** legal_representative, chair, vice_chair, secretary_general, director, supervisor. */
  readonly role?: string;
  readonly charity?: boolean;
  readonly person?: OfficerPerson;
  readonly on?: string;
}

/** What is known of a candidate; dates are calendar dates, ages and terms whole numbers. */
export interface OfficerPerson {
  readonly age?: number;
  readonly full_civil_capacity?: boolean;
  readonly deprived_political_rights_ever?: boolean;
  readonly serving_civil_servant?: boolean;
  readonly party_state_leader_without_approval?: boolean;
  readonly legal_rep_of?: readonly string[];
  readonly legal_rep_of_social_group?: boolean;
  readonly sentence_served_on?: string;
  readonly intentional_crime?: boolean;
  readonly headed_revoked_organisation_on?: string;
  readonly near_relative_of_director?: boolean;
  readonly also_director?: boolean;
  readonly also_accountant?: boolean;
  readonly terms_served?: number;
  readonly mainland_resident?: boolean;
  readonly on_serious_list_as_responsible?: boolean;
}

export interface OfficerBar {
  readonly bar: string;
  /** `refuse` when the law bars the person, `warn` when a model charter or practice advises against. */
  readonly effect: "refuse" | "warn";
  readonly citation?: Citation;
  readonly setting?: string;
}
export interface OfficerBarsAnswer {
  readonly allowed: boolean;
  readonly bars: readonly OfficerBar[];
}

/** Every bar against a person taking an office, with its article (负责人任职限制). */
const officerBars = defineRule<OfficerBarFacts, OfficerBarsAnswer>({
  id: "organisations.officer_bars",
  on: (facts) => day(facts.on),
  versions: [
    {
      from: "1998-10-25",
      citations: [
        cite(law.foundations, "23"),
        cite(law.serviceInstitutions, "11"),
        cite(law.socialGroups2016, "13"),
        cite(law.charity2024, "16"),
      ],
      decide: (facts, tools) => {
        const person = record(facts.person);
        const kind = kindOf(facts.kind) ?? "social_group";
        const role = str(facts.role) ?? "director";
        const bars = [
          ...capacityBars(tools, kind, person),
          ...(kind === "foundation" ? foundationBars(tools, role, person) : []),
          ...(kind === "social_group" ? socialGroupBars(tools, role, person) : []),
          ...(flag(facts.charity) === true ? charityBars(tools, person) : []),
          ...practiceBars(tools, role, person),
        ];
        return { allowed: !bars.some((bar) => bar.effect === "refuse"), bars };
      },
    },
  ],
});

type Person = Readonly<Record<string, unknown>>;

const chief = ["legal_representative", "chair", "vice_chair", "secretary_general"];

function capacityBars(tools: RuleTools, kind: OrganisationKind, person: Person): OfficerBar[] {
  const text = registrationText(kind, tools.on);
  const article =
    kind === "foundation" ? cite(text, "23") : kind === "social_group" ? cite(text, "13", "3") : cite(text, "11", "4");
  return [
    ...refused(
      tools,
      "full_civil_capacity",
      flag(person.full_civil_capacity) ?? true,
      true,
      "without_full_capacity",
      article,
    ),
    ...refused(
      tools,
      "deprived_political_rights_ever",
      flag(person.deprived_political_rights_ever) ?? false,
      false,
      "deprived_political_rights",
      article,
    ),
  ];
}

function foundationBars(tools: RuleTools, role: string, person: Person): OfficerBar[] {
  const article23 = cite(law.foundations, "23");
  const article22 = cite(law.foundations, "22");
  if (role === "supervisor")
    return [
      ...refused(
        tools,
        "also_director",
        flag(person.also_director) ?? false,
        false,
        "supervisor_is_director",
        article22,
      ),
      ...refused(
        tools,
        "near_relative_of_director",
        flag(person.near_relative_of_director) ?? false,
        false,
        "supervisor_related_to_director",
        article22,
      ),
      ...refused(
        tools,
        "also_accountant",
        flag(person.also_accountant) ?? false,
        false,
        "supervisor_is_accountant",
        article22,
      ),
    ];
  const bars: OfficerBar[] = [];
  if (chief.includes(role)) {
    bars.push(
      ...refused(
        tools,
        "serving_civil_servant",
        flag(person.serving_civil_servant) ?? false,
        false,
        "serving_civil_servant",
        article23,
      ),
    );
    bars.push(
      ...recent(tools, "sentence_served_on", day(person.sentence_served_on), "sentence_within_5_years", article23),
    );
    bars.push(
      ...recent(
        tools,
        "headed_revoked_organisation_on",
        day(person.headed_revoked_organisation_on),
        "headed_revoked_within_5_years",
        article23,
      ),
    );
  }
  if (role === "legal_representative" || role === "chair") {
    const elsewhere = list(person.legal_rep_of).length > 0 || flag(person.legal_rep_of_social_group) === true;
    bars.push(...refused(tools, "legal_rep_of", elsewhere, false, "legal_representative_elsewhere", article23));
  }
  return bars;
}

function socialGroupBars(tools: RuleTools, role: string, person: Person): OfficerBar[] {
  if (role !== "legal_representative") return [];
  const article = cite(registrationText("social_group", tools.on), "12");
  return refused(
    tools,
    "legal_rep_of_social_group",
    flag(person.legal_rep_of_social_group) ?? false,
    false,
    "legal_representative_of_social_group",
    article,
  );
}

function charityBars(tools: RuleTools, person: Person): OfficerBar[] {
  const article = charityBar(tools.on);
  const crime = flag(person.intentional_crime) !== false ? day(person.sentence_served_on) : undefined;
  return [
    ...recent(tools, "sentence_served_on", crime, "charity_sentence_within_5_years", article),
    ...recent(
      tools,
      "headed_revoked_organisation_on",
      day(person.headed_revoked_organisation_on),
      "charity_headed_revoked_within_5_years",
      article,
    ),
  ];
}

function practiceBars(tools: RuleTools, role: string, person: Person): OfficerBar[] {
  if (!chief.includes(role)) return [];
  const bars: OfficerBar[] = [];
  const advise = (bar: string, setting?: string) => bars.push({ bar, effect: "warn", ...(setting ? { setting } : {}) });
  const age = num(person.age);
  const oldest = Number(tools.setting("leadership.max-age"));
  if (age !== undefined && !holds(tools, "age", age, "<=", oldest, { setting: "leadership.max-age" }))
    advise("over_age", "leadership.max-age");
  const served = num(person.terms_served);
  const most = Number(tools.setting("leadership.max-terms"));
  if (served !== undefined && !holds(tools, "terms_served", served, "<", most, { setting: "leadership.max-terms" }))
    advise("too_many_terms", "leadership.max-terms");
  if (flag(person.party_state_leader_without_approval) === true) advise("party_state_leader_without_approval");
  if (flag(person.serving_civil_servant) === true) advise("civil_servant_needs_approval");
  if (flag(person.on_serious_list_as_responsible) === true) advise("responsible_for_serious_listing");
  return bars;
}

function refused(
  tools: RuleTools,
  field: string,
  value: boolean,
  wanted: boolean,
  bar: string,
  citation: Citation,
): OfficerBar[] {
  return holds(tools, field, value, "is", wanted, { law: citation }) ? [] : [{ bar, effect: "refuse", citation }];
}

/** Five full years must have passed since the event. */
function recent(
  tools: RuleTools,
  field: string,
  on: string | undefined,
  bar: string,
  citation: Citation,
): OfficerBar[] {
  if (on === undefined) return [];
  return holds(tools, `${field}_plus_5_years`, addYears(on, 5), "<=", tools.on, { law: citation })
    ? []
    : [{ bar, effect: "refuse", citation }];
}

function charityBar(on: string): Citation {
  return cite(on >= law.charity2024.effectiveFrom ? law.charity2024 : law.charity2016, "16");
}

export const leadershipRules = [overdue, leadershipCase, officerBars] as const;
