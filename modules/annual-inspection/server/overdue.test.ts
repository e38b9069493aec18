import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  conclude,
  fileReport,
  orderRectification,
  reportRectification,
  submitReport,
  unitConsent,
  zombieCandidates,
} from "../annual-inspection.contract.ts";
import {
  listOverdueRuns,
  markOverdue,
  previewOverdue,
  revertOverdueRun,
  stopOverdueRun,
} from "../annual-inspection.runs.contract.ts";
import { goodFigures, type InspectionHouse, inspectionHouse } from "./inspection.fixture.ts";

let house: InspectionHouse;
const registrarOf = (home: string) => house.as("registrar", home);
const deciderOf = (home: string) => house.as("decider", home);

beforeAll(async () => {
  house = await inspectionHouse();
  house.clock.set("2026-01-05");
});
afterAll(() => house.close());

async function mark(home: string, year = 2025) {
  const preview = await registrarOf(home).call(previewOverdue, { year });
  return registrarOf(home).call(markOverdue, { year, limit: 200, digest: preview.digest });
}

describe("the first day after", () => {
  const home = "630122";

  it("is 1 June and not 31 May: on the day itself nothing can be marked, the next day listing is proposed and nobody listed", async () => {
    const one = await house.add(home, "湟中区未报协会");
    const foundation = await house.add(home, "湟中区未报基金会", { kind: "foundation" });
    await house.openYear(home, 2025);

    house.clock.set("2026-03-31");
    expect((await registrarOf(home).call(previewOverdue, { year: 2025 })).total).toBe(0);
    house.clock.set("2026-04-01");
    expect(
      (await registrarOf(home).call(previewOverdue, { year: 2025 })).rows.map((row) => row.organisationId),
    ).toEqual([foundation]);

    house.clock.set("2026-05-31T23:59:59+08:00");
    expect(
      (await registrarOf(home).call(previewOverdue, { year: 2025 })).rows.map((row) => row.organisationId),
    ).toEqual([foundation]);
    house.clock.set("2026-06-01T00:00:01+08:00");
    const preview = await registrarOf(home).call(previewOverdue, { year: 2025 });
    expect(preview).toMatchObject({ today: "2026-06-01", total: 2 });
    expect(house.proposed).toEqual([]);

    const run = await registrarOf(home).call(markOverdue, { year: 2025, limit: 200, digest: preview.digest });
    expect(run).toMatchObject({ wanted: 2, marked: 2, mode: "done" });
    expect(house.proposed.map((each) => [each.organisation, each.year, each.dueOn]).sort()).toEqual([
      ["湟中区未报协会", 2025, "2026-05-31"],
      ["湟中区未报基金会", 2025, "2026-03-31"],
    ]);
    const [row] = await house.sql("select inspection_conclusion, listing from organisation where id = $1", [one]);
    expect(row).toEqual({ inspection_conclusion: "missed", listing: "none" });
    const items = await house.sql<{ body: { state: string } }>(
      "select body from publication.item where collection = 'annual-inspection.conclusion'",
    );
    expect(items.map((item) => item.body.state)).toEqual(["overdue", "overdue"]);
  });

  it("does not keep an organisation from reporting late, marked late, and judged", async () => {
    const [late] = await house.sql<{ organisation_id: string }>(
      "select organisation_id from inspection_report where state = 'overdue' and kind = 'social_group'",
    );
    const organisation = late?.organisation_id as string;
    house.clock.set("2026-06-20");
    const sent = await house.organisation(organisation, home).call(submitReport, { year: 2025, figures: goodFigures });
    expect(sent).toMatchObject({ state: "filed", late: true });
    const [item] = await house.sql<{ body: Record<string, unknown> }>(
      "select body from publication.item where collection = 'annual-inspection.conclusion' and subject_id = $1",
      [organisation],
    );
    expect(item?.body).toMatchObject({ state: "filed", late: true, overdueOn: "2026-06-01" });
    const done = await deciderOf(home).call(conclude, { reportId: sent.reportId, conclusion: "basic" });
    expect(done.state).toBe("basic");
    const [row] = await house.sql("select inspection_conclusion from organisation where id = $1", [organisation]);
    expect(row).toEqual({ inspection_conclusion: "basic" });
  });
});

