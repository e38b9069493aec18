import { addDays } from "../../kernel/clock/date.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { holds } from "../../kernel/rule/condition.ts";
import { day, flag, given, list, num, str } from "../../kernel/rule/facts.ts";
import { type AnyRule, defineRule, type RuleTools } from "../../kernel/rule/rule.ts";
import { formatPercent } from "../../kernel/text/figures.ts";
import { specialDifficulty } from "../people/index.ts";

/** Classes as lists from villages name them, beside the codes. */
const classNames: Readonly<Record<string, string>> = {
  独居: "living_alone",
  空巢: "empty_nest",
  留守: "left_behind",
  失能: "disabled_self_care",
  重残: "severely_disabled",
  计划生育特殊家庭: "family_planning_special",
};

const opinion = "2022-10-20";
const objects = cite(law.elderVisits, "objects");
const frequency = cite(law.elderVisits, "frequency");
const elderly = cite(law.elderRights, "2");
const conventions = (article: string) => cite(law.houseRules, article);

interface ScopeFacts {
  readonly age?: number;
  readonly category?: string;
  readonly categories?: readonly string[];
}

/** Who is owed visits (探访对象): 60 and over, and of one of the six groups of the opinion. */
export const scopeRule = defineRule<ScopeFacts, { readonly in_scope: boolean }>({
  id: "visit.scope",
  versions: [
    {
      from: opinion,
      citations: [objects, elderly],
      decide: (facts, tools) => {
        const named = [str(facts.category), ...list(facts.categories).map(str)].flatMap((one) => (one ? [one] : []));
        const codes = named.map((one) => (Object.hasOwn(classNames, one) ? classNames[one] : one));
        const one = codes.find((code) => specialDifficulty.some((known) => known === code));
        const old = holds(tools, "age", num(facts.age), ">=", Number(tools.setting("visiting-care.elder-age")), {
          law: elderly,
          setting: "visiting-care.elder-age",
        });
        const special = holds(tools, "category", one ?? codes[0], "in", specialDifficulty, { law: objects });
        return { in_scope: old && special };
      },
    },
  ],
});

/** How often (频次): so many times a week, a month or a quarter. */
export interface Frequency {
  readonly per: "week" | "month" | "quarter";
  readonly min: number;
}

interface FrequencyFacts {
  readonly risk?: string;
  readonly special_difficulty?: boolean;
  readonly province?: string;
  readonly year?: number;
}

function frequencyOf(visits: number): Frequency {
  if (visits >= 52) return { per: "week", min: Math.max(1, Math.floor(visits / 52)) };
  if (visits >= 12) return { per: "month", min: Math.floor(visits / 12) };
  return { per: "quarter", min: Math.max(1, Math.floor(visits / 4)) };
}

const perYear = { week: 52, month: 12, quarter: 4 } as const;
const often = (one: Frequency) => perYear[one.per] * one.min;

const risks: Readonly<Record<string, string>> = {
  high: "visiting-care.high-visits-a-year",
  key: "visiting-care.key-visits-a-year",
  general: "visiting-care.general-visits-a-year",
};

/** Provinces with a floor of their own: at least monthly, and more in extreme weather and at festivals. */
const monthlyProvinces: ReadonlySet<string> = new Set(["青海", "青海省", "63"]);

/**
 * How often at least (最低频次): by risk as the place has set it, never below once a month for the six groups from 2025 on
 * (the national goal wins over a quarterly floor), nor below the floor of the province.
 */
