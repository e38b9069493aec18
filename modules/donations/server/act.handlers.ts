import { issueDocument } from "../../../kernel/document/issue.ts";
import { type AccountRow, correct, openAccounts, post } from "../../../kernel/ledger/index.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { correct as correctPublished, publish } from "../../../kernel/publication/publication.ts";
import { decide } from "../../../kernel/rule/store.ts";
import {
  changePurpose,
  correctDonation,
  correctUse,
  issueReceipt,
  publishTotals,
  recordPledge,
} from "../donations.contract.ts";
import { changeOfUse } from "../donations.rules.ts";
import { donationInput, useInput } from "../donations.shapes.ts";
import { readFuzzy } from "../fuzzy.rules.ts";
import { changeCollection, donationItem, itemOfUse, totalsCollection } from "./donations.publication.ts";
import { figuresOfUses, giftFigures, publishedTotals } from "./donations.queries.ts";
import {
  type DonationRow,
  insertPledge,
  loadDonation,
  loadUse,
  markCorrected,
  markUseCorrected,
  setReceipt,
  type UseRow,
} from "./donations.store.ts";
import { receiptTemplate } from "./donations.templates.ts";
import { prepareAll } from "./prepare.ts";
import { insertPurposeChange, keepTotals } from "./purposes.store.ts";
import { accountsFor, money } from "./recipient.ts";
import { countOnPledges, recordAll } from "./record.ts";
import { ownRecipient, recordOneUse } from "./use.ts";

const pledge = handle(recordPledge)(async (input, ctx) => {
  const recipient = await ownRecipient(ctx as Context, input.organisation);
  const read = readFuzzy(input.pledged);
  if (!read) return ctx.fail("donations/amount-unclear", { text: input.pledged, field: "pledged" });
  const fen = (yuan: number | null) => (yuan === null ? null : yuan * 100);
  const row = {
    home_code: recipient.home,
    id: ctx.newId(),
    division_code: recipient.division,
    organisation_id: recipient.organisation,
    donor_name: input.donor,
    agreement: input.agreement ?? null,
    pledged_text: input.pledged,
    pledged_fen: read.exact ? fen(read.value) : null,
    pledged_lower_fen: fen(read.lower),
    pledged_upper_fen: fen(read.upper),
    purpose: input.purpose ?? "",
    pledged_on: input.on ?? ctx.today,
    due_on: input.dueOn ?? null,
  };
  await insertPledge(ctx.tx, row, ctx.now);
  ctx.journal(
    "pledge-recorded",
    { kind: "donation_pledge", id: row.id, home: row.home_code, division: row.division_code },
    { pledged: row.pledged_text },
  );
  return { id: row.id, pledgedFen: row.pledged_fen, lowerFen: row.pledged_lower_fen, upperFen: row.pledged_upper_fen };
});

const change = handle(changePurpose)(async (input, ctx) => {
  const recipient = await ownRecipient(ctx as Context, input.organisation);
  const on = input.on ?? ctx.today;
  if (on > ctx.today) return ctx.fail("donations/in-the-future", { on, today: ctx.today });
  const evidence = input.evidence !== undefined;
  const id = ctx.newId();
  // A surplus goes to a similar purpose by resolution (art. 58); the other two are the donor's word and the plan's number.
  const facts =
    input.basis === "refiled"
      ? { change: "campaign plan use", refiled: evidence }
      : { change: "agreed use", donor_consent: evidence };
  const { id: decision, decision: decided } = decide(ctx as Context, changeOfUse, facts, {
    subject: id,
    home: recipient.home,
    division: recipient.division,
    on: ctx.today,
  });
  if (!decided.output.allowed)
    return ctx.fail("donations/change-not-allowed", { basis: input.basis, from: input.from });
  const from = accountsFor(recipient, money, { text: input.from, restricted: true }).fund;
  const to = accountsFor(recipient, money, { text: input.to, restricted: true }).fund;
  const [gives, takes] = (await openAccounts(ctx as Context, [from, to])) as [AccountRow, AccountRow];
  const { entryId } = await post(ctx as Context, {
    on,
    cause: "donations.purpose-changed",
    subject: id,
    evidence: { basis: input.basis, evidence: input.evidence ?? "" },
    lines: [
      { account: gives, amount: -input.amountFen },
      { account: takes, amount: input.amountFen },
    ],
    purposeChange: id,
  });
  await insertPurposeChange(ctx.tx, {
    home_code: recipient.home,
    id,
    division_code: recipient.division,
    organisation_id: recipient.organisation,
    from_purpose: input.from,
    to_purpose: input.to,
    amount_fen: input.amountFen,
    basis: input.basis,
    evidence: input.evidence ?? "",
    decision_id: decision,
    changed_on: on,
    recorded_at: ctx.now,
  });
  publish(ctx as Context, [
    {
      collection: changeCollection,
      key: id,
      subject: recipient.organisation,
      division: recipient.division,
      title: input.to,
      sortKey: `${on} ${id}`,
      body: {
        from: input.from,
        to: input.to,
        amountFen: input.amountFen,
        basis: input.basis,
        on,
        owner: recipient.owner.name,
      },
    },
  ]);
  ctx.journal(
    "donation-purpose-changed",
    { kind: "donation_purpose_change", id, home: recipient.home, division: recipient.division },
    { from: input.from, to: input.to, amountFen: input.amountFen, basis: input.basis },
  );
  return { id, entryId };
});

