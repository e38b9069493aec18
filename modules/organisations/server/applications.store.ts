import { join, type Statement, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { Instance } from "../../../kernel/procedure/procedure.ts";

/** A row of table `registration_application` (登记申请). */
export interface ApplicationRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly organisation_id: string | null;
  readonly unit_id: string | null;
  readonly instance_id: string;
  readonly purpose: "registration" | "change" | "deregistration";
  readonly name: string;
  readonly kind: string;
  readonly receipt: string;
  readonly applicant: string;
  readonly facts: Record<string, unknown>;
  readonly gaps: readonly { readonly paper: string; readonly what: string }[];
  readonly submitted_on: string | null;
  readonly accepted_on: string | null;
  readonly decide_by: string | null;
  readonly decided_on: string | null;
  readonly recorded_at: Date;
}

/** Writes a new application under the actor's own scope. */
export async function insertApplication(tx: Tx, row: ApplicationRow): Promise<void> {
  await tx.run(sql`
    insert into registration_application (home_code, id, division_code, organisation_id, unit_id, instance_id, purpose, name, kind, receipt,
      applicant, facts, gaps, submitted_on, accepted_on, decide_by, decided_on, recorded_at)
    values (${row.home_code}, ${row.id}, ${row.division_code}, ${row.organisation_id}, ${row.unit_id}, ${row.instance_id}, ${row.purpose},
      ${row.name}, ${row.kind}, ${row.receipt}, ${row.applicant}, ${JSON.stringify(row.facts)}, ${JSON.stringify(row.gaps)}, ${row.submitted_on},
      ${row.accepted_on}, ${row.decide_by}, ${row.decided_on}, ${row.recorded_at})`);
}

/** Writes what may change of an application; answers whether the actor may write it. */
export async function saveApplication(tx: Tx, row: ApplicationRow): Promise<boolean> {
  const touched = await tx.run(sql`
    update registration_application set organisation_id = ${row.organisation_id}, unit_id = ${row.unit_id}, name = ${row.name}, kind = ${row.kind},
      facts = ${JSON.stringify(row.facts)}, gaps = ${JSON.stringify(row.gaps)}, submitted_on = ${row.submitted_on},
      accepted_on = ${row.accepted_on}, decide_by = ${row.decide_by}, decided_on = ${row.decided_on}
    where home_code = ${row.home_code} and id = ${row.id}`);
  return touched === 1;
}

/** Reads an application under the actor's own scope. */
export async function findApplication(tx: Tx, id: string): Promise<ApplicationRow | undefined> {
  return tx.maybe<ApplicationRow>(sql`select * from registration_application where id = ${id}`);
}

/** Reads an application by the receipt its applicants hold. */
export async function findApplicationByReceipt(tx: Tx, receipt: string): Promise<ApplicationRow | undefined> {
  return tx.maybe<ApplicationRow>(sql`select * from registration_application where receipt = ${receipt}`);
}

/** The application a procedure runs on. */
export async function applicationOfInstance(tx: Tx, instance: string): Promise<ApplicationRow | undefined> {
  return tx.maybe<ApplicationRow>(sql`
    select * from registration_application where instance_id = ${instance} order by recorded_at desc, id desc limit 1`);
}

/** Gives a new organisation the file of its application. Written as the system role. */
export async function adoptApplication(tx: Tx, application: ApplicationRow, organisation: string): Promise<void> {
  await tx.run(
    sql`update procedure_instance set organisation_id = ${organisation} where home_code = ${application.home_code} and id = ${application.instance_id}`,
  );
  await tx.run(
    sql`update procedure_step set organisation_id = ${organisation} where home_code = ${application.home_code} and instance_id = ${application.instance_id}`,
  );
  await tx.run(
    sql`update unit_consent set organisation_id = ${organisation} where home_code = ${application.home_code} and application_id = ${application.id}`,
  );
  await tx.run(sql`
    update document set organisation_id = ${organisation}
    where home_code = ${application.home_code} and id in (
      select document_id from procedure_step where home_code = ${application.home_code} and instance_id = ${application.instance_id} and document_id is not null)`);
}