export const frequencyRule = defineRule<FrequencyFacts, Frequency & { readonly extra_on?: readonly string[] }>({
  id: "visit.min_frequency",
  on: (facts) => {
    const year = num(facts.year);
    return year !== undefined && Number.isInteger(year) && year >= 1990 && year <= 2100 ? `${year}-12-31` : undefined;
  },
  versions: [
    {
      from: opinion,
      citations: [frequency],
      decide: (facts, tools) => {
        const setting = risks[str(facts.risk) ?? ""] ?? "visiting-care.general-visits-a-year";
        let least = frequencyOf(Number(tools.setting(setting)));
        const goal = { per: "month", min: Number(tools.setting("visiting-care.special-monthly-floor")) } as const;
        const special = holds(tools, "special_difficulty", flag(facts.special_difficulty), "=", true, {
          law: frequency,
          setting: "visiting-care.special-monthly-floor",
        });
        if (special && goal.min > 0 && often(goal) > often(least)) least = goal;
        const province = str(facts.province);
        if (province === undefined || !monthlyProvinces.has(province)) return least;
        const floor = { per: "month", min: 1 } as const;
        return { ...(often(floor) > often(least) ? floor : least), extra_on: ["极端天气", "传统节日"] };
      },
    },
  ],
});

interface EventFacts {
  readonly risk?: string;
  readonly major_event_at?: string;
}

/** By when to visit after a major event (重大变故后探访): local minutes as written, "YYYY-MM-DDTHH:MM". */
export const afterEventRule = defineRule<EventFacts, { readonly visit_by: string | null }>({
  id: "visit.after_event",
  on: (facts) => day(str(facts.major_event_at)?.slice(0, 10)),
  versions: [
    {
      from: opinion,
      citations: [frequency],
      decide: (facts, tools) => {
        const at = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})/.exec(str(facts.major_event_at) ?? "");
        const hours = Number(tools.setting("visiting-care.after-event-hours"));
        const high = holds(tools, "risk", str(facts.risk), "=", "high", {
          law: frequency,
          setting: "visiting-care.after-event-hours",
        });
        const on = day(at?.[1]);
        if (!high || !at || !on) return { visit_by: null };
        const hour = Number(at[2]) + hours;
        const clock = `${String(hour % 24).padStart(2, "0")}:${at[3]}`;
        return { visit_by: `${addDays(on, Math.floor(hour / 24))}T${clock}` };
      },
    },
  ],
});

/** What is known of a visit; `met` is how the product records it, the others how lists and other systems write it. */
export interface CountsFacts {
  readonly mode?: string;
  readonly met?: string;
  readonly met_person?: boolean;
  readonly neighbour_confirms?: boolean;
  readonly answered?: boolean;
  readonly answered_by?: string;
  readonly device_online?: boolean;
  readonly activity_seen?: boolean;
  readonly recorded_offline?: string;
  readonly synced?: string;
  readonly visited_on?: string;
}

interface Counts {
  readonly counts?: boolean;
  readonly next?: string;
  readonly counts_in_month?: string;
}

const answering: ReadonlySet<string> = new Set(["the person", "person", "the carer", "carer"]);

function valid(facts: CountsFacts, tools: RuleTools): boolean {
  const law_ = { law: conventions("visit-counts") };
  const mode = str(facts.mode);
  const met = str(facts.met);
  if (mode === "remote_monitoring" || mode === "remote")
    return [
      holds(tools, "device_online", flag(facts.device_online), "=", true, law_),
      holds(tools, "activity_seen", flag(facts.activity_seen), "=", true, law_),
    ].every(Boolean);
  if (mode === "phone" || mode === "video") {
    const by = str(facts.answered_by) ?? met ?? (flag(facts.answered) === true ? "person" : "nobody");
    return holds(tools, "answered_by", by, "in", [...answering], law_);
  }
  if (mode === "home") {
    const seen = flag(facts.met_person) ?? (met === undefined ? undefined : met === "person");
    return holds(tools, "met_person", seen, "=", true, law_);
  }
  return holds(tools, "mode", mode, "in", ["home", "phone", "video", "remote"], law_);
}

/**
 * Whether a visit counts (探访是否有效): at home when the person was met, by phone or video when the person or the carer
 * answered, by a device when it was online and saw activity. A neighbour's word is an attempt. It counts in the month of
 * the act, never in that of the upload.
 */
