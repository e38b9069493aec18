import { randomBytes } from "node:crypto";
import { type AccountRow, openAccounts, postAll } from "../../../kernel/ledger/index.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { publish } from "../../../kernel/publication/publication.ts";
import { decide } from "../../../kernel/rule/store.ts";
import { sealFields } from "../../../kernel/vault/fields.ts";
import { inKind, receiptRule } from "../donations.rules.ts";
import { donationItem } from "./donations.publication.ts";
import { type DonationRow, insertDonations, receiveOnPledge } from "./donations.store.ts";
import { countOf, type Prepared, refuseFault } from "./prepare.ts";
import { accountsFor, type Recipient } from "./recipient.ts";

/** No sign that is mistaken for another when it is copied by hand. */
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

let chance = Buffer.alloc(0);
let drawn = 0;

/** The number by which a donor asks where the gift is (查询号): 12 signs of 31, too many to guess. */
function newReceipt(): string {
  let out = "";
  while (out.length < 12) {
    // Asking the system for chance costs more than using it: enough for hundreds of numbers at once.
    if (drawn >= chance.length) {
      chance = randomBytes(8_192);
      drawn = 0;
    }
    const byte = chance[drawn++] as number;
    if (byte < 248) out += ALPHABET[byte % 31];
  }
  return `${out.slice(0, 4)}-${out.slice(4, 8)}-${out.slice(8)}`;
}

/** A number however it was typed: spaces, hyphens, lower case and full width are forgiven. */
export function receiptOf(typed: string): string {
  const signs = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "");
  return `${signs.slice(0, 4)}-${signs.slice(4, 8)}-${signs.slice(8, 12)}`;
}

export interface Recorded {
  readonly row: DonationRow;
  readonly account: AccountRow;
}

/** Whose they are must be known and nothing wrong with them: the first fault is the refusal. */
export function soundOf(prepared: readonly Prepared[]): (Prepared & { readonly recipient: Recipient })[] {
  return prepared.map((one) => {
    const [fault] = one.faults;
    if (fault) refuseFault(fault);
    return one as Prepared & { readonly recipient: Recipient };
  });
}

/**
 * Records gifts that were understood (登记捐赠): accounts, entries and rows, a few statements for all of them. One by hand also
 * keeps its decisions and is journalled by itself; a sheet is journalled by the chunk.
 */
export async function recordAll(
  ctx: Context,
  prepared: readonly Prepared[],
  more: { readonly source?: string; readonly corrects?: string } = {},
): Promise<Recorded[]> {
  const sound = soundOf(prepared);
  const accounts = await accountsOfAll(ctx, sound);
  const ids = sound.map(() => ctx.newId());
  const posted = await postAll(
    ctx,
    sound.map((one, at) => ({
      on: one.on,
      cause: "donations.received",
      subject: ids[at] as string,
      evidence: one.input.agreement ? { agreement: one.input.agreement } : {},
      lines: [
        { account: accounts[at]?.source as AccountRow, amount: -one.amount },
        { account: accounts[at]?.fund as AccountRow, amount: one.amount },
      ],
      ...(one.input.serials ? { serials: one.input.serials } : {}),
    })),
  );
  const rows = sound.map((one, at) => rowOf(one, ids[at] as string, posted[at]?.entryId as string, more));
  await insertDonations(ctx.tx, rows, ctx.now);
  await countOnPledges(ctx, rows);
  publish(ctx, rows.filter((row) => row.publish_donor).map(donationItem));
  seal(ctx, sound, rows);
  if (rows.length === 1) alone(ctx, sound[0] as Prepared, rows[0] as DonationRow);
  return rows.map((row, at) => ({ row, account: accounts[at]?.fund as AccountRow }));
}

/** The two accounts of each gift; thousands of lines are of a few purposes, so each pair is looked for once. */
async function accountsOfAll(ctx: Context, sound: readonly (Prepared & { readonly recipient: Recipient })[]) {
  const nameOf = (one: Prepared & { readonly recipient: Recipient }) => {
    const { recipient, asset, purpose, input } = one;
    return JSON.stringify([
      recipient.organisation,
      asset.asset,
      purpose.text,
      purpose.restricted,
      !!input.serials?.length,
    ]);
  };
  const names = sound.map(nameOf);
  const first = new Map(names.map((name, at) => [name, sound[at] as (typeof sound)[number]]));
  const wanted = [...first.values()].map((one) =>
    accountsFor(one.recipient, one.asset, one.purpose, (one.input.serials?.length ?? 0) > 0),
  );
  const opened = await openAccounts(
    ctx,
    wanted.flatMap((one) => [one.source, one.fund]),
  );
  const place = new Map([...first.keys()].map((name, at) => [name, at]));
  return names.map((name) => {
    const at = 2 * (place.get(name) as number);
    return { source: opened[at] as AccountRow, fund: opened[at + 1] as AccountRow };
  });
}

