import { defineTables, readOnly, write } from "../../../kernel/access/tables.ts";

/**
 * Tables of the work around visits and who may touch them. An emergency and its steps are written by effects alone, each
 * with the condition that it still runs: no role of any person may change what was filed. A closed month stays under the
 * codes it was printed with (`recorded`).
 */
export const careWorkTables = defineTables([
  {
    table: "emergency",
    staff: readOnly,
    worker: readOnly,
    counted: "recorded_division_code",
    sealed: { note: "emergency/{id}/note", summary: "emergency/{id}/summary" },
  },
  { table: "emergency_step", staff: readOnly, worker: readOnly, sealed: { note: "emergency_step/{id}/note" } },
  { table: "referral", staff: write, worker: write, counted: "recorded_division_code" },
  { table: "supporter_reminder", staff: { read: true, insert: true }, worker: { read: true, insert: true } },
  { table: "census_campaign", staff: write },
  { table: "census_village", staff: write, worker: write },
  { table: "monitor", staff: write, worker: write, lookup: true, sealed: { key_sealed: "monitor/{id}/key" } },
  { table: "monitor_signal", staff: readOnly, worker: readOnly, lookup: true },
  { table: "export_batch", staff: write },
  {
    table: "export_row",
    staff: write,
    sealed: { sealed: "export/{batch_id}/{ordinal}" },
    key: { home_code: "text", batch_id: "uuid", ordinal: "integer" },
  },
  { table: "month_figure", staff: readOnly, worker: readOnly, recorded: true },
  { table: "month_correction", staff: readOnly, worker: readOnly, recorded: true },
]);
