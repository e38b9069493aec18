import type { Context } from "../operation/context.ts";
import { type AccountRow, type NewAccount, openAccounts } from "./account.ts";
import { type Correction, correct } from "./correct.ts";
import { postAll } from "./post.ts";

/** What goes from an account of one register to an account of another (跨区划转). */
export interface Transfer {
  readonly on: string;
  readonly cause: string;
  readonly subject: string;
  readonly amount: number;
  readonly serials?: readonly string[];
  /** Of the giver: where it stands, and what has been sent. */
  readonly from: AccountRow;
  readonly sent: AccountRow;
  /** Of the taker: where it comes from, which may go negative, and where it is from now on. */
  readonly received: NewAccount;
  readonly to: NewAccount;
}

/** The two entries of a transfer, one in each register; the same one twice where giver and taker share a register. */
export interface Transferred {
  readonly out: string;
  readonly in: string;
}

/**
 * Posts transfers (跨区划转记账): the giver's side now, under the giver's own rights, the taker's as an effect. Both are
 * written or neither, and each names the other. Within one register a transfer is one plain entry.
 */
export async function transferAll(ctx: Context, transfers: readonly Transfer[]): Promise<Transferred[]> {
  const pairs = transfers.map((one) => {
    const out = ctx.newId();
    const within = one.received.home === one.from.home_code;
    return { ...one, out, in: within ? out : ctx.newId(), within };
  });
  const within = pairs.filter((one) => one.within);
  const own = await openAccounts(
    ctx,
    within.map((one) => one.to),
  );
  const target = new Map(within.map((one, at) => [one.out, own[at] as AccountRow]));
  await postAll(
    ctx,
    pairs.map((one) => ({
      id: one.out,
      on: one.on,
      cause: one.cause,
      subject: one.subject,
      lines: [
        { account: one.from, amount: -one.amount },
        { account: target.get(one.out) ?? one.sent, amount: one.amount },
      ],
      ...(one.serials ? { serials: one.serials } : {}),
      ...(one.within ? {} : { counterpart: { home: one.received.home, id: one.in, side: "out" as const } }),
    })),
  );
  const across = pairs.filter((one) => !one.within);
  if (across.length > 0)
    ctx.later(async (tx) => {
      const accounts = await openAccounts(
        ctx,
        across.flatMap((one) => [one.received, one.to]),
        tx,
      );
      await postAll(
        ctx,
        across.map((one, at) => ({
          id: one.in,
          on: one.on,
          cause: one.cause,
          subject: one.subject,
          lines: [
            { account: accounts[2 * at] as AccountRow, amount: -one.amount },
            { account: accounts[2 * at + 1] as AccountRow, amount: one.amount },
          ],
          ...(one.serials ? { serials: one.serials } : {}),
          counterpart: { home: one.from.home_code, id: one.out, side: "in" as const },
        })),
        tx,
      );
    });
  return pairs.map((one) => ({ out: one.out, in: one.in }));
}

/** Takes transfers back (划转冲回) as an effect, the taker's side first: what is no longer there cannot go back. */
export function takeBack(ctx: Context, transfers: readonly Transferred[], why: Correction): void {
  ctx.later(async (tx) => {
    for (const one of transfers) {
      if (one.in !== one.out) await correct(ctx, one.in, why, tx);
      await correct(ctx, one.out, why, tx);
    }
  });
}
