import { dateInShanghai } from "../../../kernel/clock/date.ts";
import { authorityOf } from "../../../kernel/document/issue.ts";
import { fulfilDuty } from "../../../kernel/duty/duty.ts";
import { metresBetween } from "../../../kernel/geo/distance.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { InvalidInput } from "../../../kernel/operation/errors.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { decide } from "../../../kernel/rule/store.ts";
import { signDelivery } from "../delivery.contract.ts";
import { confirmDuty } from "../equipment.duties.ts";
import { signoff } from "../equipment.rules.ts";
import type { ItemKind } from "../equipment.shapes.ts";
import { repeatedSerials, serialKey } from "../serial.rules.ts";
import {
  discrepanciesOfShipment,
  type ItemRow,
  insertDelivery,
  itemsOfShipment,
  knownAnywhere,
  loadDelivery,
  loadShipment,
  lockShipment,
  type ShipmentRow,
  shipmentPlace,
} from "./delivery.store.ts";
import { makeGood } from "./discrepancy.good.ts";
import { openDiscrepancies } from "./discrepancy.store.ts";
import { recordEvents } from "./events.store.ts";
import { homeSubject } from "./homes.handlers.ts";
import { arrivedFiles, type HomeRow, loadHome } from "./homes.store.ts";
import {
  type Answer,
  type Ctx,
  differences,
  eventOf,
  held,
  type Input,
  itemsOf,
  postPieces,
  type Signed,
  shortOf,
  signedRow,
  type Taken,
} from "./sign.pieces.ts";

const minute = 60_000;

/** The shipment, held; refuses what is not here, or not on its way any more. */
async function shipmentOf(ctx: Ctx, id: string): Promise<ShipmentRow> {
  const row = await lockShipment(ctx.tx, ctx.actor.home, id);
  if (!row) {
    const place = await ctx.tx.lookup((tx) => shipmentPlace(tx, id));
    if (!place) return ctx.fail("equipment/unknown-shipment", { id });
    return ctx.fail("equipment/not-your-home", { holdAt: { home: place.home_code, division: place.division_code } });
  }
  const holdAt = { home: row.home_code, division: row.division_code };
  if (row.state === "recalled" || row.state === "returned")
    return ctx.fail("equipment/recalled", { on: row.recalled_on, reason: row.recall_reason, holdAt });
  if (row.state === "delivered") return ctx.fail("equipment/already-signed", { on: row.delivered_on, holdAt });
  return row;
}

/** Finds the line of each number: the one that names it, else one whose numbers are first read here. */
function takenOf(ctx: Ctx, row: ShipmentRow, signed: ReadonlyMap<ItemKind, readonly string[]>): Taken[] {
  const taken = row.lines.map((line, at): Taken => ({ line, at, serials: [] }));
  const strange: string[] = [];
  for (const [item, serials] of signed)
    for (const serial of serials) {
      const own = taken.filter((one) => one.line.item === item);
      const named = own.find((one) => one.line.serials.some((known) => serialKey(known) === serial));
      const open = own.find(
        (one) => one.line.serials.length === 0 && one.serials.length < one.line.quantity - one.line.signed,
      );
      if (named) named.serials.push(named.line.serials.find((known) => serialKey(known) === serial) as string);
      else if (open) open.serials.push(serial);
      else strange.push(serial);
    }
  if (strange.length > 0)
    return ctx.fail("equipment/serial-not-shipped", { serials: strange.slice(0, 20), field: "lines", ...held(row) });
  return taken.filter((one) => one.serials.length > 0);
}

/** Names as they are compared: the same person written twice is one signer. */
const personKey = (name: string) => name.normalize("NFKC").replace(/\s+/g, "").toLowerCase();

function checkSigners(ctx: Ctx, input: Input, row: ShipmentRow): void {
  const names = new Set(input.signers.map((one) => personKey(one.name)));
  const signatures = input.signers.flatMap((one) => one.signatureId ?? []);
  if (names.size < 2 || new Set(signatures).size < signatures.length)
    ctx.fail("equipment/two-signers", { field: "signers", ...held(row) });
}

function remarksOf(ctx: Ctx, input: Input, home: HomeRow): Answer["remarks"] {
  const remarks: Answer["remarks"] = [];
  if (input.place && home.latitude !== null && home.longitude !== null) {
    const metres = metresBetween(input.place, { latitude: home.latitude, longitude: home.longitude });
    const tolerance = Number(ctx.house.settings.on("equipment.place-tolerance", ctx.today, home.division_code));
    if (metres - input.place.accuracy > tolerance)
      remarks.push({ code: "far-from-home", facts: { metres, tolerance } });
  }
  if (input.photoIds.length === 0) remarks.push({ code: "without-photo", facts: {} });
  if (ctx.clockDrift !== null) remarks.push({ code: "clock-corrected", facts: { minutes: ctx.clockDrift } });
  return remarks;
}

