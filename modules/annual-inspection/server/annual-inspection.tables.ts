import { defineTables, write } from "../../../kernel/access/tables.ts";

/** The tables of the inspection and who may touch them; an organisation and its unit change their own reports only. */
export const tables = defineTables([
  { table: "inspection_year", staff: write },
  {
    table: "inspection_report",
    staff: write,
    organisation: { read: true, update: true },
    unit: { read: true, update: true },
  },
  { table: "inspection_overdue_run", staff: write },
]);
