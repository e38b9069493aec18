import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { modules } from "../apps/modules.ts";
import { signIn } from "../kernel/auth/auth.contract.ts";
import { passwordProblems } from "../kernel/auth/password.ts";
import { publicActor } from "../kernel/auth/sessions.ts";
import { listDuties } from "../kernel/duty/duty.contract.ts";
import { checkCreditCode } from "../kernel/identity/uscc.ts";
import { drift } from "../kernel/indicator/indicator.ts";
import { everyone } from "../kernel/operation/define.ts";
import { type TestHouse, testHouse } from "../kernel/testing/house.ts";
import { board, getReport, list } from "../modules/annual-inspection/annual-inspection.contract.ts";
import { states as reportStates } from "../modules/annual-inspection/annual-inspection.shapes.ts";
import { states as complaintStates } from "../modules/complaints/complaints.contract.ts";
import { localClasses, nationalClasses } from "../modules/credit/credit.catalogue.ts";
import { listingStates } from "../modules/credit/listing.shapes.ts";
import { statuses } from "../modules/organisations/index.ts";
import { getStatistics, listOrganisations } from "../modules/organisations/organisations.contract.ts";
import { procedures } from "../modules/organisations/organisations.procedures.ts";
import { demoAccounts, demonstrate } from "./demo.ts";

let house: TestHouse;
const said: string[] = [];

beforeAll(async () => {
  house = await testHouse(modules);
  house.clock.set("2026-11-21T10:00:00+08:00");
  // A power cut in the middle of the first start, then the second start.
  const { open } = house;
  let left = 200;
  const spend = () => {
    left -= 1;
    if (left < 0) throw new Error("power cut");
  };
  const cut: typeof open = {
    ...open,
    call: (...given) => {
      spend();
      return open.call(...given);
    },
  };
  await expect(demonstrate(cut, () => {})).rejects.toThrow("power cut");
  expect(await demonstrate(open, (line) => said.push(line))).toBe("continued");
}, 300_000);
afterAll(() => house.close());

const counts = async (text: string) =>
  Object.fromEntries((await house.sql<{ key: string; n: number }>(text)).map(({ key, n }) => [key, n]));

