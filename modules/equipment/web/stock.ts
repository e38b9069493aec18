import type { LedgerAccount } from "../../../kernel/ledger/ledger.contract.ts";
import { type ItemKind, itemKinds } from "../equipment.shapes.ts";
import { itemNames } from "../plan.rules.ts";

/** What an account of the ledger holds, by the end of its name, as the plan itself reads it. */
export function itemOf(asset: string): ItemKind | undefined {
  const [, name = ""] = /^goods:([^|]*)/.exec(asset) ?? [];
  return itemKinds.find((item) => itemNames[item].some((ending) => name.endsWith(ending)));
}

const homeOf = (division: string) => division.slice(0, 6);

/** Pieces in the stocks of one's own office (本单位库存), by item; undefined where the ledger has no such stock at all. */
export function stockOf(
  accounts: readonly (LedgerAccount & { readonly balance: number })[],
  division: string,
): Readonly<Partial<Record<ItemKind, number>>> {
  const out: Partial<Record<ItemKind, number>> = {};
  for (const one of accounts) {
    const item = one.kind === "stock" && homeOf(one.division) === homeOf(division) ? itemOf(one.asset) : undefined;
    if (item) out[item] = (out[item] ?? 0) + one.balance;
  }
  return out;
}
