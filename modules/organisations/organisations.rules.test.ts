import { describe, expect, it } from "vitest";
import { asker } from "../../kernel/rule/testing.ts";
import { diceSimilarity } from "./names.rules.ts";
import { rules } from "./organisations.rules.ts";
import { settings } from "./organisations.settings.ts";

const { ask, decide } = asker(rules, settings);

const group = {
  individual_members: 50,
  unit_members: 0,
  activity_fund: 30000,
  scope: "local",
  has_domicile: true,
  full_time_staff: 1,
  supervisor_approval: true,
};
const foundation = {
  original_fund: 2000000,
  public_fundraising: false,
  scope: "local",
  cash_in_bank: true,
  directors: 5,
  term_years: 5,
};

describe("registry.social_group.establish", () => {
  it.each([
    [{}, { eligible: true }],
    [{ individual_members: 49 }, { eligible: false, reasons: ["members"] }],
    [
      { individual_members: 0, unit_members: 29 },
      { eligible: false, reasons: ["members"] },
    ],
    [
      { individual_members: 0, unit_members: 0 },
      { eligible: false, reasons: ["members"] },
    ],
    [{ individual_members: 25, unit_members: 25 }, { eligible: true }],
    [
      { individual_members: 1, unit_members: 30 },
      { eligible: false, reasons: ["mixed_members_below_50"] },
    ],
    [{ scope: "national", activity_fund: 100000 }, { eligible: true }],
    [
      { scope: "national", activity_fund: 99999 },
      { eligible: false, reasons: ["activity_fund_min_100000"] },
    ],
    [{ scope: "cross_region", activity_fund: 30000 }, { eligible: true }],
    [{ has_domicile: false }, { eligible: false, reasons: ["domicile"] }],
    [{ full_time_staff: 0 }, { eligible: false, reasons: ["full_time_staff"] }],
    [{ supervisor_approval: false }, { eligible: false, reasons: ["supervisor_approval"] }],
    [{ supervisor_approval: false, direct_registration: true }, { eligible: true }],
    [{ has_domicile: undefined }, { eligible: false, unknown: ["has_domicile"] }],
    [
      { individual_members: 10, activity_fund: 1, has_domicile: false },
      { eligible: false, reasons: ["members", "activity_fund_min_30000", "domicile"] },
    ],
  ])("%j", (change, expected) =>
    expect(ask("registry.social_group.establish", { ...group, ...change })).toEqual(expected));

  it("cites the text in force on the day", () => {
    expect(decide("registry.social_group.establish", { ...group, on: "2026-03-11" }).citations[0]).toMatchObject({
      number: "国务院令第250号（2016年修订）",
    });
    expect(decide("registry.social_group.establish", { ...group, on: "2026-03-12" }).citations[0]).toMatchObject({
      number: "国务院令第250号（2026年修订）",
    });
  });
});

describe("registry.foundation.establish", () => {
  it.each([
    [{}, { eligible: true }],
    [{ public_fundraising: true, original_fund: 4000000 }, { eligible: true }],
    [
      { public_fundraising: true, original_fund: 3999999 },
      { eligible: false, reasons: ["original_fund_min_4000000"] },
    ],
    [
      { public_fundraising: true, scope: "national", original_fund: 7999999 },
      { eligible: false, reasons: ["original_fund_min_8000000"] },
    ],
    [{ scope: "national" }, { eligible: true }],
    [{ directors: 4 }, { eligible: false, reasons: ["directors_min_5"] }],
    [{ directors: 25 }, { eligible: true }],
    [{ directors: 26 }, { eligible: false, reasons: ["directors_max_25"] }],
    [
      { cash_in_bank: false, term_years: 6 },
      { eligible: false, reasons: ["fund_must_be_paid_in_cash", "term_max_5"] },
    ],
  ])("%j", (change, expected) =>
    expect(ask("registry.foundation.establish", { ...foundation, ...change })).toEqual(expected));
});

