import { sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import type { CharterRow, MeetingRow, OfficerRow } from "./file.queries.ts";

interface Placed {
  readonly home_code: string;
  readonly division_code: string;
  readonly unit_id: string | null;
}

/** Writes an officer. */
export async function insertOfficer(tx: Tx, row: OfficerRow, at: Date): Promise<void> {
  await tx.run(sql`
    insert into organisation_officer (home_code, id, organisation_id, division_code, unit_id, name, post, full_time, civil_servant, other_posts,
      born_year, term_from, term_to, terms, bars_checked_on, bars, decision_id, left_on, version, recorded_at)
    values (${row.home_code}, ${row.id}, ${row.organisation_id}, ${row.division_code}, ${row.unit_id}, ${row.name}, ${row.post}, ${row.full_time},
      ${row.civil_servant}, ${row.other_posts}, ${row.born_year}, ${row.term_from}, ${row.term_to}, ${row.terms}, ${row.bars_checked_on},
      ${JSON.stringify(row.bars)}, ${row.decision_id}, ${row.left_on}, ${row.version}, ${at})`);
}

/** Reads an officer under the actor's own scope. */
export async function findOfficer(tx: Tx, id: string): Promise<OfficerRow | undefined> {
  return tx.maybe<OfficerRow>(sql`select * from organisation_officer where id = ${id}`);
}

/** Ends a term of office; answers whether the actor may write it. */
export async function endOfficer(tx: Tx, row: OfficerRow, leftOn: string): Promise<boolean> {
  return (
    (await tx.run(sql`
      update organisation_officer set left_on = ${leftOn}, version = version + 1
      where home_code = ${row.home_code} and id = ${row.id} and version = ${row.version}`)) === 1
  );
}

/** Posts a person holds elsewhere, found by the digest of the citizen number (跨范围查询): post, term and kind only. */
export async function postsOf(
  tx: Tx,
  officers: readonly string[],
  today: string,
): Promise<{ organisation_id: string; post: string; name: string; kind: string; status: string }[]> {
  if (officers.length === 0) return [];
  return tx.lookup((lookup) =>
    lookup.many(sql`
      select officer.organisation_id, officer.post, organisation.name, organisation.kind, organisation.status
      from organisation_officer as officer
      join organisation on organisation.home_code = officer.home_code and organisation.id = officer.organisation_id
      where officer.id = any(${officers}::uuid[]) and officer.left_on is null and officer.term_to > ${today}`),
  );
}

/** Writes a meeting. */
export async function insertMeeting(tx: Tx, row: MeetingRow & Placed): Promise<void> {
  await tx.run(sql`
    insert into organisation_meeting (home_code, id, organisation_id, division_code, unit_id, body, held_on, matter, subject, entitled, present,
      yes, quorum, passed, decision_id, file_id, recorded_at)
    values (${row.home_code}, ${row.id}, ${row.organisation_id}, ${row.division_code}, ${row.unit_id}, ${row.body}, ${row.held_on}, ${row.matter},
      ${row.subject}, ${row.entitled}, ${row.present}, ${row.yes}, ${row.quorum}, ${row.passed}, ${row.decision_id}, ${row.file_id}, ${row.recorded_at})`);
}

/** Reads a meeting under the actor's own scope. */
export async function findMeeting(tx: Tx, id: string): Promise<MeetingRow | undefined> {
  return tx.maybe<MeetingRow>(sql`select * from organisation_meeting where id = ${id}`);
}

/** Writes a charter version. */
export async function insertCharter(
  tx: Tx,
  row: CharterRow & Placed & { readonly organisation_id: string },
): Promise<void> {
  await tx.run(sql`
    insert into organisation_charter (home_code, organisation_id, version, division_code, unit_id, adopted_on, approved_on, summary, file_id, recorded_at)
    values (${row.home_code}, ${row.organisation_id}, ${row.version}, ${row.division_code}, ${row.unit_id}, ${row.adopted_on}, ${row.approved_on},
      ${row.summary}, ${row.file_id}, ${row.recorded_at})`);
}

/** Organisations whose term of office ends before a day, soonest first. */
export async function termsPage(
  tx: Tx,
  before: string,
  after: readonly [termTo: string, id: string] | undefined,
  limit: number,
): Promise<{ id: string; name: string; division_code: string; term_to: string }[]> {
  return tx.many(sql`
    select id, name, division_code, term_to from organisation
    where term_to is not null and term_to < ${before} and status in ('registered', 'suspended')
      and (${after?.[0] ?? null}::date is null or (term_to, id) > (${after?.[0] ?? null}::date, ${after?.[1] ?? null}::uuid))
    order by term_to, id limit ${limit}`);
}
