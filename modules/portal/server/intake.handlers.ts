import { handle } from "../../../kernel/operation/handle.ts";
import {
  askReview,
  type NoReview,
  readReceipt,
  receiptOf,
  receiveComplaint,
  reviewUntil,
} from "../../complaints/server/index.ts";
import { askComplaintReview, getComplaintStatus, sendComplaint } from "../portal.contract.ts";

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

const numberOf = (typed: string) => typed.normalize("NFKC").replace(/\s/g, "");

const status = handle(getComplaintStatus)(async (input, ctx) => {
  const row = await readReceipt(ctx.tx, numberOf(input.number), receiptOf(input.receipt));
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
    reviewUntil: openUntil(reviewUntil(ctx, row), ctx.today),
    reviewAskedOn: row.review_asked_on,
    reviewAnswer: row.review_answer,
    reviewedOn: row.reviewed_on,
  };
});

const openUntil = (until: string | null, today: string) => (until !== null && today <= until ? until : null);

const refused = {
  unknown: "portal/unknown-receipt",
  "not-answered": "portal/not-answered-yet",
  "asked-before": "portal/review-asked-before",
  "too-late": "portal/review-too-late",
} as const satisfies Record<NoReview, string>;

const review = handle(askComplaintReview)(async (input, ctx) => {
  const number = numberOf(input.number);
  const asked = await askReview(ctx, { number, receipt: receiptOf(input.receipt), reason: input.reason });
  return typeof asked === "string" ? ctx.fail(refused[asked], { number }) : asked;
});

export const intakeHandlers = [send, status, review];