/** What a gift was recorded from, to be recorded again with what was wrong replaced. */
function inputOf(row: DonationRow): Record<string, unknown> {
  const cash = row.kind === "cash";
  return {
    organisation: row.organisation_id ?? undefined,
    donor: row.donor_name ?? undefined,
    donorKind: row.donor_kind,
    payer: row.payer_name ?? undefined,
    forwarder: row.forwarder_name ?? undefined,
    publishDonor: row.publish_donor,
    ...(cash
      ? { amountFen: row.amount_fen }
      : {
          item: row.item,
          spec: row.spec ?? undefined,
          unit: row.unit,
          quantity: row.quantity,
          valueFen: row.value_fen ?? undefined,
          valuation: row.valuation,
        }),
    on: row.donated_on,
    purpose: row.purpose === "" ? undefined : row.purpose,
    restricted: row.restricted,
    event: row.event ?? undefined,
    programme: row.programme_id ?? undefined,
    pledge: row.pledge_id ?? undefined,
    agreement: row.agreement ?? undefined,
    waiver: row.waiver ?? undefined,
    note: row.note ?? undefined,
  };
}

const put = handle(correctDonation)(async (input, given) => {
  const ctx = given as Context;
  const row = await loadDonation(ctx.tx, input.id);
  if (!row) return given.fail("donations/unknown-donation", { id: input.id });
  if (row.state === "corrected") return given.fail("donations/already-corrected", { id: input.id });
  if (row.home_code !== ctx.actor.home)
    return given.fail("donations/not-your-register", { division: row.division_code });
  const back = await correct(ctx, row.entry_id, {
    on: ctx.today,
    cause: "donations.corrected",
    evidence: { reason: input.reason },
  });
  await countOnPledges(ctx, [row], -1);
  let right: DonationRow | undefined;
  if (input.right) {
    const amended = donationInput.parse({ ...inputOf(row), ...input.right });
    const prepared = await prepareAll(ctx.tx, ctx.actor, ctx.today, ctx.house, [amended]);
    right = (await recordAll(ctx, prepared, { corrects: row.id }))[0]?.row;
  }
  if ((await markCorrected(ctx.tx, row, right?.id ?? null, input.reason)) !== 1)
    return given.fail("donations/already-corrected", { id: input.id });
  if (row.publish_donor) correctPublished(ctx, donationItem({ ...row, state: "corrected" }), input.reason);
  ctx.journal(
    "donation-corrected",
    { kind: "donation", id: row.id, home: row.home_code, division: row.division_code },
    { entry: back.entryId, by: right?.id ?? null },
  );
  return { id: row.id, correctedBy: right?.id ?? null, entryId: back.entryId, receipt: right?.receipt ?? row.receipt };
});

function inputOfUse(row: UseRow): Record<string, unknown> {
  return {
    organisation: row.organisation_id ?? undefined,
    ...(row.kind === "cash"
      ? { amountFen: row.amount_fen }
      : { item: row.item, spec: row.spec ?? undefined, unit: row.unit, quantity: row.quantity }),
    purpose: row.purpose === "" ? undefined : row.purpose,
    recipient: row.recipient ?? undefined,
    description: row.description,
    on: row.used_on,
    event: row.event ?? undefined,
    programme: row.programme_id ?? undefined,
  };
}

