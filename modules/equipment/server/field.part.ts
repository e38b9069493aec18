import type { EquipmentPart } from "./part.ts";

/** What the phones of workers hold of equipment (手机端). */
export const fieldPart: EquipmentPart = {};
