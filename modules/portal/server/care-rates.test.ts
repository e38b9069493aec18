import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeServer } from "../../../kernel/http/server.ts";
import type { TestHouse } from "../../../kernel/testing/house.ts";
import { getCareRates } from "../care-rates.contract.ts";
import { mountPortal } from "./pages.ts";
import { portalHouse, publishItem } from "./portal.fixture.ts";

let house: TestHouse;
let app: FastifyInstance;
const textOf = async (url: string) =>
  (await app.inject({ url })).body
    .replace(/<head>.*<\/head>/s, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");

async function published(division: string, month: string, rate: string | null, withheld = false): Promise<void> {
  await publishItem(house, {
    collection: "visiting-care.monthly-rates",
    key: `${division}-${month}`,
    division,
    title: division,
    sortKey: `${month}/${division}`,
    body: { division, name: division, month, rate, withheld },
  });
}

beforeAll(async () => {
  house = await portalHouse();
  house.clock.set("2026-06-10");
  app = await makeServer(house.open, { secureCookies: false });
  await mountPortal(app, house.open);
}, 180_000);
afterAll(async () => {
  await app.close();
  await house.close();
});

it("says that nothing was published yet, and nothing of it on the home page", async () => {
  expect(await house.portal.call(getCareRates, {})).toMatchObject({ month: null, months: [], places: [] });
  expect(await textOf("/care-rates")).toContain("还没有公布过月探访率");
  expect(await textOf("/")).not.toContain("探访率");
});

it("shows the last closed month, places and the year before; withheld places stay withheld", async () => {
  for (const [month, rate] of [
    ["2025-05", "88.1%"],
    ["2026-04", "96.0%"],
    ["2026-05", "97.3%"],
  ] as const)
    await published("63", month, rate);
  await published("6301", "2026-05", "99.9%");
  await published("6301", "2025-05", "70.0%");
  await published("6302", "2026-05", null, true);
  await published("630102", "2026-05", "100.0%");
  await published("630102100", "2026-05", "100.0%");
  const rates = await house.portal.call(getCareRates, {});
  expect(rates).toMatchObject({
    month: "2026-05",
    months: ["2026-05", "2026-04", "2025-05"],
    own: { rate: "97.3%", withheld: false },
    yearBefore: { rate: "88.1%", withheld: false },
    places: [
      { code: "6301", rate: "99.9%", before: { rate: "70.0%" }, finer: true },
      { code: "6302", rate: null, withheld: true, before: null },
    ],
  });
  expect(rates.years.map(({ year, months }) => [year, months.map((one) => one?.rate ?? "-").join(" ")])).toEqual([
    ["2025", "- - - - 88.1% - - - - - - -"],
    ["2026", "- - - 96.0% 97.3% - - - - - - -"],
  ]);
  // Down to the township, and no further; a month nobody published falls back to the last one.
  expect((await house.portal.call(getCareRates, { division: "630102", month: "2019-01" })).places).toMatchObject([
    { code: "630102100", rate: "100.0%", finer: false },
  ]);
  for (const division of ["630102100001", "62", "639999"])
    await expect(house.portal.call(getCareRates, { division })).rejects.toMatchObject({
      code: "portal/unknown-division",
    });
});

it("is a page that leads with the figure, has it in tile and table, and is linked from the home page", async () => {
  const { body } = await app.inject({ url: "/care-rates?division=63" });
  expect(body).toContain("2026年5月，青海省月探访率 97.3%。");
  expect(body).toContain("上年同月（2025年5月）为 88.1%。");
  expect(body).toMatch(/<li data-band="3"><span>西宁市<\/span><strong>99.9%<\/strong>/);
  expect(body).toMatch(/<li data-band="-"><span>海东市<\/span><strong>人数过少，不公开<\/strong>/);
  expect(body).toContain('<a href="/care-rates?division=6301&amp;month=2026-05">西宁市</a>');
  expect(await textOf("/?lang=en")).toContain("In May 2026 the monthly visit rate of 青海省 was 97.3%.");
  expect((await app.inject({ url: "/" })).body).toContain('<a href="/care-rates">青海省老年人探访关爱</a>');
  expect((await app.inject({ url: "/care-rates?division=630102&lang=en" })).statusCode).toBe(200);
  expect((await app.inject({ url: "/care-rates?division=11" })).statusCode).toBe(404);
});
