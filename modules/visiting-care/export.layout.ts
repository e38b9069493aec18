/**
 * The field layout of files for the national database (字段布局). No interface specification was found, so it is this
 * project's own, versioned: docs/guide/national-elderly-database.md explains each field; a change makes a new version.
 */
export const exportLayout = "shanzhi-elderly-1.0";

/** Columns of persons.csv, in order. */
export const personFields = [
  "row",
  "person_id",
  "change",
  "name",
  "id_kind",
  "id_number",
  "sex",
  "born_on",
  "division",
  "address",
  "phone",
  "living",
  "categories",
  "person_state",
  "care_state",
  "risk",
  "modes",
  "frequency_per",
  "frequency_min",
  "enrolled_on",
  "agreed_on",
  "refused_on",
  "closed_on",
  "closed_ground",
  "worker",
  "contact1_name",
  "contact1_relation",
  "contact1_phone",
  "contact2_name",
  "contact2_relation",
  "contact2_phone",
] as const;

/** Columns of visits.csv, in order. */
export const visitFields = [
  "row",
  "visit_id",
  "person_id",
  "change",
  "division",
  "at",
  "month",
  "mode",
  "met",
  "counts",
  "findings",
  "worker",
  "voided_on",
] as const;

export type ExportBody = Readonly<Record<string, string>>;

/** A code of twelve digits, as the national lists have it. */
export const twelve = (division: string): string => division.padEnd(12, "0");

const quoted = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** One file of comma-separated values (RFC 4180): UTF-8, CRLF, a head of field names. */
export function csvOf(fields: readonly string[], rows: readonly ExportBody[]): string {
  const lines = rows.map((row) => fields.map((field) => quoted(row[field] ?? "")).join(","));
  return `${[fields.join(","), ...lines].join("\r\n")}\r\n`;
}
