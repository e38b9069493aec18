import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { holds } from "../../kernel/rule/condition.ts";
import { day, num, str } from "../../kernel/rule/facts.ts";
import { defineRule, type RuleTools } from "../../kernel/rule/rule.ts";
import { kindOf } from "./law.rules.ts";

export interface MeetingFacts {
  readonly kind?: string;
  /** "members" or "board". */
  readonly body?: string;
  readonly matter?: string;
  /** All who may vote: members, delegates or directors. */
  readonly entitled?: number;
  readonly directors?: number;
  readonly present?: number;
  readonly yes?: number;
  readonly on?: string;
}
export interface MeetingAnswer {
  readonly quorum: boolean | null;
  readonly passed: boolean | null;
}

/** Matters that a foundation's board decides by two thirds (特别决议事项), art. 21. */
const weighty = [
  "charter_amendment",
  "officers",
  "officer_election",
  "election_of_officers",
  "major_fundraising",
  "major_investment",
  "split",
  "merge",
  "merger",
  "dissolution",
];

/** A foundation's board meeting (基金会理事会会议): two thirds present, majority of those present, two thirds for weighty matters. */
const boardMeeting = defineRule<MeetingFacts, MeetingAnswer>({
  id: "foundation.board_meeting",
  versions: [
    {
      from: "2004-06-01",
      citations: [cite(law.foundations, "21")],
      decide: (facts, tools) => meet(tools, facts, foundationBoard(str(facts.matter))),
    },
  ],
});

/**
 * A meeting's votes against the quorum of its kind, body and matter (会议表决): foundations by art. 21; social groups and
 * service institutions by the model charters, membership fees by 民发〔2014〕166号.
 */
const meeting = defineRule<
  MeetingFacts,
  MeetingAnswer & { readonly needed_present?: number; readonly needed_yes?: number }
>({
  id: "governance.meeting",
  on: (facts) => day(facts.on),
  versions: [
    {
      from: "1998-10-25",
      citations: [cite(law.foundations, "21"), cite(law.associationFees, "1"), cite(law.houseRules, "governance")],
      decide: (facts, tools) => {
        const demand = meetingDemand(facts, tools);
        const entitled = num(facts.entitled) ?? num(facts.directors);
        const present = num(facts.present);
        return {
          ...meet(tools, facts, demand),
          ...(entitled === undefined
            ? {}
            : { needed_present: least(entitled, demand.presentShare, demand.presentMoreThan) }),
          ...(entitled === undefined || present === undefined
            ? {}
            : { needed_yes: least(demand.yesOf === "all" ? entitled : present, demand.yesShare, demand.yesMoreThan) }),
        };
      },
    },
  ],
});

/** What a meeting needs; `...MoreThan` excludes the share itself (过半数 as against 三分之二以上). */
interface MeetingDemand {
  readonly presentShare: readonly [number, number];
  readonly presentMoreThan: boolean;
  readonly yesShare: readonly [number, number];
  readonly yesMoreThan: boolean;
  readonly yesOf: "present" | "all";
  readonly article: Parameters<RuleTools["check"]>[0]["citation"];
  readonly setting?: string;
}

function foundationBoard(matter: string | undefined): MeetingDemand {
  const special = matter !== undefined && weighty.includes(matter);
  return {
    presentShare: [2, 3],
    presentMoreThan: false,
    yesShare: special ? [2, 3] : [1, 2],
    yesMoreThan: !special,
    yesOf: "present",
    article: cite(law.foundations, "21"),
  };
}

function meetingDemand(facts: MeetingFacts, tools: RuleTools): MeetingDemand {
  const kind = kindOf(facts.kind);
  const matter = str(facts.matter);
  const special = matter !== undefined && weighty.includes(matter);
  if (kind === "foundation") return foundationBoard(matter);
  const charter = cite(law.houseRules, "governance");
  if (kind === "social_service_institution") {
    const quorum = Number(tools.setting("governance.service-institution-quorum"));
    return {
      presentShare: [Math.round(quorum * 1000), 1000],
      presentMoreThan: false,
      yesShare: special ? [2, 3] : [1, 2],
      yesMoreThan: !special,
      yesOf: "all",
      article: charter,
      setting: "governance.service-institution-quorum",
    };
  }
  const board = str(facts.body) === "board";
  return {
    presentShare: [2, 3],
    presentMoreThan: false,
    yesShare: board || special ? [2, 3] : [1, 2],
    yesMoreThan: !(board || special),
    yesOf: "present",
    article: matter === "fee" || matter === "membership_fee" ? cite(law.associationFees, "1") : charter,
  };
}

function meet(tools: RuleTools, facts: MeetingFacts, demand: MeetingDemand): MeetingAnswer {
  const entitled = num(facts.entitled) ?? num(facts.directors);
  const present = num(facts.present);
  const yes = num(facts.yes);
  if (entitled === undefined || present === undefined) return { quorum: null, passed: null };
  const ground = { law: demand.article, ...(demand.setting ? { setting: demand.setting } : {}) };
  const quorum = holds(
    tools,
    "present",
    present,
    ">=",
    least(entitled, demand.presentShare, demand.presentMoreThan),
    ground,
  );
  if (!quorum) return { quorum, passed: false };
  if (yes === undefined) return { quorum, passed: null };
  const votes = demand.yesOf === "all" ? entitled : present;
  return { quorum, passed: holds(tools, "yes", yes, ">=", least(votes, demand.yesShare, demand.yesMoreThan), ground) };
}

/** The smallest whole number that reaches a share of the total, or exceeds it. */
function least(total: number, [part, whole]: readonly [number, number], moreThan: boolean): number {
  const exact = total * part;
  return moreThan ? Math.floor(exact / whole) + 1 : Math.ceil(exact / whole);
}

export const meetingRules = [boardMeeting, meeting] as const;
