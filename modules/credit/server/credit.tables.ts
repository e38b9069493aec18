import { defineTables, everything, readOnly, write } from "../../../kernel/access/tables.ts";

/**
 * The tables of credit and who may touch them. Organisations and supervisory units read their own listings and hand in
 * what they have to say; only staff of the listing's own register change a listing.
 */
export const tables = defineTables([
  { table: "credit_record", staff: write, organisation: readOnly, unit: readOnly },
  { table: "credit_listing", staff: write, organisation: readOnly, unit: readOnly },
  {
    table: "credit_submission",
    staff: write,
    organisation: { read: true, insert: true },
    unit: { read: true, insert: true },
  },
  { table: "credit_run", staff: write },
  { table: "credit_run_item", staff: everything },
]);
