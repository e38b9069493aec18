import { readCursor, writeCursor } from "../../../kernel/operation/cursor.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { getItem, getShipment, listItems, listShipments } from "../delivery.contract.ts";
import { getHome, listHomes } from "../homes.contract.ts";
import { getPlan, listPlans } from "../plan.contract.ts";
import { serialKey } from "../serial.rules.ts";
import {
  deliveriesOf,
  discrepanciesOfShipment,
  type ItemRow,
  itemPage,
  itemsOfHome,
  itemsOfShipment,
  loadItem,
  loadShipment,
  shipmentPage,
} from "./delivery.store.ts";
import { eventLine, eventsOf, eventsOfHome } from "./events.store.ts";
import { aroundHome, countHomes, homePage } from "./homes.queries.ts";
import { divisionNames, loadHome, loadHomes } from "./homes.store.ts";
import { homeLine, itemLine, shipmentLine } from "./lines.ts";
import { allocationLine, batchesOf } from "./plan.handlers.ts";
import { allocationPage, loadPlan, type PlanRow, planPage, plansNaming, plansServing } from "./plan.store.ts";

const homes = handle(listHomes)(async (input, ctx) => {
  const after = readCursor(input.after, ["text", "text", "id"]);
  const rows = await homePage(ctx.tx, input, after, input.limit + 1);
  const shown = rows.slice(0, input.limit);
  const names = await divisionNames(
    ctx.tx,
    shown.map((row) => row.division_code),
  );
  const last = shown.at(-1);
  return {
    homes: shown.map((row) => homeLine(row, names)),
    total: input.after === undefined ? await countHomes(ctx.tx, input) : null,
    next: last && rows.length > input.limit ? writeCursor([last.division_code, last.name, last.id]) : null,
  };
});

const home = handle(getHome)(async (input, ctx) => {
  const row = await loadHome(ctx.tx, input.id);
  if (!row) return ctx.fail("equipment/unknown-home", { id: input.id });
  const names = await divisionNames(ctx.tx, [row.division_code]);
  const { allocations, trainings, checks, discrepancies } = await aroundHome(ctx.tx, row.id);
  const shipments = await shipmentPage(ctx.tx, { careHomeId: row.id, today: ctx.today }, undefined, 200);
  return {
    ...homeLine(row, names),
    beds: row.beds,
    floodSeverity: row.flood_severity,
    director: row.director,
    contact: row.contact_masked,
    latitude: row.latitude,
    longitude: row.longitude,
    servedBatch: row.served_batch,
    version: row.version,
    decisionId: row.decision_id,
    items: (await itemsOfHome(ctx.tx, row.id)).map(itemLine),
    allocations: allocations.map((one) => ({
      id: one.id,
      planId: one.plan_id,
      item: one.item as ItemRow["item"],
      quantity: one.quantity,
      state: one.state as "allocated",
      rank: one.rank,
    })),
    shipments: shipments.map((one) => ({
      id: one.id,
      state: one.state,
      shippedOn: one.shipped_on,
      dueOn: one.due_on,
      deliveredOn: one.delivered_on,
    })),
    trainings: trainings.map((one) => ({
      id: one.id,
      on: one.trained_on,
      topic: one.topic,
      people: one.people,
      trainer: one.trainer,
      photoIds: [...one.photo_ids],
    })),
    checks: checks.map((one) => ({
      id: one.id,
      kind: one.kind,
      item: one.item as ItemRow["item"],
      result: one.result,
      seen: one.seen,
      on: one.checked_on,
      note: one.note,
      photoIds: [...one.photo_ids],
    })),
    discrepancies: discrepancies.map((one) => ({
      id: one.id,
      kind: one.kind as "short",
      item: one.item as ItemRow["item"] | null,
      quantity: one.quantity,
      state: one.state as "open",
      owner: one.owner_name,
      dueOn: one.due_on,
      late: one.due_on < ctx.today && (one.state === "open" || one.state === "measured"),
    })),
    timeline: (await eventsOfHome(ctx.tx, row.id)).map(eventLine),
  };
});

const planLine = (row: Omit<PlanRow, "home_code" | "organisation_id" | "decision_id">) => ({
  id: row.id,
  name: row.name,
  division: row.division_code,
  office: row.office_name,
  plannedOn: row.planned_on,
  homesRanked: row.homes_ranked,
  homesLeftOut: row.homes_left_out,
  items: row.items.map((one) => ({ ...one })),
});

const plans = handle(listPlans)(async (input, ctx) => {
  const [after] = readCursor(input.after, ["id"]) ?? [];
  const own = await planPage(ctx.tx, input.division, after, input.limit + 1);
  // A province sees every plan of its own; whoever is below it is served by plans of the offices above as well.
  const place = ctx.actor.division ?? ctx.actor.home;
  const above = place.length > 2 ? await plansNaming(ctx.tx, input.division ?? place, after, input.limit + 1) : [];
  const seen = new Set(own.map((row) => row.id));
  const more = await ctx.tx.lookup((tx) =>
    plansServing(
      tx,
      above.filter((id) => !seen.has(id)),
    ),
  );
  const rows = [...own, ...more].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, input.limit + 1);
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return { plans: shown.map(planLine), next: last && rows.length > input.limit ? writeCursor([last.id]) : null };
});

