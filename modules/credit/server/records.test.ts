import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { defineCommand } from "../../../kernel/operation/define.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { commit, get, stage, undo } from "../../../kernel/sheet/sheet.contract.ts";
import { testHouse } from "../../../kernel/testing/house.ts";
import { recordExisting } from "../../organisations/existing.contract.ts";
import { loadOrganisation, type OrganisationRow, organisationsModule } from "../../organisations/server/index.ts";
import { recordKindIds, recordKinds } from "../credit.catalogue.ts";
import { history, listings, report } from "../reading.contract.ts";
import { correctRecord, record, records } from "../records.contract.ts";
import { recordExistingListing, removeListing } from "../removal.contract.ts";
import { missingIn } from "./credit.fixture.ts";
import { creditModule } from "./credit.module.ts";
import { proposalHooks, proposeListingFor, reportFormedFact } from "./index.ts";

const id = z.uuid();
const tell = defineCommand("probe.tell-credit", {
  who: ["registrar"],
  input: z.object({ organisationId: id, formedOn: z.string(), ref: z.string() }),
  output: z.object({ recordId: id }),
});
const find = defineCommand("probe.find-ground", {
  who: ["registrar"],
  input: z.object({
    organisationId: id,
    ground: z.string(),
    facts: z.record(z.string(), z.unknown()),
    ref: z.string().optional(),
  }),
  output: z.object({ listingId: id.nullable() }),
});
const overdue = defineCommand("probe.overdue", {
  who: ["registrar"],
  input: z.object({ organisationId: id, fact: id, back: z.boolean() }),
  output: z.object({}),
});
const probe = {
  id: "probe",
  handlers: [
    handle(tell)(async (input, ctx) => {
      const organisation = (await loadOrganisation(ctx.tx, input.organisationId)) as OrganisationRow;
      const recordId = await reportFormedFact(ctx, organisation, {
        kind: "penalty_warning",
        title: "警告",
        authority: "市场监管局",
        formedOn: input.formedOn,
        sourceRef: input.ref,
      });
      return { recordId };
    }),
    handle(find)(async (input, ctx) => {
      const organisation = (await loadOrganisation(ctx.tx, input.organisationId)) as OrganisationRow;
      const found = await proposeListingFor(ctx, organisation, input.ground, input.facts, input.ref);
      return { listingId: found?.listingId ?? null };
    }),
    handle(overdue)(async (input, ctx) => {
      const organisation = (await loadOrganisation(ctx.tx, input.organisationId)) as OrganisationRow;
      const fact = { id: input.fact, year: 2025, dueOn: "2026-05-31", what: "report" as const };
      await (input.back ? proposalHooks.onReverted : proposalHooks.onOverdue)(ctx, organisation, fact);
      return {};
    }),
  ],
};

let house: Awaited<ReturnType<typeof testHouse>>;
beforeAll(async () => {
  house = await testHouse([organisationsModule, creditModule, probe]);
  house.clock.set("2026-01-05");
});
afterAll(() => house.close());

const registrar = () => house.as("registrar", "630102");
const add = async (name: string, creditCode?: string) =>
  (
    await registrar().call(recordExisting, {
      name,
      kind: "social_group",
      registeredOn: "2015-03-01",
      ...(creditCode ? { creditCode } : {}),
    })
  ).id;
/** Uploads a spreadsheet as a person would, and waits for the dry run. */
async function load(operation: string, lines: readonly string[]) {
  const path = join(house.directory, `${crypto.randomUUID()}.csv`);
  const text = `\ufeff${lines.join("\n")}\n`;
  writeFileSync(path, text);
  const sha256 = createHash("sha256").update(text).digest("hex");
  const upload = { fileName: "导入.csv", declaredType: "text/csv", path, size: Buffer.byteLength(text), sha256 };
  const { id: batch } = await registrar().call(stage, { operation }, { upload });
  await house.open.jobs.tick();
  return registrar().call(get, { id: batch });
}

const award = { kind: "honour" as const, title: "全省先进社会组织", authority: "青海省民政厅" };

