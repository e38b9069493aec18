import { defineTables, readOnly, write } from "../../../kernel/access/tables.ts";
import { readers } from "../people.contract.ts";

/**
 * The tables of people and who may touch them. A key is written with its person and read by lookups only; aliases and
 * pairs are written by effects, since the other side may stand in another register.
 */
export const tables = defineTables([
  { table: "household", staff: write, worker: write },
  { table: "person", staff: write, worker: write, lookup: true, unmask: readers },
  { table: "person_key", staff: { insert: true }, worker: { insert: true }, lookup: true },
  { table: "person_category", staff: write, worker: write },
  { table: "person_contact", staff: write, worker: write, unmask: readers },
  { table: "person_consent", staff: write, worker: write },
  { table: "person_pair", staff: readOnly, worker: readOnly },
  { table: "person_alias", staff: readOnly, worker: readOnly, lookup: true },
]);
