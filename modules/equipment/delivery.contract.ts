import { z } from "zod";
import { correctionRefusals, postingRefusals } from "../../kernel/ledger/refusals.ts";
import { defineCommand, defineQuery } from "../../kernel/operation/define.ts";
import { date, division, id, instant, optionalText, page, text } from "../../kernel/operation/shapes.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";
import {
  discrepancyKind,
  discrepancyState,
  field,
  itemKind,
  itemState,
  place,
  quantityLine,
  readers,
  remark,
  serial,
  shipmentState,
  signer,
} from "./equipment.shapes.ts";
import { itemLine, timelineLine } from "./homes.contract.ts";

const house = [cite(law.houseRules, "equipment")];

/**
 * Ships what a plan allocated (发运): one shipment per home. Without lines everything still allocated to the home goes; the
 * numbers of the pieces are named where they are known. Lives in the register of the home's county from then on.
 */
export const ship = defineCommand("equipment.ship", {
  who: ["officer"],
  input: z.object({
    planId: id,
    homes: z
      .array(
        z.object({
          careHomeId: id,
          lines: z
            .array(
              z.object({
                item: itemKind,
                quantity: z.int().min(1).max(10_000).optional(),
                serials: z.array(serial).max(2_000).optional(),
              }),
            )
            .min(1)
            .max(2)
            .optional(),
        }),
      )
      .min(1)
      .max(200),
    shippedOn: date.optional(),
    /** Until when it is to be signed for. */
    dueOn: date,
    carrier: optionalText(100),
    waybill: optionalText(100),
    note: optionalText(500),
  }),
  output: z.object({
    shipments: z.array(z.object({ id, careHomeId: id, lines: z.array(quantityLine), entryIds: z.array(id) })),
  }),
  refusals: {
    ...postingRefusals,
    "equipment/unknown-plan": 404,
    "equipment/not-your-register": 403,
    "equipment/unknown-home": 404,
    "equipment/home-closed": 409,
    "equipment/home-repeated": 422,
    "equipment/nothing-allocated": 409,
    "equipment/more-than-allocated": 409,
    "equipment/serials-count": 422,
    "equipment/serial-repeated": 422,
    "equipment/serial-known": 409,
    "equipment/in-the-future": 422,
    "equipment/due-before-shipped": 422,
  },
  law: house,
});

/**
 * Stops a shipment that is not signed for (撤回发运、退回): the office that sent it recalls it, the county sends it back. The
 * ledger takes both sides back; the pieces are allocated to the home again.
 */
export const recallShipment = defineCommand("equipment.recall-shipment", {
  who: ["officer"],
  input: z.object({ id, reason: text(300) }),
  output: z.object({ id, state: shipmentState }),
  refusals: {
    ...correctionRefusals,
    "equipment/unknown-shipment": 404,
    "equipment/not-your-register": 403,
    "equipment/already-signed": 409,
    "equipment/already-recalled": 409,
  },
});

/**
 * Signs for a delivery (签收), on the spot without network or at a desk: the numbers of the pieces as scanned, two different
 * people, photos, place and time. Fewer pieces than were sent become a discrepancy with an owner and a due date; what is
 * missing can be signed for later. More than was sent, or another number, is refused.
 */
export const signDelivery = defineCommand("equipment.sign-delivery", {
  who: field,
  offline: true,
  input: z.object({
    id: id.optional(),
    shipmentId: id,
    lines: z.array(z.object({ item: itemKind, serials: z.array(serial).max(2_000) })).max(2),
    signers: z.array(signer).min(1).max(6),
    /** Pieces that came damaged, among those signed for. */
    damaged: z
      .array(z.object({ serial, note: optionalText(300) }))
      .max(200)
      .default([]),
    photoIds: z.array(id).max(12).default([]),
    place: place.optional(),
    /** Only where a delivery is written up afterwards at a desk; a phone states the instant of the act itself. */
    at: instant.optional(),
    note: optionalText(1000),
  }),
  output: z.object({
    id,
    state: shipmentState,
    signed: z.array(quantityLine),
    short: z.array(quantityLine),
    discrepancyIds: z.array(id),
    items: z.array(z.object({ id, item: itemKind, serial: z.string() })),
    remarks: z.array(remark),
    decisionId: id,
  }),
  refusals: {
    ...postingRefusals,
    "equipment/unknown-shipment": 404,
    "equipment/not-your-home": 403,
    "equipment/recalled": 409,
    "equipment/already-signed": 409,
    "equipment/two-signers": 422,
    "equipment/nothing-signed": 422,
    "equipment/more-than-shipped": 409,
    "equipment/not-shipped": 409,
    "equipment/serial-repeated": 422,
    "equipment/serial-known": 409,
    "equipment/serial-not-shipped": 409,
    "equipment/damaged-not-signed": 422,
    "equipment/in-the-future": 422,
    "equipment/before-shipped": 422,
    "equipment/unknown-file": 422,
    "equipment/item-state": 409,
  },
  law: house,
  privateFields: ["signers", "note"],
});

