import { defineCollection } from "../../../kernel/publication/define.ts";
import type { Publish } from "../../../kernel/publication/publication.ts";
import type { DonationRow, UseRow } from "./donations.store.ts";

/** Gifts whose donors agreed to be named (捐赠公示): name, amount, use; never a contact (appendix C). */
export const donationCollection = defineCollection({
  id: "donations.donation",
  searchable: false,
  fields: [
    { field: "donor", type: "text" },
    { field: "kind", type: "code" },
    { field: "on", type: "date" },
    { field: "amountFen", type: "fen" },
    { field: "item", type: "text" },
    { field: "quantity", type: "integer" },
    { field: "unit", type: "text" },
    { field: "valueFen", type: "fen" },
    { field: "purpose", type: "text" },
    { field: "recipient", type: "text" },
    { field: "state", type: "code" },
  ],
});

/** What gifts were used for (捐赠使用公示). */
export const usesCollection = defineCollection({
  id: "donations.use",
  searchable: false,
  fields: [
    { field: "owner", type: "text" },
    { field: "kind", type: "code" },
    { field: "on", type: "date" },
    { field: "amountFen", type: "fen" },
    { field: "item", type: "text" },
    { field: "quantity", type: "integer" },
    { field: "unit", type: "text" },
    { field: "purpose", type: "text" },
    { field: "recipient", type: "text" },
    { field: "description", type: "text" },
    { field: "state", type: "code" },
  ],
});

/** Totals of a division and year (捐赠收支公开): frozen when published; cash and goods each for itself. */
export const totalsCollection = defineCollection({
  id: "donations.totals",
  searchable: false,
  fields: [
    { field: "year", type: "integer" },
    { field: "donations", type: "integer" },
    { field: "cashFen", type: "fen" },
    { field: "goodsValueFen", type: "fen" },
    { field: "goodsLines", type: "integer" },
    { field: "goodsWithoutValue", type: "integer" },
    { field: "usedCashFen", type: "fen" },
    { field: "usedGoodsLines", type: "integer" },
    { field: "asOf", type: "date" },
  ],
});

/** Gifts put to another use (捐赠用途变更公示), Charity Law 56 and 58. */
export const changeCollection = defineCollection({
  id: "donations.purpose-change",
  searchable: false,
  fields: [
    { field: "from", type: "text" },
    { field: "to", type: "text" },
    { field: "amountFen", type: "fen" },
    { field: "basis", type: "code" },
    { field: "on", type: "date" },
    { field: "owner", type: "text" },
  ],
});

/** Who took part in an emergency (应急捐赠参与数据): money, goods, organisations; frozen when published. */
export const eventsCollection = defineCollection({
  id: "donations.event",
  searchable: false,
  fields: [
    { field: "event", type: "text" },
    { field: "donations", type: "integer" },
    { field: "cashFen", type: "fen" },
    { field: "goodsValueFen", type: "fen" },
    { field: "goodsLines", type: "integer" },
    { field: "goodsWithoutValue", type: "integer" },
    { field: "recipients", type: "integer" },
    { field: "donorBodies", type: "integer" },
    { field: "usedCashFen", type: "fen" },
    { field: "usedGoodsLines", type: "integer" },
    { field: "asOf", type: "date" },
  ],
});

export const collections = [
  donationCollection,
  usesCollection,
  totalsCollection,
  eventsCollection,
  changeCollection,
] as const;

export function donationItem(row: DonationRow): Publish {
  return {
    collection: donationCollection,
    key: row.id,
    subject: row.organisation_id,
    division: row.division_code,
    title: row.donor_name ?? row.recipient_name,
    sortKey: `${row.donated_on} ${row.id}`,
    body: {
      donor: row.donor_name,
      kind: row.kind,
      on: row.donated_on,
      amountFen: row.amount_fen,
      item: row.item,
      quantity: row.quantity,
      unit: row.unit,
      valueFen: row.value_fen,
      purpose: row.purpose,
      recipient: row.recipient_name,
      state: row.state,
    },
  };
}

export function itemOfUse(row: UseRow): Publish {
  return {
    collection: usesCollection,
    key: row.id,
    subject: row.organisation_id,
    division: row.division_code,
    title: row.description.slice(0, 100),
    sortKey: `${row.used_on} ${row.id}`,
    body: {
      owner: row.owner_name,
      kind: row.kind,
      on: row.used_on,
      amountFen: row.amount_fen,
      item: row.item,
      quantity: row.quantity,
      unit: row.unit,
      purpose: row.purpose,
      recipient: row.recipient,
      description: row.description,
      state: row.state,
    },
  };
}