describe("credit records", () => {
  it("are in time on the fifth working day and late on the sixth", async () => {
    const organisationId = await add("先锋公益社");
    house.clock.set("2026-03-09");
    expect(await registrar().call(record, { organisationId, ...award, formedOn: "2026-03-02" })).toMatchObject({
      onTime: true,
      dueOn: "2026-03-09",
      daysLate: null,
    });
    house.clock.set("2026-03-10");
    expect(
      await registrar().call(record, { organisationId, ...award, title: "优秀项目", formedOn: "2026-03-02" }),
    ).toMatchObject({ onTime: false, daysLate: 1 });
    // Received later from another authority: the days run from receipt.
    expect(
      await registrar().call(record, {
        organisationId,
        ...award,
        title: "表扬",
        formedOn: "2026-01-20",
        receivedOn: "2026-03-05",
      }),
    ).toMatchObject({ onTime: true });
    const late = await registrar().call(records, { organisationId, late: true });
    expect(late.rows.map((one) => one.title)).toEqual(["优秀项目"]);
    const own = await house.organisation(organisationId, "630102").call(history, { organisationId });
    expect(own.counts).toEqual([{ class: "other", localClass: "honour", records: 3 }]);
  });

  it("open a duty when another module forms a fact, once, and close it when entered", async () => {
    const organisationId = await add("传书驿站");
    house.clock.set("2026-03-02");
    const { recordId } = await registrar().call(tell, { organisationId, formedOn: "2026-03-02", ref: "penalty:1" });
    expect((await registrar().call(tell, { organisationId, formedOn: "2026-03-02", ref: "penalty:1" })).recordId).toBe(
      recordId,
    );
    const duty = () => house.sql("select state, due_on, done_on from duty where subject_id = $1", [recordId]);
    expect(await duty()).toEqual([{ state: "open", due_on: "2026-03-09", done_on: null }]);
    expect((await registrar().call(records, { organisationId, state: "pending" })).rows).toHaveLength(1);
    house.clock.set("2026-03-12");
    expect((await registrar().call(records, { organisationId, late: true })).rows).toHaveLength(1);
    expect(await registrar().call(record, { recordId, basis: "市监罚〔2026〕1号" })).toMatchObject({
      onTime: false,
      daysLate: 3,
    });
    expect(await duty()).toEqual([{ state: "done", due_on: "2026-03-09", done_on: "2026-03-12" }]);
    await expect(registrar().call(record, { recordId })).rejects.toMatchObject({
      code: "credit/record-already-entered",
    });
  });

  it("are corrected by a new record, the old one kept with the reason", async () => {
    const organisationId = await add("更正学社");
    house.clock.set("2026-03-09");
    const { recordId } = await registrar().call(record, { organisationId, ...award, formedOn: "2026-03-02" });
    const corrected = await registrar().call(correctRecord, {
      recordId,
      reason: "名称误写",
      title: "全市先进社会组织",
    });
    const { rows } = await registrar().call(records, { organisationId });
    expect(rows.find((one) => one.id === recordId)).toMatchObject({
      state: "corrected",
      correctedBy: corrected.recordId,
      correctionReason: "名称误写",
      title: award.title,
    });
    expect(rows.find((one) => one.id === corrected.recordId)).toMatchObject({
      state: "entered",
      corrects: recordId,
      title: "全市先进社会组织",
    });
    await expect(registrar().call(correctRecord, { recordId, reason: "再改" })).rejects.toMatchObject({
      code: "credit/record-not-correctable",
    });
  });

  it("are refused when incomplete, of the future, or the procedure's own", async () => {
    const organisationId = await add("缺项学社");
    house.clock.set("2026-03-09");
    await expect(registrar().call(record, { organisationId, kind: "honour" })).rejects.toMatchObject({
      code: "credit/record-incomplete",
      facts: { fields: ["title", "authority", "formedOn"] },
    });
    await expect(registrar().call(record, { organisationId, ...award, formedOn: "2026-03-10" })).rejects.toMatchObject({
      code: "credit/formed-in-future",
    });
    await expect(
      registrar().call(record, { organisationId, ...award, kind: "listed_serious", formedOn: "2026-03-02" }),
    ).rejects.toMatchObject({ code: "credit/kept-by-procedure" });
    await expect(
      registrar().call(record, { creditCode: "51630102MJ00000000", ...award, formedOn: "2026-03-02" }),
    ).rejects.toMatchObject({ code: "credit/organisation-not-found" });
  });

  it("say nothing about lateness where the holidays are not known", async () => {
    const organisationId = await add("除夕学社");
    house.clock.set("2026-12-30");
    expect(await registrar().call(record, { organisationId, ...award, formedOn: "2026-12-29" })).toEqual({
      recordId: expect.any(String),
      onTime: null,
      dueOn: null,
      daysLate: null,
    });
  });

  it("belong to one national and one local class each, as the mapping says", () => {
    const nationals = (local: string) =>
      new Set(
        recordKindIds
          .map((kind) => recordKinds[kind])
          .filter((one) => one.local === local)
          .map((one) => one.national),
      );
    expect(nationals("basic")).toEqual(new Set(["basic"]));
    expect(nationals("honour")).toEqual(new Set(["other"]));
    expect(nationals("performance")).toEqual(new Set(["annual", "inspection", "other"]));
    expect(nationals("dishonesty")).toEqual(new Set(["inspection", "penalty", "other"]));
  });

  it("come from a spreadsheet, once, and can be undone", async () => {
    const code = "51630122MJ0000018P";
    const organisationId = await add("表格荣誉社", code);
    house.clock.set("2026-03-09");
    const csv = [
      "统一社会信用代码,种类,荣誉名称,授予机关,授予日期",
      `${code},荣誉,全省先进社会组织,青海省民政厅,2026-03-02`,
      `${code},荣誉,全省先进社会组织,青海省民政厅,2026-03-02`,
      "51000000000000000X,荣誉,全省先进社会组织,青海省民政厅,2026-03-02",
    ];
    const first = await load("credit.record", csv);
    expect(first.counts).toMatchObject({ rows: 4 - 1, new: 1, same: 1, bad: 1 });
    expect(first.errors.map((one) => [one.row, one.field, one.code])).toEqual([
      [4, "creditCode", "credit/organisation-not-found"],
    ]);
    await registrar().call(commit, { id: first.id, acceptPartial: true });
    await house.open.jobs.tick();
    const kept = () => registrar().call(records, { organisationId });
    expect((await kept()).rows.map((one) => [one.kind, one.title, one.onTime])).toEqual([
      ["honour", "全省先进社会组织", true],
    ]);
    expect((await load("credit.record", csv)).counts).toMatchObject({ new: 0, same: 2 });
    await registrar().call(undo, { id: first.id });
    await house.open.jobs.tick();
    expect((await kept()).rows).toEqual([]);
    expect((await load("credit.record", csv)).counts).toMatchObject({ new: 1 });
  });
});

