import { type AccountRow, balanceOf, openAccounts, post } from "../../../kernel/ledger/index.ts";
import type { Context } from "../../../kernel/operation/context.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import { publish } from "../../../kernel/publication/publication.ts";
import type { UseInput } from "../donations.shapes.ts";
import { itemOfUse } from "./donations.publication.ts";
import { insertUse, type UseRow } from "./donations.store.ts";
import { amountsOf, refuseFault } from "./prepare.ts";
import { accountsFor, type Recipient, recipientOf } from "./recipient.ts";

/** The recipient an input names, of one's own register. */
export async function ownRecipient(ctx: Context, named: string | undefined): Promise<Recipient> {
  const recipient = await recipientOf(ctx.tx, ctx.actor, named);
  if (!recipient) throw new Refusal("donations/recipient-unknown", 404, { name: named });
  if (recipient.home !== ctx.actor.home)
    throw new Refusal("donations/not-your-register", 403, { division: recipient.division });
  return recipient;
}

export interface Used {
  readonly row: UseRow;
  readonly fund: AccountRow;
  readonly balance: number;
}

/** Posts and keeps what gifts were used for (登记使用); published in the same transaction. */
export async function recordOneUse(ctx: Context, input: UseInput): Promise<Used> {
  const recipient = await ownRecipient(ctx, input.organisation);
  const amounts = amountsOf(input, refuseFault);
  const on = input.on ?? ctx.today;
  if (on > ctx.today) throw new Refusal("donations/in-the-future", 422, { on, today: ctx.today, field: "on" });
  const purpose = { text: input.purpose ?? "", restricted: input.purpose !== undefined };
  const tracked = (input.serials?.length ?? 0) > 0;
  const wanted = accountsFor(recipient, amounts.asset, purpose, tracked);
  const [fund, used] = await openAccounts(ctx, [wanted.fund, wanted.used(input.recipient)]);
  if (!fund || !used) throw new Error("two accounts were opened");
  const id = ctx.newId();
  const { entryId } = await post(ctx, {
    on,
    cause: "donations.used",
    subject: id,
    lines: [
      { account: fund, amount: -amounts.amount },
      { account: used, amount: amounts.amount },
    ],
    ...(input.serials ? { serials: input.serials } : {}),
  });
  const row: UseRow = {
    home_code: recipient.home,
    id,
    division_code: recipient.division,
    organisation_id: recipient.organisation,
    owner_name: recipient.owner.name,
    kind: amounts.kind,
    amount_fen: amounts.kind === "cash" ? amounts.amount : null,
    item: amounts.kind === "goods" ? (input.item ?? null) : null,
    spec: amounts.kind === "goods" ? (input.spec ?? null) : null,
    unit: amounts.unit,
    quantity: amounts.kind === "goods" ? amounts.amount : null,
    purpose: purpose.text,
    recipient: input.recipient ?? null,
    description: input.description,
    event: input.event ?? null,
    programme_id: input.programme ?? null,
    used_on: on,
    entry_id: entryId,
    state: "recorded",
  };
  await insertUse(ctx.tx, row, ctx.now);
  publish(ctx, [itemOfUse(row)]);
  ctx.journal(
    "donation-used",
    { kind: "donation_use", id, home: row.home_code, division: row.division_code },
    { kind: row.kind, amountFen: row.amount_fen, quantity: row.quantity, unit: row.unit, entry: entryId },
  );
  return { row, fund, balance: await balanceOf(ctx.tx, fund) };
}