it.each([
  [{ start_up_assets: 1, has_domicile: true, staff: 1, supervisor_approval: true }, true],
  [{ start_up_assets: 99999, required_assets: 100000, has_domicile: true, staff: 1, supervisor_approval: true }, false],
  [{ start_up_assets: 1, has_domicile: true, staff: 1, supervisor_approval: true, non_state_assets: false }, false],
])("registry.service_institution.establish %j", (facts, eligible) =>
  expect(ask("registry.service_institution.establish", facts)).toMatchObject({ eligible }));

describe("days", () => {
  it.each([
    [
      "registry.deadline",
      { kind: "foundation", all_documents_received: "2026-03-02" },
      { decide_by: "2026-05-01", adjusted_for_holiday: "2026-05-06" },
    ],
    ["registry.deadline", { kind: "charity", accepted: "2026-06-01", extended: true }, { decide_by: "2026-07-31" }],
    ["registry.deadline", {}, { unknown: ["all_documents_received"] }],
    [
      "registry.change",
      { supervisor_approved: "2026-06-01", applied: "2026-07-01" },
      { late: false, deadline: "2026-07-01" },
    ],
    // 2026-05-31 is a Sunday: the last day moves to the Monday.
    [
      "registry.change",
      { supervisor_approved: "2026-05-01", applied: "2026-06-01" },
      { late: false, deadline: "2026-05-31" },
    ],
    [
      "registry.change",
      { supervisor_approved: "2026-05-01", applied: "2026-06-02" },
      { late: true, days_late: 1, deadline: "2026-06-01" },
    ],
    [
      "registry.deregister",
      { liquidation_finished: "2026-06-01", applied: "2026-06-17" },
      { late: true, days_late: 1, deadline: "2026-06-16" },
    ],
    ["registry.deregister", { liquidation_finished: "2026-06-01" }, { deadline: "2026-06-16", unknown: ["applied"] }],
    [
      "registry.revoke",
      { kind: "social_group", certificate: "2025-01-10", activities_since: 0, today: "2026-01-10" },
      { ground_for_revocation: false },
    ],
    [
      "registry.revoke",
      { kind: "social_group", certificate: "2025-01-10", activities_since: 1, today: "2026-06-10" },
      { ground_for_revocation: false },
    ],
    [
      "registry.revoke",
      { kind: "foundation", certificate: "2025-01-10", activities_since: 0, today: "2026-01-11" },
      { ground_for_revocation: true },
    ],
    [
      "registry.revoke",
      { kind: "social_service_institution", certificate: "2025-01-10", activities_since: 0, today: "2026-01-11" },
      { ground_for_revocation: false },
    ],
    [
      "registry.revoke",
      { kind: "social_service_institution", obtained_by_fraud: true },
      { ground_for_revocation: true },
    ],
  ])("%s %j", (rule, facts, expected) => expect(ask(rule, facts)).toEqual(expected));
});

