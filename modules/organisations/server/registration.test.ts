import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { type TestHouse, testHouse } from "../../../kernel/testing/house.ts";
import {
  acceptApplication,
  applyChange,
  applyDeregistration,
  approveChange,
  approveDeregistration,
  approveRegistration,
  beginLiquidation,
  checkName,
  draftRegistration,
  getApplication,
  getOrganisation,
  getStanding,
  giveConsent,
  listApplications,
  recordUnit,
  refuseApplication,
  requestCorrections,
  resubmitApplication,
  submitApplication,
} from "../organisations.contract.ts";
import { organisationsModule } from "./organisations.module.ts";
import { inventedCode, wellFounded } from "./testing.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse([organisationsModule]);
  house.clock.set("2026-06-01");
});
afterAll(() => house.close());

const home = "630102";
const registrar = () => house.as("registrar", home);
const decider = () => house.as("decider", home);

async function refusal(work: Promise<unknown>): Promise<Refusal> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Refusal);
  return error as Refusal;
}

/** The code of what stands in the way of an act. */
function missing(refused: Refusal): unknown[] {
  return (refused.facts.missing as { code: string }[]).map((one) => one.code);
}

async function registered(name: string, serial: number, change = {}): Promise<string> {
  const draft = await registrar().call(draftRegistration, { ...wellFounded(name, change), applicant: "筹备组" });
  await registrar().call(submitApplication, { applicationId: draft.applicationId });
  await registrar().call(acceptApplication, { applicationId: draft.applicationId });
  const done = await decider().call(approveRegistration, {
    applicationId: draft.applicationId,
    creditCode: inventedCode("1", home, serial),
  });
  return done.organisationId;
}

