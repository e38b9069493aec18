import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { citizenIdCheckDigit } from "../../../kernel/identity/citizen-id.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { type TestHouse, testHouse } from "../../../kernel/testing/house.ts";
import {
  acceptApplication,
  approveRegistration,
  confirmCommunity,
  editApplication,
  endOfficerTerm,
  fileCommunity,
  getOrganisation,
  getPartyCoverage,
  listOrganisations,
  listTerms,
  listUnits,
  recordCharter,
  recordExisting,
  recordFilings,
  recordMeeting,
  recordOfficer,
  recordParty,
  recordUnit,
  submitApplication,
  upgradeCommunity,
} from "../organisations.contract.ts";
import { organisationsModule } from "./organisations.module.ts";
import { inventedCode, wellFounded } from "./testing.ts";

let house: TestHouse;
const home = "630102";
beforeAll(async () => {
  house = await testHouse([organisationsModule]);
  house.clock.set("2026-06-01");
});
afterAll(() => house.close());

const registrar = (place = home) => house.as("registrar", place);

async function foundation(name: string, serial: number): Promise<string> {
  const { id } = await registrar("63").call(recordExisting, {
    name,
    creditCode: inventedCode("3", "630000", serial),
    registeredOn: "2015-05-04",
    fundsFen: 300_000_000,
  });
  return id;
}

async function refusal(work: Promise<unknown>): Promise<Refusal> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Refusal);
  return error as Refusal;
}

/** A number of nobody: area 630102 and an invented serial. */
function citizenNumber(birth: string, serial: string): string {
  const body = `630102${birth}${serial}`;
  return body + citizenIdCheckDigit(body);
}

const term = { termFrom: "2026-06-01", termTo: "2031-06-01" };

describe("officers", () => {
  it("seals the citizen number, shows it masked, and never journals it", async () => {
    const organisationId = await foundation("青海省向晴助学基金会", 1);
    const number = citizenNumber("19700101", "001");
    await registrar("63").call(recordOfficer, {
      organisationId,
      name: "文向晴",
      post: "secretary_general",
      citizenId: number,
      ...term,
    });
    const file = await registrar("63").call(getOrganisation, { id: organisationId });
    expect(file.officers[0]?.masked.citizen_id).toMatch(/^630102\*+.{4}$/);
    const dump =
      JSON.stringify(await house.sql("select payload from journal_entry")) +
      JSON.stringify(await house.sql("select * from organisation_officer")) +
      JSON.stringify(await house.sql("select facts from decision"));
    expect(dump).not.toContain(number);
    expect(dump).not.toContain("19700101");
  });

  it("bars a foundation's legal representative who represents another body anywhere, found by digest", async () => {
    const one = await foundation("青海省甲助学基金会", 2);
    const other = await foundation("青海省乙助学基金会", 3);
    const citizenId = citizenNumber("19750505", "003");
    await registrar("63").call(recordOfficer, {
      organisationId: one,
      name: "沈如一",
      post: "legal_representative",
      citizenId,
      ...term,
    });
    const refused = await refusal(
      registrar("63").call(recordOfficer, {
        organisationId: other,
        name: "沈如一",
        post: "legal_representative",
        citizenId,
        ...term,
      }),
    );
    expect(refused.code).toBe("organisations/officer-barred");
    expect(refused.facts.bars).toContain("legal_representative_elsewhere");
  });

  it("bars serving civil servants by law and warns of age by practice", async () => {
    const organisationId = await foundation("青海省丙助学基金会", 4);
    const officer = { organisationId, name: "沈二", post: "chair" as const, ...term };
    expect((await refusal(registrar("63").call(recordOfficer, { ...officer, civilServant: true }))).code).toBe(
      "organisations/officer-barred",
    );
    expect((await refusal(registrar("63").call(recordOfficer, { ...officer, bornOn: "1950-01-01" }))).code).toBe(
      "organisations/officer-warned",
    );
    const done = await registrar("63").call(recordOfficer, { ...officer, bornOn: "1950-01-01", despiteWarnings: true });
    expect(done.warnings).toEqual(["over_age"]);
    const file = await registrar("63").call(getOrganisation, { id: organisationId });
    expect(file.organisation.termTo).toBe("2031-06-01");
    expect(file.duties).toMatchObject([{ kind: "organisations.hold-election", dueOn: "2031-05-31" }]);
    house.clock.set("2031-04-10");
    expect((await registrar("63").call(listTerms, {})).items.map((one) => one.organisationId)).toContain(
      organisationId,
    );
    house.clock.set("2026-06-01");
  });

  it("records a legal representative's leaving only with an audit", async () => {
    const organisationId = await foundation("青海省丁助学基金会", 5);
    const { officerId } = await registrar("63").call(recordOfficer, {
      organisationId,
      name: "沈三",
      post: "legal_representative",
      ...term,
    });
    house.clock.set("2026-07-01");
    expect((await refusal(registrar("63").call(endOfficerTerm, { officerId, leftOn: "2026-07-01" }))).code).toBe(
      "organisations/audit-missing",
    );
    await registrar("63").call(endOfficerTerm, { officerId, leftOn: "2026-07-01", auditReport: true });
    house.clock.set("2026-06-01");
  });
});

