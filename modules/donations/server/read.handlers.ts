import type { Tx } from "../../../kernel/database/transaction.ts";
import { type Rest, type Step, serialsOfEntry, traceForward } from "../../../kernel/ledger/index.ts";
import { readCursor, writeCursor } from "../../../kernel/operation/cursor.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import {
  type DonationLine,
  donationFigures,
  getDonation,
  listDonations,
  traceDonation,
} from "../donations.contract.ts";
import { words } from "../donations.words.ts";
import { stateOf } from "../way.rules.ts";
import {
  donationByReceipt,
  donationPage,
  figuresOfUses,
  giftFigures,
  piecesByUnit,
  pledgeFigures,
  receiptOfDonation,
  textsOfUses,
} from "./donations.queries.ts";
import { type DonationRow, loadDonation } from "./donations.store.ts";
import { receiptOf } from "./record.ts";

function lineOf(row: DonationRow): DonationLine {
  return {
    id: row.id,
    receipt: row.receipt,
    kind: row.kind,
    state: row.state,
    division: row.division_code,
    recipient: row.recipient_name,
    donorKind: row.donor_kind,
    donor: row.donor_name,
    donorCount: row.donor_count,
    on: row.donated_on,
    amountFen: row.amount_fen,
    item: row.item,
    unit: row.unit,
    quantity: row.quantity,
    valueFen: row.value_fen,
    purpose: row.purpose,
    event: row.event,
    receiptState: row.receipt_state,
  };
}

const list = handle(listDonations)(async (input, ctx) => {
  const rows = await donationPage(ctx.tx, {
    kind: input.kind,
    receiptState: input.receiptState,
    event: input.event,
    after: readCursor(input.after, ["day", "id"]),
    limit: input.limit + 1,
  });
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    donations: shown.map(lineOf),
    next: last && rows.length > input.limit ? writeCursor([last.donated_on, last.id]) : null,
  };
});

/** Who an account is, as a reader knows it. */
const nameOf = (account: Step["from"] | Rest["account"]) =>
  account.kind === "source"
    ? words.zh.donor
    : account.kind === "spent" && account.owner_kind !== "outside"
      ? words.zh.spent({ name: account.owner_name })
      : account.purpose_name
        ? words.zh.earmarked({ name: account.owner_name, purpose: account.purpose_name })
        : account.owner_name;

const placeOf = (account: Step["from"] | Rest["account"]) => ({
  name: account.owner_name,
  kind: account.kind,
  outside: account.owner_kind === "outside",
  purpose: account.purpose_name || null,
});

async function wayOf(tx: Tx, row: DonationRow) {
  const path = await traceForward(tx, row.entry_id);
  const texts = await textsOfUses(
    tx,
    path.steps.flatMap((step) => step.entry.subject_id ?? []),
  );
  return {
    steps: path.steps.map((step) => ({
      on: step.entry.effective_on,
      cause: step.entry.cause,
      from: nameOf(step.from),
      to: nameOf(step.to),
      fromPlace: placeOf(step.from),
      toPlace: placeOf(step.to),
      amount: step.amount,
      unit: step.from.unit,
      description: texts.get(step.entry.subject_id ?? "") ?? null,
    })),
    rests: path.rests.map((rest) => ({
      where: nameOf(rest.account),
      kind: rest.account.kind,
      place: placeOf(rest.account),
      amount: rest.amount,
      unit: rest.account.unit,
    })),
    truncated: path.truncated,
  };
}

const get = handle(getDonation)(async (input, ctx) => {
  const row = await loadDonation(ctx.tx, input.id);
  if (!row) return ctx.fail("donations/unknown-donation", { id: input.id });
  const { steps, rests, truncated } = await wayOf(ctx.tx, row);
  return {
    ...lineOf(row),
    payer: row.payer_name,
    forwarder: row.forwarder_name,
    spec: row.spec,
    valuation: row.valuation,
    agreement: row.agreement,
    waiver: row.waiver,
    documentId: row.document_id,
    documentNumber: row.document_number,
    corrects: row.corrects,
    correctedBy: row.corrected_by,
    correctionReason: row.correction_reason,
    entryId: row.entry_id,
    serials: row.kind === "goods" ? await serialsOfEntry(ctx.tx, row.home_code, row.entry_id) : [],
    organisationId: row.organisation_id,
    publishDonor: row.publish_donor,
    pledgeId: row.pledge_id,
    programmeId: row.programme_id,
    note: row.note,
    steps,
    rests,
    truncated,
  };
});

const trace = handle(traceDonation)(async (input, ctx) => {
  const receipt = receiptOf(input.receipt);
  const found = await ctx.tx.lookup(async (tx) => {
    const row = await donationByReceipt(tx, receipt);
    if (!row) return undefined;
    const right = row.corrected_by ? await receiptOfDonation(tx, row.corrected_by) : null;
    return { row, right, ...(await wayOf(tx, row)) };
  });
  if (!found) return ctx.fail("donations/unknown-receipt", { receipt: input.receipt });
  const { row, right, steps, rests, truncated } = found;
  return {
    receipt: row.receipt,
    state: stateOf(row.state === "corrected", rests),
    kind: row.kind,
    on: row.donated_on,
    recipient: row.recipient_name,
    donor: row.publish_donor ? row.donor_name : null,
    amountFen: row.amount_fen,
    item: row.item,
    quantity: row.quantity,
    unit: row.unit,
    purpose: row.purpose,
    receiptState: row.receipt_state,
    receiptNumber: row.document_number,
    correction: row.state === "corrected" ? { reason: row.correction_reason ?? "", receipt: right } : null,
    steps,
    rests,
    truncated,
  };
});

const figures = handle(donationFigures)(async (input, ctx) => {
  const gifts = await giftFigures(ctx.tx, input);
  const used = await figuresOfUses(ctx.tx, input);
  const pledges = await pledgeFigures(ctx.tx, input);
  return {
    donations: gifts.donations,
    cashFen: gifts.cash,
    goodsValueFen: gifts.goods_value,
    goodsWithoutValue: gifts.goods_without_value,
    goodsLines: gifts.goods_lines,
    pieces: await piecesByUnit(ctx.tx, input),
    recipients: gifts.recipients,
    donorBodies: gifts.donor_bodies,
    pledgedFen: pledges.pledged,
    pledgedTexts: pledges.texts,
    usedCashFen: used.cash,
    usedGoodsLines: used.goods_lines,
    receiptsDue: gifts.receipts_due,
  };
});

export const readHandlers = [list, get, trace, figures];
