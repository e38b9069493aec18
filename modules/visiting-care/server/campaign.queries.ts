import { join, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { rangeOf } from "../../../kernel/divisions/code.ts";

/** A row of the table `census_village` (排查村), which carries its campaign. */
export interface VillageRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly campaign_id: string;
  readonly campaign_title: string;
  readonly campaign_division: string;
  readonly campaign_from_on: string;
  readonly campaign_to_on: string;
  readonly campaign_state: "open" | "closed";
  readonly campaign_opened_at: Date;
  readonly name: string;
  readonly expected: number | null;
  readonly found: number | null;
  readonly state: "open" | "finished";
  readonly finished_on: string | null;
  readonly finished_by: string | null;
  readonly note: string | null;
}

/** Villages of a division in force on a day (村级区划). */
export function villagesOf(tx: Tx, division: string, on: string): Promise<{ code: string; name: string }[]> {
  const { lo, hi } = rangeOf(division);
  return tx.many(sql`
    select code, name from division where code >= ${lo} and code < ${hi} and level = 5 and valid_from <= ${on}
      and (valid_to is null or valid_to > ${on}) order by code`);
}

/** Villages of a campaign under the reader's scope, in code order. */
export function worklistOf(tx: Tx, campaign: string, division?: string): Promise<VillageRow[]> {
  const range = division ? rangeOf(division) : undefined;
  const where = join(
    [
      sql`campaign_id = ${campaign}`,
      ...(range ? [sql`division_code >= ${range.lo} and division_code < ${range.hi}`] : []),
    ],
    " and ",
  );
  return tx.many<VillageRow>(sql`select * from census_village where ${where} order by division_code, id`);
}

/** Campaigns of which the reader sees a village, newest first, with what of them the reader sees. */
export async function campaignPage(
  tx: Tx,
  given: {
    readonly state: "open" | "closed" | "all";
    readonly after?: readonly [at: string, id: string] | undefined;
    readonly limit: number;
  },
): Promise<(VillageRow & { readonly villages: number; readonly finished: number; readonly found_sum: number })[]> {
  const where = join(
    [
      ...(given.state === "all" ? [] : [sql`campaign_state = ${given.state}`]),
      ...(given.after
        ? [sql`(campaign_opened_at, campaign_id) < (${given.after[0]}::timestamptz, ${given.after[1]}::uuid)`]
        : []),
    ],
    " and ",
  );
  return tx.many(sql`
    select campaign_id, campaign_title, campaign_division, campaign_from_on, campaign_to_on, campaign_state, campaign_opened_at,
      count(*) as villages, count(*) filter (where state = 'finished') as finished, coalesce(sum(found), 0)::bigint as found_sum
    from census_village where ${where}
    group by campaign_id, campaign_title, campaign_division, campaign_from_on, campaign_to_on, campaign_state, campaign_opened_at
    order by campaign_opened_at desc, campaign_id desc limit ${given.limit}`);
}

/** What a census came to in one village. */
export interface VillageCounts {
  readonly found: number;
  readonly proposed: number;
  readonly agreed: number;
  readonly refused: number;
}

/**
 * People recorded or confirmed in the period, and what they were asked (排查结果), by village: found are people of the
 * register written in the period; proposed, agreed and refused are those whose care began or was settled in it.
 */
export async function countsOf(
  tx: Tx,
  campaign: { readonly id: string; readonly from: string; readonly to: string },
  division: string,
): Promise<Map<string, VillageCounts>> {
  const { lo, hi } = rangeOf(division);
  const found = await tx.many<{ division_code: string; found: number }>(sql`
    select division_code, count(*) as found from person
    where division_code >= ${lo} and division_code < ${hi} and state = 'present'
      and (updated_at at time zone 'Asia/Shanghai')::date >= ${campaign.from}::date and (created_at at time zone 'Asia/Shanghai')::date <= ${campaign.to}::date
    group by division_code`);
  const asked = await tx.many<{ division_code: string; proposed: number; agreed: number; refused: number }>(sql`
    select division_code,
      count(*) filter (where state = 'proposed' and proposed_on >= ${campaign.from}::date and proposed_on <= ${campaign.to}::date) as proposed,
      count(*) filter (where state = 'enrolled' and coalesce(agreed_on, enrolled_on) >= ${campaign.from}::date and coalesce(agreed_on, enrolled_on) <= ${campaign.to}::date) as agreed,
      count(*) filter (where state = 'refused' and refused_on >= ${campaign.from}::date and refused_on <= ${campaign.to}::date) as refused
    from care_enrolment where division_code >= ${lo} and division_code < ${hi} group by division_code`);
  const out = new Map<string, VillageCounts>();
  for (const row of found) out.set(row.division_code, { found: row.found, proposed: 0, agreed: 0, refused: 0 });
  for (const { division_code, ...row } of asked)
    out.set(division_code, { found: out.get(division_code)?.found ?? 0, ...row });
  return out;
}

/** A line of the register of one village as it is printed. */
export interface CensusLine {
  readonly id: string;
  readonly name: string;
  readonly sex: "female" | "male" | null;
  readonly born_on: string | null;
  readonly categories: readonly string[];
  readonly living: string;
  readonly care: "proposed" | "refused" | "enrolled" | null;
}

/** People of a village for the printed register, in the order of names. */
export function censusLines(tx: Tx, village: string, limit: number): Promise<CensusLine[]> {
  return tx.many<CensusLine>(sql`
    select person.id, person.name, person.sex, person.born_on, person.categories, person.living, care.state as care
    from person left join care_enrolment as care on care.person_id = person.id and care.home_code = person.home_code and care.closed_no = 0
    where person.division_code = ${village} and person.state = 'present' order by person.name_key, person.id limit ${limit}`);
}
