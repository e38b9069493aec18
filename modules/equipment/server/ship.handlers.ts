import type { z } from "zod";
import { authorityOf } from "../../../kernel/document/issue.ts";
import { cancelDuty, openDuties } from "../../../kernel/duty/duty.ts";
import {
  type AccountRow,
  accountsOf,
  openAccounts,
  type Transfer,
  takeBack,
  transferAll,
} from "../../../kernel/ledger/index.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { recallShipment, ship } from "../delivery.contract.ts";
import { confirmDuty } from "../equipment.duties.ts";
import { type ItemKind, itemKinds } from "../equipment.shapes.ts";
import { repeatedSerials, serialKey } from "../serial.rules.ts";
import { homeAccount, officeAccount, piecesOf, receivedAccount } from "./accounts.ts";
import {
  type ItemRow,
  insertShipments,
  knownAnywhere,
  loadShipment,
  type ShipmentRow,
  type ShippedLine,
  stopShipment,
  unshipItems,
  upsertItems,
} from "./delivery.store.ts";
import { type NewEvent, recordEvents } from "./events.store.ts";
import { homeSubject } from "./homes.handlers.ts";
import { type HomeRow, loadHomes } from "./homes.store.ts";
import {
  type AllocationRow,
  loadPlan,
  lockAllocations,
  type PlanRow,
  serialsIn,
  shipAllocations,
  unshipAllocations,
} from "./plan.store.ts";

type ShipInput = z.output<typeof ship.input>;
type Ctx = Context<keyof typeof ship.refusals>;

/** What is asked for of one item for one home, spread over the allocations it has. */
interface Portion {
  readonly home: HomeRow;
  readonly allocation: AllocationRow;
  readonly quantity: number;
  serials: string[];
}

/** Spreads what is asked for over what is allocated; without lines everything that is left goes. */
function portionsOf(
  ctx: Ctx,
  one: ShipInput["homes"][number],
  home: HomeRow,
  rows: readonly AllocationRow[],
): Portion[] {
  const own = rows.filter((row) => row.care_home_id === one.careHomeId);
  if (own.length === 0) return ctx.fail("equipment/nothing-allocated", { name: home.name, home: home.id });
  const wanted: readonly { item: ItemKind; quantity?: number | undefined; serials?: readonly string[] | undefined }[] =
    one.lines ?? itemKinds.filter((item) => own.some((row) => row.item === item)).map((item) => ({ item }));
  return wanted.flatMap((line) => {
    const mine = own.filter((row) => row.item === line.item);
    if (mine.length === 0) return ctx.fail("equipment/nothing-allocated", { name: home.name, item: line.item });
    const left = mine.reduce((sum, row) => sum + row.quantity - row.shipped, 0);
    const serials = (line.serials ?? []).map(serialKey);
    const quantity = line.quantity ?? (serials.length > 0 ? serials.length : left);
    if (serials.length > 0 && serials.length !== quantity)
      return ctx.fail("equipment/serials-count", {
        item: line.item,
        asked: quantity,
        named: serials.length,
        field: "serials",
      });
    if (quantity > left)
      return ctx.fail("equipment/more-than-allocated", { item: line.item, asked: quantity, left, field: "quantity" });
    const portions: Portion[] = [];
    let rest = quantity;
    let used = 0;
    for (const allocation of mine) {
      const part = Math.min(rest, allocation.quantity - allocation.shipped);
      if (part <= 0) continue;
      rest -= part;
      portions.push({
        home,
        allocation,
        quantity: part,
        serials: serials.slice(used, used + (serials.length > 0 ? part : 0)),
      });
      used += part;
    }
    return portions;
  });
}

/** Numbers of tracked stock as the ledger spells them; the first in order where none is named. */
async function nameSerials(
  ctx: Ctx,
  portions: readonly Portion[],
  accounts: ReadonlyMap<string, AccountRow>,
): Promise<void> {
  const byAccount = new Map<string, Portion[]>();
  for (const one of portions) {
    const id = one.allocation.account_id ?? "";
    if (accounts.get(id)?.tracked) byAccount.set(id, [...(byAccount.get(id) ?? []), one]);
  }
  for (const [id, some] of byAccount) {
    const held = await serialsIn(ctx.tx, accounts.get(id) as AccountRow, 100_000);
    const spelled = new Map(held.map((serial) => [serialKey(serial), serial]));
    for (const one of some) {
      const missing = one.serials.filter((serial) => !spelled.has(serial));
      if (missing.length > 0) throw new Refusal("ledger/serial-elsewhere", 409, { serials: missing });
      one.serials = one.serials.map((serial) => spelled.get(serial) as string);
      for (const serial of one.serials) spelled.delete(serialKey(serial));
    }
    for (const one of some)
      if (one.serials.length === 0)
        for (const [key, serial] of [...spelled].slice(0, one.quantity)) {
          one.serials.push(serial);
          spelled.delete(key);
        }
  }
}

