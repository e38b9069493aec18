import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  addEvidence,
  answerStatement,
  decideListing,
  dismissProposal,
  issueNotice,
  proposeListing,
  recordCertificate,
  recordStatement,
  serveNotice,
} from "../listing.contract.ts";
import { getListing, history, listingBoard } from "../reading.contract.ts";
import { type CreditHouse, creditHouse, lateReport, missingIn, reasons, remedy } from "./credit.fixture.ts";

let house: CreditHouse;
beforeAll(async () => {
  house = await creditHouse();
  house.clock.set("2026-01-05");
});
afterAll(() => house.close());

const decided = { reasons, remedy };

describe("the way to the abnormal list", () => {
  it("lists by notice, statement period, another hand and a decision, and says so everywhere", async () => {
    const organisationId = await house.add("青羽助学会");
    house.clock.set("2026-06-01");
    const proposal = await house.registrar.call(proposeListing, { organisationId, ...lateReport });
    expect(proposal.state).toBe("proposed");
    const [kept] = await house.sql("select rule, output from decision where id = $1", [proposal.ruleDecisionId]);
    expect(kept).toEqual({ rule: "credit.abnormal_list", output: { list: true, ground: "annual_report" } });

    const { listingId } = proposal;
    const served = await house.registrar.call(serveNotice, { listingId, method: "in-person" });
    // Ten working days after 1 June 2026: 19 June is the Dragon Boat holiday, beyond the period.
    expect(served.statementDueOn).toBe("2026-06-15");
    const own = house.organisation(organisationId, "630102");
    const file = await own.call(getListing, { listingId });
    expect(file.documents.map((one) => one.kind)).toEqual(["notice"]);
    expect(
      await house.sql("select kind from duty where organisation_id = $1 and state = 'open' order by kind", [
        organisationId,
      ]),
    ).toEqual([{ kind: "credit.decide-listing" }, { kind: "credit.state-case" }]);

    house.clock.set("2026-06-16");
    const done = await house.decider.call(decideListing, { listingId, ...decided });
    expect(done).toMatchObject({
      state: "listed",
      listedOn: "2026-06-16",
      sixMonthsOn: null,
      twoYearsOn: "2028-06-16",
    });

    const row = await house.row(listingId);
    expect(row).toMatchObject({ state: "listed", decided_on: "2026-06-16", legacy: false });
    expect(row.decision_number).toMatch(/〔2026〕\d+号$/);
    const [organisation] = await house.sql("select listing, listed_on from organisation where id = $1", [
      organisationId,
    ]);
    expect(organisation).toEqual({ listing: "abnormal", listed_on: "2026-06-16" });
    const [published] = await house.sql<{ body: Record<string, unknown> }>(
      "select body from publication.item where collection = 'credit.abnormal' and key = $1",
      [listingId],
    );
    expect(published?.body).toMatchObject({
      name: "青羽助学会",
      ground: "annual_report",
      listedOn: "2026-06-16",
      decisionNumber: row.decision_number,
    });
    const cells = await house.sql(
      "select key, value from indicator_cell where indicator = 'credit.listed' and division_code = '630102'",
    );
    expect(cells).toEqual([{ key: "abnormal|annual_report", value: 1 }]);
    expect(
      await house.sql(
        "select kind, due_on from duty where organisation_id = $1 and state = 'open' order by due_on, kind",
        [organisationId],
      ),
    ).toEqual([
      { kind: "credit.twenty-two-months", due_on: "2028-04-16" },
      { kind: "credit.put-right", due_on: "2028-06-16" },
      { kind: "credit.two-years", due_on: "2028-06-16" },
    ]);
    const credit = await own.call(history, { organisationId });
    expect(credit.standing).toBe("abnormal");
    expect(credit.records.map((one) => [one.kind, one.onTime])).toEqual([["listed_abnormal", true]]);
    const steps = (await house.decider.call(getListing, { listingId })).steps.map((one) => one.act);
    expect(steps).toEqual(["propose", "issue-notice", "serve-notice", "decide"]);
  });

  it("refuses a decision and names every missing step", async () => {
    const organisationId = await house.add("云岫互助会");
    house.clock.set("2026-06-01");
    const { listingId } = await house.registrar.call(proposeListing, {
      organisationId,
      ...lateReport,
      evidenceNote: "",
    });
    expect(await missingIn(house.decider.call(decideListing, { listingId }))).toEqual([
      "credit/evidence-missing",
      "credit/notice-not-served",
      "credit/reasons-missing",
      "credit/remedy-missing",
    ]);
    await house.registrar.call(addEvidence, { listingId, evidenceNote: "收件登记簿" });
    await house.registrar.call(serveNotice, { listingId, method: "mail" });
    // The last day of the period still belongs to the organisation.
    house.clock.set("2026-06-15");
    expect(await missingIn(house.decider.call(decideListing, { listingId, ...decided }))).toEqual([
      "credit/statement-period-runs",
    ]);
    await house.organisation(organisationId, "630102").call(recordStatement, { listingId, content: "我会已经报送。" });
    house.clock.set("2026-06-16");
    expect(await missingIn(house.decider.call(decideListing, { listingId, ...decided }))).toEqual([
      "credit/statement-unanswered",
    ]);
    await house.registrar.call(answerStatement, { listingId, outcome: "rejected", reasons: "收件登记中没有记录。" });
    expect(await missingIn(house.decider.call(decideListing, { listingId, reasons }))).toEqual([
      "credit/remedy-missing",
    ]);
    expect((await house.decider.call(decideListing, { listingId, ...decided })).state).toBe("listed");
    expect(await missingIn(house.decider.call(decideListing, { listingId, ...decided }))).toContain(
      "credit/not-underway",
    );
  });

  it("waits for the end of the period even when a statement was answered before", async () => {
    const organisationId = await house.add("初晴志愿会");
    const listingId = await house.noticed(organisationId, "2026-06-01");
    await house.organisation(organisationId, "630102").call(recordStatement, { listingId, content: "不同意。" });
    await house.registrar.call(answerStatement, { listingId, outcome: "rejected", reasons: "理由不成立。" });
    expect(await missingIn(house.decider.call(decideListing, { listingId, ...decided }))).toEqual([
      "credit/statement-period-runs",
    ]);
  });

  it("closes the case when the statement is right, and it can never be decided again", async () => {
    const organisationId = await house.add("南塘文化研究会");
    const listingId = await house.noticed(organisationId, "2026-06-01");
    await house
      .organisation(organisationId, "630102")
      .call(recordStatement, { listingId, content: "已于5月20日报送，有回执。" });
    const answer = await house.registrar.call(answerStatement, {
      listingId,
      outcome: "accepted",
      reasons: "回执属实。",
    });
    expect(answer.state).toBe("closed");
    expect(await house.row(listingId)).toMatchObject({ state: "closed", end_reason: "依据不足" });
    house.clock.set("2026-07-01");
    expect(await missingIn(house.decider.call(decideListing, { listingId, ...decided }))).toContain(
      "credit/not-underway",
    );
    expect(
      await house.sql("select kind from duty where organisation_id = $1 and state = 'open'", [organisationId]),
    ).toEqual([]);
  });

  it("does not let a day of service before the notice shorten the statement period", async () => {
    const organisationId = await house.add("沙柳生态协会");
    const listingId = await house.proposed(organisationId, "2026-06-20");
    await expect(
      house.registrar.call(serveNotice, { listingId, method: "mail", servedOn: "2026-06-01" }),
    ).rejects.toMatchObject({ code: "credit/served-before-notice" });
    await expect(
      house.registrar.call(serveNotice, { listingId, method: "mail", servedOn: "2026-06-21" }),
    ).rejects.toMatchObject({ code: "credit/served-in-future" });
    await house.registrar.call(issueNotice, { listingId });
    expect(await missingIn(house.registrar.call(issueNotice, { listingId }))).toEqual(["credit/notice-already-issued"]);
    house.clock.set("2026-06-25");
    expect(
      (await house.registrar.call(serveNotice, { listingId, method: "mail", servedOn: "2026-06-23" })).statementDueOn,
    ).toBe("2026-07-07");
  });

  it("takes a notice served on paper before only with its number and proof", async () => {
    const organisationId = await house.add("旧城书画会");
    const listingId = await house.proposed(organisationId, "2026-06-20");
    const proof = [crypto.randomUUID()];
    const paperNotice = { number: "东民告〔2026〕3号", issuedOn: "2026-06-01", proof };
    await expect(
      house.registrar.call(serveNotice, { listingId, method: "mail", servedOn: "2026-05-30", paperNotice }),
    ).rejects.toMatchObject({ code: "credit/served-before-notice" });
    const served = await house.registrar.call(serveNotice, {
      listingId,
      method: "mail",
      servedOn: "2026-06-02",
      paperNotice,
    });
    expect(served).toMatchObject({ documentId: null, statementDueOn: "2026-06-16" });
    expect((await house.decider.call(decideListing, { listingId, ...decided })).state).toBe("listed");
  });

  it("lists in spite of the supervisory unit's certificate only with reasons for it", async () => {
    const organisationId = await house.add("望川乡贤会");
    const unit = house.unit(await house.addUnit(organisationId));
    const listingId = await house.noticed(organisationId, "2026-06-01");
    await unit.call(recordCertificate, { listingId, content: "该组织对逾期没有直接责任。" });
    house.clock.set("2026-06-16");
    expect(await missingIn(house.decider.call(decideListing, { listingId, ...decided }))).toEqual([
      "credit/certificate-unanswered",
    ]);
    const done = await house.decider.call(decideListing, {
      listingId,
      ...decided,
      certificateReasons: "证明与查明的事实不符。",
    });
    expect(done.state).toBe("listed");
  });

  it("proposes nothing that the rule does not call a ground", async () => {
    const organisationId = await house.add("听雨诗社");
    house.clock.set("2026-06-01");
    const propose = (given: object) =>
      house.registrar.call(proposeListing, { organisationId, ...lateReport, ...given });
    await expect(propose({ facts: {} })).rejects.toMatchObject({
      code: "credit/facts-missing",
      facts: { fields: ["annual_report"] },
    });
    await expect(propose({ ground: "heavy_fine" })).rejects.toMatchObject({ code: "credit/ground-not-of-list" });
    await expect(
      propose({ ground: "light_penalty", facts: { penalty: "fine", amount: 50_000 } }),
    ).rejects.toMatchObject({ code: "credit/no-ground", facts: { serious: true } });
    await expect(
      propose({ ground: "unreachable", facts: { registered_mail_attempts: 2, signed: 0, gap_days: 5 } }),
    ).rejects.toMatchObject({ code: "credit/no-ground" });
    // What the system knows wins: nobody was on the abnormal list for two years.
    await expect(
      propose({ list: "serious", ground: "abnormal_24_months", facts: { abnormal_since: "2020-01-01" } }),
    ).rejects.toMatchObject({ code: "credit/facts-missing" });
    // Facts of another ground prove nothing.
    await expect(propose({ ground: "party_organisation", facts: { annual_report: "missing" } })).rejects.toMatchObject({
      code: "credit/facts-missing",
    });
    expect(
      await house.sql("select count(*) as n from credit_listing where organisation_id = $1", [organisationId]),
    ).toEqual([{ n: 0 }]);
  });

  it("keeps one case per organisation and list, and lets a proposal be dismissed", async () => {
    const organisationId = await house.add("麦田读书会");
    const listingId = await house.proposed(organisationId, "2026-06-01");
    await expect(house.registrar.call(proposeListing, { organisationId, ...lateReport })).rejects.toMatchObject({
      code: "credit/already-underway",
    });
    expect((await house.registrar.call(dismissProposal, { listingId, reason: "已补报并说明原因" })).state).toBe(
      "closed",
    );
    expect((await house.registrar.call(proposeListing, { organisationId, ...lateReport })).state).toBe("proposed");
  });

  it("says that the holidays are unknown instead of guessing the statement period", async () => {
    const organisationId = await house.add("岁末联谊会");
    const listingId = await house.proposed(organisationId, "2026-12-25");
    await expect(house.registrar.call(serveNotice, { listingId, method: "mail" })).rejects.toMatchObject({
      code: "credit/holidays-unknown",
      facts: { year: 2027, knownUntil: "2026-12-31" },
    });
    expect(await house.row(listingId)).toMatchObject({ state: "proposed", notice_served_on: null });
    expect((await house.registrar.call(listingBoard, {})).holidaysKnownUntil).toBe("2026-12-31");
  });

  it("counts working days over the Spring Festival, make-up Saturdays included", async () => {
    house.clock.set("2026-01-05");
    const organisationId = await house.add("春望合唱团");
    house.clock.set("2026-02-09");
    const { listingId } = await house.registrar.call(proposeListing, {
      organisationId,
      ...lateReport,
      facts: { annual_report: "late" },
    });
    const { statementDueOn } = await house.registrar.call(serveNotice, { listingId, method: "in-person" });
    // 9 to 13 February, the make-up Saturday 14, the holiday 15 to 23, then 24 to 28 with the make-up Saturday.
    expect(statementDueOn).toBe("2026-02-28");
  });
});
