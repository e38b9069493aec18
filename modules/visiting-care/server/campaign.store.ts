import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { VillageRow } from "./campaign.queries.ts";

/** A row of the table `census_campaign` (摸底排查). */
export interface CampaignRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly title: string;
  readonly from_on: string;
  readonly to_on: string;
  readonly state: "open" | "closed";
  readonly opened_at: Date;
}

/** Writes a campaign and its worklist. */
export async function insertCampaign(tx: Tx, row: CampaignRow, villages: readonly VillageRow[]): Promise<void> {
  await tx.run(sql`
    insert into census_campaign (home_code, id, division_code, title, from_on, to_on, state, opened_at)
    values (${row.home_code}, ${row.id}, ${row.division_code}, ${row.title}, ${row.from_on}, ${row.to_on}, ${row.state}, ${row.opened_at})`);
  await tx.run(sql`
    insert into census_village (home_code, id, division_code, campaign_id, campaign_title, campaign_division, campaign_from_on, campaign_to_on,
      campaign_state, campaign_opened_at, name, expected, state)
    select home_code, id, division_code, campaign_id, campaign_title, campaign_division, campaign_from_on, campaign_to_on, campaign_state,
      campaign_opened_at, name, expected, state
    from jsonb_to_recordset(${JSON.stringify(villages)}::jsonb) as row (home_code text, id uuid, division_code text, campaign_id uuid, campaign_title text,
      campaign_division text, campaign_from_on date, campaign_to_on date, campaign_state text, campaign_opened_at timestamptz, name text, expected integer, state text)`);
}

/** Marks a village as gone through; answers 0 when it was already, or is not the actor's. */
export function finishVillageRow(
  tx: Tx,
  row: VillageRow,
  done: { readonly found: number; readonly on: string; readonly by: string; readonly note: string | null },
): Promise<number> {
  return tx.run(sql`
    update census_village set state = 'finished', found = ${done.found}, finished_on = ${done.on}, finished_by = ${done.by}, note = ${done.note}
    where home_code = ${row.home_code} and id = ${row.id} and state = 'open' and campaign_state = 'open'`);
}

/** Closes a campaign on its own row and on all its villages; answers 0 when it is not the actor's, or closed. */
export async function closeCampaignRow(tx: Tx, id: string, at: Date, reason: string | null): Promise<number> {
  const closed = await tx.run(sql`
    update census_campaign set state = 'closed', closed_at = ${at}, close_reason = ${reason} where id = ${id} and state = 'open'`);
  if (closed === 1) await tx.run(sql`update census_village set campaign_state = 'closed' where campaign_id = ${id}`);
  return closed;
}
