import { defineTables, readOnly, write } from "../../../kernel/access/tables.ts";

/**
 * Tables of the work around visits and who may touch them. An emergency and its steps are written by effects alone, each
 * with the condition that it still runs: no role of any person may change what was filed. A closed month stays under the
 * codes it was printed with (`recorded`).
 */
export const careWorkTables = defineTables([
  { table: "emergency", staff: readOnly, worker: readOnly, counted: "recorded_division_code" },
  { table: "emergency_step", staff: readOnly, worker: readOnly },
  { table: "referral", staff: write, worker: write, counted: "recorded_division_code" },
  { table: "supporter_reminder", staff: { read: true, insert: true }, worker: { read: true, insert: true } },
  { table: "census_campaign", staff: write },
  { table: "census_village", staff: write, worker: write },
  { table: "monitor", staff: write, worker: write, lookup: true },
  { table: "monitor_signal", staff: readOnly, worker: readOnly, lookup: true },
  { table: "export_batch", staff: write },
  { table: "export_row", staff: write },
  { table: "month_figure", staff: readOnly, worker: readOnly, recorded: true },
  { table: "month_correction", staff: readOnly, worker: readOnly, recorded: true },
]);
