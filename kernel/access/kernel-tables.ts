import { ledgerTables } from "../ledger/ledger.tables.ts";
import { defineTables, readOnly, write } from "./tables.ts";

/**
 * The kernel's own tables and who may touch them. Duties, steps, versions, counters and the journal are written by the
 * kernel itself as effects of a command, as the system role: no grant role can write them.
 */
export const kernelTables = defineTables([
  { table: "division", shared: true, portal: readOnly },
  { table: "setting_value", shared: true },
  { table: "holiday", shared: true },
  {
    table: "account",
    shared: true,
    auth: write,
    lookup: ["id", "display_name", "disabled_at"],
    sealed: { totp_sealed: "{id}" },
    key: { id: "uuid" },
  },
  { table: "role_grant", shared: true, auth: write, lookup: true },
  { table: "session", shared: true, auth: write },
  { table: "idempotency", shared: true, staff: write, worker: write, organisation: write, unit: write, intake: write },
  { table: "journal_entry", staff: readOnly, recorded: true },
  { table: "journal_block", shared: true },
  { table: "journal_seal", shared: true },
  { table: "decision", staff: readOnly },
  { table: "procedure_instance", staff: readOnly, worker: readOnly, organisation: readOnly, unit: readOnly },
  { table: "procedure_step", staff: readOnly, worker: readOnly, organisation: readOnly, unit: readOnly },
  { table: "duty", staff: readOnly, worker: readOnly, organisation: readOnly, unit: readOnly },
  { table: "register_version", staff: readOnly, worker: readOnly, organisation: readOnly, unit: readOnly },
  { table: "indicator_cell", staff: readOnly, worker: readOnly },
  { table: "indicator_sum", staff: readOnly, worker: readOnly },
  ...ledgerTables,
  { table: "search_token", staff: readOnly, worker: readOnly },
  {
    table: "document",
    staff: readOnly,
    worker: readOnly,
    organisation: readOnly,
    unit: readOnly,
    lookup: true,
    sealed: { facts_sealed: "document/{id}/facts" },
  },
  { table: "document_series", shared: true },
  { table: "file", staff: readOnly, worker: readOnly, organisation: readOnly, unit: readOnly, lookup: true },
  { table: "sealed_field", staff: readOnly, worker: readOnly, organisation: readOnly, lookup: true },
  { table: "job", shared: true },
  { table: "sheet_batch", staff: write },
  {
    table: "sheet_row",
    staff: { read: true, insert: true, update: true, delete: true },
    sealed: { sealed: "sheet/{batch_id}/{ordinal}" },
    key: { home_code: "text", batch_id: "uuid", ordinal: "integer" },
  },
  { table: "device", staff: readOnly, lookup: true },
  { table: "device_record", lookup: true },
  { table: "held_act", staff: readOnly, lookup: true, sealed: { sealed: "held/{id}" } },
  { table: "item", schema: "publication", portal: readOnly },
  { table: "correction", schema: "publication", portal: readOnly },
  { table: "search_token", schema: "publication", portal: readOnly },
  { table: "figure", schema: "publication", portal: readOnly },
]);