describe("a run", () => {
  const home = "630121";

  it("leaves alone whoever is no longer registered, waits for the unit, or was agreed to only now", async () => {
    house.clock.set("2026-01-05");
    const [open, gone, waiting, agreed, longAgreed] = [
      await house.add(home, "大通县开放协会"),
      await house.add(home, "大通县注销协会"),
      await house.add(home, "大通县待审协会"),
      await house.add(home, "大通县刚同意协会"),
      await house.add(home, "大通县早同意协会"),
    ] as const;
    const unit = await house.addUnit(home, "大通县教育局", [waiting, agreed, longAgreed]);
    await house.openYear(home, 2025);
    house.clock.set("2026-03-01");
    for (const one of [waiting, agreed, longAgreed])
      await house.organisation(one, home).call(submitReport, { year: 2025, figures: goodFigures });
    await house
      .unit(unit)
      .call(unitConsent, { reportId: (await house.reportOf(longAgreed, 2025)).id, opinion: "同意" });
    house.clock.set("2026-05-30");
    await house.unit(unit).call(unitConsent, { reportId: (await house.reportOf(agreed, 2025)).id, opinion: "同意" });
    await house.sql("update organisation set status = 'deregistered' where id = $1", [gone]);
    house.clock.set("2026-06-01");
    const preview = await registrarOf(home).call(previewOverdue, { year: 2025 });
    expect(preview.rows.map((row) => row.organisationId).sort()).toEqual([open, longAgreed].sort());
    expect(preview.left).toEqual({ withUnit: 1, justConsented: 1, noLongerRegistered: 1 });
    // The agreed one files on the tenth day: late, but never marked overdue.
    expect(await house.organisation(agreed, home).call(fileReport, { year: 2025 })).toMatchObject({
      late: true,
      state: "filed",
    });
  });

  it("is refused when somebody reported between the preview and the run", async () => {
    const [extra] = await house.sql<{ organisation_id: string }>(
      "select organisation_id from inspection_report where home_code = $1 and organisation_name = '大通县开放协会'",
      [home],
    );
    const preview = await registrarOf(home).call(previewOverdue, { year: 2025 });
    await house
      .organisation(extra?.organisation_id as string, home)
      .call(submitReport, { year: 2025, figures: goodFigures });
    await expect(
      registrarOf(home).call(markOverdue, { year: 2025, limit: 200, digest: preview.digest }),
    ).rejects.toMatchObject({
      code: "annual-inspection/preview-stale",
    });
    expect(await house.sql("select 1 from inspection_overdue_run where home_code = $1", [home])).toEqual([]);
  });

  it("is taken back whole, and who has moved on since keeps the new state and is named", async () => {
    house.clock.set("2026-01-05");
    const names = ["大通县甲协会", "大通县乙协会"];
    const ids = [await house.add(home, names[0] as string), await house.add(home, names[1] as string)] as const;
    await house.openYear(home, 2025);
    house.clock.set("2026-06-02");
    const run = await mark(home);
    expect(run.marked).toBe(3);
    await house.organisation(ids[1], home).call(submitReport, { year: 2025, figures: goodFigures });

    await expect(
      registrarOf(home).call(revertOverdueRun, { runId: run.runId, reason: "误操作" }),
    ).rejects.toMatchObject({ code: "auth/not-your-role" });
    await expect(deciderOf("63").call(revertOverdueRun, { runId: run.runId, reason: "误操作" })).rejects.toMatchObject({
      code: "annual-inspection/not-your-register",
    });
    const back = await deciderOf(home).call(revertOverdueRun, { runId: run.runId, reason: "期限登记有误" });
    expect(back).toMatchObject({ reverted: 2, kept: [{ name: names[1], state: "filed" }] });
    expect((await house.reportOf(ids[0], 2025)).state).toBe("open");
    const [ready] = await house.sql<{ state: string }>(
      "select state from inspection_report where organisation_name = '大通县早同意协会'",
    );
    expect(ready?.state).toBe("ready");
    const [row] = await house.sql("select inspection_year, inspection_conclusion from organisation where id = $1", [
      ids[0],
    ]);
    expect(row).toEqual({ inspection_year: 2025, inspection_conclusion: null });
    expect(
      await house.sql(
        "select 1 from publication.item where collection = 'annual-inspection.conclusion' and subject_id = $1",
        [ids[0]],
      ),
    ).toEqual([]);
    expect(house.withdrawn.map((one) => one.organisation)).toContain(names[0]);
    await expect(
      deciderOf(home).call(revertOverdueRun, { runId: run.runId, reason: "再来一次" }),
    ).rejects.toMatchObject({ code: "annual-inspection/run-already-reverted" });
    expect((await registrarOf(home).call(listOverdueRuns, { year: 2025 })).rows).toMatchObject([
      { state: "reverted", marked: 3, reverted: 2, kept: 1 },
    ]);
  });

  it("is refused when nothing is overdue, to other roles, and for another register's reports", async () => {
    await expect(registrarOf(home).call(markOverdue, { year: 2024, limit: 10, digest: "x" })).rejects.toMatchObject({
      code: "annual-inspection/nothing-overdue",
    });
    await expect(house.as("auditor", home).call(previewOverdue, { year: 2025 })).rejects.toMatchObject({
      code: "auth/not-your-role",
    });
    // A parent reads the rows below but marks none of them.
    expect((await registrarOf("6301").call(previewOverdue, { year: 2025 })).total).toBe(0);
  });
});

