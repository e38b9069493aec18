import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commit, get as getBatch, stage, undo } from "../../../kernel/sheet/sheet.contract.ts";
import { conclude, getReport, list, submitReport } from "../annual-inspection.contract.ts";
import { concludeBatch, previewBatch } from "../annual-inspection.runs.contract.ts";
import { recordReport } from "../record.contract.ts";
import { goodFigures, type InspectionHouse, inspectionHouse } from "./inspection.fixture.ts";

let house: InspectionHouse;
let folder: string;

beforeAll(async () => {
  house = await inspectionHouse();
  house.clock.set("2026-01-05");
  folder = mkdtempSync(join(tmpdir(), "inspection-"));
});
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

async function stageText(home: string, text: string) {
  const path = join(folder, `${crypto.randomUUID()}.csv`);
  writeFileSync(path, text);
  const registrar = house.as("registrar", home);
  const staged = await registrar.call(
    stage,
    { operation: "annual-inspection.record-report", answers: { "money-unit": "yuan" } },
    {
      upload: {
        fileName: "annual.csv",
        declaredType: "text/csv",
        path,
        size: Buffer.byteLength(text),
        sha256: createHash("sha256").update(text).digest("hex"),
      },
    },
  );
  await house.open.jobs.tick();
  return { id: staged.id, batch: await registrar.call(getBatch, { id: staged.id, limit: 200 }) };
}

