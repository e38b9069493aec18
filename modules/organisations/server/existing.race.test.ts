import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { type TestHouse, testHouse } from "../../../kernel/testing/house.ts";
import {
  acceptApplication,
  applyChange,
  approveRegistration,
  draftRegistration,
  fileCommunity,
  recordExisting,
  recordParty,
  submitApplication,
} from "../organisations.contract.ts";
import { organisationsModule } from "./organisations.module.ts";
import { inventedCode, wellFounded } from "./testing.ts";

const postgres = process.env.SHANZHI_TEST_URL !== undefined;
if (!postgres) console.log("skipped: races need PostgreSQL (SHANZHI_TEST_URL)");

describe.skipIf(!postgres)("at the same moment", () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await testHouse([organisationsModule]);
    house.clock.set("2026-06-01");
  });
  afterAll(() => house.close());

  async function outcomes(works: Promise<unknown>[]): Promise<string[]> {
    const settled = await Promise.allSettled(works);
    return settled
      .map((one) =>
        one.status === "fulfilled" ? "done" : one.reason instanceof Refusal ? one.reason.code : String(one.reason),
      )
      .sort();
  }

  it("two registers record one code: exactly one has it", async () => {
    const code = inventedCode("1", "630102", 801);
    const homes = ["630102", "630103", "630104", "630105"];
    const got = await outcomes(
      homes.map((home) =>
        house.as("registrar", home).call(recordExisting, { name: `抢码${home}协会`, creditCode: code }),
      ),
    );
    expect(got.filter((one) => one === "done")).toHaveLength(1);
    expect(
      got.every((one) => ["done", "organisations/code-taken", "organisations/code-of-another-register"].includes(one)),
    ).toBe(true);
    expect(await house.sql("select 1 from organisation where credit_code = $1", [code])).toHaveLength(1);
  });

  it("one line twice from one office leaves one organisation", async () => {
    const line = { name: "同行测试协会", creditCode: inventedCode("1", "630102", 802) };
    await outcomes([1, 2, 3, 4].map(() => house.as("registrar", "630102").call(recordExisting, line)));
    expect(await house.sql("select 1 from organisation where credit_code = $1", [line.creditCode])).toHaveLength(1);
  });

  it("changes of one row never lose a version, and counters stay true", async () => {
    const registrar = house.as("registrar", "630102");
    const { id } = await registrar.call(recordExisting, {
      name: "并发变更协会",
      creditCode: inventedCode("1", "630102", 803),
    });
    await outcomes(
      (["established", "joint", "none", "established", "none"] as const).map((organisation) =>
        registrar.call(recordParty, { organisationId: id, organisation, required: true }),
      ),
    );
    const rows = await house.sql<{ version: number }>(
      "select version from register_version where subject_id = $1 order by version",
      [id],
    );
    expect(rows.map((row) => row.version)).toEqual(rows.map((_, at) => at + 1));
    const drift = await house.sql("select 1 from indicator_cell where indicator = 'organisations.party' and value < 0");
    expect(drift).toHaveLength(0);
    const [counted] = await house.sql<{ sum: number }>(
      "select sum(value)::integer as sum from indicator_cell where indicator = 'organisations.stock' and home_code = '630102'",
    );
    const [there] = await house.sql<{ count: number }>(
      "select count(*)::integer as count from organisation where home_code = '630102'",
    );
    expect(counted?.sum).toBe(there?.count);
  });

  it("two deciders approve one application: it is registered once", async () => {
    const registrar = house.as("registrar", "630102");
    const draft = await registrar.call(draftRegistration, {
      ...wellFounded("西宁市城东区双决定协会"),
      applicant: "筹备组",
    });
    await registrar.call(submitApplication, { applicationId: draft.applicationId });
    await registrar.call(acceptApplication, { applicationId: draft.applicationId });
    const got = await outcomes(
      ["a", "b"].map((hand, at) =>
        house.as("decider", "630102", hand).call(approveRegistration, {
          applicationId: draft.applicationId,
          creditCode: inventedCode("1", "630102", 810 + at),
        }),
      ),
    );
    expect(got).toEqual(["done", "procedure/not-possible"]);
    expect(await house.sql("select 1 from organisation where name = '西宁市城东区双决定协会'")).toHaveLength(1);
  });

  it("two applications to change one organisation: one runs", async () => {
    const registrar = house.as("registrar", "630102");
    const { id } = await registrar.call(recordExisting, {
      name: "双变更协会",
      creditCode: inventedCode("1", "630102", 820),
      supervisoryUnit: "直接登记",
    });
    await outcomes(
      ["甲路1号", "乙路2号", "丙路3号"].map((domicile) =>
        registrar.call(applyChange, { organisationId: id, changes: { domicile }, reason: "搬迁" }),
      ),
    );
    expect(
      await house.sql(
        "select 1 from procedure_instance where organisation_id = $1 and procedure = 'organisations.change' and closed_at is null",
        [id],
      ),
    ).toHaveLength(1);
  });

  it("filings get numbers of their own", async () => {
    const filing = {
      division: "630102001",
      office: "东关大街街道",
      sponsor: "社区",
      leader: "沈四",
      field: "文体",
      domicile: "1号",
      members: 10,
    };
    await outcomes(
      [1, 2, 3, 4, 5].map((at) =>
        house.as("registrar", "630102").call(fileCommunity, { ...filing, name: `棋友会${at}` }),
      ),
    );
    const numbers = await house.sql<{ filing_number: string }>(
      "select filing_number from organisation where kind = 'community_organisation' order by 1",
    );
    expect(numbers.map((row) => row.filing_number)).toEqual([1, 2, 3, 4, 5].map((at) => `630102001-2026-00${at}`));
  });
});