/** The same delivery again: what was answered first. */
async function again(ctx: Ctx, id: string, shipmentId: string): Promise<Answer | undefined> {
  const known = await loadDelivery(ctx.tx, id);
  if (!known) return undefined;
  const row = await loadShipment(ctx.tx, known.shipment_id);
  if (known.shipment_id !== shipmentId || !row) throw new InvalidInput([{ path: ["id"], problem: "taken" }]);
  const numbers = new Set(known.lines.flatMap((line) => line.serials.map(serialKey)));
  const items = (await itemsOfShipment(ctx.tx, row.id)).filter((one) => numbers.has(one.serial_no)).sort(inOrder);
  return {
    id,
    state: row.state,
    signed: known.lines.map((line) => ({ item: line.item, quantity: line.serials.length })),
    short: shortOf(row.lines),
    discrepancyIds: (await discrepanciesOfShipment(ctx.tx, row.id)).map((one) => one.id),
    items: items.map((one) => ({ id: one.id, item: one.item, serial: one.serial_no })),
    remarks: known.remarks.map((one) => ({ code: one.code, facts: { ...one.facts } })),
    decisionId: known.decision_id,
  };
}

async function sign(ctx: Ctx, input: Input): Promise<Answer> {
  const at = input.at && ctx.device === null ? new Date(input.at) : ctx.happenedAt;
  const on = dateInShanghai(at);
  const id = input.id ?? ctx.newId();
  const known = input.id ? await again(ctx, input.id, input.shipmentId) : undefined;
  if (known) return known;
  const row = await shipmentOf(ctx, input.shipmentId);
  const ahead = Number(ctx.house.settings.on("equipment.future-minutes", ctx.today, row.division_code)) * minute;
  if (at.getTime() > ctx.now.getTime() + ahead)
    return ctx.fail("equipment/in-the-future", { on, today: ctx.today, field: "at", ...held(row) });
  if (on < row.shipped_on)
    return ctx.fail("equipment/before-shipped", { on, shippedOn: row.shipped_on, field: "at", ...held(row) });
  checkSigners(ctx, input, row);
  const files = [...input.photoIds, ...input.signers.flatMap((one) => one.signatureId ?? [])];
  if (!(await arrivedFiles(ctx.tx, files)))
    return ctx.fail("equipment/unknown-file", { field: "photoIds", ...held(row) });
  const home = await loadHome(ctx.tx, row.care_home_id);
  if (!home) return ctx.fail("equipment/not-your-home", held(row));

  const signed = new Map<ItemKind, string[]>();
  for (const line of input.lines)
    signed.set(line.item, [...(signed.get(line.item) ?? []), ...line.serials.map(serialKey)]);
  const all = [...signed.values()].flat();
  if (all.length === 0) return ctx.fail("equipment/nothing-signed", { field: "lines", ...held(row) });
  const twice = [...signed.values()].flatMap(repeatedSerials);
  if (twice.length > 0)
    return ctx.fail("equipment/serial-repeated", { serials: twice.slice(0, 20), field: "lines", ...held(row) });
  const { id: decisionId } = await quantities(ctx, row, signed);
  await notElsewhere(ctx, row, signed);
  const taken = takenOf(ctx, row, signed);
  const damaged = new Map(input.damaged.map((one) => [serialKey(one.serial), one.note ?? ""]));
  const strange = [...damaged.keys()].filter((one) => !all.includes(one));
  if (strange.length > 0)
    return ctx.fail("equipment/damaged-not-signed", { serials: strange, field: "damaged", ...held(row) });
  return write(ctx, { id, at, on, input, row, home, signed, taken, damaged, decisionId });
}

/** Not more than was sent, by rule (签收数量); the decision is kept. */
async function quantities(ctx: Ctx, row: ShipmentRow, signed: ReadonlyMap<ItemKind, readonly string[]>) {
  const expected = Object.fromEntries(shortOf(row.lines).map((one) => [one.item, one.quantity]));
  const facts = {
    allocated: expected,
    signed: Object.fromEntries([...signed].map(([item, serials]) => [item, serials.length])),
  };
  const about = { subject: row.id, home: row.home_code, division: row.division_code };
  const { id, decision } = decide(ctx as Context, signoff, facts, about);
  const [over] = Object.keys(decision.output.over ?? {}) as ItemKind[];
  if (over) {
    const asked = signed.get(over)?.length ?? 0;
    if (!row.lines.some((line) => line.item === over))
      return ctx.fail("equipment/not-shipped", { item: over, field: "lines", ...held(row) });
    return ctx.fail("equipment/more-than-shipped", {
      item: over,
      asked,
      left: expected[over] ?? 0,
      unit: row.lines[0]?.unit,
      field: "lines",
      ...held(row),
    });
  }
  return { id };
}

