import { afterAll, beforeAll, expect, it } from "vitest";
import { Refusal } from "../kernel/operation/errors.ts";
import { type TestHouse, testHouse } from "../kernel/testing/house.ts";
import { issueNotice, proposeListing } from "../modules/credit/credit.contract.ts";
import { recordExisting } from "../modules/organisations/organisations.contract.ts";
import { modules } from "./modules.ts";

const home = "630102";
let house: TestHouse;
beforeAll(async () => {
  house = await testHouse(modules);
  house.clock.set("2026-06-15");
});
afterAll(() => house.close());

it("documents issued by many hands at once are numbered one after the other: none twice, none missing, refusals take none", async () => {
  const registrar = house.as("registrar", home);
  const listings: string[] = [];
  for (const name of ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"]) {
    const { id } = await registrar.call(recordExisting, {
      name: `城东区${name}样助学促进会`,
      kind: "social_group",
      registeredOn: "2015-03-01",
    });
    const facts = { annual_report: "missing", report_year: 2025 };
    const { listingId } = await registrar.call(proposeListing, {
      organisationId: id,
      list: "abnormal",
      ground: "annual_report",
      facts,
      evidenceNote: "收件登记簿",
    });
    listings.push(listingId);
  }
  // Each notice is asked for twice by two hands: one of the two is refused or comes second, and must take no number.
  const asked = listings.flatMap((listingId) =>
    ["one", "two"].map((hand) => house.as("registrar", home, hand).call(issueNotice, { listingId })),
  );
  for (const outcome of await Promise.allSettled(asked))
    if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(Refusal);
  const rows = await house.sql<{ seq: number }>(
    "select seq from document where home_code = $1 and seq is not null order by seq",
    [home],
  );
  expect(rows.length).toBeGreaterThanOrEqual(listings.length);
  expect(rows.map((row) => row.seq)).toEqual(rows.map((_, at) => at + 1));
  const [series] = await house.sql<{ last_seq: number }>("select last_seq from document_series where home_code = $1", [
    home,
  ]);
  expect(series?.last_seq).toBe(rows.length);
});
