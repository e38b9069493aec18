import { defineTables, readOnly, write } from "../../../kernel/access/tables.ts";
import { readers } from "../organisations.contract.ts";

/** The tables of the register and who may touch them. The two key tables are read by lookups only (唯一键). */
export const tables = defineTables([
  {
    table: "organisation",
    staff: write,
    organisation: { ...readOnly, column: "id" },
    unit: readOnly,
    lookup: true,
    unmask: readers,
  },
  { table: "organisation_code", lookup: true },
  { table: "organisation_name_key", lookup: true },
  { table: "organisation_name", staff: write, organisation: readOnly, unit: readOnly },
  {
    table: "organisation_officer",
    staff: write,
    organisation: readOnly,
    unit: readOnly,
    lookup: true,
    unmask: readers,
  },
  { table: "organisation_meeting", staff: write, organisation: write, unit: readOnly },
  { table: "organisation_charter", staff: write, organisation: readOnly, unit: readOnly },
  { table: "registration_application", staff: write, organisation: write, unit: write, unmask: readers },
  { table: "unit_consent", staff: write, organisation: readOnly, unit: write },
  { table: "community_confirmation", staff: write, organisation: readOnly },
  { table: "supervisory_unit", staff: write, unit: { ...readOnly, column: "id" }, lookup: true },
]);
