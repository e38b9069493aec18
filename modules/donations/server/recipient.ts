import type { Tx } from "../../../kernel/database/transaction.ts";
import { significant } from "../../../kernel/divisions/code.ts";
import { authorityOf } from "../../../kernel/document/issue.ts";
import type { NewAccount, Owner } from "../../../kernel/ledger/index.ts";
import { CNY } from "../../../kernel/ledger/index.ts";
import type { Actor } from "../../../kernel/operation/context.ts";
import { matchKey } from "../../../kernel/text/normalise.ts";
import { findByCode, loadOrganisation } from "../../organisations/server/index.ts";

/** Who receives and keeps gifts (受赠人): an organisation, or the office itself. */
export interface Recipient {
  readonly home: string;
  readonly division: string;
  readonly organisation: string | null;
  readonly owner: Owner;
  /** Nothing can have been given to it before this day. */
  readonly openedOn: string;
}

/** The Donation Law for public welfare: from then on offices take gifts; an organisation from its registration on. */
const DONATIONS_SINCE = "1999-09-01";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Finds the recipient an input names; undefined when it is not known here. */
export async function recipientOf(tx: Tx, actor: Actor, named: string | undefined): Promise<Recipient | undefined> {
  const own = actor.organisation ?? undefined;
  const key = named?.normalize("NFKC").trim() ?? own;
  if (key === undefined) {
    const { name } = await authorityOf(tx, actor.home);
    const owner = { kind: "office", id: null, name } as const;
    const division = actor.division ?? significant(actor.home);
    return { home: actor.home, division, organisation: null, owner, openedOn: DONATIONS_SINCE };
  }
  const row = UUID.test(key.toLowerCase())
    ? await loadOrganisation(tx, key.toLowerCase())
    : await findByCode(tx, key.toUpperCase());
  if (!row || (own !== undefined && row.id !== own)) return undefined;
  return {
    home: row.home_code,
    division: row.division_code,
    organisation: row.id,
    owner: { kind: "organisation", id: row.id, name: row.name },
    openedOn: row.registered_on ?? DONATIONS_SINCE,
  };
}

/** What moves: money, or goods of one name, specification and unit. */
export interface Asset {
  readonly asset: string;
  readonly assetName: string;
  readonly unit: string;
}

export const money: Asset = { asset: CNY, assetName: "CNY", unit: "fen" };

export const goods = (item: string, spec: string | undefined, unit: string): Asset => ({
  asset: `goods:${[item, spec ?? "", unit].map(matchKey).join("|")}`,
  assetName: spec ? `${item} ${spec}` : item,
  unit,
});

/** The three accounts of a gift: where it comes from, where it is kept, where it goes. */
export function accountsFor(
  recipient: Recipient,
  asset: Asset,
  purpose: { readonly text: string; readonly restricted: boolean },
  tracked = false,
) {
  const { home, division, organisation, openedOn } = recipient;
  const base = {
    home,
    division,
    organisation,
    ...asset,
    purpose: matchKey(purpose.text),
    purposeName: purpose.text,
    restricted: purpose.restricted && purpose.text !== "",
    openedOn,
    tracked,
  };
  const outside = { kind: "outside", id: recipient.organisation, name: recipient.owner.name } as const;
  const kept = asset.unit === "fen" ? "fund" : "stock";
  return {
    source: { ...base, owner: outside, kind: "source", mayGoNegative: true, popular: true } satisfies NewAccount,
    fund: { ...base, owner: recipient.owner, kind: kept, popular: asset.unit === "fen" } satisfies NewAccount,
    used: (to: string | undefined): NewAccount => ({
      ...base,
      owner: to ? { kind: "outside", id: null, name: to } : recipient.owner,
      kind: asset.unit === "fen" ? "spent" : "delivered",
      popular: asset.unit === "fen" && to === undefined,
    }),
  };
}