describe("names", () => {
  it.each([
    [{ kind: "social_group", scope: "national", name: "中国养老服务协会" }, { valid: true }],
    [
      { kind: "social_group", scope: "local", name: "中华某某研究会" },
      { valid: false, reasons: ["reserved_word_中华"] },
    ],
    [
      { kind: "social_service_institution", scope: "national", name: "中国助老服务中心" },
      { valid: false, reasons: ["reserved_word_中国"] },
    ],
    [
      { kind: "foundation", scope: "local", name: "全国秀水基金会" },
      { valid: false, reasons: ["reserved_word_全国"] },
    ],
    [
      { kind: "social_group", division: "青海省", field: "养老服务", form: "协会", name: "青海省养老服务协会" },
      { valid: true },
    ],
    [
      { kind: "foundation", division: "浙江省", field: "社区发展", form: "基金会", name: "浙江省社区发展基金会" },
      { valid: false, reasons: ["trade_name_missing"] },
    ],
    [
      {
        kind: "foundation",
        division: "浙江省",
        trade_name: "秀水",
        field: "社区发展",
        form: "基金会",
        name: "秀水浙江省社区发展基金会",
      },
      { valid: false, reasons: ["parts_do_not_make_the_name"] },
    ],
    [
      { kind: "social_group", name: "某市爱心基金会" },
      { valid: false, reasons: ["form_of_another_kind"] },
    ],
    [
      { kind: "foundation", name: "某市爱心协会" },
      { valid: false, reasons: ["form_of_another_kind"] },
    ],
    [
      { kind: "social_group", scope: "local" },
      { valid: false, reasons: ["name_missing"] },
    ],
  ])("registry.name %j", (facts, expected) => expect(ask("registry.name", facts)).toEqual(expected));

  const base = {
    kind: "social_group",
    scope: "local",
    name: "西宁市城东区养老服务协会",
    division_names: ["青海省", "西宁市", "西宁市城东区", "城东区"],
    today: "2026-06-01",
  };
  const register = (candidates: object[]) =>
    ask("organisations.name_check", { ...base, candidates }) as {
      verdict: string;
      identical: unknown[];
      similar: { name: string; score: number; sounds_alike: boolean }[];
      problems: { code: string }[];
    };

  it("refuses an identical name, also one given up less than a year or annulled less than three years ago", () => {
    expect(register([{ name: "西宁市城东区养老服务协会" }])).toMatchObject({
      verdict: "refuse",
      problems: [{ code: "identical_name" }],
    });
    expect(
      register([{ name: "西宁市城东区 养老服务协会", status: "deregistered", ended_on: "2025-06-02" }]).verdict,
    ).toBe("refuse");
    expect(
      register([{ name: "西宁市城东区养老服务协会", status: "deregistered", ended_on: "2025-06-01" }]).verdict,
    ).toBe("clear");
    expect(register([{ name: "西宁市城东区养老服务协会", status: "annulled", ended_on: "2023-06-02" }]).verdict).toBe(
      "refuse",
    );
    expect(register([{ name: "西宁市城东区养老服务协会", status: "annulled", ended_on: "2023-06-01" }]).verdict).toBe(
      "clear",
    );
  });

  it("shows names that look alike without their division, and not every neighbour of the county", () => {
    const found = register([
      { name: "青海省养老服务业协会" },
      { name: "西宁市城东区家庭教育研究会" },
      { name: "城东区养老服务协会" },
    ]);
    expect(found.verdict).toBe("warn");
    expect(found.similar.map((one) => one.name)).toEqual(["城东区养老服务协会", "青海省养老服务业协会"]);
    expect(found.similar[0]?.score).toBe(1);
  });

  it("shows names that sound alike", () => {
    const answer = ask("organisations.name_check", {
      ...base,
      name: "西宁市城东区惠民社",
      kind: "social_service_institution",
      pinyin: "xi ning shi cheng dong qu hui min she",
      candidates: [{ name: "西宁市城东区汇民社", pinyin: "xining shi chengdong qu huimin she" }],
    });
    expect(answer).toMatchObject({ verdict: "warn", similar: [{ name: "西宁市城东区汇民社", sounds_alike: true }] });
  });

  it("names words and forms a person should look at", () => {
    const codes = (facts: object) =>
      ask("organisations.name_check", { ...base, ...facts }) as {
        verdict: string;
        problems: { code: string; word?: string }[];
      };
    expect(codes({ name: "西宁市国际养老服务协会" })).toMatchObject({
      verdict: "warn",
      problems: [{ code: "suspect_word", word: "国际" }],
    });
    expect(codes({ name: "西宁市ABC服务协会" }).problems.map((one) => one.code)).toEqual(["letters_or_digits"]);
    expect(codes({ name: "养老服务协会" }).problems.map((one) => one.code)).toEqual(["division_missing"]);
    expect(codes({ name: "西宁市养老服务" }).problems.map((one) => one.code)).toEqual(["unusual_form"]);
    expect(codes({ name: "西宁市养老基金会" }).verdict).toBe("refuse");
    expect(codes({ name: "西宁市中国养老服务协会" })).toMatchObject({
      verdict: "refuse",
      problems: [{ code: "reserved_word", word: "中国" }],
    });
    expect(codes({ name: "" }).problems.map((one) => one.code)).toEqual(["name_missing"]);
  });

  it("measures likeness by shared pairs", () => {
    expect([
      diceSimilarity("养老服务协会", "养老服务协会"),
      diceSimilarity("甲", "乙"),
      diceSimilarity("", "养老"),
    ]).toEqual([1, 0, 0]);
    expect(diceSimilarity("养老服务协会", "养老服务学会")).toBeCloseTo(0.6);
    expect(diceSimilarity("𠮷祥协会", "𠮷祥协会会")).toBeCloseTo(6 / 7);
  });
});

