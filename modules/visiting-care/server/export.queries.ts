import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";

/** A person in the layout's own words, before sealed values are opened. */
export interface ExportPerson {
  readonly person_id: string;
  readonly name: string;
  readonly sex: string | null;
  readonly born_on: string | null;
  readonly id_kind: string;
  readonly division_code: string;
  readonly address: string;
  readonly living: string;
  readonly categories: readonly string[];
  readonly person_state: string;
  readonly state: string;
  readonly risk: string;
  readonly modes: readonly string[];
  readonly per: string;
  readonly min_visits: number;
  readonly enrolled_on: string | null;
  readonly agreed_on: string | null;
  readonly refused_on: string | null;
  readonly closed_on: string | null;
  readonly closed_ground: string | null;
  readonly worker_name: string | null;
}

/** Everybody a county has or had in care (报送人员), each once by the newest stay; a page by person. Proposals are nobody's business yet. */
export function exportPeople(tx: Tx, home: string, after: string, limit: number): Promise<ExportPerson[]> {
  return tx.many<ExportPerson>(sql`
    select distinct on (care.person_id) care.person_id, person.name, person.sex, person.born_on, person.id_kind, person.division_code, person.address,
      person.living, person.categories, person.state as person_state, care.state, care.risk, care.modes, care.per, care.min_visits, care.enrolled_on,
      care.agreed_on, care.refused_on, care.closed_on, care.closed_ground, care.worker_name
    from care_enrolment as care join person on person.home_code = care.home_code and person.id = care.person_id
    where care.home_code = ${home} and care.state <> 'proposed' and person.state <> 'merged' and care.person_id > ${after}::uuid
    order by care.person_id, care.closed_no, care.created_at desc limit ${limit}`);
}

/** A visit in the layout's own words. */
export interface ExportVisit {
  readonly id: string;
  readonly person_id: string;
  readonly division_code: string;
  readonly at: Date;
  readonly month: string;
  readonly mode: string;
  readonly met: string;
  readonly counts: boolean;
  readonly worker_name: string;
  readonly findings: readonly { code: string; level: string }[];
  readonly voided_on: string | null;
}

/**
 * Visits to send (报送探访), a page by id: `everything`, or those never sent, taken back since they were, or rejected and
 * wanted again. A visit never changes otherwise, so no content is compared.
 */
export function exportVisits(
  tx: Tx,
  home: string,
  given: { readonly everything: boolean; readonly after: string; readonly limit: number },
): Promise<ExportVisit[]> {
  return tx.many<ExportVisit>(sql`
    select visit.id, visit.person_id, visit.recorded_division_code as division_code, visit.at, visit.month, visit.mode, visit.met, visit.counts,
      visit.worker_name, visit.findings, visit.voided_on
    from care_visit as visit
    left join lateral (
      select line.state, line.digest from export_row as line join export_batch as batch on batch.home_code = line.home_code and batch.id = line.batch_id
      where line.home_code = visit.home_code and line.kind = 'visit' and line.subject_id = visit.id order by batch.number desc limit 1) as last on true
    where visit.home_code = ${home} and visit.id > ${given.after}::uuid
      and (${given.everything} or last.state is null
        or (last.state <> 'sent' and last.digest <> case when visit.voided_on is null then 'visit/recorded' else 'visit/voided' end))
    order by visit.id limit ${given.limit}`);
}

/** The visits named, for a retry. */
export function visitsById(tx: Tx, home: string, ids: readonly string[]): Promise<ExportVisit[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return tx.many<ExportVisit>(sql`
    select id, person_id, recorded_division_code as division_code, at, month, mode, met, counts, worker_name, findings, voided_on
    from care_visit where home_code = ${home} and id = any(${ids}::uuid[]) order by id`);
}

/** How somebody was last sent: in which state, with which content. */
export interface LastSent {
  readonly subject_id: string;
  readonly batch_id: string;
  readonly state: "sent" | "accepted" | "rejected";
  readonly digest: string;
}

/** The last row of each person that was ever sent. */
export async function lastSent(tx: Tx, home: string, ids: readonly string[]): Promise<Map<string, LastSent>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.many<LastSent>(sql`
    select distinct on (line.subject_id) line.subject_id, line.batch_id, line.state, line.digest
    from export_row as line join export_batch as batch on batch.home_code = line.home_code and batch.id = line.batch_id
    where line.home_code = ${home} and line.kind = 'person' and line.subject_id = any(${ids}::uuid[])
    order by line.subject_id, batch.number desc`);
  return new Map(rows.map((row) => [row.subject_id, row]));
}

/** Rejected rows of a batch that were not sent again since. */
export function rejectedOf(
  tx: Tx,
  home: string,
  batch: string,
): Promise<{ kind: "person" | "visit"; subject_id: string }[]> {
  return tx.many(sql`
    select line.kind, line.subject_id from export_row as line
    join export_batch as own on own.home_code = line.home_code and own.id = line.batch_id
    where line.home_code = ${home} and line.batch_id = ${batch} and line.state = 'rejected' and not exists (
      select 1 from export_row as later join export_batch as newer on newer.home_code = later.home_code and newer.id = later.batch_id
      where later.home_code = line.home_code and later.kind = line.kind and later.subject_id = line.subject_id and newer.number > own.number)
    order by line.ordinal`);
}

/** Sealed values of people and contacts: citizen numbers and phones, by subject and field. */
export function sealedValues(
  tx: Tx,
  subjects: readonly string[],
): Promise<{ subject_id: string; field: string; sealed: string }[]> {
  if (subjects.length === 0) return Promise.resolve([]);
  return tx.many(sql`
    select subject_id, field, sealed from sealed_field where subject_id = any(${subjects}::uuid[]) and field = any(array['citizen_id', 'phone'])`);
}