async function checkSerials(ctx: Ctx, portions: readonly Portion[]): Promise<void> {
  for (const item of itemKinds) {
    const serials = portions.filter((one) => one.allocation.item === item).flatMap((one) => one.serials);
    const twice = repeatedSerials(serials);
    if (twice.length > 0)
      return ctx.fail("equipment/serial-repeated", { serials: twice.slice(0, 20), field: "serials" });
    const known = await ctx.tx.lookup((tx) => knownAnywhere(tx, item, serials.map(serialKey)));
    if (known.length > 0)
      return ctx.fail("equipment/serial-known", {
        serials: known.slice(0, 20).map((one) => one.serial_no),
        field: "serials",
      });
  }
}

const run = handle(ship)(async (input, given) => {
  const ctx = given as Ctx;
  const plan = await loadPlan(ctx.tx, input.planId);
  if (!plan) return ctx.fail("equipment/unknown-plan", { plan: input.planId });
  if (plan.home_code !== ctx.actor.home)
    return ctx.fail("equipment/not-your-register", { division: plan.division_code });
  const on = input.shippedOn ?? ctx.today;
  if (on > ctx.today) return ctx.fail("equipment/in-the-future", { on, today: ctx.today, field: "shippedOn" });
  if (input.dueOn < on)
    return ctx.fail("equipment/due-before-shipped", { due: input.dueOn, shipped: on, field: "dueOn" });
  const ids = input.homes.map((one) => one.careHomeId);
  const twice = ids.find((one, at) => ids.indexOf(one) !== at);
  if (twice) return ctx.fail("equipment/home-repeated", { id: twice, field: "homes" });
  const homes = new Map((await loadHomes(ctx.tx, ids)).map((row) => [row.id, row]));
  const rows = await lockAllocations(ctx.tx, plan.home_code, plan.id, ids);
  const portions = input.homes.flatMap((one) => {
    const home = homes.get(one.careHomeId);
    if (!home) return ctx.fail("equipment/unknown-home", { id: one.careHomeId, field: "homes" });
    if (home.state === "closed") return ctx.fail("equipment/home-closed", { name: home.name, field: "homes" });
    return portionsOf(ctx, one, home, rows);
  });
  const accounts = await accountsOf(
    ctx.tx,
    portions.map((one) => one.allocation.account_id ?? ""),
  );
  await nameSerials(ctx, portions, accounts);
  await checkSerials(ctx, portions);
  const shipments = await send(ctx, plan, input, on, portions, accounts);
  for (const { row, home } of shipments)
    ctx.journal("equipment-shipped", homeSubject(home), {
      shipment: row.id,
      plan: plan.id,
      pieces: row.pieces,
      shippedOn: on,
    });
  return {
    shipments: shipments.map(({ row }) => ({
      id: row.id,
      careHomeId: row.care_home_id,
      lines: row.lines.map(({ item, quantity }) => ({ item, quantity })),
      entryIds: [...new Set(row.lines.flatMap((line) => [line.out, line.in]))],
    })),
  };
});

/** Posts both sides of every portion and writes the shipments into the counties' registers. */
async function send(
  ctx: Ctx,
  plan: PlanRow,
  input: ShipInput,
  on: string,
  portions: readonly Portion[],
  accounts: ReadonlyMap<string, AccountRow>,
): Promise<{ readonly row: ShipmentRow; readonly home: HomeRow }[]> {
  const giver = (await authorityOf(ctx.tx, plan.home_code)).name;
  const from = portions.map((one) => accounts.get(one.allocation.account_id ?? "") as AccountRow);
  const sent = await openAccounts(
    ctx,
    from.map((account) => officeAccount(account, "sent", account.opened_on)),
  );
  const shipmentIds = new Map(portions.map((one) => [one.home.id, ""]));
  for (const id of shipmentIds.keys()) shipmentIds.set(id, ctx.newId());
  const posted = await transferAll(
    ctx,
    portions.map((one, at): Transfer => {
      const account = from[at] as AccountRow;
      const place = {
        home: one.home.home_code,
        division: one.home.division_code,
        id: one.home.id,
        name: one.home.name,
      };
      return {
        on,
        cause: "equipment.shipped",
        subject: shipmentIds.get(one.home.id) as string,
        amount: one.quantity,
        ...(one.serials.length > 0 ? { serials: one.serials } : {}),
        from: account,
        sent: sent[at] as AccountRow,
        received: receivedAccount(place, giver, piecesOf(account)),
        to: homeAccount(place, "transit", piecesOf(account)),
      };
    }),
  );
  await shipAllocations(
    ctx.tx,
    plan.home_code,
    portions.map((one) => ({ id: one.allocation.id, quantity: one.quantity })),
  );
  const lines = portions.map(
    (one, at): ShippedLine => ({
      item: one.allocation.item,
      ...piecesOf(from[at] as AccountRow),
      quantity: one.quantity,
      signed: 0,
      serials: one.serials,
      allocationId: one.allocation.id,
      out: posted[at]?.out as string,
      in: posted[at]?.in as string,
    }),
  );
  const out = [...shipmentIds].map(([careHomeId, id]) => {
    const home = portions.find((one) => one.home.id === careHomeId)?.home as HomeRow;
    const own = lines.filter((_, at) => portions[at]?.home.id === careHomeId);
    const row: ShipmentRow = {
      home_code: home.home_code,
      id,
      division_code: home.division_code,
      organisation_id: null,
      care_home_id: home.id,
      care_home_name: home.name,
      plan_id: plan.id,
      giver_home: plan.home_code,
      giver_division: plan.division_code,
      giver_name: giver,
      lines: own,
      carrier: input.carrier ?? null,
      waybill: input.waybill ?? null,
      note: input.note ?? null,
      shipped_on: on,
      due_on: input.dueOn,
      state: "shipped",
      pieces: own.reduce((sum, line) => sum + line.quantity, 0),
      signed_pieces: 0,
      delivered_on: null,
      days: null,
      recalled_on: null,
      recall_reason: null,
    };
    return { row, home };
  });
  const shipments = out.map((one) => one.row);
  ctx.later(async (tx) => {
    await insertShipments(tx, shipments, ctx.now);
    const items = shipments.flatMap((row) => itemsOf(ctx, row));
    if (items.length === 0) return;
    const written = await upsertItems(tx, items);
    const known = items.filter((one) => !written.has(one.serial_no)).map((one) => one.serial_no);
    if (known.length > 0) throw new Refusal("equipment/serial-known", 409, { serials: known.slice(0, 20) });
  });
  openDuties(
    ctx,
    shipments.map((row) => ({
      kind: confirmDuty,
      home: row.home_code,
      division: row.division_code,
      subject: row.id,
      label: row.care_home_name,
      link: `/equipment/shipments/${row.id}`,
      due: row.due_on,
    })),
  );
  recordEvents(
    ctx,
    shipments.map((row) => shippedEvent(row, "shipped", input.note ?? null)),
  );
  return out;
}

