import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestHouse, testHouse } from "../../../kernel/testing/house.ts";
import { organisationsModule } from "../../organisations/server/index.ts";
import {
  changePurpose,
  correctUse,
  donationFigures,
  getDonation,
  listDonations,
  recordDonation,
  recordPledge,
  recordUse,
} from "../donations.contract.ts";
import {
  getBatch,
  getProgramme,
  listChanges,
  listEvents,
  listPledges,
  listProgrammes,
  listTotals,
  listUses,
  publishEvent,
} from "../donations.lists.contract.ts";
import { planBatch, recordProgramme } from "../programmes.contract.ts";
import { donationsModule } from "./index.ts";

const home = "630102";
const flood = "2026年湟水流域洪涝";
let house: TestHouse;
beforeAll(async () => {
  house = await testHouse([organisationsModule, donationsModule]);
  house.clock.set("2026-06-15");
});
afterAll(() => house.close());
const clerk = () => house.as("officer", home);
const sibling = () => house.as("officer", "630104");

describe("lists beside the gifts", () => {
  it("pages uses, newest first, with what was corrected and why", async () => {
    await clerk().call(recordDonation, { donor: "甲公司", amountFen: 10_000, on: "2026-06-01" });
    const ids = [];
    for (const on of ["2026-06-02", "2026-06-03", "2026-06-04"])
      ids.push((await clerk().call(recordUse, { amountFen: 100, description: "购药", on })).id);
    await clerk().call(correctUse, { id: ids[1] as string, reason: "重复登记" });
    const first = await clerk().call(listUses, { limit: 2 });
    expect(first.uses.map((one) => [one.on, one.state, one.correctionReason])).toEqual([
      ["2026-06-04", "recorded", null],
      ["2026-06-03", "corrected", "重复登记"],
    ]);
    const second = await clerk().call(listUses, { limit: 2, after: first.next ?? "" });
    expect(second.uses.map((one) => one.on)).toEqual(["2026-06-02"]);
    expect(second.next).toBeNull();
    expect((await clerk().call(listUses, { kind: "goods" })).uses).toEqual([]);
    expect((await sibling().call(listUses, {})).uses).toEqual([]);
  });

  it("shows a promise beside cash and goods that came in on it", async () => {
    const { id } = await clerk().call(recordPledge, { donor: "某基金会", pledged: "近3000万元", dueOn: "2026-12-31" });
    await clerk().call(recordDonation, { donor: "某基金会", amountFen: 5_000, pledge: id });
    await clerk().call(recordDonation, { donor: "某基金会", item: "棉被", quantity: 2, valueFen: 700, pledge: id });
    expect((await clerk().call(listPledges, {})).pledges).toMatchObject([
      {
        id,
        pledged: "近3000万元",
        pledgedFen: null,
        lowerFen: null,
        upperFen: 3_000_000_000,
        receivedCashFen: 5_000,
        receivedGoodsValueFen: 700,
      },
    ]);
    expect((await sibling().call(listPledges, {})).pledges).toEqual([]);
  });

  it("opens a programme, its batches and the order of one with its reasons", async () => {
    const { id } = await clerk().call(recordProgramme, { name: "制氧机配备", budgetFen: 300 });
    const plan = await clerk().call(planBatch, {
      programme: id,
      unitValueFen: 200,
      candidates: [
        { id: "甲院", need: 3 },
        { id: "乙院", in: ["定点帮扶"] },
        { id: "丙院", alreadyReceived: true },
      ],
    });
    expect((await clerk().call(listProgrammes, {})).programmes).toMatchObject([
      { id, budgetFen: 300, plannedFen: 200 },
    ]);
    const file = await clerk().call(getProgramme, { id });
    expect(file.batches).toMatchObject([
      { id: plan.id, served: 1, leftOut: 2, totalFen: 200, programme: "制氧机配备" },
    ]);
    const batch = await clerk().call(getBatch, { id: plan.id });
    expect(batch.ranked.map((one) => [one.rank, one.id, one.flags.length])).toEqual([[1, "乙院", 1]]);
    expect(batch.left).toEqual([
      { id: "丙院", why: "already-served" },
      { id: "甲院", why: "beyond-budget" },
    ]);
    await expect(sibling().call(getProgramme, { id })).rejects.toMatchObject({ code: "donations/programme-unknown" });
    await expect(sibling().call(getBatch, { id: plan.id })).rejects.toMatchObject({ code: "donations/batch-unknown" });
  });

  it("keeps the ground of every change of purpose", async () => {
    await clerk().call(recordDonation, { donor: "甲公司", amountFen: 900, purpose: "助学" });
    const change = { from: "助学", to: "助医", amountFen: 400, basis: "donor-consent", evidence: "同意书" } as const;
    const { id } = await clerk().call(changePurpose, change);
    expect((await clerk().call(listChanges, {})).changes).toMatchObject([{ id, ...change }]);
    expect((await sibling().call(listChanges, {})).changes).toEqual([]);
  });

  it("names the pieces of a gift and where each stands on its way", async () => {
    const given = await clerk().call(recordDonation, {
      item: "制氧机",
      unit: "台",
      serials: ["ZY1", "ZY2"],
      purpose: "配备",
    });
    await clerk().call(recordUse, {
      item: "制氧机",
      unit: "台",
      serials: ["ZY1"],
      quantity: 1,
      purpose: "配备",
      recipient: "北山敬老院",
      description: "配发",
    });
    const file = await clerk().call(getDonation, { id: given.id });
    expect(file.serials).toEqual(["ZY1", "ZY2"]);
    expect(file.steps[0]?.fromPlace).toMatchObject({ kind: "source", outside: true });
    expect(file.steps[1]?.toPlace).toEqual({ name: "北山敬老院", kind: "delivered", outside: true, purpose: "配备" });
    expect(file.rests.find((one) => one.kind === "stock")?.place.outside).toBe(false);
  });
});

