import { defineTables, write } from "../../../kernel/access/tables.ts";
import { readers } from "../donations.shapes.ts";

const added = { read: true, insert: true } as const;

/** Who may touch gifts (数据权限): staff of the home and the organisation whose they are. A number is answered through the lookup role. */
export const tables = defineTables([
  { table: "donation", staff: write, organisation: write, lookup: true, unmask: readers },
  { table: "donation_use", staff: write, organisation: write, lookup: true },
  { table: "donation_pledge", staff: write, organisation: write },
  { table: "donation_programme", staff: write, organisation: write },
  { table: "donation_batch", staff: added, organisation: added },
  { table: "donation_total", staff: write },
  { table: "donation_event_total", staff: write },
  { table: "donation_purpose_change", staff: added, organisation: added },
]);
