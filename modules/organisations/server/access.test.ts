import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { type TestActor, type TestHouse, testHouse } from "../../../kernel/testing/house.ts";
import {
  getOrganisation,
  getStatistics,
  listOrganisations,
  recordExisting,
  recordParty,
  recordUnit,
} from "../organisations.contract.ts";
import { organisationsModule } from "./organisations.module.ts";
import { inventedCode } from "./testing.ts";

let house: TestHouse;
const own = "630102";
const ids: Record<string, string> = {};
let unitId = "";

beforeAll(async () => {
  house = await testHouse([organisationsModule]);
  house.clock.set("2026-06-01");
  for (const [at, place] of ["630102", "630103", "6301", "63"].entries()) {
    const home = place.padEnd(6, "0");
    const { id } = await house.as("registrar", place).call(recordExisting, {
      name: `青海范围测试${at}协会`,
      creditCode: inventedCode("1", home, 700 + at),
      registeredOn: "2015-05-04",
      supervisoryUnit: "范围测试局",
    });
    ids[place] = id;
  }
  ({ unitId } = await house.as("registrar", own).call(recordUnit, { name: "范围测试局" }));
});
afterAll(() => house.close());

async function code(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

describe("who sees which register", () => {
  const readers: [string, () => TestActor, string[]][] = [
    ["a county its own", () => house.as("registrar", own), ["630102"]],
    ["a city its counties and itself", () => house.as("auditor", "6301"), ["6301", "630102", "630103"]],
    ["the province all", () => house.as("administrator", "63"), ["63", "6301", "630102", "630103"]],
    ["an organisation itself", () => house.organisation(ids[own] as string, own), ["630102"]],
    ["a supervisory unit the organisations tied to it", () => house.unit(unitId), ["630102"]],
    ["another county nothing of it", () => house.as("registrar", "630104"), []],
  ];
  it.each(readers)("%s", async (_, reader, places) => {
    const rows = await reader().call(listOrganisations, {});
    expect(rows.items.map((one) => one.id).sort()).toEqual(places.map((place) => ids[place] as string).sort());
    for (const [place, id] of Object.entries(ids))
      expect(await code(reader().call(getOrganisation, { id }))).toBe(
        places.includes(place) ? undefined : "organisations/not-found",
      );
  });

  it("counts only what the reader may see", async () => {
    expect((await house.as("registrar", own).call(getStatistics, {})).total.value).toBe(1);
    expect((await house.as("registrar", own).call(getStatistics, { division: "63" })).total.value).toBe(1);
    expect((await house.as("registrar", "63").call(getStatistics, {})).total.value).toBe(4);
  });
});

describe("who writes", () => {
  it("only the home of the register: parents read, siblings do not even see", async () => {
    const party = { organisationId: ids[own] as string, organisation: "none" as const, required: true };
    expect(await code(house.as("registrar", "63").call(recordParty, party))).toBe("organisations/not-your-register");
    expect(await code(house.as("registrar", "6301").call(recordParty, party))).toBe("organisations/not-your-register");
    expect(await code(house.as("registrar", "630103").call(recordParty, party))).toBe("organisations/not-found");
    expect(await code(house.as("registrar", own).call(recordParty, party))).toBeUndefined();
  });

  it("no auditor, publisher or member of the public by any command of the room", async () => {
    const commands = organisationsModule.handlers.map((one) => one.operation).filter((one) => one.kind === "command");
    expect(commands.length).toBeGreaterThan(30);
    for (const command of commands) {
      for (const role of ["auditor", "publisher"] as const)
        expect(await code(house.open.call(command.id, {}, house.as(role, own).actor)), `${role} ${command.id}`).toBe(
          "auth/not-your-role",
        );
      expect(await code(house.open.call(command.id, {}, house.portal.actor)), command.id).toBe("auth/sign-in-first");
    }
  });

  it("cannot take a code that stands in another register, and learns only whose it is", async () => {
    const line = { name: "抢码协会", creditCode: inventedCode("1", "630103", 701) };
    const refused = await house
      .as("registrar", own)
      .call(recordExisting, line)
      .then(
        () => undefined,
        (error: unknown) => error as Refusal,
      );
    expect(refused?.code).toBe("organisations/code-of-another-register");
    expect(refused?.facts).toEqual({ code: line.creditCode, home: "630103" });
  });
});

describe("the second wall", () => {
  it("keeps the key tables from every grant role, and rows of others from a direct statement", async () => {
    const { actor } = house.as("registrar", own);
    const ask = (text: string, values: unknown[] = []) =>
      house.open.database.transaction(actor.scope, (tx) => tx.many({ text, values }));
    for (const table of ["organisation_code", "organisation_name_key"])
      await expect(ask(`select * from ${table}`)).rejects.toThrow(/permission denied/);
    expect(await ask("select id from organisation")).toEqual([{ id: ids[own] }]);
    await expect(
      house.open.database.transaction(house.as("registrar", "63").actor.scope, (tx) =>
        tx.run({ text: "update organisation set name = name where id = $1", values: [ids[own]] }),
      ),
    ).resolves.toBe(0);
    await expect(
      house.open.database.transaction(house.organisation(ids[own] as string, own).actor.scope, (tx) =>
        tx.run({ text: "update organisation set name = name", values: [] }),
      ),
    ).rejects.toThrow(/permission denied/);
  });
});
