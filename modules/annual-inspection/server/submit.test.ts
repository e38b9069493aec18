import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Refusal } from "../../../kernel/operation/errors.ts";
import {
  checkFigures,
  fileReport,
  getReport,
  list,
  saveDraft,
  submitReport,
  unitConsent,
  unitReturn,
} from "../annual-inspection.contract.ts";
import { goodFigures, type InspectionHouse, inspectionHouse } from "./inspection.fixture.ts";

let house: InspectionHouse;
const home = "630122";
let direct: string;
let led: string;
let unit: string;

beforeAll(async () => {
  house = await inspectionHouse();
  house.clock.set("2026-01-05");
  direct = await house.add(home, "湟中区电商协会");
  led = await house.add(home, "湟中区农民画学会");
  unit = await house.addUnit(home, "湟中区文体旅游局", [led]);
  await house.openYear(home, 2025);
});
afterAll(() => house.close());

describe("the form", () => {
  it("begins with what the system knows, each value with its source", async () => {
    await house.sql(
      "update organisation set employees = 7, party_members = 3, party_organisation = 'joint' where id = $1",
      [direct],
    );
    const report = await house.organisation(direct, home).call(getReport, { year: 2025 });
    const by = Object.fromEntries(report.prefill.map((one) => [one.field, one]));
    expect(by["organisation.name"]).toMatchObject({ value: "湟中区电商协会", source: "register" });
    expect(by.staffFullTime).toMatchObject({ value: 7, source: "register" });
    expect(by.partyOrganisation?.value).toBe("joint");
    expect(report.acts).toEqual([{ act: "submit", operation: "annual-inspection.submit-report", missing: [] }]);
    expect(report).toMatchObject({ state: "open", dueOn: "2026-05-31", unitDueOn: null, lastYear: null });
  });

  it("keeps a draft and gives it back", async () => {
    const own = house.organisation(direct, home);
    await own.call(saveDraft, {
      year: 2025,
      figures: { donationIncomeFen: 1_00 },
      details: { activities: [{ name: "直播培训" }] },
    });
    const report = await own.call(getReport, { year: 2025 });
    expect(report.draft).toEqual({
      figures: { donationIncomeFen: 1_00 },
      details: { activities: [{ name: "直播培训" }] },
    });
    expect(report.state).toBe("open");
  });

  it("says while typing which sum is wrong, and by which article a ratio is judged, without writing anything", async () => {
    const own = house.organisation(direct, home);
    const { id } = await house.reportOf(direct, 2025);
    const wrong = await own.call(checkFigures, {
      reportId: id,
      figures: { ...goodFigures, incomeTotalFen: 500_000_01 },
    });
    expect(wrong.checks.filter((one) => one.blocking)).toMatchObject([
      { item: "sum_mismatch", field: "incomeTotalFen", amountFen: 500_000_01, limitFen: 500_000_00 },
      { item: "net_assets_do_not_follow", field: "netAssetsEndFen" },
    ]);
    expect((await own.call(checkFigures, { reportId: id, figures: goodFigures })).blocking).toBe(0);
    expect((await house.reportOf(direct, 2025)).state).toBe("open");
  });
});

