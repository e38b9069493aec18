import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { type TestHouse, testHouse } from "../../../kernel/testing/house.ts";
import { exportOrganisations, getStatistics, listOrganisations, recordExisting } from "../organisations.contract.ts";
import { organisationsModule } from "./organisations.module.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse([organisationsModule]);
});
afterAll(() => house.close());

const line = {
  name: "湟中区向阳助学促进会",
  creditCode: "51630122MJ0000018P",
  kind: "social_group" as const,
  registeredOn: "2019-03-04",
  fundsFen: 5_000_000,
  domicile: "湟中区鲁沙尔镇金塔路1号",
  status: "registered" as const,
};

describe("an existing register", () => {
  it("records a line, changes nothing when it comes again, and keeps a version when it differs", async () => {
    const registrar = house.as("registrar", "630122");
    const first = await registrar.call(recordExisting, line);
    expect(first.outcome).toBe("new");
    const again = await registrar.call(recordExisting, line);
    expect(again).toMatchObject({ id: first.id, outcome: "same", version: 1 });
    const moved = await registrar.call(recordExisting, { ...line, domicile: "湟中区鲁沙尔镇金塔路2号" });
    expect(moved).toMatchObject({ id: first.id, outcome: "change", version: 2 });
    expect(moved.changes).toEqual([
      { field: "domicile", from: "湟中区鲁沙尔镇金塔路1号", to: "湟中区鲁沙尔镇金塔路2号" },
    ]);
    const list = await registrar.call(listOrganisations, { q: "向阳助学" });
    expect(list.items.map((one) => one.name)).toEqual([line.name]);
    const figures = await registrar.call(getStatistics, {});
    expect(figures.total.value).toBe(1);
    const open = await house.sql<{ key: string; body: { name: string } }>(
      "select key, body from publication.item where collection = 'organisations.organisation'",
    );
    expect(open).toHaveLength(1);
  });

  it("catches a residents' committee typed as a foundation, unless a person confirms it", async () => {
    const registrar = house.as("registrar", "630122");
    const committee = { name: "向阳县城关镇南街社区居民委员会", kind: "foundation" as const };
    await expect(registrar.call(recordExisting, committee)).rejects.toThrow(Refusal);
    expect((await registrar.call(recordExisting, { ...committee, confirmed: true })).outcome).toBe("new");
  });

  it("goes out as a sheet with codes as text and formulas guarded", async () => {
    const registrar = house.as("registrar", "630123");
    await registrar.call(recordExisting, {
      name: '=HYPERLINK("x")协会',
      creditCode: "51630123MJ0000019X",
      kind: "social_group",
    });
    const file = (await registrar.call(exportOrganisations, { format: "csv" })) as unknown as {
      fileName: string;
      body: Buffer;
    };
    const text = file.body.toString("utf8");
    expect(text.split("\r\n")).toHaveLength(3);
    expect(text).toContain("统一社会信用代码");
    expect(text).not.toMatch(/(^|,)"?=HYPERLINK/m);
    const workbook = (await registrar.call(exportOrganisations, { locale: "en" })) as unknown as { body: Buffer };
    expect(workbook.body.subarray(0, 2).toString()).toBe("PK");
  });
});
