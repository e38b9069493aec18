import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { type TestHouse, testHouse } from "../../../kernel/testing/house.ts";
import {
  beginLiquidation,
  decideRevocation,
  demandTermination,
  getOrganisation,
  getStanding,
  liftSuspension,
  notifyRevocation,
  recordExisting,
  recordStatement,
  recordUnit,
  reviewDemand,
  suspend,
} from "../organisations.contract.ts";
import { organisationsModule } from "./organisations.module.ts";
import { inventedCode } from "./testing.ts";

let house: TestHouse;
const home = "630102";
beforeAll(async () => {
  house = await testHouse([organisationsModule]);
  house.clock.set("2026-06-01");
});
afterAll(() => house.close());

let serial = 100;
async function recorded(
  kind: "social_group" | "social_service_institution" = "social_group",
  unit?: string,
): Promise<string> {
  serial += 1;
  const { id } = await house.as("registrar", home).call(recordExisting, {
    name: `西宁市城东区甲${serial}${kind === "social_group" ? "协会" : "服务中心"}`,
    creditCode: inventedCode(kind === "social_group" ? "1" : "2", home, serial),
    kind,
    registeredOn: "2015-05-04",
    ...(unit ? { supervisoryUnit: unit } : {}),
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

describe("annulment and revocation", () => {
  it("is impossible without prior notice, before the time to be heard is over, and by the hand that notified", async () => {
    house.clock.set("2026-06-01");
    const organisationId = await recorded();
    const decider = house.as("decider", home);
    const registrar = house.as("registrar", home);
    const decision = { organisationId, uphold: true, reason: "两年未参检" };
    expect((await refusal(decider.call(decideRevocation, decision))).facts.missing).toEqual([
      { code: "organisations/not-notified" },
    ]);
    const notice = await registrar.call(notifyRevocation, {
      organisationId,
      ground: "no-inspection",
      facts: "两年未参加年检",
      evidence: "催告记录",
    });
    expect(notice).toMatchObject({ sanction: "revoked", hearUntil: "2026-06-08" });
    const early = await refusal(decider.call(decideRevocation, decision));
    expect(early.facts.missing).toEqual([
      { code: "organisations/still-to-be-heard", facts: { hearUntil: "2026-06-08" } },
    ]);
    house.clock.set("2026-06-09");
    const sameHand = await refusal(
      house.open.call(decideRevocation.id, decision, { ...registrar.actor, role: "decider" }),
    );
    expect(sameHand.facts.missing).toEqual([{ code: "procedure/same-hand", facts: { earlier: "notify" } }]);
    expect((await decider.call(decideRevocation, decision)).state).toBe("revoked");
    expect((await registrar.call(getStanding, { id: organisationId, on: "2026-06-08" })).status).toBe("registered");
    expect(await registrar.call(getStanding, { id: organisationId, on: "2026-06-09" })).toMatchObject({
      status: "revoked",
      existed: false,
    });
  });

  it("annuls for fraud and revokes for failing inspection since 2026-03-12; before, both annul", async () => {
    const registrar = house.as("registrar", home);
    const cases = [
      ["2026-03-11", "no-inspection", "social_group", "annulled"],
      ["2026-03-12", "no-inspection", "social_group", "revoked"],
      ["2026-03-12", "fraud", "social_group", "annulled"],
      ["2026-03-12", "no-inspection", "social_service_institution", "annulled"],
    ] as const;
    for (const [day, ground, kind, sanction] of cases) {
      house.clock.set(day);
      const organisationId = await recorded(kind);
      expect(
        await registrar.call(notifyRevocation, { organisationId, ground, facts: "事实", evidence: "证据" }),
      ).toMatchObject({ sanction });
    }
    house.clock.set("2026-03-11");
    const before = await recorded();
    expect(
      (
        await refusal(
          registrar.call(notifyRevocation, {
            organisationId: before,
            ground: "cannot-function",
            facts: "事实",
            evidence: "证据",
          }),
        )
      ).code,
    ).toBe("organisations/ground-not-in-law");
  });

  it("hears the organisation and may then be decided at once, or dropped", async () => {
    house.clock.set("2026-06-01");
    const organisationId = await recorded();
    await house
      .as("registrar", home)
      .call(notifyRevocation, { organisationId, ground: "profit-making", facts: "事实", evidence: "证据" });
    expect(
      (await house.organisation(organisationId, home).call(recordStatement, { organisationId, statement: "已退还" }))
        .state,
    ).toBe("stated");
    const done = await house
      .as("decider", home)
      .call(decideRevocation, { organisationId, uphold: false, reason: "情节轻微" });
    expect(done).toMatchObject({ state: "dropped", documentId: null });
    expect((await house.as("registrar", home).call(getOrganisation, { id: organisationId })).organisation.status).toBe(
      "registered",
    );
  });
});

describe("suspension", () => {
  it("is by decision, opens a duty for its end, and is lifted by decision", async () => {
    house.clock.set("2026-06-01");
    const organisationId = await recorded();
    const decider = house.as("decider", home);
    await decider.call(suspend, {
      organisationId,
      penaltyDecision: "城东民罚〔2026〕3号",
      reason: "超出业务范围",
      until: "2026-08-31",
    });
    const file = await decider.call(getOrganisation, { id: organisationId });
    expect(file.organisation.status).toBe("suspended");
    expect(file.duties).toMatchObject([{ kind: "organisations.end-suspension", dueOn: "2026-08-31" }]);
    await decider.call(liftSuspension, { organisationId, reason: "整改完成" });
    const after = await decider.call(getOrganisation, { id: organisationId });
    expect([after.organisation.status, after.duties.length]).toEqual(["registered", 0]);
  });
});

describe("merger or termination on demand", () => {
  it("is known since 2026-03-12 and for social groups only, reviewed by another hand before liquidation begins", async () => {
    house.clock.set("2026-06-01");
    const registrar = house.as("registrar", home);
    const { unitId } = await registrar.call(recordUnit, { name: "城东区工业和信息化局" });
    const organisationId = await recorded("social_group", "城东区工业和信息化局");
    const unit = house.unit(unitId);
    const demand = {
      organisationId,
      demand: "termination" as const,
      ground: "task-completed" as const,
      reason: "任务完成",
    };
    expect((await unit.call(demandTermination, demand)).state).toBe("demanded");
    expect(
      (
        await refusal(
          house
            .organisation(organisationId, home)
            .call(beginLiquidation, { organisationId, ground: "dissolved", reason: "自行解散" }),
        )
      ).code,
    ).toBe("organisations/already-ending");
    expect(
      (await house.as("decider", home).call(reviewDemand, { organisationId, agree: true, reason: "同意" })).state,
    ).toBe("liquidating");
    expect((await registrar.call(getOrganisation, { id: organisationId })).organisation.status).toBe("liquidating");
    const institution = await recorded("social_service_institution");
    expect((await refusal(registrar.call(demandTermination, { ...demand, organisationId: institution }))).code).toBe(
      "organisations/demand-not-lawful",
    );
    house.clock.set("2026-03-11");
    const early = await recorded();
    expect((await refusal(registrar.call(demandTermination, { ...demand, organisationId: early }))).code).toBe(
      "organisations/demand-not-lawful",
    );
  });
});
