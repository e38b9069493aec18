import { defineTables, readOnly } from "../../../kernel/access/tables.ts";
import { readers } from "../equipment.shapes.ts";

const hold = { read: true, update: true } as const;
const keep = { read: true, insert: true, update: true } as const;
const added = { read: true, insert: true } as const;

/**
 * The tables of donated equipment and who may touch them (数据权限). What is sent from one office's register to another's is
 * written by effects; whoever acts on a row of their own register holds it first. An evaluating organisation sees its own
 * evaluation rows and nothing else. Numbers of pieces may be looked up across homes.
 */
export const tables = defineTables([
  { table: "care_home", staff: keep, worker: hold, unmask: readers },
  {
    table: "equipment_plan",
    staff: keep,
    lookup: ["id", "name", "division_code", "office_name", "planned_on", "items", "homes_ranked", "homes_left_out"],
  },
  { table: "equipment_allocation", staff: keep, worker: readOnly },
  {
    table: "equipment_shipment",
    staff: hold,
    worker: hold,
    lookup: ["id", "home_code", "division_code"],
  },
  { table: "equipment_delivery", staff: readOnly, worker: readOnly },
  {
    table: "equipment_item",
    staff: hold,
    worker: hold,
    lookup: ["home_code", "item", "serial_no", "state", "id", "version", "shipment_id"],
  },
  { table: "equipment_event", staff: readOnly, worker: readOnly },
  { table: "equipment_discrepancy", staff: hold, worker: hold },
  { table: "equipment_training", staff: added, worker: added },
  { table: "equipment_check", staff: added, worker: readOnly },
  { table: "equipment_sample", staff: keep },
  { table: "equipment_evaluation", staff: keep, organisation: hold },
  { table: "equipment_liaison", staff: keep, unmask: readers },
  { table: "equipment_trainee", staff: readOnly, worker: readOnly, unmask: readers },
  { table: "equipment_published", staff: readOnly },
]);
