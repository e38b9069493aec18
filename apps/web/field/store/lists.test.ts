import "fake-indexeddb/auto";
import { expect, it } from "vitest";
import { inventedShipment } from "../delivery.fixture.ts";
import { SHIPMENT } from "../delivery.ts";
import { openStore, readAll, write } from "./indexed.ts";
import { Lists, type PulledPage } from "./lists.ts";
import { newContentKey, seal } from "./sealing.ts";

const shipment = inventedShipment();
const page = (number: number, given: Partial<PulledPage>): PulledPage => ({
  page: number,
  records: [],
  gone: [],
  more: false,
  ...given,
});
const record = (body = shipment, version = "1") => ({ type: SHIPMENT, id: body.id, version, body });

it("holds shipments sealed, shows them after a new start, and forgets them when told", async () => {
  const [store, key] = [await openStore("lists-1"), await newContentKey()];
  const lists = await Lists.load(store, key);
  await lists.store(page(1, { records: [record()], more: true }), "2026-11", []);
  expect([...lists.shipments.keys()]).toEqual([shipment.id]);
  expect(await lists.shipment(shipment.id)).toEqual(shipment);
  const kept = JSON.stringify(await readAll(store, "records")) + JSON.stringify(await readAll(store, "summary"));
  for (const word of [shipment.careHome, "YY-0001", "oximeter"]) expect(kept).not.toContain(word);

  const again = await Lists.load(store, key);
  expect(again.shipments.get(shipment.id)).toMatchObject({ careHome: shipment.careHome, dueOn: shipment.dueOn });
  const later = inventedShipment({ dueOn: "2026-12-01" });
  await again.store(page(2, { records: [record(later, "2")] }), "2026-11", []);
  expect(again.shipments.get(shipment.id)?.dueOn).toBe("2026-12-01");
  await again.store(page(3, { gone: [{ type: SHIPMENT, id: shipment.id }] }), "2026-11", []);
  expect(again.shipments.size).toBe(0);
  expect(await again.shipment(shipment.id)).toBeUndefined();
  expect((await Lists.load(store, key)).shipments.size).toBe(0);
});

it("drops them with everything else when the server begins anew", async () => {
  const [store, key] = [await openStore("lists-2"), await newContentKey()];
  const lists = await Lists.load(store, key);
  await lists.store(page(1, { records: [record()] }), "2026-11", []);
  await lists.store(page(0, {}), "2026-11", [], true);
  expect(lists.shipments.size).toBe(0);
  expect(await lists.size()).toBe(0);
});

it("makes the list again from the records when its summary is damaged, and opens one an earlier build has kept", async () => {
  const [store, key] = [await openStore("lists-3"), await newContentKey()];
  await (await Lists.load(store, key)).store(page(1, { records: [record()] }), "2026-11", []);
  await write(store, [{ table: "summary", key: "main", value: { iv: new Uint8Array(12), bytes: new ArrayBuffer(8) } }]);
  expect((await Lists.load(store, key)).shipments.get(shipment.id)?.careHome).toBe(shipment.careHome);

  const old = await seal(key, { put: [], gone: [] }, "summary/main");
  await write(store, [{ table: "summary", key: "main", value: old }], ["summary"]);
  const opened = await Lists.load(store, key);
  expect(opened.shipments.get(shipment.id)?.careHome).toBe(shipment.careHome);
  await opened.store(page(2, { gone: [{ type: SHIPMENT, id: shipment.id }] }), "2026-11", []);
  expect((await Lists.load(store, key)).shipments.size).toBe(0);
});
