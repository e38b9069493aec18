import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listAccounts } from "../../../kernel/ledger/ledger.contract.ts";
import { differenceLine, reconcile } from "../../../kernel/ledger/reconcile.ts";
import { type TestHouse, testHouse } from "../../../kernel/testing/house.ts";
import { recordExisting } from "../../organisations/organisations.contract.ts";
import { organisationsModule } from "../../organisations/server/index.ts";
import {
  changePurpose,
  correctDonation,
  correctUse,
  donationFigures,
  getDonation,
  issueReceipt,
  listDonations,
  publishTotals,
  recordDonation,
  recordPledge,
  recordUse,
  traceDonation,
} from "../donations.contract.ts";
import { planBatch, recordProgramme } from "../programmes.contract.ts";
import { donationsModule } from "./index.ts";

const home = "630102";
let house: TestHouse;
let charity = "";
beforeAll(async () => {
  house = await testHouse([organisationsModule, donationsModule]);
  house.clock.set("2026-06-15");
  const made = await house.as("registrar", home).call(recordExisting, {
    name: "城东区暖阳慈善会",
    kind: "social_group",
    registeredOn: "2015-03-01",
  });
  charity = made.id;
});
afterAll(() => house.close());

const clerk = () => house.as("officer", home);
const agrees = async () => (await reconcile(house.open.database)).differences.map(differenceLine);
const gift = (more: object) => clerk().call(recordDonation, { donor: "青山集团有限公司", ...more } as never);