/** Pieces whose numbers are known when they are sent. */
function itemsOf(ctx: Context, row: ShipmentRow): ItemRow[] {
  return row.lines.flatMap((line) =>
    line.serials.map((serial) => ({
      home_code: row.home_code,
      id: ctx.newId(),
      division_code: row.division_code,
      organisation_id: null,
      care_home_id: row.care_home_id,
      item: line.item,
      item_name: line.assetName,
      serial_no: serialKey(serial),
      state: "shipped" as const,
      shipment_id: row.id,
      account_id: null,
      delivered_on: null,
      verified_on: null,
      version: 1,
    })),
  );
}

const shippedEvent = (row: ShipmentRow, event: "shipped" | "recalled" | "returned", note: string | null): NewEvent => ({
  home: row.home_code,
  division: row.division_code,
  careHomeId: row.care_home_id,
  subject: row.id,
  event,
  quantity: row.pieces,
  serials: row.lines.flatMap((line) => line.serials),
  note,
  facts: { from: row.giver_name, lines: row.lines.map(({ item, quantity }) => ({ item, quantity })) },
  entryId: row.lines[0]?.in ?? null,
});

const recall = handle(recallShipment)(async (input, ctx) => {
  const row = await loadShipment(ctx.tx, input.id);
  if (!row) return ctx.fail("equipment/unknown-shipment", { id: input.id });
  if (![row.giver_home, row.home_code].includes(ctx.actor.home))
    return ctx.fail("equipment/not-your-register", { division: row.division_code });
  if (row.state === "recalled" || row.state === "returned") return ctx.fail("equipment/already-recalled", {});
  if (row.state !== "shipped") return ctx.fail("equipment/already-signed", { on: row.delivered_on });
  const state = row.giver_home === ctx.actor.home ? "recalled" : "returned";
  ctx.later(async (tx) => {
    // Decided by the row itself: of a recall and a signature at the same moment one comes too late.
    const stopped = await stopShipment(tx, row.home_code, row.id, { state, on: ctx.today, reason: input.reason });
    if (stopped !== 1) throw new Refusal("equipment/already-signed", 409, {});
    await unshipItems(tx, row.home_code, row.id);
    await unshipAllocations(
      tx,
      row.giver_home,
      row.lines.map((line) => ({ id: line.allocationId, quantity: line.quantity })),
    );
  });
  takeBack(
    ctx as Context,
    row.lines.map((line) => ({ out: line.out, in: line.in })),
    { on: ctx.today, cause: `equipment.${state}`, evidence: { reason: input.reason, shipment: row.id } },
  );
  cancelDuty(ctx as Context, confirmDuty, row.home_code, row.id, state);
  recordEvents(ctx as Context, [shippedEvent(row, state, input.reason)]);
  ctx.journal(
    state === "recalled" ? "equipment-shipment-recalled" : "equipment-shipment-returned",
    { kind: "care_home", id: row.care_home_id, home: row.home_code, division: row.division_code },
    { shipment: row.id, pieces: row.pieces, reason: input.reason },
  );
  return { id: row.id, state };
});

export const shipHandlers = [run, recall];
