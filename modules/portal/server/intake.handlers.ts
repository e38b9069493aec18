import { handle } from "../../../kernel/operation/handle.ts";
import { readReceipt, receiptOf, receiveComplaint } from "../../complaints/server/index.ts";
import { getComplaintStatus, sendComplaint } from "../portal.contract.ts";

const send = handle(sendComplaint)(async (input, ctx) => {
  const organisation = input.code?.normalize("NFKC").replace(/\s/g, "");
  const received = await receiveComplaint(ctx, {
    ...(organisation
      ? { organisation: organisation.includes("-") ? organisation.toLowerCase() : organisation.toUpperCase() }
      : {}),
    ...(input.division ? { division: input.division } : {}),
    text: input.text,
    ...(input.name ? { name: input.name } : {}),
    ...(input.contact ? { contact: input.contact } : {}),
  });
  return received ?? ctx.fail("portal/unknown-organisation", { code: input.code });
});

const status = handle(getComplaintStatus)(async (input, ctx) => {
  const row = await readReceipt(ctx.tx, input.number.normalize("NFKC").replace(/\s/g, ""), receiptOf(input.receipt));
  if (!row) return ctx.fail("portal/unknown-receipt", { number: input.number });
  return {
    number: row.number,
    about: row.about,
    organisation: row.organisation_name,
    state: row.state,
    receivedOn: row.received_on,
    acceptBy: row.due_on,
    acceptedOn: row.accepted_on,
    answeredOn: row.answered_on,
    responsible: row.responsible,
    answer: row.answer,
  };
});

export const intakeHandlers = [send, status];
