import { afterAll, beforeAll, expect, it } from "vitest";
import type { TestHouse } from "../../../kernel/testing/house.ts";
import { recordExisting } from "../../organisations/organisations.contract.ts";
import { getOrganisation, getStatistics, searchOrganisations } from "../portal.contract.ts";
import { portalHouse } from "./portal.fixture.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await portalHouse();
}, 180_000);
afterAll(() => house.close());

const line = {
  name: "湟中区向阳助学促进会",
  creditCode: "51630122MJ0000018P",
  kind: "social_group" as const,
  status: "registered" as const,
  formerNames: "湟中县爱心助学协会",
};
const find = (q: string) => house.portal.call(searchOrganisations, { q });

it("an organisation of the register is found by every name it ever had, and its page says them", async () => {
  const registrar = house.as("registrar", "630122");
  await registrar.call(recordExisting, line);
  for (const q of ["向阳助学", "爱心助学", "axzx", line.creditCode])
    expect((await find(q)).organisations).toMatchObject([{ name: line.name, formerNames: "湟中县爱心助学协会" }]);
  // A new name makes the present one a former one; what changes besides leaves the words alone.
  await registrar.call(recordExisting, { ...line, formerNames: undefined, name: "湟中区朝阳助学促进会" });
  await registrar.call(recordExisting, {
    ...line,
    formerNames: undefined,
    name: "湟中区朝阳助学促进会",
    domicile: "鲁沙尔镇",
  });
  for (const q of ["朝阳助学", "向阳助学", "爱心助学"]) {
    const { organisations } = await find(q);
    expect(organisations.map((one) => one.name)).toEqual(["湟中区朝阳助学促进会"]);
  }
  const one = await house.portal.call(getOrganisation, { code: line.creditCode });
  expect(one.formerNames?.split("、").toSorted()).toEqual(["湟中区向阳助学促进会", "湟中县爱心助学协会"].toSorted());
  expect(one).toMatchObject({ domicile: "鲁沙尔镇", published: [] });
  expect((await house.portal.call(getStatistics, { division: "63" })).base).toBe(1);
});
