import { join, type Statement, sql } from "../../../kernel/database/sql.ts";
import type { Tx } from "../../../kernel/database/transaction.ts";
import { rangeOf } from "../../../kernel/divisions/code.ts";
import { prefixRange, queryTokens } from "../../../kernel/search/tokens.ts";
import type { Grade, Kind, Listing, PartyState, Status } from "../organisations.facts.ts";
import type { OrganisationFacts, OrganisationLine } from "../organisations.shapes.ts";
import type { OrganisationRow } from "./organisation.row.ts";
import { register } from "./register.ts";

/** What a list is narrowed by. */
export interface Filter {
  readonly q?: string;
  readonly kind?: Kind;
  readonly status?: Status;
  readonly grade?: Grade | "-";
  readonly listing?: Listing;
  readonly division?: string;
  readonly registeredYear?: number;
  readonly party?: PartyState;
  readonly partyRequired?: boolean;
  readonly charity?: boolean;
  readonly flagged?: boolean;
  readonly unit?: string;
  /** Looks for `q` in the names themselves: organisations and units see a handful of rows and no search words. */
  readonly inNames?: true;
}

/** Where a page of the list begins: the sort columns of the row before it. */
export type Cursor = readonly [division: string, name: string, id: string];

function conditions(filter: Filter): Statement[] {
  const out: Statement[] = [];
  if (filter.division) {
    const { lo, hi } = rangeOf(filter.division);
    out.push(sql`division_code >= ${lo} and division_code < ${hi}`);
  }
  if (filter.kind) out.push(sql`kind = ${filter.kind}`);
  // The literal lets the partial indexes be used, a parameter would not.
  if (filter.status)
    out.push(
      filter.status === "registered"
        ? sql`status = 'registered'`
        : sql`status = ${filter.status} and status <> 'registered'`,
    );
  if (filter.grade)
    out.push(filter.grade === "-" ? sql`grade is null` : sql`grade = ${filter.grade} and grade is not null`);
  if (filter.listing)
    out.push(
      filter.listing === "none" ? sql`listing = 'none'` : sql`listing = ${filter.listing} and listing <> 'none'`,
    );
  if (filter.registeredYear)
    out.push(
      sql`registered_on >= ${`${filter.registeredYear}-01-01`} and registered_on < ${`${filter.registeredYear + 1}-01-01`}`,
    );
  if (filter.party) out.push(sql`party_organisation = ${filter.party}`);
  if (filter.partyRequired !== undefined) out.push(sql`party_required = ${filter.partyRequired}`);
  if (filter.charity !== undefined) out.push(sql`is_charity = ${filter.charity}`);
  if (filter.flagged !== undefined) out.push(filter.flagged ? sql`flags <> '[]'::jsonb` : sql`flags = '[]'::jsonb`);
  if (filter.unit) out.push(sql`unit_id = ${filter.unit}`);
  return out;
}

/** Conditions by which the search table finds a query: every pair of characters, or the front of pinyin or code. */
function searched(filter: Filter): Statement[] {
  if (!filter.q) return [];
  if (filter.inNames)
    return [sql`(position(${filter.q} in name) > 0 or position(upper(${filter.q}) in coalesce(credit_code, '')) > 0)`];
  const { lo, hi } = rangeOf(filter.division ?? "0");
  const query = queryTokens(filter.q);
  const found = (token: Statement) =>
    sql`id in (select subject_id from search_token where collection = ${register} and ${token} and division_code >= ${lo} and division_code < ${hi})`;
  if (query.kind === "bigrams") return query.tokens.map((token) => found(sql`token = ${token}`));
  if (query.kind === "too-short") return [sql`false`];
  const range = prefixRange(query.prefix);
  return [found(sql`token >= ${range.lo} and token < ${range.hi}`)];
}

/** Whether a query says enough to search with. */
export function searchable(q: string | undefined): boolean {
  return !q || queryTokens(q).kind !== "too-short";
}

/** One page of the register, in the order of division and pinyin (按键分页). */
export async function listPage(
  tx: Tx,
  filter: Filter,
  after: Cursor | undefined,
  limit: number,
): Promise<OrganisationRow[]> {
  const where = [...conditions(filter), ...searched(filter)];
  if (after) where.push(sql`(division_code, name_key, id) > (${after[0]}, ${after[1]}, ${after[2]}::uuid)`);
  return tx.many<OrganisationRow>(sql`
    select * from organisation where ${join(where, " and ")} order by division_code, name_key, id limit ${limit}`);
}

