import { defineTables, readOnly } from "../../../kernel/access/tables.ts";
import { careWorkTables } from "./care-work.tables.ts";

const readAndHold = { read: true, update: true } as const;

/**
 * The tables of visiting care and who may touch them. Visits, marks and the ledger are written by effects alone; an
 * enrolment is held by whoever acts on it in their own register, and written by effects as well.
 */
export const tables = [
  ...defineTables([
    {
      table: "care_enrolment",
      staff: readAndHold,
      worker: readAndHold,
      lookup: true,
      sealed: { agreed_by: "care_enrolment/{id}/agreed_by", refused_by: "care_enrolment/{id}/refused_by" },
    },
    {
      table: "care_visit",
      staff: readOnly,
      worker: readOnly,
      counted: "recorded_division_code",
      sealed: { note: "care_visit/{id}/note" },
    },
    { table: "care_mark", staff: readOnly, worker: readOnly, counted: "recorded_division_code" },
    // A worker who tells of a death ends a stay: its last day in the ledger is read under the worker's own scope.
    { table: "care_movement", staff: readOnly, worker: readOnly },
    { table: "care_call", staff: readOnly },
  ]),
  ...careWorkTables,
];
