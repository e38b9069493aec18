import { Refusal } from "../operation/errors.ts";
import type { AccountRow } from "./account.ts";
import { postingRefusals } from "./refusals.ts";

/** One side of an entry: more than nought goes in, less goes out. Fen, or pieces. */
export interface NewLine {
  readonly account: AccountRow;
  readonly amount: number;
}

/** One movement of one asset (分录). The lines add up to nought. */
export interface NewEntry {
  /** Made before it is posted, where something else must name it. */
  readonly id?: string;
  /** The day it happened, which may be long ago. */
  readonly on: string;
  /** Code of the room's cause, e.g. `donations.received`. */
  readonly cause: string;
  /** The thing it belongs to: a donation, a use, a shipment. */
  readonly subject?: string;
  readonly evidence?: Readonly<Record<string, unknown>>;
  readonly lines: readonly NewLine[];
  /** Numbers of the pieces that move, for tracked accounts: from the one account that gives to the one that takes. */
  readonly serials?: readonly string[];
  /** The recorded change that lets something leave its purpose. */
  readonly purposeChange?: string;
  /** The entry of another register this one belongs to: what goes `out` of one home comes `in` at the other. */
  readonly counterpart?: { readonly home: string; readonly id: string; readonly side: "out" | "in" };
}

/** Refuses with a code of the ledger. */
export function refuse(code: keyof typeof postingRefusals, facts: Readonly<Record<string, unknown>>): never {
  throw new Refusal(code, postingRefusals[code], facts);
}

/** Whether the program built a lawful entry, and whether what it asks is allowed (记账要件). Reads no balance. */
export function checkEntry(entry: NewEntry): void {
  const [first] = entry.lines;
  if (!first || entry.lines.length < 2) throw new Error("an entry has two sides at least");
  let sum = 0;
  const purposes = new Map<string, { net: number; name: string }>();
  for (const { account, amount } of entry.lines) {
    if (!Number.isSafeInteger(amount) || amount === 0) throw new Error(`not an amount of the ledger: ${amount}`);
    if (account.asset !== first.account.asset || account.home_code !== first.account.home_code)
      throw new Error("an entry moves one asset within one home");
    if (entry.on < account.opened_on)
      refuse("ledger/before-account", { account: account.owner_name, openedOn: account.opened_on, on: entry.on });
    if (account.closed_on !== null && entry.on >= account.closed_on)
      refuse("ledger/account-closed", { account: account.owner_name, closedOn: account.closed_on });
    sum += amount;
    if (account.restricted) {
      const known = purposes.get(account.purpose) ?? { net: 0, name: account.purpose_name };
      purposes.set(account.purpose, { ...known, net: known.net + amount });
    }
  }
  if (sum !== 0) throw new Error(`the sides of an entry differ by ${sum}`);
  for (const { net, name } of purposes.values())
    if (net < 0 && !entry.purposeChange) refuse("ledger/purpose-restricted", { purpose: name, amount: -net });
  checkSerials(entry);
}

function checkSerials(entry: NewEntry): void {
  const tracked = entry.lines.some(({ account }) => account.tracked);
  if (!tracked && !entry.serials) return;
  const asked = entry.lines.reduce((total, { amount }) => total + Math.max(0, amount), 0);
  const named = new Set(entry.serials ?? []).size;
  if (named !== asked || named !== (entry.serials ?? []).length) refuse("ledger/serials-missing", { asked, named });
  if (entry.lines.length !== 2) throw new Error("numbered pieces move from one account to one account");
}
