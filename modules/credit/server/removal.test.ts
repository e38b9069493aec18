import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addGround, decideListing, proposeListing, recordStatement, serveNotice } from "../listing.contract.ts";
import { getListing, listingBoard } from "../reading.contract.ts";
import {
  answerObjection,
  applyRemoval,
  object,
  removeListing,
  verifyRemoval,
  withdrawListing,
} from "../removal.contract.ts";
import { type CreditHouse, creditHouse, lateReport, missingIn, reasons, remedy } from "./credit.fixture.ts";

let house: CreditHouse;
beforeAll(async () => {
  house = await creditHouse();
  house.clock.set("2024-01-05");
});
afterAll(() => house.close());

const decided = { reasons, remedy };
const warning = { ground: "light_penalty" as const, facts: { penalty: "warning", penalty_on: "2024-05-20" } };
const open = (organisation: string) =>
  house.sql<{ kind: string; due_on: string }>(
    "select kind, due_on from duty where organisation_id = $1 and state = 'open' order by due_on, kind",
    [organisation],
  );
const published = async (listing: string) =>
  (await house.sql("select 1 from publication.item where key = $1", [listing])).length;
const summary = async (organisation: string) =>
  (await house.sql("select listing, listed_on from organisation where id = $1", [organisation]))[0];