const plan = handle(getPlan)(async (input, ctx) => {
  const own = await loadPlan(ctx.tx, input.id);
  const after = readCursor(input.after, ["number", "text"]);
  const rows = await allocationPage(ctx.tx, input.id, input, after, input.limit + 1);
  // Of a plan of an office above, its head and the lines of one's own homes.
  const serves = own ?? (await allocationPage(ctx.tx, input.id, {}, undefined, 1)).length > 0;
  const head = own ?? (serves ? (await ctx.tx.lookup((tx) => plansServing(tx, [input.id])))[0] : undefined);
  if (!head) return ctx.fail("equipment/unknown-plan", { plan: input.id });
  const shown = rows.slice(0, input.limit);
  const batches = await batchesOf(ctx, shown);
  const last = shown.at(-1);
  return {
    ...planLine(head),
    decisionId: own?.decision_id ?? null,
    allocations: shown.map((row) => allocationLine(row, batches.get(row.care_home_id) ?? null)),
    next: last && rows.length > input.limit ? writeCursor([last.place, last.item]) : null,
  };
});

const shipments = handle(listShipments)(async (input, ctx) => {
  const after = readCursor(input.after, ["day", "id"]);
  const states = typeof input.state === "string" ? [input.state] : input.state;
  const rows = await shipmentPage(ctx.tx, { ...input, states, today: ctx.today }, after, input.limit + 1);
  const shown = rows.slice(0, input.limit);
  const names = await divisionNames(
    ctx.tx,
    shown.map((row) => row.division_code),
  );
  const last = shown.at(-1);
  return {
    shipments: shown.map((row) => shipmentLine(row, names, ctx.today)),
    next: last && rows.length > input.limit ? writeCursor([last.shipped_on, last.id]) : null,
  };
});

const shipment = handle(getShipment)(async (input, ctx) => {
  const row = await loadShipment(ctx.tx, input.id);
  if (!row) return ctx.fail("equipment/unknown-shipment", { id: input.id });
  const names = await divisionNames(ctx.tx, [row.division_code]);
  const deliveries = await deliveriesOf(ctx.tx, row.id);
  const discrepancies = await discrepanciesOfShipment(ctx.tx, row.id);
  return {
    ...shipmentLine(row, names, ctx.today),
    carrier: row.carrier,
    waybill: row.waybill,
    note: row.note,
    recalledOn: row.recalled_on,
    recallReason: row.recall_reason,
    entryIds: [...new Set(row.lines.flatMap((line) => [line.out, line.in]))],
    deliveries: deliveries.map((one) => ({
      id: one.id,
      at: one.delivered_at.toISOString(),
      recordedAt: one.recorded_at.toISOString(),
      by: one.actor_name,
      offline: one.device_id !== null,
      signers: one.signers.map((signer) => ({ ...signer })),
      lines: one.lines.map((line) => ({ item: line.item, serials: [...line.serials] })),
      photoIds: [...one.photo_ids],
      place:
        one.latitude === null || one.longitude === null
          ? null
          : { latitude: one.latitude, longitude: one.longitude, accuracy: one.accuracy ?? 0 },
      remarks: one.remarks.map((remark) => ({ code: remark.code, facts: { ...remark.facts } })),
      note: one.note,
      entryIds: [...one.entry_ids],
    })),
    discrepancies: discrepancies.map((one) => ({
      id: one.id,
      kind: one.kind as "short",
      item: one.item,
      quantity: one.quantity,
      state: one.state as "open",
      dueOn: one.due_on,
    })),
    items: (await itemsOfShipment(ctx.tx, row.id)).map(itemLine),
  };
});

const items = handle(listItems)(async (input, ctx) => {
  const [after] = readCursor(input.after, ["id"]) ?? [];
  const rows = await itemPage(
    ctx.tx,
    { ...input, serial: input.serial ? serialKey(input.serial) : undefined },
    after,
    input.limit + 1,
  );
  const shown = rows.slice(0, input.limit);
  const places = new Map(
    (
      await loadHomes(
        ctx.tx,
        shown.map((row) => row.care_home_id),
      )
    ).map((row) => [row.id, row.name]),
  );
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({
      ...itemLine(row),
      careHome: places.get(row.care_home_id) ?? "",
      division: row.division_code,
    })),
    next: last && rows.length > input.limit ? writeCursor([last.id]) : null,
  };
});

const item = handle(getItem)(async (input, ctx) => {
  const row = await loadItem(ctx.tx, input.id);
  if (!row) return ctx.fail("equipment/unknown-item", { id: input.id });
  const place = await loadHome(ctx.tx, row.care_home_id);
  return {
    ...itemLine(row),
    careHome: place?.name ?? "",
    division: row.division_code,
    timeline: (await eventsOf(ctx.tx, row.id)).map(eventLine),
  };
});

/** What is asked about homes, plans, shipments and pieces (设备查询). */
export const readHandlers = [homes, home, plans, plan, shipments, shipment, items, item];
