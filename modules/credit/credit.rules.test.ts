import { describe, expect, it } from "vitest";
import { asker } from "../../kernel/rule/testing.ts";
import { rules } from "./credit.rules.ts";
import { settings } from "./credit.settings.ts";

const { ask, decide } = asker(rules, settings);

describe("credit.abnormal_list", () => {
  it.each([
    [{ annual_report: "on_time" }, { list: false }],
    [{ annual_report: "missing" }, { list: true, ground: "annual_report" }],
    [{ party_organisation_required: true, established: true }, { list: false }],
    [{ party_organisation_required: false, established: false }, { list: false }],
    [{ party_organisation_required: true }, { list: false }],
    [{ rectification_notice: true, deadline_passed: false, fixed: false }, { list: false }],
    [{ rectification_notice: true, deadline_passed: true, fixed: true }, { list: false }],
    [{ public_fundraising_qualified: true, months_without_fundraising: 5 }, { list: false }],
    [{ public_fundraising_qualified: false, months_without_fundraising: 12 }, { list: false }],
    [{ public_fundraising_qualified: false }, { list: false }],
    [
      { public_fundraising_qualified: false, was_public_fundraising_qualified: true },
      { list: true, ground: "public_fundraising_conditions_lost" },
    ],
    [{ qualification_lost: true }, { list: true, ground: "public_fundraising_conditions_lost" }],
    [
      { public_fundraising_qualified: true, meets_fundraising_conditions: false },
      { list: true, ground: "public_fundraising_conditions_lost" },
    ],
    [
      { public_fundraising_qualified: true, meets_fundraising_conditions: true, months_without_fundraising: 0 },
      { list: false },
    ],
    [{ penalty: "罚款" }, { list: false }],
    [
      { penalty: "罚款", amount: 0.01 },
      { list: true, ground: "light_penalty" },
    ],
    [{ penalty: "限期停止活动" }, { list: false, serious: true }],
    [{ penalty: "吊销登记证书" }, { list: false, serious: true }],
    [{ registered_mail_attempts: 2, signed: 0, gap_days: 14 }, { list: false }],
    [
      { registered_mail_attempts: 2, signed: 0, gap_days: 15 },
      { list: true, ground: "unreachable" },
    ],
    [
      { registered_mail_attempts: 2, signed: 0, gap_days: 30 },
      { list: true, ground: "unreachable" },
    ],
    [{ registered_mail_attempts: 2, signed: 0, gap_days: 31 }, { list: false }],
    [{ registered_mail_attempts: 2, signed: 1, gap_days: 20 }, { list: false }],
    [{ registered_mail_attempts: 2, gap_days: 20 }, { list: false }],
    [{ annual_report: "on_time", supervisor_certifies_not_directly_responsible: true }, { list: false }],
    [
      { annual_report: "late", penalty: "罚款", amount: 60000 },
      { list: true, ground: "annual_report", serious: true },
    ],
    [
      { annual_report: "late", penalty: "警告" },
      { list: true, ground: "annual_report", grounds: ["annual_report", "light_penalty"] },
    ],
    [{}, { list: false }],
  ])("%j", (facts, expected) => expect(ask("credit.abnormal_list", facts)).toEqual(expected));

  it("keeps the settings a decision was made by", () => {
    const decision = decide("credit.abnormal_list", { registered_mail_attempts: 2, signed: 0, gap_days: 20 });
    expect(decision.settings).toEqual({ "credit.mail-gap-min-days": 15, "credit.mail-gap-max-days": 30 });
    expect(decision.conditions.every((one) => one.citation?.number === "民政部令第60号")).toBe(true);
  });
});

