import { issueDocument } from "../../../kernel/document/issue.ts";
import { handle } from "../../../kernel/operation/handle.ts";
import { deliveryNote } from "../delivery-note.documents.ts";
import { printDeliveryNote } from "../field.contract.ts";
import { carriedShipments } from "./feed.queries.ts";
import { linesOf } from "./feed.ts";

/** More codes than one paper should have; a larger shipment is labelled by its carton. */
const MOST = 400;

const print = handle(printDeliveryNote)(async (input, ctx) => {
  const [row] = await carriedShipments(ctx.tx, [input.shipmentId], ctx.today);
  if (!row) return ctx.fail("equipment/unknown-shipment");
  if (row.state === "recalled" || row.state === "returned") return ctx.fail("equipment/already-recalled");
  const codes = row.lines.reduce((sum, line) => sum + line.serials.length, 0);
  if (codes > MOST) return ctx.fail("equipment/too-many-codes", { codes, most: MOST });
  ctx.journal(
    "delivery-note.printed",
    { kind: "shipment", id: row.id, home: row.home_code, division: row.division_code },
    { codes },
  );
  // Whoever prints it issues it: the office that sends, or the county that hands it on.
  const paper = await issueDocument(ctx, {
    template: [deliveryNote],
    facts: {
      home: row.name,
      place: row.division_name,
      from: row.giver_name,
      shippedOn: row.shipped_on,
      dueOn: row.due_on,
      carrier: row.carrier,
      waybill: row.waybill,
      lines: linesOf(row).map(({ item, quantity, serials }) => ({ item, quantity, serials })),
    },
    home: ctx.actor.home,
    division: ctx.actor.division ?? ctx.actor.home,
  });
  return { documentId: paper.id, number: paper.number, codes };
});

export const deliveryNoteHandlers = [print];
