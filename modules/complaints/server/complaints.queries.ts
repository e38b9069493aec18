import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { State } from "../complaints.contract.ts";
import type { ComplaintRow, ToldState } from "./complaints.store.ts";

/** Where a complaint about an organisation goes. */
export interface Addressee {
  readonly id: string;
  readonly home_code: string;
  readonly division_code: string;
  readonly name: string;
  readonly credit_code: string | null;
}

/** Home and name of an organisation by its public key (跨范围查询): the least answer, through the lookup role. */
export async function addresseeOf(tx: Tx, key: string): Promise<Addressee | undefined> {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(key);
  return tx.lookup((lookup) =>
    uuid
      ? lookup.maybe<Addressee>(
          sql`select id, home_code, division_code, name, credit_code from organisation where id = ${key}`,
        )
      : lookup.maybe<Addressee>(sql`
          select o.id, o.home_code, o.division_code, o.name, o.credit_code
          from organisation_code c join organisation o on o.home_code = c.home_code and o.id = c.organisation_id
          where c.code = ${key}`),
  );
}

/** What a receipt says; found only under a scope that carries its secret. */
export interface ReceiptRow {
  readonly home_code: string;
  readonly id: string;
  readonly number: string;
  readonly about: "organisation" | "other";
  readonly organisation_name: string | null;
  readonly state: ToldState;
  readonly received_on: string;
  readonly due_on: string;
  readonly accepted_on: string | null;
  readonly answered_on: string | null;
  readonly responsible: string | null;
  readonly answer: string | null;
  readonly review_asked_on: string | null;
  readonly review_answer: string | null;
  readonly reviewed_on: string | null;
}

export async function readReceipt(tx: Tx, number: string, receipt: string): Promise<ReceiptRow | undefined> {
  return tx.maybe<ReceiptRow>(sql`
    select home_code, id, number, about, organisation_name, state, received_on, due_on, accepted_on, answered_on, responsible, answer, review_asked_on,
      review_answer, reviewed_on
    from complaint_receipt where receipt = ${receipt} and number = ${number}`);
}

/** What a list is narrowed to. */
export interface Filter {
  readonly state?: State;
  readonly organisation?: string;
}

const matching = (where: Filter) => sql`
  (${where.state ?? null}::text is null or state = ${where.state ?? null})
  and (${where.organisation ?? null}::uuid is null or organisation_id = ${where.organisation ?? null})`;

export async function complaintPage(
  tx: Tx,
  where: Filter & { readonly after?: readonly [place: number, id: string] | undefined; readonly limit: number },
): Promise<(ComplaintRow & { readonly list_place: number })[]> {
  const after = where.after ?? null;
  return tx.many<ComplaintRow & { readonly list_place: number }>(sql`
    select * from complaint
    where ${matching(where)}
      and (${after?.[0] ?? null}::integer is null
        or (list_place, id) > (${after?.[0] ?? null}::integer, ${after?.[1] ?? null}::uuid))
    order by list_place, id limit ${where.limit}`);
}

/** How many there are, at most `limit`, and how many of these wait past their term. */
export async function countComplaints(
  tx: Tx,
  where: Filter,
  today: string,
  limit: number,
): Promise<{ readonly total: number; readonly overdue: number }> {
  return tx.one<{ total: number; overdue: number }>(sql`
    select count(*)::integer as total,
      count(case when state = 'received' and due_on < ${today}::date then 1 end)::integer as overdue
    from (select state, due_on from complaint where ${matching(where)} order by list_place limit ${limit}) counted`);
}

export interface StepRow {
  readonly transition: string;
  readonly to_state: string;
  readonly at: Date;
  readonly actor_id: string | null;
  readonly actor_label: string;
}

export async function stepsOf(tx: Tx, complaint: ComplaintRow): Promise<StepRow[]> {
  return tx.many<StepRow>(sql`
    select transition, to_state, at, actor_id, actor_label from procedure_step
    where home_code = ${complaint.home_code} and instance_id = ${complaint.procedure_id} order by at, id`);
}
