import type { EquipmentPart } from "./part.ts";

/** Training, checks, samples, evaluation, discrepancies, liaisons and the board (跟踪问效). */
export const oversightPart: EquipmentPart = {};
