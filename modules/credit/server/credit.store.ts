import { raw, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { Refusal } from "../../../kernel/operation/errors.ts";
import type { GroundId, List, LocalClass, NationalClass, RecordKindId } from "../credit.catalogue.ts";
import type { ListingState, ServiceMethod } from "../listing.shapes.ts";

/** A row of table `credit_listing` (名录案件): see the comments of its columns. */
export interface ListingRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly organisation_id: string;
  readonly unit_id: string | null;
  readonly organisation_name: string;
  readonly organisation_code: string | null;
  readonly list: List;
  readonly ground: GroundId;
  readonly ground_text: string;
  readonly facts: Record<string, unknown>;
  readonly evidence: readonly string[];
  readonly rectifiable: boolean;
  readonly origin: "person" | "module" | "run" | "legacy";
  readonly origin_ref: string | null;
  readonly adds_to: string | null;
  readonly state: ListingState;
  readonly authority: string;
  readonly proposed_on: string;
  readonly proposed_by: string | null;
  readonly proposal_decision_id: string | null;
  readonly notice_document_id: string | null;
  readonly notice_paper_number: string | null;
  readonly notice_issued_on: string | null;
  readonly notice_issued_by: string | null;
  readonly notice_served_on: string | null;
  readonly notice_method: ServiceMethod | null;
  readonly notice_recorded_by: string | null;
  readonly statement_due_on: string | null;
  readonly stated_on: string | null;
  readonly answered_on: string | null;
  readonly answered_by: string | null;
  readonly certificate_on: string | null;
  readonly reasons: string | null;
  readonly basis: string | null;
  readonly remedy: string | null;
  readonly decision_rule_id: string | null;
  readonly decision_document_id: string | null;
  readonly decision_number: string | null;
  readonly decision_code: string | null;
  readonly decided_on: string | null;
  readonly decided_by: string | null;
  readonly listed_on: string | null;
  readonly clock_from: string | null;
  readonly clock_ground: GroundId | null;
  readonly six_months_on: string | null;
  readonly two_years_on: string | null;
  readonly put_right_on: string | null;
  readonly removal_applied_on: string | null;
  readonly removal_verified_on: string | null;
  readonly removal_verified_by: string | null;
  readonly removal_due_on: string | null;
  readonly removal_rule_id: string | null;
  readonly removal_document_id: string | null;
  readonly ended_on: string | null;
  readonly ended_by: string | null;
  readonly end_reason: string | null;
  readonly legacy: boolean;
  readonly version: number;
}

const emptyListing = {
  origin_ref: null,
  adds_to: null,
  proposed_by: null,
  proposal_decision_id: null,
  notice_document_id: null,
  notice_paper_number: null,
  notice_issued_on: null,
  notice_issued_by: null,
  notice_served_on: null,
  notice_method: null,
  notice_recorded_by: null,
  statement_due_on: null,
  stated_on: null,
  answered_on: null,
  answered_by: null,
  certificate_on: null,
  reasons: null,
  basis: null,
  remedy: null,
  decision_rule_id: null,
  decision_document_id: null,
  decision_number: null,
  decision_code: null,
  decided_on: null,
  decided_by: null,
  listed_on: null,
  clock_from: null,
  clock_ground: null,
  six_months_on: null,
  two_years_on: null,
  put_right_on: null,
  removal_applied_on: null,
  removal_verified_on: null,
  removal_verified_by: null,
  removal_due_on: null,
  removal_rule_id: null,
  removal_document_id: null,
  ended_on: null,
  ended_by: null,
  end_reason: null,
  legacy: false,
  version: 1,
} as const;

type EmptyListing = keyof typeof emptyListing;

/** A listing with what is known at its beginning; everything else is still empty. */
export function newListing(
  given: Omit<ListingRow, EmptyListing> & Partial<Pick<ListingRow, EmptyListing>>,
): ListingRow {
  return { ...emptyListing, ...given };
}

export async function insertListing(tx: Tx, row: ListingRow): Promise<void> {
  await tx.run(
    sql`insert into credit_listing select * from jsonb_populate_record(null::credit_listing, ${JSON.stringify(row)}::jsonb)`,
  );
}

