import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sql } from "../../../kernel/database/sql.ts";
import type { TestHouse } from "../../../kernel/testing/house.ts";
import { getOrganisation, getStatistics, listListed, listPublished, searchOrganisations } from "../portal.contract.ts";
import { type Invented, portalHouse, publishInvented, publishItem } from "./portal.fixture.ts";

const listedId = "01930000-0000-7000-8000-000000000001";
const invented: Invented[] = [
  {
    id: listedId,
    name: "西宁市晨光助老服务中心",
    code: "52630100MJ0000001A",
    division: "6301",
    kind: "social_service_institution",
    listing: "abnormal",
  },
  {
    name: "城东区明德慈善总会",
    code: "51630102MJ0000002B",
    division: "630102",
    charity: true,
    fundraisingQualified: true,
    grade: "4A",
  },
  {
    name: "城东区武术协会",
    code: "51630102MJ0000003C",
    division: "630102",
    grade: "3A",
    formerNames: "城东区太极拳研究会",
  },
  {
    name: "城中区武术协会",
    code: "51630103MJ0000004D",
    division: "630103",
    status: "deregistered",
    registeredOn: "2019-03-01",
  },
  {
    name: "青海省𬭎光助学基金会",
    code: "53630000MJ0000005E",
    division: "63",
    kind: "foundation",
    charity: true,
    grade: "5A",
  },
  { name: "海东市短期公示协会", code: "51630200MJ0000006F", division: "6302", expires: "2026-06-10" },
  { name: "=cmd|'/c calc'!A1协会", code: "51630200MJ0000007G", division: "6302" },
];

