import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listAccounts, traceLedger, traceSerial } from "../../../kernel/ledger/ledger.contract.ts";
import { differenceLine, reconcile } from "../../../kernel/ledger/reconcile.ts";
import { type TestHouse, testHouse } from "../../../kernel/testing/house.ts";
import { traceDonation } from "../../donations/index.ts";
import {
  getItem,
  getShipment,
  listItems,
  listShipments,
  recallShipment,
  recordItemEvent,
  ship,
  signDelivery,
} from "../delivery.contract.ts";
import { changeHome, getHome, listHomes, recordHome } from "../homes.contract.ts";
import { getPlan, listPlans, recallAllocation } from "../plan.contract.ts";
import { counties, equipmentRooms, signers, steps } from "./equipment.fixture.ts";

let house: TestHouse;
let village = "";
beforeAll(async () => {
  house = await testHouse(equipmentRooms);
  house.clock.set("2026-06-15");
  village = await to().village();
});
beforeEach(() => house.clock.set("2026-06-15"));
afterAll(() => house.close());

const to = () => steps(house);
const agrees = async () => (await reconcile(house.open.database)).differences.map(differenceLine);
/** One home with both items on their way to it. */
async function onTheWay(more: object = {}) {
  await to().give("制氧机", 1);
  await to().give("血氧仪", 1);
  const home = await to().home({ division: village });
  const plan = await to().plan([home.id], more);
  const shipment = await to().send(plan.id, home.id);
  return { home, plan, shipment };
}
let number = 0;
const pair = () => {
  number += 1;
  return {
    serials: [`OC-${number}`, `OX-${number}`] as const,
    lines: [
      { item: "oxygen_concentrator" as const, serials: [`OC-${number}`] },
      { item: "oximeter" as const, serials: [`OX-${number}`] },
    ],
  };
};

describe("homes", () => {
  it("stand in the register of their county, with the batch their size belongs to", async () => {
    const fifty = await to().home({ residents: 50, division: village, contact: "13900000000", director: "马院长" });
    expect(fifty).toMatchObject({ sizeClass: "small", served: [] });
    expect(await to().home({ residents: 50, served: "both", servedBatch: "春节批次" })).toMatchObject({
      sizeClass: "large",
    });
    const seen = await to().county().call(getHome, { id: fifty.id });
    expect(seen).toMatchObject({ contact: "*******0000", covered: false, flags: [], version: 1 });
    expect(seen.timeline[0]?.event).toBe("home-recorded");
    await expect(
      to().county().call(recordHome, { name: seen.name, division: village, residents: 3 }),
    ).rejects.toMatchObject({
      code: "equipment/home-known",
      facts: { field: "name" },
    });
  });

  it("are recorded by their own county, at county level or below, in a division there is", async () => {
    const by = to().county();
    const at = (division: string) => by.call(recordHome, { name: "外地敬老院", division, residents: 3 });
    await expect(at(counties.middle)).rejects.toMatchObject({ code: "equipment/not-your-register" });
    await expect(at("6301")).rejects.toMatchObject({ code: "equipment/county-missing" });
    await expect(at("630199")).rejects.toMatchObject({ code: "equipment/unknown-division" });
    await expect(to().home({}, to().province())).rejects.toMatchObject({ code: "equipment/not-your-register" });
  });

  it("are changed by whoever has read them last, and move with everything of theirs", async () => {
    const { home, shipment } = await onTheWay();
    const by = to().county();
    await expect(by.call(changeHome, { id: home.id, version: 9, reason: "更正", residents: 3 })).rejects.toMatchObject({
      code: "equipment/home-changed",
    });
    await expect(
      by.call(changeHome, { id: home.id, version: 1, reason: "停办", state: "closed" }),
    ).rejects.toMatchObject({
      code: "equipment/on-the-way",
    });
    await by.call(changeHome, { id: home.id, version: 1, reason: "迁址", division: counties.east, paired: true });
    expect(await by.call(getShipment, { id: shipment.id })).toMatchObject({ division: counties.east });
    expect(await by.call(getHome, { id: home.id })).toMatchObject({ flags: ["paired"], version: 2 });
    await expect(
      to().province().call(changeHome, { id: home.id, version: 2, reason: "代改", residents: 1 }),
    ).rejects.toMatchObject({ code: "equipment/not-your-register" });
    await expect(
      by.call(changeHome, { id: home.id, version: 2, reason: "迁", division: counties.middle }),
    ).rejects.toMatchObject({
      code: "equipment/other-county",
    });
  });
});

