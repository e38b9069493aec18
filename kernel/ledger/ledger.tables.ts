import { defineTables } from "../access/tables.ts";

const added = { read: true, insert: true } as const;
const kept = { read: true, insert: true, update: true } as const;

/**
 * Who may touch the ledger (台账数据权限). Accounts, entries and postings can be added by those whose they are and changed by
 * nobody: no grant role holds the right to update or delete one.
 */
export const ledgerTables = defineTables([
  { table: "ledger_account", staff: added, organisation: added, lookup: true },
  { table: "ledger_entry", staff: added, organisation: added, lookup: true },
  { table: "ledger_posting", staff: added, organisation: added, lookup: true },
  { table: "ledger_void", staff: added, organisation: added, lookup: true },
  { table: "ledger_balance", staff: kept, organisation: kept, lookup: true },
  { table: "ledger_total", staff: kept, organisation: kept },
  { table: "ledger_serial", staff: kept, organisation: kept, lookup: true },
  { table: "ledger_serial_move", staff: added, organisation: added, lookup: true },
]);
