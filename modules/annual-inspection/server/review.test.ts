import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  acceptRectification,
  board,
  conclude,
  exemptReport,
  getReport,
  orderRectification,
  reportRectification,
  requestCorrection,
  submitReport,
} from "../annual-inspection.contract.ts";
import { concludeBatch, previewBatch } from "../annual-inspection.runs.contract.ts";
import { goodFigures, type InspectionHouse, inspectionHouse } from "./inspection.fixture.ts";

let house: InspectionHouse;
const home = "630122";
let serial = 0;

beforeAll(async () => {
  house = await inspectionHouse();
  house.clock.set("2026-01-05");
});
afterAll(() => house.close());

/** An organisation whose report has been filed. */
async function filed(
  given: { kind?: "foundation"; figures?: Partial<typeof goodFigures> } = {},
): Promise<{ organisation: string; reportId: string; name: string }> {
  house.clock.set("2026-03-02");
  const name = `湟中区${given.kind ? "公益基金会" : "民俗协会"}${++serial}`;
  const organisation = await house.add(home, name, given);
  await house.openYear(home, 2025);
  const sent = await house
    .organisation(organisation, home)
    .call(submitReport, { year: 2025, figures: { ...goodFigures, ...given.figures } });
  return { organisation, reportId: sent.reportId, name };
}

const registrar = () => house.as("registrar", home);
const decider = () => house.as("decider", home);

describe("a correction", () => {
  it("is asked for once, with everything named, and the second time refused", async () => {
    const { reportId, organisation } = await filed();
    const asked = await registrar().call(requestCorrection, { reportId, gaps: ["缺审计报告", "活动明细不全"] });
    expect(asked).toMatchObject({ state: "correcting", dueOn: "2026-03-17" });
    await expect(decider().call(conclude, { reportId, conclusion: "passed" })).rejects.toMatchObject({
      code: "procedure/not-possible",
      facts: { missing: [{ code: "annual-inspection/correction-running" }] },
    });
    const again = await house.organisation(organisation, home).call(submitReport, { year: 2025, figures: goodFigures });
    expect(again).toMatchObject({ state: "filed", late: false });
    await expect(registrar().call(requestCorrection, { reportId, gaps: ["还缺一项"] })).rejects.toMatchObject({
      code: "procedure/not-possible",
      facts: { missing: [{ code: "annual-inspection/correction-already-used" }] },
    });
    const page = await registrar().call(getReport, { reportId });
    expect(page.acts.find((one) => one.act === "request-correction")?.missing).toMatchObject([
      { code: "annual-inspection/correction-already-used" },
    ]);
    expect(await decider().call(conclude, { reportId, conclusion: "passed" })).toMatchObject({ state: "passed" });
  });

  it("that never comes does not hold the conclusion up beyond its day", async () => {
    const { reportId } = await filed();
    await registrar().call(requestCorrection, { reportId, gaps: ["缺财务报告"] });
    house.clock.set("2026-03-17");
    await expect(decider().call(conclude, { reportId, conclusion: "passed" })).rejects.toMatchObject({
      code: "procedure/not-possible",
    });
    house.clock.set("2026-03-18");
    const done = await decider().call(conclude, {
      reportId,
      conclusion: "basic",
      issues: [{ text: "未补正财务报告", severity: "minor" }],
    });
    expect(done).toMatchObject({ state: "basic", suggested: "basic" });
  });
});