/** No number that a home has already, here or anywhere else; what is on its way with this shipment is expected. */
async function notElsewhere(
  ctx: Ctx,
  row: ShipmentRow,
  signed: ReadonlyMap<ItemKind, readonly string[]>,
): Promise<void> {
  for (const [item, serials] of signed) {
    const known = await ctx.tx.lookup((tx) => knownAnywhere(tx, item, serials));
    const taken = known.filter((one) => !(one.state === "shipped" && one.shipment_id === row.id));
    if (taken.length > 0)
      ctx.fail("equipment/serial-known", {
        serials: taken.slice(0, 20).map((one) => one.serial_no),
        field: "lines",
        ...held(row),
      });
  }
}

const inOrder = (a: ItemRow, b: ItemRow) =>
  a.item === b.item ? (a.serial_no < b.serial_no ? -1 : 1) : a.item < b.item ? -1 : 1;

async function write(ctx: Ctx, one: Signed): Promise<Answer> {
  const { row, home, input } = one;
  const after = signedRow(one);
  const remarks = remarksOf(ctx, input, home);
  const items = itemsOf(ctx, one, await itemsOfShipment(ctx.tx, row.id)).sort(inOrder);
  const entryIds = one.taken.map(() => ctx.newId());
  const lines = [...one.signed].map(([item, serials]) => ({ item, serials }));
  if (row.signed_pieces > 0)
    await makeGood(
      ctx as Context,
      { id: row.id, deliveryId: one.id },
      lines.map(({ item, serials }) => ({ item, quantity: serials.length })),
      one.on,
    );
  postPieces(ctx, one, after, items, entryIds);
  const delivery = {
    home_code: row.home_code,
    id: one.id,
    division_code: row.division_code,
    shipment_id: row.id,
    care_home_id: row.care_home_id,
    delivered_at: one.at,
    recorded_at: ctx.now,
    actor_id: ctx.actor.accountId,
    actor_name: ctx.actor.displayName,
    device_id: ctx.device,
    signers: input.signers.map((signer) => ({
      name: signer.name,
      ...(signer.post ? { post: signer.post } : {}),
      ...(signer.signatureId ? { signatureId: signer.signatureId } : {}),
    })),
    lines,
    photo_ids: input.photoIds,
    remarks,
    note: input.note ?? null,
    entry_ids: entryIds,
    decision_id: one.decisionId,
  };
  ctx.later((tx) => insertDelivery(tx, delivery, input.place));
  const quantity = [...one.signed.values()].flat().length;
  recordEvents(ctx as Context, [
    eventOf(one, {
      subject: row.id,
      event: "delivered",
      quantity,
      serials: [...one.signed.values()].flat(),
      photoIds: input.photoIds,
      place: input.place ?? null,
      facts: { signers: input.signers.length, remarks },
      entryId: entryIds[0] ?? null,
    }),
    ...items.map((item) =>
      eventOf(one, {
        subject: item.id,
        event: "delivered",
        quantity: 1,
        serials: [item.serial_no],
        photoIds: input.photoIds,
        place: input.place ?? null,
        facts: { state: item.state },
      }),
    ),
  ]);
  const office = (await authorityOf(ctx.tx, row.home_code)).name;
  const at = { home: row.home_code, division: row.division_code, careHomeId: row.care_home_id, careHome: home.name };
  const discrepancyIds = openDiscrepancies(ctx as Context, at, office, await differences(ctx, one, after, items));
  fulfilDuty(ctx as Context, confirmDuty, row.home_code, row.id);
  ctx.journal("equipment-delivered", homeSubject(home), {
    shipment: row.id,
    delivery: one.id,
    quantity,
    state: after.state,
    offline: ctx.device !== null,
  });
  return {
    id: one.id,
    state: after.state,
    signed: lines.map((line) => ({ item: line.item, quantity: line.serials.length })),
    short: shortOf(after.lines),
    discrepancyIds,
    items: items.map((item) => ({ id: item.id, item: item.item, serial: item.serial_no })),
    remarks,
    decisionId: one.decisionId,
  };
}

export const signHandlers = [handle(signDelivery)((input, ctx) => sign(ctx, input))];