/** Reads one listing under the actor's own scope. */
export async function findListing(tx: Tx, id: string): Promise<ListingRow | undefined> {
  return tx.maybe<ListingRow>(sql`select * from credit_listing where id = ${id}`);
}

/** Reads one listing of the actor's own register and keeps it for this transaction. */
export async function lockListing(tx: Tx, id: string): Promise<ListingRow | undefined> {
  return tx.maybe<ListingRow>(sql`select * from credit_listing where id = ${id} for update`);
}

/** Listings of an organisation that are underway or standing, both lists (在办与在列). */
export async function liveListings(tx: Tx, organisation: string): Promise<ListingRow[]> {
  return tx.many<ListingRow>(sql`
    select * from credit_listing where organisation_id = ${organisation}
      and state in ('proposed', 'noticed', 'stated', 'answered', 'listed', 'removal-applied', 'removal-verified')
    order by proposed_on, id`);
}

/** The newest listing with this origin, whatever became of it. */
export async function listingByOrigin(tx: Tx, organisation: string, ref: string): Promise<ListingRow | undefined> {
  return tx.maybe<ListingRow>(sql`
    select * from credit_listing where organisation_id = ${organisation} and origin_ref = ${ref} order by proposed_on desc, id desc limit 1`);
}

/** Grounds joined to a standing listing, oldest first. */
export async function joinedTo(tx: Tx, listing: string): Promise<ListingRow[]> {
  return tx.many<ListingRow>(sql`
    select * from credit_listing where adds_to = ${listing} and state = 'joined' order by decided_on, id`);
}

/** What may change of a listing after it began. */
export type ListingPatch = Partial<Omit<ListingRow, "home_code" | "id" | "organisation_id" | "version">>;

/**
 * Changes a listing if it is still as it was read (防并发): of two concurrent acts one is refused.
 * @throws Refusal credit/changed-meanwhile (409)
 */
export async function updateListing(tx: Tx, before: ListingRow, patch: ListingPatch): Promise<ListingRow> {
  const columns = Object.keys(patch).join(", ");
  const touched = await tx.run(sql`
    update credit_listing set (${raw(columns)}, version) =
      (select ${raw(columns)}, ${before.version + 1}::integer from jsonb_populate_record(null::credit_listing, ${JSON.stringify(patch)}::jsonb))
    where home_code = ${before.home_code} and id = ${before.id} and version = ${before.version} and state = ${before.state}`);
  if (touched !== 1) throw new Refusal("credit/changed-meanwhile", 409, { listing: before.id });
  return { ...before, ...patch, version: before.version + 1 };
}

/** A row of table `credit_submission`. */
export interface SubmissionRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly listing_id: string;
  readonly organisation_id: string;
  readonly unit_id: string | null;
  readonly kind: "statement" | "certificate" | "removal-application" | "objection";
  readonly made_by: "organisation" | "supervisory-unit" | "registrar";
  readonly content: string;
  readonly evidence: readonly string[];
  readonly received_on: string;
  readonly recorded_by: string | null;
  readonly due_on: string | null;
  readonly state: "open" | "accepted" | "rejected";
  readonly answered_on: string | null;
  readonly answered_by: string | null;
  readonly answer: string | null;
  readonly version: number;
}

export async function insertSubmission(tx: Tx, row: SubmissionRow): Promise<void> {
  await tx.run(
    sql`insert into credit_submission select * from jsonb_populate_record(null::credit_submission, ${JSON.stringify(row)}::jsonb)`,
  );
}

export async function findSubmission(tx: Tx, id: string): Promise<SubmissionRow | undefined> {
  return tx.maybe<SubmissionRow>(sql`select * from credit_submission where id = ${id}`);
}

export async function submissionsOf(tx: Tx, listing: string): Promise<SubmissionRow[]> {
  return tx.many<SubmissionRow>(
    sql`select * from credit_submission where listing_id = ${listing} order by received_on, id`,
  );
}