export const shipmentLine = z.object({
  id,
  careHomeId: id,
  careHome: z.string(),
  division: z.string(),
  divisionName: z.string(),
  planId: id.nullable(),
  /** The office it comes from. */
  from: z.string(),
  fromDivision: z.string(),
  state: shipmentState,
  shippedOn: date,
  dueOn: date,
  deliveredOn: date.nullable(),
  late: z.boolean(),
  /** Days from shipping to the signature. */
  days: z.int().nullable(),
  lines: z.array(
    z.object({
      item: itemKind,
      name: z.string(),
      quantity: z.int(),
      signed: z.int(),
      /** Known when it was sent; empty where numbers are first read at the home. */
      serials: z.array(z.string()),
    }),
  ),
});
export type ShipmentLine = z.infer<typeof shipmentLine>;

/** Shipments to homes of one's divisions (发运), newest first. */
export const listShipments = defineQuery("equipment.list-shipments", {
  who: readers,
  input: z.object({
    division: division.optional(),
    careHomeId: id.optional(),
    planId: id.optional(),
    state: z.union([shipmentState, z.array(shipmentState).max(5)]).optional(),
    late: z.enum(["yes", "no"]).optional(),
    ...page,
  }),
  output: z.object({ shipments: z.array(shipmentLine), next: z.string().nullable() }),
});

/** One shipment (发运单): what went, who signed, photos, where and when, what differs. */
export const getShipment = defineQuery("equipment.get-shipment", {
  who: readers,
  input: z.object({ id }),
  output: shipmentLine.extend({
    carrier: z.string().nullable(),
    waybill: z.string().nullable(),
    note: z.string().nullable(),
    recalledOn: date.nullable(),
    recallReason: z.string().nullable(),
    entryIds: z.array(id),
    deliveries: z.array(
      z.object({
        id,
        at: instant,
        recordedAt: instant,
        by: z.string(),
        offline: z.boolean(),
        signers: z.array(signer),
        lines: z.array(z.object({ item: itemKind, serials: z.array(z.string()) })),
        photoIds: z.array(id),
        place: place.nullable(),
        remarks: z.array(remark),
        note: z.string().nullable(),
        entryIds: z.array(id),
      }),
    ),
    discrepancies: z.array(
      z.object({
        id,
        kind: discrepancyKind,
        item: itemKind.nullable(),
        quantity: z.int(),
        state: discrepancyState,
        dueOn: date,
      }),
    ),
    items: z.array(itemLine),
  }),
  refusals: { "equipment/unknown-shipment": 404 },
});

/**
 * Something happens to a piece (物品事件): put in use, a fault, a repair, scrapped. What the state does not allow is refused:
 * a scrapped piece is never in use again. Scrapping takes it off the home's account.
 */
export const recordItemEvent = defineCommand("equipment.record-item-event", {
  who: field,
  offline: true,
  input: z.object({
    id: id.optional(),
    itemId: id,
    event: z.enum(["use", "fault", "repair", "scrap"]),
    note: optionalText(500),
    photoIds: z.array(id).max(12).default([]),
    place: place.optional(),
  }),
  output: z.object({ id, itemId: id, state: itemState, entryId: id.nullable() }),
  refusals: {
    ...postingRefusals,
    "equipment/unknown-item": 404,
    "equipment/not-your-home": 403,
    "equipment/item-state": 409,
    "equipment/scrap-by-officer": 403,
    "equipment/note-missing": 422,
    "equipment/unknown-file": 422,
  },
  law: house,
});

/** Pieces by number or by home and state (单件台账). */
export const listItems = defineQuery("equipment.list-items", {
  who: readers,
  input: z.object({
    division: division.optional(),
    careHomeId: id.optional(),
    serial: z.string().trim().max(60).optional(),
    item: itemKind.optional(),
    state: itemState.optional(),
    ...page,
  }),
  output: z.object({
    items: z.array(itemLine.extend({ careHome: z.string(), division: z.string() })),
    next: z.string().nullable(),
  }),
});

/** One piece (单件档案): every event from the shipment on, newest first. */
export const getItem = defineQuery("equipment.get-item", {
  who: readers,
  input: z.object({ id }),
  output: itemLine.extend({ careHome: z.string(), division: z.string(), timeline: z.array(timelineLine) }),
  refusals: { "equipment/unknown-item": 404 },
});