describe("reports of past years", () => {
  const home = "630122";

  it("are recorded once, changed while nobody has judged them, and never over a report being handled", async () => {
    const foundation = await house.add(home, "湟中区补录基金会", { kind: "foundation" });
    const registrar = house.as("registrar", home);
    const line = {
      name: "湟中区补录基金会",
      year: 2014,
      spendTotalFen: 1000_00,
      charitySpendFen: 950_00,
      adminFen: 50_00,
    };
    const first = await registrar.call(recordReport, line);
    expect(first).toMatchObject({ outcome: "new", state: "filed", findings: [] });
    expect(await registrar.call(recordReport, line)).toMatchObject({ outcome: "same", version: first.version });
    const changed = await registrar.call(recordReport, { ...line, charitySpendFen: 850_00, adminFen: 150_00 });
    expect(changed).toMatchObject({ outcome: "change", reportId: first.reportId });
    expect(changed.findings).toMatchObject([{ code: "ratio/admin", article: "《基金会管理条例》第29条" }]);
    await expect(registrar.call(recordReport, { ...line, spendTotalFen: 1000_01 })).rejects.toMatchObject({
      code: "annual-inspection/figures-contradict",
    });
    await expect(registrar.call(recordReport, { ...line, year: 2026 })).rejects.toMatchObject({
      code: "annual-inspection/year-not-past",
    });
    await expect(registrar.call(recordReport, { ...line, name: "查无此会" })).rejects.toMatchObject({
      code: "annual-inspection/organisation-unknown",
    });
    await house.as("decider", home).call(conclude, { reportId: first.reportId, conclusion: "basic" });
    await expect(registrar.call(recordReport, line)).rejects.toMatchObject({
      code: "annual-inspection/report-already-handled",
    });
    await house.openYear(home, 2025);
    await house.organisation(foundation, home).call(submitReport, {
      year: 2025,
      figures: { ...goodFigures, adminFen: 10_000_00, charitySpendFen: 440_000_00 },
    });
    await expect(registrar.call(recordReport, { ...line, year: 2025 })).rejects.toMatchObject({
      code: "annual-inspection/report-already-handled",
    });
  });

  it("give this year's form last year's figures", async () => {
    const organisation = await house.add(home, "湟中区连年协会");
    const registrar = house.as("registrar", home);
    for (const year of [2022, 2023, 2024])
      await registrar.call(recordReport, {
        name: "湟中区连年协会",
        year,
        donationIncomeFen: year * 100,
        incomeTotalFen: year * 100,
        spendTotalFen: 1_00,
        charitySpendFen: 1_00,
        assetsEndFen: year,
        netAssetsEndFen: year,
      });
    await house.openYear(home, 2025);
    const report = await house.organisation(organisation, home).call(getReport, { year: 2025 });
    const by = Object.fromEntries(report.prefill.map((one) => [one.field, one]));
    expect(by.netAssetsStartFen).toEqual({
      field: "netAssetsStartFen",
      value: 2024,
      source: "last-report",
      year: 2024,
    });
    expect(by.lastYearIncomeFen?.value).toBe(202_400);
    expect(by.donationAverageFen).toMatchObject({ value: 202_300, source: "last-three-reports" });
    expect(report.lastYear).toMatchObject({ year: 2024, state: "filed", figures: { incomeTotalFen: 202_400 } });
  });

  it("end the duty to report, and the duty returns when they are taken back", async () => {
    const organisation = await house.add(home, "湟中区补录读书会");
    house.clock.set("2026-03-02");
    await house.openYear(home, 2025);
    const report = await house.reportOf(organisation, 2025);
    const duties = () =>
      house.sql<{ state: string; due_on: string }>(
        "select state, due_on::text from duty where subject_id = $1 and kind = 'annual-inspection.report' order by id",
        [report.id],
      );
    expect(await duties()).toEqual([{ state: "open", due_on: "2026-05-31" }]);
    const { id } = await stageText(home, "名称,年度,支出合计\n湟中区补录读书会,2025,100.00");
    const registrar = house.as("registrar", home);
    await registrar.call(commit, { id });
    await house.open.jobs.tick();
    expect(await duties()).toMatchObject([{ state: "done" }]);
    await registrar.call(undo, { id });
    await house.open.jobs.tick();
    expect(await duties()).toEqual([
      { state: "done", due_on: "2026-05-31" },
      { state: "open", due_on: "2026-05-31" },
    ]);
  });

  it("come from a sheet with each fault at its cell, and can be taken back until somebody judges them", async () => {
    await house.add(home, "湟中区表一基金会", { kind: "foundation" });
    await house.add(home, "湟中区表二基金会", { kind: "foundation" });
    const text = [
      "名称,年度,支出合计,公益事业支出,工作人员工资福利支出,行政办公支出,其他支出",
      "湟中区表一基金会,2013,100.00,95.00,3.00,2.00,0",
      "湟中区表二基金会,2013,100.00,95.00,3.00,2.01,0",
      "湟中区无此基金会,2013,1,1,0,0,0",
    ].join("\n");
    const { id, batch } = await stageText(home, text);
    expect(batch).toMatchObject({ state: "checked", counts: { rows: 3, new: 1, bad: 2 } });
    expect(batch.errors.map((one) => [one.cell, one.code])).toEqual([
      ["C3", "annual-inspection/figures-contradict"],
      ["A4", "annual-inspection/organisation-unknown"],
    ]);
    expect(batch.errors[0]?.message).toContain("应为 100.01 元");
    const registrar = house.as("registrar", home);
    await registrar.call(commit, { id, acceptPartial: true });
    await house.open.jobs.tick();
    const states = () =>
      house.sql<{ state: string; spend_total_fen: number | null }>(
        "select state, spend_total_fen::integer from inspection_report where year = 2013",
      );
    expect(await states()).toEqual([{ state: "filed", spend_total_fen: 100_00 }]);
    await registrar.call(undo, { id });
    await house.open.jobs.tick();
    expect(await states()).toEqual([{ state: "not_owed", spend_total_fen: null }]);
    const again = await stageText(home, text);
    expect(again.batch.counts).toMatchObject({ new: 1, bad: 2 });
    await registrar.call(commit, { id: again.id, acceptPartial: true });
    await house.open.jobs.tick();
    const [report] = (await registrar.call(list, { year: 2013, state: "filed" })).rows;
    await house.as("decider", home).call(conclude, { reportId: report?.id as string, conclusion: "passed" });
    await registrar.call(undo, { id: again.id });
    await house.open.jobs.tick();
    expect((await states()).map((row) => row.state)).toEqual(["passed"]);
    expect((await registrar.call(getBatch, { id: again.id })).warnings.map((one) => one.code)).toContain(
      "annual-inspection/touched-since",
    );
  });
});

const source = "../shared/data/foundation-annual-2014/activities-2014.csv";