describe("the way off the lists", () => {
  it("removes after duty done, application and verification, within five working days", async () => {
    house.clock.set("2024-01-05");
    const organisationId = await house.add("青羽助学会");
    const listingId = await house.listed(organisationId, "2024-06-03", "2024-06-19");
    const own = house.organisation(organisationId, "630102");
    expect(await missingIn(house.decider.call(removeListing, { listingId }))).toEqual([
      "credit/removal-not-applied",
      "credit/not-put-right",
      "credit/removal-not-verified",
    ]);
    house.clock.set("2024-07-01");
    await own.call(applyRemoval, { listingId, content: "年度报告已于6月28日补报。" });
    expect(await missingIn(house.decider.call(removeListing, { listingId }))).toEqual([
      "credit/not-put-right",
      "credit/removal-not-verified",
    ]);
    const verified = await house.registrar.call(verifyRemoval, {
      listingId,
      outcome: "fulfilled",
      putRightOn: "2024-06-28",
      findings: "已补报，内容完整。",
    });
    expect(verified.removalDueOn).toBe("2024-07-08");
    // Who verified does not decide.
    expect(await missingIn(house.callAs(house.registrar, house.decider, removeListing, { listingId }))).toContain(
      "credit/same-hand",
    );
    house.clock.set("2024-07-08");
    expect(await house.decider.call(removeListing, { listingId })).toMatchObject({ state: "removed", onTime: true });
    expect(await published(listingId)).toBe(0);
    expect(await summary(organisationId)).toEqual({ listing: "none", listed_on: null });
    expect(await open(organisationId)).toEqual([]);
    const file = await house.registrar.call(getListing, { listingId });
    expect(file.documents.map((one) => one.kind)).toEqual(["notice", "decision", "removal"]);
    expect(file.steps.map((one) => one.act)).toEqual([
      "propose",
      "issue-notice",
      "serve-notice",
      "decide",
      "apply-removal",
      "verify-removal",
      "remove",
    ]);
    expect(
      await house.sql(
        "select value from indicator_cell where indicator = 'credit.listed' and key = 'abnormal|annual_report'",
      ),
    ).toEqual([{ value: 0 }]);
  });

  it("removes after the fifth working day too, and says it was late", async () => {
    house.clock.set("2024-01-05");
    const organisationId = await house.add("晚归车友会");
    const listingId = await house.listed(organisationId, "2024-06-03", "2024-06-19");
    house.clock.set("2024-07-01");
    await house.registrar.call(applyRemoval, { listingId, content: "代为记录的申请。" });
    await house.registrar.call(verifyRemoval, { listingId, outcome: "fulfilled", findings: "属实。" });
    house.clock.set("2024-07-09");
    expect(await house.decider.call(removeListing, { listingId })).toMatchObject({ state: "removed", onTime: false });
  });

  it("sends an application back when the duty was not done", async () => {
    house.clock.set("2024-01-05");
    const organisationId = await house.add("未济学社");
    const listingId = await house.listed(organisationId, "2024-06-03", "2024-06-19");
    await house.registrar.call(applyRemoval, { listingId, content: "申请移出。" });
    expect(
      await house.registrar.call(verifyRemoval, { listingId, outcome: "not-fulfilled", findings: "仍未补报。" }),
    ).toMatchObject({ state: "listed", removalDueOn: null });
    expect(await missingIn(house.decider.call(removeListing, { listingId }))).toContain("credit/removal-not-applied");
    await house.registrar.call(applyRemoval, { listingId, content: "再次申请。" });
    expect(await house.row(listingId)).toMatchObject({ state: "removal-applied" });
  });

  it("lets six months pass to the day where nothing can be put right", async () => {
    house.clock.set("2024-01-05");
    const organisationId = await house.add("铜铃曲艺社");
    const listingId = await house.listed(organisationId, "2024-06-03", "2024-08-31", warning);
    expect(await open(organisationId)).toEqual([
      // 31 August has no corresponding day in February: its last day.
      { kind: "credit.six-months", due_on: "2025-02-28" },
      { kind: "credit.twenty-two-months", due_on: "2026-06-30" },
      { kind: "credit.two-years", due_on: "2026-08-31" },
    ]);
    house.clock.set("2025-02-27");
    expect(await missingIn(house.decider.call(removeListing, { listingId }))).toEqual(["credit/six-months-run"]);
    house.clock.set("2025-02-28");
    expect(await house.decider.call(removeListing, { listingId })).toMatchObject({ state: "removed", onTime: null });
  });

  it("restarts the clock on a new ground, which has its own notice and decision", async () => {
    house.clock.set("2024-01-05");
    const organisationId = await house.add("双桥商会");
    const listingId = await house.listed(organisationId, "2024-06-03", "2024-07-10", warning);
    house.clock.set("2024-10-08");
    const added = await house.registrar.call(addGround, {
      listingId,
      ground: "light_penalty",
      facts: { penalty: "fine", amount: 2_000 },
      evidenceNote: "处罚决定书",
    });
    expect(added).toMatchObject({ state: "proposed", addsTo: listingId });
    expect(await missingIn(house.decider.call(decideListing, { listingId: added.listingId, ...decided }))).toEqual([
      "credit/notice-not-served",
    ]);
    await house.registrar.call(serveNotice, { listingId: added.listingId, method: "electronic" });
    house.clock.set("2024-11-01");
    expect((await house.decider.call(decideListing, { listingId: added.listingId, ...decided })).state).toBe("joined");
    expect(await house.row(listingId)).toMatchObject({
      state: "listed",
      listed_on: "2024-07-10",
      clock_from: "2024-11-01",
      six_months_on: "2025-05-01",
      two_years_on: "2026-11-01",
    });
    expect((await open(organisationId)).map((one) => one.due_on)).toEqual(["2025-05-01", "2026-09-01", "2026-11-01"]);
    house.clock.set("2025-01-10");
    expect(await missingIn(house.decider.call(removeListing, { listingId }))).toEqual(["credit/six-months-run"]);
    house.clock.set("2025-05-01");
    expect((await house.decider.call(removeListing, { listingId })).state).toBe("removed");
    const [item] = await house.sql<{ n: number }>(
      "select count(*) as n from credit_listing where organisation_id = $1 and state = 'joined'",
      [organisationId],
    );
    expect(item?.n).toBe(1);
  });

  it("keeps both grounds: a duty done does not shorten the six months of a penalty joined to it", async () => {
    house.clock.set("2024-01-05");
    const organisationId = await house.add("两难同乡会");
    const listingId = await house.listed(organisationId, "2024-06-03", "2024-07-10");
    house.clock.set("2024-08-01");
    const added = await house.registrar.call(proposeListing, {
      organisationId,
      list: "abnormal",
      ...warning,
      evidenceNote: "处罚决定书",
    });
    await house.registrar.call(serveNotice, { listingId: added.listingId, method: "mail" });
    house.clock.set("2024-09-02");
    await house.decider.call(decideListing, { listingId: added.listingId, ...decided });
    await house.registrar.call(applyRemoval, { listingId, content: "年报已补。" });
    await house.registrar.call(verifyRemoval, { listingId, outcome: "fulfilled", findings: "属实。" });
    expect(await missingIn(house.decider.call(removeListing, { listingId }))).toEqual(["credit/six-months-run"]);
    house.clock.set("2025-03-02");
    expect((await house.decider.call(removeListing, { listingId })).state).toBe("removed");
  });

  it("moves to the serious list at two years to the day, by its own notice and decision; a removal is then too late", async () => {
    house.clock.set("2024-01-05");
    const organisationId = await house.add("久别车队协会");
    const listingId = await house.listed(organisationId, "2024-02-20", "2024-03-15");
    house.clock.set("2026-03-14");
    const serious = {
      organisationId,
      list: "serious" as const,
      ground: "abnormal_24_months" as const,
      evidenceNote: "列入决定书",
    };
    await expect(house.registrar.call(proposeListing, serious)).rejects.toMatchObject({ code: "credit/no-ground" });
    house.clock.set("2026-03-15");
    await house.registrar.call(applyRemoval, { listingId, content: "现在补报。" });
    await house.registrar.call(verifyRemoval, { listingId, outcome: "fulfilled", findings: "已补报。" });
    expect(await missingIn(house.decider.call(removeListing, { listingId }))).toEqual(["credit/two-years-over"]);
    const { listingId: second } = await house.registrar.call(proposeListing, serious);
    await house.registrar.call(serveNotice, { listingId: second, method: "mail" });
    house.clock.set("2026-04-10");
    expect(await house.decider.call(decideListing, { listingId: second, ...decided })).toMatchObject({
      state: "listed",
      sixMonthsOn: null,
      twoYearsOn: "2028-04-10",
    });
    expect(await house.row(listingId)).toMatchObject({ state: "moved", end_reason: "moved-to-serious" });
    expect(await summary(organisationId)).toEqual({ listing: "serious", listed_on: "2026-04-10" });
    expect([await published(listingId), await published(second)]).toEqual([0, 1]);
    expect(await open(organisationId)).toEqual([]);
    const file = await house.decider.call(getListing, { listingId: second });
    expect(file.effects).toContain("no_purchase");
    expect(file.acts.find((one) => one.act === "remove")).toMatchObject({ possible: false });
  });

  it("keeps an application made in time alive, however long verification takes", async () => {
    house.clock.set("2024-01-05");
    const organisationId = await house.add("未雨绸缪会");
    const listingId = await house.listed(organisationId, "2024-02-20", "2024-03-15");
    house.clock.set("2026-03-14");
    await house.organisation(organisationId, "630102").call(applyRemoval, { listingId, content: "已补报。" });
    house.clock.set("2026-03-20");
    await house.registrar.call(verifyRemoval, {
      listingId,
      outcome: "fulfilled",
      putRightOn: "2026-03-10",
      findings: "属实。",
    });
    expect((await house.decider.call(removeListing, { listingId })).state).toBe("removed");
  });

  it("leaves the serious list after two clean years and an application, not a day before", async () => {
    house.clock.set("2024-01-05");
    const organisationId = await house.add("长亭联合会");
    const listingId = await house.listed(organisationId, "2024-01-08", "2024-02-28", {
      list: "serious",
      ground: "suspended",
      facts: { suspended: true },
    });
    house.clock.set("2026-02-20");
    await house.organisation(organisationId, "630102").call(applyRemoval, { listingId, content: "已满两年。" });
    await house.registrar.call(verifyRemoval, { listingId, outcome: "fulfilled", findings: "期间无新情形。" });
    house.clock.set("2026-02-27");
    expect(await missingIn(house.decider.call(removeListing, { listingId }))).toEqual(["credit/two-years-run"]);
    house.clock.set("2026-02-28");
    expect((await house.decider.call(removeListing, { listingId })).state).toBe("removed");
  });

  it("restarts the two clean years when the organisation becomes abnormal meanwhile", async () => {
    house.clock.set("2024-01-05");
    const organisationId = await house.add("再起协会");
    const listingId = await house.listed(organisationId, "2024-01-08", "2024-02-28", {
      list: "serious",
      ground: "suspended",
      facts: { suspended: true },
    });
    await house.listed(organisationId, "2025-06-03", "2025-07-01");
    expect(await house.row(listingId)).toMatchObject({
      clock_from: "2025-07-01",
      two_years_on: "2027-07-01",
      listed_on: "2024-02-28",
    });
    expect(await summary(organisationId)).toEqual({ listing: "serious", listed_on: "2024-02-28" });
  });

  it("lets a revoked body leave the serious list once it is deregistered, without an application", async () => {
    house.clock.set("2024-01-05");
    const organisationId = await house.add("终章学会");
    const listingId = await house.listed(organisationId, "2024-01-08", "2024-02-28", {
      list: "serious",
      ground: "certificate_revoked",
      facts: { certificate_revoked: true },
    });
    expect(await missingIn(house.decider.call(removeListing, { listingId }))).toEqual(["credit/not-deregistered"]);
    await house.sql("update organisation set status = 'deregistered' where id = $1", [organisationId]);
    expect((await house.decider.call(removeListing, { listingId })).state).toBe("removed");
  });

  it("does not guess the removal day beyond the known holidays, and does not make the organisation wait for them", async () => {
    house.clock.set("2024-01-05");
    const organisationId = await house.add("跨年读书社");
    const listingId = await house.listed(organisationId, "2026-11-02", "2026-12-01");
    house.clock.set("2026-12-29");
    await house.registrar.call(applyRemoval, { listingId, content: "已补报。" });
    expect(
      (await house.registrar.call(verifyRemoval, { listingId, outcome: "fulfilled", findings: "属实。" })).removalDueOn,
    ).toBeNull();
    expect((await open(organisationId)).find((one) => one.kind === "credit.remove-listing")?.due_on).toBe("2026-12-29");
    expect(await house.decider.call(removeListing, { listingId })).toMatchObject({ state: "removed", onTime: null });
  });
});

