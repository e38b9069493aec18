import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDocument } from "../../../kernel/document/documents.contract.ts";
import { newId } from "../../../kernel/operation/ids.ts";
import { Phone } from "../../../kernel/sync/testing/phone.ts";
import { type TestHouse, testHouse } from "../../../kernel/testing/house.ts";
import { printDeliveryNote } from "../field.contract.ts";
import { equipmentModule } from "./equipment.module.ts";

const county = "630102";
const village = "630102100001";
const other = "630102100002";
let house: TestHouse;

beforeAll(async () => {
  house = await testHouse([equipmentModule]);
  house.clock.set("2026-11-20T09:00:00+08:00");
}, 120_000);
afterAll(() => house.close());

/** Words of a paper as a reader copies them; null where no reader is installed. */
function pdfText(pdf: Buffer): string | null {
  const path = join(mkdtempSync(join(tmpdir(), "delivery-note-")), "note.pdf");
  writeFileSync(path, pdf);
  try {
    return execFileSync("pdftotext", [path, "-"], { encoding: "utf8" }).replace(/\s/g, "");
  } catch {
    console.log("delivery note: its text is not read: no pdftotext");
    return null;
  }
}

async function careHome(division: string, name: string): Promise<string> {
  const id = newId();
  await house.sql(
    `insert into care_home (home_code, id, division_code, name, kind, state, residents, paired, poorest, flagged, director, latitude, longitude, served_items,
       delivered_items, verified_items, covered, trained, open_discrepancies, version, created_at)
     values ($1, $2, $3, $4, 'rural', 'open', 42, false, false, 0, '样院长', 36.5, 101.8, '{}', '{}', '{}', false, 0, 0, 1, '2026-11-01T00:00:00Z')`,
    [division.slice(0, 6), id, division, name],
  );
  return id;
}

interface Line {
  readonly item: string;
  readonly quantity: number;
  readonly signed: number;
  readonly serials: readonly string[];
}

async function shipment(division: string, name: string, lines: readonly Line[], dueOn = "2026-11-25"): Promise<string> {
  const [id, home] = [newId(), await careHome(division, name)];
  const sum = (key: "quantity" | "signed") => lines.reduce((all, line) => all + line[key], 0);
  await house.sql(
    `insert into equipment_shipment (home_code, id, division_code, care_home_id, care_home_name, giver_home, giver_division, giver_name, lines, carrier,
       shipped_on, due_on, state, pieces, signed_pieces, created_at)
     values ($1, $2, $3, $4, $5, '63', '63', '青海省民政厅', $6, '样本物流', '2026-11-18', $7, 'shipped', $8, $9, '2026-11-18T00:00:00Z')`,
    [division.slice(0, 6), id, division, home, name, JSON.stringify(lines), dueOn, sum("quantity"), sum("signed")],
  );
  return id;
}

const two: readonly Line[] = [
  { item: "oxygen_concentrator", quantity: 2, signed: 0, serials: ["YY-0001", "YY-0002"] },
  { item: "oximeter", quantity: 5, signed: 0, serials: [] },
];

async function discrepancy(of: string, state: string): Promise<string> {
  const id = newId();
  await house.sql(
    `insert into equipment_discrepancy (home_code, id, division_code, care_home_id, care_home_name, shipment_id, kind, item, quantity, source, description,
       state, owner_name, opened_on, due_on, photo_ids, reopened, escalated, version)
     select home_code, $2, division_code, care_home_id, care_home_name, id, 'short', 'oximeter', 2, 'delivery', '少件', $3, '样经办', '2026-11-20', '2026-12-05',
       '{}', 0, 0, 1 from equipment_shipment where id = $1`,
    [of, id, state],
  );
  return id;
}

async function signed(of: string, item: string, serials: readonly string[]): Promise<void> {
  await house.sql(
    `insert into equipment_delivery (home_code, id, division_code, shipment_id, care_home_id, delivered_at, recorded_at, actor_name, signers, lines, photo_ids,
       remarks, entry_ids, decision_id)
     select home_code, $2, division_code, id, care_home_id, '2026-11-20T02:00:00Z', '2026-11-20T02:00:00Z', '样', '[]', $3, '{}', '[]', '{}', $2
     from equipment_shipment where id = $1`,
    [of, newId(), JSON.stringify([{ item, serials }])],
  );
}