describe("a long run", () => {
  const home = "630123";

  it("goes on as a job in chunks, and can be stopped between them", async () => {
    house.clock.set("2026-01-05");
    for (let at = 0; at < 130; at++) await house.add(home, `湟源县排灯协会${at}`);
    await house.openYear(home, 2025);
    house.clock.set("2026-06-01");
    const run = await mark(home);
    expect(run).toMatchObject({ wanted: 130, marked: 100, mode: "job" });
    await expect(deciderOf(home).call(revertOverdueRun, { runId: run.runId, reason: "先停" })).rejects.toMatchObject({
      code: "annual-inspection/run-still-running",
    });
    expect(
      await registrarOf(home).call(stopOverdueRun, { runId: run.runId, reason: "发现停电期间系统未开放" }),
    ).toMatchObject({ state: "stopped", marked: 100 });
    await house.open.jobs.tick();
    const count = async () =>
      (await house.sql("select 1 from inspection_report where home_code = $1 and state = 'overdue'", [home])).length;
    expect(await count()).toBe(100);
    expect(await deciderOf(home).call(revertOverdueRun, { runId: run.runId, reason: "停电" })).toMatchObject({
      reverted: 100,
      kept: [],
    });
    expect(await count()).toBe(0);

    const second = await mark(home);
    await house.open.jobs.tick();
    expect(await count()).toBe(130);
    expect(
      (await registrarOf(home).call(listOverdueRuns, {})).rows.find((row) => row.id === second.runId),
    ).toMatchObject({ state: "done", marked: 130 });
  });
});

describe("the daily look", () => {
  it("marks a few by itself on the first day, and leaves many to a person with a duty", async () => {
    const small = "630221";
    const large = "630203";
    house.clock.set("2026-01-05");
    await house.add(small, "平安区小微协会");
    for (let at = 0; at < 4; at++) await house.add(large, `乐都区剪纸协会${at}`);
    await house.sql(
      "insert into setting_value (id, division_code, valid_from, value, reason, set_at) values ('annual.overdue-run-limit', '630203', '2026-01-01', '3', '测试', now())",
    );
    await house.open.reload();
    await house.openYear(small, 2025);
    await house.openYear(large, 2025);
    house.proposed.length = 0;

    const look = async () => {
      await house.sql(
        "update job set run_at = '2020-01-01' where kind in ('annual-inspection.daily-overdue', 'annual-inspection.reminders') and finished_at is null",
      );
      await house.open.jobs.tick();
    };
    house.clock.set("2026-05-31");
    await look();
    expect(house.proposed).toEqual([]);
    house.clock.set("2026-06-01");
    await look();
    expect(house.proposed.map((one) => one.organisation)).toContain("平安区小微协会");
    expect(house.proposed.map((one) => one.organisation).filter((one) => one.startsWith("乐都"))).toEqual([]);
    await look();
    const duties = await house.sql<{ link: string }>(
      "select link from duty where kind = 'annual-inspection.overdue-run' and home_code = $1",
      [large],
    );
    expect(duties).toEqual([{ link: "/annual-inspection/overdue?year=2025&what=report" }]);
    await mark(large);
    expect(
      await house.sql(
        "select 1 from duty where kind = 'annual-inspection.overdue-run' and home_code = $1 and state = 'open'",
        [large],
      ),
    ).toEqual([]);
  });
});

describe("a body that no longer exists", () => {
  it("owes nothing: its duty ends with the reason and nobody is marked", async () => {
    const home = "630225";
    house.clock.set("2026-01-05");
    const gone = await house.add(home, "循化县已注销射箭协会");
    await house.openYear(home, 2025);
    await house.sql("update organisation set status = 'deregistered' where id = $1", [gone]);
    house.clock.set("2026-06-01");
    house.proposed.length = 0;
    await house.sql(
      "update job set run_at = '2020-01-01' where kind = 'annual-inspection.daily-overdue' and finished_at is null",
    );
    await house.open.jobs.tick();
    const { id, state } = await house.reportOf(gone, 2025);
    expect(state).toBe("not_owed");
    const [duty] = await house.sql("select state, ground from duty where subject_id = $1", [id]);
    expect(duty).toEqual({ state: "cancelled", ground: "no-longer-registered" });
    expect(house.proposed.map((one) => one.organisation)).not.toContain("循化县已注销射箭协会");
  });
});