describe("a gift", () => {
  it("is recorded, used in part, and its donor sees the whole way by its number alone", async () => {
    const given = await gift({
      organisation: charity,
      amount: "１,０００.００",
      purpose: "敬老院取暖",
      publishDonor: true,
    });
    expect(given).toMatchObject({ kind: "cash", amountFen: 100_000, receiptState: "due" });
    await clerk().call(recordUse, {
      organisation: charity,
      amountFen: 30_000,
      purpose: "敬老院取暖",
      recipient: "柳湾乡敬老院",
      description: "购买取暖煤",
    });
    const seen = await house.intake().call(traceDonation, { receipt: ` ${given.receipt.toLowerCase()} ` });
    expect(seen).toMatchObject({
      state: "partly-used",
      donor: "青山集团有限公司",
      recipient: "城东区暖阳慈善会",
      amountFen: 100_000,
    });
    expect(seen.steps.map((step) => [step.to, step.amount, step.description])).toEqual([
      ["城东区暖阳慈善会（用途：敬老院取暖）", 100_000, null],
      ["柳湾乡敬老院（用途：敬老院取暖）", 30_000, "购买取暖煤"],
    ]);
    expect(seen.rests.map((rest) => [rest.kind, rest.amount])).toEqual(
      expect.arrayContaining([
        ["fund", 70_000],
        ["spent", 30_000],
      ]),
    );
    await expect(house.intake().call(traceDonation, { receipt: "AAAA-BBBB-CCCC" })).rejects.toMatchObject({
      code: "donations/unknown-receipt",
    });
  });

  it("names its donor to nobody who only has the number, unless the donor agreed", async () => {
    const given = await gift({ donor: "某人", donorKind: "person", amountFen: 500, donorContact: "13800000000" });
    expect((await house.intake().call(traceDonation, { receipt: given.receipt })).donor).toBeNull();
    expect(await house.sql("select * from publication.item where body::text like '%某人%'")).toEqual([]);
    expect(await house.sql("select * from journal_entry where payload::text like '%某人%'")).toEqual([]);
    expect(await house.sql("select * from donation where note like '%138%'")).toEqual([]);
  });

  it.each([
    [{ amount: "1,000" }, 100_000],
    [{ amount: "３万元" }, 3_000_000],
    [{ amount: "￥12.5" }, 1_250],
    [{ amount: "0.01" }, 1],
  ])("understands %j", async (more, fen) => expect((await gift(more)).amountFen).toBe(fen));

  it.each([
    [{ amount: "1.234" }, "donations/amount-too-fine"],
    [{ amount: "-5" }, "donations/amount-not-positive"],
    [{ amount: "12,34" }, "donations/amount-unclear"],
    [{ amount: "若干" }, "donations/amount-unclear"],
    [{}, "donations/amount-missing"],
    [{ amountFen: 5, item: "口罩", quantity: 3 }, "donations/both-kinds"],
    [{ item: "口罩", quantity: "一些" }, "donations/quantity-unclear"],
    [{ amountFen: 5, on: "2026-06-16" }, "donations/in-the-future"],
    [{ item: "过期牛奶", quantity: 3 }, "donations/goods-not-acceptable"],
    [{ amountFen: 5, organisation: "51630102MJ9999999X" }, "donations/recipient-unknown"],
    [{ amountFen: 5, pledge: "01890000-0000-7000-8000-000000000000" }, "donations/pledge-unknown"],
  ])("refuses %j: %s, and posts nothing", async (more, code) => {
    const before = await house.sql("select count(*)::int as n from ledger_posting");
    await expect(gift(more)).rejects.toMatchObject({ code });
    expect(await house.sql("select count(*)::int as n from ledger_posting")).toEqual(before);
  });

  it("cannot be dated before its recipient existed", async () => {
    await expect(gift({ organisation: charity, amountFen: 5, on: "2015-02-28" })).rejects.toMatchObject({
      code: "ledger/before-account",
    });
    await gift({ organisation: charity, amountFen: 5, on: "2015-03-01" });
  });

  it("has a receipt with a number, or a recorded waiver", async () => {
    const given = await gift({ item: "医用口罩", quantity: "198件", valueFen: 9_900, valuation: "invoice" });
    expect(given).toMatchObject({ kind: "goods", quantity: 198, unit: "件", amountFen: null });
    const issued = await clerk().call(issueReceipt, { id: given.id });
    expect(issued.number).toMatch(/〔2026〕\d+号$/);
    await expect(clerk().call(issueReceipt, { id: given.id })).rejects.toMatchObject({
      code: "donations/receipt-not-due",
    });
    expect((await house.intake().call(traceDonation, { receipt: given.receipt })).receiptNumber).toBe(issued.number);
    const waived = await gift({ amountFen: 1, waiver: "捐赠人书面放弃" });
    expect(waived.receiptState).toBe("waived");
    expect((await clerk().call(recordDonation, { amountFen: 1 })).receiptState).toBe("anonymous");
  });

  it("serves no other purpose without consent, and is published when it does", async () => {
    await gift({ organisation: charity, amountFen: 900, purpose: "助学" });
    const use = { organisation: charity, amountFen: 900, description: "办公用品", purpose: "办公" };
    await expect(clerk().call(recordUse, use)).rejects.toMatchObject({ code: "ledger/insufficient" });
    const change = { organisation: charity, from: "助学", to: "助医", amountFen: 400, basis: "donor-consent" } as const;
    await expect(clerk().call(changePurpose, change)).rejects.toMatchObject({ code: "donations/change-not-allowed" });
    await clerk().call(changePurpose, { ...change, evidence: "捐赠人书面同意书 2026-06-10" });
    await clerk().call(recordUse, { organisation: charity, amountFen: 400, purpose: "助医", description: "门诊补助" });
    await expect(
      clerk().call(recordUse, { organisation: charity, amountFen: 501, purpose: "助学", description: "学费" }),
    ).rejects.toMatchObject({ code: "ledger/insufficient", facts: { available: 500, asked: 501 } });
    expect(
      await house.sql(
        "select body ->> 'from' as f from publication.item where collection = 'donations.purpose-change'",
      ),
    ).toEqual([{ f: "助学" }]);
  });

  it("is corrected by a new line with the old text kept: 36,000 masks were of another kind", async () => {
    const wrong = await gift({ item: "N95口罩", quantity: 36_000, unit: "个", publishDonor: true });
    const right = await clerk().call(correctDonation, {
      id: wrong.id,
      reason: "经核实为KN95型口罩",
      right: { item: "KN95口罩" },
    });
    const old = await house.intake().call(traceDonation, { receipt: wrong.receipt });
    expect(old).toMatchObject({
      state: "corrected",
      correction: { reason: "经核实为KN95型口罩", receipt: right.receipt },
    });
    expect(await house.intake().call(traceDonation, { receipt: right.receipt })).toMatchObject({
      state: "received",
      item: "KN95口罩",
      quantity: 36_000,
    });
    const accounts = (await clerk().call(listAccounts, { kind: "stock", limit: 200 })).accounts;
    expect(accounts.find((one) => one.assetName === "N95口罩")?.balance).toBe(0);
    expect(accounts.find((one) => one.assetName === "KN95口罩")?.balance).toBe(36_000);
    await expect(clerk().call(correctDonation, { id: wrong.id, reason: "再来" })).rejects.toMatchObject({
      code: "donations/already-corrected",
    });
    expect(await house.sql("select old_body ->> 'item' as item, reason from publication.correction")).toContainEqual({
      item: "N95口罩",
      reason: "经核实为KN95型口罩",
    });
    expect(await agrees()).toEqual([]);
  });

  it("that is used can only be corrected after its use", async () => {
    const given = await gift({ organisation: charity, amountFen: 700, purpose: "应急包" });
    const used = await clerk().call(recordUse, {
      organisation: charity,
      amountFen: 700,
      purpose: "应急包",
      description: "采购应急包",
    });
    await expect(clerk().call(correctDonation, { id: given.id, reason: "录错" })).rejects.toMatchObject({
      code: "ledger/insufficient",
    });
    await clerk().call(correctUse, { id: used.id, reason: "录错", right: { amountFen: 600 } });
    expect((await clerk().call(getDonation, { id: given.id })).rests.map((one) => one.amount).sort()).toEqual([
      100, 600,
    ]);
    expect(await agrees()).toEqual([]);
  });

  it("keeps promise, value of goods and cash apart", async () => {
    const fuzzy = await clerk().call(recordPledge, { donor: "某基金会", pledged: "近3000万元", on: "2025-12-01" });
    expect(fuzzy).toMatchObject({ pledgedFen: null, lowerFen: null, upperFen: 3_000_000_000 });
    const pledge = await clerk().call(recordPledge, { donor: "某基金会", pledged: "1000元", on: "2025-12-01" });
    await gift({ amountFen: 40_000, pledge: pledge.id, on: "2025-12-02" });
    await gift({ item: "棉被", quantity: 10, valueFen: 50_000, pledge: pledge.id, on: "2025-12-03" });
    const figures = await clerk().call(donationFigures, { from: "2025-12-01", to: "2026-01-01" });
    expect(figures).toMatchObject({
      cashFen: 40_000,
      goodsValueFen: 50_000,
      pledgedFen: 100_000,
      pledgedTexts: ["近3000万元"],
    });
    const [row] = await house.sql(
      "select received_cash_fen::int as c, received_goods_value_fen::int as g from donation_pledge where id = $1",
      [pledge.id],
    );
    expect(row).toEqual({ c: 40_000, g: 50_000 });
  });

  it("is of a numbered piece only once", async () => {
    await gift({ item: "制氧机", unit: "台", serials: ["ZY001", "ZY002"], quantity: 2 });
    await expect(gift({ item: "制氧机", unit: "台", serials: ["ZY002"], quantity: 1 })).rejects.toMatchObject({
      code: "ledger/serial-known",
    });
  });
});