it("gives a worker the shipments to homes of the own villages, new versions of them, and takes back what is over", async () => {
  const mine = await shipment(village, "样本村敬老院", two);
  const late = await shipment(village, "样本村幸福院", two, "2026-11-19");
  const elsewhere = await shipment(other, "邻村敬老院", two);
  const worker = house.worker([village]);
  const phone = new Phone(() => house.clock.now);
  await phone.register(worker);
  const held = async () => {
    await phone.pullAll(worker);
    return new Map([...phone.store].map(([name, one]) => [name.split(" ")[1] ?? "", one]));
  };

  const first = await held();
  expect([...first.keys()]).toEqual([late, mine]);
  expect(first.get(mine)?.body).toMatchObject({
    careHome: "样本村敬老院",
    director: "样院长",
    division: village,
    from: "青海省民政厅",
    state: "shipped",
    shippedOn: "2026-11-18",
    dueOn: "2026-11-25",
    place: { latitude: 36.5, longitude: 101.8 },
    discrepancies: [],
    lines: two.map((line) => ({ ...line, signedSerials: [] })),
  });
  const version = () => phone.store.get(`equipment-shipment ${mine}`)?.version;
  const before = version();
  await held();
  expect(version()).toBe(before);

  // Signed for in part: the phone learns which numbers, and of the discrepancy.
  await signed(mine, "oxygen_concentrator", ["YY-0001"]);
  await house.sql(`update equipment_shipment set state = 'discrepancy', signed_pieces = 1, lines = $2 where id = $1`, [
    mine,
    JSON.stringify([{ ...two[0], signed: 1 }, two[1]]),
  ]);
  const short = await discrepancy(mine, "open");
  const partly = (await held()).get(mine)?.body;
  expect(version()).not.toBe(before);
  expect(partly?.lines).toMatchObject([{ signed: 1, signedSerials: ["YY-0001"] }, { signedSerials: [] }]);
  expect(partly?.discrepancies).toMatchObject([{ id: short, kind: "short", quantity: 2, state: "open" }]);

  // All pieces are there now, the discrepancy is not closed: it stays; when it is closed the phone forgets it.
  await house.sql("update equipment_shipment set signed_pieces = pieces, state = 'delivered' where id = $1", [mine]);
  expect((await held()).has(mine)).toBe(true);
  await house.sql("update equipment_discrepancy set state = 'closed' where id = $1", [short]);
  expect((await held()).has(mine)).toBe(false);

  // Recalled, and moved to a village that is not the worker's: forgotten.
  await house.sql("update equipment_shipment set state = 'recalled' where id = $1", [late]);
  expect((await held()).size).toBe(0);
  await house.sql("update equipment_shipment set division_code = $2 where id = $1", [elsewhere, village]);
  await house.sql(
    "update care_home set division_code = $2 where id = (select care_home_id from equipment_shipment where id = $1)",
    [elsewhere, village],
  );
  expect([...(await held()).keys()]).toEqual([elsewhere]);
  await house.sql("update equipment_shipment set division_code = $2 where id = $1", [elsewhere, other]);
  expect((await held()).size).toBe(0);
});

it("counts several gifts of one kind together", async () => {
  const gift = (serials: readonly string[]) => ({ item: "oximeter", quantity: 2, signed: 1, serials });
  const id = await shipment(village, "两批敬老院", [gift(["A-1", "A-2"]), gift([])]);
  const worker = house.worker([village], "gifts");
  const phone = new Phone(() => house.clock.now);
  await phone.register(worker);
  await phone.pullAll(worker);
  expect(phone.store.get(`equipment-shipment ${id}`)?.body.lines).toEqual([
    { item: "oximeter", quantity: 4, signed: 2, serials: ["A-1", "A-2"], signedSerials: [] },
  ]);
});

it("gives an officer those of the own county, and none to an office above", async () => {
  const near = await shipment(village, "甲敬老院", two);
  const far = await shipment("630103001001", "外县敬老院", two);
  const ids = async (division: string) => {
    const officer = house.as("officer", division);
    const phone = new Phone(() => house.clock.now);
    await phone.register(officer);
    await phone.pullAll(officer);
    return [...phone.store.keys()].map((name) => name.split(" ")[1]);
  };
  expect(await ids(county)).toContain(near);
  expect(await ids(county)).not.toContain(far);
  expect(await ids("630103")).toEqual([far]);
  expect(await ids("63")).toEqual([]);
});

it("prints the note that travels with a shipment, with a code for each numbered piece", async () => {
  const id = await shipment(village, "打印敬老院", two);
  const answer = await house.as("officer", county).call(printDeliveryNote, { shipmentId: id });
  expect(answer.codes).toBe(2);
  const paper = (await house.as("officer", county).call(openDocument, { id: answer.documentId })) as { body: Buffer };
  const text = pdfText(paper.body);
  if (text !== null)
    for (const word of [
      "捐赠设备发运单",
      "打印敬老院",
      "青海省民政厅",
      "YY-0001",
      "YY-0002",
      "到货时逐件登记",
      "第二签收人",
    ])
      expect(text).toContain(word);
  // The office that sends it prints it under its own name.
  expect(await house.as("officer", "63").call(printDeliveryNote, { shipmentId: id })).toMatchObject({ codes: 2 });
  await house.sql("update equipment_shipment set state = 'recalled' where id = $1", [id]);
  await expect(house.as("officer", county).call(printDeliveryNote, { shipmentId: id })).rejects.toMatchObject({
    code: "equipment/already-recalled",
  });
  const many = {
    item: "oximeter",
    quantity: 401,
    signed: 0,
    serials: Array.from({ length: 401 }, (_, at) => `X${at}`),
  };
  const large = await shipment(village, "大敬老院", [many]);
  await expect(house.as("officer", county).call(printDeliveryNote, { shipmentId: large })).rejects.toMatchObject({
    code: "equipment/too-many-codes",
  });
  await expect(house.as("officer", "630103").call(printDeliveryNote, { shipmentId: large })).rejects.toMatchObject({
    code: "equipment/unknown-shipment",
  });
});
