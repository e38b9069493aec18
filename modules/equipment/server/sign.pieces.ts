import type { z } from "zod";
import { daysBetween } from "../../../kernel/clock/date.ts";
import { type AccountRow, openAccounts, postAll } from "../../../kernel/ledger/index.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { decideRule } from "../../../kernel/rule/decide.ts";
import type { signDelivery } from "../delivery.contract.ts";
import { itemState } from "../equipment.rules.ts";
import { type ItemKind, itemKinds } from "../equipment.shapes.ts";
import { words } from "../equipment.words.ts";
import { serialKey } from "../serial.rules.ts";
import { homeAccount, piecesOfLine } from "./accounts.ts";
import {
  discrepanciesOfShipment,
  type ItemRow,
  type ShipmentRow,
  type ShippedLine,
  signShipment,
  upsertItems,
} from "./delivery.store.ts";
import type { NewDiscrepancy } from "./discrepancy.store.ts";
import type { NewEvent } from "./events.store.ts";
import type { HomeRow } from "./homes.store.ts";
import { summarise } from "./oversight.store.ts";
import { settleAllocations } from "./plan.store.ts";

export type Input = z.output<typeof signDelivery.input>;
export type Answer = z.output<typeof signDelivery.output>;
export type Ctx = Context<keyof typeof signDelivery.refusals>;

/** A line of a shipment with the numbers that are signed for now, as the ledger spells them. */
export interface Taken {
  readonly line: ShippedLine;
  readonly at: number;
  readonly serials: string[];
}

export const held = (row: ShipmentRow) => ({ holdAt: { home: row.home_code, division: row.division_code } });

const sum = (lines: readonly ShippedLine[], item: ItemKind, of: (line: ShippedLine) => number) =>
  lines.filter((line) => line.item === item).reduce((total, line) => total + of(line), 0);

export const shortOf = (lines: readonly ShippedLine[]): Answer["short"] =>
  itemKinds
    .map((item) => ({ item, quantity: sum(lines, item, (line) => line.quantity - line.signed) }))
    .filter((one) => one.quantity > 0);

/** The state an event leads to by the rule of states (物品状态流转); undefined when it cannot happen. */
export function stateAfter(
  ctx: Pick<Context, "today" | "house">,
  from: string,
  event: string,
): ItemRow["state"] | undefined {
  const { output } = decideRule(
    itemState,
    { from, event },
    {
      today: ctx.today,
      settings: (id, date) => ctx.house.settings.on(id, date, ctx.house.root),
      calendar: ctx.house.calendar(),
    },
  );
  return "to" in output ? (output.to as ItemRow["state"]) : undefined;
}

export interface Signed {
  readonly id: string;
  readonly at: Date;
  readonly on: string;
  readonly input: Input;
  readonly row: ShipmentRow;
  readonly home: HomeRow;
  readonly signed: ReadonlyMap<ItemKind, readonly string[]>;
  readonly taken: readonly Taken[];
  readonly damaged: ReadonlyMap<string, string>;
  readonly decisionId: string;
}

/** The shipment after the signature. */
export function signedRow({ row, taken, on }: Signed): ShipmentRow {
  const lines = row.lines.map((line, at) => {
    const now = taken.find((one) => one.at === at)?.serials.length ?? 0;
    return { ...line, signed: line.signed + now };
  });
  const left = shortOf(lines).length > 0;
  return {
    ...row,
    lines,
    state: left ? "discrepancy" : "delivered",
    signed_pieces: lines.reduce((total, line) => total + line.signed, 0),
    delivered_on: row.delivered_on ?? on,
    days: row.days ?? daysBetween(row.shipped_on, on),
  };
}

export function itemsOf(ctx: Ctx, one: Signed, known: readonly ItemRow[]): ItemRow[] {
  const trained = one.home.trained > 0;
  return one.taken.flatMap(({ line, serials }) =>
    serials.map((serial): ItemRow => {
      const key = serialKey(serial);
      const before = known.find((item) => item.item === line.item && item.serial_no === key);
      const event = one.damaged.has(key) ? "sign_short" : "sign_for";
      const arrived = stateAfter(ctx, before?.state ?? "shipped", event);
      if (!arrived)
        return ctx.fail("equipment/item-state", { serial: key, from: before?.state, event, ...held(one.row) });
      // Where somebody was trained before, a piece that comes later needs no second training.
      const state = trained && arrived === "delivered" ? (stateAfter(ctx, arrived, "train") ?? arrived) : arrived;
      return {
        home_code: one.row.home_code,
        id: before?.id ?? ctx.newId(),
        division_code: one.row.division_code,
        organisation_id: null,
        care_home_id: one.row.care_home_id,
        item: line.item,
        item_name: line.assetName,
        serial_no: key,
        state,
        shipment_id: one.row.id,
        account_id: null,
        delivered_on: one.on,
        verified_on: null,
        version: 1,
      };
    }),
  );
}