describe("a plan", () => {
  it("follows flags, then residents; names who is left out and why; and reserves what it gives out", async () => {
    await to().give("制氧机", 3);
    const many = await to().home({ residents: 45 });
    const fifty = await to().home({ residents: 50 });
    const flood = await to().home({ residents: 10, floodSeverity: "serious", paired: true });
    const served = await to().home({ residents: 50, served: "both", servedBatch: "春节批次" });
    const light = await to().home({ residents: 9, floodSeverity: "light" });
    const ids = [many, fifty, flood, served, light].map((one) => one.id);
    const items = [{ item: "oxygen_concentrator" as const }];
    const plan = await to().plan(ids, { items });
    expect(plan.ranked.map((one) => one.careHomeId)).toEqual([flood.id, fifty.id, many.id]);
    expect(plan.ranked[0]).toMatchObject({ rank: 1, flags: ["paired", "flood"], quantity: 1, state: "allocated" });
    expect(plan.ranked[0]?.explanation.zh).toContain("具备 2 项倾斜因素");
    expect(plan.ranked[0]?.explanation.en).toContain("2 of the three flags");
    expect(plan.ranked[1]?.explanation.zh).toContain("正好 50 人");
    expect(plan.leftOut.map((one) => [one.careHomeId, one.why]).sort()).toEqual(
      [
        [served.id, "already-served"],
        [light.id, "beyond-stock"],
      ].sort(),
    );
    expect(plan.leftOut.find((one) => one.why === "already-served")?.explanation.zh).toContain("春节批次");
    expect(plan.items[0]).toMatchObject({ allocated: 3, stockAfter: 0, homes: 3 });
    await expect(to().plan([light.id], { items })).resolves.toMatchObject({ homesRanked: 0, homesLeftOut: 1 });
    // Whoever is about to get one is not given a second.
    await to().give("制氧机", 9);
    const again = await to().plan(ids, { items });
    expect(again.ranked.map((one) => one.careHomeId)).toEqual([light.id]);
    expect(await agrees()).toEqual([]);
    const read = await to().province().call(getPlan, { id: plan.id, limit: 2 });
    expect(read.allocations).toHaveLength(2);
    const rest = await to()
      .province()
      .call(getPlan, { id: plan.id, after: read.next ?? "", limit: 100 });
    expect([...read.allocations, ...rest.allocations].map((one) => one.id).length).toBe(5);
    // The county is served by a plan of the province and reads its own lines of it.
    expect((await to().county().call(listPlans, {})).plans.map((one) => one.id)).toContain(plan.id);
    expect((await to().county().call(getPlan, { id: plan.id })).allocations).toHaveLength(5);
    await expect(to().county(counties.middle).call(getPlan, { id: plan.id })).rejects.toMatchObject({
      code: "equipment/unknown-plan",
    });
    const back = await to().province().call(recallAllocation, { planId: again.id, reason: "重新编制" });
    expect(back).toEqual({ recalled: [{ item: "oxygen_concentrator", quantity: 1 }], homes: 1 });
    await expect(to().province().call(recallAllocation, { planId: again.id, reason: "再撤" })).rejects.toMatchObject({
      code: "equipment/nothing-to-recall",
    });
    const left = await to().plan([light.id], { items });
    await to().province().call(recallAllocation, { planId: left.id, reason: "清空" });
    expect(await agrees()).toEqual([]);
  });

  it("needs stock, homes and one's own division", async () => {
    const home = await to().home({ division: counties.middle }, to().county(counties.middle));
    const by = to().county(counties.middle);
    await expect(to().plan([home.id], {}, by)).rejects.toMatchObject({
      code: "equipment/no-stock",
      facts: { item: "oxygen_concentrator" },
    });
    await expect(to().plan([], { division: "630102", homes: undefined }, by)).rejects.toMatchObject({
      code: "equipment/outside-your-division",
    });
    await expect(to().plan([home.id], { items: [{ item: "oximeter" }, { item: "oximeter" }] })).rejects.toMatchObject({
      code: "equipment/item-repeated",
    });
    await expect(to().plan([home.id], { items: [{ item: "oximeter", account: home.id }] })).rejects.toMatchObject({
      code: "equipment/unknown-account",
    });
  });
});

