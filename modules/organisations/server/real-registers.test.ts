import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as sheets from "../../../kernel/sheet/sheet.contract.ts";
import { type TestHouse, testHouse } from "../../../kernel/testing/house.ts";
import { getOrganisation, getStatistics, listOrganisations } from "../organisations.contract.ts";
import { organisationsModule } from "./organisations.module.ts";

const folder = new URL("../../../../shared/data/orgs-foundations-2017/", import.meta.url).pathname;
const present = existsSync(folder);
if (!present) console.log("skipped: no shared data");

describe.skipIf(!present)("the register of foundations of 2017", () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await testHouse([organisationsModule]);
    house.clock.set("2026-06-01");
  });
  afterAll(() => house.close());

  const registrar = () => house.as("registrar", "63");

  async function stage(operation: string, name: string, answers: Record<string, string> = {}) {
    const path = folder + name;
    const upload = {
      fileName: name,
      declaredType: "text/csv",
      path,
      size: statSync(path).size,
      sha256: createHash("sha256").update(readFileSync(path)).digest("hex"),
    };
    const { id } = await registrar().call(sheets.stage, { operation, answers }, { upload });
    await house.open.jobs.tick();
    return registrar().call(sheets.get, { id, limit: 200 });
  }

  async function commit(id: string) {
    await registrar().call(sheets.commit, { id, acceptPartial: true });
    await house.open.jobs.tick();
    return registrar().call(sheets.get, { id, limit: 200 });
  }

  it("asks whether amounts are yuan or 10,000 yuan, and does not guess", async () => {
    const batch = await stage("organisations.record-existing", "local-foundations-raw.csv");
    expect(batch.state).toBe("asking");
    expect(batch.questions.map((one) => [one.code, one.field])).toEqual([["money-unit", "fundsFen"]]);
  });

  it("understands or reports every raw defect, with its cell", async () => {
    const answers = { "money-unit:fundsFen": "by-size:100000" };
    const batch = await stage("organisations.record-existing", "local-foundations-raw.csv", answers);
    expect(batch.state).toBe("checked");
    const said = (code: string) => batch.warnings.filter((one) => one.code === `organisations/${code}`);
    expect(batch.errors).toMatchObject([
      { code: "organisations/not-a-social-organisation", cell: "A45", field: "name" },
    ]);
    expect(said("code-check-digit").map((one) => one.facts.code)).toEqual(["534100005817320000"]);
    expect(said("certificate-expired").length).toBeGreaterThan(5);
    expect(said("date-unknown").map((one) => one.facts.text)).toEqual(["1900-01-01", "1900-01-01"]);
    expect(said("registered-after-certificate").map((one) => one.row)).toHaveLength(1);
    expect(said("two-units").map((one) => one.facts.units)).toEqual([["上海市民政局", "上海市残疾人联合会"]]);
    expect(said("unit-without-place").map((one) => one.facts.text)).toEqual(["省民政厅", "省文化厅"]);
    const blank = batch.warnings.filter((one) => one.code === "sheet/placeholder").map((one) => one.cell);
    expect(blank).toEqual(["E12", "G14", "E33", "E35"]);
    expect(said("domicile-without-place").map((one) => one.facts.text)).toEqual(["凤凰路371号"]);
    expect(said("funds-below-minimum").map((one) => one.cell)).toEqual(["D45"]);

    expect(said("funds-zero")).toHaveLength(1);
    expect(said("validity-of-no-length")).toHaveLength(2);
    expect(said("code-of-another-registrar")).toHaveLength(45);
    for (const warning of batch.warnings) expect(warning.message).not.toBe(warning.code);

    const done = await commit(batch.id);
    expect(done).toMatchObject({ state: "committed", counts: { rows: 45, done: 44, bad: 1 } });
    const beijing = (await registrar().call(listOrganisations, { q: "北京邮电大学" })).items[0];
    expect(beijing).toMatchObject({ fundsFen: 210_000_000, establishedText: null, registeredOn: "2002-12-20" });
    const file = await registrar().call(getOrganisation, { id: beijing?.id as string });
    expect(file.organisation).toMatchObject({
      certificateFrom: null,
      validityText: "1970-01-01 至 1970-01-01",
      unitName: "北京市通信管理局",
    });
    const direct = (await registrar().call(listOrganisations, { q: "绿色阳光" })).items[0];
    expect(
      (await registrar().call(getOrganisation, { id: direct?.id as string })).organisation.directRegistration,
    ).toBe(true);
  });

  it("changes nothing when the same file comes again, and undoes it whole", async () => {
    const answers = { "money-unit:fundsFen": "by-size:100000" };
    const before = await house.sql("select count(*) from register_version");
    const again = await stage("organisations.record-existing", "local-foundations-raw.csv", answers);
    expect(again.counts).toMatchObject({ rows: 45, same: 44, new: 0, change: 0, bad: 1 });
    await commit(again.id);
    expect(await house.sql("select count(*) from register_version")).toEqual(before);
    const national = await stage("organisations.record-existing", "national-foundations.csv", {
      "money-unit:fundsFen": "wan",
    });
    expect(national.counts).toMatchObject({ rows: 83, bad: 0 });
    await commit(national.id);
    expect((await registrar().call(getStatistics, {})).total.value).toBe(127);
    await registrar().call(sheets.undo, { id: national.id });
    await house.open.jobs.tick();
    expect((await registrar().call(getStatistics, {})).total.value).toBe(44);
    expect(await house.sql("select 1 from organisation_code")).toHaveLength(44);
    const leftovers = await house.sql(
      "select 1 from search_token where subject_id not in (select id from organisation)",
    );
    expect(leftovers).toHaveLength(0);
  });

  it("applies name changes as dated names, reports names it does not know, and flags what looks like a slip", async () => {
    const lines = readFileSync(`${folder}name-changes-2013-2014.csv`, "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
    const answers = {};
    // The excerpt of the register and the excerpt of the changes share no names: the new ones are recorded first.
    const csv = ["名称,类别,注册资金（万元）", ...lines.map(([, name]) => `${name},基金会,200`)].join("\n");
    const path = `${house.directory}/new-names.csv`;
    writeFileSync(path, csv);
    const upload = { fileName: "new-names.csv", declaredType: "text/csv", path, size: csv.length, sha256: "" };
    const { id } = await registrar().call(
      sheets.stage,
      { operation: "organisations.record-existing", answers },
      { upload },
    );
    await house.open.jobs.tick();
    await commit(id);
    const batch = await stage("organisations.apply-name-changes", "name-changes-2013-2014.csv");
    const stopped = new Map<string, number>();
    for (const error of batch.errors) stopped.set(error.code, (stopped.get(error.code) ?? 0) + 1);
    expect([...stopped].sort()).toEqual([
      ["organisations/looks-like-spelling", 4],
      ["organisations/name-truncated", 2],
    ]);
    const done = await commit(batch.id);
    expect(done.counts.done).toBe(23);
    const found = (await registrar().call(listOrganisations, { q: "无锡太湖学院" })).items[0];
    expect((await registrar().call(getOrganisation, { id: found?.id as string })).names).toMatchObject([
      { name: "江南大学太湖学院教育发展基金会" },
    ]);
    const again = await stage("organisations.apply-name-changes", "name-changes-2013-2014.csv");
    expect(again.counts).toMatchObject({ same: 23, new: 0, change: 0 });
  });
});
