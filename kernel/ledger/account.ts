import { createHash } from "node:crypto";
import { sql } from "../database/sql.ts";
import type { Tx } from "../database/transaction.ts";
import type { Context } from "../operation/context.ts";

/** Money of the ledger, counted in fen (人民币). */
export const CNY = "CNY";
/** Rows the balance of a popular account stands in. */
const POPULAR = 8;

export interface Owner {
  readonly kind: "organisation" | "office" | "care_home" | "outside";
  readonly id: string | null;
  readonly name: string;
}

/** An account to find or open (启用账户): the same owner, kind, asset and purpose give the same account. */
export interface NewAccount {
  readonly home: string;
  readonly division: string;
  readonly organisation?: string | null;
  readonly owner: Owner;
  /** source, fund, stock, spent, or what a room calls its own. */
  readonly kind: string;
  readonly asset: string;
  readonly assetName: string;
  /** "fen" for money, else the unit goods are counted in. */
  readonly unit: string;
  readonly purpose?: string;
  readonly purposeName?: string;
  /** What leaves this purpose needs a recorded change. */
  readonly restricted?: boolean;
  readonly mayGoNegative?: boolean;
  /** Every piece is named by its serial number. */
  readonly tracked?: boolean;
  /** Many post to it at once: its balance is spread over several rows. */
  readonly popular?: boolean;
  /** The first date a posting may have. */
  readonly openedOn: string;
}

/** A row of the table `ledger_account`. */
export interface AccountRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly organisation_id: string | null;
  readonly owner_kind: Owner["kind"];
  readonly owner_id: string | null;
  readonly owner_name: string;
  readonly kind: string;
  readonly asset: string;
  readonly asset_name: string;
  readonly unit: string;
  readonly purpose: string;
  readonly purpose_name: string;
  readonly restricted: boolean;
  readonly may_go_negative: boolean;
  readonly tracked: boolean;
  readonly shards: number;
  readonly opened_on: string;
  readonly closed_on: string | null;
}

function keyOf(account: NewAccount): string {
  const { owner } = account;
  const parts = [owner.kind, owner.id ?? owner.name, account.kind, account.asset, account.purpose ?? ""];
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 32);
}

/**
 * Finds accounts or opens them (启用账户), in the order asked for; one look when all are there. Two commands that open the same
 * account at once get the same one.
 */
export async function openAccounts(
  ctx: Context,
  wanted: readonly NewAccount[],
  tx: Tx = ctx.tx,
): Promise<AccountRow[]> {
  const keys = wanted.map(keyOf);
  const homes = [...new Set(wanted.map((one) => one.home))];
  const find = () =>
    tx.many<AccountRow & { natural_key: string }>(
      sql`select * from ledger_account where home_code = any(${homes}) and natural_key = any(${keys})`,
    );
  const index = (rows: readonly (AccountRow & { natural_key: string })[]) =>
    new Map(rows.map((row) => [`${row.home_code} ${row.natural_key}`, row]));
  let known = index(await find());
  const missing = new Map(
    wanted.flatMap((one, at) => {
      const name = `${one.home} ${keys[at]}`;
      return known.has(name) ? [] : [[name, { ...one, natural_key: keys[at] as string }] as const];
    }),
  );
  if (missing.size > 0) {
    const rows = [...missing.values()].map((one) => ({
      home_code: one.home,
      id: ctx.newId(),
      division_code: one.division,
      organisation_id: one.organisation ?? null,
      natural_key: one.natural_key,
      owner_kind: one.owner.kind,
      owner_id: one.owner.id,
      owner_name: one.owner.name,
      kind: one.kind,
      asset: one.asset,
      asset_name: one.assetName,
      unit: one.unit,
      purpose: one.purpose ?? "",
      purpose_name: one.purposeName ?? "",
      restricted: one.restricted ?? false,
      may_go_negative: one.mayGoNegative ?? false,
      tracked: one.tracked ?? false,
      shards: one.popular ? POPULAR : 1,
      opened_on: one.openedOn,
    }));
    await tx.run(sql`
      insert into ledger_account (home_code, id, division_code, organisation_id, natural_key, owner_kind, owner_id, owner_name, kind, asset, asset_name,
        unit, purpose, purpose_name, restricted, may_go_negative, tracked, shards, opened_on, created_at)
      select home_code, id, division_code, organisation_id, natural_key, owner_kind, owner_id, owner_name, kind, asset, asset_name,
        unit, purpose, purpose_name, restricted, may_go_negative, tracked, shards, opened_on, ${ctx.now}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, id uuid, division_code text, organisation_id uuid, natural_key text,
        owner_kind text, owner_id uuid, owner_name text, kind text, asset text, asset_name text, unit text, purpose text, purpose_name text,
        restricted boolean, may_go_negative boolean, tracked boolean, shards smallint, opened_on date)
      order by home_code, natural_key
      on conflict (home_code, natural_key) do nothing`);
    known = index(await find());
    const shards = [...missing.keys()].flatMap((name) => {
      const row = known.get(name);
      if (!row) return [];
      const { home_code, id, division_code, organisation_id } = row;
      return Array.from({ length: row.shards }, (_, shard) => ({
        home_code,
        account_id: id,
        shard,
        division_code,
        organisation_id,
      }));
    });
    await tx.run(sql`
      insert into ledger_balance (home_code, account_id, shard, division_code, organisation_id, in_total, out_total, balance)
      select home_code, account_id, shard, division_code, organisation_id, 0, 0, 0
      from jsonb_to_recordset(${JSON.stringify(shards)}::jsonb) as row (home_code text, account_id uuid, shard smallint, division_code text, organisation_id uuid)
      order by home_code, account_id, shard
      on conflict (home_code, account_id, shard) do nothing`);
  }
  return wanted.map((one, at) => {
    const row = known.get(`${one.home} ${keys[at]}`);
    if (!row) throw new Error(`the account ${one.kind} of ${one.owner.name} was opened and is not there`);
    return row;
  });
}

/** Accounts by id, among those the asking scope may see. */
export async function accountsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, AccountRow>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.many<AccountRow>(
    sql`select * from ledger_account where id = any(${[...new Set(ids)]}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** The accounts that entries move between, among those the asking scope may see. */
export async function accountsAround(tx: Tx, entries: readonly string[]): Promise<AccountRow[]> {
  return tx.many<AccountRow>(sql`
    select a.* from ledger_account a where (a.home_code, a.id) in (
      select p.home_code, p.account_id from ledger_entry e join ledger_posting p on p.home_code = e.home_code and p.entry_id = e.id
      where e.id = any(${entries}::uuid[]))`);
}