/** Answers every open submission of a kind on a listing; says how many there were. */
export async function answerSubmissions(
  tx: Tx,
  listing: ListingRow,
  kind: SubmissionRow["kind"],
  answer: {
    readonly state: "accepted" | "rejected";
    readonly on: string;
    readonly by: string | null;
    readonly text: string;
  },
): Promise<number> {
  return tx.run(sql`
    update credit_submission set state = ${answer.state}, answered_on = ${answer.on}, answered_by = ${answer.by}, answer = ${answer.text}, version = version + 1
    where listing_id = ${listing.id} and home_code = ${listing.home_code} and kind = ${kind} and state = 'open'`);
}

/** Answers one submission if it is still open. */
export async function answerSubmission(
  tx: Tx,
  row: SubmissionRow,
  answer: {
    readonly state: "accepted" | "rejected";
    readonly on: string;
    readonly by: string | null;
    readonly text: string;
  },
): Promise<number> {
  return tx.run(sql`
    update credit_submission set state = ${answer.state}, answered_on = ${answer.on}, answered_by = ${answer.by}, answer = ${answer.text}, version = version + 1
    where home_code = ${row.home_code} and id = ${row.id} and state = 'open'`);
}

/** A row of table `credit_record`. */
export interface RecordRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly organisation_id: string;
  readonly unit_id: string | null;
  readonly organisation_name: string;
  readonly organisation_code: string | null;
  readonly class: NationalClass;
  readonly local_class: LocalClass;
  readonly kind: RecordKindId;
  readonly title: string;
  readonly basis: string | null;
  readonly content: Record<string, unknown>;
  readonly authority: string;
  readonly evidence: readonly string[];
  readonly source_ref: string | null;
  readonly state: "pending" | "entered" | "corrected" | "undone";
  readonly formed_on: string;
  readonly received_on: string | null;
  readonly due_on: string | null;
  readonly entered_on: string | null;
  readonly entered_by: string | null;
  readonly on_time: boolean | null;
  readonly public: boolean;
  readonly valid_to: string | null;
  readonly corrects: string | null;
  readonly corrected_by: string | null;
  readonly correction_reason: string | null;
  readonly listing_id: string | null;
  readonly decision_id: string | null;
  readonly version: number;
}

/** Writes records, many as one statement. */
export async function insertRecords(tx: Tx, rows: readonly RecordRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(
    sql`insert into credit_record select * from jsonb_populate_recordset(null::credit_record, ${JSON.stringify(rows)}::jsonb)`,
  );
}

export async function findRecord(tx: Tx, id: string): Promise<RecordRow | undefined> {
  return tx.maybe<RecordRow>(sql`select * from credit_record where id = ${id}`);
}

export async function recordBySource(tx: Tx, home: string, ref: string): Promise<RecordRow | undefined> {
  return tx.maybe<RecordRow>(sql`
    select * from credit_record where home_code = ${home} and source_ref = ${ref} and state <> 'undone'`);
}

/** Changes a record if it is still as it was read. @throws Refusal credit/changed-meanwhile (409) */
export async function updateRecord(tx: Tx, before: RecordRow, patch: Partial<RecordRow>): Promise<void> {
  const columns = Object.keys(patch).join(", ");
  const touched = await tx.run(sql`
    update credit_record set (${raw(columns)}, version) =
      (select ${raw(columns)}, ${before.version + 1}::integer from jsonb_populate_record(null::credit_record, ${JSON.stringify(patch)}::jsonb))
    where home_code = ${before.home_code} and id = ${before.id} and version = ${before.version}`);
  if (touched !== 1) throw new Refusal("credit/changed-meanwhile", 409, { record: before.id });
}

/** Ends the validity of the record that a listing made, when the listing ends. */
export async function endListingRecord(tx: Tx, listing: ListingRow, on: string): Promise<void> {
  await tx.run(sql`
    update credit_record set valid_to = ${on}, version = version + 1
    where home_code = ${listing.home_code} and listing_id = ${listing.id} and state = 'entered' and valid_to is null`);
}