describe("a shipment", () => {
  it("goes to the county's register, is signed for by two people, and its donor sees the whole way", async () => {
    const gift = await to().give("制氧机", 1, { spec: "5升", purpose: "敬老院设备" });
    const home = await to().home({ division: village, latitude: 36.6, longitude: 101.8 });
    const plan = await to().plan([home.id], { items: [{ item: "oxygen_concentrator", account: gift.accountId }] });
    const shipment = await to().send(plan.id, home.id, {
      lines: [{ item: "oxygen_concentrator", serials: ["ｏｃ a-1"] }],
    });
    expect(shipment.entryIds).toHaveLength(2);
    expect((await to().county().call(listShipments, { state: "shipped" })).shipments.map((one) => one.id)).toContain(
      shipment.id,
    );
    house.clock.set("2026-06-20");
    const worker = house.worker([village]);
    const lines = [{ item: "oxygen_concentrator" as const, serials: ["OCA-1"] }];
    const sign = (more: object) =>
      worker.call(signDelivery, { shipmentId: shipment.id, lines, signers, ...more } as never);
    await expect(sign({ signers: [{ name: "马院长" }, { name: " 马 院长" }] })).rejects.toMatchObject({
      code: "equipment/two-signers",
    });
    await expect(sign({ lines: [{ item: "oxygen_concentrator", serials: ["OCA-2"] }] })).rejects.toMatchObject({
      code: "equipment/serial-not-shipped",
      facts: { serials: ["OCA-2"], field: "lines" },
    });
    await expect(sign({ lines: [{ item: "oxygen_concentrator", serials: ["OCA-1", "oca-1"] }] })).rejects.toMatchObject(
      {
        code: "equipment/serial-repeated",
      },
    );
    await expect(sign({ lines: [{ item: "oxygen_concentrator", serials: ["OCA-1", "X"] }] })).rejects.toMatchObject({
      code: "equipment/more-than-shipped",
      facts: { asked: 2, left: 1 },
    });
    await expect(sign({ lines: [{ item: "oximeter", serials: ["X"] }] })).rejects.toMatchObject({
      code: "equipment/not-shipped",
    });
    await expect(sign({ lines: [] })).rejects.toMatchObject({ code: "equipment/nothing-signed" });
    await expect(sign({ at: "2026-06-10T10:00:00+08:00" })).rejects.toMatchObject({ code: "equipment/before-shipped" });
    await expect(sign({ at: "2026-07-01T10:00:00+08:00" })).rejects.toMatchObject({ code: "equipment/in-the-future" });
    await expect(sign({ photoIds: [home.id] })).rejects.toMatchObject({ code: "equipment/unknown-file" });
    const far = { latitude: 36.7, longitude: 101.8, accuracy: 20 };
    const done = await sign({ place: far });
    expect(done).toMatchObject({ state: "delivered", short: [], discrepancyIds: [] });
    expect(done.remarks.map((one) => one.code)).toEqual(["far-from-home", "without-photo"]);
    await expect(sign({})).rejects.toMatchObject({ code: "equipment/already-signed" });
    expect(await to().county().call(getShipment, { id: shipment.id })).toMatchObject({
      state: "delivered",
      days: 5,
      late: false,
    });
    const way = await house.intake().call(traceDonation, { receipt: gift.receipt });
    expect(way.state).toBe("used");
    expect(way.steps.map((step) => step.cause)).toEqual([
      "donations.received",
      "equipment.allocated",
      "equipment.shipped",
      "equipment.shipped",
      "equipment.delivered",
    ]);
    for (const [at, step] of way.steps.slice(1).entries()) expect(step.fromPlace).toEqual(way.steps[at]?.toPlace);
    expect(way.rests).toMatchObject([{ kind: "delivered", amount: 1 }]);
    const { pieces } = await to().province().call(traceSerial, { serial: "OCA-1" });
    expect(pieces[0]?.moves.map((move) => move.to.kind)).toEqual(["sent", "transit", "delivered"]);
    const home2 = await worker.call(getHome, { id: home.id });
    expect(home2).toMatchObject({ delivered: ["oxygen_concentrator"], untrained: true, covered: false });
    expect(home2.items[0]).toMatchObject({ serial: "OCA-1", state: "delivered" });
    expect(await agrees()).toEqual([]);
    house.clock.set("2026-06-15");
  });

  it("with fewer pieces becomes a discrepancy with owner and day, and what comes later settles it", async () => {
    const { home, shipment } = await onTheWay();
    const { lines } = pair();
    const by = to().county();
    const first = await by.call(signDelivery, {
      shipmentId: shipment.id,
      lines: [lines[0] as (typeof lines)[0]],
      signers,
    });
    expect(first).toMatchObject({ state: "discrepancy", short: [{ item: "oximeter", quantity: 1 }] });
    const seen = await by.call(getHome, { id: home.id });
    expect(seen.discrepancies).toMatchObject([
      { kind: "short", state: "open", dueOn: "2026-06-30", owner: expect.stringContaining("民政局") },
    ]);
    expect(seen.openDiscrepancies).toBe(1);
    const duties = await house.sql<{ kind: string; state: string }>(
      "select kind, state from duty where subject_id = any($1::uuid[]) order by kind",
      [[shipment.id, first.discrepancyIds[0]]],
    );
    expect(duties).toEqual([
      { kind: "equipment.confirm-delivery", state: "done" },
      { kind: "equipment.rectify", state: "open" },
    ]);
    const later = await by.call(signDelivery, {
      shipmentId: shipment.id,
      lines: [lines[1] as (typeof lines)[1]],
      signers,
    });
    expect(later).toMatchObject({ state: "delivered", short: [], discrepancyIds: [] });
    expect((await by.call(getShipment, { id: shipment.id })).discrepancies).toMatchObject([{ state: "done" }]);
    expect(await agrees()).toEqual([]);
  });

  it("is recalled by whoever sent it or sent back by the county; a signature that comes later is held with its reason", async () => {
    const { home, plan, shipment } = await onTheWay();
    const { lines } = pair();
    const stop = (by: ReturnType<ReturnType<typeof to>["county"]>) =>
      by.call(recallShipment, { id: shipment.id, reason: "型号有误" });
    await expect(stop(to().county(counties.middle))).rejects.toMatchObject({ code: "equipment/unknown-shipment" });
    expect(await stop(to().province())).toEqual({ id: shipment.id, state: "recalled" });
    await expect(stop(to().province())).rejects.toMatchObject({ code: "equipment/already-recalled" });
    await expect(
      house.worker([village]).call(signDelivery, { shipmentId: shipment.id, lines, signers }),
    ).rejects.toMatchObject({
      code: "equipment/recalled",
      facts: { reason: "型号有误", on: "2026-06-15", holdAt: { home: counties.east } },
    });
    const again = await to().send(plan.id, home.id);
    expect(await to().county().call(recallShipment, { id: again.id, reason: "机构暂不接收" })).toMatchObject({
      state: "returned",
    });
    const third = await to().send(plan.id, home.id);
    await to().county().call(signDelivery, { shipmentId: third.id, lines, signers });
    await expect(to().province().call(recallShipment, { id: third.id, reason: "晚了" })).rejects.toMatchObject({
      code: "equipment/already-signed",
    });
    expect(await agrees()).toEqual([]);
  });

  it("names a piece once in all homes, and only by the hands whose it is", async () => {
    const { shipment } = await onTheWay();
    const { lines } = pair();
    const sign = (by: ReturnType<ReturnType<typeof to>["county"]>, id = shipment.id) =>
      by.call(signDelivery, { shipmentId: id, lines, signers });
    await expect(sign(to().county(counties.middle))).rejects.toMatchObject({ code: "equipment/not-your-home" });
    await expect(
      sign(house.worker([`${village.slice(0, 11)}${(Number(village[11]) + 1) % 10}`])),
    ).rejects.toMatchObject({
      code: "equipment/not-your-home",
    });
    await expect(sign(to().province())).rejects.toMatchObject({ code: "equipment/not-your-home" });
    await expect(sign(house.as("auditor", counties.east) as never)).rejects.toMatchObject({
      code: "auth/not-your-role",
    });
    await sign(to().county());
    await to().give("制氧机", 1);
    await to().give("血氧仪", 1);
    const middle = to().county(counties.middle);
    const other = await to().home({ division: counties.middle }, middle);
    const plan = await to().plan([other.id]);
    const elsewhere = await to().send(plan.id, other.id);
    await expect(sign(middle, elsewhere.id)).rejects.toMatchObject({ code: "equipment/serial-known" });
    await expect(
      to().send(plan.id, other.id, { lines: [{ item: "oximeter", serials: [lines[1]?.serials[0]] }] }),
    ).rejects.toMatchObject({ code: "equipment/nothing-allocated" });
    await middle.call(signDelivery, { shipmentId: elsewhere.id, lines: pair().lines, signers });
    expect(await agrees()).toEqual([]);
  });

  it("says which field is wrong before anything leaves", async () => {
    await to().give("制氧机", 2);
    const home = await to().home({ division: village });
    const plan = await to().plan([home.id], { items: [{ item: "oxygen_concentrator", perHome: 2 }] });
    const send = (more: object) => to().send(plan.id, home.id, more);
    const one = (line: object) => send({ lines: [{ item: "oxygen_concentrator", ...line }] });
    await expect(send({ dueOn: "2026-06-01" })).rejects.toMatchObject({ code: "equipment/due-before-shipped" });
    await expect(send({ shippedOn: "2026-06-16" })).rejects.toMatchObject({ code: "equipment/in-the-future" });
    await expect(send({ shippedOn: "2026-06-01" })).rejects.toMatchObject({
      code: "ledger/before-account",
      facts: { openedOn: "2026-06-15", on: "2026-06-01" },
    });
    await expect(one({ quantity: 3 })).rejects.toMatchObject({
      code: "equipment/more-than-allocated",
      facts: { asked: 3, left: 2 },
    });
    await expect(one({ quantity: 2, serials: ["A"] })).rejects.toMatchObject({ code: "equipment/serials-count" });
    await expect(one({ serials: ["A", "a"] })).rejects.toMatchObject({ code: "equipment/serial-repeated" });
    await expect(
      to()
        .province()
        .call(ship, {
          planId: plan.id,
          homes: [{ careHomeId: home.id }, { careHomeId: home.id }],
          dueOn: "2026-07-01",
        }),
    ).rejects.toMatchObject({ code: "equipment/home-repeated" });
    await expect(to().send(plan.id, home.id, {}, to().county())).rejects.toMatchObject({
      code: "equipment/unknown-plan",
    });
    const part = await one({ quantity: 1 });
    expect(part.lines).toEqual([{ item: "oxygen_concentrator", quantity: 1 }]);
    expect((await one({})).lines).toEqual([{ item: "oxygen_concentrator", quantity: 1 }]);
    await expect(one({})).rejects.toMatchObject({ code: "equipment/nothing-allocated" });
  });

  it("of numbered stock takes the numbers the ledger holds", async () => {
    const serials = ["Zk-01", "Zk-02"];
    await to().give("血氧仪", 2, { spec: "指夹", serials });
    const gift = await to().give("血氧仪", 1, { spec: "指夹", serials: ["Zk-03"] });
    const home = await to().home({ division: village });
    const plan = await to().plan([home.id], { items: [{ item: "oximeter", perHome: 2, account: gift.accountId }] });
    await expect(
      to().send(plan.id, home.id, { lines: [{ item: "oximeter", serials: ["ZK-01", "ZK-03"] }] }),
    ).rejects.toMatchObject({
      code: "ledger/serial-elsewhere",
    });
    const sent = await to().send(plan.id, home.id);
    expect((await to().county().call(getShipment, { id: sent.id })).lines[0]?.serials).toEqual(["Zk-01", "Zk-02"]);
    const done = await to()
      .county()
      .call(signDelivery, {
        shipmentId: sent.id,
        lines: [{ item: "oximeter", serials: ["zk-01", "ZK-02"] }],
        damaged: [{ serial: "zk-02", note: "屏幕碎裂" }],
        signers,
      });
    expect(done.state).toBe("delivered");
    expect(done.discrepancyIds).toHaveLength(1);
    const back = await to().province().call(traceLedger, { posting: gift.entryId });
    expect(back.end.rests.map((one) => one.account.kind)).toContain("stock");
    expect(await agrees()).toEqual([]);
  });
});

