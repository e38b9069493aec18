import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";

/** A row of the table `donation`. */
export interface DonationRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly organisation_id: string | null;
  readonly recipient_name: string;
  readonly receipt: string;
  readonly kind: "cash" | "goods";
  readonly state: "recorded" | "corrected";
  readonly donor_kind: "organisation" | "person" | "anonymous" | "aggregate";
  readonly donor_name: string | null;
  readonly donor_count: number;
  readonly publish_donor: boolean;
  readonly payer_name: string | null;
  readonly forwarder_name: string | null;
  readonly amount_fen: number | null;
  readonly item: string | null;
  readonly spec: string | null;
  readonly unit: string | null;
  readonly quantity: number | null;
  readonly value_fen: number | null;
  readonly valuation: "invoice" | "market" | "assessed" | "donor" | "none" | null;
  readonly purpose: string;
  readonly restricted: boolean;
  readonly event: string | null;
  readonly donated_on: string;
  readonly receipt_state: "due" | "issued" | "waived" | "anonymous";
  readonly waiver: string | null;
  readonly document_id: string | null;
  readonly document_number: string | null;
  readonly programme_id: string | null;
  readonly pledge_id: string | null;
  readonly agreement: string | null;
  readonly entry_id: string;
  readonly corrects: string | null;
  readonly corrected_by: string | null;
  readonly correction_reason: string | null;
  readonly fingerprint: string;
  readonly source_id: string | null;
  readonly note: string | null;
  readonly version: number;
}

/** Adds gifts, many as one statement. */
export async function insertDonations(tx: Tx, rows: readonly DonationRow[], now: Date): Promise<void> {
  await tx.run(sql`
    insert into donation (home_code, id, division_code, organisation_id, recipient_name, receipt, kind, state, donor_kind, donor_name, donor_count,
      publish_donor, payer_name, forwarder_name, amount_fen, item, spec, unit, quantity, value_fen, valuation, purpose, restricted, event, donated_on,
      receipt_state, waiver, programme_id, pledge_id, agreement, entry_id, corrects, fingerprint, source_id, note, version, recorded_at)
    select home_code, id, division_code, organisation_id, recipient_name, receipt, kind, state, donor_kind, donor_name, donor_count,
      publish_donor, payer_name, forwarder_name, amount_fen, item, spec, unit, quantity, value_fen, valuation, purpose, restricted, event, donated_on,
      receipt_state, waiver, programme_id, pledge_id, agreement, entry_id, corrects, fingerprint, source_id, note, version, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (home_code text, id uuid, division_code text, organisation_id uuid, recipient_name text,
      receipt text, kind text, state text, donor_kind text, donor_name text, donor_count integer, publish_donor boolean, payer_name text, forwarder_name text,
      amount_fen bigint, item text, spec text, unit text, quantity bigint, value_fen bigint, valuation text, purpose text, restricted boolean, event text,
      donated_on date, receipt_state text, waiver text, programme_id uuid, pledge_id uuid, agreement text, entry_id uuid, corrects uuid, fingerprint text,
      source_id uuid, note text, version integer)`);
}

export async function loadDonation(tx: Tx, id: string): Promise<DonationRow | undefined> {
  return tx.maybe<DonationRow>(sql`select * from donation where id = ${id}`);
}

/** Marks a gift as corrected; 0 rows when another authority keeps it, or somebody was faster. */
export async function markCorrected(tx: Tx, row: DonationRow, by: string | null, reason: string): Promise<number> {
  return tx.run(sql`
    update donation set state = 'corrected', corrected_by = ${by}::uuid, correction_reason = ${reason}, version = version + 1
    where home_code = ${row.home_code} and id = ${row.id} and state = 'recorded'`);
}

export async function setReceipt(tx: Tx, row: DonationRow, document: string, number: string): Promise<number> {
  return tx.run(sql`
    update donation set receipt_state = 'issued', document_id = ${document}, document_number = ${number}, version = version + 1
    where home_code = ${row.home_code} and id = ${row.id} and receipt_state = 'due' and state = 'recorded'`);
}

/** A row of the table `donation_use`. */
export interface UseRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly organisation_id: string | null;
  readonly owner_name: string;
  readonly kind: "cash" | "goods";
  readonly amount_fen: number | null;
  readonly item: string | null;
  readonly spec: string | null;
  readonly unit: string | null;
  readonly quantity: number | null;
  readonly purpose: string;
  readonly recipient: string | null;
  readonly description: string;
  readonly event: string | null;
  readonly programme_id: string | null;
  readonly used_on: string;
  readonly entry_id: string;
  readonly state: "recorded" | "corrected";
}

export async function insertUse(tx: Tx, row: UseRow, now: Date): Promise<void> {
  await tx.run(sql`
    insert into donation_use (home_code, id, division_code, organisation_id, owner_name, kind, amount_fen, item, spec, unit, quantity, purpose, recipient,
      description, event, programme_id, used_on, entry_id, state, recorded_at)
    values (${row.home_code}, ${row.id}, ${row.division_code}, ${row.organisation_id}, ${row.owner_name}, ${row.kind}, ${row.amount_fen}, ${row.item},
      ${row.spec}, ${row.unit}, ${row.quantity}, ${row.purpose}, ${row.recipient}, ${row.description}, ${row.event}, ${row.programme_id}, ${row.used_on},
      ${row.entry_id}, ${row.state}, ${now})`);
}

export async function loadUse(tx: Tx, id: string): Promise<UseRow | undefined> {
  return tx.maybe<UseRow>(sql`select * from donation_use where id = ${id}`);
}

export async function markUseCorrected(tx: Tx, row: UseRow, reason: string): Promise<number> {
  return tx.run(sql`
    update donation_use set state = 'corrected', correction_reason = ${reason}
    where home_code = ${row.home_code} and id = ${row.id} and state = 'recorded'`);
}

export interface PledgeRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly organisation_id: string | null;
  readonly donor_name: string;
  readonly agreement: string | null;
  readonly pledged_text: string;
  readonly pledged_fen: number | null;
  readonly pledged_lower_fen: number | null;
  readonly pledged_upper_fen: number | null;
  readonly purpose: string;
  readonly pledged_on: string;
  readonly due_on: string | null;
}

export async function insertPledge(tx: Tx, row: PledgeRow, now: Date): Promise<void> {
  await tx.run(sql`
    insert into donation_pledge (home_code, id, division_code, organisation_id, donor_name, agreement, pledged_text, pledged_fen, pledged_lower_fen,
      pledged_upper_fen, purpose, pledged_on, due_on, received_cash_fen, received_goods_value_fen, created_at)
    values (${row.home_code}, ${row.id}, ${row.division_code}, ${row.organisation_id}, ${row.donor_name}, ${row.agreement}, ${row.pledged_text},
      ${row.pledged_fen}, ${row.pledged_lower_fen}, ${row.pledged_upper_fen}, ${row.purpose}, ${row.pledged_on}, ${row.due_on}, 0, 0, ${now})`);
}

/** Counts what came in on a promise: cash and the value of goods each for itself. 0 rows when it is unknown here. */
export async function receiveOnPledge(tx: Tx, home: string, id: string, cash: number, goods: number): Promise<number> {
  return tx.run(sql`
    update donation_pledge set received_cash_fen = received_cash_fen + ${cash}::bigint,
      received_goods_value_fen = received_goods_value_fen + ${goods}::bigint
    where home_code = ${home} and id = ${id}`);
}
