import { defineCollection } from "../../../kernel/publication/define.ts";
import type { Publish } from "../../../kernel/publication/publication.ts";
import { nameTokens } from "../../../kernel/search/tokens.ts";
import type { OrganisationRow } from "./organisation.row.ts";

/** The public register (社会组织公开名录), handbook appendix C: never a number of a person, a phone, a signature, a bank account. */
export const organisationCollection = defineCollection({
  id: "organisations.organisation",
  searchable: true,
  fields: [
    { field: "name", type: "text" },
    { field: "code", type: "code" },
    { field: "codeFlag", type: "code" },
    { field: "kind", type: "code" },
    { field: "status", type: "code" },
    { field: "registeredOn", type: "date" },
    { field: "registrationAuthority", type: "text" },
    { field: "supervisoryUnit", type: "text" },
    { field: "directRegistration", type: "boolean" },
    { field: "domicile", type: "text" },
    { field: "legalRepresentative", type: "text" },
    { field: "scope", type: "text" },
    { field: "fundsFen", type: "fen" },
    { field: "charity", type: "boolean" },
    { field: "fundraisingQualified", type: "boolean" },
    { field: "grade", type: "code" },
    { field: "gradeTo", type: "date" },
    { field: "listing", type: "code" },
    { field: "listedOn", type: "date" },
    { field: "inspectionYear", type: "integer" },
    { field: "inspectionConclusion", type: "code" },
  ],
});

/** Announcements of establishment, change of name, domicile or legal representative, and deregistration (登记公告). */
export const announcementCollection = defineCollection({
  id: "organisations.announcement",
  searchable: false,
  fields: [
    { field: "act", type: "code" },
    { field: "name", type: "text" },
    { field: "code", type: "code" },
    { field: "kind", type: "code" },
    { field: "on", type: "date" },
    { field: "authority", type: "text" },
    { field: "documentNumber", type: "text" },
    { field: "oldName", type: "text" },
    { field: "oldDomicile", type: "text" },
    { field: "domicile", type: "text" },
    { field: "oldLegalRepresentative", type: "text" },
    { field: "legalRepresentative", type: "text" },
  ],
});

/** Names organisations used to have (社会组织曾用名). */
export const formerNameCollection = defineCollection({
  id: "organisations.former-name",
  searchable: false,
  fields: [
    { field: "name", type: "text" },
    { field: "code", type: "code" },
    { field: "formerNames", type: "text" },
  ],
});

export const collections = [organisationCollection, announcementCollection, formerNameCollection] as const;

/** The key under which the public finds an organisation: its credit code, else the id of its record. */
export function publicKey(row: Pick<OrganisationRow, "credit_code" | "id">): string {
  return row.credit_code ?? row.id;
}

/** What the public may see of an organisation (公开事项). */
export function publicItem(row: OrganisationRow): Publish {
  return { ...itemOf(row), tokens: searchTokens(row) };
}

function itemOf(row: OrganisationRow): Publish {
  return {
    collection: organisationCollection,
    key: publicKey(row),
    subject: row.id,
    division: row.division_code,
    title: row.name,
    sortKey: row.name_key,
    body: {
      name: row.name,
      code: row.credit_code,
      codeFlag: row.code_flag,
      kind: row.kind,
      status: row.status,
      registeredOn: row.registered_on,
      registrationAuthority: row.registration_authority,
      supervisoryUnit: row.unit_name,
      directRegistration: row.direct_registration,
      domicile: row.domicile,
      legalRepresentative: row.legal_representative,
      scope: row.scope_text,
      fundsFen: row.funds_fen,
      charity: row.is_charity,
      fundraisingQualified: row.fundraising_qualified,
      grade: row.grade,
      gradeTo: row.grade_to,
      listing: row.listing,
      listedOn: row.listed_on,
      inspectionYear: row.inspection_year,
      inspectionConclusion: row.inspection_conclusion,
    },
  };
}

/** Words an organisation is found by (检索词): fragments and pinyin of its name, and its code. */
export function searchTokens(row: Pick<OrganisationRow, "name" | "credit_code">): string[] {
  const tokens = nameTokens(row.name);
  return row.credit_code ? [...tokens, row.credit_code] : tokens;
}

const unworded = { ...organisationCollection, searchable: false };

/** The same without its search words (不动检索词): name and code stayed as they were, or a job makes the words later. */
export function unwordedItem(row: OrganisationRow): Publish {
  return { ...itemOf(row), collection: unworded };
}
