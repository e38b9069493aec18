import type { AccountRow, NewAccount } from "../../../kernel/ledger/index.ts";
import type { ShippedLine } from "./delivery.store.ts";

/** Equipment was given from this year on: no account of it begins earlier. */
const SINCE = "2022-01-01";

/** What two accounts of the same pieces share (同类账户). */
type Pieces = Pick<NewAccount, "asset" | "assetName" | "unit"> & {
  readonly purpose: string;
  readonly purposeName: string;
  readonly restricted: boolean;
};

export const piecesOf = (account: AccountRow): Pieces => ({
  asset: account.asset,
  assetName: account.asset_name,
  unit: account.unit,
  purpose: account.purpose,
  purposeName: account.purpose_name,
  restricted: account.restricted,
});

export const piecesOfLine = (line: ShippedLine): Pieces => ({
  asset: line.asset,
  assetName: line.assetName,
  unit: line.unit,
  purpose: line.purpose,
  purposeName: line.purposeName,
  restricted: line.restricted,
});

/** Where reserved pieces wait to be shipped, and what an office has sent: same owner, asset and purpose as its stock. */
export const officeAccount = (stock: AccountRow, kind: "allocated" | "sent", openedOn: string): NewAccount => ({
  home: stock.home_code,
  division: stock.division_code,
  organisation: stock.organisation_id,
  owner: { kind: stock.owner_kind, id: stock.owner_id, name: stock.owner_name },
  kind,
  ...piecesOf(stock),
  tracked: stock.tracked,
  openedOn,
});

interface OfHome {
  readonly home: string;
  readonly division: string;
  readonly id: string;
  readonly name: string;
}

/** What comes from another register (调入来源): the only account of a county's equipment that goes below nought. */
export const receivedAccount = (home: OfHome, giver: string, pieces: Pieces): NewAccount => ({
  home: home.home,
  division: home.home,
  owner: { kind: "outside", id: null, name: giver },
  kind: "received",
  ...pieces,
  mayGoNegative: true,
  openedOn: SINCE,
});

/** Pieces of a home: on their way, signed for (each by its number), or scrapped. */
export const homeAccount = (home: OfHome, kind: "transit" | "delivered" | "scrapped", pieces: Pieces): NewAccount => ({
  home: home.home,
  division: home.division,
  owner: { kind: "care_home", id: home.id, name: home.name },
  kind,
  ...pieces,
  tracked: kind !== "transit",
  openedOn: SINCE,
});
