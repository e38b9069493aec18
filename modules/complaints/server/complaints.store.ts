import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { State } from "../complaints.contract.ts";

/** A row of the table `complaint`. */
export interface ComplaintRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly number: string;
  readonly about: "organisation" | "other";
  readonly organisation_id: string | null;
  readonly organisation_code: string | null;
  readonly organisation_name: string | null;
  readonly text: string;
  readonly state: State;
  readonly procedure_id: string;
  readonly received_at: Date;
  readonly received_on: string;
  readonly due_on: string;
  readonly accepted_on: string | null;
  readonly answered_on: string | null;
  readonly handler: string | null;
  readonly responsible: string | null;
  readonly answer: string | null;
  readonly review_reason: string | null;
  readonly review_asked_on: string | null;
  readonly review_answer: string | null;
  readonly reviewed_on: string | null;
}

const DAY_MS = 86_400_000;

/**
 * Place in the list (列表位次): what waits to be accepted by its term, then what is being handled by its term, then what was
 * answered and what is over, each newest first. Stored, because a list pages on stored columns.
 */
export function listPlace(row: Pick<ComplaintRow, "state" | "received_on" | "due_on">): number {
  const day = (date: string) => Math.floor(Date.parse(date) / DAY_MS);
  if (row.state === "received") return day(row.due_on);
  if (row.state === "accepted" || row.state === "assigned") return 100_000 + day(row.due_on);
  // Asked for again: it waits as what is being handled waits, behind what came later.
  if (row.state === "reviewing") return 200_000 + day(row.received_on);
  return (row.state === "replied" || row.state === "reviewed" ? 300_000 : 400_000) - day(row.received_on);
}

const TRIES = 50;

/**
 * Takes the next number of a year (取号). The door may only insert: whoever loses the race for a number waits for the
 * winner's commit and takes the next one.
 */
export async function takeNumber(tx: Tx, home: string, year: number, now: Date): Promise<number> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const taken = await tx.maybe<{ seq: number }>(sql`
      insert into complaint_number (home_code, year, seq, taken_at)
      select ${home}, ${year}::integer, coalesce(max(seq), 0) + 1, ${now}::timestamptz from complaint_number
      where home_code = ${home} and year = ${year}::integer
      on conflict do nothing returning seq`);
    if (taken) return taken.seq;
  }
  throw new Error("no complaint number could be taken");
}

/** Keeps a new complaint and its receipt; neither can be read back through the door it came by. */
export async function insertComplaint(tx: Tx, row: ComplaintRow, receipt: string): Promise<void> {
  await tx.run(sql`
    insert into complaint (home_code, id, division_code, number, about, organisation_id, organisation_code, organisation_name,
      text, state, procedure_id, received_at, received_on, due_on, list_place, updated_at)
    values (${row.home_code}, ${row.id}, ${row.division_code}, ${row.number}, ${row.about}, ${row.organisation_id}, ${row.organisation_code},
      ${row.organisation_name}, ${row.text}, ${row.state}, ${row.procedure_id}, ${row.received_at}, ${row.received_on}, ${row.due_on}, ${listPlace(row)}, ${row.received_at})`);
  await tx.run(sql`
    insert into complaint_receipt (home_code, id, receipt, number, about, organisation_name, state, received_on, due_on)
    values (${row.home_code}, ${row.id}, ${receipt}, ${row.number}, ${row.about}, ${row.organisation_name}, ${row.state}, ${row.received_on}, ${row.due_on})`);
}

export async function loadComplaint(tx: Tx, id: string): Promise<ComplaintRow | undefined> {
  return tx.maybe<ComplaintRow>(sql`select * from complaint where id = ${id}`);
}

/** Writes a complaint's new state; 0 rows when it belongs to another authority. */
export async function updateComplaint(tx: Tx, row: ComplaintRow, now: Date): Promise<number> {
  return tx.run(sql`
    update complaint set state = ${row.state}, list_place = ${listPlace(row)}, handler = ${row.handler}, accepted_on = ${row.accepted_on}, answered_on = ${row.answered_on},
      responsible = ${row.responsible}, answer = ${row.answer}, review_reason = ${row.review_reason}, review_asked_on = ${row.review_asked_on},
      review_answer = ${row.review_answer}, reviewed_on = ${row.reviewed_on}, updated_at = ${now}
    where home_code = ${row.home_code} and id = ${row.id}`);
}

/** What the sender is told (告知状态): who handles it and that the file is closed are matters of the authority. */
export type ToldState = Exclude<State, "assigned" | "closed">;

function toldState(row: ComplaintRow): ToldState {
  if (row.state === "closed") return row.reviewed_on === null ? "replied" : "reviewed";
  return row.state === "assigned" ? "accepted" : row.state;
}

/** Tells the receipt what has become of its complaint; runs as the system, no staff role reaches that table. */
export async function updateReceipt(tx: Tx, row: ComplaintRow): Promise<void> {
  await tx.run(sql`
    update complaint_receipt set state = ${toldState(row)}, accepted_on = ${row.accepted_on}, answered_on = ${row.answered_on},
      responsible = ${row.responsible}, answer = ${row.answer}, review_asked_on = ${row.review_asked_on},
      review_answer = ${row.review_answer}, reviewed_on = ${row.reviewed_on}
    where home_code = ${row.home_code} and id = ${row.id}`);
}