describe("credit.abnormal_remove", () => {
  const fixed = { listed: "2026-01-10", ground: "annual_report", obligation_fulfilled: "2026-03-02", applied: true };
  it.each([
    [{ ...fixed, verified: "2026-03-04" }, { remove_by: "2026-03-11" }],
    // Over the May holidays of 2026, five working days take longer.
    [{ ...fixed, verified: "2026-04-29" }, { remove_by: "2026-05-09" }],
    [fixed, { remove: false }],
    [{ ...fixed, applied: false, verified: "2026-03-04" }, { remove: false }],
    [{ ...fixed, obligation_fulfilled: null }, { remove: false }],
    [{ ground: "annual_report", obligation_fulfilled: true, verified: true, applied: true }, { remove: true }],
    [{ listed: "2026-01-10", ground: "annual_report", today: "2026-12-10" }, { remove: false }],
    [{ listed: "2024-01-10", ground: "annual_report", today: "2026-01-09" }, { remove: false }],
    [{ listed: "2024-01-10", ground: "annual_report", today: "2026-01-10" }, { move_to: "serious_list" }],
    [
      { listed: "2024-01-10", still_listed: true, relisted_event: "2024-06-01", today: "2026-01-10" },
      { remove: false, clock_restarts: "2024-06-01" },
    ],
    [
      { listed: "2024-01-10", still_listed: true, relisted_event: "2024-06-01", today: "2026-06-01" },
      { move_to: "serious_list", clock_restarts: "2024-06-01" },
    ],
    [
      {
        ...fixed,
        listed: "2024-01-10",
        obligation_fulfilled: "2025-12-20",
        verified: "2026-01-09",
        today: "2026-01-12",
      },
      { remove_by: "2026-01-16" },
    ],
    [
      {
        ...fixed,
        listed: "2024-01-10",
        obligation_fulfilled: "2025-12-20",
        verified: "2026-01-10",
        today: "2026-01-12",
      },
      { move_to: "serious_list" },
    ],
    [{ listed: "2025-08-31", ground: "light_penalty", today: "2026-02-27" }, { remove: false }],
    [{ listed: "2025-08-31", ground: "light_penalty", today: "2026-02-28" }, { remove: true }],
    [
      { listed: "2026-01-10", ground: "light_penalty", relisted_event: "2026-06-01", today: "2026-12-01" },
      { remove: true, clock_restarts: "2026-06-01" },
    ],
    [{ ground: "light_penalty", today: "2026-12-01" }, { remove: false }],
    [{ ground: "unreachable", contacted: true, applied: true }, { remove: true }],
    [{ ground: "unreachable", new_domicile_registered: true, contacted: false, applied: true }, { remove: false }],
    [{ ground: "unreachable", new_domicile_registered: true, contacted: true, applied: false }, { remove: false }],
  ])("%j", (facts, expected) => expect(ask("credit.abnormal_remove", facts)).toEqual(expected));
});

describe("credit.serious_list", () => {
  it.each([
    [{ abnormal_months: 23 }, false],
    [{ abnormal_since: "2024-01-10", today: "2026-01-09" }, false],
    [{ abnormal_since: "2024-01-10", today: "2026-01-10" }, true],
    [{ suspended: true }, true],
    [{ penalty: "限期停止活动" }, true],
    [{ penalty: "罚款", amount: 49999 }, false],
    [{ light_penalties: ["2023-02-01", "2025-12-31"] }, true],
    [{ light_penalties: ["2025-12-31", "2022-12-31"] }, true],
    [{ light_penalties: ["2022-12-30", "2025-12-31"] }, false],
    [{ light_penalties: ["2025-12-31"] }, false],
    [{ light_penalties: ["2015-01-01", "2020-01-01", "2022-12-31"] }, true],
    [{ light_penalties: ["2015-01-01", "2025-01-01", "2025-01-01"] }, true],
    [{ dishonest_judgment_debtor: false }, false],
    [{ registration_annulled: true }, true],
    [{ certificate_revoked: false, change_registration_fraud_revoked: false }, false],
    [{}, false],
  ])("%j", (facts, list) => expect(ask("credit.serious_list", facts)).toEqual({ list }));
});