describe("what anybody can find", () => {
  let house: TestHouse;
  const find = async (input: Parameters<TestHouse["portal"]["call"]>[1]) =>
    (await house.portal.call(searchOrganisations, input as never)).organisations.map((one) => one.name);

  beforeAll(async () => {
    house = await portalHouse();
    house.clock.set("2026-06-01");
    await publishInvented(house, invented);
    // Enough neighbours that walks, filters and pages have something to pass by.
    await publishInvented(
      house,
      Array.from({ length: 60 }, (_, at) => ({
        name: `城北区第${String(at).padStart(2, "0")}志愿协会`,
        code: `51630105MJ00001${String(at).padStart(2, "0")}X`,
        division: "630105",
        registeredOn: `${1990 + (at % 30)}-01-01`,
      })),
    );
    await publishItem(house, {
      collection: "credit.abnormal",
      key: "listing-1",
      subject: listedId,
      division: "6301",
      title: "西宁市晨光助老服务中心",
      body: {
        name: "西宁市晨光助老服务中心",
        code: "52630100MJ0000001A",
        groundText: "未按时报送年度报告",
        listedOn: "2026-05-02",
        decisionNumber: "西民社〔2026〕3号",
      },
      expires: "2026-07-01",
    });
    await house.sql(
      "insert into publication.figure (indicator, division_code, period, key, value) values ('credit.listed', '6301', '', 'abnormal|annual_report', 1)",
    );
  }, 180_000);
  afterAll(() => house.close());

  it("finds by two characters, wherever they stand", async () => {
    expect(await find({ q: "晨光" })).toEqual(["西宁市晨光助老服务中心"]);
    expect(await find({ q: "武术" })).toEqual(["城东区武术协会", "城中区武术协会"]);
    expect(await find({ q: "慈善总会" })).toEqual(["城东区明德慈善总会"]);
  });

  it("finds characters beyond the basic plane", async () => {
    expect(await find({ q: "𬭎光" })).toEqual(["青海省𬭎光助学基金会"]);
  });

  it("finds by a former name and says which", async () => {
    const { organisations } = await house.portal.call(searchOrganisations, { q: "太极拳" });
    expect(organisations).toMatchObject([{ name: "城东区武术协会", formerNames: "城东区太极拳研究会" }]);
  });

  it("finds by initials, whole pinyin, and both without the area in front", async () => {
    for (const q of ["xnscgzlfwzx", "cgzl", "xiningshichenguang", "chenguangzhulao", "CGZL"])
      expect(await find({ q })).toEqual(["西宁市晨光助老服务中心"]);
  });

  it("finds by the code and by its beginning", async () => {
    expect(await find({ q: "52630100MJ0000001A" })).toEqual(["西宁市晨光助老服务中心"]);
    expect(await find({ q: "52630100mj" })).toEqual(["西宁市晨光助老服务中心"]);
    expect(await find({ q: "5363" })).toEqual(["青海省𬭎光助学基金会"]);
  });

  it("one character is too short, nonsense finds nothing", async () => {
    expect(await house.portal.call(searchOrganisations, { q: "晨" })).toMatchObject({
      how: "too-short",
      organisations: [],
    });
    expect(await house.portal.call(searchOrganisations, { q: "龘靐齉" })).toMatchObject({
      how: "bigrams",
      organisations: [],
      total: 0,
    });
    expect(await find({ q: "'; drop table publication.item; --" })).toEqual([]);
  });

  it("refuses NUL with the field named", async () => {
    await expect(house.portal.call(searchOrganisations, { q: "a\u0000b" })).rejects.toMatchObject({
      problems: [{ path: ["q"], problem: "control-characters" }],
    });
  });

  it("filters by kind, state, grade, list, charity, year and division, alone and with words", async () => {
    expect(await find({ kind: "foundation" })).toEqual(["青海省𬭎光助学基金会"]);
    expect(await find({ status: "deregistered" })).toEqual(["城中区武术协会"]);
    expect(await find({ q: "武术", status: "living" })).toEqual(["城东区武术协会"]);
    expect(await find({ grade: "3A+" })).toEqual(["城东区明德慈善总会", "城东区武术协会", "青海省𬭎光助学基金会"]);
    expect(await find({ listing: "any" })).toEqual(["西宁市晨光助老服务中心"]);
    expect(await find({ charity: true, fundraising: true })).toEqual(["城东区明德慈善总会"]);
    expect(await find({ registeredYear: "2019", status: "deregistered" })).toEqual(["城中区武术协会"]);
    expect(await find({ q: "协会", division: "630102" })).toEqual(["城东区武术协会"]);
    expect(await find({ q: "cdq", division: "6301" })).toEqual(["城东区明德慈善总会", "城东区武术协会"]);
    expect(await find({ q: "武术", division: "11" })).toEqual([]);
  });

  it.each([
    { q: "志愿" },
    { q: "志愿协会" },
    { q: "cbqd" },
    { q: "5163" },
    { division: "630105" },
    { division: "6301", status: "registered" as const },
    { kind: "social_group" as const },
    {},
  ])("pages by key through everything once: %j", async (input) => {
    const seen: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await house.portal.call(searchOrganisations, { ...input, limit: 7, after });
      seen.push(...page.organisations.map((one) => one.key));
      if (page.next === null) break;
      after = page.next;
    }
    const whole = await house.portal.call(searchOrganisations, { ...input, limit: 100 });
    expect(whole.next).toBeNull();
    expect(seen).toEqual(whole.organisations.map((one) => one.key));
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(50);
  });

  it("an address of a page that is none is refused, not guessed", async () => {
    for (const after of [
      "x",
      "W10",
      Buffer.from('["token","a","b"]').toString("base64url"),
      Buffer.from('["name","a\\u0000","b"]').toString("base64url"),
    ])
      await expect(house.portal.call(searchOrganisations, { after })).rejects.toMatchObject({
        code: "portal/unknown-page",
      });
  });

  it("what expires is gone on the day, from search, page and lists", async () => {
    expect(await find({ q: "短期公示" })).toHaveLength(1);
    expect((await house.portal.call(listListed, { list: "abnormal" })).items).toHaveLength(1);
    house.clock.set("2026-06-10");
    expect(await find({ q: "短期公示" })).toEqual([]);
    expect(await find({ q: "51630200MJ0000006F" })).toEqual([]);
    expect(await find({ division: "6302" })).toEqual(["=cmd|'/c calc'!A1协会"]);
    await expect(house.portal.call(getOrganisation, { code: "51630200MJ0000006F" })).rejects.toMatchObject({
      code: "portal/unknown-organisation",
    });
    house.clock.set("2026-07-01");
    expect((await house.portal.call(listListed, { list: "abnormal" })).items).toEqual([]);
    house.clock.set("2026-06-01");
  });

  it("shows an organisation with its listing, and no field that was not declared", async () => {
    const one = await house.portal.call(getOrganisation, { code: " 52630100mj0000001a " });
    expect(one).toMatchObject({
      name: "西宁市晨光助老服务中心",
      listing: "abnormal",
      listings: [{ collection: "credit.abnormal", body: { groundText: "未按时报送年度报告" } }],
    });
    expect(JSON.stringify(one)).not.toMatch(/phone|idNumber|bank/);
  });

  it("lists who is on a list, with a link to the organisation", async () => {
    const answer = await house.portal.call(listListed, { list: "abnormal", division: "6301" });
    expect(answer).toMatchObject({
      total: 1,
      items: [{ organisationKey: "52630100MJ0000001A", decisionNumber: "西民社〔2026〕3号" }],
    });
    expect((await house.portal.call(listListed, { list: "abnormal", division: "6302" })).items).toEqual([]);
    await expect(house.portal.call(listPublished, { collection: "nothing.here" })).rejects.toMatchObject({
      code: "portal/unknown-collection",
    });
  });

  it("statistics equal a recount of the rows, and each figure's address lists as many", async () => {
    const figures = await house.portal.call(getStatistics, {});
    const [count] = await house.sql<{ all: number; alive: number }>(
      "select count(*)::int as all, count(*) filter (where body->>'status' in ('registered', 'suspended', 'liquidating', 'filed'))::int as alive from publication.item where collection = 'organisations.organisation'",
    );
    expect(figures).toMatchObject({
      base: count?.alive,
      all: count?.all,
      threeA: { value: 3, graded: 3 },
      charity: { charities: 2, qualified: 1 },
    });
    const tables = [
      figures.byKind,
      figures.byStatus,
      figures.byGrade,
      figures.byListing,
      figures.byDivision,
      figures.byYear,
    ];
    for (const cell of [...tables.flat(), { ...figures.threeA }]) {
      const query = Object.fromEntries(
        [...new URL(cell.rows, "http://x").searchParams].map(([name, value]) => [
          name,
          value === "true" ? true : value,
        ]),
      );
      const answer = await house.portal.call(searchOrganisations, { ...query, limit: 100 } as never);
      expect([cell.rows, answer.total, answer.organisations.length]).toEqual([
        cell.rows,
        cell.value,
        cell.rows.includes("6302") ? 2 : cell.value,
      ]);
    }
    expect(figures.byDivision.reduce((all, one) => all + (one.value ?? 0), 0)).toBe(figures.base);
    expect(figures.byDivision.find((one) => one.own)).toMatchObject({ key: "63", value: 1 });
  });

  it("statistics of a county, and of a place that is not here", async () => {
    expect(await house.portal.call(getStatistics, { division: "630102" })).toMatchObject({
      base: 2,
      division: { name: "城东区" },
      chain: [{ code: "63" }, { code: "6301" }, { code: "630102" }],
    });
    await expect(house.portal.call(getStatistics, { division: "11" })).rejects.toMatchObject({
      code: "portal/unknown-division",
    });
  });

  it("the portal's login reaches the publication schema and the division tree, and no other table", async () => {
    const tables = await house.sql<{ name: string }>(
      "select table_schema || '.' || table_name as name from information_schema.tables where table_schema in ('public', 'publication') and table_type = 'BASE TABLE'",
    );
    expect(tables.length).toBeGreaterThan(30);
    const open: string[] = [];
    for (const { name } of tables) {
      const reached = await house.open.database
        .transaction({ kind: "portal" }, (tx) => tx.many({ text: `select * from ${name} limit 1`, values: [] }))
        .then(
          () => true,
          (error: Error) => {
            expect(error.message).toMatch(/permission denied/);
            return false;
          },
        );
      if (reached) open.push(name);
    }
    expect(open.sort()).toEqual([
      "public.division",
      "publication.correction",
      "publication.figure",
      "publication.item",
      "publication.search_token",
    ]);
    await expect(
      house.open.database.transaction({ kind: "portal" }, (tx) => tx.run(sql`delete from publication.item`)),
    ).rejects.toThrow(/permission denied/);
    await expect(
      house.open.database.transaction({ kind: "portal" }, (tx) =>
        tx.run(sql`insert into complaint_number values ('63', 1, 1, now())`),
      ),
    ).rejects.toThrow(/permission denied/);
  });
});