describe("what other modules find", () => {
  it("opens a proposal with a duty, once per fact, and lists nobody", async () => {
    const organisationId = await add("移送学社");
    house.clock.set("2026-06-02");
    const facts = { annual_report: "missing", report_year: 2025 };
    const { listingId } = await registrar().call(find, { organisationId, ground: "annual_report", facts });
    expect(listingId).not.toBeNull();
    expect((await registrar().call(find, { organisationId, ground: "annual_report", facts })).listingId).toBeNull();
    expect((await registrar().call(listings, { organisationId })).rows).toMatchObject([
      { state: "proposed", origin: "module" },
    ]);
    expect(await house.sql("select kind, holder, state from duty where subject_id = $1", [listingId])).toEqual([
      { kind: "credit.consider-listing", holder: "staff", state: "open" },
    ]);
    expect(
      (
        await registrar().call(find, {
          organisationId: await add("无据学社"),
          ground: "unreachable",
          facts: { registered_mail_attempts: 1, signed: 0, gap_days: 20 },
        })
      ).listingId,
    ).toBeNull();
  });

  it("takes a proposal back when the overdue run is reverted, and proposes anew when it is overdue again", async () => {
    const organisationId = await add("往返学社");
    house.clock.set("2026-06-02");
    const fact = crypto.randomUUID();
    const states = async () => (await registrar().call(listings, { organisationId })).rows.map((one) => one.state);
    await registrar().call(overdue, { organisationId, fact, back: false });
    expect(await states()).toEqual(["proposed"]);
    await registrar().call(overdue, { organisationId, fact, back: true });
    expect(await states()).toEqual(["closed"]);
    await registrar().call(overdue, { organisationId, fact, back: false });
    expect((await states()).sort()).toEqual(["closed", "proposed"]);
  });
});