describe("credit.serious_remove", () => {
  const clean = { listed: "2024-03-01", applied: true, today: "2026-03-01" };
  it.each([
    [clean, { remove: true }],
    [{ ...clean, clean_since: true }, { remove: true }],
    [{ ...clean, clean_since: false }, { remove: false }],
    [{ ...clean, applied: false }, { remove: false }],
    [{ listed: "2024-03-01", today: "2026-03-01" }, { remove: false }],
    [{ ...clean, today: "2026-02-28" }, { remove: false }],
    [{ ...clean, new_abnormal_event: "2025-08-01", today: "2027-07-31" }, { remove: false }],
    [{ ...clean, new_abnormal_event: "2025-08-01", today: "2027-08-01" }, { remove: true }],
    [{ ...clean, ground: "abnormal_24_months" }, { remove: false }],
    [{ ...clean, ground: "abnormal_24_months", obligation_fulfilled: true }, { remove: true }],
    [{ ground: "certificate_revoked", deregistered: false }, { remove: false }],
    [{ ...clean, ground: "certificate_revoked" }, { remove: false }],
    [{ applied: true, clean_since: true, today: "2030-01-01" }, { remove: false }],
  ])("%j", (facts, expected) => expect(ask("credit.serious_remove", facts)).toEqual(expected));
});

describe("notice, records, classes", () => {
  it.each([
    [
      "credit.notice",
      { notice_served: "2026-03-02", statement_received: null, deadline_passed: false },
      { may_list: false },
    ],
    ["credit.notice", { notice_served: "2026-03-02" }, { may_list: false, deadline: "2026-03-16" }],
    [
      "credit.notice",
      { notice_served: "2026-03-02", today: "2026-03-16" },
      { may_list: false, deadline: "2026-03-16" },
    ],
    ["credit.notice", { notice_served: "2026-03-02", today: "2026-03-17" }, { may_list: true }],
    [
      "credit.notice",
      { notice_served: "2026-03-02", statement_received: "2026-03-10", accepted: false },
      { may_list: true },
    ],
    [
      "credit.notice",
      { notice_served: "2026-03-02", statement_received: "2026-03-10" },
      { may_list: false, deadline: "2026-03-16" },
    ],
    ["credit.notice", { notice_served: null, deadline_passed: true }, { may_list: false, reason: "no_notice" }],
    ["credit.notice", { listed: true, objection: "wrong data", verified_wrong: false }, { correct: false }],
    ["credit.record_in_time", { formed: "2026-03-02" }, { on_time: null, deadline: "2026-03-09" }],
    ["credit.record_in_time", { formed: "2026-03-02", entered: null, today: "2026-03-10" }, { on_time: false }],
    ["credit.record_in_time", { entered: "2026-03-02" }, { on_time: null }],
    ["credit.map_categories", { beijing: ["荣誉信息", "没有的类"] }, { national: ["其他信息(表彰奖励)", null] }],
    ["credit.map_categories", {}, { national: [] }],
  ])("%s %j", (rule, facts, expected) => expect(ask(rule, facts)).toEqual(expected));

  it("says which steps are missing before a listing may be decided", () => {
    const done = {
      ground_proved: true,
      evidence: true,
      notice_served: "2026-03-02",
      reasons: true,
      remedy_told: true,
      proposer: "a",
      decider: "b",
      today: "2026-03-17",
    };
    const missing = (facts: object) =>
      (ask("credit.listing_allowed", facts) as { allowed: boolean; missing: string[] }).missing;
    expect(ask("credit.listing_allowed", done)).toEqual({
      allowed: true,
      missing: [],
      statement_deadline: "2026-03-16",
    });
    expect(missing({ ...done, today: "2026-03-16" })).toEqual(["statement_period_over"]);
    expect(
      missing({ ...done, today: "2026-03-05", statement_received: "2026-03-04", statement_considered: true }),
    ).toEqual([]);
    expect(missing({ ...done, statement_received: "2026-03-04" })).toEqual(["statement_considered"]);
    expect(missing({ ...done, decider: "a" })).toEqual(["second_person"]);
    expect(missing({ today: "2026-03-17" })).toEqual([
      "ground_proved",
      "evidence",
      "notice_served",
      "reasons",
      "remedy_told",
    ]);
  });
});