describe("setting up an organisation", () => {
  it("goes from draft to certificate through different hands, and the file shows every step", async () => {
    house.clock.set("2026-06-01");
    const id = await registered("西宁市城东区向晴助老志愿者协会", 1);
    const file = await registrar().call(getOrganisation, { id });
    expect(file.organisation).toMatchObject({
      name: "西宁市城东区向晴助老志愿者协会",
      status: "registered",
      registeredOn: "2026-06-01",
    });
    expect(file.timeline.filter((one) => one.source === "step").map((one) => one.what)).toEqual([
      "organisations.registration/draft",
      "organisations.registration/submit",
      "organisations.registration/accept",
      "organisations.registration/approve",
    ]);
    expect(file.documents).toHaveLength(3);
    const announced = await house.sql<{ body: { act: string } }>(
      "select body from publication.item where collection = 'organisations.announcement' and subject_id = $1",
      [id],
    );
    expect(announced.map((one) => one.body.act)).toEqual(["establishment"]);
    expect(
      await house.sql(
        "select 1 from duty where state = 'open' and kind in ('organisations.decide-application', 'organisations.answer-application')",
      ),
    ).toHaveLength(0);
  });

  it("lets nobody decide who handled the case", async () => {
    const draft = await registrar().call(draftRegistration, {
      ...wellFounded("西宁市城东区同手测试协会"),
      applicant: "筹备组",
    });
    await registrar().call(submitApplication, { applicationId: draft.applicationId });
    await registrar().call(acceptApplication, { applicationId: draft.applicationId });
    const sameHand = { ...registrar().actor, role: "decider" as const };
    const input = {
      applicationId: draft.applicationId,
      reasons: [{ ground: "unnecessary", article: "13", reason: "同一区域已有" }],
    };
    const refused = await refusal(house.open.call(refuseApplication.id, input, sameHand));
    expect(missing(refused)).toEqual(["procedure/same-hand"]);
  });

  it("refuses one member too few with reason and article, and registers nothing", async () => {
    const draft = await registrar().call(draftRegistration, {
      ...wellFounded("西宁市城东区四十九人协会", { individualMembers: 49 }),
      applicant: "筹备组",
    });
    await registrar().call(submitApplication, { applicationId: draft.applicationId });
    await registrar().call(acceptApplication, { applicationId: draft.applicationId });
    const refused = await refusal(
      decider().call(approveRegistration, {
        applicationId: draft.applicationId,
        creditCode: inventedCode("1", home, 2),
      }),
    );
    expect(refused.code).toBe("organisations/conditions-not-met");
    expect(refused.facts).toMatchObject({ reasons: ["members"] });
    expect(await house.sql("select 1 from organisation where name = '西宁市城东区四十九人协会'")).toHaveLength(0);
    const page = await decider().call(getApplication, { id: draft.applicationId });
    expect(page.conditions).toMatchObject({ eligible: false, reasons: ["members"] });
    const closed = await decider().call(refuseApplication, {
      applicationId: draft.applicationId,
      reasons: [{ ground: "conditions", article: "10", reason: "会员不足五十人" }],
    });
    expect(closed.state).toBe("refused");
  });

  it("asks for corrections once, all together, and takes silence for acceptance from the day of receipt", async () => {
    house.clock.set("2026-06-01");
    const draft = await registrar().call(draftRegistration, {
      ...wellFounded("西宁市城东区补正测试协会", { evidence: [] }),
      applicant: "筹备组",
    });
    const { applicationId } = draft;
    await registrar().call(submitApplication, { applicationId });
    expect(missing(await refusal(registrar().call(acceptApplication, { applicationId })))).toContain(
      "organisations/paper-missing",
    );
    await registrar().call(requestCorrections, { applicationId, gaps: [{ paper: "charter", what: "没有章程草案" }] });
    await registrar().call(resubmitApplication, { applicationId, evidence: [{ paper: "charter" }] });
    expect(
      missing(
        await refusal(
          registrar().call(requestCorrections, { applicationId, gaps: [{ paper: "capital", what: "没有验资" }] }),
        ),
      ),
    ).toEqual(["organisations/gaps-told-once"]);
    // Five working days after 1 June end on 8 June: on the 8th nothing happens yet, on the 9th the law has spoken.
    house.clock.set("2026-06-08");
    expect(await house.open.call("organisations.accept-by-silence", {}, house.system.actor)).toEqual({ accepted: 0 });
    house.clock.set("2026-06-09");
    expect(await house.open.call("organisations.accept-by-silence", {}, house.system.actor)).toEqual({ accepted: 1 });
    const page = await registrar().call(getApplication, { id: applicationId });
    expect(page).toMatchObject({ state: "accepted", acceptedOn: "2026-06-01", decideBy: "2026-07-31" });
  });

  it("asks the supervisory unit first unless the organisation registers directly", async () => {
    house.clock.set("2026-06-10");
    const { unitId } = await registrar().call(recordUnit, {
      name: "西宁市城东区文化和旅游局",
      aliases: ["城东区文旅局"],
    });
    const draft = await registrar().call(draftRegistration, {
      ...wellFounded("西宁市城东区河湟皮影协会", { directRegistration: false, unitId }),
      applicant: "筹备组",
    });
    const { applicationId } = draft;
    expect((await registrar().call(submitApplication, { applicationId })).state).toBe("with-unit");
    const unit = house.unit(unitId);
    expect((await unit.call(listApplications, {})).items.map((one) => one.name)).toEqual(["西宁市城东区河湟皮影协会"]);
    expect((await unit.call(giveConsent, { applicationId, opinion: "同意" })).state).toBe("submitted");
    expect((await house.unit("00000000-0000-7000-8000-000000000001").call(listApplications, {})).items).toEqual([]);
  });

  it("refuses a code that is wrong, of another kind or of another registrar", async () => {
    const draft = await registrar().call(draftRegistration, {
      ...wellFounded("西宁市城东区代码测试协会"),
      applicant: "筹备组",
    });
    await registrar().call(submitApplication, { applicationId: draft.applicationId });
    await registrar().call(acceptApplication, { applicationId: draft.applicationId });
    for (const [creditCode, problem] of [
      [
        `${inventedCode("1", home, 9).slice(0, 17)}${inventedCode("1", home, 9).endsWith("A") ? "B" : "A"}`,
        "check_digit",
      ],
      [inventedCode("3", home, 9), "kind"],
      [inventedCode("1", "630103", 9), "registrar"],
    ]) {
      const refused = await refusal(
        decider().call(approveRegistration, { applicationId: draft.applicationId, creditCode: creditCode as string }),
      );
      expect(refused.facts).toMatchObject({ problem });
    }
  });

  it("keeps foundations to the province", async () => {
    const refused = await refusal(
      registrar().call(draftRegistration, {
        ...wellFounded("城东区某基金会", { kind: "foundation" }),
        applicant: "筹备组",
      }),
    );
    expect(refused.code).toBe("organisations/foundation-below-province");
  });
});