export const countsRule = defineRule<CountsFacts, Counts>({
  id: "visit.counts",
  on: (facts) => day(facts.visited_on) ?? day(str(facts.recorded_offline)?.slice(0, 10)),
  versions: [
    {
      from: opinion,
      citations: [cite(law.elderVisits, "modes"), conventions("visit-counts")],
      decide: (facts, tools) => {
        const counts = valid(facts, tools);
        const on = day(str(facts.recorded_offline)?.slice(0, 10));
        if (on !== undefined && counts) return { counts_in_month: on.slice(0, 7) };
        const mode = str(facts.mode);
        if (counts || (mode !== "phone" && mode !== "video")) return { counts };
        return { counts, next: `retry; after ${tools.setting("visiting-care.phone-tries")} failures home visit task` };
      },
    },
  ],
});

interface RateFacts {
  readonly enrolled?: number;
  readonly visited_distinct?: number;
  readonly refused_service?: number;
  readonly closed_after_visit?: number;
  readonly month?: string;
}

interface Rate {
  readonly rate: string | null;
  readonly met_2025_target?: false;
  readonly refused_shown?: number;
}

/** The share as printed (月探访率): cut to one decimal, so that nobody missed hides behind 100.0%; null without a base. */
export function printRate(visited: number, base: number): string | null {
  return base > 0 ? formatPercent(visited, base, { floor: true }) : null;
}

const whole = (value: unknown): number => {
  const number = num(value);
  return number !== undefined && Number.isSafeInteger(number) && number >= 0 ? number : 0;
};

/**
 * Monthly visit rate (月探访率): people with a valid visit ÷ those enrolled on the last day, less refusals, plus those
 * closed in the month after a visit.
 */
export const monthlyRateRule = defineRule<RateFacts, Rate>({
  id: "visit.monthly_rate",
  on: (facts) => day(`${str(facts.month) ?? ""}-01`),
  versions: [
    {
      from: opinion,
      citations: [cite(law.elderVisits, "goals"), conventions("floored-rates")],
      decide: (facts, tools) => {
        const base = Math.max(
          0,
          whole(facts.enrolled) - whole(facts.refused_service) + whole(facts.closed_after_visit),
        );
        const visited = whole(facts.visited_distinct);
        const rate = printRate(visited, base);
        const goal = Number(tools.setting("visiting-care.monthly-goal"));
        const met =
          goal === 0 ||
          rate === null ||
          holds(tools, "share", visited / base, ">=", goal, {
            law: cite(law.elderVisits, "goals"),
            setting: "visiting-care.monthly-goal",
          });
        return {
          rate,
          ...(met ? {} : { met_2025_target: false as const }),
          ...(given(facts, "refused_service") ? { refused_shown: whole(facts.refused_service) } : {}),
        };
      },
    },
  ],
});

const stages = [
  { from: opinion, to: "2024-01-01", goal: "mechanism basically established" },
  { from: "2024-01-01", to: "2025-01-01", goal: "visiting care generally carried out" },
  { from: "2025-01-01", goal: "monthly visit rate 100%; disabled elderly effectively helped" },
] as const;

/** The goal of a year (阶段目标): 2023 mechanism, 2024 generally carried out, 2025 and after every person every month. */
export const policyStageRule = defineRule<{ readonly date?: string }, { readonly goal: string }>({
  id: "visit.policy_stage",
  on: (facts) => day(facts.date),
  versions: [stageVersion(stages[0]), stageVersion(stages[1]), stageVersion(stages[2])],
});

function stageVersion(stage: { readonly from: string; readonly to?: string; readonly goal: string }) {
  return {
    from: stage.from,
    ...("to" in stage ? { to: stage.to } : {}),
    citations: [cite(law.elderVisits, "goals")] as const,
    decide: () => ({ goal: stage.goal }),
  };
}

/** Rules of visits and enrolment. */
export const rules: readonly AnyRule[] = [
  scopeRule,
  frequencyRule,
  afterEventRule,
  countsRule,
  monthlyRateRule,
  policyStageRule,
];