function rowOf(
  one: Prepared & { readonly recipient: Recipient },
  id: string,
  entry: string,
  more: { readonly source?: string; readonly corrects?: string },
): DonationRow {
  const { input, recipient } = one;
  return {
    home_code: recipient.home,
    id,
    division_code: recipient.division,
    organisation_id: recipient.organisation,
    recipient_name: recipient.owner.name,
    receipt: newReceipt(),
    kind: one.kind,
    state: "recorded",
    donor_kind: one.donorKind,
    donor_name: input.donor ?? null,
    donor_count: countOf(input),
    publish_donor: input.publishDonor ?? false,
    payer_name: input.payer ?? null,
    forwarder_name: input.forwarder ?? null,
    amount_fen: one.kind === "cash" ? one.amount : null,
    item: one.kind === "goods" ? (input.item ?? null) : null,
    spec: one.kind === "goods" ? (input.spec ?? null) : null,
    unit: one.unit,
    quantity: one.kind === "goods" ? one.amount : null,
    value_fen: one.kind === "goods" ? (input.valueFen ?? null) : null,
    valuation: one.kind === "goods" ? (input.valuation ?? (input.valueFen === undefined ? "none" : "donor")) : null,
    purpose: one.purpose.text,
    restricted: one.purpose.restricted,
    event: input.event ?? null,
    donated_on: one.on,
    receipt_state: one.receiptState,
    waiver: input.waiver ?? null,
    document_id: null,
    document_number: null,
    programme_id: input.programme ?? null,
    pledge_id: input.pledge ?? null,
    agreement: input.agreement ?? null,
    entry_id: entry,
    corrects: more.corrects ?? null,
    corrected_by: null,
    correction_reason: null,
    fingerprint: one.fingerprint,
    source_id: more.source ?? null,
    note: input.note ?? null,
    version: 1,
  };
}

/** Cash and the value of goods go to columns of their own; a correction takes off what it put on (`sign` -1). */
export async function countOnPledges(ctx: Context, rows: readonly DonationRow[], sign: 1 | -1 = 1): Promise<void> {
  for (const row of rows) {
    if (row.pledge_id === null) continue;
    const cash = sign * (row.amount_fen ?? 0);
    const goods = sign * (row.value_fen ?? 0);
    if ((await receiveOnPledge(ctx.tx, row.home_code, row.pledge_id, cash, goods)) !== 1)
      throw new Refusal("donations/pledge-unknown", 404, { pledge: row.pledge_id });
  }
}

function seal(ctx: Context, sound: readonly Prepared[], rows: readonly DonationRow[]): void {
  sealFields(
    ctx,
    sound.flatMap(({ input }, at) => {
      const row = rows[at] as DonationRow;
      if (input.donorContact === undefined) return [];
      const { home_code: home, division_code: division, id: subject } = row;
      return [{ home, division, subject, field: "donor_contact", value: input.donorContact, masked: "***" }];
    }),
  );
}

function alone(ctx: Context, one: Prepared, row: DonationRow): void {
  const about = { subject: row.id, home: row.home_code, division: row.division_code, on: row.donated_on };
  if (row.kind === "goods")
    decide(ctx, inKind, { item: row.item ?? "", expired: one.input.expired ?? false }, { ...about, on: ctx.today });
  decide(
    ctx,
    receiptRule,
    {
      amount: one.amount,
      anonymous: one.donorKind === "anonymous" || one.donorKind === "aggregate",
      donor_waives_receipt: row.waiver !== null,
    },
    { ...about, on: row.donated_on < "2016-09-01" ? "2016-09-01" : row.donated_on },
  );
  ctx.journal(
    "donation-recorded",
    { kind: "donation", id: row.id, home: row.home_code, division: row.division_code },
    { kind: row.kind, amountFen: row.amount_fen, quantity: row.quantity, unit: row.unit, entry: row.entry_id },
  );
}