describe("reminders", () => {
  it("climb the ladder of 30, 7 and 1 days, once each, before the unit's day where there is a unit", async () => {
    const home = "630224";
    house.clock.set("2027-01-05");
    const [direct, led] = [await house.add(home, "化隆县拉面协会"), await house.add(home, "化隆县教育学会")] as const;
    await house.addUnit(home, "化隆县教育局", [led]);
    await house.openYear(home, 2026);
    const remindOn = async (day: string) => {
      house.clock.set(day);
      await house.sql(
        "update job set run_at = '2020-01-01' where kind = 'annual-inspection.reminders' and finished_at is null",
      );
      await house.open.jobs.tick();
      const rows = await house.sql<{ organisation_id: string; reminders: number }>(
        "select organisation_id, reminders from duty where kind = 'annual-inspection.report' and home_code = $1",
        [home],
      );
      return {
        direct: rows.find((row) => row.organisation_id === direct)?.reminders,
        led: rows.find((row) => row.organisation_id === led)?.reminders,
      };
    };
    expect(await remindOn("2027-02-28")).toEqual({ direct: 0, led: 0 });
    expect(await remindOn("2027-03-01")).toEqual({ direct: 0, led: 1 });
    expect(await remindOn("2027-03-01")).toEqual({ direct: 0, led: 1 });
    expect(await remindOn("2027-03-24")).toEqual({ direct: 0, led: 2 });
    expect(await remindOn("2027-03-30")).toEqual({ direct: 0, led: 3 });
    expect(await remindOn("2027-05-01")).toEqual({ direct: 1, led: 3 });
    expect(await remindOn("2027-05-30")).toEqual({ direct: 3, led: 3 });
  });
});

describe("a rectification not reported", () => {
  const home = "630222";

  it("is overdue the day after its day, proposed, and a late report puts it right", async () => {
    house.clock.set("2026-02-02");
    const organisation = await house.add(home, "民和县刺绣协会");
    await house.openYear(home, 2025);
    const { reportId } = await house
      .organisation(organisation, home)
      .call(submitReport, { year: 2025, figures: goodFigures });
    await deciderOf(home).call(conclude, {
      reportId,
      conclusion: "basic",
      issues: [{ text: "会费标准未表决", severity: "minor" }],
    });
    const { dueOn } = await deciderOf(home).call(orderRectification, { reportId, items: ["表决会费标准"] });
    expect(dueOn).toBe("2026-05-02");
    house.clock.set("2026-05-02");
    expect((await registrarOf(home).call(previewOverdue, { year: 2025, what: "rectification" })).total).toBe(0);
    house.clock.set("2026-05-03");
    house.proposed.length = 0;
    const preview = await registrarOf(home).call(previewOverdue, { year: 2025, what: "rectification" });
    await registrarOf(home).call(markOverdue, { year: 2025, what: "rectification", limit: 10, digest: preview.digest });
    expect(house.proposed).toMatchObject([
      { organisation: "民和县刺绣协会", what: "rectification", dueOn: "2026-05-02" },
    ]);
    expect((await house.reportOf(organisation, 2025)).state).toBe("rectification_overdue");
    const [row] = await house.sql("select inspection_conclusion from organisation where id = $1", [organisation]);
    expect(row).toEqual({ inspection_conclusion: "basic" });
    expect(
      await house.organisation(organisation, home).call(reportRectification, { year: 2025, text: "已表决" }),
    ).toMatchObject({ state: "rectifying" });
  });
});

describe("candidates of the zombie clean-up", () => {
  it("are those who missed two years running, with the reason, and nothing happens to them", async () => {
    const home = "630223";
    house.clock.set("2025-01-06");
    const [twice, once] = [
      await house.add(home, "互助县两年未报协会"),
      await house.add(home, "互助县一年未报协会"),
    ] as const;
    await house.openYear(home, 2024);
    await house.organisation(once, home).call(submitReport, { year: 2024, figures: goodFigures });
    house.clock.set("2025-06-01");
    await mark(home, 2024);
    house.clock.set("2026-01-05");
    await house.openYear(home, 2025);
    house.clock.set("2026-06-10");
    await mark(home, 2025);
    const found = await registrarOf(home).call(zombieCandidates, { year: 2025 });
    expect(found.rows).toMatchObject([
      {
        organisationId: twice,
        missedYears: [2024, 2025],
        ground: "连续2年未参加年检(年报)",
        why: {
          rule: "zombie.candidate",
          conditions: [{ field: "missed_annual_years", value: 2, threshold: 2, met: true }],
        },
        candidateFor: "立案调查 -> 拟吊销登记证书",
      },
    ]);
    const [row] = await house.sql("select status from organisation where id = $1", [twice]);
    expect(row).toEqual({ status: "registered" });
  });
});
