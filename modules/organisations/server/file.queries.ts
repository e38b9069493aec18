import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { Instance } from "../../../kernel/procedure/procedure.ts";
import type { Citation } from "../../../kernel/rule/rule.ts";

/** A step of any procedure over an organisation. */
export interface StepRow {
  readonly id: string;
  readonly instance_id: string;
  readonly procedure: string;
  readonly transition: string;
  readonly to_state: string;
  readonly at: Date;
  readonly actor_label: string;
  readonly law: readonly Citation[];
  readonly document_id: string | null;
  readonly decision_id: string | null;
  readonly note: Record<string, unknown>;
}

/** Every step of every procedure over an organisation, oldest first. */
export async function stepsOf(tx: Tx, organisation: string): Promise<StepRow[]> {
  return tx.many<StepRow>(sql`
    select step.id, step.instance_id, instance.procedure, step.transition, step.to_state, step.at, step.actor_label, step.law,
      step.document_id, step.decision_id, step.note
    from procedure_step as step
    join procedure_instance as instance on instance.home_code = step.home_code and instance.id = step.instance_id
    where step.organisation_id = ${organisation} order by step.at, step.id`);
}

/** Steps of one procedure, oldest first. */
export async function stepsOfInstance(tx: Tx, instance: string): Promise<StepRow[]> {
  return tx.many<StepRow>(sql`
    select step.id, step.instance_id, instance.procedure, step.transition, step.to_state, step.at, step.actor_label, step.law,
      step.document_id, step.decision_id, step.note
    from procedure_step as step
    join procedure_instance as instance on instance.home_code = step.home_code and instance.id = step.instance_id
    where step.instance_id = ${instance} order by step.at, step.id`);
}

/** Procedures of every module over an organisation, newest first. */
export async function instancesOf(tx: Tx, organisation: string): Promise<Instance[]> {
  return tx.many<Instance>(sql`
    select * from procedure_instance where organisation_id = ${organisation} order by opened_at desc, id desc limit 200`);
}

/** The running instance of one procedure over an organisation. */
export async function runningInstance(tx: Tx, procedure: string, organisation: string): Promise<Instance | undefined> {
  return tx.maybe<Instance>(sql`
    select * from procedure_instance
    where organisation_id = ${organisation} and procedure = ${procedure} and closed_at is null order by opened_at desc, id desc limit 1`);
}

/** A document as a list shows it. */
export interface DocumentRow {
  readonly id: string;
  readonly title: string;
  readonly number: string | null;
  readonly issued_on: string;
  readonly void_at: Date | null;
}

/** Documents of an organisation, oldest first. */
export async function documentsOf(tx: Tx, organisation: string): Promise<DocumentRow[]> {
  return tx.many<DocumentRow>(sql`
    select id, title, number, issued_on, void_at from document where organisation_id = ${organisation} order by issued_on, id`);
}

/** Documents by id. */
export async function documentsById(tx: Tx, ids: readonly string[]): Promise<DocumentRow[]> {
  if (ids.length === 0) return [];
  return tx.many<DocumentRow>(sql`
    select id, title, number, issued_on, void_at from document where id = any(${ids}::uuid[]) order by issued_on, id`);
}

/** Open duties over an organisation, soonest first. */
export async function dutiesOf(
  tx: Tx,
  organisation: string,
): Promise<{ id: string; kind: string; due_on: string; holder: string; link: string }[]> {
  return tx.many(sql`
    select id, kind, due_on, holder, link from duty
    where organisation_id = ${organisation} and state = 'open' order by due_on, id limit 100`);
}

/** Journal entries about an organisation: staff only. */
export async function journalOf(
  tx: Tx,
  organisation: string,
): Promise<
  {
    id: string;
    at: Date;
    event: string;
    actor_label: string;
    refused: boolean;
    code: string | null;
    operation: string;
  }[]
> {
  return tx.many(sql`
    select id, at, event, actor_label, refused, code, operation from journal_entry
    where subject_id = ${organisation} order by at, id limit 500`);
}

/** An officer as recorded. */
export interface OfficerRow {
  readonly home_code: string;
  readonly id: string;
  readonly organisation_id: string;
  readonly division_code: string;
  readonly unit_id: string | null;
  readonly name: string;
  readonly post: string;
  readonly full_time: boolean;
  readonly civil_servant: boolean;
  readonly other_posts: string | null;
  readonly born_year: number | null;
  readonly term_from: string;
  readonly term_to: string;
  readonly terms: number;
  readonly bars_checked_on: string | null;
  readonly bars: readonly string[];
  readonly decision_id: string | null;
  readonly left_on: string | null;
  readonly version: number;
}

/** Officers of an organisation, those in office first. */
export async function officersOf(tx: Tx, organisation: string): Promise<OfficerRow[]> {
  return tx.many<OfficerRow>(sql`
    select * from organisation_officer where organisation_id = ${organisation}
    order by (left_on is not null), term_from desc, id limit 200`);
}

/** A meeting as recorded. */
export interface MeetingRow {
  readonly id: string;
  readonly organisation_id: string;
  readonly body: string;
  readonly held_on: string;
  readonly matter: string;
  readonly subject: string;
  readonly entitled: number;
  readonly present: number;
  readonly yes: number;
  readonly quorum: boolean | null;
  readonly passed: boolean | null;
  readonly decision_id: string | null;
  readonly file_id: string | null;
  readonly recorded_at: Date;
}

/** Meetings of an organisation, newest first. */
export async function meetingsOf(tx: Tx, organisation: string): Promise<MeetingRow[]> {
  return tx.many<MeetingRow>(sql`
    select * from organisation_meeting where organisation_id = ${organisation} order by held_on desc, id desc limit 200`);
}

/** A charter version as recorded. */
export interface CharterRow {
  readonly version: number;
  readonly adopted_on: string;
  readonly approved_on: string | null;
  readonly summary: string;
  readonly file_id: string | null;
  readonly recorded_at: Date;
}

/** Charter versions of an organisation, newest first. */
export async function chartersOf(tx: Tx, organisation: string): Promise<CharterRow[]> {
  return tx.many<CharterRow>(sql`
    select version, adopted_on, approved_on, summary, file_id, recorded_at from organisation_charter
    where organisation_id = ${organisation} order by version desc`);
}

/** Yearly confirmations of a filed organisation, newest first. */
export async function confirmationsOf(
  tx: Tx,
  organisation: string,
): Promise<{ year: number; confirmed_on: string; active: boolean; members: number | null; note: string | null }[]> {
  return tx.many(sql`
    select year, confirmed_on, active, members, note from community_confirmation
    where organisation_id = ${organisation} order by year desc`);
}

/**
 * Takes the row of an organisation and counts the procedures of a kind running over it: whoever comes second sees the first
 * one's. Written as the system role, after the own instance.
 */
export async function runningNow(tx: Tx, procedure: string, home: string, organisation: string): Promise<number> {
  await tx.run(sql`select 1 from organisation where home_code = ${home} and id = ${organisation} for update`);
  const row = await tx.one<{ count: number }>(sql`
    select count(*)::integer as count from procedure_instance
    where organisation_id = ${organisation} and procedure = ${procedure} and closed_at is null`);
  return row.count;
}