describe("totals", () => {
  it("are frozen when published; a change needs a reason and keeps the old figure", async () => {
    const publisher = house.as("publisher", home);
    expect(await publisher.call(publishTotals, { year: 2024 })).toMatchObject({ changed: false });
    await gift({ amountFen: 1_000, on: "2024-05-01" });
    await expect(publisher.call(publishTotals, { year: 2024 })).rejects.toMatchObject({
      code: "donations/reason-missing",
    });
    expect(await publisher.call(publishTotals, { year: 2024, reason: "补录一笔" })).toMatchObject({ changed: true });
    expect(
      await house.sql(
        "select old_body ->> 'cashFen' as old, reason from publication.correction where collection = 'donations.totals'",
      ),
    ).toEqual([{ old: "0", reason: "补录一笔" }]);
  });
});

describe("a programme", () => {
  it("serves by the three flags, nobody twice, nothing beyond its budget", async () => {
    const { id } = await clerk().call(recordProgramme, { name: "制氧机配备", budgetFen: 300_000 });
    const candidates = [
      { id: "甲院", need: 9 },
      { id: "乙院", in: ["三区三州"], floodSeverity: "较重" },
      { id: "丙院", in: ["定点帮扶"] },
      { id: "丁院", need: 1 },
      { id: "戊院", alreadyReceived: true },
    ];
    const plan = await clerk().call(planBatch, { programme: id, unitValueFen: 100_000, candidates });
    expect(plan.ranked.map((one) => one.id)).toEqual(["乙院", "丙院", "甲院"]);
    expect(plan.leftOut).toEqual([
      { id: "戊院", why: "already-served" },
      { id: "丁院", why: "beyond-budget" },
    ]);
    expect(plan.totalFen).toBe(300_000);
    const again = await clerk().call(planBatch, { programme: id, unitValueFen: 100_000, candidates });
    expect(again.ranked).toEqual([]);
    await expect(
      clerk().call(planBatch, { programme: id, unitValueFen: 1, candidates: [{ id: "甲" }, { id: "甲" }] }),
    ).rejects.toMatchObject({ code: "donations/repeated-recipient", facts: { repeated: ["甲"] } });
  });
});

describe("who sees gifts", () => {
  it("a parent reads and cannot act, a sibling sees nothing, an organisation only its own", async () => {
    const above = house.as("officer", "63");
    const line = (await above.call(listDonations, { limit: 5 })).donations[0];
    expect(line).toBeDefined();
    await expect(above.call(correctDonation, { id: line?.id ?? "", reason: "x" })).rejects.toMatchObject({
      code: "donations/not-your-register",
    });
    expect((await house.as("officer", "630104").call(listDonations, {})).donations).toEqual([]);
    const own = house.organisation(charity, home);
    const given = await own.call(recordDonation, { amountFen: 77, donor: "会员企业有限公司" });
    const seen = (await own.call(listDonations, { limit: 200 })).donations;
    expect(seen.some((one) => one.id === given.id)).toBe(true);
    expect(seen.every((one) => one.recipient === "城东区暖阳慈善会")).toBe(true);
    expect(await agrees()).toEqual([]);
  });
});