const putUse = handle(correctUse)(async (input, given) => {
  const ctx = given as Context;
  const row = await loadUse(ctx.tx, input.id);
  if (!row) return given.fail("donations/unknown-use", { id: input.id });
  if (row.state === "corrected") return given.fail("donations/already-corrected", { id: input.id });
  if (row.home_code !== ctx.actor.home)
    return given.fail("donations/not-your-register", { division: row.division_code });
  const back = await correct(ctx, row.entry_id, {
    on: ctx.today,
    cause: "donations.use-corrected",
    evidence: { reason: input.reason },
  });
  const right = input.right
    ? (await recordOneUse(ctx, useInput.parse({ ...inputOfUse(row), ...input.right }))).row
    : undefined;
  if ((await markUseCorrected(ctx.tx, row, input.reason)) !== 1)
    return given.fail("donations/already-corrected", { id: input.id });
  correctPublished(ctx, itemOfUse({ ...row, state: "corrected" }), input.reason);
  ctx.journal(
    "donation-use-corrected",
    { kind: "donation_use", id: row.id, home: row.home_code, division: row.division_code },
    { entry: back.entryId, by: right?.id ?? null },
  );
  return { id: row.id, correctedBy: right?.id ?? null, entryId: back.entryId };
});

const receipt = handle(issueReceipt)(async (input, ctx) => {
  const row = await loadDonation(ctx.tx, input.id);
  if (!row) return ctx.fail("donations/unknown-donation", { id: input.id });
  if (row.home_code !== ctx.actor.home) return ctx.fail("donations/not-your-register", { division: row.division_code });
  if (row.state === "corrected") return ctx.fail("donations/already-corrected", { id: input.id });
  if (row.receipt_state !== "due") return ctx.fail("donations/receipt-not-due", { state: row.receipt_state });
  ctx.journal(
    "donation-receipt-issued",
    { kind: "donation", id: row.id, home: row.home_code, division: row.division_code },
    {},
  );
  const issued = await issueDocument(ctx as Context, {
    template: [receiptTemplate],
    home: row.home_code,
    division: row.division_code,
    organisation: row.organisation_id,
    facts: {
      receipt: row.receipt,
      donor: row.donor_name ?? "",
      payer: row.payer_name,
      forwarder: row.forwarder_name,
      recipient: row.recipient_name,
      on: row.donated_on,
      amountFen: row.amount_fen,
      item: row.item,
      spec: row.spec,
      quantity: row.quantity,
      unit: row.unit,
      valueFen: row.value_fen,
      valuation: row.valuation,
      purpose: row.purpose,
      agreement: row.agreement,
    },
  });
  if ((await setReceipt(ctx.tx, row, issued.id, issued.number)) !== 1)
    return ctx.fail("donations/receipt-not-due", { state: row.receipt_state });
  return { documentId: issued.id, number: issued.number, verificationCode: issued.verificationCode };
});

const totals = handle(publishTotals)(async (input, given) => {
  const ctx = given as Context;
  const division = ctx.actor.division ?? ctx.actor.home;
  const year = { division, from: `${input.year}-01-01`, to: `${input.year + 1}-01-01` };
  const gifts = await giftFigures(ctx.tx, year);
  const used = await figuresOfUses(ctx.tx, year);
  const figures = {
    year: input.year,
    donations: gifts.donations,
    cashFen: gifts.cash,
    goodsValueFen: gifts.goods_value,
    goodsLines: gifts.goods_lines,
    goodsWithoutValue: gifts.goods_without_value,
    usedCashFen: used.cash,
    usedGoodsLines: used.goods_lines,
  };
  const key = `${division}-${input.year}`;
  const old = await publishedTotals(ctx.tx, division, input.year);
  const changed = old !== undefined && Object.entries(figures).some(([field, value]) => old[field] !== value);
  if (changed && input.reason === undefined) return given.fail("donations/reason-missing", { year: input.year });
  const item = {
    collection: totalsCollection,
    key,
    division,
    title: String(input.year),
    sortKey: `${input.year} ${division}`,
    body: { ...figures, asOf: ctx.today },
  };
  if (changed) correctPublished(ctx, item, input.reason ?? "");
  else if (old === undefined) publish(ctx, [item]);
  await keepTotals(ctx.tx, { home: ctx.actor.home, division, year: input.year, figures, on: ctx.today });
  ctx.journal(
    "donation-totals-published",
    { kind: "donations", id: null, home: ctx.actor.home, division },
    { ...figures, changed },
  );
  return { key, changed };
});

export const actHandlers = [pledge, change, put, putUse, receipt, totals];