describe("an emergency", () => {
  const give = (more: object) =>
    clerk().call(recordDonation, { donor: "乙公司", event: flood, ...more } as never) as Promise<{ id: string }>;

  it("counts money, goods and who took part each for itself, and pieces by their unit", async () => {
    await give({ amountFen: 1_000 });
    await give({ donor: "丙公司", item: "帐篷", unit: "顶", quantity: 40, valueFen: 80_000 });
    await give({ donor: "丙公司", item: "饮用水", unit: "箱", quantity: 300 });
    expect((await clerk().call(listDonations, { event: flood })).donations.map((one) => one.event)).toEqual([
      flood,
      flood,
      flood,
    ]);
    const figures = await clerk().call(donationFigures, { event: flood });
    expect(figures).toMatchObject({
      donations: 3,
      cashFen: 1_000,
      goodsValueFen: 80_000,
      goodsLines: 2,
      goodsWithoutValue: 1,
      donorBodies: 2,
      recipients: 0,
      pieces: [
        { unit: "箱", quantity: 300 },
        { unit: "顶", quantity: 40 },
      ],
    });
  });

  it("is frozen when published; a change needs a reason and keeps the old figure", async () => {
    const publisher = house.as("publisher", home);
    await expect(publisher.call(publishEvent, { event: "没有的事" })).rejects.toMatchObject({
      code: "donations/event-unknown",
    });
    expect((await publisher.call(listEvents, {})).events).toMatchObject([{ event: flood, publishedOn: null }]);
    expect(await publisher.call(publishEvent, { event: flood })).toMatchObject({ changed: false });
    await give({ amountFen: 500 });
    expect((await publisher.call(listEvents, {})).events).toMatchObject([
      { event: flood, cashFen: 1_500, publishedOn: "2026-06-15", changed: true },
    ]);
    await expect(publisher.call(publishEvent, { event: flood })).rejects.toMatchObject({
      code: "donations/event-reason-missing",
    });
    await publisher.call(publishEvent, { event: flood, reason: "补录一笔" });
    expect(
      await house.sql(
        "select old_body ->> 'cashFen' as old, reason from publication.correction where collection = 'donations.event'",
      ),
    ).toEqual([{ old: "1000", reason: "补录一笔" }]);
    expect((await publisher.call(listTotals, {})).totals).toEqual([]);
  });
});