describe("a registered organisation", () => {
  it("changes its name by a decision; its standing before stays as it was", async () => {
    house.clock.set("2026-06-11");
    const id = await registered("西宁市城东区晨读协会", 20);
    house.clock.set("2026-08-03");
    const applied = await registrar().call(applyChange, {
      organisationId: id,
      changes: { name: "西宁市城东区阅读推广协会" },
      reason: "会员大会决议",
      evidence: [{ paper: "application" }, { paper: "minutes" }],
    });
    expect(applied.state).toBe("submitted");
    await registrar().call(acceptApplication, { applicationId: applied.applicationId });
    const done = await decider().call(approveChange, { applicationId: applied.applicationId });
    expect(done.version).toBe(2);
    const before = await registrar().call(getStanding, { id, on: "2026-08-02" });
    const after = await registrar().call(getStanding, { id, on: "2026-08-03" });
    expect([before.name, after.name]).toEqual(["西宁市城东区晨读协会", "西宁市城东区阅读推广协会"]);
    const file = await registrar().call(getOrganisation, { id });
    expect(file.names).toEqual([
      { name: "西宁市城东区晨读协会", from: "2026-06-11", to: "2026-08-03", precision: "day" },
    ]);
    const asOf = await registrar().call(getOrganisation, { id, asOf: "2026-07-01" });
    expect(asOf.organisation.name).toBe("西宁市城东区晨读协会");
    expect(
      (await registrar().call(checkName, { name: "西宁市城东区晨读协会", kind: "social_group" })).identical[0],
    ).toMatchObject({ current: false });
  });

  it("cannot change its legal representative without an audit", async () => {
    const id = await registered("西宁市城东区审计测试协会", 21);
    const change = { organisationId: id, changes: { legalRepresentative: "沈如一" }, reason: "换届" };
    expect((await refusal(registrar().call(applyChange, change))).code).toBe("organisations/audit-missing");
    expect((await registrar().call(applyChange, { ...change, auditReport: true })).state).toBe("submitted");
    expect((await refusal(registrar().call(applyChange, { ...change, auditReport: true }))).code).toBe(
      "organisations/change-already-running",
    );
  });

  it("ends by liquidation and deregistration; one day late is recorded, and the certificate must be collected", async () => {
    house.clock.set("2026-08-03");
    const id = await registered("西宁市城东区注销测试协会", 22);
    await house
      .organisation(id, home)
      .call(beginLiquidation, { organisationId: id, ground: "purpose-reached", reason: "完成宗旨" });
    expect((await registrar().call(getStanding, { id, on: "2026-08-03" })).status).toBe("liquidating");
    house.clock.set("2026-09-18");
    const applied = await house.organisation(id, home).call(applyDeregistration, {
      organisationId: id,
      liquidationFinishedOn: "2026-09-02",
      surplus: "转给同类组织",
      evidence: [{ paper: "application" }, { paper: "liquidation-report" }],
    });
    expect(applied.warnings).toEqual([
      { code: "organisations/applied-late", facts: { days: 1, deadline: "2026-09-17" } },
    ]);
    await registrar().call(acceptApplication, { applicationId: applied.applicationId });
    const approve = { applicationId: applied.applicationId, certificateCollected: true, sealCollected: false };
    expect((await refusal(decider().call(approveDeregistration, approve))).code).toBe(
      "organisations/certificate-not-collected",
    );
    expect((await decider().call(approveDeregistration, { ...approve, sealCollected: true })).state).toBe(
      "deregistered",
    );
    expect((await registrar().call(getStanding, { id, on: "2026-09-18" })).existed).toBe(false);
    expect((await registrar().call(getStanding, { id, on: "2026-09-17" })).existed).toBe(true);
  });
});
