import { expect, it } from "vitest";
import type { LedgerAccount } from "../../../kernel/ledger/ledger.contract.ts";
import { itemOf, stockOf } from "./stock.ts";

const account = (asset: string, division: string, balance: number, kind = "stock") => ({
  ...({
    id: asset,
    ownerKind: "office",
    owner: "",
    assetName: "",
    unit: "台",
    purpose: "",
    restricted: false,
    openedOn: "2026-01-01",
  } as const),
  division,
  kind,
  asset,
  balance,
});

it("adds up the stocks of one's own office by item, and of nobody else", () => {
  const accounts: (LedgerAccount & { balance: number })[] = [
    account("goods:医用制氧机|5L|台", "630102", 6),
    account("goods:制氧机||台", "630102001", 4),
    account("goods:制氧机||台", "63", 900),
    account("goods:制氧机||台", "630102", 50, "allocated"),
    account("goods:指夹式血氧仪||个", "630102", 0),
    account("goods:制氧机配件||个", "630102", 7),
    account("fen", "630102", 100),
  ];
  expect(stockOf(accounts, "630102")).toEqual({ oxygen_concentrator: 10, oximeter: 0 });
  expect(stockOf(accounts, "63")).toEqual({ oxygen_concentrator: 900 });
  expect(itemOf("fen")).toBeUndefined();
});
