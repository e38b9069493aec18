import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import type { RunKind } from "../runs.contract.ts";

/** A row of table `credit_run`. */
export interface RunRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly kind: RunKind;
  readonly state: "running" | "stopped" | "done" | "reverted";
  readonly stop_reason: "over-limit" | "person" | null;
  readonly on_date: string;
  readonly digest: string;
  readonly candidates: number;
  readonly max_count: number;
  readonly started_by: string | null;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly reverted_by: string | null;
  readonly reverted_at: Date | null;
  readonly revert_reason: string | null;
  readonly version: number;
}

export type ItemOutcome = "waiting" | "done" | "skipped" | "reverted" | "kept";

/** A row of table `credit_run_item`. */
export interface ItemRow {
  readonly home_code: string;
  readonly run_id: string;
  readonly ordinal: number;
  readonly division_code: string;
  readonly organisation_id: string;
  readonly organisation_name: string;
  readonly listing_id: string | null;
  readonly facts: Record<string, unknown>;
  readonly outcome: ItemOutcome;
  readonly note: string | null;
}

/** Someone a run would act on (批处理对象). */
export interface Candidate {
  readonly organisation_id: string;
  readonly organisation_name: string;
  readonly organisation_code: string | null;
  readonly division_code: string;
  readonly listing_id: string | null;
  readonly facts: Record<string, unknown>;
}

/**
 * Whom a run would act on today, in the register of one home (批处理对象查询). Reads only; more than `most` rows are not
 * needed to know that the limit is exceeded.
 */
export async function candidates(
  tx: Tx,
  kind: RunKind,
  home: string,
  today: string,
  most: number,
): Promise<Candidate[]> {
  if (kind === "overdue-reports") {
    return tx.many<Candidate>(sql`
      select organisation.id as organisation_id, organisation.name as organisation_name, organisation.credit_code as organisation_code,
        organisation.division_code, null::uuid as listing_id,
        jsonb_build_object('annual_report', 'missing', 'report_year', organisation.inspection_year) as facts
      from organisation
      where organisation.home_code = ${home} and organisation.inspection_conclusion = 'missed' and organisation.status in ('registered', 'suspended')
        and not exists (select 1 from credit_listing as known where known.home_code = organisation.home_code and known.organisation_id = organisation.id
          and known.list = 'abnormal' and known.ground = 'annual_report' and known.facts ->> 'report_year' = organisation.inspection_year::text
          and (known.end_reason is null or known.end_reason <> 'run-reverted'))
        and not exists (select 1 from credit_listing as live where live.home_code = organisation.home_code and live.organisation_id = organisation.id
          and live.list = 'abnormal' and live.state in ('proposed', 'noticed', 'stated', 'answered'))
      order by organisation.division_code, organisation.id limit ${most}`);
  }
  if (kind === "six-month-removals") {
    return tx.many<Candidate>(sql`
      select organisation_id, organisation_name, organisation_code, division_code, id as listing_id,
        jsonb_build_object('six_months_on', six_months_on, 'clock_from', clock_from, 'ground', clock_ground) as facts
      from credit_listing
      where home_code = ${home} and list = 'abnormal' and state = 'listed' and not rectifiable and six_months_on <= ${today}
      order by division_code, organisation_id, id limit ${most}`);
  }
  return tx.many<Candidate>(sql`
    select listing.organisation_id, listing.organisation_name, listing.organisation_code, listing.division_code, listing.id as listing_id,
      jsonb_build_object('abnormal_since', listing.clock_from, 'two_years_on', listing.two_years_on) as facts
    from credit_listing as listing
    where listing.home_code = ${home} and listing.list = 'abnormal' and listing.two_years_on <= ${today} and listing.adds_to is null
      and (listing.state = 'listed' or (listing.state in ('removal-applied', 'removal-verified') and listing.removal_applied_on >= listing.two_years_on))
      and listing.rectifiable
      and not exists (select 1 from credit_listing as live where live.home_code = listing.home_code and live.organisation_id = listing.organisation_id
        and live.list = 'serious' and live.state in ('proposed', 'noticed', 'stated', 'answered', 'listed', 'removal-applied', 'removal-verified'))
    order by listing.division_code, listing.organisation_id, listing.id limit ${most}`);
}

