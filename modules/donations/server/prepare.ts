import { createHash } from "node:crypto";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { Actor, Context } from "../../../kernel/operation/context.ts";
import type { Facts } from "../../../kernel/operation/define.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { decideRule } from "../../../kernel/rule/decide.ts";
import { matchKey } from "../../../kernel/text/normalise.ts";
import { donorKindOf, readAggregate, readAmount, readQuantity } from "../amounts.rules.ts";
import { inKind, receiptRule } from "../donations.rules.ts";
import { type DonationInput, type RecordRefusal, recordRefusals, type UseInput } from "../donations.shapes.ts";
import { words } from "../donations.words.ts";
import type { DonationRow } from "./donations.store.ts";
import { type Asset, goods, money, type Recipient, recipientOf } from "./recipient.ts";

/** What is wrong with one field of an input. */
export interface Fault {
  readonly field: string;
  readonly code: RecordRefusal;
  readonly facts: Facts;
}

/** An input understood: whose it is, what moves, how much. */
export interface Prepared {
  readonly input: DonationInput;
  readonly recipient: Recipient | undefined;
  readonly asset: Asset;
  readonly kind: "cash" | "goods";
  /** Fen, or pieces. */
  readonly amount: number;
  readonly unit: string | null;
  readonly on: string;
  readonly purpose: { readonly text: string; readonly restricted: boolean };
  readonly donorKind: DonationRow["donor_kind"];
  readonly receiptState: DonationRow["receipt_state"];
  readonly fingerprint: string;
  readonly faults: readonly Fault[];
}

export const refuseFault = ({ code, facts, field }: Fault): never => {
  throw new Refusal(code, recordRefusals[code], { field, ...facts });
};

interface Amounts {
  readonly asset: Asset;
  readonly kind: "cash" | "goods";
  readonly amount: number;
  readonly unit: string | null;
}

/** What moves and how much of it; money and goods in one line are two gifts. */
export function amountsOf(input: DonationInput | UseInput, fault: (fault: Fault) => void): Amounts {
  const named = (field: string, code: RecordRefusal, facts: Facts = {}) => fault({ field, code, facts });
  let fen = input.amountFen ?? 0;
  if (input.amount !== undefined) {
    const read = readAmount(input.amount);
    if (read.ok) fen = read.value;
    else named("amount", read.problem as RecordRefusal, { text: input.amount });
  }
  const isGoods = input.item !== undefined || input.quantity !== undefined;
  if (isGoods && fen > 0) named("amountFen", "donations/both-kinds", { item: input.item });
  if (!isGoods) {
    if (fen === 0 && input.amount === undefined) named("amountFen", "donations/amount-missing");
    return { asset: money, kind: "cash", amount: fen, unit: null };
  }
  const serials = input.serials?.length;
  const read = readQuantity(input.quantity ?? serials ?? "");
  if (!read.ok) named("quantity", "donations/quantity-unclear", { text: String(input.quantity ?? "") });
  if (input.item === undefined) named("item", "donations/amount-missing");
  const counted = read.ok ? read.value : { count: 0 };
  const unit = input.unit ?? ("unit" in counted ? counted.unit : undefined) ?? words.zh.piece;
  return { asset: goods(input.item ?? "", input.spec, unit), kind: "goods", amount: counted.count, unit };
}

/** Understands gifts (捐赠预检): the same for one and for a sheet. Reads only. */
export async function prepareAll(
  tx: Tx,
  actor: Actor,
  today: string,
  house: Context["house"],
  inputs: readonly DonationInput[],
): Promise<Prepared[]> {
  const recipients = new Map<string, Recipient | undefined>();
  for (const named of new Set(inputs.map((one) => one.organisation ?? "")))
    recipients.set(named, await recipientOf(tx, actor, named === "" ? undefined : named));
  return inputs.map((input) => prepareOne(input, recipients.get(input.organisation ?? ""), actor, today, house));
}

function prepareOne(
  input: DonationInput,
  recipient: Recipient | undefined,
  actor: Actor,
  today: string,
  house: Context["house"],
): Prepared {
  const faults: Fault[] = [];
  const fault = (one: Fault) => void faults.push(one);
  const amounts = amountsOf(input, fault);
  const on = input.on ?? today;
  if (on > today) fault({ field: "on", code: "donations/in-the-future", facts: { on, today } });
  if (!recipient)
    fault({ field: "organisation", code: "donations/recipient-unknown", facts: { name: input.organisation } });
  else {
    if (recipient.home !== actor.home && actor.organisation === null)
      fault({ field: "organisation", code: "donations/not-your-register", facts: { division: recipient.division } });
    if (on < recipient.openedOn)
      fault({
        field: "on",
        code: "ledger/before-account",
        facts: { account: recipient.owner.name, openedOn: recipient.openedOn, on },
      });
  }
  const division = recipient?.division ?? actor.home;
  const asked = {
    today,
    settings: (id: string, date: string) => house.settings.on(id, date, division),
    calendar: house.calendar(),
  };
  if (amounts.kind === "goods") {
    const facts = { item: `${input.item ?? ""} ${input.note ?? ""}`, expired: input.expired ?? false };
    if (!decideRule(inKind, facts, { ...asked, on: today }).output.accept)
      fault({ field: "item", code: "donations/goods-not-acceptable", facts: { item: input.item } });
  }
  const donorKind = input.donorKind ?? donorKindOf(input.donor);
  const anonymous = donorKind === "anonymous" || donorKind === "aggregate";
  const waived = input.waiver !== undefined;
  const due = decideRule(
    receiptRule,
    { amount: amounts.amount, anonymous, donor_waives_receipt: waived },
    { ...asked, on: on < "2016-09-01" ? "2016-09-01" : on },
  ).output.receipt;
  return {
    input,
    recipient,
    ...amounts,
    on,
    purpose: { text: input.purpose ?? "", restricted: (input.restricted ?? true) && input.purpose !== undefined },
    donorKind,
    receiptState: due ? "due" : waived ? "waived" : "anonymous",
    fingerprint: fingerprintOf(input, amounts, on, recipient),
    faults,
  };
}

/** What makes two lines the same publication: recipient, donor, day, what and how much. */
function fingerprintOf(input: DonationInput, amounts: Amounts, on: string, recipient: Recipient | undefined): string {
  const parts = [
    recipient?.organisation ?? "office",
    matchKey(input.donor ?? ""),
    on,
    amounts.asset.asset,
    amounts.amount,
    matchKey(input.purpose ?? ""),
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 32);
}

/** How many gifts a line stands for. */
export const countOf = (input: DonationInput): number => Math.max(1, readAggregate(input.donor ?? "") ?? 1);
