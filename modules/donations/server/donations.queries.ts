import { join, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { rangeOf } from "../../../kernel/divisions/code.ts";
import type { DonationRow } from "./donations.store.ts";

/** How many lines of these fingerprints stand here from elsewhere than the batch that asks. */
export async function knownFingerprints(
  tx: Tx,
  home: string,
  fingerprints: readonly string[],
  batch: string,
): Promise<Map<string, number>> {
  if (fingerprints.length === 0) return new Map();
  const rows = await tx.many<{ fingerprint: string; lines: number }>(sql`
    select fingerprint, count(*)::integer as lines from donation
    where home_code = ${home} and fingerprint = any(${[...new Set(fingerprints)]}) and state = 'recorded'
      and (source_id is null or source_id <> ${batch}::uuid)
    group by fingerprint`);
  return new Map(rows.map((row) => [row.fingerprint, row.lines]));
}

export interface ListFilter {
  readonly kind?: string | undefined;
  readonly receiptState?: string | undefined;
  readonly event?: string | undefined;
  readonly after?: readonly [on: string, id: string] | undefined;
  readonly limit: number;
}

export async function donationPage(tx: Tx, where: ListFilter): Promise<DonationRow[]> {
  const after = where.after ?? null;
  return tx.many<DonationRow>(sql`
    select * from donation
    where (${where.kind ?? null}::text is null or kind = ${where.kind ?? null})
      and (${where.receiptState ?? null}::text is null or receipt_state = ${where.receiptState ?? null})
      and (${where.event ?? null}::text is null or event = ${where.event ?? null})
      and (${after?.[1] ?? null}::uuid is null or (donated_on, id) < (${after?.[0] ?? null}::date, ${after?.[1] ?? null}::uuid))
    order by donated_on desc, id desc limit ${where.limit}`);
}

/** A gift by the number its donor holds (跨范围查询), through the lookup role. */
export async function donationByReceipt(tx: Tx, receipt: string): Promise<DonationRow | undefined> {
  return tx.maybe<DonationRow>(sql`select * from donation where receipt = ${receipt}`);
}

/** The number of the line that is right, for one that was corrected. */
export async function receiptOfDonation(tx: Tx, id: string): Promise<string | null> {
  return (await tx.maybe<{ receipt: string }>(sql`select receipt from donation where id = ${id}`))?.receipt ?? null;
}

/** What uses were for, by their ids. */
export async function textsOfUses(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.many<{ id: string; description: string }>(
    sql`select id, description from donation_use where id = any(${[...new Set(ids)]}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.id, row.description]));
}

export interface Figures {
  readonly donations: number;
  readonly cash: number;
  readonly goods_value: number;
  readonly goods_without_value: number;
  readonly goods_lines: number;
  readonly receipts_due: number;
  readonly recipients: number;
  readonly donor_bodies: number;
}

export interface Within {
  readonly division?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly event?: string | undefined;
}

const within = (where: Within, day: "donated_on" | "used_on" | "pledged_on") => {
  const range = where.division === undefined ? undefined : rangeOf(where.division);
  const dated =
    day === "donated_on"
      ? [sql`donated_on >= ${where.from ?? "0001-01-01"}`, sql`donated_on < ${where.to ?? "9999-12-31"}`]
      : day === "used_on"
        ? [sql`used_on >= ${where.from ?? "0001-01-01"}`, sql`used_on < ${where.to ?? "9999-12-31"}`]
        : [sql`pledged_on >= ${where.from ?? "0001-01-01"}`, sql`pledged_on < ${where.to ?? "9999-12-31"}`];
  return join(
    [
      ...(range ? [sql`division_code >= ${range.lo}`, sql`division_code < ${range.hi}`] : []),
      ...dated,
      ...(where.event === undefined || day === "pledged_on" ? [] : [sql`event = ${where.event}`]),
    ],
    " and ",
  );
};

/** Gifts added up (捐赠统计): cash and the value of goods each for itself. What was corrected is not counted. */
export async function giftFigures(tx: Tx, where: Within): Promise<Figures> {
  return tx.one<Figures>(sql`
    select coalesce(sum(donor_count), 0)::bigint as donations, coalesce(sum(amount_fen), 0)::bigint as cash,
      coalesce(sum(value_fen), 0)::bigint as goods_value,
      count(case when kind = 'goods' and value_fen is null then 1 end)::integer as goods_without_value,
      count(case when kind = 'goods' then 1 end)::integer as goods_lines,
      count(case when receipt_state = 'due' then 1 end)::integer as receipts_due,
      count(distinct organisation_id)::integer as recipients,
      count(distinct case when donor_kind = 'organisation' then donor_name end)::integer as donor_bodies
    from donation where state = 'recorded' and ${within(where, "donated_on")}`);
}

/** Pieces by the unit they are counted in (物资件数): boxes and devices are never added to each other. */
export async function piecesByUnit(tx: Tx, where: Within): Promise<{ unit: string; quantity: number }[]> {
  return tx.many(sql`
    select unit, sum(quantity)::bigint as quantity from donation
    where state = 'recorded' and kind = 'goods' and ${within(where, "donated_on")}
    group by unit order by sum(quantity) desc, unit limit 30`);
}

export async function figuresOfUses(tx: Tx, where: Within): Promise<{ cash: number; goods_lines: number }> {
  return tx.one<{ cash: number; goods_lines: number }>(sql`
    select coalesce(sum(amount_fen), 0)::bigint as cash, count(case when kind = 'goods' then 1 end)::integer as goods_lines
    from donation_use where state = 'recorded' and ${within(where, "used_on")}`);
}

export async function pledgeFigures(tx: Tx, where: Within): Promise<{ pledged: number; texts: string[] }> {
  return tx.one<{ pledged: number; texts: string[] }>(sql`
    select coalesce(sum(pledged_fen), 0)::bigint as pledged,
      coalesce(array_agg(pledged_text order by pledged_on, id) filter (where pledged_fen is null), '{}') as texts
    from donation_pledge where ${within(where, "pledged_on")}`);
}

/** What was published of a division and year last. */
export async function publishedTotals(
  tx: Tx,
  division: string,
  year: number,
): Promise<Record<string, unknown> | undefined> {
  const row = await tx.maybe<{ figures: Record<string, unknown> }>(
    sql`select figures from donation_total where division_code = ${division} and year = ${year}::integer`,
  );
  return row?.figures;
}
