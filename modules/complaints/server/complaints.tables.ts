import { defineTables, write } from "../../../kernel/access/tables.ts";
import { readers } from "../complaints.contract.ts";

/**
 * Who may touch complaints (数据权限). The intake door inserts and cannot read a complaint back; the receipt table is
 * read by the secret of its own row only, and by no member of staff: they cannot ask in the sender's place.
 */
export const tables = defineTables([
  { table: "complaint", staff: write, intake: { insert: true }, unmask: readers },
  { table: "complaint_receipt", intake: { insert: true, receipt: "receipt" } },
  { table: "complaint_number", intake: { insert: true, read: true } },
]);
