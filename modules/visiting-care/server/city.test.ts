import { afterAll, beforeAll, expect, it } from "vitest";
import type { TestHouse } from "../../../kernel/testing/house.ts";
import { move, recordCensus } from "../../people/index.ts";
import { openCampaign } from "../campaign.contract.ts";
import { enrol } from "../enrolment.contract.ts";
import { dashboard, monthReport } from "../figures.contract.ts";
import { listPeople, monthlyRate, recordVisit } from "../visits.contract.ts";
import { careHouse } from "./care.fixture.ts";
import { closingJob } from "./month.handlers.ts";

/** A city whose towns stand directly below it, as 东莞, 中山 and 儋州 do (不设区的地级市). */
const [city, town, village] = ["6390", "639000001", "639000001001"] as const;
let house: TestHouse;

beforeAll(async () => {
  house = await careHouse();
  house.clock.set("2026-06-10");
  await house.sql(
    `insert into division (code, valid_from, name, level) values ('${city}', '2023-06-30', '样城市', 2), ('${town}', '2023-06-30', '样城镇', 4),
       ('${village}', '2023-06-30', '样城村', 5)`,
  );
});
afterAll(() => house.close());

it("people of a city without counties are recorded, cared for, listed and counted", async () => {
  const officer = house.as("officer", city);
  const { id } = await officer.call(recordCensus, {
    name: "样长青",
    bornOn: "1940-02-03",
    division: village,
    living: "alone",
    categories: ["living_alone"],
  });
  await officer.call(enrol, { personId: id });
  const worker = house.worker([village]);
  expect(await worker.call(recordVisit, { personId: id, mode: "home", met: "person" })).toMatchObject({ counts: true });
  // By the name of the village, and of nowhere in particular: where the officer sits.
  for (const place of [{ village: "样城村" }, {}])
    await officer.call(recordCensus, {
      name: "样远山",
      bornOn: "1941-05-06",
      living: "alone",
      confirmed: true,
      ...place,
    });
  expect(await house.sql("select division_code from person where name = '样远山' order by 1")).toEqual([
    { division_code: city },
    { division_code: village },
  ]);
  const month = "2026-06";
  for (const by of [officer, house.as("auditor", "63"), house.as("officer", town), worker]) {
    const seen = await by.call(listPeople, { category: "living_alone" });
    expect([by.actor.role, by.actor.division, seen.people.map((one) => one.id)]).toEqual([
      by.actor.role,
      by.actor.division,
      [id],
    ]);
  }
  expect((await house.as("auditor", "63").call(listPeople, { division: city })).total).toBe(1);
  const rate = await officer.call(monthlyRate, { division: city, month });
  expect(rate).toMatchObject({ visited: 1, enrolled: 1, rate: "100.0%" });
  expect(rate.children.map((one) => [one.division, one.visited])).toEqual([[town, 1]]);
  const above = await house.as("auditor", "63").call(monthlyRate, { division: "63", month });
  expect(above.children.find((one) => one.division === city)).toMatchObject({ visited: 1, enrolled: 1 });
  const counties = await house.as("auditor", "63").call(dashboard, { division: "63", year: 2026, level: "county" });
  expect(counties.children.find((one) => one.division === city)?.months[5]).toMatchObject({ visited: 1, enrolled: 1 });

  const census = { title: "样城摸底", division: city, from: "2026-06-01", to: "2026-06-30" };
  expect(await officer.call(openCampaign, census)).toMatchObject({ villages: 1 });
  await expect(house.as("officer", "6301").call(openCampaign, { ...census, division: "6301" })).rejects.toMatchObject({
    code: "visiting-care/not-your-division",
  });

  house.clock.set("2026-07-02");
  for (let twice = 0; twice < 2; twice++) await house.work(closingJob);
  const report = await officer.call(monthReport, { month, division: city });
  expect(report.divisions.map((one) => [one.division, one.visited, one.enrolled])).toEqual(
    [city, town, village].map((one) => [one, 1, 1]),
  );
});

it("somebody moves to such a city, and not to one whose counties keep their own people", async () => {
  const county = house.as("officer", "630102");
  const { id } = await county.call(recordCensus, {
    name: "样近水",
    bornOn: "1942-07-08",
    division: "630102100001",
    living: "alone",
  });
  const to = (there: string) => county.call(move, { id, to: there, on: "2026-06-09", reason: "随子女" });
  await expect(to("6301")).rejects.toMatchObject({ code: "people/division-unknown", facts: { field: "to" } });
  expect(await to(city)).toMatchObject({ home: "639000", division: city, state: "present" });
});