export async function insertRun(tx: Tx, run: RunRow, items: readonly ItemRow[]): Promise<void> {
  await tx.run(
    sql`insert into credit_run select * from jsonb_populate_record(null::credit_run, ${JSON.stringify(run)}::jsonb)`,
  );
  await tx.run(
    sql`insert into credit_run_item select * from jsonb_populate_recordset(null::credit_run_item, ${JSON.stringify(items)}::jsonb)`,
  );
}

export async function findRun(tx: Tx, id: string): Promise<RunRow | undefined> {
  return tx.maybe<RunRow>(sql`select * from credit_run where id = ${id}`);
}

/** Keeps a run for this transaction; undefined when it is not the actor's own register. */
export async function lockRun(tx: Tx, id: string): Promise<RunRow | undefined> {
  return tx.maybe<RunRow>(sql`select * from credit_run where id = ${id} for update`);
}

export async function runningRun(tx: Tx, home: string, kind: RunKind): Promise<RunRow | undefined> {
  return tx.maybe<RunRow>(
    sql`select * from credit_run where home_code = ${home} and kind = ${kind} and state = 'running'`,
  );
}

/** Changes a run that is kept for this transaction. */
export async function updateRun(
  tx: Tx,
  run: RunRow,
  patch: Partial<
    Pick<RunRow, "state" | "stop_reason" | "finished_at" | "reverted_by" | "reverted_at" | "revert_reason">
  >,
): Promise<RunRow> {
  const next = { ...run, ...patch, version: run.version + 1 };
  const touched = await tx.run(sql`
    update credit_run set state = ${next.state}, stop_reason = ${next.stop_reason}, finished_at = ${next.finished_at}, reverted_by = ${next.reverted_by},
      reverted_at = ${next.reverted_at}, revert_reason = ${next.revert_reason}, version = ${next.version}
    where home_code = ${run.home_code} and id = ${run.id} and version = ${run.version}`);
  if (touched !== 1) throw new Refusal("credit/changed-meanwhile", 409, { run: run.id });
  return next;
}

export async function itemsOf(tx: Tx, run: string, outcome?: ItemOutcome, most = 10_000): Promise<ItemRow[]> {
  return tx.many<ItemRow>(sql`
    select * from credit_run_item where run_id = ${run} and (${outcome ?? null}::text is null or outcome = ${outcome ?? null}) order by ordinal limit ${most}`);
}

export async function setItem(
  tx: Tx,
  item: ItemRow,
  outcome: ItemOutcome,
  listing: string | null,
  note: string | null,
): Promise<void> {
  await tx.run(sql`
    update credit_run_item set outcome = ${outcome}, listing_id = ${listing}, note = ${note}
    where home_code = ${item.home_code} and run_id = ${item.run_id} and ordinal = ${item.ordinal}`);
}

/** How far a run is, by outcome. */
export async function countItems(tx: Tx, runs: readonly string[]): Promise<Map<string, Record<ItemOutcome, number>>> {
  const rows = await tx.many<{ run_id: string; outcome: ItemOutcome; n: number }>(sql`
    select run_id, outcome, count(*) as n from credit_run_item where run_id = any(${runs}::uuid[]) group by run_id, outcome`);
  const none = { waiting: 0, done: 0, skipped: 0, reverted: 0, kept: 0 };
  const out = new Map<string, Record<ItemOutcome, number>>(runs.map((id) => [id, { ...none }]));
  for (const row of rows) {
    const counts = out.get(row.run_id);
    if (counts) counts[row.outcome] = row.n;
  }
  return out;
}
