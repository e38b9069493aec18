import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addMonths } from "../../../kernel/clock/date.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { decideRule } from "../../../kernel/rule/decide.ts";
import { addReport, board, list, openYear, years } from "../annual-inspection.contract.ts";
import { owesReport } from "../annual-inspection.rules.ts";
import { type InspectionHouse, inspectionHouse } from "./inspection.fixture.ts";

let house: InspectionHouse;
const home = "630122";

beforeAll(async () => {
  house = await inspectionHouse();
  house.clock.set("2026-01-05");
});
afterAll(() => house.close());

const kinds = ["social_group", "social_service_institution", "foundation"] as const;
/** Days around every line of the year 2025. */
const days = ["2019-05-01", "2025-06-29", "2025-06-30", "2025-07-01", "2025-07-02", "2025-12-31", "2026-01-01"];

describe("opening a year", () => {
  it("opens a report for exactly those the rule says owe one, with the due days of their kind", async () => {
    const wanted = new Map<string, { owes: boolean | null; due: string | undefined }>();
    for (const kind of kinds) {
      for (const registered of days) {
        const id = await house.add(
          home,
          `湟中区${kind === "foundation" ? "助学基金会" : kind === "social_group" ? "助学协会" : "助学服务中心"}${registered.replaceAll("-", "")}`,
          { kind, registeredOn: registered },
        );
        const { output } = decideRule(
          owesReport,
          { kind, year: 2025, registered_on: registered, charity: false },
          {
            today: "2026-01-05",
            settings: (setting, date) => house.open.house.settings.on(setting, date, home),
            calendar: house.open.house.calendar(),
          },
        );
        wanted.set(id, { owes: output.owes, due: output.to_registry_by });
      }
    }
    const charity = await house.add(home, "湟中区慈善协会");
    await house.sql("update organisation set is_charity = true where id = $1", [charity]);
    wanted.set(charity, { owes: false, due: undefined });
    const gone = await house.add(home, "湟中区已注销协会", { status: "deregistered" });
    const filed = await house.add(home, "湟中区锅庄舞蹈队", { kind: "community_organisation", status: "filed" });
    const undated = await house.add(home, "湟中区日期不明协会");
    await house.sql("update organisation set registered_on = null where id = $1", [undated]);

    const answer = await house.as("registrar", home).call(openYear, { year: 2025 });
    const rows = await house.sql<{ organisation_id: string; due: string }>(
      "select organisation_id, due_on::text as due from inspection_report where year = 2025",
    );
    const opened = new Map(rows.map((row) => [row.organisation_id, row.due]));
    for (const [id, want] of wanted) {
      expect(opened.has(id), id).toBe(want.owes === true);
      if (want.owes) expect(opened.get(id)).toBe(want.due);
    }
    for (const id of [gone, filed, undated]) expect(opened.has(id)).toBe(false);
    expect(answer).toMatchObject({ mode: "done", opened: opened.size, already: 0, undated: 1, charities: 1 });
    expect(answer.tooYoung).toBe([...wanted.values()].filter((one) => one.owes === false).length - 1);
    const duties = await house.sql<{ due: string }>(
      "select due_on::text as due from duty where kind = 'annual-inspection.report' order by due_on",
    );
    expect(duties.map((row) => row.due)).toEqual([...opened.values()].sort());
  });

  it("draws the six months of a service institution where the ordinance does", () => {
    for (const day of days) expect(addMonths(day, 6) <= "2025-12-31").toBe(day <= "2025-06-30");
  });

  it("adds only what is missing when it is opened again, and moves no counter twice", async () => {
    const registrar = house.as("registrar", home);
    const before = await registrar.call(board, { year: 2025 });
    const again = await registrar.call(openYear, { year: 2025 });
    expect(again).toMatchObject({ opened: 0 });
    expect(again.already).toBe(before.owed);
    const late = await house.add(home, "湟中区补登记协会");
    expect(await registrar.call(openYear, { year: 2025 })).toMatchObject({ opened: 1, already: before.owed });
    expect((await registrar.call(board, { year: 2025 })).owed).toBe(before.owed + 1);
    expect((await house.reportOf(late, 2025)).state).toBe("open");
    expect(await house.sql("select 1 from duty where kind = 'annual-inspection.report'")).toHaveLength(before.owed + 1);
  });

  it("gives a replay its first answer", async () => {
    const registrar = house.as("registrar", home);
    await house.add(home, "湟中区重放协会");
    const key = "open-2025-once";
    const first = await registrar.call(openYear, { year: 2025 }, { key });
    expect(first.opened).toBe(1);
    expect(await registrar.call(openYear, { year: 2025 }, { key })).toEqual(first);
  });

  it("takes a cut-off for social groups of that year only", async () => {
    const registrar = house.as("registrar", home);
    await expect(registrar.call(openYear, { year: 2025, cutOff: "2026-02-01" })).rejects.toThrow(Refusal);
    const one = await house.add(home, "湟中区九月登记协会", { registeredOn: "2025-09-01" });
    await registrar.call(openYear, { year: 2025 });
    await expect(house.reportOf(one, 2025)).rejects.toThrow();
    expect((await registrar.call(openYear, { year: 2025, cutOff: "2025-09-30" })).opened).toBeGreaterThan(0);
    expect((await house.reportOf(one, 2025)).due_on).toBe("2026-05-31");
  });

  it("refuses a year that is not over", async () => {
    await expect(house.as("registrar", home).call(openYear, { year: 2026 })).rejects.toMatchObject({
      code: "annual-inspection/year-not-over",
    });
  });

  it("does nothing for an auditor, an organisation or the public", async () => {
    for (const actor of [house.as("auditor", home), house.as("publisher", home), house.portal])
      await expect(actor.call(openYear, { year: 2025 })).rejects.toThrow(Refusal);
  });

  it("is all below for an administrator of the province, as a job, and for nobody else", async () => {
    await house.add("630121", "大通县民间文艺协会");
    await house.add("630200", "海东市助老基金会", { kind: "foundation" });
    await expect(house.as("registrar", "63").call(openYear, { year: 2025, homes: "all-below" })).rejects.toMatchObject({
      code: "annual-inspection/only-administrator-opens-below",
    });
    const answer = await house.as("administrator", "63").call(openYear, { year: 2025, homes: "all-below" });
    expect(answer).toMatchObject({ mode: "job", opened: 0 });
    await house.open.jobs.tick();
    const [job] = await house.sql<{ progress: { opened: number; homes: number }; error: string | null }>(
      "select progress, error from job where id = $1",
      [answer.jobId],
    );
    expect(job).toMatchObject({ error: null, progress: { opened: 2, homes: 3 } });
    const opened = await house.as("administrator", "63").call(years, {});
    expect(opened.years).toMatchObject([{ year: 2025, homes: 3, opening: false }]);
  });

  it("shows a county only its own rows and a province all of them", async () => {
    const county = await house.as("registrar", "630121").call(list, { year: 2025 });
    expect(county.rows.map((row) => row.name)).toEqual(["大通县民间文艺协会"]);
    const province = await house.as("registrar", "63").call(board, { year: 2025 });
    expect(province.rows.map((row) => row.division)).toEqual(["6301", "6302"]);
    expect(province.rows[1]).toMatchObject({ name: "海东市", owed: 1, counts: { open: 1 } });
    await expect(house.as("registrar", "630121").call(board, { year: 2025, division: "6302" })).rejects.toMatchObject({
      code: "annual-inspection/outside-your-range",
    });
  });

  it("pages a list without losing or repeating a row", async () => {
    const registrar = house.as("registrar", home);
    const whole = await registrar.call(list, { year: 2025, limit: 200 });
    const seen: string[] = [];
    for (let after: string | null | undefined; after !== null; ) {
      const page: { rows: { id: string }[]; next: string | null } = await registrar.call(list, {
        year: 2025,
        limit: 3,
        ...(after ? { after } : {}),
      });
      seen.push(...page.rows.map((row) => row.id));
      after = page.next;
    }
    expect(seen).toEqual(whole.rows.map((row) => row.id));
    expect((await registrar.call(list, { year: 2025, limit: 200, after: "nonsense" })).rows).toEqual(whole.rows);
  });

  it("opens one report by hand where the registration date is not known, once", async () => {
    const registrar = house.as("registrar", home);
    const [undated] = await house.sql<{ id: string }>("select id from organisation where registered_on is null");
    const given = { organisationId: undated?.id as string, year: 2025, reason: "登记档案显示二〇一〇年成立" };
    expect(await registrar.call(addReport, given)).toMatchObject({ state: "open", version: 1 });
    await expect(registrar.call(addReport, given)).rejects.toMatchObject({ code: "annual-inspection/report-exists" });
    await expect(house.as("registrar", "63").call(addReport, given)).rejects.toMatchObject({
      code: "annual-inspection/not-your-register",
    });
  });
});