describe.skipIf(!existsSync(source))(
  `35 foundations of 2014${existsSync(source) ? "" : " (skipped: no shared data)"}`,
  () => {
    const home = "630200";

    it("pass through the inspection: totals agree to the fen, and the law of 2014 says who is over the share", async () => {
      const [header, ...lines] = readFileSync(source, "utf8").trim().split(/\r?\n/);
      const names = lines.map((line) => line.split(",")[1] as string);
      expect(names).toHaveLength(35);
      for (const name of names) await house.add(home, name, { kind: "foundation", registeredOn: "2008-01-01" });
      const { id, batch } = await stageText(
        home,
        [`year,${header}`, ...lines.map((line) => `2014,${line}`)].join("\n"),
      );
      const bad = batch.errors.map((one) => [one.row, one.field, one.code]);
      expect(bad).toEqual([]);
      expect(batch).toMatchObject({ state: "checked", counts: { rows: 35, new: 35, bad: 0 } });
      await house.as("registrar", home).call(commit, { id });
      await house.open.jobs.tick();

      const fenOf = (column: number) =>
        lines.reduce((all, line) => all + Math.round(Number(line.split(",")[column]) * 100), 0);
      const [totals] = await house.sql<Record<string, string>>(`
      select count(*)::text as reports, sum(cash_donations_fen)::text as cash, sum(in_kind_donations_fen)::text as in_kind, sum(spend_total_fen)::text as spend,
        sum(charity_spend_fen)::text as charity, sum(salaries_fen)::text as salaries, sum(admin_fen)::text as admin, sum(other_spend_fen)::text as other,
        sum(spend_total_fen - charity_spend_fen - salaries_fen - admin_fen - other_spend_fen)::text as gap
      from inspection_report where home_code = '630200' and year = 2014`);
      expect(totals).toEqual({
        reports: "35",
        cash: String(fenOf(2)),
        in_kind: String(fenOf(4)),
        spend: String(fenOf(5)),
        charity: String(fenOf(6)),
        salaries: String(fenOf(7)),
        admin: String(fenOf(8)),
        other: String(fenOf(9)),
        gap: "0",
      });

      const over = await house.sql<{ name: string; article: string; percent: number }>(`
      select organisation_name as name, finding->>'article' as article, (finding->'facts'->>'actualPercent')::float as percent
      from inspection_report, jsonb_array_elements(findings) as finding
      where home_code = '630200' and finding->>'code' = 'ratio/admin' order by percent`);
      expect(over).toEqual([
        { name: "上海向阳公益基金会", article: "《基金会管理条例》第29条", percent: 10.3 },
        { name: "上海兴华教育扶贫基金会", article: "《基金会管理条例》第29条", percent: 11.3 },
        { name: "一汽自主创新沈曾华奖励基金会", article: "《基金会管理条例》第29条", percent: 100 },
      ]);
      expect(batch.warnings.filter((one) => one.code === "annual-inspection/over-ratio")).toHaveLength(3);
      const decisions = await house.sql<{ version: string; n: number }>(
        "select version, count(*)::integer as n from decision where home_code = '630200' and rule = 'annual.expense_ratio' group by version",
      );
      expect(decisions).toEqual([{ version: "2004-06-01", n: 35 }]);
    });

    it("are concluded: the clean ones together, those over the share one by one with the rule's suggestion", async () => {
      const decider = house.as("decider", home);
      const preview = await decider.call(previewBatch, { year: 2014, limit: 200 });
      const flagged = await house.as("registrar", home).call(list, { year: 2014, limit: 200 });
      const unclean = flagged.rows.filter((row) => row.findingCount > 0);
      expect(preview.rows.length + unclean.length).toBe(35);
      await decider.call(concludeBatch, {
        year: 2014,
        reportIds: preview.rows.map((row) => row.id),
        digest: preview.digest,
      });
      for (const row of unclean)
        expect((await decider.call(conclude, { reportId: row.id, conclusion: "basic" })).suggested).toBe("basic");
      const after = await house.sql<{ state: string; n: number }>(
        "select state, count(*)::integer as n from inspection_report where home_code = '630200' and year = 2014 group by state order by state",
      );
      expect(after).toEqual([
        { state: "basic", n: unclean.length },
        { state: "passed", n: preview.rows.length },
      ]);
      const cells = await house.sql<{ key: string; value: number }>(
        "select key, value::integer from indicator_cell where home_code = '630200' and indicator = 'annual-inspection.reports' and period = '2014' and value <> 0 order by key",
      );
      expect(cells).toEqual([
        { key: "foundation|basic", value: unclean.length },
        { key: "foundation|passed", value: preview.rows.length },
      ]);
    });
  },
);
