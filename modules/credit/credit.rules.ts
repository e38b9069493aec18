import { cite, law } from "../../kernel/regulations/law.rules.ts";
import { holds } from "../../kernel/rule/condition.ts";
import { day, flag, given, list, str } from "../../kernel/rule/facts.ts";
import { defineRule } from "../../kernel/rule/rule.ts";
import { listingRules } from "./listing.rules.ts";
import { removalRules } from "./removal.rules.ts";

const from = law.credit.effectiveFrom;

export interface RecordInTimeFacts {
  readonly formed?: string;
  readonly entered?: string | null;
  readonly today?: string;
}

/** Whether a credit record was entered within 5 working days of its formation (信用信息录入期限), Order 60 art. 8. */
const recordInTime = defineRule<RecordInTimeFacts, { readonly on_time: boolean | null; readonly deadline?: string }>({
  id: "credit.record_in_time",
  on: (facts) => day(facts.formed),
  versions: [
    {
      from,
      citations: [cite(law.credit, "8")],
      decide: (facts, tools) => {
        const formed = day(facts.formed);
        if (formed === undefined) return { on_time: null };
        const deadline = tools.calendar.addWorkingDays(formed, 5);
        const entered = day(facts.entered) ?? day(facts.today);
        if (entered === undefined) return { on_time: null, deadline };
        const onTime = holds(tools, "entered", entered, "<=", deadline, { law: cite(law.credit, "8") });
        return onTime ? { on_time: true, deadline } : { on_time: false };
      },
    },
  ],
});

/** The four classes of the Beijing platform in the five national classes (信用信息四类对五类). */
const nationalClass: Readonly<Record<string, string>> = {
  基本信息: "基础信息",
  绩效信息: "年报信息+其他信息(评估等级,承接项目)",
  荣誉信息: "其他信息(表彰奖励)",
  失信信息: "行政检查信息+行政处罚信息+名录/名单",
};

export interface MapCategoriesFacts {
  readonly beijing?: readonly string[];
}

/** Local classes of credit information in the national ones (信用信息分类对照); an unknown class maps to null. */
const mapCategories = defineRule<MapCategoriesFacts, { readonly national: readonly (string | null)[] }>({
  id: "credit.map_categories",
  versions: [
    {
      from,
      citations: [cite(law.credit, "6"), cite(law.houseRules, "credit-classes")],
      decide: (facts) => ({ national: list(facts.beijing).map((one) => nationalClass[str(one) ?? ""] ?? null) }),
    },
  ],
});

export interface NoticeFacts {
  readonly notice_served?: string | null;
  readonly statement_received?: string | null;
  /** The statement was found right. */
  readonly accepted?: boolean;
  readonly deadline_passed?: boolean;
  readonly listed?: boolean;
  readonly objection?: string;
  readonly verified_wrong?: boolean;
  readonly today?: string;
}
interface NoticeAnswer {
  readonly list?: boolean;
  readonly close?: string;
  readonly may_list?: boolean;
  readonly deadline?: string;
  readonly correct?: boolean;
  readonly publish_correction?: boolean;
  readonly reason?: string;
}

/**
 * What may follow a prior notice of listing (列入前告知): nothing before the days for a statement are over, an accepted
 * statement closes the case, an objection may come at any time and an error is corrected in public.
 */
const notice = defineRule<NoticeFacts, NoticeAnswer>({
  id: "credit.notice",
  on: (facts) => day(facts.today) ?? day(facts.notice_served),
  versions: [
    {
      from,
      citations: [cite(law.credit, "10"), cite(law.credit, "18")],
      decide: (facts, tools) => {
        if (str(facts.objection) !== undefined || flag(facts.verified_wrong) !== undefined) {
          const wrong = holds(tools, "verified_wrong", flag(facts.verified_wrong), "is", true, {
            law: cite(law.credit, "18"),
          });
          return wrong ? { correct: true, publish_correction: true } : { correct: false };
        }
        const ground = { law: cite(law.credit, "10"), setting: "credit.statement-working-days" };
        const served = day(facts.notice_served);
        if (served === undefined) return { may_list: false, reason: "no_notice" };
        const heard = day(facts.statement_received) !== undefined;
        if (heard && flag(facts.accepted) === true) return { list: false, close: "依据不足" };
        // A statement that was heard and found wrong ends the waiting: the right was used.
        if (heard && flag(facts.accepted) === false) return { may_list: true };
        const days = Number(tools.setting("credit.statement-working-days"));
        if (flag(facts.deadline_passed) !== undefined)
          return { may_list: holds(tools, "deadline_passed", flag(facts.deadline_passed), "is", true, ground) };
        const deadline = tools.calendar.addWorkingDays(served, days);
        const today = day(facts.today);
        if (heard || today === undefined) return { may_list: false, deadline };
        const passed = holds(tools, "today", today, ">", deadline, ground);
        return passed ? { may_list: true } : { may_list: false, deadline };
      },
    },
  ],
});

export interface ListingAllowedFacts {
  readonly ground_proved?: boolean;
  readonly evidence?: boolean;
  readonly notice_served?: string | null;
  readonly statement_received?: string | null;
  readonly statement_considered?: boolean;
  readonly reasons?: boolean;
  readonly remedy_told?: boolean;
  readonly proposer?: string;
  readonly decider?: string;
  readonly today?: string;
}
interface ListingAllowedAnswer {
  readonly allowed: boolean;
  readonly missing: readonly string[];
  readonly statement_deadline?: string;
}

/** The steps that must lie behind a listing decision (列入决定前置步骤): what is missing is named, and nothing may be skipped. */
const listingAllowed = defineRule<ListingAllowedFacts, ListingAllowedAnswer>({
  id: "credit.listing_allowed",
  on: (facts) => day(facts.today),
  versions: [
    {
      from,
      citations: [cite(law.credit, "10"), cite(law.credit, "11"), cite(law.houseRules, "four-eyes")],
      decide: (facts, tools) => {
        const missing: string[] = [];
        const demand = (field: "ground_proved" | "evidence" | "reasons" | "remedy_told") => {
          if (!holds(tools, field, flag(facts[field]) ?? false, "is", true, { law: cite(law.credit, "10") }))
            missing.push(field);
        };
        demand("ground_proved");
        demand("evidence");
        const served = day(facts.notice_served);
        let deadline: string | undefined;
        if (served === undefined) missing.push("notice_served");
        else {
          deadline = tools.calendar.addWorkingDays(served, Number(tools.setting("credit.statement-working-days")));
          const heard = day(facts.statement_received) !== undefined;
          if (heard && flag(facts.statement_considered) !== true) missing.push("statement_considered");
          const over = holds(tools, "today", day(facts.today) ?? tools.on, ">", deadline, {
            law: cite(law.credit, "10"),
            setting: "credit.statement-working-days",
          });
          if (!heard && !over) missing.push("statement_period_over");
        }
        demand("reasons");
        demand("remedy_told");
        const proposer = str(facts.proposer);
        const sameHand = given(facts, "decider") && proposer !== undefined && proposer === facts.decider;
        if (sameHand && !holds(tools, "decider", proposer, "!=", proposer, { law: cite(law.houseRules, "four-eyes") }))
          missing.push("second_person");
        return { allowed: missing.length === 0, missing, ...(deadline ? { statement_deadline: deadline } : {}) };
      },
    },
  ],
});

export const rules = [...listingRules, ...removalRules, recordInTime, mapCategories, notice, listingAllowed] as const;