describe("governance", () => {
  it.each([
    [
      "registry.refuse",
      { same_division_same_scope_exists: true, judged_unnecessary: false },
      { decision: "no_ground" },
    ],
    ["registry.refuse", { false_application: true }, { decision: "refuse" }],
    ["registry.refuse", {}, { decision: "no_ground" }],
    ["registry.legal_rep", { kind: "social_group", person_is_legal_rep_of: "a company" }, { allowed: true }],
    ["registry.legal_rep", { kind: "foundation", person_is_legal_rep_of: [] }, { allowed: true }],
    ["registry.legal_rep", { kind: "foundation", person_is_legal_rep_of_other_social_group: true }, { allowed: false }],
    ["registry.branch", { kind: "social_group", branch_type: "professional" }, { allowed: true }],
    [
      "registry.branch",
      { kind: "social_group", branch_type: "professional", parent_is_branch: true },
      { allowed: false },
    ],
    ["registry.branch", { kind: "foundation", branch_type: "special_fund" }, { allowed: true }],
    ["foundation.officer", { role: "理事", serving_civil_servant: true }, { allowed: true }],
    ["foundation.officer", { role: "秘书长", serving_civil_servant: false }, { allowed: true }],
    ["foundation.officer", { role: "理事长", years_since_sentence_served: 4 }, { allowed: false }],
    ["foundation.paid_directors", { directors: 12, paid: 4 }, { allowed: true }],
    ["foundation.paid_directors", { directors: 11, paid: 4 }, { allowed: false }],
    [
      "foundation.relatives",
      { private_property_non_public: true, directors: 10, near_relatives: 4 },
      { allowed: false },
    ],
    [
      "foundation.relatives",
      { private_property_non_public: false, directors: 10, near_relatives: 0 },
      { allowed: true },
    ],
    [
      "foundation.board_meeting",
      { directors: 15, present: 9, matter: "ordinary", yes: 9 },
      { quorum: false, passed: false },
    ],
    [
      "foundation.board_meeting",
      { directors: 15, present: 10, matter: "ordinary", yes: 5 },
      { quorum: true, passed: false },
    ],
    [
      "foundation.board_meeting",
      { directors: 15, present: 12, matter: "charter_amendment", yes: 8 },
      { quorum: true, passed: true },
    ],
    ["leadership.audit_before_change", { event: "change_of_term", audit_report: true }, { allowed: true }],
    [
      "leadership.audit_before_change",
      { kind: "foundation", event: "change_legal_rep" },
      { allowed: false, missing: "离任/换届财务审计报告" },
    ],
    ["leadership.overdue", { last_election: "2020-05-10", term_years: 5, today: "2025-05-10" }, { overdue: false }],
    [
      "leadership.overdue",
      { last_election: "2020-02-29", term_years: 4, today: "2024-03-01" },
      { overdue: true, days_overdue: 1 },
    ],
    ["leadership.case", { candidate_age: 70 }, {}],
    ["leadership.case", { terms_served: 1, proposed_third: false }, {}],
    ["leadership.case", { days_to_term_end: 61 }, { reminder: false }],
    ["leadership.case", { candidate_is_legal_rep_of_revoked_org_years_ago: 5 }, { blocked: false }],
    ["leadership.case", { audit_report: true, meeting_minutes: true, quorum: false }, { accept: false }],
    [
      "leadership.case",
      { candidate_age: 75, terms_served: 3 },
      { warning: "over_70", warnings: ["over_70", "more_than_two_terms"] },
    ],
    ["association.fee", { classes: 5, passed_by: "会员(代表)大会", secret_ballot: true }, { allowed: false }],
    ["association.fee", { classes: 4, passed_by: "理事会", secret_ballot: true }, { allowed: false }],
    ["association.fee", { classes: 4, passed_by: "会员大会", secret_ballot: false }, { allowed: false }],
  ])("%s %j", (rule, facts, expected) => expect(ask(rule, facts)).toEqual(expected));

  it("cites 30(9) for forced fees from 2026-03-12 and 30(8) before", () => {
    const article = (on: string) =>
      decide("association.fee", { forced_fee_by_admin_power: true, on }).conditions[0]?.citation?.item;
    expect([article("2026-03-11"), article("2026-03-12")]).toEqual(["8", "9"]);
  });

  it.each([
    [
      { kind: "foundation", body: "board", entitled: 7, present: 5, yes: 3 },
      { quorum: true, passed: true, needed_present: 5, needed_yes: 3 },
    ],
    [
      { kind: "social_group", body: "members", entitled: 90, present: 60, yes: 30, matter: "fee" },
      { quorum: true, passed: false, needed_present: 60, needed_yes: 31 },
    ],
    [
      { kind: "social_group", body: "board", entitled: 9, present: 6, yes: 4 },
      { quorum: true, passed: true, needed_present: 6, needed_yes: 4 },
    ],
    [
      { kind: "social_group", body: "members", entitled: 90, present: 59 },
      { quorum: false, passed: false, needed_present: 60, needed_yes: 30 },
    ],
    [
      { kind: "social_service_institution", entitled: 8, present: 4, yes: 4 },
      { quorum: true, passed: false, needed_present: 4, needed_yes: 5 },
    ],
    [{ kind: "social_group" }, { quorum: null, passed: null }],
  ])("governance.meeting %j", (facts, expected) => expect(ask("governance.meeting", facts)).toEqual(expected));
});

