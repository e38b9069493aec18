import type { Flag, Grade, Kind, Listing, PartyState, Status } from "../organisations.facts.ts";

/** A row of table `organisation` (社会组织): names of columns as in the database, see their comments there. */
export interface OrganisationRow {
  readonly home_code: string;
  readonly id: string;
  readonly division_code: string;
  readonly recorded_division_code: string;
  readonly credit_code: string | null;
  readonly code_flag: string | null;
  readonly name: string;
  readonly name_key: string;
  readonly kind: Kind;
  readonly status: Status;
  readonly registered_on: string | null;
  readonly established_text: string | null;
  readonly registration_authority: string | null;
  readonly certificate_from: string | null;
  readonly certificate_to: string | null;
  readonly validity_text: string | null;
  readonly unit_id: string | null;
  readonly unit_name: string | null;
  readonly direct_registration: boolean;
  readonly sector_department: string | null;
  readonly domicile_division: string | null;
  readonly domicile: string | null;
  readonly scope_text: string | null;
  readonly activity_area: string | null;
  readonly funds_fen: number | null;
  readonly funds_text: string | null;
  readonly members_individual: number | null;
  readonly members_unit: number | null;
  readonly legal_representative: string | null;
  readonly term_from: string | null;
  readonly term_to: string | null;
  readonly charter_version: number;
  readonly party_organisation: PartyState;
  readonly party_required: boolean;
  readonly party_members: number | null;
  readonly employees: number | null;
  readonly is_charity: boolean;
  readonly charity_on: string | null;
  readonly fundraising_qualified: boolean;
  readonly fundraising_on: string | null;
  readonly grade: Grade | null;
  readonly grade_from: string | null;
  readonly grade_to: string | null;
  readonly listing: Listing;
  readonly listed_on: string | null;
  readonly inspection_year: number | null;
  readonly inspection_conclusion: string | null;
  readonly filing_number: string | null;
  readonly filing_office: string | null;
  readonly sponsor: string | null;
  readonly seal_filed_on: string | null;
  readonly bank_filed_on: string | null;
  readonly ended_on: string | null;
  readonly flags: readonly Flag[];
  readonly version: number;
  readonly updated_at: Date;
}

/** Columns and their types, for statements that write many rows from one JSON parameter. */
export const columnTypes: Readonly<Record<keyof OrganisationRow, string>> = {
  home_code: "text",
  id: "uuid",
  division_code: "text",
  recorded_division_code: "text",
  credit_code: "text",
  code_flag: "text",
  name: "text",
  name_key: "text",
  kind: "text",
  status: "text",
  registered_on: "date",
  established_text: "text",
  registration_authority: "text",
  certificate_from: "date",
  certificate_to: "date",
  validity_text: "text",
  unit_id: "uuid",
  unit_name: "text",
  direct_registration: "boolean",
  sector_department: "text",
  domicile_division: "text",
  domicile: "text",
  scope_text: "text",
  activity_area: "text",
  funds_fen: "bigint",
  funds_text: "text",
  members_individual: "integer",
  members_unit: "integer",
  legal_representative: "text",
  term_from: "date",
  term_to: "date",
  charter_version: "integer",
  party_organisation: "text",
  party_required: "boolean",
  party_members: "integer",
  employees: "integer",
  is_charity: "boolean",
  charity_on: "date",
  fundraising_qualified: "boolean",
  fundraising_on: "date",
  grade: "text",
  grade_from: "date",
  grade_to: "date",
  listing: "text",
  listed_on: "date",
  inspection_year: "integer",
  inspection_conclusion: "text",
  filing_number: "text",
  filing_office: "text",
  sponsor: "text",
  seal_filed_on: "date",
  bank_filed_on: "date",
  ended_on: "date",
  flags: "jsonb",
  version: "integer",
  updated_at: "timestamptz",
};

/** A new organisation with nothing known but who it is. */
export function newRow(
  given: Pick<
    OrganisationRow,
    "home_code" | "id" | "division_code" | "name" | "name_key" | "kind" | "status" | "updated_at"
  > &
    Partial<OrganisationRow>,
): OrganisationRow {
  return {
    recorded_division_code: given.division_code,
    credit_code: null,
    code_flag: null,
    registered_on: null,
    established_text: null,
    registration_authority: null,
    certificate_from: null,
    certificate_to: null,
    validity_text: null,
    unit_id: null,
    unit_name: null,
    direct_registration: false,
    sector_department: null,
    domicile_division: null,
    domicile: null,
    scope_text: null,
    activity_area: null,
    funds_fen: null,
    funds_text: null,
    members_individual: null,
    members_unit: null,
    legal_representative: null,
    term_from: null,
    term_to: null,
    charter_version: 0,
    party_organisation: "unknown",
    party_required: false,
    party_members: null,
    employees: null,
    is_charity: false,
    charity_on: null,
    fundraising_qualified: false,
    fundraising_on: null,
    grade: null,
    grade_from: null,
    grade_to: null,
    listing: "none",
    listed_on: null,
    inspection_year: null,
    inspection_conclusion: null,
    filing_number: null,
    filing_office: null,
    sponsor: null,
    seal_filed_on: null,
    bank_filed_on: null,
    ended_on: null,
    flags: [],
    version: 1,
    ...given,
  };
}

/** Not part of what a version remembers: where it is stored, and counters of the row itself. */
const unremembered = new Set(["home_code", "id", "name_key", "version", "updated_at"]);

/** What a version keeps of a row (版本内容): the stated facts, empty ones left out. */
export function bodyOf(row: OrganisationRow): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(row)) {
    if (unremembered.has(column) || value === null || value === false || (Array.isArray(value) && value.length === 0))
      continue;
    body[column] = value;
  }
  return body;
}

/** Columns in which two states of one organisation differ. */
export function differences(
  before: OrganisationRow,
  after: OrganisationRow,
): { field: string; from: unknown; to: unknown }[] {
  const out: { field: string; from: unknown; to: unknown }[] = [];
  for (const column of Object.keys(columnTypes) as (keyof OrganisationRow)[]) {
    if (unremembered.has(column)) continue;
    const from = before[column];
    const to = after[column];
    if (from !== to && JSON.stringify(from) !== JSON.stringify(to)) out.push({ field: column, from, to });
  }
  return out;
}
