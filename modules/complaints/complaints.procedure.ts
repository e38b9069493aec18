import { defineProcedure } from "../../kernel/procedure/define.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";

const basis = [cite(law.houseRules, "complaints")];

/** The way of one complaint (投诉举报受理程序), handbook A21: who is not content with the answer may ask once that another hand looks again. */
export const complaintProcedure = defineProcedure({
  id: "complaints.complaint",
  version: "2026-01-01",
  states: ["received", "accepted", "assigned", "replied", "reviewing", "reviewed", "not_ours", "closed"],
  final: ["not_ours", "closed"],
  transitions: {
    receive: { from: [""], to: "received", who: ["public"], law: basis, operation: "portal.send-complaint" },
    accept: { from: ["received"], to: "accepted", who: ["registrar"], law: basis, operation: "complaints.accept" },
    "not-ours": {
      from: ["received", "accepted", "assigned"],
      to: "not_ours",
      who: ["registrar"],
      law: basis,
      operation: "complaints.not-ours",
    },
    assign: {
      from: ["accepted", "assigned"],
      to: "assigned",
      who: ["registrar"],
      law: basis,
      operation: "complaints.assign",
    },
    reply: {
      from: ["accepted", "assigned"],
      to: "replied",
      who: ["registrar"],
      law: basis,
      operation: "complaints.reply",
    },
    close: {
      from: ["replied", "reviewed"],
      to: "closed",
      who: ["registrar"],
      law: basis,
      operation: "complaints.close",
    },
    "ask-review": {
      from: ["replied", "closed"],
      to: "reviewing",
      who: ["public"],
      law: basis,
      operation: "portal.ask-complaint-review",
    },
    // Whoever gave the answer does not judge it.
    "answer-review": {
      from: ["reviewing"],
      to: "reviewed",
      who: ["decider"],
      notBy: ["reply"],
      law: basis,
      operation: "complaints.answer-review",
    },
  },
});