describe("organisations.officer_bars", () => {
  const bars = (kind: string, role: string, person: object, more: object = {}) => {
    const answer = ask("organisations.officer_bars", { kind, role, person, on: "2026-06-01", ...more }) as {
      allowed: boolean;
      bars: { bar: string; effect: string; citation?: { article: string } }[];
    };
    return {
      allowed: answer.allowed,
      bars: answer.bars.map((one) => `${one.bar}/${one.effect}/${one.citation?.article ?? ""}`),
    };
  };
  it.each([
    [
      "foundation",
      "chair",
      { serving_civil_servant: true },
      false,
      ["serving_civil_servant/refuse/23", "civil_servant_needs_approval/warn/"],
    ],
    [
      "foundation",
      "legal_representative",
      { legal_rep_of: ["某公司"] },
      false,
      ["legal_representative_elsewhere/refuse/23"],
    ],
    [
      "foundation",
      "secretary_general",
      { sentence_served_on: "2021-06-02" },
      false,
      ["sentence_within_5_years/refuse/23"],
    ],
    ["foundation", "secretary_general", { sentence_served_on: "2021-06-01" }, true, []],
    [
      "foundation",
      "supervisor",
      { also_accountant: true, near_relative_of_director: true },
      false,
      ["supervisor_related_to_director/refuse/22", "supervisor_is_accountant/refuse/22"],
    ],
    ["foundation", "director", { serving_civil_servant: true }, true, []],
    [
      "social_group",
      "legal_representative",
      { legal_rep_of_social_group: true },
      false,
      ["legal_representative_of_social_group/refuse/12"],
    ],
    ["social_group", "chair", { age: 71, terms_served: 2 }, true, ["over_age/warn/", "too_many_terms/warn/"]],
    ["social_group", "chair", { deprived_political_rights_ever: true }, false, ["deprived_political_rights/refuse/13"]],
    ["social_service_institution", "chair", { full_civil_capacity: false }, false, ["without_full_capacity/refuse/11"]],
    ["social_group", "director", {}, true, []],
  ])("%s %s %j", (kind, role, person, allowed, expected) =>
    expect(bars(kind, role, person)).toEqual({ allowed, bars: expected }));

  it("adds the bars of charity law for charities", () => {
    const person = { headed_revoked_organisation_on: "2022-01-01" };
    expect(bars("social_group", "chair", person).allowed).toBe(true);
    expect(bars("social_group", "chair", person, { charity: true }).bars).toEqual([
      "charity_headed_revoked_within_5_years/refuse/16",
    ]);
  });
});