describe("objection and withdrawal", () => {
  it("corrects what an objection proves wrong, with the old text kept in public", async () => {
    house.clock.set("2024-01-05");
    const organisationId = await house.add("正名研究会");
    const listingId = await house.listed(organisationId, "2024-06-03", "2024-06-19", {
      groundText: "未报送2022年度工作报告。",
    });
    const own = house.organisation(organisationId, "630102");
    const { objectionId } = await own.call(object, { listingId, content: "年度写错了，应为2023年度。" });
    await expect(
      house.registrar.call(answerObjection, { objectionId, outcome: "upheld", answer: "属实" }),
    ).rejects.toMatchObject({ code: "credit/correction-missing" });
    const answer = await house.registrar.call(answerObjection, {
      objectionId,
      outcome: "upheld",
      answer: "经核对，年度有误。",
      publicReason: "年度误写，予以更正",
      correction: { groundText: "未报送2023年度工作报告。" },
    });
    expect(answer.corrected).toBe(true);
    const [item] = await house.sql<{ version: number; body: { groundText: string; decisionNumber: string } }>(
      "select version, body from publication.item where key = $1",
      [listingId],
    );
    expect(item).toMatchObject({ version: 2, body: { groundText: "未报送2023年度工作报告。" } });
    expect(item?.body.decisionNumber).toBeTruthy();
    const [old] = await house.sql<{ reason: string; old_body: { groundText: string } }>(
      "select reason, old_body from publication.correction where key = $1",
      [listingId],
    );
    expect(old).toMatchObject({ reason: "年度误写，予以更正", old_body: { groundText: "未报送2022年度工作报告。" } });
    await expect(
      house.registrar.call(answerObjection, { objectionId, outcome: "dismissed", answer: "再答" }),
    ).rejects.toMatchObject({ code: "credit/objection-answered" });
    expect((await open(organisationId)).map((one) => one.kind)).not.toContain("credit.answer-objection");
  });

  it("takes a removed listing off the public pages whole, and keeps it for the staff", async () => {
    house.clock.set("2024-01-05");
    const organisationId = await house.add("既往不示学会");
    const listingId = await house.listed(organisationId, "2024-06-03", "2024-06-19", { groundText: "未报送。" });
    const own = house.organisation(organisationId, "630102");
    const { objectionId } = await own.call(object, { listingId, content: "年度没有写明。" });
    await house.registrar.call(answerObjection, {
      objectionId,
      outcome: "upheld",
      answer: "补写年度。",
      publicReason: "补写年度",
      correction: { groundText: "未报送2023年度工作报告。" },
    });
    const corrections = () => house.sql("select 1 from publication.correction where key = $1", [listingId]);
    expect(await corrections()).toHaveLength(1);
    house.clock.set("2024-07-01");
    await own.call(applyRemoval, { listingId, content: "已补报。" });
    await house.registrar.call(verifyRemoval, {
      listingId,
      outcome: "fulfilled",
      putRightOn: "2024-06-28",
      findings: "已补报。",
    });
    await house.decider.call(removeListing, { listingId });
    expect(await published(listingId)).toBe(0);
    expect(await corrections()).toEqual([]);
    const words = await house.sql("select 1 from publication.search_token where key = $1", [listingId]);
    expect(words).toEqual([]);
    const file = await house.registrar.call(getListing, { listingId });
    expect(file.documents.map((one) => one.kind)).toEqual(["notice", "decision", "removal"]);
  });

  it("withdraws a listing whose basis was overturned, and shows the correction", async () => {
    house.clock.set("2024-01-05");
    const organisationId = await house.add("昭雪互助社");
    const listingId = await house.listed(organisationId, "2024-06-03", "2024-06-19");
    const withdrawn = await house.decider.call(withdrawListing, {
      listingId,
      basis: "reconsideration",
      basisNumber: "复决字〔2024〕9号",
      reasons: "复议机关认定送达无效。",
      publicReason: "列入决定经行政复议撤销",
    });
    expect(withdrawn.state).toBe("withdrawn");
    expect(await published(listingId)).toBe(0);
    expect(await house.sql("select reason from publication.correction where key = $1", [listingId])).toEqual([
      { reason: "列入决定经行政复议撤销" },
    ]);
    expect(await summary(organisationId)).toEqual({ listing: "none", listed_on: null });
    expect(await open(organisationId)).toEqual([]);
    expect((await house.registrar.call(getListing, { listingId })).documents.map((one) => one.kind)).toEqual([
      "notice",
      "decision",
      "withdrawal",
    ]);
    // Never listed, so it can be proposed again, lawfully.
    expect((await house.registrar.call(proposeListing, { organisationId, ...lateReport })).state).toBe("proposed");
  });

  it("hears no objection before a listing: that is what the statement is for", async () => {
    house.clock.set("2024-01-05");
    const organisationId = await house.add("未列读书会");
    const listingId = await house.noticed(organisationId, "2024-06-03");
    const own = house.organisation(organisationId, "630102");
    expect(await missingIn(own.call(object, { listingId, content: "异议" }))).toEqual(["credit/never-listed"]);
    await own.call(recordStatement, { listingId, content: "陈述" });
    const board = await house.registrar.call(listingBoard, { division: "630102" });
    const stated = board.columns.find((one) => one.state === "stated");
    expect(stated?.rows.map((one) => [one.organisationName, one.next, one.clocks[0]?.clock])).toContainEqual([
      "未列读书会",
      "answer-statement",
      "statement",
    ]);
  });
});
