import { deliveryNote } from "../delivery-note.documents.ts";
import { fieldWords } from "../field.words.ts";
import { deliveryNoteHandlers } from "./delivery-note.handlers.ts";
import { shipmentFeed } from "./feed.ts";
import type { EquipmentPart } from "./part.ts";

/** What the phones of workers hold of equipment (手机端), and the paper they scan. */
export const fieldPart: EquipmentPart = {
  handlers: [...deliveryNoteHandlers],
  feeds: [shipmentFeed],
  templates: [deliveryNote],
  sentences: { zh: fieldWords.zh.errors, en: fieldWords.en.errors },
};
