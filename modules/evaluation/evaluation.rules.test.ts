import { expect, it } from "vitest";
import { asker } from "../../kernel/rule/testing.ts";
import { rules } from "./evaluation.rules.ts";
import { settings } from "./evaluation.settings.ts";

const { ask } = asker(rules, settings);
const term = { from: "2027-01-01", to: "2031-12-31" };
const two = { old: { from: "2022-06-01", to: "2027-05-31", grade: "3A" }, new: { ...term, grade: "4A" } };

it.each([
  ["grade.validity", { announced: "2026-03-01", grade: "3A" }, term],
  ["grade.validity", { announced: "2024-02-29", grade: "3A" }, { from: "2024-02-29", to: "2029-02-27" }],
  ["grade.validity", { announced: "2026-02-28", grade: "5A" }, { from: "2026-02-28", to: "2031-02-27" }],
  ["grade.validity", {}, { from: null, to: null }],
  ["grade.active_on", { announced: "2026-06-15", grade: "4A", on: "2027-01-01" }, { active: true }],
  [
    "grade.active_on",
    { announced: "2026-06-15", grade: "4A", on: "2032-01-01" },
    { active: false, shown_as: "已失效" },
  ],
  ["grade.active_on", { announced: "2023-08-30", grade: "5A", on: "2028-08-29" }, { active: true }],
  [
    "grade.active_on",
    { announced: "2023-08-30", grade: "5A", on: "2028-08-30" },
    { active: false, shown_as: "已失效" },
  ],
  ["grade.active_on", { ...term, cancelled: "2029-04-01", on: "2029-03-31" }, { active: true }],
  ["grade.active_on", { ...two, on: "2026-12-31" }, { grade: "3A" }],
  ["grade.active_on", { ...two, on: "2027-01-01" }, { grade: "4A" }],
  ["grade.active_on", { ...two, on: "2032-01-01" }, { grade: null }],
  ["grade.active_on", { on: "2027-01-01" }, { active: null }],
  ["grade.reapply", { ...term, apply: "2028-12-31" }, { allowed: true, simplified_site_review: true }],
  ["grade.reapply", { ...term, apply: "2029-01-01" }, { allowed: true, simplified_site_review: false }],
  ["grade.reapply", { ...term, apply: "2030-12-31" }, { allowed: true, simplified_site_review: false }],
  ["grade.reapply", { ...term, apply: "2031-01-01" }, { allowed: false }],
  ["grade.reapply", { from: "2020-06-01", to: "2025-05-31", apply: "2023-05-31" }, { allowed: false }],
  ["grade.reapply", { from: "2020-06-01", to: "2025-05-31", apply: "2023-06-01" }, { allowed: true }],
  ["grade.reapply", {}, { allowed: false }],
  [
    "grade.eligibility",
    { regime: "2011", full_years_since_registration: 1, never_assessed: true },
    { eligible: false },
  ],
  ["grade.eligibility", { regime: "2011", last_two_annual: ["合格", "基本合格"] }, { eligible: true }],
  ["grade.eligibility", { regime: "2011", last_two_annual: ["合格", "不合格"] }, { eligible: false }],
  ["grade.eligibility", { regime: "2026", last_two_annual: ["合格", "不合格"] }, { eligible: true }],
  ["grade.eligibility", { regime: "2011", penalised_last_year: true }, { eligible: false }],
  ["grade.eligibility", { regime: "2026", penalised_last_year: true }, { eligible: true }],
  ["grade.eligibility", { regime: "2026", in_serious_list: true }, { eligible: false }],
  ["grade.eligibility", { scope: "national", in_abnormal_list: false }, { eligible: true }],
  ["grade.eligibility", { regime: "2026", years_since_lowered: 1 }, { eligible: false }],
  ["grade.eligibility", { regime: "2026", years_since_cancelled: 3 }, { eligible: true }],
  ["grade.eligibility", { regime: "2011", never_assessed: false, grade_expired: false }, { eligible: false }],
  ["grade.score_to_grade", { score: 951 }, { grade: "5A" }],
  ["grade.score_to_grade", { score: 901 }, { grade: "4A" }],
  ["grade.score_to_grade", { score: 851 }, { grade: "3A" }],
  ["grade.score_to_grade", { score: 0 }, { grade: "1A" }],
  ["grade.score_to_grade", {}, { grade: null }],
  [
    "grade.track",
    { grade: "5A", random_selected_for_tracking: true, found_score: 940 },
    { new_grade: "4A", reason: "跟踪评估调整" },
  ],
  ["grade.track", { grade: "4A", random_selected_for_tracking: true, found_score: 990 }, { new_grade: "4A" }],
  ["grade.track", { grade: "3A", random_selected_for_tracking: true, found_score: 100 }, { new_grade: "3A" }],
  ["grade.track", { grade: "3A", event_driven: true, found_score: 100 }, { new_grade: "1A", reason: "核查评估调整" }],
  ["grade.panel_recusal", { assessor_left_org_months_ago: 24 }, { must_recuse: false }],
  ["grade.panel_recusal", { near_relative: true }, { must_recuse: true }],
  [
    "grade.review_decision",
    { appeal_within_publicity: true, votes_for: 4, members: 8 },
    { passed: false, written_reply_within_days: 15 },
  ],
  [
    "grade.review_decision",
    { appeal_within_publicity: false, votes_for: 9, members: 9 },
    { passed: false, reason: "appeal_too_late" },
  ],
])("%s %j", (rule, facts, expected) => expect(ask(rule, facts)).toEqual(expected));