describe("governance file", () => {
  it("checks votes against the quorum rule and lets only a passed meeting change the charter", async () => {
    const organisationId = await foundation("青海省戊助学基金会", 6);
    const meeting = {
      organisationId,
      body: "board" as const,
      heldOn: "2026-05-20",
      matter: "charter_amendment" as const,
      subject: "修改章程",
      entitled: 15,
      present: 12,
    };
    const failed = await registrar("63").call(recordMeeting, { ...meeting, yes: 7 });
    expect(failed).toMatchObject({ quorum: true, passed: false, neededPresent: 10, neededYes: 8 });
    const passed = await registrar("63").call(recordMeeting, { ...meeting, yes: 8 });
    expect(passed.passed).toBe(true);
    const charter = { organisationId, adoptedOn: "2026-05-20", summary: "调整业务范围" };
    expect((await refusal(registrar("63").call(recordCharter, { ...charter, meetingId: failed.meetingId }))).code).toBe(
      "organisations/meeting-did-not-pass",
    );
    expect((await registrar("63").call(recordCharter, { ...charter, meetingId: passed.meetingId })).version).toBe(1);
    expect((await refusal(registrar("63").call(recordMeeting, { ...meeting, present: 16, yes: 8 }))).code).toBe(
      "organisations/votes-do-not-add-up",
    );
    await registrar("63").call(recordFilings, { organisationId, sealOn: "2026-05-21" });
  });

  it("floors the Party coverage: two of three is 66.6 %", async () => {
    const ids: string[] = [];
    for (const at of [1, 2, 3])
      ids.push(
        (
          await registrar().call(recordExisting, {
            name: `西宁市城东区党建${at}协会`,
            creditCode: inventedCode("1", home, 40 + at),
            registeredOn: "2015-05-04",
          })
        ).id,
      );
    for (const [at, id] of ids.entries())
      await registrar().call(recordParty, {
        organisationId: id,
        organisation: at < 2 ? "established" : "none",
        required: true,
      });
    const coverage = await registrar().call(getPartyCoverage, {});
    expect(coverage).toMatchObject({ required: 3, covered: 2, rate: 666 });
    const rows = await registrar().call(listOrganisations, { partyRequired: true, party: "none" });
    expect(rows.items.map((one) => one.name)).toEqual(["西宁市城东区党建3协会"]);
  });

  it("ties organisations to a unit by its names; the unit then sees its own and nothing else", async () => {
    const { id } = await registrar().call(recordExisting, {
      name: "西宁市城东区皮影协会",
      creditCode: inventedCode("1", home, 50),
      supervisoryUnit: "区文旅局",
    });
    const { unitId, tied } = await registrar().call(recordUnit, {
      name: "西宁市城东区文化和旅游局",
      aliases: ["区文旅局"],
    });
    expect(tied).toBe(1);
    expect((await house.unit(unitId).call(listOrganisations, {})).items.map((one) => one.id)).toEqual([id]);
    expect((await house.unit(unitId).call(getOrganisation, { id })).own).toBe(false);
    expect((await registrar().call(listUnits, {})).items[0]).toMatchObject({ id: unitId, organisations: 1 });
    expect((await refusal(registrar().call(recordUnit, { name: "区文旅局" }))).code).toBe(
      "organisations/unit-name-taken",
    );
  });
});

describe("community organisations", () => {
  it("are filed with a township, confirmed once a year, and keep their history when they register", async () => {
    house.clock.set("2026-06-01");
    const filing = {
      name: "向阳社区棋友会",
      division: "630102001",
      office: "东关大街街道办事处",
      sponsor: "向阳社区",
      leader: "沈四",
      field: "文化娱乐",
      domicile: "向阳社区1号",
      members: 60,
    };
    expect((await refusal(registrar().call(fileCommunity, { ...filing, division: "630102" }))).code).toBe(
      "organisations/not-a-township",
    );
    const { organisationId, filingNumber } = await registrar().call(fileCommunity, filing);
    expect(filingNumber).toBe("630102001-2026-001");
    expect((await refusal(registrar().call(fileCommunity, filing))).code).toBe("organisations/name-taken");
    await registrar().call(confirmCommunity, { organisationId, year: 2026, active: true });
    expect((await refusal(registrar().call(confirmCommunity, { organisationId, year: 2026, active: true }))).code).toBe(
      "organisations/already-confirmed",
    );
    const upgrade = await registrar().call(upgradeCommunity, {
      organisationId,
      kind: "social_group",
      applicant: "沈四",
    });
    const facts = wellFounded("西宁市城东区向阳棋友协会");
    await registrar().call(editApplication, { applicationId: upgrade.applicationId, facts });
    await registrar().call(submitApplication, { applicationId: upgrade.applicationId });
    await registrar().call(acceptApplication, { applicationId: upgrade.applicationId });
    const done = await house
      .as("decider", home)
      .call(approveRegistration, { applicationId: upgrade.applicationId, creditCode: inventedCode("1", home, 60) });
    expect(done.organisationId).toBe(organisationId);
    const file = await registrar().call(getOrganisation, { id: organisationId });
    expect(file.organisation).toMatchObject({
      kind: "social_group",
      status: "registered",
      name: "西宁市城东区向阳棋友协会",
    });
    expect(file.procedures.find((one) => one.procedure === "organisations.community-filing")?.state).toBe("upgraded");
    expect(file.confirmations).toHaveLength(1);
  });
});