/** Posts the pieces from their way to the home; written with everything a signature changes, or not at all. */
export function postPieces(
  ctx: Ctx,
  one: Signed,
  after: ShipmentRow,
  items: readonly ItemRow[],
  entryIds: readonly string[],
): void {
  const { row, taken, home } = one;
  const place = { home: row.home_code, division: row.division_code, id: row.care_home_id, name: home.name };
  ctx.later(async (tx) => {
    const accounts = await openAccounts(
      ctx,
      taken.flatMap(({ line }) => [
        homeAccount(place, "transit", piecesOfLine(line)),
        homeAccount(place, "delivered", piecesOfLine(line)),
      ]),
      tx,
    );
    await postAll(
      ctx,
      taken.map(({ serials }, at) => ({
        id: entryIds[at] as string,
        on: one.on,
        cause: "equipment.delivered",
        subject: row.id,
        evidence: { delivery: one.id },
        lines: [
          { account: accounts[2 * at] as AccountRow, amount: -serials.length },
          { account: accounts[2 * at + 1] as AccountRow, amount: serials.length },
        ],
        serials,
      })),
      tx,
    );
    const accountOf = new Map(
      taken.flatMap(({ line, serials }, at) =>
        serials.map((serial) => [`${line.item} ${serialKey(serial)}`, accounts[2 * at + 1]?.id ?? null] as const),
      ),
    );
    const rows = items.map((item) => ({
      ...item,
      account_id: accountOf.get(`${item.item} ${item.serial_no}`) ?? null,
    }));
    const written = await upsertItems(tx, rows);
    const known = rows.filter((item) => !written.has(item.serial_no)).map((item) => item.serial_no);
    if (known.length > 0)
      throw new Refusal("equipment/serial-known", 409, { serials: known.slice(0, 20), ...held(row) });
    await signShipment(tx, after);
    await summarise(ctx, tx, { home: row.home_code, careHomeId: row.care_home_id });
    for (const state of ["delivered", "discrepancy"] as const) {
      const ids = after.lines
        .filter((line) => (line.signed === line.quantity) === (state === "delivered"))
        .map((line) => line.allocationId);
      if (ids.length > 0) await settleAllocations(tx, row.giver_home, ids, state);
    }
  });
}

export const eventOf = (one: Signed, more: Partial<NewEvent> & Pick<NewEvent, "subject" | "event">): NewEvent => ({
  home: one.row.home_code,
  division: one.row.division_code,
  careHomeId: one.row.care_home_id,
  at: one.at,
  ...more,
});

/** What a signature finds wrong: fewer pieces, once per shipment and item, and pieces that came damaged. */
export async function differences(
  ctx: Ctx,
  one: Signed,
  after: ShipmentRow,
  items: readonly ItemRow[],
): Promise<NewDiscrepancy[]> {
  const known = (await discrepanciesOfShipment(ctx.tx, one.row.id)).filter((row) => row.kind === "short");
  const short = shortOf(after.lines).filter(
    ({ item }) => !known.some((row) => row.item === item && row.state !== "closed"),
  );
  return [
    ...short.map((line) => ({
      kind: "short" as const,
      item: line.item,
      quantity: line.quantity,
      source: "delivery" as const,
      description: words.zh.shortDelivery(line),
      shipmentId: one.row.id,
      photoIds: one.input.photoIds,
    })),
    ...items
      .filter((item) => one.damaged.has(item.serial_no))
      .map((item) => ({
        kind: "damaged" as const,
        item: item.item,
        quantity: 1,
        source: "delivery" as const,
        description: words.zh.damagedDelivery({
          item: item.item,
          serial: item.serial_no,
          note: one.damaged.get(item.serial_no) ?? "",
        }),
        shipmentId: one.row.id,
        itemId: item.id,
        photoIds: one.input.photoIds,
      })),
  ];
}