describe("a conclusion", () => {
  it("needs a decider, who is not the hand that asked for the correction", async () => {
    const { reportId } = await filed();
    await expect(registrar().call(conclude, { reportId, conclusion: "passed" })).rejects.toMatchObject({
      code: "auth/not-your-role",
      status: 403,
    });
    await expect(house.as("decider", "63").call(conclude, { reportId, conclusion: "passed" })).rejects.toMatchObject({
      code: "annual-inspection/not-your-register",
    });
    await registrar().call(requestCorrection, { reportId, gaps: ["缺附件"] });
    await house.sql(
      "update procedure_step set actor_id = $1 where subject_id = $2 and transition = 'request-correction'",
      [decider().actor.accountId, reportId],
    );
    house.clock.set("2026-04-30");
    await expect(decider().call(conclude, { reportId, conclusion: "passed" })).rejects.toMatchObject({
      facts: { missing: [{ code: "procedure/same-hand" }] },
    });
    expect(await house.as("decider", home, "two").call(conclude, { reportId, conclusion: "passed" })).toMatchObject({
      state: "passed",
    });
  });

  it("other than the rule's wants a reason", async () => {
    const { reportId } = await filed();
    await expect(decider().call(conclude, { reportId, conclusion: "failed" })).rejects.toMatchObject({
      code: "annual-inspection/reason-needed",
      facts: { suggested: "passed", conclusion: "failed" },
    });
    const serious = await decider().call(conclude, {
      reportId,
      conclusion: "failed",
      issues: [{ text: "挪用捐赠款", severity: "serious" }],
    });
    expect(serious).toMatchObject({ conclusion: "failed", suggested: "failed", state: "failed" });
  });

  it("stands in the register, on the public pages, in a numbered notice, and in the counters", async () => {
    const before = await registrar().call(board, { year: 2025 });
    const { reportId, organisation, name } = await filed();
    const done = await decider().call(conclude, { reportId, conclusion: "passed" });
    const [row] = await house.sql(
      "select inspection_year, inspection_conclusion, version from organisation where id = $1",
      [organisation],
    );
    expect(row).toEqual({ inspection_year: 2025, inspection_conclusion: "passed", version: 2 });
    const [item] = await house.sql<{ body: Record<string, unknown> }>(
      "select body from publication.item where collection = 'annual-inspection.conclusion' and subject_id = $1",
      [organisation],
    );
    expect(item?.body).toMatchObject({
      name,
      year: 2025,
      state: "passed",
      conclusion: "passed",
      concludedOn: "2026-03-02",
    });
    const [document] = await house.sql<{ number: string; title: string; verification_code: string }>(
      "select number, title, verification_code from document where id = $1",
      [done.documentId],
    );
    expect(document?.number).toMatch(/〔2026〕\d+号/);
    expect(document?.title).toBe("2025年度检查结论通知书");
    expect(item?.body.verificationCode).toBe(document?.verification_code);
    const after = await registrar().call(board, { year: 2025 });
    expect(after.counts.passed).toBe((before.counts.passed ?? 0) + 1);
    expect(
      await house.sql(
        "select 1 from publication.figure where indicator = 'annual-inspection.reports' and key = 'social_group|passed'",
      ),
    ).toHaveLength(1);
    await expect(decider().call(conclude, { reportId, conclusion: "passed" })).rejects.toMatchObject({
      code: "procedure/not-possible",
    });
  });

  it("is reached once when two deciders act at the same moment", async () => {
    const { reportId } = await filed();
    const both = await Promise.allSettled([
      decider().call(conclude, { reportId, conclusion: "passed" }),
      house.as("decider", home, "two").call(conclude, { reportId, conclusion: "passed" }),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = both.find((one) => one.status === "rejected");
    expect(refused).toMatchObject({ reason: { code: "procedure/not-possible" } });
    expect(
      await house.sql(
        "select 1 from document where template = 'annual-inspection.conclusion-notice' and facts->>'name' = (select organisation_name from inspection_report where id = $1)",
        [reportId],
      ),
    ).toHaveLength(1);
  });

  it("publishes the report of a foundation that passed, and not of one that did not", async () => {
    const good = await filed({ kind: "foundation", figures: { adminFen: 10_000_00, charitySpendFen: 440_000_00 } });
    const bad = await filed({ kind: "foundation" });
    await decider().call(conclude, { reportId: good.reportId, conclusion: "passed" });
    await decider().call(conclude, { reportId: bad.reportId, conclusion: "basic" });
    const items = await house.sql<{ body: Record<string, unknown> }>(
      "select body from publication.item where collection = 'annual-inspection.foundation-report'",
    );
    expect(items.map((one) => one.body)).toMatchObject([
      { name: good.name, incomeTotalFen: 500_000_00, charitySpendFen: 440_000_00 },
    ]);
  });
});

describe("a rectification", () => {
  it("is ordered for three months at most, reported, accepted, and shown to the public", async () => {
    const { reportId, organisation } = await filed();
    await decider().call(conclude, {
      reportId,
      conclusion: "basic",
      issues: [{ text: "未按章程换届", severity: "minor" }],
    });
    await expect(
      decider().call(orderRectification, { reportId, items: ["按章程换届"], dueOn: "2026-06-03" }),
    ).rejects.toMatchObject({
      code: "annual-inspection/due-out-of-range",
      facts: { to: "2026-06-02" },
    });
    const ordered = await decider().call(orderRectification, { reportId, items: ["按章程换届"] });
    expect(ordered).toMatchObject({ state: "rectifying", dueOn: "2026-06-02" });
    await expect(registrar().call(acceptRectification, { reportId })).rejects.toMatchObject({
      facts: { missing: [{ code: "annual-inspection/rectification-report-missing" }] },
    });
    await house
      .organisation(organisation, home)
      .call(reportRectification, { year: 2025, text: "已于四月召开换届大会" });
    expect(await registrar().call(acceptRectification, { reportId })).toMatchObject({ state: "rectified" });
    const page = await registrar().call(getReport, { reportId });
    expect(page.steps.map((step) => step.transition)).toEqual([
      "submit",
      "conclude",
      "order-rectification",
      "report-rectification",
      "accept-rectification",
    ]);
    expect(page.steps.every((step) => step.law.length > 0)).toBe(true);
    const [item] = await house.sql<{ body: Record<string, unknown> }>(
      "select body from publication.item where collection = 'annual-inspection.conclusion' and subject_id = $1",
      [organisation],
    );
    expect(item?.body).toMatchObject({ state: "rectified", conclusion: "basic", rectifiedOn: "2026-03-02" });
    expect(await house.sql("select kind from duty where subject_id = $1 and state = 'open'", [reportId])).toEqual([]);
  });

  it("cannot be ordered after a pass", async () => {
    const { reportId } = await filed();
    await decider().call(conclude, { reportId, conclusion: "passed" });
    await expect(decider().call(orderRectification, { reportId, items: ["无"] })).rejects.toMatchObject({
      code: "procedure/not-possible",
    });
  });
});

describe("a batch", () => {
  it("passes exactly the clean reports of the preview", async () => {
    const clean = [await filed(), await filed()];
    const found = await filed({ figures: { activityCount: 0 } });
    const preview = await decider().call(previewBatch, { year: 2025 });
    const ids = preview.rows.map((row) => row.id);
    for (const one of clean) expect(ids).toContain(one.reportId);
    expect(ids).not.toContain(found.reportId);
    expect(preview.excluded.findings).toBeGreaterThanOrEqual(1);
    const done = await decider().call(concludeBatch, { year: 2025, reportIds: ids, digest: preview.digest });
    expect(done).toMatchObject({ concluded: ids.length });
    expect(new Set(done.documents).size).toBe(ids.length);
    for (const one of clean) expect((await house.reportOf(one.organisation, 2025)).state).toBe("passed");
    expect((await house.reportOf(found.organisation, 2025)).state).toBe("filed");
  });

  it("does nothing at all when one of its reports has changed since the preview", async () => {
    const [first, second] = [await filed(), await filed()];
    const preview = await decider().call(previewBatch, { year: 2025 });
    await registrar().call(requestCorrection, { reportId: second.reportId, gaps: ["缺附件"] });
    await house.organisation(second.organisation, home).call(submitReport, { year: 2025, figures: goodFigures });
    await expect(
      decider().call(concludeBatch, {
        year: 2025,
        reportIds: preview.rows.map((row) => row.id),
        digest: preview.digest,
      }),
    ).rejects.toMatchObject({
      code: "annual-inspection/preview-stale",
    });
    expect((await house.reportOf(first.organisation, 2025)).state).toBe("filed");
    const fresh = await decider().call(previewBatch, { year: 2025 });
    expect(fresh.digest).not.toBe(preview.digest);
  });

  it("reaches no report of another register", async () => {
    const { reportId } = await filed();
    const preview = await decider().call(previewBatch, { year: 2025 });
    await expect(
      house.as("decider", "63").call(concludeBatch, { year: 2025, reportIds: [reportId], digest: preview.digest }),
    ).rejects.toMatchObject({
      code: "annual-inspection/not-your-register",
    });
  });
});

describe("not owed after all", () => {
  it("ends the duty with the reason", async () => {
    const organisation = await house.add(home, "湟中区免报协会");
    await house.openYear(home, 2025);
    const { id } = await house.reportOf(organisation, 2025);
    expect(await decider().call(exemptReport, { reportId: id, reason: "实际登记日期为二〇二五年九月" })).toMatchObject({
      state: "not_owed",
    });
    const [duty] = await house.sql("select state, ground from duty where subject_id = $1", [id]);
    expect(duty).toEqual({ state: "cancelled", ground: "实际登记日期为二〇二五年九月" });
  });
});