describe("the demonstration province", () => {
  it("is whole after an interruption, and is not made twice", async () => {
    const before = await house.sql("select count(*)::int as n from journal_entry");
    expect(await demonstrate(house.open, () => {})).toBe("there");
    expect(await house.sql("select count(*)::int as n from journal_entry")).toEqual(before);
    expect(said.at(-1)).toContain("organisations");
    // What was answered before the power cut was not done again.
    expect(await house.sql("select name from organisation group by home_code, name having count(*) > 1")).toEqual([]);
    expect(
      await house.sql(
        "select organisation_id, year from inspection_report group by organisation_id, year having count(*) > 1",
      ),
    ).toEqual([]);
    expect(
      await house.sql("select event, code, count(*)::int as n from journal_entry where refused group by 1, 2"),
    ).toEqual([]);
  });

  it("holds organisations of all kinds in every state, in every county", async () => {
    const kinds = await counts("select kind as key, count(*)::int as n from organisation group by kind");
    expect(kinds.social_group).toBeGreaterThan(240);
    expect(kinds.social_service_institution).toBeGreaterThan(190);
    expect(kinds.foundation).toBeGreaterThan(18);
    expect(kinds.community_organisation).toBeGreaterThan(100);
    const states = await counts("select status as key, count(*)::int as n from organisation group by status");
    expect(Object.keys(states).sort()).toEqual([...statuses].sort());
    const [{ homes } = { homes: 0 }] = await house.sql<{ homes: number }>(
      "select count(distinct home_code)::int as homes from organisation",
    );
    expect(homes).toBe(1 + 8 + 45);
  });

  it("shows names that are hard on columns and fonts, and codes that belong to nobody", async () => {
    const rows = await house.sql<{ name: string; credit_code: string | null; legal_representative: string | null }>(
      "select name, credit_code, legal_representative from organisation",
    );
    const text = rows.map((row) => row.name + row.legal_representative).join();
    for (const rare of ["𬭎", "㛃", "䶮"]) expect(text).toContain(rare);
    expect(rows.some((row) => [...row.name].length === 36)).toBe(true);
    const checked = rows.flatMap((row) => (row.credit_code ? [checkCreditCode(row.credit_code)] : []));
    expect(checked.filter((one) => !one.valid)).toHaveLength(2);
    expect(checked.every((one) => one.organisationCode?.startsWith("PDY"))).toBe(true);
    expect(checked.filter((one) => one.organisationCodeSuspect)).toEqual([]);
  });

  it("shows every state of every procedure", async () => {
    const states = async (procedure: string) =>
      Object.keys(
        await counts(
          `select state as key, count(*)::int as n from procedure_instance where procedure = '${procedure}' group by state`,
        ),
      );
    const reports = await counts(
      "select state as key, count(*)::int as n from inspection_report where year = 2025 group by state",
    );
    expect(Object.keys(reports).sort()).toEqual([...reportStates].sort());
    const listings = await counts("select state as key, count(*)::int as n from credit_listing group by state");
    expect(Object.keys(listings).sort()).toEqual([...listingStates].sort());
    const complaints = await counts("select state as key, count(*)::int as n from complaint group by state");
    expect(Object.keys(complaints).sort()).toEqual([...complaintStates].sort());
    const missing = [];
    for (const one of procedures) {
      const seen = await states(one.id);
      missing.push(...one.states.filter((state) => !seen.includes(state)).map((state) => `${one.id}/${state}`));
    }
    // States a procedure passes through within one story and does not rest in.
    expect(missing.sort()).toEqual(
      [
        "organisations.change/correcting",
        "organisations.change/refused",
        "organisations.change/returned",
        "organisations.change/submitted",
        "organisations.change/withdrawn",
        "organisations.community-filing/upgraded",
        "organisations.deregistration/abandoned",
        "organisations.deregistration/accepted",
        "organisations.deregistration/correcting",
        "organisations.deregistration/returned",
        "organisations.deregistration/with-unit",
        "organisations.revocation/annulled",
      ].sort(),
    );
  });

  it("has three years of conclusions, and both lists with their clocks before and behind their day", async () => {
    for (const year of [2023, 2024]) {
      const concluded = await counts(
        `select coalesce(conclusion, 'none') as key, count(*)::int as n from inspection_report where year = ${year} group by 1`,
      );
      expect(concluded.passed).toBeGreaterThan(100);
      expect(concluded.basic).toBeGreaterThan(0);
    }
    const clocks = await house.sql<{ list: string; six: number | null; two: number | null }>(
      "select list, six_months_on - date '2026-11-21' as six, two_years_on - date '2026-11-21' as two from credit_listing where state in ('listed', 'removal-applied', 'removal-verified')",
    );
    expect(clocks.some((one) => one.six !== null && one.six > 0 && one.six < 15)).toBe(true);
    expect(clocks.some((one) => one.six !== null && one.six <= 0)).toBe(true);
    expect(clocks.some((one) => one.two !== null && one.two > 0 && one.two < 30)).toBe(true);
    expect(clocks.some((one) => one.list === "abnormal" && one.two !== null && one.two <= 0)).toBe(true);
    expect(clocks.filter((one) => one.list === "serious").length).toBeGreaterThan(1);
    const classes = await house.sql<{ class: string; local_class: string }>(
      "select distinct class, local_class from credit_record",
    );
    expect(new Set(classes.map((one) => one.local_class))).toEqual(
      new Set(localClasses.filter((one) => one !== "basic")),
    );
    expect(nationalClasses.filter((one) => !classes.some((row) => row.class === one))).toEqual(["basic", "annual"]);
  });

  it("has work that is overdue and work that is due this week", async () => {
    const duties = await counts(
      "select case when due_on < date '2026-11-21' then 'overdue' when due_on <= date '2026-11-28' then 'week' else 'later' end as key, count(*)::int as n from duty where state = 'open' group by 1",
    );
    expect(duties.overdue).toBeGreaterThan(20);
    expect(duties.overdue).toBeLessThan(250);
    expect(duties.week).toBeGreaterThan(8);
    expect(duties.later).toBeGreaterThan(30);
  });

  it("shows donated equipment looked after: samples, an evaluation, discrepancies of every kind, what is published", async () => {
    const states = await counts("select state as key, count(*)::integer as n from equipment_discrepancy group by 1");
    expect(Object.keys(states)).toEqual(expect.arrayContaining(["open", "measured", "closed"]));
    const samples = await counts("select purpose as key, count(*)::integer as n from equipment_sample group by 1");
    expect(samples).toEqual({ spot_check: 1, evaluation: 1 });
    const looks = await counts("select kind as key, count(*)::integer as n from equipment_check group by 1");
    expect(Object.keys(looks).sort()).toEqual(["evaluation", "spot_check", "verification"]);
    const told = await counts(
      "select collection as key, count(*)::integer as n from publication.item where collection like 'equipment.%' group by 1",
    );
    expect(Object.keys(told).sort()).toEqual([
      "equipment.home",
      "equipment.progress",
      "equipment.sample",
      "equipment.sample-home",
    ]);
  });

  it("tells nobody but those who care for people who is visited at home", async () => {
    const kinds = async (role: "registrar" | "publisher" | "officer") => {
      const { duties } = await house.as(role, "630102").call(listDuties, { limit: 200 });
      return new Set(duties.map((one) => one.kind.slice(0, one.kind.indexOf("."))));
    };
    expect(await kinds("officer")).toEqual(new Set(["visiting-care", "people", "equipment"]));
    for (const role of ["registrar", "publisher"] as const) {
      expect(await kinds(role)).toContain("complaints");
      expect(await kinds(role)).not.toContain("visiting-care");
    }
  });

  it("counts right: every kept figure equals a recount of its rows", async () => {
    for (const { indicator, count } of house.open.house.recounts) {
      const found = await house.open.database.transaction({ kind: "system" }, async (tx) =>
        drift(tx, indicator, await count(tx)),
      );
      expect(found, indicator.id).toEqual([]);
    }
    const admin = house.as("administrator", "63");
    const figures = await admin.call(getStatistics, {});
    const [{ n } = { n: 0 }] = await house.sql<{ n: number }>("select count(*)::int as n from organisation");
    expect(figures.total.value).toBe(n);
    const progress = await admin.call(board, { year: 2025 });
    const [{ owed } = { owed: 0 }] = await house.sql<{ owed: number }>(
      "select count(*)::int as owed from inspection_report where year = 2025",
    );
    expect(Object.values(progress.counts).reduce<number>((all, one) => all + (one ?? 0), 0)).toBe(owed);
  });

  it("keeps invented people's numbers sealed everywhere", async () => {
    const tables = await house.sql<{ name: string }>(
      "select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_schema in ('public', 'publication') and table_type = 'BASE TABLE'",
    );
    expect(tables.length).toBeGreaterThan(40);
    for (const { name } of tables) {
      const found = await house.sql(
        `select 1 from ${name} as row where row::text ~ '639999[0-9]{11}[0-9X]' or row::text ~ '0971-000[0-9]{4}' limit 1`,
      );
      expect(found, name).toEqual([]);
    }
    const sealed = await counts("select field as key, count(*)::int as n from sealed_field group by field");
    expect(sealed.citizen_id).toBeGreaterThan(20);
    expect(sealed.phone).toBeGreaterThan(80);
  });

  it("is sealed to the last entry of the journal", async () => {
    expect(
      await house.sql(
        "select 1 from journal_entry e where not exists (select 1 from journal_seal s where s.home_code = e.home_code and s.entry_id = e.id) limit 1",
      ),
    ).toEqual([]);
  });

  it("opens to every account it prints", async () => {
    const roles = new Map<string, string[]>();
    for (const { login, password } of demoAccounts) {
      expect(passwordProblems(password, login)).toEqual([]);
      const me = (await house.open.call(
        signIn.id,
        { account: login, password },
        publicActor({ kind: "auth" }, "63"),
      )) as { grants: { role: string }[]; mustChangePassword: boolean };
      expect(me.mustChangePassword).toBe(false);
      roles.set(
        login,
        me.grants.map((one) => one.role),
      );
    }
    expect(new Set([...roles.values()].flat())).toEqual(new Set(everyone));
    expect(roles.get("duogang")).toHaveLength(3);
  });

  it("lets the organisation's own accounts see what is theirs to do", async () => {
    const grants = await house.sql<{
      login: string;
      organisation_id: string;
      organisation_home: string;
      unit_id: string | null;
    }>(
      "select a.login, g.organisation_id, g.organisation_home, g.unit_id from role_grant g join account a on a.id = g.account_id where a.login like 'zu%' or a.login = 'zhuguan'",
    );
    const of = (login: string) => grants.find((one) => one.login === login);
    const due = of("zuzhi-nianbao");
    const report = await house
      .organisation(due?.organisation_id ?? "", due?.organisation_home ?? "")
      .call(getReport, { year: 2025 });
    expect(["open", "overdue"]).toContain(report.state);
    expect(report.draft).not.toBeNull();
    expect(report.prefill.length).toBeGreaterThan(3);
    const listed = of("zuzhi-yichang");
    const [own] = (
      await house
        .organisation(listed?.organisation_id ?? "", listed?.organisation_home ?? "")
        .call(listOrganisations, {})
    ).items;
    expect(own?.listing).toBe("abnormal");
    const waiting = await house.unit(of("zhuguan")?.unit_id ?? "").call(list, { year: 2025, state: "with_unit" });
    expect(waiting.rows.length).toBeGreaterThan(0);
  });
});