describe("listings of the register kept before", () => {
  const old = {
    list: "abnormal" as const,
    ground: "light_penalty" as const,
    decisionNumber: "东民异〔2025〕7号",
    decidedOn: "2025-03-03",
  };

  it("are loaded with number, date and ground, flagged as legacy, with running clocks", async () => {
    house.clock.set("2026-01-05");
    const organisationId = await add("旧册学社");
    const { listingId } = await registrar().call(recordExistingListing, { organisationId, ...old });
    expect((await registrar().call(recordExistingListing, { organisationId, ...old })).listingId).toBe(listingId);
    const [row] = (await registrar().call(listings, { organisationId })).rows;
    expect(row).toMatchObject({
      legacy: true,
      origin: "legacy",
      listedOn: "2025-03-03",
      decisionNumber: old.decisionNumber,
    });
    expect(row?.clocks.map((one) => [one.clock, one.on])).toContainEqual(["six-months", "2025-09-03"]);
    const [item] = await house.sql<{ body: { legacy: boolean } }>("select body from publication.item where key = $1", [
      listingId,
    ]);
    expect(item?.body.legacy).toBe(true);
    expect((await house.as("decider", "630102").call(removeListing, { listingId })).state).toBe("removed");
  });

  it("cannot be a way around the procedure", async () => {
    house.clock.set("2026-01-05");
    const organisationId = await add("新册学社");
    house.clock.set("2026-06-01");
    const load = (given: object) => registrar().call(recordExistingListing, { organisationId, ...old, ...given });
    await expect(load({ decidedOn: "2026-06-01" })).rejects.toMatchObject({ code: "credit/decided-after-start" });
    await expect(load({ decidedOn: "2026-01-05" })).rejects.toMatchObject({ code: "credit/decided-after-start" });
    await expect(load({ listedOn: "2026-05-01" })).rejects.toMatchObject({ code: "credit/decided-after-start" });
    await expect(load({ decisionNumber: "" })).rejects.toMatchObject({ problems: [{ path: ["decisionNumber"] }] });
    await expect(load({ ground: "heavy_fine" })).rejects.toMatchObject({ code: "credit/ground-not-of-list" });
    await expect(
      house.as("registrar", "63").call(recordExistingListing, { organisationId, ...old }),
    ).rejects.toMatchObject({ code: "credit/not-your-register" });
    expect(
      await house.sql("select count(*) as n from credit_listing where organisation_id = $1", [organisationId]),
    ).toEqual([{ n: 0 }]);
  });

  it("come from a spreadsheet, once, and the loading can be undone", async () => {
    house.clock.set("2026-01-05");
    const code = "51630122MJ0000026J";
    const organisationId = await add("表格旧册社", code);
    const csv = [
      "统一社会信用代码,名录,列入事由,决定文号,决定日期",
      `${code},活动异常名录,未按时年检,东民异〔2025〕9号,2025-04-01`,
      `${code},活动异常名录,失联,东民异〔2025〕10号,2025-04-02`,
      `${code},严重违法失信名单,失联,东民严〔2025〕1号,2025-04-02`,
      `${code},活动异常名录,未按时年检,,2025-04-01`,
      `${code},严重违法失信名单,失信被执行人,东民严〔2026〕1号,2026-01-05`,
    ];
    const staged = await load("credit.record-existing-listing", csv);
    expect(staged.counts).toMatchObject({ new: 1, bad: 4 });
    expect(staged.errors.map((one) => [one.row, one.field])).toEqual([
      [3, "list"],
      [4, "ground"],
      [5, "decisionNumber"],
      [6, "decidedOn"],
    ]);
    await registrar().call(commit, { id: staged.id, acceptPartial: true });
    await house.open.jobs.tick();
    const found = async () => (await registrar().call(listings, { organisationId })).rows;
    expect((await found()).map((one) => [one.state, one.legacy, one.ground])).toEqual([
      ["listed", true, "annual_report"],
    ]);
    expect((await load("credit.record-existing-listing", csv)).counts).toMatchObject({ new: 0, same: 1 });
    await registrar().call(undo, { id: staged.id });
    await house.open.jobs.tick();
    expect((await found()).map((one) => [one.state, one.endReason])).toEqual([["withdrawn", "import-undone"]]);
    expect(await house.sql("select listing from organisation where id = $1", [organisationId])).toEqual([
      { listing: "none" },
    ]);
    expect(
      await house.sql("select 1 from publication.item where subject_id = $1 and collection = 'credit.abnormal'", [
        organisationId,
      ]),
    ).toEqual([]);
  });

  it("two years after an old decision, cannot be removed quietly", async () => {
    house.clock.set("2026-01-05");
    const organisationId = await add("陈年学社");
    const { listingId } = await registrar().call(recordExistingListing, {
      organisationId,
      ...old,
      ground: "annual_report",
      decidedOn: "2023-01-05",
    });
    expect(await missingIn(house.as("decider", "630102").call(removeListing, { listingId }))).toEqual([
      "credit/two-years-over",
    ]);
  });
});

describe("the credit report", () => {
  it("is a numbered PDF with a verification code, without what is not public", async () => {
    house.clock.set("2026-03-09");
    const organisationId = await add("报告学社");
    await registrar().call(record, { organisationId, ...award, formedOn: "2026-03-02" });
    await registrar().call(record, {
      organisationId,
      kind: "check_passed",
      title: "内部检查",
      authority: "区民政局",
      formedOn: "2026-03-02",
      public: true,
    });
    const pdf = (await house.organisation(organisationId, "630102").call(report, { organisationId })) as {
      body: Buffer;
      contentType: string;
    };
    expect(pdf.contentType).toBe("application/pdf");
    expect(pdf.body.subarray(0, 5).toString()).toBe("%PDF-");
    const [document] = await house.sql<{ number: string; verification_code: string; facts: { records: string[][] } }>(
      "select number, verification_code, facts from document where organisation_id = $1 and template = 'credit.report'",
      [organisationId],
    );
    expect(document?.number).toMatch(/〔2026〕\d+号/);
    expect(document?.verification_code).toHaveLength(12);
    expect(document?.facts.records.map((row) => row[1])).toEqual([award.title]);
    await expect(house.as("registrar", "63").call(report, { organisationId })).rejects.toMatchObject({
      code: "credit/not-your-register",
    });
  });
});