describe("a piece", () => {
  it("follows its states: a scrapped one is never in use again, and leaves the home's account", async () => {
    const { shipment } = await onTheWay();
    const { lines, serials } = pair();
    const by = to().county();
    const { items } = await by.call(signDelivery, { shipmentId: shipment.id, lines, signers });
    const piece = items.find((one) => one.serial === serials[0])?.id ?? "";
    const act = (event: "use" | "fault" | "repair" | "scrap", actor = by, note: string | undefined = "说明") =>
      actor.call(recordItemEvent, { itemId: piece, event, ...(note ? { note } : {}) });
    await expect(act("use")).rejects.toMatchObject({
      code: "equipment/item-state",
      facts: { from: "delivered", event: "use" },
    });
    await house.sql("update equipment_item set state = 'verified' where id = $1", [piece]);
    expect(await act("use")).toMatchObject({ state: "in_use" });
    const worker = house.worker([village]);
    await expect(act("scrap", worker as never)).rejects.toMatchObject({ code: "equipment/scrap-by-officer" });
    await expect(by.call(recordItemEvent, { itemId: piece, event: "fault" })).rejects.toMatchObject({
      code: "equipment/note-missing",
    });
    expect(await act("fault", worker as never)).toMatchObject({ state: "fault" });
    expect(await act("repair")).toMatchObject({ state: "in_use" });
    const scrapped = await act("scrap");
    expect(scrapped).toMatchObject({ state: "scrapped", entryId: expect.any(String) });
    for (const event of ["use", "fault", "repair", "scrap"] as const)
      await expect(act(event)).rejects.toMatchObject({ code: "equipment/item-state", facts: { from: "scrapped" } });
    const seen = await by.call(getItem, { id: piece });
    expect(seen.events).toEqual([]);
    expect(seen.timeline.map((one) => one.event)).toEqual(["scrap", "repair", "fault", "use", "delivered"]);
    expect((await by.call(listItems, { serial: ` ${serials[0].toLowerCase()}` })).items[0]).toMatchObject({
      id: piece,
      state: "scrapped",
    });
    const { accounts } = await by.call(listAccounts, { kind: "scrapped", limit: 200 });
    expect(accounts.map((one) => one.balance)).toContain(1);
    await expect(
      to().county(counties.middle).call(recordItemEvent, { itemId: piece, event: "use" }),
    ).rejects.toMatchObject({
      code: "equipment/not-your-home",
    });
    expect(await agrees()).toEqual([]);
  });

  it("sent twice by a phone happens once", async () => {
    const { shipment } = await onTheWay();
    const { lines } = pair();
    const id = crypto.randomUUID();
    const by = house.worker([village]);
    const first = await by.call(signDelivery, { id, shipmentId: shipment.id, lines, signers });
    expect(await by.call(signDelivery, { id, shipmentId: shipment.id, lines, signers })).toEqual(first);
    expect(await agrees()).toEqual([]);
  });
});

it("lists homes by the beginning of their name, page by page", async () => {
  const by = to().county();
  const first = await by.call(listHomes, { q: "试验敬老院", limit: 2 });
  const second = await by.call(listHomes, { q: "试验敬老院", limit: 2, after: first.next ?? "" });
  expect(first.homes).toHaveLength(2);
  expect(second.homes.map((one) => one.id)).not.toEqual(first.homes.map((one) => one.id));
  expect(first.total).toBeGreaterThan(4);
  expect((await by.call(listHomes, { q: "没有" })).homes).toEqual([]);
});