/** How many rows a filter holds, counted no further than `bound`. */
export async function boundedCount(tx: Tx, filter: Filter, bound: number): Promise<number> {
  const where = [...conditions(filter), ...searched(filter)];
  const row = await tx.one<{ count: number }>(sql`
    select count(*)::integer as count from (select 1 from organisation where ${join(where, " and ")} limit ${bound}) as counted`);
  return row.count;
}

/** Names that share words with one (近似名候选), in the reader's own range. */
export async function namesLike(
  tx: Tx,
  tokens: readonly string[],
  limit: number,
): Promise<{ id: string; name: string; kind: Kind; status: Status; credit_code: string | null }[]> {
  if (tokens.length === 0) return [];
  return tx.many(sql`
    with found as (
      select subject_id, count(*) as hits from search_token
      where collection = ${register} and token = any(${tokens}) group by subject_id order by hits desc limit ${limit})
    select organisation.id, organisation.name, organisation.kind, organisation.status, organisation.credit_code
    from organisation join found on found.subject_id = organisation.id order by found.hits desc, organisation.id`);
}

/** Names of divisions in force, nearest last (区划名称). */
export async function divisionNames(tx: Tx, codes: readonly string[]): Promise<string[]> {
  const rows = await tx.many<{ name: string }>(sql`
    select name from division where code = any(${codes}) and valid_to is null order by code`);
  return rows.map((row) => row.name);
}

/** What the list shows of a row. */
export function lineOf(row: OrganisationRow): OrganisationLine {
  return {
    id: row.id,
    home: row.home_code,
    division: row.division_code,
    name: row.name,
    creditCode: row.credit_code,
    codeFlag: row.code_flag,
    kind: row.kind,
    status: row.status,
    registeredOn: row.registered_on,
    establishedText: row.established_text,
    unitName: row.unit_name,
    legalRepresentative: row.legal_representative,
    fundsFen: row.funds_fen,
    grade: row.grade,
    listing: row.listing,
    listedOn: row.listed_on,
    inspectionYear: row.inspection_year,
    inspectionConclusion: row.inspection_conclusion,
    flags: row.flags.map((flag) => ({ code: flag.code, ...(flag.facts ? { facts: { ...flag.facts } } : {}) })),
  };
}

/** Everything the register states about a row. */
export function factsOf(row: OrganisationRow): OrganisationFacts {
  return {
    ...lineOf(row),
    recordedDivision: row.recorded_division_code,
    registrationAuthority: row.registration_authority,
    certificateFrom: row.certificate_from,
    certificateTo: row.certificate_to,
    validityText: row.validity_text,
    unitId: row.unit_id,
    directRegistration: row.direct_registration,
    sectorDepartment: row.sector_department,
    domicileDivision: row.domicile_division,
    domicile: row.domicile,
    scope: row.scope_text,
    activityArea: row.activity_area,
    fundsText: row.funds_text,
    membersIndividual: row.members_individual,
    membersUnit: row.members_unit,
    termFrom: row.term_from,
    termTo: row.term_to,
    charterVersion: row.charter_version,
    partyOrganisation: row.party_organisation,
    partyRequired: row.party_required,
    partyMembers: row.party_members,
    employees: row.employees,
    charity: row.is_charity,
    charityOn: row.charity_on,
    fundraisingQualified: row.fundraising_qualified,
    fundraisingOn: row.fundraising_on,
    gradeFrom: row.grade_from,
    gradeTo: row.grade_to,
    filingNumber: row.filing_number,
    filingOffice: row.filing_office,
    sponsor: row.sponsor,
    sealFiledOn: row.seal_filed_on,
    bankFiledOn: row.bank_filed_on,
    version: row.version,
  };
}

/** Facts a record should hold (应填要素) and this one lacks. */
export function missingFacts(row: OrganisationRow): string[] {
  const wanted: (keyof OrganisationFacts)[] =
    row.kind === "community_organisation"
      ? ["filingNumber", "filingOffice", "sponsor", "domicile", "scope", "legalRepresentative"]
      : [
          "creditCode",
          "registeredOn",
          "registrationAuthority",
          "domicile",
          "scope",
          "fundsFen",
          "legalRepresentative",
          "termTo",
          "sealFiledOn",
          "bankFiledOn",
          "employees",
        ];
  const facts = factsOf(row);
  const out: string[] = wanted.filter((field) => facts[field] === null);
  if (row.kind !== "community_organisation" && !row.direct_registration && row.unit_name === null) out.push("unitName");
  if (row.kind === "social_group" && row.members_individual === null && row.members_unit === null)
    out.push("membersIndividual");
  if (row.charter_version === 0 && row.kind !== "community_organisation") out.push("charterVersion");
  if (row.party_organisation === "unknown") out.push("partyOrganisation");
  return out;
}
