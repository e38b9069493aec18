import { z } from "zod";
import { defineCommand } from "../../kernel/operation/define.ts";
import { id } from "../../kernel/operation/shapes.ts";

/**
 * Prints the note that travels with a shipment (打印发运单): what goes where, a QR code for each numbered piece to be scanned or
 * cut out as a label, and lines for two signatures. The paper is opened as any document, by `documentId`.
 */
export const printDeliveryNote = defineCommand("equipment.print-delivery-note", {
  who: ["officer"],
  input: z.object({ shipmentId: id }),
  output: z.object({
    documentId: id,
    number: z.string(),
    /** Pieces with a code on the paper; those whose number is first read at the home have none. */
    codes: z.int(),
  }),
  refusals: {
    "equipment/unknown-shipment": 404,
    "equipment/already-recalled": 409,
    "equipment/too-many-codes": 422,
  },
});