describe("sending the report", () => {
  it("is refused for missing and for contradicting figures, and nothing is written", async () => {
    const own = house.organisation(direct, home);
    await expect(own.call(submitReport, { year: 2025, figures: { donationIncomeFen: 5 } })).rejects.toMatchObject({
      code: "annual-inspection/figures-missing",
      facts: { fields: ["incomeTotalFen", "charitySpendFen", "spendTotalFen", "netAssetsEndFen"] },
    });
    const before = await house.reportOf(direct, 2025);
    await expect(
      own.call(submitReport, { year: 2025, figures: { ...goodFigures, spendTotalFen: 449_999_99 } }),
    ).rejects.toMatchObject({
      code: "annual-inspection/figures-contradict",
    });
    expect(await house.reportOf(direct, 2025)).toEqual(before);
    expect(await house.sql("select 1 from decision")).toHaveLength(0);
  });

  it("lets net assets differ when the difference is explained, as something to be judged", async () => {
    const other = await house.add(home, "湟中区园艺协会");
    await house.openYear(home, 2025);
    const figures = { ...goodFigures, netAssetsEndFen: 151_000_00 };
    const own = house.organisation(other, home);
    await expect(own.call(submitReport, { year: 2025, figures })).rejects.toMatchObject({
      code: "annual-inspection/figures-contradict",
    });
    const sent = await own.call(submitReport, {
      year: 2025,
      figures,
      details: { explanations: { netAssetsEndFen: "更正以前年度差错" } },
    });
    expect(sent.findings).toMatchObject([{ code: "figures/net_assets_do_not_follow", severity: "minor" }]);
  });

  it("goes straight to the registrar where there is no supervisory unit, closes the duty and keeps both decisions", async () => {
    house.clock.set("2026-05-31");
    const own = house.organisation(direct, home);
    const sent = await own.call(submitReport, { year: 2025, figures: goodFigures }, { key: "send-once" });
    expect(sent).toMatchObject({ state: "filed", to: "registrar", late: false, findings: [] });
    expect(await own.call(submitReport, { year: 2025, figures: goodFigures }, { key: "send-once" })).toEqual(sent);
    const duties = await house.sql<{ kind: string; state: string }>(
      "select kind, state from duty where subject_id = $1 order by kind",
      [sent.reportId],
    );
    expect(duties).toEqual([
      { kind: "annual-inspection.conclude", state: "open" },
      { kind: "annual-inspection.report", state: "done" },
    ]);
    const decisions = await house.sql<{ rule: string }>(
      "select rule from decision where subject_id = $1 order by rule",
      [sent.reportId],
    );
    expect(decisions.map((one) => one.rule)).toEqual(["annual.arithmetic", "annual.expense_ratio"]);
    await expect(own.call(submitReport, { year: 2025, figures: goodFigures })).rejects.toMatchObject({
      code: "procedure/not-possible",
    });
    await expect(own.call(saveDraft, { year: 2025, figures: {} })).rejects.toMatchObject({
      code: "annual-inspection/not-editable",
    });
  });

  it("goes to the supervisory unit first, back with a reason, again, and is filed only with its consent", async () => {
    house.clock.set("2026-04-01");
    const own = house.organisation(led, home);
    const sent = await own.call(submitReport, { year: 2025, figures: goodFigures });
    expect(sent).toMatchObject({ state: "with_unit", to: "supervisory-unit" });
    expect(sent.findings).toMatchObject([{ code: "late-to-unit" }]);
    await expect(own.call(fileReport, { year: 2025 })).rejects.toMatchObject({ code: "procedure/not-possible" });
    const reviewer = house.unit(unit);
    expect((await reviewer.call(list, {})).rows.map((row) => row.name)).toEqual(["湟中区农民画学会"]);
    expect(await reviewer.call(unitReturn, { reportId: sent.reportId, reason: "请补充活动情况" })).toMatchObject({
      state: "returned",
    });
    expect((await own.call(getReport, { year: 2025 })).draft?.figures.incomeTotalFen).toBe(500_000_00);
    await own.call(submitReport, { year: 2025, figures: goodFigures });
    expect(await reviewer.call(unitConsent, { reportId: sent.reportId, opinion: "同意" })).toMatchObject({
      state: "ready",
    });
    house.clock.set("2026-05-31");
    expect(await own.call(fileReport, { year: 2025 })).toMatchObject({ state: "filed", late: false });
    const steps = await house.sql<{ transition: string }>(
      "select transition from procedure_step where subject_id = $1 order by at, id",
      [sent.reportId],
    );
    expect(steps.map((one) => one.transition)).toEqual([
      "submit-to-unit",
      "return",
      "submit-to-unit",
      "consent",
      "file",
    ]);
  });

  it("is marked late on the day after, not on the day itself", async () => {
    const [punctual, tardy] = [await house.add(home, "湟中区准时协会"), await house.add(home, "湟中区迟报协会")];
    house.clock.set("2026-05-30");
    await house.openYear(home, 2025);
    house.clock.set("2026-05-31T23:59:59+08:00");
    expect(
      await house.organisation(punctual, home).call(submitReport, { year: 2025, figures: goodFigures }),
    ).toMatchObject({ late: false });
    house.clock.set("2026-06-01T00:00:01+08:00");
    const late = await house.organisation(tardy, home).call(submitReport, { year: 2025, figures: goodFigures });
    expect(late).toMatchObject({ late: true, state: "filed" });
    expect(late.findings).toMatchObject([{ code: "late", facts: { dueOn: "2026-05-31", filedOn: "2026-06-01" } }]);
  });

  it("judges a foundation that is no charity by its own article, as a finding and not a refusal", async () => {
    house.clock.set("2026-02-01");
    const foundation = await house.add(home, "湟中区助老基金会", { kind: "foundation" });
    await house.openYear(home, 2025);
    expect((await house.reportOf(foundation, 2025)).due_on).toBe("2026-03-31");
    const sent = await house.organisation(foundation, home).call(submitReport, {
      year: 2025,
      figures: { ...goodFigures, adminFen: 45_000_00, salariesFen: 5_000_00 },
    });
    expect(sent.findings).toMatchObject([
      { code: "ratio/admin", article: "《基金会管理条例》第29条", facts: { actualPercent: 11.11, percent: 10 } },
    ]);
    expect(sent.checks.find((one) => one.item === "charity_spend")).toMatchObject({
      met: true,
      percent: 8,
      limitFen: 8_000_00,
      base: "last_year_net_assets",
    });
  });

  it("shows nobody else's report: not another organisation's, not another county's, not the public's", async () => {
    const { id } = await house.reportOf(direct, 2025);
    await expect(house.organisation(led, home).call(getReport, { reportId: id })).rejects.toMatchObject({
      code: "annual-inspection/report-not-found",
    });
    await expect(
      house.organisation(led, home).call(submitReport, { reportId: id, figures: goodFigures }),
    ).rejects.toMatchObject({ code: "annual-inspection/report-not-found" });
    await expect(house.as("registrar", "630121").call(getReport, { reportId: id })).rejects.toMatchObject({
      code: "annual-inspection/report-not-found",
    });
    await expect(house.unit(unit).call(getReport, { reportId: id })).rejects.toMatchObject({
      code: "annual-inspection/report-not-found",
    });
    await expect(house.portal.call(getReport, { reportId: id })).rejects.toThrow(Refusal);
    await expect(
      house.as("registrar", home).call(submitReport, { reportId: id, figures: goodFigures }),
    ).rejects.toMatchObject({ code: "auth/not-your-role" });
    expect((await house.as("auditor", "63").call(getReport, { reportId: id })).name).toBe("湟中区电商协会");
  });

  it("goes to the unit that looks after the organisation now, not to the one of the day the year was opened", async () => {
    house.clock.set("2026-02-01");
    const moved = await house.add(home, "湟中区划转协会");
    await house.openYear(home, 2025);
    const later = await house.addUnit(home, "湟中区教育局", [moved]);
    const sent = await house.organisation(moved, home).call(submitReport, { year: 2025, figures: goodFigures });
    expect(sent.to).toBe("supervisory-unit");
    expect((await house.unit(later).call(list, {})).rows.map((row) => row.name)).toEqual(["湟中区划转协会"]);
    expect(
      await house
        .unit(unit)
        .call(getReport, { reportId: sent.reportId })
        .catch((error: Refusal) => error.code),
    ).toBe("annual-inspection/report-not-found");
  });

  it("keeps what people wrote out of the journal", async () => {
    house.clock.set("2026-02-01");
    const one = await house.add(home, "湟中区涉外交流协会");
    await house.openYear(home, 2025);
    await house.organisation(one, home).call(submitReport, {
      year: 2025,
      figures: { ...goodFigures, foreignContacts: "接待外宾马可一行" },
      details: { activities: [{ name: "与刘女士座谈" }] },
    });
    const [entry] = await house.sql<{ payload: unknown }>(
      "select payload from journal_entry where event = 'inspection-report-filed' order by id desc limit 1",
    );
    expect(JSON.stringify(entry?.payload)).toContain("incomeTotalFen");
    expect(JSON.stringify(entry?.payload)).not.toMatch(/马可|刘女士/);
  });

  it("refuses an attachment that was never uploaded", async () => {
    const one = await house.add(home, "湟中区附件协会");
    await house.openYear(home, 2025);
    await expect(
      house.organisation(one, home).call(submitReport, {
        year: 2025,
        figures: goodFigures,
        details: { attachments: [{ fileId: "019aa000-0000-7000-8000-000000000001", kind: "audit-report" }] },
      }),
    ).rejects.toMatchObject({ code: "annual-inspection/attachment-not-found" });
  });
});
