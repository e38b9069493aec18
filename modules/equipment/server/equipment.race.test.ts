import { afterAll, beforeAll, expect, it } from "vitest";
import { differenceLine, reconcile } from "../../../kernel/ledger/reconcile.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { type TestHouse, testHouse } from "../../../kernel/testing/house.ts";
import { recallShipment, signDelivery } from "../delivery.contract.ts";
import { recallAllocation } from "../plan.contract.ts";
import { counties, equipmentRooms, signers, steps } from "./equipment.fixture.ts";

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse(equipmentRooms);
  house.clock.set("2026-06-15");
});
afterAll(() => house.close());

const to = () => steps(house);
const agrees = async () => (await reconcile(house.open.database)).differences.map(differenceLine);
const items = [{ item: "oximeter" as const }];
const line = (serial: string) => [{ item: "oximeter" as const, serials: [serial] }];

/** What came of all that was asked at once: the refusals by code, and nothing else went wrong. */
async function settle(asked: readonly Promise<unknown>[]) {
  const ends = await Promise.allSettled(asked);
  const codes = ends.flatMap((end) => (end.status === "rejected" ? [end.reason] : []));
  for (const reason of codes) expect(reason).toBeInstanceOf(Refusal);
  return { done: ends.length - codes.length, codes: codes.map((reason: Refusal) => reason.code) };
}

it("two clerks allocate the last piece at once: one has it, the other is told", async () => {
  for (let round = 0; round < 6; round++) {
    await to().give("血氧仪", 1);
    const homes = [await to().home(), await to().home(), await to().home()];
    const asked = homes.map((home, at) => to().plan([home.id], { items }, to().province(`hand-${at}`)));
    const ends = await Promise.allSettled(asked);
    const served = ends.filter((end) => end.status === "fulfilled" && end.value.homesRanked === 1);
    expect(served).toHaveLength(1);
    for (const end of ends)
      if (end.status === "rejected")
        expect(end.reason).toMatchObject({ code: "equipment/stock-taken", facts: { item: "oximeter" } });
      else if (end.value.homesRanked === 0) expect(end.value.leftOut[0]?.why).toBe("beyond-stock");
  }
  expect(await agrees()).toEqual([]);
});

it("a number signed for in two homes of a county at once is signed for once", async () => {
  for (let round = 0; round < 5; round++) {
    await to().give("血氧仪", 2);
    const homes = [await to().home(), await to().home()];
    const plan = await to().plan(
      homes.map((home) => home.id),
      { items },
    );
    const sent = [];
    for (const home of homes) sent.push(await to().send(plan.id, home.id));
    const asked = sent.map((one, at) =>
      to()
        .county(counties.east, `hand-${at}`)
        .call(signDelivery, { shipmentId: one.id, lines: line(`SAME-${round}`), signers }),
    );
    const { done, codes } = await settle(asked);
    expect(done).toBe(1);
    expect(["equipment/serial-known", "ledger/serial-known", "ledger/serial-elsewhere"]).toContain(codes[0]);
  }
  expect(await agrees()).toEqual([]);
});

it("one shipment signed for by two hands at once is signed for once", async () => {
  for (let round = 0; round < 5; round++) {
    await to().give("血氧仪", 1);
    const home = await to().home();
    const plan = await to().plan([home.id], { items });
    const sent = await to().send(plan.id, home.id);
    const asked = [1, 2, 3].map((at) =>
      to()
        .county(counties.east, `hand-${at}`)
        .call(signDelivery, { shipmentId: sent.id, lines: line(`R${round}-${at}`), signers }),
    );
    expect(await settle(asked)).toEqual({ done: 1, codes: ["equipment/already-signed", "equipment/already-signed"] });
  }
  expect(await agrees()).toEqual([]);
});

it("of a recall and a signature at once one happens, whole", async () => {
  for (let round = 0; round < 8; round++) {
    await to().give("血氧仪", 1);
    const home = await to().home();
    const plan = await to().plan([home.id], { items });
    const sent = await to().send(plan.id, home.id);
    const asked = [
      to()
        .county()
        .call(signDelivery, { shipmentId: sent.id, lines: line(`Q-${round}`), signers }),
      to().province().call(recallShipment, { id: sent.id, reason: "召回" }),
    ];
    const { done, codes } = await settle(round % 2 ? asked : asked.reverse());
    expect(done).toBe(1);
    expect(["equipment/recalled", "equipment/already-signed"]).toContain(codes[0]);
  }
  expect(await agrees()).toEqual([]);
});

it("what is shipped while it is taken back is one or the other", async () => {
  for (let round = 0; round < 6; round++) {
    await to().give("血氧仪", 1);
    const home = await to().home();
    const plan = await to().plan([home.id], { items });
    const { done } = await settle([
      to().send(plan.id, home.id, {}, to().province("one")),
      to().province("two").call(recallAllocation, { planId: plan.id, reason: "重排" }),
    ]);
    expect(done).toBe(1);
    // What went back is given away again by the next round's plan; what was shipped stays out.
  }
  expect(await agrees()).toEqual([]);
});
