import { defineProcedure } from "../../kernel/procedure/define.ts";
import { cite, law } from "../../kernel/regulations/law.rules.ts";

const basis = [cite(law.houseRules, "complaints")];

/** The way of one complaint (投诉举报受理程序), handbook A21 as far as its receipt. */
export const complaintProcedure = defineProcedure({
  id: "complaints.complaint",
  version: "2026-01-01",
  states: ["received", "accepted", "not_ours", "replied"],
  final: ["not_ours", "replied"],
  transitions: {
    receive: { from: [""], to: "received", who: ["public"], law: basis, operation: "portal.send-complaint" },
    accept: { from: ["received"], to: "accepted", who: ["registrar"], law: basis, operation: "complaints.accept" },
    "not-ours": {
      from: ["received", "accepted"],
      to: "not_ours",
      who: ["registrar"],
      law: basis,
      operation: "complaints.not-ours",
    },
    reply: { from: ["accepted"], to: "replied", who: ["registrar"], law: basis, operation: "complaints.reply" },
  },
});