/** Puts a unit on the file of an application, so that the unit sees it. Written as the system role. */
export async function handToUnit(tx: Tx, application: ApplicationRow, unit: string): Promise<void> {
  await tx.run(
    sql`update procedure_instance set unit_id = ${unit} where home_code = ${application.home_code} and id = ${application.instance_id}`,
  );
  await tx.run(
    sql`update procedure_step set unit_id = ${unit} where home_code = ${application.home_code} and instance_id = ${application.instance_id}`,
  );
}

/** An opinion of a supervisory unit. */
export interface ConsentRow {
  readonly unit_name: string;
  readonly consented: boolean;
  readonly decided_on: string;
  readonly opinion: string | null;
}

/** Keeps an opinion of the supervisory unit. */
export async function insertConsent(
  tx: Tx,
  row: ConsentRow & {
    readonly home_code: string;
    readonly id: string;
    readonly division_code: string;
    readonly organisation_id: string | null;
    readonly unit_id: string | null;
    readonly application_id: string;
    readonly file_id: string | null;
    readonly recorded_at: Date;
  },
): Promise<void> {
  await tx.run(sql`
    insert into unit_consent (home_code, id, division_code, organisation_id, unit_id, application_id, unit_name, consented, decided_on, opinion, file_id, recorded_at)
    values (${row.home_code}, ${row.id}, ${row.division_code}, ${row.organisation_id}, ${row.unit_id}, ${row.application_id}, ${row.unit_name},
      ${row.consented}, ${row.decided_on}, ${row.opinion}, ${row.file_id}, ${row.recorded_at})`);
}

/** Opinions on an application, oldest first. */
export async function consentsOf(tx: Tx, application: string): Promise<ConsentRow[]> {
  return tx.many<ConsentRow>(sql`
    select unit_name, consented, decided_on, opinion from unit_consent where application_id = ${application} order by recorded_at, id`);
}

/** A page of applications with the state of their procedures, newest first. */
export async function applicationsPage(
  tx: Tx,
  where: { readonly purpose?: string; readonly state?: string; readonly open?: boolean },
  after: readonly [at: string, id: string] | undefined,
  limit: number,
): Promise<(ApplicationRow & { readonly state: string })[]> {
  const conditions: Statement[] = [];
  if (where.purpose) conditions.push(sql`application.purpose = ${where.purpose}`);
  if (where.state) conditions.push(sql`instance.state = ${where.state}`);
  if (where.open !== undefined)
    conditions.push(where.open ? sql`instance.closed_at is null` : sql`instance.closed_at is not null`);
  if (after)
    conditions.push(sql`(application.recorded_at, application.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return tx.many(sql`
    select application.*, instance.state from registration_application as application
    join procedure_instance as instance on instance.home_code = application.home_code and instance.id = application.instance_id
    where ${join(conditions, " and ")} order by application.recorded_at desc, application.id desc limit ${limit}`);
}

/** Submitted applications on which nobody acted in time (逾期未告知). Read as the system role. */
export async function silentInstances(
  tx: Tx,
  procedures: readonly string[],
  today: string,
  limit: number,
): Promise<Instance[]> {
  return tx.many<Instance>(sql`
    select * from procedure_instance
    where state = 'submitted' and procedure = any(${procedures}) and data ->> 'answerBy' < ${today} order by opened_at, id limit ${limit}`);
}

/** Drops every open duty over an organisation that has ceased to exist. Written as the system role. */
export async function cancelDutiesOf(tx: Tx, organisation: string, at: Date, ground: string): Promise<void> {
  await tx.run(sql`
    update duty set state = 'cancelled', done_at = ${at}, ground = ${ground}
    where organisation_id = ${organisation} and state in ('open', 'paused')`);
}
